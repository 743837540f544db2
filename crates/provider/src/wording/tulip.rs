//! In Tulip's words, which know ids, one search, no nesting and no order.

use membership::directory::Directory;
use membership::entity::{GroupIndex, Standing};
use membership::query::Field;

use super::term::{Says, Term, terms};
use super::{Check, GroupList, Lack, PAGE, Reads, UserList, View, Wording, inherits, nests};
use crate::{Request, Url};

const USERS: &str = "/api/users/v1/users";
const GROUPS: &str = "/api/users/v1/user-groups";

pub(super) fn wording(directory: &Directory, view: &View<'_>) -> Wording {
    match *view {
        View::Users(list) => users(directory, &list),
        View::GroupsOf(user) => {
            let url = Url::new(USERS).segment(directory.user_id(user)).literal("/user-groups");
            let nesting = inherits(directory, user).then_some(Lack::Nesting);
            Wording::lacking(page(url), nesting.into_iter().collect())
        }
        View::User(user) => Wording::exact(Url::new(USERS).segment(directory.user_id(user)).get()),
        View::Check(check) => checked(directory, &check),
        View::Groups(list) => groups(&list),
        View::Group(group) => Wording::exact(Url::new(GROUPS).segment(directory.group_id(group)).get()),
    }
}

fn page(url: Url) -> Request {
    url.parameter("limit", PAGE).get()
}

fn users(directory: &Directory, list: &UserList<'_>) -> Wording {
    let mut terms = terms(directory, list.query);
    let mut lacks = Vec::new();
    let in_group = list.group.map(|group| (group, list.include_inherited));
    let in_group = in_group.or_else(|| take_group(&mut terms));
    let request = match in_group {
        Some((group, include_inherited)) => {
            if include_inherited && nests(directory, group) {
                lacks.push(Lack::Nesting);
            }
            if !list.q.is_empty() {
                lacks.push(Lack::Search);
            }
            page(Url::new(GROUPS).segment(directory.group_id(group)).literal("/users"))
        }
        None => everybody(directory, list, &mut terms, &mut lacks),
    };
    if !list.excluded.is_empty() {
        lacks.push(Lack::Excluded);
    }
    if !terms.is_empty() {
        lacks.push(Lack::Conditions(
            terms.iter().map(|term| term.expr.to_string()).collect(),
        ));
    }
    let by_id = list
        .terms
        .first()
        .is_some_and(|term| term.field == Field::Id && !term.descending);
    if !by_id {
        lacks.push(Lack::Order);
    }
    Wording::lacking(request, lacks)
}

/// Takes the condition out that a path can say.
fn take_group(terms: &mut Vec<Term<'_>>) -> Option<(GroupIndex, bool)> {
    let group = |says| match says {
        Says::MemberOf { group, directly } => Some((group, !directly)),
        Says::Administrator(group) => Some((group, true)),
        _ => None,
    };
    let place = terms.iter().position(|term| group(term.says).is_some())?;
    group(terms.remove(place).says)
}

/// All users: the archived ones, or the others.
fn everybody(directory: &Directory, list: &UserList<'_>, terms: &mut Vec<Term<'_>>, lacks: &mut Vec<Lack>) -> Request {
    let mut archived = None;
    terms.retain(|term| match term.says {
        Says::Suspended(is) if archived.is_none() => {
            archived = Some(is);
            false
        }
        _ => true,
    });
    let status = &directory.users().status;
    let is_suspended = |row| status.get(row).standing() == Standing::Suspended;
    if archived.is_none() && (0..directory.user_count()).any(is_suspended) {
        lacks.push(Lack::Suspended);
    }
    // The vendor searches the whole name: a text with a space in it may begin in one part and end in the other.
    if list.q.contains(char::is_whitespace) {
        lacks.push(Lack::Search);
    }
    let archived = if archived == Some(true) { "true" } else { "" };
    page(
        Url::new(USERS)
            .parameter("search", list.q)
            .parameter("archived", archived),
    )
}

/// Asks for one of the groups that name the user; `count` tells whether there is one.
fn checked(directory: &Directory, check: &Check<'_>) -> Wording {
    let known = check.groups.iter().map(|name| directory.find_group(name));
    let known: Vec<_> = known.collect();
    let is = check.groups.iter().zip(&known).map(|(name, group)| {
        let id = group.map_or(name.as_str(), |group| directory.group_id(group));
        ["userGroupId eq '", &id.replace('\'', "''"), "'"].concat()
    });
    let filter = is.collect::<Vec<_>>().join(" or ");
    let url = Url::new(USERS)
        .segment(directory.user_id(check.user))
        .literal("/user-groups");
    let nested = known.iter().flatten().any(|group| nests(directory, *group));
    Wording {
        reads: Reads::Count,
        ..Wording::lacking(
            url.parameter("filter", &filter).parameter("limit", "1").get(),
            nested.then_some(Lack::Nesting).into_iter().collect(),
        )
    }
}

fn groups(list: &GroupList<'_>) -> Wording {
    let mut lacks = Vec::new();
    if list.only.is_some() {
        lacks.push(Lack::Only);
    }
    lacks.push(Lack::Order);
    Wording::lacking(page(Url::new(GROUPS).parameter("search", list.find)), lacks)
}
