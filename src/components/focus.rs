//! Moves the keyboard focus: among siblings by arrow keys, to the start of the screen.

use leptos::prelude::document;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

/// Lets arrow keys, Home and End walk through the elements inside `within` that match `selector`, round and round;
/// returns the one that was reached. In a right-to-left text ← and → change places.
pub fn walk(event: &KeyboardEvent, within: &Element, selector: &str) -> Option<HtmlElement> {
    let items = within.query_selector_all(selector).ok()?;
    let count = items.length();
    let target = event.target()?.dyn_into::<Element>().ok()?;
    let place = (0..count).find(|&place| items.item(place).is_some_and(|item| item.contains(Some(&target))));
    let step = match event.key().as_str() {
        "ArrowRight" if is_reversed(within) => count.checked_sub(1)?,
        "ArrowLeft" if is_reversed(within) => 1,
        "ArrowRight" | "ArrowDown" => 1,
        "ArrowLeft" | "ArrowUp" => count.checked_sub(1)?,
        "Home" | "End" => 0,
        _ => return None,
    };
    let next = match event.key().as_str() {
        "Home" => 0,
        "End" => count.checked_sub(1)?,
        _ => place.map_or(0, |place| (place + step) % count),
    };
    let item = items.item(next)?.dyn_into::<HtmlElement>().ok()?;
    event.prevent_default();
    let _ = item.focus();
    Some(item)
}

/// Does something as soon as what was set is drawn. That is before the next key is handled, unlike the next frame: a key
/// that is pressed while nothing has the focus would be lost.
pub fn once_drawn(act: impl FnOnce() + 'static) {
    spawn_local(async move { act() });
}

/// Leads the focus to the start of the screen.
pub fn focus_main() {
    let main = document().get_element_by_id("main");
    if let Some(main) = main.and_then(|main| main.dyn_into::<HtmlElement>().ok()) {
        let _ = main.focus();
    }
}

/// Whether text runs from right to left here.
#[must_use]
pub fn is_reversed(element: &Element) -> bool {
    element.closest("[dir]").ok().flatten().is_some_and(|root| {
        root.get_attribute("dir")
            .is_some_and(|dir| dir.eq_ignore_ascii_case("rtl"))
    })
}

/// Whether the key was pressed in something that takes letters.
#[must_use]
pub fn is_typing(event: &KeyboardEvent) -> bool {
    event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok())
        .is_some_and(|element| matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT"))
}
