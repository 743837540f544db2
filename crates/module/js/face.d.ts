// The API of the package. Every text that names a user is an id, a username or an email; one that names a group is an id
// or a name. Times are ISO 8601 texts; where a `now` is left out, the clock of the machine is read.

/** All facts of one directory at one moment, in WebAssembly's memory until `free()`. */
export class Directory {
  private constructor();

  /** Reads a directory file. Throws `json` or `shape` with line, column and what was expected. */
  static fromJson(text: string | Uint8Array): Directory;

  /** The same file in pieces, for progress and cancelling. */
  static reader(): DirectoryReader;

  /** Opens what `toSnapshot` wrote, many times faster than the file. Throws `snapshot` on any corruption. */
  static fromSnapshot(bytes: Uint8Array): Directory;

  /** The believable sample: the same for the same numbers. 1,200 users unless told otherwise, 1,000,000 at the most. */
  static sample(users?: number, seed?: number): Directory;

  /** The binary form: versioned, checksummed, for this version of the package alone. */
  toSnapshot(): Uint8Array;

  /** The directory file of the facts, without what could not be used. */
  toJson(): string;

  stats(): Stats;

  /**
   * Answers a documented request of any of the three vendors locally. Asked as an administrator, unless `as` names a user:
   * throws `identifier` if it names nobody. `body` is null where the answer has none.
   */
  request(method: string, url: string, as?: string, now?: string): Answer;

  /** Whether the user is in any of the groups, directly or through nesting. Unknown groups match nothing; throws on an unknown user. */
  isMember(user: string, groups: string[]): boolean;

  /** A page of all users, or of the members of `query.group`. By `username` unless `order` or the query says otherwise. */
  users(query: Query): Page<UserRow>;

  /** A page of all groups, of those that `query.user` is in, or of those below `query.group`. By `name` unless told otherwise. */
  groups(query: Query): Page<GroupRow>;

  /** Why the user is in the group, or what would make it so. `limit` caps both lists, 100 by default. */
  explain(user: string, group: string, limit?: number): Explanation;

  /** What is wrong with the facts, the gravest kind first. */
  findings(): Finding[];

  /** What the changes would do, one after the other. Changes nothing. */
  whatIf(changes: Change[]): Impact;

  /** Makes the changes, all or none. Handles from before are void. */
  apply(changes: Change[]): void;

  // Handles are small integers for bulk work, valid for this Directory until apply(). Arrays of them ascend; one that is
  // none throws `identifier`.

  /** The handle of a user, by any identifier. */
  userHandle(user: string): number | undefined;

  /** The handle of a group, by any identifier. */
  groupHandle(group: string): number | undefined;

  userId(handle: number): string;

  groupId(handle: number): string;

  /** Of handles user, group, user, group, …: 1 where inherited membership holds, else 0. */
  checkPairs(pairs: Uint32Array): Uint8Array;

  /** The members of a group, without those who are in an excluded group, directly or through nesting. */
  memberHandles(group: number, includeInherited: boolean, excluded: Uint32Array): Uint32Array;

  /**
   * The groups that name a user, or with all groups above them, the nearest first. Short answers share their buffer, as small Buffers of Node do:
   * copy one with `slice()` before its buffer is transferred.
   */
  groupHandles(user: number, includeInherited: boolean): Uint32Array;

  /** Gives the memory back. Any other call after it throws a TypeError; a second free does nothing. */
  free(): void;
}

/** A directory file on its way in. After an error, push and finish throw the same error again. */
export class DirectoryReader {
  /** Reads the next piece, cut anywhere, and says how much was read so far. */
  push(bytes: Uint8Array): { bytes: number; users: number; groups: number; memberships: number };

  /** Ends the file. The reader is used up, whether this throws or not. */
  finish(): Directory;

  /** Cancels: gives the memory back. */
  free(): void;
}

export interface Stats {
  users: number;
  groups: number;
  memberships: number;
  nestings: number;
  findings: number;
}

export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string | null;
}

export interface Query {
  /** The query language, about users or about groups. */
  zenql?: string;
  /** A text that first name, last name, username or email contains; of groups, the name. */
  q?: string;
  /** Fields separated by commas, `-` before one for descending. */
  order?: string;
  /** From 0. */
  pageIndex?: number;
  /** 1 to 1,000; 25 by default. */
  pageSize?: number;
  /** The group whose members, or child groups, are asked for. */
  group?: string;
  /** The user whose groups are asked for. */
  user?: string;
  includeInherited?: boolean;
  /** Takes away the members of these groups, direct or inherited; of groups, these groups and all below them. */
  excludedGroups?: string[];
  /** The time that relative dates of the query count from. */
  now?: string;
}

export interface Page<T> {
  pageIndex: number;
  pageSize: number;
  totalCount: number;
  pageCount: number;
  items: T[];
  /** How long the answer took, in microseconds. */
  micros: number;
}

/**
 * `via` is the shortest path, from the direct group up to the asked one; `ways` how many minimal paths there are, capped at
 * 100. Both, and `source` and `isAdmin`, are absent where no group was asked about.
 */
export interface UserRow {
  user: User;
  source?: "direct" | "inherited";
  via?: string[];
  ways?: number;
  isAdmin?: boolean;
}

/**
 * As `UserRow`. Below an asked group, `via` begins with the group that the row's is nested right in, and `isAdmin` is absent.
 * The counts are of direct members, and of all.
 */
export interface GroupRow {
  group: Group;
  source?: "direct" | "inherited";
  via?: string[];
  ways?: number;
  isAdmin?: boolean;
  directCount: number;
  totalCount: number;
}

/** Paths are ids of groups, from the direct group up to the asked one; `nearest` those that one membership would complete. */
export interface Explanation {
  member: boolean;
  source: "direct" | "inherited" | "none";
  isAdmin: boolean;
  paths: string[][];
  ways: number;
  nearest: string[][];
}

export type Change =
  | { op: "addMember" | "removeMember"; group: string; user: string; isAdmin?: boolean }
  | { op: "setManager"; group: string; user: string; isAdmin: boolean }
  | { op: "nest" | "unnest"; parent: string; child: string };

export interface Impact {
  gained: Row[];
  lost: Row[];
  managersGained: Row[];
  managersLost: Row[];
  cyclesMade: string[][];
  cyclesBroken: string[][];
}

/** The ids of a user and a group; every inherited consequence included, each pair once. */
export interface Row {
  user: string;
  group: string;
}

export interface User {
  id: string;
  username?: string;
  email?: string;
  firstName?: string;
  lastName?: string;
  language?: string;
  timezone?: string;
  created?: string;
  modified?: string;
  lastLogin?: string;
  expiry?: string;
  status: { suspended?: boolean; locked?: boolean; passwordResetRequired?: boolean };
  custom: Record<string, string | number | boolean>;
}

export interface Group {
  id: string;
  name?: string;
  description?: string;
  type?: string;
  created?: string;
  modified?: string;
  custom: Record<string, string | number | boolean>;
}

export interface Finding {
  kind: FindingKind;
  severity: "critical" | "warning" | "notice";
  users: string[];
  groups: string[];
  message: string;
}

export type FindingKind =
  | "cycle"
  | "suspended-administrator"
  | "dangling"
  | "unreadable"
  | "duplicate-identifier"
  | "lookalike"
  | "no-manager"
  | "deep"
  | "suspended-member"
  | "one-manager"
  | "redundant"
  | "empty"
  | "repeated";

/** Why the module refused; the directory still works. Places are in UTF-16 units, as JavaScript counts. */
export class ModuleError extends Error {
  private constructor();
  kind: "json" | "shape" | "snapshot" | "query" | "parameter" | "identifier" | "change";
  /** Where it is, from 0: in the file, the query or the order; of a `change`, which one of the changes. */
  position?: number;
  /** How long it is. */
  length?: number;
  /** In a file, from 1. */
  line?: number;
  /** In a file, from 1. */
  column?: number;
  found?: string;
  expected?: string[];
  /** What was probably meant. */
  suggestion?: string;
}
