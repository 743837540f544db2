// The columns of a table: chosen, moved and sized, by mouse and by keyboard alone, and as they were left the next time.

import assert from "node:assert/strict";
import { flow } from "./walk.js";

const USERS = "Users that match";
const MEMBERS = /^Members of/;

/** What the heads of a table say, those that are on screen. */
async function heads(walk, name) {
  const texts = await walk.grid(name).getByRole("columnheader").filter({ visible: true }).allInnerTexts();
  return texts.map((text) => text.trim()).filter(Boolean);
}

/** Waits until the heads are these. */
async function hasHeads(walk, name, expected) {
  await walk.page.waitForFunction(
    ([table, expected]) => {
      const heads = [...table.querySelectorAll('[role="columnheader"]')].filter((head) => head.offsetWidth > 0);
      return heads.map((head) => head.innerText.trim()).filter(Boolean).join() === expected;
    },
    [await walk.grid(name).elementHandle(), expected.join()],
  );
}

function head(walk, name, text) {
  return walk.grid(name).getByRole("columnheader").filter({ hasText: text });
}

/** Presses at one place, and lets go at another. */
async function drag(walk, from, to) {
  await walk.page.mouse.move(from.x, from.y);
  await walk.page.mouse.down();
  await walk.page.mouse.move((from.x + to.x) / 2, to.y, { steps: 4 });
  await walk.page.mouse.move(to.x, to.y, { steps: 4 });
  await walk.page.mouse.up();
}

function centre({ x, y, width, height }) {
  return { x: x + width / 2, y: y + height / 2 };
}

/** Waits until a head is about so wide. */
async function isWide(walk, name, text, width) {
  await walk.page.waitForFunction(
    ([head, width]) => Math.abs(head.getBoundingClientRect().width - width) < 2,
    [await head(walk, name, text).elementHandle(), width],
  );
}

const USUAL = ["Name", "Username", "Email", "Status", "Last login", "Role", "Direct", "Groups"];

flow("columns are chosen, carried and sized by mouse, and are there after a reload", async (walk) => {
  await walk.open("/users");
  await walk.hasRows(1_200, USERS);
  const usual = await heads(walk, USERS);
  assert.deepEqual(usual, USUAL);
  await walk.click("button", "Columns");
  const panel = walk.find("dialog", "Columns");
  await panel.getByText("8 of 16").waitFor();
  assert.ok(await panel.getByLabel("Name", { exact: true }).isDisabled(), "a row without its name is none");
  await panel.getByLabel("Email", { exact: true }).uncheck();
  await panel.getByLabel("Created", { exact: true }).check();
  await walk.axe();
  await walk.shot("columns");
  await walk.press("Escape");
  await hasHeads(walk, USERS, ["Name", "Username", "Status", "Last login", "Role", "Direct", "Groups", "Created"]);
  assert.match((await walk.rows(USERS))[0], /\d{4}-\d\d-\d\d$/);
  // What was created is in an order, too.
  await head(walk, USERS, "Created").getByRole("button").click();
  await walk.page.waitForURL(/order=created/);

  // Carried by its head, which does not sort.
  const [created, status] = await Promise.all(["Created", "Status"].map((text) => head(walk, USERS, text).boundingBox()));
  await drag(walk, { x: created.x + 12, y: centre(created).y }, centre(status));
  await hasHeads(walk, USERS, ["Name", "Username", "Created", "Status", "Last login", "Role", "Direct", "Groups"]);
  assert.match(walk.page.url(), /order=created$/);

  // The name leads, whatever is done to it.
  const [name, role] = await Promise.all(["Name", "Role"].map((text) => head(walk, USERS, text).first().boundingBox()));
  await drag(walk, { x: name.x + 12, y: centre(name).y }, centre(role));
  await hasHeads(walk, USERS, ["Name", "Username", "Created", "Status", "Last login", "Role", "Direct", "Groups"]);

  const edge = head(walk, USERS, "Username").getByRole("separator");
  const box = await edge.boundingBox();
  assert.ok(box.width >= 24 && box.height >= 24, `${box.width} by ${box.height}`);
  const before = await head(walk, USERS, "Username").boundingBox();
  await drag(walk, centre(box), { x: before.x + 220, y: centre(box).y });
  await isWide(walk, USERS, "Username", 220);
  assert.equal(await edge.getAttribute("aria-valuenow"), "220");
  await walk.axe();
  await walk.shot("columns-arranged");

  await walk.page.reload();
  await walk.isReady();
  await hasHeads(walk, USERS, ["Name", "Username", "Created", "Status", "Last login", "Role", "Direct", "Groups"]);
  await isWide(walk, USERS, "Username", 220);
  // In lines of two, columns are none.
  await walk.page.setViewportSize({ width: 390, height: 844 });
  await walk.find("button", "Columns").waitFor({ state: "hidden" });
  await walk.page.setViewportSize({ width: 1_440, height: 900 });

  await walk.click("button", "Columns");
  await panel.getByRole("button", { name: "Reset" }).click();
  await walk.press("Escape");
  await hasHeads(walk, USERS, usual);
  assert.equal(await walk.page.evaluate(() => localStorage.getItem("rollcall.columns.users")), null);
});

flow("the same by keyboard alone, for the members of a group", async (walk) => {
  await walk.open("/groups/Manufacturing");
  await walk.hasFewerRows(1_200, MEMBERS);
  const focused = (what) => walk.page.waitForFunction((what) => document.activeElement.id === what || document.activeElement.ariaLabel === what, what);
  await walk.press("Shift+C");
  await focused("column-members-username");
  await walk.press("Space", "Alt+ArrowDown");
  // The focus goes along.
  await focused("column-members-username");
  await walk.press("Space");
  await hasHeads(walk, MEMBERS, ["Name", "Email", "Username", "Status", "Role", "Membership"]);
  await walk.press("Tab");
  await focused("Width of Username in pixels");
  await walk.page.keyboard.type("160");
  await walk.press("Enter");
  await isWide(walk, MEMBERS, "Username", 160);
  await walk.press("ArrowUp");
  await isWide(walk, MEMBERS, "Username", 168);
  await walk.press("Tab");
  await focused("Move Username up");
  await walk.press("Enter");
  // Above it is the name alone, which leads: there is no way further up.
  await focused("column-members-username");
  await hasHeads(walk, MEMBERS, ["Name", "Username", "Email", "Status", "Role", "Membership"]);
  await walk.press("Escape");
  // The edge itself, once it has the focus.
  await head(walk, MEMBERS, "Username").getByRole("separator").focus();
  await walk.press("ArrowRight");
  await isWide(walk, MEMBERS, "Username", 176);
  await walk.press("Home");
  await isWide(walk, MEMBERS, "Username", 64);
  assert.equal(await walk.page.evaluate(() => localStorage.getItem("rollcall.columns.members")?.startsWith("name username:64 email ")), true);

  // The tables of users keep their own.
  await walk.open("/users");
  await walk.hasRows(1_200, USERS);
  await hasHeads(walk, USERS, USUAL);
});

flow("a column that a question brings keeps its place, and a broken memory is none", async (walk) => {
  await walk.page.addInitScript(() => localStorage.setItem("rollcall.columns.users", "why:260 name nosuch status:x -username"));
  await walk.open("/users?zenQL=memberOf%20%3D%20Manufacturing");
  await walk.hasFewerRows(1_200, USERS);
  await hasHeads(walk, USERS, ["Name", "In Manufacturing", "Status", "Last login", "Role", "Direct", "Groups", "Email"]);
  await isWide(walk, USERS, "In Manufacturing", 260);
});
