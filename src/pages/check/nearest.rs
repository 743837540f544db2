//! For a No: the memberships that one step would complete, those first that bring the fewest other groups.

use leptos::prelude::*;
use protocol::{ChangeKind, GroupName, Nearest, StagedChange, Verdict};

use super::group_url;
use crate::components::button::IconLink;
use crate::components::icon::{mark, sized};
use crate::components::path::{Look, path};
use crate::components::rows::{RowList, head, row};
use crate::number::grouped;
use crate::route::Screen;
use crate::session::Session;
use crate::words::{fill, say};

/// How many letters the names of groups take in a row.
const TAGS: usize = 36;

/// The nearest groups that would have made it a Yes.
pub fn nearest(session: Session, verdict: &Verdict) -> impl IntoView + use<> {
    let knows_managers = session
        .opened
        .with_untracked(|opened| opened.as_ref().is_some_and(|opened| opened.knows_managers));
    let (shown, total) = (verdict.nearest.len(), verdict.nearest_total);
    let count = if shown == total as usize {
        grouped(u64::from(total))
    } else {
        fill("{0} of {1}", &[&shown.to_string(), &grouped(u64::from(total))])
    };
    let rows = verdict.nearest.iter().enumerate().map(|(place, way)| {
        let cells = view! {
            <span class="cell c-path" role="gridcell">
                {path(&verdict.user, &way.path, Look::Missing, &group_url(session))}
            </span>
            <span class="cell c-tags" role="gridcell">{tags(&way.brings, way.brings_total, TAGS)}</span>
            <span class="cell c-who" role="gridcell">{managers(way, knows_managers)}</span>
            <span class="cell num" role="gridcell">{way.path.first().map(|first| trial(session, verdict, &first.group))}</span>
        };
        row(place, cells)
    });
    let rows = rows.collect_view();
    view! {
        <section class="section" aria-labelledby="nearest">
            <div class="section-head">
                <h2 id="nearest">{say("Nearest to a yes")}</h2>
                <span class="count">{count}</span>
                <span class="note">{say("One missing step each. Those that bring the fewest other groups come first.")}</span>
                <span class="legend push">
                    <span><i class="swatch-line" data-on="missing"></i>{say("missing")}</span>
                    <span><i class="swatch-line" data-on="inherited"></i>{say("is nested in")}</span>
                </span>
            </div>
            <div class="card">
                <RowList label=say("Nearest paths to a yes") class="nearest">
                    {head(&[(say("Path"), ""), (say("Would bring along"), "c-tags"), (say("Who decides"), "c-who"), (say("What-if"), "num")])}
                    {rows}
                </RowList>
            </div>
            <p class="muted t12">{say("A first step is somebody's decision: Rollcall shows it and changes nothing.")}</p>
        </section>
    }
}

/// The way to what the missing membership would do.
fn trial(session: Session, verdict: &Verdict, group: &GroupName) -> impl IntoView + use<> {
    let change = StagedChange {
        kind: ChangeKind::Add,
        subject: verdict.user.id.clone(),
        group: group.id.clone(),
    };
    let url = untrack(|| session.url(Screen::WhatIf(vec![change].into())));
    let label = fill("Try with {0}", &[&group.name]);
    view! { <IconLink url href="#i-user-plus" label in_row=true /> }
}

/// The names of groups: the first, and as many more as stay within so many letters.
pub fn tags(groups: &[GroupName], total: u32, room: usize) -> impl IntoView + use<> {
    if total == 0 {
        return view! { <span class="muted">{say("Nothing else")}</span> }.into_any();
    }
    let mut letters = 0;
    let fits = groups.iter().take_while(|group| {
        letters += group.name.chars().count();
        letters <= room
    });
    let room = fits.count().max(1);
    let tags = groups
        .iter()
        .take(room)
        .map(|group| view! { <span class="name-tag" title=group.name.clone()>{group.name.clone()}</span> });
    let more = (total as usize).saturating_sub(groups.len().min(room));
    let names: Vec<_> = groups.iter().skip(room).map(|group| group.name.as_str()).collect();
    let names = names.join(", ");
    let more = (more > 0).then(|| view! { <span class="name-tag more" title=names>"+"{more}</span> });
    view! {
        {tags.collect_view()}
        {more}
    }
    .into_any()
}

fn managers(way: &Nearest, known: bool) -> AnyView {
    if !known {
        return view! { <span class="muted t12">{say("Not known")}</span> }.into_any();
    }
    if way.managers.is_empty() {
        return view! {
            <span class="warn-mark">{sized("#i-triangle", "14")}</span>
            <span class="muted t12">{say("No manager")}</span>
        }
        .into_any();
    }
    let names = way.managers.join(", ");
    view! {
        {mark("#i-key", "manager-mark", say("Manager"))}
        <span class="cell-text soft t12" title=names.clone()>{names.clone()}</span>
    }
    .into_any()
}
