// Users: the query bar that answers each key, errors that point, one user, and the address that holds it all.

import assert from "node:assert/strict";
import { flow } from "./walk.js";

const USERS = "Users that match";

flow("the list follows the query key by key, and Back returns to what was", async (walk) => {
  await walk.open("/users");
  const all = await walk.rowCount(USERS);
  assert.equal(all, 1_200);
  const counts = [];
  for (const query of ['firstName ~ "a"', 'firstName ~ "an"', 'firstName ~ "ann"']) {
    await walk.typeQuery(query);
    await walk.page.waitForFunction((query) => new URL(location.href).searchParams.get("zenQL") === query, query);
    await walk.isReady();
    counts.push(await walk.rowCount(USERS));
  }
  assert.ok(all > counts[0] && counts[0] > counts[1] && counts[1] >= counts[2], counts.join(", "));
  for (const row of await walk.rows(USERS)) assert.match(row, /ann/i);
  await walk.press("Escape");
  await walk.axe();
  await walk.shot("users");

  await walk.page.reload();
  await walk.isReady();
  assert.equal(await walk.rowCount(USERS), counts[2]);
  await walk.grid(USERS).getByRole("link").first().click();
  await walk.page.waitForURL(/\/users\/.+/);
  await walk.page.goBack();
  await walk.hasRows(counts[2], USERS);
});

/** From now on no message of the worker is heard, and the next frame is drawn when an answer lies in the memory that is shared. */
const holdMessages = () => {
  let memory;
  const Memory = SharedArrayBuffer;
  globalThis.SharedArrayBuffer = function (bytes) {
    const shared = new Memory(bytes);
    memory = new Int32Array(shared);
    return shared;
  };
  const { set } = Object.getOwnPropertyDescriptor(Worker.prototype, "onmessage");
  Object.defineProperty(Worker.prototype, "onmessage", {
    set(listener) {
      set.call(this, (event) => (globalThis.held ? held.push(() => listener(event)) : listener(event)));
    },
  });
  const draw = globalThis.requestAnimationFrame.bind(globalThis);
  globalThis.requestAnimationFrame = (drawn) =>
    draw(function look(at) {
      if (globalThis.awaited && Atomics.load(memory, 0) === 0) return draw(look);
      globalThis.awaited = false;
      drawn(at);
    });
};

flow("a key's answer is drawn in the frame that finds it in shared memory, before any message is heard", async (walk) => {
  await walk.page.addInitScript(holdMessages);
  await walk.open("/users");
  const find = walk.find("searchbox", "Find a user");
  await find.focus();
  await walk.page.evaluate(() => Object.assign(globalThis, { held: [], awaited: true }));
  await find.press("q");
  await walk.hasFewerRows(1_200, USERS);
  const found = await walk.rowCount(USERS);
  await walk.page.evaluate(() => {
    const messages = globalThis.held;
    globalThis.held = undefined;
    for (const hear of messages) hear();
  });
  // The messages bring nothing that was heard before, and the next answers come as they did.
  await find.press("Backspace");
  await walk.hasRows(1_200, USERS);
  await find.press("q");
  await walk.hasRows(found, USERS);
});

flow("a host that does not isolate the page has the same answers, by messages", async (walk) => {
  await walk.page.route("**/users", async (route) => {
    const response = await route.fetch();
    const { "cross-origin-embedder-policy": _, ...headers } = response.headers();
    await route.fulfill({ response, headers });
  });
  await walk.open("/users");
  assert.equal(await walk.page.evaluate(() => globalThis.crossOriginIsolated), false);
  await walk.find("searchbox", "Find a user").press("q");
  await walk.hasFewerRows(1_200, USERS);
});

flow("a broken query points at its fault and keeps the last good answer", async (walk) => {
  await walk.open("/users");
  await walk.typeQuery("frstName ~ ann");
  await walk.press("Escape");
  await walk.says(/did you mean/);
  assert.equal(await walk.rowCount(USERS), 1_200);
  await walk.axe();
  await walk.shot("users-error");
});

flow("a user has direct and inherited groups, each inherited one with its path", async (walk) => {
  await walk.open("/users");
  await walk.typeQuery("inheritedGroupCount > 1");
  await walk.press("Escape");
  await walk.isReady();
  await walk.grid(USERS).getByRole("link").first().click();
  await walk.page.waitForURL(/\/users\/.+/);
  await walk.isReady();
  await walk.says(/^Inherited/);
  await walk.axe();
  await walk.shot("user");
});

flow("a row is explained with all of its paths", async (walk) => {
  await walk.open("/groups");
  await walk.find("treegrid", "Nested groups").locator('[role="row"][aria-expanded]').first().click();
  await walk.isReady();
  await walk.grid(/^Members of /).locator("button.via").first().click();
  await walk.find("img", /^Path: /).or(walk.page.locator('[aria-label^="Path: "]')).first().waitFor();
  await walk.axe();
  await walk.shot("explained");
});

flow("a million users answer each key, and the last row is one key away", async (walk) => {
  await walk.page.goto("/users?dir=sample-1000000");
  await walk.grid(USERS).and(walk.page.locator('[aria-rowcount="1000001"]')).waitFor({ timeout: 120_000 });
  await walk.isReady();
  const long = await walk.longTasksDuring(async () => {
    await walk.typeQuery('firstName ~ "ann" AND lastName ~ "e"');
    await walk.press("Escape");
    await walk.isReady();
  });
  walk.tells("tasks over 50 ms while typing", long);
  assert.ok((await walk.rowCount(USERS)) < 1_000_000);
  await walk.click("button", "Clear the filter");
  await walk.hasRows(1_000_000, USERS);
  await walk.isReady();
  const scrolling = await walk.longTasksDuring(async () => {
    await walk.grid(USERS).locator('[role="row"][tabindex="0"]').focus();
    await walk.press("Control+End");
    await walk.row(1_000_000, USERS).waitFor();
    await walk.isReady();
  });
  walk.tells("tasks over 50 ms while scrolling", scrolling);
  assert.equal((await walk.row(1_000_000, USERS).innerText()).trim().length > 0, true);
  await walk.shot("users-million");
});

flow("keys that come faster than frames are all taken", async (walk) => {
  await walk.open("/users");
  await walk.hasRows(1_200, USERS);
  await walk.grid(USERS).locator('[role="row"][tabindex="0"]').focus();
  const rows = await walk.page.evaluate(async () => {
    const { port1, port2 } = new MessageChannel();
    const rows = [];
    for (const key of ["End", "PageUp", "Home", "End"]) {
      document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
      // The next task: effects have run, and hardly ever is there a frame in between.
      await new Promise((done) => {
        port1.onmessage = done;
        port2.postMessage(undefined);
      });
      rows.push(document.activeElement.ariaRowIndex);
    }
    port1.close();
    return rows;
  });
  assert.deepEqual([rows[0], rows[2], rows[3]], ["1201", "2", "1201"]);
});
