//! The tree of groups: a virtual treegrid, walked through as the ARIA practices say.

mod hands;
mod head;
mod keys;
mod row;
pub mod wide;

use leptos::html;
use leptos::prelude::*;
use protocol::{TreeChange, TreeOrder, TreePage, TreePlace, TreeRow};
use web_sys::HtmlElement;

use super::window::{Rows, Scroller};
use crate::components::kept::Kept;
use crate::components::live::{follow, live};
use crate::components::piece::{Piece, piece};
use crate::components::slot::Slot;
use crate::words::say;
use hands::Hands;
use head::head;
use keys::row_of;

/// Rows are asked for in blocks of this many.
pub const BLOCK: u32 = 96;
/// Rows of skeleton before the first answer.
const UNKNOWN: u32 = 20;

/// What is known of the members of groups.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Counted {
    /// How many there are, directly and in all.
    #[default]
    All,
    /// How many a group names.
    Direct,
    /// Nothing.
    Nothing,
}

impl Counted {
    /// The word by which the layout knows it.
    const fn word(self) -> Option<&'static str> {
        match self {
            Self::All => None,
            Self::Direct => Some("direct"),
            Self::Nothing => Some("nothing"),
        }
    }
}

/// What a tree shows that is as wide as a screen, drawn by those who know it.
#[derive(Clone, Copy)]
pub struct Wide {
    /// What it lists.
    pub label: &'static str,
    /// The row of heads.
    pub head: Callback<(), AnyView>,
    /// The cells of a row, by its place on the page.
    pub cells: Callback<(usize, TreeRow), Vec<Piece>>,
    /// Gives its element an id, and the tracks of its columns; done again whenever they are arranged.
    pub arrange: Callback<HtmlElement>,
}

/// The tree of groups. Which rows there are is the worker's to know: opening and closing are asked of it.
#[component]
pub fn Tree(
    /// The rows that are there; none before the first answer.
    #[prop(into)]
    page: Kept<Option<TreePage>>,
    /// The id of the group that was chosen.
    #[prop(into)]
    chosen: Kept<Option<String>>,
    /// What the rows are filtered by; when it changes, the list begins anew.
    #[prop(into)]
    subject: Kept<String>,
    /// How siblings are ordered; when that changes, the list begins anew as well.
    #[prop(into)]
    order: Kept<TreeOrder>,
    /// What is known of the members; only where all of it is, the order can be chosen.
    #[prop(optional, into)]
    counted: Kept<Counted>,
    /// Shows more than names and counts.
    #[prop(optional_no_strip)]
    wide: Option<Wide>,
    /// Another order was chosen.
    #[prop(into)]
    on_order: Callback<TreeOrder>,
    /// These rows are needed: the first, and how many.
    #[prop(into)]
    want: Callback<(u32, u32)>,
    /// Something was opened, closed, or is to be revealed.
    #[prop(into)]
    on_change: Callback<TreeChange>,
    /// The focus went to what was to be revealed.
    #[prop(into)]
    on_reveal: Callback<()>,
    /// A group was chosen.
    #[prop(into)]
    on_choose: Callback<String>,
) -> impl IntoView {
    let total = Kept::new(move || page.with(|page| page.as_ref().map(|page| page.total)));
    let scroller = Scroller::new(Kept::new(move || total.get().unwrap_or(UNKNOWN)));
    let hands = Hands {
        scroller,
        page,
        on_change,
        on_reveal,
        on_choose,
        climbing: Slot::new(None),
    };
    scroller.ask(BLOCK, want);
    // The same told again is no other list.
    let subject = Kept::new(move || (subject.get(), order.get()));
    Effect::watch(move || subject.get(), move |_, _, _| scroller.rewind(), false);
    hands.follow();
    let row = move |place| row_view(place, page, chosen, scroller, wide);
    let root = NodeRef::<html::Div>::new();
    if let Some(wide) = wide {
        follow(move || {
            if let Some(root) = root.get() {
                wide.arrange.run(root.into());
            }
        });
    }
    let heads = match wide {
        Some(wide) => wide.head.run(()),
        None => head(order, counted, on_order).into_any(),
    };
    view! {
        <div
            class="tree"
            node_ref=root
            data-counted=move || counted.get().word()
            role="treegrid"
            aria-label=wide.map_or_else(|| say("Nested groups"), |wide| wide.label)
            aria-rowcount=move || total.get().map_or(-1, |total| i64::from(total) + 1).to_string()
            aria-busy=move || total.get().is_none().then_some("true")
            on:keydown=move |event| hands.pressed(&event)
            on:click=move |event| hands.clicked(&event)
            on:focusin=move |event| hands.focused(&event)
        >
            {heads}
            <Rows scroller class="tree-body" row=Callback::new(row) />
        </div>
    }
}

/// What a page reveals, it reveals for the change that it was asked with, and for no later one.
#[must_use]
pub fn of_now(page: TreePage, is_of_now: bool) -> TreePage {
    TreePage {
        revealed: page.revealed.filter(|_| is_of_now),
        ..page
    }
}

/// A name that was found by its letter is looked for once: the same letter on the same row looks again.
pub fn forget_search(change: Slot<Option<TreeChange>>) {
    if change.with_untracked(|change| matches!(change, Some(TreeChange::Next { .. }))) {
        change.set(None);
    }
}

fn row_view(
    place: u32,
    page: Kept<Option<TreePage>>,
    chosen: Kept<Option<String>>,
    scroller: Scroller,
    wide: Option<Wide>,
) -> AnyView {
    let row = Kept::new(move || page.with(|page| page.as_ref().and_then(|page| row_of(page, place).cloned())));
    let is_chosen = Kept::new(move || {
        row.with(|row| {
            let here = row.as_ref().filter(|row| row.place == TreePlace::Here);
            here.is_some_and(|row| chosen.with(|chosen| chosen.as_deref() == Some(row.id.as_str())))
        })
    });
    let is_focus = Kept::new(move || scroller.focused() == place);
    let draw = move || {
        let row = row.get();
        let cells = match (&row, wide) {
            (None, _) => row::skeleton(place),
            (Some(row), None) => row::cells(row),
            (Some(row), Some(wide)) => {
                let first = page.with(|page| page.as_ref().map_or(0, |page| page.offset));
                wide.cells.run(((place - first) as usize, row.clone()))
            }
        };
        let fact = |fact: fn(&TreeRow) -> u32| row.as_ref().map(|row| fact(row).to_string().into());
        let is = |holds: fn(&TreeRow) -> bool| row.as_ref().is_some_and(holds);
        let expanded = row.as_ref().and_then(|row| row.expanded);
        let level = row.as_ref().map_or(1, |row| row.level);
        piece("div")
            .with("class", "tree-row")
            .with("role", "row")
            .with("aria-rowindex", (place + 2).to_string())
            .may("aria-level", fact(|row| row.level.into()))
            .may("aria-expanded", expanded.map(|open| truth(open).into()))
            .may("aria-posinset", fact(|row| row.position))
            .may("aria-setsize", fact(|row| row.siblings))
            .with("aria-selected", truth(is_chosen.get()))
            .when("data-ref", is(|row| row.place == TreePlace::Back))
            .when("data-elsewhere", is(|row| row.place == TreePlace::Elsewhere))
            .when("data-ancestor", is(|row| row.is_ancestor))
            .with("tabindex", if is_focus.get() { "0" } else { "-1" })
            .with("--level", level.to_string())
            .of_all(cells)
    };
    live(draw).into_any()
}

const fn truth(value: bool) -> &'static str {
    if value { "true" } else { "false" }
}
