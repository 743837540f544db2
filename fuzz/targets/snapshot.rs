//! Any bytes, opened as a snapshot.
#![no_main]

#[path = "../laws/snapshot.rs"]
mod snapshot;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| snapshot::check(bytes));
