//! What is looked for in a column: among the bytes of all rows, and in each row by itself where few rows are asked about.

use std::ops::Range;

use super::SEPARATOR;
use super::ends::{Ends, ROWS};
use super::simd::{MOST, WIDTH, WORD, places, places_in_word};

/// For so few places in 64 rows, each one's row is looked up.
const FEW: u32 = 8;

/// Looking at a row by itself takes as long as looking at a part of all 64 rows: at one in so many.
const ROW: usize = 3;

/// Finding out in which rows something was found takes as long as looking at so many bytes.
const FIND: usize = 1_000;

/// Bytes to look for, with what the comparisons need.
pub(super) struct Needle<'a> {
    bytes: &'a [u8],
    /// How many separators it begins with, which lie before the row that it matches.
    opens: usize,
}

impl<'a> Needle<'a> {
    /// Of at least one byte; the first `opens` ones are separators.
    pub fn new(bytes: &'a [u8], opens: usize) -> Self {
        Self { bytes, opens }
    }

    /// Adds to `hits`, a bit a row, those rows out of `within` that hold the needle. Row by row, `ends` tells where the bytes
    /// end in `arena`, which begins with a separator.
    ///
    /// Cost: O(bytes / 16), and O(1) for each of 64 rows of which one holds the needle; O(1) for 64 rows of which none is asked
    /// about that is no hit yet.
    pub fn rows(&self, arena: &[u8], ends: &Ends, within: &[u64], hits: &mut [u64]) {
        let mut room = Vec::new();
        for (number, (hits, within)) in (0..ends.blocks()).zip(hits.iter_mut().zip(within)) {
            let open = within & !*hits;
            if open == 0 {
                continue;
            }
            let block = ends.block(number).map(|(start, distances)| Block {
                arena,
                start,
                distances,
            });
            let found = match block {
                Some(block) if open.count_ones() as usize * block.length() / ROW >= block.length() + FIND => {
                    match *self.bytes {
                        [] => 0,
                        [one] => self.all_rows([one], &block, &mut room),
                        [one, two] => self.all_rows([one, two], &block, &mut room),
                        [one, two, three, ..] => self.all_rows([one, two, three], &block, &mut room),
                    }
                }
                _ => self.row_by_row(arena, ends, number * ROWS, open),
            };
            *hits |= found & open;
        }
    }

    /// Which of the `open` ones of 64 rows from `first` on hold the needle.
    ///
    /// Looks at the beginnings of all of them first: nothing there depends on what a row says before the bytes of the next
    /// ones are on their way from memory.
    fn row_by_row(&self, arena: &[u8], ends: &Ends, first: usize, open: u64) -> u64 {
        let (mut found, mut longer) = (0, 0);
        let places_of = |row: u32| self.places_of(ends.row(first + row as usize).unwrap_or(1..1));
        for row in bits(open) {
            let (from, places) = places_of(row);
            let holds = self.is_at(arena, from, places);
            found |= u64::from(holds) << row;
            longer |= u64::from(!holds & (places > self.step())) << row;
        }
        for row in bits(longer) {
            let (mut from, mut places) = places_of(row);
            while places > self.step() {
                (from, places) = (from + self.step(), places - self.step());
                if self.is_at(arena, from, places) {
                    found |= 1 << row;
                    break;
                }
            }
        }
        found
    }

    /// Which of at most 64 rows hold the needle, whose `first` bytes are looked for at once. `room` is for a bit of each byte.
    fn all_rows<const N: usize>(&self, first: [u8; N], block: &Block<'_>, room: &mut Vec<u64>) -> u64 {
        let words = (block.start..block.end()).step_by(WORD);
        if words.clone().all(|at| self.places_from(first, block, at) == 0) {
            return 0;
        }
        room.resize(words.len(), 0);
        let mut count = 0;
        for (places, at) in room.iter_mut().zip(words) {
            *places = self.places_from(first, block, at);
            count += places.count_ones();
        }
        if count <= FEW {
            block.rows_of_few(room)
        } else {
            block.rows_of(room)
        }
    }

    /// At which of 64 bytes of a block the needle begins, a bit a byte.
    #[inline(always)]
    fn places_from<const N: usize>(&self, first: [u8; N], block: &Block<'_>, at: usize) -> u64 {
        let from = at - self.opens;
        let places = places_in_word(block.arena, from, first) & block.own(at);
        if self.bytes.len() == N {
            return places;
        }
        let is_whole = |place: &u32| self.is_whole(block.arena, from + *place as usize);
        bits(places).filter(is_whole).fold(0, |whole, place| whole | 1 << place)
    }

    /// Whether all of the needle stands somewhere.
    #[inline]
    fn is_whole(&self, arena: &[u8], at: usize) -> bool {
        arena.get(at..at + self.bytes.len()) == Some(self.bytes)
    }

    /// From where on, and at how many places, the needle may begin in a row.
    #[inline]
    fn places_of(&self, row: Range<usize>) -> (usize, usize) {
        let from = row.start - self.opens;
        (from, (row.end + 1).saturating_sub(from + self.bytes.len()))
    }

    /// At how many places the needle is looked for at once.
    #[inline]
    fn step(&self) -> usize {
        WIDTH + 1 - MOST.min(self.bytes.len())
    }

    /// Whether the needle is at one of so many places from `from` on, as far as they are looked at at once.
    #[inline]
    fn is_at(&self, arena: &[u8], from: usize, places_left: usize) -> bool {
        let mut found = places(arena, from, self.bytes) & !(u32::MAX << WIDTH.min(places_left));
        if self.bytes.len() > MOST {
            while found != 0 && !self.is_whole(arena, from + found.trailing_zeros() as usize) {
                found &= found - 1;
            }
        }
        found != 0
    }
}

/// At most 64 rows whose bytes are few enough for two bytes to tell where each one ends.
struct Block<'a> {
    arena: &'a [u8],
    /// Where the first row begins.
    start: usize,
    /// How far from there each row ends.
    distances: &'a [u16],
}

impl Block<'_> {
    fn length(&self) -> usize {
        self.distances.last().map_or(0, |distance| usize::from(*distance))
    }

    fn end(&self) -> usize {
        self.start + self.length()
    }

    /// Which of the 64 bytes from `at` on belong to the block, a bit a byte.
    #[inline]
    fn own(&self, at: usize) -> u64 {
        match self.end() - at {
            rest @ 0..WORD => !(u64::MAX << rest),
            _ => u64::MAX,
        }
    }

    /// The rows that a few places lie in, of which there is a bit a byte.
    fn rows_of_few(&self, places: &[u64]) -> u64 {
        let mut found = 0;
        for (places, at) in places.iter().zip((0..).step_by(WORD)) {
            for place in bits(*places) {
                let place = at + place as usize;
                found |= 1 << self.distances.partition_point(|end| usize::from(*end) <= place);
            }
        }
        found
    }

    /// The same of any number of places, without a stop at each: what is added to the ones of a row carries over to its separator.
    fn rows_of(&self, places: &mut [u64]) -> u64 {
        let mut carries = false;
        for (places, at) in places.iter_mut().zip((self.start..).step_by(WORD)) {
            let ones = !places_in_word(self.arena, at, [SEPARATOR]);
            let (sum, overflows) = ones.overflowing_add(*places);
            let (sum, overflows_too) = sum.overflowing_add(carries.into());
            carries = overflows | overflows_too;
            *places = sum;
        }
        let (mut found, mut start) = (0, 0);
        for (row, end) in self.distances.iter().enumerate() {
            let end = usize::from(*end);
            let separator = end.wrapping_sub(1);
            let sum = places.get(separator / WORD).map_or(0, |sum| sum >> (separator % WORD));
            found |= (sum & u64::from(start != end)) << row;
            start = end;
        }
        found
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
