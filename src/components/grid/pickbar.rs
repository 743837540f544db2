//! What one can do with the rows that are picked.

use leptos::prelude::*;

use super::Picked;
use crate::components::button::{Button, IconButton};
use crate::components::kept::Kept;
use crate::components::live::{live, live_if};
use crate::components::slot::Slot;
use crate::words::{counted, say};

/// A toolbar above the footer, while rows are picked.
#[component]
pub fn PickBar(
    /// The rows that are picked.
    picked: Slot<Picked>,
    /// Copy their usernames.
    #[prop(into)]
    on_copy: Callback<()>,
) -> impl IntoView {
    let count = Kept::new(move || picked.with(Picked::count));
    let words = move || counted("{0} selected|{0} selected", count.get().into());
    let bar = move || {
        view! {
            <div class="pickbar" role="toolbar" aria-label=say("Selected users")>
                <b role="status">{live(words)}</b>
                <Button text=say("Copy usernames") href="#i-copy" kind="quiet" on_press=on_copy />
                <IconButton
                    href="#i-x"
                    label=say("Clear the selection")
                    on_press=move |()| picked.set(Picked::default())
                />
            </div>
        }
    };
    live_if(move || count.get() > 0, bar)
}
