//! The keyboard shortcuts: each can be given another key, and single characters can be switched off.

use leptos::prelude::*;
use web_sys::KeyboardEvent;

use super::button::{Button, IconButton, printed_key};
use crate::components::kept::Kept;
use crate::components::live::{live, live_if};
use crate::components::slot::Slot;
use crate::keys::{Deed, KeyError, Keys, is_character, pressed, printed};
use crate::words::{counted, fill, key, say};

/// What the dialog is called.
pub const TITLE: &str = key("Keyboard shortcuts");

/// What a key does that stays as it is, its keys, and whether the switch concerns it.
type Fixed = (&'static str, &'static [&'static str], bool);

const EVERYWHERE: [Fixed; 2] = [
    (
        key("Which screen: Overview, Groups, Users, Check, Compare, Hierarchy, What-if, Findings, Connections"),
        &["O", "G", "U", "C", "P", "H", "W", "F", "N"],
        true,
    ),
    (key("Close, clear, leave the field"), &[key("Esc")], false),
];
const LISTS: [Fixed; 7] = [
    (key("Move"), &["↑", "↓", key("Home"), key("End")], false),
    (key("Open, close, go in and out"), &["→", "←"], false),
    (key("Open all siblings"), &["*"], false),
    (key("Next name that begins so, in the tree"), &["A – Z"], false),
    (key("Choose, open"), &[key("Enter")], false),
    (key("Pick, pick more"), &[key("Space"), "⇧ ↑", "⇧ ↓"], false),
    (key("Pick all that match"), &["Ctrl A"], false),
];

/// Giving a deed another key.
#[derive(Clone, Copy)]
struct Asking {
    keys: Slot<Keys>,
    /// The deed whose key is asked for.
    deed: Slot<Option<Deed>>,
    /// What has the key that was pressed last.
    clash: Slot<Option<Deed>>,
    /// What is said about it.
    says: Slot<String>,
}

/// What the dialog holds: the switch, and the list.
pub fn shortcuts(letters: Slot<bool>, keys: Slot<Keys>, shown: Slot<bool>) -> impl IntoView {
    let asking = Asking {
        keys,
        deed: Slot::new(None),
        clash: Slot::new(None),
        says: Slot::new(String::new()),
    };
    let says = move || {
        if letters.get() {
            say("They work only outside text fields. Switch them off if you use speech input.")
        } else {
            say("Switched off. The other keys still work.")
        }
    };
    let changed = Kept::new(move || keys.with(Keys::changed));
    let reset = move || {
        let text = counted("Reset {0} changed|Reset {0} changed", changed.get() as u64);
        let press = move |()| {
            keys.set(Keys::default());
            asking.stop(say("All keys are as usual.").to_owned());
        };
        view! { <Button text href="#i-undo" kind="quiet" on_press=press /> }
    };
    let deeds = |from, to| {
        Deed::all()
            .skip(from)
            .take(to)
            .map(move |deed| asking.row(deed))
            .collect_view()
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
        <p class="soft t12" role="status">{live(move || asking.said())}</p>
        {section(say("Everywhere"), view! { {deeds(0, PANES)} {fixed(&EVERYWHERE)} })}
        {section(say("On a screen"), deeds(PANES, usize::MAX))}
        {section(say("In trees and lists"), fixed(&LISTS))}
        <footer>
            <p>{say("Press a key that you see, then the one that you want.")}</p>
            {live_if(move || changed.get() > 0, reset)}
        </footer>
    }
}

/// So many deeds are there on every screen; they come first.
const PANES: usize = Deed::Wider as usize + 1;

impl Asking {
    fn said(self) -> String {
        self.says.get()
    }

    fn stop(self, says: String) {
        self.deed.set(None);
        self.clash.set(None);
        self.says.set(says);
    }

    /// A deed, and the button with its key.
    fn row(self, deed: Deed) -> AnyView {
        let now = Kept::new(move || self.keys.with(|keys| keys.of(deed).to_owned()));
        let is_asked = Kept::new(move || self.deed.get() == Some(deed));
        let label = move || {
            let key = printed(&now.get()).join(" ");
            if is_asked.get() {
                fill("Press a key for {0}", &[deed.words()])
            } else {
                fill("{0}, the key of {1}", &[&key, deed.words()])
            }
        };
        let shown = move || {
            if is_asked.get() {
                view! { <span>{say("Press a key")}</span> }.into_any()
            } else {
                printed_key(now).into_any()
            }
        };
        let ask = move |_| {
            self.clash.set(None);
            self.deed.set(Some(deed));
            self.says
                .set(fill("Press the key for {0}, or Esc to keep it.", &[deed.words()]));
        };
        let leave = move |_| {
            // The dialog may be going.
            if !self.deed.is_disposed() && self.deed.get_untracked() == Some(deed) {
                self.stop(String::new());
            }
        };
        let mark = move || now.with(|key| key != deed.usual()).then_some(" •");
        view! {
            <li data-letter=move || now.with(|key| is_character(key)).then_some("")>
                <span>{deed.words()} {live(mark)}</span>
                <button
                    type="button"
                    class="button"
                    data-kind="quiet"
                    data-size="sm"
                    aria-label=label
                    aria-pressed=move || is_asked.get().then_some("true")
                    on:click=ask
                    on:blur=leave
                    on:keydown=move |event| {
                        if is_asked.get_untracked() {
                            self.took(deed, &event);
                        }
                    }
                >
                    {live(shown)}
                </button>
            </li>
        }
        .into_any()
    }

    /// A key was pressed for a deed.
    fn took(self, deed: Deed, event: &KeyboardEvent) {
        // Tab goes on, and so ends the question.
        if event.key() == "Tab" {
            return;
        }
        event.prevent_default();
        event.stop_propagation();
        let mut keys = self.keys.get_untracked();
        match (event.key().as_str(), self.clash.get_untracked()) {
            ("Escape", _) => return self.stop(String::new()),
            ("Enter", Some(other)) => {
                keys.swap(deed, other);
                let text = fill("{0} and {1} changed their keys.", &[deed.words(), other.words()]);
                self.keys.set(keys);
                return self.stop(text);
            }
            _ => {}
        }
        let Some(key) = pressed(event) else { return };
        let name = printed(&key).join(" ");
        self.clash.set(None);
        match keys.give(deed, &key) {
            Ok(()) => {
                self.keys.set(keys);
                self.stop(fill("{0}: {1}.", &[deed.words(), &name]));
            }
            Err(KeyError::Clash(other)) => {
                self.clash.set(Some(other));
                let asked = fill(
                    "{0} is {1}. Press another key, or Enter to let them change keys.",
                    &[&name, other.words()],
                );
                self.says.set(asked);
            }
            Err(KeyError::Taken) => self.says.set(fill("{0} edits text. Press another key.", &[&name])),
        }
    }
}

/// What is written on a key, which is a matter of language.
fn key_name(key: &'static str) -> String {
    match key.strip_prefix("Ctrl ") {
        Some(letter) => [say("Ctrl"), " ", letter].concat(),
        None => say(key).to_owned(),
    }
}

fn fixed(rows: &'static [Fixed]) -> AnyView {
    let row = |(does, keys, is_letter): &'static Fixed| {
        let keys = keys.iter().map(|key| view! { <kbd class="kbd">{key_name(key)}</kbd> });
        view! {
            <li data-letter=is_letter.then_some("")>
                <span>{say(does)}</span>
                <span class="keys">{keys.collect_view()}</span>
            </li>
        }
    };
    rows.iter().map(row).collect_view().into_any()
}

fn section(title: &'static str, rows: impl IntoView + 'static) -> AnyView {
    view! {
        <section>
            <h3>{title}</h3>
            <ul>{rows.into_any()}</ul>
        </section>
    }
    .into_any()
}
