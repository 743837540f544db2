// Our own module, through nothing but its documented API. ROLLCALL names the package for Node.

import { execFileSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { tell } from "../figures.js";

const { Directory } = createRequire(import.meta.url)(process.env.ROLLCALL);
const BY_NAME = "lastName,firstName";
const FIELDS = ["firstName", "lastName", "username", "email"];

const ids = (page) => page.items.map(({ user }) => Number(user.id));

export default {
  name: "Rollcall",
  fields: FIELDS,
  read(bytes) {
    const directory = Directory.fromJson(bytes);
    // The order that lists have is made when more of it is asked for than its first rows.
    directory.users({ order: BY_NAME, pageIndex: 1, pageSize: 1 });
    return { directory, excludes: new Uint32Array(1) };
  },
  /** Bulk work is done with handles, which are asked for once. */
  prepare({ directory }, questions) {
    const user = (id) => directory.userHandle(String(id));
    const group = (id) => directory.groupHandle(String(id));
    return {
      checks: Uint32Array.from(questions.checks, (id, at) => (at % 2 === 0 ? user(id) : group(id))),
      largest: group(questions.largest),
      excluded: group(questions.excluded),
      people: questions.people.map(user),
      chosen: String(questions.chosen),
    };
  },
  ids: ({ directory }, kind, handles) =>
    Array.from(handles, (handle) => Number(kind === "user" ? directory.userId(handle) : directory.groupId(handle))),
  checks: ({ directory }, pairs) => directory.checkPairs(pairs),
  list({ directory, excludes }, group, excluded) {
    excludes[0] = excluded;
    return directory.memberHandles(group, true, excludes);
  },
  groups: ({ directory }, user) => directory.groupHandles(user, true),
  choose(state, group) {
    state.chosen = { group, includeInherited: true, order: BY_NAME };
  },
  /** Each row of the page is a whole user, and bears its path and its count of ways. */
  filter({ directory, chosen }, fields, text, most) {
    const asked = fields.length === 1 ? { zenql: `${fields[0]} ~ "${text}"` } : { q: text };
    const page = directory.users({ ...chosen, ...asked, pageSize: most });
    return { total: page.totalCount, ids: ids(page) };
  },
  sort: ({ directory }, field, most) => ids(directory.users({ order: field, pageSize: most })),
  async more({ directory, chosen }, questions, time) {
    const { took: list, answer: page } = await time(() => directory.users({ ...chosen, pageSize: 50 }));
    tell("page", list);
    const people = page.items.map(({ user }) => user.id);
    const { took: explained } = await time(() => people.map((user) => directory.explain(user, chosen.group)));
    tell("explain", explained);
    const nest = [{ op: "nest", parent: chosen.group, child: String(questions.excluded) }];
    tell("what-if", (await time(() => directory.whatIf(nest))).took);
    tell("findings", (await time(() => directory.findings(), 3)).took);
    const { took: saved, answer: snapshot } = await time(() => directory.toSnapshot(), 3);
    tell("save", saved);
    tell("snapshot", snapshot.length / 1e6);
    // WebAssembly's memory never shrinks, so what is alive of it is seen in a process that read nothing but the snapshot.
    const file = join(tmpdir(), `rollcall-${process.pid}.snapshot`);
    try {
      writeFileSync(file, snapshot);
      const opens = fileURLToPath(new URL("../open.js", import.meta.url));
      const told = execFileSync(process.execPath, ["--expose-gc", opens, file], { encoding: "utf8" });
      process.stdout.write(told);
    } finally {
      rmSync(file, { force: true });
    }
  },
};
