//! Which nesting of a loop to undo: the one that leaves the fewest groups in cycles, and of those the one that takes the
//! fewest memberships away.

mod zone;

use std::collections::BTreeMap;

use crate::directory::Directory;
use crate::entity::{GroupIndex, UserIndex};
use crate::set::Set;
use zone::Zone;

/// What it would cost to undo one nesting of a loop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    /// The group that would no longer contain the other one.
    pub parent: GroupIndex,
    /// The group that would no longer be nested in it.
    pub child: GroupIndex,
    /// How many of the groups that contain each other now would still be in a cycle.
    pub left: u32,
    /// How many memberships would be lost: pairs of a user and a group.
    pub lost: u64,
    /// How many users would lose some.
    pub users: u32,
    /// The groups that would lose members, and how many; ascending.
    pub groups: Vec<(GroupIndex, u32)>,
}

/// Weighs the nestings of a loop against each other, a piece at a time.
///
/// Those that are weighed are those of the loop that is spelled out, a shortest one through the first group of the
/// component. A nesting without which no cycle is left lies on every loop, and so on this one: if any single nesting ends
/// it all, the one that is named does.
///
/// Users who come into the loop, and into whatever contains it, by the same groups lose the same: so they are counted
/// by those groups once, and what a nesting takes away is worked out for each such kind of user.
#[derive(Debug)]
pub struct CutSearch {
    zone: Zone,
    spelled: Vec<GroupIndex>,
    /// Everybody in the loop.
    among: Set,
    /// The user to look at next.
    next_user: u32,
    /// The users of the loop, each with a kind.
    members: Vec<(UserIndex, u32)>,
    /// The kinds by the groups that their users come in by.
    known: BTreeMap<Vec<u32>, u32>,
    kinds: Vec<Kind>,
    /// The nesting to weigh next, by the place of its parent in the loop.
    next_nesting: usize,
    /// What is known of that one, and the kind to count next.
    weighing: Option<(Cut, usize)>,
    best: Option<Cut>,
}

/// Users who come in by the same groups.
#[derive(Debug)]
struct Kind {
    entries: Vec<u32>,
    users: u32,
}

impl CutSearch {
    /// Begins with the loop of a group; none if the group is in no cycle with others.
    ///
    /// Cost: that of the loop's members as a set, and O(groups + ancestors of the loop + their nestings).
    #[must_use]
    pub fn new(directory: &Directory, group: GroupIndex) -> Option<Self> {
        let hierarchy = directory.hierarchy();
        let first = *hierarchy.component_groups(hierarchy.component(group)).first()?;
        let spelled = hierarchy.cycle(first);
        if spelled.len() < 2 {
            return None;
        }
        Some(Self {
            zone: Zone::new(directory, first),
            spelled,
            among: directory.member_set(first, true),
            next_user: 0,
            members: Vec::new(),
            known: BTreeMap::new(),
            kinds: Vec::new(),
            next_nesting: 0,
            weighing: None,
            best: None,
        })
    }

    /// Goes on until about so many groups and users were looked at, or all are; whether it is done.
    ///
    /// Cost of the whole: O(users), for each group that names a user of the loop once O(groups and nestings above it that
    /// are not above the loop), and for each nesting of the loop O(nestings of the component + kinds of users · (groups
    /// and nestings above the loop)). One step exceeds its work by one user, or by one kind.
    pub fn step(&mut self, directory: &Directory, work: u32) -> bool {
        let mut left = i64::from(work);
        while left > 0 && !self.is_done() {
            left -= if self.next_user < self.among.len() {
                self.look_at_user(directory)
            } else {
                self.weigh(directory)
            };
        }
        self.is_done()
    }

    /// Whether every nesting of the loop was weighed.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.next_nesting >= self.spelled.len()
    }

    /// The loop: each group the parent of the next, the last the parent of the first.
    #[must_use]
    pub fn spelled(&self) -> &[GroupIndex] {
        &self.spelled
    }

    /// How many nestings were weighed.
    #[must_use]
    pub fn weighed(&self) -> u32 {
        self.next_nesting as u32
    }

    /// The best one so far; the best one of all, once it is done.
    #[must_use]
    pub fn best(&self) -> Option<&Cut> {
        self.best.as_ref()
    }

    /// Who would lose which groups by the best one so far, both in the order of the facts: so many users from the first.
    ///
    /// Cost: O(kinds · (groups and nestings above the loop) + users of the loop + what is told).
    #[must_use]
    pub fn losers(&self, limit: usize) -> Vec<(UserIndex, Vec<GroupIndex>)> {
        let Some(best) = &self.best else { return Vec::new() };
        let mut walk = self.zone.walk();
        let kinds = self.kinds.iter();
        let lost: Vec<Vec<GroupIndex>> = kinds
            .map(|kind| self.zone.lost(&mut walk, &kind.entries, (best.parent, best.child)))
            .collect();
        let of = |kind: u32| lost.get(kind as usize).filter(|groups| !groups.is_empty());
        let members = self.members.iter();
        let losers = members.filter_map(|(user, kind)| Some((*user, of(*kind)?.clone())));
        losers.take(limit).collect()
    }

    /// Finds by which groups the next user comes in; how much work it was.
    fn look_at_user(&mut self, directory: &Directory) -> i64 {
        let user = UserIndex::new(self.next_user);
        self.next_user += 1;
        if !self.among.contains(user.row()) {
            return 1;
        }
        let (entries, work) = self.zone.entries(directory, user);
        let kind = match self.known.get(&entries) {
            Some(kind) => *kind,
            None => {
                let kind = self.kinds.len() as u32;
                self.kinds.push(Kind {
                    entries: entries.clone(),
                    users: 0,
                });
                self.known.insert(entries, kind);
                kind
            }
        };
        if let Some(kind) = self.kinds.get_mut(kind as usize) {
            kind.users += 1;
        }
        self.members.push((user, kind));
        work
    }

    /// Begins with the next nesting, counts what the next kind of users would lose by it, or is done with it; how much
    /// work it was.
    fn weigh(&mut self, directory: &Directory) -> i64 {
        let Some((cut, next)) = &mut self.weighing else {
            let place = self.next_nesting;
            let at = |place: usize| self.spelled.get(place % self.spelled.len()).copied();
            if let (Some(parent), Some(child)) = (at(place), at(place + 1)) {
                let (left, work) = zone::left_in_cycles(directory.hierarchy(), parent, child);
                let cut = Cut {
                    parent,
                    child,
                    left,
                    lost: 0,
                    users: 0,
                    groups: Vec::new(),
                };
                self.weighing = Some((cut, 0));
                return work;
            }
            return 1;
        };
        if let Some(kind) = self.kinds.get(*next) {
            *next += 1;
            let nesting = (cut.parent, cut.child);
            let mut walk = self.zone.walk();
            let groups = self.zone.lost(&mut walk, &kind.entries, nesting);
            count(cut, &groups, kind.users);
            return i64::from(self.zone.len());
        }
        if let Some((cut, _)) = self.weighing.take() {
            let rank = |cut: &Cut| (cut.left, cut.lost, cut.users);
            if self.best.as_ref().is_none_or(|best| rank(&cut) < rank(best)) {
                self.best = Some(cut);
            }
        }
        self.next_nesting += 1;
        1
    }
}

/// Adds that so many users would lose these groups, which ascend.
fn count(cut: &mut Cut, groups: &[GroupIndex], users: u32) {
    if groups.is_empty() {
        return;
    }
    cut.users += users;
    cut.lost += groups.len() as u64 * u64::from(users);
    for group in groups {
        match cut.groups.binary_search_by_key(group, |(group, _)| *group) {
            Ok(place) => {
                if let Some((_, count)) = cut.groups.get_mut(place) {
                    *count += users;
                }
            }
            Err(place) => cut.groups.insert(place, (*group, users)),
        }
    }
}
