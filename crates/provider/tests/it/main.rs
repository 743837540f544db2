//! The documented endpoints, asked.

mod asking;
mod passbolt;
mod tulip;
