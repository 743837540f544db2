//! One row of the grid of users.

use std::iter::once;

use leptos::prelude::*;
use protocol::{UserRow, UsersPage};

use super::cell::{cell, check};
use super::{Column, Context, Picked};
use crate::components::kept::Kept;
use crate::components::live::live;
use crate::components::piece::{Piece, piece, span};
use crate::components::slot::Slot;
use crate::components::window::Scroller;

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
    let draw = move || {
        let cells = page.with(|page| {
            columns.with(
                |columns| match page.as_ref().and_then(|page| Some((page, row_of(page, place)?))) {
                    Some((page, row)) => cells(row, page, columns, is_picked.get(), context),
                    // In a list that is scrolled, that there is a row says enough, and a frame is short.
                    None if page.is_some() => skeleton(place, columns.get(..1).unwrap_or_default()),
                    None => skeleton(place, columns),
                },
            )
        });
        piece("div")
            .with("class", "grid-row")
            .with("role", "row")
            .with("aria-rowindex", (place + 2).to_string())
            .with("aria-selected", if is_picked.get() { "true" } else { "false" })
            .with("tabindex", if is_focus.get() { "0" } else { "-1" })
            .of_all(cells)
    };
    live(draw).into_any()
}

fn cells(row: &UserRow, page: &UsersPage, columns: &[Column], is_picked: bool, context: Context) -> Vec<Piece> {
    let cells = columns.iter().map(|column| column.cell(row, &page.marks, context));
    once(check(row, is_picked)).chain(cells).collect()
}

/// Stands for a row that is not there yet, with its geometry. Widths vary, as words do.
fn skeleton(place: u32, columns: &[Column]) -> Vec<Piece> {
    let bar = |(at, column): (usize, &Column)| {
        let width = (35 + (place as usize * 7 + at * 13) % 40).to_string() + "%";
        cell(column.class()).of(span("skeleton").with("--w", width))
    };
    let bars = columns.iter().enumerate().map(bar);
    once(cell("c-check")).chain(bars).collect()
}
