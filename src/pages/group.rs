//! The group that was chosen: its members, its place in the hierarchy, who manages it, and the request for it.

mod exclude;
mod hierarchy;
mod managers;
mod members;
mod request;

use leptos::prelude::*;
use protocol::{Entity, EntityName, GroupDetail, GroupQuestion, Problem, Topic};

use crate::chunk;
use crate::chunk::part;
use crate::components::badge::badge;
use crate::components::button::{ButtonLink, CopyValue, IconLink};
use crate::components::kept::Kept;
use crate::components::live::{follow, live, live_if};
use crate::components::notice::Empty;
use crate::components::pane::heading_to_come;
use crate::components::tabs::{TabLink, Tabs};
use crate::notice;
use crate::pages::more::{hierarchy_link, more};
use crate::pages::saved::views;
use crate::route::{GroupsView, Screen, Tab};
use crate::session::Session;
use crate::words::say;
use hierarchy::hierarchy;
use managers::managers;
use members::Members;
use request::request;

/// A group: who it is, then one of its tabs. `chosen` is empty where there is none to choose.
pub fn group(session: Session, view: Kept<GroupsView>, chosen: Kept<Option<String>>) -> impl IntoView {
    let is_nothing = Kept::new(move || chosen.with(|chosen| chosen.as_deref() == Some("")));
    let asked = session.ask(Topic::Group, move || {
        let group = chosen.get().filter(|group| !group.is_empty())?;
        Some(GroupQuestion { group })
    });
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
    // A server that tells nothing of the group leaves its identifier, and the tab says why.
    let unanswered = Kept::new(move || {
        let fails = asked.problem.with(Option::is_some) && !asked.is_busy();
        chosen
            .get()
            .filter(|_| fails && detail.with(Option::is_none))
            .unwrap_or_default()
    });
    // A tab stays while what is asked within it changes.
    let tab = Kept::new(move || match view.with(|view| view.tab) {
        // Where a vendor is asked live, its request stands below the members.
        Tab::Request if session.asks().is_some() => Tab::Members,
        tab => tab,
    });
    remember(session, view, detail);
    let here = move || {
        view! {
            <Head session view detail unanswered />
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
        {live_if(move || missing.with(Option::is_none) && !is_nothing.get(), here)}
        {live_if(move || missing.with(Option::is_some) && !is_nothing.get(), move || unknown(session, missing))}
        {live_if(
            move || is_nothing.get(),
            || view! { <Empty title=say("No group to show.") text=say("The search finds none: search for another, or choose a group.") /> },
        )}
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
fn Head(
    session: Session,
    view: Kept<GroupsView>,
    detail: Kept<Option<GroupDetail>>,
    /// The group of which nothing is told; empty if something is, or is to come.
    unanswered: Kept<String>,
) -> impl IntoView {
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
    let cycle = move || {
        let in_cycle = detail.with(|detail| detail.as_ref().is_some_and(|detail| !detail.cycle.is_empty()));
        in_cycle.then(|| badge("warn", "#i-loop", say("Cycle")))
    };
    let known = move |part: fn(&GroupDetail) -> &String| {
        move || detail.with(|detail| detail.as_ref().map(|detail| part(detail).clone()).unwrap_or_default())
    };
    let id = Kept::new(known(|detail| &detail.id));
    let copy = move || view! { <CopyValue label=say("Copy the group id") value=id /> };
    let is_described =
        move || detail.with(|detail| detail.as_ref().is_some_and(|detail| !detail.description.is_empty()));
    view! {
        <header class="entity">
            <div class="entity-title">
                <IconLink url=Kept::new(back) href="#i-arrow-left" label=say("Back to groups") class="back" />
                <h1>{known(|detail| &detail.name)} {move || unanswered.get()}</h1>
                {live_if(
                    move || detail.with(Option::is_none) && unanswered.with(String::is_empty),
                    heading_to_come,
                )}
                {live(cycle)}
                <div class="actions">
                    {hierarchy_link(session, Entity::Group, id)}
                    {views(session, "group-views")}
                    {more(session, "group-more", Entity::Group, id)}
                </div>
            </div>
            <div class="entity-meta">
                {live_if(is_described, move || view! { <p>{known(|detail| &detail.description)}</p> })}
                {live_if(move || detail.with(Option::is_some), copy)}
            </div>
        </header>
    }
}

fn tabs(session: Session, view: Kept<GroupsView>, detail: Kept<Option<GroupDetail>>) -> Vec<TabLink> {
    let knows_managers = session
        .opened
        .with(|opened| opened.as_ref().is_some_and(|opened| opened.knows_managers));
    let known = |part: fn(&GroupDetail) -> Option<u32>| detail.with(|detail| detail.as_ref().and_then(part));
    let tab = |tab: Tab, text, count| TabLink {
        id: tab_id(tab),
        text,
        count,
        url: session.url(Screen::Groups(GroupsView { tab, ..view.get() })),
    };
    let managers = known(|detail| detail.managers).filter(|_| knows_managers);
    let mut tabs = vec![
        tab(Tab::Members, say("Members"), known(|detail| detail.total)),
        tab(Tab::Hierarchy, say("Hierarchy"), known(|detail| detail.children)),
        tab(Tab::Managers, say("Managers"), managers),
    ];
    if session.asks().is_none() {
        tabs.push(tab(Tab::Request, say("Request"), None));
    }
    tabs
}

fn unknown(session: Session, missing: Kept<Option<Problem>>) -> impl IntoView {
    let text = move || missing.get().as_ref().map(notice::problem).unwrap_or_default();
    let groups = move || session.url(Screen::Groups(GroupsView::default()));
    view! {
        <Empty title=say("This group is not here.") text=Kept::new(text)>
            <ButtonLink text=say("Show all groups") url=Kept::new(groups) />
        </Empty>
    }
}
