// Verify with server: the vendor's own answer beside ours, of a list of 12,000, of one user and of a check.

import assert from "node:assert/strict";
import { before } from "node:test";
import { administrator, credentials, fillDirectory } from "./companion.js";
import { asContensis, readAs } from "./connection.js";
import { crowd } from "./directory.js";
import { page, withFaults } from "./faults.js";
import { flow } from "./walk.js";

/** What the browser itself says of answers that are errors, as a check's 404 is. */
const FAILED = /Failed to load resource|net::ERR/;
const EVERYONE = "/api/security/groups/everyone/users";

// Before the first flow starts the companion that they share.
before(() => fillDirectory(crowd({ groups: 100, nestings: 105 })));

/** Goes to an address of the console without loading the page, which would forget who is signed in. */
async function visit(walk, path, dir) {
  // Written by hand, for `URLSearchParams` would encode the commas between groups.
  const url = new URL(`${path}${path.includes("?") ? "&" : "?"}dir=${encodeURIComponent(dir)}`, walk.page.url());
  await walk.follow(url.href);
  await walk.isReady();
}

const found = (walk) => walk.find("region", "Verification");
const verify = (walk) => walk.click("button", "Verify with server");

flow(
  "a list of 12,000 agrees with the server, and a change behind the console's back is named",
  async (walk) => {
    await walk.open("/groups");
    await walk.says("No server to verify with.");
    const dir = await asContensis(walk);
    await visit(walk, "/groups/everyone", dir);
    await walk.hasRows(12_000, /^Members of/);
    await walk.find("heading", "Everyone", { level: 1 }).first().click();
    await walk.press("v");
    await walk.says("Matches the server: 12,000 users");
    await walk.says("In the same order, too.");
    await walk.says(/^12,000 rows with 12 requests in /);
    await walk.axe();
    await walk.shot("verify-agrees");
    await walk.page.getByText("Requests and answer").click();
    await walk.says(/groups\/everyone/);
    assert.ok((await found(walk).locator("pre").innerText()).includes('"id":"u0"'), "the first answer as it came");
    await walk.shot("verify-evidence");

    // Another question overtakes what was found.
    await visit(walk, "/groups/everyone?includeInherited=false", dir);
    await walk.hasRows(4_000, /^Members of/);
    await found(walk).waitFor({ state: "detached" });

    const ask = await administrator(new URL(walk.page.url()).origin, "contensis");
    const { body } = await ask("GET", `${EVERYONE}?pageSize=1000`);
    const direct = new Set(body.items.map(({ id }) => id));
    const gone = body.items[0];
    const { body: all } = await ask("GET", `${EVERYONE}?includeInherited=true&pageSize=1000`);
    const come = all.items.find(({ id }) => !direct.has(id));
    const { body: checked } = await ask("GET", `/api/security/users/${come.id}/groups`);
    assert.ok(!checked.items.some(({ id }) => id === "everyone"), "who comes was no direct member");
    try {
      assert.equal((await ask("DELETE", `${EVERYONE}/${gone.id}`)).status, 204);
      assert.equal((await ask("PUT", `${EVERYONE}/${come.id}`)).status, 204);
      await verify(walk);
      await walk.says("Both say 4,000 users, but not the same ones.");
      await walk.says(/1 user is only on the server\. 1 user is only here\./);
      const rows = found(walk).getByRole("grid", { name: "Rows that differ" });
      const name = ({ firstName, lastName }) => [firstName, lastName].filter(Boolean).join(" ");
      await rows.getByRole("row").filter({ hasText: "Only on the server" }).getByRole("link", { name: name(come), exact: true }).waitFor();
      await rows.getByRole("row").filter({ hasText: "Only here" }).getByRole("link", { name: name(gone), exact: true }).waitFor();
      await walk.axe();
      await walk.shot("verify-differs");

    } finally {
      await ask("PUT", `${EVERYONE}/${gone.id}`);
      await ask("DELETE", `${EVERYONE}/${come.id}`);
    }
  },
  { allows: FAILED },
);

/** Takes a user out of a group that no other group brings along; answers with the group, and with what undoes it. */
async function takeOut(ask, user) {
  const { body } = await ask("GET", `/api/security/users/${user}/groups`);
  for (const { id, name } of body.items) {
    const membership = `/api/security/groups/${id}/users/${user}`;
    assert.equal((await ask("DELETE", membership)).status, 204);
    const undo = () => ask("PUT", membership);
    if ((await ask("HEAD", `/api/security/users/${user}/groups/${id}`)).status === 404) return { id, name, undo };
    await undo();
  }
  throw new Error("every group of this user is also inherited");
}

flow(
  "a user's groups and a check are verified, and what changed meanwhile is named",
  async (walk) => {
    await walk.open("/groups");
    const dir = await asContensis(walk);
    await visit(walk, "/users/u1", dir);
    await verify(walk);
    await walk.says(/^Matches the server: \d+ groups?$/);
    const ask = await administrator(new URL(walk.page.url()).origin, "contensis");
    const left = await takeOut(ask, "u1");
    try {
      await verify(walk);
      await walk.says(/^The server says \d+, Rollcall says \d+\.$/);
      const rows = found(walk).getByRole("grid", { name: "Rows that differ" });
      await rows.getByRole("row").filter({ hasText: "Only here" }).getByRole("link", { name: left.name, exact: true }).waitFor();
      await walk.axe();
      await walk.shot("verify-user");

      await visit(walk, `/check?user=u1&groups=everyone,nowhere,${left.id}`, dir);
      await verify(walk);
      await walk.says("Both say the same of all groups together, but not of each.");
      await walk.says("The server says no, Rollcall yes");
      await walk.axe();
      await walk.shot("verify-check");
      await visit(walk, `/check?user=u1&groups=${left.id}`, dir);
      await verify(walk);
      await walk.says("The server says no, Rollcall says yes.");
    } finally {
      await left.undo();
    }
    await verify(walk);
    await walk.says("The server agrees");
  },
  { allows: FAILED },
);

for (const [system, secrets] of [
  ["Tulip", ({ key, secret }) => ({ "API key": key, Secret: secret })],
  ["Passbolt", ({ token }) => ({ "Access token": token })],
]) {
  flow(
    `what ${system} cannot be asked is told, and its members agree`,
    async (walk) => {
      await walk.open("/groups");
      const origin = new URL(walk.page.url()).origin;
      const dir = await readAs(walk, origin, system, secrets(credentials(system.toLowerCase())));
      await visit(walk, "/groups", dir);
      await verify(walk);
      await walk.says(/^Matches the server: [\d,]+ users?$/);
      await walk.says(`${system} knows no nested groups, so direct membership was compared.`);
      await walk.axe();
    },
    { allows: FAILED },
  );
}

flow(
  "a server that is slow, busy, or forbids it is told as such",
  async (walk) => {
    let mode = "serves";
    const lists = {
      users: [{ id: "u1", username: "ada", firstName: "Ada", lastName: "Abbott" }],
      groups: [{ id: "g1", name: "Finance", userCount: 1, childGroupCount: 0 }],
      "groups/g1/users": [{ id: "u1" }],
    };
    const answer = (url) => {
      if (mode === "forbids") return { status: 403 };
      if (mode === "signs out") return { status: 401 };
      if (mode === "hangs") return undefined;
      if (mode === "busy") return { status: 429, headers: { "retry-after": "60" } };
      return page(lists[url.split("?")[0].replace("/api/security/", "")] ?? []);
    };
    await withFaults(answer, async (server) => {
      await walk.open("/groups");
      await readAs(walk, server.address, "Contensis", { "Access token": "t0k3n" });
      await walk.click("link", /^Groups/);
      await walk.hasRows(1, /^Members of/);
      mode = "hangs";
      await verify(walk);
      await walk.says("Asking the server");
      await found(walk).getByRole("button", { name: "Stop" }).click();
      await server.someoneHungUp;
      await walk.says("Stopped before the end");
      mode = "busy";
      await verify(walk);
      await walk.says("The server asked us to slow down.");
      await walk.axe();
      await walk.shot("verify-waits");
      await found(walk).getByRole("button", { name: "Stop" }).click();
      mode = "forbids";
      await verify(walk);
      await walk.says("This account may not read it.");
      mode = "signs out";
      await verify(walk);
      await walk.says("The server wants a new sign-in.");
      await walk.axe();
      mode = "serves";
      await verify(walk);
      await walk.says("Matches the server: 1 user");
      await walk.click("button", "Close the verification");
      await found(walk).waitFor({ state: "detached" });
      assert.ok(server.asked.every((it) => it.authorization === "Bearer t0k3n"));
    });
  },
  { allows: FAILED },
);
