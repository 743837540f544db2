//! What would make a "no" a "yes": the paths that one more direct membership would complete.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::PathFinder;
use super::search::{Found, Search, Sequence};
use crate::directory::Directory;
use crate::entity::{GroupIndex, UserIndex};
use crate::hierarchy::Hierarchy;
use crate::set::Set;
use crate::sort;

/// How many steps the walks up from candidates may take together.
const STEPS: usize = 1 << 22;

/// Paths that one more direct membership, in their first group, would complete.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Nearest {
    /// Those first that bring the fewest other groups, then by the names along them.
    pub paths: Vec<Vec<GroupIndex>>,
    /// How many there are; where not all are listed, at least how many groups they begin with: the one asked about and
    /// all below it.
    pub total: u32,
}

/// The first `limit` minimal paths up to a group that one more direct membership would complete. None for who is a member.
///
/// What a path *brings* are the groups that the user would be in by its membership, the asked one and those that the
/// user is in already left out. A group below another one brings more, so that candidates are walked from the asked
/// group down, those that bring the least first, as far as they are listed.
///
/// Cost: O(groups + nestings below the asked group + nestings above each candidate listed), the latter at most 2^22.
#[must_use]
pub fn nearest(directory: &Directory, user: UserIndex, group: GroupIndex, limit: usize) -> Nearest {
    let mut found = Nearest::default();
    if group.row() >= directory.group_count() || directory.is_member(user, group) {
        return found;
    }
    let finder = PathFinder::new(directory, group);
    let mut search = Search::default();
    let mut candidates = Candidates::new(directory, user, group);
    let mut all = true;
    while found.paths.len() < limit {
        let mut groups = candidates.next();
        if groups.is_empty() {
            break;
        }
        // Those that bring equally much go by the names along their paths, the first of which is their own.
        sort::by_key(&mut groups, |group| finder.place(*group).into());
        for start in groups {
            all &= add(&finder, &mut search, start, limit, &mut found.paths);
        }
    }
    let listed = found.paths.len() as u32;
    let is_rest = candidates.steps == 0 || !candidates.heap.is_empty() || !all;
    let groups = directory.hierarchy().descendant_count(group) + 1;
    found.total = if is_rest { listed.max(groups) } else { listed };
    found
}

/// Adds the paths from a group, up to `limit` of them altogether; whether these are all.
fn add(
    finder: &PathFinder<'_>,
    search: &mut Search,
    start: GroupIndex,
    limit: usize,
    paths: &mut Vec<Vec<GroupIndex>>,
) -> bool {
    let before = paths.len();
    if before >= limit {
        return false;
    }
    let ended = search.run(finder, &[start], Sequence::ByName, |path| {
        paths.push(path.to_vec());
        paths.len() < limit
    });
    if ended == Found::OutOfSteps && paths.len() == before {
        paths.extend(finder.shortest_of(std::iter::once(start)));
    }
    ended == Found::All
}

/// The components at and below a group, by how many groups a membership in them brings.
struct Candidates<'a> {
    hierarchy: &'a Hierarchy,
    heap: BinaryHeap<Reverse<(u32, u32)>>,
    /// The components that are, or were, in the heap.
    met: Set,
    /// Those that count already, or never: at and above the asked group, and those that the user is in.
    settled: Set,
    base: u32,
    steps: usize,
}

impl<'a> Candidates<'a> {
    fn new(directory: &'a Directory, user: UserIndex, group: GroupIndex) -> Self {
        let hierarchy = directory.hierarchy();
        let count = hierarchy.component_count();
        let mut this = Self {
            hierarchy,
            heap: BinaryHeap::new(),
            met: Set::new(count),
            settled: Set::new(count),
            base: 0,
            steps: STEPS,
        };
        for group in directory.groups_of(user, true) {
            this.settled.insert(hierarchy.component(group));
        }
        let asked = hierarchy.component(group);
        let above = this.walk(asked);
        this.base = above
            .iter()
            .map(|component| this.size(*component))
            .sum::<u32>()
            .saturating_sub(1);
        above.iter().for_each(|component| _ = this.settled.insert(*component));
        this.met.insert(asked);
        this.heap.push(Reverse((this.base, asked)));
        this
    }

    /// The groups that bring the least of those left. What is below them brings more.
    fn next(&mut self) -> Vec<GroupIndex> {
        let mut groups = Vec::new();
        let mut components = Vec::new();
        let Some(Reverse((least, _))) = self.heap.peek().copied() else {
            return groups;
        };
        while let Some(Reverse((brings, component))) = self.heap.peek().copied()
            && brings == least
        {
            self.heap.pop();
            components.push(component);
        }
        for component in components {
            groups.extend_from_slice(self.hierarchy.component_groups(component));
            for child in self.hierarchy.below(component) {
                if self.steps > 0 && self.met.insert(*child) {
                    let new = self.walk(*child);
                    let brings = self.base + new.iter().map(|component| self.size(*component)).sum::<u32>();
                    self.heap.push(Reverse((brings, *child)));
                }
            }
        }
        groups
    }

    fn size(&self, component: u32) -> u32 {
        self.hierarchy.component_groups(component).len() as u32
    }

    /// A component and those above it, without the settled ones.
    fn walk(&mut self, component: u32) -> Vec<u32> {
        let mut found = Vec::new();
        let (hierarchy, settled, steps) = (self.hierarchy, &mut self.settled, &mut self.steps);
        let mut visit = |component: u32, found: &mut Vec<u32>| {
            // For as long as the walk lasts, what it has been at is settled too.
            if settled.insert(component) {
                found.push(component);
            }
        };
        visit(component, &mut found);
        let mut next = 0;
        while let Some(component) = found.get(next).copied() {
            let above = hierarchy.above(component);
            *steps = steps.saturating_sub(above.len() + 1);
            above.iter().for_each(|above| visit(*above, &mut found));
            next += 1;
        }
        found.iter().for_each(|component| _ = self.settled.remove(*component));
        found
    }
}
