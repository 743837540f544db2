//! The records of users and groups as JavaScript sees them.

use membership::directory::{CustomColumns, Directory, InstantColumn};
use membership::entity::{CustomRef, GroupIndex, UserIndex};
use membership::instant;

use crate::json::Json;

/// A user's record; what is missing is left out, but for the status and the custom fields, which may be empty.
pub fn user(json: &mut Json, directory: &Directory, user: UserIndex) {
    let (users, row) = (directory.users(), user.row());
    json.inner(|json| {
        json.key("id").text(directory.user_id(user));
        json.optional("username", users.username.get(row));
        json.optional("email", users.email.get(row));
        json.optional("firstName", users.first_name.get(row));
        json.optional("lastName", users.last_name.get(row));
        json.optional("language", users.language.get(row));
        json.optional("timezone", users.timezone.get(row));
        date(json, "created", &users.created, row);
        date(json, "modified", &users.modified, row);
        date(json, "lastLogin", &users.last_login, row);
        date(json, "expiry", &users.expiry, row);
        let status = users.status.get(row);
        let flags = [
            ("suspended", status.suspended),
            ("locked", status.locked),
            ("passwordResetRequired", status.password_reset_required),
        ];
        json.key("status").inner(|json| {
            for (key, flag) in flags {
                if let Some(flag) = flag {
                    json.key(key).boolean(flag);
                }
            }
        });
        custom(json, &users.custom, row);
    });
}

/// A group's record; what is missing is left out, but for the custom fields, which may be empty.
pub fn group(json: &mut Json, directory: &Directory, group: GroupIndex) {
    let (groups, row) = (directory.groups(), group.row());
    json.inner(|json| {
        json.key("id").text(directory.group_id(group));
        json.optional("name", groups.name.get(row));
        json.optional("description", groups.description.get(row));
        json.optional("type", groups.kind.get(row));
        date(json, "created", &groups.created, row);
        date(json, "modified", &groups.modified, row);
        custom(json, &groups.custom, row);
    });
}

fn date(json: &mut Json, key: &str, column: &InstantColumn, row: u32) {
    if let Some(instant) = column.get(row) {
        json.key(key).text(&instant::format(instant));
    }
}

fn custom(json: &mut Json, columns: &CustomColumns, row: u32) {
    json.key("custom").inner(|json| {
        for (name, value) in columns.row(row) {
            json.key(name);
            match value {
                CustomRef::Text(text) => json.text(text),
                CustomRef::Number(number) => json.number(number),
                CustomRef::Boolean(value) => json.boolean(value),
            }
        }
    });
}
