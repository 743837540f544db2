//! Where a group or a user leads: the picture of its hierarchy, and a menu whose choices have keys of their own.

use leptos::prelude::*;
use protocol::{Compared, Entity, Exported, GroupsExport};

use super::link::copy_link;
use crate::components::button::ButtonLink;
use crate::components::icon::icon;
use crate::components::kept::Kept;
use crate::components::menu::{Menu, MenuButton, MenuItem, MenuLink};
use crate::export::offer;
use crate::keys::Deed;
use crate::route::{CompareView, HierarchyView, Screen, WhatIfView};
use crate::session::Session;
use crate::words::say;

/// The way to the picture of what is above and below; `id` may still be empty.
pub fn hierarchy_link(session: Session, entity: Entity, id: Kept<String>) -> impl IntoView {
    let url = Kept::new(move || {
        let (from, user) = sides(entity, id.get());
        session.url(Screen::Hierarchy(HierarchyView {
            from,
            user,
            ..HierarchyView::default()
        }))
    });
    view! { <ButtonLink text=say("Show in hierarchy") href="#i-hierarchy" url /> }
}

/// The button with the menu; `menu` is an id that no other menu has.
pub fn more(session: Session, menu: &'static str, entity: Entity, id: Kept<String>) -> impl IntoView {
    let url = move |screen: fn(Entity, String) -> Screen| Kept::new(move || session.url(screen(entity, id.get())));
    let (checks, compares) = match entity {
        Entity::Group => (say("Check a user"), say("Compare with a group")),
        Entity::User => (say("Check groups"), say("Compare with a user")),
    };
    let take = move |()| {
        let below = GroupsExport {
            below: Some(id.get_untracked()),
            ..GroupsExport::default()
        };
        offer(session, vec![("", Exported::Groups(below))]);
    };
    let export = (entity == Entity::Group).then(|| {
        view! { <MenuItem menu href="#i-download" text=say("Export it with all groups below") on_choose=take /> }
    });
    view! {
        <MenuButton menu kind="quiet" icon_only=true label=say("More actions")>{icon("#i-more")}</MenuButton>
        <Menu id=menu label=say("More actions")>
            <MenuLink menu href="#i-check" text=checks url=url(check) key=session.key(Deed::Check) />
            <MenuLink menu href="#i-compare" text=compares url=url(compare) key=session.key(Deed::Compare) />
            <MenuLink menu href="#i-what-if" text=say("Try a change in What-if") url=url(what_if) key=session.key(Deed::WhatIf) />
            {export}
            <MenuItem menu href="#i-link" text=say("Copy link") on_choose=move |()| copy_link(session) />
        </Menu>
    }
}

/// The id as that of a group, and as that of a user.
fn sides(entity: Entity, id: String) -> (String, String) {
    match entity {
        Entity::Group => (id, String::new()),
        Entity::User => (String::new(), id),
    }
}

fn check(entity: Entity, id: String) -> Screen {
    let (group, user) = sides(entity, id);
    Screen::Check {
        user,
        groups: Some(group).filter(|group| !group.is_empty()).into_iter().collect(),
    }
}

fn what_if(entity: Entity, id: String) -> Screen {
    let (group, user) = sides(entity, id);
    Screen::WhatIf(WhatIfView {
        group,
        user,
        ..WhatIfView::default()
    })
}

fn compare(entity: Entity, id: String) -> Screen {
    Screen::Compare(CompareView {
        of: match entity {
            Entity::Group => Compared::Groups,
            Entity::User => Compared::Users,
        },
        a: id,
        ..CompareView::default()
    })
}
