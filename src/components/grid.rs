//! The grid of users: virtual, sortable, walked through by keys; picking rows is not moving among them.

mod briefs;
mod cell;
mod column;
mod hands;
mod head;
pub mod keys;
mod pickbar;
mod picked;
mod row;

pub use briefs::{briefs, managers};
pub use cell::underlined;
pub use column::{Column, Context};
pub use hands::row_at;
pub use pickbar::PickBar;
pub use picked::Picked;

use leptos::prelude::*;
use protocol::UsersPage;

use super::window::{Rows, Scroller};
use crate::components::columns::Arranging;
use crate::components::kept::Kept;
use crate::components::slot::Slot;
use hands::Hands;
use head::Head;
use row::{Given, row_view};

/// Rows are asked for in blocks of this many, so that most scrolling asks nothing.
pub const BLOCK: u32 = 96;
/// Rows of skeleton before the first answer.
const UNKNOWN: u32 = 24;

/// The grid of users.
#[component]
pub fn Grid(
    /// What it lists.
    #[prop(into)]
    label: Kept<String>,
    /// Its layout, `grid members` or `grid users`.
    class: &'static str,
    /// The columns.
    #[prop(into)]
    columns: Kept<Vec<Column>>,
    /// By which they are arranged; without it they stay as they are.
    #[prop(optional_no_strip)]
    arranging: Option<Arranging>,
    /// The rows that are there; none before the first answer.
    #[prop(into)]
    page: Kept<Option<UsersPage>>,
    /// What the rows answer; when it changes, the list begins anew.
    #[prop(into)]
    subject: Kept<String>,
    /// The order, as the address has it.
    #[prop(into)]
    order: Kept<String>,
    /// Another order was chosen.
    #[prop(into)]
    on_order: Callback<String>,
    /// Whether the order is not known and none can be chosen.
    #[prop(optional, into)]
    unordered: Kept<bool>,
    /// These rows are needed: the first, and how many.
    #[prop(into)]
    want: Callback<(u32, u32)>,
    /// The rows that are picked.
    picked: Slot<Picked>,
    /// A user was opened.
    #[prop(into)]
    on_open: Callback<String>,
    /// Whether the rows answer an older question, because the one that is asked cannot be answered.
    #[prop(optional, into)]
    stale: Kept<bool>,
    /// Whether the answer to the question that is asked is on its way.
    #[prop(optional, into)]
    busy: Kept<bool>,
    /// What cells need to know.
    context: Context,
) -> impl IntoView {
    let usual = columns;
    let columns = Kept::new(move || arranged(usual.get(), arranging));
    let template = Kept::new(move || arranging.and_then(Arranging::template));
    let tracks = move || template.with(|it| it.as_ref().map(|(tracks, _)| ["1.75rem", tracks].concat()));
    let room = move || template.with(|it| it.as_ref().map(|(_, room)| room.clone()));
    let total = Kept::new(move || page.with(|page| page.as_ref().map(|page| page.total)));
    let told = move || page.with(|page| page.as_ref().filter(|page| !page.goes_on).map(|page| page.total));
    let rows = Kept::new(move || total.get().unwrap_or(UNKNOWN));
    let scroller = Scroller::new(rows);
    scroller.ask(BLOCK, want);
    // The same subject told again is no other list.
    let subject = Kept::new(move || subject.get());
    Effect::watch(
        move || subject.get(),
        move |_, _, _| {
            scroller.rewind();
            picked.set(Picked::default());
        },
        false,
    );
    let hands = Hands {
        scroller,
        rows,
        page,
        picked,
        on_open,
        explain: context.explain,
        anchor: Slot::new(0),
    };
    let given = Given {
        columns,
        page,
        picked,
        scroller,
        context,
    };
    let is_few = move || {
        !template.with(Option::is_some)
            && !usual.with(|columns| {
                columns
                    .iter()
                    .any(|column| matches!(column, Column::Direct | Column::Why(_)))
            })
    };
    let is_explained = move || columns.with(|columns| columns.iter().any(|column| matches!(column, Column::Why(_))));
    view! {
        <div
            class=class
            id=arranging.map(|arranging| arranging.table)
            data-fill=""
            data-own=move || template.with(Option::is_some).then_some("")
            style=("--own", tracks)
            style=("--room", room)
            role="grid"
            aria-label=move || label.get()
            aria-rowcount=move || told().map_or(-1, |total| i64::from(total) + 1).to_string()
            aria-multiselectable="true"
            aria-busy=move || (busy.get() || total.get().is_none()).then_some("true")
            data-explained=move || is_explained().then_some("")
            data-few=move || is_few().then_some("")
            data-stale=move || stale.get().then_some("")
            on:keydown=move |event| hands.pressed(&event)
            on:click=move |event| hands.clicked(&event)
            on:focusin=move |event| hands.focused(&event)
        >
            <Head columns arranging order unordered on_order picked total />
            <Rows scroller class="grid-body" row=Callback::new(move |place| row_view(place, given)) />
        </div>
    }
}

/// Those of the columns that are shown, as they were arranged.
fn arranged(columns: Vec<Column>, arranging: Option<Arranging>) -> Vec<Column> {
    let Some(arranging) = arranging else {
        return columns;
    };
    let shown = arranging.shown().into_iter();
    let column = |key: String| columns.iter().find(|column| column.key() == key).cloned();
    shown.filter_map(|place| column(place.key)).collect()
}
