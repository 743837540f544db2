// Findings: what is wrong with the facts, by kind; the nesting of a loop that takes the least away; a file of it all.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { company, tangled } from "./directory.js";
import { flow } from "./walk.js";

/** Opens a directory file and goes to a screen by the link in the sidebar. */
async function openFile(walk, file, screen, name = "facts.json") {
  await walk.open("/connections/file");
  await walk.drop(name, JSON.stringify(file));
  await walk.page.waitForFunction((name) => document.querySelector(".source-switch")?.textContent.includes(name), name);
  await walk.find("navigation", "Screens").first().getByRole("link", { name: screen }).click();
  await walk.isReady();
}

const lookedAt = (walk) => walk.says(/^Looked at .* for 13 kinds$/);
const kinds = (walk) => walk.find("region", "Findings by kind");
const kind = (walk, name) => kinds(walk).getByRole("link", { name });

/** A loop of three groups: to take Homework out of Mischief costs one membership, any other three. */
function loop() {
  const person = (id, firstName) => ({ id, firstName });
  return {
    format: "rollcall/1",
    users: [person("ada", "=Ada"), person("bo", "Bo"), person("di", "Di")],
    groups: [
      { id: "m", name: "Mayhem", children: ["n"], members: ["ada"] },
      { id: "n", name: "Mischief", children: ["o"], members: ["bo", "di"] },
      { id: "o", name: "Homework", children: ["m"], members: ["di"] },
      { id: "top", name: "Top", children: ["left", "right"] },
      { id: "left", name: "Left", children: ["base"] },
      { id: "right", name: "Right", children: ["base"] },
      { id: "base", name: "Base", members: ["bo"] },
    ],
  };
}

flow("what is wrong is told by kind, and each finding has an address of its own", async (walk) => {
  await walk.open("/groups");
  await walk.find("navigation", "Screens").first().getByRole("link", { name: /^Findings/ }).click();
  await walk.page.waitForURL(/\/findings$/);
  await lookedAt(walk);
  await walk.isReady();
  assert.match(await walk.page.title(), /^Findings/);
  await walk.axe();
  await walk.shot("findings");

  await kind(walk, /^Notice Redundant/).click();
  await walk.page.waitForURL(/\/findings\/redundant$/);
  await walk.isReady();
  const grid = walk.find("grid", "Redundant direct membership");
  const first = grid.getByRole("row").nth(1).getByRole("link").first();
  const says = await first.innerText();
  assert.match(says, / directly, and through nesting as well\.$/);
  await walk.axe();
  await walk.shot("findings-kind");
  await first.click();
  await walk.page.waitForURL(/\/findings\/redundant\?user=.+&groups=.+/);
  await walk.isReady();
  await walk.says(says);
  await walk.find("table", "Affected users").waitFor();
  await walk.find("table", "Affected groups").waitFor();
  await walk.axe();
  await walk.shot("finding");

  // Whoever is sent the link sees the same, and walks on from there.
  await walk.page.reload();
  await walk.isReady();
  await walk.says(says);
  await walk.click("link", "Next");
  await walk.page.getByText(says).waitFor({ state: "detached" });
  await walk.isReady();
  await walk.click("link", "Previous");
  await walk.says(says);
  await walk.page.goBack();
  await walk.page.goBack();
  await walk.says(says);
});

flow("the loop is spelled out, and the nesting that takes the least away is named", async (walk) => {
  await openFile(walk, loop(), /^Findings/);
  await lookedAt(walk);
  // The diamond is accused of nothing.
  assert.equal(await kind(walk, /^Critical Cycle/).locator(".finding-count").innerText(), "1\ncycle");
  await kind(walk, /^Critical Cycle/).click();
  await walk.isReady();
  await walk.click("link", "Mayhem, Mischief and Homework contain each other.");
  await walk.says("Take Homework out of Mischief. 1 user loses 1 membership.");
  await walk.says("3 nestings weighed; this one takes the least away.");
  await walk.find("group", "Homework contains Mayhem, which contains Mischief, which contains Homework again").waitFor();
  const who = walk.page.getByRole("listitem").filter({ hasText: "=Ada" });
  assert.equal((await who.innerText()).replaceAll(/\s+/g, " "), "=Ada loses Mischief");
  await walk.axe();
  await walk.shot("finding-cycle");
  await walk.find("table", "Affected groups").getByRole("link", { name: "Mischief" }).click();
  await walk.page.waitForURL(/\/groups\/n/);
  await walk.page.goBack();
  await walk.click("link", "Try it in What-if");
  await walk.page.waitForURL(/\/what-if\?.*do=.*o.*n/);
});

flow("findings are searched, filtered and walked through by keyboard alone", async (walk) => {
  await openFile(walk, tangled(), /^Findings/);
  await lookedAt(walk);
  await walk.press("/");
  await walk.page.keyboard.type("nobody");
  await walk.page.waitForURL(/q=nobody/);
  await walk.page.waitForFunction(() => document.querySelectorAll(".finding-row").length === 1);
  await kind(walk, /^Warning Names what is not there.*of 3/).waitFor();
  await walk.press("Escape");
  await walk.page.waitForFunction(() => document.querySelectorAll(".finding-row").length > 2);

  await walk.page.getByRole("radio", { name: /^All/ }).focus();
  await walk.press("ArrowRight", "ArrowRight");
  await walk.page.waitForURL(/severity=warning/);
  await walk.page.waitForFunction(() => ![...document.querySelectorAll(".finding-group")].some((it) => it.innerText.includes("Critical")));
  await kinds(walk).getByRole("link").first().focus();
  await walk.press("ArrowDown", "ArrowUp", "Enter");
  await walk.page.waitForURL(/\/findings\/dangling/);
  await walk.hasRows(3, "Names what is not there");
  await walk.page.locator('.findings .grid-row[tabindex="0"]').focus();
  await walk.press("End");
  await walk.page.waitForFunction(() => document.activeElement.ariaRowIndex === "4");
  await walk.press("Enter");
  await walk.page.waitForURL(/fact=\d+/);
  await walk.says("3 of 3");

  await walk.open("/findings?q=xyzzy");
  await walk.says('No finding is about a user, a group or a fact with "xyzzy" in it.');
  await walk.axe();
  await walk.shot("findings-none");
  await walk.page.getByRole("button", { name: "Show all findings" }).first().click();
  await walk.page.waitForURL(/\/findings$/);
});

flow("where nothing is wrong, what was looked for is said", async (walk) => {
  const file = { format: "rollcall/1", users: [{ id: "a" }], groups: [{ id: "g", members: ["a"] }] };
  await openFile(walk, file, /^Findings/);
  await walk.says(/^Looked at 1 group and 1 user for 13 kinds: Cycle in nested groups, /);
  await walk.axe();
  await walk.shot("findings-nothing");
});

flow("findings leave as a file that no spreadsheet runs", async (walk) => {
  await openFile(walk, loop(), /^Findings/);
  await lookedAt(walk);
  const take = async (form) => {
    await walk.click("button", "Export");
    const choices = walk.page.getByRole("dialog", { name: "Export" });
    await choices.getByRole("radio", { name: form }).click();
    const coming = walk.page.waitForEvent("download");
    await choices.getByRole("button", { name: "Export" }).click();
    const download = await coming;
    await walk.says(/^Exported \d+ findings to findings\./);
    return { name: download.suggestedFilename(), text: readFileSync(await download.path(), "utf8") };
  };
  const csv = await take("CSV");
  assert.equal(csv.name, "findings.csv");
  const lines = csv.text.trimEnd().split("\r\n");
  assert.equal(lines[0], "\ufeffkind,severity,finding,users,userIds,groups,groupIds,line,fact");
  const redundant = lines.filter((line) => line.startsWith("redundant,"));
  assert.ok(redundant.length > 0);
  assert.ok(lines.every((line) => !/(^|,|")[=+@-]/.test(line)));
  const json = await take("JSON");
  assert.equal(json.name, "findings.json");
  const { rows } = JSON.parse(json.text);
  assert.equal(rows.length, lines.length - 1);
  assert.deepEqual(rows[0].groups, ["Mayhem", "Mischief", "Homework"]);
  assert.equal(rows[0].kind, "cycle");
});

flow("a hundred thousand findings scroll, and others are answered while they are looked for", async (walk) => {
  const groups = Array.from({ length: 100_000 }, (_, index) => ({ id: `e${index}`, name: `Empty ${index}` }));
  const file = company();
  await openFile(walk, { ...file, groups: [...file.groups, ...groups] }, /^Users/);
  await walk.press("g", "f");
  await walk.press("g", "u");
  await walk.typeQuery('firstName ~ "ada"');
  await walk.press("Escape");
  await walk.hasFewerRows(1_500, "Users that match");
  await walk.page.evaluate(() => document.activeElement.blur());
  await walk.press("g", "f");
  await lookedAt(walk);
  await kind(walk, /^Notice Empty group/).click();
  await walk.page.waitForFunction(() => Number(document.querySelector(".findings")?.ariaRowCount) > 100_000);
  await walk.isReady();
  await walk.page.locator('.findings .grid-row[tabindex="0"]').focus();
  await walk.press("End");
  await walk.page.waitForFunction(() => /Empty 99999/.test(document.activeElement.innerText));
  const tasks = await walk.longTasksDuring(async () => {
    await walk.press("PageUp", "PageUp", "Home");
    await walk.page.waitForFunction(() => document.activeElement.ariaRowIndex === "2");
  });
  walk.tells("tasks over 50 ms while walking through 100,000 findings", tasks);
});
