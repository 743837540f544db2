// A directory that is asked live instead of being read: each screen asks for its own page, and what takes the whole directory
// says so.

import assert from "node:assert/strict";
import { credentials } from "./companion.js";
import { withFaults } from "./faults.js";
import { flow } from "./walk.js";

/** What the browser itself says of answers that are errors, and of requests that are called back. */
const FAILED = /Failed to load resource|net::ERR/;

const USERS = "Users that match";
const MEMBERS = /^Members of /;
const COMPANY = "Paper Street Soap Company";
/** The screens that no vendor answers. */
const NEEDS_ALL = [
  ["Overview", "/"],
  ["Compare", "/compare"],
  ["Hierarchy", "/hierarchy"],
  ["What-if", "/what-if"],
  ["Findings", "/findings"],
];

/** Connects to a server and asks it live; `secrets` are the texts of the form's fields by their names. */
async function openLive(walk, system, address, secrets, name) {
  await walk.find("radio", new RegExp(`^${system}`)).check();
  await walk.page.getByLabel("Address").fill(address);
  await walk.page.getByLabel("Name", { exact: true }).fill(name);
  for (const [label, text] of Object.entries(secrets)) await walk.page.getByLabel(label, { exact: true }).fill(text);
  await walk.find("radio", /^Ask the server instead/).check();
}

const connect = async (walk) => {
  await walk.click("button", "Connect and ask");
  await walk.says("Who answers what");
};

async function openCompanion(walk, system, secrets) {
  await walk.open("/connections/new");
  await openLive(walk, system, new URL(walk.page.url()).origin, secrets(credentials(system.toLowerCase())), "The companion");
  await connect(walk);
}

const contensis = (given) => ({ "Client id": given["client id"], "Shared secret": given["client secret"] });

/** Goes to a screen of the open directory, then looks. */
async function screen(walk, path, look) {
  const dir = new URL(walk.page.url()).searchParams.get("dir");
  const url = `${path}${path.includes("?") ? "&" : "?"}dir=${encodeURIComponent(dir)}`;
  await walk.follow(url);
  await walk.page.waitForURL((now) => now.pathname === new URL(path, now).pathname);
  return look?.();
}

flow(
  "a server is asked page by page, and answers as the sample that fills it",
  async (walk) => {
    // What the sample answers from memory.
    await walk.open(`/groups/${encodeURIComponent(COMPANY)}`);
    const all = await walk.rowCount(MEMBERS);
    await walk.open(`/groups/${encodeURIComponent(COMPANY)}?excludedGroups=Manufacturing`);
    const without = await walk.rowCount(MEMBERS);
    assert.ok(without < all);
    await walk.open("/users?zenQL=firstName%20~%20ann");
    const found = await walk.rowCount(USERS);
    await walk.grid(USERS).getByRole("link").first().click();
    await walk.page.waitForURL(/\/users\/.+/);
    await walk.isReady();
    const user = new URL(walk.page.url()).pathname;
    const groups = await walk.page.locator(".section-head .count").allInnerTexts();

    await openCompanion(walk, "Contensis", contensis);
    await walk.says(/^1,200 users, 75 groups\.$/);
    assert.match(walk.page.url(), /dir=live-contensis-http/);
    await walk.axe();
    await walk.shot("live-report");

    await screen(walk, "/users", () => walk.hasRows(1_200, USERS));
    await walk.find("region", "Asked live").waitFor();
    assert.equal(await walk.find("columnheader", "Groups").count(), 0);
    await walk.row(1, USERS).getByRole("link").waitFor();
    await walk.axe();
    await walk.shot("live-users");
    await walk.row(1, USERS).focus();
    await walk.press("Control+End");
    await walk.row(1_200, USERS).getByRole("link").waitFor();
    await walk.says(/pageIndex=1[01]/);
    await walk.typeQuery("firstName ~ ann");
    await walk.press("Escape");
    await walk.hasRows(found, USERS);
    await walk.says(/zenQL=/);
    await walk.typeQuery('memberOf = "Finance"');
    await walk.press("Escape");
    await walk.says("This query needs the whole directory.");
    await walk.axe();
    await walk.shot("live-needs-whole");

    await screen(walk, `/groups/${encodeURIComponent(COMPANY)}`, () => walk.hasRows(all, MEMBERS));
    await walk.row(1, MEMBERS).getByRole("link").waitFor();
    await walk.click("button", "Add a group to exclude");
    await walk.page.getByLabel("Exclude a group").fill("manufact");
    await walk.find("option", /^Manufacturing/).click();
    await walk.hasRows(without, MEMBERS);
    await walk.says(/excludedGroups=/);
    await walk.isReady();
    await walk.axe();
    await walk.shot("live-members");

    await screen(walk, user);
    await walk.says(/^Inherited groups/);
    await walk.isReady();
    assert.deepEqual(await walk.page.locator(".section-head .count").allInnerTexts(), groups);
    await walk.says("The reason needs the whole directory.");
    await walk.axe();
    await walk.shot("live-user");

    await screen(walk, "/check?user=nobody-at-all&groups=Manufacturing");
    await walk.says("No such user");
    const id = decodeURIComponent(user.split("/").at(-1));
    await screen(walk, `/check?user=${encodeURIComponent(id)}&groups=${encodeURIComponent(COMPANY)},nosuch`);
    const verdict = walk.page.locator(".verdict[data-answer]");
    await walk.says(/The server answered in/);
    assert.match(await verdict.innerText(), /nosuch\s+no such group/);
    await walk.isReady();
    await walk.axe();
    await walk.shot("live-check");

    // What is on screen is the server's own answer, so there is nothing to hold it against, and no other request behind it.
    await screen(walk, user);
    await walk.says(/^Direct groups/);
    for (const text of ["Verify with server", "No server to verify with.", "Request"]) {
      assert.equal(await walk.page.getByText(text, { exact: true }).count(), 0, text);
    }
    for (const [name, path] of NEEDS_ALL) {
      await walk.click("link", name);
      await walk.page.waitForURL((now) => now.pathname === path && now.searchParams.get("dir").startsWith("live-"));
      await walk.says("This needs the whole directory.");
      await walk.isReady();
    }
    await walk.axe();
    await walk.shot("live-nowhere");

    await screen(walk, `/groups/${encodeURIComponent(COMPANY)}?tab=hierarchy`);
    await walk.says("The hierarchy needs the whole directory.");
    await walk.find("tabpanel", /Hierarchy/).getByRole("button", { name: "Read the whole directory" }).click();
    await walk.find("table", "Contains").getByRole("link", { name: "Manufacturing" }).waitFor();
    assert.match(walk.page.url(), /dir=contensis-http.*tab=hierarchy|tab=hierarchy.*dir=contensis-http/);
    assert.equal(await walk.find("region", "Asked live").count(), 0);
  },
  { allows: FAILED },
);

flow(
  "the tree of groups opens to what a group contains, row by row",
  async (walk) => {
    await openCompanion(walk, "Contensis", contensis);
    await screen(walk, "/groups");
    const tree = walk.find("treegrid", "Nested groups");
    await tree.and(walk.page.locator('[aria-rowcount="76"]')).waitFor();
    const names = await tree.locator(".tree-name").allInnerTexts();
    assert.deepEqual(names, names.toSorted((one, other) => (one.toLowerCase() < other.toLowerCase() ? -1 : 1)));
    const closed = tree.locator('[role="row"][aria-expanded="false"]').first();
    await closed.locator(".tree-twist").click();
    await tree.locator('[role="row"][aria-level="2"]').first().waitFor();
    await walk.isReady();
    await walk.axe();
    await walk.shot("live-groups");
    const below = tree.locator('[role="row"][aria-level="2"]').first();
    const name = await below.locator(".tree-name").innerText();
    await below.click();
    await walk.find("heading", name).waitFor();
    await walk.find("searchbox", "Find a group").fill(name);
    await tree.and(walk.page.locator('[aria-rowcount="2"]')).waitFor();
  },
  { allows: FAILED },
);

for (const [system, secrets] of [
  ["Tulip", ({ key, secret }) => ({ "API key": key, Secret: secret })],
  ["Passbolt", ({ token }) => ({ "Access token": token })],
]) {
  flow(
    `the companion is asked live as ${system}, where no group is in another`,
    async (walk) => {
      await openCompanion(walk, system, secrets);
      await screen(walk, "/users", () => walk.hasRows(1_200, USERS));
      await walk.row(1, USERS).getByRole("link").waitFor();
      assert.equal(await walk.find("combobox", /^Filter/).count(), 0);
      await walk.row(1, USERS).focus();
      await walk.press("Control+End");
      await walk.row(1_200, USERS).getByRole("link").click();
      await walk.says(/^Direct groups/);
      await walk.isReady();
      const id = new URL(walk.page.url()).pathname.split("/").at(-1);
      await screen(walk, `/check?user=${id}&groups=Finance`);
      await walk.says("200 OK");
      await walk.page.locator(".verdict[data-answer]").waitFor();
      await screen(walk, "/groups");
      await walk.find("treegrid", "Nested groups").locator('[role="row"]').nth(1).click();
      await walk.row(1, MEMBERS).getByRole("link").waitFor();
      await walk.isReady();
      await walk.axe();
      await walk.shot(`live-groups-${system.toLowerCase()}`);
    },
    { allows: FAILED },
  );
}

/** A vendor with 250 users and a group; `but` answers what is to be otherwise, and lists tell their `totals` or do not. */
const large = (but, totals = true) => (url) => {
  const { pathname, searchParams } = new URL(url, "http://vendor");
  const given = but(url);
  if (given !== undefined) return given ?? undefined;
  const [index, size] = [Number(searchParams.get("pageIndex") ?? 0), Number(searchParams.get("pageSize") ?? 25)];
  const of = (items) => ({
    body: {
      pageIndex: index,
      pageSize: size,
      ...(totals && { totalCount: items.length, pageCount: Math.ceil(items.length / size) }),
      items: items.slice(index * size, (index + 1) * size),
    },
  });
  const users = Array.from({ length: 250 }, (_, n) => ({ id: `u${n}`, username: `user${n}`, firstName: "User", lastName: `${n}` }));
  if (pathname === "/api/security/users") return of(users);
  const group = { id: "g1", name: "Finance", userCount: 250, childGroupCount: 0 };
  if (pathname === "/api/security/groups") return of([group]);
  if (pathname === "/api/security/groups/g1") return { body: group };
  if (pathname === "/api/security/groups/g1/users") return of(users);
  return { status: 404 };
};

async function openFaults(walk, server) {
  await walk.open("/connections/new");
  await walk.find("radio", "Access token").click();
  await openLive(walk, "Contensis", server.address, { "Access token": "t0k3n" }, "Faulty");
}

flow(
  "a server that fails in the middle is told, and goes on when it is well again",
  async (walk) => {
    let fails;
    const answer = large((url) => (/users\?.*pageIndex=2/.test(url) ? fails : undefined));
    await withFaults(answer, async (server) => {
      await openFaults(walk, server);
      await connect(walk);
      await screen(walk, "/users", () => walk.hasRows(250, USERS));
      await walk.row(1, USERS).getByRole("link").waitFor();
      fails = { status: 503, headers: { "retry-after": "1" } };
      await walk.row(1, USERS).focus();
      await walk.press("Control+End");
      await walk.says("The server asked us to slow down.");
      await walk.says(/^Asking again in/);
      await walk.axe();
      await walk.shot("live-waiting");
      fails = undefined;
      await walk.row(250, USERS).getByRole("link").waitFor();
      await walk.page.getByText(/^Asking again in/).waitFor({ state: "detached" });
    });
  },
  { allows: FAILED },
);

flow(
  "who may not ask is told so, and may sign in as somebody else",
  async (walk) => {
    let refuses = { status: 401 };
    await withFaults(large(() => refuses), async (server) => {
      await openFaults(walk, server);
      await walk.click("button", "Connect and ask");
      await walk.says("Contensis did not accept these credentials.");
      await walk.axe();
      await walk.shot("live-signed-out");
      refuses = undefined;
      await walk.find("radio", "Access token").click();
      await walk.page.getByLabel("Access token", { exact: true }).fill("another");
      await walk.click("button", "Connect and ask");
      await walk.says("Who answers what");
      refuses = { status: 403 };
      await screen(walk, "/users?q=somebody");
      await walk.says("This account may not read it.");
      refuses = undefined;
      await walk.click("button", "Ask again");
      await walk.hasRows(250, USERS);
      await walk.says(/^Asked live/);
    });
  },
  { allows: FAILED },
);

flow(
  "a web page in place of an answer is told wherever it comes, and leaves what was there",
  async (walk) => {
    let given;
    const page = { status: 200, body: "<!doctype html><title>Sign in</title>" };
    await withFaults(large(() => given), async (server) => {
      await openFaults(walk, server);
      await connect(walk);
      await screen(walk, "/groups/g1", () => walk.hasRows(250, MEMBERS));
      await walk.row(1, MEMBERS).getByRole("link").waitFor();
      given = page;
      await walk.page.getByLabel("Find a member").fill("x");
      await walk.says("What came is not what Contensis answers.");
      await walk.find("heading", "Finance").waitFor();
      await walk.row(1, MEMBERS).getByRole("link").waitFor();
      await walk.axe();
      await walk.shot("live-html");
      await screen(walk, "/groups/g2");
      // A group of which nothing is told is called by what it was asked by.
      await walk.find("heading", "g2").waitFor();
      await walk.says("What came is not what Contensis answers.");
      await walk.isReady();
      await walk.press("Control+k");
      await walk.find("combobox", "Search or run a command").fill("fin");
      await walk.says("The server did not answer as it should.");
      await walk.press("Escape");
      given = undefined;
      await screen(walk, "/groups/g1", () => walk.hasRows(250, MEMBERS));
      await walk.page.getByText("What came is not what Contensis answers.").waitFor({ state: "detached" });
    });
  },
  { allows: FAILED },
);

flow(
  "a session that ends in the middle is signed in again, and the secrets of both are nowhere",
  async (walk) => {
    let refuses;
    await withFaults(large((url) => (/users\?/.test(url) ? refuses : undefined)), async (server) => {
      await openFaults(walk, server);
      await connect(walk);
      refuses = { status: 401 };
      await screen(walk, "/users?q=user");
      await walk.says("The server wants a new sign-in.");
      await walk.axe();
      await walk.find("main").getByRole("link", { name: "Sign in" }).click();
      await walk.says("Sign in as somebody else");
      refuses = undefined;
      await walk.find("radio", "Access token").click();
      await walk.page.getByLabel("Access token", { exact: true }).fill("s3cond");
      await walk.click("button", "Connect and ask");
      await walk.says("Who answers what");
      await screen(walk, "/users", () => walk.hasRows(250, USERS));
      await walk.row(1, USERS).getByRole("link").waitFor();
      assert.equal(server.asked.at(-1).authorization, "Bearer s3cond");
      assert.ok(server.asked.every(({ url }) => !/t0k3n|s3cond/.test(url)));
      const kept = await walk.page.evaluate(() => [
        JSON.stringify([localStorage, sessionStorage, document.title, location.href]),
        document.documentElement.outerHTML,
      ]);
      assert.ok(kept.every((text) => !/t0k3n|s3cond/.test(text)));
      await screen(walk, "/connections");
      await walk.click("button", "Sign out");
      await walk.page.getByText("Who answers what").waitFor({ state: "detached" });
      const count = server.asked.length;
      await walk.click("link", /^Users/);
      await walk.says("No directory yet.");
      assert.equal(server.asked.length, count);
    });
  },
  { allows: FAILED },
);

flow(
  "a list of which nobody tells how long it is says at least how long",
  async (walk) => {
    await withFaults(large(() => undefined, false), async (server) => {
      await openFaults(walk, server);
      await connect(walk);
      await walk.says(/^at least 100 users, 1 group\.$/);
      await screen(walk, "/users");
      await walk.row(1, USERS).getByRole("link").waitFor();
      await walk.says(/^At least 100 users/);
      assert.equal(await walk.grid(USERS).getAttribute("aria-rowcount"), "-1");
      assert.ok(server.asked.every(({ url }) => !/users\?.*pageIndex=[2-9]/.test(url)));
      await walk.axe();
      await walk.shot("live-at-least");
      await walk.row(1, USERS).focus();
      // Each end leads to the next page, until there is none.
      for (const [rows, says] of [
        [100, /^At least 200 users/],
        [200, /^250 of 250 users/],
        [250, /^250 of 250 users/],
      ]) {
        await walk.press("Control+End");
        await walk.row(rows, USERS).getByRole("link").waitFor();
        await walk.says(says);
      }
      await walk.hasRows(250, USERS);
    });
  },
  { allows: FAILED },
);

flow(
  "the keyboard alone connects, walks through the tree, and asks",
  async (walk) => {
    await withFaults(large(() => undefined), async (server) => {
      await walk.open("/connections/new");
      await walk.page.getByLabel("Address").focus();
      await walk.page.keyboard.type(server.address);
      await walk.find("radio", "Client id and secret").focus();
      await walk.press("ArrowRight");
      await walk.page.getByLabel("Access token", { exact: true }).focus();
      await walk.page.keyboard.type("t0k3n");
      await walk.find("radio", /^Read everything/).focus();
      await walk.press("ArrowDown");
      await walk.page.waitForFunction(() => document.activeElement.closest("label")?.innerText.startsWith("Ask the server"));
      await walk.press("Enter");
      await walk.says("Who answers what");
      await walk.press("g", "g");
      const tree = walk.find("treegrid", "Nested groups");
      await tree.getByText("Finance", { exact: true }).waitFor();
      await tree.locator('[role="row"][tabindex="0"]').focus();
      await walk.press("Enter");
      await walk.hasRows(250, MEMBERS);
      // In a tree, letters look for names.
      await walk.press("Tab", "g", "u");
      await walk.hasRows(250, USERS);
      await walk.row(1, USERS).getByRole("link").waitFor();
      await walk.row(1, USERS).focus();
      await walk.press("ArrowDown", "ArrowDown", "Space");
      await walk.says("1 selected");
      await walk.press("Control+End");
      await walk.row(250, USERS).getByRole("link").waitFor();
      // Each page that was in sight, and none besides.
      const pages = server.asked.map(({ url }) => url.match(/security\/users\?.*pageIndex=(\d)/)?.[1]).filter(Boolean);
      assert.ok(pages.includes("2") && pages.every((page) => page <= "2"), pages.join());
    });
  },
  { allows: FAILED },
);

flow(
  "what is overtaken is called back",
  async (walk) => {
    await withFaults(large((url) => (/q=slow/.test(url) ? null : undefined)), async (server) => {
      await openFaults(walk, server);
      await connect(walk);
      await screen(walk, "/users", () => walk.hasRows(250, USERS));
      await walk.page.getByLabel("Find a user").fill("slow");
      await walk.page.waitForURL(/q=slow/);
      await walk.page.getByLabel("Find a user").fill("");
      await server.someoneHungUp;
      await walk.row(1, USERS).getByRole("link").waitFor();
    });
  },
  { allows: FAILED },
);
