//! Changes that are only staged, and what each would do.

use leptos::prelude::*;
use protocol::{EntityName, GroupName, MoveRow};

use super::avatar::avatar;
use super::badge::status;
use super::button::IconButton;
use super::icon::sized;
use super::number::number;
use super::path::{Look, path};
use super::relation::rel_mark;
use super::rows::{RowList, head, row};
use crate::words::{fill, say, weave};

/// The number of a change: rows of the answer name the change that made them.
pub fn change_number(number: u32) -> impl IntoView {
    let number = number.to_string();
    let label = fill("Change {0}", &[&number]);
    view! {
        <span class="no" role="img" aria-label=label>
            {number}
        </span>
    }
}

/// One staged change, as it is listed.
pub struct Listed {
    /// Its number, from 1.
    pub number: u32,
    /// Its drawing.
    pub href: &'static str,
    /// What it does: a message about both names.
    pub act: &'static str,
    /// Who or what it is done to.
    pub subject: String,
    /// Whether that is an identifier rather than a name.
    pub is_identifier: bool,
    /// In which group.
    pub group: String,
    /// `danger`, `warn` or empty.
    pub tone: &'static str,
    /// What it would do alone.
    pub effect: String,
}

/// A row of the staged changes; `on_take_away` is told that it is not wanted any more.
pub fn listed(change: Listed, on_take_away: Callback<()>) -> impl IntoView {
    let label = fill("Take change {0} away", &[&change.number.to_string()]);
    let tone = (!change.tone.is_empty()).then_some(change.tone);
    let sign = match change.tone {
        "danger" => Some("#i-octagon"),
        "warn" => Some("#i-triangle"),
        _ => None,
    };
    let subject = view! { <b class=change.is_identifier.then_some("mono")>{change.subject}</b> }.into_any();
    let group = view! { <b>{change.group}</b> }.into_any();
    let act = weave(change.act, vec![subject, group]);
    view! {
        <li class="change" data-tone=tone.filter(|tone| *tone == "danger")>
            {change_number(change.number)}
            <div class="change-text">
                <div class="change-do">
                    {sized(change.href, "14")}
                    <span>{act}</span>
                </div>
                <small data-tone=tone>
                    {sign.map(|sign| sized(sign, "14"))}
                    <span>{change.effect}</span>
                </small>
            </div>
            <IconButton href="#i-x" label=label size="sm" on_press=on_take_away />
        </li>
    }
}

/// Numbers in a row; each leads to the part of the page that its id names, unless it is zero.
pub fn tally(items: [(u32, &'static str, &'static str); 6]) -> impl IntoView {
    let item = |(count, what, id): (u32, &'static str, &'static str)| {
        let inner = (view! { <b>{number(count)}</b> }, view! { <span>{what}</span> });
        if count == 0 {
            view! { <span class="tally-item" data-zero="">{inner}</span> }.into_any()
        } else {
            view! { <a class="tally-item" href=["#", id].concat()>{inner}</a> }.into_any()
        }
    };
    view! { <nav class="tally" aria-label=say("Impact")>{items.map(item).into_iter().collect_view()}</nav> }
}

/// The addresses of users and of groups by their ids.
pub struct Addresses<'a> {
    /// Of a user.
    pub user: &'a dyn Fn(&str) -> String,
    /// Of a group.
    pub group: &'a dyn Fn(&str) -> String,
}

/// Memberships that would come or, else, go, each with the way in; `more` stands below them.
pub fn moves(rows: &[MoveRow], comes: bool, addresses: &Addresses<'_>, more: Option<AnyView>) -> impl IntoView + use<> {
    let label = if comes {
        say("Memberships gained")
    } else {
        say("Memberships lost")
    };
    let drawn = rows.iter().enumerate().map(|(place, moved)| {
        let not_in = || view! { <span class="rel muted">{rel_mark("none", "")} {say("not in")}</span> };
        let way = || path(&moved.user, &moved.path, Look::Row, addresses.group);
        let (was, will) = if comes {
            (not_in().into_any(), way().into_any())
        } else {
            (way().into_any(), not_in().into_any())
        };
        let cells = view! {
            <span class="cell" role="gridcell" data-as="user">
                {avatar(&moved.user.name, "24", moved.user.status != protocol::UserStatus::Active)}
                <a class="cell-link truncate" tabindex="-1" href=(addresses.user)(&moved.user.id)>{moved.user.name.clone()}</a>
                {(moved.user.status != protocol::UserStatus::Active).then(|| status(moved.user.status))}
            </span>
            <span class="cell" role="gridcell" data-as="was" data-label=say("Before")>{was}</span>
            <span class="cell" role="gridcell" data-as="will" data-label=say("After")>{will}</span>
            <span class="cell num" role="gridcell" data-as="no">{change_number(moved.by)}</span>
        };
        row(place, cells)
    });
    let drawn = drawn.collect_view();
    let columns = [
        (say("User"), ""),
        (say("Before"), ""),
        (say("After"), ""),
        (say("By"), "num"),
    ];
    let class = if comes {
        "effects effects-gained"
    } else {
        "effects effects-lost"
    };
    view! {
        <div class="card">
            <RowList label=label class=class>{head(&columns)} {drawn}</RowList>
            {more}
        </div>
    }
}

/// Who would manage which group, or no longer.
pub fn managing(
    label: &'static str,
    rows: &[(EntityName, GroupName, u32)],
    addresses: &Addresses<'_>,
) -> impl IntoView + use<> {
    let drawn = rows.iter().enumerate().map(|(place, (user, group, by))| {
        let cells = view! {
            <span class="cell" role="gridcell" data-as="user">
                {avatar(&user.name, "24", false)}
                <a class="cell-link truncate" tabindex="-1" href=(addresses.user)(&user.id)>{user.name.clone()}</a>
            </span>
            <span class="cell" role="gridcell" data-as="group" data-label=say("Of")>
                <a class="cell-link truncate" tabindex="-1" href=(addresses.group)(&group.id)>{group.name.clone()}</a>
            </span>
            <span class="cell num" role="gridcell" data-as="no">{change_number(*by)}</span>
        };
        row(place, cells)
    });
    let drawn = drawn.collect_view();
    view! {
        <div class="card">
            <RowList label=label class="effects effects-managers">
                {head(&[(say("User"), ""), (say("Of"), ""), (say("By"), "num")])} {drawn}
            </RowList>
        </div>
    }
}
