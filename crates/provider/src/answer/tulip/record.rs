//! Users, user groups and roles as the vendor shows them, as far as a directory knows them; the rest is left out.

use membership::directory::{Directory, InstantColumn};
use membership::entity::{GroupIndex, UserIndex};
use membership::instant;

use super::select::full_name;
use membership::json::Json;

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

/// Writes a user.
pub(super) fn user(json: &mut Json, directory: &Directory, user: UserIndex) {
    let (users, row) = (directory.users(), user.row());
    json.object().key("id").text(directory.user_id(user));
    if let Some(name) = full_name(directory, row) {
        json.key("name").object().key("full").text(&name).end();
    }
    json.known_text("language", users.language.get(row));
    if let Some(address) = users.email.get(row) {
        json.key("email").object().key("address").text(address).end();
    }
    json.known_text("badgeId", users.username.get(row));
    stamp(json, "created", &users.created, row);
    stamp(json, "lastModified", &users.modified, row);
    json.end();
}

/// Writes a user group.
pub(super) fn group(json: &mut Json, directory: &Directory, group: GroupIndex) {
    let (groups, row) = (directory.groups(), group.row());
    json.object().key("id").text(directory.group_id(group));
    json.known_text("name", groups.name.get(row));
    json.known_text("description", groups.description.get(row));
    json.key("assignedUsersCount")
        .number(u64::from(directory.direct_count(group)));
    stamp(json, "created", &groups.created, row);
    stamp(json, "lastModified", &groups.modified, row);
    json.end();
}

/// Writes a role that is built in.
pub(super) fn role(json: &mut Json, id: &str) {
    json.object().key("id").text(id).key("isCustom").boolean(false).end();
}

/// When something was done; by whom no directory knows.
fn stamp(json: &mut Json, key: &str, column: &InstantColumn, row: u32) {
    if let Some(at) = column.get(row) {
        json.key(key).object().key("at").text(&instant::format(at)).end();
    }
}
