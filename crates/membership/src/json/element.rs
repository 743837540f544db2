//! The elements of the lists of a directory file: users, groups, memberships and nestings.

mod list;
mod shape;

use std::borrow::Cow;

use super::cursor::{Cursor, Read, Value};
use super::{MAX_ID, line_breaks};
use crate::directory::{Builder, Named, Place, TooLarge, Unused, UnusedReason};
use crate::entity::{CustomValue, GroupRecord, Status, UserRecord};
use crate::text::is_equal;
use crate::{instant, number};
pub(super) use shape::Shape;

/// What the file says, on one line and cut to 120 characters. Cost: O(1).
#[must_use]
pub fn excerpt(text: &str) -> String {
    const LENGTH: usize = 120;
    // Ten times the length is enough to find that many characters among the indentation of one element.
    let start: String = text.chars().take(LENGTH * 10).collect();
    let line = start.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= LENGTH && start.len() == text.len() {
        return line;
    }
    line.chars().take(LENGTH - 1).chain(['…']).collect()
}

/// A value, and where it stands in the text.
#[derive(Clone, Copy, Default)]
struct Field<'a> {
    at: usize,
    value: Value<'a>,
}

impl<'a> Field<'a> {
    fn read(cursor: &mut Cursor<'a>) -> Read<Self> {
        cursor.peek();
        Ok(Self {
            at: cursor.at(),
            value: cursor.value()?,
        })
    }

    /// An id: text, or an integer as its decimal text; not empty.
    fn id(self) -> Option<Cow<'a, str>> {
        let id = match self.value {
            Value::Text(text) => text.decode(),
            Value::Number("-0") => Cow::Borrowed("0"),
            Value::Number(number) if !number.bytes().any(|byte| matches!(byte, b'.' | b'e' | b'E')) => {
                Cow::Borrowed(number)
            }
            _ => return None,
        };
        Some(id).filter(|id| !id.is_empty() && id.len() <= MAX_ID)
    }
}

/// What is read of an element of each list.
const USER: [&str; 13] = [
    "id",
    "username",
    "email",
    "firstName",
    "lastName",
    "language",
    "timezone",
    "created",
    "modified",
    "lastLogin",
    "expiry",
    "status",
    "custom",
];
const GROUP: [&str; 10] = [
    "id",
    "name",
    "description",
    "type",
    "created",
    "modified",
    "custom",
    "members",
    "managers",
    "children",
];
const MEMBERSHIP: [&str; 3] = ["group", "user", "isAdmin"];
const NESTING: [&str; 2] = ["parent", "child"];

/// Takes over one element at a time; each is read to its end before any of it is told to the builder, so that an
/// element whose end is in the next piece can be read again.
pub(super) struct Sink<'s, 'b> {
    builder: &'b mut Builder,
    shape: &'b mut Shape,
    text: &'s str,
    start: usize,
    line: u32,
    /// A place whose line is known, from which the next is counted.
    known: (usize, u32),
    /// What the element is, for sentences.
    what: &'static str,
}

/// The builder may be full.
type Added = Result<(), TooLarge>;

impl<'s, 'b> Sink<'s, 'b> {
    pub fn new(builder: &'b mut Builder, shape: &'b mut Shape, text: &'s str, start: usize, line: u32) -> Self {
        Self {
            builder,
            shape,
            text,
            start,
            line,
            known: (start, line),
            what: "user",
        }
    }

    /// Reads a user. Cost: O(length).
    pub fn user(&mut self, cursor: &mut Cursor<'s>) -> Read<Added> {
        let mut fields = [Field::default(); USER.len()];
        self.shape.read(cursor, &USER, &mut fields)?;
        let [
            id,
            username,
            email,
            first_name,
            last_name,
            language,
            timezone,
            created,
            modified,
            last_login,
            expiry,
            status,
            custom,
        ] = fields;
        let Some(id) = id.id() else {
            return Ok(self.without_id(cursor));
        };
        let username = self.text("username", username);
        let email = self.text("email", email);
        let first_name = self.text("firstName", first_name);
        let last_name = self.text("lastName", last_name);
        let language = self.text("language", language);
        let timezone = self.text("timezone", timezone);
        let record = UserRecord {
            id: &id,
            username: username.as_deref(),
            email: email.as_deref(),
            first_name: first_name.as_deref(),
            last_name: last_name.as_deref(),
            language: language.as_deref(),
            timezone: timezone.as_deref(),
            created: self.instant("created", created),
            modified: self.instant("modified", modified),
            last_login: self.instant("lastLogin", last_login),
            expiry: self.instant("expiry", expiry),
            status: self.status(status),
            custom: self.custom(custom),
        };
        Ok(self.builder.user(&record, Place { line: self.line }))
    }

    /// Reads a group, with whom and what it names inline. Cost: O(length).
    pub fn group(&mut self, cursor: &mut Cursor<'s>) -> Read<Added> {
        self.what = "group";
        let mut fields = [Field::default(); GROUP.len()];
        self.shape.read(cursor, &GROUP, &mut fields)?;
        let [
            id,
            name,
            description,
            kind,
            created,
            modified,
            custom,
            members,
            managers,
            children,
        ] = fields;
        let Some(id) = id.id() else {
            return Ok(self.without_id(cursor));
        };
        let name = self.text("name", name);
        let description = self.text("description", description);
        let kind = self.text("type", kind);
        let record = GroupRecord {
            id: &id,
            name: name.as_deref(),
            description: description.as_deref(),
            kind: kind.as_deref(),
            created: self.instant("created", created),
            modified: self.instant("modified", modified),
            custom: self.custom(custom),
        };
        Ok(self.builder.group(&record, Place { line: self.line }).and_then(|()| {
            let group = self.builder.key(&id)?;
            self.ids(group, Named::Members, members)?;
            self.ids(group, Named::Managers, managers)?;
            self.ids(group, Named::Children, children)
        }))
    }

    /// Reads a membership. Cost: O(length).
    pub fn membership(&mut self, cursor: &mut Cursor<'s>) -> Read<Added> {
        self.what = "membership";
        let mut fields = [Field::default(); MEMBERSHIP.len()];
        self.shape.read(cursor, &MEMBERSHIP, &mut fields)?;
        let [group, user, is_admin] = fields;
        let (Some(group), Some(user)) = (group.id(), user.id()) else {
            return Ok(self.without_id(cursor));
        };
        let is_admin = self.boolean("isAdmin", is_admin).unwrap_or_default();
        Ok(self
            .builder
            .membership(&group, &user, is_admin, Place { line: self.line }))
    }

    /// Reads a nesting. Cost: O(length).
    pub fn nesting(&mut self, cursor: &mut Cursor<'s>) -> Read<Added> {
        let mut fields = [Field::default(); NESTING.len()];
        self.shape.read(cursor, &NESTING, &mut fields)?;
        let [parent, child] = fields;
        let (Some(parent), Some(child)) = (parent.id(), child.id()) else {
            return Ok(self.without_id(cursor));
        };
        Ok(self.builder.nesting(&parent, &child, Place { line: self.line }))
    }

    /// The line of a byte of the text. Cost: O(distance from the last one asked for).
    fn place(&mut self, at: usize) -> Place {
        let (from, line) = if at < self.known.0 {
            (self.start, self.line)
        } else {
            self.known
        };
        self.known = (at, line + line_breaks(self.text.get(from..at).unwrap_or_default()));
        Place { line: self.known.1 }
    }

    fn without_id(&mut self, cursor: &Cursor<'_>) -> Added {
        let says = excerpt(cursor.since(self.start));
        self.builder.unusable(Unused {
            place: Place { line: self.line },
            says,
            reason: UnusedReason::NoId,
        });
        Ok(())
    }

    /// The element is read without this value.
    fn refuse(&mut self, name: &str, field: Field<'_>, wanted: &str) {
        let place = self.place(field.at);
        let says = excerpt(&format!("\"{name}\":{}", field.value));
        let reason = UnusedReason::Value(format!("Not {wanted}. The {} was read without it.", self.what));
        self.builder.unusable(Unused { place, says, reason });
    }

    fn text(&mut self, name: &str, field: Field<'s>) -> Option<Cow<'s, str>> {
        match field.value {
            Value::Null => None,
            Value::Text(text) => Some(text.decode()),
            _ => {
                self.refuse(name, field, "a text");
                None
            }
        }
    }

    fn instant(&mut self, name: &str, field: Field<'_>) -> Option<i64> {
        let instant = match field.value {
            Value::Null => return None,
            Value::Text(text) => instant::parse(&text.decode()),
            _ => None,
        };
        if instant.is_none() {
            self.refuse(name, field, "a day");
        }
        instant
    }

    fn boolean(&mut self, name: &str, field: Field<'_>) -> Option<bool> {
        match field.value {
            Value::Null => None,
            Value::Boolean(value) => Some(value),
            _ => {
                self.refuse(name, field, "true or false");
                None
            }
        }
    }

    /// Calls back for each member of a nested object.
    fn members(&mut self, name: &str, field: Field<'s>, member: &mut dyn FnMut(&mut Self, Cow<'s, str>, Field<'s>)) {
        let object = match field.value {
            Value::Null => return,
            Value::Object(object) => object,
            _ => return self.refuse(name, field, "an object"),
        };
        // The text was checked when it was read, so that nothing can go wrong here.
        let read = Cursor::new(object, 0).object(&mut |cursor, key| {
            let Field { at, value } = Field::read(cursor)?;
            member(
                self,
                key.decode(),
                Field {
                    at: field.at + at,
                    value,
                },
            );
            Ok(())
        });
        debug_assert!(read.is_ok());
    }

    fn status(&mut self, field: Field<'s>) -> Status {
        let (start, end, last) = self.shape.status;
        if let (Value::Object(object), Some(told)) = (field.value, self.text.get(start..end))
            && is_equal(object.as_bytes(), told.as_bytes())
        {
            return last;
        }
        let (mut status, unused) = (Status::default(), self.builder.unused_count());
        self.members("status", field, &mut |sink, key, field| match &*key {
            "suspended" => status.suspended = sink.boolean(&key, field),
            "locked" => status.locked = sink.boolean(&key, field),
            "passwordResetRequired" => status.password_reset_required = sink.boolean(&key, field),
            _ => {}
        });
        if let Value::Object(object) = field.value
            && self.builder.unused_count() == unused
        {
            self.shape.status = (field.at, field.at + object.len(), status);
        }
        status
    }

    fn custom(&mut self, field: Field<'s>) -> Vec<(Cow<'s, str>, CustomValue)> {
        let mut custom = Vec::new();
        self.members("custom", field, &mut |sink, key, field| {
            let value = match field.value {
                Value::Null => return,
                Value::Boolean(value) => CustomValue::Boolean(value),
                Value::Text(text) => CustomValue::Text(text.decode().into_owned()),
                Value::Integers(json) | Value::Texts(json) | Value::List(json) | Value::Object(json) => {
                    CustomValue::Text(compact(json))
                }
                Value::Number(number) => match number::parse(number) {
                    Some(number) if number.is_finite() => CustomValue::Number(number),
                    _ => return sink.refuse(&key, field, "a number of this size"),
                },
            };
            custom.push((key, value));
        });
        custom
    }
}

/// JSON without the white space between its tokens.
fn compact(json: &str) -> String {
    let mut is_text = false;
    let mut is_escaped = false;
    json.chars()
        .filter(|&char| {
            let is_kept = is_text || !char.is_ascii_whitespace();
            is_text ^= char == '"' && !is_escaped;
            is_escaped = char == '\\' && !is_escaped;
            is_kept
        })
        .collect()
}
