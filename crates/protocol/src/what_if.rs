//! Changes that are staged, and what they would do.

use serde::{Deserialize, Serialize};

use crate::{EntityName, GroupName, PathStep, UserRow};

/// A kind of change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ChangeKind {
    /// A group is nested in another one.
    Nest,
    /// A group is taken out of another one.
    Unnest,
    /// A group names a user from now on.
    Add,
    /// A group no longer names a user.
    Remove,
    /// A direct member manages the group from now on.
    Manager,
    /// A direct member no longer manages the group.
    NoManager,
}

/// A change that is staged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StagedChange {
    /// What is done.
    pub kind: ChangeKind,
    /// The identifier of the group that is nested or taken out, or of the user.
    pub subject: String,
    /// The identifier of the group that it is done to.
    pub group: String,
}

/// What would these changes do, each seeing those before it?
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WhatIfQuestion {
    /// The changes.
    pub changes: Vec<StagedChange>,
    /// How many rows of each list at the most.
    pub limit: u32,
}

/// What changes would do. A change is named by its number, from 1.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct WhatIf {
    /// The changes as they were asked about; those that cannot be are left out of all else.
    pub changes: Vec<ChangeLine>,
    /// Who would be in a group and is not.
    pub gained: Moves,
    /// Who is in a group and would not be.
    pub lost: Moves,
    /// Who would manage a group and does not.
    pub managers_gained: Managing,
    /// Who manages a group and would not.
    pub managers_lost: Managing,
    /// Groups that would have a manager no more.
    pub unmanaged: Vec<GroupName>,
    /// Groups that would contain each other, as loops.
    pub cycles_made: Vec<Vec<GroupName>>,
    /// Loops that would be no more.
    pub cycles_broken: Vec<Vec<GroupName>>,
    /// How many loops there are now.
    pub cycles: u32,
    /// Who would be an administrator, if anybody.
    pub administrators: Option<Administrators>,
    /// How many users the directory has.
    pub users: u32,
}

/// One change, and what it would do alone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChangeLine {
    /// What is done.
    pub change: StagedChange,
    /// The group or the user that it names first; none if there is none.
    pub subject: Option<EntityName>,
    /// The group that it is done to; none if there is none.
    pub group: Option<GroupName>,
    /// Why it cannot be, as one line.
    pub problem: Option<String>,
    /// What it would do alone; none if it needs those before it.
    pub alone: Option<Effect>,
    /// The documented request for it, method and URL, where there is one.
    pub request: Option<(String, String)>,
}

/// What one change would do alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Effect {
    /// How many users would gain something.
    pub users_gain: u32,
    /// How many of them the group that it is done to.
    pub gain_group: u32,
    /// How many memberships they would gain.
    pub gained: u32,
    /// How many users would lose something.
    pub users_lose: u32,
    /// How many memberships they would lose.
    pub lost: u32,
    /// How many members the group has that is nested or taken out.
    pub of: u32,
    /// How many would become administrators.
    pub administrators: u32,
    /// Whether it closes a loop.
    pub makes_cycle: bool,
    /// Whether it opens one.
    pub breaks_cycle: bool,
    /// Whether it leaves the group without a manager.
    pub unmanaged: bool,
}

/// Memberships that would come, or go.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Moves {
    /// How many users it concerns.
    pub users: u32,
    /// How many memberships.
    pub total: u32,
    /// The groups that it concerns, administrators' first and then those of most users, each with its number of users.
    pub groups: Vec<(GroupName, u32)>,
    /// How many groups it concerns.
    pub groups_total: u32,
    /// The first rows, in the order of the groups and then by name.
    pub rows: Vec<MoveRow>,
}

/// A membership that would come, or go.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct MoveRow {
    /// Who.
    pub user: UserRow,
    /// The way in: as it would be, or as it is; the group is its last.
    pub path: Vec<PathStep>,
    /// The change that makes, or breaks, that way.
    pub by: u32,
}

/// Managers that would come, or go.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Managing {
    /// How many.
    pub total: u32,
    /// The first of them: who, of which group, by which change.
    pub rows: Vec<(EntityName, GroupName, u32)>,
}

/// Who would become an administrator.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Administrators {
    /// How many would.
    pub gained: u32,
    /// How many of those are suspended or locked.
    pub inactive: u32,
    /// How many there are now.
    pub before: u32,
    /// How many there would be.
    pub after: u32,
    /// The changes that do it.
    pub by: Vec<u32>,
}
