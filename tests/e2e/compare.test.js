// Compare: what two users, two groups or two queries have in common, with the reason on each side.

import assert from "node:assert/strict";
import { flow } from "./walk.js";

/** Ada is in Paris and Rome, Bo in Rome; both cities are in Europe. */
const FILE = JSON.stringify({
  users: [
    { id: "u1", username: "ada", firstName: "Ada", lastName: "Abbott" },
    { id: "u2", username: "bo", firstName: "Bo", lastName: "Brandt" },
    { id: "u3", username: "cy", firstName: "Cy", lastName: "Crane" },
  ],
  groups: [
    { id: "g1", name: "Europe", children: ["g2", "g3"] },
    { id: "g2", name: "Paris", members: ["u1"], managers: ["u1"] },
    { id: "g3", name: "Rome", members: ["u1", "u2"] },
  ],
});

const column = (walk, name) => walk.page.getByRole("region", { name, exact: true });

/** The names in a column, top to bottom. */
const names = async (walk, name) => {
  await column(walk, name).waitFor();
  return column(walk, name).locator(".cell-link").allInnerTexts();
};

flow("two users share groups, two groups share members, each with the reason", async (walk) => {
  await walk.open("/groups");
  await walk.drop("cities.json", FILE);
  await walk.says("3 users, 3 groups, 3 memberships.");
  await walk.click("link", "Compare");
  await walk.says("Name two users to see which groups they share.");
  await walk.axe();

  await walk.page.locator("#compare-a").fill("ada");
  await walk.press("Escape");
  await walk.page.locator("#compare-b").fill("bo");
  await walk.press("Escape", "Enter");
  await walk.says("They share 2 of their 3 groups.");
  assert.match(walk.page.url(), /compare\?.*a=ada&b=bo/);
  assert.deepEqual(await names(walk, "Both"), ["Europe", "Rome"]);
  assert.deepEqual(await names(walk, "Only Ada Abbott"), ["Paris"]);
  await column(walk, "Only Bo Brandt").getByText("No group.").waitFor();
  assert.match(await column(walk, "Both").innerText(), /ada\s+via\s+Paris\s+\+1\s+bo\s+via\s+Rome/);
  await walk.axe();
  await walk.shot("compare-users");

  await walk.click("button", "Swap the sides");
  await walk.page.waitForURL(/a=bo&b=ada/);
  assert.deepEqual(await names(walk, "Only Ada Abbott"), ["Paris"]);

  await walk.click("radio", "Groups");
  await walk.says("Name two groups to see which members they share.");
  await walk.page.locator("#compare-a").fill("Paris");
  await walk.press("Escape");
  await walk.page.locator("#compare-b").fill("Rome");
  await walk.press("Escape", "Enter");
  await walk.says("They share 1 of their 2 members.");
  assert.deepEqual(await names(walk, "Only Rome"), ["Bo Brandt"]);
  await walk.page.goBack();
  await walk.says("Name two groups to see which members they share.");
});

flow("two queries are compared, all columns filtered, and rows walked by keys", async (walk) => {
  await walk.open("/compare?of=sets&a=memberOf%20%3D%20%22Rendering%20plant%22&b=status%20%3D%20active");
  await walk.says(/^They share /);
  const both = column(walk, "Both");
  const count = () => both.locator(".card-head .count").innerText();
  const before = await count();
  const filter = walk.find("combobox", "Filter all three columns");
  await filter.click();
  await filter.pressSequentially("firstName ~ ann");
  await both.getByText(` of ${before}`).waitFor();
  await walk.press("Escape");

  await filter.press("Control+A");
  await filter.press("Delete");
  await both.getByText(before, { exact: true }).waitFor();
  await both.locator(".cell-link").first().focus();
  await walk.press("ArrowDown", "ArrowDown");
  const focused = () => walk.page.evaluate(() => document.activeElement.textContent);
  assert.equal(await focused(), (await names(walk, "Both"))[2]);
  await walk.press("ArrowRight");
  assert.equal(await focused(), (await names(walk, "Only the second"))[0]);

  await filter.fill("nosuch = 1");
  await walk.says(/nosuch/);
  await walk.axe();
  await walk.shot("compare-sets");
});

flow("a side that is not there says so", async (walk) => {
  await walk.open("/compare?a=nobody&b=nobody-else");
  await walk.says("No user has the identifier nobody.");
  await walk.axe();
});

flow("both users are checked against the groups that they have, and both groups against their members", async (walk) => {
  await walk.open("/compare?a=tdurden&b=msinger");
  await walk.says("They share 2 of their 18 groups.");
  await walk.find("link", "Check both").focus();
  await walk.press("Enter");
  await walk.page.waitForURL(/\/check\?users=tdurden,msinger&groups=/);
  const matrix = walk.find("grid").first();
  await matrix.waitFor();
  assert.equal(await matrix.getAttribute("aria-rowcount"), "3");
  assert.equal(await matrix.getAttribute("aria-colcount"), "20");
  await walk.turnTo("/compare?of=groups&a=Finance&b=Manufacturing");
  await walk.find("link", "Check both").click();
  await walk.page.waitForURL(/\/check\?users=.*groups=Finance,Manufacturing/);
  await walk.turnTo("/compare?of=sets&a=status%20%3D%20locked&b=status%20%3D%20active");
  await walk.says(/share|They/);
  assert.equal(await walk.find("link", "Check both").count(), 0);
});
