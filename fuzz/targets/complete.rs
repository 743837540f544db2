//! Any text, completed at any place.
#![no_main]

#[path = "../laws/complete.rs"]
mod complete;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| complete::check(bytes));
