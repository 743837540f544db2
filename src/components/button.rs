//! Buttons: with a word, with a drawing alone, as a link, and the value that copies itself.

use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::icon::{icon, sized};

/// A button with a word. `kind` is empty (outlined), `primary`, `quiet` or `danger`.
#[component]
pub fn Button(
    /// What it does, a verb.
    #[prop(into)]
    text: Signal<String>,
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
    disabled: Signal<bool>,
    /// Pressed.
    #[prop(into)]
    on_press: Callback<()>,
) -> impl IntoView {
    let drawing = (!href.is_empty()).then(|| icon(href));
    view! {
        <button
            type="button"
            class="button"
            data-kind=kind
            data-size=size
            disabled=disabled
            on:click=move |_| on_press.run(())
        >
            {drawing}
            <span>{text}</span>
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
    label: Signal<String>,
    /// `sm`, `lg`, or empty.
    #[prop(optional)]
    size: &'static str,
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
            aria-label=label
            title=label
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
    url: Signal<String>,
    /// What it does.
    #[prop(into)]
    text: Signal<String>,
    /// A drawing before the word; none if empty.
    #[prop(optional)]
    href: &'static str,
    /// `primary`, `quiet`, or empty.
    #[prop(optional)]
    kind: &'static str,
) -> impl IntoView {
    let drawing = (!href.is_empty()).then(|| icon(href));
    view! {
        <a class="button" data-kind=kind href=url>
            {drawing}
            <span>{text}</span>
        </a>
    }
}

/// How long a copied value says so.
const SAYS_COPIED: Duration = Duration::from_millis(1200);

/// A value in mono that copies itself, and says Copied for 1.2 s.
#[component]
pub fn CopyValue(
    /// The value.
    #[prop(into)]
    value: Signal<String>,
    /// What a reader hears, such as "Copy the group id".
    label: &'static str,
) -> impl IntoView {
    let done = RwSignal::new(false);
    let copy = move |_| {
        copy_text(value.get_untracked(), move || {
            done.set(true);
            set_timeout(move || done.set(false), SAYS_COPIED);
        });
    };
    view! {
        <button
            type="button"
            class="copy"
            dir="ltr"
            aria-label=label
            title=move || if done.get() { "Copied" } else { "Copy" }
            data-state=move || done.get().then_some("done")
            on:click=copy
        >
            <span class="truncate">{value}</span>
            {move || sized(if done.get() { "#i-tick" } else { "#i-copy" }, "12")}
            <span class="sr-only" role="status">
                {move || done.get().then_some("Copied")}
            </span>
        </button>
    }
}

/// Puts text on the clipboard, then calls back; where the browser refuses, nothing is said to be copied.
pub fn copy_text(text: String, done: impl FnOnce() + 'static) {
    let Some(window) = web_sys::window() else {
        return;
    };
    // A page without a secure origin has no clipboard at all.
    let clipboard = window.navigator().clipboard();
    if clipboard.is_undefined() {
        return;
    }
    leptos::task::spawn_local(async move {
        if JsFuture::from(clipboard.write_text(&text)).await.is_ok() {
            done();
        }
    });
}
