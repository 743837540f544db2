//! The grid of users: virtual, sortable, walked through by keys; picking rows is not moving among them.

mod briefs;
mod column;
mod head;
mod keys;
mod pickbar;
mod picked;

pub use briefs::briefs;
pub use column::{Column, Context};
pub use pickbar::PickBar;
pub use picked::Picked;

use leptos::prelude::*;
use protocol::{UserRow, UsersPage};
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent, MouseEvent};

use super::focus::walk;
use super::window::{Rows, Scroller, block};
use head::Head;
use keys::{Act, Held, act};

/// Rows are asked for in blocks of this many, so that most scrolling asks nothing.
pub const BLOCK: u32 = 96;
/// Rows of skeleton before the first answer.
const UNKNOWN: u32 = 24;

/// The grid of users.
#[component]
pub fn Grid(
    /// What it lists.
    #[prop(into)]
    label: Signal<String>,
    /// Its layout, `grid members` or `grid users`.
    class: &'static str,
    /// The columns.
    #[prop(into)]
    columns: Signal<Vec<Column>>,
    /// The rows that are there; none before the first answer.
    #[prop(into)]
    page: Signal<Option<UsersPage>>,
    /// What the rows answer; when it changes, the list begins anew.
    #[prop(into)]
    subject: Signal<String>,
    /// The order, as the address has it.
    #[prop(into)]
    order: Signal<String>,
    /// Another order was chosen.
    #[prop(into)]
    on_order: Callback<String>,
    /// These rows are needed: the first, and how many.
    #[prop(into)]
    want: Callback<(u32, u32)>,
    /// The rows that are picked.
    picked: RwSignal<Picked>,
    /// A user was opened.
    #[prop(into)]
    on_open: Callback<String>,
    /// Whether the rows answer an older question than the one that is asked.
    #[prop(optional, into)]
    stale: Signal<bool>,
    /// What cells need to know.
    context: Context,
) -> impl IntoView {
    let total = Memo::new(move |_| page.with(|page| page.as_ref().map(|page| page.total)));
    let rows = Signal::derive(move || total.get().unwrap_or(UNKNOWN));
    let scroller = Scroller::new(rows);
    let asked = Memo::new(move |_| block(&scroller.seen.get(), BLOCK));
    Effect::new(move || want.run(asked.get()));
    Effect::watch(
        move || subject.get(),
        move |_, _, _| {
            scroller.rewind();
            picked.set(Picked::default());
        },
        false,
    );
    let keys = Keys { scroller, rows, page, picked, on_open, anchor: RwSignal::new(0) };
    let row = move |place: u32| row_view(place, columns, page, picked, scroller, context);
    view! {
        <div
            class=class
            data-fill=""
            role="grid"
            aria-label=label
            aria-rowcount=move || total.get().map_or(-1, |total| i64::from(total) + 1).to_string()
            aria-multiselectable="true"
            aria-busy=move || total.get().is_none().then_some("true")
            data-explained=move || columns.with(|columns| columns.iter().any(|c| matches!(c, Column::Why(_)))).then_some("")
            data-stale=move || stale.get().then_some("")
            on:keydown=move |event| keys.pressed(&event)
            on:click=move |event| keys.clicked(&event)
            on:focusin=move |event| keys.focused(&event)
        >
            <Head columns order on_order picked total />
            <Rows scroller class="grid-body" row=Callback::new(row) />
        </div>
    }
}

/// The row of this number, if it is on the page.
fn row_of(page: &UsersPage, place: u32) -> Option<&UserRow> {
    page.rows.get(place.checked_sub(page.offset)? as usize)
}

fn row_view(
    place: u32,
    columns: Signal<Vec<Column>>,
    page: Signal<Option<UsersPage>>,
    picked: RwSignal<Picked>,
    scroller: Scroller,
    context: Context,
) -> AnyView {
    let is_picked = Memo::new(move |_| picked.with(|picked| picked.contains(place)));
    let is_focus = Memo::new(move |_| scroller.focused() == place);
    let cells = move || {
        page.with(|page| {
            columns.with(|columns| match page.as_ref().and_then(|page| Some((page, row_of(page, place)?))) {
                Some((page, row)) => cells(row, page, columns, is_picked, context),
                None => skeleton(place, columns),
            })
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
            {cells}
        </div>
    }
    .into_any()
}

fn cells(
    row: &UserRow,
    page: &UsersPage,
    columns: &[Column],
    is_picked: Memo<bool>,
    context: Context,
) -> AnyView {
    let label = ["Select ", &row.name].concat();
    let cells = columns.iter().map(|column| column.cell(row, &page.marks, context)).collect_view();
    view! {
        <span class="cell c-check" role="gridcell">
            <input class="check" type="checkbox" tabindex="-1" aria-label=label prop:checked=is_picked />
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

/// What happens in the rows, caught by the grid.
#[derive(Clone, Copy)]
struct Keys {
    scroller: Scroller,
    rows: Signal<u32>,
    page: Signal<Option<UsersPage>>,
    picked: RwSignal<Picked>,
    on_open: Callback<String>,
    /// Where picking with Shift began.
    anchor: RwSignal<u32>,
}

impl Keys {
    fn pressed(self, event: &KeyboardEvent) {
        let Some((row, place)) = row_at(event.target()) else { return };
        let held = Held { control: event.ctrl_key() || event.meta_key(), shift: event.shift_key() };
        let within = event.target().is_some_and(|target| !row.loose_eq(&target));
        let Some(act) = act(&event.key(), held, place, self.rows.get_untracked(), self.scroller.page()) else {
            return;
        };
        match act {
            // What can be pressed within a row presses itself.
            Act::Open | Act::Toggle if within => return,
            Act::Move(to) => {
                self.anchor.set(to);
                self.scroller.go(to);
            }
            Act::Extend(to) => self.extend(to),
            Act::Toggle => self.toggle(place),
            Act::All => self.picked.set(Picked::all(self.rows.get_untracked())),
            Act::Clear if within => self.scroller.go(place),
            Act::Clear if self.picked.with_untracked(Picked::is_empty) => return,
            Act::Clear => self.picked.set(Picked::default()),
            Act::Open => self.open(place),
            Act::Within(_) => {
                walk(event, &row, "a, button, input");
            }
        }
        event.prevent_default();
    }

    fn clicked(self, event: &MouseEvent) {
        let Some((_, place)) = row_at(event.target()) else { return };
        let on = |selector| {
            let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            target.is_some_and(|target| target.closest(selector).ok().flatten().is_some())
        };
        if event.shift_key() {
            event.prevent_default();
            self.extend(place);
        } else if on(".c-check") || event.ctrl_key() || event.meta_key() {
            if !on("a") {
                self.toggle(place);
            }
        }
    }

    fn focused(self, event: &web_sys::FocusEvent) {
        if let Some((_, place)) = row_at(event.target()) {
            self.scroller.focus.set(place);
        }
    }

    fn toggle(self, place: u32) {
        self.anchor.set(place);
        self.picked.update(|picked| picked.toggle(place));
    }

    fn extend(self, to: u32) {
        let from = self.anchor.get_untracked();
        self.picked.update(|picked| picked.insert(from.min(to)..from.max(to) + 1));
        self.scroller.go(to);
    }

    fn open(self, place: u32) {
        let id = self.page.with_untracked(|page| row_of(page.as_ref()?, place).map(|row| row.id.clone()));
        if let Some(id) = id {
            self.on_open.run(id);
        }
    }
}

/// The row that an event happened in, and its number.
fn row_at(target: Option<web_sys::EventTarget>) -> Option<(Element, u32)> {
    let target = target?.dyn_into::<Element>().ok()?;
    let row = target.closest(".grid-row").ok()??;
    let index: u32 = row.get_attribute("aria-rowindex")?.parse().ok()?;
    Some((row, index.checked_sub(2)?))
}
