// Overview: the directory in numbers, and what is newly wrong since the reading before.

import assert from "node:assert/strict";
import { company } from "./directory.js";
import { flow } from "./walk.js";

const stat = (walk, name) => walk.page.locator(".stat").filter({ hasText: name });

/** Waits until all kinds of findings were looked for. */
const looked = (walk) => walk.says(/in this tab/);

async function drop(walk, file) {
  await walk.drop("company.json", JSON.stringify(file));
  await walk.says("1,500 users, 825 groups, 3,000 memberships.");
}

flow("the directory is told in numbers", async (walk) => {
  await walk.open("/");
  await looked(walk);
  assert.match(await walk.page.title(), /^Overview/);
  await stat(walk, "Users").getByText("1,200", { exact: true }).waitFor();
  const groups = await stat(walk, "Groups").locator("dd").first().innerText();
  const largest = walk.find("list", "Largest groups").getByRole("link");
  assert.equal(await largest.count(), 10);
  const totals = (await largest.allInnerTexts()).map((text) => Number(text.split("\n").at(-1).replaceAll(",", "")));
  assert.deepEqual(totals, totals.toSorted((one, other) => other - one));
  // The columns add up to all groups.
  for (const name of ["Groups by size", "Groups by level"]) {
    const counts = await walk.find("list", name).locator(".histo-val").allInnerTexts();
    const sum = counts.reduce((sum, count) => sum + Number(count.replaceAll(",", "")), 0);
    assert.equal(sum.toLocaleString("en"), groups, name);
  }
  await walk.says("First reading in this tab");
  await walk.axe();
  await walk.shot("overview");

  await largest.first().click();
  await walk.page.waitForURL(/\/groups\/.+/);
  await walk.isReady();
  await walk.page.goBack();
  await walk.find("link", /^All [\d,]+ findings$/).click();
  await walk.page.waitForURL(/\/findings$/);
});

flow("another reading of the same directory tells what is new", async (walk) => {
  const file = company();
  await walk.open("/connections/file");
  await drop(walk, file);
  await walk.press("g", "o");
  await looked(walk);
  await walk.says("First reading in this tab");

  // Team 25 is nested in Team 0: the other way round closes a loop.
  const changed = { ...file, nestings: [...file.nestings, { parent: "g25", child: "g0" }] };
  await walk.press("g", "n");
  await walk.page.waitForURL(/\/connections/);
  await drop(walk, changed);
  await walk.page.waitForFunction(() => document.querySelector(".nav-alert")?.textContent.includes("1"));
  await walk.press("g", "o");
  await walk.says(/^New since \d\d:\d\d:\d\d, in this tab$/);
  await walk.says("Cycle in nested groups: 1 new");
  await walk.says("1 in all, 0 before");
  await walk.axe();
  await walk.shot("overview-latest");
  await walk.find("link", /Cycle in nested groups: 1 new/).click();
  await walk.page.waitForURL(/\/findings\/cycle/);
  await walk.isReady();

  // Nothing of it outlasts the tab.
  const kept = await walk.page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));
  assert.doesNotMatch(kept, /Team|cycle/);
});

flow("what is not known yet is not told", async (walk) => {
  let arrive;
  const arrival = new Promise((done) => (arrive = done));
  await walk.page.route("**/worker*.wasm", async (route) => {
    await arrival;
    await route.continue();
  });
  await walk.page.goto("/");
  await walk.page.locator("#shell").waitFor({ state: "detached" });
  await walk.says(/^Reading Sample directory/);
  assert.equal(await walk.page.locator(".histo").count(), 0);
  await walk.axe();
  await walk.shot("overview-loading");
  arrive();
  await looked(walk);
  await walk.isReady();
  assert.equal(await walk.page.getByText(/^Reading Sample directory/).count(), 0);
});

flow("without a directory the overview says how to get one", async (walk) => {
  await walk.page.goto("/?dir=file-gone.json");
  await walk.page.locator("#shell").waitFor({ state: "detached" });
  await walk.says("No directory yet.");
  await walk.axe();
  await walk.shot("overview-empty");
  await walk.click("button", "Open the sample");
  await walk.says("1,200");
});
