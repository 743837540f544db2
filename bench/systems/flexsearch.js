// FlexSearch with an index of all parts of first names; of more its memory runs out.

import FlexSearch from "flexsearch";
import { choose, page, people } from "./facts.js";

export default {
  name: "FlexSearch",
  needs: "flexsearch",
  fields: ["firstName"],
  read(bytes) {
    const state = people(bytes);
    state.index = new FlexSearch.Index({ tokenize: "full", encode: (text) => [text.toLowerCase()], cache: false });
    for (const { id, firstName } of state.users) state.index.add(id, firstName);
    return state;
  },
  choose,
  filter: (state, _, text, most) => page(state, state.index.search(text.toLowerCase(), { limit: state.users.length }), most),
};
