//! What is looked for in a column: from hit to hit where hits are rare, and row by row, without a stop, where they are not or
//! where few rows are asked about.

use memchr::memmem;

/// How many bytes are compared at once.
const WIDTH: usize = 16;

/// How many bytes of a needle are looked for at once; the others, where there are more, once these were found.
const SEEN: usize = 3;

/// Looking at a row by itself takes as long as searching its bytes twice, and so many more.
const ROW: usize = 11;

/// Stopping at a hit takes as long as searching so many bytes.
const STOP: usize = 88;

/// How many rows make a block: a bit each.
const ROWS: usize = u64::BITS as usize;

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
        let (mut start, mut from) = (1, 0);
        // Hits of a whole block, as the last one tells.
        let mut expected = 0;
        for ((hits, within), ends) in hits.iter_mut().zip(within).zip(ends.chunks(ROWS)) {
            let block = Block { arena, start, ends };
            let open = within & !*hits;
            if open != 0 {
                let (count, bytes) = (open.count_ones() as usize, block.end() - start);
                let found = if count * (ROW + 2 * bytes / ROWS) < bytes + STOP * expected {
                    self.row_by_row(&block, open)
                } else {
                    self.hit_by_hit(&block, &mut from) & open
                };
                expected = ROWS * found.count_ones() as usize / count;
                *hits |= found;
            }
            start = block.end();
        }
    }

    /// Which of the `open` ones of at most 64 rows hold the needle.
    ///
    /// Looks at the beginnings of all of them first: nothing there depends on what a row says before the bytes of the next
    /// ones are on their way from memory.
    fn row_by_row(&self, block: &Block<'_>, open: u64) -> u64 {
        let (mut found, mut longer) = (0, 0);
        for row in bits(open) {
            let (from, places) = self.places_of(block, row);
            let holds = self.is_at(block.arena, from, places);
            found |= u64::from(holds) << row;
            longer |= u64::from(!holds & (places > self.step())) << row;
        }
        for row in bits(longer) {
            let (mut from, mut places) = self.places_of(block, row);
            while places > self.step() {
                (from, places) = (from + self.step(), places - self.step());
                if self.is_at(block.arena, from, places) {
                    found |= 1 << row;
                    break;
                }
            }
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
            // Go on at this row's separator, which may open the next match, unless it was this one.
            *from = (*end as usize - 1).max(*from + 1);
        }
        found
    }

    /// From where on, and at how many places, the needle may begin in a row.
    #[inline]
    fn places_of(&self, block: &Block<'_>, row: u32) -> (usize, usize) {
        let (start, end) = block.row(row as usize);
        let from = start - self.opens;
        (from, (end + 1).saturating_sub(from + self.bytes.len()))
    }

    /// At how many places the needle is looked for at once.
    #[inline]
    fn step(&self) -> usize {
        WIDTH + 1 - SEEN.min(self.bytes.len())
    }

    /// Whether the needle is at one of so many places from `from` on, as far as they are looked at at once.
    #[inline]
    fn is_at(&self, arena: &[u8], from: usize, places: usize) -> bool {
        let size = self.bytes.len();
        let mut places = self.places(&sixteen(arena, from)) & !(u32::MAX << WIDTH.min(places));
        if size > SEEN {
            let is_whole = |at: usize| arena.get(at..at + size) == Some(self.bytes);
            while places != 0 && !is_whole(from + places.trailing_zeros() as usize) {
                places &= places - 1;
            }
        }
        places != 0
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

    /// Where a row begins, and where it ends.
    #[inline]
    fn row(&self, number: usize) -> (usize, usize) {
        let before = number.checked_sub(1).and_then(|before| self.ends.get(before));
        let start = before.map_or(self.start, |end| *end as usize);
        (start, self.ends.get(number).map_or(start, |end| *end as usize))
    }
}

/// The numbers of the bits that are set.
#[inline]
fn bits(mut word: u64) -> impl Iterator<Item = u32> {
    std::iter::from_fn(move || {
        let bit = word.trailing_zeros();
        word &= word.wrapping_sub(1);
        (bit < u64::BITS).then_some(bit)
    })
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
