//! The stage of a picture: it is scrolled by what scrolls everything, and zoomed around a point that stays.

use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{DomRect, Element, HtmlElement, PointerEvent, TouchEvent, WheelEvent};

use crate::components::slot::Slot;

/// How large it can be, in percent.
const SIZES: [u32; 12] = [10, 17, 25, 33, 50, 67, 80, 100, 125, 150, 200, 300];
/// How far a key moves what is seen, in pixels.
const STEP: i32 = 80;

/// The element that scrolls, and how large the picture in it is.
#[derive(Clone, Copy)]
pub struct Stage {
    /// The element.
    pub node: NodeRef<Div>,
    /// In percent.
    pub size: Slot<u32>,
    /// Where the mouse is that moves the picture.
    held: Slot<Option<(i32, i32)>>,
    /// How far two fingers were apart, and how large the picture was.
    pinched: Slot<Option<(f64, u32)>>,
}

impl Stage {
    /// A stage on which the picture has its own size.
    pub fn new() -> Self {
        Self {
            node: NodeRef::new(),
            size: Slot::new(100),
            held: Slot::new(None),
            pinched: Slot::new(None),
        }
    }

    fn parts(self) -> Option<(HtmlElement, Element)> {
        let stage: HtmlElement = self.node.get_untracked()?.into();
        let picture = stage.query_selector("svg").ok()??;
        Some((stage, picture))
    }

    /// To another size; what is at `at`, or in the middle, stays there.
    fn zoom(self, size: u32, at: Option<(f64, f64)>) {
        let Some((stage, picture)) = self.parts() else { return };
        let (x, y) = at.unwrap_or_else(|| middle(&stage.get_bounding_client_rect()));
        let before = picture.get_bounding_client_rect();
        let part = |at: f64, start: f64, extent: f64| (at - start) / extent.max(1.0);
        let (across, down) = (
            part(x, before.left(), before.width()),
            part(y, before.top(), before.height()),
        );
        let size = size.clamp(SIZES[0], SIZES[SIZES.len() - 1]);
        self.size.set(size);
        // At once, since what comes next is measured.
        let _ = stage.style().set_property("--zoom", &size.to_string());
        let after = picture.get_bounding_client_rect();
        scroll(
            &stage,
            after.left() + across * after.width() - x,
            after.top() + down * after.height() - y,
        );
    }

    /// To the next size that is larger.
    pub fn larger(self) {
        let now = self.size.get_untracked();
        if let Some(size) = SIZES.into_iter().find(|size| *size > now) {
            self.zoom(size, None);
        }
    }

    /// To the next size that is smaller.
    pub fn smaller(self) {
        let now = self.size.get_untracked();
        if let Some(size) = SIZES.into_iter().rev().find(|size| *size < now) {
            self.zoom(size, None);
        }
    }

    /// To its own size.
    pub fn plain(self) {
        self.zoom(100, None);
    }

    /// To the largest size, up to its own, at which all of it can be seen.
    pub fn fit(self) {
        let Some((stage, picture)) = self.parts() else { return };
        let now = self.size.get_untracked();
        let seen = picture.get_bounding_client_rect();
        let part = |room: i32, extent: f64| f64::from(room) * f64::from(now) / extent.max(1.0);
        let size = part(stage.client_width(), seen.width()).min(part(stage.client_height(), seen.height()));
        self.zoom(whole(size.min(100.0)), None);
    }

    /// What a key does to the stage; whether it does anything. In a right-to-left text nothing changes: what is to the
    /// right is seen with →.
    pub fn pressed(self, key: &str, with_shift: bool) -> bool {
        match key {
            "+" | "=" => self.larger(),
            "-" => self.smaller(),
            "0" => self.fit(),
            "ArrowLeft" if with_shift => self.pan(-STEP, 0),
            "ArrowRight" if with_shift => self.pan(STEP, 0),
            "ArrowUp" if with_shift => self.pan(0, -STEP),
            "ArrowDown" if with_shift => self.pan(0, STEP),
            _ => return false,
        }
        true
    }

    /// Shows what is so many pixels to the right and below.
    fn pan(self, x: i32, y: i32) {
        if let Some((stage, _)) = self.parts() {
            scroll(&stage, x.into(), y.into());
        }
    }

    /// A wheel zooms with Ctrl, as the pinch of a touchpad is told.
    pub fn wheel(self, event: &WheelEvent) {
        if event.ctrl_key() || event.meta_key() {
            event.prevent_default();
            let factor = (1.0 - event.delta_y() * 0.01).clamp(0.8, 1.25);
            let at = (event.client_x().into(), event.client_y().into());
            self.zoom(whole(f64::from(self.size.get_untracked()) * factor), Some(at));
        }
    }

    /// A mouse takes hold of the picture beside its nodes…
    pub fn hold(self, event: &PointerEvent) {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let is_on_node = target.is_some_and(|target| target.closest("a").ok().flatten().is_some());
        if event.pointer_type() == "mouse" && event.button() == 0 && !is_on_node {
            self.held.set(Some((event.client_x(), event.client_y())));
        }
    }

    /// …takes it along…
    pub fn drag(self, event: &PointerEvent) {
        if let Some((x, y)) = self.held.get_untracked() {
            self.held.set(Some((event.client_x(), event.client_y())));
            self.pan(x - event.client_x(), y - event.client_y());
        }
    }

    /// …and lets it go.
    pub fn release(self) {
        self.held.set(None);
    }

    /// Two fingers are on the stage, or move, or there is another number of them. One scrolls, as everywhere.
    pub fn touch(self, event: &TouchEvent) {
        let touches = event.touches();
        let (Some(one), Some(other), None) = (touches.item(0), touches.item(1), touches.item(2)) else {
            self.pinched.set(None);
            return;
        };
        event.prevent_default();
        let point = |touch: &web_sys::Touch| (f64::from(touch.client_x()), f64::from(touch.client_y()));
        let (one, other) = (point(&one), point(&other));
        let apart = (one.0 - other.0).hypot(one.1 - other.1).max(1.0);
        match self.pinched.get_untracked() {
            None => self.pinched.set(Some((apart, self.size.get_untracked()))),
            Some((before, size)) => {
                let at = (f64::midpoint(one.0, other.0), f64::midpoint(one.1, other.1));
                self.zoom(whole(f64::from(size) * apart / before), Some(at));
            }
        }
    }

    /// Puts a node into the middle of what is seen.
    pub fn show(self, node: usize) {
        let Some((stage, _)) = self.parts() else { return };
        if let Some(node) = node_of(&stage, node) {
            let (to, from) = (
                middle(&node.get_bounding_client_rect()),
                middle(&stage.get_bounding_client_rect()),
            );
            scroll(&stage, to.0 - from.0, to.1 - from.1);
        }
    }

    /// Brings all of a node into sight: browsers think a part of what is wide is enough.
    pub fn reveal(self, node: usize) {
        let Some((stage, _)) = self.parts() else { return };
        if let Some(node) = node_of(&stage, node) {
            let (node, seen) = (node.get_bounding_client_rect(), stage.get_bounding_client_rect());
            let beyond = |before: f64, after: f64| before.min(0.0) + after.max(0.0);
            scroll(
                &stage,
                beyond(node.left() - seen.left(), node.right() - seen.right()),
                beyond(node.top() - seen.top(), node.bottom() - seen.bottom()),
            );
        }
    }

    /// Leads the keyboard to a node.
    pub fn focus(self, node: usize) {
        if let Some(node) = self.parts().and_then(|(stage, _)| node_of(&stage, node)) {
            let _ = node.unchecked_into::<HtmlElement>().focus();
        }
    }
}

/// The element of a node.
fn node_of(stage: &HtmlElement, node: usize) -> Option<Element> {
    stage
        .query_selector(&["[data-node='", &node.to_string(), "']"].concat())
        .ok()?
}

fn middle(rect: &DomRect) -> (f64, f64) {
    (rect.left() + rect.width() / 2.0, rect.top() + rect.height() / 2.0)
}

#[expect(clippy::cast_possible_truncation, reason = "scrolling has ends")]
fn scroll(stage: &HtmlElement, x: f64, y: f64) {
    stage.set_scroll_left(stage.scroll_left() + x.round() as i32);
    stage.set_scroll_top(stage.scroll_top() + y.round() as i32);
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "casting saturates, which is what is wanted"
)]
fn whole(size: f64) -> u32 {
    size as u32
}
