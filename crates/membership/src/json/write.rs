//! Writes the directory file: the compact form, one user or group a line, in the order of the facts.

use std::fmt::{self, Write};

use super::Json;
use crate::directory::{CustomColumns, Directory};
use crate::entity::{GroupIndex, UserIndex};

impl Directory {
    /// The directory file of the directory; read again it gives the same directory, without what could not be used.
    ///
    /// Cost: O(facts + text).
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut json = String::new();
        // Writing into a text cannot fail.
        let written = self.write_json(&mut json);
        debug_assert!(written.is_ok());
        json
    }

    /// Writes the directory file line by line, so that a large one need not be in memory at once.
    ///
    /// # Errors
    ///
    /// Those of the writer.
    ///
    /// Cost: O(facts + text).
    pub fn write_json(&self, out: &mut dyn Write) -> fmt::Result {
        let mut line = Json::default();
        out.write_str("{\"format\":\"rollcall/1\",\n\"users\":[")?;
        for user in self.all_users() {
            out.write_str(if user.row() == 0 { "\n" } else { ",\n" })?;
            self.write_user(user, &mut line);
            out.write_str(&line.take())?;
        }
        out.write_str("],\n\"groups\":[")?;
        for group in self.all_groups() {
            out.write_str(if group.row() == 0 { "\n" } else { ",\n" })?;
            self.write_group(group, &mut line);
            out.write_str(&line.take())?;
        }
        out.write_str("]}\n")
    }

    fn write_user(&self, user: UserIndex, json: &mut Json) {
        let (users, row) = (self.users(), user.row());
        json.object().key("id").text(self.user_id(user));
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
        let status = users.status.get(row);
        if status != Default::default() {
            json.key("status").status(status);
        }
        custom(json, &users.custom, row);
        json.end();
    }

    fn write_group(&self, group: GroupIndex, json: &mut Json) {
        let (groups, row) = (self.groups(), group.row());
        json.object().key("id").text(self.group_id(group));
        json.known_text("name", groups.name.get(row));
        json.known_text("description", groups.description.get(row));
        json.known_text("type", groups.kind.get(row));
        json.known_instant("created", groups.created.get(row));
        json.known_instant("modified", groups.modified.get(row));
        custom(json, &groups.custom, row);
        let members = self.direct_members(group).map(|(user, _)| self.user_id(user));
        ids(json, "members", &mut { members });
        let managers = self.direct_members(group).filter(|(_, is_manager)| *is_manager);
        ids(json, "managers", &mut managers.map(|(user, _)| self.user_id(user)));
        let children = self.hierarchy().children(group).iter();
        ids(json, "children", &mut children.map(|child| self.group_id(*child)));
        json.end();
    }
}

fn custom(json: &mut Json, columns: &CustomColumns, row: u32) {
    if columns.row(row).next().is_some() {
        json.key("custom").custom(columns, row);
    }
}

/// A list that is left out where it is empty.
fn ids(json: &mut Json, key: &str, ids: &mut dyn Iterator<Item = &str>) {
    let Some(first) = ids.next() else { return };
    json.key(key).list().text(first);
    ids.for_each(|id| _ = json.text(id));
    json.end_list();
}
