//! Where there is nothing to show: an address that leads nowhere, no directory, a directory without groups.

use leptos::prelude::*;

use crate::components::button::ButtonLink;
use crate::components::kept::Kept;
use crate::components::notice::Empty;
use crate::route::{Connection, GroupsView, Screen, UsersView};
use crate::session::session;

/// Says so, and offers a way on.
#[component]
pub fn Nowhere() -> impl IntoView {
    let session = session();
    let path = move || match session.route.get().screen {
        Screen::Nowhere(path) => path + " is no screen of Rollcall.",
        _ => String::new(),
    };
    let groups = session.url(Screen::Groups(GroupsView::default()));
    view! {
        <Empty is_screen=true title="Nothing is here." text=Kept::new(path)>
            <ButtonLink text="Go to Groups" url=groups />
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
            title="No directory yet."
            text="Connect one, open a file or the sample to see who is in which group, and why. Rollcall only reads."
        >
            <ButtonLink text="Go to Connections" kind="primary" url=list />
            <ButtonLink text="Open a file" url=file />
        </Empty>
    }
}

/// The directory that is open has no groups.
#[component]
pub fn NoGroups() -> impl IntoView {
    let session = session();
    let text = move || session.directory_name() + " has no groups.";
    let url = session.url(Screen::Users(UsersView::default()));
    view! {
        <Empty is_screen=true title="No groups." text=Kept::new(text)>
            <ButtonLink text="Go to Users" url=url />
        </Empty>
    }
}
