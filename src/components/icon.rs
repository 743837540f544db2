//! Drawings from the sprite of `index.html`, named by their address in it, such as `#i-key`. One whose name ends in `-left` or
//! `-right` turns around where text runs from right to left.

use leptos::prelude::*;

use super::piece::{Piece, piece};

/// A drawing of 16 px beside words, hidden from readers.
pub fn icon(href: &'static str) -> Piece {
    sized(href, "16")
}

/// A drawing of 12, 14, 16, 20 or 24 px beside words, hidden from readers.
pub fn sized(href: &'static str, size: &'static str) -> Piece {
    piece("svg")
        .with("class", "icon")
        .with("data-size", size)
        .with("aria-hidden", "true")
        .of(piece("use").with("href", href))
}

/// A drawing that stands alone and therefore has a name; `class` gives its hue, such as `manager-mark`.
pub fn mark(href: &'static str, class: &'static str, label: &'static str) -> Piece {
    piece("svg")
        .with("class", ["icon ", class].concat())
        .with("role", "img")
        .with("aria-label", label)
        .of(piece("title").saying(label))
        .of(piece("use").with("href", href))
}

/// Something is under way; for what takes longer than 300 ms.
pub fn spinner() -> impl IntoView {
    view! { <span class="spinner" aria-hidden="true"></span> }
}
