//! What would be, beside what is: changes that are staged and never made.

use super::Impact;
use super::after::After;
use super::walk::Walk;
use crate::change::{Change, ChangeError, Staged};
use crate::directory::Directory;
use crate::entity::{GroupIndex, UserIndex};
use crate::set::Set;
use crate::sort;

/// A directory as changes would leave it.
pub struct Outlook<'a> {
    directory: &'a Directory,
    staged: Staged,
    after: After<'a>,
}

impl<'a> Outlook<'a> {
    /// Stages changes, each of which sees those before it. Cost: O(changes · log(memberships of what they name)).
    ///
    /// # Errors
    /// The first change that cannot be.
    pub fn new(directory: &'a Directory, changes: &[Change<'_>]) -> Result<Self, ChangeError> {
        let staged = Staged::new(directory, changes)?;
        Ok(Self {
            after: After::new(directory, &staged),
            directory,
            staged,
        })
    }

    /// What the changes would do together.
    ///
    /// Cost: only users whom a change names, and members of a group that is nested or no longer nested, can gain or lose:
    /// for each of them O(groups before and after + the nestings above those); for each nesting that comes or goes
    /// O(memberships of its child + ancestors of its parent and their nestings); and O((users + groups) / 64).
    #[must_use]
    pub fn impact(&self) -> Impact {
        let mut walk = Walk::new(self.directory.group_count());
        let mut impact = Impact::default();
        for user in self.directory.touched(&self.staged).iter().map(UserIndex::new) {
            walk.compare(user, self.directory, &self.after, &mut impact);
        }
        impact.managers(&self.staged);
        self.directory
            .cycles_made(&self.staged, &self.after, &mut walk, &mut impact);
        self.directory
            .cycles_broken(&self.staged, &self.after, &mut walk, &mut impact);
        impact
    }

    /// The shortest path by which a user would be in a group, from the group that would name the user up to it; of equally
    /// short ones the first by the names along them. None if the user would not be in it.
    ///
    /// Each group is reached first by the best path to it, for those of one length are reached in the order of their names.
    /// Cost: O(groups of the user and the nestings above them, with a sort of each group's parents).
    #[must_use]
    pub fn path(&self, user: UserIndex, group: GroupIndex) -> Option<Vec<GroupIndex>> {
        let by_name = self.directory.groups_by_name();
        let sorted = |groups: &mut dyn Iterator<Item = GroupIndex>| {
            let mut groups: Vec<GroupIndex> = groups.collect();
            let places = by_name.places();
            sort::by_key(&mut groups, |group| {
                let place = places.get(group.row() as usize);
                place.map_or(u64::MAX, |place| u64::from(*place))
            });
            groups
        };
        let mut seen = Set::new(self.directory.group_count());
        // Each group with the place of the one below it.
        let mut reached: Vec<(GroupIndex, Option<usize>)> = Vec::new();
        for direct in sorted(&mut self.after.direct_groups(user)) {
            if seen.insert(direct.row()) {
                reached.push((direct, None));
            }
        }
        for at in 0.. {
            let (next, _) = *reached.get(at)?;
            if next == group {
                return Some(upwards(&reached, at));
            }
            for parent in sorted(&mut self.after.parents(next)) {
                if seen.insert(parent.row()) {
                    reached.push((parent, Some(at)));
                }
            }
        }
        None
    }
}

fn upwards(reached: &[(GroupIndex, Option<usize>)], at: usize) -> Vec<GroupIndex> {
    let below = |(_, below): &&(GroupIndex, Option<usize>)| below.and_then(|below| reached.get(below));
    let steps = std::iter::successors(reached.get(at), |step| below(step));
    let mut path: Vec<GroupIndex> = steps.map(|(group, _)| *group).collect();
    path.reverse();
    path
}
