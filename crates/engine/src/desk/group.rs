//! One group: its facts and counts, what is above it, and what is below.

use std::collections::VecDeque;

use membership::directory::Directory;
use membership::entity::GroupIndex;
use membership::set::Set;
use membership::sort;
use protocol::{GroupBrief, GroupDetail, GroupName, HierarchyDetail};

use super::Desk;
use super::names::{by_name, description, group_name};

/// The most children that are listed.
const CHILDREN: usize = 1_000;

impl Desk {
    pub(super) fn group(&self, group: GroupIndex) -> GroupDetail {
        let directory = &self.directory;
        let hierarchy = directory.hierarchy();
        let GroupName { id, name } = group_name(directory, group);
        let cycle = hierarchy.cycle(group);
        GroupDetail {
            id,
            name,
            description: description(directory, group),
            direct: Some(directory.direct_count(group)),
            total: Some(directory.member_count(group)),
            managers: Some(directory.manager_count(group)),
            children: Some(hierarchy.children(group).len() as u32),
            parents: Some(hierarchy.parents(group).len() as u32),
            cycle: cycle.into_iter().map(|group| group_name(directory, group)).collect(),
        }
    }

    /// Cost: O(groups and nestings below).
    pub(super) fn hierarchy(&self, group: GroupIndex) -> HierarchyDetail {
        let directory = &self.directory;
        let hierarchy = directory.hierarchy();
        let mut parents = hierarchy.parents(group).to_vec();
        by_name(directory, &mut parents);
        let mut children = hierarchy.children(group).to_vec();
        by_name(directory, &mut children);
        sort::by_key(&mut children, |child| {
            (u32::MAX - directory.member_count(*child)).into()
        });
        let children_total = children.len() as u32;
        children.truncate(CHILDREN);
        let levels = levels_below(directory, group);
        let is_mutual = |other: GroupIndex| hierarchy.component(other) == hierarchy.component(group);
        let brief = |other: &GroupIndex| brief(directory, *other, is_mutual(*other));
        HierarchyDetail {
            group: group_name(directory, group),
            total: directory.member_count(group),
            direct: directory.direct_count(group),
            parents: parents.iter().map(brief).collect(),
            children: children.iter().map(brief).collect(),
            children_total,
            below: levels.iter().sum(),
            levels,
        }
    }
}

/// A group in a short list.
pub fn brief(directory: &Directory, group: GroupIndex, in_cycle: bool) -> GroupBrief {
    let GroupName { id, name } = group_name(directory, group);
    GroupBrief {
        id,
        name,
        description: description(directory, group),
        direct: directory.direct_count(group),
        total: directory.member_count(group),
        managers: directory.manager_count(group),
        in_cycle,
    }
}

/// How many groups are 1, 2, 3, … levels below, each at its longest way; the groups of a cycle are on one level.
///
/// Depth from the top grows along every nesting that is not within a cycle, so groups in the order of their depth come
/// after all that contain them. Cost: O(groups + d log d + n) for d descendants and n nestings among them.
fn levels_below(directory: &Directory, group: GroupIndex) -> Vec<u32> {
    let hierarchy = directory.hierarchy();
    let mut below = hierarchy.descendants(group);
    sort::by_key(&mut below, |group| hierarchy.depth(*group).into());
    let mut level_of = vec![0_usize; hierarchy.component_count() as usize];
    for &source in std::iter::once(&group).chain(&below) {
        let component = hierarchy.component(source);
        let level = level_of[component as usize];
        for &child in hierarchy.children(source) {
            let inner = hierarchy.component(child);
            if inner != component {
                let deepest = &mut level_of[inner as usize];
                *deepest = (*deepest).max(level + 1);
            }
        }
    }
    let mut levels = Vec::new();
    for group in below {
        // Those in a cycle with the group asked about are right below it.
        let level = level_of[hierarchy.component(group) as usize].max(1);
        if levels.len() < level {
            levels.resize(level, 0);
        }
        levels[level - 1] += 1;
    }
    levels
}

/// The groups above a group, the nearest first, those of one distance by name. Cost: O(groups and nestings above).
pub fn above(directory: &Directory, group: GroupIndex) -> Vec<GroupIndex> {
    let mut seen = Set::new(directory.group_count());
    seen.insert(group.row());
    let mut found = Vec::new();
    let mut queue = VecDeque::from([group]);
    while let Some(next) = queue.pop_front() {
        let mut parents = directory.hierarchy().parents(next).to_vec();
        by_name(directory, &mut parents);
        for parent in parents {
            if seen.insert(parent.row()) {
                found.push(parent);
                queue.push_back(parent);
            }
        }
    }
    found
}
