// What several systems begin with: the directory file as JavaScript's own reader has it.

const decoder = new TextDecoder();

/** Users and groups of a directory file; each group also has its parents. */
export function facts(bytes) {
  const { users, groups } = JSON.parse(decoder.decode(bytes));
  const byId = new Map(groups.map((group) => [group.id, group]));
  for (const group of groups) group.parents = [];
  for (const group of groups) for (const child of group.children) byId.get(child).parents.push(group.id);
  return { users, groups, byId };
}

/** Less, equal or greater, without case. */
export const compare = (one, other) => (one < other ? -1 : one > other ? 1 : 0);

/** Users, ranked by last name, first name and id, for systems that know no groups: the chosen one is a set of ids. */
export function people(bytes) {
  const { users, byId } = facts(bytes);
  for (const user of users) {
    user.l = user.lastName.toLowerCase();
    user.f = user.firstName.toLowerCase();
  }
  const inOrder = users.toSorted((a, b) => compare(a.l, b.l) || compare(a.f, b.f) || a.id - b.id);
  return { users, byId, rank: new Map(inOrder.map((user, at) => [user.id, at])), chosen: undefined };
}

/** Chooses all members of a group. */
export function choose(state, group) {
  state.chosen = new Set();
  const below = new Set([group]);
  for (const one of below) {
    const { members, children } = state.byId.get(one);
    for (const user of members) state.chosen.add(user);
    for (const child of children) below.add(child);
  }
}

/** Of found users those in the chosen group: how many, and the first. */
export function page(state, ids, most) {
  const found = ids.filter((id) => state.chosen.has(id));
  found.sort((one, other) => state.rank.get(one) - state.rank.get(other));
  return { total: found.length, ids: found.slice(0, most) };
}
