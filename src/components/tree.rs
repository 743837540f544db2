//! The tree of groups: a virtual treegrid, walked through as the ARIA practices say.

mod keys;
mod row;

use leptos::prelude::*;
use protocol::{TreeChange, TreePage, TreePlace, TreeRow};
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent, MouseEvent};

use super::icon::icon;
use super::window::{Rows, Scroller, block};
use keys::{Act, Climb, act, climb, row_of};

/// Rows are asked for in blocks of this many.
pub const BLOCK: u32 = 96;
/// Rows of skeleton before the first answer.
const UNKNOWN: u32 = 20;

/// The tree of groups. Which rows there are is the worker's to know: opening and closing are asked of it.
#[component]
pub fn Tree(
    /// The rows that are there; none before the first answer.
    #[prop(into)]
    page: Signal<Option<TreePage>>,
    /// The id of the group that was chosen.
    #[prop(into)]
    chosen: Signal<Option<String>>,
    /// What the rows are filtered by; when it changes, the list begins anew.
    #[prop(into)]
    subject: Signal<String>,
    /// These rows are needed: the first, and how many.
    #[prop(into)]
    want: Callback<(u32, u32)>,
    /// Something was opened, closed, or is to be revealed.
    #[prop(into)]
    on_change: Callback<TreeChange>,
    /// A group was chosen.
    #[prop(into)]
    on_choose: Callback<String>,
) -> impl IntoView {
    let total = Memo::new(move |_| page.with(|page| page.as_ref().map(|page| page.total)));
    let scroller = Scroller::new(Signal::derive(move || total.get().unwrap_or(UNKNOWN)));
    let asked = Memo::new(move |_| block(&scroller.seen.get(), BLOCK));
    let hands = Hands { scroller, page, on_change, on_choose, climbing: RwSignal::new(None) };
    Effect::new(move || want.run(asked.get()));
    Effect::watch(move || subject.get(), move |_, _, _| scroller.rewind(), false);
    hands.follow();
    let row = move |place| row_view(place, page, chosen, scroller);
    view! {
        <div
            class="tree"
            role="treegrid"
            aria-label="Nested groups"
            aria-rowcount=move || total.get().map_or(-1, |total| i64::from(total) + 1).to_string()
            aria-busy=move || total.get().is_none().then_some("true")
            on:keydown=move |event| hands.pressed(&event)
            on:click=move |event| hands.clicked(&event)
            on:focusin=move |event| {
                if let Some((_, place)) = row_at(event.target()) {
                    scroller.focus.set(place);
                }
            }
        >
            <div class="tree-head" role="row" aria-rowindex="1">
                <span role="columnheader">"Group"</span>
                <span role="columnheader" class="num">"Direct"</span>
                <span role="columnheader" class="num" aria-sort="descending">
                    "Total"
                    {icon("#i-arrow-down")}
                </span>
            </div>
            <Rows scroller class="tree-body" row=Callback::new(row) />
        </div>
    }
}

fn row_view(
    place: u32,
    page: Signal<Option<TreePage>>,
    chosen: Signal<Option<String>>,
    scroller: Scroller,
) -> AnyView {
    let row = Memo::new(move |_| page.with(|page| page.as_ref().and_then(|page| row_of(page, place).cloned())));
    let fact = move |fact: fn(&TreeRow) -> Option<String>| move || row.with(|row| row.as_ref().and_then(fact));
    let is_chosen = Memo::new(move |_| {
        row.with(|row| {
            let here = row.as_ref().filter(|row| row.place == TreePlace::Here);
            here.is_some_and(|row| chosen.with(|chosen| chosen.as_deref() == Some(row.id.as_str())))
        })
    });
    let is_focus = Memo::new(move |_| scroller.focused() == place);
    let refers = move |to| move || row.with(|row| row.as_ref().is_some_and(|row| row.place == to).then_some(""));
    view! {
        <div
            class="tree-row"
            role="row"
            aria-rowindex=(place + 2).to_string()
            attr:aria-level=fact(|row| Some(row.level.to_string()))
            aria-expanded=fact(|row| row.expanded.map(|open| open.to_string()))
            aria-posinset=fact(|row| Some(row.position.to_string()))
            aria-setsize=fact(|row| Some(row.siblings.to_string()))
            aria-selected=move || if is_chosen.get() { "true" } else { "false" }
            data-ref=refers(TreePlace::Back)
            data-elsewhere=refers(TreePlace::Elsewhere)
            data-ancestor=fact(|row| row.is_ancestor.then(String::new))
            tabindex=move || if is_focus.get() { "0" } else { "-1" }
            style:--level=move || row.with(|row| row.as_ref().map_or(1, |row| row.level)).to_string()
        >
            {move || row.with(|row| row.as_ref().map_or_else(|| row::skeleton(place), row::cells))}
        </div>
    }
    .into_any()
}

/// What happens in the rows, caught by the tree.
#[derive(Clone, Copy)]
struct Hands {
    scroller: Scroller,
    page: Signal<Option<TreePage>>,
    on_change: Callback<TreeChange>,
    on_choose: Callback<String>,
    /// The row and its level whose parent is looked for, while that is above what is there.
    climbing: RwSignal<Option<(u32, u16)>>,
}

impl Hands {
    fn pressed(self, event: &KeyboardEvent) {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let Some((_, place)) = row_at(event.target()) else { return };
        let step = self.scroller.page();
        let act = self.page.with_untracked(|page| act(&event.key(), page.as_ref()?, place, step));
        let Some(act) = act else { return };
        event.prevent_default();
        self.climbing.set(None);
        let row = self.row(place);
        match (act, row) {
            (Act::Move(to), _) => self.scroller.go(to),
            (Act::Climb, Some(row)) => self.climb(place, row.level),
            (Act::Choose, Some(row)) => self.choose(row),
            (Act::Expand, Some(row)) => self.on_change.run(TreeChange::Open(row.id)),
            (Act::Collapse, Some(row)) => self.on_change.run(TreeChange::Close(row.id)),
            (Act::Siblings, Some(row)) => self.on_change.run(TreeChange::OpenSiblings(row.id)),
            (_, None) => {}
        }
    }

    fn clicked(self, event: &MouseEvent) {
        let Some((row, place)) = row_at(event.target()) else { return };
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let on_twist = target.is_some_and(|target| target.closest(".tree-twist").ok().flatten().is_some());
        let Some(found) = self.row(place) else { return };
        match found.expanded.filter(|_| on_twist && !row.has_attribute("data-ref")) {
            Some(true) => self.on_change.run(TreeChange::Close(found.id)),
            Some(false) => self.on_change.run(TreeChange::Open(found.id)),
            None => self.choose(found),
        }
    }

    fn choose(self, row: TreeRow) {
        if row.place != TreePlace::Here {
            self.on_change.run(TreeChange::Reveal(row.id.clone()));
        }
        self.on_choose.run(row.id);
    }

    fn row(self, place: u32) -> Option<TreeRow> {
        self.page.with_untracked(|page| row_of(page.as_ref()?, place).cloned())
    }

    fn climb(self, place: u32, level: u16) {
        let found = self.page.with_untracked(|page| page.as_ref().map(|page| climb(page, place, level)));
        self.climbing.set(None);
        match found {
            Some(Climb::Found(to)) => self.scroller.go(to),
            Some(Climb::Further(to)) => {
                self.scroller.go(to);
                self.climbing.set(Some((to, level)));
            }
            Some(Climb::Top) | None => {}
        }
    }

    /// Goes on when rows have come: to a row that was revealed, or further up to the row that contains another.
    fn follow(self) {
        let revealed = Memo::new(move |_| self.page.with(|page| page.as_ref().and_then(|page| page.revealed)));
        Effect::new(move || {
            if let Some(row) = revealed.get() {
                if self.scroller.has_focus() {
                    self.scroller.go(row);
                } else {
                    self.scroller.focus.set(row);
                    self.scroller.reveal(row);
                }
            }
        });
        Effect::new(move || {
            self.page.track();
            let Some((place, level)) = self.climbing.get_untracked() else { return };
            if let Some(row) = self.row(place) {
                if row.level < level {
                    self.climbing.set(None);
                } else {
                    self.climb(place, level);
                }
            }
        });
    }
}

/// The row that an event happened in, and its number.
fn row_at(target: Option<web_sys::EventTarget>) -> Option<(Element, u32)> {
    let target = target?.dyn_into::<Element>().ok()?;
    let row = target.closest(".tree-row").ok()??;
    let index: u32 = row.get_attribute("aria-rowindex")?.parse().ok()?;
    Some((row, index.checked_sub(2)?))
}
