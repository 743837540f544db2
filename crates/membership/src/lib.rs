//! Who is in which group, directly or through nesting, and why: the core of Rollcall.
//!
//! Pure data and algorithms: no IO, no clock, no randomness source, no async, no browser. Facts go in through
//! a [`directory::Builder`] and are edited by [`change::Change`]s; everything else is derived from them. Facts that cannot be used are kept as findings,
//! never lost and never fatal.

pub mod entity;
pub mod set;
pub mod sort;
pub mod text;

pub mod change;
pub mod cut;
pub mod directory;
pub mod finding;
pub mod hierarchy;
pub mod impact;
pub mod layers;
pub mod members;
pub mod order;
pub mod path;
pub mod tree;

pub mod instant;
pub mod query;

pub mod json;
mod lookup;
mod number;
pub mod sample;
pub mod snapshot;
