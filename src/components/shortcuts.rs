//! The keyboard shortcuts, and the switch for those that are single characters.

use leptos::prelude::*;

use super::button::IconButton;
use crate::components::live::live;
use crate::components::slot::Slot;

/// What the dialog is called.
pub const TITLE: &str = "Keyboard shortcuts";

/// What a shortcut does, its keys, and whether the switch concerns it.
type Shortcut = (&'static str, &'static [&'static str], bool);

const EVERYWHERE: [Shortcut; 6] = [
    ("Search or run a command", &["Ctrl K"], false),
    ("Keyboard shortcuts", &["?"], true),
    (
        "Go to Overview, Groups, Users, Check, Compare, Hierarchy, What-if, Findings, Connections",
        &["G", "then", "O G U C P H W F N"],
        true,
    ),
    ("Next pane, previous pane", &["F6", "⇧ F6"], false),
    ("Leading pane narrower, wider", &["[", "]"], true),
    ("Close, clear, leave the field", &["Esc"], false),
];
const SCREENS: [Shortcut; 6] = [
    ("Find in the list", &["/"], true),
    ("Go to the filter", &["F"], true),
    (
        "Check, compare, try a change with the group or the user",
        &["C", "P", "W"],
        true,
    ),
    ("Verify with server", &["V"], true),
    ("Columns, saved views", &["⇧ C", "⇧ V"], true),
    ("Export all that is listed", &["E"], true),
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

/// What the dialog holds: the list, and the switch.
pub fn shortcuts(letters: Slot<bool>, shown: Slot<bool>) -> impl IntoView {
    let says = move || {
        if letters.get() {
            "They work only outside text fields. Switch them off if you use speech input."
        } else {
            "Switched off. The other keys still work."
        }
    };
    view! {
        <header>
            <h2>{TITLE}</h2>
            <IconButton href="#i-x" label="Close" on_press=move |()| shown.set(false) />
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
