//! The core's tests, in one binary.

mod finding;
mod hierarchy;
mod json;
mod laws;
mod notation;
mod order;
mod query;
mod sample;
mod scale;
mod set;
mod text;
mod tree;
