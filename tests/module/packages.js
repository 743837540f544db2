// The packages as they are built, and folders in which they are installed as `rollcall`.

import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { fileURLToPath } from "node:url";

/** Where the packages are. */
export const NODE = fileURLToPath(new URL("../../dist/module-node", import.meta.url));
export const WEB = fileURLToPath(new URL("../../dist/module", import.meta.url));

export const { Directory, DirectoryReader, ModuleError } = createRequire(import.meta.url)(NODE);

/** Requires what `cargo xtask` installed into target/npm. */
export const installed = createRequire(new URL("package.json", `file://${setting("NPM")}/`));

export function setting(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run the tests with \`cargo xtask test\`.`);
  return value;
}

/** A folder beside whose files a package is installed; it goes with the tests of the file. */
export function installedAs(folder) {
  const place = mkdtempSync(join(tmpdir(), "rollcall-"));
  mkdirSync(join(place, "node_modules"));
  symlinkSync(folder, join(place, "node_modules/rollcall"), "junction");
  after(() => rmSync(place, { recursive: true }));
  return place;
}

/** The error that a function throws. */
export function thrown(act) {
  try {
    act();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}
