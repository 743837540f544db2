// The best JavaScript we know how to write: users in rank order, groups in pre-order, descendants as intervals, bitmaps, tables by
// id, which have to be small numbers, and one joined string for each column, searched by the engine's own `indexOf`.

import { compare, facts } from "./facts.js";

const COLUMNS = ["firstName", "lastName", "username", "email"];

function bits(word) {
  word -= (word >>> 1) & 0x55555555;
  word = (word & 0x33333333) + ((word >>> 2) & 0x33333333);
  return Math.imul((word + (word >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Rows by id. */
function table(list) {
  const rows = new Int32Array(list.reduce((most, { id }) => Math.max(most, id), 0) + 1).fill(-1);
  list.forEach(({ id }, row) => (rows[id] = row));
  return rows;
}

/** Lists one after the other, and where each begins. */
function flat(lists) {
  const [offsets, items] = [new Uint32Array(lists.length + 1), []];
  lists.forEach((list, at) => {
    for (const item of list) items.push(item);
    offsets[at + 1] = items.length;
  });
  return { offsets, items: Uint32Array.from(items) };
}

/** Groups in pre-order over the first parents, with the end of each subtree. */
function preOrder(parents, children) {
  const [place, end, order] = [new Int32Array(parents.length).fill(-1), new Int32Array(parents.length), []];
  const enter = (group) => ((place[group] = order.push(group) - 1), [group, 0]);
  parents.forEach((all, root) => {
    if (all.length > 0) return;
    const stack = [enter(root)];
    while (stack.length > 0) {
      const top = stack[stack.length - 1];
      const child = children[top[0]][top[1]++];
      if (child === undefined) end[stack.pop()[0]] = order.length;
      else if (parents[child][0] === top[0]) stack.push(enter(child));
    }
  });
  return { place, end, order };
}

/** For each group the intervals of its descendants' places, and the places of its ancestors. */
function closures(parents, children, { place, end }) {
  const left = children.map((all) => all.length);
  const upward = [...left.keys()].filter((group) => left[group] === 0);
  for (const group of upward) for (const parent of parents[group]) if (--left[parent] === 0) upward.push(parent);
  const [below, above] = [[], []];
  for (const group of upward) {
    const own = [place[group], end[group]];
    const all = [own];
    for (const child of children[group]) {
      for (const one of below[child]) if (one[0] < own[0] || one[1] > own[1]) all.push(one.slice());
    }
    all.sort((one, other) => one[0] - other[0]);
    below[group] = [];
    for (const [from, to] of all) {
      const last = below[group].at(-1);
      if (last && from <= last[1]) last[1] = Math.max(last[1], to);
      else below[group].push([from, to]);
    }
  }
  for (const group of upward.toReversed()) {
    const all = new Set([place[group]]);
    for (const parent of parents[group]) for (const ancestor of above[parent]) all.add(ancestor);
    above[group] = [...all];
  }
  return { below, above };
}

/** A column as one string, and where each row begins in it. */
function joined(users, field) {
  const texts = users.map((user) => user[field].toLowerCase());
  const starts = new Uint32Array(texts.length + 1);
  texts.forEach((text, row) => (starts[row + 1] = starts[row] + text.length + 1));
  const string = `${texts.join("\n")}\n`;
  string.indexOf("\0"); // makes one piece of it
  return { string, starts };
}

/** All members of a group, as bits. */
function membersOf(state, group) {
  const found = new Uint32Array((state.userIds.length + 31) >>> 5);
  const { below, members } = state;
  const place = state.placeOf[group];
  for (let at = below.offsets[place]; at < below.offsets[place + 1]; at += 2) {
    const end = members.offsets[below.items[at + 1]];
    for (let one = members.offsets[below.items[at]]; one < end; one++) {
      const row = members.items[one];
      found[row >>> 5] |= 1 << (row & 31);
    }
  }
  return found;
}

/** Marks the rows of whose column a text is part. */
function mark({ string, starts }, text, found) {
  let row = 0;
  for (let at = string.indexOf(text); at >= 0; at = string.indexOf(text, starts[row + 1])) {
    if (starts[row + 1] <= at) {
      let step = 1;
      for (; row + step < starts.length - 1 && starts[row + step] <= at; step *= 2) row += step;
      let high = Math.min(row + step, starts.length - 1);
      while (high - row > 1) {
        const middle = (row + high) >> 1;
        if (starts[middle] <= at) row = middle;
        else high = middle;
      }
    }
    found[row >>> 5] |= 1 << (row & 31);
  }
}

export default {
  name: "typed arrays",
  fields: COLUMNS,
  read(bytes) {
    const { users, groups } = facts(bytes);
    for (const user of users) {
      user.l = user.lastName.toLowerCase();
      user.f = user.firstName.toLowerCase();
    }
    users.sort((a, b) => compare(a.l, b.l) || compare(a.f, b.f) || a.id - b.id);
    const rowOf = table(users);
    const rows = table(groups);
    const parents = groups.map((group) => group.parents.map((id) => rows[id]));
    const children = groups.map((group) => group.children.map((id) => rows[id]));
    const pre = preOrder(parents, children);
    const { below, above } = closures(parents, children, pre);
    const placeOf = table(groups);
    groups.forEach(({ id }, group) => (placeOf[id] = pre.place[group]));
    const count = groups.reduce((sum, { members }) => sum + members.length, 0);
    const members = { offsets: new Uint32Array(groups.length + 1), items: new Uint32Array(count) };
    const ends = new Uint32Array(users.length + 1);
    let at = 0;
    pre.order.forEach((group, place) => {
      for (const id of groups[group].members) ends[(members.items[at++] = rowOf[id]) + 1]++;
      members.offsets[place + 1] = at;
    });
    for (let row = 0; row < users.length; row++) ends[row + 1] += ends[row];
    const of = { offsets: ends.slice(), items: new Uint32Array(count) };
    for (let place = 0; place < groups.length; place++) {
      for (let at = members.offsets[place]; at < members.offsets[place + 1]; at++) of.items[ends[members.items[at]]++] = place;
    }
    return {
      rowOf,
      placeOf,
      members,
      of,
      below: flat(pre.order.map((group) => below[group].flat())),
      above: flat(pre.order.map((group) => above[group])),
      userIds: Uint32Array.from(users, ({ id }) => id),
      groupIds: Uint32Array.from(pre.order, (group) => groups[group].id),
      columns: Object.fromEntries(COLUMNS.map((field) => [field, joined(users, field)])),
      orders: {},
      seen: new Uint32Array(groups.length),
      walk: 0,
    };
  },
  prepare: (_, questions) => ({ ...questions, checks: Uint32Array.from(questions.checks) }),
  checks(state, pairs) {
    const { of, below, rowOf, placeOf } = state;
    const answers = new Uint8Array(pairs.length / 2);
    for (let at = 0; at < pairs.length; at += 2) {
      const [row, place] = [rowOf[pairs[at]], placeOf[pairs[at + 1]]];
      const [from, to] = [below.offsets[place], below.offsets[place + 1]];
      const end = of.offsets[row + 1];
      for (let one = of.offsets[row]; one < end; one++) {
        const group = of.items[one];
        let [low, high] = [from >> 1, to >> 1];
        while (low < high) {
          const middle = (low + high) >> 1;
          if (below.items[2 * middle + 1] <= group) low = middle + 1;
          else high = middle;
        }
        if (low < to >> 1 && below.items[2 * low] <= group) {
          answers[at / 2] = 1;
          break;
        }
      }
    }
    return answers;
  },
  list(state, group, excluded) {
    const [found, without] = [membersOf(state, group), membersOf(state, excluded)];
    let count = 0;
    for (let at = 0; at < found.length; at++) count += bits((found[at] &= ~without[at]));
    const ids = new Uint32Array(count);
    count = 0;
    for (let at = 0; at < found.length; at++) {
      for (let word = found[at]; word !== 0; word &= word - 1) ids[count++] = state.userIds[(at << 5) + 31 - Math.clz32(word & -word)];
    }
    return ids;
  },
  groups(state, user) {
    const { of, above, seen, groupIds, rowOf } = state;
    const [row, found, walk] = [rowOf[user], [], ++state.walk];
    for (let one = of.offsets[row]; one < of.offsets[row + 1]; one++) {
      const place = of.items[one];
      for (let at = above.offsets[place]; at < above.offsets[place + 1]; at++) {
        const group = above.items[at];
        if (seen[group] === walk) continue;
        seen[group] = walk;
        found.push(groupIds[group]);
      }
    }
    return found;
  },
  choose(state, group) {
    state.chosen = membersOf(state, group);
  },
  filter(state, fields, text, most) {
    const found = new Uint32Array(state.chosen.length);
    for (const field of fields) mark(state.columns[field], text.toLowerCase(), found);
    const ids = [];
    let total = 0;
    for (let at = 0; at < found.length; at++) {
      let word = found[at] & state.chosen[at];
      total += bits(word);
      for (; word !== 0 && ids.length < most; word &= word - 1) ids.push(state.userIds[(at << 5) + 31 - Math.clz32(word & -word)]);
    }
    return { total, ids };
  },
  sort(state, field, most) {
    state.orders[field] ??= inOrder(state, field);
    return state.orders[field].subarray(0, most);
  },
};

function inOrder({ columns, userIds }, field) {
  const { string, starts } = columns[field];
  const rows = Array.from(userIds, (id, row) => ({ id, text: string.slice(starts[row], starts[row + 1] - 1) }));
  rows.sort((one, other) => compare(one.text, other.text) || one.id - other.id);
  return Uint32Array.from(rows, ({ id }) => id);
}
