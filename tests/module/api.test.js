// Every method of the API on a directory that fits the eye.

import assert from "node:assert/strict";
import { test } from "node:test";
import { FACTS, company } from "./company.js";
import { Directory, DirectoryReader, thrown } from "./packages.js";

const ids = (page) => page.items.map(({ user, group }) => (user ?? group).id);
const encode = (text) => new TextEncoder().encode(text);

/** A page without how long it took, which is a whole number of microseconds. */
function timeless({ micros, ...page }) {
  assert.ok(Number.isInteger(micros) && micros >= 0, `${micros} µs`);
  return page;
}

test("a file is read from a text, from bytes and in pieces", () => {
  const text = JSON.stringify(FACTS);
  const read = [Directory.fromJson(text), Directory.fromJson(encode(text))];
  const reader = Directory.reader();
  assert.ok(reader instanceof DirectoryReader);
  const bytes = encode(text);
  let told;
  for (let at = 0; at < bytes.length; at += 7) told = reader.push(bytes.subarray(at, at + 7));
  assert.deepEqual(told, { bytes: bytes.length, users: 5, groups: 7, memberships: 5 });
  read.push(reader.finish());
  for (const directory of read) {
    const { findings, ...counts } = directory.stats();
    assert.deepEqual(counts, { users: 5, groups: 7, memberships: 5, nestings: 7 });
    assert.equal(findings, directory.findings().length);
    assert.equal(directory.toJson(), read[0].toJson());
  }
});

test("a text is cut between characters, however long it is", () => {
  // The soap stands across the border between the first piece and the second.
  const before = `{"users":[{"id":"1","firstName":"`;
  const name = "x".repeat(2 ** 20 - before.length - 1) + "🧼";
  const directory = Directory.fromJson(`${before}${name}"}]}`);
  assert.equal(directory.users({}).items[0].user.firstName, name);
});

test("what is written is read again", () => {
  const directory = company();
  for (const again of [Directory.fromJson(directory.toJson()), Directory.fromSnapshot(directory.toSnapshot())]) {
    assert.equal(again.toJson(), directory.toJson());
    assert.deepEqual(timeless(again.users({ group: "HQ" })), timeless(directory.users({ group: "HQ" })));
  }
});

test("the sample is the same for the same numbers", () => {
  const sample = Directory.sample();
  assert.equal(sample.stats().users, 1200);
  assert.equal(Directory.sample(1200).toJson(), sample.toJson());
  assert.equal(Directory.sample(50, 7).toJson(), Directory.sample(50, 7).toJson());
  assert.notEqual(Directory.sample(50, 7).toJson(), Directory.sample(50, 8).toJson());
  assert.equal(Directory.sample(0).stats().users, 0);
});

test("membership is direct or through nesting, in any of the groups", () => {
  const directory = company();
  assert.equal(directory.isMember("ada", ["Web"]), true);
  assert.equal(directory.isMember("ADA@pssc.example", ["guests", "hq"]), true);
  assert.equal(directory.isMember("u4", ["Red"]), true);
  assert.equal(directory.isMember("u5", ["HQ", "Guests"]), false);
  assert.equal(directory.isMember("u1", ["nothing"]), false);
  assert.equal(directory.isMember("u1", []), false);
});

test("a page of users has rows, each with its reason", () => {
  const page = company().users({ group: "HQ", includeInherited: true, order: "-username", pageSize: 2, pageIndex: 1 });
  assert.deepEqual(timeless(page), {
    pageIndex: 1,
    pageSize: 2,
    totalCount: 4,
    pageCount: 2,
    items: [
      { user: { id: "u2", username: "bo", email: "bo@pssc.example", firstName: "Bo", lastName: "Dahl", status: {}, custom: {} },
        source: "inherited", via: ["g2", "g1"], ways: 2, isAdmin: false },
      { user: { id: "u1", username: "ada", email: "ada@pssc.example", firstName: "Ada", lastName: "Byron", created: "2024-01-31T15:26:54Z",
          status: { suspended: true }, custom: { floor: 2.5, remote: true, team: "Soap 🧼" } },
        source: "inherited", via: ["g4", "g2", "g1"], ways: 2, isAdmin: false },
    ],
  });
  const past = company().users({ pageIndex: 2_147_483_647, pageSize: 1000 });
  assert.deepEqual(timeless(past), { pageIndex: 2_147_483_647, pageSize: 1000, totalCount: 5, pageCount: 1, items: [] });
});

test("users are filtered by query, quick search and excluded groups", () => {
  const directory = company();
  assert.deepEqual(ids(directory.users({})), ["u1", "u2", "u3", "u4", "u5"]);
  assert.deepEqual(ids(directory.users({ zenql: "groupCount = 0" })), ["u5"]);
  assert.deepEqual(ids(directory.users({ zenql: "email EXISTS ORDER BY username DESC" })), ["u2", "u1"]);
  assert.deepEqual(ids(directory.users({ zenql: "email EXISTS ORDER BY username DESC", order: "id" })), ["u1", "u2"]);
  assert.deepEqual(ids(directory.users({ q: "AG" })), ["u3"]);
  assert.deepEqual(ids(directory.users({ excludedGroups: ["Web"] })), ["u3", "u4", "u5"]);
  assert.deepEqual(ids(directory.users({ group: "HQ" })), []);
  const web = directory.users({ group: "Eng", includeInherited: true, excludedGroups: ["Ops"] });
  assert.equal(web.totalCount, 0, "all of them are in Ops too, through Web");
  const old = { zenql: "created < -1y" };
  assert.equal(directory.users({ ...old, now: "2024-06-01" }).totalCount, 0);
  assert.equal(directory.users({ ...old, now: "2025-06-01T12:00:00Z" }).totalCount, 1);
  assert.equal(directory.users(old).totalCount, 1, "the machine's clock");
  const row = directory.users({}).items[0];
  assert.deepEqual(Object.keys(row), ["user"], "nobody asked about a group");
  // Members that were asked for just before are not those of the next question.
  assert.equal(directory.users({ group: "Web" }).totalCount, 2);
  assert.equal(directory.users({ group: "Web", zenql: "username = bo" }).totalCount, 1);
  assert.equal(directory.users({ group: "Web" }).totalCount, 2);
});

test("a page of groups has counts, and a reason where there is one", () => {
  const directory = company();
  const all = directory.groups({ q: "hq" });
  assert.deepEqual(all.items, [
    { group: { id: "g1", name: "HQ", description: "all", type: "team", created: "2024-01-01T00:00:00Z", custom: {} }, directCount: 0, totalCount: 4 },
  ]);
  const mine = directory.groups({ user: "bo", includeInherited: true });
  const told = mine.items.map(({ group, source, via, ways, isAdmin }) => [group.name, source, via.join(), ways, isAdmin]);
  assert.deepEqual(told, [
    ["Eng", "direct", "g2", 2, true],
    ["HQ", "inherited", "g2,g1", 2, false],
    ["Ops", "inherited", "g4,g3", 1, false],
    ["Web", "direct", "g4", 1, false],
  ]);
  assert.deepEqual(ids(directory.groups({ user: "bo" })), ["g2", "g4"]);
});

test("groups below a group have their way up", () => {
  const directory = company();
  const below = directory.groups({ group: "HQ", includeInherited: true });
  const told = below.items.map(({ group, source, via, ways, isAdmin }) => [group.name, source, via.join(), ways, isAdmin]);
  assert.deepEqual(told, [
    ["Blue", "inherited", "g5,g1", 1, undefined],
    ["Eng", "direct", "g1", 1, undefined],
    ["Ops", "direct", "g1", 1, undefined],
    ["Red", "direct", "g1", 1, undefined],
    ["Web", "inherited", "g2,g1", 2, undefined],
  ]);
  assert.deepEqual(ids(directory.groups({ group: "Red", includeInherited: true })), ["g6"], "never itself");
  assert.deepEqual(ids(directory.groups({ group: "HQ", order: "-name" })), ["g5", "g3", "g2"]);
  assert.deepEqual(ids(directory.groups({ group: "HQ", includeInherited: true, excludedGroups: ["Ops", "Red"] })), ["g2"]);
  assert.deepEqual(ids(directory.groups({ zenql: "childOf = HQ AND userCount > 0" })), ["g2", "g3"]);
});

test("an explanation has every path, or the nearest ones", () => {
  const directory = company();
  assert.deepEqual(directory.explain("bo", "HQ"), {
    member: true, source: "inherited", isAdmin: false, paths: [["g2", "g1"], ["g4", "g3", "g1"]], ways: 2, nearest: [],
  });
  assert.deepEqual(directory.explain("bo", "Eng").paths, [["g2"], ["g4", "g2"]]);
  assert.deepEqual(directory.explain("bo", "Eng").isAdmin, true);
  assert.deepEqual(directory.explain("bo", "HQ", 1).paths, [["g2", "g1"]]);
  assert.deepEqual(directory.explain("ed", "Eng"), {
    member: false, source: "none", isAdmin: false, paths: [], ways: 0, nearest: [["g2"], ["g4", "g2"]],
  });
  assert.deepEqual(directory.explain("ed", "Eng", 0).nearest, []);
});

test("findings are told with whom they concern", () => {
  const findings = company().findings();
  assert.deepEqual(findings[0].kind, "cycle");
  assert.deepEqual([findings[0].severity, findings[0].groups.toSorted()], ["critical", ["g5", "g6"]]);
  const dangling = findings.find(({ kind }) => kind === "dangling");
  assert.match(dangling.message, /nobody/);
  assert.deepEqual(findings.find(({ kind }) => kind === "suspended-member").users, ["u1"]);
});

test("documented requests are answered", () => {
  const directory = company();
  const groups = directory.request("GET", "/api/security/users/bo/groups?includeInherited=true");
  assert.equal(groups.status, 200);
  assert.match(groups.headers["Content-Type"], /^application\/json/);
  assert.deepEqual(JSON.parse(groups.body).items.map(({ id }) => id), ["g2", "g1", "g3", "g4"]);
  assert.deepEqual(directory.request("HEAD", "/api/security/users/bo/groups/HQ,Guests"), { status: 204, headers: {}, body: null });
  assert.equal(directory.request("HEAD", "/api/security/users/ed/groups/HQ").status, 404);
  assert.equal(directory.request("GET", "/api/security/users", "bo").status, 403, "asked as somebody");
  assert.equal(directory.request("GET", "/api/security/users/@current", "bo").status, 200);
  assert.equal(directory.request("GET", "/api/security/users/@current").status, 404, "asked as nobody in particular");
  const tulip = directory.request("GET", "/api/users/v1/users/u2/user-groups?limit=1");
  assert.deepEqual(JSON.parse(tulip.body).items, [{ userGroupId: "g2" }]);
  assert.equal(directory.request("GET", "/groups.json?api-version=v2").status, 200);
  const since = (now) => JSON.parse(directory.request("GET", "/api/security/users?zenQL=created%3C-1y", undefined, now).body).totalCount;
  assert.deepEqual([since("2024-06-01"), since("2025-06-01")], [0, 1]);
});

test("changes are told, and then made", () => {
  const directory = company();
  const before = directory.toJson();
  const changes = [
    { op: "addMember", group: "Guests", user: "ed", isAdmin: true },
    { op: "removeMember", group: "Ops", user: "cy" },
    { op: "setManager", group: "Eng", user: "bo", isAdmin: false },
    { op: "unnest", parent: "Blue", child: "Red" },
    { op: "nest", parent: "Web", child: "HQ" },
  ];
  const impact = directory.whatIf(changes);
  assert.deepEqual(impact.lost, [{ user: "u3", group: "g1" }, { user: "u3", group: "g3" }]);
  assert.deepEqual(impact.managersLost, [{ user: "u2", group: "g2" }]);
  assert.deepEqual(impact.managersGained, [{ user: "u5", group: "g7" }]);
  assert.deepEqual(impact.cyclesBroken.map((cycle) => cycle.toSorted()), [["g5", "g6"]]);
  assert.deepEqual(impact.cyclesMade.map((cycle) => cycle.toSorted()), [["g1", "g2", "g3", "g4"]]);
  assert.ok(impact.gained.some(({ user, group }) => user === "u4" && group === "g4"), "Di comes into Web");
  assert.equal(directory.toJson(), before, "nothing has changed");
  directory.users({ group: "Guests" });
  directory.apply(changes);
  assert.equal(directory.isMember("ed", ["Guests"]), true);
  assert.equal(directory.users({ group: "Guests" }).items[0].isAdmin, true);
  assert.equal(directory.isMember("cy", ["HQ"]), false);
  assert.equal(directory.stats().findings, directory.findings().length);
  // Guests have somebody now, and then nobody once more.
  const { findings } = directory.stats();
  directory.apply([{ op: "removeMember", group: "Guests", user: "ed" }]);
  assert.notEqual(directory.stats().findings, findings);
  assert.equal(directory.stats().findings, directory.findings().length);
  directory.apply([]);
  assert.deepEqual(directory.whatIf([]), { gained: [], lost: [], managersGained: [], managersLost: [], cyclesMade: [], cyclesBroken: [] });
});

test("handles stand for users and groups", () => {
  const directory = company();
  const [bo, hq, web] = [directory.userHandle("bo@pssc.example"), directory.groupHandle("hq"), directory.groupHandle("g4")];
  assert.equal(directory.userId(bo), "u2");
  assert.equal(directory.groupId(hq), "g1");
  assert.equal(directory.userHandle("nobody"), undefined);
  assert.equal(directory.groupHandle("nothing"), undefined);
  const all = FACTS.users.map(({ id }) => directory.userHandle(id));
  assert.deepEqual(directory.checkPairs(Uint32Array.from(all.flatMap((user) => [user, hq]))), Uint8Array.of(1, 1, 1, 1, 0));
  assert.deepEqual(directory.checkPairs(new Uint32Array()), new Uint8Array());
  const names = (handles, nameOf) => [...handles].map((handle) => nameOf.call(directory, handle));
  assert.deepEqual(names(directory.memberHandles(hq, true, Uint32Array.of(web)), directory.userId), ["u3", "u4"]);
  assert.deepEqual(names(directory.memberHandles(web, false, new Uint32Array()), directory.userId), ["u1", "u2"]);
  assert.deepEqual(names(directory.groupHandles(bo, true), directory.groupId), ["g2", "g4", "g1", "g3"]);
  assert.deepEqual(names(directory.groupHandles(bo, false), directory.groupId), ["g2", "g4"]);
});

test("an answer of handles stays what it is", () => {
  const directory = Directory.sample(1_200, 7);
  const ask = (user) => directory.groupHandles(user, true);
  const users = Array.from({ length: 1_200 }, (_, user) => user);
  const [kept, told] = [users.map(ask), users.map((user) => [...ask(user)])];
  users.forEach((user) => assert.deepEqual([...kept[user]], told[user], `user ${user}`));
  // Whoever transfers a shared buffer takes the answers in it along, and none to come.
  structuredClone(0, { transfer: [ask(7).buffer] });
  assert.deepEqual([...ask(7)], told[7]);
});

test("a directory and a reader are free to go, once or twice", () => {
  const directory = company();
  directory.free();
  directory.free();
  assert.match(thrown(() => directory.stats()).message, /freed/);
  assert.ok(thrown(() => directory.users({})) instanceof TypeError);
  assert.ok(thrown(() => directory.isMember("ada", [])) instanceof TypeError);
  const reader = Directory.reader();
  reader.free();
  reader.free();
  assert.ok(thrown(() => reader.push(new Uint8Array())) instanceof TypeError);
  const finished = Directory.reader();
  finished.push(encode("{}"));
  finished.finish();
  assert.ok(thrown(() => finished.finish()) instanceof TypeError);
  finished.free();
  assert.ok(thrown(() => new Directory()) instanceof TypeError);
});
