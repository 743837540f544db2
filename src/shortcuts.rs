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
    /// Press what has this key.
    Press(String),
}

/// Listens on every screen; `help` shows the shortcuts, `jump` the palette.
pub fn listen(session: Session, help: Slot<bool>, jump: Slot<bool>) {
    let pair_until = StoredValue::new(0.0);
    let keys = window_event_listener(ev::keydown, move |event| {
        let held = event.ctrl_key() || event.meta_key() || event.alt_key();
        // Of the browser's own keys alone this one is taken, in fields too.
        if (event.ctrl_key() || event.meta_key()) && event.key().eq_ignore_ascii_case("k") {
            jump.set(!jump.get_untracked());
            event.prevent_default();
            return;
        }
        let is_over = help.get_untracked() || jump.get_untracked() || session.exporting.get_untracked();
        if held || is_over || event.default_prevented() {
            return;
        }
        let now = js_sys::Date::now();
        let is_second = now < pair_until.get_value();
        let letters = session.letters.get_untracked() && !is_typing(&event);
        let Some(act) = meaning(&event.key(), event.shift_key(), letters, is_second) else {
            return;
        };
        pair_until.set_value(if act == Act::Pair { now + PAIR } else { 0.0 });
        let done = match act {
            Act::Help => {
                help.set(true);
                true
            }
            Act::Pair => true,
            Act::Go(screen) => {
                session.go(session.route.with_untracked(|route| route.with(screen)));
                true
            }
            Act::Pane { back } => go_to_pane(back),
            Act::Press(key) => press(&key, &event),
        };
        if done {
            event.prevent_default();
        }
    });
    on_cleanup(move || keys.remove());
    follow(move || {
        let off = (!session.letters.get()).then_some("off");
        Preference::Letters.write(off);
        let root = document().document_element();
        let _ = root.map(|root| match off {
            Some(off) => root.set_attribute("data-letters", off),
            None => root.remove_attribute("data-letters"),
        });
    });
}

/// What the key means; `letters` says whether single characters mean anything, `is_second` whether `G` came before.
fn meaning(key: &str, shift: bool, letters: bool, is_second: bool) -> Option<Act> {
    if key == "F6" {
        return Some(Act::Pane { back: shift });
    }
    let mut characters = key.chars();
    let character = characters.next().filter(|_| letters && characters.next().is_none())?;
    if character == '?' {
        return Some(Act::Help);
    }
    if character == ' ' {
        return None;
    }
    let key = character.to_ascii_uppercase();
    if shift && key.is_ascii_alphabetic() {
        return Some(Act::Press(["Shift+", key.encode_utf8(&mut [0; 4])].concat()));
    }
    Some(match key {
        'O' if is_second => Act::Go(Screen::Overview),
        'F' if is_second => Act::Go(Screen::Findings(FindingsView::default())),
        'G' if is_second => Act::Go(Screen::Groups(GroupsView::default())),
        'U' if is_second => Act::Go(Screen::Users(UsersView::default())),
        'C' if is_second => Act::Go(Screen::Check {
            user: String::new(),
            groups: Vec::new(),
        }),
        'P' if is_second => Act::Go(Screen::Compare(CompareView::default())),
        'H' if is_second => Act::Go(Screen::Hierarchy(HierarchyView::default())),
        'W' if is_second => Act::Go(Screen::WhatIf(WhatIfView::default())),
        'N' if is_second => Act::Go(Screen::Connections(Connection::List)),
        'G' => Act::Pair,
        _ => Act::Press(key.to_string()),
    })
}

/// Presses the first element on screen, or else in a menu that is closed, that has the key; whether there is one.
fn press(key: &str, event: &KeyboardEvent) -> bool {
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
            init.set_key(&event.key());
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

    #[test]
    fn a_letter_presses_what_has_it() {
        assert_eq!(meaning("f", false, true, false), Some(Act::Press("F".to_owned())));
        // With the shift lock on.
        assert_eq!(meaning("F", false, true, false), Some(Act::Press("F".to_owned())));
        assert_eq!(meaning("F", true, true, false), Some(Act::Press("Shift+F".to_owned())));
        assert_eq!(meaning("[", false, true, false), Some(Act::Press("[".to_owned())));
        // On keyboards where it needs Shift.
        assert_eq!(meaning("/", true, true, false), Some(Act::Press("/".to_owned())));
        assert_eq!(meaning(" ", false, true, false), None);
        assert_eq!(meaning("Enter", false, true, false), None);
    }

    #[test]
    fn two_letters_go_to_a_screen() {
        assert_eq!(meaning("g", false, true, false), Some(Act::Pair));
        let groups = Screen::Groups(GroupsView::default());
        assert_eq!(meaning("g", false, true, true), Some(Act::Go(groups)));
        let users = Screen::Users(UsersView::default());
        assert_eq!(meaning("u", false, true, true), Some(Act::Go(users)));
        assert_eq!(meaning("o", false, true, true), Some(Act::Go(Screen::Overview)));
        assert_eq!(meaning("x", false, true, true), Some(Act::Press("X".to_owned())));
    }

    #[test]
    fn single_characters_can_be_off() {
        for key in ["f", "g", "?", "/", "[", "]", "c"] {
            assert_eq!(meaning(key, false, false, false), None, "{key}");
        }
        assert_eq!(meaning("F6", false, false, false), Some(Act::Pane { back: false }));
        assert_eq!(meaning("F6", true, false, false), Some(Act::Pane { back: true }));
    }
}
