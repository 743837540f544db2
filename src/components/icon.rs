//! Drawings from the sprite of `index.html`, named by their address in it, such as `#i-key`. One whose name ends in `-left` or
//! `-right` turns around where text runs from right to left.

use leptos::prelude::*;
use leptos::svg;

/// A drawing of 16 px beside words, hidden from readers.
pub fn icon(href: &'static str) -> impl IntoView {
    sized(href, "16")
}

/// A drawing of 12, 14, 16, 20 or 24 px beside words, hidden from readers.
pub fn sized(href: &'static str, size: &'static str) -> impl IntoView {
    view! {
        <svg class="icon" data-size=size aria-hidden="true">
            <use href=href />
        </svg>
    }
}

/// A drawing that stands alone and therefore has a name; `class` gives its hue, such as `manager-mark`.
pub fn mark(href: &'static str, class: &'static str, label: &'static str) -> impl IntoView {
    // In a view, `title` would be that of HTML, which says nothing here.
    let title = svg::title().child(label);
    view! {
        <svg class=("icon", true) class=class role="img" aria-label=label>
            {title}
            <use href=href />
        </svg>
    }
}

/// Something is under way; for what takes longer than 300 ms.
pub fn spinner() -> impl IntoView {
    view! { <span class="spinner" aria-hidden="true"></span> }
}
