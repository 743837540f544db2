//! A loop and all that contains it: who comes into it where, and what is still reached without one of its nestings.

use std::collections::{BTreeMap, BTreeSet};

use crate::directory::{Directory, Rows};
use crate::entity::{GroupIndex, UserIndex};
use crate::hierarchy::{Hierarchy, components};
use crate::sort;

/// Stands for a group outside of the zone.
const OUTSIDE: u32 = u32::MAX;

/// The groups of a loop's component and all their ancestors, numbered from 0. No way up leads out of them.
#[derive(Debug)]
pub(super) struct Zone {
    /// By their numbers, ascending.
    groups: Vec<GroupIndex>,
    /// For each group of the directory its number.
    number: Vec<u32>,
    /// For each group of the zone the numbers of those that it is nested right in.
    parents: Rows,
    /// For a group outside that names a user: the numbers of the first groups of the zone on each way up.
    entries: BTreeMap<GroupIndex, Vec<u32>>,
}

/// The memory of a walk up.
pub(super) struct Walk {
    seen: Vec<bool>,
    queue: Vec<u32>,
}

impl Zone {
    /// Cost: O(groups + ancestors of the loop · log of them + their nestings).
    pub fn new(directory: &Directory, first: GroupIndex) -> Self {
        let hierarchy = directory.hierarchy();
        let mut groups = hierarchy.ancestors(first);
        groups.push(first);
        sort::by_key(&mut groups, |group| group.row().into());
        let mut number = vec![OUTSIDE; directory.group_count() as usize];
        for (group, own) in groups.iter().zip(0..) {
            if let Some(number) = number.get_mut(group.row() as usize) {
                *number = own;
            }
        }
        let of = |group: GroupIndex| number.get(group.row() as usize).copied().unwrap_or(OUTSIDE);
        let pairs = groups.iter().zip(0..).flat_map(|(group, own)| {
            let parents = hierarchy.parents(*group).iter();
            parents.map(move |parent| (own, of(*parent)))
        });
        let parents = Rows::gather(groups.len() as u32, &[pairs.collect()]);
        Self {
            groups,
            number,
            parents,
            entries: BTreeMap::new(),
        }
    }

    /// How many groups it has.
    pub fn len(&self) -> u32 {
        self.groups.len() as u32
    }

    /// The memory of a walk that has been nowhere.
    pub fn walk(&self) -> Walk {
        Walk {
            seen: vec![false; self.groups.len()],
            queue: Vec::new(),
        }
    }

    /// The numbers of the groups by which a user comes in, ascending, and how much work that was.
    ///
    /// Cost: O(direct groups), and for each of them once O(groups and nestings above it and outside).
    pub fn entries(&mut self, directory: &Directory, user: UserIndex) -> (Vec<u32>, i64) {
        let mut work = 1;
        let mut found = Vec::new();
        for (group, _) in directory.direct_groups(user) {
            work += 1;
            match self.number(group) {
                OUTSIDE => {
                    if !self.entries.contains_key(&group) {
                        let (entries, groups) = self.first_above(directory.hierarchy(), group);
                        work += groups;
                        self.entries.insert(group, entries);
                    }
                    found.extend(self.entries.get(&group).into_iter().flatten());
                }
                own => found.push(own),
            }
        }
        sort::by_key(&mut found, |own| u64::from(*own));
        found.dedup();
        (found, work)
    }

    /// What a user who comes in by some groups would no longer be in without a nesting of the loop, ascending. Whoever is
    /// in the loop is in every group of the zone.
    ///
    /// Cost: O(groups + nestings of the zone).
    pub fn lost(&self, walk: &mut Walk, entries: &[u32], (parent, child): (GroupIndex, GroupIndex)) -> Vec<GroupIndex> {
        let (parent, child) = (self.number(parent), self.number(child));
        walk.seen.fill(false);
        walk.queue.clear();
        entries.iter().for_each(|entry| walk.visit(*entry));
        while let Some(group) = walk.queue.pop() {
            for above in self.parents.row(group) {
                if (group, *above) != (child, parent) {
                    walk.visit(*above);
                }
            }
        }
        let groups = self.groups.iter().zip(&walk.seen);
        groups.filter(|(_, seen)| !**seen).map(|(group, _)| *group).collect()
    }

    fn number(&self, group: GroupIndex) -> u32 {
        self.number.get(group.row() as usize).copied().unwrap_or(OUTSIDE)
    }

    /// The first groups of the zone on each way up from a group outside, and how many groups were passed.
    fn first_above(&self, hierarchy: &Hierarchy, group: GroupIndex) -> (Vec<u32>, i64) {
        let mut found = Vec::new();
        let mut seen = BTreeSet::new();
        let mut queue = vec![group];
        while let Some(group) = queue.pop() {
            for parent in hierarchy.parents(group) {
                if seen.insert(*parent) {
                    match self.number(*parent) {
                        OUTSIDE => queue.push(*parent),
                        own => found.push(own),
                    }
                }
            }
        }
        (found, seen.len() as i64)
    }
}

impl Walk {
    fn visit(&mut self, group: u32) {
        if let Some(seen) = self.seen.get_mut(group as usize)
            && !std::mem::replace(seen, true)
        {
            self.queue.push(group);
        }
    }
}

/// How many groups of a component would still be in cycles without one of its nestings, and how much work that was.
///
/// Cost: O(groups of the component · log of them + their nestings).
pub(super) fn left_in_cycles(hierarchy: &Hierarchy, parent: GroupIndex, child: GroupIndex) -> (u32, i64) {
    let groups = hierarchy.component_groups(hierarchy.component(parent));
    let number = |group: &GroupIndex| groups.binary_search(group).ok().map(|place| place as u32);
    let pairs = groups.iter().zip(0..).flat_map(|(from, own)| {
        let children = hierarchy.children(*from).iter();
        let stay = children.filter(move |to| (*from, **to) != (parent, child));
        stay.filter_map(move |to| Some((own, number(to)?)))
    });
    let left = Rows::gather(groups.len() as u32, &[pairs.collect()]);
    let (component_of, count) = components(&left);
    let mut sizes = vec![0_u32; count as usize];
    for component in component_of {
        if let Some(size) = sizes.get_mut(component as usize) {
            *size += 1;
        }
    }
    let in_cycles = sizes.iter().filter(|size| **size > 1).sum();
    (in_cycles, groups.len() as i64 + left.items().len() as i64)
}
