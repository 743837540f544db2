//! The documented models of a user and of a group: what is known of them, and nothing else.

use membership::directory::{CustomColumns, Directory};
use membership::entity::{GroupIndex, Status, UserIndex};
use membership::instant;
use membership::json::Json;

/// Writes a user. Cost: O(length of the record + custom fields of the directory).
pub(super) fn user(json: &mut Json, directory: &Directory, user: UserIndex) {
    let (users, row) = (directory.users(), user.row());
    json.object().known_text("id", Some(directory.user_id(user)));
    json.known_text("username", users.username.get(row));
    json.known_text("email", users.email.get(row));
    json.known_text("firstName", users.first_name.get(row).as_deref());
    json.known_text("lastName", users.last_name.get(row).as_deref());
    json.known_text("timezone", users.timezone.get(row));
    json.known_text("language", users.language.get(row));
    custom(json, &users.custom, row);
    let status = users.status.get(row);
    if status != Status::default() {
        json.key("status").status(status);
    }
    date(json, "created", users.created.get(row));
    date(json, "modified", users.modified.get(row));
    date(json, "lastLogin", users.last_login.get(row));
    date(json, "expiry", users.expiry.get(row));
    json.end();
}

/// Writes a group; its counts are those of direct users and direct children. Cost: as [`user`].
pub(super) fn group(json: &mut Json, directory: &Directory, group: GroupIndex) {
    let (groups, row) = (directory.groups(), group.row());
    json.object().known_text("id", Some(directory.group_id(group)));
    json.known_text("name", groups.name.get(row));
    json.known_text("description", groups.description.get(row));
    json.known_text("type", groups.kind.get(row));
    json.key("userCount").number(directory.direct_count(group).into());
    let children = directory.hierarchy().children(group);
    json.key("childGroupCount").number(children.len() as u64);
    custom(json, &groups.custom, row);
    date(json, "created", groups.created.get(row));
    date(json, "modified", groups.modified.get(row));
    json.end();
}

fn custom(json: &mut Json, columns: &CustomColumns, row: u32) {
    if columns.row(row).next().is_some() {
        json.key("custom").custom(columns, row);
    }
}

/// An instant as the vendor writes it: in UTC and always with milliseconds.
fn date(json: &mut Json, key: &str, instant: Option<i64>) {
    let Some(instant) = instant else { return };
    let mut text = instant::format(instant);
    if !text.contains('.') {
        text.truncate(text.len() - 1);
        text.push_str(".000Z");
    }
    json.key(key).text(&text);
}
