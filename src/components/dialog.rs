//! A dialog over the screen; while it is shown nothing else can be reached, and then the focus comes back.

use leptos::html::Dialog;
use leptos::prelude::*;

use super::live::{follow, live_if};
use super::slot::Slot;

/// Shows what `draw` gives while `shown` holds; `Esc` ends that.
pub fn dialog(
    class: &'static str,
    label: &'static str,
    shown: Slot<bool>,
    draw: impl Fn() -> AnyView + Send + 'static,
) -> impl IntoView {
    let node = NodeRef::<Dialog>::new();
    let body = live_if(move || shown.get(), draw);
    // After what it holds is drawn, so that the focus goes there.
    follow(move || {
        let Some(dialog) = node.get() else { return };
        match shown.get() {
            true if !dialog.open() => drop(dialog.show_modal()),
            true => {}
            false => dialog.close(),
        }
    });
    view! {
        <dialog class=class aria-label=label node_ref=node on:close=move |_| shown.set(false)>
            {body}
        </dialog>
    }
}
