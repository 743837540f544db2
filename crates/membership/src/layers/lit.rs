//! Which nestings lie on a user's minimal paths.

use crate::directory::Directory;
use crate::entity::{GroupIndex, UserIndex};
use crate::set::Set;

/// The last steps of the minimal paths of a user to one group after another.
///
/// What a minimal path begins with is one, too. So a nesting is on any if it is the last step of one: if its child is
/// reached from a group that names the user without passing the parent or another child of it, for from either there
/// were a shorter way. The shortest of these ways is minimal.
pub(super) struct Lit<'a> {
    directory: &'a Directory,
    starts: Vec<GroupIndex>,
    /// The group looked below, and its children.
    near: Set,
    reached: Set,
    queue: Vec<GroupIndex>,
}

impl<'a> Lit<'a> {
    /// Prepares for all groups. Cost: O(groups / 64 + direct groups of the user).
    pub fn new(directory: &'a Directory, user: UserIndex) -> Self {
        Self {
            directory,
            starts: directory.direct_groups(user).map(|(group, _)| group).collect(),
            near: Set::new(directory.group_count()),
            reached: Set::new(directory.group_count()),
            queue: Vec::new(),
        }
    }

    /// Finds the last steps to a group.
    ///
    /// Cost: O(groups / 64 + children of the group + groups above the user and their nestings).
    pub fn look_below(&mut self, group: GroupIndex) {
        let hierarchy = self.directory.hierarchy();
        self.near.clear();
        self.near.insert(group.row());
        for child in hierarchy.children(group) {
            self.near.insert(child.row());
        }
        self.reached.clear();
        self.queue.clone_from(&self.starts);
        while let Some(group) = self.queue.pop() {
            if self.reached.insert(group.row()) && !self.near.contains(group.row()) {
                self.queue.extend_from_slice(hierarchy.parents(group));
            }
        }
    }

    /// Whether a minimal path leads from this child to the group that was looked below.
    pub fn leads_on_from(&self, child: GroupIndex) -> bool {
        self.reached.contains(child.row())
    }
}
