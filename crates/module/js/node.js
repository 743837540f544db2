
const glue = require("./rollcall.js");

/** The WebAssembly, which is ready once the package is. */
function core() {
  return glue;
}

module.exports = { Directory, DirectoryReader, ModuleError };
