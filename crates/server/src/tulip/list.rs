//! The lists: which records they hold, by which filter, and their pages.

use membership::query::{Field, OrderTerm};
use serde_json::{Value, json};

use super::odata::{self, Grammar, Kind, Meaning};
use super::page;
use super::record::{self, ROLES};
use super::refusal::Refusal;
use super::{Call, group, ok, user};
use crate::reply::Reply;
use crate::store::{Condition, Exact, Store};
use crate::target::Target;

/// The filter of a group's users.
const OF_MEMBERS: Grammar = Grammar {
    fields: &[("userId", Kind::Text, Meaning::Is(Exact::Id))],
    joins: &["or"],
    records: None,
};
/// The filter of a user's groups.
const OF_USER_GROUPS: Grammar = Grammar {
    fields: &[("userGroupId", Kind::Text, Meaning::Is(Exact::Id))],
    joins: &["or"],
    records: None,
};
/// The filter of all groups.
const OF_GROUPS: Grammar = Grammar {
    fields: &[("id", Kind::Text, Meaning::Is(Exact::Id))],
    joins: &["or"],
    records: None,
};
/// The filter of all users. Roles, and whether an email is verified, no directory tells.
const OF_USERS: Grammar = Grammar {
    fields: &[
        ("id", Kind::Text, Meaning::Is(Exact::Id)),
        ("badgeId", Kind::Text, Meaning::Is(Exact::Username)),
        ("name/full", Kind::Text, Meaning::Is(Exact::FullName)),
        ("email/verified", Kind::Flag, Meaning::Untold),
        ("globalRoleId", Kind::Text, Meaning::Untold),
    ],
    joins: &["or", "and"],
    records: Some((
        "workspaceRoleAssignments",
        &[
            ("userRoleId", Kind::Text, Meaning::Untold),
            ("workspaceId", Kind::Text, Meaning::Untold),
        ],
    )),
};
/// The filter of all roles, none of which is custom.
const OF_ROLES: Grammar = Grammar {
    fields: &[("isCustom", Kind::Flag, Meaning::False)],
    joins: &[],
    records: None,
};

const BAD_USER_FILTER: &str = "users.invalidFilter";
const BAD_GROUP_FILTER: &str = "userGroups.invalidFilter";
const BAD_ROLE_FILTER: &str = "generic.invalidParams";

/// All users, active or archived.
pub(super) async fn users(store: &Store, call: &Call<'_>, target: &Target<'_>) -> Result<Reply, Refusal> {
    let scope = page::read(target)?;
    let mut terms = vec![Condition::Suspended(archived(target)?)];
    terms.extend(filter(target, &OF_USERS, BAD_USER_FILTER)?);
    if let Some(text) = search(target) {
        let fields = vec![Field::FullName, Field::Email, Field::Username];
        terms.push(Condition::Contains(fields, text.to_owned()));
    }
    let users = store.users_where(&Condition::All(terms), &by_id(), scope).await?;
    let items: Vec<Value> = users.items.iter().map(record::user).collect();
    Ok(ok(page::body(call, scope, users.total, &items)))
}

/// The users whom a group names.
pub(super) async fn members_of(
    store: &Store,
    call: &Call<'_>,
    target: &Target<'_>,
    id: &str,
) -> Result<Reply, Refusal> {
    let scope = page::read(target)?;
    let filter = filter(target, &OF_MEMBERS, BAD_USER_FILTER)?;
    let mut terms = vec![Condition::Stands(Field::DirectMemberOf, group(store, id).await?)];
    terms.extend(filter);
    let users = store.users_where(&Condition::All(terms), &by_id(), scope).await?;
    let items: Vec<Value> = users.items.iter().map(|user| json!({"userId": user.id})).collect();
    Ok(ok(page::body(call, scope, users.total, &items)))
}

/// All groups, none of which the directory knows to be archived.
pub(super) async fn groups(store: &Store, call: &Call<'_>, target: &Target<'_>) -> Result<Reply, Refusal> {
    let scope = page::read(target)?;
    let mut terms = Vec::new();
    if archived(target)? {
        terms.push(Condition::never());
    }
    terms.extend(filter(target, &OF_GROUPS, BAD_GROUP_FILTER)?);
    if let Some(text) = search(target) {
        terms.push(Condition::Contains(vec![Field::Name], text.to_owned()));
    }
    let groups = store.groups_where(&Condition::All(terms), &by_id(), scope).await?;
    let items: Vec<Value> = groups.items.iter().map(record::group).collect();
    Ok(ok(page::body(call, scope, groups.total, &items)))
}

/// The groups that name a user.
pub(super) async fn groups_of(store: &Store, call: &Call<'_>, target: &Target<'_>, id: &str) -> Result<Reply, Refusal> {
    let scope = page::read(target)?;
    let filter = filter(target, &OF_USER_GROUPS, BAD_GROUP_FILTER)?;
    let mut terms = vec![Condition::Stands(Field::HasDirectMember, user(store, id).await?)];
    terms.extend(filter);
    let groups = store.groups_where(&Condition::All(terms), &by_id(), scope).await?;
    let items: Vec<Value> = groups
        .items
        .iter()
        .map(|group| json!({"userGroupId": group.id}))
        .collect();
    Ok(ok(page::body(call, scope, groups.total, &items)))
}

/// The roles that are built in, whose names no directory knows, so that no search finds any.
pub(super) fn roles(call: &Call<'_>, target: &Target<'_>) -> Result<Reply, Refusal> {
    let scope = page::read(target)?;
    let archived = archived(target)?;
    let filter = filter(target, &OF_ROLES, BAD_ROLE_FILTER)?;
    let none = archived || search(target).is_some() || filter == Some(Condition::never());
    let roles = if none { &[] } else { &ROLES[..] };
    let (skip, take) = (scope.offset as usize, scope.limit as usize);
    let items: Vec<Value> = roles
        .iter()
        .skip(skip)
        .take(take)
        .map(|role| record::role(role))
        .collect();
    Ok(ok(page::body(call, scope, roles.len() as i64, &items)))
}

/// Whether the archived ones are asked for, in place of the others.
fn archived(target: &Target<'_>) -> Result<bool, Refusal> {
    match target.last("archived") {
        None | Some("false") => Ok(false),
        Some("true") => Ok(true),
        Some(_) => Err(Refusal::wrong("`archived` must be `true` or `false`".to_owned())),
    }
}

fn search<'t>(target: &'t Target<'_>) -> Option<&'t str> {
    target.last("search").filter(|text| !text.is_empty())
}

/// The condition of the filter, if there is one that is not empty; `code` is that of its errors.
fn filter(target: &Target<'_>, grammar: &Grammar, code: &'static str) -> Result<Option<Condition>, Refusal> {
    let text = target.last("filter").filter(|text| !text.is_empty());
    let condition = text.map(|text| odata::parse(text, grammar)).transpose();
    condition.map_err(|message| Refusal::Wrong(code, message))
}

fn by_id() -> [OrderTerm; 1] {
    [OrderTerm {
        field: Field::Id,
        descending: false,
    }]
}
