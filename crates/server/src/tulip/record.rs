//! Users, user groups and roles as the vendor shows them, as far as the directory knows them; the rest is left out.

use membership::instant;
use serde_json::{Map, Value, json};

use crate::store::{Group, User};

/// The roles that every instance has, by id. What they are called is not documented, and custom ones no directory knows.
pub(super) const ROLES: [&str; 14] = [
    "admin",
    "apps-admin",
    "apps-approver-admin",
    "apps-builder-admin",
    "connectors-admin",
    "operator",
    "operator-with-registration",
    "owner",
    "shop-floor-admin",
    "shop-floor-operator",
    "tables-admin",
    "viewer",
    "viewer-with-player",
    "workspace-owner",
];

/// A user.
pub(super) fn user(user: &User) -> Value {
    let names = [&user.first_name, &user.last_name].into_iter().flatten();
    let names: Vec<&str> = names.map(String::as_str).filter(|name| !name.is_empty()).collect();
    let full = (!names.is_empty()).then(|| json!({"full": names.join(" ")}));
    known([
        ("id", Some(json!(user.id))),
        ("name", full),
        ("language", user.language.as_ref().map(|language| json!(language))),
        ("email", user.email.as_ref().map(|address| json!({"address": address}))),
        ("badgeId", user.username.as_ref().map(|username| json!(username))),
        ("created", user.created.map(stamp)),
        ("lastModified", user.modified.map(stamp)),
    ])
}

/// A user group, with how many users it names.
pub(super) fn group(group: &Group) -> Value {
    known([
        ("id", Some(json!(group.id))),
        ("name", group.name.as_ref().map(|name| json!(name))),
        (
            "description",
            group.description.as_ref().map(|description| json!(description)),
        ),
        ("assignedUsersCount", Some(json!(group.user_count))),
        ("created", group.created.map(stamp)),
        ("lastModified", group.modified.map(stamp)),
    ])
}

/// A role that is built in.
pub(super) fn role(id: &str) -> Value {
    json!({"id": id, "isCustom": false})
}

/// When something was done; by whom no directory knows.
fn stamp(at: i64) -> Value {
    json!({"at": instant::format(at)})
}

fn known<const N: usize>(fields: [(&str, Option<Value>); N]) -> Value {
    let known = fields
        .into_iter()
        .filter_map(|(key, value)| Some((key.to_owned(), value?)));
    Value::Object(known.collect::<Map<_, _>>())
}
