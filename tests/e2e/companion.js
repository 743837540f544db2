// The companion as a fixture: `rollcall serve` on a free port, with the built console.

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

const setting = (name) => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run the flows with \`cargo xtask test\`.`);
  return value;
};

/** Starts a companion; answers with its address and with what ends it. */
export async function startCompanion() {
  const words = ["serve", "--port", "0", "--console", setting("CONSOLE"), "--database", "sqlite::memory:"];
  const child = spawn(setting("ROLLCALL"), words, {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const stopped = new Promise((done) => child.once("exit", done));
  const address = await new Promise((found, failed) => {
    child.once("error", failed);
    child.once("exit", (code) => failed(new Error(`the companion ended at once, with ${code}`)));
    createInterface({ input: child.stdout }).on("line", (line) => {
      const match = line.match(/http:\/\/[\d.:]+/);
      if (match) found(match[0]);
    });
  });
  return {
    address,
    stop() {
      child.kill("SIGTERM");
      return stopped;
    },
  };
}
