// Random directories, answered by the module and by an evaluation so plain that it can be checked by eye.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Directory } from "./packages.js";

const DIRECTORIES = 300;

/** Mulberry32: the same numbers on every machine. */
function chance(seed) {
  const next = () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return { below: (limit) => Math.floor(next() * limit), one: (list) => list[Math.floor(next() * list.length)] };
}

/** Up to twelve users and ten groups with facts between them: cycles, diamonds, groups in themselves, strangers. */
function invent({ below, one }) {
  const NAMES = ["Ann", "ANNA", "Bob", "Éva", "Ωmega", "a,b", "a/b", "50%", "x+y", "", undefined];
  const users = Array.from({ length: 1 + below(12) }, (_, at) => ({ id: `u${at}`, firstName: one(NAMES) }));
  const groups = Array.from({ length: 1 + below(10) }, (_, at) => ({ id: `g${at}` }));
  const some = (list) => (below(12) === 0 ? "stranger" : one(list).id);
  const memberships = Array.from({ length: below(25) }, () => ({ group: some(groups), user: some(users), isAdmin: below(4) === 0 }));
  const nestings = Array.from({ length: below(18) }, () => ({ parent: some(groups), child: some(groups) }));
  return { users, groups, memberships, nestings };
}

const named = (facts, user) => facts.memberships.filter((fact) => fact.user === user).map(({ group }) => group);
const isThere = (facts, id) => facts.groups.some((group) => group.id === id);

/** The group and all groups below it. */
function below(facts, group) {
  const found = new Set([group]);
  for (const id of found) {
    for (const { parent, child } of facts.nestings) if (parent === id && isThere(facts, child)) found.add(child);
  }
  return found;
}

const isDirect = (facts, user, group) => named(facts, user).includes(group);
const isIn = (facts, user, group) => named(facts, user).some((direct) => below(facts, group).has(direct));
const manages = (facts, user, group) => facts.memberships.some((fact) => fact.user === user && fact.group === group && fact.isAdmin);

/** Every path from a group that names the user, without a group twice, of which no group could be left out. */
function paths(facts, user, asked) {
  const isChild = (child, parent) => facts.nestings.some((fact) => fact.parent === parent && fact.child === child);
  const found = [];
  const walk = (path) => {
    const last = path.at(-1);
    if (last === asked) return found.push(path);
    for (const { id } of facts.groups) {
      if (!path.includes(id) && isChild(last, id)) walk([...path, id]);
    }
  };
  for (const { id } of facts.groups) if (isDirect(facts, user, id)) walk([id]);
  const isMinimal = (path) =>
    path.every((group, at) => path.every((later, place) => place <= at + 1 || !isChild(group, later))) &&
    path.slice(1, -1).every((group) => !isDirect(facts, user, group));
  return found.filter(isMinimal).sort((one, other) => one.length - other.length || (one.join() < other.join() ? -1 : 1));
}

test("the module agrees with a plain evaluation", () => {
  for (let seed = 1; seed <= DIRECTORIES; seed++) {
    const random = chance(seed);
    const facts = invent(random);
    const directory = Directory.fromJson(JSON.stringify(facts));
    const where = `seed ${seed}`;
    const handles = { user: (id) => directory.userHandle(id), group: (id) => directory.groupHandle(id) };
    const pairs = facts.users.flatMap((user) => facts.groups.map((group) => [user.id, group.id]));
    const checked = directory.checkPairs(Uint32Array.from(pairs.flatMap(([user, group]) => [handles.user(user), handles.group(group)])));
    for (const [at, [user, group]] of pairs.entries()) {
      const expected = isIn(facts, user, group);
      assert.equal(directory.isMember(user, [group]), expected, where);
      assert.equal(checked[at], expected ? 1 : 0, where);
      const { member, source, isAdmin, ...why } = directory.explain(user, group);
      const direct = isDirect(facts, user, group);
      assert.deepEqual([member, source], [expected, direct ? "direct" : expected ? "inherited" : "none"], where);
      assert.equal(isAdmin, manages(facts, user, group), where);
      assert.deepEqual(why.paths, paths(facts, user, group), where);
      assert.equal(why.ways, why.paths.length, where);
    }
    for (const { id } of facts.users) {
      const mine = facts.groups.filter((group) => isIn(facts, id, group.id)).map((group) => group.id);
      const found = directory.groupHandles(handles.user(id), true);
      assert.deepEqual(Array.from(found.toSorted(), (handle) => directory.groupId(handle)), mine, where);
      const steps = Array.from(found, (handle) => paths(facts, id, directory.groupId(handle))[0].length);
      assert.deepEqual(steps, steps.toSorted((one, other) => one - other), where);
      for (const { group, via, ways } of directory.groups({ user: id, includeInherited: true, pageSize: 1000 }).items) {
        const all = paths(facts, id, group.id);
        assert.deepEqual([via, ways], [all[0], all.length], where);
      }
    }
    for (const { id } of facts.groups) {
      const excluded = [random.one(facts.groups).id];
      const includeInherited = random.below(2) === 0;
      const holds = includeInherited ? isIn : isDirect;
      const expected = facts.users.filter((user) => holds(facts, user.id, id) && !isIn(facts, user.id, excluded[0]));
      const members = directory.memberHandles(handles.group(id), includeInherited, Uint32Array.from(excluded, handles.group));
      assert.deepEqual([...members].map((handle) => directory.userId(handle)), expected.map((user) => user.id), where);
      const ann = expected.filter(({ firstName }) => firstName?.toLowerCase().includes("ann"));
      const query = { group: id, includeInherited, excludedGroups: excluded, order: "id", pageSize: 1000 };
      const page = directory.users({ ...query, zenql: "firstName ~ ann" });
      assert.deepEqual(page.items.map(({ user }) => user.id).sort(), ann.map((user) => user.id).sort(), where);
      for (const { user, via, ways, source, isAdmin } of directory.users(query).items) {
        const all = paths(facts, user.id, id);
        assert.deepEqual([via, ways], [all[0], all.length], where);
        assert.deepEqual([source, isAdmin], [isDirect(facts, user.id, id) ? "direct" : "inherited", manages(facts, user.id, id)], where);
      }
      const descendants = facts.groups.filter((group) => group.id !== id && below(facts, id).has(group.id));
      const groups = directory.groups({ group: id, includeInherited: true, order: "id", pageSize: 1000 }).items;
      assert.deepEqual(groups.map(({ group }) => group.id), descendants.map((group) => group.id), where);
      for (const { group, via, ways } of groups) {
        // A group in a user's place: whatever it is nested right in names it, and the group itself is on no path.
        const asUser = {
          groups: facts.groups.filter((other) => other.id !== group.id),
          nestings: facts.nestings,
          memberships: facts.nestings.filter(({ child }) => child === group.id).map(({ parent }) => ({ user: "it", group: parent })),
        };
        const all = paths(asUser, "it", id);
        assert.deepEqual([via, ways], [all[0], all.length], where);
      }
    }
    directory.free();
  }
});

test("what is typed is found, key by key", () => {
  const directory = Directory.sample(3000, 5);
  const { users, groups } = JSON.parse(directory.toJson());
  const fields = ["firstName", "lastName", "username", "email"];
  const keys = ["", "a", "an", "ann", "anna", "an", "n", "nn", "m", "ma", "mar", "mari", "e", "er", "er.", "z", "zz", "zzz", "@", "e"];
  const members = (group, inherited) => {
    const handles = directory.memberHandles(directory.groupHandle(group), inherited, new Uint32Array());
    return new Set(Array.from(handles, (handle) => directory.userId(handle)));
  };
  const sizes = new Map(groups.map(({ id }) => [id, members(id, true).size]));
  const chosen = [...sizes.keys()].sort((one, other) => sizes.get(other) - sizes.get(one)).slice(1, 3);
  const choices = [{}, ...chosen.flatMap((group) => [{ group, includeInherited: true }, { group }])];
  for (const choice of choices) {
    const mine = choice.group && members(choice.group, choice.includeInherited ?? false);
    const among = users.filter(({ id }) => mine?.has(id) ?? true);
    for (const field of [undefined, ...fields]) {
      for (const key of keys) {
        const holds = (user) => (field ? [field] : fields).some((name) => user[name]?.toLowerCase().includes(key));
        const expected = among.filter(holds).map(({ id }) => id).sort();
        const asked = field ? { zenql: `${field} ~ "${key}"` } : { q: key };
        const { totalCount, items } = directory.users({ ...choice, ...asked, order: "id", pageSize: 1000 });
        assert.equal(totalCount, expected.length, `${key} in ${field}`);
        assert.deepEqual(items.map(({ user }) => user.id), expected.slice(0, 1000), `${key} in ${field}`);
      }
    }
  }
  directory.free();
});
