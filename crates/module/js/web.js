
import initialize, * as glue from "./rollcall.js";

/** The WebAssembly on its way, and whether it has arrived. */
let arriving;
let isReady = false;

function core() {
  if (!isReady) throw new TypeError("the WebAssembly is not there yet: await init() first");
  return glue;
}

/** Fetches and compiles the WebAssembly: from where `input` says, else from beside this file. */
export default function init(input) {
  arriving ??= initialize(input === undefined ? undefined : { module_or_path: input }).then(
    () => {
      isReady = true;
    },
    (error) => {
      arriving = undefined;
      throw error;
    },
  );
  return arriving;
}

export { Directory, DirectoryReader, ModuleError };
