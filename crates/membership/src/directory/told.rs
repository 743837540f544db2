//! Pairs as they are told: of a group and what it names. Most groups name all that they name one after the other.

use crate::directory::rows::Filling;
use crate::directory::{Rows, TooLarge};

/// How many bits number the items of a piece; there are pieces for the others of 32.
const BITS: u32 = 20;

/// How many items a piece has.
const PIECE: usize = 1 << BITS;

/// What is in the place of an item that is none of the directory's.
pub(super) const NOBODY: u32 = u32::MAX;

/// Pairs in the order in which they are told, in pieces, so that ten million of them are never moved to a larger place.
#[derive(Debug, Default)]
pub(super) struct Told {
    pieces: Vec<Piece>,
}

/// Each item takes four bytes, and each run of items of one group eight.
#[derive(Debug, Default)]
struct Piece {
    items: Vec<u32>,
    /// A group, and where its run ends.
    runs: Vec<(u32, u32)>,
}

impl Piece {
    /// There are no more runs than items.
    fn push(&mut self, group: u32, items: &[u32]) {
        if items.is_empty() {
            return;
        }
        self.items.extend_from_slice(items);
        let end = self.items.len() as u32;
        match self.runs.last_mut() {
            Some(run) if run.0 == group => run.1 = end,
            _ => self.runs.push((group, end)),
        }
    }
}

impl Told {
    /// Adds what a group names. Cost: O(items), amortised.
    ///
    /// # Errors
    /// If there are more than 32 bits can number.
    #[inline]
    pub fn push(&mut self, group: u32, items: &[u32]) -> Result<(), TooLarge> {
        match self.pieces.last_mut() {
            Some(piece) if piece.items.len() + items.len() <= PIECE => piece.push(group, items),
            _ => self.push_on(group, items)?,
        }
        Ok(())
    }

    /// Adds what goes beyond the last piece.
    fn push_on(&mut self, group: u32, mut items: &[u32]) -> Result<(), TooLarge> {
        while !items.is_empty() {
            let room = self.pieces.last().map_or(0, |piece| PIECE - piece.items.len());
            let (now, later) = items.split_at(items.len().min(room));
            if let Some(piece) = self.pieces.last_mut() {
                piece.push(group, now);
            }
            items = later;
            if !items.is_empty() {
                if self.len() + PIECE as u64 > u64::from(u32::MAX) {
                    return Err(TooLarge);
                }
                // The first piece grows, for the sake of small directories.
                let room = if self.pieces.is_empty() { 16 } else { PIECE };
                let (items, runs) = (Vec::with_capacity(room), Vec::new());
                self.pieces.push(Piece { items, runs });
            }
        }
        Ok(())
    }

    /// How many pairs there are. Cost: O(1).
    pub fn len(&self) -> u64 {
        let last = self.pieces.last().map_or(0, |piece| piece.items.len());
        (self.pieces.len().saturating_sub(1) * PIECE + last) as u64
    }

    /// What groups name, turned over: for each number, which is an item without its lowest `bits`, the groups that name it,
    /// ascending, with those bits. A number from `numbers` on is left out; a group from `groups` on names
    /// [`NOBODY`] alone.
    ///
    /// Cost: O(groups + numbers + pairs).
    pub fn turned(&self, groups: u32, numbers: u32, bits: u32) -> Rows {
        let runs = self.runs_by_group(groups);
        let mut filling = Filling::new(numbers);
        for piece in &self.pieces {
            filling.count_items(&piece.items, bits);
        }
        filling.make_room();
        for (group, run) in runs.pairs() {
            filling.turn_long(group, self.run(run), bits);
        }
        filling.rows()
    }

    /// For each group its runs, by the number of the piece and that within the piece.
    fn runs_by_group(&self, groups: u32) -> Rows {
        let runs = || {
            let pieces = self.pieces.iter().zip((0..).step_by(PIECE));
            pieces.flat_map(|(piece, first)| piece.runs.iter().map(|(group, _)| *group).zip(first..))
        };
        let mut filling = Filling::new(groups);
        runs().for_each(|(group, _)| filling.count(group));
        filling.make_room();
        runs().for_each(|(group, run)| filling.place(group, run));
        filling.rows()
    }

    fn run(&self, number: u32) -> &[u32] {
        let (piece, at) = ((number >> BITS) as usize, number as usize % PIECE);
        let run = self.pieces.get(piece).and_then(|piece| {
            let before = at.checked_sub(1).and_then(|before| piece.runs.get(before));
            let (start, end) = (before.map_or(0, |run| run.1), piece.runs.get(at)?.1);
            piece.items.get(start as usize..end as usize)
        });
        run.unwrap_or_default()
    }

    /// Each run: a group and items, in order.
    pub fn runs(&self) -> impl Iterator<Item = (u32, &[u32])> + Clone {
        self.pieces.iter().flat_map(|piece| {
            let mut rest = piece.items.as_slice();
            let mut start = 0;
            piece.runs.iter().map(move |(group, end)| {
                let (run, later) = rest.split_at_checked((end - start) as usize).unwrap_or((rest, &[]));
                (rest, start) = (later, *end);
                (*group, run)
            })
        })
    }

    /// Each run, to put other numbers in its place.
    pub fn runs_mut(&mut self) -> impl Iterator<Item = (&mut u32, &mut [u32])> {
        self.pieces.iter_mut().flat_map(|piece| {
            let mut rest = piece.items.as_mut_slice();
            let mut start = 0;
            piece.runs.iter_mut().map(move |(group, end)| {
                let all = std::mem::take(&mut rest);
                let length = ((*end - start) as usize).min(all.len());
                let (run, later) = all.split_at_mut(length);
                (rest, start) = (later, *end);
                (group, run)
            })
        })
    }

    /// Each pair, in order.
    pub fn iter(&self) -> impl Iterator<Item = (u32, u32)> + Clone + '_ {
        self.runs()
            .flat_map(|(group, items)| items.iter().map(move |item| (group, *item)))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::{PIECE, Told};

    proptest! {
        // Pieces are large.
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn pairs_come_back_in_order(
            runs in prop::collection::vec((0..4u32, prop_oneof![0..4usize, PIECE - 2..PIECE + 2]), 0..6),
        ) {
            let (mut told, mut pairs) = (Told::default(), Vec::new());
            for (group, count) in runs {
                let items: Vec<_> = (pairs.len() as u32..).take(count).collect();
                prop_assert!(told.push(group, &items).is_ok());
                pairs.extend(items.iter().map(|item| (group, *item)));
            }
            prop_assert_eq!(told.len(), pairs.len() as u64);
            prop_assert!(told.iter().eq(pairs.iter().copied()));
            let mut turned = BTreeMap::<_, Vec<_>>::new();
            for (group, item) in pairs.iter().filter(|(_, item)| item >> 1 < 1 << 18) {
                turned.entry((item >> 1, *group)).or_default().push(group << 1 | item & 1);
            }
            let turned = turned.into_iter().flat_map(|((number, _), items)| items.into_iter().map(move |item| (number, item)));
            prop_assert!(told.turned(4, 1 << 18, 1).pairs().eq(turned));
            told.runs_mut().for_each(|(group, items)| {
                *group += 1;
                items.iter_mut().for_each(|item| *item += 1);
            });
            prop_assert!(told.iter().eq(pairs.into_iter().map(|(group, item)| (group + 1, item + 1))));
        }
    }
}
