// A slow line between a browser and a server, for whatever the browser fetches: a browser's own emulation leaves out its workers.

import http from "node:http";
import { setTimeout as pause } from "node:timers/promises";

/** Bytes that are sent at once. */
const PIECE = 8_192;
/** By how many milliseconds a timer may be late without the line losing them. */
const LATE = 20;

/**
 * Stands before the server at `address`. Each answer begins `latency` milliseconds later than the server's own; all answers
 * together get so many bytes a second. What is asked travels at once: it is small.
 */
export async function startSlowLine(address, { latency, throughput }) {
  const server = new URL(address);
  // When the line will have sent all that it was given.
  let free = 0;
  async function send(answer, body) {
    for (let at = 0; at < body.length; at += PIECE) {
      const piece = body.subarray(at, at + PIECE);
      free = Math.max(free, performance.now() - LATE) + (1_000 * piece.length) / throughput;
      await pause(Math.max(free - performance.now(), 0));
      if (!answer.write(piece)) await new Promise((drained) => answer.once("drain", drained));
    }
    answer.end();
  }
  const line = http.createServer((question, answer) => {
    const { method, url } = question;
    const headers = { ...question.headers, host: server.host };
    const onward = http.request({ host: server.hostname, port: server.port, method, path: url, headers }, async (reply) => {
      const pieces = [];
      for await (const piece of reply) pieces.push(piece);
      await pause(latency);
      answer.writeHead(reply.statusCode, reply.headers);
      await send(answer, Buffer.concat(pieces));
    });
    onward.on("error", (error) => answer.destroy(error));
    question.pipe(onward);
  });
  await new Promise((listening) => line.listen(0, "127.0.0.1", listening));
  return {
    address: `http://127.0.0.1:${line.address().port}`,
    stop() {
      line.closeAllConnections();
      return new Promise((closed) => line.close(closed));
    },
  };
}
