//! The core for JavaScript: what wasm-bindgen can export. `js/face.js` makes the package's API of it.
//!
//! Nothing is decided here: arguments become the core's, answers become JSON texts (one call a question, parsed by the
//! engine's own `JSON.parse`, which is faster than building objects from here) or arrays of handles, and every error
//! becomes a JSON text that the face throws as a `ModuleError`. The face checks that arguments are of their types.

mod answer;
mod change;
mod chosen;
mod directory;
mod error;
mod explanation;
mod finding;
mod page;
mod query;
mod reader;
mod record;
