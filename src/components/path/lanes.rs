//! Keeps apart what shares a layer of a path figure, in the order of its lanes.

use super::layout::{BOX, Figure, MARGIN};

/// From one box to the next below it.
const PITCH: f64 = 38.0;
/// Between two lines that pass each other.
const LANE: f64 = 20.0;

impl Figure {
    /// Moves what shares a layer apart, in the order of its lanes, and turns lanes into pixels.
    pub(super) fn separate(&mut self) {
        let mut left = f64::MIN;
        let mut bottom = 0.0_f64;
        // From layer to layer: there are few, and a sort costs the app more than it saves.
        while let Some(x) = self.next_left(left) {
            left = x;
            bottom = bottom.max(self.separate_layer(x));
        }
        self.height = bottom + BOX / 2.0 + MARGIN;
    }

    /// Where the next layer to the right begins.
    fn next_left(&self, left: f64) -> Option<f64> {
        let lefts = self.boxes.iter().map(|node| node.x);
        lefts.filter(|x| *x > left).min_by(f64::total_cmp)
    }

    fn separate_layer(&mut self, x: f64) -> f64 {
        let boxes = self
            .boxes
            .iter_mut()
            .filter(|node| node.x == x)
            .map(|node| (node.y, vec![&mut node.y], true));
        let passing = self.lines.iter_mut().filter_map(|line| {
            let at = line.points.iter().position(|point| point.0 == x)?;
            let [enter, leave] = line.points.get_mut(at..at + 2)? else {
                return None;
            };
            Some((enter.1, vec![&mut enter.1, &mut leave.1], false))
        });
        let mut entries: Vec<(f64, Vec<&mut f64>, bool)> = Vec::new();
        for entry in boxes.chain(passing) {
            let at = entries.partition_point(|other| other.0 <= entry.0);
            entries.insert(at, entry);
        }
        let mut bottom: Option<(f64, bool)> = None;
        for (lane, ys, is_box) in entries {
            let wish = lane * PITCH + BOX / 2.0 + MARGIN;
            let y = bottom.map_or(wish, |(above, was_box)| {
                let room = if is_box && was_box {
                    PITCH
                } else if is_box || was_box {
                    (PITCH + LANE) / 2.0
                } else {
                    LANE
                };
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
