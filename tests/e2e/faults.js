// A vendor's server that does what real ones do: it is busy, refuses, answers with a web page, or not at all.

import { createServer } from "node:http";

/**
 * Starts a server that every page may ask. `answer` is told path and query, and gives `{ status, headers, body }`; a body
 * that is no text becomes JSON. Without an answer the request hangs.
 */
export async function startFaults(answer) {
  const asked = [];
  const hanging = new Set();
  let hungUp;
  const someoneHungUp = new Promise((done) => (hungUp = done));
  const server = createServer((request, response) => {
    const headers = {
      "access-control-allow-origin": "*",
      "access-control-allow-headers": "authorization, content-type",
      "access-control-expose-headers": "retry-after",
    };
    if (request.method === "OPTIONS") return response.writeHead(204, headers).end();
    asked.push({ url: request.url, authorization: request.headers.authorization });
    const given = answer(request.url);
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
    someoneHungUp,
    stop() {
      server.closeAllConnections();
      return new Promise((done) => server.close(done));
    },
  };
}

/** A page of a list as Contensis answers it. */
export const page = (items) => ({
  body: { pageIndex: 0, pageSize: 1_000, totalCount: items.length, pageCount: 1, items },
});
