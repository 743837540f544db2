// The API of the package: checks what it is given, asks the WebAssembly, and throws its errors as `ModuleError`.
//
// `cargo xtask module` puts the end of the package's kind below: it says where `core()` comes from, and what is exported.

/** How many bytes of a file go into WebAssembly at once: its memory never shrinks, so a whole file would stay. */
const PIECE = 1 << 20;

/** The highest index and the longest list that the module speaks of. */
const HIGHEST = 2 ** 31 - 1;

/** Why the module refused: `index.d.ts` says what each kind carries. */
class ModuleError extends Error {
  constructor({ message, ...rest }) {
    super(message);
    this.name = "ModuleError";
    Object.assign(this, rest);
  }
}

/** What WebAssembly threw, as the caller gets it. */
function thrown(error) {
  return typeof error === "string" ? new ModuleError(JSON.parse(error)) : error;
}

/** What a value is, for a message. */
function kindOf(value) {
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  switch (typeof value) {
    case "undefined":
      return "nothing";
    case "object":
      return "an object";
    case "number":
      return String(value);
    case "string":
      return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
    default:
      return `a ${typeof value}`;
  }
}

function refuse(name, expected, value) {
  const found = kindOf(value);
  const message = `\`${name}\`: expected ${expected}, found ${found}`;
  return new ModuleError({ kind: "parameter", message, found, expected: [expected] });
}

function text(name, value) {
  if (typeof value !== "string") throw refuse(name, "a text", value);
  return value;
}

function texts(name, value) {
  if (!Array.isArray(value)) throw refuse(name, "an array of texts", value);
  for (let at = 0; at < value.length; at++) text(`${name}[${at}]`, value[at]);
  return value;
}

function flag(name, value) {
  if (typeof value !== "boolean") throw refuse(name, "true or false", value);
  return value;
}

function whole(name, value, least, most) {
  if (!Number.isInteger(value) || value < least || value > most) {
    throw refuse(name, `a whole number from ${least} to ${most}`, value);
  }
  return value;
}

function handle(name, value) {
  if (Number.isInteger(value) && value >= 0 && value <= 0xffffffff) return value;
  const found = kindOf(value);
  const expected = ["a handle"];
  throw new ModuleError({ kind: "identifier", message: `\`${name}\`: expected a handle, found ${found}`, found, expected });
}

function handles(name, value) {
  if (!(value instanceof Uint32Array)) throw refuse(name, "a Uint32Array", value);
  return value;
}

function bytesOf(name, value) {
  if (!(value instanceof Uint8Array)) throw refuse(name, "a Uint8Array", value);
  return value;
}

function object(name, value) {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw refuse(name, "an object", value);
  return value;
}

/** What was given, or what holds where nothing was. */
const or = (value, otherwise) => value ?? otherwise;

const now = () => new Date().toISOString();

/** A query with all that was left out; a group and a user stay out. */
function complete(query) {
  object("query", query);
  return {
    zenql: text("zenql", or(query.zenql, "")),
    q: text("q", or(query.q, "")),
    order: text("order", or(query.order, "")),
    pageIndex: whole("pageIndex", or(query.pageIndex, 0), 0, HIGHEST),
    pageSize: whole("pageSize", or(query.pageSize, 25), 1, 1000),
    group: query.group == null ? undefined : text("group", query.group),
    user: query.user == null ? undefined : text("user", query.user),
    includeInherited: flag("includeInherited", or(query.includeInherited, false)),
    excludedGroups: texts("excludedGroups", or(query.excludedGroups, [])),
    now: text("now", or(query.now, now())),
  };
}

/** Changes in the one form that WebAssembly reads: a child group is a member too. */
function told(changes) {
  if (!Array.isArray(changes)) throw refuse("changes", "an array of changes", changes);
  return changes.map((change, at) => {
    const name = `changes[${at}]`;
    const { op, group, user, parent, child, isAdmin } = object(name, change);
    switch (op) {
      case "addMember":
      case "removeMember":
      case "setManager":
        return {
          op,
          group: text(`${name}.group`, group),
          member: text(`${name}.user`, user),
          isAdmin: flag(`${name}.isAdmin`, op === "setManager" ? isAdmin : or(isAdmin, false)),
        };
      case "nest":
      case "unnest":
        return { op, group: text(`${name}.parent`, parent), member: text(`${name}.child`, child), isAdmin: false };
      default:
        throw refuse(`${name}.op`, "addMember, removeMember, setManager, nest or unnest", op);
    }
  });
}

/** Answers with a page, and says how long that took. */
function page(began, json) {
  const answer = JSON.parse(json);
  answer.micros = Math.round((performance.now() - began) * 1000);
  return answer;
}

/** WebAssembly's memory, which moves when it grows. */
let view = new Uint32Array();

function words() {
  if (view.byteLength === 0) view = new Uint32Array(core().heap().buffer);
  return view;
}

/** The buffer of short answers, and how much of it is given away. */
let [pool, given] = [new Uint32Array(), 0];

/**
 * A copy of a list in WebAssembly's memory, at whose beginning its length stands. Short ones share a buffer: to make one takes ten
 * times as long as to fill it, and `subarray` three times as long as a view by its place.
 */
function copied(at) {
  const from = words();
  const count = from[at++];
  if (count > 256) return from.slice(at, at + count);
  // One that was transferred is empty.
  if (given + count > pool.length) [pool, given] = [new Uint32Array(2_048), 0];
  const copy = new Uint32Array(pool.buffer, 4 * given, count);
  given += count;
  for (let one = 0; one < count; one++) copy[one] = from[at + one];
  return copy;
}

/** Only this file makes a `Directory`. */
const OURS = Symbol("ours");

/** All facts of one directory at one moment. It lives in WebAssembly's memory until `free`. */
class Directory {
  #core;

  constructor(ours, made) {
    if (ours !== OURS) throw new TypeError("a Directory is made by fromJson, fromSnapshot, reader or sample");
    this.#core = made;
  }

  get #open() {
    if (this.#core === undefined) throw new TypeError("the Directory was freed");
    return this.#core;
  }

  static fromJson(file) {
    const reader = Directory.reader();
    try {
      if (typeof file === "string") {
        const encoder = new TextEncoder();
        for (let at = 0; at < file.length; ) {
          let end = Math.min(at + PIECE, file.length);
          // Two units of one character stay together.
          if (end < file.length && (file.charCodeAt(end - 1) & 0xfc00) === 0xd800) end++;
          reader.push(encoder.encode(file.slice(at, end)));
          at = end;
        }
      } else {
        bytesOf("file", file);
        for (let at = 0; at < file.length; at += PIECE) reader.push(file.subarray(at, at + PIECE));
      }
      return reader.finish();
    } finally {
      reader.free();
    }
  }

  static reader() {
    return new DirectoryReader();
  }

  static fromSnapshot(bytes) {
    bytesOf("bytes", bytes);
    try {
      return new Directory(OURS, core().Directory.fromSnapshot(bytes));
    } catch (error) {
      throw thrown(error);
    }
  }

  static sample(users, seed) {
    const count = whole("users", or(users, 1200), 0, 1_000_000);
    const chosen = whole("seed", or(seed, 1), 0, Number.MAX_SAFE_INTEGER);
    try {
      return new Directory(OURS, core().Directory.sample(count, BigInt(chosen)));
    } catch (error) {
      throw thrown(error);
    }
  }

  toSnapshot() {
    return this.#open.toSnapshot();
  }

  toJson() {
    return this.#open.toJson();
  }

  stats() {
    return JSON.parse(this.#open.stats());
  }

  request(method, url, as, at) {
    text("method", method);
    text("url", url);
    const caller = as == null ? undefined : text("as", as);
    const time = text("now", or(at, now()));
    try {
      const [head, body = null] = this.#open.request(method, url, caller, time);
      return { ...JSON.parse(head), body };
    } catch (error) {
      throw thrown(error);
    }
  }

  isMember(user, groups) {
    try {
      return this.#open.isMember(text("user", user), texts("groups", groups));
    } catch (error) {
      throw thrown(error);
    }
  }

  users(query) {
    const began = performance.now();
    const asked = complete(query);
    if (asked.user !== undefined) throw refuse("user", "nothing: users are asked for by `group` alone", asked.user);
    try {
      return page(began, this.#open.users(asked));
    } catch (error) {
      throw thrown(error);
    }
  }

  groups(query) {
    const began = performance.now();
    const asked = complete(query);
    if (asked.user !== undefined && asked.group !== undefined) {
      throw refuse("user", "either a user or a `group`", asked.user);
    }
    try {
      return page(began, this.#open.groups(asked));
    } catch (error) {
      throw thrown(error);
    }
  }

  explain(user, group, limit = 100) {
    text("user", user);
    text("group", group);
    whole("limit", limit, 0, HIGHEST);
    try {
      return JSON.parse(this.#open.explain(user, group, limit));
    } catch (error) {
      throw thrown(error);
    }
  }

  findings() {
    return JSON.parse(this.#open.findings());
  }

  whatIf(changes) {
    const asked = told(changes);
    try {
      return JSON.parse(this.#open.whatIf(asked));
    } catch (error) {
      throw thrown(error);
    }
  }

  apply(changes) {
    const asked = told(changes);
    try {
      this.#open.apply(asked);
    } catch (error) {
      throw thrown(error);
    }
  }

  userHandle(user) {
    return this.#open.userHandle(text("user", user));
  }

  groupHandle(group) {
    return this.#open.groupHandle(text("group", group));
  }

  userId(user) {
    try {
      return this.#open.userId(handle("handle", user));
    } catch (error) {
      throw thrown(error);
    }
  }

  groupId(group) {
    try {
      return this.#open.groupId(handle("handle", group));
    } catch (error) {
      throw thrown(error);
    }
  }

  checkPairs(pairs) {
    try {
      return this.#open.checkPairs(handles("pairs", pairs));
    } catch (error) {
      throw thrown(error);
    }
  }

  memberHandles(group, includeInherited, excluded) {
    handle("group", group);
    flag("includeInherited", includeInherited);
    try {
      return this.#open.memberHandles(group, includeInherited, handles("excluded", excluded));
    } catch (error) {
      throw thrown(error);
    }
  }

  groupHandles(user, includeInherited) {
    const open = this.#open;
    const at = open.groupHandles(handle("user", user), flag("includeInherited", includeInherited));
    if (at === 0) this.userId(user); // refuses it
    return copied(at >>> 2);
  }

  free() {
    this.#core?.free();
    this.#core = undefined;
  }
}

/** A directory file on its way in, a piece at a time. */
class DirectoryReader {
  #core;
  #bytes = 0;

  constructor() {
    this.#core = new (core().DirectoryReader)();
  }

  get #open() {
    if (this.#core === undefined) throw new TypeError("the DirectoryReader is finished, or was freed");
    return this.#core;
  }

  push(bytes) {
    try {
      this.#open.push(bytesOf("bytes", bytes));
    } catch (error) {
      throw thrown(error);
    }
    this.#bytes += bytes.length;
    const [users, groups, memberships] = this.#open.counts();
    return { bytes: this.#bytes, users, groups, memberships };
  }

  finish() {
    const reader = this.#open;
    // Finished or refused, WebAssembly has taken it.
    this.#core = undefined;
    try {
      return new Directory(OURS, reader.finish());
    } catch (error) {
      throw thrown(error);
    }
  }

  free() {
    this.#core?.free();
    this.#core = undefined;
  }
}
