//! Fields to type in.

mod suggest;
mod text;

pub use suggest::SuggestField;
pub use text::TextField;

use leptos::prelude::*;

use super::icon::sized;
use crate::components::kept::Kept;

/// A search field that answers each keystroke.
#[component]
pub fn SearchField(
    /// What is searched, such as "Find a group".
    label: &'static str,
    /// The key that leads here, shown at the end.
    #[prop(optional)]
    key_hint: &'static str,
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
    let hint = (!key_hint.is_empty()).then(|| view! { <span class="keys"><kbd class="kbd">{key_hint}</kbd></span> });
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
                aria-keyshortcuts=(!key_hint.is_empty()).then_some(key_hint)
                autocomplete="off"
                spellcheck="false"
                prop:value=move || value.get()
                on:input=move |event| on_input.run(event_target_value(&event))
                on:keydown=keys
            />
            {hint}
        </label>
    }
}
