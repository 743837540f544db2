// Check: one verdict with its reason, and the request that would prove it.

import assert from "node:assert/strict";
import { flow } from "./walk.js";

/** Six facts by hand: Ada is in Paris, Paris is in Finance; Bo is in nothing. */
const FILE = JSON.stringify({
  users: [
    { id: "u1", username: "ada", firstName: "Ada", lastName: "Abbott" },
    { id: "u2", username: "bo", firstName: "Bo", lastName: "Brandt" },
  ],
  groups: [
    { id: "g1", name: "Finance", children: ["g2"] },
    { id: "g2", name: "Paris", members: ["u1"] },
  ],
});

async function ask(walk, user, groups) {
  await walk.page.locator("#check-user").fill(user);
  await walk.page.locator("#check-groups").fill(groups);
  await walk.press("Escape");
  await walk.find("search", "Check membership").getByRole("button", { name: "Check", exact: true }).click();
  const verdict = walk.page.locator(".verdict");
  await verdict.waitFor();
  return verdict;
}

flow("a yes has its path, a no its nearest groups, and both their request", async (walk) => {
  await walk.open("/groups");
  await walk.drop("six.json", FILE);
  await walk.says("2 users, 2 groups, 1 membership.");
  await walk.click("link", /^Check/);

  const yes = await ask(walk, "ada", "Finance");
  assert.match(await yes.innerText(), /Yes, through nesting/);
  assert.match(await yes.innerText(), /Ada Abbott is in Finance, because .*Paris/);
  await walk.says("204");
  await walk.axe();
  await walk.shot("check-yes");

  await ask(walk, "bo", "Finance");
  await walk.page.locator('.verdict[data-answer="no"]').waitFor();
  await walk.says("404");
  await walk.axe();
  await walk.shot("check-no");

  // What the missing step would do is one click away.
  await walk.find("link", "Try with Finance").click();
  await walk.page.waitForURL(/\/what-if\?.*do=add/);
  await walk.says(/^1 user gains Finance/);
  await walk.page.goBack();
  await walk.page.locator('.verdict[data-answer="no"]').waitFor();

  await walk.page.goBack();
  await walk.page.locator('.verdict[data-answer="yes"]').waitFor();
});
