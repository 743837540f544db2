//! The core's tests, in one binary.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test says what is wrong by a panic"
)]

mod answers;
mod change;
mod cut;
mod finding;
mod fuzz;
mod hierarchy;
mod impact;
mod json;
mod laws;
mod layers;
mod model;
mod notation;
mod order;
mod query;
mod sample;
mod scale;
mod set;
mod snapshot;
mod text;
mod tree;
