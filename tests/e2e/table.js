// Tables of `docs/` that flows write: what they try, and what they found.

import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const docs = new URL("../../docs/", import.meta.url);

/** Holds a table of `docs/` to what was found, under an introduction of its own; where it differs, the right one lies beside the pictures. */
export function hold(name, introduction, head, rows) {
  const line = (cells) => `| ${cells.join(" | ")} |\n`;
  const right = `${introduction}\n\n${line(head)}${line(head.map(() => "---"))}${rows.map(line).join("")}`;
  let found = "";
  try {
    found = readFileSync(new URL(name, docs), "utf8").replaceAll("\r", "");
  } catch {
    // A table that is not there yet is another one, too.
  }
  if (found === right) return;
  mkdirSync(process.env.SHOTS, { recursive: true });
  const beside = join(process.env.SHOTS, name);
  writeFileSync(beside, right);
  assert.fail(`docs/${name} does not say what the flows have found. Read what has changed, then: cp ${beside} docs/${name}`);
}
