//! The console's components and its engine in a real browser.
#![cfg(target_arch = "wasm32")]

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

mod file;
mod finding;
mod frame;
mod grid;
mod parts;
mod path;
mod picture;
mod query;
mod stage;
mod tree;
