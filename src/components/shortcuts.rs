//! The keyboard shortcuts, and the switch for those that are single characters.

use leptos::prelude::*;

use super::button::IconButton;
use crate::components::live::live;
use crate::components::slot::Slot;
use crate::words::{key, say};

/// What the dialog is called.
pub const TITLE: &str = key("Keyboard shortcuts");

/// What a shortcut does, its keys, and whether the switch concerns it.
type Shortcut = (&'static str, &'static [&'static str], bool);

const EVERYWHERE: [Shortcut; 6] = [
    (key("Search or run a command"), &["Ctrl K"], false),
    (key("Keyboard shortcuts"), &["?"], true),
    (
        key("Go to Overview, Groups, Users, Check, Compare, Hierarchy, What-if, Findings, Connections"),
        &["G", "then", "O G U C P H W F N"],
        true,
    ),
    (key("Next pane, previous pane"), &["F6", "⇧ F6"], false),
    (key("Leading pane narrower, wider"), &["[", "]"], true),
    (key("Close, clear, leave the field"), &[key("Esc")], false),
];
const SCREENS: [Shortcut; 6] = [
    (key("Find in the list"), &["/"], true),
    (key("Go to the filter"), &["F"], true),
    (
        key("Check, compare, try a change with the group or the user"),
        &["C", "P", "W"],
        true,
    ),
    (key("Verify with server"), &["V"], true),
    (key("Columns, saved views"), &["⇧ C", "⇧ V"], true),
    (
        key("Export all that is listed, the groups of the tree"),
        &["E", "⇧ E"],
        true,
    ),
];
const LISTS: [Shortcut; 7] = [
    (key("Move"), &["↑", "↓", key("Home"), key("End")], false),
    (key("Open, close, go in and out"), &["→", "←"], false),
    (key("Open all siblings"), &["*"], false),
    (key("Next name that begins so, in the tree"), &["A – Z"], false),
    (key("Choose, open"), &[key("Enter")], false),
    (key("Pick, pick more"), &[key("Space"), "⇧ ↑", "⇧ ↓"], false),
    (key("Pick all that match"), &["Ctrl A"], false),
];

/// What the dialog holds: the list, and the switch.
pub fn shortcuts(letters: Slot<bool>, shown: Slot<bool>) -> impl IntoView {
    let says = move || {
        if letters.get() {
            say("They work only outside text fields. Switch them off if you use speech input.")
        } else {
            say("Switched off. The other keys still work.")
        }
    };
    view! {
        <header>
            <h2>{say(TITLE)}</h2>
            <IconButton href="#i-x" label=say("Close") on_press=move |()| shown.set(false) />
        </header>
        <label>
            <span>
                {say("Single letters")}
                <small id="letters">{live(says)}</small>
            </span>
            <input
                class="switch"
                type="checkbox"
                role="switch"
                aria-label=say("Single letters")
                aria-describedby="letters"
                prop:checked=move || letters.get()
                on:change=move |event| letters.set(event_target_checked(&event))
            />
        </label>
        {section(say("Everywhere"), &EVERYWHERE)}
        {section(say("On a screen"), &SCREENS)}
        {section(say("In trees and lists"), &LISTS)}
    }
}

/// What is written on a key, which is a matter of language.
fn key_name(key: &'static str) -> String {
    match key.strip_prefix("Ctrl ") {
        Some(letter) => [say("Ctrl"), " ", letter].concat(),
        None => say(key).to_owned(),
    }
}

fn section(title: &'static str, shortcuts: &'static [Shortcut]) -> AnyView {
    let row = |(does, keys, is_letter): &'static Shortcut| {
        let cap = |key: &&'static str| match *key {
            "then" => view! { <small>{say("then")}</small> }.into_any(),
            name => view! { <kbd class="kbd">{key_name(name)}</kbd> }.into_any(),
        };
        view! {
            <li data-letter=is_letter.then_some("")>
                <span>{say(does)}</span>
                <span class="keys">{keys.iter().map(cap).collect_view()}</span>
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
