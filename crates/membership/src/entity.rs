//! Users and groups: their records, and the dense indices that never leave memory.

use std::borrow::Cow;

use crate::instant;

/// A user's row in the directory: dense, from 0, in the order of the facts; valid for one directory only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UserIndex(u32);

/// A group's row in the directory: dense, from 0, in the order of the facts; valid for one directory only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(transparent)]
pub struct GroupIndex(u32);

impl UserIndex {
    /// The user of a row.
    #[must_use]
    pub const fn new(row: u32) -> Self {
        Self(row)
    }

    /// The row.
    #[must_use]
    pub const fn row(self) -> u32 {
        self.0
    }
}

impl GroupIndex {
    /// The group of a row.
    #[must_use]
    pub const fn new(row: u32) -> Self {
        Self(row)
    }

    /// The row.
    #[must_use]
    pub const fn row(self) -> u32 {
        self.0
    }
}

/// What is told about one user. Times are milliseconds since 1970 in UTC.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UserRecord<'a> {
    /// The vendor's id, the only thing that must be there.
    pub id: &'a str,
    /// The name to sign in with.
    pub username: Option<&'a str>,
    /// The email address.
    pub email: Option<&'a str>,
    /// The given name.
    pub first_name: Option<&'a str>,
    /// The family name.
    pub last_name: Option<&'a str>,
    /// The language tag.
    pub language: Option<&'a str>,
    /// The time zone's name.
    pub timezone: Option<&'a str>,
    /// When the record was made.
    pub created: Option<i64>,
    /// When the record was last changed.
    pub modified: Option<i64>,
    /// When the user last signed in.
    pub last_login: Option<i64>,
    /// When the account ends.
    pub expiry: Option<i64>,
    /// What the account may do.
    pub status: Status,
    /// Fields of the vendor's own; of two with one name the last counts.
    pub custom: Vec<(Cow<'a, str>, CustomValue)>,
}

impl UserRecord<'_> {
    /// What is told, each with the name of the documentation and in its order; what is missing is left out.
    #[must_use]
    pub fn fields(&self) -> Vec<(String, String)> {
        let date = |instant: Option<i64>| instant.map(instant::format);
        let flag = |flag: Option<bool>| flag.map(|flag| flag.to_string());
        let text = |text: Option<&str>| text.map(str::to_owned);
        let known = [
            ("id", text(Some(self.id))),
            ("username", text(self.username)),
            ("email", text(self.email)),
            ("firstName", text(self.first_name)),
            ("lastName", text(self.last_name)),
            ("language", text(self.language)),
            ("timezone", text(self.timezone)),
            ("created", date(self.created)),
            ("modified", date(self.modified)),
            ("lastLogin", date(self.last_login)),
            ("expiry", date(self.expiry)),
            ("status.suspended", flag(self.status.suspended)),
            ("status.locked", flag(self.status.locked)),
            (
                "status.passwordResetRequired",
                flag(self.status.password_reset_required),
            ),
        ];
        let known = known
            .into_iter()
            .filter_map(|(name, value)| Some((name.to_owned(), value?)));
        let custom = self.custom.iter().map(|(name, value)| {
            let value = match value {
                CustomValue::Text(text) => text.clone(),
                CustomValue::Number(number) => number.to_string(),
                CustomValue::Boolean(flag) => flag.to_string(),
            };
            (format!("custom.{name}"), value)
        });
        known.chain(custom).collect()
    }
}

/// What is told about one group. Times are milliseconds since 1970 in UTC.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GroupRecord<'a> {
    /// The vendor's id, the only thing that must be there.
    pub id: &'a str,
    /// The name.
    pub name: Option<&'a str>,
    /// The description.
    pub description: Option<&'a str>,
    /// The vendor's type of group.
    pub kind: Option<&'a str>,
    /// When the record was made.
    pub created: Option<i64>,
    /// When the record was last changed.
    pub modified: Option<i64>,
    /// Fields of the vendor's own; of two with one name the last counts.
    pub custom: Vec<(Cow<'a, str>, CustomValue)>,
}

/// The flags of a user's account; a flag that nobody told is neither true nor false.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Status {
    /// May not sign in.
    pub suspended: Option<bool>,
    /// Locked out, such as after wrong passwords.
    pub locked: Option<bool>,
    /// Has to choose a new password.
    pub password_reset_required: Option<bool>,
}

/// The one word that a status comes down to; suspended beats locked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Neither of the others is told.
    Active,
    /// Locked and not suspended.
    Locked,
    /// Suspended.
    Suspended,
}

impl Standing {
    /// The word that queries and lists use.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Locked => "locked",
            Self::Suspended => "suspended",
        }
    }
}

impl Status {
    /// The one word that the flags come down to.
    #[must_use]
    pub fn standing(self) -> Standing {
        if self.suspended == Some(true) {
            Standing::Suspended
        } else if self.locked == Some(true) {
            Standing::Locked
        } else {
            Standing::Active
        }
    }
}

/// A value of a vendor's own field.
#[derive(Clone, Debug, PartialEq)]
pub enum CustomValue {
    /// Text.
    Text(String),
    /// A number.
    Number(f64),
    /// True or false.
    Boolean(bool),
}

/// A value of a vendor's own field, as it lies in the directory.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum CustomRef<'a> {
    /// Text.
    Text(&'a str),
    /// A number.
    Number(f64),
    /// True or false.
    Boolean(bool),
}

/// Whether a text has the form of a UUID: such ids compare without case, other ids exactly.
///
/// Cost: O(1).
#[must_use]
pub fn is_uuid(id: &str) -> bool {
    id.len() == 36
        && id.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

/// What a fact or an identifier speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Entity {
    /// A user.
    User,
    /// A group.
    Group,
}
