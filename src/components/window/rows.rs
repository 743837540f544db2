//! The scrolled rows of a list.

use leptos::prelude::*;

use super::Scroller;
use crate::components::kept::Kept;
use crate::components::number::length;

/// The scrolled rows of a list, drawn from their numbers. Goes into an element that has the list's role; what happens
/// in the rows bubbles up to that.
#[component]
pub fn Rows(
    /// The list.
    scroller: Scroller,
    /// The class of the element that scrolls.
    class: &'static str,
    /// Draws a row.
    #[prop(into)]
    row: Callback<u32, AnyView>,
) -> impl IntoView {
    let height = move || pixels(scroller.window.get().height());
    let top = move || ["0 ", &pixels(scroller.top())].concat();
    // The same rows of a longer list are no others.
    let drawn = Kept::new(move || scroller.drawn());
    view! {
        <div
            class=class
            role="rowgroup"
            node_ref=scroller.body
            on:scroll=move |_| scroller.scrolled()
            on:scrollend=move |_| scroller.settle()
        >
            <div class="window" role="presentation" style:block-size=height>
                <div class="window-rows" role="presentation" style:translate=top>
                    <For each=move || drawn.get() key=|row| *row children=move |place| row.run(place) />
                </div>
            </div>
        </div>
    }
}

fn pixels(value: f64) -> String {
    length(value) + "px"
}
