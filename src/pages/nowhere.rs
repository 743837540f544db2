//! Where there is nothing to show: an address that leads nowhere, no directory, a directory without groups.

use leptos::prelude::*;

use crate::components::button::ButtonLink;
use crate::components::kept::Kept;
use crate::components::notice::Empty;
use crate::route::{Connection, GroupsView, Screen, UsersView};
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
    let list = session.url(Screen::Connections(Connection::List));
    let file = session.url(Screen::Connections(Connection::File));
    view! {
        <Empty
            is_screen=true
            title=say("No directory yet.")
            text=say("Connect one, open a file or the sample to see who is in which group, and why. Rollcall only reads.")
        >
            <ButtonLink text=say("Go to Connections") kind="primary" url=list />
            <ButtonLink text=say("Open a file") url=file />
        </Empty>
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
