//! Which cells can be seen, and where each stands.

use std::ops::Range;

use leptos::html::Div;
use leptos::prelude::*;
use web_sys::Element;

use super::Place;
use crate::components::kept::Kept;
use crate::components::live::{follow, whenever_sized};
use crate::components::slot::Slot;

/// The sizes of a column, the head and the names, in pixels: the stylesheet has the same.
const COLUMN: f64 = 104.0;
const HEAD: f64 = 56.0;
const NAME: f64 = 168.0;
/// Rows and columns are drawn in steps of these, so that most scrolling draws nothing anew.
const ROWS: u32 = 8;
const COLUMNS: u32 = 4;

/// The visible part of the grid. Copies share it.
#[derive(Clone, Copy)]
pub struct View {
    body: NodeRef<Div>,
    size: Kept<Place>,
    /// How high a row is, in pixels.
    row: Kept<f64>,
    seen: Slot<Seen>,
}

/// The rows and the columns that are drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Seen {
    rows: (u32, u32),
    columns: (u32, u32),
}

impl View {
    /// Of an element that scrolls; `size` is how many rows and groups there are, `row` how high a row is, in pixels.
    pub fn new(body: NodeRef<Div>, size: Kept<Place>, row: Kept<f64>) -> Self {
        let this = Self {
            body,
            size,
            row,
            seen: Slot::new(Seen::default()),
        };
        this.watch_size();
        this
    }

    /// Where a column begins, in pixels.
    pub fn start(column: u32) -> f64 {
        NAME + f64::from(column) * COLUMN
    }

    /// Where a row begins, in pixels.
    pub fn top(self, row: u32) -> f64 {
        top(row, self.row.get())
    }

    /// How wide and how high the whole is, in pixels.
    pub fn extent(self) -> (f64, f64) {
        let (rows, groups) = self.size.get();
        (Self::start(groups + 1), self.top(rows))
    }

    /// How many rows can be seen whole.
    pub fn page(self) -> u32 {
        let height = self.body.get_untracked().map_or(0, |body| body.client_height());
        whole((f64::from(height) - HEAD) / self.row.get_untracked()).max(1)
    }

    /// Looks what can be seen.
    pub fn look(self) {
        let Some(body) = self.body.get_untracked() else { return };
        let (rows, groups) = self.size.get_untracked();
        let row = self.row.get_untracked();
        // From right to left the bar counts downwards from 0.
        let left = f64::from(body.scroll_left()).abs();
        let top = f64::from(body.scroll_top());
        let seen = Seen {
            rows: drawn(top, f64::from(body.client_height()), row, rows, ROWS),
            columns: drawn(left, f64::from(body.client_width()), COLUMN, groups + 1, COLUMNS),
        };
        if seen != self.seen.get_untracked() {
            self.seen.set(seen);
        }
    }

    /// Scrolls as little as needed to show a cell beside the names and under the head.
    pub fn reveal(self, (row, column): Place) {
        let Some(body) = self.body.get_untracked() else { return };
        let now = f64::from(body.scroll_top());
        let high = self.row.get_untracked();
        let top = nearest(now, top(row, high), high, f64::from(body.client_height()), HEAD);
        body.set_scroll_top(rounded(top));
        let mirrored = if body.scroll_left() < 0 || document().dir() == "rtl" {
            -1.0
        } else {
            1.0
        };
        let now = f64::from(body.scroll_left()).abs();
        let left = nearest(now, Self::start(column), COLUMN, f64::from(body.client_width()), NAME);
        body.set_scroll_left(rounded(left * mirrored));
        self.look();
    }

    /// The rows to draw, in order, that with the focus among them.
    pub fn rows(self, focus: Place) -> Vec<u32> {
        let (rows, _) = self.size.get();
        with(self.seen.get().rows, focus.0, rows)
    }

    /// The columns to draw, in order, that with the focus among them.
    pub fn columns(self, focus: Place) -> Vec<u32> {
        let (_, groups) = self.size.get();
        with(self.seen.get().columns, focus.1, groups + 1)
    }

    /// Looks again whenever the layout or the answer changes.
    fn watch_size(self) {
        let body = move || self.body.get().map(Element::from).into_iter().collect();
        whenever_sized(body, move || self.look());
        follow(move || {
            self.size.with(|_| ());
            self.row.with(|_| ());
            self.look();
        });
    }
}

/// Where a row begins of those that are so high.
fn top(row: u32, high: f64) -> f64 {
    HEAD + f64::from(row) * high
}

/// The items to draw of so many, in steps: what can be seen from `from` on, and some beside.
fn drawn(from: f64, view: f64, item: f64, items: u32, step: u32) -> (u32, u32) {
    let first = whole(from / item) / step * step;
    let last = whole(((from + view) / item).ceil()).div_ceil(step).saturating_add(1) * step;
    (first.min(items), last.min(items))
}

/// A range as its items, with one more.
fn with((first, last): (u32, u32), one: u32, items: u32) -> Vec<u32> {
    let seen: Range<u32> = first.min(items)..last.min(items);
    let before = (one < seen.start).then_some(one);
    let after = (one >= seen.end && one < items).then_some(one);
    before.into_iter().chain(seen).chain(after).collect()
}

/// The place of the bar nearest to this one at which an item can be seen whole, behind what stands still before it.
fn nearest(now: f64, start: f64, item: f64, view: f64, still: f64) -> f64 {
    now.max(start + item - view).min(start - still).max(0.0)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "casting saturates, which is what is wanted"
)]
fn whole(value: f64) -> u32 {
    value as u32
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a matrix is at most some hundred thousand pixels wide"
)]
fn rounded(value: f64) -> i32 {
    value.round() as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROW: f64 = 32.0;

    #[test]
    fn draws_what_can_be_seen_in_steps() {
        assert_eq!(drawn(0.0, 640.0, ROW, 1_000, ROWS), (0, 32));
        assert_eq!(drawn(250.0, 640.0, ROW, 1_000, ROWS), (0, 40));
        assert_eq!(drawn(31_000.0, 640.0, ROW, 1_000, ROWS), (968, 1_000));
        assert_eq!(drawn(0.0, 640.0, ROW, 3, ROWS), (0, 3));
        for from in 0..31_360_u32 {
            let (first, last) = drawn(f64::from(from), 640.0, ROW, 1_000, ROWS);
            let seen = from / 32..(from + 640).div_ceil(32);
            assert!(first <= seen.start && seen.end <= last && last - first <= 40);
        }
    }

    #[test]
    fn the_focus_is_always_drawn() {
        assert_eq!(with((8, 10), 9, 20), [8, 9]);
        assert_eq!(with((8, 10), 2, 20), [2, 8, 9]);
        assert_eq!(with((8, 10), 15, 20), [8, 9, 15]);
        assert_eq!(with((0, 10), 15, 3), [0, 1, 2]);
    }

    #[test]
    fn reveals_with_the_least_move_and_behind_nothing() {
        let at = |now: f64, row| nearest(now, top(row, ROW), ROW, 640.0, HEAD);
        assert_eq!(at(0.0, 3), 0.0);
        assert_eq!(at(0.0, 20), 88.0);
        assert_eq!(at(640.0, 3), 96.0);
        assert_eq!(at(640.0, 0), 0.0);
    }
}
