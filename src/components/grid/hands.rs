//! What keys and clicks do in the rows of a grid.

use leptos::prelude::*;
use protocol::UsersPage;
use wasm_bindgen::JsCast;
use web_sys::{Element, EventTarget, FocusEvent, KeyboardEvent, MouseEvent};

use super::Picked;
use super::keys::{Act, Held, act};
use super::row::row_of;
use crate::components::focus::walk;
use crate::components::kept::Kept;
use crate::components::slot::Slot;
use crate::components::window::Scroller;

/// What happens in the rows, caught by the grid.
#[derive(Clone, Copy)]
pub struct Hands {
    /// The list.
    pub scroller: Scroller,
    /// How many rows there are.
    pub rows: Kept<u32>,
    /// The rows that are there.
    pub page: Kept<Option<UsersPage>>,
    /// The rows that are picked.
    pub picked: Slot<Picked>,
    /// A user was opened.
    pub on_open: Callback<String>,
    /// Tells all paths of a user; none where nothing can.
    pub explain: Option<Callback<String>>,
    /// Where picking with Shift began.
    pub anchor: Slot<u32>,
}

impl Hands {
    /// A key was pressed.
    pub fn pressed(self, event: &KeyboardEvent) {
        let Some((row, place)) = row_at(event.target()) else {
            return;
        };
        let held = Held {
            control: event.ctrl_key() || event.meta_key(),
            shift: event.shift_key(),
        };
        let within = event.target().is_some_and(|target| !row.loose_eq(&target));
        let Some(act) = act(
            &event.key(),
            held,
            place,
            self.rows.get_untracked(),
            self.scroller.page(),
        ) else {
            return;
        };
        match act {
            // What can be pressed within a row presses itself.
            Act::Open | Act::Toggle if within => return,
            Act::Move(to) => {
                self.anchor.set(to);
                self.scroller.go(to);
            }
            Act::Extend(to) => self.extend(to),
            Act::Toggle => self.toggle(place),
            Act::All => self.picked.set(Picked::all(self.rows.get_untracked())),
            Act::Clear if within => self.scroller.go(place),
            Act::Clear if self.picked.with_untracked(Picked::is_empty) => return,
            Act::Clear => self.picked.set(Picked::default()),
            Act::Open => self.open(place),
            Act::Within(_) => {
                walk(event, &row, "a, button, input");
            }
        }
        event.prevent_default();
    }

    /// Something was clicked.
    pub fn clicked(self, event: &MouseEvent) {
        let Some((_, place)) = row_at(event.target()) else {
            return;
        };
        let on = |selector| {
            let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            target.is_some_and(|target| target.closest(selector).ok().flatten().is_some())
        };
        if on("button.via") {
            if let (Some(explain), Some(id)) = (self.explain, self.id_of(place)) {
                explain.run(id);
            }
        } else if event.shift_key() {
            event.prevent_default();
            self.extend(place);
        } else if on(".c-check") || ((event.ctrl_key() || event.meta_key()) && !on("a")) {
            self.toggle(place);
        }
    }

    /// The focus came into a row.
    pub fn focused(self, event: &FocusEvent) {
        if let Some((_, place)) = row_at(event.target()) {
            self.scroller.focus.set(place);
        }
    }

    fn toggle(self, place: u32) {
        self.anchor.set(place);
        self.picked.update(|picked| picked.toggle(place));
    }

    fn extend(self, to: u32) {
        let from = self.anchor.get_untracked();
        self.picked
            .update(|picked| picked.insert(from.min(to)..from.max(to) + 1));
        self.scroller.go(to);
    }

    fn open(self, place: u32) {
        if let Some(id) = self.id_of(place) {
            self.on_open.run(id);
        }
    }

    fn id_of(self, place: u32) -> Option<String> {
        self.page
            .with_untracked(|page| row_of(page.as_ref()?, place).map(|row| row.id.clone()))
    }
}

/// The row that an event happened in, and its number.
pub fn row_at(target: Option<EventTarget>) -> Option<(Element, u32)> {
    let target = target?.dyn_into::<Element>().ok()?;
    let row = target.closest(".grid-row").ok()??;
    let index: u32 = row.get_attribute("aria-rowindex")?.parse().ok()?;
    Some((row, index.checked_sub(2)?))
}
