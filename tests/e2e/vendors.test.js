// Connections to vendors: the companion's own directory, and servers that do what real ones do.

import assert from "node:assert/strict";
import { credentials } from "./companion.js";
import { page, small, withFaults } from "./faults.js";
import { flow } from "./walk.js";

/** What the browser itself says of answers that are errors. */
const FAILED = /Failed to load resource|net::ERR/;

/** Fills the form to connect; `secrets` are the texts of its fields by their names. */
async function fill(walk, address, secrets, name = "") {
  await walk.page.getByLabel("Address").fill(address);
  await walk.page.getByLabel("Name", { exact: true }).fill(name);
  for (const [label, text] of Object.entries(secrets)) await walk.page.getByLabel(label, { exact: true }).fill(text);
}

const connect = (walk) => walk.click("button", "Connect and read");

flow(
  "the companion's directory is connected to, and answers as the sample that fills it",
  async (walk) => {
    await walk.open("/groups");
    const MEMBERS = /^Members of/;
    const group = await walk.find("treegrid", "Nested groups").locator(".tree-name").first().innerText();
    const members = await walk.rowCount(MEMBERS);
    const address = new URL(walk.page.url()).origin;
    const { "client id": id, "client secret": secret } = credentials("contensis");

    await walk.open("/connections/new");
    await walk.axe();
    await walk.shot("connect");
    await connect(walk);
    await walk.says("Say where the server is.");
    await walk.axe();
    await fill(walk, address, { "Client id": id, "Shared secret": secret }, "The companion");
    await walk.click("button", "Test only");
    await walk.says("1,200 users and");
    await walk.axe();
    await walk.shot("connect-tested");
    await connect(walk);
    await walk.says(/^1,200 users, \d+ groups, [\d,]+ memberships\.$/);
    await walk.says("Everything came as it should.");
    await walk.axe();
    await walk.shot("vendor-report");
    assert.match(walk.page.url(), /dir=contensis-http/);

    await walk.click("link", /^Groups/);
    await walk.isReady();
    await walk.find("treegrid", "Nested groups").getByText(group, { exact: true }).first().click();
    await walk.hasRows(members, MEMBERS);

    const kept = await walk.page.evaluate(() => JSON.stringify([localStorage, sessionStorage, document.title, location.href]));
    assert.match(kept, /The companion/);
    assert.ok(!kept.includes(secret) && !kept.includes(id), kept);
    await walk.page.reload();
    await walk.says("The companion needs you to sign in.");
    await walk.click("link", /^Connections/);
    await walk.says("Sign in and read");
    await walk.axe();
    await walk.shot("vendor-sign-in");
    await walk.click("button", "Forget");
    await walk.says("Sample directory");
    assert.equal(await walk.page.evaluate(() => localStorage.getItem("rollcall.connections")), null);
  },
  { allows: FAILED },
);

for (const [system, fields] of [
  ["Tulip", ({ key, secret }) => ({ "API key": key, Secret: secret })],
  ["Passbolt", ({ token }) => ({ "Access token": token })],
]) {
  flow(
    `the companion's directory is read as ${system}'s, where no group is in another`,
    async (walk) => {
      await walk.open("/connections/new");
      await walk.find("radio", new RegExp(`^${system}`)).check();
      await fill(walk, new URL(walk.page.url()).origin, fields(credentials(system.toLowerCase())));
      await connect(walk);
      await walk.says(/^1,200 users, 75 groups, /);
      await walk.says("No group is nested in another: every membership is direct.");
      await walk.says("Everything came as it should.");
    },
    { allows: FAILED },
  );
}

flow(
  "a wrong secret is told, and the reading goes on with the right one",
  async (walk) => {
    const { "client id": id, "client secret": secret } = credentials("contensis");
    await walk.open("/connections/new");
    const address = new URL(walk.page.url()).origin;
    await fill(walk, address, { "Client id": id, "Shared secret": "wrong" });
    await walk.click("button", "Test only");
    await walk.says("Contensis did not accept these credentials.");
    await connect(walk);
    await walk.says("Sign in and go on");
    await walk.says("Contensis did not accept these credentials.");
    await walk.axe();
    await walk.shot("vendor-signed-out");
    await walk.page.getByLabel("Client id", { exact: true }).fill(id);
    await walk.page.getByLabel("Shared secret", { exact: true }).fill(secret);
    await walk.click("button", "Sign in and go on");
    await walk.says(/^1,200 users, /);
    await walk.click("button", "Sign out");
    await walk.says("Sign in to read it again");
  },
  { allows: FAILED },
);

flow(
  "a server that is busy is left alone, and what it forbids makes the directory partial",
  async (walk) => {
    let isBusy = true;
    const answer = small((url) => {
      if (url.startsWith("/api/security/users") && isBusy) return { status: 429, headers: { "retry-after": "1" } };
      if (url.startsWith("/api/security/groups/g2/users")) return { status: 403 };
    });
    await withFaults(answer, async (server) => {
      await walk.open("/connections/new");
      await walk.find("radio", "Access token").click();
      await fill(walk, server.address, { "Access token": "t0k3n" }, "Busy");
      await connect(walk);
      await walk.says("The server asked us to slow down.");
      await walk.says("Waiting for the server");
      await walk.axe();
      await walk.shot("vendor-waiting");
      await walk.click("button", "Pause");
      await walk.says("Paused");
      isBusy = false;
      await walk.click("button", "Go on");
      await walk.says("2 users, 2 groups, 1 membership.");
      await walk.says("This directory is partial.");
      const incidents = walk.find("grid", "Incidents");
      assert.match(await incidents.innerText(), /Memberships\s+Paris\s+This account may not read it\./);
      await walk.click("button", /^Could not be read\s*1$/);
      await walk.page.getByRole("button", { name: /^Could not be read/, pressed: true }).waitFor();
      assert.match(await incidents.innerText(), /This account may not read it\./);
      await walk.axe();
      await walk.shot("vendor-partial");
      assert.ok(server.asked.every((it) => it.authorization === "Bearer t0k3n"));
      for (const screen of [/^Users/, /^Groups/]) {
        await walk.click("link", screen);
        await walk.isReady();
        await walk.page.locator(".badge", { hasText: "Partial" }).first().waitFor();
      }
      await walk.says("2 users, partial");
      await walk.shot("partial");
    });
  },
  { allows: FAILED },
);

flow(
  "a web page in place of a directory is told as what it is",
  async (walk) => {
    await withFaults(() => ({ body: "<!doctype html><title>Welcome</title>" }), async (server) => {
      await walk.open("/connections/new");
      await walk.find("radio", /^Tulip/).check();
      await fill(walk, server.address, { "API key": "key", Secret: "hush" });
      await walk.click("button", "Test only");
      await walk.says(/it is a web page, not JSON/);
      await walk.shot("vendor-not-json");
    });
  },
  { allows: FAILED },
);

flow(
  "a server that never answers is left when one says so, and what was open stays",
  async (walk) => {
    await withFaults(() => undefined, async (server) => {
      await walk.open("/connections/new");
      await walk.find("radio", /^Passbolt/).check();
      await fill(walk, server.address, { "Access token": "t0k3n" }, "Silent");
      await connect(walk);
      await walk.says("Reading the directory");
      await walk.click("button", "Stop");
      await server.someoneHungUp;
      await walk.says("Sign in and read");
      await walk.click("link", /^Users/);
      await walk.hasRows(1_200, "Users that match");
    });
  },
  { allows: FAILED },
);

flow(
  "what is opened early says what was not read, and each kind of incident can be looked at alone",
  async (walk) => {
    // Whoever asks for Paris waits; a user has a field of another type.
    const answer = (url) => {
      if (url.startsWith("/api/security/groups/g2/users")) return null;
      if (url.startsWith("/api/security/users")) return page([{ id: "u1", username: 7 }, { id: "u2", username: "bo" }]);
      return undefined;
    };
    await withFaults(small(answer), async (server) => {
      await walk.open("/connections/new");
      await walk.find("radio", "Access token").click();
      await fill(walk, server.address, { "Access token": "t0k3n" }, "Slow");
      await connect(walk);
      await walk.says(/^1, 1 of 2 groups/);
      await walk.click("button", "Open with what is there");
      await walk.says("2 users, 2 groups, 1 membership.");
      await walk.says("This directory is partial.");
      const incidents = walk.find("grid", "Incidents");
      assert.match(await incidents.innerText(), /Memberships\s+Paris\s+It was not read to its end/);
      assert.doesNotMatch(await incidents.innerText(), /No answer from/);
      await walk.axe();
      await walk.shot("vendor-early");
      await walk.click("button", /^Not of its type/);
      await incidents.getByText(/^username of u1 should be text/).waitFor();
      await incidents.getByText(/It was not read/).waitFor({ state: "detached" });
      await walk.click("button", /^Not read to its end/);
      await incidents.getByText(/It was not read/).waitFor();
      await walk.click("button", /^All/);
      await incidents.getByText(/^username of u1 should be text/).waitFor();
    });
  },
  { allows: FAILED },
);
