//! What a group is in, what it contains, and how deep that goes.

use leptos::prelude::*;
use protocol::{Exported, GroupDetail, GroupsExport, HierarchyDetail, HierarchyQuestion, PictureQuestion, Topic};

use crate::components::badge::count;
use crate::components::chart::level_bars;
use crate::components::grid::briefs;
use crate::components::kept::Kept;
use crate::components::live::{live, live_if};
use crate::components::notice::{Empty, Notice};
use crate::components::number::number;
use crate::export::export_button;
use crate::pages::live::trouble;
use crate::route::{GroupsView, Screen, Tab};
use crate::session::Session;
use crate::words::{counted, counted_with, fill, say};

/// How many groups around it leave as one file.
const AROUND: u32 = 60;

/// The Hierarchy tab of the group `chosen`, and what is known of it.
pub fn hierarchy(session: Session, chosen: Kept<Option<String>>, detail: Kept<Option<GroupDetail>>) -> impl IntoView {
    let asked = session.ask(Topic::Hierarchy, move || {
        chosen.get().map(|group| HierarchyQuestion { group })
    });
    let problem = Kept::from(asked.problem);
    let hierarchy = move || {
        let is_there = problem.with(Option::is_none);
        asked
            .answer
            .get()
            .filter(|_| is_there)
            .map(|hierarchy| sections(session, &hierarchy))
    };
    let none = move || trouble(session, problem);
    let offers = move || {
        let below = |below: String| {
            let below = GroupsExport {
                below: Some(below),
                ..GroupsExport::default()
            };
            (say("It and all below"), Exported::Groups(below))
        };
        let around = |group: String| {
            let drawn = PictureQuestion {
                group: Some(group),
                user: None,
                limit: AROUND,
                levels: 0,
            };
            (say("What is around it"), Exported::Picture(drawn))
        };
        let group = chosen.get().filter(|_| problem.with(Option::is_none));
        group
            .map(|group| vec![below(group.clone()), around(group)])
            .unwrap_or_default()
    };
    view! {
        <div class="scroll" role="tabpanel" id="panel-hierarchy" aria-labelledby="tab-hierarchy" tabindex="0">
            <div class="doc" data-pane="">
                <div class="row"><span class="push">{export_button(session, offers)}</span></div>
                {live(move || detail.with(|detail| detail.as_ref().and_then(cycle)))}
                {live(hierarchy)}
                {live_if(move || problem.with(Option::is_some), none)}
            </div>
        </div>
    }
}

/// The loop that a group is in, spelled out.
fn cycle(detail: &GroupDetail) -> Option<impl IntoView + use<>> {
    let names = detail
        .cycle
        .iter()
        .chain(detail.cycle.first())
        .map(|group| group.name.as_str());
    let names = names.collect::<Vec<_>>().join(" › ");
    (!names.is_empty()).then(|| {
        view! {
            <Notice
                tone="warn"
                title=say("These groups contain each other.")
                text=fill("{0}. Whoever is in one of them is in all of them.", &[&names])
            />
        }
    })
}

fn sections(session: Session, of: &HierarchyDetail) -> impl IntoView + use<> {
    let knows_managers = session
        .opened
        .with_untracked(|opened| opened.as_ref().is_some_and(|opened| opened.knows_managers));
    let url = |id: &str| {
        let group = Some(id.to_owned());
        session.url(Screen::Groups(GroupsView {
            group,
            tab: Tab::Hierarchy,
            ..GroupsView::default()
        }))
    };
    let parents = if of.parents.is_empty() {
        let text = fill("No group contains {0}.", &[&of.group.name]);
        view! { <Empty title=say("At the top level.") text=text size="sm" /> }.into_any()
    } else {
        briefs(say("Nested in"), &of.parents, None, knows_managers, &url).into_any()
    };
    let children = if of.children.is_empty() {
        let text = fill("{0} contains no other group.", &[&of.group.name]);
        view! { <Empty title=say("At the bottom level.") text=text size="sm" /> }.into_any()
    } else {
        briefs(say("Contains"), &of.children, Some(of.total), knows_managers, &url).into_any()
    };
    let note = fill("Their members are in {0} too.", &[&of.group.name]);
    let is_parent = of.children_total > 0;
    view! {
        <section class="section">
            <div class="section-head"><h2>{say("Nested in")}</h2>{count(u32::try_from(of.parents.len()).unwrap_or(u32::MAX))}</div>
            <div class="card">{parents}</div>
        </section>
        <section class="section">
            <div class="section-head">
                <h2>{say("Contains")}</h2>
                {count(of.children_total)}
                {is_parent.then(|| view! { <span class="note">{note}</span> })}
            </div>
            <div class="card">{children}</div>
            {sum(of).map(|text| view! { <p class="muted t12">{text}</p> })}
        </section>
        {is_parent.then(|| below(of))}
    }
}

fn below(of: &HierarchyDetail) -> impl IntoView + use<> {
    let note = counted(
        "Groups by level. The deepest is {0} level down.|Groups by level. The deepest is {0} levels down.",
        of.levels.len() as u64,
    );
    view! {
        <section class="section">
            <div class="section-head">
                <h2>{say("Below this group")}</h2>
                <span class="count">{counted("{0} group|{0} groups", of.below.into())}</span>
                <span class="note">{note}</span>
            </div>
            <div class="card">{level_bars(&of.levels)}</div>
        </section>
    }
}

/// Why the numbers do not add up: who is in several places counts once.
fn sum(of: &HierarchyDetail) -> Option<String> {
    let listed = u32::try_from(of.children.len()).ok()?;
    let in_cycle = of.children.iter().any(|child| child.in_cycle);
    if listed != of.children_total || listed == 0 || in_cycle {
        return None;
    }
    let sum = of
        .children
        .iter()
        .try_fold(of.direct, |sum, child| sum.checked_add(child.total))?;
    let twice = sum.checked_sub(of.total).filter(|twice| *twice > 0)?;
    let direct = counted("{0} direct member|{0} direct members", of.direct.into());
    let users = counted("{0} user|{0} users", of.total.into());
    Some(counted_with(
        "These totals and the {1} add up to {2}. {0} of them is told twice, and everybody counts once, so the group has {3}.|\
         These totals and the {1} add up to {2}. {0} of them are told more than once, and everybody counts once, so the group has {3}.",
        twice.into(),
        &[&direct, &number(sum), &users],
    ))
}
