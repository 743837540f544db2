//! The companion of the console: one small server that listens on this machine alone.
//!
//! Today it serves the console's files with the headers that keep them safe, and says that it is there.

mod contensis;
mod directory;
mod headers;
mod passbolt;
mod rate;
mod reply;
mod serve;
pub mod store;
mod target;
mod tulip;

pub use serve::{Companion, listen, router, run};
