//! What is wrong with the facts: data, never an error. Worked out when asked, one kind at a time; nothing is kept.

mod alike;
mod message;
mod skeleton;

pub use skeleton::looks_like;

use crate::directory::{Directory, Unused, UnusedReason};
use crate::entity::{GroupIndex, Standing, UserIndex};
use crate::hierarchy::{Span, contains};
use crate::sort;

/// The level below a root from which on a group is too deep.
pub const DEEPEST: u32 = 6;

/// How much a finding matters; the gravest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Somebody may do what nobody meant.
    Critical,
    /// Something is not as it was meant.
    Warning,
    /// Something is worth a look.
    Notice,
}

impl Severity {
    /// The word for it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Critical => "critical",
            Self::Warning => "warning",
            Self::Notice => "notice",
        }
    }
}

/// The kinds of findings, the gravest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
    /// A group with direct members and no manager, where the directory knows managers at all.
    NoManager,
    /// A group more than [`DEEPEST`] levels below a root.
    Deep,
    /// A suspended or locked user in a group, told once a user.
    SuspendedMember,
    /// A group with a single manager.
    OneManager,
    /// A direct membership that is inherited too.
    Redundant,
    /// A group with nobody, directly or inherited.
    Empty,
    /// A fact told twice.
    Repeated,
}

impl FindingKind {
    /// Every kind, in the order in which they are shown.
    pub const ALL: [Self; 13] = [
        Self::Cycle,
        Self::SuspendedAdministrator,
        Self::Dangling,
        Self::Unreadable,
        Self::DuplicateIdentifier,
        Self::Lookalike,
        Self::NoManager,
        Self::Deep,
        Self::SuspendedMember,
        Self::OneManager,
        Self::Redundant,
        Self::Empty,
        Self::Repeated,
    ];

    /// How much it matters.
    #[must_use]
    pub const fn severity(self) -> Severity {
        match self {
            Self::Cycle | Self::SuspendedAdministrator => Severity::Critical,
            Self::Dangling
            | Self::Unreadable
            | Self::DuplicateIdentifier
            | Self::Lookalike
            | Self::NoManager
            | Self::Deep => Severity::Warning,
            Self::SuspendedMember | Self::OneManager | Self::Redundant | Self::Empty | Self::Repeated => {
                Severity::Notice
            }
        }
    }

    /// Its name in routes and in the module's answers.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Cycle => "cycle",
            Self::SuspendedAdministrator => "suspended-administrator",
            Self::Dangling => "dangling",
            Self::Unreadable => "unreadable",
            Self::DuplicateIdentifier => "duplicate-identifier",
            Self::Lookalike => "lookalike",
            Self::NoManager => "no-manager",
            Self::Deep => "deep",
            Self::SuspendedMember => "suspended-member",
            Self::OneManager => "one-manager",
            Self::Redundant => "redundant",
            Self::Empty => "empty",
            Self::Repeated => "repeated",
        }
    }

    /// The kind of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// Something that is wrong with the facts of one directory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What kind of thing it is.
    pub kind: FindingKind,
    /// The users it is about; none where it is about groups alone.
    pub users: Vec<UserIndex>,
    /// The groups it is about, those of a cycle in the order of the loop.
    pub groups: Vec<GroupIndex>,
    about: About,
}

/// What a kind of finding needs to say beside the users and the groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum About {
    Nothing,
    /// The row among the facts that could not be used.
    Unused(u32),
    Username,
    Email,
    FullName,
}

/// Takes in findings one by one.
type Tell<'t> = &'t mut dyn FnMut(Finding);

impl Finding {
    fn new(kind: FindingKind, users: Vec<UserIndex>, groups: Vec<GroupIndex>) -> Self {
        Self {
            kind,
            users,
            groups,
            about: About::Nothing,
        }
    }

    /// How much it matters.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.kind.severity()
    }

    /// The fact that could not be used, where the finding is one: its place, what it says and why.
    #[must_use]
    pub fn unused<'d>(&self, directory: &'d Directory) -> Option<&'d Unused> {
        let About::Unused(row) = self.about else { return None };
        directory.unused().get(row as usize)
    }
}

impl Directory {
    /// The findings of one kind, in the order of the facts.
    ///
    /// Cost, beside the findings themselves: O(facts that could not be used) for those kinds that tell of them;
    /// O(groups) for `Cycle`, `Deep` and `Empty`; O(memberships) for `NoManager` and `OneManager`; O(users) for
    /// `SuspendedMember`; O(administrators) for `SuspendedAdministrator`; O(text + users · log users) for
    /// `DuplicateIdentifier` and `Lookalike`; and for `Redundant` O(log) of the direct groups of each member of each
    /// group that contains others, for each of the group's spans.
    #[must_use]
    pub fn findings(&self, kind: FindingKind) -> Vec<Finding> {
        let mut findings = Vec::new();
        self.tell(kind, &mut |finding| findings.push(finding));
        findings
    }

    /// How many findings of one kind there are. Cost: as [`Self::findings`], without the memory.
    #[must_use]
    pub fn finding_count(&self, kind: FindingKind) -> u32 {
        let mut count = 0;
        self.tell(kind, &mut |_| count += 1);
        count
    }

    /// How many findings of each kind there are. Cost: that of every kind.
    #[must_use]
    pub fn finding_counts(&self) -> [(FindingKind, u32); 13] {
        FindingKind::ALL.map(|kind| (kind, self.finding_count(kind)))
    }

    /// How many critical findings there are. Cost: O(groups + administrators).
    #[must_use]
    pub fn critical_count(&self) -> u32 {
        let kinds = FindingKind::ALL.into_iter();
        kinds
            .filter(|kind| kind.severity() == Severity::Critical)
            .map(|kind| self.finding_count(kind))
            .sum()
    }

    fn tell(&self, kind: FindingKind, tell: Tell<'_>) {
        let group = |group| Finding::new(kind, Vec::new(), vec![group]);
        match kind {
            FindingKind::Cycle => self.cycles(tell),
            FindingKind::SuspendedAdministrator => self.suspended_administrators(tell),
            FindingKind::Dangling | FindingKind::Unreadable | FindingKind::Repeated => self.unused_of(kind, tell),
            FindingKind::DuplicateIdentifier => {
                self.unused_of(kind, tell);
                self.duplicates(tell);
            }
            FindingKind::Lookalike => self.lookalikes(tell),
            FindingKind::NoManager if !self.knows_managers() => {}
            FindingKind::NoManager => {
                let lacks = |group: &GroupIndex| self.direct_count(*group) > 0 && self.manager_count(*group) == 0;
                self.all_groups().filter(lacks).map(group).for_each(tell);
            }
            FindingKind::Deep => {
                let is_deep = |group: &GroupIndex| self.hierarchy().depth(*group) > DEEPEST;
                self.all_groups().filter(is_deep).map(group).for_each(tell);
            }
            FindingKind::SuspendedMember => self.suspended_members(tell),
            FindingKind::OneManager => self.one_manager(tell),
            FindingKind::Redundant => self.redundant(tell),
            FindingKind::Empty => {
                let is_empty = |group: &GroupIndex| self.member_count(*group) == 0;
                self.all_groups().filter(is_empty).map(group).for_each(tell);
            }
        }
    }

    fn unused_of(&self, kind: FindingKind, tell: Tell<'_>) {
        for (fact, row) in self.unused().iter().zip(0..) {
            if kind_of(&fact.reason) == kind {
                tell(Finding {
                    about: About::Unused(row),
                    ..Finding::new(kind, Vec::new(), Vec::new())
                });
            }
        }
    }

    fn cycles(&self, tell: Tell<'_>) {
        let hierarchy = self.hierarchy();
        let firsts = hierarchy.cycles().filter_map(<[_]>::first);
        let mut firsts: Vec<_> = firsts.copied().collect();
        sort::by_key(&mut firsts, |group| group.row().into());
        for first in firsts {
            let groups = hierarchy.cycle_of(hierarchy.component(first));
            tell(Finding::new(FindingKind::Cycle, Vec::new(), groups));
        }
        for group in hierarchy.in_itself() {
            tell(Finding::new(FindingKind::Cycle, Vec::new(), vec![*group]));
        }
    }

    fn is_off(&self, user: UserIndex) -> bool {
        self.users().status.get(user.row()).standing() != Standing::Active
    }

    fn suspended_administrators(&self, tell: Tell<'_>) {
        let group: Vec<_> = self.administrators_group().into_iter().collect();
        for user in self
            .administrators()
            .iter()
            .map(UserIndex::new)
            .filter(|user| self.is_off(*user))
        {
            tell(Finding::new(
                FindingKind::SuspendedAdministrator,
                vec![user],
                group.clone(),
            ));
        }
    }

    fn administrators_group(&self) -> Option<GroupIndex> {
        self.group_by_name("System Administrators")
    }

    fn suspended_members(&self, tell: Tell<'_>) {
        for user in self
            .all_users()
            .filter(|user| self.direct_group_count(*user) > 0 && self.is_off(*user))
        {
            let mut groups: Vec<_> = self.direct_groups(user).map(|(group, _)| group).collect();
            sort::by_key(&mut groups, |group| group.row().into());
            tell(Finding::new(FindingKind::SuspendedMember, vec![user], groups));
        }
    }

    fn one_manager(&self, tell: Tell<'_>) {
        for group in self.all_groups() {
            let mut managers = self.direct_members(group).filter(|(_, is_manager)| *is_manager);
            if let (Some((user, _)), None) = (managers.next(), managers.next()) {
                tell(Finding::new(FindingKind::OneManager, vec![user], vec![group]));
            }
        }
    }

    fn redundant(&self, tell: Tell<'_>) {
        for group in self.all_groups() {
            // A group that contains no other brings nobody.
            if self.hierarchy().children(group).is_empty() {
                continue;
            }
            let spans = self.hierarchy.spans(group);
            let own = self.hierarchy.position(group);
            for (user, _) in self.direct_members(group) {
                if meets_elsewhere(self.memberships.positions(user), own, &spans) {
                    tell(Finding::new(FindingKind::Redundant, vec![user], vec![group]));
                }
            }
        }
    }
}

/// Which kind of finding a fact is that could not be used.
fn kind_of(reason: &UnusedReason) -> FindingKind {
    match reason {
        UnusedReason::UnknownUser(_) | UnusedReason::UnknownGroup(_) => FindingKind::Dangling,
        UnusedReason::Twice { .. } => FindingKind::Repeated,
        UnusedReason::DuplicateId { .. } => FindingKind::DuplicateIdentifier,
        UnusedReason::InItself => FindingKind::Cycle,
        UnusedReason::NoId | UnusedReason::NotAMember | UnusedReason::Value(_) => FindingKind::Unreadable,
    }
}

/// Whether one of somebody's positions, given as `position << 1 | role`, other than `own` is within the spans.
fn meets_elsewhere(positions: &[u32], own: u32, spans: &[Span]) -> bool {
    if positions.len() < 2 {
        return false;
    }
    if positions.len() <= spans.len() {
        return positions
            .iter()
            .any(|item| item >> 1 != own && contains(spans, item >> 1));
    }
    spans.iter().any(|span| {
        let from = positions.partition_point(|item| item >> 1 < span.start);
        let within = positions
            .iter()
            .skip(from)
            .map(|item| item >> 1)
            .take_while(|position| *position < span.end);
        within.take(2).any(|position| position != own)
    })
}
