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
  for (const name of ["Groups", "Users", "Check", "Connections"]) {
    await places.getByRole("link", { name }).first().waitFor();
  }
  await walk.axe();
  await walk.shot("shell");
});
