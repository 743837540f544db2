
/**
 * Fetches and compiles the WebAssembly, from beside `index.js` unless told otherwise. Await it once before anything else,
 * which throws a TypeError until then.
 */
export default function init(input?: RequestInfo | URL | Response | BufferSource): Promise<void>;
