// The palette: every user, every group and every command, a few keys away on every screen.

import assert from "node:assert/strict";
import { flow } from "./walk.js";

const options = (walk) => walk.page.getByRole("option");
const field = (walk) => walk.find("combobox", "Search or run a command");

flow("a few letters find groups, users and commands, by keys alone", async (walk) => {
  await walk.open("/groups");
  await walk.press("Control+k");
  await field(walk).waitFor();
  await options(walk).getByText("Go to Users").waitFor();
  await walk.axe();

  await field(walk).pressSequentially("durden");
  await options(walk).filter({ hasText: "Tyler Durden" }).waitFor();
  await walk.says(/names in .* ms/);
  await walk.axe();
  await walk.shot("palette");
  await walk.press("Enter");
  await walk.page.waitForURL(/\/users\/.+/);
  await walk.find("heading", "Tyler Durden").first().waitFor();

  // What can be done with one of them.
  await walk.press("Control+k");
  await field(walk).pressSequentially("manufacturing");
  await options(walk).filter({ hasText: "Manufacturing" }).first().waitFor();
  await walk.press("Tab");
  await options(walk).getByText("Compare Manufacturing with another group").waitFor();
  await field(walk).pressSequentially("list");
  await walk.press("Enter");
  await walk.page.waitForURL(/\/groups\/.+tab=hierarchy/);

  // Nothing has such a name; Escape closes, and the focus is where it was.
  await walk.press("Control+k");
  await field(walk).pressSequentially("xyzzy");
  await walk.says('No group, user or command has "xyzzy" in its name.');
  await walk.press("Escape");
  await field(walk).waitFor({ state: "detached" });

  await walk.click("button", "Search or run");
  await field(walk).pressSequentially("dark theme");
  // At once: what is on screen answers the letters before.
  await walk.press("Enter");
  await walk.page.locator(":root[data-theme=dark]").waitFor();
  assert.equal(await walk.page.locator("dialog[open]").count(), 0);
});
