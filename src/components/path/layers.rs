//! Which layer of a path figure each box stands in, and where that layer begins and ends.

use super::layout::{Figure, mean};
use super::text::text_width;

/// Between two layers.
const GAP: f64 = 30.0;

impl Figure {
    /// Each box one layer right of everything that leads to it. Paths may pass two groups of a cycle in either order:
    /// as many rounds as there are boxes settle all the rest, and what still moves then is left where it is.
    pub(super) fn layer(&mut self) {
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
        let mut used = vec![false; last + 1];
        for node in &self.boxes {
            used[node.layer] = true;
        }
        for node in &mut self.boxes {
            node.layer = used[..node.layer].iter().filter(|is_used| **is_used).count();
        }
    }

    /// Gives each layer the width of its widest box, and each line a point in each layer that it passes.
    pub(super) fn place_columns(&mut self) {
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
                line.points
                    .extend([(lefts[layer], lane), (lefts[layer] + widths[layer], lane)]);
            }
        }
    }
}
