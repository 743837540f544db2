// Fuse.js, told to look for exact parts anywhere.

import Fuse from "fuse.js";
import { choose, page, people } from "./facts.js";

const FIELDS = ["firstName", "lastName", "username", "email"];
const EXACT = { threshold: 0, ignoreLocation: true, shouldSort: false, isCaseSensitive: false };

export default {
  name: "Fuse.js",
  needs: "fuse.js",
  fields: FIELDS,
  read(bytes) {
    const state = people(bytes);
    state.indexes = new Map([["firstName"], ["email"], FIELDS].map((keys) => [keys.join(), new Fuse(state.users, { ...EXACT, keys })]));
    return state;
  },
  choose,
  filter: (state, fields, text, most) =>
    page(state, state.indexes.get(fields.join()).search(text).map(({ item }) => item.id), most),
};
