// The frame around every screen: it is there at once, names its places, and has no barrier.

import assert from "node:assert/strict";
import { flow } from "./walk.js";

flow("the frame is painted before the WebAssembly arrives", async (walk) => {
  await walk.page.route("**/*.wasm", () => {});
  await walk.page.goto("/", { waitUntil: "commit" });
  await walk.page.getByText("Rollcall").first().waitFor();
  await walk.page.screenshot({ path: `${process.env.SHOTS}/shell-before-wasm.png` });
});

flow("the console opens, names its places and has no barrier", async (walk) => {
  await walk.open("/");
  assert.match(await walk.page.title(), /Rollcall/);
  const places = walk.find("navigation", "Screens").first();
  for (const name of ["Overview", "Groups", "Users", "Check", "Findings", "Connections"]) {
    await places.getByRole("link", { name }).first().waitFor();
  }
  await walk.axe();
  await walk.shot("shell");
});

flow("keys lead everywhere, and single letters can be switched off", async (walk) => {
  await walk.open("/groups");
  const focus = () => walk.page.evaluate(() => document.activeElement.closest(".sidebar, .pane")?.ariaLabel);
  const order = [];
  for (let pane = 0; pane < 3; pane += 1) {
    await walk.press("F6");
    order.push(await focus());
  }
  assert.deepEqual(order.toSorted(), ["Group", "Groups", "Rollcall"]);
  await walk.press("Shift+F6");
  assert.equal(await focus(), order[1]);
  await walk.page.locator("#main").focus();

  const edge = walk.find("separator", "Resize panes");
  await walk.press("]");
  const wide = Number(await edge.getAttribute("aria-valuenow"));
  await walk.press("[");
  assert.ok(Number(await edge.getAttribute("aria-valuenow")) < wide);

  await walk.press("f");
  assert.equal(await walk.page.evaluate(() => document.activeElement.id), "filter");
  await walk.press("g", "u");
  assert.equal(await walk.find("combobox", /^Filter/).inputValue(), "gu");
  await walk.open("/groups");
  await walk.press("g", "u");
  await walk.page.waitForURL(/\/users$/);
  await walk.isReady();
  await walk.press("/");
  assert.equal(await walk.page.evaluate(() => document.activeElement.ariaLabel), "Find a user");
  await walk.press("Escape");
  await walk.press("g", "g");
  await walk.page.waitForURL(/\/groups$/);
  await walk.isReady();
  await walk.press("c");
  await walk.page.waitForURL(/\/check\?groups=/);
  await walk.press("g", "f");
  await walk.page.waitForURL(/\/findings$/);
  await walk.press("g", "o");
  await walk.page.waitForURL((url) => url.pathname === "/");
  await walk.press("g", "c");
  await walk.page.waitForURL(/\/check$/);

  await walk.press("?");
  const dialog = walk.find("dialog", "Keyboard shortcuts");
  await dialog.waitFor();
  await walk.axe();
  await walk.shot("shortcuts");
  await dialog.getByRole("switch", { name: "Single letters" }).click();
  await walk.says(/^Switched off/);
  await walk.axe();
  await walk.press("Escape");
  await dialog.waitFor({ state: "hidden" });
  await walk.page.reload();
  await walk.isReady();
  await walk.press("g", "u", "?");
  await walk.press("F6");
  assert.equal(await focus(), "Rollcall");
  assert.match(walk.page.url(), /\/check/);
  assert.equal(await dialog.count(), 0);
  await walk.click("button", "Keyboard shortcuts");
  await dialog.getByRole("switch", { name: "Single letters" }).click();
  await dialog.getByRole("button", { name: "Close" }).click();
  await walk.press("g", "u");
  await walk.page.waitForURL(/\/users$/);
});

flow("contrast and the height of rows are chosen, hold before the first paint, and are kept", async (walk) => {
  await walk.open("/users");
  await walk.hasRows(1_200, "Users that match");
  const height = () => walk.row(1, "Users that match").evaluate((row) => row.getBoundingClientRect().height);
  const before = await height();
  for (const choice of ["More contrast", "Low rows"]) {
    await walk.click("button", "Appearance");
    await walk.find("menuitemradio", choice).click();
  }
  await walk.page.locator(":root[data-contrast=more][data-density=compact]").waitFor();
  assert.ok((await height()) < before);
  await walk.axe();
  await walk.shot("users-contrast");
  await walk.page.reload();
  await walk.page.locator(":root[data-contrast=more][data-density=compact]").waitFor();
  await walk.hasRows(1_200, "Users that match");
  await walk.click("button", "Appearance");
  await walk.find("menuitemradio", "High rows, for fingers").click();
  await walk.page.locator(":root[data-density=touch]").waitFor();
  assert.ok((await height()) > before);
  await walk.axe();
  await walk.shot("users-touch");
  await walk.click("button", "Appearance");
  await walk.find("menuitemradio", "Rows of middle height").click();
  assert.equal(await height(), before);
});

flow("the address follows a key that is held no faster than browsers allow, and Back leads to where it came", async (walk) => {
  await walk.page.addInitScript(() => {
    const replace = History.prototype.replaceState;
    globalThis.written = [];
    History.prototype.replaceState = function (...what) {
      globalThis.written.push(performance.now());
      return replace.apply(this, what);
    };
  });
  await walk.open("/users");
  const text = "noto".repeat(8);
  await walk.find("searchbox", "Find a user").focus();
  await walk.page.keyboard.type(text);
  await walk.find("navigation", "Screens").first().getByRole("link", { name: "Groups" }).click();
  await walk.page.waitForURL(/\/groups/);
  await walk.page.goBack();
  await walk.page.waitForURL((url) => url.searchParams.get("q") === text);
  const box = walk.find("searchbox", "Find a user");
  await walk.page.waitForFunction(([box, text]) => box.value === text, [await box.elementHandle(), text]);

  await box.focus();
  for (let left = text.length; left > 4; left -= 1) await walk.page.keyboard.press("Backspace");
  await walk.page.waitForURL((url) => url.searchParams.get("q") === "noto");
  const written = await walk.page.evaluate(() => globalThis.written);
  // Twenty at once, one after each pause, and one ahead of another entry in the history.
  const most = 21 + (written.at(-1) - written[0]) / 400 + 1;
  assert.ok(written.length > 2 && written.length <= most, `written ${written.length} times, at most ${most}`);
});
