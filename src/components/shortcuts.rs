//! The keyboard shortcuts, and the switch for those that are single characters.

use leptos::html::Dialog;
use leptos::prelude::*;

use super::button::IconButton;
use crate::components::live::live;
use crate::components::slot::Slot;

/// What a shortcut does, its keys, and whether the switch concerns it.
type Shortcut = (&'static str, &'static [&'static str], bool);

const EVERYWHERE: [Shortcut; 5] = [
    ("Keyboard shortcuts", &["?"], true),
    (
        "Go to Overview, Groups, Users, Check, Findings, Connections",
        &["G", "then", "O G U C F N"],
        true,
    ),
    ("Next pane, previous pane", &["F6", "⇧ F6"], false),
    ("Leading pane narrower, wider", &["[", "]"], true),
    ("Close, clear, leave the field", &["Esc"], false),
];
const SCREENS: [Shortcut; 3] = [
    ("Find in the list", &["/"], true),
    ("Go to the filter", &["F"], true),
    ("Check the group or the user", &["C"], true),
];
const LISTS: [Shortcut; 7] = [
    ("Move", &["↑", "↓", "Home", "End"], false),
    ("Open, close, go in and out", &["→", "←"], false),
    ("Open all siblings", &["*"], false),
    ("Next name that begins so, in the tree", &["A – Z"], false),
    ("Choose, open", &["Enter"], false),
    ("Pick, pick more", &["Space", "⇧ ↑", "⇧ ↓"], false),
    ("Pick all that match", &["Ctrl A"], false),
];

/// The dialog; whoever holds the node shows it.
#[component]
pub fn Shortcuts(
    /// The dialog.
    node: NodeRef<Dialog>,
    /// Whether single characters mean anything outside of lists and fields.
    letters: Slot<bool>,
) -> impl IntoView {
    let close = move |()| {
        if let Some(dialog) = node.get_untracked() {
            dialog.close();
        }
    };
    let says = move || {
        if letters.get() {
            "They work only outside text fields. Switch them off if you use speech input."
        } else {
            "Switched off. The other keys still work."
        }
    };
    view! {
        <dialog class="shortcuts" aria-labelledby="shortcuts" node_ref=node>
            <header>
                <h2 id="shortcuts">"Keyboard shortcuts"</h2>
                <IconButton href="#i-x" label="Close" on_press=close />
            </header>
            <label>
                <span>
                    "Single letters"
                    <small id="letters">{live(says)}</small>
                </span>
                <input
                    class="switch"
                    type="checkbox"
                    role="switch"
                    aria-label="Single letters"
                    aria-describedby="letters"
                    prop:checked=move || letters.get()
                    on:change=move |event| letters.set(event_target_checked(&event))
                />
            </label>
            {section("Everywhere", &EVERYWHERE)}
            {section("On a screen", &SCREENS)}
            {section("In trees and lists", &LISTS)}
        </dialog>
    }
}

fn section(title: &'static str, shortcuts: &'static [Shortcut]) -> AnyView {
    let row = |(does, keys, is_letter): &'static Shortcut| {
        let key = |key: &&'static str| match *key {
            "then" => view! { <small>"then"</small> }.into_any(),
            key => view! { <kbd class="kbd">{key}</kbd> }.into_any(),
        };
        view! {
            <li data-letter=is_letter.then_some("")>
                <span>{*does}</span>
                <span class="keys">{keys.iter().map(key).collect_view()}</span>
            </li>
        }
    };
    view! {
        <section>
            <h3>{title}</h3>
            <ul>{shortcuts.iter().map(row).collect_view()}</ul>
        </section>
    }
    .into_any()
}
