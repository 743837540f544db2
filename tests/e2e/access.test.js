// Every route, for everybody: read by programs, in every colour that a person may have chosen, by keys, with fingers, enlarged,
// from right to left, and at rest.

import assert from "node:assert/strict";
import { test } from "node:test";
import { coveredTargets, cutTexts, hiddenFocus, motions, places, smallTargets, unturnedArrows } from "./measure.js";
import { ROUTES, words } from "./routes.js";
import { flow, NARROW, WIDE } from "./walk.js";

const COLOURS = {
  light: { colorScheme: "light" },
  dark: { colorScheme: "dark" },
  "more contrast": { contrast: "more" },
  "more contrast in the dark": { colorScheme: "dark", contrast: "more" },
  "forced colours": { forcedColors: "active" },
};
const CALM = { colorScheme: "light", contrast: "no-preference", forcedColors: "none", reducedMotion: "reduce" };
// Far more than any screen has.
const STOPS = 150;

/** Goes through all routes and tells at once what was found to be wrong, by route. */
async function everywhere(walk, look) {
  const found = [];
  await walk.page.emulateMedia(CALM);
  await walk.open("/nowhere");
  for (const route of ROUTES) {
    await walk.turnTo(route);
    const tell = (setting, problems) => problems.forEach((problem) => found.push(`${route}, ${setting}\n    ${problem}`));
    await look(tell, route);
  }
  assert.equal(found.length, 0, `${found.length} problems\n  ${found.join("\n  ")}`);
}

test("no route is forgotten here", () => {
  const here = new Set(ROUTES.map((route) => route.split(/[/?]/)[1]));
  assert.ok(words().size > 8);
  assert.deepEqual([...words()].filter((word) => !here.has(word)), []);
});

flow("no route has a barrier that a program can find, in any colours", async (walk) => {
  await everywhere(walk, async (tell) => {
    for (const [width, size] of Object.entries({ wide: WIDE, narrow: NARROW })) {
      await walk.page.setViewportSize(size);
      for (const [name, colours] of Object.entries(COLOURS)) {
        await walk.page.emulateMedia({ ...CALM, ...colours });
        // Colours change nothing but themselves.
        tell(`${width}, ${name}`, await walk.barriers(name === "light" ? undefined : "color-contrast"));
      }
    }
  });
});

flow("every target is large enough, and the focus is always seen", async (walk) => {
  await everywhere(walk, async (tell) => {
    for (const [width, size] of Object.entries({ wide: WIDE, narrow: NARROW })) {
      await walk.page.setViewportSize(size);
      tell(`${width}, small`, await walk.page.evaluate(smallTargets));
      tell(`${width}, focus`, await hiddenStops(walk));
    }
  });
});

/** What is cut, once lists have measured their rows in a window of another size. */
async function cuts(walk) {
  let found = [];
  for (let frame = 0; frame < 30; frame += 1) {
    found = await walk.page.evaluate(cutTexts);
    if (found.length === 0) return found;
    await walk.page.evaluate(() => new Promise((done) => requestAnimationFrame(done)));
  }
  return found;
}

/** Goes round the screen by Tab and tells where the focus was not to be seen. */
async function hiddenStops(walk) {
  const problems = [];
  await walk.page.evaluate(() => (globalThis.stops = new Set()));
  for (let stop = 0; stop < STOPS; stop += 1) {
    await walk.press("Tab");
    const problem = await walk.page.evaluate(hiddenFocus);
    if (problem === "round") return problems;
    if (problem) problems.push(problem);
  }
  return [...problems, `more than ${STOPS} stops`];
}

flow("nothing is cut and nothing scrolls sideways, however much it is enlarged", async (walk) => {
  const screen = await walk.page.context().newCDPSession(walk.page);
  await everywhere(walk, async (tell) => {
    for (const zoom of [2, 4]) {
      await screen.send("Emulation.setDeviceMetricsOverride", {
        width: 1_280 / zoom,
        height: 1_024 / zoom,
        deviceScaleFactor: zoom,
        mobile: false,
      });
      tell(`${zoom}00 %`, await cuts(walk));
      tell(`${zoom}00 %, covered`, await walk.page.evaluate(coveredTargets));
    }
  });
});

flow("every route stands the other way round from right to left", async (walk) => {
  const turn = (dir) => walk.page.evaluate((dir) => (document.documentElement.dir = dir), dir);
  await everywhere(walk, async (tell) => {
    for (const [width, size] of Object.entries({ wide: WIDE, narrow: NARROW })) {
      await walk.page.setViewportSize(size);
      tell(width, await cuts(walk));
      const before = await walk.page.evaluate(places);
      await turn("rtl");
      const after = await walk.page.evaluate(places);
      tell(width, await cuts(walk));
      tell(`${width}, arrows`, await walk.page.evaluate(unturnedArrows));
      await turn("ltr");
      assert.equal(before.length, after.length);
      const moved = before.filter(({ start, width }, n) => Math.abs(start - after[n].start) > 2 || Math.abs(width - after[n].width) > 2);
      tell(`${width}, not mirrored`, moved.slice(0, 8).map(({ name, start, width }) => `${start}, ${width}: ${name}`));
    }
  });
});

flow("nothing moves where motion is not wanted", async (walk) => {
  await walk.open("/groups");
  assert.notDeepEqual(await walk.page.evaluate(motions), [], "where it is wanted, something does");
  await everywhere(walk, async (tell) => tell("moves", await walk.page.evaluate(motions)));
});
