//! Any URL, asked of a local directory.
#![no_main]

#[path = "../laws/url.rs"]
mod url;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| url::check(bytes));
