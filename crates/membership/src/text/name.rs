//! A column of names: texts with capitals, of which only those are kept beside what is searched.

use std::borrow::Cow;

use super::lower::upper;
use super::{Full, SEPARATOR, TextColumn, append_lower, fold};
use crate::snapshot::{Reader, Writer};

/// How many bytes have a bit each in a number.
const BITS: usize = u32::BITS as usize;

/// One column of names: for each row a text, which may be empty, or nothing.
///
/// A name is told by its folded form and by which of its characters are capitals: a bit a byte, in place of all bytes again.
#[derive(Clone, Debug, Default)]
pub struct NameColumn {
    folded: TextColumn,
    /// A bit for each byte of the folded ones: whether a character begins there that [`capital`] changes.
    // INVARIANT: beyond the end there are none.
    capitals: Vec<u32>,
    /// The names of which that is not all.
    others: TextColumn,
}

impl NameColumn {
    /// The names as they compare without case, to be searched and ordered.
    #[must_use]
    pub fn folded(&self) -> &TextColumn {
        &self.folded
    }

    /// Adds a row.
    ///
    /// # Errors
    /// As [`TextColumn::push`].
    ///
    /// Cost: O(length), amortised; more for each capital beyond ASCII.
    pub fn push(&mut self, value: Option<&str>) -> Result<(), Full> {
        let mut is_told = true;
        if let Some(name) = value {
            self.folded.make_room(name)?;
            let (start, capitals) = (self.folded.folded.len(), &mut self.capitals);
            // The top bits of eight bytes, moved to the highest byte.
            let mut note = |at, tops: u64| mark(capitals, at, (tops >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56);
            if !append_lower(&mut self.folded.folded, name.as_bytes(), &mut note) {
                self.folded.folded.truncate(start);
                self.unmark(start);
                is_told = self.append_characters(name);
            }
            self.folded.folded.push(SEPARATOR);
        }
        self.folded.end_row()?;
        self.others.push(value.filter(|_| !is_told))
    }

    /// Appends a name that is not all ASCII; whether its capitals tell it.
    #[inline(never)]
    fn append_characters(&mut self, name: &str) -> bool {
        let (start, folded) = (self.folded.folded.len(), fold(name));
        let mut is_told = true;
        let changes = name.chars().zip(folded.char_indices());
        for (point, (at, lower)) in changes.filter(|(point, (_, lower))| point != lower) {
            is_told &= capital(lower, at) == point;
            mark(&mut self.capitals, start + at, 1);
        }
        if !is_told {
            self.unmark(start);
        }
        self.folded.folded.add(folded.as_bytes());
        is_told
    }

    /// Takes back the capitals from a byte on.
    fn unmark(&mut self, start: usize) {
        self.capitals.truncate(start / BITS + 1);
        if let Some(bits) = self.capitals.get_mut(start / BITS) {
            *bits &= !(u32::MAX << (start % BITS));
        }
    }

    /// The name of a row as it was read.
    ///
    /// Cost: O(length); more for each capital beyond ASCII.
    #[must_use]
    pub fn get(&self, row: u32) -> Option<Cow<'_, str>> {
        if let Some(name) = self.others.get(row) {
            return Some(Cow::Borrowed(name));
        }
        let (start, folded) = self.folded.placed(row)?;
        let is_capital = |at: usize| {
            let bits = self.capitals.get((start + at) / BITS).copied().unwrap_or_default();
            bits >> ((start + at) % BITS) & 1 == 1
        };
        if !(0..folded.len()).any(is_capital) {
            return Some(Cow::Borrowed(folded));
        }
        let name = folded.char_indices().map(|(at, point)| match is_capital(at) {
            true => capital(point, at),
            false => point,
        });
        Some(Cow::Owned(name.collect()))
    }

    /// Writes the folded names, and what they were before.
    pub(crate) fn pack(&self, out: &mut Writer) {
        self.folded.pack(out);
        out.numbers(&self.capitals);
        self.others.pack(out);
    }

    /// Reads a column of so many rows. Cost: as [`TextColumn::unpack`].
    pub(crate) fn unpack(rows: u32, reader: &mut Reader<'_>) -> Self {
        Self {
            folded: TextColumn::unpack(rows, reader),
            capitals: reader.numbers(),
            others: TextColumn::unpack(rows, reader),
        }
    }

    /// How many bytes of memory the column takes.
    #[must_use]
    pub fn memory(&self) -> usize {
        self.folded.memory() + 4 * self.capitals.capacity() + self.others.memory()
    }

    /// Gives back what was reserved for more rows.
    pub(crate) fn shrink(&mut self) {
        self.folded.shrink();
        self.capitals.shrink_to_fit();
        self.others.shrink();
    }
}

/// Marks at most eight bytes from one on, a bit each.
#[inline]
fn mark(capitals: &mut Vec<u32>, at: usize, bits: u64) {
    let word = at / BITS;
    if capitals.len() < word + 2 {
        capitals.resize(word + 2, 0);
    }
    if let Some([low, high]) = capitals.get_mut(word..word + 2) {
        let bits = bits << (at % BITS);
        *low |= bits as u32;
        *high |= (bits >> BITS) as u32;
    }
}

/// What a marked character, so many bytes behind the beginning of its name, was before it was folded.
fn capital(point: char, at: usize) -> char {
    match point {
        // Folding makes one of the sigma that ends a word, too.
        'σ' if at > 0 => 'ς',
        _ => upper(point),
    }
}
