//! The companion of the console: one small server that listens on this machine alone.
//!
//! Today it serves the console's files with the headers that keep them safe, and says that it is there.

mod headers;
mod serve;

pub use serve::{listen, router, run};
