//! The rows that only one side has, or of which the sides say something else.

use leptos::prelude::*;
use protocol::{CrossCheck, Difference, DifferenceKind, Entity, Subject};

use crate::components::icon::icon;
use crate::components::rows::{RowList, head, row};
use crate::notice::verify as words;
use crate::number::grouped;
use crate::pages::check::group_url;
use crate::route::Screen;
use crate::session::Session;
use crate::words::{fill, key, say};

const OF_USERS: [(&str, &str); 3] = [(key("Name"), ""), (key("Username"), "c-user"), (key("Difference"), "")];
/// Groups have no username.
const OF_GROUPS: [(&str, &str); 2] = [(key("Name"), ""), (key("Difference"), "")];

/// The first of the rows that differ.
pub fn differences(session: Session, found: &CrossCheck, subject: &Subject) -> impl IntoView + use<> {
    let total = found.only_here + found.only_there + found.otherwise;
    let is_check = matches!(subject, Subject::Check(_));
    let (class, columns): (_, &[_]) = match subject {
        Subject::Users(_) => ("differences", &OF_USERS),
        Subject::User(_) | Subject::Check(_) => ("differences groups", &OF_GROUPS),
    };
    let rows = found
        .differences
        .iter()
        .enumerate()
        .map(|(place, difference)| row(place, cells(session, difference, is_check)));
    let rows = rows.collect_view();
    let shown = found.differences.len();
    let cut = (shown < total as usize).then(|| {
        view! { <p class="muted t12">{fill("The first {0} of {1}.", &[&grouped(shown as u64), &grouped(u64::from(total))])}</p> }
    });
    let said: Vec<_> = columns.iter().map(|&(name, class)| (say(name), class)).collect();
    view! {
        <div class="card">
            <RowList label=say("Rows that differ") class=class total=total>
                {head(&said)}
                {rows}
            </RowList>
        </div>
        {cut}
    }
}

fn cells(session: Session, difference: &Difference, is_check: bool) -> impl IntoView + use<> {
    let says = words::difference(difference.kind, is_check);
    let drawn = match difference.kind {
        DifferenceKind::OnlyThere => icon("#i-plus"),
        DifferenceKind::OnlyHere => icon("#i-minus"),
        DifferenceKind::ManagerHere | DifferenceKind::ManagerThere => icon("#i-key"),
    };
    let name = difference.name.name.clone();
    let url = difference.is_known.then(|| url(session, difference));
    let named = match url {
        Some(url) => {
            view! { <a class="cell-link" tabindex="-1" href=url title=name.clone()>{name.clone()}</a> }.into_any()
        }
        None => view! { <span class="cell-text" title=name.clone()>{name.clone()}</span> }.into_any(),
    };
    let detail = difference.name.detail.clone();
    let username = (difference.entity == Entity::User).then(|| {
        view! { <span class="mono soft cell-text c-user" role="gridcell" title=detail.clone()>{detail.clone()}</span> }
    });
    let stranger = (!difference.is_known).then(|| [", ", say("and not in the directory that is open")].concat());
    view! {
        <span class="cell" role="gridcell">{named}</span>
        {username}
        <span class="cell c-how" role="gridcell">{drawn} <span>{says} {stranger}</span></span>
    }
}

fn url(session: Session, difference: &Difference) -> String {
    let id = &difference.name.id;
    match difference.entity {
        Entity::Group => group_url(session)(id),
        Entity::User => session.url(Screen::User {
            id: id.clone(),
            groups: Vec::new(),
        }),
    }
}
