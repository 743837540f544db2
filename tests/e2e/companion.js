// The companion as a fixture: `rollcall serve` on a free port, with the built console.

import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
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
  const printed = execFileSync(setting("ROLLCALL"), ["token", system], { env: environment(), encoding: "utf8" });
  return Object.fromEntries([...printed.matchAll(/^([a-z ]+):\s+(\S+)$/gm)].map(([, name, value]) => [name, value]));
}

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
 * `contensis` or `passbolt`. Answers with a function that sends one request and answers with its `status` and `body`.
 */
export async function administrator(address, system) {
  const granted = credentials(system);
  const send = async (method, path, body, headers) => {
    const answer = await fetch(new URL(path, address), { method, headers, body, signal: AbortSignal.timeout(LIMIT) });
    const text = await answer.text();
    return { status: answer.status, body: text === "" ? undefined : JSON.parse(text) };
  };
  let { token } = granted;
  if (system === "contensis") {
    const form = { grant_type: "client_credentials", client_id: granted["client id"], client_secret: granted["client secret"] };
    const { body } = await send("POST", "/authenticate/connect/token", new URLSearchParams(form));
    token = body.access_token;
  }
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  return (method, path, body) => send(method, path, body && JSON.stringify(body), headers);
}

/** Starts a companion; answers with its address, the link that enters it, and what ends it. */
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

async function start(words, env) {
  const child = spawn(setting("ROLLCALL"), ["serve", "--port", "0", "--console", setting("CONSOLE"), ...words], {
    env,
    stdio: ["ignore", "pipe", "inherit"],
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
    async stop() {
      child.kill("SIGTERM");
      await stopped;
    },
  };
}
