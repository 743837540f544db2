//! Which key does what: what can be given another key, and what was.

use web_sys::KeyboardEvent;

use crate::words::{key, say};

/// Something that a key does, on every screen that has it. Keys that work only where the focus is are not among them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Show the palette.
    Palette,
    /// Show the shortcuts.
    Help,
    /// Go to the screen that the next key names.
    Go,
    /// Go to the next pane; with Shift to the one before.
    Pane,
    /// Make the leading pane narrower.
    Narrower,
    /// Make it wider.
    Wider,
    /// Find in the list.
    Find,
    /// Go to the filter.
    Filter,
    /// Check with the group or the user.
    Check,
    /// Compare with it.
    Compare,
    /// Try a change with it.
    WhatIf,
    /// Verify with the server.
    Verify,
    /// The columns.
    Columns,
    /// The saved views.
    Views,
    /// Export all that is listed.
    Export,
    /// Export the groups of the tree.
    ExportGroups,
}

/// What is done, by which key unless another was chosen, and what that is called.
const DEEDS: [(Deed, &str, &str); 16] = [
    (Deed::Palette, "Control+K", key("Search or run a command")),
    (Deed::Help, "?", key("Keyboard shortcuts")),
    (Deed::Go, "G", key("Go to a screen")),
    (Deed::Pane, "F6", key("Next pane; with Shift the previous one")),
    (Deed::Narrower, "[", key("Leading pane narrower")),
    (Deed::Wider, "]", key("Leading pane wider")),
    (Deed::Find, "/", key("Find in the list")),
    (Deed::Filter, "F", key("Go to the filter")),
    (Deed::Check, "C", key("Check the group or the user")),
    (Deed::Compare, "P", key("Compare it with another")),
    (Deed::WhatIf, "W", key("Try a change with it")),
    (Deed::Verify, "V", key("Verify with server")),
    (Deed::Columns, "Shift+C", key("Columns")),
    (Deed::Views, "Shift+V", key("Saved views")),
    (Deed::Export, "E", key("Export all that is listed")),
    (Deed::ExportGroups, "Shift+E", key("Export the groups of the tree")),
];

/// What a browser does with text, and would do no more.
const TAKEN: [&str; 6] = [
    "Control+A",
    "Control+C",
    "Control+V",
    "Control+X",
    "Control+Y",
    "Control+Z",
];

impl Deed {
    /// All of them, in the order in which people read them.
    pub fn all() -> impl Iterator<Item = Self> {
        DEEDS.iter().map(|(deed, ..)| *deed)
    }

    /// The key that does it unless another was chosen.
    #[must_use]
    pub fn usual(self) -> &'static str {
        DEEDS[self as usize].1
    }

    /// What it is called.
    #[must_use]
    pub fn words(self) -> &'static str {
        say(DEEDS[self as usize].2)
    }

    fn by(usual: &str) -> Option<Self> {
        Self::all().find(|deed| deed.usual() == usual)
    }
}

/// Which deeds have another key than usually, and which.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keys(Vec<(Deed, String)>);

/// Why a key was not given to a deed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyError {
    /// It does something else already.
    Clash(Deed),
    /// Browsers and lists need it.
    Taken,
}

impl Keys {
    /// Reads what was kept: a line for each, the usual key and the other one between a tab. What is not understood any more, and
    /// what would clash, is left out.
    #[must_use]
    pub fn read(kept: &str) -> Self {
        let mut keys = Self::default();
        for (usual, key) in kept.lines().filter_map(|line| line.split_once('\t')) {
            if let Some(deed) = Deed::by(usual) {
                keys.0.push((deed, key.to_owned()));
            }
        }
        // Two may have changed places, so they are looked at together.
        let now = keys.clone();
        keys.0
            .retain(|(deed, key)| is_free(key) && Deed::all().all(|other| other == *deed || now.of(other) != key));
        keys
    }

    /// What is kept; empty where all is as usual.
    #[must_use]
    pub fn written(&self) -> String {
        let lines = self
            .0
            .iter()
            .map(|(deed, key)| [deed.usual(), "\t", key, "\n"].concat());
        lines.collect()
    }

    /// The key of a deed, as `aria-keyshortcuts` has it: `F`, `Shift+V`, `Control+K`.
    #[must_use]
    pub fn of(&self, deed: Deed) -> &str {
        let other = self.0.iter().find(|(of, _)| *of == deed);
        other.map_or(deed.usual(), |(_, key)| key)
    }

    /// What a key does.
    #[must_use]
    pub fn deed(&self, key: &str) -> Option<Deed> {
        Deed::all().find(|deed| self.of(*deed) == key)
    }

    /// How many deeds have another key than usually.
    #[must_use]
    pub const fn changed(&self) -> usize {
        self.0.len()
    }

    /// Gives a deed another key.
    ///
    /// # Errors
    ///
    /// [`KeyError`] where the key is not free; then nothing changes.
    pub fn give(&mut self, deed: Deed, key: &str) -> Result<(), KeyError> {
        match self.deed(key) {
            Some(other) if other != deed => Err(KeyError::Clash(other)),
            _ if !is_free(key) => Err(KeyError::Taken),
            _ => {
                self.put(deed, key);
                Ok(())
            }
        }
    }

    /// Lets two deeds change their keys.
    pub fn swap(&mut self, one: Deed, other: Deed) {
        let (first, second) = (self.of(one).to_owned(), self.of(other).to_owned());
        self.put(one, &second);
        self.put(other, &first);
    }

    fn put(&mut self, deed: Deed, key: &str) {
        self.0.retain(|(of, _)| *of != deed);
        if key != deed.usual() {
            self.0.push((deed, key.to_owned()));
        }
    }
}

/// Whether a key may be given to a deed at all.
fn is_free(key: &str) -> bool {
    !TAKEN.contains(&key) && !key.is_empty()
}

/// The key of an event as `aria-keyshortcuts` has it; none of what moves, edits and opens wherever the focus is. ⌘ counts as Ctrl.
#[must_use]
pub fn pressed(event: &KeyboardEvent) -> Option<String> {
    let held = [event.ctrl_key() || event.meta_key(), event.alt_key(), event.shift_key()];
    named(&event.key(), held)
}

/// The same of a key and whether Ctrl, Alt and Shift are held.
fn named(key: &str, [control, alt, shift]: [bool; 3]) -> Option<String> {
    let mut letters = key.chars();
    let first = letters.next()?;
    let is_single = letters.next().is_none();
    let is_function = first == 'F' && key.len() > 1 && key.bytes().skip(1).all(|it| it.is_ascii_digit());
    // A space presses, and `+` stands between the names of keys.
    if !(is_function || is_single && first != ' ' && first != '+') {
        return None;
    }
    let mut name = String::new();
    for (is_held, word) in [(control, "Control+"), (alt, "Alt+")] {
        name += if is_held { word } else { "" };
    }
    // What Shift makes of other keys is in their character.
    if shift && (is_function || first.is_ascii_alphabetic()) {
        name += "Shift+";
    }
    Some(name + &key.to_ascii_uppercase())
}

/// Whether a key is a single character, which means nothing where letters are typed.
#[must_use]
pub fn is_character(key: &str) -> bool {
    let bare = key.strip_prefix("Shift+").unwrap_or(key);
    bare.chars().nth(1).is_none()
}

/// The key as it is printed on keyboards, in its parts: `Ctrl` and `K`.
#[must_use]
pub fn printed(key: &str) -> Vec<String> {
    let part = |part: &str| match part {
        "Control" => say("Ctrl").to_owned(),
        "Shift" => "⇧".to_owned(),
        part => part.to_owned(),
    };
    key.split('+').map(part).collect()
}

/// The value of `aria-keyshortcuts` for a key: with ⌘, too, where it is held with Ctrl.
#[must_use]
pub fn told(key: &str) -> String {
    match key.strip_prefix("Control+") {
        Some(rest) => ["Meta+", rest, " ", key].concat(),
        None => key.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NONE: [bool; 3] = [false; 3];
    const SHIFT: [bool; 3] = [false, false, true];

    #[test]
    fn every_deed_stands_in_its_place() {
        for (place, (deed, usual, _)) in DEEDS.iter().enumerate() {
            assert_eq!(*deed as usize, place);
            assert_eq!(Keys::default().deed(usual), Some(*deed));
        }
    }

    #[test]
    fn a_key_has_one_name() {
        assert_eq!(named("f", NONE).as_deref(), Some("F"));
        // With the shift lock on.
        assert_eq!(named("F", NONE).as_deref(), Some("F"));
        assert_eq!(named("F", SHIFT).as_deref(), Some("Shift+F"));
        // On keyboards where it needs Shift.
        assert_eq!(named("/", SHIFT).as_deref(), Some("/"));
        assert_eq!(named("F6", SHIFT).as_deref(), Some("Shift+F6"));
        assert_eq!(named("k", [true, false, false]).as_deref(), Some("Control+K"));
        assert_eq!(named("k", [true, true, true]).as_deref(), Some("Control+Alt+Shift+K"));
        for key in [" ", "+", "Enter", "Escape", "Tab", "ArrowUp", "Shift", ""] {
            assert_eq!(named(key, NONE), None, "{key}");
        }
    }

    #[test]
    fn a_key_does_one_thing() {
        let mut keys = Keys::default();
        assert_eq!(keys.give(Deed::Filter, "V"), Err(KeyError::Clash(Deed::Verify)));
        assert_eq!(keys.give(Deed::Filter, "Control+C"), Err(KeyError::Taken));
        assert_eq!(keys, Keys::default());
        assert_eq!(keys.give(Deed::Filter, "X"), Ok(()));
        assert_eq!((keys.of(Deed::Filter), keys.deed("F"), keys.changed()), ("X", None, 1));
        assert_eq!(keys.give(Deed::Export, "F"), Ok(()));
        keys.swap(Deed::Filter, Deed::Export);
        assert_eq!(
            (keys.of(Deed::Filter), keys.of(Deed::Export), keys.changed()),
            ("F", "X", 1)
        );
        assert_eq!(keys.give(Deed::Export, "E"), Ok(()));
        assert_eq!(keys, Keys::default());
    }

    #[test]
    fn what_is_kept_is_read_again() {
        let mut keys = Keys::default();
        keys.swap(Deed::Verify, Deed::Views);
        keys.give(Deed::Palette, "Alt+P").expect("it is free");
        assert_eq!(Keys::read(&keys.written()), keys);
        assert_eq!(Keys::read(""), Keys::default());
        // Of another version, without a tab, of what is taken, and clashing.
        let kept = "Q\tX\nE\nF\tControl+C\nW\tC\n";
        assert_eq!(Keys::read(kept), Keys::default());
    }

    #[test]
    fn keys_are_printed_and_told() {
        assert_eq!(printed("Control+K"), ["Ctrl", "K"]);
        assert_eq!(printed("Shift+V"), ["⇧", "V"]);
        assert_eq!(told("Control+K"), "Meta+K Control+K");
        assert_eq!(told("F"), "F");
        assert!(is_character("F") && is_character("Shift+V") && is_character("ü"));
        assert!(!is_character("F6") && !is_character("Control+K"));
    }
}
