// DuckDB: columns, recursive queries, prepared statements.

import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import * as arrow from "apache-arrow";
import { facts } from "./facts.js";

const require = createRequire(import.meta.url);
const duckdb = require("@duckdb/duckdb-wasm/blocking");
const COLUMN = { firstName: "first", lastName: "last", username: "username", email: "email" };
/** Users, or memberships, that are handed over at once. */
const PIECE = 1_000_000;
const BELOW = "WITH RECURSIVE below(g) AS (SELECT ?::UINTEGER UNION SELECT child FROM nesting JOIN below ON parent = below.g)";
const ABOVE = `WITH RECURSIVE above(g) AS (
  SELECT m.g FROM membership m WHERE m.u = ?::UINTEGER UNION SELECT parent FROM nesting JOIN above ON child = above.g)`;
const MEMBERS = `SELECT u FROM membership WHERE g IN (${BELOW} SELECT g FROM below)`;
let database;

const column = (table) => table.getChildAt(0).toArray();
const number = (table) => Number(table.getChildAt(0).get(0));

export default {
  name: "duckdb-wasm",
  needs: "@duckdb/duckdb-wasm",
  fields: Object.keys(COLUMN),
  sample: { checks: { S: 100, M: 100, L: 20 }, groups: 20 },
  async init() {
    const folder = dirname(require.resolve("@duckdb/duckdb-wasm/dist/duckdb-mvp.wasm"));
    const bundle = (kind) => ({ mainModule: join(folder, `duckdb-${kind}.wasm`), mainWorker: "" });
    const bundles = { mvp: bundle("mvp"), eh: bundle("eh") };
    database = await duckdb.createDuckDB(bundles, new duckdb.VoidLogger(), duckdb.NODE_RUNTIME);
    await database.instantiate();
    database.open({ query: { castBigIntToDouble: true } });
  },
  read(bytes) {
    const { users, groups } = facts(bytes);
    const connection = database.connect();
    const insert = (name, create, columns) => {
      const stream = arrow.tableToIPC(new arrow.Table(columns), "stream");
      connection.insertArrowFromIPCStream(stream, { name, create });
    };
    const numbers = (list, of) => arrow.makeVector(Uint32Array.from(list, of));
    const texts = (list, field) => arrow.vectorFromArray(list.map((user) => user[field].toLowerCase()), new arrow.Utf8());
    for (let at = 0; at < users.length; at += PIECE / 10) {
      const some = users.slice(at, at + PIECE / 10);
      const named = Object.entries(COLUMN).map(([field, name]) => [name, texts(some, field)]);
      insert("user_", at === 0, { id: numbers(some, ({ id }) => id), ...Object.fromEntries(named) });
    }
    const nestings = groups.flatMap(({ id, children }) => children.map((child) => [id, child]));
    insert("nesting", true, { parent: numbers(nestings, ([parent]) => parent), child: numbers(nestings, ([, child]) => child) });
    const count = groups.reduce((sum, { members }) => sum + members.length, 0);
    const [g, u] = [new Uint32Array(count), new Uint32Array(count)];
    let at = 0;
    for (const { id, members } of groups) for (const user of members) (g[at] = id), (u[at++] = user);
    for (let at = 0; at < count; at += PIECE) {
      const some = (all) => arrow.makeVector(all.subarray(at, at + PIECE));
      insert("membership", at === 0, { g: some(g), u: some(u) });
    }
    return {
      connection,
      check: connection.prepare(`${ABOVE} SELECT count(*) FROM above WHERE g = ?::UINTEGER`),
      list: connection.prepare(`SELECT DISTINCT u FROM (${MEMBERS}) EXCEPT ${MEMBERS}`),
      groups: connection.prepare(`${ABOVE} SELECT g FROM above`),
      prepared: new Map(),
    };
  },
  checks({ check }, pairs) {
    const answers = new Uint8Array(pairs.length / 2);
    for (let at = 0; at < pairs.length; at += 2) answers[at / 2] = number(check.query(pairs[at], pairs[at + 1]));
    return answers;
  },
  list: ({ list }, group, excluded) => column(list.query(group, excluded)),
  groups: ({ groups }, user) => column(groups.query(user)),
  choose({ connection, prepared }, group) {
    const members = MEMBERS.replace("?", String(group));
    connection.query(`CREATE OR REPLACE TEMP TABLE chosen AS SELECT * FROM user_ WHERE id IN (${members})`);
    prepared.clear();
  },
  filter({ connection, prepared }, fields, text, most) {
    const contains = fields.map((field) => `contains(${COLUMN[field]}, ?)`).join(" OR ");
    const sql = `SELECT id, count(*) OVER () FROM chosen WHERE ${contains} ORDER BY last, first, id LIMIT ?::INTEGER`;
    if (!prepared.has(sql)) prepared.set(sql, connection.prepare(sql));
    const found = prepared.get(sql).query(...fields.map(() => text.toLowerCase()), most);
    return { total: found.numRows > 0 ? Number(found.getChildAt(1).get(0)) : 0, ids: column(found) };
  },
  sort: ({ connection }, field, most) => column(connection.query(`SELECT id FROM user_ ORDER BY ${COLUMN[field]}, id LIMIT ${most}`)),
};
