//! All users, under the query bar.

mod answer;
mod copy;
mod explain;
mod facets;
mod list;

pub use answer::{AnswerView, Nobody};
pub use list::{List, Scope};

use leptos::prelude::*;
use protocol::{ManagersOf, Opened, Shown, UsersQuestion};

use super::columns::of_users;
use super::managers::{knows_managers, managed_url};
use super::request::{is_open, request, toggle};
use super::saved::views;
use crate::components::badge::{count, partial_badge};
use crate::components::button::ButtonLink;
use crate::components::columns::chooser;
use crate::components::field::SearchField;
use crate::components::grid::Column;
use crate::components::kept::Kept;
use crate::components::live::{live, live_if};
use crate::components::query::QueryBar;
use crate::keys::Deed;
use crate::session::session;
use crate::storage::Preference;
use crate::words::{fill, say};
use facets::Facets;

/// The Users screen.
#[component]
pub fn Users() -> impl IntoView {
    let session = session();
    let list = List::new(session, Kept::new(Scope::default));
    let total = move || {
        session
            .opened
            .with(|opened| opened.as_ref().and_then(Opened::total_users).map(count))
    };
    let quick = Kept::new(move || list.view.with(|view| view.q.clone()));
    let shown = Kept::new(move || {
        list.view.with(|view| {
            Some(Shown::Users(UsersQuestion {
                zenql: view.zenql.clone(),
                q: view.q.clone(),
                order: view.order.clone(),
                ..UsersQuestion::default()
            }))
        })
    });
    let usual = Kept::new(move || match session.opened.get() {
        Some(opened) if opened.asks.is_some() => asked_columns(&opened, false),
        _ => columns(list),
    });
    let (columns, arranging) = of_users(session, Preference::UserColumns, "users", usual);
    let answer = move || {
        view! {
            <AnswerView
                list
                label=say("Users that match")
                class="grid users"
                columns
                arranging
                nobody=Nobody {
                    title: say("No users yet.").to_owned(),
                    text: say("This directory has groups only, or nothing at all.").to_owned(),
                }
            />
        }
    };
    let panel = move || {
        view! { <div class="scroll"><div class="doc" data-pane="">{request(session, &[], shown)}</div></div> }
    };
    let managers = move || {
        let url = managed_url(session, ManagersOf::People);
        view! { <ButtonLink text=say("Who manages what") href="#i-key" url /> }
    };
    view! {
        <section class="pane" data-solo="" aria-label=say("Users")>
            <header class="page-head">
                <h1>{say("Users")}</h1>
                {live(total)}
                {live_if(move || session.is_partial(), partial_badge)}
                {views(session, "users-views")}
                <span class="push row">
                    <span class="row actions">
                        {live_if(move || knows_managers(session), managers)}
                        {toggle(session)}
                        {chooser(arranging, "users-columns", session.key(Deed::Columns))}
                    </span>
                    <SearchField
                        label=say("Find a user")
                        key=session.key(Deed::Find)
                        value=quick
                        on_input=move |text| list.set(true, |view| view.q = text)
                    />
                </span>
            </header>
            {live_if(
                move || session.asks().is_none_or(|asks| asks.queries),
                move || view! { <div class="toolbar"><Filter list /></div> },
            )}
            {live_if(
                move || session.asks().is_none(),
                move || view! { <div class="toolbar" data-tight=""><Facets list /></div> },
            )}
            {live_if(move || !is_open(session), answer)}
            {live_if(move || is_open(session), panel)}
        </section>
    }
}

/// The query bar of a list.
#[component]
pub fn Filter(
    /// The list.
    list: List,
) -> impl IntoView {
    // An example that is answered.
    let placeholder = match untrack(|| list.session.asks().is_some()) {
        true => "lastName STARTSWITH \"a\" AND lastLogin < -90d",
        false => "memberOf = \"Finance\" AND lastLogin < -90d",
    };
    view! {
        <QueryBar
            id="filter"
            label=say("Filter users")
            key=list.session.key(Deed::Filter)
            placeholder
            text=Kept::new(move || list.view.with(|view| view.zenql.clone()))
            problem=Kept::new(move || list.query_problem())
            completed=Kept::new(move || list.completed())
            on_input=move |text| list.set(true, |view| view.zenql = text)
            on_apply=|()| ()
            on_complete=move |caret| list.complete(caret)
        />
    }
}

/// The columns of a directory that is asked: those that its server tells, of members or of all.
#[must_use]
pub fn asked_columns(opened: &Opened, of_members: bool) -> Vec<Column> {
    let mut columns = vec![Column::Name, Column::Username, Column::Email, Column::Status];
    if opened.asks.is_some_and(|asks| asks.logins) {
        columns.push(Column::LastLogin);
    }
    if of_members && opened.knows_managers {
        columns.push(Column::Role);
    }
    columns
}

/// A query that asks membership of one group adds the column that explains it.
fn columns(list: List) -> Vec<Column> {
    let explained = list
        .page
        .with(|page| page.as_ref().and_then(|page| page.explained.clone()));
    let mut columns = vec![
        Column::Name,
        Column::Username,
        Column::Email,
        Column::Status,
        Column::LastLogin,
        Column::Role,
        Column::Direct,
        Column::Groups,
    ];
    columns.extend(explained.map(|group| Column::Why(fill("In {0}", &[&group.name]))));
    columns
}
