//! Which groups are drawn around one.

use super::Reach;
use crate::directory::Directory;
use crate::entity::{GroupIndex, UserIndex};
use crate::hierarchy::Hierarchy;
use crate::path::PathFinder;
use crate::set::Set;
use crate::sort;

/// The groups that are drawn.
pub(super) struct Chosen {
    /// The group asked about, then the largest first.
    pub groups: Vec<GroupIndex>,
    /// How many groups above or below it are not among them.
    pub rest: u32,
}

/// Chooses the groups within reach, and the group itself in any case. See [`super::Layers::new`].
pub(super) fn choose(directory: &Directory, focus: GroupIndex, reach: Reach, user: Option<UserIndex>) -> Chosen {
    let hierarchy = directory.hierarchy();
    let limit = reach.groups;
    let (above, near_above) = nearest_first(directory, focus, Hierarchy::parents, reach.levels);
    let (below, near_below) = nearest_first(directory, focus, Hierarchy::children, reach.levels);
    // Groups in a cycle with this one are above and below it.
    let both = hierarchy.component_groups(hierarchy.component(focus)).len() - 1;
    let family = above.len() + below.len() - both + 1;
    let mut drawn = Drawn::new(directory.group_count(), limit.max(1) as usize);
    drawn.take(focus);
    if let Some(user) = user {
        let found = PathFinder::new(directory, focus).paths(user, limit as usize);
        found.paths.iter().for_each(|path| drawn.take_whole(path));
    }
    let (mut above, mut below) = (above.into_iter().take(near_above), below.into_iter().take(near_below));
    while drawn.has_room() {
        let next = [drawn.next_of(&mut above), drawn.next_of(&mut below)];
        if next == [None, None] {
            break;
        }
        next.into_iter().flatten().for_each(|group| drawn.take(group));
    }
    let mut groups = drawn.groups;
    let rest = (family - groups.len()) as u32;
    sort::by_key(&mut groups, |group| match *group == focus {
        true => 0,
        false => u64::from(u32::MAX - directory.member_count(*group)) << 32 | u64::from(group.row()),
    });
    Chosen { groups, rest }
}

/// The groups taken so far.
struct Drawn {
    groups: Vec<GroupIndex>,
    taken: Set,
    limit: usize,
}

impl Drawn {
    fn new(groups: u32, limit: usize) -> Self {
        Self {
            groups: Vec::new(),
            taken: Set::new(groups),
            limit,
        }
    }

    fn has_room(&self) -> bool {
        self.groups.len() < self.limit
    }

    fn take(&mut self, group: GroupIndex) {
        if self.has_room() && self.taken.insert(group.row()) {
            self.groups.push(group);
        }
    }

    /// Takes all groups of a path, if there is room for all.
    fn take_whole(&mut self, path: &[GroupIndex]) {
        let new = path.iter().filter(|group| !self.taken.contains(group.row())).count();
        if self.groups.len() + new <= self.limit {
            path.iter().for_each(|group| self.take(*group));
        }
    }

    fn next_of(&self, groups: &mut impl Iterator<Item = GroupIndex>) -> Option<GroupIndex> {
        groups.find(|group| !self.taken.contains(group.row()))
    }
}

/// The groups that `next` leads to, never the first one itself: the nearest first, of those equally near the largest; and how many
/// of them are so many steps away at the most.
///
/// Cost: O(g / 64 + f log f + n) for g groups in all, f found, and n nestings of these.
fn nearest_first(
    directory: &Directory,
    focus: GroupIndex,
    next: for<'a> fn(&'a Hierarchy, GroupIndex) -> &'a [GroupIndex],
    steps: u32,
) -> (Vec<GroupIndex>, usize) {
    let mut seen = Set::new(directory.group_count());
    seen.insert(focus.row());
    let mut found = Vec::new();
    let mut ring = vec![focus];
    let (mut step, mut near) = (0, 0);
    while !ring.is_empty() {
        let around = ring.iter().flat_map(|group| next(directory.hierarchy(), *group));
        ring = around.copied().filter(|group| seen.insert(group.row())).collect();
        sort::by_key(&mut ring, |group| (u32::MAX - directory.member_count(*group)).into());
        found.extend_from_slice(&ring);
        step += 1;
        if step <= steps {
            near = found.len();
        }
    }
    (found, near)
}
