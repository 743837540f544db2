// What the web package has besides.

import init from "rollcall";

const ready: Promise<void> = init();
await ready;
await init("rollcall_bg.wasm");
await init(new URL("rollcall_bg.wasm", "https://rollcall.example"));
await init(await fetch("rollcall_bg.wasm"));
await init(new Uint8Array());
// @ts-expect-error: where it is fetched from is no number
await init(1);
