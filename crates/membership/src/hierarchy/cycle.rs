//! Loops: the groups of a component in an order that shows why they contain each other.

use std::collections::VecDeque;

use crate::entity::GroupIndex;
use crate::sort;

/// The groups of a component, which come ascending: a shortest loop through the first one, then the others as they come.
///
/// Cost: as [`shortest_loop`].
pub(crate) fn spelled_out<I: Iterator<Item = GroupIndex>>(
    groups: &[GroupIndex],
    children: impl Fn(GroupIndex) -> I,
) -> Vec<GroupIndex> {
    let Some(first) = groups.first() else { return Vec::new() };
    let mut cycle = shortest_loop(*first, groups, children);
    if cycle.len() < groups.len() {
        let mut told = cycle.clone();
        sort::by_key(&mut told, |group| group.row().into());
        cycle.extend(groups.iter().filter(|group| told.binary_search(group).is_err()));
    }
    cycle
}

/// From a group on, each the parent of the next, the last the parent of the first; all of them among some that ascend.
/// Empty if there is no such loop.
///
/// Cost: O(groups · log groups + nestings from them).
pub(super) fn shortest_loop<I: Iterator<Item = GroupIndex>>(
    group: GroupIndex,
    within: &[GroupIndex],
    children: impl Fn(GroupIndex) -> I,
) -> Vec<GroupIndex> {
    // For each of `within` the group that it was reached from.
    let mut came_from = vec![None; within.len()];
    let mut queue = VecDeque::from([group]);
    while let Some(parent) = queue.pop_front() {
        for child in children(parent) {
            if child == group {
                let before = |child: &GroupIndex| *came_from.get(within.binary_search(child).ok()?)?;
                let mut way: Vec<_> = std::iter::successors(Some(parent), before).collect();
                way.reverse();
                return way;
            }
            let place = within.binary_search(&child).ok().and_then(|at| came_from.get_mut(at));
            if let Some(place @ None) = place {
                *place = Some(parent);
                queue.push_back(child);
            }
        }
    }
    Vec::new()
}
