//! What goes on the clipboard.

use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::Clipboard;

use crate::components::icon::sized;
use crate::components::kept::Kept;
use crate::components::live::live;
use crate::components::slot::Slot;
use crate::words::say;

/// How long a copied value says so.
const SAYS_COPIED: Duration = Duration::from_millis(1200);

/// A value in mono that copies itself, and says Copied for 1.2 s.
#[component]
pub fn CopyValue(
    /// The value.
    #[prop(into)]
    value: Kept<String>,
    /// What a reader hears before the value, such as "Copy the group id".
    label: &'static str,
) -> impl IntoView {
    let done = Slot::new(false);
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
            title=move || if done.get() { say("Copied") } else { say("Copy") }
            data-state=move || done.get().then_some("done")
            on:click=copy
        >
            <span class="sr-only">{label} " "</span>
            <span class="truncate">{live(move || value.get())}</span>
            {move || sized(if done.get() { "#i-tick" } else { "#i-copy" }, "12")}
            <span class="sr-only" role="status">
                {move || done.get().then(|| say("Copied"))}
            </span>
        </button>
    }
}

/// Puts text on the clipboard, then calls back; where the browser refuses, nothing is said to be copied.
pub fn copy_text(text: String, done: impl FnOnce() + 'static) {
    let Some(clipboard) = clipboard() else { return };
    leptos::task::spawn_local(async move {
        if JsFuture::from(clipboard.write_text(&text)).await.is_ok() {
            done();
        }
    });
}

/// The clipboard; a page without a secure origin has none.
pub fn clipboard() -> Option<Clipboard> {
    let clipboard = window().navigator().clipboard();
    (!clipboard.is_undefined()).then_some(clipboard)
}
