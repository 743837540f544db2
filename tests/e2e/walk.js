// What a person does in the console, as verbs. A flow is a test that walks through the console in a browser of its own
// profile; whatever it does, an error on the browser's console or in the page fails it.

import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, test } from "node:test";
import { startCompanion } from "./companion.js";
import { LIMIT, within } from "./limit.js";

const root = new URL("../../", import.meta.url);
const require = createRequire(new URL("package.json", `file://${process.env.NPM}/`));
const { chromium } = require("playwright-core");
const axeSource = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const browserFlags = JSON.parse(readFileSync(new URL("webdriver.json", root), "utf8"))["goog:chromeOptions"].args;

export const WIDE = { width: 1440, height: 900 };
export const NARROW = { width: 390, height: 844 };
const SCHEMES = ["light", "dark"];
const STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

// Both are started by the first flow of a file and shared by all of them.
let companion;
let browser;

after(async () => {
  await browser?.close();
  await companion?.stop();
});

/**
 * A test that walks through the console.
 * `allows` is a pattern of errors that the flow causes on purpose.
 */
export function flow(name, body, { allows } = {}) {
  test(name, { timeout: 180_000 }, async () => {
    companion ??= await startCompanion();
    browser ??= await chromium.launch({
      executablePath: process.env.CHROMIUM,
      args: browserFlags.filter((flag) => !flag.startsWith("--headless")),
    });
    const context = await browser.newContext({ baseURL: companion.address, viewport: WIDE, colorScheme: "light" });
    context.setDefaultTimeout(LIMIT);
    const walk = new Walk(await context.newPage(), companion);
    try {
      await walk.watchFrames();
      await body(walk);
      walk.hasNoErrors(allows);
    } catch (error) {
      // The first cause is more useful than what followed from it.
      if (walk.errors.length > 0) error.message += `\nOn the browser's console:\n  ${walk.errors.join("\n  ")}`;
      await walk.page.screenshot({ path: shotPath(`failed-${name.replaceAll(/\W+/g, "-")}`) }).catch(() => {});
      throw error;
    } finally {
      await context.close();
    }
  });
}

const shotPath = (name) => {
  mkdirSync(process.env.SHOTS, { recursive: true });
  return join(process.env.SHOTS, `${name}.png`);
};

/** One person in front of one console. */
class Walk {
  errors = [];

  constructor(page, companion) {
    this.page = page;
    this.companion = companion;
    // The library sets no limit to these.
    for (const name of ["evaluate", "emulateMedia", "setViewportSize"]) {
      const unlimited = page[name].bind(page);
      page[name] = (...words) => within(name, unlimited(...words));
    }
    page.on("console", (message) => {
      if (message.type() === "error") this.errors.push(message.text());
    });
    page.on("pageerror", (error) => this.errors.push(String(error)));
    page.on("crash", () => this.errors.push("the page crashed"));
  }

  /** Opens an address of the console and waits until its directory is there. */
  async open(path) {
    await this.page.goto(path);
    await this.isReady();
  }

  /** Turns to another address of the console that is open, as the browser's Back does. */
  async turnTo(path) {
    await this.page.evaluate((path) => {
      history.pushState(null, "", path);
      dispatchEvent(new PopStateEvent("popstate"));
    }, path);
    await this.isReady();
  }

  /** Goes to an address within the console as its own links do: without loading the page, which would forget who is signed in. */
  async follow(url) {
    await this.page.evaluate((url) => {
      const link = Object.assign(document.createElement("a"), { href: url });
      document.body.append(link);
      link.click();
      link.remove();
    }, url);
  }

  /** Waits until the console has taken the place of the shell, and nothing is being read or is still to come. */
  async isReady() {
    await this.page.locator("#shell").waitFor({ state: "detached" });
    await this.page.waitForFunction(() => !document.querySelector('[aria-busy="true"], .skeleton, [role="progressbar"]'));
  }

  /** Waits until some words stand on the screen. */
  async says(text) {
    await this.page.getByText(text).filter({ visible: true }).first().waitFor();
  }

  /** An element by its role and accessible name. */
  find(role, name) {
    return this.page.getByRole(role, name === undefined ? {} : { name });
  }

  async click(role, name) {
    await this.find(role, name).click();
  }

  /** Presses keys one after the other: `press("G", "U")`, `press("Control+End")`. */
  async press(...keys) {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  /** Types into the query bar, key by key, in place of what it holds. */
  async typeQuery(text) {
    const bar = this.find("combobox", /^Filter/).or(this.find("textbox", /^Filter/)).first();
    await bar.click();
    await this.press("Control+A", "Delete");
    await bar.pressSequentially(text);
  }

  /** The first table of users on the screen, or the table of that name. */
  grid(name = /^(Users|Members)/) {
    return this.find("grid", name).or(this.find("treegrid", name)).first();
  }

  /** What the rows say that are drawn in a table, top to bottom. */
  async rows(name) {
    const rows = this.grid(name).locator('[role="rowgroup"] [role="row"]');
    return (await rows.allInnerTexts()).map((text) => text.replaceAll(/\s+/g, " ").trim());
  }

  /** The nth row of a table, counted from 1 without its head. */
  row(n, name) {
    return this.grid(name).locator(`[role="row"][aria-rowindex="${n + 1}"]`);
  }

  /** How many rows a table says it has, without its head. */
  async rowCount(name) {
    return Number(await this.grid(name).getAttribute("aria-rowcount")) - 1;
  }

  /** Waits until a table says that it has so many rows. */
  async hasRows(count, name) {
    await this.page.waitForFunction(
      ([table, count]) => table.isConnected && Number(table.getAttribute("aria-rowcount")) - 1 === count,
      [await this.grid(name).elementHandle(), count],
    );
  }

  /** Waits until a table says that it has fewer rows than so many, and some. */
  async hasFewerRows(count, name) {
    await this.page.waitForFunction(
      ([table, count]) => {
        const rows = Number(table.getAttribute("aria-rowcount")) - 1;
        return table.isConnected && 0 < rows && rows < count;
      },
      [await this.grid(name).elementHandle(), count],
    );
  }

  /** Drops a file on the page, as from the desktop. */
  async drop(name, text, on = this.page.locator("body")) {
    const files = await this.page.evaluateHandle(
      ([name, text]) => {
        const transfer = new DataTransfer();
        transfer.items.add(new File([text], name, { type: "application/json" }));
        return transfer;
      },
      [name, text],
    );
    for (const type of ["dragenter", "dragover", "drop"]) {
      await on.dispatchEvent(type, { dataTransfer: files });
    }
  }

  /** Ends the worker that holds the directory without a word, as the browser does when memory runs out. */
  async killWorker() {
    const [worker] = this.page.workers();
    await worker.evaluate(() => globalThis.close());
  }

  /** Brings colours to the theme that was chosen last. They are not waited for: a browser that draws no frame moves none. */
  async settles() {
    await this.page.evaluate(() => {
      for (const it of document.getAnimations()) if (it instanceof CSSTransition) it.finish();
    });
  }

  /** Takes the screen in light, in dark and 390 px wide. */
  async shot(name) {
    for (const scheme of SCHEMES) {
      await this.page.emulateMedia({ colorScheme: scheme });
      await this.settles();
      await this.page.screenshot({ path: shotPath(`${name}-${scheme}`) });
      await this.page.setViewportSize(NARROW);
      await this.settles();
      await this.page.screenshot({ path: shotPath(`${name}-${scheme}-narrow`) });
      await this.page.setViewportSize(WIDE);
    }
    await this.page.emulateMedia({ colorScheme: "light" });
  }

  /** Takes the screen as it is. */
  async picture(name) {
    await this.settles();
    await this.page.screenshot({ path: shotPath(name) });
  }

  /** Asserts that the screen has no barrier that axe knows of, in light and in dark. */
  async axe() {
    for (const scheme of SCHEMES) {
      await this.page.emulateMedia({ colorScheme: scheme });
      const told = await this.barriers();
      assert.equal(told.length, 0, `axe found, in ${scheme}:\n  ${told.join("\n  ")}`);
    }
    await this.page.emulateMedia({ colorScheme: "light" });
  }

  /**
   * What axe finds on the screen as it is: by all that the standards ask for, or by one of axe's rules, for which the first
   * rows of a list stand for all.
   */
  async barriers(rule) {
    await this.settles();
    // Evaluated rather than added as a script, for the policy forbids added scripts.
    if (!(await this.page.evaluate(() => "axe" in globalThis))) await this.page.evaluate(axeSource);
    const { violations } = await this.page.evaluate(
      ([runOnly, exclude]) => globalThis.axe.run({ include: document, exclude }, { runOnly, resultTypes: ["violations"] }),
      rule ? [[rule], [".window-rows > :nth-child(n + 7)"]] : [STANDARDS, []],
    );
    return violations.flatMap(({ id, help, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${help}\n    ${target.join(" ")}\n    ${failureSummary}`),
    );
  }

  /** Starts noting the tasks that block the main thread. */
  async watchFrames() {
    await this.page.addInitScript(() => {
      globalThis.longTasks = [];
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) globalThis.longTasks.push(entry.duration);
      }).observe({ type: "longtask" });
    });
  }

  /** Tells durations in milliseconds. They are for people: a busy machine fails no test. */
  tells(what, durations) {
    console.log(`${what}: ${durations.map(Math.round).join(", ") || "none"}`);
  }

  /** The tasks over 50 ms that blocked the main thread while `work` was done, in milliseconds. */
  async longTasksDuring(work) {
    const taken = () => this.page.evaluate(() => globalThis.longTasks.splice(0));
    await taken();
    await work();
    // Entries are delivered a moment after their task.
    await this.page.waitForTimeout(100);
    return taken();
  }

  hasNoErrors(allows) {
    const unexpected = this.errors.filter((error) => !allows?.test(error));
    assert.deepEqual(unexpected, [], "the browser's console has errors");
  }
}
