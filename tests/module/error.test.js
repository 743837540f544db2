// Every kind of error, with its places; and after each the directory answers as before.

import assert from "node:assert/strict";
import { test } from "node:test";
import { company } from "./company.js";
import { Directory, ModuleError, thrown } from "./packages.js";

const encode = (text) => new TextEncoder().encode(text);

/** The function throws a `ModuleError` of these properties, and of no others but those that are not asked about. */
function refuses(act, expected) {
  const error = thrown(act);
  assert.ok(error instanceof ModuleError && error instanceof Error, String(error));
  assert.equal(error.name, "ModuleError");
  assert.match(error.message, /^\S[^\n]*$/, "one line");
  const told = Object.fromEntries(Object.keys(expected).map((key) => [key, error[key]]));
  assert.deepEqual(told, expected, error.message);
  return error;
}

/** The directory refuses, and answers as before. */
function survives(act, expected) {
  const directory = company();
  const before = directory.toJson();
  const error = refuses(() => act(directory), expected);
  assert.equal(directory.toJson(), before);
  assert.equal(directory.users({ group: "HQ", includeInherited: true }).totalCount, 4);
  assert.equal(directory.isMember("ada", ["HQ"]), true);
  return error;
}

test("a text that is not JSON", () => {
  const text = '{"users": [\n {"id": "🧼"} {"id": "u2"}]}';
  const expected = {
    kind: "json", position: text.indexOf('{"id": "u2"'), line: 2, column: 15, length: undefined,
    found: "an opening brace", expected: ["a comma or a closing bracket"], suggestion: undefined,
  };
  refuses(() => Directory.fromJson(text), expected);
  refuses(() => Directory.fromJson(encode(text)), expected);
  const reader = Directory.reader();
  const [first, second] = [encode(text).subarray(0, 23), encode(text).subarray(23)];
  reader.push(first);
  refuses(() => reader.push(second), expected);
  refuses(() => reader.push(first), expected);
  refuses(() => reader.finish(), expected);
  refuses(() => Directory.fromJson(""), { kind: "json", position: 0, line: 1, column: 1 });
  refuses(() => Directory.fromJson(Uint8Array.of(0x7b, 0xff)), { kind: "json", position: 1, expected: ["text in UTF-8"] });
});

test("JSON that is no directory", () => {
  refuses(() => Directory.fromJson('{"users": {}}'), { kind: "shape", position: 10, line: 1, column: 11, expected: ["a list"] });
  refuses(() => Directory.fromJson("[]"), { kind: "shape", position: 0 });
  refuses(() => Directory.fromJson('{"format":"rollcall/2"}'), { kind: "shape", expected: ["the format `rollcall/1`"] });
});

test("a snapshot that is cut or damaged anywhere", () => {
  const snapshot = company().toSnapshot();
  for (let at = 0; at < snapshot.length; at++) {
    refuses(() => Directory.fromSnapshot(snapshot.subarray(0, at)), { kind: "snapshot" });
    const damaged = snapshot.slice();
    damaged[at] ^= 1 << at % 8;
    refuses(() => Directory.fromSnapshot(damaged), { kind: "snapshot" });
  }
  assert.equal(Directory.fromSnapshot(snapshot).stats().users, 5);
});

test("a query", () => {
  const zenql = 'email = "🧼" AND firstNam ~ ann';
  survives((directory) => directory.users({ zenql }), {
    kind: "query", position: zenql.indexOf("firstNam"), length: 8, found: "firstNam", suggestion: "firstName", line: undefined,
  });
  const unknown = 'lastName = "🧼" OR memberOf = Nobodies';
  survives((directory) => directory.users({ zenql: unknown }), {
    kind: "query", position: unknown.indexOf("Nobodies"), length: 8, found: "Nobodies",
  });
  survives((directory) => directory.groups({ zenql: "name ~" }), { kind: "query", position: 6, length: 0 });
  survives((directory) => directory.users({ zenql: "(".repeat(1e6) }), { kind: "query" });
});

test("a parameter", () => {
  const wrong = (query, expected) => {
    survives((directory) => directory.users(query), { kind: "parameter", ...expected });
    survives((directory) => directory.groups(query), { kind: "parameter", ...expected });
  };
  wrong({ order: "id,-nome" }, { position: 4, length: 4, found: "nome" });
  for (const pageSize of [0, 1001, 2.5, NaN, "25", -1]) wrong({ pageSize });
  for (const pageIndex of [-1, 0.5, 2_147_483_648, Infinity, true]) wrong({ pageIndex });
  for (const now of ["tomorrow", "", 17, "2024-02-30"]) wrong({ now });
  for (const excludedGroups of ["g1", [1], [null]]) wrong({ excludedGroups });
  wrong({ includeInherited: "true" }, { found: '"true"', expected: ["true or false"] });
  wrong({ zenql: 1 });
  wrong({ q: [] });
  wrong({ group: 1 });
  wrong({ user: "ada", group: "HQ" });
  wrong(undefined);
  wrong(null);
  wrong("q");
  survives((directory) => directory.users({ user: "ada" }), { kind: "parameter" });
  const parameter = { kind: "parameter" };
  survives((directory) => directory.isMember("ada", "HQ"), parameter);
  survives((directory) => directory.isMember(1, []), parameter);
  survives((directory) => directory.explain("ada"), { ...parameter, found: "nothing", expected: ["a text"] });
  survives((directory) => directory.explain("ada", "HQ", -1), parameter);
  survives((directory) => directory.request("GET"), parameter);
  survives((directory) => directory.request("GET", "/", {}), parameter);
  survives((directory) => directory.request("GET", "/", undefined, "soon"), { ...parameter, found: "soon" });
  survives((directory) => directory.checkPairs([0, 0]), parameter);
  survives((directory) => directory.checkPairs(Uint32Array.of(0)), parameter);
  survives((directory) => directory.memberHandles(0, 1, new Uint32Array()), parameter);
  survives((directory) => directory.memberHandles(0, true), parameter);
  survives((directory) => directory.groupHandles(0), parameter);
  survives((directory) => directory.userHandle(), parameter);
  survives((directory) => directory.groupHandle(7n), { ...parameter, found: "a bigint" });
  survives((directory) => directory.whatIf({}), parameter);
  survives((directory) => directory.apply([{ op: "rename" }]), { ...parameter, found: '"rename"' });
  survives((directory) => directory.apply([{ op: "nest", parent: "HQ" }]), parameter);
  survives((directory) => directory.apply([{ op: "setManager", group: "Eng", user: "bo" }]), parameter);
  refuses(() => Directory.fromJson({}), parameter);
  refuses(() => Directory.fromJson(new ArrayBuffer(2)), parameter);
  refuses(() => Directory.fromSnapshot("ROLLCALL"), parameter);
  refuses(() => Directory.sample(1_000_001), parameter);
  refuses(() => Directory.sample(1, -1), parameter);
  const reader = Directory.reader();
  refuses(() => reader.push("{}"), parameter);
  reader.push(encode("{}"));
  assert.equal(reader.finish().stats().users, 0);
});

test("an identifier", () => {
  const unknown = { kind: "identifier", found: "nobody", position: undefined };
  survives((directory) => directory.isMember("nobody", ["HQ"]), unknown);
  survives((directory) => directory.explain("nobody", "HQ"), unknown);
  survives((directory) => directory.explain("ada", "nobody"), unknown);
  survives((directory) => directory.users({ group: "nobody" }), unknown);
  survives((directory) => directory.groups({ user: "nobody" }), unknown);
  survives((directory) => directory.groups({ group: "nobody" }), unknown);
  survives((directory) => directory.users({ excludedGroups: ["HQ", "nobody"] }), unknown);
  survives((directory) => directory.request("GET", "/", "nobody"), unknown);
  survives((directory) => directory.users({ group: "" }), { kind: "identifier", found: "" });
});

test("a handle that is none", () => {
  for (const handle of [5, -1, 0.5, NaN, 2 ** 32, 2 ** 32 - 1, "0", undefined]) {
    survives((directory) => directory.userId(handle), { kind: "identifier" });
    survives((directory) => directory.groupHandles(handle, true), { kind: "identifier" });
  }
  for (const handle of [7, -1, null]) {
    survives((directory) => directory.groupId(handle), { kind: "identifier" });
    survives((directory) => directory.memberHandles(handle, true, new Uint32Array()), { kind: "identifier" });
  }
  survives((directory) => directory.memberHandles(0, true, Uint32Array.of(0, 7)), { kind: "identifier", found: "7" });
  survives((directory) => directory.checkPairs(Uint32Array.of(0, 0, 5, 0)), { kind: "identifier", found: "5" });
  survives((directory) => directory.checkPairs(Uint32Array.of(0, 0, 4, 7)), { kind: "identifier", found: "7" });
});

test("a change that cannot be, by its place", () => {
  const fine = { op: "addMember", group: "Guests", user: "ed" };
  const wrong = [
    [{ op: "addMember", group: "Eng", user: "bo" }, "change"],
    [{ op: "addMember", group: "Guests", user: "ed" }, "change"],
    [{ op: "removeMember", group: "HQ", user: "bo" }, "change"],
    [{ op: "setManager", group: "HQ", user: "bo", isAdmin: true }, "change"],
    [{ op: "nest", parent: "HQ", child: "Eng" }, "change"],
    [{ op: "nest", parent: "HQ", child: "HQ" }, "change"],
    [{ op: "unnest", parent: "HQ", child: "Web" }, "change"],
    [{ op: "addMember", group: "Guests", user: "nobody" }, "identifier"],
    [{ op: "nest", parent: "HQ", child: "nothing" }, "identifier"],
  ];
  for (const [change, kind] of wrong) {
    survives((directory) => directory.whatIf([fine, change]), { kind, position: 1 });
    survives((directory) => directory.apply([fine, change]), { kind, position: 1 });
  }
});
