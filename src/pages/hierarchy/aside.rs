//! What there is to say of one group beside its hierarchy: its counts, its loop, everywhere it stands, and a user in it.

use leptos::prelude::*;
use protocol::{Aside, AsideQuestion, FindingKind, GroupName, Picture, PictureRelation, Topic};

use super::set;
use crate::components::badge::badge;
use crate::components::button::{ButtonLink, IconButton, IconLink};
use crate::components::grid::managers;
use crate::components::icon::icon;
use crate::components::kept::Kept;
use crate::components::live::{live, live_if};
use crate::components::piece::several;
use crate::components::relation::rel_mark;
use crate::route::{FindingsView, GroupsView, HierarchyShape, HierarchyView, Screen};
use crate::session::Session;
use crate::words::{counted, fill, key, say};

const USERS: &str = key("{0} user|{0} users");
const GROUPS: &str = key("{0} group|{0} groups");

/// The panel of a group; of a picture it counts the user's groups, too.
pub fn aside(
    session: Session,
    view: Kept<HierarchyView>,
    group: Kept<Option<String>>,
    picture: Kept<Option<Picture>>,
) -> impl IntoView {
    let asked = session.ask(Topic::Aside, move || {
        let user = view.with(|view| Some(view.user.clone()).filter(|user| !user.is_empty()));
        group.get().map(|group| AsideQuestion { group, user })
    });
    let answer = Kept::new(move || {
        // What was chosen before is not told of what is chosen now.
        let is_it = asked.question.with(|question| {
            question
                .as_ref()
                .is_some_and(|of| Some(&of.group) == group.get().as_ref())
        });
        asked.answer.get().filter(|_| is_it)
    });
    let is_list = Kept::new(move || picture.with(Option::is_none));
    let close = move || {
        view! { <IconButton href="#i-x" label=say("Close") on_press=move |()| set(session, false, |view| view.group.clear()) /> }
    };
    let told = move || {
        answer.get().map(|told| {
            view! {
                <div class="pane-head" data-edge="">
                    <h2 class="truncate">{told.group.name.clone()}</h2>
                    {(!told.group.cycle.is_empty()).then(|| badge("warn", "#i-loop", say("In a cycle")))}
                    <span class="push row" data-tight="">
                        <IconLink url=group_url(session, &told.group.id) href="#i-external" label=say("Open group") />
                        {live_if(move || is_list.get(), close)}
                    </span>
                </div>
                <div class="scroll" tabindex="0" role="region" aria-label=say("About the group")>
                    <div class="doc" data-pane="">
                        {facts(&told)}
                        {spelled(session, &told)}
                        {places(session, &told, is_list.get_untracked())}
                        {of_user(session, view, &told, is_list.get_untracked())}
                        {live(move || picture.with(|picture| picture.as_ref().and_then(counts)))}
                    </div>
                </div>
            }
        })
    };
    live(told)
}

fn group_url(session: Session, id: &str) -> String {
    untrack(|| {
        session.url(Screen::Groups(GroupsView {
            group: Some(id.to_owned()),
            ..GroupsView::default()
        }))
    })
}

fn facts(told: &Aside) -> impl IntoView + use<> {
    let group = &told.group;
    let line = |name: &'static str, count: Option<u32>, counts: &'static str, none: &str| {
        let words = match count {
            Some(0) => none.to_owned(),
            Some(count) => counted(counts, count.into()),
            None => say("Not known").to_owned(),
        };
        view! { <dt>{name}</dt> <dd>{words}</dd> }
    };
    let manager = told.managers.first().map(|user| user.name.as_str()).unwrap_or_default();
    view! {
        <dl class="facts">
            {line(say("Direct"), group.direct, USERS, say("Nobody"))}
            {line(say("Total"), group.total, USERS, say("Nobody"))}
            {line(say("Contains"), group.children, GROUPS, say("No group"))}
            {line(say("Nested in"), group.parents, GROUPS, say("No group"))}
            <dt>{say("Managers")}</dt>
            <dd>{several(managers(group.managers, manager))}</dd>
        </dl>
    }
}

/// The loop that the group is in, spelled out.
fn spelled(session: Session, told: &Aside) -> Option<impl IntoView + use<>> {
    let cycle = &told.group.cycle;
    let first = cycle.first()?.name.clone();
    let step = |group: &GroupName| {
        let url = group_url(session, &group.id);
        view! { <li><a class="cell-link medium" href=url>{group.name.clone()}</a> <small>{say("contains")}</small></li> }
    };
    let steps = cycle.iter().map(step).collect_view();
    let total = told
        .group
        .total
        .map(|total| counted(USERS, total.into()))
        .unwrap_or_default();
    let says = fill(
        "Everyone in one of these groups is in all of them. Each user counts once, so {0} is right.",
        &[&total],
    );
    let url = untrack(|| {
        session.url(Screen::Findings(FindingsView {
            kind: Some(FindingKind::Cycle),
            ..FindingsView::default()
        }))
    });
    Some(view! {
        <section class="section">
            <div class="section-head"><h2>{say("The loop")}</h2></div>
            <ol class="stands" data-loop="">
                {steps}
                <li class="warn-mark">{icon("#i-loop")} <span>{fill("{0} again", &[&first])}</span></li>
            </ol>
            <p class="soft t12">{says}</p>
            <div class="row"><ButtonLink text=say("Open findings") href="#i-findings" url /></div>
        </section>
    })
}

/// Every group that contains it, with where that one stands; of a list, which one the row stands under.
fn places(session: Session, told: &Aside, is_list: bool) -> impl IntoView + use<> {
    let place = |(at, (group, under)): (usize, &(GroupName, Option<GroupName>))| {
        let is_row = is_list && told.row == u32::try_from(at).ok();
        let under = under.as_ref().map_or(say("at the top level").to_owned(), |under| {
            fill("in {0}", &[&under.name])
        });
        view! {
            <li aria-current=is_row.then_some("true")>
                <a class="cell-link medium" href=group_url(session, &group.id)>{group.name.clone()}</a>
                {is_row.then(|| view! { <span class="badge" data-tone="plain">{say("This row")}</span> })}
                <small>{under}</small>
            </li>
        }
    };
    let listed = match told.parents.is_empty() {
        true => view! { <p class="soft t12">{fill("No group contains {0}.", &[&told.group.name])}</p> }.into_any(),
        false => {
            let places = told.parents.iter().enumerate().map(place).collect_view();
            view! { <ul class="stands">{places}</ul> }.into_any()
        }
    };
    let count = counted(GROUPS, told.parents.len() as u64);
    view! {
        <section class="section">
            <div class="section-head"><h2>{say("Nested in")}</h2><span class="count">{count}</span></div>
            {listed}
        </section>
    }
}

/// Whether the user is in it, and what leads to the reason.
fn of_user(session: Session, view: Kept<HierarchyView>, told: &Aside, is_list: bool) -> Option<impl IntoView + use<>> {
    let user = told.user.clone()?;
    let (rel, words, ask) = match told.relation {
        PictureRelation::None => ("none", key("Not a member of {0}."), say("Why not")),
        PictureRelation::Direct => ("direct", key("A direct member of {0}."), say("Why")),
        PictureRelation::Inherited => ("inherited", key("An inherited member of {0}."), say("Why")),
    };
    let (group, id) = (told.group.id.clone(), user.id);
    let why = untrack(|| {
        session.url(Screen::Check {
            user: id,
            groups: vec![group.clone()],
        })
    });
    let drawn = untrack(|| {
        session.url(Screen::Hierarchy(HierarchyView {
            from: group,
            user: view.get().user,
            shape: HierarchyShape::Picture,
            ..HierarchyView::default()
        }))
    });
    Some(view! {
        <section class="section">
            <div class="section-head"><h2>{user.name}</h2></div>
            <p class="row soft t12">{rel_mark(rel, "")} {fill(words, &[&told.group.name])}</p>
            <div class="row wrap">
                <ButtonLink text=ask href="#i-check" url=why />
                {is_list.then(|| view! { <ButtonLink text=say("Show in picture") href="#i-hierarchy" kind="quiet" url=drawn /> })}
            </div>
        </section>
    })
}

/// In how many of the groups that are drawn the user is, and how.
fn counts(picture: &Picture) -> Option<impl IntoView + use<>> {
    let user = picture.user.as_ref()?;
    let [direct, inherited, looped, not] = tally(picture);
    let line = |mark: AnyView, words: &'static str, count: usize| {
        view! { <li>{mark} <span>{words}</span> <b>{counted(GROUPS, count as u64)}</b></li> }
    };
    let through = (looped > 0).then(|| {
        let mark = view! { <span class="warn-mark">{icon("#i-loop")}</span> }.into_any();
        line(mark, say("of them through a cycle"), looped)
    });
    Some(view! {
        <section class="section">
            <div class="section-head"><h2>{fill("{0} in this picture", &[&user.name])}</h2></div>
            <ul class="tally-list">
                {line(rel_mark("direct", "").into_any(), say("Direct"), direct)}
                {line(rel_mark("inherited", "").into_any(), say("Inherited"), inherited)}
                {through}
                {line(rel_mark("none", "").into_any(), say("Not a member"), not)}
            </ul>
        </section>
    })
}

/// How many groups the user is in directly, how many through nesting, how many of these only because groups contain each
/// other, and how many not at all.
fn tally(picture: &Picture) -> [usize; 4] {
    let of = |relation| picture.nodes.iter().filter(|node| node.relation == relation).count();
    // Who comes in by a nesting within a cycle comes in by nothing else where no other lit nesting ends there.
    let is_looped = |place: usize| {
        let mut lit = picture
            .edges
            .iter()
            .filter(|edge| edge.is_lit && edge.parent as usize == place)
            .peekable();
        lit.peek().is_some() && lit.all(|edge| edge.in_cycle)
    };
    let inherited = |(_, node): &(usize, &protocol::PictureNode)| node.relation == PictureRelation::Inherited;
    let looped = picture
        .nodes
        .iter()
        .enumerate()
        .filter(inherited)
        .filter(|(place, _)| is_looped(*place));
    [
        of(PictureRelation::Direct),
        of(PictureRelation::Inherited),
        looped.count(),
        of(PictureRelation::None),
    ]
}

#[cfg(test)]
mod tests {
    use protocol::{PictureEdge, PictureNode};

    use super::*;

    #[test]
    fn counts_what_only_a_loop_brings() {
        let node = |relation| PictureNode {
            relation,
            ..PictureNode::default()
        };
        let edge = |parent, child, in_cycle| PictureEdge {
            parent,
            child,
            in_cycle,
            is_lit: true,
            ..PictureEdge::default()
        };
        // 1 is told; 2 contains it within a loop, 3 outside of one, 4 both ways; 0 is in nothing.
        let picture = Picture {
            nodes: [
                PictureRelation::None,
                PictureRelation::Direct,
                PictureRelation::Inherited,
                PictureRelation::Inherited,
                PictureRelation::Inherited,
            ]
            .map(node)
            .into(),
            edges: vec![edge(2, 1, true), edge(3, 1, false), edge(4, 2, true), edge(4, 3, false)],
            ..Picture::default()
        };
        assert_eq!(tally(&picture), [1, 3, 1, 1]);
    }
}
