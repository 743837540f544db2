// A program that uses every declaration as it is meant.

import {
  Directory,
  DirectoryReader,
  ModuleError,
  type Change,
  type Explanation,
  type Finding,
  type FindingKind,
  type Group,
  type GroupRow,
  type Impact,
  type Page,
  type Query,
  type Row,
  type User,
  type UserRow,
} from "rollcall";

const reader: DirectoryReader = Directory.reader();
const progress: { bytes: number; users: number; groups: number; memberships: number } = reader.push(new Uint8Array());
reader.free();
const made: Directory[] = [
  reader.finish(),
  Directory.fromJson("{}"),
  Directory.fromJson(new Uint8Array()),
  Directory.fromSnapshot(new Uint8Array()),
  Directory.sample(),
  Directory.sample(10),
  Directory.sample(10, 1),
];
export const directory: Directory = made[0] ?? Directory.sample();

const query: Query = {
  zenql: "firstName ~ ann", q: "x", order: "-lastName", pageIndex: 0, pageSize: 25, group: "g", user: "u", includeInherited: true,
  excludedGroups: ["g2"], now: "2024-01-31T15:26:54Z",
};
const users: Page<UserRow> = directory.users(query);
const groups: Page<GroupRow> = directory.groups({});
export const numbers: number[] = [users.pageIndex, users.pageSize, users.totalCount, users.pageCount, users.micros, progress.bytes];

export function told({ user, source, via, ways, isAdmin }: UserRow): string {
  const { id, username, email, status, custom }: User = user;
  const path: string = (via ?? []).join(" > ");
  const kind: "direct" | "inherited" | undefined = source;
  const many: number = ways ?? 0;
  const manages: boolean = isAdmin ?? false;
  const suspended: boolean = status.suspended ?? status.locked ?? status.passwordResetRequired ?? false;
  const floor: string | number | boolean | undefined = custom["floor"];
  return [id, username ?? email ?? "", path, kind ?? "", many, manages, suspended, floor ?? ""].join();
}

export function counted({ group, directCount, totalCount }: GroupRow): [Group, number] {
  return [group, directCount + totalCount];
}
export const rows: string[] = [...users.items.map(told), ...groups.items.map((row) => counted(row)[0].name ?? "")];

const explanation: Explanation = directory.explain("u", "g", 10);
export const paths: string[][] = [...explanation.paths, ...explanation.nearest];
export const source: "direct" | "inherited" | "none" = explanation.source;

export const cycles: Finding[] = directory.findings().filter(({ kind, severity }) => kind === ("cycle" satisfies FindingKind) && severity === "critical");

const changes: Change[] = [
  { op: "addMember", group: "g", user: "u" },
  { op: "addMember", group: "g", user: "u", isAdmin: true },
  { op: "removeMember", group: "g", user: "u" },
  { op: "setManager", group: "g", user: "u", isAdmin: false },
  { op: "nest", parent: "g", child: "h" },
  { op: "unnest", parent: "g", child: "h" },
];
const impact: Impact = directory.whatIf(changes);
export const gained: Row[] = [...impact.gained, ...impact.lost, ...impact.managersGained, ...impact.managersLost];
export const loops: string[][] = [...impact.cyclesMade, ...impact.cyclesBroken];
directory.apply(changes);

const user: number | undefined = directory.userHandle("u");
const group: number | undefined = directory.groupHandle("g");
if (user !== undefined && group !== undefined) {
  const answers: Uint8Array = directory.checkPairs(Uint32Array.of(user, group));
  const members: Uint32Array = directory.memberHandles(group, true, directory.groupHandles(user, false));
  const names: string[] = [directory.userId(user), directory.groupId(group), String(answers.length + members.length)];
  names.push(directory.toJson());
}
export const isMember: boolean = directory.isMember("u", ["g"]);
const { status, headers, body }: { status: number; headers: Record<string, string>; body: string | null } = directory.request("GET", "/api/security/users", "u", "2024-01-31");
export const answer: string = `${status} ${headers["Content-Type"] ?? ""} ${body ?? ""}`;
export const counts: { users: number; groups: number; memberships: number; nestings: number; findings: number } = directory.stats();
export const snapshot: Uint8Array = directory.toSnapshot();

try {
  directory.free();
} catch (error) {
  if (error instanceof ModuleError) {
    const kind: "json" | "shape" | "snapshot" | "query" | "parameter" | "identifier" | "change" = error.kind;
    const place: (number | undefined)[] = [error.position, error.length, error.line, error.column];
    const words: (string | undefined)[] = [kind, error.message, error.found, ...(error.expected ?? []), error.suggestion];
    throw new Error([...place, ...words].join());
  }
}
