//! Why a user is in a group: the paths of nesting that make it so, and those that one more membership would complete.
//!
//! A path goes from a group that names the user up to the group asked about. It is minimal if no group of it is a child
//! of a later one but the next, and if none strictly between its first and its last names the user.

mod nearest;
mod search;

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

pub use nearest::{Nearest, nearest};

use crate::directory::Directory;
use crate::entity::{GroupIndex, UserIndex};
use crate::hierarchy::Hierarchy;
use crate::order::Permutation;
use crate::sort;
use search::{Found, Search, Sequence};

/// Beyond this many, ways are not counted.
pub const MOST_WAYS: u32 = 100;

/// How far it is up to a group from one that is not below it.
const FAR: u32 = u32::MAX;

/// The distances up to the group that was asked about last.
#[derive(Debug, Default)]
pub(crate) struct LastDistances(Option<(GroupIndex, Rc<[u32]>)>);

impl LastDistances {
    fn to(&mut self, target: GroupIndex, hierarchy: &Hierarchy) -> Rc<[u32]> {
        if let Some((of, distances)) = &self.0
            && *of == target
        {
            return Rc::clone(distances);
        }
        let distances = distances(target, hierarchy);
        self.0 = Some((target, Rc::clone(&distances)));
        distances
    }
}

/// For each group how many groups the shortest way up to `target` has, with both ends; 0 where there is none, so that
/// memory comes as it has to be. Cost: O(groups + nestings below).
fn distances(target: GroupIndex, hierarchy: &Hierarchy) -> Rc<[u32]> {
    let mut distances = vec![0; hierarchy.group_count() as usize];
    let mut queue = VecDeque::from([(target, 1)]);
    if let Some(distance) = distances.get_mut(target.row() as usize) {
        *distance = 1;
    }
    while let Some((group, distance)) = queue.pop_front() {
        for child in hierarchy.children(group) {
            match distances.get_mut(child.row() as usize) {
                Some(known) if *known == 0 => {
                    *known = distance + 1;
                    queue.push_back((*child, distance + 1));
                }
                _ => {}
            }
        }
    }
    distances.into()
}

/// Finds the paths of any user up to one group.
#[derive(Debug)]
pub struct PathFinder<'a> {
    directory: &'a Directory,
    target: GroupIndex,
    distances: Rc<[u32]>,
    names: Rc<Permutation>,
    search: RefCell<Search>,
}

/// Some minimal paths of a user up to a group.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paths {
    /// Each from a group that names the user up to the one asked about: the shortest first, then by the names along them.
    pub paths: Vec<Vec<GroupIndex>>,
    /// How many there are, counted up to [`MOST_WAYS`].
    pub ways: u32,
    /// Whether that is all there is to count. Only on graphs that are made to be hard does the search, whose steps are
    /// limited, end before.
    pub complete: bool,
}

impl<'a> PathFinder<'a> {
    /// Prepares for many users.
    ///
    /// Cost: O(groups + nestings below the target), the first time by name O(groups · log groups).
    #[must_use]
    pub fn new(directory: &'a Directory, target: GroupIndex) -> Self {
        Self {
            directory,
            target,
            distances: directory.distances.borrow_mut().to(target, directory.hierarchy()),
            names: directory.groups_by_name(),
            search: RefCell::default(),
        }
    }

    /// The group that paths lead to.
    #[must_use]
    pub fn target(&self) -> GroupIndex {
        self.target
    }

    /// A shortest path of a user, of several the first by the names along it; none for who is not a member.
    ///
    /// Cost: O(direct groups of the user + parents along the path).
    #[must_use]
    pub fn shortest(&self, user: UserIndex) -> Option<Vec<GroupIndex>> {
        self.shortest_of(self.directory.direct_groups(user).map(|(group, _)| group))
    }

    /// As [`Self::shortest`], but through nesting, also for who is a direct member of the target.
    #[must_use]
    pub fn shortest_inherited(&self, user: UserIndex) -> Option<Vec<GroupIndex>> {
        let groups = self.directory.direct_groups(user).map(|(group, _)| group);
        self.shortest_of(groups.filter(|group| *group != self.target))
    }

    /// As [`Self::shortest`], for a group below the target in the place of a user: the groups that it is nested right
    /// in are those that name it. None for a group that is not below the target.
    ///
    /// Cost: O(parents of the group + parents along the path).
    #[must_use]
    pub fn shortest_from(&self, group: GroupIndex) -> Option<Vec<GroupIndex>> {
        let parents = self.directory.hierarchy().parents(group);
        self.shortest_of(parents.iter().copied())
    }

    /// How many minimal paths a group below the target has, in the place of a user, counted up to `cap`. The group
    /// itself is on none of them.
    ///
    /// Cost: as [`Self::paths`].
    #[must_use]
    pub fn ways_from(&self, group: GroupIndex, cap: u32) -> u32 {
        let parents = self.directory.hierarchy().parents(group);
        let starts = self.by_name(parents.iter().copied());
        self.count(&starts, Some(group), cap)
    }

    fn shortest_of(&self, starts: impl Iterator<Item = GroupIndex>) -> Option<Vec<GroupIndex>> {
        let key = |group: &GroupIndex| (self.distance(*group), self.place(*group));
        let mut group = starts.filter(|start| self.distance(*start) != FAR).min_by_key(key)?;
        let mut path = vec![group];
        // Each step to the nearest parent brings the target one nearer.
        while group != self.target {
            group = self
                .directory
                .hierarchy()
                .parents(group)
                .iter()
                .copied()
                .min_by_key(key)?;
            path.push(group);
        }
        Some(path)
    }

    /// How many minimal paths a user has, counted up to `cap`.
    ///
    /// Cost: as [`Self::paths`].
    #[must_use]
    pub fn ways(&self, user: UserIndex, cap: u32) -> u32 {
        self.count(&self.starts(user), None, cap)
    }

    fn count(&self, starts: &[GroupIndex], avoided: Option<GroupIndex>, cap: u32) -> u32 {
        let mut ways = 0;
        if cap > 0 {
            self.search(starts, avoided, |_| {
                ways += 1;
                ways < cap
            });
        }
        ways
    }

    /// The first `limit` minimal paths of a user, and how many there are.
    ///
    /// Cost: O(nestings above the user's direct groups, for each path found), and at the most 2^18 steps and four for
    /// each group and nesting.
    #[must_use]
    pub fn paths(&self, user: UserIndex, limit: usize) -> Paths {
        let mut found = Paths::default();
        let most = limit.max(MOST_WAYS as usize);
        let mut count = 0;
        let ended = self.search(&self.starts(user), None, |path| {
            if count < limit {
                found.paths.push(path.to_vec());
            }
            count += 1;
            count < most
        });
        found.ways = (count as u32).min(MOST_WAYS);
        found.complete = ended != Found::OutOfSteps;
        found
    }

    /// The groups that name a user and lead to the target, by name.
    fn starts(&self, user: UserIndex) -> Vec<GroupIndex> {
        self.by_name(self.directory.direct_groups(user).map(|(group, _)| group))
    }

    fn by_name(&self, groups: impl Iterator<Item = GroupIndex>) -> Vec<GroupIndex> {
        let mut starts = groups.filter(|start| self.distance(*start) != FAR).collect::<Vec<_>>();
        sort::by_key(&mut starts, |start| self.place(*start).into());
        starts
    }

    fn search(
        &self,
        starts: &[GroupIndex],
        avoided: Option<GroupIndex>,
        visit: impl FnMut(&[GroupIndex]) -> bool,
    ) -> Found {
        let sequence = Sequence::ShortestFirst { avoided };
        self.search.borrow_mut().run(self, starts, sequence, visit)
    }

    fn distance(&self, group: GroupIndex) -> u32 {
        let groups = self.distances.get(group.row() as usize).copied();
        groups.and_then(|groups| groups.checked_sub(1)).unwrap_or(FAR)
    }

    /// A group's place by name.
    fn place(&self, group: GroupIndex) -> u32 {
        self.names
            .places()
            .get(group.row() as usize)
            .copied()
            .unwrap_or(u32::MAX)
    }
}
