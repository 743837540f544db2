//! A badge is a fact about a thing, never a button; a status is the state of a user; a count is small.

use leptos::prelude::*;
use protocol::UserStatus;

use super::icon::icon;
use super::number::number;
use crate::words::{key, say};

/// A fact in a few words; `tone` is a meaning (`manager`, `warn`, `danger`, `ok`, `direct`, `inherited`), `plain` or empty.
pub fn badge(tone: &'static str, href: &'static str, text: impl Into<String>) -> AnyView {
    let text: String = text.into();
    view! {
        <span class="badge" data-tone=tone>
            {icon(href)}
            {text}
        </span>
    }
    .into_any()
}

/// Manages the group that is spoken of.
pub fn manager_badge() -> impl IntoView {
    badge("manager", "#i-key", say("Manager"))
}

/// Administers the whole directory; `text` is the long or the short form.
pub fn administrator_badge(text: &'static str) -> impl IntoView {
    badge("", "#i-shield", text)
}

/// Beside counts of a directory that was not read whole: each may be too low.
pub fn partial_badge() -> impl IntoView {
    badge("warn", "#i-triangle", say("Partial"))
}

/// A number beside a title.
pub fn count(value: u32) -> impl IntoView {
    view! { <span class="count">{number(value)}</span> }
}

/// The state of a user, as a shape and a word.
pub fn status(status: UserStatus) -> impl IntoView {
    let (name, href, word) = match status {
        UserStatus::Active => ("active", "#i-active", key("Active")),
        UserStatus::Suspended => ("suspended", "#i-inactive", key("Suspended")),
        UserStatus::Locked => ("locked", "#i-lock", key("Locked")),
    };
    view! {
        <span class="status" data-status=name>
            {icon(href)}
            {say(word)}
        </span>
    }
}
