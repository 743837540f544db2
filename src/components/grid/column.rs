//! The columns of users, and what stands in each.

use leptos::prelude::*;
use protocol::UserRow;

use super::cell::{amount, cell, date, login, name, reason, role, text, words};
use crate::components::badge::status;
use crate::components::columns::arrangement::Known;
use crate::components::piece::Piece;
use crate::words::{self, say};

/// A column of users.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Column {
    /// Avatar and name, a link to the user.
    Name,
    /// The username.
    Username,
    /// The email.
    Email,
    /// Active, suspended or locked.
    Status,
    /// How long ago the last login was.
    LastLogin,
    /// Manager or administrator.
    Role,
    /// How many groups name the user.
    Direct,
    /// How many groups the user is in.
    Groups,
    /// Why the user is in the group that is asked about; the head of the column.
    Why(String),
    /// The first name.
    FirstName,
    /// The last name.
    LastName,
    /// When the record was made.
    Created,
    /// When it was last changed.
    Modified,
    /// When the account ends.
    Expiry,
    /// The language.
    Language,
    /// The time zone.
    Timezone,
    /// The vendor's id.
    Id,
}

/// What cells need to know beside the row.
#[derive(Clone, Copy)]
pub struct Context {
    /// Makes a user's address from the id.
    pub url: Callback<String, String>,
    /// Tells all paths of the user with this id; none where nothing can.
    pub explain: Option<Callback<String>>,
    /// The present, in milliseconds since 1970.
    pub now: f64,
}

impl Column {
    /// The class by which the layout knows it.
    #[must_use]
    pub const fn class(&self) -> &'static str {
        match self {
            Self::Name => "c-name",
            Self::Username => "c-user",
            Self::Email => "c-email",
            Self::Status => "c-status",
            Self::LastLogin => "c-login",
            Self::Role => "c-role",
            Self::Direct => "c-direct num",
            Self::Groups => "c-all num",
            Self::Why(_) => "c-rel",
            Self::FirstName
            | Self::LastName
            | Self::Created
            | Self::Modified
            | Self::Expiry
            | Self::Language
            | Self::Timezone
            | Self::Id => "c-more",
        }
    }

    /// What it is kept by: for facts, the name that queries have for it.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Username => "username",
            Self::Email => "email",
            Self::Status => "status",
            Self::LastLogin => "lastLogin",
            Self::Role => "role",
            Self::Direct => "direct",
            Self::Groups => "groups",
            Self::Why(_) => "why",
            Self::FirstName => "firstName",
            Self::LastName => "lastName",
            Self::Created => "created",
            Self::Modified => "modified",
            Self::Expiry => "expiry",
            Self::Language => "language",
            Self::Timezone => "timezone",
            Self::Id => "id",
        }
    }

    /// How narrow it may be, and its share of the room that is left, where somebody arranges columns without saying how wide.
    const fn track(&self) -> (&'static str, &'static str) {
        match self {
            Self::Name => ("10.5rem", "1.1fr"),
            Self::Username => ("6.25rem", "0.5fr"),
            Self::Email => ("8rem", "0.8fr"),
            Self::Status | Self::Language => ("6rem", "6rem"),
            Self::LastLogin | Self::Role | Self::Created | Self::Modified | Self::Expiry => ("6.5rem", "6.5rem"),
            Self::Direct => ("4rem", "4rem"),
            Self::Groups => ("4.5rem", "4.5rem"),
            Self::Why(_) => ("11rem", "2fr"),
            Self::FirstName | Self::LastName | Self::Id => ("6rem", "0.5fr"),
            Self::Timezone => ("8rem", "0.5fr"),
        }
    }

    /// The same as far as arranging it goes; `is_usual` says whether it is shown where nothing was chosen.
    #[must_use]
    pub fn known(&self, is_usual: bool) -> Known {
        Known {
            key: self.key(),
            label: self.label(),
            note: match self {
                Self::Name => words::key("always"),
                // It comes with the question.
                Self::Why(_) => words::key("explains"),
                _ => "",
            },
            is_usual,
            track: self.track(),
        }
    }

    /// The head.
    #[must_use]
    pub fn label(&self) -> String {
        match self {
            Self::Name => say("Name"),
            Self::Username => say("Username"),
            Self::Email => say("Email"),
            Self::Status => say("Status"),
            Self::LastLogin => say("Last login"),
            Self::Role => say("Role"),
            Self::Direct => say("Direct"),
            Self::Groups => say("Groups"),
            Self::Why(label) => label,
            Self::FirstName => say("First name"),
            Self::LastName => say("Last name"),
            Self::Created => say("Created"),
            Self::Modified => say("Modified"),
            Self::Expiry => say("Expires"),
            Self::Language => say("Language"),
            Self::Timezone => say("Time zone"),
            Self::Id => say("User id"),
        }
        .to_owned()
    }

    /// The fields that it is sorted by, separated by commas; empty where it cannot be.
    #[must_use]
    pub const fn order(&self) -> &'static str {
        match self {
            Self::Name => "lastName,firstName",
            Self::Username => "username",
            Self::Email => "email",
            Self::LastLogin => "lastLogin",
            Self::Status => "status",
            Self::Role | Self::Direct | Self::Groups | Self::Why(_) => "",
            Self::FirstName
            | Self::LastName
            | Self::Created
            | Self::Modified
            | Self::Expiry
            | Self::Language
            | Self::Timezone
            | Self::Id => self.key(),
        }
    }

    /// The cell of a user; `marks` are texts to underline in the name.
    #[must_use]
    pub fn cell(&self, row: &UserRow, marks: &[String], context: Context) -> Piece {
        let class = self.class();
        match self {
            Self::Name => name(row, marks, context),
            Self::Username => text("cell-text c-user mono soft", &row.username),
            Self::Email => text("cell-text c-email muted", &row.email),
            Self::Status => cell("cell c-status").of(status(row.status)),
            Self::LastLogin => login(row, context),
            Self::Role => cell("cell c-role").of_all(role(row)),
            Self::Direct => amount(class, row.direct_groups),
            Self::Groups => amount(class, row.groups),
            Self::Why(_) => cell("cell c-rel").of_all(reason(row, context)),
            Self::FirstName => words(&row.facts.first_name),
            Self::LastName => words(&row.facts.last_name),
            Self::Created => date(row.facts.created),
            Self::Modified => date(row.facts.modified),
            Self::Expiry => date(row.facts.expiry),
            Self::Language => text("cell-text c-more soft", &row.facts.language),
            Self::Timezone => text("cell-text c-more soft", &row.facts.timezone),
            Self::Id => text("cell-text c-more mono soft", &row.id),
        }
    }
}
