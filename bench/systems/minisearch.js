// MiniSearch with every end of a first name as a term, as its documentation advises; of more its memory runs out.

import MiniSearch from "minisearch";
import { choose, page, people } from "./facts.js";

const ends = (term) => Array.from(term, (_, at) => term.slice(at));
const whole = (text) => [text.toLowerCase()];

export default {
  name: "MiniSearch",
  needs: "minisearch",
  fields: ["firstName"],
  read(bytes) {
    const state = people(bytes);
    state.index = new MiniSearch({ fields: ["firstName"], tokenize: whole, processTerm: ends });
    state.index.addAll(state.users);
    return state;
  },
  choose,
  filter: (state, _, text, most) =>
    page(state, state.index.search(text, { prefix: true, tokenize: whole, processTerm: (term) => term }).map(({ id }) => id), most),
};
