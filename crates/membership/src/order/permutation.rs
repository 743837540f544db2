//! All rows in one order, out of which pages of a set are cut.

use std::cell::OnceCell;

use crate::set::Set;

/// A set that holds less than one row in so many is cut by its rows' places, a denser one by walking the order.
const SPARSE: u32 = 32;

/// All rows, users' or groups', in one order.
#[derive(Debug)]
pub struct Permutation {
    rows: Vec<u32>,
    places: OnceCell<Vec<u32>>,
}

impl Permutation {
    pub(super) fn new(rows: Vec<u32>) -> Self {
        let places = OnceCell::new();
        Self { rows, places }
    }

    /// Every row, in order.
    #[must_use]
    pub fn rows(&self) -> &[u32] {
        &self.rows
    }

    /// For each row its place in the order, from 0. Cost: O(rows) once, then O(1).
    #[must_use]
    pub fn places(&self) -> &[u32] {
        self.places.get_or_init(|| {
            let mut places = vec![0; self.rows.len()];
            for (row, place) in self.rows.iter().zip(0..) {
                if let Some(slot) = places.get_mut(*row as usize) {
                    *slot = place;
                }
            }
            places
        })
    }
}

/// The rows of a set, in order.
///
/// Cost: O(rows).
#[must_use]
pub fn rows(permutation: &Permutation, set: &Set) -> Vec<u32> {
    window(permutation, set, 0, u32::MAX)
}

/// Of the rows of a set, in order, at most `limit` from the one at `offset` on.
///
/// Cost: O(rows) at the worst: the order is walked from its nearer end until the window is full. For a sparse set
/// O(rows / 64 + set).
#[must_use]
pub fn window(permutation: &Permutation, set: &Set, offset: u32, limit: u32) -> Vec<u32> {
    let count = set.count();
    let end = offset.saturating_add(limit).min(count);
    if offset >= end {
        return Vec::new();
    }
    let size = (end - offset) as usize;
    let all = &permutation.rows;
    if count < all.len() as u32 / SPARSE {
        return window_of_few(permutation, set, offset as usize, size);
    }
    if offset <= count - end {
        let rows = all.iter().copied().filter(|row| set.contains(*row));
        return rows.skip(offset as usize).take(size).collect();
    }
    let rows = all.iter().rev().copied().filter(|row| set.contains(*row));
    let mut rows = rows.skip((count - end) as usize).take(size).collect::<Vec<_>>();
    rows.reverse();
    rows
}

/// Marks the places of the rows: what is marked comes out in order.
fn window_of_few(permutation: &Permutation, set: &Set, offset: usize, size: usize) -> Vec<u32> {
    let places = permutation.places();
    let mut marked = Set::new(permutation.rows.len() as u32);
    for row in set.iter() {
        if let Some(place) = places.get(row as usize) {
            marked.insert(*place);
        }
    }
    let window = marked.iter().skip(offset).take(size);
    window
        .filter_map(|place| permutation.rows.get(place as usize).copied())
        .collect()
}
