// Shortcuts: each can be given another key, by the keyboard alone, and every hint follows.

import assert from "node:assert/strict";
import { flow } from "./walk.js";

const kept = (walk) => walk.page.evaluate(() => localStorage.getItem("rollcall.keys"));
const focused = (walk) => walk.page.evaluate(() => document.activeElement.getAttribute("aria-label") ?? document.activeElement.id);
const dialog = (walk) => walk.find("dialog", "Keyboard shortcuts");
const says = (walk, text) => dialog(walk).getByRole("status").getByText(text).waitFor();

/** Opens the dialog by its key and asks for the key of something, by Tab and Enter. */
async function asks(walk, deed) {
  await walk.press("?");
  await dialog(walk).waitFor();
  await tabTo(walk, new RegExp(`the key of ${deed}$`));
  await walk.press("Enter");
  await says(walk, /^Press the key for/);
}

/** Presses Tab until the focus is on what bears this name. */
async function tabTo(walk, name) {
  for (let step = 0; step < 60; step += 1) {
    if (name.test(await focused(walk))) return;
    await walk.press("Tab");
  }
  assert.fail(`Tab does not lead to ${name}`);
}

async function closes(walk) {
  await walk.press("Escape");
  await dialog(walk).waitFor({ state: "hidden" });
  // A browser tells that a dialog was closed once it is gone; keys are the screen's again when what it held is gone as well.
  await walk.page.locator("dialog.shortcuts > *").first().waitFor({ state: "detached" });
}

flow("a shortcut is given another key, a clash is told, and every hint follows", async (walk) => {
  await walk.open("/groups/Manufacturing");
  const filter = walk.find("combobox", /^Filter/);
  await asks(walk, "Go to the filter");
  await walk.axe();
  await walk.shot("shortcuts-asking");
  await walk.press("v");
  await says(walk, "V is Verify with server. Press another key, or Enter to let them change keys.");
  await walk.axe();
  await walk.shot("shortcuts-clash");
  await walk.press("Control+c");
  await says(walk, "Ctrl C edits text. Press another key.");
  await walk.press("Escape");
  await dialog(walk).getByRole("button", { name: "F, the key of Go to the filter" }).waitFor();
  assert.equal(await kept(walk), null);
  await walk.press("Enter", "x");
  await says(walk, "Go to the filter: X.");
  await closes(walk);
  assert.equal(await filter.getAttribute("aria-keyshortcuts"), "X");
  await walk.press("f");
  assert.notEqual(await focused(walk), "Filter users");
  await walk.press("x");
  assert.equal(await focused(walk), "Filter users");
  await walk.press("Escape");
  await walk.page.locator("#main").focus();

  // Export and Compare change their keys: so do the button and the item of a menu, which is pressed while it is closed.
  await asks(walk, "Export all that is listed");
  await walk.press("p");
  await says(walk, /^P is Compare it with another\./);
  await walk.press("Enter");
  await says(walk, "Export all that is listed and Compare it with another changed their keys.");
  await closes(walk);
  assert.equal(await walk.page.getByRole("button", { name: "Export", exact: true }).getAttribute("aria-keyshortcuts"), "P");
  const item = walk.page.locator("[role=menuitem][aria-keyshortcuts=E]");
  assert.match(await item.textContent(), /^Compare.*E\s*$/);
  await walk.press("p");
  await walk.find("dialog", "Export").waitFor();
  await walk.press("Escape");
  await walk.find("dialog", "Export").waitFor({ state: "hidden" });
  await walk.press("e");
  await walk.page.waitForURL(/\/compare/);
  await walk.isReady();
});

flow("the palette and its hints follow, nothing is lost by a reload, and all can be as usual again", async (walk) => {
  await walk.open("/users");
  const palette = walk.find("dialog", "Search or run a command");
  const jump = walk.page.locator(".jump");
  assert.equal(await jump.getAttribute("aria-keyshortcuts"), "Meta+K Control+K");
  await asks(walk, "Search or run a command");
  await walk.press("Alt+p");
  await says(walk, "Search or run a command: Alt P.");
  await closes(walk);
  await asks(walk, "Go to a screen");
  await walk.press("j");
  await says(walk, "Go to a screen: J.");
  await closes(walk);
  assert.equal((await jump.locator("kbd").allTextContents()).join(" "), "Alt P");
  await walk.page.reload();
  await walk.isReady();
  await walk.press("Control+k");
  assert.equal(await palette.isVisible(), false);
  await walk.press("Alt+p");
  await palette.waitFor();
  const groups = palette.getByRole("option").filter({ hasText: "Go to Groups" });
  await groups.locator("kbd").first().waitFor();
  assert.equal((await groups.locator("kbd").allTextContents()).join(" "), "J G");
  await walk.axe();
  await walk.press("Escape");
  await palette.waitFor({ state: "hidden" });
  await walk.press("j", "g");
  await walk.page.waitForURL(/\/groups/);
  await walk.isReady();
  assert.equal(await kept(walk), "Control+K\tAlt+P\nG\tJ\n");

  // Without single letters the others stay, also in fields.
  await walk.press("?");
  await tabTo(walk, /^Single letters$/);
  await walk.press("Space");
  await closes(walk);
  await walk.press("j", "u");
  await walk.press("Alt+p");
  await palette.waitFor();
  assert.match(walk.page.url(), /\/groups/);
  await walk.press("Escape");
  await palette.waitFor({ state: "hidden" });

  await walk.click("button", "Keyboard shortcuts");
  await tabTo(walk, /^Single letters$/);
  await walk.press("Space");
  await dialog(walk).getByRole("button", { name: "Reset 2 changed" }).focus();
  await walk.press("Enter");
  await says(walk, "All keys are as usual.");
  assert.equal(await kept(walk), null);
  await closes(walk);
  await walk.press("Control+k");
  await palette.waitFor();
});
