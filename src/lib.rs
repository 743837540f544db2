//! Rollcall's console: what an administrator sees, and nothing of what it is worked out from.
//!
//! In reading order: [`route`] is what the address bar says, [`session`] the one reactive root, [`engine`] the
//! handle on the worker that holds the directory; [`pages`] put [`components`] together, one file a route;
//! [`chunk`] is how those that are not seen first are fetched when they are, `export` writes files and [`download`] is how they leave;
//! [`words`] is what all of them say, in the language of whoever reads it.

mod address;
pub mod chunk;
pub mod download;
pub mod engine;
mod export;
pub mod keys;
pub mod notice;
pub mod number;
mod palette;
mod readings;
pub mod route;
pub mod session;
mod shortcuts;
pub mod storage;
pub mod views;
pub mod words;

pub mod components;
pub mod pages;

mod frame;

use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

/// Mounts the app, which takes the place of the shell that `index.html` painted, in the language that it was painted in.
pub fn mount() {
    let root = document().document_element();
    let tag = root.and_then(|root| root.get_attribute("lang")).unwrap_or_default();
    spawn_local(async move {
        // A language that does not arrive is no reason to show nothing: what is said then is English.
        if words::speak(&tag).await.is_err() {
            let _ = words::speak("en").await;
        }
        // A task of its own: with what starts the page it would be a long one.
        set_timeout(|| mount_to_body(frame::App), Duration::ZERO);
    });
}
