//! Ranks: for each row how many different values of a field come before its own.

use std::rc::Rc;

use crate::directory::CustomColumn;
use crate::sort::{self, Entry};
use crate::text::TextColumn;

/// For each row its rank; equal values have one rank.
pub(super) type Ranks = Rc<[u32]>;

/// The rank of a row without a value.
pub(super) const MISSING: u32 = u32::MAX;

/// Below so many rows that begin alike, comparing is cheaper than another round of keys.
const FEW: usize = 24;

/// How many bytes of text a key holds.
const BYTES: usize = 7;

/// Ranks texts without case, byte by byte, which for UTF-8 is code point by code point.
///
/// Sorts by numbers made of seven bytes, then those that are equal so far by the next seven. Cost: O(rows · log rows +
/// bytes).
pub(super) fn texts(column: &TextColumn) -> Ranks {
    let text = |row| column.folded_bytes(row);
    let mut entries = Vec::with_capacity(column.len() as usize);
    entries.extend((0..column.len()).filter_map(|row| key(column, row, 0).map(|key| (key, row))));
    let mut ranks = Ranker::new(column.len());
    // Runs of rows that are equal up to an offset; the first one on top, so that ranks are given in order.
    let mut runs = vec![(entries, 0)];
    while let Some((mut run, offset)) = runs.pop() {
        let rest = |entry: &Entry| text(entry.1).and_then(|text| text.get(offset..)).unwrap_or_default();
        if run.len() <= FEW {
            sort_few(&mut run, &|one, other| rest(one) < rest(other));
            run.chunk_by(|one, other| rest(one) == rest(other))
                .for_each(|equal| ranks.give(equal));
            continue;
        }
        if offset > 0 {
            run.iter_mut()
                .for_each(|entry| entry.0 = key(column, entry.1, offset).unwrap_or_default());
        }
        sort::entries(&mut run);
        let first = runs.len();
        for equal in run.chunk_by(|one, other| one.0 == other.0) {
            let ends = equal.first().is_none_or(|entry| entry.0 & 0xFF <= BYTES as u64);
            // What has to wait for a longer run before it waits as a run too.
            if runs.len() == first && (ends || equal.len() == 1) {
                ranks.give(equal);
            } else {
                runs.push((equal.to_vec(), if ends { offset } else { offset + BYTES }));
            }
        }
        if let Some(new) = runs.get_mut(first..) {
            new.reverse();
        }
    }
    ranks.given()
}

/// Sorts so few entries that moving each one down past the greater ones is fast.
fn sort_few(entries: &mut [Entry], is_less: &dyn Fn(&Entry, &Entry) -> bool) {
    for end in 2..=entries.len() {
        for at in (2..=end).rev() {
            match entries.get_mut(at - 2..at) {
                Some([before, entry]) if is_less(entry, before) => std::mem::swap(before, entry),
                _ => break,
            }
        }
    }
}

/// Seven bytes of a text from an offset on and, in the lowest byte, how many there are, or 8 for more: so the shorter comes first,
/// and texts that end within a key are equal if the keys are.
#[inline]
pub(super) fn key(column: &TextColumn, row: u32, offset: usize) -> Option<u64> {
    let (bytes, length) = column.folded_and_on(row)?;
    let bytes = bytes.get(offset..).unwrap_or_default();
    let length = length.saturating_sub(offset);
    // What lies behind a text is read with it and masked, so that nothing branches by its length; behind the last there may be too little.
    let all = bytes.first_chunk().copied().unwrap_or_else(|| {
        let mut all = [0; 8];
        all.iter_mut().zip(bytes).for_each(|(byte, from)| *byte = *from);
        all
    });
    let own = !(u64::MAX >> (8 * length.min(BYTES)));
    Some(u64::from_be_bytes(all) & own | length.min(BYTES + 1) as u64)
}

/// Ranks numbers. Cost: O(rows · log rows).
pub(super) fn numbers(rows: u32, number: &dyn Fn(u32) -> Option<i64>) -> Ranks {
    let entries = (0..rows).filter_map(|row| number(row).map(|number| (instant_key(number), row)));
    let mut ranks = Ranker::new(rows);
    ranks.sort(entries.collect());
    ranks.given()
}

/// Ranks a custom field: booleans, then numbers, then texts. A field that nobody has is missing everywhere.
pub(super) fn custom(rows: u32, column: Option<&CustomColumn>) -> Ranks {
    let mut ranks = Ranker::new(rows);
    let Some(column) = column else { return ranks.given() };
    ranks.sort(
        column
            .booleans()
            .iter()
            .map(|(row, value)| (u64::from(*value), *row))
            .collect(),
    );
    ranks.sort(
        column
            .numbers()
            .iter()
            .map(|(row, value)| (number_key(*value), *row))
            .collect(),
    );
    let before = ranks.next;
    let among = texts(column.texts());
    for (rank, text) in ranks.ranks.iter_mut().zip(among.iter()) {
        if *text != MISSING {
            *rank = before + text;
        }
    }
    ranks.given()
}

/// A number whose order as an integer is that of the float; −0 and 0 are one.
pub(crate) fn number_key(value: f64) -> u64 {
    let bits = (value + 0.0).to_bits();
    if bits >> 63 == 1 { !bits } else { bits | 1 << 63 }
}

/// An instant, or any integer, as one without a sign whose order is the same.
pub(crate) fn instant_key(value: i64) -> u64 {
    value as u64 ^ 1 << 63
}

/// Gives ranks, in order.
struct Ranker {
    ranks: Vec<u32>,
    next: u32,
}

impl Ranker {
    fn new(rows: u32) -> Self {
        let ranks = vec![MISSING; rows as usize];
        Self { ranks, next: 0 }
    }

    /// Gives the next rank to rows that are equal.
    fn give(&mut self, equal: &[Entry]) {
        for (_, row) in equal {
            if let Some(rank) = self.ranks.get_mut(*row as usize) {
                *rank = self.next;
            }
        }
        self.next += 1;
    }

    fn sort(&mut self, mut entries: Vec<Entry>) {
        sort::entries(&mut entries);
        entries
            .chunk_by(|one, other| one.0 == other.0)
            .for_each(|equal| self.give(equal));
    }

    fn given(self) -> Ranks {
        self.ranks.into()
    }
}
