//! Strongly connected components: groups that contain each other.

#![expect(
    clippy::indexing_slicing,
    reason = "every index is a group below the number of groups, by which the lists are sized"
)]

use crate::directory::Rows;

const NONE: u32 = u32::MAX;

/// A group on the way down, and how many of its children have been looked at.
struct Frame {
    group: u32,
    next: u32,
}

/// For each group its component, and how many components there are. A component's number is higher than those of all
/// that it contains.
///
/// Tarjan's algorithm with a stack of its own, so that a chain of any length is safe. Cost: O(groups + nestings).
pub(crate) fn components(children: &Rows) -> (Vec<u32>, u32) {
    let mut walk = Walk::new(children.len() as usize);
    let mut frames = Vec::<Frame>::new();
    for root in 0..children.len() {
        if walk.discovered[root as usize] == 0 {
            walk.discover(root);
            frames.push(Frame { group: root, next: 0 });
        }
        while let Some(Frame { group, next }) = frames.last_mut() {
            let group = *group;
            if let Some(child) = children.row(group).get(*next as usize) {
                *next += 1;
                if walk.discovered[*child as usize] == 0 {
                    walk.discover(*child);
                    frames.push(Frame { group: *child, next: 0 });
                } else if walk.component[*child as usize] == NONE {
                    walk.reach(group, walk.discovered[*child as usize]);
                }
                continue;
            }
            frames.pop();
            if let Some(Frame { group: parent, .. }) = frames.last() {
                walk.reach(*parent, walk.lowest[group as usize]);
            }
            walk.close(group);
        }
    }
    (walk.component, walk.count)
}

/// What is known of the groups so far.
struct Walk {
    component: Vec<u32>,
    count: u32,
    /// The order of discovery, from 1.
    discovered: Vec<u32>,
    clock: u32,
    /// The earliest group that can be reached among those without a component yet, by its order of discovery.
    lowest: Vec<u32>,
    /// The groups without a component yet.
    open: Vec<u32>,
}

impl Walk {
    fn new(groups: usize) -> Self {
        Self {
            component: vec![NONE; groups],
            count: 0,
            discovered: vec![0; groups],
            clock: 0,
            lowest: vec![0; groups],
            open: Vec::new(),
        }
    }

    fn discover(&mut self, group: u32) {
        self.clock += 1;
        self.discovered[group as usize] = self.clock;
        self.lowest[group as usize] = self.clock;
        self.open.push(group);
    }

    fn reach(&mut self, group: u32, lowest: u32) {
        let known = &mut self.lowest[group as usize];
        *known = lowest.min(*known);
    }

    /// A group that reaches no earlier one makes a component with all that are still open since it was discovered.
    fn close(&mut self, group: u32) {
        if self.lowest[group as usize] != self.discovered[group as usize] {
            return;
        }
        while let Some(member) = self.open.pop() {
            self.component[member as usize] = self.count;
            if member == group {
                break;
            }
        }
        self.count += 1;
    }
}
