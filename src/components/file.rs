//! A directory from a file: where to drop it, what could not be used, and where reading failed.

pub mod excerpt;
pub mod unused;

use js_sys::Array;
use leptos::ev;
use leptos::html::Input;
use leptos::prelude::*;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::{DragEvent, File, FileList};

use super::button::{Button, clipboard};
use super::icon::sized;
use crate::components::live::live;
use crate::components::slot::Slot;
use crate::words::say;

/// Takes a file: dropped anywhere on the page, or picked.
#[component]
pub fn DropZone(
    /// Lower than usual, where something else comes first.
    #[prop(optional)]
    small: bool,
    /// The file.
    #[prop(into)]
    on_file: Callback<File>,
) -> impl IntoView {
    let is_over = Slot::new(false);
    let problem = Slot::new("");
    let picker = NodeRef::<Input>::new();
    let take = move |files: Option<FileList>| {
        is_over.set(false);
        let Some(files) = files else { return };
        problem.set(if files.length() > 1 {
            say("One file at a time.")
        } else {
            ""
        });
        if let (1, Some(file)) = (files.length(), files.get(0)) {
            on_file.run(file);
        }
    };
    listen(is_over, take);
    let pick = move |()| {
        if let Some(picker) = picker.get_untracked() {
            // The same file may be picked again after it was corrected.
            picker.set_value("");
            picker.click();
        }
    };
    let paste = move |()| {
        leptos::task::spawn_local(async move {
            match pasted().await {
                Ok(file) => {
                    problem.set("");
                    on_file.run(file);
                }
                Err(_) => problem.set(say("The browser does not hand over what was copied.")),
            }
        });
    };
    let picked = move |_| take(picker.get_untracked().and_then(|picker| picker.files()));
    let state = move || match (is_over.get(), problem.get()) {
        (true, _) => Some("over"),
        (false, "") => None,
        (false, _) => Some("refuse"),
    };
    let title = move || {
        if is_over.get() {
            say("Drop it anywhere")
        } else {
            say("Drop a directory file here")
        }
    };
    let says = move || match problem.get() {
        "" => say("JSON with users, groups, memberships and nestings."),
        problem => problem,
    };
    view! {
        <div class="drop" data-size=small.then_some("sm") data-state=state>
            {sized("#i-upload", "24")}
            <h2>{live(title)}</h2>
            <p role="status">{live(says)}</p>
            <div class="actions">
                <Button text=say("Choose a file") href="#i-file" kind="primary" size="lg" on_press=pick />
                <Button text=say("Paste JSON") href="#i-copy" size="lg" on_press=paste />
                <input
                    class="sr-only"
                    type="file"
                    accept=".json,application/json"
                    aria-label=say("Directory file")
                    tabindex="-1"
                    node_ref=picker
                    on:change=picked
                />
            </div>
        </div>
    }
}

/// What was copied, as a file.
async fn pasted() -> Result<File, JsValue> {
    let clipboard = clipboard().ok_or(JsValue::UNDEFINED)?;
    let text = JsFuture::from(clipboard.read_text()).await?;
    File::new_with_str_sequence(&Array::of1(&text), "pasted.json")
}

/// Listens on the whole page: a file that misses the zone would otherwise replace the page.
fn listen(is_over: Slot<bool>, take: impl Fn(Option<FileList>) + Clone + 'static) {
    let over = window_event_listener(ev::dragover, move |event| {
        if holds_files(&event) {
            event.prevent_default();
            is_over.set(true);
        }
    });
    let leave = window_event_listener(ev::dragleave, move |event| {
        // Between two elements of the page it is still over the page.
        if event.related_target().is_none() {
            is_over.set(false);
        }
    });
    let drop = window_event_listener(ev::drop, move |event| {
        // Whoever took it before would have it read twice.
        if holds_files(&event) && !event.default_prevented() {
            event.prevent_default();
            take(event.data_transfer().and_then(|data| data.files()));
        }
    });
    on_cleanup(move || {
        over.remove();
        leave.remove();
        drop.remove();
    });
}

fn holds_files(event: &DragEvent) -> bool {
    let kinds = event.data_transfer().map(|data| data.types());
    kinds.is_some_and(|kinds| kinds.iter().any(|kind| kind.as_string().as_deref() == Some("Files")))
}
