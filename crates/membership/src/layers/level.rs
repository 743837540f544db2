//! The layer of each group that is drawn, and which nestings close cycles.

use crate::directory::Rows;
use crate::entity::GroupIndex;
use crate::hierarchy::Hierarchy;
use crate::sort;

/// No place.
const NONE: u32 = u32::MAX;

/// A depth-first walk over groups, told by their places in a list, and the layers that follow from it.
pub(super) struct Levels {
    /// For each place those of the children that are in the list, ascending.
    children: Rows,
    /// The places, in the order in which the walk came to them.
    walk: Vec<u32>,
    /// For each place its number in `walk`.
    reached: Vec<u32>,
    /// For each place how many the walk had left for good before it.
    left: Vec<u32>,
    /// For each place its layer.
    layers: Vec<u32>,
}

impl Levels {
    /// Walks from the groups that none of the others contains, then from the first that was not reached, and so on.
    ///
    /// Cost: O(g + n + m log m) for g groups in all, n nestings of those in the list, m of them among these.
    pub fn new(hierarchy: &Hierarchy, groups: &[GroupIndex]) -> Self {
        let count = groups.len() as u32;
        let children = among(hierarchy, groups);
        let mut is_top = vec![true; groups.len()];
        for (_, child) in children.pairs() {
            if let Some(is_top) = is_top.get_mut(child as usize) {
                *is_top = false;
            }
        }
        let mut levels = Self {
            children,
            walk: Vec::with_capacity(groups.len()),
            reached: vec![NONE; groups.len()],
            left: vec![NONE; groups.len()],
            layers: vec![0; groups.len()],
        };
        let tops = (0..count)
            .zip(is_top)
            .filter_map(|(place, is_top)| is_top.then_some(place));
        let mut leaving = Vec::with_capacity(groups.len());
        for place in tops.collect::<Vec<_>>().into_iter().chain(0..count) {
            levels.walk_from(place, &mut leaving);
        }
        // What is left last contains all others.
        leaving.iter().rev().for_each(|place| levels.push_down(*place));
        levels
    }

    /// The places, in the order of the walk.
    pub fn walk(&self) -> impl Iterator<Item = u32> + '_ {
        self.walk.iter().copied()
    }

    /// The children of a place, each told by its number in the walk, with whether that nesting closes a cycle.
    pub fn children(&self, place: u32) -> impl Iterator<Item = (u32, bool)> + '_ {
        let children = self.children.row(place).iter();
        children.map(move |child| (at(&self.reached, *child), self.closes_cycle(place, *child)))
    }

    /// The layer of a place.
    pub fn layer(&self, place: u32) -> u32 {
        at(&self.layers, place)
    }

    /// How many layers there are.
    pub fn count(&self) -> u32 {
        self.layers.iter().max().map_or(0, |layer| layer + 1)
    }

    /// Whether a nesting leads back to where the walk had come from: only then is its child left after its parent.
    fn closes_cycle(&self, parent: u32, child: u32) -> bool {
        at(&self.left, child) > at(&self.left, parent)
    }

    fn walk_from(&mut self, start: u32, leaving: &mut Vec<u32>) {
        let mut way = Vec::new();
        self.reach(start, &mut way);
        while let Some((place, tried)) = way.last_mut() {
            let place = *place;
            let child = self.children.row(place).get(*tried).copied();
            *tried += 1;
            match child {
                Some(child) => self.reach(child, &mut way),
                None => {
                    if let Some(left) = self.left.get_mut(place as usize) {
                        *left = leaving.len() as u32;
                    }
                    leaving.push(place);
                    way.pop();
                }
            }
        }
    }

    /// Puts a place at the end of the way, unless the walk has been there.
    fn reach(&mut self, place: u32, way: &mut Vec<(u32, usize)>) {
        match self.reached.get_mut(place as usize) {
            Some(reached) if *reached == NONE => *reached = self.walk.len() as u32,
            _ => return,
        }
        self.walk.push(place);
        way.push((place, 0));
    }

    /// Moves the children of a place behind it.
    fn push_down(&mut self, place: u32) {
        let least = self.layer(place) + 1;
        for child in self.children.row(place) {
            if self.closes_cycle(place, *child) {
                continue;
            }
            if let Some(layer) = self.layers.get_mut(*child as usize) {
                *layer = least.max(*layer);
            }
        }
    }
}

/// For each group of a list the places of its children in that list.
fn among(hierarchy: &Hierarchy, groups: &[GroupIndex]) -> Rows {
    let mut places = vec![NONE; hierarchy.group_count() as usize];
    for (group, place) in groups.iter().zip(0..) {
        if let Some(at) = places.get_mut(group.row() as usize) {
            *at = place;
        }
    }
    let mut pairs = Vec::new();
    for (group, parent) in groups.iter().zip(0..) {
        let children = hierarchy.children(*group).iter();
        let children = children.map(|child| at(&places, child.row()));
        pairs.extend(children.filter(|child| *child != NONE).map(|child| (parent, child)));
    }
    let mut children = Rows::gather(groups.len() as u32, &[pairs]);
    (0..children.len()).for_each(|place| sort::by_key(children.row_mut(place), |child| u64::from(*child)));
    children
}

fn at(numbers: &[u32], place: u32) -> u32 {
    numbers.get(place as usize).copied().unwrap_or(NONE)
}
