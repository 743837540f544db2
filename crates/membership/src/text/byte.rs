//! The rows of a column that hold one byte: what a search by a single letter is, where almost every row is a hit.
//!
//! A search from hit to hit stops for each of them, several a row. A pass over the rows compares eight bytes at once
//! instead, and does not stop.

use memchr::memchr;

/// Eight bytes at once, as a number.
const WIDTH: usize = size_of::<u64>();

/// Adds to `hits`, a bit a row, the rows that hold `byte`. Row by row, `ends` tells where its bytes end in `arena`;
/// the first begins at `start`.
///
/// Cost: O(bytes) at the speed of `memchr` where 64 rows do not hold it; else O(bytes / 8 + rows) for the rows that are
/// no hits yet.
pub(super) fn rows_with(byte: u8, arena: &[u8], mut start: usize, ends: &[u32], hits: &mut [u64]) {
    let pattern = u64::from_le_bytes([byte; WIDTH]);
    for (word, ends) in hits.iter_mut().zip(ends.chunks(u64::BITS as usize)) {
        let end = ends.last().map_or(start, |end| *end as usize);
        let block = arena.get(start..end).unwrap_or_default();
        if *word != u64::MAX && memchr(byte, block).is_some() {
            let open = !*word;
            *word |= if open.count_ones() > u64::BITS / 2 {
                all_with(pattern, arena, start, ends)
            } else {
                open_with(pattern, arena, start, ends, open)
            };
        }
        start = end;
    }
}

/// Which of at most 64 rows hold the byte.
fn all_with(pattern: u64, arena: &[u8], start: usize, ends: &[u32]) -> u64 {
    let (mut found, mut from) = (0, start);
    for (bit, end) in ends.iter().enumerate() {
        let end = *end as usize;
        found |= u64::from(holds(arena, from, end, pattern)) << bit;
        from = end;
    }
    found
}

/// Which of the `open` ones of at most 64 rows hold the byte: the others, hits of another column, are passed over.
fn open_with(pattern: u64, arena: &[u8], start: usize, ends: &[u32], mut open: u64) -> u64 {
    let mut found = 0;
    while open != 0 {
        let bit = open.trailing_zeros() as usize;
        open &= open - 1;
        let Some(end) = ends.get(bit) else { break };
        let before = bit.checked_sub(1).and_then(|before| ends.get(before));
        let from = before.map_or(start, |end| *end as usize);
        found |= u64::from(holds(arena, from, *end as usize, pattern)) << bit;
    }
    found
}

/// Whether one of the bytes `from..end` is the pattern's.
#[inline]
fn holds(arena: &[u8], mut from: usize, end: usize, pattern: u64) -> bool {
    loop {
        let left = end.saturating_sub(from);
        let found = zeros(eight(arena, from) ^ pattern);
        if left <= WIDTH {
            // A row without a value has no bytes at all.
            let inside = u64::MAX.checked_shr((64 - 8 * left) as u32).unwrap_or_default();
            return found & inside != 0;
        }
        if found != 0 {
            return true;
        }
        from += WIDTH;
    }
}

/// The bytes from `at` on, those beyond the end as zeros, the first the least significant.
#[inline]
fn eight(arena: &[u8], at: usize) -> u64 {
    let rest = arena.get(at..).unwrap_or_default();
    match rest.first_chunk() {
        Some(bytes) => u64::from_le_bytes(*bytes),
        None => rest.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte)),
    }
}

/// Not 0 up to and with the first byte that is 0: the highest bit of that byte is set, and none of a byte before it.
#[inline]
fn zeros(bytes: u64) -> u64 {
    const LOW: u64 = u64::from_le_bytes([0x01; WIDTH]);
    const HIGH: u64 = u64::from_le_bytes([0x80; WIDTH]);
    bytes.wrapping_sub(LOW) & !bytes & HIGH
}
