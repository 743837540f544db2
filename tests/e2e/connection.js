// Reading a directory from a system, as a person does it on the screen Connections.

import { credentials } from "./companion.js";

/** Connects to an address as a system, and waits until its directory is open; answers with the parameter that names it. */
export async function readAs(walk, address, system, secrets) {
  await walk.open("/connections/new");
  await walk.find("radio", new RegExp(`^${system}`)).check();
  if (secrets["Access token"] && system === "Contensis") await walk.find("radio", "Access token").click();
  await walk.page.getByLabel("Address").fill(address);
  for (const [label, text] of Object.entries(secrets)) await walk.page.getByLabel(label, { exact: true }).fill(text);
  await walk.click("button", "Connect and read");
  // The most that a busy machine may take to read it.
  const isRead = () => location.search.includes("dir=") && !document.querySelector('[role="progressbar"]');
  await walk.page.waitForFunction(isRead, undefined, { timeout: 90_000 });
  return new URL(walk.page.url()).searchParams.get("dir");
}

/** Reads the companion's own directory as Contensis. */
export const asContensis = (walk) => {
  const { "client id": id, "client secret": secret } = credentials("contensis");
  return readAs(walk, new URL(walk.page.url()).origin, "Contensis", { "Client id": id, "Shared secret": secret });
};
