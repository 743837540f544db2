// SQLite in memory: recursive queries over tables with indexes both ways, and statistics.

import initialise from "@sqlite.org/sqlite-wasm";
import { facts } from "./facts.js";

const COLUMN = { firstName: "first", lastName: "last", username: "username", email: "email" };
const BELOW = (at) =>
  `WITH RECURSIVE below(g) AS (VALUES(?${at}) UNION SELECT child FROM nesting JOIN below ON parent = g)
   SELECT DISTINCT u FROM membership WHERE g IN below`;
const ABOVE = `WITH RECURSIVE above(g) AS (
  SELECT g FROM membership WHERE u = ?1 UNION SELECT parent FROM nesting JOIN above ON child = above.g)`;
let sqlite;

/** A statement that can be asked again and again. */
function prepare(database, sql) {
  const statement = database.prepare(sql);
  return {
    run(values) {
      statement.bind(values).step();
      statement.reset();
    },
    all(values) {
      statement.bind(values);
      const found = [];
      while (statement.step()) found.push(statement.getInt(0));
      statement.reset();
      return found;
    },
  };
}

export default {
  name: "sqlite-wasm",
  needs: "@sqlite.org/sqlite-wasm",
  fields: Object.keys(COLUMN),
  sample: { checks: { S: 5_000, M: 5_000, L: 5_000 } },
  async init() {
    sqlite = await initialise({ print() {}, printErr() {} });
  },
  read(bytes) {
    const database = new sqlite.oo1.DB(":memory:");
    database.exec(`PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp_store = MEMORY;
      CREATE TABLE user(id INTEGER PRIMARY KEY, first TEXT, last TEXT, username TEXT, email TEXT);
      CREATE TABLE nesting(parent INT, child INT, PRIMARY KEY(parent, child)) WITHOUT ROWID;
      CREATE TABLE membership(g INT, u INT, PRIMARY KEY(g, u)) WITHOUT ROWID;
      CREATE TEMP TABLE chosen(u INTEGER PRIMARY KEY);
      BEGIN`);
    const { users, groups } = facts(bytes);
    const user = prepare(database, "INSERT INTO user VALUES(?, ?, ?, ?, ?)");
    const nesting = prepare(database, "INSERT INTO nesting VALUES(?, ?)");
    const membership = prepare(database, "INSERT INTO membership VALUES(?, ?)");
    for (const one of users) user.run([one.id, ...Object.keys(COLUMN).map((field) => one[field].toLowerCase())]);
    for (const group of groups) {
      for (const child of group.children) nesting.run([group.id, child]);
      group.members.sort((one, other) => one - other);
      for (const id of group.members) membership.run([group.id, id]);
    }
    database.exec(`CREATE INDEX membership_u ON membership(u, g); CREATE INDEX nesting_child ON nesting(child, parent);
      CREATE INDEX user_name ON user(last, first, id); COMMIT; ANALYZE`);
    return {
      database,
      check: prepare(database, `${ABOVE} SELECT EXISTS(SELECT 1 FROM above WHERE g = ?2)`),
      list: prepare(database, `SELECT u FROM (${BELOW(1)}) EXCEPT SELECT u FROM (${BELOW(2)})`),
      groups: prepare(database, `${ABOVE} SELECT g FROM above`),
      choose: prepare(database, `INSERT INTO chosen ${BELOW(1)}`),
      prepared: new Map(),
    };
  },
  checks({ check }, pairs) {
    const answers = new Uint8Array(pairs.length / 2);
    for (let at = 0; at < pairs.length; at += 2) answers[at / 2] = check.all([pairs[at], pairs[at + 1]])[0];
    return answers;
  },
  list: ({ list }, group, excluded) => list.all([group, excluded]),
  groups: ({ groups }, user) => groups.all([user]),
  choose({ database, choose }, group) {
    database.exec("DELETE FROM chosen");
    choose.run([group]);
  },
  filter(state, fields, text, most) {
    const contains = fields.map((field) => `instr(${COLUMN[field]}, ?1) > 0`).join(" OR ");
    const prepared = (sql) => state.prepared.get(sql) ?? state.prepared.set(sql, prepare(state.database, sql)).get(sql);
    const count = prepared(`SELECT count(*) FROM chosen CROSS JOIN user ON id = u WHERE ${contains}`);
    const first = prepared(
      `SELECT id FROM user WHERE (${contains}) AND id IN (SELECT u FROM chosen) ORDER BY last, first, id LIMIT ?2`,
    );
    const wanted = text.toLowerCase();
    return { total: count.all([wanted])[0], ids: first.all([wanted, most]) };
  },
  sort: ({ database }, field, most) => prepare(database, `SELECT id FROM user ORDER BY ${COLUMN[field]}, id LIMIT ?`).all([most]),
};
