//! Keys that work on every screen: single characters, which can be switched off, and the way from pane to pane.
//!
//! An element says by `aria-keyshortcuts` which keys are its own: what takes text gets the focus, what can be pressed is
//! pressed, and anything else is handed the key. So a screen has the keys of what is on it.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlElement, KeyboardEvent, KeyboardEventInit, NodeList};

use crate::components::focus::is_typing;
use crate::components::live::follow;
use crate::components::slot::Slot;
use crate::keys::{Deed, Keys, is_character, pressed};
use crate::route::{CompareView, Connection, FindingsView, GroupsView, HierarchyView, Screen, UsersView, WhatIfView};
use crate::session::Session;
use crate::storage::Preference;

/// How long `G` waits for the second key, in milliseconds.
const PAIR: f64 = 1_500.0;
/// What `F6` goes round through.
const PANES: &str = ".sidebar, .topbar, .main > *, .main .split > .pane";
/// Where the focus goes in a pane: to the row that had it, else to what Tab would reach first.
const ENTRANCES: [&str; 2] = [
    "[role=row][tabindex='0']",
    "a[href], button:not([tabindex='-1']), input, [tabindex='0']",
];

/// What a key means.
#[derive(Debug, PartialEq, Eq)]
enum Act {
    /// Show the palette, or put it away.
    Jump,
    /// Show the shortcuts.
    Help,
    /// The next key names a screen.
    Pair,
    /// Go to a screen.
    Go(Screen),
    /// Go to the next pane, or to the one before.
    Pane {
        /// To the one before.
        back: bool,
    },
    /// Press what has this key, or hand it the usual one.
    Press(String, Option<Deed>),
}

/// Listens on every screen, as long as the page is there; `help` shows the shortcuts, `jump` the palette.
pub fn listen(session: Session, help: Slot<bool>, jump: Slot<bool>) {
    let pair_until = StoredValue::new(0.0);
    window_event_listener(ev::keydown, move |event| {
        let Some(key) = pressed(&event) else { return };
        let letters = session.letters.get_untracked() && !is_typing(&event);
        if is_character(&key) && !letters {
            return;
        }
        let now = js_sys::Date::now();
        let is_second = now < pair_until.get_value();
        let Some(act) = session.keys.with_untracked(|keys| meaning(&key, keys, is_second)) else {
            return;
        };
        // This one puts away what it shows, and works in fields, too.
        if matches!(act, Act::Jump) {
            jump.set(!jump.get_untracked());
            event.prevent_default();
            return;
        }
        let is_over = help.get_untracked() || jump.get_untracked() || session.exporting.get_untracked();
        if is_over || event.default_prevented() {
            return;
        }
        pair_until.set_value(if matches!(act, Act::Pair) { now + PAIR } else { 0.0 });
        let done = match act {
            Act::Help => {
                help.set(true);
                true
            }
            Act::Jump | Act::Pair => true,
            Act::Go(screen) => {
                session.go(session.route.with_untracked(|route| route.with(screen)));
                true
            }
            Act::Pane { back } => go_to_pane(back),
            Act::Press(key, deed) => press(&key, deed.map_or(key.as_str(), |deed| deed.usual())),
        };
        if done {
            event.prevent_default();
        }
    });
    follow(move || {
        let off = (!session.letters.get()).then_some("off");
        Preference::Letters.write(off);
        let root = document().document_element();
        let _ = root.map(|root| match off {
            Some(off) => root.set_attribute("data-letters", off),
            None => root.remove_attribute("data-letters"),
        });
    });
    follow(move || {
        let written = session.keys.with(Keys::written);
        Preference::Keys.write((!written.is_empty()).then_some(&written));
    });
}

/// What the key means; `is_second` says whether the one that goes to a screen came before.
fn meaning(key: &str, keys: &Keys, is_second: bool) -> Option<Act> {
    if is_second && let Some(screen) = screen(key) {
        return Some(Act::Go(screen));
    }
    // Whatever the pane's key is, Shift goes back.
    let held: Vec<&str> = key.split('+').filter(|it| *it != "Shift").collect();
    let forth = held.join("+");
    Some(match keys.deed(key) {
        Some(Deed::Palette) => Act::Jump,
        Some(Deed::Help) => Act::Help,
        Some(Deed::Go) => Act::Pair,
        Some(Deed::Pane) => Act::Pane { back: false },
        None if forth != key && keys.deed(&forth) == Some(Deed::Pane) => Act::Pane { back: true },
        None if !is_character(key) => return None,
        deed => Act::Press(key.to_owned(), deed),
    })
}

/// The screen that a second key names.
fn screen(key: &str) -> Option<Screen> {
    Some(match key {
        "O" => Screen::Overview,
        "F" => Screen::Findings(FindingsView::default()),
        "G" => Screen::Groups(GroupsView::default()),
        "U" => Screen::Users(UsersView::default()),
        "C" => Screen::Check {
            user: String::new(),
            groups: Vec::new(),
        },
        "P" => Screen::Compare(CompareView::default()),
        "H" => Screen::Hierarchy(HierarchyView::default()),
        "W" => Screen::WhatIf(WhatIfView::default()),
        "N" => Screen::Connections(Connection::List),
        _ => return None,
    })
}

/// Presses the first element on screen, or else in a menu that is closed, that has the key; whether there is one. What cannot be
/// pressed is handed the usual key.
fn press(key: &str, usual: &str) -> bool {
    let has_key = |element: &HtmlElement| {
        let keys = element.get_attribute("aria-keyshortcuts").unwrap_or_default();
        keys.split(' ').any(|own| own == key)
    };
    let seen = on_screen("[aria-keyshortcuts]").into_iter().find(has_key);
    let Some(element) = seen.or_else(|| all(".menu [aria-keyshortcuts]").into_iter().find(has_key)) else {
        return false;
    };
    match element.tag_name().as_str() {
        "INPUT" => {
            let _ = element.focus();
        }
        "A" | "BUTTON" => element.click(),
        _ => {
            let init = KeyboardEventInit::new();
            init.set_key(usual);
            if let Ok(event) = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init) {
                let _ = element.dispatch_event(&event);
            }
        }
    }
    true
}

/// Goes to the next pane round the screen; whether there is one.
fn go_to_pane(back: bool) -> bool {
    let entrances = on_screen(PANES).into_iter().filter_map(|pane| {
        let entrance = ENTRANCES
            .iter()
            .find_map(|way| visible_in(&pane, way).into_iter().next());
        Some((pane, entrance?))
    });
    // What holds panes is none.
    let mut panes: Vec<(HtmlElement, HtmlElement)> = Vec::new();
    for (pane, entrance) in entrances {
        panes.retain(|(outer, _)| !outer.contains(Some(&pane)));
        panes.push((pane, entrance));
    }
    let focus = document().active_element();
    let now = panes
        .iter()
        .position(|(pane, _)| focus.as_ref().is_some_and(|focus| pane.contains(Some(focus))));
    let next = match (now, back) {
        (Some(now), false) => now + 1,
        (Some(now), true) => now + panes.len() - 1,
        (None, false) => 0,
        (None, true) => panes.len().wrapping_sub(1),
    };
    let entrance = next.checked_rem(panes.len()).and_then(|next| panes.get(next));
    entrance.is_some_and(|(_, entrance)| entrance.focus().is_ok())
}

fn on_screen(selector: &str) -> Vec<HtmlElement> {
    let mut found = all(selector);
    found.retain(is_seen);
    found
}

/// The elements within another that can be seen.
fn visible_in(within: &Element, selector: &str) -> Vec<HtmlElement> {
    let mut found = elements(within.query_selector_all(selector));
    found.retain(is_seen);
    found
}

fn all(selector: &str) -> Vec<HtmlElement> {
    elements(document().query_selector_all(selector))
}

fn elements(found: Result<NodeList, JsValue>) -> Vec<HtmlElement> {
    let Ok(found) = found else { return Vec::new() };
    let elements = (0..found.length()).filter_map(|place| found.item(place)?.dyn_into::<HtmlElement>().ok());
    elements.collect()
}

fn is_seen(element: &HtmlElement) -> bool {
    element.offset_width() > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn usually(key: &str, is_second: bool) -> Option<Act> {
        meaning(key, &Keys::default(), is_second)
    }

    #[test]
    fn a_letter_presses_what_has_it() {
        assert_eq!(
            usually("F", false),
            Some(Act::Press("F".to_owned(), Some(Deed::Filter)))
        );
        assert_eq!(usually("Shift+F", false), Some(Act::Press("Shift+F".to_owned(), None)));
        assert_eq!(usually("Control+S", false), None);
        assert_eq!(usually("F2", false), None);
    }

    #[test]
    fn two_letters_go_to_a_screen() {
        assert_eq!(usually("G", false), Some(Act::Pair));
        let groups = Screen::Groups(GroupsView::default());
        assert_eq!(usually("G", true), Some(Act::Go(groups)));
        let users = Screen::Users(UsersView::default());
        assert_eq!(usually("U", true), Some(Act::Go(users)));
        assert_eq!(usually("O", true), Some(Act::Go(Screen::Overview)));
        assert_eq!(usually("X", true), Some(Act::Press("X".to_owned(), None)));
    }

    #[test]
    fn another_key_does_the_same() {
        let mut keys = Keys::default();
        for (deed, key) in [
            (Deed::Pane, "F8"),
            (Deed::Palette, "Alt+P"),
            (Deed::Go, "J"),
            (Deed::Narrower, "A"),
        ] {
            keys.give(deed, key).expect("it is free");
        }
        assert_eq!(meaning("F8", &keys, false), Some(Act::Pane { back: false }));
        assert_eq!(meaning("Shift+F8", &keys, false), Some(Act::Pane { back: true }));
        assert_eq!(meaning("F6", &keys, false), None);
        assert_eq!(meaning("Alt+P", &keys, false), Some(Act::Jump));
        assert_eq!(meaning("Control+K", &keys, false), None);
        assert_eq!(meaning("J", &keys, false), Some(Act::Pair));
        assert_eq!(meaning("G", &keys, false), Some(Act::Press("G".to_owned(), None)));
        assert_eq!(
            meaning("A", &keys, false),
            Some(Act::Press("A".to_owned(), Some(Deed::Narrower)))
        );
    }
}
