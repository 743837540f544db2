//! Fields to type in.

mod suggest;
mod text;

pub use suggest::SuggestField;
pub use text::TextField;

use leptos::prelude::*;

use super::button::{printed_key, shortcut};
use super::icon::sized;
use crate::components::kept::Kept;
use crate::components::live::live;

/// A search field that answers each keystroke.
#[component]
pub fn SearchField(
    /// What is searched, such as "Find a group".
    label: &'static str,
    /// The key that leads here, shown at the end.
    #[prop(optional, into)]
    key: Kept<String>,
    /// The text.
    #[prop(into)]
    value: Kept<String>,
    /// Typed.
    #[prop(into)]
    on_input: Callback<String>,
    /// The element, for those who lead the focus here.
    #[prop(optional)]
    node: NodeRef<leptos::html::Input>,
) -> impl IntoView {
    // Escape empties the field first, and leaves it when it is empty.
    let keys = move |event: web_sys::KeyboardEvent| {
        if event.key() != "Escape" {
            return;
        }
        if value.with_untracked(String::is_empty) {
            if let Some(field) = node.get_untracked() {
                let _ = field.blur();
            }
        } else {
            event.prevent_default();
            on_input.run(String::new());
        }
    };
    view! {
        <label class="input">
            {sized("#i-search", "14")}
            <input
                type="search"
                node_ref=node
                placeholder=label
                aria-label=label
                aria-keyshortcuts=move || shortcut(key)
                autocomplete="off"
                spellcheck="false"
                prop:value=move || value.get()
                on:input=move |event| on_input.run(event_target_value(&event))
                on:keydown=keys
            />
            {live(move || printed_key(key))}
        </label>
    }
}
