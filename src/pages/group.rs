//! The group that was chosen: its members, its place in the hierarchy, who manages it, and the request for it.

mod exclude;
mod hierarchy;
mod managers;
mod members;
mod request;

use leptos::prelude::*;
use protocol::{Compared, Entity, EntityName, GroupDetail, GroupQuestion, Problem, Topic};

use crate::chunk;
use crate::chunk::part;
use crate::components::badge::badge;
use crate::components::button::{ButtonLink, CopyValue};
use crate::components::icon::flipped;
use crate::components::kept::Kept;
use crate::components::live::{follow, live, live_if};
use crate::components::notice::Empty;
use crate::components::pane::heading_to_come;
use crate::components::tabs::{TabLink, Tabs};
use crate::notice;
use crate::pages::more::{Lead, more};
use crate::pages::saved::views;
use crate::route::{CompareView, GroupsView, Screen, Tab};
use crate::session::Session;
use hierarchy::hierarchy;
use managers::managers;
use members::Members;
use request::request;

/// A group: who it is, then one of its tabs.
pub fn group(session: Session, view: Kept<GroupsView>, chosen: Kept<Option<String>>) -> impl IntoView {
    let asked = session.ask(Topic::Group, move || chosen.get().map(|group| GroupQuestion { group }));
    let detail = Kept::new(move || {
        let answered = asked.question.get().map(|question| question.group);
        asked.answer.get().filter(|_| chosen.with(|chosen| *chosen == answered))
    });
    let missing = Kept::new(move || {
        asked
            .problem
            .get()
            .filter(|problem| matches!(problem, Problem::Unknown { .. }))
    });
    // A tab stays while what is asked within it changes.
    let tab = Kept::new(move || view.with(|view| view.tab));
    remember(session, view, detail);
    let here = move || {
        view! {
            <Head session view detail />
            <Tabs
                label=Kept::new(move || name(detail))
                tabs=Kept::new(move || tabs(session, view, detail))
                current=Kept::new(move || tab_id(tab.get()))
            />
            {live(move || match tab.get() {
                Tab::Members => view! { <Members session view chosen detail /> }.into_any(),
                Tab::Hierarchy => part(chunk!(
                    detail,
                    hierarchy(session: Session, chosen: Kept<Option<String>>, detail: Kept<Option<GroupDetail>>)
                )),
                Tab::Managers => part(chunk!(managers, managers(session: Session, chosen: Kept<Option<String>>))),
                Tab::Request => request(session, view, chosen).into_any(),
            })}
        }
    };
    view! {
        {live_if(move || missing.with(Option::is_none), here)}
        {live_if(move || missing.with(Option::is_some), move || unknown(session, missing))}
    }
}

/// The id of a tab on screen.
fn tab_id(tab: Tab) -> &'static str {
    Some(tab.name()).filter(|name| !name.is_empty()).unwrap_or("members")
}

fn name(detail: Kept<Option<GroupDetail>>) -> String {
    detail.with(|detail| detail.as_ref().map(|detail| detail.name.clone()).unwrap_or_default())
}

/// Puts the name into the window's title, and among what was looked at last if it was chosen.
fn remember(session: Session, view: Kept<GroupsView>, detail: Kept<Option<GroupDetail>>) {
    follow(move || {
        let Some(detail) = detail.get() else { return };
        document().set_title(&[&detail.name, " · Rollcall"].concat());
        if view.with_untracked(|view| view.group.is_some()) {
            let GroupDetail {
                id, name, description, ..
            } = detail;
            session.visited(
                Entity::Group,
                EntityName {
                    id,
                    name,
                    detail: description,
                },
            );
        }
    });
}

#[component]
fn Head(session: Session, view: Kept<GroupsView>, detail: Kept<Option<GroupDetail>>) -> impl IntoView {
    let back = move || {
        let view = view.get();
        session.url(Screen::Groups(GroupsView {
            group: None,
            find: view.find,
            only: view.only,
            by: view.by,
            ..GroupsView::default()
        }))
    };
    let id = move || detail.with(|detail| detail.as_ref().map(|detail| detail.id.clone()).unwrap_or_default());
    let hierarchy = move || {
        session.url(Screen::Hierarchy {
            from: id(),
            user: String::new(),
        })
    };
    let leads = vec![
        Lead {
            text: "Check a user",
            href: "#i-check",
            key: "C",
            screen: Box::new(move || Screen::Check {
                user: String::new(),
                groups: vec![id()],
            }),
        },
        Lead {
            text: "Compare with a group",
            href: "#i-compare",
            key: "P",
            screen: Box::new(move || {
                Screen::Compare(CompareView {
                    of: Compared::Groups,
                    a: id(),
                    ..CompareView::default()
                })
            }),
        },
        Lead {
            text: "Try a change in What-if",
            href: "#i-what-if",
            key: "W",
            screen: Box::new(|| Screen::WhatIf(Vec::new())),
        },
    ];
    let cycle = move || {
        let in_cycle = detail.with(|detail| detail.as_ref().is_some_and(|detail| !detail.cycle.is_empty()));
        in_cycle.then(|| badge("warn", "#i-loop", "Cycle"))
    };
    let known = move |part: fn(&GroupDetail) -> &String| {
        move || detail.with(|detail| detail.as_ref().map(|detail| part(detail).clone()).unwrap_or_default())
    };
    let copy = move || view! { <CopyValue label="Copy the group id" value=Kept::new(known(|detail| &detail.id)) /> };
    view! {
        <header class="entity">
            <div class="entity-title">
                <a class="button back" data-kind="quiet" data-icon="" href=back aria-label="Back to groups">
                    {flipped("#i-arrow-left")}
                </a>
                <h1>{known(|detail| &detail.name)}</h1>
                {live_if(move || detail.with(Option::is_none), heading_to_come)}
                {live(cycle)}
                <div class="actions">
                    <ButtonLink text="Show in hierarchy" href="#i-hierarchy" url=Kept::new(hierarchy) />
                    {views(session, "group-views")}
                    {more(session, "group-more", leads)}
                </div>
            </div>
            <div class="entity-meta">
                <p>{known(|detail| &detail.description)}</p>
                {live_if(move || detail.with(Option::is_some), copy)}
            </div>
        </header>
    }
}

fn tabs(session: Session, view: Kept<GroupsView>, detail: Kept<Option<GroupDetail>>) -> Vec<TabLink> {
    let knows_managers = session
        .opened
        .with(|opened| opened.as_ref().is_some_and(|opened| opened.knows_managers));
    let known = |part: fn(&GroupDetail) -> u32| detail.with(|detail| detail.as_ref().map(part));
    let tab = |tab: Tab, text, count| TabLink {
        id: tab_id(tab),
        text,
        count,
        url: session.url(Screen::Groups(GroupsView { tab, ..view.get() })),
    };
    let managers = known(|detail| detail.managers).filter(|_| knows_managers);
    vec![
        tab(Tab::Members, "Members", known(|detail| detail.total)),
        tab(Tab::Hierarchy, "Hierarchy", known(|detail| detail.children)),
        tab(Tab::Managers, "Managers", managers),
        tab(Tab::Request, "Request", None),
    ]
}

fn unknown(session: Session, missing: Kept<Option<Problem>>) -> impl IntoView {
    let text = move || missing.get().as_ref().map(notice::problem).unwrap_or_default();
    let groups = move || session.url(Screen::Groups(GroupsView::default()));
    view! {
        <Empty title="This group is not here." text=Kept::new(text)>
            <ButtonLink text="Show all groups" url=Kept::new(groups) />
        </Empty>
    }
}
