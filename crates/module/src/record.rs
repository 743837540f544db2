//! Users, groups and paths as JavaScript sees them.

use membership::directory::{CustomColumns, Directory, InstantColumn};
use membership::entity::{CustomRef, GroupIndex, UserIndex};
use membership::instant;
use membership::json::Json;

/// A user's record; what is missing is left out, but for the status and the custom fields, which may be empty.
pub fn user(json: &mut Json, directory: &Directory, user: UserIndex) {
    let (users, row) = (directory.users(), user.row());
    json.object().key("id").text(directory.user_id(user));
    let texts = [
        ("username", &users.username),
        ("email", &users.email),
        ("firstName", &users.first_name),
        ("lastName", &users.last_name),
        ("language", &users.language),
        ("timezone", &users.timezone),
    ];
    for (key, column) in texts {
        json.known_text(key, column.get(row));
    }
    date(json, "created", &users.created, row);
    date(json, "modified", &users.modified, row);
    date(json, "lastLogin", &users.last_login, row);
    date(json, "expiry", &users.expiry, row);
    let status = users.status.get(row);
    json.key("status").object();
    json.known_boolean("suspended", status.suspended);
    json.known_boolean("locked", status.locked);
    json.known_boolean("passwordResetRequired", status.password_reset_required);
    json.end();
    custom(json, &users.custom, row);
    json.end();
}

/// A group's record; what is missing is left out, but for the custom fields, which may be empty.
pub fn group(json: &mut Json, directory: &Directory, group: GroupIndex) {
    let (groups, row) = (directory.groups(), group.row());
    json.object().key("id").text(directory.group_id(group));
    json.known_text("name", groups.name.get(row));
    json.known_text("description", groups.description.get(row));
    json.known_text("type", groups.kind.get(row));
    date(json, "created", &groups.created, row);
    date(json, "modified", &groups.modified, row);
    custom(json, &groups.custom, row);
    json.end();
}

/// A list of the ids of groups.
pub fn group_ids(json: &mut Json, directory: &Directory, groups: &[GroupIndex]) {
    json.list();
    for group in groups {
        json.text(directory.group_id(*group));
    }
    json.end_list();
}

/// A list of paths, or of cycles, each a list of the ids of groups.
pub fn paths(json: &mut Json, directory: &Directory, paths: &[Vec<GroupIndex>]) {
    json.list();
    for path in paths {
        group_ids(json, directory, path);
    }
    json.end_list();
}

fn date(json: &mut Json, key: &str, column: &InstantColumn, row: u32) {
    if let Some(instant) = column.get(row) {
        json.key(key).text(&instant::format(instant));
    }
}

fn custom(json: &mut Json, columns: &CustomColumns, row: u32) {
    json.key("custom").object();
    for (name, value) in columns.row(row) {
        match value {
            CustomRef::Text(text) => json.key(name).text(text),
            CustomRef::Boolean(value) => json.key(name).boolean(value),
            CustomRef::Number(number) if number.is_finite() => json.key(name).literal(&number.to_string()),
            // JSON has no word for it.
            CustomRef::Number(_) => continue,
        };
    }
    json.end();
}
