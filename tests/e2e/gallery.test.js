// The gallery: every component, under every condition, without a barrier; and nothing of it stays when one leaves.

import assert from "node:assert/strict";
import { flow } from "./walk.js";

/** Waits until a component is on the stage, told by its name. */
const shows = (walk, title) => walk.page.locator(".gallery-stage h2", { hasText: title }).first().waitFor();

/** The addresses of all components, and what each is called. */
const parts = async (walk) => {
  const links = walk.find("navigation", "Components").getByRole("link");
  await links.first().waitFor();
  return links.evaluateAll((links) => links.map((link) => [link.getAttribute("href"), link.textContent]));
};

/** Turns to a component under some conditions. Its pictures of what is to come are meant to stay, so nothing else is waited for. */
async function turnTo(walk, [href, title], conditions) {
  await walk.page.evaluate(
    (path) => {
      history.pushState(null, "", path);
      dispatchEvent(new PopStateEvent("popstate"));
    },
    `${href}&${conditions}`,
  );
  await shows(walk, title);
}

flow("every component is without a barrier, light and dark, from left to right and from right to left", async (walk) => {
  await walk.open("/gallery");
  const all = await parts(walk);
  assert.ok(all.length > 30, `${all.length} components`);
  const found = [];
  const look = async (part, conditions, rule) => {
    await turnTo(walk, part, conditions);
    const problems = await walk.barriers(rule);
    // Beside the sidebar on the stage there is that of the page.
    const own = problems.filter((problem) => part[1] !== "Navigation" || !problem.startsWith("landmark-unique"));
    for (const problem of own) found.push(`${part[1]}, ${conditions}\n    ${problem}`);
  };
  for (const part of all) {
    const name = part[0].replace(/.*part=/, "gallery-");
    await look(part, "theme=light");
    await walk.picture(`${name}-light`);
    await look(part, "theme=dark", "color-contrast");
    await look(part, "theme=light&direction=rtl", "color-contrast");
    for (const theme of ["light", "dark"]) await look(part, `theme=${theme}&pose=hover`, "color-contrast");
    await look(part, "theme=dark&direction=rtl&data=long");
    await walk.picture(`${name}-dark-rtl-long`);
  }
  assert.equal(found.length, 0, `${found.length} problems\n  ${found.join("\n  ")}`);
});

flow("every component bears nothing, ten thousand rows, long names and a failure", async (walk) => {
  await walk.open("/gallery");
  for (const part of await parts(walk)) {
    for (const data of ["empty", "many", "long", "failure"]) {
      for (const width of ["390", "960"]) await turnTo(walk, part, `data=${data}&width=${width}`);
    }
  }
  await turnTo(walk, ["/gallery?part=grid", "Data grid"], "data=many");
  const grid = walk.find("grid", "Users").first();
  assert.equal(await grid.getAttribute("aria-rowcount"), "10001");
  await grid.locator(".grid-row").first().focus();
  await walk.press("Control+End");
  await grid.locator("[aria-rowindex='10001']").waitFor();
});

flow("a component is drawn hovered, focused and pressed without a pointer", async (walk) => {
  const part = ["/gallery?part=button", "Buttons"];
  await walk.open(part[0]);
  await shows(walk, part[1]);
  const button = walk.page.locator(".gallery-stage .button").first();
  const look = async (pose) => {
    await turnTo(walk, part, pose && `pose=${pose}`);
    return button.evaluate((it) => {
      for (const moving of it.getAnimations()) moving.finish();
      const { backgroundColor, outlineStyle } = getComputedStyle(it);
      return `${backgroundColor} ${outlineStyle}`;
    });
  };
  const looks = [];
  for (const pose of ["", "hover", "focus", "press"]) looks.push(await look(pose));
  assert.equal(new Set(looks).size, 4, looks.join("\n"));
  assert.equal(await look(""), looks[0]);

  await look("hover");
  await walk.press("g", "u");
  await walk.page.waitForURL(/\/users/);
  await walk.isReady();
  const left = () => [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]).filter((rule) => rule.cssText.includes(":where(.gallery-stage)"));
  assert.equal(await walk.page.evaluate(`(${left})().length`), 0);
});

flow("the switches are in the address, and no preference is changed by them", async (walk) => {
  await walk.open("/gallery?part=verdict");
  await shows(walk, "Verdict");
  const root = walk.page.locator("html");
  const now = (name) => root.getAttribute(name);
  const stage = walk.page.locator(".gallery-stage");
  const wide = await stage.evaluate((it) => it.clientWidth);
  for (const [group, keys] of [["Theme", 2], ["Density", 2], ["Contrast", 1], ["Motion", 1], ["Width", 3], ["Data", 3], ["Pose", 1], ["Direction", 1]]) {
    await walk.find("radiogroup", group).locator("[tabindex='0']").focus();
    for (let key = 0; key < keys; key += 1) await walk.press("ArrowRight");
  }
  const address = new URL(walk.page.url());
  const expected = {
    part: "verdict",
    theme: "dark",
    direction: "rtl",
    density: "touch",
    contrast: "more",
    motion: "reduced",
    width: "390",
    data: "long",
    pose: "hover",
  };
  assert.deepEqual(Object.fromEntries(address.searchParams), expected);
  await walk.page.reload();
  await shows(walk, "Verdict");
  assert.deepEqual(
    [await now("data-theme"), await now("dir"), await now("data-density"), await now("data-contrast"), await now("data-motion")],
    ["dark", "rtl", "touch", "more", "reduced"],
  );
  assert.ok((await stage.evaluate((it) => it.clientWidth)) <= 390 && wide > 390);

  await walk.press("g", "u");
  await walk.page.waitForURL(/\/users/);
  await walk.isReady();
  assert.deepEqual(
    [await now("data-theme"), await now("dir"), await now("data-density"), await now("data-contrast"), await now("data-motion")],
    [null, "ltr", null, null, null],
  );
  assert.deepEqual(await walk.page.evaluate(() => Object.keys(localStorage)), []);
});
