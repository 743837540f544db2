// Connections: the sample at the size one chooses, files that open as far as they make sense, and a worker that dies.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { broken, tangled } from "./directory.js";
import { flow } from "./walk.js";

flow("the sample is made at the size one chooses", async (walk) => {
  await walk.open("/connections");
  await walk.axe();
  await walk.shot("connections");
  await walk.page.getByRole("radio", { name: /^10,000 users/ }).check();
  await walk.says(/^10,000 users, /);
  assert.match(walk.page.url(), /dir=sample-10000/);
});

flow("a file with everything wrong in it opens, and each fault is reported", async (walk) => {
  await walk.open("/connections/file");
  await walk.axe();
  await walk.shot("open-file");
  await walk.drop("tangled.json", JSON.stringify(tangled(), null, 2));
  await walk.says("3 users, 6 groups, 2 memberships.");
  // A user told twice, a membership twice, two of nobody and nowhere, a group in itself, a nesting twice, one of nothing.
  await walk.says("7 facts could not be used");
  assert.equal(await walk.find("grid", "Facts that could not be used").locator('[role="row"]:has([role="gridcell"])').count(), 7);
  await walk.axe();
  await walk.shot("file-report");
  await walk.click("link", /^Groups/);
  await walk.isReady();
  await walk.find("treegrid", "Nested groups").getByText("Loop one").first().waitFor();
});

flow("a broken file is refused with its place, and what was open stays open", async (walk) => {
  const { text, line, column } = broken();
  await walk.open("/connections/file");
  // What is open is the sample, once it is read.
  await walk.says("1,200 users");
  await walk.drop("broken.json", text);
  await walk.says(`Line ${line}, column ${column}`);
  await walk.axe();
  await walk.shot("file-refused");
  const read = walk.page.evaluate(() => new Promise((done) => {
    const notice = document.querySelector('.notice[data-tone="danger"]');
    new MutationObserver(() => notice.isConnected || done()).observe(document.body, { childList: true, subtree: true });
  }));
  await walk.click("button", "Read the file again");
  await read;
  await walk.says(`Line ${line}, column ${column}`);
  await walk.click("link", /^Users/);
  await walk.hasRows(1_200, "Users that match");
});

flow("the example is saved, and what was copied of it is opened without a file", async (walk) => {
  await walk.open("/connections/file");
  const coming = walk.page.waitForEvent("download");
  await walk.click("button", "Example file");
  const example = await readFile(await (await coming).path(), "utf8");
  await walk.page.evaluate((text) => navigator.clipboard.writeText(text), example);
  await walk.click("button", "Paste JSON");
  await walk.says("The browser does not hand over what was copied.");
  await walk.page.context().grantPermissions(["clipboard-read"]);
  await walk.click("button", "Paste JSON");
  await walk.says("5 users, 5 groups, 6 memberships.");
});

flow("a worker that dies is started again, and the person is told", async (walk) => {
  await walk.open("/users");
  await walk.killWorker();
  await walk.typeQuery('firstName ~ "ann"');
  await walk.press("Escape");
  await walk.says("The engine stopped and was started again.");
  await walk.isReady();
  await walk.page.waitForFunction(() => Number(document.querySelector('[role="grid"]')?.ariaRowCount) < 1_201);
  for (const row of await walk.rows("Users that match")) assert.match(row, /ann/i);
  await walk.shot("worker-restarted");
});
