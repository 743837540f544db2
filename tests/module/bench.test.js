// The answers that are held against others' when speed is measured, on a directory small enough for every change.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const path = (name) => fileURLToPath(new URL(`../../${name}`, import.meta.url));

function run(script, ...words) {
  const env = { ...process.env, ROLLCALL: path("dist/module-node") };
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--expose-gc", path(`bench/${script}`), ...words], {
    encoding: "utf8",
    env,
  });
  assert.equal(status, 0, stderr);
  return stdout;
}

test("what is measured answers as the plainest reading of the same directory does", () => {
  const folder = mkdtempSync(join(tmpdir(), "rollcall-bench-"));
  try {
    run("directory.js", "XS", folder);
    for (const system of ["rollcall", "typed"]) {
      const items = run("measure.js", system, "XS", folder);
      for (const item of ["read", "checks", "list", "groups", "key-first", "key-email", "key-any", "sort"]) {
        assert.match(items, new RegExp(`^${item}\t`, "m"), system);
      }
    }
    assert.match(run("measure.js", "rollcall", "XS", folder, "text"), /^read-text\t/m);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
