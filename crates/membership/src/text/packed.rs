//! A column of text as it lies in a snapshot.

use super::{Original, SEPARATOR, TextColumn};
use crate::snapshot::{Reader, SnapshotError, Writer};

impl TextColumn {
    /// Writes the arenas and their ends; of what the column does not have, nothing.
    pub(crate) fn pack(&self, out: &mut Writer) {
        out.bytes(self.folded.bytes());
        out.numbers(&self.ends);
        let original = self.original.as_ref();
        out.bytes(original.map_or(&[], |original| original.bytes.bytes()));
        out.numbers(
            original
                .and_then(|original| original.ends.as_deref())
                .unwrap_or_default(),
        );
    }

    /// Reads a column of so many rows.
    ///
    /// Cost: O(bytes), at the speed of copying and of three more looks at each.
    pub(crate) fn unpack(rows: u32, reader: &mut Reader<'_>) -> Self {
        let (folded, ends) = (reader.bytes(), reader.numbers());
        let (bytes, own) = (reader.bytes(), reader.numbers());
        let original = if bytes.is_empty() && own.is_empty() {
            None
        } else {
            let ends = Some(own).filter(|own| !own.is_empty());
            Some(Original {
                bytes: bytes.into(),
                ends,
            })
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
            reader.refuse(SnapshotError::Content("text"));
        }
        this
    }

    /// Whether both arenas have a value in the same rows.
    fn is_told_alike(&self) -> bool {
        let Some(Original { bytes, ends }) = &self.original else {
            return true;
        };
        let bytes = bytes.bytes();
        let Some(own) = ends else {
            return is_whole(bytes, &self.ends);
        };
        let is_there = |ends: &[u32]| {
            let starts = std::iter::once(1).chain(ends.iter().copied());
            starts.zip(ends).map(|(start, end)| start < *end).collect::<Vec<_>>()
        };
        own.len() == self.ends.len() && is_whole(bytes, own) && is_there(own) == is_there(&self.ends)
    }
}

/// How many rows are looked at together.
const ROWS: usize = 1 << 10;

/// Whether an arena is what a column makes: a separator, then values of UTF-8 that end where they should, each with a
/// separator after it and none within. Cost: O(bytes).
fn is_whole(arena: &[u8], ends: &[u32]) -> bool {
    let mut values = 0;
    let mut start = 1;
    for end in ends {
        let is_end = *end == start || (*end > start && arena.get(*end as usize - 1) == Some(&SEPARATOR));
        if !is_end {
            return false;
        }
        values += usize::from(*end > start);
        start = *end;
    }
    let separators = memchr::memchr_iter(SEPARATOR, arena).count();
    let is_closed = arena.first() == Some(&SEPARATOR) && arena.len() == start as usize;
    is_closed && separators == values + 1 && is_text(arena, ends)
}

/// Whether all values are UTF-8, which is found out for many together, with a space for each separator.
fn is_text(arena: &[u8], ends: &[u32]) -> bool {
    if is_plain(arena) {
        return true;
    }
    let mut spaced = Vec::new();
    let mut start = 0;
    ends.chunks(ROWS).all(|ends| {
        let end = ends.last().map_or(start, |end| *end as usize);
        spaced.clear();
        spaced.extend_from_slice(arena.get(start..end).unwrap_or_default());
        // The first arena's first separator belongs to no row.
        let separators = std::iter::once(1).chain(ends.iter().map(|end| *end as usize));
        for separator in separators {
            if let Some(place) = separator.checked_sub(start + 1).and_then(|at| spaced.get_mut(at)) {
                *place = b' ';
            }
        }
        start = end;
        std::str::from_utf8(&spaced).is_ok()
    })
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
