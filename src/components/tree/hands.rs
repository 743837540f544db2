//! What keys and clicks do in the rows of a tree.

use leptos::prelude::*;
use protocol::{TreeChange, TreePage, TreePlace, TreeRow};
use wasm_bindgen::JsCast;
use web_sys::{Element, EventTarget, FocusEvent, KeyboardEvent, MouseEvent};

use super::keys::{Act, Climb, act, climb, row_of};
use crate::components::kept::Kept;
use crate::components::live::follow;
use crate::components::slot::Slot;
use crate::components::window::Scroller;

/// What happens in the rows, caught by the tree.
#[derive(Clone, Copy)]
pub struct Hands {
    /// The list.
    pub scroller: Scroller,
    /// The rows that are there.
    pub page: Kept<Option<TreePage>>,
    /// Something was opened, closed, or is to be revealed.
    pub on_change: Callback<TreeChange>,
    /// The focus went to what was to be revealed.
    pub on_reveal: Callback<()>,
    /// A group was chosen.
    pub on_choose: Callback<String>,
    /// The row and its level whose parent is looked for, while that is above what is there.
    pub climbing: Slot<Option<(u32, u16)>>,
}

impl Hands {
    /// A key was pressed.
    pub fn pressed(self, event: &KeyboardEvent) {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let Some((_, place)) = row_at(event.target()) else {
            return;
        };
        let step = self.scroller.page();
        let act = self
            .page
            .with_untracked(|page| act(&event.key(), page.as_ref()?, place, step));
        let Some(act) = act else { return };
        event.prevent_default();
        self.climbing.set(None);
        let row = self.row(place);
        match (act, row) {
            (Act::Move(to), _) => self.scroller.go(to),
            (Act::Seek(begins), _) => self.on_change.run(TreeChange::Next { after: place, begins }),
            (Act::Climb, Some(row)) => self.climb(place, row.level),
            (Act::Choose, Some(row)) => self.choose(row),
            (Act::Expand, Some(row)) => self.on_change.run(TreeChange::Open(row.key)),
            (Act::Collapse, Some(row)) => self.on_change.run(TreeChange::Close(row.key)),
            (Act::Siblings, Some(row)) => self.on_change.run(TreeChange::OpenSiblings(row.key)),
            (_, None) => {}
        }
    }

    /// The focus came into a row.
    pub fn focused(self, event: &FocusEvent) {
        if let Some((_, place)) = row_at(event.target()) {
            self.scroller.focus.set(place);
        }
    }

    /// Something was clicked.
    pub fn clicked(self, event: &MouseEvent) {
        let Some((row, place)) = row_at(event.target()) else {
            return;
        };
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let on_twist = target.is_some_and(|target| target.closest(".tree-twist").ok().flatten().is_some());
        let Some(found) = self.row(place) else { return };
        match found.expanded.filter(|_| on_twist && !row.has_attribute("data-ref")) {
            Some(true) => self.on_change.run(TreeChange::Close(found.key)),
            Some(false) => self.on_change.run(TreeChange::Open(found.key)),
            None => self.choose(found),
        }
    }

    fn choose(self, row: TreeRow) {
        if row.place != TreePlace::Here {
            self.on_change.run(TreeChange::Reveal(row.id.clone()));
        }
        self.on_choose.run(row.id);
    }

    fn row(self, place: u32) -> Option<TreeRow> {
        self.page.with_untracked(|page| row_of(page.as_ref()?, place).cloned())
    }

    fn climb(self, place: u32, level: u16) {
        let found = self
            .page
            .with_untracked(|page| page.as_ref().map(|page| climb(page, place, level)));
        self.climbing.set(None);
        match found {
            Some(Climb::Found(to)) => self.scroller.go(to),
            Some(Climb::Further(to)) => {
                self.scroller.go(to);
                self.climbing.set(Some((to, level)));
            }
            Some(Climb::Top) | None => {}
        }
    }

    /// Goes on when rows have come: to a row that was revealed, or further up to the row that contains another.
    pub fn follow(self) {
        let revealed = Kept::new(move || self.page.with(|page| page.as_ref().and_then(|page| page.revealed)));
        follow(move || {
            if let Some(row) = revealed.get() {
                if self.scroller.has_focus() {
                    self.scroller.go(row);
                } else {
                    self.scroller.focus.set(row);
                    self.scroller.reveal(row);
                }
                self.on_reveal.run(());
            }
        });
        follow(move || {
            self.page.with(|_| ());
            let Some((place, level)) = self.climbing.get_untracked() else {
                return;
            };
            if let Some(row) = self.row(place) {
                if row.level < level {
                    self.climbing.set(None);
                } else {
                    self.climb(place, level);
                }
            }
        });
    }
}

/// The row that an event happened in, and its number.
fn row_at(target: Option<EventTarget>) -> Option<(Element, u32)> {
    let target = target?.dyn_into::<Element>().ok()?;
    let row = target.closest(".tree-row").ok()??;
    let index: u32 = row.get_attribute("aria-rowindex")?.parse().ok()?;
    Some((row, index.checked_sub(2)?))
}
