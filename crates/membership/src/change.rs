//! Edits of the facts: one [`Change`] after another, and why one of them cannot be.

mod staged;

pub(crate) use staged::{Restated, Staged};

use std::fmt;

/// One edit of the facts. Users and groups are named by any identifier, as in
/// [`find_user`](crate::directory::Directory::find_user) and [`find_group`](crate::directory::Directory::find_group).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(
    missing_docs,
    reason = "the fields are the same everywhere, and are what they are called"
)]
pub enum Change<'a> {
    /// A group names a user who is no direct member of it yet, as a manager or not.
    AddMember {
        group: &'a str,
        user: &'a str,
        is_admin: bool,
    },
    /// A group no longer names a direct member.
    RemoveMember { group: &'a str, user: &'a str },
    /// A direct member manages the group from now on, or no longer does. To be told what is so already is no error.
    SetManager {
        group: &'a str,
        user: &'a str,
        is_admin: bool,
    },
    /// A group, the child, is nested in another one, the parent. Cycles are allowed.
    Nest { parent: &'a str, child: &'a str },
    /// A nesting is undone.
    Unnest { parent: &'a str, child: &'a str },
}

/// Which of some changes cannot be, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeError {
    /// Its place in the list, from 0.
    pub position: usize,
    /// What is in its way.
    pub reason: ChangeReason,
}

/// Why a change cannot be; with the identifiers as the change has them.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are identifiers of users and groups")]
pub enum ChangeReason {
    /// No user has the identifier.
    UnknownUser(String),
    /// No group has the identifier.
    UnknownGroup(String),
    /// To add: the group names the user already.
    IsMember { user: String, group: String },
    /// To remove, or to make a manager: the group does not name the user.
    NotAMember { user: String, group: String },
    /// To nest: the nesting stands already.
    IsNested { child: String, parent: String },
    /// To undo: there is no such nesting.
    NotNested { child: String, parent: String },
    /// A group in itself, which no nesting is.
    InItself { group: String },
    /// There are as many memberships, or nestings, as can be numbered.
    TooLarge,
}

impl fmt::Display for ChangeReason {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownUser(user) => write!(out, "no user is called `{user}`"),
            Self::UnknownGroup(group) => write!(out, "no group is called `{group}`"),
            Self::IsMember { user, group } => write!(out, "`{user}` is a direct member of `{group}` already"),
            Self::NotAMember { user, group } => write!(out, "`{user}` is not a direct member of `{group}`"),
            Self::IsNested { child, parent } => write!(out, "`{child}` is nested in `{parent}` already"),
            Self::NotNested { child, parent } => write!(out, "`{child}` is not nested in `{parent}`"),
            Self::InItself { group } => write!(out, "`{group}` cannot be nested in itself"),
            Self::TooLarge => fmt::Display::fmt(&crate::directory::TooLarge, out),
        }
    }
}

impl fmt::Display for ChangeError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "changes[{}]: {}", self.position, self.reason)
    }
}

impl std::error::Error for ChangeError {}
