//! What the console asks about findings, and what it is told.
//!
//! Looking for findings takes seconds where there are a million users. So the worker looks a little further each time it
//! is asked for the summary, and whoever wants them asks until it is done: in between it answers everything else.

use serde::{Deserialize, Serialize};

use crate::{EntityName, GroupBrief, GroupName, UserRow};

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Severity {
    /// Somebody may do what nobody meant.
    Critical,
    /// Something is not as it was meant.
    Warning,
    /// Something is worth a look.
    Notice,
}

/// The kinds of findings, the gravest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum FindingKind {
    /// Groups that contain each other, or a group nested in itself.
    Cycle,
    /// A suspended or locked user who is an administrator.
    SuspendedAdministrator,
    /// A membership or nesting that names what is not there.
    Dangling,
    /// An item that could not be used.
    Unreadable,
    /// One id, username, email or group name used twice.
    DuplicateIdentifier,
    /// Names that differ only in what the eye cannot tell.
    Lookalike,
    /// A group with direct members and no manager.
    NoManager,
    /// A group far below a root.
    Deep,
    /// A suspended or locked user in a group.
    SuspendedMember,
    /// A group with a single manager.
    OneManager,
    /// A direct membership that is inherited too.
    Redundant,
    /// A group with nobody.
    Empty,
    /// A fact told twice.
    Repeated,
}

/// Each kind with its severity and with its name in addresses and exports.
const KINDS: [(FindingKind, Severity, &str); 13] = [
    (FindingKind::Cycle, Severity::Critical, "cycle"),
    (
        FindingKind::SuspendedAdministrator,
        Severity::Critical,
        "suspended-administrator",
    ),
    (FindingKind::Dangling, Severity::Warning, "dangling"),
    (FindingKind::Unreadable, Severity::Warning, "unreadable"),
    (
        FindingKind::DuplicateIdentifier,
        Severity::Warning,
        "duplicate-identifier",
    ),
    (FindingKind::Lookalike, Severity::Warning, "lookalike"),
    (FindingKind::NoManager, Severity::Warning, "no-manager"),
    (FindingKind::Deep, Severity::Warning, "deep"),
    (FindingKind::SuspendedMember, Severity::Notice, "suspended-member"),
    (FindingKind::OneManager, Severity::Notice, "one-manager"),
    (FindingKind::Redundant, Severity::Notice, "redundant"),
    (FindingKind::Empty, Severity::Notice, "empty"),
    (FindingKind::Repeated, Severity::Notice, "repeated"),
];

impl FindingKind {
    /// How many kinds there are.
    pub const COUNT: usize = KINDS.len();

    /// Every kind, in the order in which they are shown.
    pub fn all() -> impl Iterator<Item = Self> {
        KINDS.iter().map(|(kind, ..)| *kind)
    }

    /// How much it matters.
    #[must_use]
    pub fn severity(self) -> Severity {
        KINDS[self as usize].1
    }

    /// Its name in addresses and exports.
    #[must_use]
    pub fn name(self) -> &'static str {
        KINDS[self as usize].2
    }

    /// The kind of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::all().find(|kind| kind.name() == name)
    }
}

/// Which finding of a kind is meant, by what it is about: so a link leads to it in another reading, too. What is empty,
/// or 0, matters not.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindingPlace {
    /// A user's id.
    pub user: String,
    /// A group's id.
    pub group: String,
    /// Which identifier is used twice or looks like another: `username`, `email` or `name`.
    pub what: String,
    /// The number of the fact that could not be used, from 1, among all of them.
    pub fact: u32,
}

impl FindingPlace {
    /// Whether it names none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// How many findings there are of each kind; the worker looks a little further before it answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindingsQuestion {
    /// What names and facts are searched for; empty for all findings.
    pub q: String,
    /// The kind that is looked for first.
    pub first: Option<FindingKind>,
    /// The steps of the last answer, so that the next question is another one.
    pub steps: u32,
}

/// How many findings there are.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FindingsSummary {
    /// All kinds, in their order.
    pub kinds: Vec<KindSummary>,
    /// How many steps were taken so far.
    pub steps: u32,
    /// Whether all was looked at.
    pub is_done: bool,
    /// When the findings that these are compared with were looked for, in milliseconds since 1970: those of the last
    /// reading of the same directory by the same worker whose findings were looked at whole. None where there is none.
    pub earlier: Option<f64>,
}

/// The findings of a kind.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KindSummary {
    /// The kind.
    pub kind: FindingKind,
    /// Whether all was looked at.
    pub is_done: bool,
    /// How many there are so far.
    pub total: u32,
    /// How many of them match what is searched for.
    pub matching: u32,
    /// How many are new since the earlier reading.
    pub fresh: u32,
    /// The first new one, as a sentence; empty if there is none.
    pub first_fresh: String,
    /// How many there were in the earlier reading.
    pub earlier: u32,
    /// What the first few that match are about, a name each.
    pub names: Vec<String>,
}

/// A window of the findings of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindingListQuestion {
    /// The kind.
    pub kind: FindingKind,
    /// What names and facts are searched for; empty for all.
    pub q: String,
    /// How many were known when this was asked: another number is another question.
    pub known: u32,
    /// The first row.
    pub offset: u32,
    /// How many rows.
    pub limit: u32,
}

/// Some findings of one kind.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FindingPage {
    /// The kind.
    pub kind: FindingKind,
    /// The first row's place among those that match, from 0.
    pub offset: u32,
    /// How many match.
    pub total: u32,
    /// Of how many.
    pub of: u32,
    /// The rows.
    pub rows: Vec<FindingRow>,
}

/// One finding in a list.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FindingRow {
    /// Where it is found again.
    pub place: FindingPlace,
    /// What is wrong, as a sentence.
    pub message: String,
    /// The first few of the users it is about.
    pub users: Vec<EntityName>,
    /// How many users it is about.
    pub users_total: u32,
    /// The first few of the groups it is about.
    pub groups: Vec<GroupName>,
    /// How many groups it is about.
    pub groups_total: u32,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindingQuestion {
    /// The kind.
    pub kind: FindingKind,
    /// Which.
    pub place: FindingPlace,
    /// What names and facts are searched for: the neighbours are among those that match.
    pub q: String,
    /// How many were known when this was asked.
    pub known: u32,
}

/// One finding, or none where nothing such is found (yet).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FindingDetail {
    /// What is wrong.
    pub message: String,
    /// The users it is about, at most 100.
    pub users: Vec<UserRow>,
    /// How many there are.
    pub users_total: u32,
    /// The groups it is about, at most 100; those of a cycle in the order of the loop.
    pub groups: Vec<GroupBrief>,
    /// How many there are.
    pub groups_total: u32,
    /// Its place among those that match, from 1; 0 if it is not among them.
    pub number: u32,
    /// How many match.
    pub of: u32,
    /// The one before it.
    pub before: Option<FindingPlace>,
    /// The one after it.
    pub after: Option<FindingPlace>,
}

/// Which nesting of a loop takes least away; the worker weighs a little further before it answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CutQuestion {
    /// The identifier of a group of the loop.
    pub group: String,
    /// The steps of the last answer, so that the next question is another one.
    pub steps: u32,
}

/// A loop, and what is known of its nestings.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CutAnswer {
    /// The loop, each group the parent of the next, the last the parent of the first; at most 12.
    pub spelled: Vec<LoopGroup>,
    /// How many groups the loop has.
    pub length: u32,
    /// How many groups contain each other, with those on other loops.
    pub groups: u32,
    /// How many users are in each of them.
    pub members: u32,
    /// How many nestings of the loop were weighed.
    pub weighed: u32,
    /// How many steps were taken so far.
    pub steps: u32,
    /// Whether all were.
    pub is_done: bool,
    /// The best nesting so far; of all, once it is done.
    pub best: Option<BestCut>,
}

/// One group of a loop.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoopGroup {
    /// The group.
    pub group: GroupName,
    /// Direct members.
    pub direct: u32,
}

/// The nesting of a loop that takes least away.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct BestCut {
    /// The group that would no longer contain the other one.
    pub parent: GroupName,
    /// The group that would no longer be nested in it.
    pub child: GroupName,
    /// The place of the child in the loop, from 0.
    pub place: u32,
    /// How many groups would still be in a cycle.
    pub left: u32,
    /// How many memberships would be lost.
    pub lost: f64,
    /// How many users would lose some.
    pub users: u32,
    /// The groups that would lose members, and how many, those that lose most first; at most 20.
    pub groups: Vec<(GroupName, u32)>,
    /// How many groups would.
    pub groups_total: u32,
    /// Who would lose which groups: at most 20 users, with at most 20 groups each.
    pub losers: Vec<(EntityName, Vec<GroupName>)>,
}

/// The whole directory in numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OverviewQuestion {
    /// How many of the largest groups.
    pub largest: u32,
}

/// The whole directory in numbers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Overview {
    /// Users.
    pub users: u32,
    /// Users who are neither suspended nor locked.
    pub active: u32,
    /// Groups.
    pub groups: u32,
    /// Groups at the top level.
    pub roots: u32,
    /// Direct memberships.
    pub direct: u64,
    /// Memberships through nesting alone.
    pub inherited: u64,
    /// How many levels the deepest group is below the top.
    pub deepest: u32,
    /// Half of the groups are at this level or above.
    pub half: u32,
    /// Users who manage a group; none where the directory does not know managers.
    pub managers: Option<u32>,
    /// Administrators of the directory.
    pub administrators: u32,
    /// The largest groups, the largest first.
    pub largest: Vec<GroupBrief>,
    /// How many groups have 0, 1 to 9, 10 to 99, 100 to 999, 1,000 to 9,999, 10,000 to 99,999, and more members.
    pub sizes: [u32; 7],
    /// How many groups stand at each level, from the top, level 0.
    pub depths: Vec<u32>,
    /// The deepest level that is no finding.
    pub deep: u32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_stand_at_their_places() {
        assert!(FindingKind::all().zip(0..).all(|(kind, place)| kind as usize == place));
        assert!(FindingKind::all().all(|kind| FindingKind::named(kind.name()) == Some(kind)));
        assert!(FindingKind::all().is_sorted_by_key(FindingKind::severity));
        assert_eq!(FindingKind::named("Cycle"), None);
    }
}
