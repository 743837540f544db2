// What begins with where one stands: exports of groups, a change in What-if; and menus that stay at their buttons.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { flow } from "./walk.js";

/** Chooses JSON in the dialog and tells the file: its name, and its rows. */
async function taken(walk) {
  const dialog = walk.page.getByRole("dialog", { name: "Export" });
  await dialog.getByRole("radio", { name: "JSON" }).click();
  const coming = walk.page.waitForEvent("download");
  await dialog.getByRole("button", { name: "Export" }).click();
  const download = await coming;
  await dialog.waitFor({ state: "hidden" });
  return { name: download.suggestedFilename(), rows: JSON.parse(readFileSync(await download.path(), "utf8")).rows };
}

flow("groups leave as the tree is searched, and as one contains them", async (walk) => {
  await walk.open("/groups/Manufacturing?find=shift");
  await walk.hasFewerRows(1_200, /^Members of/);
  await walk.press("Shift+E");
  const found = await taken(walk);
  assert.equal(found.name, "groups.json");
  assert.ok(found.rows.length > 2 && found.rows.every(({ name }) => /shift/i.test(name)));

  await walk.find("tab", "Hierarchy").click();
  await walk.find("table", "Contains").waitFor();
  await walk.press("e");
  const below = (await taken(walk)).rows.map(({ name }) => name);
  assert.ok(below.includes("Manufacturing") && below.includes("Night shift") && !below.includes("Paper Street Soap Company"));
  // The menu has the same on every tab.
  await walk.find("button", "More actions").click();
  await walk.find("menuitem", "Export it with all groups below").click();
  assert.deepEqual((await taken(walk)).rows.map(({ name }) => name), below);

  // A list of a hierarchy leaves as it is searched.
  await walk.open("/hierarchy?view=list&from=Manufacturing&find=shift");
  await walk.says(/\d+ match/);
  const listed = Number((await walk.page.getByText(/\d+ match/).first().innerText()).match(/\d+/)[0]);
  await walk.press("e");
  assert.equal((await taken(walk)).rows.length, listed);
});

flow("What-if begins with the group or the user that W was pressed on", async (walk) => {
  await walk.open("/groups/Manufacturing");
  await walk.hasFewerRows(1_200, /^Members of/);
  await walk.press("w");
  await walk.page.waitForURL(/what-if\?group=/);
  const group = walk.page.locator("#stage-group");
  await group.waitFor();
  const id = new URL(walk.page.url()).searchParams.get("group");
  assert.equal(await group.inputValue(), id);
  await walk.page.locator("#stage-subject").fill("msinger");
  await walk.find("button", "Stage").click();
  await walk.page.waitForURL((url) => url.searchParams.get("do") === `add:msinger:${id}` && !url.searchParams.has("group"));

  await walk.open("/users/tdurden");
  await walk.says("Direct groups");
  await walk.press("w");
  await walk.page.waitForURL(/what-if\?user=/);
  await walk.page.waitForFunction(() => document.querySelector("#stage-subject")?.value !== "");
});

flow("a menu stays at its button while the window takes another size", async (walk) => {
  await walk.open("/groups/Manufacturing");
  await walk.hasFewerRows(1_200, /^Members of/);
  const button = walk.find("button", "More actions");
  await button.click();
  const menu = walk.find("menu", "More actions");
  await menu.waitFor();
  await walk.page.setViewportSize({ width: 1_000, height: 700 });
  await walk.page.waitForFunction(
    ([menu, button]) => {
      const [one, other] = [menu, button].map((it) => it.getBoundingClientRect());
      const beside = Math.min(Math.abs(one.top - other.bottom), Math.abs(one.bottom - other.top));
      return beside < 8 && one.right <= innerWidth && one.left < other.right && other.left < one.right;
    },
    [await menu.elementHandle(), await button.elementHandle()],
  );
});

flow("the rows of a matrix are as high as all rows are", async (walk) => {
  await walk.open("/check?users=tdurden,msinger&groups=Manufacturing,Finance");
  const rows = walk.find("grid", /^Membership of/).locator(".matrix-row");
  await rows.nth(1).waitFor();
  const measured = () => rows.evaluateAll(([one, other]) => [one.offsetHeight, other.offsetTop - one.offsetTop]);
  assert.deepEqual(await measured(), [32, 32]);
  for (const [choice, height] of [["Low rows", 28], ["High rows, for fingers", 44]]) {
    await walk.find("button", "Appearance").click();
    await walk.find("menuitemradio", choice).click();
    await walk.page.waitForFunction(
      ([row, height]) => row.offsetHeight === height && row.nextElementSibling.offsetTop - row.offsetTop === height,
      [await rows.first().elementHandle(), height],
    );
  }
});
