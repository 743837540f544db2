// The companion as a fixture: `rollcall serve` on a free port, with the built console.

import { execFile, execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { LIMIT } from "./limit.js";

const setting = (name) => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run the flows with \`cargo xtask test\`.`);
  return value;
};

// Its directory, which it fills with the sample; it is this run's alone.
const folder = mkdtempSync(join(tmpdir(), "rollcall-"));
const environment = () => ({ ...process.env, ROLLCALL_DATABASE: `sqlite:${join(folder, "directory.db")}` });

/** Credentials for a system's endpoints, as the companion prints them: `{"client id": …, "client secret": …}`. */
export function credentials(system) {
  return told(execFileSync(setting("ROLLCALL"), ["token", system], { env: environment(), encoding: "utf8" }));
}

const told = (printed) => Object.fromEntries([...printed.matchAll(/^([a-z ]+):\s+(\S+)$/gm)].map(([, name, value]) => [name, value]));

/**
 * Puts what a directory file holds in place of what is in the companion's directory; it may serve it meanwhile. Where none
 * was put before the start, the sample is in it.
 */
export function fillDirectory(directory) {
  const file = join(folder, "directory.json");
  writeFileSync(file, JSON.stringify(directory));
  execFileSync(setting("ROLLCALL"), ["import", file], { env: environment(), stdio: ["ignore", "ignore", "inherit"] });
}

/**
 * An administrator who works with the companion's directory beside the console, through the documented endpoints of
 * `contensis` or `passbolt`, with credentials as the companion printed them or a `token` that it gave before. Answers with a
 * function that sends one request and answers with its `status` and `body`, and that has the `token`.
 */
export async function administrator(address, system, granted = credentials(system)) {
  const send = async (method, path, body, headers) => {
    const answer = await fetch(new URL(path, address), { method, headers, body, signal: AbortSignal.timeout(LIMIT) });
    const text = await answer.text();
    return { status: answer.status, body: text === "" ? undefined : JSON.parse(text) };
  };
  let { token } = granted;
  if (!token) {
    const form = { grant_type: "client_credentials", client_id: granted["client id"], client_secret: granted["client secret"] };
    const { body } = await send("POST", "/authenticate/connect/token", new URLSearchParams(form));
    token = body.access_token;
  }
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  return Object.assign((method, path, body) => send(method, path, body && JSON.stringify(body), headers), { token });
}

/** Starts a companion; answers with its address, the link that enters it, what it has logged, and what ends it. */
export async function startCompanion() {
  const companion = await start([], environment());
  return {
    ...companion,
    async stop() {
      await companion.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Starts another companion in front of the first one: its gateways are `name=url` of Contensis, with what it holds. */
export async function startGateway(gateways, held) {
  const own = mkdtempSync(join(tmpdir(), "rollcall-"));
  const settings = {
    ROLLCALL_DATABASE: `sqlite:${join(own, "directory.db")}`,
    ROLLCALL_CREDENTIALS: JSON.stringify(held),
  };
  const words = Object.entries(gateways).map(([name, url]) => `--gateway=contensis:${name}=${url}`);
  const companion = await start(words, { ...process.env, ...settings });
  return {
    ...companion,
    async stop() {
      await companion.stop();
      rmSync(own, { recursive: true });
    },
  };
}

/**
 * Starts a companion on a database of its own, and serves another console if one is given. `database` is its URL, of
 * SQLite in a file if there is none.
 */
export async function startOther({ database, console } = {}) {
  const own = mkdtempSync(join(tmpdir(), "rollcall-"));
  const env = { ...process.env, ROLLCALL_DATABASE: database ?? `sqlite:${join(own, "directory.db")}` };
  const begin = (more) => start([], env, { console, ...more });
  let companion = await begin();
  return {
    ...companion,
    /** Credentials for a system's endpoints, while whoever stands between the companion and its database goes on. */
    credentials: async (system) => told((await promisify(execFile)(setting("ROLLCALL"), ["token", system], { env })).stdout),
    /** Ends it, and after `meanwhile` starts it where it was; no file may then grow beyond `limit` blocks of 512 bytes. */
    async restart(meanwhile = async () => {}, { limit } = {}) {
      await companion.stop();
      await meanwhile();
      companion = await begin({ port: new URL(companion.address).port, limit });
    },
    async stop() {
      await companion.stop();
      rmSync(own, { recursive: true });
    },
  };
}

async function start(words, env, { port = 0, limit, console: folder = setting("CONSOLE") } = {}) {
  const command = [setting("ROLLCALL"), "serve", "--port", String(port), "--console", folder, ...words];
  // A file that grows beyond the limit is then an error as on a full disk, and not the end of the program.
  if (limit) command.unshift("sh", "-c", `trap '' XFSZ; ulimit -f ${limit}; exec "$@"`, "sh");
  const child = spawn(command[0], command.slice(1), {
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const log = [];
  createInterface({ input: child.stderr }).on("line", (line) => {
    log.push(line);
    if (!line.includes(" INFO ")) console.error(line);
  });
  const stopped = new Promise((done) => child.once("exit", done));
  const link = await new Promise((found, failed) => {
    child.once("error", failed);
    child.once("exit", (code) => failed(new Error(`the companion ended at once, with ${code}`)));
    createInterface({ input: child.stdout }).on("line", (line) => {
      const match = line.match(/http:\/\/\S+/);
      if (match) found(match[0]);
    });
  });
  return {
    address: new URL(link).origin,
    link,
    log,
    async stop() {
      child.kill("SIGTERM");
      await stopped;
    },
  };
}
