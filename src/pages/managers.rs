//! Who manages what: everybody who manages a group, groups that nobody or one person manages, and the groups of one person.

mod list;

use leptos::prelude::*;
use protocol::{Exported, ManagersOf, ManagersPage, ManagersQuestion, Topic};

use crate::components::badge::{badge, partial_badge};
use crate::components::button::{Button, IconLink};
use crate::components::field::SearchField;
use crate::components::kept::Kept;
use crate::components::live::{follow, live, live_if};
use crate::components::notice::Empty;
use crate::components::segmented::{Segment, Segmented};
use crate::components::slot::Slot;
use crate::export::export_button;
use crate::keys::Deed;
use crate::notice;
use crate::number::grouped;
use crate::route::{GroupsView, ManagersView, Screen, Tab};
use crate::session::{Session, session};
use crate::words::{counted, fill, say};
use list::{groups, people};

/// How many rows are listed at first, and more at each wish.
const LISTED: u32 = 100;

/// The Managers screen.
#[component]
pub fn Managers() -> impl IntoView {
    let session = session();
    let view = Kept::new(move || {
        session.route.with(|route| match &route.screen {
            Screen::Managers(view) => view.clone(),
            _ => ManagersView::default(),
        })
    });
    let limit = Slot::new(LISTED);
    // Another list begins with its first rows.
    follow(move || view.with(|_| limit.set(LISTED)));
    let asked = session.ask(Topic::Managers, move || {
        let ManagersView { of, q } = view.get();
        let limit = limit.get();
        Some(ManagersQuestion { of, q, limit })
    });
    let page = Kept::new(move || asked.answer.get().unwrap_or_default());
    let content = move || {
        if let Some(problem) = asked.problem.get() {
            return view! { <Empty title=say("Nobody is found.") text=notice::problem(&problem) /> }.into_any();
        }
        let of = asked.question.get().map(|question| question.of);
        of.map_or_else(
            || ().into_any(),
            |of| page.with(|page| listed(session, &of, page, limit)).into_any(),
        )
    };
    let exported = move || {
        let question = asked.question.get().filter(|_| asked.problem.with(Option::is_none));
        let question = question.filter(|_| page.with(|page| page.total > 0));
        question
            .map(|question| ("", Exported::Managers(question)))
            .into_iter()
            .collect()
    };
    let is_person = move || view.with(|view| matches!(view.of, ManagersOf::User(_)));
    let is_known = move || knows_managers(session);
    view! {
        <section class="pane" data-solo="" aria-label=say("Managers")>
            <header class="page-head">
                {live_if(is_person, move || back(session))}
                <h1>{live(move || title(&view.get(), page))}</h1>
                {live_if(move || session.is_partial(), partial_badge)}
                <span class="push row">
                    {live_if(is_known, move || export_button(session, exported))}
                    <SearchField
                        label=say("Find in this list")
                        key=session.key(Deed::Find)
                        value=Kept::new(move || view.with(|view| view.q.clone()))
                        on_input=move |q| set(session, true, |view| view.q = q)
                    />
                </span>
            </header>
            {live_if(move || is_known() && !is_person(), move || lens(session, view, page))}
            <div class="scroll">
                <div class="doc" data-pane="" aria-busy=move || asked.is_busy().then_some("true")>
                    {live_if(is_known, move || live(content))}
                    {live_if(move || !is_known(), nobody_known)}
                </div>
            </div>
        </section>
    }
}

/// What stands where nobody else could: the group would have no manager without this one.
pub(super) fn only_manager() -> impl IntoView {
    let why = say("Without this person nobody would manage the group.");
    view! { <span title=why>{badge("warn", "#i-triangle", say("Only manager"))}</span> }
}

/// Whether the directory tells of managers at all.
pub(super) fn knows_managers(session: Session) -> bool {
    let opened = session.opened;
    opened.with(|opened| opened.as_ref().is_some_and(|opened| opened.knows_managers))
}

/// The address of this screen.
pub(super) fn managed_url(session: Session, of: ManagersOf) -> String {
    untrack(|| {
        session.url(Screen::Managers(ManagersView {
            of,
            ..ManagersView::default()
        }))
    })
}

/// The address of a user.
pub(super) fn user_url(session: Session, id: &str) -> String {
    let id = id.to_owned();
    untrack(|| session.url(Screen::User { id, groups: Vec::new() }))
}

/// The address of the managers of a group.
fn group_url(session: Session, id: &str) -> String {
    untrack(|| {
        session.url(Screen::Groups(GroupsView {
            group: Some(id.to_owned()),
            tab: Tab::Managers,
            ..GroupsView::default()
        }))
    })
}

fn set(session: Session, typed: bool, change: impl FnOnce(&mut ManagersView)) {
    let mut route = session.route.get_untracked();
    let Screen::Managers(view) = &mut route.screen else {
        return;
    };
    change(view);
    if typed {
        session.replace(route);
    } else {
        session.go(route);
    }
}

fn title(view: &ManagersView, page: Kept<ManagersPage>) -> String {
    let user = page.with(|page| page.user.as_ref().map(|user| user.name.clone()));
    match (&view.of, user) {
        (ManagersOf::User(_), Some(name)) => fill("Groups that {0} manages", &[&name]),
        _ => say("Managers").to_owned(),
    }
}

fn back(session: Session) -> impl IntoView {
    let url = managed_url(session, ManagersOf::People);
    view! {
        <IconLink url href="#i-arrow-left" label=say("Back to all managers") />
    }
}

fn nobody_known() -> impl IntoView {
    let (title, text) = notice::managers::unknown();
    view! { <Empty title text /> }
}

/// What is listed: one of three.
fn lens(session: Session, view: Kept<ManagersView>, page: Kept<ManagersPage>) -> impl IntoView {
    let segments = move || {
        let (people, none, one) = page.with(|page| (page.people, page.none, page.one));
        let segment = |value, text, count| Segment {
            value,
            text,
            count: Some(count),
            ..Segment::default()
        };
        vec![
            segment("people", say("People"), people),
            segment("none", say("No manager"), none),
            segment("one", say("One manager"), one),
        ]
    };
    let chosen = move || {
        view.with(|view| match view.of {
            ManagersOf::WithNone => "none",
            ManagersOf::WithOne => "one",
            _ => "people",
        })
    };
    let choose = move |of| {
        let of = match of {
            "none" => ManagersOf::WithNone,
            "one" => ManagersOf::WithOne,
            _ => ManagersOf::People,
        };
        set(session, false, |view| {
            view.of = of;
            view.q = String::new();
        });
    };
    view! {
        <div class="toolbar" data-edge="">
            <Segmented label=say("List") segments=Kept::new(segments) chosen=Kept::new(chosen) on_choose=choose />
        </div>
    }
}

fn listed(session: Session, of: &ManagersOf, page: &ManagersPage, limit: Slot<u32>) -> impl IntoView + use<> {
    let shown = (page.managers.len() + page.groups.len()) as u64;
    let left = u64::from(page.total).saturating_sub(shown);
    let list = match of {
        _ if page.total == 0 => none(of).into_any(),
        ManagersOf::People => people(session, page).into_any(),
        _ => groups(session, of, page).into_any(),
    };
    let more = (left > 0).then(|| {
        let text = fill("Show more of the other {0}", &[&grouped(left)]);
        view! { <Button text=text kind="quiet" on_press=move |()| limit.update(|limit| *limit += LISTED * 5) /> }
    });
    view! {
        <p class="sr-only" role="status">{counted("{0} row.|{0} rows.", page.total.into())}</p>
        <div class="card">{list}</div>
        {more}
        <p class="muted t12">{say("Managing a group is told of direct members only. It does not pass down to the groups in it.")}</p>
    }
}

fn none(of: &ManagersOf) -> impl IntoView + use<> {
    let (title, text) = match of {
        ManagersOf::People => (say("Nobody matches."), say("No one who manages a group is called so.")),
        ManagersOf::WithNone => (
            say("No such group."),
            say("Every group with members has a manager, or none is called so."),
        ),
        ManagersOf::WithOne => (
            say("No such group."),
            say("No group has a single manager, or none is called so."),
        ),
        ManagersOf::User(_) => (
            say("No such group."),
            say("This person manages no group, or none that is called so."),
        ),
    };
    view! { <Empty size="sm" title text /> }
}
