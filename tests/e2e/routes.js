// Every route of the console, in the sample directory, with something on it.

import { readFileSync } from "node:fs";

export const ROUTES = [
  "/",
  "/groups",
  "/groups/Manufacturing",
  "/groups/Manufacturing?tab=hierarchy",
  "/groups/Manufacturing?tab=managers",
  "/groups/Manufacturing?tab=request",
  "/users",
  "/users?zenQL=frstName%20%3D%20a&tab=request",
  "/users/tdurden",
  "/check?user=tdurden&groups=Manufacturing",
  "/check?user=msinger&groups=Manufacturing,Project%20Mayhem",
  "/check?users=tdurden,msinger&groups=Manufacturing,Finance,Project%20Mayhem",
  "/hierarchy?from=Manufacturing&user=tdurden",
  "/compare?a=tdurden&b=msinger",
  "/what-if?do=nest:Paper%20Street%20Soap%20Company:Manufacturing,add:tdurden:Finance",
  "/managers",
  "/managers?view=one",
  "/findings",
  "/findings/cycle",
  "/connections",
  "/connections/sample",
  "/connections/file",
  "/connections/new",
  "/gallery",
  "/nowhere",
];

/** The first words of all addresses that `src/route.rs` reads; none may be missing above. */
export function words() {
  const source = readFileSync(new URL("../../src/route.rs", import.meta.url), "utf8");
  return new Set([...source.matchAll(/^ {12}\("([a-z-]*)", /gm)].map(([, word]) => word));
}
