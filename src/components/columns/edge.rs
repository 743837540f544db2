//! The edge at the end of a column's head, by which it is made wider or narrower.

use leptos::html;
use leptos::prelude::*;
use web_sys::{Element, KeyboardEvent, PointerEvent};

use super::arrangement::{NARROWEST, STEP, WIDEST};
use super::{Arranging, key_of};
use crate::components::focus::is_reversed;
use crate::components::live::whenever_sized;
use crate::components::slot::Slot;
use crate::words::fill;

/// The edge of a column. It is dragged, or moved with arrow keys once it was pressed; pressed twice it lets the layout decide again.
pub fn edge(arranging: Arranging, key: &'static str, label: &str) -> impl IntoView + use<> {
    let node = NodeRef::<html::Span>::new();
    let on_screen = Slot::new(NARROWEST);
    whenever_sized(
        move || head_of(node).into_iter().collect(),
        move || {
            if let Some(head) = untrack(|| head_of(node)) {
                on_screen.set(measured(&head));
            }
        },
    );
    let width = move || {
        let places = arranging.places();
        let chosen = places
            .iter()
            .find(|place| place.key == key)
            .and_then(|place| place.width);
        // Before one is chosen it is what it is on screen.
        chosen.unwrap_or_else(|| on_screen.get())
    };
    let size = move |width: u32| arranging.change(|now, known| now.sized(known, key, Some(width)));
    let drag = move |event: PointerEvent| {
        // A pointer that passes while it carries something else is not meant.
        let is_held = node
            .get_untracked()
            .is_some_and(|edge| edge.has_pointer_capture(event.pointer_id()));
        let Some(head) = head_of(node).filter(|_| is_held) else {
            return;
        };
        // What stands before it stays as it is, so that the edge follows the pointer.
        hold_before(arranging, &head);
        let rect = head.get_bounding_client_rect();
        let x = f64::from(event.client_x());
        let width = if is_reversed(&head) {
            rect.right() - x
        } else {
            x - rect.left()
        };
        size(whole(width));
    };
    let grab = move |event: PointerEvent| {
        if let Some(edge) = node.get_untracked() {
            let _ = edge.set_pointer_capture(event.pointer_id());
        }
    };
    let keys = move |event: KeyboardEvent| {
        let Some(head) = head_of(node) else { return };
        let wider = if is_reversed(&head) { "ArrowLeft" } else { "ArrowRight" };
        let now = untrack(width);
        let to = match event.key().as_str() {
            "Home" => NARROWEST,
            "End" => WIDEST,
            arrow @ ("ArrowLeft" | "ArrowRight") if arrow == wider => now.saturating_add(STEP),
            "ArrowLeft" | "ArrowRight" => now.saturating_sub(STEP),
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        size(to);
    };
    view! {
        <span
            class="column-edge"
            role="separator"
            aria-orientation="vertical"
            aria-label=fill("Width of {0}", &[label])
            aria-valuenow=move || width().to_string()
            aria-valuemin=NARROWEST.to_string()
            aria-valuemax=WIDEST.to_string()
            tabindex="-1"
            node_ref=node
            on:pointerdown=grab
            on:pointermove=drag
            on:dblclick=move |_| arranging.change(|now, known| now.sized(known, key, None))
            on:keydown=keys
        ></span>
    }
}

fn head_of(node: NodeRef<html::Span>) -> Option<Element> {
    node.get()?.parent_element()
}

fn measured(head: &Element) -> u32 {
    whole(head.get_bounding_client_rect().width())
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "no screen is that wide, and a cast saturates"
)]
fn whole(width: f64) -> u32 {
    width.round() as u32
}

/// Gives every column before this one the width that it has on screen.
fn hold_before(arranging: Arranging, head: &Element) {
    let places = untrack(|| arranging.places());
    let mut next = head.previous_element_sibling();
    while let Some(head) = next {
        let key = key_of(&head);
        let is_free = places
            .iter()
            .any(|place| Some(&place.key) == key.as_ref() && place.width.is_none());
        if let Some(key) = key.filter(|_| is_free) {
            let width = measured(&head);
            arranging.change(|now, known| now.sized(known, &key, Some(width)));
        }
        next = head.previous_element_sibling();
    }
}
