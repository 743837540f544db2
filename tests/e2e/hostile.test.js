// Names that are made to harm: they are text wherever they are shown, keep what they do to the direction of letters to
// themselves, leave the screen as wide as it is, and are told where they deceive.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { flow } from "./walk.js";

const LONG = "L".repeat(100_000);

/** Groups by their ids; ids are as hostile as names. */
const GROUPS = {
  markup: '<img src=x onerror="planted()"><b id="planted">Ops</b>',
  "<script>planted()</script>": "</title></textarea><script>planted()</script>",
  "javascript:planted()": "javascript:planted()",
  override: "Payroll\u202Efdp.exe",
  isolate: "\u2067Left open",
  embedding: "\u202BRight open",
  finance: "Finance",
  spaced: "Fin\u200Bance",
  admin: "Admin",
  cyrillic: "Adm\u0456n",
  "null\u0000byte": "Nul\u0000l",
  long: LONG,
  formula: "=HYPERLINK(1)",
  template: "{{7*7}}${7*7}",
};

const user = (id, name) => ({ id, username: name, email: `${name}@example.com`, firstName: name, lastName: name });

const FILE = {
  format: "rollcall/1",
  users: Object.entries(GROUPS).map(([id, name]) => user(`u-${id}`, name)),
  groups: Object.entries(GROUPS).map(([id, name]) => ({ id, name })),
  memberships: Object.keys(GROUPS).flatMap((id) => [
    { group: id, user: `u-${id}`, isAdmin: true },
    { group: id, user: "u-markup" },
    { group: "markup", user: `u-${id}` },
  ]),
  nestings: Object.keys(GROUPS).slice(1).map((id) => ({ parent: "markup", child: id })),
};

/** Goes to an address within the console as a link does, so that the file stays open. */
async function go(walk, url) {
  await walk.page.evaluate((url) => {
    const link = Object.assign(document.createElement("a"), { href: url });
    const { searchParams } = new URL(link.href);
    const dir = new URLSearchParams(location.search).get("dir");
    link.search = new URLSearchParams([...searchParams, ["dir", dir]]);
    document.body.append(link);
    link.click();
    link.remove();
  }, url);
  await walk.isReady();
}

/** What is wrong with the screen: what a name has become, what it turns round beside itself, and how far it reaches. */
const wrongs = (walk) =>
  walk.page.evaluate(() => {
    const found = [];
    if (document.querySelector("#planted, img, body script, [onerror], [onclick], [href^='javascript:']")) found.push("a name is markup");
    if (globalThis.ran) found.push("a name ran");
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth) found.push(`the page is ${scrollWidth} wide, of ${clientWidth}`);
    // A control counts until the end of its paragraph: of the nearest element that is a block, or isolated.
    const controls = /[\u202A-\u202E\u2066-\u2069]/;
    const texts = document.createTreeWalker(document.querySelector("#main") ?? document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const text = texts.currentNode;
      if (!controls.test(text.data) || !text.parentElement.checkVisibility()) continue;
      let around = text.parentElement;
      const ends = (it) => {
        const { display, unicodeBidi } = getComputedStyle(it);
        return display !== "inline" || /isolate|plaintext/.test(unicodeBidi) || it instanceof SVGElement;
      };
      while (!ends(around)) around = around.parentElement;
      const beside = around.textContent.replace(text.data, "").trim();
      if (beside) found.push(`<${around.localName} class="${around.className}">: ${beside.slice(0, 60)} beside ${JSON.stringify(text.data.slice(0, 40))}`);
    }
    return found;
  });

const SCREENS = [
  "/",
  "/groups",
  "/groups/markup",
  "/groups/override",
  "/groups/override?tab=hierarchy",
  "/groups/override?tab=managers",
  "/groups/override?tab=request",
  "/groups/long",
  "/groups/%3Cscript%3Eplanted()%3C%2Fscript%3E",
  "/groups/null%00byte",
  "/users",
  "/users/u-override",
  "/users/u-long",
  "/users/u-markup",
  "/check?user=u-override&groups=override,isolate,markup",
  "/check?users=u-override,u-markup,u-embedding&groups=override,embedding,markup,long",
  "/compare?a=u-override&b=u-markup",
  "/hierarchy?from=override",
  "/what-if?do=add:u-override:isolate,nest:isolate:embedding",
  "/managers",
  "/findings",
];

flow("names that are made to harm are text, and keep to themselves", async (walk) => {
  await walk.page.addInitScript(() => (globalThis.planted = () => (globalThis.ran = true)));
  await walk.open("/connections/file");
  await walk.drop("\u202Enosj.<img id=planted>.json", JSON.stringify(FILE));
  await walk.says(`${FILE.users.length} users, ${FILE.groups.length} groups`);
  const all = {};
  for (const path of ["", ...SCREENS]) {
    if (path) await go(walk, path);
    const found = await wrongs(walk);
    if (found.length > 0) all[path || "the report"] = [...new Set(found)];
  }
  assert.deepEqual(all, {});
  await go(walk, "/groups/markup");
  const tree = walk.find("treegrid", "Nested groups");
  await tree.getByText(GROUPS.markup, { exact: true }).first().waitFor();
  await tree.getByText(GROUPS["<script>planted()</script>"], { exact: true }).waitFor();
  await walk.axe();
  await walk.shot("hostile");
  await walk.press("Control+k");
  await walk.find("combobox", "Search or run a command").pressSequentially("planted");
  await walk.page.getByRole("option").filter({ hasText: GROUPS.markup }).first().waitFor();
  assert.deepEqual(await wrongs(walk), []);
  await walk.press("Escape");

  // Where names deceive, that is a finding.
  await go(walk, "/findings/lookalike");
  const told = walk.page.locator("main");
  for (const name of ["spaced", "finance", "admin", "cyrillic"]) await told.getByText(GROUPS[name]).first().waitFor();
  await go(walk, "/users");
  await walk.click("button", "Export");
  const coming = walk.page.waitForEvent("download");
  await walk.find("dialog", "Export").getByRole("button", { name: "Export" }).click();
  const csv = readFileSync(await (await coming).path(), "utf8");
  assert.doesNotMatch(csv, /(^|[,;\n]")=HYPERLINK/m);
});
