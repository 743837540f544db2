// The declarations: the compiler takes them and programs that use them, and refuses what they do not allow.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { NODE, WEB, installed, installedAs } from "./packages.js";

const compiler = join(dirname(installed.resolve("typescript/package.json")), "bin/tsc");
const STRICT = ["--strict", "--exactOptionalPropertyTypes", "--noUncheckedIndexedAccess", "--noEmit", "--target", "es2022"];

/** What the compiler says about programs beside which a package is installed; nothing if it takes them. */
function compile(folder, programs, lib) {
  for (const program of programs) copyFileSync(new URL(`types/${program}`, import.meta.url), join(folder, program));
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  const words = [compiler, ...STRICT, "--types", "", "--module", "nodenext", "--lib", lib, ...programs];
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { cwd: folder, encoding: "utf8" });
  assert.equal(status === 0, stdout + stderr === "", stdout + stderr);
  return stdout + stderr;
}

test("the programs for Node compile, without the types of a browser", () => {
  assert.equal(compile(installedAs(NODE), ["program.ts", "refused.ts"], "es2023"), "");
});

test("the programs for the web compile", () => {
  assert.equal(compile(installedAs(WEB), ["program.ts", "refused.ts", "web.ts"], "es2023,dom"), "");
});

test("the compiler is really asked", () => {
  assert.match(compile(installedAs(NODE), ["web.ts"], "es2023,dom"), /This expression is not callable/);
});

test("every type is spelled out", () => {
  for (const folder of [NODE, WEB]) {
    const declarations = readFileSync(join(folder, "index.d.ts"), "utf8").replace(/\/\*[^]*?\*\/|\/\/.*$/gm, "");
    assert.doesNotMatch(declarations, /\b(any|unknown|object|Function)\b/);
  }
});
