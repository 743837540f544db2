//! The findings of one kind: only those are drawn that can be seen, and walked through by keys.

use leptos::prelude::*;
use protocol::{FindingPage, FindingPlace, FindingRow};
use wasm_bindgen::JsCast;
use web_sys::{FocusEvent, HtmlElement, KeyboardEvent};

use crate::components::focus::walk;
use crate::components::grid::keys::{Act, Held, act};
use crate::components::grid::{BLOCK, row_at};
use crate::components::kept::Kept;
use crate::components::live::live;
use crate::components::number::number;
use crate::components::window::{Rows, Scroller};
use crate::words::{self, say};

/// Rows of skeleton before the first answer.
const UNKNOWN: u32 = 8;

/// Makes the addresses of what a finding is about.
#[derive(Clone, Copy)]
pub struct Links {
    /// Of the finding itself.
    pub finding: Callback<FindingPlace, String>,
    /// Of a user, from the id.
    pub user: Callback<String, String>,
    /// Of a group, from the id.
    pub group: Callback<String, String>,
}

/// The list of findings.
#[component]
pub fn FindingList(
    /// What it lists.
    #[prop(into)]
    label: Kept<String>,
    /// The rows that are there; none before the first answer.
    #[prop(into)]
    page: Kept<Option<FindingPage>>,
    /// What the rows answer; when it changes, the list begins anew.
    #[prop(into)]
    subject: Kept<String>,
    /// These rows are needed: the first, and how many.
    #[prop(into)]
    want: Callback<(u32, u32)>,
    /// Where things lead.
    links: Links,
) -> impl IntoView {
    let total = Kept::new(move || page.with(|page| page.as_ref().map(|page| page.total)));
    let rows = Kept::new(move || total.get().unwrap_or(UNKNOWN));
    let scroller = Scroller::new(rows);
    scroller.ask(BLOCK, want);
    Effect::watch(move || subject.get(), move |_, _, _| scroller.rewind(), false);
    let focused = move |event: FocusEvent| {
        if let Some((_, place)) = row_at(event.target()) {
            scroller.focus.set(place);
        }
    };
    view! {
        <div
            class="grid findings"
            data-fill=""
            role="grid"
            aria-label=move || label.get()
            aria-rowcount=move || total.get().map_or(-1, |total| i64::from(total) + 1).to_string()
            aria-busy=move || total.get().is_none().then_some("true")
            on:keydown=move |event| pressed(&event, scroller, rows)
            on:focusin=focused
        >
            <div class="grid-head" role="row" aria-rowindex="1">
                <span role="columnheader">{say("Finding")}</span>
                <span class="c-about" role="columnheader">{say("About")}</span>
            </div>
            <Rows scroller class="grid-body" row=Callback::new(move |place| row_view(place, page, scroller, links)) />
        </div>
    }
}

fn pressed(event: &KeyboardEvent, scroller: Scroller, rows: Kept<u32>) {
    let Some((row, place)) = row_at(event.target()) else {
        return;
    };
    let within = event.target().is_some_and(|target| !row.loose_eq(&target));
    let act = act(
        &event.key(),
        Held::default(),
        place,
        rows.get_untracked(),
        scroller.page(),
    );
    match act {
        Some(Act::Move(to)) => scroller.go(to),
        Some(Act::Within(_)) => {
            walk(event, &row, "a");
        }
        Some(Act::Clear) if within => scroller.go(place),
        Some(Act::Open) if !within => {
            let link = row.query_selector("a").ok().flatten();
            if let Some(link) = link.and_then(|link| link.dyn_into::<HtmlElement>().ok()) {
                link.click();
            }
        }
        _ => return,
    }
    event.prevent_default();
}

fn row_view(place: u32, page: Kept<Option<FindingPage>>, scroller: Scroller, links: Links) -> AnyView {
    let is_focus = Kept::new(move || scroller.focused() == place);
    let cells = move || {
        page.with(|page| {
            let row = page.as_ref().and_then(|page| row_of(page, place));
            row.map_or_else(|| skeleton(place).into_any(), |row| cells(row, links).into_any())
        })
    };
    view! {
        <div
            class="grid-row"
            role="row"
            aria-rowindex=(place + 2).to_string()
            tabindex=move || if is_focus.get() { "0" } else { "-1" }
        >
            {live(cells)}
        </div>
    }
    .into_any()
}

fn row_of(page: &FindingPage, place: u32) -> Option<&FindingRow> {
    page.rows.get(place.checked_sub(page.offset)? as usize)
}

fn cells(row: &FindingRow, links: Links) -> impl IntoView + use<> {
    let url = links.finding.run(row.place.clone());
    let users = row.users.iter().map(|user| {
        let url = links.user.run(user.id.clone());
        view! { <a class="name-tag" href=url tabindex="-1">{user.name.clone()}</a> }
    });
    let groups = row.groups.iter().map(|group| {
        let url = links.group.run(group.id.clone());
        view! { <a class="name-tag" href=url tabindex="-1">{group.name.clone()}</a> }
    });
    let message = words::of_engine(&row.message);
    let told = (row.users.len() + row.groups.len()) as u32;
    let more = (row.users_total + row.groups_total).saturating_sub(told);
    let more = (more > 0).then(|| view! { <span class="name-tag more">"+" {number(more)}</span> });
    view! {
        <span class="cell" role="gridcell">
            <a class="cell-link" href=url title=message.clone() tabindex="-1">
                {message.clone()}
            </a>
        </span>
        <span class="cell c-about" role="gridcell">
            {users.collect_view()}
            {groups.collect_view()}
            {more}
        </span>
    }
}

/// Stands for a row that is not there yet. Widths vary, as words do.
fn skeleton(place: u32) -> impl IntoView {
    let width = (45 + place * 7 % 40).to_string() + "%";
    view! {
        <span class="cell" role="gridcell">
            <span class="skeleton" style:--w=width></span>
        </span>
        <span class="cell c-about" role="gridcell"></span>
    }
}
