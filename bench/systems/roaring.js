// A compressed bitmap of all members for each group, users numbered in the order of lists.

import { RoaringBitmap32, roaringLibraryInitialize } from "roaring-wasm";
import { compare, facts } from "./facts.js";

const FIELDS = ["firstName", "lastName", "username", "email"];

export default {
  name: "roaring-wasm",
  needs: "roaring-wasm",
  fields: FIELDS,
  init: () => roaringLibraryInitialize(),
  read(bytes) {
    const { users, groups } = facts(bytes);
    for (const user of users) {
      user.l = user.lastName.toLowerCase();
      user.f = user.firstName.toLowerCase();
    }
    users.sort((a, b) => compare(a.l, b.l) || compare(a.f, b.f) || a.id - b.id);
    const rank = new Map(users.map(({ id }, at) => [id, at]));
    const row = new Map(groups.map(({ id }, at) => [id, at]));
    const parents = groups.map((group) => group.parents.map((id) => row.get(id)));
    const members = groups.map((group) => new RoaringBitmap32(Uint32Array.from(group.members, (id) => rank.get(id))));
    const of = users.map(() => []);
    groups.forEach((group, at) => group.members.forEach((id) => of[rank.get(id)].push(at)));
    const left = groups.map(({ children }) => children.length);
    const upward = [...left.keys()].filter((group) => left[group] === 0);
    for (const group of upward) {
      for (const parent of parents[group]) {
        members[parent].orInPlace(members[group]);
        if (--left[parent] === 0) upward.push(parent);
      }
      members[group].optimize();
    }
    return {
      rank,
      row,
      parents,
      members,
      of,
      userIds: users.map(({ id }) => id),
      groupIds: groups.map(({ id }) => id),
      columns: Object.fromEntries(FIELDS.map((field) => [field, users.map((user) => user[field].toLowerCase())])),
    };
  },
  checks(state, pairs) {
    const answers = new Uint8Array(pairs.length / 2);
    for (let at = 0; at < pairs.length; at += 2) {
      answers[at / 2] = state.members[state.row.get(pairs[at + 1])].has(state.rank.get(pairs[at]));
    }
    return answers;
  },
  list(state, group, excluded) {
    const found = RoaringBitmap32.andNot(state.members[state.row.get(group)], state.members[state.row.get(excluded)]);
    const ids = found.toUint32Array();
    found.dispose();
    for (let at = 0; at < ids.length; at++) ids[at] = state.userIds[ids[at]];
    return ids;
  },
  groups(state, user) {
    const all = new Set(state.of[state.rank.get(user)]);
    for (const group of all) for (const parent of state.parents[group]) all.add(parent);
    return Uint32Array.from(all, (group) => state.groupIds[group]);
  },
  choose(state, group) {
    state.chosen = state.members[state.row.get(group)].toUint32Array();
  },
  filter(state, fields, text, most) {
    const [wanted, columns, ids] = [text.toLowerCase(), fields.map((field) => state.columns[field]), []];
    let total = 0;
    for (const rank of state.chosen) {
      if (columns.some((column) => column[rank].includes(wanted)) && total++ < most) ids.push(state.userIds[rank]);
    }
    return { total, ids };
  },
};
