// Many users against many groups: pasted, told what is unknown, walked through by keyboard, one cell explained.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { flow } from "./walk.js";

const PASTED = "tdurden, msinger;nobody\nManufacturing\tFinance\nProject Mayhem\ntdurden";

/** The grid, once it has so many rows and columns. */
async function grid(walk, users, groups) {
  const grid = walk.page.getByRole("grid", { name: /^Membership of/ });
  await grid.waitFor();
  await walk.page.waitForFunction(
    ([rows, columns]) => {
      const grid = document.querySelector(".matrix");
      return Number(grid?.ariaRowCount) === rows && Number(grid?.ariaColCount) === columns;
    },
    [users + 1, groups + 2],
  );
  return grid;
}

/** A cell by its row and column, from 0. */
const cell = (walk, row, column) => walk.page.locator(`[data-cell="${row} ${column}"]`);

/** Waits until the focus is in a cell. */
const isAt = (walk, row, column) =>
  walk.page.waitForFunction((place) => document.activeElement.dataset.cell === place, `${row} ${column}`);

flow("identifiers are pasted, and a cell says why", async (walk) => {
  await walk.open("/check");
  await walk.click("link", "Check many");
  const field = walk.find("textbox", "Users and groups");
  await field.fill(PASTED);
  await walk.says("6 identifiers.");
  await walk.axe();
  await walk.click("button", "Show the matrix");
  await grid(walk, 2, 3);
  assert.match(walk.page.url(), /\/check\?users=tdurden,msinger&groups=Manufacturing,Finance,Project%20Mayhem$/);
  await walk.says("1 identifier names no user and no group here.");
  await walk.says("nobody");
  assert.equal(await cell(walk, 0, 0).locator("svg").first().getAttribute("aria-label"), "Inherited");
  assert.equal(await cell(walk, 0, 1).locator("svg").first().getAttribute("aria-label"), "Not a member");
  assert.match(await cell(walk, 0, 3).innerText(), /^204\s+in 2$/);
  await cell(walk, 0, 0).click();
  await walk.says("Yes, through nesting");
  await walk.page.waitForFunction(() => /[?&]user=.+&group=.+/.test(location.search));
  await walk.shot("matrix");
  await walk.axe();
  // A link to it says the same.
  await walk.page.reload();
  await walk.isReady();
  await grid(walk, 2, 3);
  await walk.says("Yes, through nesting");
  assert.equal(await cell(walk, 0, 0).getAttribute("aria-selected"), "true");
  // A No names what is nearest, and the request that would prove it.
  await cell(walk, 0, 1).click();
  await walk.says("Nearest to a yes");
  await walk.says(/404 Not Found/);
  await walk.shot("matrix-no");
  // Any of them, as the vendor's own check has it.
  await cell(walk, 0, 3).click();
  await walk.says(/Manufacturing,Finance,Project%20Mayhem/);
});

flow("by keyboard alone", async (walk) => {
  await walk.open("/check?users=tdurden,msinger&groups=Manufacturing,Finance,Project%20Mayhem");
  await grid(walk, 2, 3);
  await cell(walk, 0, 0).focus();
  await walk.press("ArrowRight", "ArrowDown");
  await isAt(walk, 1, 1);
  await walk.press("End");
  await isAt(walk, 1, 3);
  await walk.press("Control+Home");
  await isAt(walk, 0, 0);
  await walk.press("Enter");
  await walk.says("Yes, through nesting");
  await isAt(walk, 0, 0);
  await walk.press("e");
  const choices = walk.page.getByRole("dialog", { name: "Export" });
  await choices.getByRole("radio", { name: "A row a user" }).waitFor();
  const coming = walk.page.waitForEvent("download");
  await walk.press("Enter");
  const download = await coming;
  assert.equal(download.suggestedFilename(), "matrix.csv");
  const lines = readFileSync(await download.path(), "utf8").trimEnd().split("\r\n");
  assert.equal(lines.length, 3);
  assert.match(lines[1], /,inherited,no,(direct|both),true,2$/);
  await walk.says("Exported 2 users to matrix.csv.");
});

flow("a thousand identifiers scroll both ways, and stay in this tab", async (walk) => {
  // Identifiers as a person would gather them: the columns of two files.
  const take = async (path) => {
    await walk.open(path);
    await walk.page.waitForFunction(() => {
      const buttons = [...document.querySelectorAll("main button")];
      return buttons.some((it) => it.textContent.trim() === "Export" && !it.disabled);
    });
    await walk.click("button", "Export");
    const choices = walk.page.getByRole("dialog", { name: "Export" });
    const all = choices.getByRole("radio", { name: "All groups" });
    await choices.getByRole("button", { name: "Export" }).waitFor();
    if (await all.isVisible()) await all.click();
    const coming = walk.page.waitForEvent("download");
    await choices.getByRole("button", { name: "Export" }).click();
    const text = readFileSync(await (await coming).path(), "utf8");
    return text.trimEnd().split("\r\n").slice(1).map((line) => line.split(",")[0]);
  };
  const groups = await take("/hierarchy");
  const users = (await take("/users")).slice(0, 1_000 - groups.length);
  await walk.open("/check?view=matrix");
  const field = walk.find("textbox", "Users and groups");
  await field.fill([...users, ...groups, "one-more"].join("\n"));
  await walk.says("1,001 identifiers; at most 1,000 fit.");
  assert.ok(await walk.find("button", "Show the matrix").isDisabled());
  await field.fill([...users, ...groups].join("\n"));
  await field.press("Control+Enter");
  await grid(walk, users.length, groups.length);
  await walk.says("So many identifiers fit into no link.");
  assert.equal(new URL(walk.page.url()).search, "?view=matrix");
  await walk.axe();
  await cell(walk, 0, 0).focus();
  const tasks = await walk.longTasksDuring(async () => {
    await walk.press("Control+End");
    await isAt(walk, users.length - 1, groups.length);
    await walk.press("Home");
    await isAt(walk, users.length - 1, 0);
    await walk.press("PageUp", "PageUp");
    await walk.page.mouse.move(700, 500);
    for (let turn = 0; turn < 20; turn++) await walk.page.mouse.wheel(160, -400);
    await walk.press("Control+Home");
    await isAt(walk, 0, 0);
  });
  walk.tells(`tasks over 50 ms while walking through ${users.length} × ${groups.length} cells`, tasks);
  const drawn = await walk.page.locator(".matrix-cell").count();
  assert.ok(drawn < 2_000, `${drawn} cells are drawn`);
  // What was scrolled away is the same when it comes back.
  await walk.press("Enter");
  await walk.page.locator(".verdict").waitFor();
  await grid(walk, users.length, groups.length);
});
