// Measures the built console in headless Chromium, served by the companion.
//
//     ROLLCALL=… CONSOLE=… CHROMIUM=… NPM=… node browser.js
//
// prints lines `item <tab> at 1,200 users <tab> at 100,000 <tab> at 1,000,000`. `cargo xtask bench --browser` runs it.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { startCompanion } from "../tests/e2e/companion.js";
import { median } from "./figures.js";
import { startSlowLine } from "./slow.js";

const { chromium } = createRequire(new URL("package.json", `file://${process.env.NPM}/`))("playwright-core");
const flags = JSON.parse(readFileSync(new URL("../webdriver.json", import.meta.url), "utf8"))["goog:chromeOptions"].args;

const SIZES = [1_200, 100_000, 1_000_000];
const PATIENCE = 180_000;
/** What Chromium's own tools call fast 4G: bytes a second, and milliseconds until an answer begins. */
const FAST_4G = { throughput: 1_012_500, latency: 165 };
/** How much slower a phone is. */
const PHONE = 4;
/** So many times something is done. */
const TIMES = 12;
const FRAMES = 300;

const USERS = '[role="grid"][aria-label^="Users"]';
const MEMBERS = '[role="grid"][aria-label^="Members"]';
const TREE = '[role="treegrid"]';

const share = (numbers, part) => numbers.toSorted((a, b) => a - b)[Math.min(numbers.length - 1, Math.floor(numbers.length * part))];
const round = (number) => String(Math.round(number));
const told = (numbers) => [0.5, 0.95, 1].map((part) => round(share(numbers, part))).join(" / ");

/** In the page: tasks that block, and when the first rows and what an event asked for were painted. */
function watch() {
  const nextFrame = requestAnimationFrame;
  let isInFrame = false;
  // What a frame's own callbacks change, and all that they resolve, is painted by this frame.
  globalThis.requestAnimationFrame = (draw) =>
    nextFrame((at) => {
      isInFrame = true;
      let resolving = 100;
      const end = () => (resolving-- ? queueMicrotask(end) : (isInFrame = false));
      queueMicrotask(end);
      draw(at);
    });
  const painted = (then) => {
    // A task behind the frame.
    const behind = () => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => then(performance.now());
      port2.postMessage(0);
    };
    if (isInFrame) behind();
    else nextFrame(behind);
  };
  const meter = (globalThis.meter = { tasks: [], rows: undefined, taken: [], began: undefined });
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) meter.tasks.push(duration);
  }).observe({ type: "longtask" });
  const looks = () => {
    const table = document.querySelector(meter.table);
    const rows = table?.querySelectorAll('[role="row"]:has([role="gridcell"], [role="rowheader"])');
    return table && `${table.ariaRowCount} ${rows[0]?.textContent} ${rows[rows.length - 1]?.textContent}`;
  };
  // What an event changed of a table, from its time to the frame that shows it.
  meter.time = (table) => Object.assign(meter, { table, taken: [], began: undefined });
  for (const type of ["keydown", "click"]) {
    addEventListener(type, (event) => Object.assign(meter, { began: meter.table && event.timeStamp, before: looks() }), true);
  }
  new MutationObserver(() => {
    if (meter.rows === undefined && document.querySelector('[role="treegrid"] [role="row"][aria-level]')) {
      meter.rows = 0;
      painted((at) => (meter.rows = at));
    }
    if (meter.began === undefined || looks() === meter.before || document.querySelector('[aria-busy="true"], .skeleton')) return;
    const began = meter.began;
    meter.began = undefined;
    painted((at) => {
      meter.taken.push(at - began);
      console.debug("painted");
    });
  }).observe(document, { childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: ["aria-rowcount", "aria-busy", "class"] });
}

/** In the page: scrolls a table to its end, a step a frame, and tells how long each frame took. */
function scroll([table, frames]) {
  const box = document.querySelector(`${table} .grid-body`);
  const [taken, step] = [[], (box.scrollHeight - box.clientHeight) / frames];
  return new Promise((done) => {
    let last = performance.now();
    requestAnimationFrame(function next(now) {
      taken.push(now - last);
      last = now;
      box.scrollTop += Math.max(step, 1);
      if (taken.length < frames) requestAnimationFrame(next);
      else done(taken.slice(1));
    });
  });
}

/** A console in a browser that has never seen it. */
class Console {
  static async open(browser, address) {
    const context = await browser.newContext({ baseURL: address, viewport: { width: 1440, height: 900 } });
    context.setDefaultTimeout(PATIENCE);
    const page = await context.newPage();
    await page.addInitScript(watch);
    return Object.assign(new Console(), { context, page, cdp: await context.newCDPSession(page) });
  }

  /** Until nothing is being read or still to come. */
  async isReady() {
    await this.page.locator("#shell").waitFor({ state: "detached" });
    await this.page.waitForFunction(() => !document.querySelector('[aria-busy="true"], .skeleton, [role="progressbar"]'));
  }

  /** Goes to a screen, until it stands. */
  async goto(path, table) {
    await this.page.goto(path);
    await this.page.locator(`${table} [role="row"][aria-rowindex="2"]`).waitFor();
    await this.isReady();
  }

  /** How long it takes from each of some deeds until the table shows what they asked for. */
  async time(table, deeds) {
    await this.page.evaluate((table) => meter.time(table), table);
    for (const deed of deeds) {
      await this.isReady();
      // The page says so itself: what is evaluated in it to look for that takes its time from the rows.
      const painted = this.page.waitForEvent("console", (message) => message.text() === "painted");
      await Promise.all([painted, deed()]);
    }
    return this.page.evaluate(() => meter.taken);
  }

  /** Milliseconds from navigation to the first paint, and to the rows of the sample. */
  async firstLoad(slowdown) {
    await this.cdp.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
    await this.page.goto("/groups");
    await this.page.waitForFunction(() => meter.rows > 0);
    return this.page.evaluate(() => [performance.getEntriesByName("first-contentful-paint")[0].startTime, meter.rows]);
  }

  /** The longest task of over 50 ms since this was asked before, or 0. */
  longest() {
    return this.page.evaluate(() => meter.tasks.splice(0).reduce((most, one) => Math.max(most, one), 0));
  }

  close() {
    return this.context.close();
  }
}

/** The first load, each time with nothing in the browser's memory. */
async function firstLoads(browser, address, slowdown) {
  const loads = [];
  for (let time = 0; time < 5; time++) {
    const console_ = await Console.open(browser, address);
    loads.push(await console_.firstLoad(slowdown));
    await console_.close();
  }
  return [0, 1].map((at) => round(median(loads.map((load) => load[at]))));
}

const rows = new Map();
const put = (item, size, value) => rows.set(item, Object.assign(rows.get(item) ?? Array(SIZES.length).fill("–"), { [SIZES.indexOf(size)]: value }));

/** Everything that is done with a directory of so many users. */
async function everything(browser, address, size) {
  const console_ = await Console.open(browser, address);
  const { page, cdp } = console_;
  const began = performance.now();
  await console_.goto(`/users?dir=sample-${size}`, USERS);
  put("the sample is made and on screen, ms", size, round(performance.now() - began));
  const tasks = [await console_.longest()];

  const typed = [];
  await page.getByRole("searchbox", { name: "Find a user" }).focus();
  for (let time = 0; time < TIMES; time++) {
    // None of these letters is in everybody's email, so that each key changes the rows.
    const keys = ["n", "o", "r", ...Array(3).fill("Backspace")];
    typed.push(...(await console_.time(USERS, keys.map((key) => () => page.keyboard.press(key)))));
  }
  put("a key in any of four fields to new rows painted, ms: 50 % / 95 % / longest", size, told(typed));
  tasks.push(await console_.longest());

  const frames = await page.evaluate(scroll, [USERS, FRAMES]);
  put("a frame while scrolling all rows, ms: 50 % / 95 % / longest", size, told(frames));
  put("frames over 25 ms, of 299", size, String(frames.filter((frame) => frame > 25).length));
  tasks.push(await console_.longest());

  await page.evaluate((table) => document.querySelector(`${table} .grid-body`).scrollTo(0, 0), USERS);
  await console_.isReady();
  // By name users are ordered already, and by username and by email alike: so each of these shows other rows than the one before.
  const head = (name) => page.locator(`${USERS} [role="columnheader"]`).getByRole("button", { name, exact: true });
  const sorts = ["Last login", "Username", "Status", "Email", "Name"].map((name) => () => head(name).click());
  const first = await console_.time(USERS, sorts);
  const again = await console_.time(USERS, sorts);
  put("sorting by each column for the first time to rows painted, ms: 50 % / 95 % / longest", size, told(first));
  put("the same once more", size, told(again));
  tasks.push(await console_.longest());

  await console_.goto(`/groups?dir=sample-${size}`, TREE);
  const top = page.locator(`${TREE} [role="row"][aria-expanded="false"]`).first();
  await top.focus();
  const toggles = Array.from({ length: 2 * TIMES }, (_, at) => () => page.keyboard.press(at % 2 === 0 ? "ArrowRight" : "ArrowLeft"));
  put("opening and closing a group of the tree to rows painted, ms: 50 % / 95 % / longest", size, told(await console_.time(TREE, toggles)));

  await page.locator(`${TREE} [role="row"][aria-expanded]`).first().click();
  await page.locator(`${MEMBERS} [role="row"][aria-rowindex="2"]`).waitFor();
  await console_.isReady();
  const scope = (name) => page.getByRole("radiogroup", { name: "Membership" }).getByRole("radio", { name });
  const switches = Array.from({ length: 2 * TIMES }, (_, at) => () => scope(at % 2 === 0 ? /^Direct/ : /^All/).click());
  put("switching between direct and all members to rows painted, ms: 50 % / 95 % / longest", size, told(await console_.time(MEMBERS, switches)));
  tasks.push(await console_.longest());
  put("the longest task on the main thread, ms (0: none over 50)", size, round(Math.max(...tasks)));

  const { usedSize } = await cdp.send("Runtime.getHeapUsage");
  put("memory of the tab's own JavaScript, MB", size, (usedSize / 1e6).toFixed(1));
  const { processInfo } = await (await browser.newBrowserCDPSession()).send("SystemInfo.getProcessInfo");
  const resident = processInfo.filter(({ type }) => type === "renderer").map(({ id }) => residentOf(id));
  put("memory of its process, with console and worker, MB", size, round(Math.max(...resident)));
  await console_.close();
}

/** Megabytes of memory that a process holds, where the system tells. */
function residentOf(id) {
  try {
    const [, kilobytes] = readFileSync(`/proc/${id}/status`, "utf8").match(/VmRSS:\s+(\d+)/);
    return Number(kilobytes) / 1_000;
  } catch {
    return NaN;
  }
}

const companion = await startCompanion();
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM,
  args: flags.filter((flag) => !flag.startsWith("--headless")),
});
try {
  const line = await startSlowLine(companion.address, FAST_4G);
  for (const [slowdown, words] of [[1, "fast 4G"], [PHONE, "fast 4G, a processor four times slower"]]) {
    const [shell, sample] = await firstLoads(browser, line.address, slowdown);
    put(`shell painted, ${words}, ms`, SIZES[0], shell);
    put(`rows of the sample painted, ${words}, ms`, SIZES[0], sample);
  }
  await line.stop();
  for (const size of SIZES) await everything(browser, companion.address, size);
} finally {
  await browser.close();
  await companion.stop();
}
for (const [item, values] of rows) console.log([item, ...values].join("\t"));
