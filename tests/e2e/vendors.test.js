// Connections to vendors: the companion's own directory, and servers that do what real ones do.

import assert from "node:assert/strict";
import { credentials } from "./companion.js";
import { page, startFaults } from "./faults.js";
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

/** Two users in two groups, of which one contains the other; `but` answers what is to be otherwise. */
const small = (but) => (url) => {
  const given = but(url);
  if (given !== undefined) return given;
  const path = url.split("?")[0].replace("/api/security/", "");
  const lists = {
    users: [
      { id: "u1", username: "ada", firstName: "Ada", lastName: "Abbott" },
      { id: "u2", username: "bo", firstName: "Bo", lastName: "Brandt" },
    ],
    groups: [
      { id: "g1", name: "Finance", userCount: 1, childGroupCount: 1 },
      { id: "g2", name: "Paris", userCount: 1, childGroupCount: 0 },
    ],
    "groups/g1/users": [{ id: "u1" }],
    "groups/g1/groups": [{ id: "g2" }],
    "groups/g2/users": [{ id: "u2" }],
  };
  return lists[path] ? page(lists[path]) : { status: 404 };
};

async function withFaults(answer, body) {
  const server = await startFaults(answer);
  try {
    await body(server);
  } finally {
    await server.stop();
  }
}

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
