// Contensis' own JavaScript client, unchanged, against a companion with a small directory of odd names.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { credentials, fillDirectory, startCompanion } from "../e2e/companion.js";

const require = createRequire(new URL("package.json", `file://${process.env.NPM}/`));
const { Client, UniversalClient } = require("contensis-management-api");

const ANN = "10000000-0000-4000-8000-00000000000a";
const BO = "10000000-0000-4000-8000-00000000000b";
const ALL = "20000000-0000-4000-8000-00000000000a";
const ENG = "20000000-0000-4000-8000-00000000000b";
const ODD = "20000000-0000-4000-8000-00000000000c";

/** Bo is in the odd group, which is in Engineering, which is in Everyone; Ann is in Everyone. */
const directory = {
  format: "rollcall/1",
  users: [
    { id: ANN, username: "ann", email: "ann@example.org", firstName: "Ann", lastName: "Ångström" },
    { id: BO, username: "bo", email: "bo+1@example.org", firstName: "Bo", status: { suspended: true } },
    { id: "10000000-0000-4000-8000-00000000000c", username: "cy" },
  ],
  groups: [
    { id: ALL, name: "Everyone" },
    { id: ENG, name: "Engineering" },
    { id: ODD, name: "R&D, 50% / C++" },
  ],
  memberships: [
    { group: ALL, user: ANN },
    { group: ODD, user: BO },
  ],
  nestings: [
    { parent: ALL, child: ENG },
    { parent: ENG, child: ODD },
  ],
};

/** The client writes names into paths as they are: who has odd ones encodes them. */
const odd = encodeURIComponent("R&D, 50% / C++");

let companion, client;

before(async () => {
  fillDirectory(directory);
  const { "client id": clientId, "client secret": clientSecret } = credentials("contensis");
  companion = await startCompanion();
  const clientDetails = { clientId, clientSecret };
  const config = { clientType: "client_credentials", clientDetails, projectId: "website", rootUrl: companion.address };
  client = UniversalClient.create(config);
});

after(() => companion.stop());

const usernames = (list) => list.items.map((user) => user.username);
const names = (list) => list.items.map((group) => group.name);

test("users are listed by pages, searched and ordered", async () => {
  const users = await client.security.users.list();
  assert.deepEqual(usernames(users), ["ann", "bo", "cy"]);
  assert.deepEqual([users.pageIndex, users.pageSize, users.totalCount, users.pageCount], [0, 25, 3, 1]);
  const page = await client.security.users.list({ order: ["-username"], pageOptions: { pageIndex: 1, pageSize: 2 } });
  assert.deepEqual([usernames(page), page.pageCount], [["ann"], 2]);
  assert.deepEqual(usernames(await client.security.users.list({ q: "ÅNG" })), ["ann"]);
  assert.deepEqual(usernames(await client.security.users.list({ zenQL: "status.suspended = true" })), ["bo"]);
});

test("a user is known by id, username and email", async () => {
  for (const user of [
    await client.security.users.getById(BO),
    await client.security.users.getByUsername("bo"),
    await client.security.users.getByEmail("bo+1@example.org"),
  ]) {
    assert.deepEqual([user.id, user.firstName, user.status.suspended], [BO, "Bo", true]);
  }
  await assert.rejects(client.security.users.getById("nobody"), (error) => error.status === 404);
});

test("groups of a user are listed, with those that they are nested in", async () => {
  assert.deepEqual(names(await client.security.users.getUserGroups(BO)), ["R&D, 50% / C++"]);
  const all = await client.security.users.getUserGroups({ userId: "bo", includeInherited: true, order: ["-name"] });
  assert.deepEqual(names(all), ["R&D, 50% / C++", "Everyone", "Engineering"]);
});

test("membership is checked in any of several groups, by id or name", async () => {
  const isIn = (...groups) => client.security.users.userIsMemberOf("bo", ...groups);
  assert.equal(await isIn("Everyone"), true);
  assert.equal(await isIn(odd), true);
  assert.equal(await isIn("none", odd), true);
  assert.equal(await isIn("none", ENG), true);
  assert.equal(await isIn("none"), false);
  assert.equal(await client.security.users.userIsMemberOf("ann", ENG, ODD), false);
  assert.equal(await client.security.groups.hasUser(ALL, BO), true);
  assert.equal(await client.security.groups.hasUser(ENG, ANN), false);
});

test("users and child groups of a group are listed", async () => {
  const { groups } = client.security;
  assert.deepEqual(names(await groups.list()), ["Engineering", "Everyone", "R&D, 50% / C++"]);
  assert.equal((await groups.getByName(odd)).id, ODD);
  assert.deepEqual([(await groups.getById(ALL)).userCount, (await groups.getById(ALL)).childGroupCount], [1, 1]);
  assert.deepEqual(usernames(await groups.getUsersByGroupId(ALL)), ["ann"]);
  assert.deepEqual(usernames(await groups.getUsersByGroupName("Everyone", { includeInherited: true })), ["ann", "bo"]);
  const without = { includeInherited: true, excludedGroups: [ODD] };
  assert.deepEqual(usernames(await groups.getUsersByGroupId(ALL, without)), ["ann"]);
  assert.deepEqual(names(await groups.getChildGroupsByGroupName("Everyone")), ["Engineering"]);
  const all = { includeInherited: true, includeSelf: true };
  assert.deepEqual(names(await groups.getChildGroupsByGroupId(ALL, all)), ["Engineering", "Everyone", "R&D, 50% / C++"]);
});

test("memberships and nestings are changed", async () => {
  const { groups } = client.security;
  await groups.addUsers(ENG, [ANN, BO]);
  assert.deepEqual(usernames(await groups.getUsersByGroupId(ENG)), ["ann", "bo"]);
  await groups.removeUser(ENG, ANN);
  await groups.removeUser(ENG, BO);
  await groups.addUser(ENG, ANN);
  assert.deepEqual(usernames(await groups.getUsersByGroupId(ENG)), ["ann"]);
  await groups.removeUser(ENG, ANN);
  await groups.removeChildGroup(ENG, ODD);
  assert.equal(await groups.hasUser(ALL, BO), false);
  await groups.addChildGroups(ENG, [ODD]);
  assert.equal(await groups.hasUser(ALL, BO), true);
});

test("wrong credentials are refused in the client's own terms", async () => {
  const config = { ...client.clientConfig, clientDetails: { clientId: "x", clientSecret: "y" } };
  const other = Client.create(config, fetch);
  await assert.rejects(other.security.users.list(), /invalid_client/);
});
