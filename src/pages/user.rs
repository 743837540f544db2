//! One user: the groups that name them, what those bring along, and why.

mod aside;
mod groups;

use leptos::prelude::*;
use protocol::{
    Entity, EntityName, Exported, Need, Problem, Shown, Subject, Topic, UserDetail, UserQuestion, UserStatus,
};

use self::aside::aside;
use self::groups::{direct, inherited};
use super::live::{asked_request, trouble};
use super::more::{hierarchy_link, more};
use super::request::{About, is_open, request, toggle};
use crate::components::avatar::avatar;
use crate::components::badge::{administrator_badge, badge};
use crate::components::button::{ButtonLink, CopyValue, IconLink};
use crate::components::icon::icon;
use crate::components::kept::Kept;
use crate::components::live::{follow, live_if};
use crate::components::notice::Empty;
use crate::components::pane::heading_to_come;
use crate::export::export_button;
use crate::notice;
use crate::pages::verify::{Verify, verification, verify_button};
use crate::route::{Screen, UsersView};
use crate::session::{Session, session};
use crate::words::{counted, fill, key, say};

/// What of the screen has a request.
const ABOUTS: &[About] = &[("", key("Groups")), ("user", key("This user"))];

/// The User screen.
#[component]
pub fn User() -> impl IntoView {
    let session = session();
    let id = Kept::new(move || {
        session.route.with(|route| match &route.screen {
            Screen::User { id, .. } => id.clone(),
            _ => String::new(),
        })
    });
    let asked = session.ask(Topic::User, move || {
        Some(UserQuestion { user: id.get() }).filter(|_| !id.with(String::is_empty))
    });
    // A server takes its time: until then the last user is not this one.
    let detail = Kept::new(move || {
        let is_it =
            |question: &Option<UserQuestion>| question.as_ref().is_some_and(|asked| id.with(|id| asked.user == *id));
        asked.answer.get().filter(|_| asked.question.with(is_it))
    });
    follow(move || {
        let seen = detail.with(|detail| detail.as_ref().map(|detail| detail.user.clone()));
        if let Some(user) = seen {
            session.visited(
                Entity::User,
                EntityName {
                    id: user.id,
                    name: user.name,
                    detail: user.username,
                },
            );
        }
    });
    move || match (asked.problem.get(), detail.get()) {
        (Some(Problem::Vendor(_)), _) => {
            let problem = Kept::from(asked.problem);
            trouble(session, problem)
        }
        (Some(problem), _) => missing(session, &problem).into_any(),
        (None, Some(detail)) => view! { <Profile session detail /> }.into_any(),
        (None, None) => view! {
            <p class="sr-only" role="status">{say("Reading the user.")}</p>
            <header class="entity" aria-busy="true">{heading_to_come()}</header>
        }
        .into_any(),
    }
}

fn missing(session: Session, problem: &Problem) -> impl IntoView + use<> {
    let users = Kept::new(move || session.url(Screen::Users(UsersView::default())));
    let title = match problem {
        Problem::Unknown { .. } => say("There is no such user."),
        _ => say("This user cannot be shown."),
    };
    view! {
        <Empty is_screen=true title=title text=notice::problem(problem)>
            <ButtonLink text=say("Show all users") url=users />
        </Empty>
    }
}

#[component]
fn Profile(session: Session, detail: UserDetail) -> impl IntoView {
    let user = detail.user.clone();
    let label = fill("About {0}", &[&user.name]);
    // Where a server was asked, what it was asked, and what it does not tell.
    let asked = untrack(|| session.asks()).map(|asks| {
        let sent = Kept::from(Some(detail.request.clone()));
        let needs = Kept::from(Some(Problem::NeedsWhole(Need::Paths)));
        let paths = asks.nesting.then(|| trouble(session, needs));
        view! {
            {paths}
            {asked_request(session, sent)}
        }
    });
    let id = user.id.clone();
    let user_id = id.clone();
    let verify = Verify::new(session, move || {
        Some(Subject::User(UserQuestion { user: user_id.clone() }))
    });
    let shown = Kept::new(move || {
        let is_record = session.route.with(|route| route.request.about == "user");
        Some(if is_record {
            Shown::User(id.clone())
        } else {
            Shown::GroupsOf(id.clone())
        })
    });
    view! {
        <header class="entity user-head">
            <Title session verify detail=detail.clone() />
            <div class="entity-meta" data-indent="">
                {(!user.username.is_empty()).then(|| view! { <span class="mono soft">{user.username.clone()}</span> })}
                {(!user.email.is_empty()).then(|| view! { <span dir="ltr">{user.email.clone()}</span> })}
                <CopyValue value=user.id label=say("Copy the user id") />
                {badge("", "#i-plug", untrack(|| session.directory_name()))}
            </div>
        </header>
        {verification(verify)}
        <div class="scroll" data-edge="">
            <div class="doc" data-aside="">
                <div class="col">
                    {live_if(move || is_open(session), move || request(session, ABOUTS, shown))}
                    {direct(session, &detail)}
                    {inherited(session, &detail)}
                    {asked}
                </div>
                <aside class="col" data-tight="" aria-label=label>
                    {aside(session, &detail)}
                </aside>
            </div>
        </div>
    }
}

/// Who it is, and what the user may.
#[component]
fn Title(session: Session, verify: Verify, detail: UserDetail) -> impl IntoView {
    let user = detail.user;
    let users = move || session.url(Screen::Users(UsersView::default()));
    let name = Kept::from(identifier(&user.username, &user.id));
    let (href, word, tone) = match user.status {
        UserStatus::Active => ("#i-active", say("Active"), "plain"),
        UserStatus::Suspended => ("#i-inactive", say("Suspended"), "warn"),
        UserStatus::Locked => ("#i-lock", say("Locked"), "warn"),
    };
    let manages = detail.manages.len() as u64;
    let exported = user.id.clone();
    view! {
        <div class="entity-title">
            <IconLink url=Kept::new(users) href="#i-arrow-left" label=say("Back to users") class="back" />
            {avatar(&user.name, "32", user.status != UserStatus::Active)}
            <h1>{user.name.clone()}</h1>
            {badge(tone, href, word)}
            {user.is_administrator.then(|| administrator_badge(say("System administrator")))}
            {(manages > 0).then(|| badge("manager", "#i-key", fill("Manager of {0}", &[&counted("{0} group|{0} groups", manages)])))}
            <div class="actions">
                {hierarchy_link(session, Entity::User, name)}
                {verify_button(verify)}
                {toggle(session)}
                {export_button(session, move || vec![("", Exported::GroupsOf(exported.clone()))])}
                {more(session, "user-more", Entity::User, name)}
            </div>
        </div>
    }
}

/// What a user is written as in an address: the username where there is one.
fn identifier(username: &str, id: &str) -> String {
    if username.is_empty() { id } else { username }.to_owned()
}

/// A title with an icon before it, for the cards at the side.
fn side_title(id: &'static str, title: &'static str, end: Option<AnyView>) -> impl IntoView {
    view! {
        <div class="card-head">
            <h2 id=id>{title}</h2>
            {end}
        </div>
    }
}

/// One line of a list of flags.
fn flag(href: &'static str, name: &'static str, value: String) -> impl IntoView {
    view! {
        <li>
            {icon(href)}
            <span>{name}</span>
            <span class="push">{value}</span>
        </li>
    }
}
