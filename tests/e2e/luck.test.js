// Bad luck: what is shown, and what is kept, when something goes wrong around the console. Writes `docs/faults.md`.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { connect as dial, createServer } from "node:net";
import { test } from "node:test";
import { pass, withClocks } from "./clocks.js";
import { administrator, startOther } from "./companion.js";
import { company } from "./directory.js";
import { small, withFaults } from "./faults.js";
import { SCREENS } from "./screens.js";
import { hold } from "./table.js";
import { flow } from "./walk.js";

/** What the browser itself says of answers that are errors. */
const FAILED = /Failed to load resource|net::ERR|Failed to fetch/;
const HERE = "luck.test.js";

const rows = [];

/** A row that is tried here; `shows` waits until what is to be shown is on screen. */
function bad(fault, { shown, kept, allows }, body) {
  const title = `${fault}: it is told, and nothing is lost that was kept`;
  rows.push({ fault, shown, kept, file: HERE });
  flow(title, (walk) => body(walk, () => walk.says(shown)), { allows });
}

/** A row that another file tries in the flow of that title. */
function elsewhere(fault, { shown, kept, file, title }) {
  rows.push({ fault, shown, kept, file, title });
}

/** Fills the form to connect, and presses its button. */
async function connect(walk, address, typed) {
  if ("Access token" in typed) await walk.find("radio", "Access token").click();
  await walk.page.getByLabel("Address").fill(address);
  await walk.page.getByLabel("Name", { exact: true }).fill("Staff");
  for (const [label, text] of Object.entries(typed)) await walk.page.getByLabel(label, { exact: true }).fill(text);
  await walk.click("button", "Connect and read");
}

const ofContensis = ({ "client id": id, "client secret": secret }) => ({ "Client id": id, "Shared secret": secret });

elsewhere("the worker is killed", {
  shown: "The engine stopped and was started again.",
  kept: "the address: the directory is read again from where it came, and the question is asked again",
  file: "files.test.js",
  title: "a worker that dies is started again, and the person is told",
});

/** A WebAssembly module whose memory grows no further than to so many pages of 64 KiB. */
function limited(wasm, pages) {
  const number = (at) => {
    for (let value = 0, shift = 0; ; shift += 7) {
      const byte = wasm[at++];
      value |= (byte & 127) << shift;
      if (byte < 128) return [value, at];
    }
  };
  const written = (value) => (value < 128 ? [value] : [(value & 127) | 128, ...written(value >>> 7)]);
  for (let at = 8; at < wasm.length; ) {
    const [size, start] = number(at + 1);
    if (wasm[at] === 5) {
      const [least] = number(start + 2);
      const section = [1, 1, ...written(least), ...written(pages)];
      return Buffer.concat([wasm.subarray(0, at), Buffer.from([5, ...written(section.length), ...section]), wasm.subarray(start + size)]);
    }
    at = start + size;
  }
  throw new Error("it has no memory");
}

bad(
  "the worker runs out of memory",
  {
    shown: "The engine stopped twice while reading it, which happens when this tab runs out of memory.",
    kept: "the address; any directory that fits opens in its place",
    allows: /unreachable|RuntimeError|memory|out of bounds/,
  },
  async (walk, shows) => {
    await walk.page.route(/\/worker[^/]*_bg\.wasm$/, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: limited(await response.body(), 1_024) });
    });
    await walk.open("/users");
    await walk.hasRows(1_200, "Users that match");
    await walk.page.goto("/users?dir=sample-1000000");
    await shows();
    await walk.says("Sample directory could not be read.");
    await walk.axe();
    assert.match(walk.page.url(), /\/users\?dir=sample-1000000$/);
    await walk.open("/users");
    await walk.hasRows(1_200, "Users that match");
  },
);

bad(
  "the tab runs out of memory, or crashes",
  {
    shown: "This is what you see. Its source may have changed since.",
    kept: "the address, and what is kept on this device: the page is loaded again and opens it",
    allows: /crashed/,
  },
  async (walk, shows) => {
    await walk.open("/connections/file");
    await walk.drop("staff.json", JSON.stringify(company()));
    await walk.says("1,500 users, 825 groups, 3,000 memberships.");
    await walk.click("button", "Keep this directory on this device");
    await walk.says(/^Kept on this device: /);
    const address = walk.page.url();
    const crashed = walk.page.waitForEvent("crash");
    const tools = await walk.page.context().newCDPSession(walk.page);
    tools.send("Page.crash").catch(() => {});
    await crashed;
    walk.page = await walk.page.context().newPage();
    await walk.page.goto(address);
    await walk.isReady();
    await walk.says("1,500 users, 825 groups, 3,000 memberships.");
    await shows();
  },
);

bad(
  "the network is lost while a directory is read, and comes back",
  {
    shown: "Nothing is lost: reading goes on where it is.",
    kept: "what was read so far, and what was open before: reading goes on by itself",
    allows: FAILED,
  },
  async (walk, shows) => {
    let isLost = true;
    // A connection that breaks off is all that a lost network is to a page.
    const answer = small((url) => (isLost && url.startsWith("/api/security/groups/") ? "lost" : undefined));
    await walk.open("/connections/new");
    await withFaults(answer, async (server) => {
      await connect(walk, server.address, { "Access token": "t0k3n" });
      await shows();
      await walk.says("Waiting for the server");
      await walk.axe();
      await walk.click("link", /^Users/);
      await walk.hasRows(1_200, "Users that match");
      isLost = false;
      await walk.page.waitForFunction(() => location.search.includes("dir=contensis-"));
      await walk.hasRows(2, "Users that match");
      await walk.click("link", /^Connections/);
      await walk.click("link", "Staff");
      await walk.says("2 users, 2 groups, 2 memberships.");
    });
  },
);

bad(
  "the device sleeps for an hour while a directory is read, and the token has expired",
  {
    shown: "Nothing was asked for 30 minutes, so secrets were forgotten.",
    kept: "what was read so far: it goes on after a sign-in, and the old token is not sent again",
    allows: FAILED,
  },
  async (walk, shows) => {
    let isAsleep = true;
    let hangs;
    const hanging = new Promise((done) => (hangs = done));
    const answer = small((url) => {
      if (!isAsleep || !url.startsWith("/api/security/groups/g2/users")) return undefined;
      hangs();
      return null;
    });
    await withFaults(answer, (server) => withClocks(walk, async () => {
      await connect(walk, server.address, { "Access token": "t0k3n" });
      await hanging;
      await walk.says(/^1, 1 of 2 groups/);
      await pass(walk, 60, { asleep: true });
      isAsleep = false;
      const count = server.asked.length;
      await walk.click("link", /^Users/);
      await shows();
      await walk.hasRows(1_200, "Users that match");
      await walk.click("link", /^Connections/);
      await walk.click("link", "Staff");
      await walk.says("What was read so far is kept meanwhile.");
      await walk.axe();
      await walk.find("radio", "Access token").click();
      await walk.page.getByLabel("Access token", { exact: true }).fill("another");
      await walk.click("button", "Sign in and go on");
      server.refuse();
      await walk.says("2 users, 2 groups, 2 memberships.");
      const later = server.asked.slice(count);
      assert.deepEqual(later.map((it) => it.authorization), ["Bearer another"]);
    }));
  },
);

elsewhere("the storage is full", {
  shown: "The browser has no room for it",
  kept: "what was kept before, and what is open; how much is needed and free is told",
  file: "keep.test.js",
  title: "a browser without room, or without storage, says so and keeps nothing",
});
elsewhere("the storage is refused", {
  shown: "This browser gives the page no storage",
  kept: "what is open, until the tab is closed",
  file: "keep.test.js",
  title: "a browser without room, or without storage, says so and keeps nothing",
});
elsewhere("the snapshot on the device is corrupted", {
  shown: "The snapshot is damaged: its checksum differs. It was read from its source instead.",
  kept: "the address; the source is read, and can be kept in place of what is damaged",
  file: "keep.test.js",
  title: "what is kept and damaged is told, its source is read in its place, and it can be forgotten",
});
elsewhere("two tabs keep, or forget, one directory", {
  shown: "Another tab is keeping it at this moment",
  kept: "one whole snapshot",
  file: "keep.test.js",
  title: "what another tab holds is not forgotten without a word, and two tabs that keep at once keep one",
});

bad(
  "the clock is set back by an hour",
  {
    shown: "The server asked us to slow down.",
    kept: "what was read; a pause of a second stays one, and what is kept last is what opens",
    allows: FAILED,
  },
  async (walk, shows) => {
    let isBusy = true;
    const answer = small((url) => {
      if (isBusy && url.startsWith("/api/security/groups/g2/users")) return { status: 429, headers: { "retry-after": "1" } };
    });
    await withFaults(answer, (server) => withClocks(walk, async () => {
      await connect(walk, server.address, { "Access token": "t0k3n" });
      await shows();
      await walk.page.workers()[0].evaluate(() => (globalThis.skew -= 3_600_000));
      isBusy = false;
      await walk.says("2 users, 2 groups, 2 memberships.");
      for (const users of [1_500, 1_501]) {
        await walk.drop("staff.json", JSON.stringify(company({ users })));
        await walk.says(`${users.toLocaleString("en")} users, 825 groups`);
        await walk.click("button", /^Keep/);
        await walk.says(/^Kept on this device: |Next time it opens in a moment/);
        await walk.page.workers()[0].evaluate(() => (globalThis.skew -= 3_600_000));
      }
      await walk.page.reload();
      await walk.isReady();
      await walk.says("1,501 users, 825 groups");
    }));
  },
);

/** Waits until a screen is there as its address says, with all its heads. */
const isAt = (walk, [path, ...heads]) =>
  walk.page.waitForFunction(
    ([path, heads]) => {
      const all = [...document.querySelectorAll("main :is(h1, h2)")];
      const shown = all.filter((it) => it.checkVisibility()).map((it) => it.innerText);
      return location.pathname + location.search === path && shown.join() === heads.join();
    },
    [path, heads],
  );

bad(
  "the page is loaded again, or left and come back to, on any screen",
  { shown: "Tyler Durden", kept: "the address: the same screen says the same" },
  async (walk, shows) => {
    await walk.open("/");
    for (const screen of SCREENS) {
      const [path] = screen;
      // Within the console, as by a link.
      await walk.page.evaluate((path) => {
        const link = Object.assign(document.createElement("a"), { href: path });
        document.body.append(link);
        link.click();
        link.remove();
      }, path);
      await isAt(walk, screen);
      if (path === "/users/tdurden") await shows();
      await walk.page.reload();
      await isAt(walk, screen);
    }
    for (const screen of SCREENS.toReversed().slice(1)) {
      await walk.page.goBack();
      await isAt(walk, screen);
    }
  },
);

bad(
  "the companion is restarted",
  {
    shown: "Nothing is lost: reading goes on where it is.",
    kept: "what is open, all of whose answers go on; what is being read goes on when the companion is back",
    allows: FAILED,
  },
  async (walk, shows) => {
    const companion = await startOther();
    try {
      await walk.page.goto(`${companion.address}/users`);
      await walk.hasRows(1_200, "Users that match");
      await walk.follow("/connections/new");
      await walk.find("radio", /^Contensis/).waitFor();
      await walk.page.getByLabel("Address").fill("/");
      for (const [label, text] of Object.entries(ofContensis(await companion.credentials("contensis")))) {
        await walk.page.getByLabel(label, { exact: true }).fill(text);
      }
      // What the next screens and the worker need is here before the companion goes.
      await walk.click("button", "Test only");
      await walk.says("1,200 users and");
      await companion.restart(async () => {
        await walk.click("button", "Connect and read");
        await shows();
        await walk.click("link", /^Users/);
        await walk.hasRows(1_200, "Users that match");
        await walk.typeQuery("status = suspended");
        await walk.press("Escape");
        await walk.hasRows(63, "Users that match");
      });
      await walk.page.waitForFunction(() => location.search.includes("dir=contensis-"));
      await walk.isReady();
      await walk.click("link", /^Connections/);
      await walk.click("link", "Contensis");
      await walk.says(/^1,200 users, 75 groups, /);
      await walk.says("Everything came as it should.");
    } finally {
      await companion.stop();
    }
  },
);

/** A way to a port that can be closed and opened, as a server that is stopped and started. */
async function door(port) {
  const through = new Set();
  const server = createServer((from) => {
    const to = dial(port, "127.0.0.1");
    for (const [one, other] of [[from, to], [to, from]]) {
      through.add(one);
      one.on("error", () => other.destroy()).on("close", () => other.destroy()).pipe(other);
    }
  });
  const open = (at) => new Promise((done) => server.listen(at, "127.0.0.1", done));
  await open(0);
  const at = server.address().port;
  return {
    at,
    open: () => open(at),
    close() {
      const closed = new Promise((done) => server.close(done));
      through.forEach((socket) => socket.destroy());
      through.clear();
      return closed;
    },
  };
}

bad(
  "PostgreSQL is stopped under the companion, and started again",
  {
    shown: "Reading the directory",
    kept: "what was read so far, and all that was written: reading waits, and goes on; `/healthz` answers 503 meanwhile",
    allows: FAILED,
  },
  async (walk, shows) => {
    const url = new URL(process.env.ROLLCALL_POSTGRES);
    const way = await door(url.port);
    const companion = await startOther({ database: `${url.protocol}//${url.username}@127.0.0.1:${way.at}/postgres` });
    const health = async () => (await fetch(new URL("/healthz", companion.address))).status;
    try {
      assert.equal(await health(), 200);
      await walk.page.goto(`${companion.address}/connections/new`);
      await walk.isReady();
      await walk.page.getByLabel("Address").fill("/");
      for (const [label, text] of Object.entries(ofContensis(await companion.credentials("contensis")))) {
        await walk.page.getByLabel(label, { exact: true }).fill(text);
      }
      await walk.click("button", "Test only");
      await walk.says("1,200 users and");
      await way.close();
      assert.equal(await health(), 503);
      await walk.click("button", "Connect and read");
      await shows();
      await way.open();
      await walk.says(/^1,200 users, 75 groups, /);
      await walk.says("Everything came as it should.");
      assert.equal(await health(), 200);
    } finally {
      await companion.stop();
      await way.close();
    }
  },
);

bad(
  "the disk is full under SQLite",
  {
    shown: "Everything came as it should.",
    kept: "the directory, which is read as before; a change is refused whole (500), and taken once there is room",
    allows: FAILED,
  },
  async (walk, shows) => {
    const companion = await startOther();
    try {
      const ask = await administrator(companion.address, "contensis", await companion.credentials("contensis"));
      const { body: groups } = await ask("GET", "/api/security/groups?pageSize=1");
      const { body: users } = await ask("GET", "/api/security/users?pageSize=1000");
      const members = `/api/security/groups/${groups.items[0].id}/users`;
      const count = async (ask) => (await ask("GET", `${members}?pageSize=1`)).body.totalCount;
      const before = await count(ask);
      const all = users.items.map(({ id }) => id);
      // What is written first is a file of its own, which may not grow to more than a few pages.
      await companion.restart(undefined, { limit: 72 });
      const full = await administrator(companion.address, "contensis", ask);
      assert.equal((await full("POST", members, all)).status, 500);
      assert.equal(await count(full), before);
      await walk.page.goto(`${companion.address}/connections/new`);
      await walk.isReady();
      await walk.find("radio", "Access token").click();
      await walk.page.getByLabel("Address").fill("/");
      await walk.page.getByLabel("Access token", { exact: true }).fill(ask.token);
      await walk.click("button", "Connect and read");
      await walk.says(/^1,200 users, 75 groups, /);
      await shows();
      await companion.restart();
      const again = await administrator(companion.address, "contensis", ask);
      assert.equal((await again("POST", members, all)).status, 204);
      assert.ok((await count(again)) > before);
    } finally {
      await companion.stop();
    }
  },
);

test("each fault stands in the table as it was tried", () => {
  for (const { fault, shown, file, title } of rows) {
    const source = readFileSync(new URL(file, import.meta.url), "utf8").replaceAll("\\", "");
    if (title) assert.ok(source.includes(`"${title}"`), `${file} has no flow "${title}"`);
    assert.ok(source.includes(shown), `${file} does not look for "${shown}" where ${fault}`);
  }
  hold(
    "faults.md",
    [
      "# What goes wrong, and what is left",
      "",
      "Each fault is made in a real browser, on the console as it is served; flows wait for what is shown, and look for what is kept.",
      "A flow writes this table (`tests/e2e/luck.test.js`). What a vendor's server does wrong is in `tests/e2e/vendors.test.js`.",
    ].join("\n"),
    ["what goes wrong", "what is shown", "what is kept", "flow"],
    rows.map(({ fault, shown, kept, file }) => [fault, `"${shown}"`, kept, `tests/e2e/${file}`]),
  );
});
