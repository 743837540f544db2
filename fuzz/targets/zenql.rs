//! Any text as a query.
#![no_main]

#[path = "../laws/zenql.rs"]
mod zenql;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| zenql::check(bytes));
