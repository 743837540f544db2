//! In Passbolt's words, which know managers and filters that all have to hold, but no nesting.

use membership::directory::Directory;
use membership::entity::{GroupIndex, UserIndex};
use membership::query::{Field, OrderTerm};

use super::term::{Says, terms};
use super::{Check, GroupList, GroupOrder, Lack, PAGE, Reads, UserList, View, Wording, inherits, nests};
use crate::answer::{passbolt_group, passbolt_user};
use crate::{Request, Url};

/// The longest text that can be searched for, in characters.
const SEARCH: usize = 64;

pub(super) fn wording(directory: &Directory, view: &View<'_>) -> Wording {
    match *view {
        View::Users(list) => users(directory, &list),
        View::GroupsOf(user) => {
            let nesting = inherits(directory, user).then_some(Lack::Nesting);
            Wording::lacking(groups_of(directory, user), nesting.into_iter().collect())
        }
        View::User(user) => Wording::exact(record("/users", &passbolt_user(directory, user))),
        View::Check(check) => checked(directory, &check),
        View::Groups(list) => groups(&list),
        View::Group(group) => Wording::exact(record("/groups", &passbolt_group(directory, group))),
    }
}

fn record(path: &str, id: &str) -> Request {
    Url::new(path).segment(id).literal(".json").get()
}

fn users(directory: &Directory, list: &UserList<'_>) -> Wording {
    let mut lacks = Vec::new();
    let mut url = Url::new("/users.json");
    let (mut within, mut left): (Vec<GroupIndex>, Vec<String>) = (Vec::new(), Vec::new());
    let mut nested = false;
    let mut is_in = |group, include_inherited| {
        nested |= include_inherited && nests(directory, group);
        within.push(group);
    };
    if let Some(group) = list.group {
        is_in(group, list.include_inherited);
    }
    let (mut administrators, mut suspended) = (false, None);
    for term in terms(directory, list.query) {
        match term.says {
            Says::MemberOf { group, directly } => is_in(group, !directly),
            Says::Administrator(_) => administrators = true,
            Says::Suspended(is) if suspended.is_none_or(|other| other == is) => suspended = Some(is),
            _ => left.push(term.expr.to_string()),
        }
    }
    let within: Vec<_> = within.iter().map(|group| passbolt_group(directory, *group)).collect();
    url = url.parameter("filter[has-groups]", &within.join(","));
    url = url.parameter("filter[is-admin]", if administrators { "1" } else { "" });
    url = match suspended {
        Some(true) => url.parameter("filter[is-active]", "0"),
        Some(false) => url.parameter("filter[is-active]", "1"),
        None => url,
    };
    if (1..=SEARCH).contains(&list.q.chars().count()) {
        url = url.parameter("filter[search]", list.q);
    }
    let sorted = sorts(list.terms);
    for (field, direction) in sorted.iter().flatten() {
        url = url.parameter(field, direction);
    }
    let lack = [
        (nested, Lack::Nesting),
        (!list.excluded.is_empty(), Lack::Excluded),
        (!left.is_empty(), Lack::Conditions(left)),
        (!list.q.is_empty(), Lack::Search),
        (sorted.is_none(), Lack::Order),
    ];
    lacks.extend(lack.into_iter().filter_map(|(holds, lack)| holds.then_some(lack)));
    Wording::lacking(url.parameter("limit", PAGE).parameter("page", "1").get(), lacks)
}

/// What users are sorted by, if the vendor sorts by all of it.
fn sorts(terms: &[OrderTerm]) -> Option<Vec<(&'static str, &'static str)>> {
    let sort = |term: &OrderTerm| {
        let field = match term.field {
            Field::Username => "sort[Users.username]",
            Field::Created => "sort[Users.created]",
            Field::Modified => "sort[Users.modified]",
            Field::LastLogin => "sort[Users.last_logged_in]",
            Field::FirstName => "sort[Profiles.first_name]",
            Field::LastName => "sort[Profiles.last_name]",
            _ => return None,
        };
        Some((field, if term.descending { "desc" } else { "asc" }))
    };
    terms.iter().map(sort).collect()
}

/// All groups that name a user: they are never sent in pages.
fn groups_of(directory: &Directory, user: UserIndex) -> Request {
    Url::new("/groups.json")
        .parameter("filter[has-users]", &passbolt_user(directory, user))
        .parameter("order[]", "Group.name")
        .get()
}

/// Filters all have to hold, so one of some groups cannot be asked for: whoever asks looks for them among all.
fn checked(directory: &Directory, check: &Check<'_>) -> Wording {
    let known = check.groups.iter().filter_map(|name| directory.find_group(name));
    let known: Vec<_> = known.collect();
    let nested = known.iter().any(|group| nests(directory, *group));
    Wording {
        reads: Reads::Among(known.iter().map(|group| passbolt_group(directory, *group)).collect()),
        ..Wording::lacking(
            groups_of(directory, check.user),
            nested.then_some(Lack::Nesting).into_iter().collect(),
        )
    }
}

fn groups(list: &GroupList<'_>) -> Wording {
    let lack = [
        (!list.find.is_empty(), Lack::Search),
        (list.only.is_some(), Lack::Only),
        (list.order != GroupOrder::Name, Lack::Order),
    ];
    let lacks = lack.into_iter().filter_map(|(holds, lack)| holds.then_some(lack));
    let url = Url::new("/groups.json").parameter("order[]", "Group.name");
    Wording::lacking(url.get(), lacks.collect())
}
