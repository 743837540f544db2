//! What opens under a text field: which row is chosen, and the keys that choose.

use crate::components::kept::Kept;
use crate::components::slot::Slot;
use leptos::prelude::*;
use web_sys::KeyboardEvent;

/// A list under a text field: whether it is open, and which of its rows is chosen.
#[derive(Clone, Copy)]
pub struct Choosing {
    /// Whether it is open.
    pub open: Slot<bool>,
    /// The chosen row; none while one types.
    pub active: Slot<Option<usize>>,
    /// How many rows there are.
    pub count: Kept<usize>,
}

/// What a key asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// Nothing that concerns the list.
    Other,
    /// It moved, opened or closed: the key is used up.
    Used,
    /// Rows are to be found.
    Find,
    /// This row is to be taken.
    Take(usize),
    /// The text is to be used as it is.
    Apply,
}

impl Choosing {
    /// A closed list.
    #[must_use]
    pub fn new(count: Kept<usize>) -> Self {
        Self {
            open: Slot::new(false),
            active: Slot::new(None),
            count,
        }
    }

    /// Whether rows are on screen.
    #[must_use]
    pub fn is_shown(&self) -> bool {
        self.open.get() && self.count.get() > 0
    }

    /// Opens with no row chosen, as typing does.
    pub fn typed(&self) {
        self.active.set(None);
        self.open.set(true);
    }

    /// Closes.
    pub fn close(&self) {
        self.active.set(None);
        self.open.set(false);
    }

    /// Whether this row is chosen.
    #[must_use]
    pub fn is_active(&self, place: usize) -> bool {
        self.active.get() == Some(place)
    }

    /// Moves the choice, or tells what the key asks for. `begun`: a word is half typed, so that Tab may finish it.
    #[must_use]
    pub fn key(&self, event: &KeyboardEvent, begun: bool) -> Wish {
        // While an input method composes, Enter, Tab and the arrows are its own.
        if event.is_composing() || event.key_code() == 229 {
            return Wish::Other;
        }
        let shown = untrack(|| self.is_shown());
        let active = self.active.get_untracked().filter(|_| shown);
        match (event.key().as_str(), active) {
            (" ", _) if event.ctrl_key() => self.find(),
            ("ArrowDown", _) if !shown => self.find(),
            ("ArrowDown", active) => self.to(active.map_or(0, |place| place + 1)),
            ("ArrowUp", active) if shown => {
                let count = self.count.get_untracked();
                self.to(active.unwrap_or(0) + count - 1)
            }
            ("Enter", Some(place)) => Wish::Take(place),
            ("Enter", None) => {
                self.close();
                Wish::Apply
            }
            ("Tab", Some(place)) if !event.shift_key() => Wish::Take(place),
            ("Tab", None) if shown && begun && !event.shift_key() => Wish::Take(0),
            ("Escape", _) if shown => {
                self.close();
                Wish::Used
            }
            _ => Wish::Other,
        }
    }

    fn find(&self) -> Wish {
        self.active.set(Some(0));
        self.open.set(true);
        Wish::Find
    }

    fn to(&self, place: usize) -> Wish {
        self.active.set(Some(place % self.count.get_untracked().max(1)));
        Wish::Used
    }
}
