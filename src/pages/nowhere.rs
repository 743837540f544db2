//! An address that leads nowhere.

use leptos::prelude::*;

use crate::components::button::ButtonLink;
use crate::components::notice::Empty;
use crate::route::{GroupsView, Screen};
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
        <Empty title="Nothing is here." text=Signal::derive(path)>
            <ButtonLink text="Go to Groups" url=groups />
        </Empty>
    }
}
