//! Arranging the columns of a table: which are shown, in which order, how wide; by mouse in its head, by keys in a panel.

pub mod arrangement;
mod carry;
mod chooser;
mod edge;

pub use carry::Carry;
pub use chooser::chooser;
pub use edge::edge;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use self::arrangement::{Arrangement, Known, Place, template};
use super::kept::Kept;
use super::slot::Slot;

/// The columns of a table on screen, and what was chosen for them. Copies share it.
#[derive(Clone, Copy)]
pub struct Arranging {
    /// The id of the table's element.
    pub table: &'static str,
    /// The columns that it has, the first of which always leads.
    pub known: Kept<Vec<Known>>,
    /// What was chosen.
    pub arrangement: Slot<Arrangement>,
}

impl Arranging {
    /// All columns in their order.
    #[must_use]
    pub fn places(self) -> Vec<Place> {
        self.known
            .with(|known| self.arrangement.with(|arrangement| arrangement.places(known)))
    }

    /// Those that are shown, in their order.
    #[must_use]
    pub fn shown(self) -> Vec<Place> {
        let mut places = self.places();
        places.retain(|place| place.is_shown);
        places
    }

    /// The tracks of those that are shown, and the least room that they take; none while the layout decides.
    #[must_use]
    pub fn template(self) -> Option<(String, String)> {
        let is_chosen = self.arrangement.with(|arrangement| !arrangement.is_empty());
        is_chosen.then(|| self.known.with(|known| template(known, &self.shown())))
    }

    /// Chooses. Where the layout decided so far, what it has no room for is left out: what is on screen is what stays.
    pub fn change(self, change: impl FnOnce(&Arrangement, &[Known]) -> Arrangement) {
        let known = untrack(|| self.seen());
        let changed = self.arrangement.with_untracked(|now| change(now, &known));
        self.arrangement.set(changed);
    }

    /// The columns, of which those are usual that are on screen; where the table has no head now, as they are.
    fn seen(self) -> Vec<Known> {
        let mut known = self.known.get();
        if self.arrangement.with(|arrangement| !arrangement.is_empty()) {
            return known;
        }
        let selector = ["#", self.table, " [data-column]"].concat();
        let mut seen = Vec::new();
        if let Ok(heads) = document().query_selector_all(&selector) {
            let heads = (0..heads.length()).filter_map(|place| heads.item(place)?.dyn_into::<HtmlElement>().ok());
            seen.extend(
                heads
                    .filter(|head| head.offset_width() > 0)
                    .filter_map(|head| key_of(&head)),
            );
        }
        if !seen.is_empty() {
            for column in &mut known {
                column.is_usual = seen.iter().any(|key| key == column.key);
            }
        }
        known
    }
}

/// The column that a head is of.
fn key_of(head: &Element) -> Option<String> {
    head.get_attribute("data-column")
}
