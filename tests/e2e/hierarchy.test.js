// Hierarchy: the nesting around a group, drawn as layers, with the paths of a user lit.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { flow } from "./walk.js";

flow("a hierarchy is drawn, walked by keys, lit for a user, and saved", async (walk) => {
  await walk.open("/hierarchy?from=Manufacturing&user=tdurden");
  const node = (name) => walk.page.locator(".picture a").filter({ hasText: name }).first();
  await node("Manufacturing").waitFor();
  await walk.says(/groups drawn/);
  await walk.axe();
  await walk.shot("hierarchy");

  await node("Manufacturing").focus();
  await walk.press("ArrowLeft");
  const focused = await walk.page.evaluate(() => document.activeElement.querySelector("title").textContent);
  assert.match(focused, /^Paper Street Soap Company/);
  await walk.press("Enter");
  await walk.page.waitForURL(/from=(?!Manufacturing).+user=tdurden/);

  const saved = walk.page.waitForEvent("download");
  await walk.click("button", "Save as SVG");
  const file = await saved;
  assert.equal(file.suggestedFilename(), "hierarchy.svg");
  const text = await readFile(await file.path(), "utf8");
  assert.match(text, /^<svg[^>]*xmlns=/);
  assert.doesNotMatch(text, /href=|class=/);

  await walk.open("/hierarchy?from=nosuch");
  await walk.says("No group has the identifier nosuch.");
});
