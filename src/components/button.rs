//! Buttons: with a word, with a drawing alone, as a link, and the value that copies itself.

mod copy;

pub use copy::{CopyValue, clipboard, copy_text};

use leptos::prelude::*;

use super::icon::icon;
use crate::components::kept::Kept;
use crate::components::live::live;
use crate::keys::{printed, told};

/// A button with a word. `kind` is empty (outlined), `primary`, `quiet` or `danger`.
#[component]
pub fn Button(
    /// What it does, a verb.
    #[prop(into)]
    text: Kept<String>,
    /// A drawing before the word; none if empty.
    #[prop(optional)]
    href: &'static str,
    /// `primary`, `quiet`, `danger`, or empty.
    #[prop(optional)]
    kind: &'static str,
    /// `sm`, `lg`, or empty.
    #[prop(optional)]
    size: &'static str,
    /// Whether it cannot be pressed now.
    #[prop(optional, into)]
    disabled: Kept<bool>,
    /// The key that presses it, in capitals; none if empty.
    #[prop(optional, into)]
    key: Kept<String>,
    /// Pressed.
    #[prop(into)]
    on_press: Callback<()>,
) -> impl IntoView {
    let drawing = (!href.is_empty()).then(|| icon(href).into_any());
    view! {
        <button
            type="button"
            class="button"
            data-kind=kind
            data-size=size
            aria-keyshortcuts=move || shortcut(key)
            disabled=move || disabled.get()
            on:click=move |_| on_press.run(())
        >
            {drawing}
            <span>{live(move || text.get())}</span>
        </button>
    }
}

/// A button that is a drawing; its name is its tooltip.
#[component]
pub fn IconButton(
    /// The drawing.
    href: &'static str,
    /// Its name.
    #[prop(into)]
    label: Kept<String>,
    /// `sm`, `lg`, or empty.
    #[prop(optional)]
    size: &'static str,
    /// The key that presses it, in capitals; none if empty.
    #[prop(optional, into)]
    key: Kept<String>,
    /// Pressed.
    #[prop(into)]
    on_press: Callback<()>,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class="button"
            data-kind="quiet"
            data-icon=""
            data-size=size
            aria-keyshortcuts=move || shortcut(key)
            aria-label=move || label.get()
            title=move || label.get()
            on:click=move |_| on_press.run(())
        >
            {icon(href)}
        </button>
    }
}

/// A link that looks like a button.
#[component]
pub fn ButtonLink(
    /// Where it leads.
    #[prop(into)]
    url: Kept<String>,
    /// What it does.
    #[prop(into)]
    text: Kept<String>,
    /// A drawing before the word; none if empty.
    #[prop(optional)]
    href: &'static str,
    /// `primary`, `quiet`, or empty.
    #[prop(optional)]
    kind: &'static str,
    /// The key that follows it, in capitals; none if empty.
    #[prop(optional, into)]
    key: Kept<String>,
) -> impl IntoView {
    let drawing = (!href.is_empty()).then(|| icon(href).into_any());
    view! {
        <a class="button" data-kind=kind href=move || url.get() aria-keyshortcuts=move || shortcut(key)>
            {drawing}
            <span>{live(move || text.get())}</span>
        </a>
    }
}

/// A link that is a drawing; its name is its tooltip.
#[component]
pub fn IconLink(
    /// Where it leads.
    #[prop(into)]
    url: Kept<String>,
    /// The drawing.
    href: &'static str,
    /// Its name.
    #[prop(into)]
    label: String,
    /// Whether it stands in a row of a table: smaller, and reached by arrows alone.
    #[prop(optional)]
    in_row: bool,
    /// `back` if it leads from one of two panes to the other, where only one has room; or empty.
    #[prop(optional)]
    class: &'static str,
) -> impl IntoView {
    view! {
        <a
            class=["button ", class].concat()
            data-kind="quiet"
            data-icon=""
            data-size=in_row.then_some("sm")
            tabindex=in_row.then_some("-1")
            href=move || url.get()
            aria-label=label.clone()
            title=label
        >
            {icon(href)}
        </a>
    }
    .into_any()
}

/// The key of something, for `aria-keyshortcuts`; none where it has none.
pub fn shortcut(key: Kept<String>) -> Option<String> {
    key.with(|key| (!key.is_empty()).then(|| told(key)))
}

/// The key of something as it is printed on keyboards; nothing where it has none.
pub fn printed_key(key: Kept<String>) -> Option<AnyView> {
    let parts = key.with(|key| if key.is_empty() { Vec::new() } else { printed(key) });
    // Words, for who reads them aloud or compares them with a name.
    let drawn = parts
        .iter()
        .map(|part| view! { <kbd class="kbd">{part.clone()}</kbd> " " })
        .collect_view();
    (!parts.is_empty()).then(|| view! { <span class="keys" aria-hidden="true">{drawn}</span> }.into_any())
}
