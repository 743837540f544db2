// Parts of the console that are fetched after the first screen: before one needs them, when one does, and when they
// do not arrive.

import assert from "node:assert/strict";
import { flow } from "./walk.js";

const CHUNK = /\/console-[0-9a-f]+_users\.wasm$/;

const users = (walk) => walk.find("navigation", "Screens").first().getByRole("link", { name: "Users" });
const focused = (walk) => walk.page.evaluate(() => document.activeElement.id);

flow("what other screens need is fetched once the first one is there", async (walk) => {
  const fetched = walk.page.waitForResponse(CHUNK);
  await walk.open("/groups");
  assert.ok((await fetched).ok());
  await users(walk).click();
  await walk.hasRows(1_200, "Users that match");
  assert.equal(await focused(walk), "main");
});

flow(
  "a part that does not arrive says so, and comes when it is tried again",
  async (walk) => {
    await walk.page.route(CHUNK, (route) => route.abort());
    await walk.open("/groups");
    await users(walk).click();
    await walk.says("This part of the console did not arrive.");
    assert.equal(await focused(walk), "main");
    await walk.axe();
    await walk.shot("part-missing");
    await walk.click("button", "Try again");
    await walk.says("This part of the console did not arrive.");
    await walk.page.unroute(CHUNK);
    await walk.click("button", "Try again");
    await walk.hasRows(1_200, "Users that match");
    assert.equal(await focused(walk), "main");
  },
  { allows: /Failed to load resource|Failed to fetch/ },
);

flow("a part that is slow leaves one free to go elsewhere", async (walk) => {
  let arrive;
  const arrival = new Promise((done) => (arrive = done));
  await walk.page.route(CHUNK, async (route) => {
    await arrival;
    await route.continue();
  });
  await walk.open("/groups");
  await users(walk).click();
  await walk.find("status").filter({ hasText: "Loading this part of the console." }).waitFor();
  await walk.page.goBack();
  await walk.find("treegrid", "Groups").waitFor();
  arrive();
  await walk.page.waitForResponse(CHUNK);
  await walk.find("treegrid", "Groups").waitFor();
  await users(walk).click();
  await walk.hasRows(1_200, "Users that match");
});

flow(
  "an answer whose code does not arrive says so, and comes after reading again",
  async (walk) => {
    const lists = /\/worker-[0-9a-f]+_lists\.wasm$/;
    await walk.page.route(lists, (route) => route.abort());
    await walk.open("/users");
    await walk.hasRows(1_200, "Users that match");
    await walk.typeQuery("status = suspended");
    await walk.says("A part of the engine did not arrive.");
    await walk.page.unroute(lists);
    await walk.click("button", "Read the source again");
    await walk.page.getByText("A part of the engine did not arrive.").waitFor({ state: "detached" });
    await walk.hasFewerRows(1_200, "Users that match");
  },
  { allows: /Failed to load resource|Failed to fetch/ },
);
