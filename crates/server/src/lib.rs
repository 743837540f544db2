//! The companion of the console: one small server that listens on this machine alone, unless it is told otherwise.
//!
//! It serves the console's files with the headers that keep them safe, is itself a directory, and passes
//! documented requests on to vendors.

mod connections;
mod console;
mod contensis;
mod directory;
mod entrance;
mod gateway;
mod headers;
mod listener;
pub mod log;
mod passbolt;
mod rate;
mod reply;
mod serve;
pub mod store;
mod target;
mod tulip;

pub use console::Console;
pub use entrance::Entrance;
pub use gateway::{Gateway, Limits};
pub use serve::{Companion, listen, router, run};
