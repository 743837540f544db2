// Clocks of a worker that a flow sets, so that hours pass at once.

import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startOther } from "./companion.js";

const LOADER = "worker_loader.js";

// What is imported runs before it, but looks at no clock until it is started.
const CLOCKS = `
  globalThis.skew = 0;
  const day = Date.now;
  Date.now = () => day() + globalThis.skew;
  globalThis.looks = [];
  globalThis.setInterval = (look) => globalThis.looks.push(look);
`;

/**
 * Opens the form to connect in a console whose worker has clocks of its own, for as long as `body` takes; what would look at
 * the time every now and then does so when told. The console is another one, served for itself: to a browser, an answer
 * that a flow makes up comes from nowhere, and what comes from nowhere may ask no server of this machine.
 */
export async function withClocks(walk, body) {
  const folder = mkdtempSync(join(tmpdir(), "rollcall-"));
  cpSync(process.env.CONSOLE, folder, { recursive: true });
  const loader = readFileSync(join(folder, LOADER), "utf8");
  for (const form of ["", ".br", ".gz"]) rmSync(join(folder, LOADER + form), { force: true });
  writeFileSync(join(folder, LOADER), CLOCKS + loader);
  const companion = await startOther({ console: folder });
  try {
    await walk.open(`${companion.address}/connections/new`);
    await body();
    // A page that is still there would miss what it fetches ahead.
    await walk.page.goto("about:blank");
  } finally {
    await companion.stop();
    rmSync(folder, { recursive: true });
  }
}

/** Sets the worker's clock of the day, by minutes from what it says. It looks at the time itself, unless it is asleep. */
export const pass = (walk, minutes, { asleep = false } = {}) =>
  walk.page.workers()[0].evaluate(
    ([minutes, asleep]) => {
      globalThis.skew += minutes * 60_000;
      if (!asleep) globalThis.looks.forEach((look) => look());
    },
    [minutes, asleep],
  );
