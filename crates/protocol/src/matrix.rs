//! Many users against many groups.

use serde::{Deserialize, Serialize};

use crate::{EntityName, GroupName, MatrixSides};

/// The most identifiers of a matrix, users and groups together.
pub const MATRIX_MOST: usize = 1_000;

/// Which identifiers are users', and which are groups'?
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SortQuestion {
    /// Identifiers as they were pasted.
    pub identifiers: Vec<String>,
}

/// Identifiers by what they name, in their order, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sorted {
    /// Those of users and those of groups; one that names both is in both.
    pub sides: MatrixSides,
    /// Those that name nothing.
    pub unknown: Vec<String>,
    /// Those that name more than one.
    pub ambiguous: Vec<Ambiguous>,
}

/// An identifier that names more than one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ambiguous {
    /// The identifier.
    pub identifier: String,
    /// The user that is taken, and how many it names.
    pub user: Option<(EntityName, u32)>,
    /// The group that is taken, and how many it names.
    pub group: Option<(GroupName, u32)>,
}

/// How are these users in these groups?
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MatrixQuestion {
    /// The users and the groups.
    pub sides: MatrixSides,
}

/// How some users are in some groups. What is unknown has no row and no column.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Matrix {
    /// The rows.
    pub users: Vec<MatrixUser>,
    /// The columns.
    pub groups: Vec<MatrixGroup>,
    /// Row by row, how each user is in each group: bits of [`MatrixCell`].
    pub cells: Vec<u8>,
    /// Identifiers that name nothing here.
    pub unknown: Vec<String>,
}

/// A row of a matrix.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MatrixUser {
    /// The user.
    pub user: EntityName,
    /// Whether the user is suspended or locked.
    pub is_inactive: bool,
    /// In how many of the groups the user is.
    pub total: u32,
}

/// A column of a matrix.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MatrixGroup {
    /// The group.
    pub group: GroupName,
    /// How many of the users are in it.
    pub total: u32,
}

/// How a user is in a group: any of these bits, or none of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MatrixCell(pub u8);

impl MatrixCell {
    /// The group names the user.
    pub const DIRECT: u8 = 1;
    /// Another group brings the user along.
    pub const INHERITED: u8 = 2;
    /// The user manages the group.
    pub const MANAGER: u8 = 4;

    /// Whether a bit is set.
    #[must_use]
    pub const fn has(self, bit: u8) -> bool {
        self.0 & bit != 0
    }

    /// Whether the user is in the group.
    #[must_use]
    pub const fn is_member(self) -> bool {
        self.has(Self::DIRECT | Self::INHERITED)
    }

    /// The word for it: `direct`, `inherited`, `both` or `no`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match (self.has(Self::DIRECT), self.has(Self::INHERITED)) {
            (true, true) => "both",
            (true, false) => "direct",
            (false, true) => "inherited",
            (false, false) => "no",
        }
    }
}
