//! The fields that a query can speak of: their names, kinds and a few words about each.

use std::fmt;

use super::error::{QueryError, Span, shown};
use super::expr::print_name;
use super::nearest::nearest;
use crate::entity::Entity;

/// What the values of a field are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text, compared without case.
    Text,
    /// A number.
    Number,
    /// An instant.
    Date,
    /// True or false.
    Boolean,
    /// Groups, each named by an identifier.
    Group,
    /// Users, each named by an identifier.
    User,
    /// Text, number or boolean, from record to record.
    Custom,
    /// Several texts together, `*`.
    Any,
}

impl Kind {
    /// With its article, as a message names it.
    #[must_use]
    pub fn described(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Number => "a number",
            Self::Date => "a date",
            Self::Boolean => "a boolean",
            Self::Group => "a group",
            Self::User => "a user",
            Self::Custom => "a custom field",
            Self::Any => "any field",
        }
    }

    /// The operators that fit, as completion offers them, the most used first.
    #[must_use]
    pub fn operators(self) -> &'static [&'static str] {
        match self {
            Self::Text | Self::Custom => &[
                "~",
                "=",
                "!=",
                "STARTSWITH",
                "ENDSWITH",
                "IN",
                "!~",
                "FREETEXT",
                "NOT",
                "BETWEEN",
                "IS EMPTY",
                "EXISTS",
                "<",
                "<=",
                ">",
                ">=",
            ],
            Self::Number => &[
                ">", ">=", "<", "<=", "=", "!=", "BETWEEN", "IN", "NOT", "IS EMPTY", "EXISTS",
            ],
            Self::Date => &[
                "<", ">", "<=", ">=", "BETWEEN", "EXISTS", "IS EMPTY", "=", "!=", "IN", "NOT",
            ],
            Self::Boolean => &["=", "!=", "IN", "NOT", "IS EMPTY", "EXISTS"],
            Self::Group | Self::User => &["=", "!=", "IN", "NOT IN"],
            Self::Any => &["FREETEXT", "NOT FREETEXT"],
        }
    }
}

/// A field of users, of groups or of both.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(
    missing_docs,
    reason = "each variant is the field of its name, which ZENQL.md explains"
)]
pub enum Field {
    Id,
    Created,
    Modified,
    Custom(String),
    /// `*`: every text that a name could stand in.
    Any,

    Username,
    Email,
    FirstName,
    LastName,
    FullName,
    Language,
    Timezone,
    Suspended,
    Locked,
    PasswordResetRequired,
    LastLogin,
    Expiry,
    MemberOf,
    DirectMemberOf,
    ManagerOf,
    IsAdministrator,
    Status,
    GroupCount,
    InheritedGroupCount,

    Name,
    Description,
    Type,
    UserCount,
    ChildGroupCount,
    HasMember,
    HasDirectMember,
    HasManager,
    ChildOf,
    ParentOf,
    AncestorOf,
    DescendantOf,
    InheritedUserCount,
    ManagerCount,
    Depth,
    InCycle,
}

/// A field, its name, its kind, whether a record carries it, and a few words about it.
pub(super) struct Entry {
    pub(super) name: &'static str,
    pub(super) field: Field,
    pub(super) kind: Kind,
    /// A record carries it, so that it can be ordered by, and the vendor knows it; or it is `status`, which can be
    /// ordered by all the same.
    pub(super) order: bool,
    pub(super) about: &'static str,
}

const fn entry(name: &'static str, field: Field, kind: Kind, order: bool, about: &'static str) -> Entry {
    Entry {
        name,
        field,
        kind,
        order,
        about,
    }
}

/// The fields of users; completion offers them in this order.
const USERS: &[Entry] = &[
    entry(
        "memberOf",
        Field::MemberOf,
        Kind::Group,
        false,
        "directly or through nesting",
    ),
    entry("firstName", Field::FirstName, Kind::Text, true, "text"),
    entry("lastName", Field::LastName, Kind::Text, true, "text"),
    entry("status", Field::Status, Kind::Text, true, "active, suspended, locked"),
    entry(
        "directMemberOf",
        Field::DirectMemberOf,
        Kind::Group,
        false,
        "without nesting",
    ),
    entry(
        "managerOf",
        Field::ManagerOf,
        Kind::Group,
        false,
        "has the manager flag there",
    ),
    entry(
        "isAdministrator",
        Field::IsAdministrator,
        Kind::Boolean,
        false,
        "of the directory",
    ),
    entry("groupCount", Field::GroupCount, Kind::Number, false, "direct groups"),
    entry(
        "inheritedGroupCount",
        Field::InheritedGroupCount,
        Kind::Number,
        false,
        "groups through nesting only",
    ),
    entry("lastLogin", Field::LastLogin, Kind::Date, true, "a day, or -90d"),
    entry("created", Field::Created, Kind::Date, true, "a day, or -30d"),
    entry("modified", Field::Modified, Kind::Date, true, "a day, or -30d"),
    entry("expiry", Field::Expiry, Kind::Date, true, "a day, or 30d"),
    entry("username", Field::Username, Kind::Text, true, "text"),
    entry("email", Field::Email, Kind::Text, true, "text"),
    entry("fullName", Field::FullName, Kind::Text, true, "first and last name"),
    entry("language", Field::Language, Kind::Text, true, "such as en-GB"),
    entry("timezone", Field::Timezone, Kind::Text, true, "such as Europe/London"),
    entry(
        "status.suspended",
        Field::Suspended,
        Kind::Boolean,
        true,
        "true or false",
    ),
    entry("status.locked", Field::Locked, Kind::Boolean, true, "true or false"),
    entry(
        "status.passwordResetRequired",
        Field::PasswordResetRequired,
        Kind::Boolean,
        true,
        "true or false",
    ),
    entry("id", Field::Id, Kind::Text, true, "text"),
];

/// The fields of groups; completion offers them in this order.
const GROUPS: &[Entry] = &[
    entry("name", Field::Name, Kind::Text, true, "text"),
    entry("userCount", Field::UserCount, Kind::Number, true, "direct members"),
    entry(
        "inheritedUserCount",
        Field::InheritedUserCount,
        Kind::Number,
        false,
        "members through nesting only",
    ),
    entry("managerCount", Field::ManagerCount, Kind::Number, false, "managers"),
    entry(
        "childGroupCount",
        Field::ChildGroupCount,
        Kind::Number,
        true,
        "direct child groups",
    ),
    entry(
        "hasMember",
        Field::HasMember,
        Kind::User,
        false,
        "directly or through nesting",
    ),
    entry(
        "hasDirectMember",
        Field::HasDirectMember,
        Kind::User,
        false,
        "without nesting",
    ),
    entry(
        "hasManager",
        Field::HasManager,
        Kind::User,
        false,
        "who has the manager flag",
    ),
    entry("childOf", Field::ChildOf, Kind::Group, false, "one step below"),
    entry("parentOf", Field::ParentOf, Kind::Group, false, "one step above"),
    entry(
        "descendantOf",
        Field::DescendantOf,
        Kind::Group,
        false,
        "anywhere below",
    ),
    entry("ancestorOf", Field::AncestorOf, Kind::Group, false, "anywhere above"),
    entry("depth", Field::Depth, Kind::Number, false, "longest way up to a root"),
    entry("inCycle", Field::InCycle, Kind::Boolean, false, "true or false"),
    entry("description", Field::Description, Kind::Text, true, "text"),
    entry("type", Field::Type, Kind::Text, true, "as the vendor names it"),
    entry("created", Field::Created, Kind::Date, true, "a day, or -30d"),
    entry("modified", Field::Modified, Kind::Date, true, "a day, or -30d"),
    entry("id", Field::Id, Kind::Text, true, "text"),
];

impl Entity {
    pub(super) fn entries(self) -> &'static [Entry] {
        match self {
            Self::User => USERS,
            Self::Group => GROUPS,
        }
    }

    /// The field of a name, in any case.
    #[must_use]
    pub fn field(self, name: &str) -> Option<Field> {
        if let Some(custom) = custom_name(name) {
            return Some(Field::Custom(custom.to_owned()));
        }
        self.entries()
            .iter()
            .find(|entry| entry.name.eq_ignore_ascii_case(name))
            .map(|entry| entry.field.clone())
    }

    /// The names that a condition can speak of.
    pub(super) fn names(self) -> Vec<&'static str> {
        let names = self.entries().iter().map(|entry| entry.name);
        names.chain([OF_THE_VENDOR]).collect()
    }

    /// The names that records can be ordered by.
    pub(super) fn order_names(self) -> Vec<&'static str> {
        let carried = self.entries().iter().filter(|entry| entry.order);
        carried.map(|entry| entry.name).chain([OF_THE_VENDOR]).collect()
    }

    fn entry(self, field: &Field) -> Option<&'static Entry> {
        self.entries().iter().find(|entry| entry.field == *field)
    }

    /// What the values of a field are.
    pub(super) fn kind(self, field: &Field) -> Kind {
        match field {
            Field::Any => Kind::Any,
            Field::Custom(_) => Kind::Custom,
            _ => self.entry(field).map_or(Kind::Text, |entry| entry.kind),
        }
    }

    /// Whether records can be ordered by a field.
    pub(super) fn can_order(self, field: &Field) -> bool {
        matches!(field, Field::Custom(_)) || self.entry(field).is_some_and(|entry| entry.order)
    }
}

/// Stands for the vendor's own fields.
const OF_THE_VENDOR: &str = "custom.NAME";

/// That a name is none of a field: names the known one that is nearest.
///
/// Cost: O(fields × length²), of at most 64 characters.
pub(super) fn unknown_field(at: Span, written: &str, name: &str, known: &[&str]) -> QueryError {
    QueryError::new(at, written, format!("unknown field `{}`", shown(name)))
        .expecting(known)
        .suggesting(nearest(name, known.iter().copied()).map(str::to_owned))
}

/// What follows `custom.`, in any case.
fn custom_name(name: &str) -> Option<&str> {
    let (prefix, rest) = name.split_at_checked("custom.".len())?;
    (prefix.eq_ignore_ascii_case("custom.") && !rest.is_empty()).then_some(rest)
}

impl Field {
    /// Its name as it is documented; of a custom field without `custom.`.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Custom(name) => name,
            Self::Any => "*",
            _ => USERS
                .iter()
                .chain(GROUPS)
                .find(|entry| entry.field == *self)
                .map_or("", |entry| entry.name),
        }
    }

    /// Whether it is a part of what a user or a group is called.
    #[must_use]
    pub fn is_name(&self) -> bool {
        matches!(
            self,
            Self::FirstName | Self::LastName | Self::FullName | Self::Username | Self::Email | Self::Name | Self::Any
        )
    }

    /// Whether only the console knows it: no vendor can be asked.
    #[must_use]
    pub fn is_own(&self) -> bool {
        let known = USERS.iter().chain(GROUPS).find(|entry| entry.field == *self);
        *self == Self::Status || known.is_some_and(|entry| !entry.order)
    }
}

impl fmt::Display for Field {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Custom(name) => print_name(out, &format!("custom.{name}")),
            _ => out.write_str(self.name()),
        }
    }
}
