// An access review from its first question to its file, as the README's guide tells it; its pictures are those of the guide.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { asContensis } from "./connection.js";
import { flow } from "./walk.js";

const MEMBERS = /^Members of Finance/;

flow("an access review: who is in Finance, why, whether the server agrees, and what a fix would do", async (walk) => {
  await walk.open("/groups");
  await asContensis(walk);
  await walk.click("link", /^Groups/);

  // Who is in it, without the contractors.
  await walk.find("searchbox", "Find a group").fill("finance");
  await walk.find("treegrid").getByText("Finance", { exact: true }).click();
  await walk.hasRows(217, MEMBERS);
  await walk.click("button", "Add a group to exclude");
  await walk.page.keyboard.type("contractors");
  await walk.find("option", /^Contractors/).click();
  await walk.hasRows(213, MEMBERS);
  await walk.isReady();
  await walk.shot("review-members");

  // Why each of them is.
  const row = walk.grid(MEMBERS).getByRole("row").filter({ has: walk.page.locator(".via") }).first();
  const name = await row.getByRole("link").first().innerText();
  await row.locator("button.via").click();
  await walk.page.locator('[aria-label^="Path: "]').first().waitFor();
  await walk.isReady();
  await walk.shot("review-why");

  // The server says the same.
  await walk.find("heading", "Finance", { level: 1 }).first().click();
  await walk.press("v");
  await walk.says("Matches the server: 213 users");
  await walk.shot("review-agrees");
  await walk.click("button", "Close the verification");

  // Who is left, as a file.
  await walk.press("e");
  const dialog = walk.page.getByRole("dialog", { name: "Export" });
  await dialog.getByRole("radio", { name: "CSV" }).click();
  await walk.shot("review-export");
  const coming = walk.page.waitForEvent("download");
  await dialog.getByRole("button", { name: "Export" }).click();
  const lines = readFileSync(await (await coming).path(), "utf8").trimEnd().split("\r\n");
  assert.equal(lines.length, 214);
  assert.ok(lines.some((line) => name.split(" ").every((word) => line.includes(word))), `${name} is in the file`);

  // The contractors among them, and what it would do to take one out.
  await walk.click("button", /^Stop excluding/);
  await walk.hasRows(217, MEMBERS);
  await walk.typeQuery('memberOf = Contractors');
  await walk.hasRows(4, MEMBERS);
  await walk.press("Escape");
  await walk.grid(MEMBERS).getByRole("link").first().click();
  await walk.page.waitForURL(/\/users\/.+/);
  await walk.click("link", /^Try without Accounts payable/);
  await walk.says(/^1 user loses [2-9] groups\.$/);
  await walk.shot("review-fix");
  await walk.axe();
});
