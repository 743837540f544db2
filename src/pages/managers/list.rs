//! The rows of the Managers screen: people with their groups, or groups with their people.

use leptos::prelude::*;
use protocol::{ManagedGroup, ManagerBrief, ManagerName, ManagersOf, ManagersPage, UserStatus};

use super::{group_url, managed_url, only_manager, user_url};
use crate::components::avatar::avatar;
use crate::components::badge::{badge, status};
use crate::components::icon::sized;
use crate::components::number::number;
use crate::components::rows::{RowList, head, row};
use crate::pages::check::tags;
use crate::session::Session;
use crate::words::{counted_with, fill, say};

/// How many letters the names of groups take in a row.
const TAGS: usize = 44;

/// Everybody who manages a group.
pub fn people(session: Session, page: &ManagersPage) -> impl IntoView + use<> {
    let rows = page.managers.iter().enumerate();
    let rows = rows.map(|(place, manager)| row(place, person(session, manager)));
    let rows = rows.collect_view();
    view! {
        <RowList label=say("Who manages groups") class="managers-people" total=page.total>
            {head(&[
                (say("Name"), ""),
                (say("Status"), "c-status"),
                (say("Manages"), "num"),
                (say("Nobody else"), "c-alone"),
                (say("Groups"), "c-groups"),
            ])}
            {rows}
        </RowList>
    }
}

fn person(session: Session, manager: &ManagerBrief) -> impl IntoView + use<> {
    let user = &manager.user;
    let url = managed_url(session, ManagersOf::User(user.id.clone()));
    let label = counted_with(
        "{1} manages {0} group|{1} manages {0} groups",
        manager.manages.into(),
        &[&user.name],
    );
    let alone = (manager.alone > 0).then(|| {
        let title = say("Groups that would have no manager without this person");
        let text = fill("Only manager of {0}", &[&number(manager.alone)]);
        view! { <span title=title>{badge("warn", "#i-triangle", text)}</span> }
    });
    view! {
        <span class="cell" role="gridcell">
            {avatar(&user.name, "20", user.status != UserStatus::Active)}
            <a class="cell-link" tabindex="-1" href=user_url(session, &user.id)>{user.name.clone()}</a>
        </span>
        <span class="cell c-status" role="gridcell">{status(user.status)}</span>
        <span class="cell num" role="gridcell">
            <a class="cell-link" tabindex="-1" href=url aria-label=label>{number(manager.manages)}</a>
        </span>
        <span class="cell c-alone" role="gridcell">{alone}</span>
        <span class="cell c-groups" role="gridcell">{tags(&manager.groups, manager.manages, TAGS)}</span>
    }
}

/// Groups with those who manage them.
pub fn groups(session: Session, of: &ManagersOf, page: &ManagersPage) -> impl IntoView + use<> {
    let is_person = matches!(of, ManagersOf::User(_));
    let (label, who) = match of {
        ManagersOf::WithNone => (say("Groups without a manager"), say("Manager")),
        ManagersOf::WithOne => (say("Groups with one manager"), say("Manager")),
        _ => (say("Groups that this person manages"), say("Who else")),
    };
    let rows = page.groups.iter().enumerate();
    let rows = rows.map(|(place, group)| row(place, managed(session, group, is_person)));
    let rows = rows.collect_view();
    view! {
        <RowList label=label class="managers-groups" total=page.total>
            {head(&[(say("Group"), ""), (say("Direct"), "num c-direct"), (say("Total"), "num"), (who, "c-who")])}
            {rows}
        </RowList>
    }
}

fn managed(session: Session, group: &ManagedGroup, is_person: bool) -> impl IntoView + use<> {
    let url = group_url(session, &group.group.id);
    view! {
        <span class="cell" role="gridcell">
            {sized("#i-groups", "14")}
            <a class="cell-link medium" tabindex="-1" href=url>{group.group.name.clone()}</a>
        </span>
        <span class="num muted c-direct" role="gridcell">{number(group.direct)}</span>
        <span class="num" role="gridcell">{number(group.total)}</span>
        <span class="cell c-who" role="gridcell">{who(session, group, is_person)}</span>
    }
}

/// Who manages a group, or who else does, and a mark where that is nobody or one.
fn who(session: Session, group: &ManagedGroup, is_person: bool) -> AnyView {
    if group.managers == 0 {
        return view! {
            <span class="warn-mark">{sized("#i-key-off", "14")}</span>
            <span class="muted">{say("No manager")}</span>
        }
        .into_any();
    }
    let names = group.named.iter().map(|manager| name(session, manager));
    let others = group.managers as usize - usize::from(is_person);
    let more = others.saturating_sub(group.named.len());
    let more = (more > 0).then(|| {
        let text = fill("and {0} more", &[&number(more as u32)]);
        view! { <span class="muted">{text}</span> }
    });
    view! {
        {names.collect_view()}
        {more}
        {(group.managers == 1).then(only_manager)}
    }
    .into_any()
}

fn name(session: Session, manager: &ManagerName) -> impl IntoView + use<> {
    let off = manager.status != UserStatus::Active;
    view! {
        {avatar(&manager.name, "20", off)}
        <a class="cell-link" tabindex="-1" href=user_url(session, &manager.id)>{manager.name.clone()}</a>
        {off.then(|| status(manager.status))}
    }
}
