// The companion's offers: its own directory and its gateways, each with one click and without a secret in the browser.

import assert from "node:assert/strict";
import { credentials, startGateway } from "./companion.js";
import { flow } from "./walk.js";

/** What the browser itself says of answers that are errors. */
const FAILED = /Failed to load resource|net::ERR/;

/** A companion in front of the one that serves the flow, whose directory it reads with credentials of its own. */
async function withGateway(walk, body) {
  await walk.open("/connections");
  const { "client id": clientId, "client secret": clientSecret } = credentials("contensis");
  const origin = new URL(walk.page.url()).origin;
  const gateway = await startGateway({ hr: origin, mine: origin }, { hr: { clientId, clientSecret } });
  try {
    await body(gateway, [clientId, clientSecret]);
    // A page that is still there would miss what it fetches ahead.
    await walk.page.goto("about:blank");
  } finally {
    await gateway.stop();
  }
}

const offers = (walk) => walk.page.getByRole("list", { name: "This companion offers" });
const offer = (walk, name) => offers(walk).getByRole("listitem").filter({ hasText: name });

flow("whoever has not entered a companion is offered nothing, and nothing goes wrong", async (walk) => {
  const asked = [];
  walk.page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await walk.open("/connections");
  await walk.says("Sample directory");
  assert.equal(await offers(walk).count(), 0);
  assert.ok(!asked.includes("/api/companion"), asked.join(" "));
});

flow("a gateway that holds credentials, and the companion's own directory, are connected to with one click", async (walk) => {
  await withGateway(walk, async (gateway, secrets) => {
    const sent = [];
    walk.page.on("request", (request) => sent.push(request));
    await walk.page.goto(gateway.link);
    await walk.page.goto(`${gateway.address}/connections`);
    await walk.isReady();
    await offer(walk, "hr").waitFor();
    assert.equal(await offers(walk).getByRole("listitem").count(), 5);
    await walk.axe();
    await walk.shot("companion-offers");
    await offer(walk, "hr").getByRole("button", { name: "Connect" }).click();
    await walk.says(/^1,200 users, 75 groups, [\d,]+ memberships\.$/);
    await walk.says("Everything came as it should.");
    assert.match(walk.page.url(), /dir=contensis-%2Fgateway%2Fhr/);
    await offer(walk, "hr").waitFor({ state: "detached" });
    await walk.axe();
    await walk.shot("gateway-report");
    // Everything went through the gateway, and no secret was ever in the browser.
    const paths = sent.map((request) => new URL(request.url()));
    assert.ok(paths.every((url) => url.origin === gateway.address));
    assert.ok(paths.some((url) => url.pathname === "/gateway/hr/api/security/users"));
    for (const request of sent) {
      const text = JSON.stringify([request.url(), await request.allHeaders(), request.postData()]);
      assert.ok(secrets.every((secret) => !text.includes(secret)), text);
    }

    // After the page was loaded again nobody has to sign in either.
    await walk.page.reload();
    await walk.says("hr needs you to sign in.");
    await walk.click("button", "Connect and read");
    await walk.says(/^1,200 users, 75 groups, /);

    await offer(walk, "This companion, Tulip").getByRole("button", { name: "Connect" }).click();
    await walk.says(/^1,200 users, 75 groups, /);
    await walk.says("No group is nested in another: every membership is direct.");
    await offer(walk, "This companion, Passbolt").getByRole("button", { name: "Connect" }).click();
    await walk.says("Everything came as it should.");
    await walk.page.waitForFunction(() => location.search.includes("passbolt"));

    // What it granted stays in the worker.
    const told = await (await walk.page.request.get(`${gateway.address}/api/companion`)).json();
    const granted = told.connections.flatMap(({ credentials: { id, secret } }) => [id, secret]).filter(Boolean);
    assert.ok(granted.length >= 5);
    const kept = await walk.page.evaluate(() => JSON.stringify([localStorage, sessionStorage, location.href, document.body.innerHTML]));
    assert.ok(granted.every((it) => !kept.includes(it)), kept);
  });
});

flow(
  "a gateway without credentials asks for those of the person",
  async (walk) => {
    await withGateway(walk, async (gateway, [id, secret]) => {
      await walk.page.goto(gateway.link);
      await walk.page.goto(`${gateway.address}/connections`);
      await walk.isReady();
      await offer(walk, "mine").getByRole("link", { name: "Sign in" }).click();
      await walk.find("radio", "Client id and secret").click();
      await walk.page.getByLabel("Client id", { exact: true }).fill(id);
      await walk.page.getByLabel("Shared secret", { exact: true }).fill(secret);
      await walk.click("button", "Sign in and read");
      await walk.says(/^1,200 users, 75 groups, /);
      await walk.says("Everything came as it should.");
      // A companion that was started anew has another token: it tells nothing more, and that is said.
      const cookies = await walk.page.context().cookies();
      const token = cookies.find((it) => it.httpOnly);
      await walk.page.context().addCookies([{ ...token, value: "of-another-start-of-the-companion" }]);
      await walk.page.goto(`${gateway.address}/connections`);
      await walk.says("It did not tell. Open the link that it printed when it started last.");
    });
  },
  { allows: FAILED },
);

flow("a gateway that holds credentials is asked live with one click", async (walk) => {
  await withGateway(walk, async (gateway, secrets) => {
    const sent = [];
    walk.page.on("request", (request) => sent.push(request));
    await walk.page.goto(gateway.link);
    // As the link that a colleague sends.
    await walk.page.goto(`${gateway.address}/users?dir=live-contensis-%2Fgateway%2Fhr`);
    await walk.says("contensis needs you to sign in.");
    await walk.click("link", /^Connections/);
    await walk.find("region", "Without signing in").getByRole("button", { name: "Connect and ask" }).click();
    await walk.says("Who answers what");
    await walk.click("link", /^Users/);
    await walk.hasRows(1_200, "Users that match");
    await walk.row(1, "Users that match").getByRole("link").waitFor();
    for (const request of sent) {
      const text = JSON.stringify([request.url(), await request.allHeaders(), request.postData()]);
      assert.ok(secrets.every((secret) => !text.includes(secret)), text);
    }
  });
});
