//! Where the boxes and lines of a path figure stand: layers from left to right, one lane for each path.

use std::collections::HashMap;

use protocol::{GroupName, PathStep};

/// Height of a box, and from one box to the next below it.
pub const BOX: f64 = 26.0;
const PITCH: f64 = 38.0;
/// Between two lines that pass each other.
const LANE: f64 = 20.0;
/// Between two layers.
const GAP: f64 = 30.0;
const MARGIN: f64 = 6.0;
/// The longest name that is written in full.
const LONGEST: usize = 28;

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
    layer: usize,
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
    lanes: Vec<f64>,
}

/// Lays out paths from a user to one group. Cost: O(p² · s) for p paths of s steps; both are small.
#[must_use]
pub fn lay_out(user: &str, paths: &[Vec<PathStep>]) -> Figure {
    let mut figure = Figure::default();
    let user = Node { label: shortened(user), ..Node::default() };
    figure.boxes.push(user);
    let mut lanes: Vec<Vec<f64>> = vec![Vec::new()];
    let mut known = HashMap::new();
    for (lane, path) in paths.iter().enumerate() {
        figure.follow(path, lane as f64, &mut known, &mut lanes);
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
    fn follow<'a>(
        &mut self,
        path: &'a [PathStep],
        lane: f64,
        known: &mut HashMap<&'a str, usize>,
        lanes: &mut Vec<Vec<f64>>,
    ) {
        let mut from = 0;
        lanes[0].push(lane);
        for (place, step) in path.iter().enumerate() {
            let to = *known.entry(&step.group.id).or_insert_with(|| {
                let group = Some(step.group.clone());
                let label = shortened(&step.group.name);
                self.boxes.push(Node { group, label, ..Node::default() });
                lanes.push(Vec::new());
                lanes.len() - 1
            });
            lanes[to].push(lane);
            self.boxes[to].is_direct |= place == 0;
            self.boxes[to].is_target |= place + 1 == path.len();
            match self.lines.iter_mut().find(|line| (line.from, line.to) == (from, to)) {
                Some(line) => line.lanes.push(lane),
                None => self.lines.push(Line { from, to, in_cycle: step.in_cycle, points: Vec::new(), lanes: vec![lane] }),
            }
            from = to;
        }
    }

    /// Each box one layer right of everything that leads to it. Paths may pass two groups of a cycle in either order:
    /// as many rounds as there are boxes settle all the rest, and what still moves then is left where it is.
    fn layer(&mut self) {
        for _ in 0..self.boxes.len() {
            let mut moved = false;
            for line in &self.lines {
                let least = self.boxes[line.from].layer + 1;
                if self.boxes[line.to].layer < least && least < self.boxes.len() {
                    self.boxes[line.to].layer = least;
                    moved = true;
                }
            }
            if !moved {
                break;
            }
        }
        let last = self.boxes.iter().map(|node| node.layer).max().unwrap_or(0);
        for node in &mut self.boxes {
            if node.is_target {
                node.layer = last;
            }
        }
        // A cycle may have left layers empty.
        let mut used: Vec<usize> = self.boxes.iter().map(|node| node.layer).collect();
        used.sort_unstable();
        used.dedup();
        for node in &mut self.boxes {
            node.layer = used.partition_point(|&layer| layer < node.layer);
        }
    }

    /// Gives each layer the width of its widest box, and each line a point in each layer that it passes.
    fn place_columns(&mut self) {
        let layers = self.boxes.iter().map(|node| node.layer).max().unwrap_or(0) + 1;
        let mut widths = vec![0.0_f64; layers];
        for node in &self.boxes {
            let mark = if node.is_direct || node.is_target { 34.0 } else { 20.0 };
            widths[node.layer] = widths[node.layer].max(text_width(&node.label) + mark);
        }
        let mut lefts = Vec::with_capacity(layers);
        let mut x = 1.0;
        for width in &widths {
            lefts.push(x);
            x += width + GAP;
        }
        self.width = x - GAP + 1.0;
        for node in &mut self.boxes {
            node.x = lefts[node.layer];
            node.width = widths[node.layer];
        }
        for line in &mut self.lines {
            let lane = mean(&line.lanes);
            for layer in self.boxes[line.from].layer + 1..self.boxes[line.to].layer {
                line.points.extend([(lefts[layer], lane), (lefts[layer] + widths[layer], lane)]);
            }
        }
    }

    /// Moves what shares a layer apart, in the order of its lanes, and turns lanes into pixels.
    fn separate(&mut self) {
        let mut left = f64::MIN;
        let mut bottom = 0.0_f64;
        let mut lefts: Vec<f64> = self.boxes.iter().map(|node| node.x).collect();
        lefts.sort_by(f64::total_cmp);
        for x in lefts {
            if x <= left {
                continue;
            }
            left = x;
            bottom = bottom.max(self.separate_layer(x));
        }
        self.height = bottom + BOX / 2.0 + MARGIN;
    }

    fn separate_layer(&mut self, x: f64) -> f64 {
        let boxes = self.boxes.iter_mut().filter(|node| node.x == x).map(|node| (node.y, vec![&mut node.y], true));
        let passing = self.lines.iter_mut().filter_map(|line| {
            let at = line.points.iter().position(|point| point.0 == x)?;
            let [enter, leave] = line.points.get_mut(at..at + 2)? else { return None };
            Some((enter.1, vec![&mut enter.1, &mut leave.1], false))
        });
        let mut entries: Vec<_> = boxes.chain(passing).collect();
        entries.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut bottom: Option<(f64, bool)> = None;
        for (lane, ys, is_box) in entries {
            let wish = lane * PITCH + BOX / 2.0 + MARGIN;
            let y = bottom.map_or(wish, |(above, was_box)| {
                let room = if is_box && was_box { PITCH } else if is_box || was_box { (PITCH + LANE) / 2.0 } else { LANE };
                wish.max(above + room)
            });
            bottom = Some((y, is_box));
            for place in ys {
                *place = y;
            }
        }
        bottom.map_or(0.0, |(y, _)| y)
    }
}

fn mean(lanes: &[f64]) -> f64 {
    lanes.iter().sum::<f64>() / lanes.len().max(1) as f64
}

fn shortened(name: &str) -> String {
    if name.chars().count() <= LONGEST {
        return name.to_owned();
    }
    name.chars().take(LONGEST - 1).chain(['…']).collect()
}

/// About how wide a text of 12 px is. Fonts differ by a few pixels, for which the boxes have room.
fn text_width(text: &str) -> f64 {
    let width = |letter| match letter {
        'i' | 'j' | 'l' | 't' | 'f' | 'r' | 'I' | ' ' | '.' | ',' | '\'' | '-' | '(' | ')' => 4.4,
        'm' | 'w' | 'M' | 'W' | '@' | '&' => 10.8,
        '\u{1100}'.. => 12.4,
        _ if letter.is_uppercase() => 8.6,
        _ => 7.1,
    };
    text.chars().map(width).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(notation: &str) -> Vec<Vec<PathStep>> {
        let group = |name: &str| GroupName { id: name.into(), name: name.into() };
        let step = |name| PathStep { group: group(name), in_cycle: false };
        notation.split("; ").map(|path| path.split(" > ").map(step).collect()).collect()
    }

    fn figure(notation: &str) -> Figure {
        lay_out("ada", &paths(notation))
    }

    fn layers(notation: &str) -> Vec<(String, usize)> {
        figure(notation).boxes.into_iter().map(|node| (node.label, node.layer)).collect()
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
        let line = figure.lines.iter().find(|line| figure.boxes[line.from].label == "d").expect("a line from d");
        assert_eq!(line.points.len(), 4);
        let passed = figure.boxes.iter().filter(|node| line.points.iter().any(|point| point.0 == node.x));
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

    #[test]
    fn long_names_are_cut() {
        assert_eq!(shortened(&"x".repeat(40)).chars().count(), LONGEST);
        assert_eq!(shortened("short"), "short");
    }
}
