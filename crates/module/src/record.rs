//! Users, groups and paths as JavaScript sees them.

use membership::directory::Directory;
use membership::entity::{GroupIndex, UserIndex};
use membership::json::Json;

/// A user's record; what is missing is left out, but for the status and the custom fields, which may be empty.
pub fn user(json: &mut Json, directory: &Directory, user: UserIndex) {
    let (users, row) = (directory.users(), user.row());
    json.object().key("id").text(directory.user_id(user));
    json.known_text("username", users.username.get(row));
    json.known_text("email", users.email.get(row));
    json.known_text("firstName", users.first_name.get(row).as_deref());
    json.known_text("lastName", users.last_name.get(row).as_deref());
    json.known_text("language", users.language.get(row));
    json.known_text("timezone", users.timezone.get(row));
    json.known_instant("created", users.created.get(row));
    json.known_instant("modified", users.modified.get(row));
    json.known_instant("lastLogin", users.last_login.get(row));
    json.known_instant("expiry", users.expiry.get(row));
    json.key("status").status(users.status.get(row));
    json.key("custom").custom(&users.custom, row);
    json.end();
}

/// A group's record; what is missing is left out, but for the custom fields, which may be empty.
pub fn group(json: &mut Json, directory: &Directory, group: GroupIndex) {
    let (groups, row) = (directory.groups(), group.row());
    json.object().key("id").text(directory.group_id(group));
    json.known_text("name", groups.name.get(row));
    json.known_text("description", groups.description.get(row));
    json.known_text("type", groups.kind.get(row));
    json.known_instant("created", groups.created.get(row));
    json.known_instant("modified", groups.modified.get(row));
    json.key("custom").custom(&groups.custom, row);
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
