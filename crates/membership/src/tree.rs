//! The hierarchy as rows of a tree in which each group stands once, under its largest parent.
//!
//! A graph has no rows: a group with several parents would stand in several places, and a cycle would never
//! end. Here each group stands once; where another parent contains it too, a row says where it stands, and
//! where a nesting leads back to a group above, a row says so. So there are never more rows than groups and
//! nestings together.

use crate::directory::Directory;
use crate::entity::GroupIndex;
use crate::set::Set;
use crate::sort;

/// Which parent each group stands under, and the groups at the top.
///
/// INVARIANT: following the parents from any group ends at the top.
#[derive(Clone, Debug)]
pub struct Forest {
    parent: Vec<Option<GroupIndex>>,
    ranks: [Vec<u32>; 3],
    /// The groups that stand in it; all of them without.
    within: Option<Set>,
}

/// How siblings are ordered; ties by name, then by id.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Siblings {
    /// Most members first.
    #[default]
    ByTotal,
    /// Most direct members first.
    ByDirect,
    /// By name.
    ByName,
}

/// What a row stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stand {
    /// The group itself.
    Here,
    /// A group above: the nesting closes a cycle.
    Back,
    /// A group that stands under another parent.
    Elsewhere,
}

/// One row of the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// The group.
    pub group: GroupIndex,
    /// What the row stands for.
    pub stand: Stand,
    /// 1 at the top.
    pub level: u32,
    /// Whether it is open; none if nothing is in it.
    pub expanded: Option<bool>,
    /// Its place among its siblings, from 1.
    pub position: u32,
    /// How many siblings there are, itself included.
    pub siblings: u32,
    /// Kept only because something below it matches.
    pub is_ancestor: bool,
}

/// Which rows of the tree are to be seen.
#[derive(Clone, Debug)]
pub struct View {
    order: Siblings,
    opened: Set,
    closed: Set,
    filter: Option<Filter>,
}

/// Groups that match, and those above them.
#[derive(Clone, Debug)]
struct Filter {
    matches: Set,
    kept: Set,
}

impl Forest {
    /// Finds the largest parent of each group. Cost: O(g log g + n) for g groups and n nestings.
    #[must_use]
    pub fn new(directory: &Directory) -> Self {
        Self::of(directory, None)
    }

    /// The same of one group and all below it: it stands alone at the top, and each of the others under the largest parent that
    /// is among them. Cost: that of [`Self::new`].
    #[must_use]
    pub fn below(directory: &Directory, top: GroupIndex) -> Self {
        Self::of(directory, Some(top))
    }

    fn of(directory: &Directory, top: Option<GroupIndex>) -> Self {
        let groups = directory.group_count();
        let ranks = [Siblings::ByTotal, Siblings::ByDirect, Siblings::ByName].map(|order| rank(directory, order));
        let within = top.map(|top| {
            let mut within = Set::new(groups);
            within.insert(top.row());
            for group in directory.hierarchy().descendants(top) {
                within.insert(group.row());
            }
            within
        });
        let mut forest = Self {
            parent: vec![None; groups as usize],
            ranks,
            within,
        };
        let mut placed = Set::new(groups);
        // In a cycle it is the one that the others stand below.
        if let Some(top) = top {
            placed.insert(top.row());
        }
        for group in all(groups).filter(|group| forest.contains(*group)).collect::<Vec<_>>() {
            let outside = directory
                .hierarchy()
                .parents(group)
                .iter()
                .copied()
                .filter(|parent| forest.contains(*parent) && !same_component(directory, *parent, group))
                .min_by_key(|parent| forest.rank(Siblings::ByTotal, *parent));
            if outside.is_some() || !directory.hierarchy().in_cycle(group) {
                forest.place(group, outside);
                placed.insert(group.row());
            }
        }
        forest.place_cycles(directory, &mut placed);
        forest
    }

    /// Whether a group stands in it. Cost: O(1).
    #[must_use]
    pub fn contains(&self, group: GroupIndex) -> bool {
        self.within.as_ref().is_none_or(|within| within.contains(group.row()))
    }

    /// Those of the groups that stand in it.
    #[must_use]
    pub fn only(&self, mut groups: Set) -> Set {
        if let Some(within) = &self.within {
            groups.intersect_with(within);
        }
        groups
    }

    /// How many groups stand in it.
    #[must_use]
    pub fn count(&self) -> u32 {
        self.within.as_ref().map_or(self.parent.len() as u32, Set::count)
    }

    /// How many levels it has. Cost: O(g).
    #[must_use]
    pub fn level_count(&self) -> u32 {
        self.levels().into_iter().max().unwrap_or_default()
    }

    /// The level on which each group stands, from 1; 0 for those that do not stand in it. Cost: O(g).
    fn levels(&self) -> Vec<u32> {
        let mut levels = vec![0_u32; self.parent.len()];
        let mut way = Vec::new();
        for group in all(levels.len() as u32).filter(|group| self.contains(*group)) {
            // Up to a group whose level is known, then down again.
            let mut next = Some(group);
            while let Some(group) = next.filter(|group| level(&levels, *group) == 0) {
                way.push(group);
                next = self.parent(group);
            }
            let mut above = next.map_or(0, |group| level(&levels, group));
            while let Some(group) = way.pop() {
                above += 1;
                if let Some(level) = levels.get_mut(group.row() as usize) {
                    *level = above;
                }
            }
        }
        levels
    }

    /// Places the groups of cycles below those of the same cycle that stand somewhere already; a cycle that
    /// nothing outside contains begins with its first group in the order by direct members.
    fn place_cycles(&mut self, directory: &Directory, placed: &mut Set) {
        let groups = directory.group_count();
        let mut first: Vec<GroupIndex> = all(groups)
            .filter(|group| directory.hierarchy().in_cycle(*group) && self.contains(*group))
            .collect();
        sort::by_key(&mut first, |group| {
            u64::from(!placed.contains(group.row())) << 32 | u64::from(self.rank(Siblings::ByDirect, *group))
        });
        let mut queue = std::collections::VecDeque::new();
        let mut reached = Set::new(groups);
        let entries = first.iter().filter(|group| placed.contains(group.row()));
        queue.extend(entries.copied());
        for group in queue.iter() {
            reached.insert(group.row());
        }
        let mut later = first.into_iter();
        loop {
            while let Some(group) = queue.pop_front() {
                for &child in directory.hierarchy().children(group) {
                    if same_component(directory, group, child) && !reached.contains(child.row()) {
                        reached.insert(child.row());
                        self.place(child, Some(group));
                        queue.push_back(child);
                    }
                }
            }
            let Some(next) = later.find(|group| !reached.contains(group.row())) else {
                return;
            };
            reached.insert(next.row());
            queue.push_back(next);
        }
    }

    fn place(&mut self, group: GroupIndex, under: Option<GroupIndex>) {
        if let Some(parent) = self.parent.get_mut(group.row() as usize) {
            *parent = under;
        }
    }

    fn rank(&self, order: Siblings, group: GroupIndex) -> u32 {
        let ranks = match order {
            Siblings::ByTotal => &self.ranks[0],
            Siblings::ByDirect => &self.ranks[1],
            Siblings::ByName => &self.ranks[2],
        };
        ranks.get(group.row() as usize).copied().unwrap_or(u32::MAX)
    }

    /// The parent under which a group stands; none at the top.
    #[must_use]
    pub fn parent(&self, group: GroupIndex) -> Option<GroupIndex> {
        self.parent.get(group.row() as usize).copied().flatten()
    }

    /// The groups above a group, the nearest first.
    pub fn above(&self, group: GroupIndex) -> impl Iterator<Item = GroupIndex> {
        std::iter::successors(self.parent(group), |group| self.parent(*group))
    }

    /// What a child's row below a parent stands for. Cost: O(depth) in a cycle, else O(1).
    fn stand(&self, directory: &Directory, parent: GroupIndex, child: GroupIndex) -> Stand {
        if self.parent(child) == Some(parent) {
            Stand::Here
        } else if same_component(directory, parent, child) && self.above(parent).any(|above| above == child) {
            Stand::Back
        } else {
            Stand::Elsewhere
        }
    }

    /// The rows to be seen, all of them. Cost: O(r log r) for r rows, and O(g) for g groups.
    #[must_use]
    pub fn rows(&self, directory: &Directory, view: &View) -> Vec<Row> {
        let groups = directory.group_count();
        let top = all(groups)
            .filter(|group| self.parent(*group).is_none() && self.contains(*group) && view.keeps(*group))
            .map(|group| (group, Stand::Here))
            .collect();
        let mut rows = Vec::new();
        let mut stack = Vec::new();
        self.push_siblings(view, top, 1, &mut stack);
        while let Some(mut row) = stack.pop() {
            if row.stand == Stand::Here {
                let has_children = !directory.hierarchy().children(row.group).is_empty();
                let children = self.visible_children(directory, view, row.group);
                row.expanded = has_children.then_some(children.is_some());
                rows.push(row);
                self.push_siblings(view, children.unwrap_or_default(), row.level + 1, &mut stack);
            } else {
                rows.push(row);
            }
        }
        rows
    }

    /// The children that are to be seen below a group; none if it is closed.
    fn visible_children(
        &self,
        directory: &Directory,
        view: &View,
        group: GroupIndex,
    ) -> Option<Vec<(GroupIndex, Stand)>> {
        let children = directory
            .hierarchy()
            .children(group)
            .iter()
            .map(|child| (*child, self.stand(directory, group, *child)));
        if view.opened.contains(group.row()) {
            return Some(children.collect());
        }
        let filter = view.filter.as_ref()?;
        if view.closed.contains(group.row()) {
            return None;
        }
        let kept: Vec<_> = children
            .filter(|(child, stand)| *stand == Stand::Here && filter.kept.contains(child.row()))
            .collect();
        (!kept.is_empty()).then_some(kept)
    }

    /// Puts siblings on the stack, the last one first.
    fn push_siblings(&self, view: &View, mut siblings: Vec<(GroupIndex, Stand)>, level: u32, stack: &mut Vec<Row>) {
        sort::by_key(&mut siblings, |(group, _)| self.rank(view.order, *group).into());
        let count = siblings.len() as u32;
        let numbered = siblings.into_iter().rev().zip((1..=count).rev());
        stack.extend(numbered.map(|((group, stand), position)| Row {
            group,
            stand,
            level,
            expanded: None,
            position,
            siblings: count,
            is_ancestor: view.is_ancestor(group),
        }));
    }
}

impl View {
    /// Everything closed, and all groups.
    #[must_use]
    pub fn new(groups: u32, order: Siblings) -> Self {
        Self {
            order,
            opened: Set::new(groups),
            closed: Set::new(groups),
            filter: None,
        }
    }

    /// Orders siblings in another way.
    pub fn order(&mut self, order: Siblings) {
        self.order = order;
    }

    /// Keeps only the groups that match and those above them, and opens the latter; none keeps all.
    /// Cost: O(m · depth) for m matches.
    pub fn filter(&mut self, forest: &Forest, matches: Option<Set>) {
        self.opened.clear();
        self.closed.clear();
        self.filter = matches.map(|matches| {
            let mut kept = matches.clone();
            for row in matches.iter() {
                for above in forest.above(GroupIndex::new(row)) {
                    if kept.contains(above.row()) && !matches.contains(above.row()) {
                        break;
                    }
                    kept.insert(above.row());
                }
            }
            Filter { matches, kept }
        });
    }

    /// Opens a group, with all that is in it.
    pub fn open(&mut self, group: GroupIndex) {
        self.opened.insert(group.row());
        self.closed.remove(group.row());
    }

    /// Opens what has to be open for so many levels to be seen. Cost: O(g).
    pub fn open_levels(&mut self, forest: &Forest, count: u32) {
        for (group, level) in all(u32::MAX).zip(forest.levels()) {
            if (1..count).contains(&level) {
                self.open(group);
            }
        }
    }

    /// Closes a group.
    pub fn close(&mut self, group: GroupIndex) {
        self.opened.remove(group.row());
        self.closed.insert(group.row());
    }

    /// Closes everything.
    pub fn close_all(&mut self) {
        self.opened.clear();
        if let Some(filter) = &self.filter {
            self.closed = filter.kept.clone();
        }
    }

    /// Opens whatever a group stands under.
    pub fn reveal(&mut self, forest: &Forest, group: GroupIndex) {
        for above in forest.above(group) {
            if self.filter.is_none() || !self.keeps(group) || self.closed.contains(above.row()) {
                self.open(above);
            }
        }
    }

    /// Opens a group and all that stand beside it.
    pub fn open_siblings(&mut self, directory: &Directory, forest: &Forest, group: GroupIndex) {
        let beside = forest.parent(group);
        for sibling in all(directory.group_count()) {
            if forest.parent(sibling) == beside && self.keeps(sibling) {
                self.open(sibling);
            }
        }
    }

    /// How many groups are kept only because something below them matches. Cost: O(g / 64).
    #[must_use]
    pub fn ancestor_count(&self) -> u32 {
        let filter = self.filter.as_ref();
        filter.map_or(0, |filter| filter.kept.count() - filter.matches.count())
    }

    fn keeps(&self, group: GroupIndex) -> bool {
        self.filter
            .as_ref()
            .is_none_or(|filter| filter.kept.contains(group.row()))
    }

    fn is_ancestor(&self, group: GroupIndex) -> bool {
        self.filter
            .as_ref()
            .is_some_and(|filter| !filter.matches.contains(group.row()))
    }
}

fn all(groups: u32) -> impl Iterator<Item = GroupIndex> {
    (0..groups).map(GroupIndex::new)
}

fn level(levels: &[u32], group: GroupIndex) -> u32 {
    levels.get(group.row() as usize).copied().unwrap_or_default()
}

fn same_component(directory: &Directory, one: GroupIndex, other: GroupIndex) -> bool {
    directory.hierarchy().component(one) == directory.hierarchy().component(other)
}

/// The place of each group in an order. Cost: O(g log g).
fn rank(directory: &Directory, order: Siblings) -> Vec<u32> {
    let by_name = directory.groups_by_name();
    let mut groups: Vec<GroupIndex> = by_name.rows().iter().copied().map(GroupIndex::new).collect();
    let most_first = |count: u32| u64::from(u32::MAX - count);
    match order {
        Siblings::ByTotal => sort::by_key(&mut groups, |group| most_first(directory.member_count(*group))),
        Siblings::ByDirect => sort::by_key(&mut groups, |group| most_first(directory.direct_count(*group))),
        Siblings::ByName => {}
    }
    let mut ranks = vec![0; groups.len()];
    for (group, place) in groups.into_iter().zip(0..) {
        if let Some(rank) = ranks.get_mut(group.row() as usize) {
            *rank = place;
        }
    }
    ranks
}
