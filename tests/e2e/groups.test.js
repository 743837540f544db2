// Groups: the tree that leads, the members of a group with the reason of each, and what narrows them.

import assert from "node:assert/strict";
import { company, isWay } from "./directory.js";
import { flow } from "./walk.js";

const MEMBERS = /^Members of /;

/** What a row says about why its user is a member: the names of the path, or that they are one directly. */
const reasons = (walk) =>
  walk.grid(MEMBERS).locator('[role="row"]:has([role="gridcell"])').evaluateAll((rows) =>
    rows.map((row) => ({
      index: Number(row.getAttribute("aria-rowindex")),
      user: row.querySelector(".c-user").textContent.trim(),
      rel: row.querySelector(".c-rel .rel-mark")?.dataset.rel,
      via: row.querySelector(".c-rel .via")?.getAttribute("title")?.replace(/^via /, "").split(" › ") ?? [],
    })),
  );

flow("the sample is on screen, and a group is opened by keys alone", async (walk) => {
  await walk.open("/groups");
  const tree = walk.find("treegrid", "Nested groups");
  await tree.locator('[role="row"][tabindex="0"]').focus();
  await walk.press("ArrowDown", "Enter");
  await walk.page.waitForURL(/\/groups\/.+/);
  await walk.row(1, MEMBERS).waitFor();
  await walk.isReady();
  await walk.axe();
  await tree.getByText("Paper Street Soap Company", { exact: true }).click();
  await walk.isReady();
  await walk.shot("groups");
  await walk.click("tab", /^Hierarchy/);
  // A group with others above it and below it.
  await walk.find("table", "Contains").getByRole("link", { name: "Manufacturing" }).click();
  await walk.find("table", "Nested in").getByRole("link", { name: "Paper Street Soap Company" }).waitFor();
  await walk.find("table", "Contains").getByRole("link").first().waitFor();
  await walk.isReady();
  await walk.axe();
  await walk.shot("group-hierarchy");
});

flow("the tree is ordered by its heads, and the address says how", async (walk) => {
  await walk.open("/groups");
  const tree = walk.find("treegrid", "Nested groups");
  const names = async () => {
    await walk.isReady();
    return tree.locator('[role="row"][aria-level="1"] .tree-name').allInnerTexts();
  };
  const bySize = await names();
  await tree.getByRole("button", { name: "Group" }).click();
  await walk.page.waitForURL(/by=name/);
  await walk.page.waitForFunction((first) => document.querySelector(".tree-name").innerText !== first, bySize[0]);
  const byName = await names();
  assert.notDeepEqual(byName, bySize);
  assert.deepEqual(byName, byName.toSorted((one, other) => one.localeCompare(other, "en", { sensitivity: "base" })));
  assert.equal(await walk.find("columnheader", "Group").getAttribute("aria-sort"), "ascending");
  await walk.page.goBack();
  await walk.page.waitForFunction((first) => document.querySelector(".tree-name").innerText === first, bySize[0]);
});

flow("a letter leads to the next name that begins so, again and again", async (walk) => {
  await walk.open("/groups");
  const rows = walk.find("treegrid", "Nested groups").locator('[role="row"][tabindex]');
  await rows.first().focus();
  const goesTo = (name) =>
    walk.page.waitForFunction((name) => document.activeElement.querySelector(".tree-name")?.innerText === name, name);
  // A row that is still to come has no name to begin at.
  await goesTo("Loyalty members");
  for (let time = 0; time < 2; time += 1) {
    await walk.press("t");
    await goesTo("Travel desk");
    await walk.press("Home");
    await goesTo("Loyalty members");
  }
  await walk.press("s");
  await goesTo("Site access");
  await walk.press("s");
  await goesTo("System Administrators");
});

flow("the quick search of an address is in its field, for members as for users", async (walk) => {
  await walk.open("/groups/Paper%20Street%20Soap%20Company");
  const all = await walk.rowCount(MEMBERS);
  await walk.open("/groups/Paper%20Street%20Soap%20Company?q=ann");
  const field = walk.find("searchbox", "Find a member");
  assert.equal(await field.inputValue(), "ann");
  const some = await walk.rowCount(MEMBERS);
  assert.ok(some > 0 && some < all, `${some} of ${all}`);
  await field.focus();
  await walk.press("Escape");
  await walk.hasRows(all, MEMBERS);
  assert.doesNotMatch(walk.page.url(), /[?&]q=/);
});

flow("a search in the address has a first group, which is shown beside it", async (walk) => {
  await walk.open("/groups?find=soap");
  await walk.find("heading", "Paper Street Soap Company").waitFor();
  await walk.grid(MEMBERS).waitFor();
});

flow("members are direct or all, and without those of another group", async (walk) => {
  await walk.open("/groups");
  await walk.find("treegrid", "Nested groups").locator('[role="row"][aria-expanded]').first().click();
  await walk.isReady();
  const scope = (name) => walk.find("radiogroup", "Membership").getByRole("radio", { name });
  const all = await walk.rowCount(MEMBERS);
  await scope(/^Direct/).click();
  await walk.page.waitForURL(/includeInherited=false/);
  await walk.isReady();
  const direct = await walk.rowCount(MEMBERS).catch(() => 0);
  assert.ok(direct < all, `${direct} direct members, ${all} in all`);

  await scope(/^All/).click();
  await walk.hasRows(all, MEMBERS);
  await walk.click("button", "Add a group to exclude");
  await walk.press("ArrowDown");
  await walk.page.getByRole("option").first().waitFor();
  await walk.press("Enter");
  await walk.page.waitForURL(/excludedGroups=/);
  await walk.find("button", /^Stop excluding/).waitFor();
  await walk.isReady();
  const left = await walk.rowCount(MEMBERS).catch(() => 0);
  assert.ok(left <= all);
  await walk.click("button", /^Stop excluding/);
  await walk.hasRows(all, MEMBERS);
});

flow("a dropped file is opened, and every row shows a path that its facts bear out", async (walk) => {
  const file = company();
  await walk.open("/groups");
  await walk.drop("company.json", JSON.stringify(file));
  await walk.says("1,500 users, 825 groups, 3,000 memberships.");
  await walk.click("link", /^Groups/);
  await walk.find("treegrid", "Nested groups").getByText("Team 0", { exact: true }).click();
  await walk.isReady();
  const seen = new Map();
  const total = await walk.rowCount(MEMBERS);
  await walk.row(1, MEMBERS).focus();
  for (let pages = 0; seen.size < total && pages < total; pages += 1) {
    for (const row of await reasons(walk)) seen.set(row.index, row);
    await walk.press("PageDown");
    await walk.isReady();
  }
  assert.equal(seen.size, total);
  for (const { user, rel, via } of seen.values()) {
    const id = file.users.find((it) => it.username === user).id;
    const isDirect = file.memberships.some((it) => it.group === "g0" && it.user === id);
    assert.equal(rel === "direct" || rel === "both", isDirect, `${user} is ${rel}`);
    if (rel !== "direct") assert.ok(isWay(file, ["Team 0", ...via], id), `${user} is in Team 0 via ${via.join(" › ")}`);
  }
});

flow("a group and a user lead on by a menu, and by keys while it is closed", async (walk) => {
  await walk.open("/groups");
  await walk.find("treegrid", "Groups").getByText("Paper Street Soap Company", { exact: true }).click();
  await walk.hasRows(416, /^Members of Paper Street Soap Company/);
  await walk.click("button", "More actions");
  await walk.find("menu", "More actions").waitFor();
  await walk.axe();
  await walk.shot("group-more");
  await walk.find("menuitem", "Compare with a group").click();
  await walk.page.waitForURL((url) => url.pathname === "/compare" && url.searchParams.get("of") === "groups");
  await walk.page.goBack();
  await walk.hasRows(416, /^Members of Paper Street Soap Company/);
  await walk.press("c");
  await walk.page.waitForURL((url) => url.pathname === "/check");
  await walk.page.goBack();
  await walk.find("link", "Show in hierarchy").click();
  await walk.page.waitForURL((url) => url.pathname === "/hierarchy");

  await walk.open("/users");
  await walk.hasRows(1_200, "Users that match");
  await walk.find("grid", "Users that match").getByRole("link").first().click();
  await walk.find("button", "More actions").waitFor();
  await walk.press("p");
  await walk.page.waitForURL((url) => url.pathname === "/compare" && url.searchParams.has("a"));
  await walk.page.goBack();
  await walk.find("button", "More actions").waitFor();
  await walk.press("w");
  await walk.page.waitForURL((url) => url.pathname === "/what-if");
});

flow("a search of the address that finds no group says so, and one that does opens its first", async (walk) => {
  await walk.open("/groups?find=zzz");
  await walk.says("No group has \"zzz\" in its name.");
  await walk.says("No group to show.");
  await walk.isReady();
  await walk.axe();
  await walk.find("searchbox", "Find a group").fill("soap");
  await walk.row(1, MEMBERS).waitFor();
});
