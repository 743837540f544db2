//! A badge is a fact about a thing, never a button; a status is the state of a user; a count is small.

use std::borrow::Cow;

use leptos::prelude::*;
use protocol::UserStatus;

use super::icon::icon;
use super::number::number;
use super::piece::{Piece, span};
use crate::words::{key, say};

/// A fact in a few words; `tone` is a meaning (`manager`, `warn`, `danger`, `ok`, `direct`, `inherited`), `plain` or empty.
pub fn badge(tone: &'static str, href: &'static str, text: impl Into<Cow<'static, str>>) -> Piece {
    span("badge").with("data-tone", tone).of(icon(href)).saying(text)
}

/// Manages the group that is spoken of.
pub fn manager_badge() -> Piece {
    badge("manager", "#i-key", say("Manager"))
}

/// Administers the whole directory; `text` is the long or the short form.
pub fn administrator_badge(text: &'static str) -> Piece {
    badge("", "#i-shield", text)
}

/// Beside counts of a directory that was not read whole: each may be too low.
pub fn partial_badge() -> Piece {
    badge("warn", "#i-triangle", say("Partial"))
}

/// A number beside a title.
pub fn count(value: u32) -> impl IntoView {
    view! { <span class="count">{number(value)}</span> }
}

/// The state of a user, as a shape and a word.
pub fn status(status: UserStatus) -> Piece {
    let (name, href, word) = match status {
        UserStatus::Active => ("active", "#i-active", key("Active")),
        UserStatus::Suspended => ("suspended", "#i-inactive", key("Suspended")),
        UserStatus::Locked => ("locked", "#i-lock", key("Locked")),
    };
    span("status")
        .with("data-status", name)
        .of(icon(href))
        .saying(say(word))
}
