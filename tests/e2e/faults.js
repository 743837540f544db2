// A vendor's server that does what real ones do: it is busy, refuses, answers with a web page, or not at all.

import { createServer } from "node:http";
import { within } from "./limit.js";

/**
 * Starts a server that every page may ask. `answer` is told path and query, and gives `{ status, headers, body }`; a body
 * that is no text becomes JSON. Without an answer the request hangs; if it is "lost", the connection breaks off.
 */
async function startFaults(answer) {
  const asked = [];
  const hanging = new Set();
  let hungUp;
  const hangingUp = new Promise((done) => (hungUp = done));
  const server = createServer((request, response) => {
    const headers = {
      "access-control-allow-origin": "*",
      "access-control-allow-headers": "authorization, content-type",
      "access-control-expose-headers": "retry-after",
    };
    if (request.method === "OPTIONS") return response.writeHead(204, headers).end();
    asked.push({ url: request.url, authorization: request.headers.authorization });
    const given = answer(request.url);
    if (given === "lost") return request.socket.destroy();
    if (!given) {
      hanging.add(response);
      return response.once("close", hungUp);
    }
    const isText = typeof given.body === "string";
    const type = { "content-type": isText ? "text/html" : "application/json" };
    response.writeHead(given.status ?? 200, { ...headers, ...type, ...given.headers });
    response.end(isText ? given.body : JSON.stringify(given.body ?? {}));
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return {
    address: `http://127.0.0.1:${server.address().port}`,
    asked,
    /** Resolves when a request that hangs is called back. */
    get someoneHungUp() {
      return within("someone who hangs up", hangingUp);
    },
    /** Refuses whoever was not answered, as one whose token has expired. */
    refuse: () => hanging.forEach((response) => response.writeHead(401, { "access-control-allow-origin": "*" }).end()),
    stop() {
      server.closeAllConnections();
      // One that was stopped before is stopped.
      return new Promise((done) => server.close(() => done()));
    },
  };
}

/** Two users in two groups, of which one contains the other, as Contensis answers; `but` answers what is to be otherwise. */
export const small = (but) => (url) => {
  const given = but(url);
  if (given !== undefined) return given;
  const path = url.split("?")[0].replace("/api/security/", "");
  const lists = {
    users: [
      { id: "u1", username: "ada", firstName: "Ada", lastName: "Abbott" },
      { id: "u2", username: "bo", firstName: "Bo", lastName: "Brandt" },
    ],
    groups: [
      { id: "g1", name: "Finance", userCount: 1, childGroupCount: 1 },
      { id: "g2", name: "Paris", userCount: 1, childGroupCount: 0 },
    ],
    "groups/g1/users": [{ id: "u1" }],
    "groups/g1/groups": [{ id: "g2" }],
    "groups/g2/users": [{ id: "u2" }],
  };
  return lists[path] ? page(lists[path]) : { status: 404 };
};

/** Starts a server of faults for as long as `body` takes. */
export async function withFaults(answer, body) {
  const server = await startFaults(answer);
  try {
    await body(server);
  } finally {
    await server.stop();
  }
}

/** A page of a list as Contensis answers it. */
export const page = (items) => ({
  body: { pageIndex: 0, pageSize: 1_000, totalCount: items.length, pageCount: 1, items },
});
