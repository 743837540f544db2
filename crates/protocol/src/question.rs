//! What the console asks.

use serde::{Deserialize, Serialize};

/// What a newer question overtakes: one topic for each part of the screen that shows an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Topic {
    /// The tree of groups.
    Tree,
    /// The users, or the members of a group.
    Users,
    /// The group on screen.
    Group,
    /// The hierarchy tab of the group on screen.
    Hierarchy,
    /// The user on screen.
    User,
    /// The verdict on screen.
    Check,
    /// The completion under a query.
    Completion,
    /// The paths of one row.
    Paths,
    /// Facts that could not be used.
    Unused,
    /// What was not as it should be while a vendor was read.
    Incidents,
    /// What an identifier field suggests.
    Suggestion,
    /// The names of groups of which only the ids are known.
    Names,
    /// Rows that are copied without being on screen.
    Copy,
}

/// A question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Question {
    /// A window of the users that match.
    Users(UsersQuestion),
    /// A window of the tree of groups.
    Tree(TreeQuestion),
    /// One group: its facts and counts.
    Group(String),
    /// What a group is nested in, what it contains, and how deep it goes.
    Hierarchy(String),
    /// One user with all groups, each with its path.
    User(String),
    /// Is the user in any of the groups?
    Check {
        /// A user identifier.
        user: String,
        /// Group identifiers.
        groups: Vec<String>,
    },
    /// All minimal paths of one user to one group.
    Paths {
        /// A user identifier.
        user: String,
        /// A group identifier.
        group: String,
        /// How many at the most.
        limit: u32,
    },
    /// What could stand at the caret of a query over users.
    Completion {
        /// The query so far.
        text: String,
        /// The caret, in characters from 0.
        caret: u32,
    },
    /// Users or groups whose name begins so, or has a word that does.
    Suggestion {
        /// What to look among.
        among: Entity,
        /// The text so far.
        text: String,
        /// How many at the most.
        limit: u32,
    },
    /// A window of the facts that could not be used.
    Unused {
        /// Only those of this reason.
        reason: Option<UnusedReason>,
        /// The first row.
        offset: u32,
        /// How many rows.
        limit: u32,
    },
    /// A window of what was not as it should be while a vendor was read.
    Incidents {
        /// The first row.
        offset: u32,
        /// How many rows.
        limit: u32,
    },
}

/// A user or a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Entity {
    /// A user.
    User,
    /// A group.
    Group,
}

/// Which users, in which order, and which rows of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UsersQuestion {
    /// The members of this group; all users without one.
    pub group: Option<String>,
    /// With the members of all descendant groups.
    pub include_inherited: bool,
    /// Nobody who is a member of these, directly or through nesting.
    pub excluded_groups: Vec<String>,
    /// The query.
    pub zenql: String,
    /// Contains, in first name, last name, username or email.
    pub q: String,
    /// Field ids separated by commas, `-` before one for descending.
    pub order: String,
    /// The first row.
    pub offset: u32,
    /// How many rows.
    pub limit: u32,
}

/// Which rows of the tree of groups. The worker keeps what is open.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TreeQuestion {
    /// What to open, close or look for first.
    pub change: Option<TreeChange>,
    /// Only groups whose name contains this, with their ancestors.
    pub find: String,
    /// Only groups of this kind, with their ancestors.
    pub only: Option<GroupFilter>,
    /// How siblings are ordered.
    pub order: TreeOrder,
    /// The first row.
    pub offset: u32,
    /// How many rows.
    pub limit: u32,
}

/// What is done in the tree before its rows are told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TreeChange {
    /// Open this group.
    Open(String),
    /// Close this group.
    Close(String),
    /// Open this group and all its siblings.
    OpenSiblings(String),
    /// Close everything.
    CloseAll,
    /// Open whatever hides this group.
    Reveal(String),
    /// Reveal the next row after this one, round the tree as it is open, whose group's name begins so, without case.
    Next {
        /// The row, from 0.
        after: u32,
        /// How the name begins.
        begins: String,
    },
}

/// Groups of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum GroupFilter {
    /// In a cycle.
    Cycle,
    /// With members and no manager.
    NoManager,
    /// With nobody, directly or inherited.
    Empty,
}

/// How siblings are ordered; ties by name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum TreeOrder {
    /// Most members first.
    #[default]
    Total,
    /// Most direct members first.
    Direct,
    /// By name.
    Name,
}

/// Why a fact could not be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum UnusedReason {
    /// No user has the id.
    UnknownUser,
    /// No group has the id.
    UnknownGroup,
    /// Said before.
    Twice,
    /// An item without an id.
    NoId,
    /// Another user, or another group, has the id.
    SameId,
    /// A group nested in itself.
    InItself,
    /// A manager who is not a member.
    NotAMember,
    /// A value that is none for its field.
    Value,
}
