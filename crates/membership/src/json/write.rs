//! Writes the directory file: the compact form, one user or group a line, in the order of the facts.

use std::fmt::{self, Write};

use crate::directory::Directory;
use crate::directory::{CustomColumns, InstantColumn};
use crate::entity::{CustomRef, GroupIndex, UserIndex};
use crate::instant;

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

    /// Writes the directory file piece by piece, so that a large one need not be in memory at once.
    ///
    /// # Errors
    ///
    /// Those of the writer.
    ///
    /// Cost: O(facts + text).
    pub fn write_json(&self, out: &mut dyn Write) -> fmt::Result {
        out.write_str("{\"format\":\"rollcall/1\",\n\"users\":[")?;
        for user in self.all_users() {
            out.write_str(if user.row() == 0 { "\n" } else { ",\n" })?;
            self.write_user(user, &mut Object::open(out)?)?;
        }
        out.write_str("],\n\"groups\":[")?;
        for group in self.all_groups() {
            out.write_str(if group.row() == 0 { "\n" } else { ",\n" })?;
            self.write_group(group, &mut Object::open(out)?)?;
        }
        out.write_str("]}\n")
    }

    fn write_user(&self, user: UserIndex, object: &mut Object<'_>) -> fmt::Result {
        let (users, row) = (self.users(), user.row());
        object.text("id", Some(self.user_id(user)))?;
        object.text("username", users.username.get(row))?;
        object.text("email", users.email.get(row))?;
        object.text("firstName", users.first_name.get(row))?;
        object.text("lastName", users.last_name.get(row))?;
        object.text("language", users.language.get(row))?;
        object.text("timezone", users.timezone.get(row))?;
        object.instant("created", &users.created, row)?;
        object.instant("modified", &users.modified, row)?;
        object.instant("lastLogin", &users.last_login, row)?;
        object.instant("expiry", &users.expiry, row)?;
        let status = users.status.get(row);
        let flags = [
            ("suspended", status.suspended),
            ("locked", status.locked),
            ("passwordResetRequired", status.password_reset_required),
        ];
        if flags.iter().any(|(_, flag)| flag.is_some()) {
            object.key("status")?;
            let mut nested = Object::open(object.out)?;
            for (key, flag) in flags {
                nested.boolean(key, flag)?;
            }
            nested.close()?;
        }
        object.custom(&users.custom, row)?;
        object.close()
    }

    fn write_group(&self, group: GroupIndex, object: &mut Object<'_>) -> fmt::Result {
        let (groups, row) = (self.groups(), group.row());
        object.text("id", Some(self.group_id(group)))?;
        object.text("name", groups.name.get(row))?;
        object.text("description", groups.description.get(row))?;
        object.text("type", groups.kind.get(row))?;
        object.instant("created", &groups.created, row)?;
        object.instant("modified", &groups.modified, row)?;
        object.custom(&groups.custom, row)?;
        object.ids(
            "members",
            self.direct_members(group).map(|(user, _)| self.user_id(user)),
        )?;
        let managers = self.direct_members(group).filter(|(_, is_manager)| *is_manager);
        object.ids("managers", managers.map(|(user, _)| self.user_id(user)))?;
        object.ids(
            "children",
            self.hierarchy()
                .children(group)
                .iter()
                .map(|child| self.group_id(*child)),
        )?;
        object.close()
    }
}

/// An object that is being written; what is missing is left out.
struct Object<'o> {
    out: &'o mut dyn Write,
    is_empty: bool,
}

impl<'o> Object<'o> {
    fn open(out: &'o mut dyn Write) -> Result<Self, fmt::Error> {
        out.write_char('{')?;
        Ok(Self { out, is_empty: true })
    }

    fn close(&mut self) -> fmt::Result {
        self.out.write_char('}')
    }

    fn key(&mut self, key: &str) -> fmt::Result {
        if !std::mem::take(&mut self.is_empty) {
            self.out.write_char(',')?;
        }
        quote(self.out, key)?;
        self.out.write_char(':')
    }

    fn text(&mut self, key: &str, value: Option<&str>) -> fmt::Result {
        let Some(value) = value else { return Ok(()) };
        self.key(key)?;
        quote(self.out, value)
    }

    fn boolean(&mut self, key: &str, value: Option<bool>) -> fmt::Result {
        let Some(value) = value else { return Ok(()) };
        self.key(key)?;
        self.out.write_str(if value { "true" } else { "false" })
    }

    fn instant(&mut self, key: &str, column: &InstantColumn, row: u32) -> fmt::Result {
        let value = column.get(row).map(instant::format);
        self.text(key, value.as_deref())
    }

    fn custom(&mut self, columns: &CustomColumns, row: u32) -> fmt::Result {
        let mut values = columns.row(row).peekable();
        if values.peek().is_none() {
            return Ok(());
        }
        self.key("custom")?;
        let mut nested = Object::open(self.out)?;
        for (key, value) in values {
            match value {
                CustomRef::Text(text) => nested.text(key, Some(text))?,
                CustomRef::Boolean(value) => nested.boolean(key, Some(value))?,
                CustomRef::Number(number) if number.is_finite() => {
                    nested.key(key)?;
                    write!(nested.out, "{number}")?;
                }
                // JSON has no word for it.
                CustomRef::Number(_) => {}
            }
        }
        nested.close()
    }

    fn ids<'i>(&mut self, key: &str, ids: impl Iterator<Item = &'i str>) -> fmt::Result {
        let mut ids = ids.peekable();
        if ids.peek().is_none() {
            return Ok(());
        }
        self.key(key)?;
        let mut before = '[';
        for id in ids {
            self.out.write_char(std::mem::replace(&mut before, ','))?;
            quote(self.out, id)?;
        }
        self.out.write_char(']')
    }
}

/// A text between quotes. Cost: O(length).
pub(crate) fn quoted(text: &str) -> String {
    let mut json = String::new();
    // Writing into a text cannot fail.
    let written = quote(&mut json, text);
    debug_assert!(written.is_ok());
    json
}

/// Writes a text as JSON does: between quotes, with escapes for what cannot stand there.
///
/// # Errors
/// Those of the writer. Cost: O(length).
pub fn quote(out: &mut dyn Write, text: &str) -> fmt::Result {
    out.write_char('"')?;
    let mut rest = text;
    while let Some(at) = rest.find(|char| matches!(char, '"' | '\\' | '\0'..=' ') && char != ' ') {
        let (plain, special) = rest.split_at_checked(at).unwrap_or((rest, ""));
        out.write_str(plain)?;
        let mut chars = special.chars();
        match chars.next() {
            Some('\n') => out.write_str("\\n")?,
            Some('\r') => out.write_str("\\r")?,
            Some('\t') => out.write_str("\\t")?,
            Some(char @ ('"' | '\\')) => write!(out, "\\{char}")?,
            Some(char) => write!(out, "\\u{:04x}", u32::from(char))?,
            None => {}
        }
        rest = chars.as_str();
    }
    out.write_str(rest)?;
    out.write_char('"')
}
