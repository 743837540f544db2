// What there is more of than when a directory was read before, across page loads, with nothing kept but numbers.

import assert from "node:assert/strict";
import { before } from "node:test";
import { fillDirectory } from "./companion.js";
import { asContensis } from "./connection.js";
import { company } from "./directory.js";
import { flow } from "./walk.js";

const file = company({ users: 300, groups: 60, nestings: 65 });

before(() => fillDirectory(file));

/** Loads the page anew, reads the companion's directory and goes to its overview. */
async function reads(walk) {
  await walk.open("/groups");
  await asContensis(walk);
  await walk.click("link", "Overview");
  await walk.page.waitForURL((url) => url.pathname === "/");
  await walk.isReady();
}

const kept = (walk) => walk.page.evaluate(() => localStorage.getItem("rollcall.readings"));

flow("another page tells of which kinds there are more findings than before, by numbers alone", async (walk) => {
  await reads(walk);
  await walk.says("First reading in this tab");
  await walk.page.waitForFunction(() => localStorage.getItem("rollcall.readings"));
  const first = await kept(walk);
  assert.match(first, /^\d+ \d+(,\d+){13}$/);

  // Team 25 is nested in Team 0: the other way round closes a loop.
  fillDirectory({ ...file, nestings: [...file.nestings, { parent: "g25", child: "g0" }] });
  await reads(walk);
  await walk.says(/^More than when it was read \d\d:\d\d:\d\d$/);
  await walk.says("Cycle in nested groups: 1 more");
  await walk.says("1 in all, 0 before");
  await walk.axe();
  await walk.shot("overview-more");
  assert.match(await kept(walk), /^\d+ \d+(,\d+){13} \d+(,\d+){13}$/);
  assert.ok((await kept(walk)).endsWith(first.split(" ")[1]));

  // It stays so for as long as this reading is looked at.
  await walk.find("link", /Cycle in nested groups: 1 more/).click();
  await walk.page.waitForURL(/\/findings\/cycle/);
  await walk.page.goBack();
  await walk.says("Cycle in nested groups: 1 more");

  await reads(walk);
  await walk.says("Nothing new.");
  await walk.says("No kind has more findings than before.");
});
