//! The heads of a tree's columns, which order it.

use leptos::prelude::*;
use protocol::TreeOrder;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

use super::Counted;
use crate::components::focus::walk;
use crate::components::icon::icon;
use crate::components::kept::Kept;
use crate::components::live::{live, live_if};
use crate::words::say;

/// The heads. One of them is in the order of Tab, the arrow keys lead to the others; where not all is counted they are words,
/// and the layout leaves out those of what is not known.
pub fn head(order: Kept<TreeOrder>, counted: Kept<Counted>, on_order: Callback<TreeOrder>) -> impl IntoView {
    let cell = move |by, class| {
        view! {
            <span role="columnheader" class=class aria-sort=move || sorted(order, by)>
                {sort_button(order, by, on_order)}
            </span>
        }
    };
    let word = |text: &'static str, class| view! { <span role="columnheader" class=class>{text}</span> };
    let heads = move || match counted.get() {
        Counted::Direct | Counted::Nothing => {
            view! { {word(say("Group"), "")} {word(say("Direct"), "num")} {word(say("Total"), "num")} }.into_any()
        }
        Counted::All => view! {
            {cell(TreeOrder::Name, "")}
            {cell(TreeOrder::Direct, "num")}
            {cell(TreeOrder::Total, "num")}
        }
        .into_any(),
    };
    view! {
        <div class="tree-head" role="row" aria-rowindex="1" on:keydown=move |event| walked(&event)>
            {live(heads)}
        </div>
    }
}

/// How the rows are sorted by a column, if they are.
pub(super) fn sorted(order: Kept<TreeOrder>, by: TreeOrder) -> Option<&'static str> {
    let way = if by == TreeOrder::Name {
        "ascending"
    } else {
        "descending"
    };
    (order.get() == by).then_some(way)
}

/// What a head holds by whose column the rows can be sorted.
pub(super) fn sort_button(order: Kept<TreeOrder>, by: TreeOrder, on_order: Callback<TreeOrder>) -> impl IntoView {
    let is_on = Kept::new(move || order.get() == by);
    let (label, arrow) = match by {
        TreeOrder::Name => (say("Group"), "#i-arrow-up"),
        TreeOrder::Direct => (say("Direct"), "#i-arrow-down"),
        TreeOrder::Total => (say("Total"), "#i-arrow-down"),
    };
    view! {
        <button
            type="button"
            class="sort"
            tabindex=move || if is_on.get() { "0" } else { "-1" }
            on:click=move |_| on_order.run(by)
        >
            {label}
            {live_if(move || is_on.get(), move || icon(arrow))}
        </button>
    }
}

/// Lets arrow keys walk through the heads.
pub(super) fn walked(event: &KeyboardEvent) {
    let head = event.current_target().and_then(|head| head.dyn_into::<Element>().ok());
    if let Some(head) = head.filter(|_| matches!(event.key().as_str(), "ArrowLeft" | "ArrowRight" | "Home" | "End")) {
        walk(event, &head, "button");
    }
}
