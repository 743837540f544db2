// What a competent developer writes first: Map, Set, filter, sort, slice. The other systems have to answer what this answers.

import { compare, facts } from "./facts.js";

/** All that is reached from some groups. */
function reached(state, groups, next) {
  const all = new Set(groups);
  for (const group of all) for (const other of state.groups.get(group)[next]) all.add(other);
  return all;
}

function membersOf(state, group) {
  const users = new Set();
  for (const below of reached(state, [group], "children")) for (const user of state.groups.get(below).members) users.add(user);
  return users;
}

const by = (one, other, field) => compare(one[field].toLowerCase(), other[field].toLowerCase());

export default {
  name: "Map and Set",
  fields: ["firstName", "lastName", "username", "email"],
  read(bytes) {
    const { users, byId } = facts(bytes);
    const state = { users: new Map(), groups: byId, list: users };
    for (const user of users) state.users.set(user.id, Object.assign(user, { groups: [] }));
    for (const group of byId.values()) {
      group.members = new Set(group.members);
      for (const user of group.members) state.users.get(user).groups.push(group.id);
    }
    return state;
  },
  checks(state, pairs) {
    const answers = new Uint8Array(pairs.length / 2);
    for (let at = 0; at < pairs.length; at += 2) {
      const seen = new Set(state.users.get(pairs[at]).groups);
      for (const group of seen) {
        if (group === pairs[at + 1]) {
          answers[at / 2] = 1;
          break;
        }
        for (const parent of state.groups.get(group).parents) seen.add(parent);
      }
    }
    return answers;
  },
  list(state, group, excluded) {
    const without = membersOf(state, excluded);
    return [...membersOf(state, group)].filter((user) => !without.has(user));
  },
  groups: (state, user) => [...reached(state, state.users.get(user).groups, "parents")],
  choose(state, group) {
    state.chosen = membersOf(state, group);
  },
  filter(state, fields, text, most) {
    const wanted = text.toLowerCase();
    const contains = (user) => fields.some((field) => user[field].toLowerCase().includes(wanted));
    const found = state.list.filter((user) => state.chosen.has(user.id) && contains(user));
    found.sort((one, other) => by(one, other, "lastName") || by(one, other, "firstName") || one.id - other.id);
    return { total: found.length, ids: found.slice(0, most).map(({ id }) => id) };
  },
  sort(state, field, most) {
    const users = state.list.toSorted((one, other) => by(one, other, field) || one.id - other.id);
    return users.slice(0, most).map(({ id }) => id);
  },
};
