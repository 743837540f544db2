// The console in German: on every route, chosen by the browser or by the person, with German numbers, and nothing of it English.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { ROUTES } from "./routes.js";
import { flow, NARROW, WIDE } from "./walk.js";

/** What stands for what, as the tests of the code hold it to the code. */
const lines = readFileSync(new URL("../../src/words/de.txt", import.meta.url), "utf8").trimEnd().split("\n");
const german = new Map();
for (let at = 0; at < lines.length; at += 2) german.set(lines[at], lines[at + 1].slice(1));

/** English of several words that German does not have: what is on screen must hold none of it. Numbers stand where places are. */
const english = [...german]
  .filter(([text, own]) => text !== own && !text.includes("|") && !text.includes("{") && text.includes(" "))
  .map(([text]) => text);

/** A browser that asks for a language. */
const asks = (walk, ...languages) =>
  walk.page.addInitScript((languages) => {
    Object.defineProperty(navigator, "languages", { get: () => languages });
  }, languages);

/** All that is read on the screen: texts, and the names that readers hear. */
const texts = (walk) =>
  walk.page.evaluate(() => {
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const text = walker.currentNode.data.replaceAll(/\s+/g, " ").trim();
      if (text && !walker.currentNode.parentElement.closest("script, style, code, pre")) found.push(text);
    }
    for (const name of ["aria-label", "title", "placeholder"]) {
      for (const it of document.querySelectorAll(`body [${name}]`)) found.push(it.getAttribute(name).trim());
    }
    return found;
  });

flow("a German browser is spoken to in German, on every route", async (walk) => {
  await asks(walk, "de-AT", "de", "en");
  await walk.open("/");
  assert.equal(await walk.page.getAttribute("html", "lang"), "de");
  // The gallery shows components to who changes them, with made-up words in them.
  for (const route of ROUTES.filter((route) => route !== "/gallery")) {
    await walk.turnTo(route);
    const told = await texts(walk);
    const left = told.filter((text) => english.includes(text));
    assert.deepEqual(left, [], `English on ${route}`);
    const single = told.filter((text) => german.has(text) && german.get(text) !== text && ![...german.values()].includes(text));
    assert.deepEqual(single, [], `English words on ${route}`);
  }
  assert.match(await walk.page.title(), /· Rollcall$/);
});

flow("German has its own signs in numbers, and its forms for one and for many", async (walk) => {
  await asks(walk, "de");
  await walk.open("/users?dir=sample-10000");
  await walk.says(/10\.000/);
  await walk.says(/von 10\.000/);
  const told = await texts(walk);
  assert.ok(!told.some((text) => text.includes("10,000")), "no English number is left");
  await walk.open("/groups/Manufacturing?tab=managers");
  await walk.says(/Verwalter/);
});

flow("the language is chosen in the menu, and stays", async (walk) => {
  await asks(walk, "fr", "en-GB", "de");
  await walk.open("/groups");
  assert.equal(await walk.page.getAttribute("html", "lang"), "en");
  await walk.find("button", "Appearance").click();
  await walk.find("menuitemradio", "Deutsch").click();
  await walk.page.waitForFunction(() => document.documentElement.lang === "de");
  await walk.find("navigation", "Ansichten").first().waitFor();
  await walk.page.waitForFunction(() => document.activeElement.id === "main");
  // What was open stays open: nothing is read again for it.
  await walk.isReady();
  await walk.page.reload();
  await walk.isReady();
  await walk.find("navigation", "Ansichten").first().waitFor();
  await walk.find("button", "Darstellung").click();
  await walk.find("menuitemradio", "Sprache des Browsers").click();
  await walk.find("navigation", "Screens").first().waitFor();
  assert.equal(await walk.page.getAttribute("html", "lang"), "en");
});

flow("a German error says in German what is wrong", async (walk) => {
  await asks(walk, "de");
  await walk.open("/users?zenQL=frstName%20%3D%20a");
  await walk.says(/Unbekanntes Feld/);
  await walk.says(/verwenden/);
});

flow("German has no barrier, and none of it is cut on a phone", async (walk) => {
  await asks(walk, "de");
  await walk.open("/");
  for (const route of ["/", "/groups/Manufacturing", "/users", "/check?user=tdurden&groups=Manufacturing", "/findings", "/connections"]) {
    await walk.turnTo(route);
    await walk.axe();
    await walk.page.setViewportSize(NARROW);
    const wide = await walk.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(wide <= 0, `${route} is ${wide} px wider than a phone`);
    await walk.page.setViewportSize(WIDE);
    await walk.shot(`german-${route.split(/[/?]/)[1] || "overview"}`);
  }
});
