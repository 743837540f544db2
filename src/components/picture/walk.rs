//! Where the arrow keys lead in a picture: along its edges, and from row to row of a layer.

use protocol::Picture;

use super::facts::Facts;
use super::layout::Layout;

/// A way to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// To a group that contains this one; from the user, to one of the user's.
    Out,
    /// To a group that this one contains; to the user where it names the user alone.
    In,
    /// To what stands above.
    Up,
    /// To what stands below.
    Down,
    /// To what is at the top of the layer.
    First,
    /// To what is at its bottom.
    Last,
}

impl Way {
    /// What a key means; in a right-to-left text ← and → change places.
    #[must_use]
    pub fn of(key: &str, is_reversed: bool) -> Option<Self> {
        Some(match key {
            "ArrowLeft" if is_reversed => Self::In,
            "ArrowRight" if is_reversed => Self::Out,
            "ArrowLeft" => Self::Out,
            "ArrowRight" => Self::In,
            "ArrowUp" => Self::Up,
            "ArrowDown" => Self::Down,
            "Home" => Self::First,
            "End" => Self::Last,
            _ => return None,
        })
    }
}

/// The node that a way leads to, none where it ends; the user comes after all groups. Of several groups along edges it
/// is the one nearest in height, and one that closes a cycle only where there is no other.
#[must_use]
pub fn next(picture: &Picture, layout: &Layout, from: usize, way: Way) -> Option<usize> {
    let user = picture.nodes.len();
    let height = |node: &usize| layout.nodes[*node];
    match way {
        Way::Out if from == user => {
            let groups = picture
                .user
                .as_ref()?
                .groups
                .iter()
                .map(|(node, _)| (*node as usize, false));
            nearest(layout, from, groups)
        }
        Way::Out => nearest(layout, from, picture.parents(from)),
        Way::In => {
            let names = |user: &protocol::PictureUser| user.groups.iter().any(|(node, _)| *node as usize == from);
            let names_user = picture.user.as_ref().is_some_and(names);
            nearest(layout, from, picture.children(from)).or(names_user.then_some(user))
        }
        Way::Up | Way::Down | Way::First | Way::Last => {
            let layer = picture.nodes.get(from)?.layer;
            let beside = (0..user).filter(|node| picture.nodes[*node].layer == layer);
            let by_height = |one: &usize, other: &usize| height(one).total_cmp(&height(other));
            match way {
                Way::Up => beside.filter(|node| height(node) < height(&from)).max_by(by_height),
                Way::Down => beside.filter(|node| height(node) > height(&from)).min_by(by_height),
                Way::First => beside.min_by(by_height),
                _ => beside.max_by(by_height),
            }
        }
    }
}

fn nearest(layout: &Layout, from: usize, ends: impl Iterator<Item = (usize, bool)>) -> Option<usize> {
    let far = |node: usize| (layout.nodes[node] - layout.nodes[from]).abs();
    let nearer = |one: &(usize, bool), other: &(usize, bool)| {
        one.1.cmp(&other.1).then_with(|| far(one.0).total_cmp(&far(other.0)))
    };
    ends.min_by(nearer).map(|(node, _)| node)
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::{PictureEdge, PictureNode, PictureUser};

    /// `top` contains `a` and `b`, `b` contains `c`, which contains `top` again and names the user.
    fn picture() -> Picture {
        let node = |layer, lane| PictureNode {
            layer,
            lane,
            ..PictureNode::default()
        };
        let edge = |parent, child, closes_cycle| PictureEdge {
            parent,
            child,
            closes_cycle,
            lanes: if closes_cycle { vec![2] } else { Vec::new() },
            ..PictureEdge::default()
        };
        Picture {
            nodes: vec![node(0, 0), node(1, 0), node(1, 1), node(2, 0)],
            edges: vec![
                edge(0, 1, false),
                edge(0, 2, false),
                edge(2, 3, false),
                edge(3, 0, true),
            ],
            layers: 3,
            user: Some(PictureUser {
                groups: vec![(3, Vec::new())],
                ..PictureUser::default()
            }),
            ..Picture::default()
        }
    }

    fn go(from: usize, way: Way) -> Option<usize> {
        let picture = picture();
        next(&picture, &Layout::new(&picture), from, way)
    }

    #[test]
    fn along_edges() {
        assert_eq!(go(1, Way::Out), Some(0));
        assert_eq!(go(2, Way::In), Some(3));
        assert_eq!(go(3, Way::Out), Some(2));
        assert_eq!(go(1, Way::In), None);
    }

    #[test]
    fn round_a_cycle_and_to_the_user() {
        assert_eq!(go(3, Way::In), Some(0), "it contains the top again");
        assert_eq!(go(0, Way::Out), Some(3));
        assert_eq!(go(4, Way::Out), Some(3));
        let mut picture = picture();
        picture.edges.pop();
        assert_eq!(next(&picture, &Layout::new(&picture), 3, Way::In), Some(4));
    }

    #[test]
    fn from_row_to_row() {
        assert_eq!(go(1, Way::Down), Some(2));
        assert_eq!(go(2, Way::Up), Some(1));
        assert_eq!(go(2, Way::Down), None);
        assert_eq!((go(1, Way::Last), go(2, Way::First)), (Some(2), Some(1)));
        assert_eq!(go(4, Way::Up), None);
    }

    #[test]
    fn keys_follow_the_direction_of_the_text() {
        assert_eq!(Way::of("ArrowRight", false), Some(Way::In));
        assert_eq!(Way::of("ArrowRight", true), Some(Way::Out));
        assert_eq!(Way::of("Enter", false), None);
    }
}
