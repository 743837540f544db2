//! The head of a grid: its columns, their order, and the box that picks all.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent, PointerEvent};

use super::{Column, Picked};
use crate::components::columns::{Arranging, Carry, edge};
use crate::components::focus::walk;
use crate::components::icon::icon;
use crate::components::kept::Kept;
use crate::components::live::live;
use crate::components::slot::Slot;
use crate::words::counted;

/// The head.
#[component]
pub fn Head(
    /// The columns.
    columns: Kept<Vec<Column>>,
    /// By which they are arranged, where they can be.
    arranging: Option<Arranging>,
    /// The order, as the address has it.
    order: Kept<String>,
    /// Whether the order is not known and none can be chosen.
    unordered: Kept<bool>,
    /// Another order was chosen.
    on_order: Callback<String>,
    /// The rows that are picked.
    picked: Slot<Picked>,
    /// How many rows there are.
    total: Kept<Option<u32>>,
) -> impl IntoView {
    let keys = move |event: KeyboardEvent| {
        let head = event.current_target().and_then(|head| head.dyn_into::<Element>().ok());
        if let Some(head) = head.filter(|_| matches!(event.key().as_str(), "ArrowLeft" | "ArrowRight" | "Home" | "End"))
        {
            walk(&event, &head, "button, input");
        }
    };
    let rows = move || total.get().unwrap_or_default();
    let count = move || picked.with(Picked::count);
    let all = move |_| {
        let rows = untrack(rows);
        let is_all = untrack(count) == rows;
        picked.set(if is_all { Picked::default() } else { Picked::all(rows) });
    };
    let is_all = move || count() > 0 && count() == rows();
    let is_some = move || count() > 0 && count() < rows();
    let carry = arranging.map(Carry::new);
    let cells = move || {
        let is_sorted = !unordered.get();
        let columns = columns.get().into_iter();
        columns
            .map(|column| head_cell(&column, is_sorted, order, on_order, arranging.zip(carry)))
            .collect_view()
    };
    let hand = move |act: fn(Carry, &PointerEvent)| {
        move |event: PointerEvent| {
            if let Some(carry) = carry {
                act(carry, &event);
            }
        }
    };
    let label = move || counted("Select all {0} user|Select all {0} users", rows().into());
    view! {
        <div
            class="grid-head"
            role="row"
            aria-rowindex="1"
            on:keydown=keys
            on:pointerdown=hand(Carry::hold)
            on:pointermove=hand(Carry::carry)
            on:pointerup=hand(|carry, _| carry.release())
            on:pointercancel=hand(|carry, _| carry.drop())
        >
            <span class="cell c-check" role="columnheader">
                <input
                    class="check"
                    type="checkbox"
                    aria-label=label
                    prop:checked=is_all
                    prop:indeterminate=is_some
                    on:change=all
                />
            </span>
            {live(cells)}
        </div>
    }
}

fn head_cell(
    column: &Column,
    is_sorted: bool,
    order: Kept<String>,
    on_order: Callback<String>,
    arranged: Option<(Arranging, Carry)>,
) -> impl IntoView + use<> {
    let key = column.key();
    let by = if is_sorted { column.order() } else { "" };
    let direction = Kept::new(move || order.with(|order| direction(order, by)));
    let label = column.label();
    let content = if by.is_empty() {
        label.into_any()
    } else {
        let arrow = move || match direction.get() {
            Some("ascending") => Some(icon("#i-arrow-up").into_any()),
            Some(_) => Some(icon("#i-arrow-down").into_any()),
            None => None,
        };
        let press = move |_| on_order.run(next(direction.get_untracked(), by));
        view! {
            <button type="button" class="sort" tabindex="-1" on:click=press>
                {label}
                {live(arrow)}
            </button>
        }
        .into_any()
    };
    let part = move || arranged.and_then(|(_, carry)| carry.part(key));
    let label = column.label();
    view! {
        <span
            class=column.class()
            role="columnheader"
            aria-sort=move || direction.get()
            data-column=key
            data-carry=part
        >
            {content}
            {arranged.map(|(arranging, _)| edge(arranging, key, &label))}
        </span>
    }
}

/// What rows are sorted by where nothing else is asked.
const DEFAULT: &str = Column::Name.order();

/// How the rows are sorted by a column. Without an order they are sorted by name.
fn direction(order: &str, by: &'static str) -> Option<&'static str> {
    if by.is_empty() {
        return None;
    }
    if order.is_empty() {
        return (by == DEFAULT).then_some("ascending");
    }
    if order == by {
        return Some("ascending");
    }
    (order == reversed(by)).then_some("descending")
}

/// The order after a press: by this column upwards, then downwards, then upwards again; the default is left out.
fn next(now: Option<&str>, by: &'static str) -> String {
    match now {
        Some("ascending") => reversed(by),
        _ if by == DEFAULT => String::new(),
        _ => by.to_owned(),
    }
}

/// Every field downwards.
fn reversed(by: &str) -> String {
    by.split(',')
        .map(|field| ["-", field].concat())
        .collect::<Vec<_>>()
        .join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turns_round() {
        assert_eq!(direction("", DEFAULT), Some("ascending"));
        assert_eq!(next(Some("ascending"), DEFAULT), "-lastName,-firstName");
        assert_eq!(direction("-lastName,-firstName", DEFAULT), Some("descending"));
        assert_eq!(next(Some("descending"), DEFAULT), "");
        assert_eq!(direction("", "email"), None);
        assert_eq!(next(None, "email"), "email");
        assert_eq!(direction("-email", "email"), Some("descending"));
    }
}
