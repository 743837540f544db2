//! What is looked for in a column: among the bytes of all rows, and in each row by itself where few rows are asked about.

use std::ops::Range;

use super::SEPARATOR;
use super::ends::{Ends, ROWS};
use super::simd::{MOST, WIDTH, WORD, places, places_in_word};

/// For so few places in 64 rows, each one's row is looked up.
const FEW: u32 = 8;

/// For so few of 64 rows, each one's places are looked up.
const FEW_ROWS: u32 = 16;

/// Looking at a row by itself takes as long as looking at so many bytes of 64 rows, one after the other.
const ROW: usize = 700;

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
    /// Cost: O(bytes / 16), and O(1) for each of 64 rows of which one holds the needle; where few of 64 are asked about that are
    /// no hits yet, that of their own bytes, and O(1) where none is.
    pub fn rows(&self, arena: &[u8], ends: &Ends, within: &[u64], hits: &mut [u64]) {
        let (mut room, mut few) = (Vec::new(), Vec::with_capacity(ROWS));
        for (number, within) in (0..ends.blocks()).zip(within) {
            let open = within & !hits.get(number).copied().unwrap_or_default();
            if open == 0 {
                continue;
            }
            let block = ends.block(number).map(|(start, distances)| Block {
                arena,
                start,
                distances,
            });
            if let Some(block) = block
                && open.count_ones() as usize * ROW >= block.length()
            {
                let found = self.all_rows(&block, open, &mut room);
                if let Some(hits) = hits.get_mut(number) {
                    *hits |= found & open;
                }
                continue;
            }
            for row in bits(open) {
                few.push(number * ROWS + row as usize);
                if few.len() == ROWS {
                    self.row_by_row(arena, ends, &few, hits);
                    few.clear();
                }
            }
        }
        self.row_by_row(arena, ends, &few, hits);
    }

    /// Adds those of at most 64 `rows` to `hits` that hold the needle.
    ///
    /// Looks at the beginnings of all of them first: nothing there depends on what a row says before the bytes of the next
    /// ones are on their way from memory.
    #[inline(never)]
    fn row_by_row(&self, arena: &[u8], ends: &Ends, rows: &[usize], hits: &mut [u64]) {
        let mut spans = [(0, 0); ROWS];
        for (span, row) in spans.iter_mut().zip(rows) {
            *span = self.places_of(ends.row(*row).unwrap_or(1..1));
        }
        let mut open = u64::MAX;
        while open != 0 {
            let (mut found, mut longer) = (0, 0);
            for at in bits(open) {
                let Some((from, places)) = spans.get_mut(at as usize) else {
                    continue;
                };
                let holds = self.is_at(arena, *from, *places);
                found |= u64::from(holds) << at;
                longer |= u64::from(!holds & (*places > self.step())) << at;
                *from += self.step();
                *places = places.saturating_sub(self.step());
            }
            for at in bits(found) {
                let row = rows.get(at as usize).copied().unwrap_or_default();
                if let Some(hits) = hits.get_mut(row / ROWS) {
                    *hits |= 1 << (row % ROWS);
                }
            }
            open = longer;
        }
    }

    /// Which of at most 64 rows hold the needle; it need be right about the `open` ones alone. `room` is for a bit of each byte.
    fn all_rows(&self, block: &Block<'_>, open: u64, room: &mut Vec<u64>) -> u64 {
        let begins = match *self.bytes {
            [] => false,
            [one] => self.begins([one], block, room),
            [one, two] => self.begins([one, two], block, room),
            [one, two, three, ..] => self.begins([one, two, three], block, room),
        };
        if !begins {
            return 0;
        }
        if open.count_ones() <= FEW_ROWS {
            return self.few_rows(block, open, room);
        }
        let mut count = 0;
        for (places, at) in room.iter_mut().zip((block.start..).step_by(WORD)) {
            if self.bytes.len() > MOST {
                *places = self.whole(block.arena, at, *places);
            }
            count += places.count_ones();
        }
        if count <= FEW {
            block.rows_of_few(room)
        } else {
            block.rows_of(room)
        }
    }

    /// At which bytes of a block the needle begins, as far as its `first` ones tell; whether it does at any.
    fn begins<const N: usize>(&self, first: [u8; N], block: &Block<'_>, room: &mut Vec<u64>) -> bool {
        let words = (block.start..block.end()).step_by(WORD);
        room.resize(words.len(), 0);
        let mut any = 0;
        for (places, at) in room.iter_mut().zip(words) {
            *places = places_in_word(block.arena, at - self.opens, first) & block.own(at);
            any |= *places;
        }
        any != 0
    }

    /// Those of a few rows that the needle begins in, at one of the `places`.
    fn few_rows(&self, block: &Block<'_>, rows: u64, places: &[u64]) -> u64 {
        let mut found = 0;
        for row in bits(rows) {
            let own = block.row(row as usize);
            let (mut at, mut holds) = (own.start / WORD * WORD, false);
            while at < own.end && !holds {
                let before = u64::MAX << own.start.saturating_sub(at);
                let behind = u64::MAX.checked_shl((own.end - at) as u32).unwrap_or_default();
                let own = places.get(at / WORD).map_or(0, |places| places & before & !behind);
                let is_all = self.bytes.len() <= MOST;
                holds = own != 0 && (is_all || self.whole(block.arena, block.start + at, own) != 0);
                at += WORD;
            }
            found |= u64::from(holds) << row;
        }
        found
    }

    /// At which of some places behind `at` the whole needle stands.
    fn whole(&self, arena: &[u8], at: usize, places: u64) -> u64 {
        let is_whole = |place: &u32| self.is_whole(arena, at - self.opens + *place as usize);
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

    /// Where a row lies, from the start of the block.
    #[inline]
    fn row(&self, row: usize) -> Range<usize> {
        let end = |row| self.distances.get(row).map_or(0, |end: &u16| usize::from(*end));
        end(row.wrapping_sub(1))..end(row)
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
