//! A walk up the hierarchy that needs no fresh memory each time.

use crate::entity::GroupIndex;
use crate::hierarchy::Hierarchy;

/// Which components, or which groups, the current walk has been at.
#[derive(Debug, Default)]
pub(crate) struct Marks {
    /// For each component or group the number of the last walk that was there.
    seen: Vec<u32>,
    walk: u32,
    found: Vec<u32>,
}

impl Marks {
    /// For so many groups, which are at least as many as components.
    pub fn new(groups: u32) -> Self {
        Self {
            seen: vec![0; groups as usize],
            ..Self::default()
        }
    }

    /// The components of the groups at some positions, given as `position << 1 | role`, and all above them, each once.
    ///
    /// Cost: O(components found + their nestings).
    pub fn above(&mut self, hierarchy: &Hierarchy, positions: &[u32]) -> &[u32] {
        self.begin();
        self.found.clear();
        for item in positions {
            let component = hierarchy.component(hierarchy.group_at(item >> 1));
            if self.is_new(component) {
                self.found.push(component);
            }
        }
        let mut next = 0;
        while let Some(component) = self.found.get(next).copied() {
            for above in hierarchy.above(component) {
                if self.is_new(*above) {
                    self.found.push(*above);
                }
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
        self.begin();
        let first = groups.len();
        let direct = positions.iter().map(|item| hierarchy.group_at(item >> 1));
        groups.extend(direct.filter(|group| self.is_new(group.row())));
        let mut next = if inherited { first } else { groups.len() };
        while let Some(group) = groups.get(next).copied() {
            let step = hierarchy.step(group);
            if self.is_new(step.parent().row()) {
                groups.push(step.parent());
            }
            if step.has_more() {
                let parents = hierarchy.parents(group).iter().copied();
                groups.extend(parents.filter(|parent| self.is_new(parent.row())));
            }
            next += 1;
        }
    }

    /// Begins another walk.
    fn begin(&mut self) {
        self.walk = self.walk.wrapping_add(1);
        if self.walk == 0 {
            self.seen.fill(0);
            self.walk = 1;
        }
    }

    /// Whether this walk has not been at a component or group yet; it has now.
    #[inline]
    fn is_new(&mut self, row: u32) -> bool {
        self.seen
            .get_mut(row as usize)
            .is_some_and(|seen| std::mem::replace(seen, self.walk) != self.walk)
    }
}
