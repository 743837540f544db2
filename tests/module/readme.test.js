// The README's examples for Node run as they stand, and print what stands below them.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { NODE, installedAs } from "./packages.js";
import { examples } from "./readme.js";

const all = examples(NODE);
assert.equal(all.length, 3);
const folder = installedAs(NODE);
// Whatever lies above the folder for temporary files must not decide what kind of script an example is.
writeFileSync(join(folder, "package.json"), '{ "type": "commonjs" }');

for (const [at, { title, code, prints }] of all.entries()) {
  test(`${title}: the example runs`, () => {
    const file = join(folder, `example-${at}.js`);
    writeFileSync(file, code);
    assert.equal(execFileSync(process.execPath, [file], { encoding: "utf8" }), prints);
  });
}
