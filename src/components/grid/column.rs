//! The columns of users, and what stands in each.

use leptos::prelude::*;
use protocol::UserRow;

use super::cell::{cell, login, name, reason, role, text};
use crate::components::badge::status;
use crate::components::number::number;

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
        }
    }

    /// The head.
    #[must_use]
    pub fn label(&self) -> String {
        match self {
            Self::Name => "Name",
            Self::Username => "Username",
            Self::Email => "Email",
            Self::Status => "Status",
            Self::LastLogin => "Last login",
            Self::Role => "Role",
            Self::Direct => "Direct",
            Self::Groups => "Groups",
            Self::Why(label) => label,
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
        }
    }

    /// The cell of a user; `marks` are texts to underline in the name.
    #[must_use]
    pub fn cell(&self, row: &UserRow, marks: &[String], context: Context) -> AnyView {
        let class = self.class();
        match self {
            Self::Name => name(row, marks, context).into_any(),
            Self::Username => text("cell-text c-user mono soft", &row.username).into_any(),
            Self::Email => text("cell-text c-email muted", &row.email).into_any(),
            Self::Status => cell("cell c-status", status(row.status).into_any()).into_any(),
            Self::LastLogin => login(row, context).into_any(),
            Self::Role => cell("cell c-role", role(row)).into_any(),
            Self::Direct => cell(class, row.direct_groups.map(number).into_any()).into_any(),
            Self::Groups => cell(class, row.groups.map(number).into_any()).into_any(),
            Self::Why(_) => cell("cell c-rel", reason(row, context)).into_any(),
        }
    }
}
