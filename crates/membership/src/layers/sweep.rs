//! The order of the points in layers, with fewer crossings of the lines between them.

use crate::directory::Rows;
use crate::sort::by_key;

/// How often the layers are gone through, to the end and back by turns.
const SWEEPS: u32 = 24;

/// Finds the lane of each point. `layers` has the points of each layer, in any order; `segments` are pairs of a point
/// and one in the next layer.
///
/// Each sweep puts the points of a layer in the order of the means of their neighbours in the layer before. What it
/// leaves can be worse than what it found, so the best order is kept; never is it worse than the one that was given.
///
/// Cost: O(24 · (p log p + s log p)) for p points and s segments.
pub(super) fn untangle(mut layers: Vec<Vec<u32>>, points: u32, segments: &[(u32, u32)]) -> Vec<u32> {
    let before = Rows::gather(
        points,
        &[segments.iter().map(|(left, right)| (*right, *left)).collect()],
    );
    let behind = Rows::gather(points, &[segments.to_vec()]);
    let mut lanes = vec![0; points as usize];
    layers.iter().for_each(|layer| number(layer, &mut lanes));
    let mut best = lanes.clone();
    let mut fewest = crossings(&layers, &behind, &lanes);
    for sweep in 0..SWEEPS {
        if fewest == 0 {
            break;
        }
        if sweep % 2 == 0 {
            layers.iter_mut().for_each(|layer| sort(layer, &before, &mut lanes));
        } else {
            layers
                .iter_mut()
                .rev()
                .for_each(|layer| sort(layer, &behind, &mut lanes));
        }
        let left = crossings(&layers, &behind, &lanes);
        if left < fewest {
            fewest = left;
            best.clone_from(&lanes);
        }
    }
    best
}

/// Tells the points of a layer their lanes.
fn number(layer: &[u32], lanes: &mut [u32]) {
    for (point, lane) in layer.iter().zip(0..) {
        if let Some(at) = lanes.get_mut(*point as usize) {
            *at = lane;
        }
    }
}

/// Sorts a layer by the means of the neighbours; who has none stays about where it is.
fn sort(layer: &mut [u32], neighbours: &Rows, lanes: &mut [u32]) {
    by_key(layer, |point| {
        let row = neighbours.row(*point);
        let sum = row.iter().map(|point| u64::from(lane(lanes, *point))).sum::<u64>();
        match row.len() as u64 {
            0 => u64::from(lane(lanes, *point)) << 16,
            count => (sum << 16) / count,
        }
    });
    number(layer, lanes);
}

fn lane(lanes: &[u32], point: u32) -> u32 {
    lanes.get(point as usize).copied().unwrap_or_default()
}

/// How many pairs of segments cross: those whose ends stand in opposite orders.
fn crossings(layers: &[Vec<u32>], behind: &Rows, lanes: &[u32]) -> u64 {
    let pairs = layers.iter().zip(layers.iter().skip(1));
    pairs
        .map(|(layer, next)| between(layer, next.len(), behind, lanes))
        .sum()
}

/// The crossings between a layer and the next, in which there are so many points.
fn between(layer: &[u32], next: usize, behind: &Rows, lanes: &[u32]) -> u64 {
    let mut passed = Passed(vec![0; next + 1]);
    let mut crossings = 0;
    let mut all = 0;
    for point in layer {
        let ends = behind.row(*point).iter().map(|end| lane(lanes, *end) as usize);
        // Segments from one point do not cross, so they are told of only together.
        crossings += ends.clone().map(|end| all - passed.up_to(end)).sum::<u64>();
        for end in ends {
            passed.add(end);
            all += 1;
        }
    }
    crossings
}

/// How many segments have ended at each lane, as a binary indexed tree over lanes from 1.
struct Passed(Vec<u64>);

impl Passed {
    fn add(&mut self, lane: usize) {
        let mut at = lane + 1;
        while let Some(count) = self.0.get_mut(at) {
            *count += 1;
            at += at & at.wrapping_neg();
        }
    }

    fn up_to(&self, lane: usize) -> u64 {
        let mut at = lane + 1;
        let mut sum = 0;
        while at > 0 {
            sum += self.0.get(at).copied().unwrap_or_default();
            at &= at - 1;
        }
        sum
    }
}
