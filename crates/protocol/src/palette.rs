//! Whom and what a few letters mean, among everything there is.

use serde::{Deserialize, Serialize};

use crate::UserStatus;

/// Groups and users whose names hold a text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindQuestion {
    /// The text; none finds nothing.
    pub text: String,
    /// How many of each at the most.
    pub limit: u32,
}

/// What was found, those first whose names begin so.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// Groups; of those that begin alike, the largest first.
    pub groups: Vec<FoundGroup>,
    /// How many groups hold the text.
    pub groups_total: u32,
    /// Users, by name.
    pub users: Vec<FoundUser>,
    /// How many users hold the text, where that is known.
    pub users_total: Option<u32>,
    /// How many names were looked through, where that is known.
    pub among: Option<u64>,
}

/// A group that was found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundGroup {
    /// The id.
    pub id: String,
    /// What it is called: never empty.
    pub name: String,
    /// The names of the groups above it, by its largest parents, from the top.
    pub above: Vec<String>,
    /// How many members it has, where that is known.
    pub members: Option<u32>,
}

/// A user who was found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundUser {
    /// The id.
    pub id: String,
    /// What the user is called: never empty.
    pub name: String,
    /// The username or, where there is none, the email.
    pub detail: String,
    /// The state.
    pub status: UserStatus,
    /// How many groups the user is in, where that is known.
    pub groups: Option<u32>,
}
