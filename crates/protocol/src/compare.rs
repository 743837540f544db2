//! What two users, two groups or two queries have in common, and what not.

use serde::{Deserialize, Serialize};

use crate::{EntityName, Why};

/// What is compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Compared {
    /// The groups of two users.
    #[default]
    Users,
    /// The members of two groups.
    Groups,
    /// The users that match two queries.
    Sets,
}

/// What is on one side, on both, on the other.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompareQuestion {
    /// What is compared.
    pub of: Compared,
    /// The one side: an identifier, or a query.
    pub a: String,
    /// The other side.
    pub b: String,
    /// Only rows that match this query: over groups where users are compared, else over users.
    pub zenql: String,
    /// How many rows of each column at the most.
    pub limit: u32,
}

/// A comparison. Columns are [only the one side, both, only the other side].
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// What was compared.
    pub of: Compared,
    /// Both sides.
    pub sides: [Side; 2],
    /// The three columns.
    pub columns: [Column; 3],
    /// How many groups or users the directory has.
    pub among: u32,
}

/// One side of a comparison.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Side {
    /// The user or the group; none where a query is compared.
    pub name: Option<EntityName>,
    /// How many groups or users there are on this side.
    pub total: u32,
    /// How many of them directly; those of a query are neither.
    pub direct: u32,
    /// How many groups the user manages, or how many managers the group has.
    pub managers: u32,
}

/// What is in one column.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Column {
    /// How many rows there are before the query.
    pub of: u32,
    /// How many match.
    pub total: u32,
    /// How many of those that match are direct, on both sides where the column is of both.
    pub direct: u32,
    /// How many of those that match are inherited alone, on both sides where the column is of both.
    pub inherited: u32,
    /// The first rows, by name.
    pub rows: Vec<ComparedRow>,
}

/// A group of a user, or a member of a group, with the reason on each side.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComparedRow {
    /// The id.
    pub id: String,
    /// What it is called: never empty.
    pub name: String,
    /// The username of a user.
    pub detail: String,
    /// How many members the group has.
    pub members: Option<u32>,
    /// Whether the group is in a cycle.
    pub in_cycle: bool,
    /// Why it is on each side, and whether as a manager; none on a side where it is not, or of a query.
    pub sides: [Option<(Why, bool)>; 2],
}
