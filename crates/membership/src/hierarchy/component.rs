//! Strongly connected components: groups that contain each other.

#![expect(
    clippy::indexing_slicing,
    reason = "every index is a group below the number of groups, by which the lists are sized"
)]

use crate::directory::Rows;

/// A group on the way down, and how many of its children have been looked at.
struct Frame {
    group: u32,
    next: u32,
}

/// For each group its component, and how many components there are. A component's number is higher than those of all
/// that it contains.
///
/// Tarjan's algorithm with a stack of its own, so that a chain of any length is safe. Cost: O(groups + nestings).
pub(super) fn components(children: &Rows) -> (Vec<u32>, u32) {
    const NONE: u32 = u32::MAX;
    let groups = children.len();
    let mut component = vec![NONE; groups as usize];
    // The order of discovery, from 1, and the lowest one that can be reached among groups without a component yet.
    let mut lowest = vec![0u32; groups as usize];
    let mut discovered = vec![0u32; groups as usize];
    let (mut clock, mut count) = (0, 0);
    let (mut frames, mut open) = (Vec::<Frame>::new(), Vec::<u32>::new());
    for root in 0..groups {
        if discovered[root as usize] != 0 {
            continue;
        }
        frames.push(Frame { group: root, next: 0 });
        while let Some(Frame { group, next }) = frames.last_mut() {
            let at = *group as usize;
            if *next == 0 && discovered[at] == 0 {
                clock += 1;
                (discovered[at], lowest[at]) = (clock, clock);
                open.push(*group);
            }
            if let Some(child) = children.row(*group).get(*next as usize) {
                *next += 1;
                if discovered[*child as usize] == 0 {
                    frames.push(Frame { group: *child, next: 0 });
                } else if component[*child as usize] == NONE {
                    lowest[at] = lowest[at].min(discovered[*child as usize]);
                }
                continue;
            }
            frames.pop();
            if let Some(Frame { group: parent, .. }) = frames.last() {
                lowest[*parent as usize] = lowest[*parent as usize].min(lowest[at]);
            }
            if lowest[at] == discovered[at] {
                while let Some(member) = open.pop() {
                    component[member as usize] = count;
                    if member as usize == at {
                        break;
                    }
                }
                count += 1;
            }
        }
    }
    (component, count)
}
