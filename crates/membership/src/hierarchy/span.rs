//! The hierarchy's order, and the descendants of each component as spans of it.
//!
//! A component's descendants are its own subtree of the spanning forest and whatever its other nestings lead to. On a
//! graph without any order, the spans of all components together could be as many as the square of their number;
//! beyond a bound, in number and in work, a component's spans are not kept but found by a walk each time.

#![expect(
    clippy::indexing_slicing,
    reason = "every index is a component or a group below the number of them, by which the lists are sized"
)]

use std::borrow::Cow;

use crate::directory::Rows;
use crate::entity::GroupIndex;
use crate::set::Set;
use crate::sort;

/// The positions `start..end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Span {
    pub start: u32,
    pub end: u32,
}

/// Whether one of some spans, which ascend, holds a position. Cost: O(log spans).
#[inline]
pub(crate) fn contains(spans: &[Span], position: u32) -> bool {
    let after = spans.partition_point(|span| span.start <= position);
    after > 0 && position < spans[after - 1].end
}

/// A spanning forest in depth-first pre-order; the groups of a component stand together.
#[derive(Debug)]
pub(super) struct Forest {
    /// For each position its group.
    groups: Vec<GroupIndex>,
    /// For each group its position.
    positions: Vec<u32>,
    /// For each component the positions of its subtree.
    trees: Vec<Span>,
    /// For each component the number of its groups, which come first in its subtree.
    sizes: Vec<u32>,
}

/// The subtree of a component that has no number yet.
const UNNUMBERED: Span = Span {
    start: u32::MAX,
    end: 0,
};

/// Numbers the components from the roots down. Cost: O(groups + nestings).
pub(super) fn forest(component_of: &[u32], above: &Rows, below: &Rows) -> Forest {
    let count = above.len();
    let members = Rows::gather(count, &[component_of.iter().copied().zip(0..).collect()]);
    let mut forest = Forest {
        groups: Vec::with_capacity(component_of.len()),
        positions: vec![0; component_of.len()],
        trees: vec![UNNUMBERED; count as usize],
        sizes: (0..count)
            .map(|component| members.row(component).len() as u32)
            .collect(),
    };
    // Roots stand in the order of their first groups.
    let mut roots = (0..count)
        .filter(|component| above.row(*component).is_empty())
        .collect::<Vec<_>>();
    sort::by_key(&mut roots, |root| {
        members.row(*root).first().map_or(0, |group| u64::from(*group))
    });
    for root in roots {
        forest.number(root, &members, below);
    }
    forest
}

impl Forest {
    /// Numbers a root and what is below it, as far as it has no number yet.
    fn number(&mut self, root: u32, members: &Rows, below: &Rows) {
        self.enter(root, members.row(root));
        let mut frames = vec![(root, 0)];
        while let Some((component, next)) = frames.last_mut() {
            let component = *component;
            if let Some(child) = below.row(component).get(*next) {
                *next += 1;
                if self.trees[*child as usize].start == UNNUMBERED.start {
                    self.enter(*child, members.row(*child));
                    frames.push((*child, 0));
                }
                continue;
            }
            self.trees[component as usize].end = self.groups.len() as u32;
            frames.pop();
        }
    }

    fn enter(&mut self, component: u32, members: &[u32]) {
        self.trees[component as usize].start = self.groups.len() as u32;
        for group in members {
            self.positions[*group as usize] = self.groups.len() as u32;
            self.groups.push(GroupIndex::new(*group));
        }
    }

    #[inline]
    pub fn position(&self, group: GroupIndex) -> u32 {
        self.positions.get(group.row() as usize).copied().unwrap_or(u32::MAX)
    }

    #[inline]
    pub fn group_at(&self, position: u32) -> GroupIndex {
        self.groups
            .get(position as usize)
            .copied()
            .unwrap_or(GroupIndex::new(u32::MAX))
    }

    pub fn groups_of(&self, component: u32) -> &[GroupIndex] {
        let Some(tree) = self.trees.get(component as usize) else {
            return &[];
        };
        &self.groups[tree.start as usize..][..self.sizes[component as usize] as usize]
    }

    pub fn memory(&self) -> usize {
        4 * (self.groups.capacity() + self.positions.capacity() + 2 * self.trees.capacity() + self.sizes.capacity())
    }
}

/// How many spans are kept, of 8 bytes each. A hundred thousand groups of a large company have 130,000.
const ROOM: usize = 1 << 23;

/// For each component the positions of its groups and of all below them.
#[derive(Debug)]
pub(super) struct Spans {
    // INVARIANT: spans ascend and do not touch; a component that is not kept has none, every other one has its own.
    kept: Rows<Span>,
    keeps_all: bool,
}

impl Spans {
    /// Cost: O(components + nestings + spans to merge), the latter bounded by 64 for each nesting and component on average,
    /// or by 17 million altogether.
    pub fn new(forest: &Forest, below: &Rows) -> Self {
        let size = forest.trees.len() + below.items().len();
        let (mut room, mut work) = (ROOM, (1 << 24) + 64 * size);
        let (mut kept, mut keeps_all) = (Rows::default(), true);
        let mut spans = Vec::new();
        // Numbers ascend from what is contained to what contains it.
        for component in 0..below.len() {
            spans.clear();
            let known = gather(forest, &kept, below, component, &mut work, &mut spans);
            if known && spans.len() <= room {
                room -= spans.len();
                kept.push_row(&spans);
            } else {
                keeps_all = false;
                kept.push_row(&[]);
            }
        }
        Self { kept, keeps_all }
    }

    pub fn of<'a>(&'a self, component: u32, forest: &Forest, below: &Rows) -> Cow<'a, [Span]> {
        let kept = self.kept.row(component);
        if !kept.is_empty() || self.keeps_all || component >= below.len() {
            return Cow::Borrowed(kept);
        }
        Cow::Owned(walk(forest, below, component))
    }

    #[inline]
    pub fn kept(&self, component: u32) -> &[Span] {
        self.kept.row(component)
    }

    pub fn keeps_all(&self) -> bool {
        self.keeps_all
    }

    pub fn memory(&self) -> usize {
        self.kept.memory()
    }
}

/// Merges a component's own tree with the spans of its children that lie outside of it; false if those of a child are
/// not kept, or if it would be too much work.
fn gather(
    forest: &Forest,
    kept: &Rows<Span>,
    below: &Rows,
    component: u32,
    work: &mut usize,
    spans: &mut Vec<Span>,
) -> bool {
    let tree = forest.trees[component as usize];
    for child in below.row(component) {
        let theirs = kept.row(*child);
        let steps = theirs.len() + 1;
        if theirs.is_empty() || *work < steps {
            return false;
        }
        *work -= steps;
        spans.extend(
            theirs
                .iter()
                .filter(|span| span.start < tree.start || span.end > tree.end),
        );
    }
    spans.push(tree);
    merge(spans);
    true
}

/// Sorts spans and joins those that overlap or touch.
fn merge(spans: &mut Vec<Span>) {
    sort::by_key(spans, |span| u64::from(span.start) << 32 | u64::from(span.end));
    spans.dedup_by(|next, before| {
        let joined = next.start <= before.end;
        if joined {
            before.end = before.end.max(next.end);
        }
        joined
    });
}

/// The spans of a component, found by walking down. Cost: O(groups + nestings).
fn walk(forest: &Forest, below: &Rows, component: u32) -> Vec<Span> {
    let mut seen = Set::new(below.len());
    seen.insert(component);
    let mut open = vec![component];
    let mut spans = Vec::new();
    while let Some(component) = open.pop() {
        let start = forest.trees[component as usize].start;
        let end = start + forest.sizes[component as usize];
        spans.push(Span { start, end });
        open.extend(below.row(component).iter().filter(|child| seen.insert(**child)));
    }
    merge(&mut spans);
    spans
}
