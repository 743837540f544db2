//! A directory from a file: where to drop it, what could not be used, and where reading failed.

pub mod excerpt;
pub mod unused;

use leptos::ev;
use leptos::html::Input;
use leptos::prelude::*;
use web_sys::{DragEvent, File, FileList};

use super::button::Button;
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
    let several = Slot::new(false);
    let picker = NodeRef::<Input>::new();
    let take = move |files: Option<FileList>| {
        is_over.set(false);
        let Some(files) = files else { return };
        several.set(files.length() > 1);
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
    let picked = move |_| take(picker.get_untracked().and_then(|picker| picker.files()));
    let state = move || match (is_over.get(), several.get()) {
        (true, _) => Some("over"),
        (false, true) => Some("refuse"),
        (false, false) => None,
    };
    let title = move || {
        if is_over.get() {
            say("Drop it anywhere")
        } else {
            say("Drop a directory file here")
        }
    };
    let says = move || {
        if several.get() {
            say("One file at a time.")
        } else {
            say("JSON with users, groups, memberships and nestings.")
        }
    };
    view! {
        <div class="drop" data-size=small.then_some("sm") data-state=state>
            {sized("#i-upload", "24")}
            <h2>{live(title)}</h2>
            <p role="status">{live(says)}</p>
            <div class="actions">
                <Button text=say("Choose a file") href="#i-file" kind="primary" size="lg" on_press=pick />
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
