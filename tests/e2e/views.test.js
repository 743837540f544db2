// Saved views: a screen under a name, kept in this browser, for whichever directory is open.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { flow } from "./walk.js";

const USERS = "Users that match";

async function save(walk, name) {
  await walk.find("menuitem", "Save this view as…").click();
  const dialog = walk.find("dialog", "Save this view");
  await dialog.getByLabel("Name").fill(name);
  return dialog;
}

flow("a view is saved, found again in another directory, exported and forgotten", async (walk) => {
  await walk.open("/users");
  await walk.hasRows(1_200, USERS);
  await walk.typeQuery("status = suspended");
  await walk.press("Escape");
  await walk.hasRows(63, USERS);
  await walk.click("button", "Views");
  const dialog = await save(walk, "Gone quiet");
  await walk.axe();
  await walk.shot("views-save");
  await dialog.getByRole("button", { name: "Save" }).click();
  await walk.says("Saved Gone quiet.");
  await walk.click("button", "Gone quiet");
  // With as many as it shows now.
  await walk.find("menuitem", "Gone quiet 63").waitFor();
  await walk.axe();
  await walk.shot("views");
  const download = walk.page.waitForEvent("download");
  await walk.find("menuitem", "Export all as JSON").click();
  const file = await download;
  assert.equal(file.suggestedFilename(), "views.json");
  const views = JSON.parse(await readFile(await file.path(), "utf8"));
  assert.deepEqual(views, [{ name: "Gone quiet", url: new URL(walk.page.url()).pathname + new URL(walk.page.url()).search }]);

  // In another directory, by keys alone, to which nothing was told but the name.
  await walk.open("/users?dir=sample-10000");
  await walk.hasRows(10_000, USERS);
  await walk.page.evaluate(() => document.activeElement.blur());
  await walk.press("Shift+V", "Enter");
  await walk.page.waitForURL((url) => url.searchParams.get("dir") === "sample-10000" && url.search.includes("suspended"));
  await walk.hasFewerRows(10_000, USERS);
  await walk.click("button", "Gone quiet");
  await walk.find("menuitem", "Delete Gone quiet").click();
  await walk.find("button", "Views").waitFor();
  assert.equal(await walk.page.evaluate(() => localStorage.getItem("rollcall.views")), null);
});

flow("the members of a group are a view, and a name that is taken says what it replaces", async (walk) => {
  await walk.open("/groups");
  await walk.find("treegrid", "Groups").getByText("Paper Street Soap Company", { exact: true }).click();
  await walk.hasRows(416, /^Members of Paper Street Soap Company/);
  for (const says of ["Kept in this browser, for whichever directory is open.", "This takes the place of the view that has the name."]) {
    await walk.page.locator("[aria-keyshortcuts='Shift+V']").click();
    const dialog = await save(walk, "Soap");
    await dialog.getByText(says).waitFor();
    await walk.press("Enter");
    await dialog.waitFor({ state: "hidden" });
  }
  await walk.open("/groups");
  await walk.page.locator("[aria-keyshortcuts='Shift+V']").click();
  await walk.find("menuitem", "Soap").click();
  await walk.hasRows(416, /^Members of Paper Street Soap Company/);
});

flow("a browser that keeps nothing is told so", async (walk) => {
  await walk.page.addInitScript(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
  });
  await walk.open("/users");
  await walk.hasRows(1_200, USERS);
  await walk.click("button", "Views");
  const dialog = await save(walk, "Lost ".repeat(60));
  await dialog.getByRole("button", { name: "Save" }).click();
  await walk.says("This browser keeps nothing, so the view was not saved.");
  await walk.find("button", "Views").waitFor();
});
