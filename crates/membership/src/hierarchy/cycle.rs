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
    let mut came_from = hashbrown::HashMap::<_, _, rustc_hash::FxBuildHasher>::default();
    let mut queue = VecDeque::from([group]);
    while let Some(parent) = queue.pop_front() {
        for child in children(parent) {
            if child == group {
                return trace(parent, group, |child| came_from.get(&child).copied());
            }
            if within.binary_search(&child).is_ok() && !came_from.contains_key(&child) {
                came_from.insert(child, parent);
                queue.push_back(child);
            }
        }
    }
    Vec::new()
}

/// The way down to `last` from `first`, told by what each group was reached from.
fn trace(last: GroupIndex, first: GroupIndex, came_from: impl Fn(GroupIndex) -> Option<GroupIndex>) -> Vec<GroupIndex> {
    let before = |group: &GroupIndex| if *group == first { None } else { came_from(*group) };
    let mut way = std::iter::successors(Some(last), before).collect::<Vec<_>>();
    way.reverse();
    way
}
