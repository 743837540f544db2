// The web package in a real browser: the README's examples as they stand, and what holds before `init`.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { after, before, test } from "node:test";
import { WEB, installed, setting } from "./packages.js";
import { examples } from "./readme.js";

const { chromium } = installed("playwright-core");
const flags = JSON.parse(readFileSync(new URL("../../webdriver.json", import.meta.url), "utf8"))["goog:chromeOptions"].args;
const TYPES = { ".js": "text/javascript", ".json": "application/json", ".wasm": "application/wasm" };
const MAP = JSON.stringify({ imports: { rollcall: "/package/index.js", "rollcall/": "/package/" } });

const all = examples(WEB);
assert.equal(all.length, 3);

let server;
let browser;
let script = "";

before(async () => {
  server = createServer((request, response) => {
    if (request.url === "/") {
      response.setHeader("Content-Type", "text/html; charset=utf-8");
      return response.end(`<!doctype html><script type="importmap">${MAP}</script><script type="module">${script}</script>`);
    }
    const name = request.url.replace("/package/", "");
    if (!/^[\w.]+$/.test(name)) return response.writeHead(404).end();
    response.setHeader("Content-Type", TYPES[extname(name)]);
    response.end(readFileSync(join(WEB, name)));
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  browser = await chromium.launch({
    executablePath: setting("CHROMIUM"),
    args: flags.filter((flag) => !flag.startsWith("--headless")),
  });
});

after(async () => {
  await browser?.close();
  server?.close();
});

/** Runs a module in a page of its own and answers with what it prints. */
async function prints(code) {
  script = `${code}\nconsole.log("the end");`;
  const page = await browser.newPage();
  const lines = [];
  const ended = new Promise((resolve, reject) => {
    page.on("pageerror", reject);
    page.on("console", (message) => {
      // The browser's own complaints, as about an icon that is not there, are not the module's.
      if (message.type() !== "log") return;
      if (message.text() === "the end") resolve();
      else lines.push(`${message.text()}\n`);
    });
  });
  await Promise.all([page.goto(`http://127.0.0.1:${server.address().port}/`), ended]);
  await page.close();
  return lines.join("");
}

for (const { title, code, prints: expected } of all) {
  test(`${title}: the example runs`, { timeout: 60_000 }, async () => {
    assert.equal(await prints(code), expected);
  });
}

test("nothing works before init, everything after it, however often it is called", { timeout: 60_000 }, async () => {
  const printed = await prints(`
    import init, { Directory } from "rollcall";
    try { Directory.sample(1) } catch (error) { console.log(error.name, error.message) }
    await init("/nowhere.wasm").catch((error) => console.log("failed", error instanceof Error));
    const [bytes] = await Promise.all([fetch("/package/rollcall_bg.wasm").then((it) => it.arrayBuffer())]);
    await Promise.all([init(bytes), init()]);
    await init();
    console.log(Directory.sample(7).stats().users);`);
  assert.equal(printed, "TypeError the WebAssembly is not there yet: await init() first\nfailed true\n7\n");
});
