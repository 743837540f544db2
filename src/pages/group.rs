//! The group that was chosen: its members, and its place in the hierarchy.

mod exclude;
mod hierarchy;
mod members;

use leptos::prelude::*;
use protocol::{Answer, Entity, EntityName, GroupDetail, Problem, Question, Topic};

use crate::components::badge::badge;
use crate::components::button::{ButtonLink, CopyValue};
use crate::components::icon::flipped;
use crate::components::notice::Empty;
use crate::components::pane::heading_to_come;
use crate::components::tabs::{TabLink, Tabs};
use crate::notice;
use crate::route::{GroupsView, Screen, Tab};
use crate::session::Session;
use hierarchy::Hierarchy;
use members::Members;

/// A group: who it is, then one of its tabs.
#[component]
pub fn Group(
    /// The session.
    session: Session,
    /// What the address says.
    view: Memo<GroupsView>,
    /// The group on screen.
    chosen: Memo<Option<String>>,
) -> impl IntoView {
    let asked = session.ask(Topic::Group, move || chosen.get().map(Question::Group));
    let detail = Memo::new(move |_| {
        let fits = asked.question.with(|question| match question {
            Some(Question::Group(id)) => chosen.with(|chosen| chosen.as_ref() == Some(id)),
            _ => false,
        });
        asked.answer.with(|answer| match answer {
            Some(Answer::Group(detail)) if fits => Some(detail.clone()),
            _ => None,
        })
    });
    let missing = Memo::new(move |_| {
        asked
            .problem
            .get()
            .filter(|problem| matches!(problem, Problem::Unknown { .. }))
    });
    // A tab stays while what is asked within it changes.
    let tab = Memo::new(move |_| view.with(|view| view.tab));
    remember(session, view, detail);
    view! {
        <Show when=move || missing.with(Option::is_none) fallback=move || unknown(session, missing)>
            <Head session view detail />
            <Tabs
                label=Signal::derive(move || name(detail))
                tabs=Signal::derive(move || tabs(session, view, detail))
                current=Signal::derive(move || if view.get().tab == Tab::Members { "members" } else { "hierarchy" })
            />
            {move || match tab.get() {
                Tab::Members => view! { <Members session view chosen detail /> }.into_any(),
                Tab::Hierarchy => view! { <Hierarchy session chosen detail /> }.into_any(),
            }}
        </Show>
    }
}

fn name(detail: Memo<Option<GroupDetail>>) -> String {
    detail.with(|detail| detail.as_ref().map(|detail| detail.name.clone()).unwrap_or_default())
}

/// Puts the name into the window's title, and among what was looked at last if it was chosen.
fn remember(session: Session, view: Memo<GroupsView>, detail: Memo<Option<GroupDetail>>) {
    Effect::new(move || {
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
fn Head(session: Session, view: Memo<GroupsView>, detail: Memo<Option<GroupDetail>>) -> impl IntoView {
    let back = move || {
        let view = view.get();
        session.url(Screen::Groups(GroupsView {
            group: None,
            find: view.find,
            only: view.only,
            ..GroupsView::default()
        }))
    };
    let check = move || {
        let groups = detail.with(|detail| detail.iter().map(|detail| detail.id.clone()).collect());
        session.url(Screen::Check {
            user: String::new(),
            groups,
        })
    };
    let cycle = move || {
        let in_cycle = detail.with(|detail| detail.as_ref().is_some_and(|detail| !detail.cycle.is_empty()));
        in_cycle.then(|| badge("warn", "#i-loop", "Cycle"))
    };
    let known = move |part: fn(&GroupDetail) -> &String| {
        move || detail.with(|detail| detail.as_ref().map(|detail| part(detail).clone()).unwrap_or_default())
    };
    view! {
        <header class="entity">
            <div class="entity-title">
                <a class="button back" data-kind="quiet" data-icon="" href=back aria-label="Back to groups">
                    {flipped("#i-arrow-left")}
                </a>
                <h1>{known(|detail| &detail.name)}</h1>
                <Show when=move || detail.with(Option::is_none)>{heading_to_come()}</Show>
                {cycle}
                <div class="actions">
                    <ButtonLink text="Check a user" href="#i-check" url=Signal::derive(check) />
                </div>
            </div>
            <div class="entity-meta">
                <p>{known(|detail| &detail.description)}</p>
                <Show when=move || detail.with(Option::is_some)>
                    <CopyValue label="Copy the group id" value=Signal::derive(known(|detail| &detail.id)) />
                </Show>
            </div>
        </header>
    }
}

fn tabs(session: Session, view: Memo<GroupsView>, detail: Memo<Option<GroupDetail>>) -> Vec<TabLink> {
    let (total, children) = detail.with(|detail| {
        let detail = detail.as_ref();
        (detail.map(|detail| detail.total), detail.map(|detail| detail.children))
    });
    let url = |tab| session.url(Screen::Groups(GroupsView { tab, ..view.get() }));
    vec![
        TabLink {
            id: "members",
            text: "Members",
            count: total,
            url: url(Tab::Members),
        },
        TabLink {
            id: "hierarchy",
            text: "Hierarchy",
            count: children,
            url: url(Tab::Hierarchy),
        },
    ]
}

fn unknown(session: Session, missing: Memo<Option<Problem>>) -> impl IntoView {
    let text = move || missing.get().as_ref().map(notice::problem).unwrap_or_default();
    let groups = move || session.url(Screen::Groups(GroupsView::default()));
    view! {
        <Empty title="This group is not here" text=Signal::derive(text)>
            <ButtonLink text="Show all groups" url=Signal::derive(groups) />
        </Empty>
    }
}
