//! The groups: a tree that leads, and the group that was chosen.

mod lead;

use leptos::prelude::*;

use super::group::group;
use crate::chunk;
use crate::chunk::part;
use crate::components::kept::Kept;
use crate::components::number::length;
use crate::components::pane::Splitter;
use crate::components::slot::Slot;
use crate::keys::Deed;
use crate::route::{GroupsView, Screen};
use crate::session::{Session, session};
use crate::storage::Preference;
use crate::words::say;
use lead::Lead;
pub(super) use lead::only;

/// The Groups screen. Where there is room for one pane only, the tree gives way to the group once one is chosen.
#[component]
pub fn Groups() -> impl IntoView {
    let session = session();
    let view = Kept::new(move || of_route(session));
    // With no group in the address, the first one is shown beside the tree.
    let first = Slot::new(None::<String>);
    let chosen = Kept::new(move || view.with(|view| view.group.clone()).or_else(|| first.get()));
    let kept = Preference::LeadPane.read().and_then(|width| width.parse::<u32>().ok());
    let width = Slot::new(kept.map(f64::from));
    let side = move || {
        if view.with(|view| view.group.is_some()) {
            "detail"
        } else {
            "lead"
        }
    };
    let lead = move || width.get().map(|width| length(width) + "px");
    view! {
        <div class="split" data-view=side style=("--lead-set", lead)>
            <Lead session view chosen first />
            <section class="pane" aria-label=say("Group")>
                <Splitter width keys=[session.key(Deed::Narrower), session.key(Deed::Wider)] on_settle=|width: f64| Preference::LeadPane.write(Some(&length(width))) />
                {part(chunk!(group, group(session: Session, view: Kept<GroupsView>, chosen: Kept<Option<String>>)))}
            </section>
        </div>
    }
}

/// What the address says of this screen.
fn of_route(session: Session) -> GroupsView {
    session.route.with(|route| match &route.screen {
        Screen::Groups(view) => view.clone(),
        _ => GroupsView::default(),
    })
}

/// Changes what the address says of this screen; typing replaces the entry of the history, a choice adds one.
pub(super) fn set(session: Session, typed: bool, change: impl FnOnce(&mut GroupsView)) {
    let mut route = session.route.get_untracked();
    let Screen::Groups(view) = &mut route.screen else {
        return;
    };
    change(view);
    if typed {
        session.replace(route);
    } else {
        session.go(route);
    }
}
