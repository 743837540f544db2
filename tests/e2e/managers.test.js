// Managers: of a group, of all groups, and marks where somebody is the only one.

import assert from "node:assert/strict";
import { flow } from "./walk.js";

/** Ada alone manages Finance and, with Bo who is suspended, Ops; nobody manages Travel, which Cy is in. */
const FILE = JSON.stringify({
  users: [
    { id: "u1", username: "ada", firstName: "Ada", lastName: "Abbott" },
    { id: "u2", username: "bo", firstName: "Bo", lastName: "Brandt", status: { suspended: true } },
    { id: "u3", username: "cy", firstName: "Cy", lastName: "Castle" },
  ],
  groups: [
    { id: "g1", name: "Finance", members: ["u1", "u3"], managers: ["u1"], children: ["g2"] },
    { id: "g2", name: "Ops", members: ["u1", "u2"], managers: ["u1", "u2"] },
    { id: "g3", name: "Travel", members: ["u3"] },
    { id: "g4", name: "Attic" },
  ],
});

const cells = async (walk, name) => {
  await walk.isReady();
  const rows = await walk.find("grid", name).locator(".grid-row").allInnerTexts();
  return rows.map((text) => text.replaceAll(/\s+/g, " ").trim());
};

flow("a group tells its managers, and what is wrong with them", async (walk) => {
  await walk.open("/groups");
  await walk.drop("four.json", FILE);
  await walk.says("3 users, 4 groups, 5 memberships.");
  await walk.click("link", /^Groups/);
  const choose = (name) => walk.find("treegrid", "Nested groups").getByText(name, { exact: true }).click();
  await choose("Finance");
  await walk.click("tab", /^Managers\s*1/);
  await walk.page.waitForURL(/tab=managers/);
  await walk.says("Finance has a single manager.");
  await walk.says("Without Ada Abbott nobody would manage it: name a second one before anything changes.");
  await walk.says("Managing a group does not pass down: managers of Finance do not manage Ops for it.");
  assert.deepEqual(await cells(walk, "Managers of Finance"), ["AA Ada Abbott ada Active Only manager Direct + via Ops 1 other group"]);
  await walk.axe();
  await walk.shot("group-managers");

  await choose("Travel");
  await walk.says("Nobody manages Travel.");
  await walk.says("No one can look after its 1 direct member.");
  await choose("Attic");
  await walk.says("It has no direct members who could.");

  // By keys: the row that has the focus, what is in it, and from there what else Ada manages.
  await choose("Finance");
  await walk.find("grid", "Managers of Finance").locator('.grid-row[tabindex="0"]').focus();
  await walk.press("ArrowRight", "ArrowRight", "Enter");
  await walk.page.waitForURL(/\/managers\?.*user=u1/);
  await walk.says("Groups that Ada Abbott manages");
  assert.deepEqual(await cells(walk, "Groups that this person manages"), [
    "Finance 2 3 Only manager",
    "Ops 2 2 BB Bo Brandt Suspended",
  ]);
  await walk.axe();
  await walk.shot("managers-person");
  await walk.find("grid", "Groups that this person manages").getByRole("link", { name: "Ops" }).click();
  await walk.says("1 of 2 managers is inactive.");
});

flow("who manages what is listed, searched and linked, by people and by groups", async (walk) => {
  await walk.open("/users");
  await walk.click("link", "Who manages what");
  await walk.page.waitForURL(/\/managers$/);
  const people = await cells(walk, "Who manages groups");
  assert.ok(people.length > 10, `${people.length} people`);
  const lens = walk.find("radiogroup", "List");
  await walk.axe();
  await walk.shot("managers");
  const total = await lens.getByRole("radio", { name: /^People/ }).innerText();
  assert.ok(Number(total.replaceAll(/\D/g, "")) >= people.length);

  await lens.getByRole("radio", { name: /^People/ }).focus();
  await walk.press("ArrowRight");
  await walk.page.waitForURL(/view=none/);
  await walk.find("grid", "Groups without a manager").waitFor();
  const without = await cells(walk, "Groups without a manager");
  assert.ok(without.length > 0 && without.every((row) => row.endsWith("No manager")));
  await walk.axe();
  await walk.press("ArrowRight");
  await walk.page.waitForURL(/view=one/);
  const one = walk.find("grid", "Groups with one manager");
  await one.waitFor();
  const names = await cells(walk, "Groups with one manager");
  assert.ok(names.length > 0 && names.every((row) => row.endsWith("Only manager")), names[0]);
  await walk.shot("managers-one");

  const first = await one.getByRole("link").first().innerText();
  await walk.find("searchbox", "Find in this list").fill(first);
  await walk.page.waitForURL(/q=/);
  await walk.page.waitForFunction(
    (count) => document.querySelectorAll(".managers-groups .grid-row").length < count,
    names.length,
  );
  assert.equal(await one.getByRole("link").first().innerText(), first);
  await walk.page.reload();
  await walk.isReady();
  await one.getByRole("link").first().click();
  await walk.page.waitForURL(/\/groups\/.*tab=managers/);
  await walk.says(/has a single manager\.$|^The only manager cannot sign in\.$/);

  await walk.page.setViewportSize({ width: 390, height: 844 });
  await walk.axe();
  await walk.page.goBack();
  await one.waitFor();
  await walk.axe();
});

flow("where nobody manages anything, that is said instead of a warning", async (walk) => {
  await walk.open("/groups");
  await walk.drop("none.json", JSON.stringify({ users: [{ id: "u1" }], groups: [{ id: "g1", name: "One", members: ["u1"] }] }));
  await walk.says("1 user, 1 group, 1 membership.");
  await walk.click("link", /^Groups/);
  await walk.click("tab", "Managers");
  await walk.says("This directory does not tell who manages groups.");
  await walk.axe();
});
