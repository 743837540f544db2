//! Who manages what.

use serde::{Deserialize, Serialize};

use crate::{GroupName, UserRow, UserStatus};

/// Who manages a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupManagersQuestion {
    /// A group identifier.
    pub group: String,
}

/// Who manages a group: directly, since nobody manages a group through nesting.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct GroupManagers {
    /// The group.
    pub group: GroupName,
    /// Its direct members.
    pub direct: u32,
    /// How many manage it.
    pub total: u32,
    /// How many of them are neither suspended nor locked.
    pub active: u32,
    /// They, by name; at most 500.
    pub managers: Vec<GroupManager>,
    /// A group that it contains, and that its managers do not manage for it.
    pub child: Option<GroupName>,
}

/// A manager of a group.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct GroupManager {
    /// The user, with why they are in the group.
    pub user: UserRow,
    /// What else they manage, by name; at most 20.
    pub others: Vec<GroupName>,
    /// How many groups that is.
    pub others_total: u32,
}

/// A window of who manages what.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManagersQuestion {
    /// What is listed.
    pub of: ManagersOf,
    /// Contains, in a person's names and email, or in a group's name.
    pub q: String,
    /// How many rows.
    pub limit: u32,
}

/// What is listed of who manages what.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ManagersOf {
    /// Everybody who manages a group: whoever manages the most first.
    #[default]
    People,
    /// Groups with members and no manager, the largest first.
    WithNone,
    /// Groups with a single manager, the largest first.
    WithOne,
    /// The groups that a user manages, the largest first.
    User(String),
}

/// Some of who manages what.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ManagersPage {
    /// How many people manage a group.
    pub people: u32,
    /// How many groups have members and no manager.
    pub none: u32,
    /// How many groups have a single manager.
    pub one: u32,
    /// How many rows there are.
    pub total: u32,
    /// The user whose groups are listed.
    pub user: Option<UserRow>,
    /// The rows: people.
    pub managers: Vec<ManagerBrief>,
    /// The rows: groups.
    pub groups: Vec<ManagedGroup>,
}

/// Someone who manages groups.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ManagerBrief {
    /// The user.
    pub user: UserRow,
    /// How many groups they manage.
    pub manages: u32,
    /// How many of those nobody else manages.
    pub alone: u32,
    /// The first of those groups by name, at most 20; the ones that nobody else manages come first.
    pub groups: Vec<GroupName>,
}

/// A group, and who manages it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManagedGroup {
    /// The group.
    pub group: GroupName,
    /// Its direct members.
    pub direct: u32,
    /// All its members.
    pub total: u32,
    /// How many manage it.
    pub managers: u32,
    /// Who: the first by name, at most 3; of the groups of a user, the others.
    pub named: Vec<ManagerName>,
}

/// A manager by name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManagerName {
    /// The id.
    pub id: String,
    /// What the user is called: never empty.
    pub name: String,
    /// The state.
    pub status: UserStatus,
}
