//! Native popovers: opened under a button, closed by a click elsewhere.

use leptos::prelude::document;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlElement};

use crate::components::focus::once_drawn;
use crate::components::number::length;

/// Pixels between an anchor and what it opens.
const GAP: f64 = 4.0;
/// Pixels between what floats and the window's edge.
const EDGE: f64 = 8.0;

/// Opens or closes the popover `id` under `anchor`; a click elsewhere and Escape close it, and the browser then gives
/// the focus back.
pub fn toggle_popover(id: &str, anchor: &Element) {
    let Some(popover) = document()
        .get_element_by_id(id)
        .and_then(|found| found.dyn_into::<HtmlElement>().ok())
    else {
        return;
    };
    // Browsers without popovers show it in place instead.
    call(&popover, "togglePopover");
    // Only what is open has a size.
    place(&popover, anchor);
    focus_first(&popover);
}

/// For what is drawn in the popover `id` after it was opened: puts it where it now has room, and the focus into it.
pub fn fill_popover(id: &'static str) {
    once_drawn(move || {
        settle_popovers();
        if let Some(popover) = document().get_element_by_id(id) {
            focus_first(&popover);
        }
    });
}

fn focus_first(popover: &Element) {
    if let Ok(Some(first)) = popover.query_selector("[role^=menuitem],[autofocus]")
        && let Ok(first) = first.dyn_into::<HtmlElement>()
    {
        let _ = first.focus();
    }
}

/// Closes the popover `id`.
pub fn close_popover(id: &str) {
    if let Some(popover) = document().get_element_by_id(id) {
        call(&popover, "hidePopover");
    }
}

/// `togglePopover` and its kin are too young for every version of the bindings; a closed one refuses to close.
fn call(element: &Element, method: &str) {
    if let Ok(method) = js_sys::Reflect::get(element, &JsValue::from_str(method))
        && let Ok(method) = method.dyn_into::<js_sys::Function>()
    {
        let _ = method.call0(element);
    }
}

/// Puts every popover that is open where its button is by now, and closes those whose button is gone: for when the window has
/// another size.
pub fn settle_popovers() {
    let Ok(open) = document().query_selector_all("[popover]:popover-open") else {
        return;
    };
    for popover in (0..open.length()).filter_map(|place| open.item(place)?.dyn_into::<HtmlElement>().ok()) {
        let selector = ["[aria-controls='", &popover.id(), "']"].concat();
        let anchor = document().query_selector(&selector).ok().flatten();
        let anchor = anchor.and_then(|anchor| anchor.dyn_into::<HtmlElement>().ok());
        match anchor.filter(|anchor| anchor.offset_width() > 0) {
            Some(anchor) => place(&popover, &anchor),
            None => call(&popover, "hidePopover"),
        }
    }
}

/// Below the anchor, or above it where there is no room below, along its leading edge, but within the window.
fn place(popover: &HtmlElement, anchor: &Element) {
    let rect = anchor.get_bounding_client_rect();
    let size = popover.get_bounding_client_rect();
    let root = document().document_element();
    let (width, height) = root.map_or((0.0, 0.0), |root| {
        (f64::from(root.client_width()), f64::from(root.client_height()))
    });
    let start = rect.left().min(width - size.width() - EDGE).max(EDGE);
    let below = rect.bottom() + GAP;
    let top = if below + size.height() + EDGE <= height {
        below
    } else {
        (rect.top() - GAP - size.height()).max(EDGE)
    };
    let style = popover.style();
    let _ = style.set_property("--x", &[&length(start.round()), "px"].concat());
    let _ = style.set_property("--y", &[&length(top.round()), "px"].concat());
}
