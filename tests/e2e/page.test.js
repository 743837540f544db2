// The page's own protection, as the browser tells it: nothing that the console does is against its policies, and what a
// hostile text would do is.

import assert from "node:assert/strict";
import { SCREENS } from "./screens.js";
import { flow } from "./walk.js";

/** What the browser says of what a policy forbids. */
const FORBIDDEN = /Content Security Policy|This document requires '/i;

/** Starts noting what page and worker report; answers with the notes, which outlive the page. */
async function watch(walk) {
  const reports = [];
  await walk.page.exposeFunction("reports", (report) => reports.push(report));
  await walk.page.addInitScript(() => {
    const tell = (what) => globalThis.reports(what);
    addEventListener("securitypolicyviolation", (event) => tell(`${event.effectiveDirective} ${event.sample}`.trim()));
    new ReportingObserver((all) => all.forEach(({ type, body }) => tell(`${type} ${body.effectiveDirective ?? body.id ?? ""}`)), {
      buffered: true,
    }).observe();
  });
  const ofWorker = (worker) =>
    worker.evaluate(() => {
      const told = (globalThis.told = []);
      addEventListener("securitypolicyviolation", (event) => told.push(`worker: ${event.effectiveDirective}`));
    });
  const ready = [];
  walk.page.on("worker", (worker) => ready.push(ofWorker(worker)));
  return {
    /** What was reported since the last call, once the browser has delivered it. */
    async taken() {
      await Promise.all(ready);
      for (const worker of walk.page.workers()) reports.push(...(await worker.evaluate(() => globalThis.told.splice(0))));
      // Reports are delivered in a task of their own, in their order: a last one of our own comes behind all others.
      await walk.page.evaluate(() => new Promise((done) => setTimeout(() => globalThis.reports("end").then(done))));
      const end = reports.indexOf("end");
      return reports.splice(0, end + 1).slice(0, end);
    },
  };
}

/** Opens what only a press opens, wherever it is on the screen, and closes it again. */
async function openEverything(walk) {
  for (const name of ["Appearance", "Source", "More actions", "Views", "Columns"]) {
    const button = walk.page.getByRole("button", { name }).first();
    if (!(await button.isVisible())) continue;
    await button.click();
    await walk.page.locator(":popover-open").waitFor();
    await walk.press("Escape");
  }
  await walk.press("Control+k");
  const palette = walk.find("combobox", "Search or run a command");
  await palette.pressSequentially("an");
  await walk.page.getByRole("option").first().waitFor();
  await walk.press("Escape");
  await palette.waitFor({ state: "detached" });
  await walk.click("button", "Keyboard shortcuts");
  const keys = walk.find("dialog", "Keyboard shortcuts");
  await keys.getByRole("button", { name: "Close" }).click();
  await keys.waitFor({ state: "hidden" });
}

flow("no screen and no dialog does what the page's policies forbid", async (walk) => {
  const seen = await watch(walk);
  for (const [path] of SCREENS) {
    await walk.open(path);
    await openEverything(walk);
    assert.deepEqual(await seen.taken(), [], path);
  }
  await walk.open("/users");
  await walk.click("button", "Export");
  const dialog = walk.find("dialog", "Export");
  const coming = walk.page.waitForEvent("download");
  await dialog.getByRole("button", { name: "Export" }).click();
  await coming;
  await walk.open("/connections/sample");
  await walk.click("button", "Keep this directory on this device");
  await walk.says(/^Kept on this device: /);
  await walk.killWorker();
  await walk.click("link", /^Users/);
  await walk.says("The engine stopped and was started again.");
  await walk.hasRows(1_200, "Users that match");
  assert.deepEqual(await seen.taken(), []);
});

/** What a text would do that was taken for markup or a script, or that got into one, and what forbids it. */
const HOSTILE = [
  ["require-trusted-types-for", () => (document.body.innerHTML = "<img src=x onerror=planted()>")],
  ["require-trusted-types-for", () => (document.createElement("template").innerHTML = '<b onclick="planted()">x</b>')],
  ["require-trusted-types-for", () => document.body.insertAdjacentHTML("beforeend", '<a href="javascript:planted()">x</a>')],
  ["require-trusted-types-for", () => document.body.setAttribute("onclick", "planted()")],
  ["require-trusted-types-for", () => (document.createElement("iframe").srcdoc = "<script>planted()</script>")],
  ["require-trusted-types-for", () => new DOMParser().parseFromString("<script>planted()</script>", "text/html")],
  ["require-trusted-types-for", () => new Worker("/another.js")],
  ["require-trusted-types-for", () => (document.createElement("script").src = "/another.js")],
  ["require-trusted-types-for", () => Function("planted()")()],
  ["require-trusted-types-for", () => (0, eval)("planted()")],
  ["trusted-types", () => trustedTypes.createPolicy("another", {})],
  ["style-src-attr", () => document.body.setAttribute("style", "color: red")],
  ["connect-src", () => fetch("https://elsewhere.example/").catch(() => {})],
  ["img-src", () => (new Image().src = "https://elsewhere.example/")],
  ["frame-src", () => (document.body.appendChild(document.createElement("iframe")).src = "https://elsewhere.example/")],
  ["base-uri", () => (document.head.appendChild(document.createElement("base")).href = "https://elsewhere.example/")],
];

flow(
  "what a hostile text would do is forbidden, and reported",
  async (walk) => {
    const seen = await watch(walk);
    await walk.page.addInitScript(`
      globalThis.planted = () => (globalThis.ran = true);
      globalThis.hostile = [${HOSTILE.map(([, does]) => does).join(",")}];
    `);
    // A script that was not in the page when it was built.
    await walk.page.route(/\/groups$/, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: (await response.text()).replace("</head>", "<script>planted()</script></head>") });
    });
    await walk.open("/groups");
    const planted = await seen.taken();
    assert.ok(planted.length > 0 && planted.every((it) => /script-src-elem|csp-violation/.test(it)), planted.join());
    for (const [number, [directive, does]] of HOSTILE.entries()) {
      // In a task of the page's own: what the browser's tools run in it may do more.
      await walk.page.evaluate(
        (number) =>
          new Promise((done) => {
            setTimeout(() => {
              try {
                globalThis.hostile[number]();
              } catch {
                // It was forbidden, and is reported.
              }
              setTimeout(done);
            });
          }),
        number,
      );
      const reports = await seen.taken();
      assert.ok(reports.some((it) => it.startsWith(directive)), `${does}: ${reports.join() || "nothing was reported"}`);
    }
    assert.equal(await walk.page.evaluate(() => globalThis.ran), undefined);
  },
  { allows: FORBIDDEN },
);

flow(
  "a file that is not the one that the page was built with is not used",
  async (walk) => {
    await walk.page.goto("/");
    const sealed = await walk.page.evaluate(() => {
      const map = document.querySelector("script[type=importmap]");
      const loaded = [...document.querySelectorAll('link[rel=stylesheet], link[rel=modulepreload], script[src]')];
      return { digests: JSON.parse(map?.text ?? "{}").integrity, bare: loaded.filter((it) => !it.integrity).map((it) => it.outerHTML) };
    });
    assert.deepEqual(sealed.bare, []);
    assert.ok(Object.keys(sealed.digests).length > 10);
    for (const [file, shown] of [
      [/\/console-[0-9a-f]+\.js$/, "frame"],
      [/\/console-[0-9a-f]+_wasm_split\.js$/, "frame"],
      [/\/console-[0-9a-f]+_bg\.wasm$/, "frame"],
      [/\/console-[0-9a-f]+_users\.wasm$/, "part"],
    ]) {
      await walk.page.route(file, async (route) => {
        const response = await route.fetch();
        // What comes behind changes nothing of what it does: white space, or a section that all readers pass over.
        const more = String(file).includes("wasm$") ? Buffer.from([0, 2, 1, 120]) : Buffer.from("\n");
        await route.fulfill({ response, body: Buffer.concat([await response.body(), more]) });
      });
      const refused = walk.page.waitForEvent("console", (message) => /integrity/.test(message.text()));
      await walk.page.goto("/users");
      await refused;
      if (shown === "part") await walk.says("This part of the console did not arrive.");
      else assert.equal(await walk.page.locator("#shell").count(), 1);
      await walk.page.unroute(file);
    }
    await walk.open("/users");
    await walk.hasRows(1_200, "Users that match");
  },
  { allows: /integrity|Failed to fetch|TypeError/ },
);
