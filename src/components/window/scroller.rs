//! The moving part of a virtual list: where it stands, which row has the focus, and which rows are drawn.

use std::ops::Range;
use std::time::Duration;

use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, FocusOptions, HtmlElement};

use super::{Window, block};
use crate::components::focus::once_drawn;
use crate::components::kept::Kept;
use crate::components::live::{follow, whenever_sized};
use crate::components::slot::Slot;

/// Rows drawn above and below those that can be seen, so that none is missing while a frame is late.
const SPARE: u32 = 8;
/// How long the bar stays where it is, in milliseconds, before it is taken to rest.
const REST: f64 = 50.0;

/// The state of one virtual list. Rows are its element's `[role=row]`, each with an `aria-rowindex` that is its number
/// plus two, since the head is the first.
#[derive(Clone, Copy)]
pub struct Scroller {
    /// The element that scrolls.
    pub body: NodeRef<Div>,
    /// The row that is the list's one stop of the Tab key.
    pub focus: Slot<u32>,
    /// The rows that are drawn, but for the one with the focus, which always is.
    pub seen: Kept<Range<u32>>,
    /// Its arithmetic.
    pub window: Kept<Window>,
    sizes: Slot<(f64, f64)>,
    offset: Slot<f64>,
    scroll: Slot<f64>,
}

impl Scroller {
    /// A list of so many rows, at its top.
    #[must_use]
    pub fn new(rows: Kept<u32>) -> Self {
        let sizes = Slot::new((32.0, 0.0));
        let offset = Slot::new(0.0_f64);
        let window = Kept::new(move || {
            let (row, view) = sizes.get();
            Window {
                rows: rows.get(),
                row,
                view,
            }
        });
        let seen = Kept::new(move || {
            let window = window.get();
            window.seen(offset.get().min(window.furthest()), SPARE)
        });
        let this = Self {
            body: NodeRef::new(),
            focus: Slot::new(0),
            seen,
            window,
            sizes,
            offset,
            scroll: Slot::new(0.0),
        };
        this.watch_size();
        this
    }

    /// The row with the focus; the last one if there are fewer by now.
    #[must_use]
    pub fn focused(self) -> u32 {
        self.focus.get().min(self.window.get().rows.saturating_sub(1))
    }

    /// Asks for the rows that are seen, in blocks of `step` and more. While the bar flies from block to block, nothing is asked
    /// for until it rests: such rows would be gone before they are painted.
    pub fn ask(self, step: u32, want: Callback<(u32, u32)>) {
        let asked = Kept::new(move || block(&self.seen.get(), step));
        let (before, leapt) = (Slot::new(0.0_f64), Slot::new(0.0_f64));
        follow(move || {
            let (now, (first, count)) = (js_sys::Date::now(), asked.get());
            let is_far = (f64::from(first) - before.get_untracked()).abs() > f64::from(2 * step);
            before.set(f64::from(first));
            let flies = is_far && now - leapt.get_untracked() < REST;
            if is_far {
                leapt.set(now);
            }
            if !flies {
                return want.run((first, count));
            }
            let rests = move || {
                // The list may be gone, or the bar be elsewhere by now.
                if !leapt.is_disposed() && leapt.get_untracked() == now {
                    want.run(asked.get_untracked());
                }
            };
            set_timeout(rests, Duration::from_millis(REST as u64));
        });
    }

    /// How many rows fit whole.
    #[must_use]
    pub fn page(self) -> u32 {
        self.window.get_untracked().page()
    }

    /// Scrolls as little as needed to show the row, and gives it the focus.
    pub fn go(self, row: u32) {
        self.focus.set(row);
        self.reveal(row);
        once_drawn(move || self.focus_now(row));
    }

    /// Scrolls as little as needed to show the row.
    pub fn reveal(self, row: u32) {
        self.measure();
        self.stand_at(self.window.get_untracked().reveal(self.offset.get_untracked(), row));
    }

    /// Whether the focus is in one of the rows.
    #[must_use]
    pub fn has_focus(self) -> bool {
        let focused = document().active_element();
        self.body
            .get_untracked()
            .is_some_and(|body| body.contains(focused.as_deref()))
    }

    /// Back to the first row, without taking the focus from where it is.
    pub fn rewind(self) {
        self.focus.set(0);
        self.stand_at(0.0);
    }

    /// The bar was moved, or has moved by itself.
    pub fn scrolled(self) {
        let Some(body) = self.body.get_untracked() else { return };
        let window = self.window.get_untracked();
        let (from, to) = (self.scroll.get_untracked(), f64::from(body.scroll_top()));
        let offset = window.scrolled(self.offset.get_untracked(), from, to);
        self.scroll.set(to);
        self.offset.set(offset);
        self.keep_focus();
        // At an end of the bar that is no end of the list, there must be room to go on.
        let at_end = to <= 0.0 || to + window.view >= window.height() - 1.0;
        if at_end {
            self.settle();
        }
    }

    /// A row that is moved within the page loses the focus, also where it is the same row: gives it back.
    fn keep_focus(self) {
        if self.has_focus() {
            let row = untrack(|| self.focused());
            once_drawn(move || {
                // Unless it went elsewhere in the meantime.
                let is_lost = document()
                    .active_element()
                    .is_none_or(|element| element.tag_name() == "BODY");
                if is_lost {
                    self.focus_now(row);
                }
            });
        }
    }

    /// Moves the bar to where it belongs; the rows stay where they are.
    pub fn settle(self) {
        let window = self.window.get_untracked();
        let offset = self.offset.get_untracked();
        if (window.scroll_at(offset) - self.scroll.get_untracked()).abs() >= 1.0 {
            self.stand_at(offset);
        }
    }

    fn stand_at(self, offset: f64) {
        let window = self.window.get_untracked();
        self.offset.set(offset);
        let scroll = window.scroll_at(offset).round();
        // To set the bar, or to read it, the browser lays out all that has changed at once.
        let body = self.body.get_untracked();
        if let Some(body) = body.filter(|_| (scroll - self.scroll.get_untracked()).abs() >= 1.0) {
            #[expect(clippy::cast_possible_truncation, reason = "at most `TALLEST`")]
            body.set_scroll_top(scroll as i32);
            self.scroll.set(f64::from(body.scroll_top()));
        }
    }

    fn focus_now(self, row: u32) {
        let selector = ["[aria-rowindex='", &(row + 2).to_string(), "']"].concat();
        let found = self
            .body
            .get_untracked()
            .and_then(|body| body.query_selector(&selector).ok()?);
        if let Some(row) = found.and_then(|row| row.dyn_into::<HtmlElement>().ok()) {
            // The row stands where it should: the browser must not scroll to it.
            let options = FocusOptions::new();
            options.set_prevent_scroll(true);
            let _ = row.focus_with_options(&options);
        }
    }

    fn measure(self) {
        let Some(body) = self.body.get_untracked() else { return };
        let row = body.query_selector("[role=row]").ok().flatten();
        let row = row
            .map(|row| row.get_bounding_client_rect().height())
            .filter(|height| *height > 0.0);
        let sizes = (
            row.unwrap_or(self.sizes.get_untracked().0),
            f64::from(body.client_height()),
        );
        if sizes != self.sizes.get_untracked() {
            self.sizes.set(sizes);
        }
    }

    /// Measures the window and a row whenever the layout changes them.
    fn watch_size(self) {
        let body_and_rows = move || {
            let body = self.body.get();
            let rows = body.as_ref().and_then(|body| body.first_element_child());
            body.map(Element::from).into_iter().chain(rows).collect()
        };
        whenever_sized(body_and_rows, move || self.measure());
    }

    /// The numbers of the rows to draw, in order.
    #[must_use]
    pub fn drawn(self) -> Vec<u32> {
        let (seen, focus, rows) = (self.seen.get(), self.focused(), self.window.get().rows);
        let before = (focus < seen.start).then_some(focus);
        let after = (focus >= seen.end && focus < rows).then_some(focus);
        before.into_iter().chain(seen).chain(after).collect()
    }

    /// Where the block of rows stands.
    #[must_use]
    pub fn top(self) -> f64 {
        let window = self.window.get();
        let seen = self.seen.get();
        let top = window.top(seen.start, self.offset.get().min(window.furthest()), self.scroll.get());
        // A row that has the focus and is far above stands just above the others.
        if self.focused() < seen.start {
            top - window.row
        } else {
            top
        }
    }
}
