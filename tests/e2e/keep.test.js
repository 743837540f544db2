// Directories that are kept on this device: kept when one asks for it, opened without their source, and forgotten whole.

import assert from "node:assert/strict";
import { company } from "./directory.js";
import { small, withFaults } from "./faults.js";
import { flow } from "./walk.js";

/** What the browser itself says of answers that are errors. */
const FAILED = /Failed to load resource|net::ERR/;

/** The files in the origin's private file system, each with its folders and its size. */
const files = (walk) =>
  walk.page.evaluate(async () => {
    const found = [];
    const look = async (folder, path) => {
      for await (const [name, handle] of folder.entries()) {
        if (handle.kind === "directory") {
          found.push(`${path}${name}/`);
          await look(handle, `${path}${name}/`);
        } else {
          found.push(`${path}${name}`);
        }
      }
    };
    await look(await navigator.storage.getDirectory(), "");
    return found.sort();
  });

/** Changes the one file that is kept, from a place counted from its start or, if negative, from its end. */
const damage = (walk, place, bytes) =>
  walk.page.evaluate(
    async ([place, bytes]) => {
      const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle("kept");
      for await (const handle of folder.values()) {
        const { size } = await handle.getFile();
        const writable = await handle.createWritable({ keepExistingData: true });
        const position = place < 0 ? size + place : place;
        await writable.write({ type: "write", position, data: new Uint8Array(bytes) });
        await writable.close();
      }
    },
    [place, bytes],
  );

/** Everything that the page itself may keep besides. */
const stored = (walk) =>
  walk.page.evaluate(async () => ({
    local: { ...localStorage },
    session: { ...sessionStorage },
    databases: (await indexedDB.databases()).map((it) => it.name),
    caches: await caches.keys(),
  }));

const NOTHING = { local: {}, session: {}, databases: [], caches: [] };

const keep = async (walk) => {
  await walk.click("button", "Keep this directory on this device");
  await walk.says(/^Kept on this device: /);
};

async function connect(walk, server, name) {
  await walk.open("/connections/new");
  await walk.find("radio", "Access token").click();
  await walk.page.getByLabel("Address").fill(server.address);
  await walk.page.getByLabel("Name", { exact: true }).fill(name);
  await walk.page.getByLabel("Access token", { exact: true }).fill("t0k3n");
  await walk.click("button", "Connect and read");
}

flow(
  "a vendor's directory that is kept opens without the vendor, as partial as it was, and is forgotten without a trace",
  async (walk) => {
    const forbids = (url) => (url.startsWith("/api/security/groups/g2/users") ? { status: 403 } : undefined);
    await withFaults(small(forbids), async (server) => {
      await connect(walk, server, "Staff");
      await walk.says("2 users, 2 groups, 1 membership.");
      await walk.says("Nothing of it is kept: it is gone with this tab.");
      assert.deepEqual(await files(walk), []);
      await walk.axe();
      await walk.shot("keep");
      await keep(walk);
      assert.equal((await files(walk)).length, 2);
      await walk.axe();
      await walk.shot("kept");

      // Without the vendor, and without anybody who signs in.
      await server.stop();
      const asked = server.asked.length;
      await walk.page.reload();
      await walk.isReady();
      await walk.says("2 users, 2 groups, 1 membership.");
      await walk.says("This is what you see. Its source may have changed since.");
      await walk.says("2 users, partial, kept");
      await walk.says("This directory is partial.");
      const incidents = walk.find("grid", "Incidents");
      assert.match(await incidents.innerText(), /Memberships\s+Paris\s+This account may not read it\./);
      await walk.says("Sign in to read it again");
      await walk.axe();
      await walk.shot("kept-opened");
      await walk.click("link", /^Users/);
      await walk.hasRows(2, "Users that match");
      assert.equal(server.asked.length, asked);
      const text = JSON.stringify(await stored(walk));
      assert.ok(text.includes("Staff") && !text.includes("t0k3n"), text);

      await walk.click("link", /^Connections/);
      await walk.click("button", "Forget Staff");
      await walk.page.getByText("Kept on this device").waitFor({ state: "detached" });
      await walk.says("Sample directory");
      await walk.isReady();
      assert.deepEqual(await files(walk), []);
      assert.deepEqual(await stored(walk), NOTHING);
      await walk.page.reload();
      await walk.isReady();
      await walk.says("Nothing of it is kept: it is gone with this tab.");
    });
  },
  { allows: FAILED },
);

flow("a file that is kept opens from its address alone, and what is no longer kept does not", async (walk) => {
  await walk.open("/connections/file");
  await walk.drop("staff.json", JSON.stringify(company()));
  await walk.says("1,500 users, 825 groups, 3,000 memberships.");
  await keep(walk);
  await walk.page.reload();
  await walk.isReady();
  await walk.says("1,500 users, 825 groups, 3,000 memberships.");
  await walk.says("This is what you see. Its source may have changed since.");
  await walk.axe();
  await walk.shot("kept-file");
  await walk.click("link", /^Groups/);
  await walk.isReady();
  await walk.find("treegrid", "Nested groups").getByText("Team 0", { exact: true }).first().waitFor();

  // From the list, too, on a visit that begins elsewhere.
  await walk.open("/connections");
  await walk.click("link", "staff.json");
  await walk.says("1,500 users, 825 groups, 3,000 memberships.");
  assert.match(walk.page.url(), /dir=file-staff\.json/);
  await walk.click("button", "Forget what is kept");
  await walk.says("Nothing of it is kept: it is gone with this tab.");
  assert.deepEqual(await files(walk), []);
  assert.deepEqual(await stored(walk), NOTHING);
  await walk.page.reload();
  await walk.says("staff.json has to be opened again.");
});

flow("what is kept and damaged is told, its source is read in its place, and it can be forgotten", async (walk) => {
  await walk.open("/connections/sample");
  await keep(walk);
  await damage(walk, -1_000, [1, 2, 3]);
  await walk.page.reload();
  await walk.isReady();
  await walk.says("What is kept of Sample directory on this device could not be opened.");
  await walk.says("The snapshot is damaged: its checksum differs. It was read from its source instead.");
  await walk.says(/^1,200 users, /);
  await walk.axe();
  await walk.shot("kept-damaged");
  // What is read anew takes its place.
  await walk.click("button", "Keep what is open in its place");
  await walk.says("Next time it opens in a moment");
  await walk.page.reload();
  await walk.isReady();
  await walk.says("This is what you see. Its source may have changed since.");
  assert.equal((await files(walk)).length, 2);

  await damage(walk, 0, [0x21]);
  await walk.page.reload();
  await walk.isReady();
  await walk.says("What describes it is damaged. It was read from its source instead.");
  await walk.says("A directory that cannot be opened");
  await walk.click("button", "Forget A directory that cannot be opened");
  await walk.page.getByText("A directory that cannot be opened").waitFor({ state: "detached" });
  assert.deepEqual(await files(walk), []);
});

flow("what another version kept, and a file whose source is not at hand, are told", async (walk) => {
  await walk.open("/connections/file");
  await walk.drop("staff.json", JSON.stringify(company()));
  await walk.says("1,500 users, 825 groups, 3,000 memberships.");
  await keep(walk);
  await damage(walk, 8, [9]);
  await walk.page.reload();
  await walk.says("What is kept of staff.json on this device could not be opened.");
  await walk.says("It was kept by another version of Rollcall. staff.json has to be opened again.");
  await walk.axe();
  await walk.shot("kept-other-version");
  // A file that was never finished is none: it is not listed, and is taken away with the next that is kept.
  await damage(walk, 0, Array(32).fill(0));
  await walk.page.reload();
  await walk.says("staff.json has to be opened again.");
  await walk.open("/connections/sample");
  await keep(walk);
  assert.equal((await files(walk)).length, 2);
});

flow("a browser without room, or without storage, says so and keeps nothing", async (walk) => {
  await walk.open("/connections/sample");
  const origin = new URL(walk.page.url()).origin;
  const browser = await walk.page.context().newCDPSession(walk.page);
  await browser.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: 20_000 });
  await walk.click("button", "Keep this directory on this device");
  await walk.says(/^The browser has no room for it\. It takes [\d.]+ kB/);
  assert.deepEqual(await files(walk), []);
  await walk.axe();
  await walk.shot("keep-full");
  await browser.send("Storage.overrideQuotaForOrigin", { origin });
  await keep(walk);
  await walk.click("button", "Forget what is kept");
  await walk.says("Nothing of it is kept: it is gone with this tab.");

  // As in a private window of browsers that give none there.
  await walk.page.route("**/worker_loader.js", async (route) => {
    const response = await route.fetch();
    const refuse = "navigator.storage.getDirectory = () => Promise.reject(new DOMException('', 'SecurityError'));";
    await route.fulfill({ response, body: `${refuse}\n${await response.text()}` });
  });
  await walk.page.reload();
  await walk.isReady();
  await walk.says(/^1,200 users, /);
  await walk.click("button", "Keep this directory on this device");
  await walk.says(/^This browser gives the page no storage/);
});

flow("keeping goes on while one is elsewhere", async (walk) => {
  await walk.open("/connections/sample?dir=sample-100000");
  await walk.says(/^100,000 users, /);
  await walk.click("button", "Keep this directory on this device");
  await walk.click("link", /^Users/);
  await walk.hasRows(100_000, "Users that match");
  await walk.click("link", /^Connections/);
  await walk.says(/^Kept on this device: /);
  await walk.click("button", "Forget Sample directory");
  await walk.says("Nothing of it is kept: it is gone with this tab.");
  assert.deepEqual(await files(walk), []);
});

flow("what another tab holds is not forgotten without a word, and two tabs that keep at once keep one", async (walk) => {
  await walk.open("/connections/sample");
  await keep(walk);
  await walk.page.evaluate(async () => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle("kept");
    for await (const handle of folder.values()) globalThis.held = await handle.createWritable();
  });
  await walk.click("button", "Forget what is kept");
  await walk.says("It was not forgotten.");
  await walk.says(/^Another tab is keeping it at this moment/);
  await walk.page.evaluate(() => globalThis.held.abort());
  await walk.click("button", "Forget what is kept");
  await walk.says("Nothing of it is kept: it is gone with this tab.");

  const other = await walk.page.context().newPage();
  await other.goto("/connections/sample");
  const button = { name: "Keep this directory on this device" };
  await other.getByRole("button", button).waitFor();
  await Promise.all([walk.page, other].map((page) => page.getByRole("button", button).click()));
  await Promise.all([walk.page, other].map((page) => page.getByText(/^Kept on this device: /).first().waitFor()));
  await other.close();
  await walk.page.reload();
  await walk.isReady();
  await walk.says("This is what you see. Its source may have changed since.");
  assert.equal(await walk.page.getByRole("list", { name: "Kept on this device" }).getByRole("listitem").count(), 1);
});
