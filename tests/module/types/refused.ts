// What the declarations do not allow: a line that compiles after all is an error of its own.

import { Directory, ModuleError, type Change, type Query } from "rollcall";

const directory = Directory.sample();

// @ts-expect-error: a directory is made by one of the static methods
new Directory();
// @ts-expect-error: an error is the module's to make
new ModuleError();
// @ts-expect-error: bytes are a Uint8Array
Directory.fromJson(new ArrayBuffer(1));
// @ts-expect-error: a seed is a number
Directory.sample(10, "1");
// @ts-expect-error: groups are a list
directory.isMember("u", "g");
// @ts-expect-error: a query has to be there
directory.users();
// @ts-expect-error: there is no such key
directory.users({ pagesize: 10 });
// @ts-expect-error: a page is counted in numbers
directory.groups({ pageIndex: "1" });
// @ts-expect-error: what is left out is left out
export const query: Query = { group: null };
// @ts-expect-error: handles come in a Uint32Array
directory.checkPairs([1, 2]);
// @ts-expect-error: a handle may be missing
directory.userId(directory.userHandle("u"));
// @ts-expect-error: it has to be said whether inherited members count
directory.memberHandles(1);
// @ts-expect-error: who becomes what has to be said
export const manager: Change = { op: "setManager", group: "g", user: "u" };
// @ts-expect-error: groups are nested, not users
export const nesting: Change = { op: "nest", parent: "g", user: "u" };
// @ts-expect-error: there is no such change
export const renaming: Change = { op: "rename", group: "g", user: "u" };
// @ts-expect-error: a row may have no path
directory.users({}).items.map((row) => row.via.length);
// @ts-expect-error: there is no such kind
directory.findings().filter((finding) => finding.kind === "circle");
// @ts-expect-error: a body may be missing
directory.request("GET", "/").body.length;
