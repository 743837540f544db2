//! How groups are nested: components, an order in which what is nested stands together, ancestors and descendants.
//!
//! Safe on every graph. Groups that contain each other form one component; components form a graph without cycles, over
//! which a spanning forest is numbered in depth-first pre-order. The descendants of a group are then a few spans of
//! positions: one, where no group has two parents.

mod component;
mod cycle;
mod span;
mod step;

use std::borrow::Cow;

use crate::directory::Rows;
use crate::entity::GroupIndex;
use crate::set::Set;
use crate::sort;
pub(crate) use component::components;
use cycle::shortest_loop;
pub(crate) use cycle::spelled_out;
use span::{Forest, Spans, forest};
pub(crate) use span::{Span, contains};
pub(crate) use step::Step;

/// The nesting of all groups of a directory, and what is derived from it.
#[derive(Debug)]
pub struct Hierarchy {
    children: Rows<GroupIndex>,
    parents: Rows<GroupIndex>,
    /// For each group its first parent, and whether there are more: a walk up asks for little else.
    steps: Vec<Step>,
    /// For each group its component; a component's number is higher than those of all that it contains.
    component_of: Vec<u32>,
    /// For each component the components right above it.
    above: Rows,
    /// For each component the components right below it.
    below: Rows,
    /// For each component its longest way up to a root.
    depths: Vec<u32>,
    forest: Forest,
    spans: Spans,
    in_itself: Vec<GroupIndex>,
}

impl Hierarchy {
    /// Derives the hierarchy of `groups` groups from pairs of parent and child, each told once, without groups in
    /// themselves, which `in_itself` tells.
    ///
    /// Cost: O(groups + nestings + spans); spans are bounded, see [`span`].
    pub(crate) fn new(groups: u32, nestings: Vec<(u32, u32)>, in_itself: Vec<GroupIndex>) -> Self {
        let told = Rows::gather(groups, &[nestings]);
        let parents = told.transpose(groups, 0);
        let children = parents.transpose(groups, 0);
        let (component_of, count) = components(&children);
        let component = |group: u32| component_of.get(group as usize).copied().unwrap_or_default();
        let upwards = children
            .pairs()
            .map(|(parent, child)| (component(child), component(parent)));
        let crossing = upwards.filter(|(below, above)| above != below).collect();
        let above = Rows::gather(count, &[crossing]);
        let mut below = above.transpose(count, 0);
        // Transposing has sorted the lists, so that what was told twice stands together.
        below.retain(|_, before, item| before.is_none_or(|before| *before != item));
        let above = below.transpose(count, 0);
        let forest = forest(&component_of, &above, &below);
        let spans = Spans::new(&forest, &below);
        Self {
            children: children.map(GroupIndex::new),
            steps: (0..groups).map(|group| Step::new(parents.row(group))).collect(),
            parents: parents.map(GroupIndex::new),
            depths: depths(&below),
            component_of,
            above,
            below,
            forest,
            spans,
            in_itself,
        }
    }

    /// How many nestings there are, groups in themselves left out.
    #[must_use]
    pub fn nesting_count(&self) -> u64 {
        self.children.items().len() as u64
    }

    /// The groups nested right in a group, in the order of the facts about groups. Cost: O(1).
    #[must_use]
    pub fn children(&self, group: GroupIndex) -> &[GroupIndex] {
        self.children.row(group.row())
    }

    /// The groups that a group is nested right in, in the order of the facts about groups. Cost: O(1).
    #[must_use]
    pub fn parents(&self, group: GroupIndex) -> &[GroupIndex] {
        self.parents.row(group.row())
    }

    /// The step from a group to its parents. Cost: O(1).
    #[inline]
    pub(crate) fn step(&self, group: GroupIndex) -> Step {
        self.steps.get(group.row() as usize).copied().unwrap_or(Step::NONE)
    }

    /// The groups that facts nest in themselves, which is not kept as a nesting.
    #[must_use]
    pub fn in_itself(&self) -> &[GroupIndex] {
        &self.in_itself
    }

    /// Whether `group` is strictly below `ancestor`. In a cycle every group is below every other one; none is below itself.
    ///
    /// Cost: O(log spans of the ancestor).
    #[must_use]
    pub fn is_descendant(&self, group: GroupIndex, ancestor: GroupIndex) -> bool {
        group != ancestor && contains(&self.spans(ancestor), self.position(group))
    }

    /// Every group above a group, the nearest first, never itself.
    ///
    /// Cost: O(groups / 64 + ancestors + their nestings).
    #[must_use]
    pub fn ancestors(&self, group: GroupIndex) -> Vec<GroupIndex> {
        let mut seen = Set::new(self.group_count());
        seen.insert(group.row());
        let mut found = Vec::new();
        let mut from = group;
        for next in 0.. {
            let new = self.parents(from).iter().filter(|parent| seen.insert(parent.row()));
            found.extend(new);
            match found.get(next) {
                Some(group) => from = *group,
                None => break,
            }
        }
        found
    }

    /// Every group below a group, in the hierarchy's order, never itself.
    ///
    /// Cost: O(descendants).
    #[must_use]
    pub fn descendants(&self, group: GroupIndex) -> Vec<GroupIndex> {
        let spans = self.spans(group);
        let positions = spans.iter().flat_map(|span| span.start..span.end);
        let groups = positions.map(|position| self.group_at(position));
        groups.filter(|other| *other != group).collect()
    }

    /// How many groups are below a group. Cost: O(spans of the group).
    #[must_use]
    pub fn descendant_count(&self, group: GroupIndex) -> u32 {
        let sizes = self.spans(group).iter().map(|span| span.end - span.start).sum::<u32>();
        sizes.saturating_sub(1)
    }

    /// Whether a group is in a cycle with others. Cost: O(1).
    #[must_use]
    pub fn in_cycle(&self, group: GroupIndex) -> bool {
        self.component_groups(self.component(group)).len() > 1
    }

    /// The number of a group's component, which is higher than those of all components below it. Groups that contain
    /// each other have one component. Cost: O(1).
    #[inline]
    #[must_use]
    pub fn component(&self, group: GroupIndex) -> u32 {
        self.component_of.get(group.row() as usize).copied().unwrap_or(u32::MAX)
    }

    /// The groups of a component, in the order of the facts about groups. Cost: O(1).
    #[must_use]
    pub fn component_groups(&self, component: u32) -> &[GroupIndex] {
        self.forest.groups_of(component)
    }

    /// How many components there are, numbered from 0. Cost: O(1).
    #[must_use]
    pub fn component_count(&self) -> u32 {
        self.above.len()
    }

    /// Every component of more than one group: those whose groups are in cycles.
    ///
    /// Cost: O(components).
    pub fn cycles(&self) -> impl Iterator<Item = &[GroupIndex]> {
        let components = (0..self.component_count()).map(|number| self.forest.groups_of(number));
        components.filter(|groups| groups.len() > 1)
    }

    /// A shortest loop through a group: from it, each the parent of the next, the last the parent of the first. Empty if there is none.
    ///
    /// Cost: O(groups of the component · log of them + their nestings).
    #[must_use]
    pub fn cycle(&self, group: GroupIndex) -> Vec<GroupIndex> {
        let groups = self.component_groups(self.component(group));
        shortest_loop(group, groups, |parent| self.children(parent).iter().copied())
    }

    /// The groups of a component: a shortest loop through the first one, then those on other loops through the same ones,
    /// in the order of the facts about groups. Cost: as [`Self::cycle`].
    pub(crate) fn cycle_of(&self, component: u32) -> Vec<GroupIndex> {
        let groups = self.component_groups(component);
        spelled_out(groups, |parent| self.children(parent).iter().copied())
    }

    /// How many nestings the longest way from a group up to a root has; a cycle counts as one group. Cost: O(1).
    #[must_use]
    pub fn depth(&self, group: GroupIndex) -> u32 {
        let number = self.component(group) as usize;
        self.depths.get(number).copied().unwrap_or_default()
    }

    /// The groups at the top, in the order of the facts about groups: those without parents, and of each cycle that nothing contains the first.
    ///
    /// Cost: O(components + roots · log roots).
    #[must_use]
    pub fn roots(&self) -> Vec<GroupIndex> {
        let components = (0..self.component_count()).filter(|number| self.above.row(*number).is_empty());
        let firsts = components.filter_map(|number| self.forest.groups_of(number).first().copied());
        let mut roots = firsts.collect::<Vec<_>>();
        sort::by_key(&mut roots, |group| group.row().into());
        roots
    }

    /// How many groups there are.
    #[must_use]
    pub(crate) fn group_count(&self) -> u32 {
        self.component_of.len() as u32
    }

    /// The components right above one.
    #[inline]
    pub(crate) fn above(&self, component: u32) -> &[u32] {
        self.above.row(component)
    }

    /// The components right below one.
    pub(crate) fn below(&self, component: u32) -> &[u32] {
        self.below.row(component)
    }

    /// A group's place in the hierarchy's order. Cost: O(1).
    #[inline]
    pub(crate) fn position(&self, group: GroupIndex) -> u32 {
        self.forest.position(group)
    }

    /// The group at a position. Cost: O(1).
    #[inline]
    pub(crate) fn group_at(&self, position: u32) -> GroupIndex {
        self.forest.group_at(position)
    }

    /// The positions of a group and of all below it, as spans that ascend and do not touch.
    ///
    /// Cost: O(1); O(groups + nestings) where the graph has too many spans to keep them.
    #[inline]
    pub(crate) fn spans(&self, group: GroupIndex) -> Cow<'_, [Span]> {
        self.spans_of(self.component(group))
    }

    /// As [`Self::spans`], of a component.
    #[inline]
    pub(crate) fn spans_of(&self, component: u32) -> Cow<'_, [Span]> {
        self.spans.of(component, &self.forest, &self.below)
    }

    /// Whether the spans of every component are kept.
    pub(crate) fn keeps_all_spans(&self) -> bool {
        self.spans.keeps_all()
    }

    /// As [`Self::spans`], where all are kept. Cost: O(1).
    #[inline]
    pub(crate) fn kept_spans(&self, group: GroupIndex) -> &[Span] {
        self.spans.kept(self.component(group))
    }

    /// Bytes of memory.
    pub(crate) fn memory(&self) -> usize {
        let rows = self.children.memory() + self.parents.memory() + self.above.memory() + self.below.memory();
        let lists = 4 * (self.component_of.capacity() + self.depths.capacity() + self.steps.capacity());
        rows + lists + self.forest.memory() + self.spans.memory()
    }
}

/// From the top component down, which is from the highest number to the lowest.
fn depths(below: &Rows) -> Vec<u32> {
    let mut depths = vec![0; below.len() as usize];
    for component in (0..below.len()).rev() {
        let depth = depths.get(component as usize).map_or(0, |depth| depth + 1);
        for child in below.row(component) {
            if let Some(child) = depths.get_mut(*child as usize) {
                *child = depth.max(*child);
            }
        }
    }
    depths
}
