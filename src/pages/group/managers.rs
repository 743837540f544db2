//! Who manages a group, what else they manage, and whether that is enough.

use leptos::prelude::*;
use protocol::{GroupManager, GroupManagers, GroupManagersQuestion, ManagersOf, Topic, UserStatus};

use crate::components::avatar::avatar;
use crate::components::badge::{manager_badge, status};
use crate::components::button::{Button, ButtonLink, copy_text};
use crate::components::kept::Kept;
use crate::components::live::live;
use crate::components::notice::{Empty, Notice};
use crate::components::relation::why;
use crate::components::rows::{RowList, head, row};
use crate::notice::managers::{enough, unknown};
use crate::number::grouped;
use crate::pages::live::trouble;
use crate::pages::managers::{knows_managers, managed_url, only_manager, user_url};
use crate::route::{ManagersView, Screen};
use crate::session::Session;
use crate::words::{counted, fill, say};

/// The Managers tab of the group `chosen`.
pub fn managers(session: Session, chosen: Kept<Option<String>>) -> impl IntoView {
    let asked = session.ask(Topic::Managers, move || {
        chosen.get().map(|group| GroupManagersQuestion { group })
    });
    let problem = Kept::from(asked.problem);
    let content = move || {
        if !knows_managers(session) {
            let (title, text) = unknown();
            return Some(view! { <Empty title text /> }.into_any());
        }
        if problem.with(Option::is_some) {
            return Some(trouble(session, problem));
        }
        asked.answer.get().map(|told| sections(session, &told).into_any())
    };
    view! {
        <div class="scroll" role="tabpanel" id="panel-managers" aria-labelledby="tab-managers" tabindex="0">
            <div class="doc" data-pane="" aria-busy=move || asked.is_busy().then_some("true")>{live(content)}</div>
        </div>
    }
}

fn sections(session: Session, of: &GroupManagers) -> impl IntoView + use<> {
    let warning = enough(of).map(|(title, text)| view! { <Notice tone="warn" title text /> });
    let all = untrack(|| session.url(Screen::Managers(ManagersView::default())));
    let names: Vec<_> = of.managers.iter().map(|manager| handle(manager).to_owned()).collect();
    let copied = counted("{0} username|{0} usernames", names.len() as u64);
    let copy = move |()| {
        let says = fill("Copied {0}.", &[&copied]);
        copy_text(names.join("\n"), move || session.say(says));
    };
    let more = (of.total as usize).saturating_sub(of.managers.len()) as u64;
    let list = if of.total == 0 {
        let text = match of.direct {
            0 => say("It has no direct members who could.").to_owned(),
            direct => counted(
                "None of its {0} direct member does.|None of its {0} direct members does.",
                direct.into(),
            ),
        };
        let title = fill("Nobody manages {0}.", &[&of.group.name]);
        view! { <Empty size="sm" title text /> }.into_any()
    } else {
        table(session, of).into_any()
    };
    let below = of.child.as_ref().map(|child| {
        let name = &of.group.name;
        let text = fill(
            "Managing a group does not pass down: managers of {0} do not manage {1} for it.",
            &[name, &child.name],
        );
        view! { <p class="muted t12">{text}</p> }
    });
    view! {
        {warning}
        <section class="section" aria-labelledby="managers">
            <div class="section-head">
                <h2 id="managers">{say("Managers")}</h2>
                <span class="count">{grouped(of.total.into())}</span>
                <span class="note">{say("Direct members with the manager's mark in this group.")}</span>
                <span class="push row">
                    <ButtonLink text=say("Who manages what") href="#i-key" url=all />
                    {(of.total > 0).then(|| view! { <Button text=say("Copy usernames") href="#i-copy" on_press=copy /> })}
                </span>
            </div>
            <div class="card">{list}</div>
            {(more > 0).then(|| view! { <p class="muted t12">{fill("And {0} more.", &[&grouped(more)])}</p> })}
            {below}
        </section>
    }
}

fn table(session: Session, of: &GroupManagers) -> impl IntoView + use<> {
    let is_only = of.total == 1;
    let rows = of.managers.iter().enumerate();
    let rows = rows.map(|(place, manager)| row(place, cells(session, manager, is_only)));
    let rows = rows.collect_view();
    view! {
        <RowList label=fill("Managers of {0}", &[&of.group.name]) class="group-managers" total=of.total>
            {head(&[
                (say("Name"), ""),
                (say("Username"), "c-user"),
                (say("Status"), "c-status"),
                (say("Role"), ""),
                (say("Membership"), "c-rel"),
                (say("Also manages"), "c-others"),
            ])}
            {rows}
        </RowList>
    }
}

fn cells(session: Session, manager: &GroupManager, is_only: bool) -> impl IntoView + use<> {
    let user = &manager.user;
    let role = if is_only {
        only_manager().into_any()
    } else {
        manager_badge().into_any()
    };
    let others = match manager.others_total {
        0 => view! { <span class="muted">{say("Nothing else")}</span> }.into_any(),
        total => {
            let names: Vec<_> = manager.others.iter().map(|group| group.name.as_str()).collect();
            let url = managed_url(session, ManagersOf::User(user.id.clone()));
            view! {
                <a class="cell-link" tabindex="-1" href=url title=names.join(", ")>{counted("{0} other group|{0} other groups", total.into())}</a>
            }
            .into_any()
        }
    };
    view! {
        <span class="cell" role="gridcell">
            {avatar(&user.name, "20", user.status != UserStatus::Active)}
            <a class="cell-link" tabindex="-1" href=user_url(session, &user.id)>{user.name.clone()}</a>
        </span>
        <span class="mono soft cell-text c-user" role="gridcell" dir="ltr">{user.username.clone()}</span>
        <span class="cell c-status" role="gridcell">{status(user.status)}</span>
        <span class="cell" role="gridcell">{role}</span>
        <span class="cell c-rel" role="gridcell">{user.why.as_ref().map(|reason| why(reason, false))}</span>
        <span class="cell c-others" role="gridcell">{others}</span>
    }
}

/// What a user is told by where there is no username.
fn handle(manager: &GroupManager) -> &str {
    let user = &manager.user;
    let names = [&user.username, &user.email, &user.id];
    names
        .into_iter()
        .find(|name| !name.is_empty())
        .map_or("", String::as_str)
}
