//! Where the values of a column lie, in two bytes a row.

use std::ops::Range;

use crate::snapshot::{Reader, Writer};

/// How many rows make a block: a bit each in a word.
pub(super) const ROWS: usize = u64::BITS as usize;

/// Stands for a distance that two bytes cannot tell.
const FAR: u16 = u16::MAX;

/// For each row the end of its bytes with the separator, which is the start of the next one's.
#[derive(Clone, Debug)]
pub(super) struct Ends {
    /// Where each block begins.
    starts: Vec<u32>,
    /// For each row, how far behind the start of its block it ends.
    distances: Vec<u16>,
    /// The ends of those that are [`FAR`], by row.
    far: Vec<(u32, u32)>,
    /// The end of the last row.
    last: u32,
}

impl Default for Ends {
    fn default() -> Self {
        Self {
            starts: Vec::new(),
            distances: Vec::new(),
            far: Vec::new(),
            // An arena begins with a separator.
            last: 1,
        }
    }
}

impl Ends {
    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.distances.len()
    }

    pub fn is_empty(&self) -> bool {
        self.distances.is_empty()
    }

    /// Adds a row, which ends no earlier than the one before. Cost: O(1), amortised.
    pub fn push(&mut self, end: u32) {
        let row = self.distances.len();
        let start = self.next_start();
        if row.is_multiple_of(ROWS) {
            self.starts.push(start);
        }
        let distance = u16::try_from(end - start).unwrap_or(FAR);
        if distance == FAR {
            self.far.push((row as u32, end));
        }
        self.distances.push(distance);
        self.last = end;
    }

    /// Where the block of the next row begins.
    fn next_start(&self) -> u32 {
        let is_first = self.len().is_multiple_of(ROWS);
        let begun = self.starts.last().filter(|_| !is_first);
        begun.copied().unwrap_or(self.last)
    }

    /// Adds rows without bytes until there are that many. Cost: O(rows).
    pub fn pad(&mut self, rows: usize) {
        while self.len() < rows {
            self.push(self.last);
        }
    }

    /// Where a row begins and ends. Cost: O(1); O(log rows) behind more than 64 kB of 64 rows.
    #[inline]
    pub fn row(&self, row: usize) -> Option<Range<usize>> {
        let start = *self.starts.get(row / ROWS)? as usize;
        let end = *self.distances.get(row)?;
        if end == FAR {
            return self.far_row(row);
        }
        let before = self.distances.get(row.wrapping_sub(1)).copied().unwrap_or_default();
        let before = if row.is_multiple_of(ROWS) { 0 } else { before };
        Some(start + usize::from(before)..start + usize::from(end))
    }

    /// Where a row ends. Cost: as [`Self::row`].
    pub fn end(&self, row: usize) -> Option<usize> {
        match *self.distances.get(row)? {
            FAR => self.far_end(row),
            distance => Some(*self.starts.get(row / ROWS)? as usize + usize::from(distance)),
        }
    }

    #[cold]
    #[inline(never)]
    fn far_row(&self, row: usize) -> Option<Range<usize>> {
        let end = self.far_end(row)?;
        let start = match row % ROWS {
            0 => *self.starts.get(row / ROWS)? as usize,
            _ => self.end(row - 1)?,
        };
        Some(start..end)
    }

    fn far_end(&self, row: usize) -> Option<usize> {
        let at = self.far.binary_search_by_key(&(row as u32), |far| far.0).ok()?;
        self.far.get(at).map(|far| far.1 as usize)
    }

    /// All rows, one after another. Cost: O(rows).
    pub fn iter(&self) -> impl Iterator<Item = Range<usize>> {
        (0..self.len()).filter_map(|row| self.row(row))
    }

    /// How many blocks there are.
    pub fn blocks(&self) -> usize {
        self.starts.len()
    }

    /// Where a block begins, and how far from there each of its rows ends, if two bytes tell all of it. Cost: O(1).
    #[inline]
    pub fn block(&self, number: usize) -> Option<(usize, &[u16])> {
        let first = number * ROWS;
        let distances = self.distances.get(first..(first + ROWS).min(self.len()))?;
        let is_near = distances.last().is_some_and(|last| *last != FAR);
        let start = *self.starts.get(number)? as usize;
        is_near.then_some((start, distances))
    }

    /// Writes two sections: how far each row ends behind the start of its block, and the ends of those where that is too far.
    pub fn pack(&self, out: &mut Writer) {
        out.halves(&self.distances);
        out.numbers(&self.far.iter().map(|(_, end)| *end).collect::<Vec<_>>());
    }

    /// Reads ends, whatever they are. Cost: that of copying them; O(rows) if any is far.
    pub fn unpack(reader: &mut Reader<'_>) -> Self {
        let (distances, far) = (reader.halves(), reader.numbers());
        let mut ends = Self::default();
        if !far.is_empty() {
            let rows = (0..).zip(&distances).filter(|(_, distance)| **distance == FAR);
            ends.far = rows.map(|(row, _)| row).zip(far).collect();
        }
        ends.distances = distances;
        for last in (0..ends.len()).map(|row| row | (ROWS - 1)).step_by(ROWS) {
            ends.starts.push(ends.last);
            ends.last = ends.end(last.min(ends.len() - 1)).unwrap_or_default() as u32;
        }
        ends
    }

    /// Bytes of memory.
    pub fn memory(&self) -> usize {
        4 * self.starts.capacity() + 2 * self.distances.capacity() + 8 * self.far.capacity()
    }

    /// Gives back what was reserved for more rows.
    pub fn shrink(&mut self) {
        self.starts.shrink_to_fit();
        self.distances.shrink_to_fit();
        self.far.shrink_to_fit();
    }
}
