//! A walk up the hierarchy that needs no fresh memory each time.

use crate::entity::GroupIndex;
use crate::hierarchy::Hierarchy;
use crate::set::Set;

/// Which components the current walk has been at.
#[derive(Debug, Default)]
pub(crate) struct Marks {
    /// For each component the number of the last walk that was there.
    seen: Vec<u32>,
    walk: u32,
    found: Vec<u32>,
    /// Groups that were met, while they are looked for.
    met: Set,
}

impl Marks {
    /// For so many groups, which are at least as many as components.
    pub fn new(groups: u32) -> Self {
        let seen = vec![0; groups as usize];
        Self {
            seen,
            met: Set::new(groups),
            ..Self::default()
        }
    }

    /// The components of the groups at some positions, given as `position << 1 | role`, and all above them, each once.
    ///
    /// Cost: O(components found + their nestings).
    pub fn above(&mut self, hierarchy: &Hierarchy, positions: &[u32]) -> &[u32] {
        self.walk = self.walk.wrapping_add(1);
        if self.walk == 0 {
            self.seen.fill(0);
            self.walk = 1;
        }
        self.found.clear();
        for item in positions {
            self.visit(hierarchy.component(hierarchy.group_at(item >> 1)));
        }
        let mut next = 0;
        while let Some(component) = self.found.get(next).copied() {
            for above in hierarchy.above(component) {
                self.visit(*above);
            }
            next += 1;
        }
        &self.found
    }

    /// Adds to a list the groups at some positions or, if they are `inherited`, with all above them, the nearest first.
    ///
    /// Goes from group to group rather than by components: within a cycle there are few, and no group is looked up twice.
    /// Cost: O(groups found + nestings above).
    pub fn add_groups(
        &mut self,
        hierarchy: &Hierarchy,
        positions: &[u32],
        inherited: bool,
        groups: &mut Vec<GroupIndex>,
    ) {
        let (met, first) = (&mut self.met, groups.len());
        let direct = positions.iter().map(|item| hierarchy.group_at(item >> 1));
        groups.extend(direct.filter(|group| met.insert(group.row())));
        let mut next = if inherited { first } else { groups.len() };
        while let Some(group) = groups.get(next).copied() {
            let step = hierarchy.step(group);
            if met.insert(step.parent().row()) {
                groups.push(step.parent());
            }
            if step.has_more() {
                let parents = hierarchy.parents(group).iter().copied();
                groups.extend(parents.filter(|parent| met.insert(parent.row())));
            }
            next += 1;
        }
        let found = groups.get(first..).unwrap_or_default();
        found.iter().for_each(|group| _ = met.remove(group.row()));
    }

    fn visit(&mut self, component: u32) {
        if let Some(seen) = self.seen.get_mut(component as usize)
            && *seen != self.walk
        {
            *seen = self.walk;
            self.found.push(component);
        }
    }
}
