//! Any bytes as a directory file, whole and in pieces.
#![no_main]

#[path = "../laws/json.rs"]
mod json;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| json::check(bytes));
