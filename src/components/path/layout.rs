//! Where the boxes and lines of a path figure stand: layers from left to right, one lane for each path.

use protocol::{GroupName, PathStep};

use super::text::shortened;

/// Height of a box.
pub const BOX: f64 = 26.0;
/// Above the first box, and below the last.
pub(super) const MARGIN: f64 = 6.0;

/// A figure: the user at the left, the group asked about at the right.
#[derive(Debug, Default, PartialEq)]
pub struct Figure {
    /// Its width in pixels.
    pub width: f64,
    /// Its height in pixels.
    pub height: f64,
    /// The boxes; the first is the user.
    pub boxes: Vec<Node>,
    /// The lines.
    pub lines: Vec<Line>,
}

/// A box.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Node {
    /// The group; none for the user.
    pub group: Option<GroupName>,
    /// What is written in it.
    pub label: String,
    /// Its left edge.
    pub x: f64,
    /// Its middle.
    pub y: f64,
    /// Its width.
    pub width: f64,
    /// Named by the user's own membership.
    pub is_direct: bool,
    /// The group asked about.
    pub is_target: bool,
    /// How many steps it is from the user.
    pub layer: usize,
}

/// A line from one box to a later one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    /// From this box…
    pub from: usize,
    /// …to this one.
    pub to: usize,
    /// A step round a cycle.
    pub in_cycle: bool,
    /// The points it goes through: each layer that it passes gives one where it enters and one where it leaves.
    pub points: Vec<(f64, f64)>,
    /// The lanes of the paths that go along it.
    pub lanes: Vec<f64>,
}

/// Lays out paths from a user to one group. Cost: O(p² · s) for p paths of s steps; both are small.
#[must_use]
pub fn lay_out(user: &str, paths: &[Vec<PathStep>]) -> Figure {
    let mut figure = Figure::default();
    let user = Node {
        label: shortened(user),
        ..Node::default()
    };
    figure.boxes.push(user);
    let mut lanes: Vec<Vec<f64>> = vec![Vec::new()];
    for (lane, path) in paths.iter().enumerate() {
        figure.follow(path, lane as f64, &mut lanes);
    }
    for (node, lanes) in figure.boxes.iter_mut().zip(&lanes) {
        node.y = mean(lanes);
    }
    figure.layer();
    figure.place_columns();
    figure.separate();
    figure
}

impl Figure {
    /// Adds the boxes and lines of one path.
    fn follow(&mut self, path: &[PathStep], lane: f64, lanes: &mut Vec<Vec<f64>>) {
        let mut from = 0;
        lanes[0].push(lane);
        for (place, step) in path.iter().enumerate() {
            let is_it = |node: &Node| node.group.as_ref().is_some_and(|group| group.id == step.group.id);
            let to = self.boxes.iter().position(is_it).unwrap_or_else(|| {
                self.boxes.push(Node {
                    group: Some(step.group.clone()),
                    label: shortened(&step.group.name),
                    ..Node::default()
                });
                lanes.push(Vec::new());
                lanes.len() - 1
            });
            lanes[to].push(lane);
            self.boxes[to].is_direct |= place == 0;
            self.boxes[to].is_target |= place + 1 == path.len();
            match self.lines.iter_mut().find(|line| (line.from, line.to) == (from, to)) {
                Some(line) => line.lanes.push(lane),
                None => self.lines.push(Line {
                    from,
                    to,
                    in_cycle: step.in_cycle,
                    points: Vec::new(),
                    lanes: vec![lane],
                }),
            }
            from = to;
        }
    }
}

/// Their middle.
pub fn mean(lanes: &[f64]) -> f64 {
    lanes.iter().sum::<f64>() / lanes.len().max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(notation: &str) -> Vec<Vec<PathStep>> {
        let group = |name: &str| GroupName {
            id: name.into(),
            name: name.into(),
        };
        let step = |name| PathStep {
            group: group(name),
            in_cycle: false,
        };
        notation
            .split("; ")
            .map(|path| path.split(" > ").map(step).collect())
            .collect()
    }

    fn figure(notation: &str) -> Figure {
        lay_out("ada", &paths(notation))
    }

    fn layers(notation: &str) -> Vec<(String, usize)> {
        figure(notation)
            .boxes
            .into_iter()
            .map(|node| (node.label, node.layer))
            .collect()
    }

    fn check_apart(figure: &Figure) {
        for (place, one) in figure.boxes.iter().enumerate() {
            for other in &figure.boxes[place + 1..] {
                let is_apart = one.x != other.x || (one.y - other.y).abs() >= BOX;
                assert!(is_apart, "{} and {} overlap", one.label, other.label);
            }
            assert!(one.y >= BOX / 2.0 && one.y + BOX / 2.0 <= figure.height);
            assert!(one.x >= 0.0 && one.x + one.width <= figure.width);
        }
    }

    #[test]
    fn a_diamond_joins_again() {
        let found = layers("night > plant > top; night > lye > top");
        let found: Vec<_> = found.iter().map(|(name, layer)| (name.as_str(), *layer)).collect();
        assert_eq!(found, [("ada", 0), ("night", 1), ("plant", 2), ("top", 3), ("lye", 2)]);
        check_apart(&figure("night > plant > top; night > lye > top"));
    }

    #[test]
    fn a_short_way_goes_past_the_long_one() {
        let figure = figure("a > b > c > top; d > top");
        let line = figure
            .lines
            .iter()
            .find(|line| figure.boxes[line.from].label == "d")
            .expect("a line from d");
        assert_eq!(line.points.len(), 4);
        let passed = figure
            .boxes
            .iter()
            .filter(|node| line.points.iter().any(|point| point.0 == node.x));
        for node in passed {
            assert!(line.points.iter().all(|point| (point.1 - node.y).abs() > BOX / 2.0));
        }
        check_apart(&figure);
    }

    #[test]
    fn two_groups_of_a_cycle_in_either_order() {
        let figure = figure("a > b > top; b > a > top");
        check_apart(&figure);
        assert!(figure.boxes.iter().all(|node| node.layer < 4));
        assert!(figure.boxes[0].layer == 0 && figure.boxes.iter().filter(|node| node.is_target).count() == 1);
    }
}
