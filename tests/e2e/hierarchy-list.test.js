// Hierarchy as a list: a tree of everything, or of what one group contains, by mouse and by keyboard, and as the address says.

import assert from "node:assert/strict";
import { flow } from "./walk.js";

const LIST = "Hierarchy";

/** The list's rows that are drawn: level, whether it is open, and what stands in it. */
async function told(walk) {
  const rows = walk.grid(LIST).locator('.tree-body [role="row"]');
  return rows.evaluateAll((rows) =>
    rows.map((row) => ({
      level: Number(row.ariaLevel),
      open: row.ariaExpanded,
      name: row.querySelector(".tree-name").textContent,
      cells: [...row.children].slice(1).map((cell) => cell.innerText.trim() || cell.querySelector("[aria-label]")?.ariaLabel),
    })),
  );
}

function named(walk, name) {
  return walk.grid(LIST).locator('[role="row"]').filter({ has: walk.page.locator(".tree-name").getByText(name, { exact: true }) }).first();
}

/** Waits until the focus is on the row of this name. */
async function isOn(walk, name) {
  await walk.page.waitForFunction((name) => document.activeElement.querySelector(".tree-name")?.textContent === name, name);
}

flow("what matches keeps its place, and a user's part is told on every row", async (walk) => {
  await walk.open("/hierarchy?user=tdurden");
  await walk.find("radio", "List").click();
  await walk.page.waitForURL(/view=list/);
  await walk.grid(LIST).waitFor();
  await walk.find("searchbox", "Find a group here").fill("shift");
  await walk.says(/\d+ match; the \d+ groups above are kept/);
  const line = await walk.find("status").filter({ hasText: "above are kept" }).innerText();
  const [matches, kept] = line.match(/\d+/g).map(Number);
  await walk.hasRows(matches + kept, LIST);
  const rows = await told(walk);
  const found = rows.filter(({ name }) => /shift/i.test(name));
  assert.equal(found.length, matches);
  // Above each row, however deep it lies, is the group that contains it.
  for (const [place, { level }] of rows.entries()) {
    assert.ok(level === 1 || rows.slice(0, place).some((above) => above.level === level - 1));
  }
  const night = rows.find(({ name }) => name === "Night shift");
  assert.equal(night.cells[0], "Direct");
  assert.ok(rows.every(({ cells }) => ["Direct", "Inherited", "Not a member"].includes(cells[0])));
  await walk.axe();
  await walk.shot("hierarchy-list");

  await named(walk, "Night shift").click();
  await walk.page.waitForURL(/group=/);
  const aside = walk.find("region", "Selection");
  await aside.getByRole("heading", { name: "Night shift", exact: true }).waitFor();
  await aside.getByText("This row").waitFor();
  await aside.getByText("A direct member of Night shift.").waitFor();
  const parents = await aside.locator(".stands > li").count();
  const also = await named(walk, "Night shift").locator(".tree-also").innerText();
  assert.equal(also, `Also under ${parents - 1} other${parents === 2 ? "" : "s"}`);
  await walk.axe();
  await walk.shot("hierarchy-list-aside");
  await aside.getByRole("link", { name: "Why" }).click();
  await walk.says("Yes, directly.");
  await walk.page.goBack();
  await aside.getByRole("heading", { name: "Night shift", exact: true }).waitFor();
  await aside.getByRole("button", { name: "Close" }).click();
  await aside.waitFor({ state: "detached" });
});

flow("by keyboard alone: opened, closed, typed to, and a loop leads back", async (walk) => {
  await walk.open("/hierarchy?view=list&levels=1&from=Project%20Mayhem");
  await walk.hasRows(1, LIST);
  await walk.row(1, LIST).focus();
  await walk.press("ArrowRight");
  await walk.hasFewerRows(100, LIST);
  await walk.page.waitForFunction(() => document.activeElement.ariaExpanded === "true");
  await walk.press("ArrowRight");
  await isOn(walk, "Mischief Committee");
  await walk.press("ArrowRight");
  await walk.page.waitForFunction(() => document.activeElement.ariaExpanded === "true");
  await walk.press("ArrowRight");
  await isOn(walk, "Homework assignments");
  await walk.press("ArrowRight");
  await named(walk, "Back to Project Mayhem").waitFor();
  assert.equal(await named(walk, "Back to Project Mayhem").getAttribute("aria-expanded"), null);
  // A letter leads to the next name that begins so, round and round; Home and End to the ends.
  await walk.press("m");
  await isOn(walk, "Misinformation Committee");
  await walk.press("Home");
  await isOn(walk, "Project Mayhem");
  await walk.press("h");
  await isOn(walk, "Homework assignments");
  await walk.press("ArrowLeft");
  await walk.page.waitForFunction(() => document.activeElement.ariaExpanded === "false");
  await walk.press("ArrowLeft");
  await isOn(walk, "Mischief Committee");
  await walk.press("ArrowRight");
  await isOn(walk, "Homework assignments");
  await walk.press("ArrowRight");
  await named(walk, "Back to Project Mayhem").waitFor();
  await walk.press("p");
  await isOn(walk, "Back to Project Mayhem");
  await walk.press("Enter");
  await isOn(walk, "Project Mayhem");
  const aside = walk.find("region", "Selection");
  await aside.getByText("In a cycle").waitFor();
  const loop = await aside.locator("[data-loop] > li").allInnerTexts();
  assert.match(loop.join(" "), /Project Mayhem.*contains.*Mischief Committee.*contains.*Homework assignments.*contains.*Project Mayhem again/s);
  await walk.axe();
  await walk.shot("hierarchy-list-loop");
});

flow("the address says how many levels are open, and the picture follows it", async (walk) => {
  await walk.open("/hierarchy?view=list");
  await walk.grid(LIST).waitFor();
  const levels = async () => Math.max(...(await told(walk)).map(({ level }) => level));
  assert.equal(await levels(), 2);
  const two = await walk.rowCount(LIST);
  await walk.find("radio", "All").click();
  await walk.page.waitForURL(/levels=all/);
  await walk.page.waitForFunction(([table, two]) => Number(table.ariaRowCount) - 1 > two, [await walk.grid(LIST).elementHandle(), two]);
  assert.ok((await levels()) > 3);
  await walk.page.goBack();
  await walk.hasRows(two, LIST);
  await walk.click("button", "Collapse all");
  await walk.hasFewerRows(two, LIST);
  assert.equal(await levels(), 1);
  // Its columns are arranged as all are.
  await walk.press("Shift+C");
  await walk.find("dialog", "Columns").getByLabel("Managers", { exact: true }).uncheck();
  await walk.press("Escape");
  await walk.grid(LIST).getByRole("columnheader", { name: "Managers" }).waitFor({ state: "detached" });

  await walk.open("/hierarchy?from=Manufacturing&levels=1");
  await walk.says(/groups drawn, \d+ more above or below/);
  const drawn = await walk.page.locator(".picture [data-node]").count();
  await walk.find("radio", "3 levels").click();
  await walk.page.waitForFunction((drawn) => document.querySelectorAll(".picture [data-node]").length > drawn, drawn);
  await walk.find("region", "Selection").getByRole("heading", { name: "Manufacturing", exact: true }).waitFor();

  await walk.page.setViewportSize({ width: 390, height: 844 });
  await walk.open("/hierarchy");
  await walk.grid(LIST).waitFor();
  assert.equal(await walk.find("radio", "List").getAttribute("aria-checked"), "true");
});
