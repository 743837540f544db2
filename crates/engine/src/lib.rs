//! The worker that holds the directory: it reads one, and answers the console's questions from it.
//!
//! [`desk`] answers and knows no browser; [`worker`] listens, reads files and vendors and posts answers; [`transport`] alone
//! sends requests; [`keep`] alone writes to a disk; [`export`] writes files that leave; [`chunk`] is what of these the first screen does not need.

pub mod chunk;
pub mod clock;
pub mod companion;
pub mod desk;
pub mod export;
pub mod idle;
pub mod keep;
pub mod live;
pub mod queue;
pub mod reading;
pub mod transport;
pub mod vendor;
pub mod verify;
pub mod worker;
