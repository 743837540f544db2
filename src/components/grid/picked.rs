//! Which rows are picked: ranges, so that a million picked rows cost what one costs.

use std::ops::Range;

/// Rows that are picked, as ranges that neither overlap nor touch, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Picked(Vec<Range<u32>>);

impl Picked {
    /// The first so many rows: all that match.
    #[must_use]
    pub fn all(rows: u32) -> Self {
        let mut picked = Self::default();
        picked.insert(0..rows);
        picked
    }

    /// How many.
    #[must_use]
    pub fn count(&self) -> u32 {
        self.0.iter().map(|range| range.end - range.start).sum()
    }

    /// Whether none is.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether this one is.
    #[must_use]
    pub fn contains(&self, row: u32) -> bool {
        self.0.iter().any(|range| range.contains(&row))
    }

    /// The ranges, in order.
    pub fn ranges(&self) -> impl Iterator<Item = Range<u32>> {
        self.0.iter().cloned()
    }

    /// Picks rows. Cost: O(r) for r ranges.
    pub fn insert(&mut self, rows: Range<u32>) {
        if rows.is_empty() {
            return;
        }
        let mut whole = rows;
        self.0.retain(|range| {
            let touches = range.start <= whole.end && whole.start <= range.end;
            if touches {
                whole = whole.start.min(range.start)..whole.end.max(range.end);
            }
            !touches
        });
        let place = self.0.partition_point(|range| range.start < whole.start);
        self.0.insert(place, whole);
    }

    /// Lets go of rows. Cost: O(r) for r ranges.
    pub fn remove(&mut self, rows: &Range<u32>) {
        let parts = self.0.iter().flat_map(|range| {
            let before = range.start..range.end.min(rows.start);
            let after = range.start.max(rows.end)..range.end;
            [before, after]
        });
        self.0 = parts.filter(|range| !range.is_empty()).collect();
    }

    /// Picks the row, or lets go of it.
    pub fn toggle(&mut self, row: u32) {
        let rows = row..row + 1;
        if self.contains(row) {
            self.remove(&rows);
        } else {
            self.insert(rows);
        }
    }
}

#[cfg(test)]
#[expect(clippy::single_range_in_vec_init, reason = "ranges are what is meant")]
mod tests {
    use super::Picked;

    #[test]
    fn joins_what_touches() {
        let mut picked = Picked::default();
        picked.insert(10..12);
        picked.insert(2..4);
        picked.insert(4..10);
        assert!(picked.ranges().eq([2..12]));
        picked.insert(20..20);
        assert_eq!(picked.count(), 10);
    }

    #[test]
    fn toggles() {
        let mut picked = Picked::all(1_000_000);
        picked.toggle(5);
        assert!(!picked.contains(5) && picked.contains(4) && picked.contains(6));
        assert_eq!(picked.count(), 999_999);
        picked.toggle(5);
        assert_eq!(picked, Picked::all(1_000_000));
    }

    #[test]
    fn agrees_with_a_list_of_rows() {
        let mut picked = Picked::default();
        let mut naive = [false; 24];
        for step in 0..200_u32 {
            let (from, to) = (step * 7 % 24, step * 11 % 24);
            let rows = from.min(to)..from.max(to);
            let keep = step % 3 != 0;
            for row in rows.clone() {
                naive[row as usize] = keep;
            }
            if keep {
                picked.insert(rows);
            } else {
                picked.remove(&rows);
            }
            assert!((0..24).all(|row| picked.contains(row) == naive[row as usize]));
            assert_eq!(picked.count() as usize, naive.iter().filter(|on| **on).count());
        }
    }
}
