// The vendor's request for what is on screen, and the answer to it: for each vendor, on each screen, to take along.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { flow } from "./walk.js";

const FILE = JSON.stringify({
  users: [
    { id: "u1", username: "ada", firstName: "Ada", lastName: "Abbott" },
    { id: "u2", username: "bo", firstName: "Bo", lastName: "Brandt", status: { suspended: true } },
  ],
  groups: [
    { id: "g1", name: "Finance", children: ["g2"] },
    { id: "g 2", name: "O'Neil & Sons", members: ["u2"] },
    { id: "g2", name: "Paris", members: ["u1"], managers: ["u1"] },
  ],
});

async function openFile(walk) {
  await walk.open("/groups");
  await walk.drop("five.json", FILE);
  await walk.says("2 users, 3 groups, 2 memberships.");
}

const block = (walk, name) => walk.page.getByRole("group", { name, exact: true });

const URL_ON_SCREEN = 'section[aria-label="The request"] .http-url';

/** Waits until the request on screen begins so, and tells it. */
async function asks(walk, begins) {
  await walk.page.waitForFunction(
    ([part, begins]) => document.querySelector(part)?.textContent.startsWith(begins),
    [URL_ON_SCREEN, begins],
  );
  await walk.isReady();
  return walk.page.locator(URL_ON_SCREEN).textContent();
}

const vendor = (walk, name) => walk.find("radiogroup", "Whose request").getByRole("radio", { name });
const body = async (walk) => JSON.parse(await block(walk, "Body").textContent());

/** What a button puts on the clipboard. */
async function copied(walk, button) {
  await walk.page.evaluate(() => navigator.clipboard.writeText(""));
  await block(walk, "curl command").locator("..").getByRole("button", { name: button }).click();
  await walk.says(/^Copied the request/);
  await walk.page.waitForFunction(async () => (await navigator.clipboard.readText()) !== "");
  return walk.page.evaluate(() => navigator.clipboard.readText());
}

flow("the members of a group are asked for in the words of each vendor", async (walk) => {
  await openFile(walk);
  await walk.follow("/groups/g1?dir=file-five.json");
  await walk.click("tab", "Request");
  await walk.page.waitForURL(/tab=request/);
  assert.equal(
    await asks(walk, "/api/security/groups/g1/users"),
    "/api/security/groups/g1/users?includeInherited=true&order=lastName%2CfirstName",
  );
  assert.match(await block(walk, "Status and headers").textContent(), /^200 OK\nContent-Type: application\/json/);
  assert.deepEqual((await body(walk)).items.map((user) => user.username), ["ada"]);
  await walk.find("table", "Parameters").getByRole("row", { name: /^includeInherited\s*true/ }).waitFor();
  await walk.axe();
  await walk.shot("group-request");

  await vendor(walk, "Tulip").click();
  await walk.page.waitForURL(/vendor=tulip/);
  assert.equal(await asks(walk, "/api/users"), "/api/users/v1/user-groups/g1/users?limit=25");
  await walk.says("Tulip has no request for exactly this. This is the nearest.");
  await walk.says(/Tulip has no nested groups/);
  assert.equal((await body(walk)).count, 0);
  await walk.axe();

  // By keys: the next choice, then another part of the screen.
  await vendor(walk, "Tulip").focus();
  await walk.press("ArrowRight");
  await asks(walk, "/users.json?filter[has-groups]=");
  assert.equal((await body(walk)).header.code, 200);
  await walk.find("radiogroup", "Part of the screen").getByRole("radio", { name: "Members" }).focus();
  await walk.press("ArrowRight");
  await walk.page.waitForURL(/about=group(&|$)/);
  assert.match(await asks(walk, "/groups/"), /^\/groups\/[0-9a-f-]{36}\.json$/);
  assert.equal((await body(walk)).body.name, "Finance");
  await walk.page.goBack();
  await asks(walk, "/users.json?");

  await walk.page.setViewportSize({ width: 390, height: 844 });
  await walk.axe();
});

flow("a request is taken along as a URL, for a shell and for a script", async (walk) => {
  await openFile(walk);
  await walk.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await walk.follow("/check?dir=file-five.json&user=bo&groups=O'Neil%20%26%20Sons,g1&tab=request");
  const path = "/api/security/users/bo/groups/O%27Neil%20%26%20Sons,g1";
  assert.equal(await asks(walk, "/api/security/users/bo/groups/"), path);
  assert.equal(await copied(walk, "Copy URL"), path);

  const run = (command) => {
    const words = `curl() { printf '%s\\n' "$@"; }; SERVER=https://s.example TOKEN='a b' KEY=k SECRET='s $x'; ${command}`;
    return execFileSync("sh", ["-c", words], { encoding: "utf8" }).trimEnd().split("\n");
  };
  assert.deepEqual(run(await copied(walk, "Copy as curl")), [
    "--head",
    "--header",
    "Authorization: Bearer a b",
    `https://s.example${path}`,
  ]);
  await vendor(walk, "Tulip").click();
  const filtered = await asks(walk, "/api/users/v1/users/u2/user-groups");
  assert.equal(new URL(filtered, "https://s.example").searchParams.get("filter"), "userGroupId eq 'g 2' or userGroupId eq 'g1'");
  assert.deepEqual(run(await copied(walk, "Copy as curl")), ["--user", "k:s $x", `https://s.example${filtered}`]);
  await walk.says("A `count` above 0 means yes.");

  const script = await copied(walk, "Copy as fetch");
  const sent = [];
  const fetch = (url, options) => sent.push([url, options]);
  const AsyncFunction = (async () => {}).constructor;
  await new AsyncFunction("fetch", "server", "key", "secret", script)(fetch, "https://s.example", "k", "s");
  assert.deepEqual(sent, [[`https://s.example${filtered}`, { headers: { Authorization: `Basic ${btoa("k:s")}` } }]]);
});

flow("a query that no vendor answers is told with the nearest request, and typing changes it", async (walk) => {
  await walk.open("/users?tab=request");
  assert.equal(await asks(walk, "/api/security/users?"), "/api/security/users?order=lastName%2CfirstName");
  assert.equal((await body(walk)).totalCount, 1_200);
  await walk.typeQuery('memberOf = "Contractors" AND status = active');
  await walk.press("Escape");
  // Membership is a path, and a status its flags: nothing is left out.
  const exact = await asks(walk, "/api/security/groups/");
  const parameters = new URL(exact, "https://s.example").searchParams;
  assert.equal(parameters.get("includeInherited"), "true");
  assert.equal(parameters.get("zenQL"), "status.suspended != true AND status.locked != true");
  assert.equal(await walk.page.locator(".notice").count(), 0);
  await walk.typeQuery("groupCount > 2 AND firstName ~ ann");
  await walk.press("Escape");
  await walk.says("Left out of the filter, since only Rollcall answers it: `groupCount > 2`.");
  assert.match(await asks(walk, "/api/security/users?"), /zenQL=firstName%20~%20%22ann%22/);
  await walk.axe();
  await walk.shot("users-request");
  await walk.typeQuery("frstName = 1");
  await walk.says("This cannot be asked.");
  await walk.click("link", "Hide the request");
  await walk.page.waitForFunction(() => !location.search.includes("tab="));
});

flow("a user and a check show their requests, of the user's groups and of the record", async (walk) => {
  await openFile(walk);
  await walk.follow("/users/u1?dir=file-five.json");
  await walk.click("link", "Request");
  assert.equal(await asks(walk, "/api/security/users/"), "/api/security/users/u1/groups?includeInherited=true");
  assert.deepEqual((await body(walk)).items.map((group) => group.name), ["Finance", "Paris"]);
  await walk.find("radio", "This user").click();
  await asks(walk, "/api/security/users/u1");
  await walk.page.waitForFunction(() => document.querySelector("[data-body]")?.textContent.includes('"firstName": "Ada"'));
  await walk.axe();
  await walk.shot("user-request");

  await walk.follow("/check?dir=file-five.json&user=ada&groups=Finance");
  await walk.page.locator(".verdict").waitFor();
  await walk.click("link", "Request");
  await walk.says("204 means yes, 404 means no.");
  assert.equal(await block(walk, "Status and headers").textContent(), "204 No Content");
  await walk.says("There is no body.");
  await walk.axe();
  await walk.shot("check-request");
});

flow("a long answer is shown in part, and the rest is counted", async (walk) => {
  await walk.open("/groups?dir=sample-20000&tab=request&vendor=passbolt&about=groups");
  await asks(walk, "/groups.json?order[]=Group.name");
  await walk.says(/^And [\d,]+ lines more, which are not shown\.$/);
  assert.equal((await block(walk, "Body").textContent()).split("\n").length, 1_000);
});
