//! One row of the grid of users.

use leptos::prelude::*;
use protocol::{UserRow, UsersPage};

use super::{Column, Context, Picked};
use crate::components::kept::Kept;
use crate::components::live::live;
use crate::components::slot::Slot;
use crate::components::window::Scroller;
use crate::words::fill;

/// The row of this number, if it is on the page.
pub fn row_of(page: &UsersPage, place: u32) -> Option<&UserRow> {
    page.rows.get(place.checked_sub(page.offset)? as usize)
}

/// What rows are drawn from.
#[derive(Clone, Copy)]
pub struct Given {
    /// The columns.
    pub columns: Kept<Vec<Column>>,
    /// The rows that are there.
    pub page: Kept<Option<UsersPage>>,
    /// The rows that are picked.
    pub picked: Slot<Picked>,
    /// The list.
    pub scroller: Scroller,
    /// What cells need to know.
    pub context: Context,
}

/// The row of this number: as it is, or as a skeleton until it is there.
pub fn row_view(
    place: u32,
    Given {
        columns,
        page,
        picked,
        scroller,
        context,
    }: Given,
) -> AnyView {
    let is_picked = Kept::new(move || picked.with(|picked| picked.contains(place)));
    let is_focus = Kept::new(move || scroller.focused() == place);
    let cells = move || {
        page.with(|page| {
            columns.with(
                |columns| match page.as_ref().and_then(|page| Some((page, row_of(page, place)?))) {
                    Some((page, row)) => cells(row, page, columns, is_picked, context),
                    // In a list that is scrolled, that there is a row says enough, and a frame is short.
                    None if page.is_some() => skeleton(place, columns.get(..1).unwrap_or_default()),
                    None => skeleton(place, columns),
                },
            )
        })
    };
    view! {
        <div
            class="grid-row"
            role="row"
            aria-rowindex=(place + 2).to_string()
            aria-selected=move || if is_picked.get() { "true" } else { "false" }
            tabindex=move || if is_focus.get() { "0" } else { "-1" }
        >
            {live(cells)}
        </div>
    }
    .into_any()
}

fn cells(row: &UserRow, page: &UsersPage, columns: &[Column], is_picked: Kept<bool>, context: Context) -> AnyView {
    let label = fill("Select {0}", &[&row.name]);
    let cells = columns
        .iter()
        .map(|column| column.cell(row, &page.marks, context))
        .collect_view();
    view! {
        <span class="cell c-check" role="gridcell">
            <input class="check" type="checkbox" tabindex="-1" aria-label=label prop:checked=move || is_picked.get() />
        </span>
        {cells}
    }
    .into_any()
}

/// Stands for a row that is not there yet, with its geometry. Widths vary, as words do.
fn skeleton(place: u32, columns: &[Column]) -> AnyView {
    let bar = |(at, column): (usize, &Column)| {
        let width = (35 + (place as usize * 7 + at * 13) % 40).to_string() + "%";
        view! { <span class=column.class() role="gridcell"><span class="skeleton" style:--w=width></span></span> }
    };
    let bars = columns.iter().enumerate().map(bar).collect_view();
    view! {
        <span class="c-check" role="gridcell"></span>
        {bars}
    }
    .into_any()
}
