//! What is wrong with the facts: data, never an error. Worked out when asked, one kind at a time; nothing is kept.

mod alike;
mod list;
mod message;
mod search;
mod skeleton;

pub use list::Findings;
pub use search::FindingSearch;
pub use skeleton::looks_like;

use crate::directory::{Directory, Unused, UnusedReason};
use crate::entity::{GroupIndex, Standing, UserIndex};
use crate::lookup::hash;
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

impl About {
    const fn what(self) -> &'static str {
        match self {
            Self::Nothing | Self::Unused(_) => "",
            Self::Username => "username",
            Self::Email => "email",
            Self::FullName => "name",
        }
    }
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

    fn of_fact(kind: FindingKind, row: u32) -> Self {
        Self {
            about: About::Unused(row),
            ..Self::new(kind, Vec::new(), Vec::new())
        }
    }

    /// How much it matters.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.kind.severity()
    }

    /// Which identifier or name it is about: `username`, `email` or `name`; empty where it is about none.
    #[must_use]
    pub fn what(&self) -> &'static str {
        self.about.what()
    }

    /// The row of the fact that could not be used, among all of them, where the finding is one.
    #[must_use]
    pub fn unused_row(&self) -> Option<u32> {
        match self.about {
            About::Unused(row) => Some(row),
            _ => None,
        }
    }

    /// The same number for the same finding in another reading of the directory, and most likely no other's: of ids and
    /// of what a fact says, since places and counts change. Whoever is suspended stays the same finding in other groups.
    ///
    /// Cost: O(the ids of its users and groups).
    #[must_use]
    pub fn identity(&self, directory: &Directory) -> u64 {
        let users = self.users.iter().map(|user| hash(directory.user_id(*user).as_bytes()));
        let groups = match self.kind {
            FindingKind::SuspendedMember => &[],
            _ => self.groups.as_slice(),
        };
        // The order does not matter: in another reading a loop may begin elsewhere.
        let groups = groups
            .iter()
            .map(|group| hash(directory.group_id(*group).as_bytes()).rotate_left(1));
        let all = users
            .chain(groups)
            .fold(hash(self.what().as_bytes()), u64::wrapping_add);
        self.unused(directory)
            .map_or(all, |unused| all.wrapping_add(hash(unused.says.as_bytes())))
    }

    /// The fact that could not be used, where the finding is one: its place, what it says and why.
    #[must_use]
    pub fn unused<'d>(&self, directory: &'d Directory) -> Option<&'d Unused> {
        directory.unused().get(self.unused_row()? as usize)
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
        let mut count = 0;
        self.cycles(&mut |_| count += 1);
        self.suspended_administrators(&mut |_| count += 1);
        count
    }

    fn tell(&self, kind: FindingKind, tell: Tell<'_>) {
        let mut search = FindingSearch::new(kind);
        while search.step(self, u32::MAX, tell).is_none() {}
    }

    /// Those that are told when a directory is opened, at once.
    fn tell_critical(&self, kind: FindingKind, tell: Tell<'_>) {
        match kind {
            FindingKind::Cycle => self.cycles(tell),
            _ => self.suspended_administrators(tell),
        }
    }

    fn cycles(&self, tell: Tell<'_>) {
        let hierarchy = self.hierarchy();
        let firsts = hierarchy.cycles().filter_map(<[_]>::first);
        let mut firsts: Vec<_> = firsts.copied().collect();
        sort::by_key(&mut firsts, |first| first.row().into());
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
