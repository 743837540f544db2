// What-if: changes that are only staged, and who would gain and who would lose by them.

import assert from "node:assert/strict";
import { flow } from "./walk.js";

const FILE = JSON.stringify({
  users: [
    { id: "u1", username: "ada", firstName: "Ada", lastName: "Abbott" },
    { id: "u2", username: "bo", firstName: "Bo", lastName: "Brandt", status: { suspended: true } },
    { id: "u3", username: "cy", firstName: "Cy", lastName: "Crane" },
  ],
  groups: [
    { id: "g0", name: "System Administrators", members: ["u3"] },
    { id: "g1", name: "Europe", children: ["g2"] },
    { id: "g2", name: "Paris", members: ["u1", "u2"], managers: ["u1"] },
    { id: "g3", name: "Rome", members: ["u2"] },
  ],
});

async function stage(walk, kind, subject, group) {
  await walk.click("radio", new RegExp(`^${kind}$`));
  await walk.page.locator("#stage-subject").fill(subject);
  await walk.press("Escape");
  await walk.page.locator("#stage-group").fill(group);
  await walk.press("Escape");
  await walk.find("button", "Stage").click();
}

/** The cells of the rows of a list. */
const rows = (walk, name) =>
  walk.page
    .getByRole("grid", { name })
    .locator(".grid-row")
    .evaluateAll((rows) =>
      rows.map((row) => [
        row.querySelector('[data-as="user"] a').textContent,
        row.querySelector(".path, [data-as=group]")?.getAttribute("aria-label") ?? row.querySelector("[data-as=group]").textContent,
        row.querySelector(".no").textContent,
      ]),
    );

flow("staged changes say who gains and who loses, and nothing is sent", async (walk) => {
  await walk.open("/groups");
  await walk.drop("rights.json", FILE);
  await walk.says("3 users, 4 groups, 4 memberships.");
  await walk.click("link", "What-if");
  await walk.says("Nothing is staged yet.");
  await walk.axe();

  await stage(walk, "Nest", "Rome", "Europe");
  await walk.says("Nothing changes.");
  await walk.says("Its one member is in Europe already.");
  await stage(walk, "Remove", "ada", "Paris");
  await walk.says("1 user loses 2 groups.");
  await walk.says("Paris is left without a manager.");
  assert.deepEqual(await rows(walk, "Memberships lost"), [
    ["Ada Abbott", "Path: ada is in Paris is in Europe", "2"],
    ["Ada Abbott", "Path: ada is in Paris", "2"],
  ]);
  assert.match(walk.page.url(), /do=nest:Rome:Europe,remove:ada:Paris/);

  await stage(walk, "Nest", "Rome", "System Administrators");
  await walk.says("Change 3 makes 1 user a system administrator.");
  await walk.says("1 can today, 2 could then. One of them is suspended or locked.");
  assert.deepEqual((await rows(walk, "Memberships gained"))[0], [
    "Bo Brandt",
    "Path: bo is in Rome is in System Administrators",
    "3",
  ]);
  await walk.axe();
  await walk.shot("what-if-administrator");

  await walk.find("alert").getByRole("button", { name: "Take change 3 away" }).click();
  await walk.says("1 user loses 2 groups.");
  await walk.click("button", "Undo the last step");
  await walk.says("Change 3 makes 1 user a system administrator.");

  await walk.page.goBack();
  await walk.says("1 user loses 2 groups.");
  await walk.click("button", "Reset");
  await walk.says("Nothing is staged yet.");
});

flow("a direct membership can be tried without, from its user", async (walk) => {
  await walk.open("/users/tdurden");
  const row = walk.page.getByRole("grid", { name: /^Direct groups of/ }).locator(".grid-row").first();
  const group = await row.locator(".cell-link").innerText();
  await row.getByRole("link", { name: `Try without ${group}` }).click();
  await walk.find("heading", "What-if").waitFor();
  await walk.page.getByRole("list", { name: "Staged changes" }).getByText(group).waitFor();
  await walk.says(/^1 user loses|^Nothing changes/);
});

flow("what cannot be is named, and a loop is told", async (walk) => {
  await walk.open("/what-if?do=nest:paper-street:nosuch,add:nobody:x");
  await walk.says("It cannot be: no group is called nosuch.");
  await walk.says("Nothing changes.");
  await walk.open("/what-if?do=nest:Paper%20Street%20Soap%20Company:Manufacturing");
  await walk.says(/1 loop is made/);
  await walk.find("heading", "Loops").waitFor();
  await walk.axe();
  await walk.shot("what-if-loop");
});
