// The companion that the flows connect to: filled with a crowd, and changed by somebody else. No browser takes part.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { administrator, fillDirectory, startCompanion } from "./companion.js";
import { crowd } from "./directory.js";

let companion;

before(async () => {
  fillDirectory(crowd());
  companion = await startCompanion();
});

after(() => companion.stop());

const EVERYONE = "/api/security/groups/everyone/users";

test("a group has 12,000 members, directly and through nesting", async () => {
  const ask = await administrator(companion.address, "contensis");
  const { body } = await ask("GET", `${EVERYONE}?includeInherited=true&pageSize=10`);
  assert.equal(body.totalCount, 12_000);
  assert.equal((await ask("GET", `${EVERYONE}?pageSize=10`)).body.totalCount, 4_000);
});

test("memberships are changed through Contensis", async () => {
  const ask = await administrator(companion.address, "contensis");
  const direct = async () => (await ask("GET", `${EVERYONE}?pageSize=1`)).body.totalCount;
  assert.equal((await ask("PUT", `${EVERYONE}/u1`)).status, 204);
  assert.equal(await direct(), 4_001);
  assert.equal((await ask("DELETE", `${EVERYONE}/u1`)).status, 204);
  assert.equal(await direct(), 4_000);
  assert.equal((await ask("POST", EVERYONE, ["u1", "u2"])).status, 204);
  assert.equal(await direct(), 4_002);
});

test("memberships are changed through Passbolt", async () => {
  const ask = await administrator(companion.address, "passbolt");
  const { body: all } = await ask("GET", "/groups.json");
  const { id } = all.body.find(({ name }) => name === "Team 7");
  const members = async () => (await ask("GET", `/groups/${id}.json?contain[groups_users]=1`)).body.body.groups_users;
  const before = await members();
  const [gone] = before.filter((member) => !member.is_admin);
  const change = { groups_users: [{ id: gone.id, delete: true }] };
  assert.equal((await ask("PUT", `/groups/${id}.json`, change)).status, 200);
  assert.deepEqual(await members(), before.filter((member) => member.id !== gone.id));
});
