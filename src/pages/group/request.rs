//! The vendor's requests for the members of a group, for the group itself, and for the list that it stands in.

use leptos::prelude::*;
use protocol::{Shown, UsersQuestion};

use crate::components::kept::Kept;
use crate::pages::groups::only;
use crate::pages::request::{self, About};
use crate::route::GroupsView;
use crate::session::Session;
use crate::words::key;

/// What of the screen has a request.
const ABOUTS: &[About] = &[
    ("", key("Members")),
    ("group", key("This group")),
    ("groups", key("All groups")),
];

/// The Request tab of the group `chosen`.
pub fn request(session: Session, view: Kept<GroupsView>, chosen: Kept<Option<String>>) -> impl IntoView {
    let shown = Kept::new(move || {
        let group = chosen.get()?;
        let about = session.route.with(|route| route.request.about.clone());
        Some(view.with(|view| match about.as_str() {
            "group" => Shown::Group(group),
            "groups" => Shown::Groups {
                find: view.find.clone(),
                only: only(view),
                order: view.by,
            },
            _ => Shown::Users(UsersQuestion {
                group: Some(group),
                include_inherited: view.include_inherited,
                excluded_groups: view.excluded_groups.clone(),
                zenql: view.users.zenql.clone(),
                q: view.users.q.clone(),
                order: view.users.order.clone(),
                offset: 0,
                limit: 0,
            }),
        }))
    });
    view! {
        <div class="scroll" role="tabpanel" id="panel-request" aria-labelledby="tab-request" tabindex="0">
            <div class="doc" data-pane="">{request::request(session, ABOUTS, shown)}</div>
        </div>
    }
}
