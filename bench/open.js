// Opens a snapshot in a process of its own: how long it takes until the first page, and the memory that is then in use.
//
//     node --expose-gc open.js FILE

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { clock, memory, tell } from "./figures.js";

const { Directory } = createRequire(import.meta.url)(process.env.ROLLCALL);
const before = await memory();
let bytes = new Uint8Array(readFileSync(process.argv[2]));
const start = clock();
const directory = Directory.fromSnapshot(bytes);
directory.users({ pageSize: 50 });
tell("open", clock(start).took);
bytes = undefined;
tell("live", (await memory()) - before);
directory.free();
