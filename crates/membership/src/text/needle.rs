//! What is looked for in a column: from hit to hit where hits are rare, and row by row, without a stop, where they are not or
//! where few rows are asked about.

use memchr::memmem;

/// How many bytes are compared at once.
const WIDTH: usize = 16;

/// How many bytes of a needle are looked for at once; the others, where there are more, once these were found.
const SEEN: usize = 3;

/// Of 64 rows, so many are looked at one by one faster than the bytes of all of them are searched.
const FEW: u32 = u64::BITS / 2;

/// Where more than one row in so many is a hit, looking at each is faster than stopping at the hits.
const DENSE: u32 = 8;

/// Bytes to look for, with what the comparisons need.
pub(super) struct Needle<'a> {
    bytes: &'a [u8],
    /// How many separators it begins with, which lie before the row that it matches.
    opens: usize,
    finder: memmem::Finder<'a>,
}

impl<'a> Needle<'a> {
    /// Of at least one byte; the first `opens` ones are separators.
    pub fn new(bytes: &'a [u8], opens: usize) -> Self {
        let finder = memmem::Finder::new(bytes);
        Self { bytes, opens, finder }
    }

    /// Adds to `hits`, a bit a row, those rows out of `within` that hold the needle. Row by row, `ends` tells where the bytes
    /// end in `arena`, which begins with a separator.
    ///
    /// Cost: O(bytes) at the speed of `memmem` where hits are rare, else O(bytes / 16 + rows) for the rows out of `within` that
    /// are no hits yet; 64 rows of which none is such a one cost O(1).
    pub fn rows(&self, arena: &[u8], ends: &[u32], within: &[u64], hits: &mut [u64]) {
        let (mut start, mut from, mut is_dense) = (1, 0, false);
        for ((hits, within), ends) in hits.iter_mut().zip(within).zip(ends.chunks(u64::BITS as usize)) {
            let block = Block { arena, start, ends };
            let open = within & !*hits;
            if open != 0 {
                let few = open.count_ones() <= FEW;
                let found = if few || is_dense {
                    self.row_by_row(&block, open)
                } else {
                    self.hit_by_hit(&block, &mut from) & open
                };
                is_dense = found.count_ones() > open.count_ones() / DENSE;
                *hits |= found;
            }
            start = block.end();
        }
    }

    /// Which of the `open` ones of at most 64 rows hold the needle.
    fn row_by_row(&self, block: &Block<'_>, mut open: u64) -> u64 {
        let mut found = 0;
        while open != 0 {
            let bit = open.trailing_zeros() as usize;
            open &= open - 1;
            let Some(end) = block.ends.get(bit) else { break };
            let before = bit.checked_sub(1).and_then(|before| block.ends.get(before));
            let start = before.map_or(block.start, |end| *end as usize);
            found |= u64::from(self.is_in(block.arena, start - self.opens, *end as usize)) << bit;
        }
        found
    }

    /// Which of at most 64 rows hold the needle. No occurrence begins before `from`, unless in a row before these.
    fn hit_by_hit(&self, block: &Block<'_>, from: &mut usize) -> u64 {
        let (mut found, end) = (0, block.end());
        *from = (block.start - self.opens).max(*from);
        while *from + self.opens < end {
            let rest = block.arena.get(*from..).unwrap_or_default();
            let Some(at) = self.finder.find(rest) else {
                *from = block.arena.len();
                break;
            };
            *from += at;
            let at = *from + self.opens;
            let row = block.ends.partition_point(|end| *end as usize <= at);
            let Some(end) = block.ends.get(row) else { break };
            found |= 1 << row;
            // Go on at this row's separator, which may open the next match.
            *from = *end as usize - 1;
        }
        found
    }

    /// Whether the needle is among the bytes `from..end`.
    #[inline]
    fn is_in(&self, arena: &[u8], mut from: usize, end: usize) -> bool {
        let size = self.bytes.len();
        // An occurrence begins before `last`.
        let last = (end + 1).saturating_sub(size);
        while from < last {
            let inside = !(u32::MAX << WIDTH.min(last - from));
            let mut places = self.places(&sixteen(arena, from)) & inside;
            while places != 0 {
                let at = from + places.trailing_zeros() as usize;
                if size <= SEEN || arena.get(at..at + size) == Some(self.bytes) {
                    return true;
                }
                places &= places - 1;
            }
            from += WIDTH + 1 - SEEN.min(size);
        }
        false
    }

    /// Where among sixteen bytes the first ones of the needle stand, a bit a place; not where they go on beyond these bytes.
    #[inline]
    fn places(&self, bytes: &[u8; WIDTH]) -> u32 {
        match self.bytes {
            [] => 0,
            [one] => equal(bytes, *one),
            [one, two] => equal(bytes, *one) & equal(bytes, *two) >> 1,
            [one, two, three, ..] => equal(bytes, *one) & equal(bytes, *two) >> 1 & equal(bytes, *three) >> 2,
        }
    }
}

/// At most 64 rows.
struct Block<'a> {
    arena: &'a [u8],
    /// Where the first row begins.
    start: usize,
    ends: &'a [u32],
}

impl Block<'_> {
    fn end(&self) -> usize {
        self.ends.last().map_or(self.start, |end| *end as usize)
    }
}

/// The bytes from `at` on, those beyond the end as zeros.
#[inline]
fn sixteen(bytes: &[u8], at: usize) -> [u8; WIDTH] {
    let rest = bytes.get(at..).unwrap_or_default();
    match rest.first_chunk() {
        Some(bytes) => *bytes,
        None => {
            let mut bytes = [0; WIDTH];
            bytes.iter_mut().zip(rest).for_each(|(byte, from)| *byte = *from);
            bytes
        }
    }
}

/// Which bytes are a certain one, a bit a byte.
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
#[inline]
fn equal(bytes: &[u8; WIDTH], byte: u8) -> u32 {
    use std::arch::wasm32::{u8x16_bitmask, u8x16_eq, u8x16_splat, u64x2};
    let number = u128::from_le_bytes(*bytes);
    let bytes = u64x2(number as u64, (number >> 64) as u64);
    u8x16_bitmask(u8x16_eq(bytes, u8x16_splat(byte))).into()
}

/// As above, in the arithmetic of any machine.
#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
#[inline]
fn equal(bytes: &[u8; WIDTH], byte: u8) -> u32 {
    const LOW: u64 = u64::from_le_bytes([0x7F; 8]);
    let number = u128::from_le_bytes(*bytes);
    let half = |bytes: u64| {
        let differing = bytes ^ u64::from_le_bytes([byte; 8]);
        // The highest bit of each byte that is 0, moved to the highest byte.
        let zeros = !(((differing & LOW) + LOW) | differing | LOW);
        (zeros >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56
    };
    (half(number as u64) | half((number >> 64) as u64) << 8) as u32
}
