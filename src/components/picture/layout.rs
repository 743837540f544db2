//! Where the nodes and lines of a picture stand, in pixels.

use super::settle::{Item, settle};
use protocol::Picture;

/// Height of a node.
pub const NODE: f64 = 40.0;
/// Below a node where a cycle is closed: room for the line, and for the words.
const UNDER: f64 = 22.0;
/// From the bottom of a node to the line that closes a cycle.
pub const DROP: f64 = 9.0;
/// Width of a node of the first layer, and of the others.
const WIDE: f64 = 184.0;
const WIDTH: f64 = 166.0;
/// Width of the user.
const USER: f64 = 104.0;
/// Between two layers.
const GAP: f64 = 30.0;
/// Around the picture.
const MARGIN: f64 = 12.0;
/// Above the nodes, for the names of the layers.
const HEAD: f64 = 36.0;

/// Where everything stands. Edges come in the order of the picture, then the lines to the user.
#[derive(Clone, Debug, PartialEq)]
pub struct Layout {
    /// Width of the whole.
    pub width: f64,
    /// Height of the whole.
    pub height: f64,
    /// The layers: left edge and width. The last one is the user's, if there is one.
    pub columns: Vec<(f64, f64)>,
    /// For each node its middle, from the top; the user's comes last.
    pub nodes: Vec<f64>,
    /// For each line how high it passes the layers between its ends, from the earlier one on.
    pub lines: Vec<Vec<f64>>,
}

/// A line from an earlier to a later layer, with the place of its first point among all items.
struct Line<'a> {
    from: usize,
    to: usize,
    lanes: &'a [u32],
    first: usize,
}

impl Layout {
    /// Lays a picture out. Cost: as [`settle`].
    #[must_use]
    pub fn new(picture: &Picture) -> Self {
        let columns = columns(picture);
        let mut items = ends(picture);
        let lines = lines(picture, items.len());
        let points = lines.iter().map(|line| line.lanes.len()).sum::<usize>();
        // Lines that pass are to be straight rather than nodes to be in the middle.
        let point = Item {
            y: 0.0,
            up: 3.0,
            down: 3.0,
            weight: 4.0,
        };
        items.resize(items.len() + points, point);
        let layers = layers(picture, &lines, columns.len());
        settle(&mut items, &layers, &joints(&lines));
        let top = items.iter().map(|item| item.y - item.up).fold(f64::INFINITY, f64::min);
        let bottom = items
            .iter()
            .map(|item| item.y + item.down)
            .fold(f64::NEG_INFINITY, f64::max);
        let y = |place: usize| (items[place].y - top + HEAD).round();
        let (left, width) = columns.last().copied().unwrap_or_default();
        Self {
            width: left + width + MARGIN,
            height: (bottom - top).max(0.0).round() + HEAD + MARGIN,
            nodes: (0..picture.nodes.len() + usize::from(picture.user.is_some()))
                .map(y)
                .collect(),
            lines: lines
                .iter()
                .map(|line| (line.first..).take(line.lanes.len()).map(y).collect())
                .collect(),
            columns,
        }
    }
}

fn columns(picture: &Picture) -> Vec<(f64, f64)> {
    let groups = (0..picture.layers).map(|layer| if layer == 0 { WIDE } else { WIDTH });
    let widths = groups.chain(picture.user.iter().map(|_| USER));
    let mut left = MARGIN;
    let column = |width| {
        let column = (left, width);
        left += width + GAP;
        column
    };
    widths.map(column).collect()
}

/// The nodes and the user, with the room that each takes.
fn ends(picture: &Picture) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::with_capacity(picture.nodes.len() + 1);
    let end = Item {
        y: 0.0,
        up: NODE / 2.0,
        down: NODE / 2.0,
        weight: 1.0,
    };
    items.resize(picture.nodes.len() + usize::from(picture.user.is_some()), end);
    for edge in picture.edges.iter().filter(|edge| edge.closes_cycle) {
        for node in [edge.parent, edge.child] {
            items[node as usize].down = NODE / 2.0 + UNDER;
        }
    }
    items
}

fn lines(picture: &Picture, mut first: usize) -> Vec<Line<'_>> {
    let user = picture.nodes.len();
    let edges = picture.edges.iter().map(|edge| {
        let (parent, child) = (edge.parent as usize, edge.child as usize);
        let (from, to) = if edge.closes_cycle {
            (child, parent)
        } else {
            (parent, child)
        };
        (from, to, &edge.lanes)
    });
    let groups = picture.user.iter().flat_map(|user| &user.groups);
    let groups = groups.map(|(node, lanes)| (*node as usize, user, lanes));
    let mut found = Vec::new();
    for (from, to, lanes) in edges.chain(groups) {
        found.push(Line { from, to, lanes, first });
        first += lanes.len();
    }
    found
}

/// The items of each layer, from the top down.
fn layers(picture: &Picture, lines: &[Line<'_>], count: usize) -> Vec<Vec<usize>> {
    const NOBODY: usize = usize::MAX;
    let mut layers: Vec<Vec<usize>> = vec![Vec::new(); count];
    let mut add = |layer: usize, lane: u32, item: usize| {
        let (layer, lane) = (&mut layers[layer], lane as usize);
        if layer.len() <= lane {
            layer.resize(lane + 1, NOBODY);
        }
        layer[lane] = item;
    };
    for (item, node) in picture.nodes.iter().enumerate() {
        add(node.layer as usize, node.lane, item);
    }
    if let Some(user) = &picture.user {
        add(count - 1, user.lane, picture.nodes.len());
    }
    for line in lines {
        let after = picture.nodes[line.from].layer as usize + 1;
        for (between, lane) in line.lanes.iter().enumerate() {
            add(after + between, *lane, line.first + between);
        }
    }
    for layer in &mut layers {
        layer.retain(|item| *item != NOBODY);
    }
    layers
}

fn joints(lines: &[Line<'_>]) -> Vec<(usize, usize)> {
    let of = |line: &Line<'_>| {
        let points = line.first..line.first + line.lanes.len();
        let items = [line.from]
            .into_iter()
            .chain(points)
            .chain([line.to])
            .collect::<Vec<_>>();
        items.windows(2).map(|pair| (pair[0], pair[1])).collect::<Vec<_>>()
    };
    lines.iter().flat_map(of).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use protocol::{PictureEdge, PictureNode, PictureUser};

    /// Up to five layers of nodes; edges between any two of different layers, each with a lane of its own.
    fn any_picture() -> impl Strategy<Value = Picture> {
        let nodes = prop::collection::vec(0..5u32, 1..20);
        let edges = prop::collection::vec((0..20u32, 0..20u32, any::<bool>()), 0..30);
        (nodes, edges, any::<bool>()).prop_map(|(layers, edges, has_user)| {
            let mut next = [0; 6];
            let mut lane = |layer: u32| {
                next[layer as usize] += 1;
                next[layer as usize] - 1
            };
            let count = layers.iter().max().map_or(0, |layer| layer + 1);
            let node = |layer: &u32| PictureNode {
                layer: *layer,
                lane: lane(*layer),
                ..PictureNode::default()
            };
            let nodes: Vec<_> = layers.iter().map(node).collect();
            let mut between = |from: u32, to: u32| (from + 1..to).map(&mut lane).collect::<Vec<_>>();
            let mut picture = Picture {
                layers: count,
                ..Picture::default()
            };
            for (one, other, closes_cycle) in edges {
                let (one, other) = (one % nodes.len() as u32, other % nodes.len() as u32);
                let (from, to) = (layers[one as usize], layers[other as usize]);
                if from < to {
                    let (parent, child) = if closes_cycle { (other, one) } else { (one, other) };
                    picture.edges.push(PictureEdge {
                        parent,
                        child,
                        closes_cycle,
                        lanes: between(from, to),
                        ..PictureEdge::default()
                    });
                }
            }
            picture.user = has_user.then(|| PictureUser {
                groups: vec![(0, between(layers[0], count))],
                ..PictureUser::default()
            });
            picture.nodes = nodes;
            picture
        })
    }

    proptest! {
        #[test]
        fn nothing_overlaps_and_no_line_runs_through_a_node(picture in any_picture()) {
            let layout = Layout::new(&picture);
            let closes = |node: usize| picture.edges.iter().any(|edge| {
                edge.closes_cycle && (edge.parent as usize == node || edge.child as usize == node)
            });
            let bottom = |node: usize| layout.nodes[node] + NODE / 2.0 + if closes(node) { UNDER } else { 0.0 };
            let top = |node: usize| layout.nodes[node] - NODE / 2.0;
            let lines = layout.lines.iter().flatten();
            let user = picture.user.iter().map(|_| layout.nodes[picture.nodes.len()] + NODE / 2.0);
            let lowest = (0..picture.nodes.len()).map(bottom).chain(user).chain(lines.map(|y| y + 3.0));
            prop_assert!((lowest.fold(0.0, f64::max) + MARGIN - layout.height).abs() <= 1.0, "no taller than it is");
            for (one, node) in picture.nodes.iter().enumerate() {
                prop_assert!(top(one) >= HEAD && bottom(one) <= layout.height);
                for (other, beside) in picture.nodes.iter().enumerate() {
                    if (beside.layer, beside.lane) > (node.layer, node.lane) && beside.layer == node.layer {
                        prop_assert!(bottom(one) < top(other));
                    }
                }
            }
            let to_user = picture.user.iter().flat_map(|user| user.groups.iter().map(|(node, _)| *node));
            let starts = picture.edges.iter().map(|edge| if edge.closes_cycle { edge.child } else { edge.parent });
            for (line, start) in layout.lines.iter().zip(starts.chain(to_user)) {
                let after = picture.nodes[start as usize].layer + 1;
                for (y, layer) in line.iter().zip(after..) {
                    let mut passed = (0..picture.nodes.len()).filter(|node| picture.nodes[*node].layer == layer);
                    prop_assert!(passed.all(|node| *y < top(node) || *y > bottom(node)));
                }
            }
        }
    }

    #[test]
    fn layers_stand_side_by_side() {
        let picture = Picture {
            layers: 2,
            user: Some(PictureUser::default()),
            ..Picture::default()
        };
        assert_eq!(
            Layout::new(&picture).columns,
            [(12.0, 184.0), (226.0, 166.0), (422.0, 104.0)]
        );
    }
}
