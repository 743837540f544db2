//! Rollcall's console: what an administrator sees, and nothing of what it is worked out from.
//!
//! In reading order: [`route`] is what the address bar says, [`session`] the one reactive root, [`engine`] the
//! handle on the worker that holds the directory; [`pages`] put [`components`] together, one file a route;
//! [`chunk`] is how those that are not seen first are fetched when they are, `export` writes files and [`download`] is how they leave.

pub mod chunk;
pub mod download;
pub mod engine;
mod export;
pub mod notice;
pub mod number;
mod palette;
pub mod route;
pub mod session;
mod shortcuts;
pub mod storage;
pub mod views;

pub mod components;
pub mod pages;

mod frame;

use leptos::prelude::*;

/// Mounts the app in place of the shell that `index.html` painted.
pub fn mount() {
    if let Some(shell) = document().get_element_by_id("shell") {
        shell.remove();
    }
    mount_to_body(frame::App);
}
