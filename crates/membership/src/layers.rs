//! The groups around one, drawn in layers: what contains stands before what is contained.
//!
//! A layer is the longest way from the top of the drawing, after the nestings that close cycles were taken out; a
//! depth-first walk finds those. A line that passes layers has a point in each of them, and nodes and points of a layer
//! share its lanes, so that no line need run through a node. Lanes are ordered by sweeps that lessen the crossings.
//! There are no pixels here.

mod choose;
mod level;
mod lit;
mod sweep;

use crate::directory::Directory;
use crate::entity::{GroupIndex, UserIndex};
use crate::members::Membership;
use choose::{Chosen, choose};
use level::Levels;
use lit::Lit;
use sweep::untangle;

/// A group with those above and below it, in layers. Equal facts give equal drawings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layers {
    /// The groups that are drawn, depth first from the top, the largest first.
    pub nodes: Vec<Node>,
    /// Every nesting between two of them, once: by parent, then by child.
    pub edges: Vec<Edge>,
    /// The place in `nodes` of the group asked about.
    pub focus: u32,
    /// How many layers of groups there are.
    pub layers: u32,
    /// How many groups above or below the group asked about are not drawn.
    pub rest: u32,
    /// The user, in a layer behind all groups.
    pub user: Option<UserNode>,
}

/// How much of what is around a group is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reach {
    /// So many groups in all at the most.
    pub groups: u32,
    /// Groups above and below that are so many nestings away at the most.
    pub levels: u32,
}

/// A group that is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Node {
    /// The group.
    pub group: GroupIndex,
    /// Its layer, from 0.
    pub layer: u32,
    /// Its place among the nodes and points of its layer, from 0.
    pub lane: u32,
    /// How many of the groups that it is nested right in are not drawn.
    pub more_parents: u32,
    /// How many of the groups that are nested right in it are not drawn.
    pub more_children: u32,
    /// How the user is in it; [`Membership::None`] without a user.
    pub membership: Membership,
}

/// A nesting between two groups that are drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edge {
    /// The place in `nodes` of the group that contains.
    pub parent: u32,
    /// The place in `nodes` of the group that is contained.
    pub child: u32,
    /// Whether both groups contain each other.
    pub in_cycle: bool,
    /// Whether it leads back to an earlier layer; without such nestings there are no cycles.
    pub closes_cycle: bool,
    /// Whether it is on a minimal path of the user to any group.
    pub is_lit: bool,
    /// The lanes of its points in the layers strictly between its ends, from the earlier layer on.
    pub lanes: Vec<u32>,
}

/// The user at the end of the drawing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserNode {
    /// Its lane in the last layer.
    pub lane: u32,
    /// The groups drawn that name the user.
    pub groups: Vec<UserEdge>,
    /// How many other groups name the user.
    pub elsewhere: u32,
}

/// That a group names the user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserEdge {
    /// The place in `nodes` of the group.
    pub node: u32,
    /// The lanes of its points in the layers strictly between group and user.
    pub lanes: Vec<u32>,
}

/// A line from a node to one in a later layer, with the point that it has in the first layer between.
struct Line {
    from: u32,
    to: u32,
    first_point: u32,
}

impl Layers {
    /// Draws a group, and of those above and below it the nearest, at most `limit` groups in all. Half of them may be
    /// above and half below, and what one side leaves the other takes; of those equally near the largest come first.
    /// Groups on the user's minimal paths to the group stay, path by path, as long as there is room.
    ///
    /// Cost: O(g + f log f + n) for g groups in all, f of them above or below, and n nestings of these; and for what is
    /// drawn O(24 · p log p) for p nodes, points and lines. A user adds O(g / 64 + s) for each group drawn, with
    /// s nestings above the user, and what [`crate::path::PathFinder::paths`] costs.
    #[must_use]
    pub fn new(directory: &Directory, focus: GroupIndex, limit: u32, user: Option<UserIndex>) -> Self {
        let reach = Reach {
            groups: limit,
            levels: u32::MAX,
        };
        Self::near(directory, focus, reach, user)
    }

    /// The same of groups that are at most so many nestings away; the user's minimal paths are drawn beyond that, too. Cost: that
    /// of [`Self::new`].
    #[must_use]
    pub fn near(directory: &Directory, focus: GroupIndex, reach: Reach, user: Option<UserIndex>) -> Self {
        let chosen = choose(directory, focus, reach, user);
        let levels = Levels::new(directory.hierarchy(), &chosen.groups);
        let mut layers = Self {
            layers: levels.count(),
            ..Self::default()
        };
        layers.place_groups(directory, focus, &chosen, &levels, user);
        layers.join(directory, &levels, user);
        layers.arrange();
        layers
    }

    fn place_groups(
        &mut self,
        directory: &Directory,
        focus: GroupIndex,
        chosen: &Chosen,
        levels: &Levels,
        user: Option<UserIndex>,
    ) {
        self.rest = chosen.rest;
        let hierarchy = directory.hierarchy();
        let placed = levels
            .walk()
            .filter_map(|at| Some((*chosen.groups.get(at as usize)?, at)));
        let node = |(group, at)| Node {
            group,
            layer: levels.layer(at),
            lane: 0,
            more_parents: hierarchy.parents(group).len() as u32,
            more_children: hierarchy.children(group).len() as u32,
            membership: user.map_or(Membership::None, |user| directory.membership(user, group)),
        };
        self.nodes = placed.map(node).collect();
        let place = self.nodes.iter().position(|node| node.group == focus);
        self.focus = place.unwrap_or_default() as u32;
    }

    /// Adds the edges, and counts off those that are drawn.
    fn join(&mut self, directory: &Directory, levels: &Levels, user: Option<UserIndex>) {
        let hierarchy = directory.hierarchy();
        let mut lit = user.map(|user| Lit::new(directory, user));
        for (parent, at) in (0..).zip(levels.walk()) {
            let Some(above) = self.group(parent) else { continue };
            if let Some(lit) = &mut lit {
                lit.look_below(above);
            }
            for (child, closes_cycle) in levels.children(at) {
                let Some(below) = self.group(child) else { continue };
                self.edges.push(Edge {
                    parent,
                    child,
                    in_cycle: hierarchy.component(above) == hierarchy.component(below),
                    closes_cycle,
                    is_lit: lit.as_ref().is_some_and(|lit| lit.leads_on_from(below)),
                    lanes: Vec::new(),
                });
            }
        }
        for edge in &self.edges {
            if let Some(node) = self.nodes.get_mut(edge.parent as usize) {
                node.more_children = node.more_children.saturating_sub(1);
            }
            if let Some(node) = self.nodes.get_mut(edge.child as usize) {
                node.more_parents = node.more_parents.saturating_sub(1);
            }
        }
        self.user = user.map(|user| {
            let direct = (0..).zip(&self.nodes);
            let direct = direct.filter(|(_, node)| node.membership == Membership::Direct);
            let edge = |(node, _)| UserEdge {
                node,
                lanes: Vec::new(),
            };
            let groups = direct.map(edge).collect::<Vec<_>>();
            UserNode {
                lane: 0,
                elsewhere: directory.direct_group_count(user) - groups.len() as u32,
                groups,
            }
        });
    }

    fn group(&self, node: u32) -> Option<GroupIndex> {
        self.nodes.get(node as usize).map(|node| node.group)
    }

    fn layer(&self, node: u32) -> u32 {
        // Behind the last node stands the user.
        self.nodes.get(node as usize).map_or(self.layers, |node| node.layer)
    }

    /// Orders the lanes of all layers.
    fn arrange(&mut self) {
        let (lines, points) = self.lines();
        let mut layers = vec![Vec::new(); self.layers as usize + 1];
        let mut add = |layer: u32, point| {
            if let Some(layer) = layers.get_mut(layer as usize) {
                layer.push(point);
            }
        };
        let ends = self.nodes.len() as u32 + u32::from(self.user.is_some());
        (0..ends).for_each(|node| add(self.layer(node), node));
        let mut segments = Vec::new();
        for line in &lines {
            let mut last = line.from;
            for (layer, point) in (self.layer(line.from) + 1..self.layer(line.to)).zip(line.first_point..) {
                add(layer, point);
                segments.push((last, point));
                last = point;
            }
            segments.push((last, line.to));
        }
        let lanes = untangle(layers, points, &segments);
        self.take(&lanes, &lines);
    }

    /// The lines from earlier to later layers, those of the edges before those of the user, and how many nodes and
    /// points there are.
    fn lines(&self) -> (Vec<Line>, u32) {
        let nodes = self.nodes.len() as u32;
        let edges = self.edges.iter().map(|edge| match edge.closes_cycle {
            false => (edge.parent, edge.child),
            true => (edge.child, edge.parent),
        });
        let groups = self.user.iter().flat_map(|user| &user.groups);
        let mut points = nodes + u32::from(self.user.is_some());
        let line = |(from, to)| {
            let first_point = points;
            points += self.layer(to).saturating_sub(self.layer(from) + 1);
            Line { from, to, first_point }
        };
        let lines = edges.chain(groups.map(|edge| (edge.node, nodes))).map(line).collect();
        (lines, points)
    }

    /// Takes over the lane of each node and point.
    fn take(&mut self, lanes: &[u32], lines: &[Line]) {
        let lane = |point: u32| lanes.get(point as usize).copied().unwrap_or_default();
        let along = |line: &Line, passed: u32| (line.first_point..).take(passed as usize).map(lane).collect::<Vec<_>>();
        let passed = lines
            .iter()
            .map(|line| self.layer(line.to).saturating_sub(self.layer(line.from) + 1));
        let mut found = lines
            .iter()
            .zip(passed.collect::<Vec<_>>())
            .map(|(line, passed)| along(line, passed));
        for (node, at) in self.nodes.iter_mut().zip(0..) {
            node.lane = lane(at);
        }
        for (edge, lanes) in self.edges.iter_mut().zip(&mut found) {
            edge.lanes = lanes;
        }
        if let Some(user) = &mut self.user {
            user.lane = lane(self.nodes.len() as u32);
            for (edge, lanes) in user.groups.iter_mut().zip(&mut found) {
                edge.lanes = lanes;
            }
        }
    }
}
