//! Walks up the nestings before and after, which leave their memory as they found it.

use super::Impact;
use super::after::After;
use crate::directory::Directory;
use crate::entity::{GroupIndex, UserIndex};
use crate::sort;

/// Marks of the walks from a user's groups, as they are and as they would be.
const BEFORE: u8 = 1;
const AFTER: u8 = 2;

/// Marks of the walks from one group, both as it would be.
const UP: u8 = 1;
const DOWN: u8 = 2;

/// The memory of walks.
pub(super) struct Walk {
    /// For each group which walks have been there.
    marks: Vec<u8>,
    /// Where any of them has been.
    found: Vec<GroupIndex>,
    queue: Vec<GroupIndex>,
}

impl Walk {
    pub fn new(groups: u32) -> Self {
        Self {
            marks: vec![0; groups as usize],
            found: Vec::new(),
            queue: Vec::new(),
        }
    }

    /// Adds what a user gains and loses. Cost: O(groups of the user, before and after, and the nestings above them).
    pub fn compare(&mut self, user: UserIndex, directory: &Directory, after: &After<'_>, impact: &mut Impact) {
        let hierarchy = &directory.hierarchy;
        let groups = directory.direct_groups(user).map(|(group, _)| group);
        self.walk(BEFORE, 0, groups, |group| hierarchy.parents(group).iter().copied());
        self.walk(AFTER, 0, after.direct_groups(user), |group| after.parents(group));
        for (mark, pairs) in [(BEFORE, &mut impact.lost), (AFTER, &mut impact.gained)] {
            let mut groups = self.marked(mark);
            sort::by_key(&mut groups, |group| group.row().into());
            pairs.extend(groups.into_iter().map(|group| (user, group)));
        }
        self.forget();
    }

    /// The groups that contain a group afterwards and are contained in it, with itself, ascending.
    ///
    /// Whatever lies on a way down to such a group and up again is one of them, so that the way down stays among the
    /// ancestors. Cost: O(ancestors + their nestings).
    pub fn component(&mut self, group: GroupIndex, after: &After<'_>) -> Vec<GroupIndex> {
        let start = std::iter::once(group);
        self.walk(UP, 0, start.clone(), |group| after.parents(group));
        self.walk(DOWN, UP, start, |group| after.children(group));
        let mut groups = self.marked(UP | DOWN);
        sort::by_key(&mut groups, |group| group.row().into());
        self.forget();
        groups
    }

    /// Marks all that can be reached through groups that have the marks `within`.
    fn walk<I: Iterator<Item = GroupIndex>>(
        &mut self,
        mark: u8,
        within: u8,
        starts: impl Iterator<Item = GroupIndex>,
        next: impl Fn(GroupIndex) -> I,
    ) {
        self.queue.clear();
        starts.for_each(|group| self.visit(group, mark, within));
        for at in 0.. {
            let Some(group) = self.queue.get(at).copied() else {
                break;
            };
            next(group).for_each(|group| self.visit(group, mark, within));
        }
    }

    fn visit(&mut self, group: GroupIndex, mark: u8, within: u8) {
        let Some(marks) = self.marks.get_mut(group.row() as usize) else {
            return;
        };
        if *marks & mark == 0 && *marks & within == within {
            if *marks == 0 {
                self.found.push(group);
            }
            *marks |= mark;
            self.queue.push(group);
        }
    }

    /// The groups that have exactly these marks, in no order.
    fn marked(&self, marks: u8) -> Vec<GroupIndex> {
        let is_marked = |group: &&GroupIndex| self.marks.get(group.row() as usize) == Some(&marks);
        self.found.iter().filter(is_marked).copied().collect()
    }

    fn forget(&mut self) {
        for group in self.found.drain(..) {
            if let Some(marks) = self.marks.get_mut(group.row() as usize) {
                *marks = 0;
            }
        }
    }
}
