//! The arithmetic of a list that only draws the rows that can be seen: ten million rows cost what fifty cost.
//!
//! Browsers cap the height of an element at about 17 to 33 million pixels. A longer list therefore has a shorter
//! scroll bar than it should: what the bar says is then scaled, but turning a wheel still moves by exact pixels and a
//! key by exact rows. Two numbers tell where the list stands: the bar's (`scroll`) and the list's own (`offset`),
//! which is what the rows are drawn by.

mod rows;
mod scroller;

pub use rows::Rows;
pub use scroller::Scroller;

use std::ops::Range;

/// The tallest that the scrolled element is made, in pixels.
pub const TALLEST: f64 = 8_000_000.0;

/// A list of rows of one height, seen through a window.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Window {
    /// How many rows there are.
    pub rows: u32,
    /// The height of each, in pixels; above zero.
    pub row: f64,
    /// The height of the window, in pixels.
    pub view: f64,
}

impl Window {
    /// How tall all rows are together.
    #[must_use]
    pub fn natural(self) -> f64 {
        f64::from(self.rows) * self.row
    }

    /// How tall the scrolled element is made.
    #[must_use]
    pub fn height(self) -> f64 {
        self.natural().min(TALLEST)
    }

    /// The largest offset.
    #[must_use]
    pub fn furthest(self) -> f64 {
        (self.natural() - self.view).max(0.0)
    }

    /// The nearest offset that there is. `f64::clamp` would bring what prints a number with it, for its panic: 5 kB.
    fn within(self, offset: f64) -> f64 {
        offset.min(self.furthest()).max(0.0)
    }

    /// How many pixels of the list one pixel of the bar is worth.
    fn scale(self) -> f64 {
        let bar = self.height() - self.view;
        if bar > 0.0 { self.furthest() / bar } else { 1.0 }
    }

    /// The offset that the bar at `scroll` means.
    #[must_use]
    pub fn offset_at(self, scroll: f64) -> f64 {
        self.within(scroll * self.scale())
    }

    /// Where the bar belongs at this offset.
    #[must_use]
    pub fn scroll_at(self, offset: f64) -> f64 {
        self.within(offset) / self.scale()
    }

    /// The offset after the bar went from one place to another. A step of less than a window is a turn of the wheel or
    /// a finger, and moves by as many pixels; a longer one drags the bar, and means a place in the whole.
    #[must_use]
    pub fn scrolled(self, offset: f64, from: f64, to: f64) -> f64 {
        let step = to - from;
        if self.natural() > TALLEST && step.abs() < self.view.max(1.0) {
            self.within(offset + step)
        } else {
            self.offset_at(to)
        }
    }

    /// The rows that can be seen at this offset, and `spare` more on either side.
    #[must_use]
    pub fn seen(self, offset: f64, spare: u32) -> Range<u32> {
        let first = whole(offset / self.row);
        let last = whole(((offset + self.view) / self.row).ceil());
        let start = first.saturating_sub(spare).min(self.rows);
        start..last.saturating_add(spare).clamp(start, self.rows)
    }

    /// How many rows fit whole; at least one.
    #[must_use]
    pub fn page(self) -> u32 {
        whole(self.view / self.row).max(1)
    }

    /// The offset nearest to this one at which the row can be seen whole.
    #[must_use]
    pub fn reveal(self, offset: f64, row: u32) -> f64 {
        let top = f64::from(row) * self.row;
        let highest = top + self.row - self.view;
        // A window lower than a row shows its top.
        self.within(offset.max(highest).min(top))
    }

    /// Where the first drawn row stands in the scrolled element, while the bar is at `scroll`.
    #[must_use]
    pub fn top(self, first: u32, offset: f64, scroll: f64) -> f64 {
        f64::from(first) * self.row - offset + scroll
    }
}

/// The block of rows to ask for so that `seen` is there: it begins at a multiple of `step` and has room on both sides.
#[must_use]
fn block(seen: &Range<u32>, step: u32) -> (u32, u32) {
    let step = step.max(1);
    let start = seen.start.saturating_sub(step / 4) / step * step;
    let end = (seen.end.saturating_add(step / 4)).div_ceil(step).saturating_mul(step);
    (start, end - start)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "casting saturates, which is what is wanted"
)]
fn whole(value: f64) -> u32 {
    value as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: Window = Window {
        rows: 100,
        row: 32.0,
        view: 640.0,
    };
    const LARGE: Window = Window {
        rows: 10_000_000,
        row: 32.0,
        view: 640.0,
    };

    fn close(left: f64, right: f64) -> bool {
        (left - right).abs() < 0.001
    }

    #[test]
    fn sees_what_fits() {
        assert_eq!(SMALL.seen(0.0, 0), 0..20);
        assert_eq!(SMALL.seen(16.0, 0), 0..21);
        assert_eq!(SMALL.seen(320.0, 4), 6..34);
        assert_eq!(SMALL.seen(2_560.0, 8), 72..100);
        assert_eq!(Window { rows: 0, ..SMALL }.seen(0.0, 8), 0..0);
        assert_eq!(Window { rows: 3, ..SMALL }.seen(0.0, 8), 0..3);
    }

    #[test]
    fn sees_as_few_of_ten_million() {
        for offset in [0.0, 1e6, 3e8, LARGE.furthest()] {
            assert!(LARGE.seen(offset, 8).len() <= 37);
        }
        assert_eq!(LARGE.seen(LARGE.furthest(), 0), 9_999_980..10_000_000);
    }

    #[test]
    fn scales_the_bar_of_a_long_list() {
        assert!(close(SMALL.height(), 3_200.0));
        assert!(close(LARGE.height(), TALLEST));
        assert!(close(LARGE.offset_at(TALLEST - 640.0), LARGE.furthest()));
        for offset in [0.0, 12_345_678.0, LARGE.furthest()] {
            assert!(close(LARGE.offset_at(LARGE.scroll_at(offset)), offset));
        }
        assert!(close(SMALL.offset_at(77.0), 77.0));
    }

    #[test]
    fn a_wheel_moves_exact_pixels() {
        assert!(close(LARGE.scrolled(1_000.0, 25.0, 125.0), 1_100.0));
        assert!(close(LARGE.scrolled(50.0, 100.0, 0.0), 0.0));
        // Dragging the bar to its middle is the middle of the list.
        let middle = LARGE.scrolled(0.0, 0.0, (TALLEST - 640.0) / 2.0);
        assert!(close(middle, LARGE.furthest() / 2.0));
    }

    #[test]
    fn reveals_with_the_least_move() {
        assert!(close(SMALL.reveal(0.0, 5), 0.0));
        assert!(close(SMALL.reveal(0.0, 20), 32.0));
        assert!(close(SMALL.reveal(640.0, 3), 96.0));
        assert!(close(LARGE.reveal(0.0, 9_999_999), LARGE.furthest()));
        assert!(close(Window { view: 10.0, ..SMALL }.reveal(0.0, 7), 224.0));
    }

    #[test]
    fn every_row_can_be_reached() {
        for row in [0, 1, 4_999_999, 9_999_998, 9_999_999] {
            let offset = LARGE.reveal(LARGE.furthest() / 3.0, row);
            assert!(LARGE.seen(offset, 0).contains(&row));
            let top = LARGE.top(row, offset, LARGE.scroll_at(offset)) - LARGE.scroll_at(offset);
            assert!((-0.001..=608.001).contains(&top), "{row} stands at {top}");
        }
    }

    #[test]
    fn asks_in_blocks() {
        assert_eq!(block(&(0..37), 64), (0, 64));
        assert_eq!(block(&(70..107), 64), (0, 128));
        assert_eq!(block(&(1_000..1_037), 64), (960, 128));
        assert_eq!(block(&(0..0), 64), (0, 64));
    }
}
