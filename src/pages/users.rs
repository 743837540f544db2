//! All users, under the query bar.

mod answer;
mod copy;
mod explain;
mod facets;
mod list;

pub use answer::{AnswerView, Nobody};
pub use list::{List, Scope};

use leptos::prelude::*;
use protocol::{ManagersOf, Shown, UsersQuestion};

use super::managers::{knows_managers, managed_url};
use super::request::{is_open, request, toggle};
use super::saved::views;
use crate::components::badge::{count, partial_badge};
use crate::components::button::ButtonLink;
use crate::components::field::SearchField;
use crate::components::grid::Column;
use crate::components::kept::Kept;
use crate::components::live::{follow, live, live_if};
use crate::components::query::QueryBar;
use crate::export::export_button;
use crate::session::session;
use facets::Facets;

/// The Users screen.
#[component]
pub fn Users() -> impl IntoView {
    let session = session();
    let list = List::new(session, Kept::new(Scope::default));
    let total = move || {
        session
            .opened
            .with(|opened| opened.as_ref().map(|opened| count(opened.users)))
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
    let answer = move || {
        view! {
            <AnswerView
                list
                label="Users that match"
                class="grid users"
                columns=Kept::new(move || columns(list))
                nobody=Nobody {
                    title: "No users yet.".to_owned(),
                    text: "This directory has groups only, or nothing at all.".to_owned(),
                }
            />
        }
    };
    let panel = move || {
        view! { <div class="scroll"><div class="doc" data-pane="">{request(session, &[], shown)}</div></div> }
    };
    let managers = move || {
        let url = managed_url(session, ManagersOf::People);
        view! { <ButtonLink text="Who manages what" href="#i-key" url /> }
    };
    follow(|| document().set_title("Users · Rollcall"));
    view! {
        <section class="pane" data-solo="" aria-label="Users">
            <header class="page-head">
                <h1>"Users"</h1>
                {live(total)}
                {live_if(move || session.is_partial(), partial_badge)}
                {views(session, "users-views")}
                <span class="push row">
                    <span class="row actions">
                        {live_if(move || knows_managers(session), managers)}
                        {export_button(session, move || list.exported())}
                        {toggle(session)}
                    </span>
                    <SearchField
                        label="Find a user"
                        key_hint="/"
                        value=quick
                        on_input=move |text| list.set(true, |view| view.q = text)
                    />
                </span>
            </header>
            <div class="toolbar">
                <Filter list />
            </div>
            <div class="toolbar" data-tight="">
                <Facets list />
            </div>
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
    view! {
        <QueryBar
            id="filter"
            label="Filter users"
            placeholder="memberOf = \"Finance\" AND lastLogin < -90d"
            text=Kept::new(move || list.view.with(|view| view.zenql.clone()))
            problem=Kept::new(move || list.query_problem())
            completed=Kept::new(move || list.completed())
            on_input=move |text| list.set(true, |view| view.zenql = text)
            on_apply=|()| ()
            on_complete=move |caret| list.complete(caret)
        />
    }
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
    columns.extend(explained.map(|group| Column::Why(["In ", &group.name].concat())));
    columns
}
