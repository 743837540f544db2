// What is on screen leaves as a file, all of it: by mouse, by keyboard, and stopped half-way.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { flow } from "./walk.js";

/** The dialog, once its choices are there. */
async function dialog(walk) {
  const dialog = walk.page.getByRole("dialog", { name: "Export" });
  await dialog.getByRole("button", { name: "Export" }).waitFor();
  return dialog;
}

/** Does what ends in a file, and tells its name and its text. */
async function taken(walk, work) {
  const coming = walk.page.waitForEvent("download");
  await work();
  const download = await coming;
  return { name: download.suggestedFilename(), text: readFileSync(await download.path(), "utf8") };
}

/** The lines of a file for spreadsheets; no cell of the sample has a line's end. */
const lines = (file) => file.text.trimEnd().split("\r\n");

flow("all users that match leave as they are listed", async (walk) => {
  await walk.open("/users");
  await walk.typeQuery("groupCount > 1 AND lastName ~ a");
  await walk.hasFewerRows(1_200);
  await walk.press("Escape");
  const shown = await walk.rowCount();
  await walk.click("button", "Export");
  const choices = await dialog(walk);
  await walk.axe();
  await walk.shot("export");
  await choices.getByRole("radio", { name: "Semicolon" }).click();
  await choices.getByRole("switch", { name: "Byte order mark" }).uncheck();
  const csv = await taken(walk, () => choices.getByRole("button", { name: "Export" }).click());
  assert.equal(csv.name, "users.csv");
  await walk.says(`Exported ${shown.toLocaleString("en")} users to users.csv.`);
  assert.ok(csv.text.startsWith("id;username;email;"));
  assert.equal(lines(csv).length, shown + 1);
  const first = (await walk.rows())[0];
  assert.ok(first.includes(lines(csv)[1].split(";")[1]), "in the order of the list");
  // A query that cannot be read has no file.
  await walk.typeQuery("lastNme = a");
  await walk.page.locator("[data-stale]").first().waitFor();
  assert.ok(await walk.find("button", "Export").isDisabled());
});

flow("by keyboard alone, and as chosen the last time", async (walk) => {
  await walk.open("/groups/Manufacturing");
  await walk.hasFewerRows(1_200, /^Members of/);
  const shown = await walk.rowCount(/^Members of/);
  await walk.press("e");
  await dialog(walk);
  // Enter writes at once; the choices stand before it.
  await walk.press("Shift+Tab", "Shift+Tab", "Shift+Tab");
  await walk.page.waitForFunction(() => document.activeElement.textContent.trim() === "CSV");
  await walk.press("ArrowRight");
  await walk.page.waitForFunction(() => document.activeElement.textContent.trim() === "JSON");
  const json = await taken(walk, () => walk.press("Tab", "Enter"));
  assert.equal(json.name, "members.json");
  await walk.says(`Exported ${shown.toLocaleString("en")} members to members.json.`);
  const file = JSON.parse(json.text);
  assert.equal(file.source, "Sample directory");
  assert.equal(file.address, "/groups/Manufacturing");
  assert.ok(Math.abs(Date.parse(file.exportedAt) - Date.now()) < 600_000);
  assert.equal(file.rows.length, shown);
  for (const { source, path, ways } of file.rows) {
    assert.match(source, /^(direct|inherited|both)$/);
    assert.ok(path.length > (source === "direct" ? 0 : 1) && ways > 0);
  }
  // The focus is where it came from, and the choice is remembered.
  await walk.page.waitForFunction(() => !document.querySelector("dialog[open]"));
  await walk.page.reload();
  await walk.isReady();
  await walk.press("e");
  const choices = await dialog(walk);
  assert.equal(await choices.getByRole("radio", { name: "JSON" }).getAttribute("aria-checked"), "true");
  await walk.press("Escape");
  await walk.page.waitForFunction(() => !document.querySelector("dialog[open]"));
});

flow("a hierarchy leaves for Graphviz, cycles too", async (walk) => {
  await walk.open("/hierarchy");
  await walk.click("button", "Export");
  const choices = await dialog(walk);
  await choices.getByRole("radio", { name: "All groups" }).click();
  await choices.getByRole("radio", { name: "DOT" }).click();
  await walk.shot("export-dot");
  const dot = await taken(walk, () => choices.getByRole("button", { name: "Export" }).click());
  assert.equal(dot.name, "groups.gv");
  assert.ok(dot.text.startsWith("// source: Sample directory\n"));
  const nodes = dot.text.match(/^\t".*" \[label=".*"\];$/gm);
  const edges = dot.text.match(/^\t".*" -> ".*"( \[style=dotted\])?;$/gm);
  await walk.says(`Exported ${nodes.length.toLocaleString("en")} groups to groups.gv.`);
  assert.ok(edges.length > nodes.length / 2 && edges.some((edge) => edge.includes("dotted")));
});

flow("groups of a user, a check, a comparison, staged changes and managers leave too", async (walk) => {
  const leaves = async (path, name, says) => {
    await walk.open(path);
    await walk.page.waitForFunction(() => {
      const buttons = [...document.querySelectorAll("main button")];
      return buttons.some((it) => it.textContent.trim() === "Export" && !it.disabled);
    });
    await walk.click("button", "Export");
    const choices = await dialog(walk);
    const file = await taken(walk, () => choices.getByRole("button", { name: "Export" }).click());
    assert.equal(file.name, name);
    await walk.says(says);
    return lines(file);
  };
  const groups = await leaves("/users/tdurden", "groups.csv", /^Exported \d+ groups? to groups\.csv\.$/);
  assert.ok(groups[0].includes("name,description,members,source,path,"));
  const pairs = await leaves("/check?user=tdurden&groups=Finance,Manufacturing,Project%20Mayhem", "check.csv", "Exported 3 pairs to check.csv.");
  assert.equal(pairs.length, 4);
  const both = await leaves("/compare?of=groups&a=Manufacturing&b=Finance", "comparison.csv", /^Exported [\d,]+ users? to comparison\.csv\.$/);
  assert.ok(both.slice(1).every((line) => /^(only a|both|only b),/.test(line)));
  const effects = await leaves("/what-if?do=add:tdurden:Finance", "what-if.csv", /^Exported \d+ effects? to what-if\.csv\.$/);
  assert.ok(effects.length > 1 && effects.slice(1).every((line) => /^gained,[^,]+,tdurden,/.test(line)));
  const managers = await leaves("/managers", "managers.csv", /^Exported \d+ managers to managers\.csv\.$/);
  assert.ok(managers[0].startsWith("\ufeffid,username,email,name,status,manages,alone,groups,"));
});

flow("a file that is being written can be stopped", async (walk) => {
  await walk.open("/users?dir=sample-20000");
  await walk.hasRows(20_000);
  // What is asked of the worker is held back, so that the file is still being written when it is stopped.
  await walk.page.evaluate(() => {
    const { postMessage } = Worker.prototype;
    globalThis.held = [];
    globalThis.letGo = () => {
      Worker.prototype.postMessage = postMessage;
      globalThis.held.splice(0).forEach((post) => post());
    };
    Worker.prototype.postMessage = function (...message) {
      globalThis.held.push(() => postMessage.apply(this, message));
    };
  });
  let downloads = 0;
  walk.page.on("download", () => (downloads += 1));
  await walk.click("button", "Export");
  await (await dialog(walk)).getByRole("button", { name: "Export" }).click();
  await walk.page.getByRole("progressbar", { name: "Written" }).waitFor();
  await walk.click("button", "Stop");
  await walk.page.waitForFunction(() => !document.querySelector("dialog[open]"));
  await walk.page.evaluate(() => globalThis.letGo());
  // What came of it is dropped: the next file is whole, and the only one.
  await walk.click("button", "Export");
  const choices = await dialog(walk);
  const csv = await taken(walk, () => choices.getByRole("button", { name: "Export" }).click());
  await walk.says("Exported 20,000 users to users.csv.");
  assert.equal(lines(csv).length, 20_001);
  assert.equal(new Set(lines(csv).map((line) => line.split(",")[0])).size, 20_001);
  assert.equal(downloads, 1);
});
