//! A column of text as it lies in a snapshot.

use std::ops::Range;

use super::ends::Ends;
use super::{Original, SEPARATOR, TextColumn};
use crate::snapshot::{Reader, SnapshotError, Writer};

const TEXT: SnapshotError = SnapshotError::Content("text");

impl TextColumn {
    /// Writes the arenas and their ends; of what the column does not have, nothing.
    pub(crate) fn pack(&self, out: &mut Writer) {
        out.bytes(self.folded.bytes());
        self.ends.pack(out);
        let (bytes, ends) = match &self.original {
            None => (&[][..], None),
            Some(original) => (original.bytes.bytes(), original.ends.as_ref()),
        };
        out.bytes(bytes);
        ends.unwrap_or(&Ends::default()).pack(out);
    }

    /// Reads a column of so many rows.
    ///
    /// Cost: O(bytes), at the speed of copying and of three more looks at each.
    pub(crate) fn unpack(rows: u32, reader: &mut Reader<'_>) -> Self {
        let (folded, ends) = (reader.bytes(), Ends::unpack(reader));
        let (bytes, own) = (reader.bytes(), Ends::unpack(reader));
        let original = if bytes.is_empty() && own.is_empty() {
            None
        } else {
            let ends = Some(own).filter(|own| !own.is_empty());
            let bytes = bytes.into();
            Some(Box::new(Original { bytes, ends }))
        };
        let folded = folded.into();
        let this = Self {
            folded,
            rows,
            ends,
            original,
        };
        let has_rows = this.ends.is_empty() || this.ends.len() == rows as usize;
        if !has_rows || !is_whole(this.folded.bytes(), &this.ends) || !this.is_told_alike() {
            reader.refuse(TEXT);
        }
        this
    }

    /// Whether both arenas have a value in the same rows.
    fn is_told_alike(&self) -> bool {
        let Some(original) = &self.original else {
            return true;
        };
        let bytes = original.bytes.bytes();
        let Some(own) = &original.ends else {
            return is_whole(bytes, &self.ends);
        };
        let are_there = |ends: &Ends| ends.iter().map(|row| row.is_empty()).collect::<Vec<_>>();
        own.len() == self.ends.len() && is_whole(bytes, own) && are_there(own) == are_there(&self.ends)
    }
}

/// How many rows are looked at together.
const ROWS: usize = 1 << 10;

/// Whether an arena is what a column makes: a separator, then values of UTF-8 that end where they should, each with a
/// separator after it and none within. Cost: O(bytes).
fn is_whole(arena: &[u8], ends: &Ends) -> bool {
    let (mut start, mut values) = (1, 0);
    let is_plain = is_plain(arena);
    for first in (0..ends.len()).step_by(ROWS) {
        let rows = first..(first + ROWS).min(ends.len());
        match values_in(arena, ends, rows, start, is_plain) {
            Some((end, count)) => (start, values) = (end, values + count),
            None => return false,
        }
    }
    let separators = memchr::memchr_iter(SEPARATOR, arena).count();
    arena.first() == Some(&SEPARATOR) && arena.len() == start && separators == values + 1
}

/// Where the last of some rows ends, and how many of them have a value; none if something is not as it should be. Called for some
/// at a time, so that what compiles WebAssembly sees that it is worth to be compiled well.
///
/// Whether all values are UTF-8 is found out for many together, with a space for each separator.
#[inline(never)]
fn values_in(arena: &[u8], ends: &Ends, rows: Range<usize>, start: usize, is_plain: bool) -> Option<(usize, usize)> {
    let last = ends.end(rows.end.checked_sub(1)?)?;
    let bytes = arena.get(start..last)?;
    let mut spaced = if is_plain { Vec::new() } else { bytes.to_vec() };
    let (mut at, mut values) = (start, 0);
    for row in rows {
        let end = ends.end(row)?;
        if end < at {
            return None;
        }
        if end > at {
            let separator = end - start - 1;
            if bytes.get(separator) != Some(&SEPARATOR) {
                return None;
            }
            if let Some(place) = spaced.get_mut(separator) {
                *place = b' ';
            }
            values += 1;
        }
        at = end;
    }
    std::str::from_utf8(&spaced).ok().map(|_| (last, values))
}

/// Whether there is nothing but ASCII and separators, found out eight bytes at a time.
fn is_plain(arena: &[u8]) -> bool {
    let (words, rest) = arena.as_chunks::<8>();
    let is_plain = |word: &[u8; 8]| {
        let word = u64::from_le_bytes(*word);
        // Of each byte beyond ASCII all bits have to be set.
        let beyond = (word >> 7 & 0x0101_0101_0101_0101) * 0xFF;
        word & beyond == beyond
    };
    words.iter().all(is_plain) && rest.iter().all(|byte| byte.is_ascii() || *byte == SEPARATOR)
}
