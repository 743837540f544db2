//! Where there is nothing to show: an address that leads nowhere, no directory, a directory without groups.

use leptos::prelude::*;

use crate::components::button::{Button, ButtonLink};
use crate::components::kept::Kept;
use crate::components::notice::Empty;
use crate::route::{Connection, GroupsView, SAMPLE_USERS, Screen, UsersView};
use crate::session::session;
use crate::words::{fill, say};

/// Says so, and offers a way on.
#[component]
pub fn Nowhere() -> impl IntoView {
    let session = session();
    let path = move || match session.route.get().screen {
        Screen::Nowhere(path) => fill("{0} is no screen of Rollcall.", &[&path]),
        _ => String::new(),
    };
    let groups = session.url(Screen::Groups(GroupsView::default()));
    view! {
        <Empty is_screen=true title=say("Nothing is here.") text=Kept::new(path)>
            <ButtonLink text=say("Go to Groups") url=groups />
        </Empty>
    }
}

/// Nothing is open, and nothing is being read.
#[component]
pub fn NoDirectory() -> impl IntoView {
    let session = session();
    let connect = session.url(Screen::Connections(Connection::New));
    let file = session.url(Screen::Connections(Connection::File));
    view! {
        <div class="empty" role="status">
            <svg class="muted" width="120" height="96" fill="none" stroke="currentColor" stroke-width="1.5" aria-hidden="true">
                <circle cx="60" cy="48" r="40" stroke-dasharray="3 5" />
                <circle cx="60" cy="48" r="26" stroke-dasharray="3 5" />
                <circle cx="60" cy="48" r="12" stroke-dasharray="3 5" />
                <circle cx="60" cy="48" r="2" fill="currentColor" />
            </svg>
            <h1>{say("No directory yet.")}</h1>
            <p>{say("Connect one, open a file or the sample to see who is in which group, and why. Rollcall only reads.")}</p>
            <div class="actions">
                <ButtonLink text=say("Connect a directory") kind="primary" url=connect />
                <ButtonLink text=say("Open a file") url=file />
                <Button
                    text=say("Open the sample")
                    href="#i-src-sample"
                    on_press=move |()| session.open_sample(SAMPLE_USERS)
                />
            </div>
            <p class="muted t12">{say("The sample is made up on this computer, and needs no network.")}</p>
        </div>
    }
}

/// The directory that is open has no groups.
#[component]
pub fn NoGroups() -> impl IntoView {
    let session = session();
    let text = move || fill("{0} has no groups.", &[&session.directory_name()]);
    let url = session.url(Screen::Users(UsersView::default()));
    view! {
        <Empty is_screen=true title=say("No groups.") text=Kept::new(text)>
            <ButtonLink text=say("Go to Users") url=url />
        </Empty>
    }
}
