//! A short list that needs no window: one stop of the Tab key, arrows walk through its rows and through what is in them.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, EventTarget, FocusEvent, HtmlElement, KeyboardEvent};

use super::focus::walk;

/// What can be pressed within a row; it is reached by → and ←, not by Tab.
const WITHIN: &str = "a, button";

/// A list of rows with the layout `class`; its children are a [`head`] and [`row`]s.
#[component]
pub fn RowList(
    /// What it lists.
    #[prop(into)]
    label: String,
    /// Its layout, such as `user-direct`.
    class: &'static str,
    /// How many rows there are in all, where not all are there.
    #[prop(optional, into)]
    total: Option<u32>,
    /// The head and the rows.
    children: Children,
) -> impl IntoView {
    view! {
        <div
            class=["grid ", class].concat()
            role="grid"
            aria-label=label
            aria-rowcount=total.map(|total| (total + 1).to_string())
            on:keydown=|event| pressed(&event)
            on:focusin=|event| focused(&event)
        >
            {children()}
        </div>
    }
}

/// The names of the columns; each with the class of its cells.
pub fn head(columns: &[(&'static str, &'static str)]) -> impl IntoView + use<> {
    let columns = columns.iter().map(|&(name, class)| {
        view! {
            <span class=class role="columnheader">
                {name}
            </span>
        }
    });
    view! {
        <div class="grid-head" role="row">
            {columns.collect_view()}
        </div>
    }
}

/// A row of this number, from 0.
pub fn row(place: usize, cells: impl IntoView + 'static) -> impl IntoView {
    view! {
        <div class="grid-row" role="row" tabindex=if place == 0 { "0" } else { "-1" }>
            {cells}
        </div>
    }
}

/// What a row shows below it.
pub fn drawer(content: impl IntoView + 'static) -> impl IntoView {
    view! {
        <div class="path-stage" role="row">
            <div role="gridcell">{content}</div>
        </div>
    }
}

fn element(target: Option<EventTarget>) -> Option<Element> {
    target?.dyn_into().ok()
}

fn pressed(event: &KeyboardEvent) {
    let Some(grid) = element(event.current_target()) else {
        return;
    };
    let Some(target) = element(event.target()) else { return };
    let Some(row) = target.closest("[role=row]").ok().flatten() else {
        return;
    };
    let is_row = row == target;
    match event.key().as_str() {
        "ArrowDown" | "ArrowUp" | "Home" | "End" => {
            walk(event, &grid, ".grid-row");
        }
        "ArrowRight" | "ArrowLeft" => {
            walk(event, &row, WITHIN);
        }
        "Enter" if is_row => {
            let first = row.query_selector(WITHIN).ok().flatten();
            if let Some(first) = first.and_then(|first| first.dyn_into::<HtmlElement>().ok()) {
                event.prevent_default();
                first.click();
            }
        }
        "Escape" if !is_row => {
            if let Ok(row) = row.dyn_into::<HtmlElement>() {
                let _ = row.focus();
            }
        }
        _ => {}
    }
}

/// The row that has the focus, or has something in it that has, is the one that Tab comes back to.
fn focused(event: &FocusEvent) {
    let Some(grid) = element(event.current_target()) else {
        return;
    };
    let Some(target) = element(event.target()) else { return };
    let Some(row) = target.closest(".grid-row").ok().flatten() else {
        return;
    };
    if let Ok(rows) = grid.query_selector_all(".grid-row[tabindex='0']") {
        for place in 0..rows.length() {
            if let Some(other) = rows.item(place).and_then(|node| node.dyn_into::<Element>().ok()) {
                let _ = other.set_attribute("tabindex", "-1");
            }
        }
    }
    let _ = row.set_attribute("tabindex", "0");
}
