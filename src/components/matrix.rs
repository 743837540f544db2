//! Users against groups: a grid that is virtual both ways, one mark a cell.
//!
//! Rows and columns have one size each, so where a cell stands follows from its numbers alone. What is drawn are the rows
//! and the columns that can be seen, and the cell with the focus.

mod keys;
mod view;

use leptos::html::Div;
use leptos::prelude::*;
use protocol::{Matrix, MatrixCell};
use wasm_bindgen::JsCast;
use web_sys::{Element, FocusOptions, HtmlElement, KeyboardEvent, MouseEvent};

use super::icon::icon;
use super::number::{length, number};
use super::relation::rel_mark;
use super::slot::Slot;
use crate::components::kept::Kept;
use crate::components::live::live;
use crate::words::{fill, say};
use keys::step;
use view::View;

/// A cell: its row, and its column, which is that behind all groups where it means any of them.
pub type Place = (u32, u32);

/// The grid. Copies share it.
#[derive(Clone, Copy)]
struct Sheet {
    body: NodeRef<Div>,
    matrix: Slot<Option<Matrix>>,
    /// How many users, and how many groups.
    size: Kept<Place>,
    view: View,
    /// The one stop of the Tab key.
    focus: Slot<Place>,
    chosen: Kept<Option<Place>>,
}

/// Users against groups.
#[component]
pub fn MatrixGrid(
    /// What it shows.
    #[prop(into)]
    label: Kept<String>,
    /// The answer.
    matrix: Slot<Option<Matrix>>,
    /// How high a row is, in pixels.
    #[prop(into)]
    row: Kept<f64>,
    /// The cell that is explained.
    #[prop(into)]
    chosen: Kept<Option<Place>>,
    /// A cell was chosen.
    #[prop(into)]
    on_choose: Callback<Place>,
    /// The address of a user, or of a group, by its id.
    user_url: Callback<String, String>,
    /// The address of a group.
    group_url: Callback<String, String>,
) -> impl IntoView {
    let size = Kept::new(move || matrix.with(|matrix| matrix.as_ref().map_or((0, 0), size)));
    let body = NodeRef::new();
    let sheet = Sheet {
        body,
        matrix,
        size,
        view: View::new(body, size, row),
        focus: Slot::new((0, 0)),
        chosen,
    };
    let extent = move || sheet.view.extent();
    let choose = move |place: Place| {
        sheet.focus.set(place);
        on_choose.run(place);
    };
    let click = move |event: MouseEvent| {
        let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else {
            return;
        };
        if let Some(place) = target
            .closest("[data-cell]")
            .ok()
            .flatten()
            .and_then(|cell| place_of(&cell))
        {
            choose(place);
        }
    };
    let press = move |event: KeyboardEvent| {
        if event.ctrl_key() && event.alt_key() || event.meta_key() {
            return;
        }
        let (now, size) = (sheet.focus.get_untracked(), size.get_untracked());
        if event.key() == "Enter" || event.key() == " " {
            event.prevent_default();
            return choose(now);
        }
        let is_mirrored = document().dir() == "rtl";
        let page = sheet.view.page();
        if let Some(next) = step(&event.key(), event.ctrl_key(), is_mirrored, now, size, page) {
            event.prevent_default();
            sheet.go(next);
        }
    };
    view! {
        <div
            class="matrix"
            role="grid"
            aria-label=move || label.get()
            aria-rowcount=move || (size.get().0 + 1).to_string()
            aria-colcount=move || (size.get().1 + 2).to_string()
            style=("--matrix-row", move || pixels(row.get()))
            node_ref=body
            on:scroll=move |_| sheet.scrolled()
            on:click=click
            on:keydown=press
        >
            <div
                class="matrix-sheet"
                role="presentation"
                style:inline-size=move || pixels(extent().0)
                style:block-size=move || pixels(extent().1)
            >
                {head(sheet, group_url)}
                <For
                    each=move || sheet.view.rows(sheet.focus.get())
                    key=|row| *row
                    children=move |row| line(sheet, row, user_url)
                />
            </div>
        </div>
    }
}

fn size(matrix: &Matrix) -> Place {
    (matrix.users.len() as u32, matrix.groups.len() as u32)
}

impl Sheet {
    /// Moves the focus, and scrolls as little as needed.
    fn go(self, place: Place) {
        self.focus.set(place);
        self.view.reveal(place);
        // The cell may have to be drawn first.
        request_animation_frame(move || self.focus_now(place));
    }

    /// Draws what is seen now. A cell whose row or column is moved within the page loses the focus: it is given back.
    fn scrolled(self) {
        let focused = document().active_element();
        let body = self.body.get_untracked();
        if body.is_some_and(|body| body.contains(focused.as_deref())) {
            request_animation_frame(move || {
                // Unless it went elsewhere in the meantime.
                let focused = document().active_element();
                if focused.is_none_or(|element| element.tag_name() == "BODY") {
                    self.focus_now(self.focus.get_untracked());
                }
            });
        }
        self.view.look();
    }

    fn focus_now(self, place: Place) {
        let selector = ["[data-cell='", &written(place), "']"].concat();
        let cell = self
            .body
            .get_untracked()
            .and_then(|body| body.query_selector(&selector).ok()?);
        if let Some(cell) = cell.and_then(|cell| cell.dyn_into::<HtmlElement>().ok()) {
            // It was brought into view where it is not covered, or scrolled away on purpose.
            let options = FocusOptions::new();
            options.set_prevent_scroll(true);
            let _ = cell.focus_with_options(&options);
        }
    }

    fn columns(self) -> Vec<u32> {
        self.view.columns(self.focus.get())
    }

    fn read<T: Default>(self, read: impl FnOnce(&Matrix) -> Option<T>) -> T {
        self.matrix
            .with(|matrix| matrix.as_ref().and_then(read))
            .unwrap_or_default()
    }
}

fn pixels(value: f64) -> String {
    length(value) + "px"
}

/// A cell's place as the page has it.
fn written((row, column): Place) -> String {
    [&row.to_string(), " ", &column.to_string()].concat()
}

fn place_of(cell: &Element) -> Option<Place> {
    let text = cell.get_attribute("data-cell")?;
    let (row, column) = text.split_once(' ')?;
    Some((row.parse().ok()?, column.parse().ok()?))
}

/// The groups, each with how many of the users are in it.
fn head(sheet: Sheet, group_url: Callback<String, String>) -> impl IntoView {
    let column = move |column: u32| {
        let group = sheet.read(|matrix| {
            let group = matrix.groups.get(column as usize)?;
            Some((group.group.id.clone(), group.group.name.clone(), group.total))
        });
        let text = if column == sheet.size.get_untracked().1 {
            say("Any of them").into_any()
        } else {
            let (id, name, total) = group;
            view! {
                <a class="cell-link" tabindex="-1" href=group_url.run(id) title=name.clone()>{name.clone()}</a>
                <small>{fill("{0} in it", &[&number(total)])}</small>
            }
            .into_any()
        };
        view! {
            <span
                class="matrix-group"
                role="columnheader"
                aria-colindex=(column + 2).to_string()
                style:inset-inline-start=pixels(View::start(column))
            >
                {text}
            </span>
        }
        .into_any()
    };
    view! {
        <div class="matrix-head" role="row" aria-rowindex="1">
            <span class="matrix-name" role="columnheader" aria-colindex="1">{say("User")}</span>
            <For each=move || sheet.columns() key=|column| *column children=column />
        </div>
    }
}

/// A user, and how they are in each group.
fn line(sheet: Sheet, row: u32, user_url: Callback<String, String>) -> AnyView {
    let (id, name, is_inactive) = sheet.read(|matrix| {
        let user = matrix.users.get(row as usize)?;
        Some((user.user.id.clone(), user.user.name.clone(), user.is_inactive))
    });
    view! {
        <div
            class="matrix-row"
            role="row"
            aria-rowindex=(row + 2).to_string()
            style:inset-block-start=move || pixels(sheet.view.top(row))
        >
            <span class="matrix-name" role="rowheader" aria-colindex="1">
                <a class="cell-link" tabindex="-1" href=user_url.run(id) title=name.clone() data-off=is_inactive.then_some("")>
                    {name.clone()}
                </a>
            </span>
            <For
                each=move || sheet.columns()
                key=|column| *column
                children=move |column| cell(sheet, (row, column))
            />
        </div>
    }
    .into_any()
}

fn cell(sheet: Sheet, place: Place) -> AnyView {
    let (row, column) = place;
    let (_, groups) = sheet.size.get_untracked();
    let is_any = column == groups;
    let content = if is_any {
        let total = sheet.read(|matrix| matrix.users.get(row as usize).map(|user| user.total));
        any_of(total).into_any()
    } else {
        let bits = sheet.read(|matrix| {
            matrix
                .cells
                .get(row as usize * groups as usize + column as usize)
                .copied()
        });
        marks(MatrixCell(bits)).into_any()
    };
    view! {
        <span
            class="matrix-cell"
            role="gridcell"
            aria-colindex=(column + 2).to_string()
            aria-selected=move || if sheet.chosen.get() == Some(place) { "true" } else { "false" }
            tabindex=move || if sheet.focus.get() == place { "0" } else { "-1" }
            data-cell=written(place)
            data-any=is_any.then_some("")
            style:inset-inline-start=pixels(View::start(column))
        >
            {content}
        </span>
    }
    .into_any()
}

/// What the vendor's check for all groups at once would answer.
fn any_of(total: u32) -> impl IntoView {
    let code = if total > 0 { "204" } else { "404" };
    let of = move || view! { <span class="muted">{fill("in {0}", &[&number(total)])}</span> };
    view! { <span class="mono" data-code=code>{code}</span> {live(move || (total > 0).then(of))} }
}

fn marks(cell: MatrixCell) -> impl IntoView {
    let (rel, label) = match cell.word() {
        "both" => ("both", say("Direct, and inherited")),
        "direct" => ("direct", say("Direct")),
        "inherited" => ("inherited", say("Inherited")),
        _ => ("none", say("Not a member")),
    };
    let key = cell.has(MatrixCell::MANAGER).then(|| {
        view! { <span class="manager-mark" title=say("Manager")>{icon("#i-key")} <span class="sr-only">{say("Manager")}</span></span> }
    });
    view! { {rel_mark(rel, label)} {key} }
}
