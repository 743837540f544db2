//! What changes would do: who gains and who loses which membership by them, and which cycles come and go.

mod after;
mod outlook;
mod walk;

pub use outlook::Outlook;

use crate::change::{Change, ChangeError, Staged};
use crate::directory::Directory;
use crate::entity::{GroupIndex, UserIndex};
use crate::hierarchy::spelled_out;
use crate::set::Set;
use crate::sort;
use after::After;
use walk::Walk;

/// What changes would do. Pairs come by user and then by group, both in the order of the facts, each once; cycles come
/// by their first groups.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Impact {
    /// Who would be in a group, directly or through nesting, and is not.
    pub gained: Vec<(UserIndex, GroupIndex)>,
    /// Who is in a group, directly or through nesting, and would not be.
    pub lost: Vec<(UserIndex, GroupIndex)>,
    /// Who would manage a group and does not.
    pub managers_gained: Vec<(UserIndex, GroupIndex)>,
    /// Who manages a group and would not.
    pub managers_lost: Vec<(UserIndex, GroupIndex)>,
    /// Groups that would all contain each other, and do not all do so now: as a finding tells them, one loop and then the
    /// others.
    pub cycles_made: Vec<Vec<GroupIndex>>,
    /// Groups that all contain each other now, and would not all do so.
    pub cycles_broken: Vec<Vec<GroupIndex>>,
}

impl Directory {
    /// What changes, each of which sees those before it, would do together. Nothing changes. Cost: that of
    /// [`Outlook::impact`].
    ///
    /// # Errors
    /// The first change that cannot be.
    pub fn impact(&self, changes: &[Change<'_>]) -> Result<Impact, ChangeError> {
        Ok(Outlook::new(self, changes)?.impact())
    }

    /// The users who may be in other groups afterwards.
    ///
    /// A way down from a group to one that names the user, which stands afterwards alone, has a membership or a nesting
    /// that is new. If it is the membership, the change names the user; else the last nesting that is new leads to a
    /// group that the user is in already. The same holds, the other way round, for what is lost.
    fn touched(&self, staged: &Staged) -> Set {
        let mut touched = Set::new(self.user_count());
        for restated in &staged.memberships {
            if restated.before.is_some() != restated.after.is_some() {
                touched.insert(restated.user.row());
            }
        }
        let nestings = staged.nested.iter().chain(&staged.unnested);
        let mut children: Vec<_> = nestings.map(|(_, child)| child.row()).collect();
        sort::by_key(&mut children, |child| u64::from(*child));
        children.dedup();
        for child in children {
            touched.union_with(&self.member_set(GroupIndex::new(child), true));
        }
        touched
    }

    /// Groups that contain each other afterwards and are of several components before: a new nesting is among them.
    fn cycles_made(&self, staged: &Staged, after: &After<'_>, walk: &mut Walk, impact: &mut Impact) {
        let mut seen = Set::new(self.group_count());
        for (parent, _) in &staged.nested {
            if seen.contains(parent.row()) {
                continue;
            }
            let groups = walk.component(*parent, after);
            groups.iter().for_each(|group| _ = seen.insert(group.row()));
            let before = self.hierarchy.component(*parent);
            if groups.iter().any(|group| self.hierarchy.component(*group) != before) {
                let cycle = spelled_out(&groups, |parent| after.children(parent));
                impact.cycles_made.push(cycle);
            }
        }
        by_first(&mut impact.cycles_made);
    }

    /// Groups that contain each other before and are of several components afterwards: a nesting among them is gone.
    fn cycles_broken(&self, staged: &Staged, after: &After<'_>, walk: &mut Walk, impact: &mut Impact) {
        let mut seen = Set::new(self.hierarchy.component_count());
        for (parent, child) in &staged.unnested {
            let component = self.hierarchy.component(*parent);
            if self.hierarchy.component(*child) != component || !seen.insert(component) {
                continue;
            }
            let left = walk.component(*parent, after);
            let groups = self.hierarchy.component_groups(component);
            if groups.iter().any(|group| left.binary_search(group).is_err()) {
                impact.cycles_broken.push(self.hierarchy.cycle_of(component));
            }
        }
        by_first(&mut impact.cycles_broken);
    }
}

impl Impact {
    /// Nobody inherits managing, so that what is restated is all.
    fn managers(&mut self, staged: &Staged) {
        for restated in &staged.memberships {
            let pair = (restated.user, restated.group);
            match (restated.before == Some(true), restated.after == Some(true)) {
                (false, true) => self.managers_gained.push(pair),
                (true, false) => self.managers_lost.push(pair),
                _ => {}
            }
        }
        for pairs in [&mut self.managers_gained, &mut self.managers_lost] {
            sort::by_key(pairs, |(user, group)| {
                u64::from(user.row()) << 32 | u64::from(group.row())
            });
        }
    }
}

fn by_first(cycles: &mut [Vec<GroupIndex>]) {
    sort::by_key(cycles, |cycle| cycle.first().map_or(0, |group| group.row().into()));
}
