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

/** What comes in place of a page of Paris's members, or of users. */
const members = (answer) => (url) => (url.startsWith("/api/security/groups/g2/users") ? answer(url) : undefined);
const users = (answer) => (url) => (/^\/api\/security\/users\b/.test(url) ? answer(url) : undefined);
const ADA = { id: "u1", username: "ada" };
const BO = { id: "u2", username: "bo" };

/** A page of one user, of so many. */
const paged = (total, user) => ({ body: { pageIndex: 0, pageSize: 1, totalCount: total, pageCount: total, items: [user] } });

/** Each fault of a server, what the report says of it, and what is kept of two users in two groups. */
const FAULTS = [
  { fault: "it forbids a list", answer: members(() => ({ status: 403 })), shown: /This account may not read it\./, kept: "2 users, 2 groups, 1 membership." },
  { fault: "a group is gone", answer: members(() => ({ status: 404 })), shown: /Paris\s+It is not there\./, kept: "2 users, 2 groups, 1 membership." },
  { fault: "it sends a web page", answer: members(() => ({ body: "<!doctype html>" })), shown: /it is a web page, not JSON/, kept: "2 users, 2 groups, 1 membership." },
  { fault: "a body is cut", answer: members(() => ({ body: '{"items":[{"id"' })), shown: /it ends after 15 bytes, in the middle/, kept: "2 users, 2 groups, 1 membership." },
  { fault: "a list is none", answer: members(() => ({ body: { items: {} } })), shown: /`items` is an object, not a list/, kept: "2 users, 2 groups, 1 membership." },
  { fault: "it redirects elsewhere", answer: members(() => ({ status: 302, headers: { location: "https://elsewhere.example/" } })), shown: /Memberships\s+Paris\s+\S/, kept: "2 users, 2 groups, 1 membership." },
  { fault: "a field has another type", answer: users(() => page([{ ...ADA, email: 7 }, BO])), shown: /email of u1 should be text/, kept: "2 users, 2 groups, 2 memberships." },
  { fault: "an item has no id", answer: users(() => page([ADA, { username: "bo" }])), shown: /An item has no id and was not used/, kept: "1 user, 2 groups" },
  {
    fault: "fewer come than were announced",
    answer: users(() => ({ body: { pageIndex: 0, pageSize: 1_000, totalCount: 3, pageCount: 1, items: [ADA, BO] } })),
    shown: /2 came of 3 that were announced\./,
    kept: "2 users, 2 groups, 2 memberships.",
  },
  {
    fault: "a page comes twice",
    answer: users(() => paged(2, ADA)),
    shown: /Page 2 has the items of page 1; they count once, and others are missing\./,
    kept: "1 user, 2 groups",
  },
  {
    fault: "a total changes",
    answer: users((url) => (url.includes("pageIndex=1") ? paged(3, BO) : paged(2, ADA))),
    shown: /The total changed from 2 to 3 while it was read/,
    kept: "2 users, 2 groups, 2 memberships.",
  },
];

for (const { fault, answer, shown, kept } of FAULTS) {
  flow(
    `where ${fault}, it is told and the rest is kept`,
    async (walk) => {
      await withFaults(small(answer), async (server) => {
        await walk.open("/connections/new");
        await walk.find("radio", "Access token").click();
        await fill(walk, server.address, { "Access token": "t0k3n" }, "Faulty");
        await connect(walk);
        await walk.page.getByText(kept).first().waitFor();
        assert.match(await walk.find("grid", "Incidents").innerText(), shown);
        assert.ok(server.asked.every((it) => it.authorization === "Bearer t0k3n"));
      });
    },
    { allows: FAILED },
  );
}

/** Links of Tulip to a next page, and what the report says of them. Neither is followed, so no secret leaves. */
const LINKS = [
  ["https://elsewhere.example/api/users/v1/users?offset=1", /leads elsewhere and was not followed: https:\/\/elsewhere\.example/],
  ["/api/users/v1/users?limit=1&offset=0", /leads back and was not followed/],
];

for (const [nextPage, shown] of LINKS) {
  flow(
    `a link to ${nextPage} is not followed, and is told`,
    async (walk) => {
      const list = (items, count = items.length, more = {}) => ({ body: { items, count, ...more } });
      const answer = (url) => {
        const path = url.replace("/api/users/v1/", "");
        if (path.startsWith("users?archived")) return list([]);
        if (path.startsWith("users?")) return path.includes("offset=1") ? list([BO], 2) : list([ADA], 2, { nextPage });
        if (path.startsWith("user-groups?")) return list([{ id: "g1", name: "Line 1" }]);
        return list([{ userId: "u1" }]);
      };
      await withFaults(answer, async (server) => {
        await walk.open("/connections/new");
        await walk.find("radio", /^Tulip/).check();
        await fill(walk, server.address, { "API key": "key", Secret: "hush" }, "Faulty");
        await connect(walk);
        await walk.page.getByText("2 users, 1 group, 1 membership.").first().waitFor();
        assert.match(await walk.find("grid", "Incidents").innerText(), shown);
      });
    },
    { allows: FAILED },
  );
}
