//! Whole words: the longest runs of letters and digits.

use memchr::memmem;

use super::TextColumn;
use crate::set::Set;

/// The words of a text, in its order.
pub(crate) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
}

/// Whether a word occurs as a whole word in a text. Cost: O(length).
pub(crate) fn has_word(text: &[u8], word: &str) -> bool {
    occurrences(text, word).next().is_some()
}

impl TextColumn {
    /// Adds to `hits` the rows whose folded text has `word`, which must be one and folded, as a whole word.
    ///
    /// Cost: O(bytes of the column), at the speed of `memchr`.
    pub(crate) fn has_word(&self, word: &str, hits: &mut Set) {
        let mut row = 0;
        for at in occurrences(self.folded.bytes(), word) {
            row = self.row_of(at, row);
            hits.insert(row as u32);
        }
    }
}

/// Where a word stands whole. Occurrences that overlap need no look: the later one starts inside of a word.
fn occurrences<'a>(bytes: &'a [u8], word: &'a str) -> impl Iterator<Item = usize> + 'a {
    memmem::find_iter(bytes, word).filter(|at| {
        let before = bytes.get(..*at).unwrap_or_default();
        let after = bytes.get(at + word.len()..).unwrap_or_default();
        !ends_inside(before) && !starts_inside(after)
    })
}

/// Whether the last character is a letter or a digit; what is no text, such as a column's separator, is none.
fn ends_inside(bytes: &[u8]) -> bool {
    match bytes.last() {
        None => false,
        Some(byte) if byte.is_ascii() => byte.is_ascii_alphanumeric(),
        Some(_) => {
            let begins = |byte: &u8| byte & 0b1100_0000 != 0b1000_0000;
            let start = bytes.iter().rposition(begins).unwrap_or_default();
            starts_inside(bytes.get(start..).unwrap_or_default())
        }
    }
}

/// Whether the first character is a letter or a digit.
fn starts_inside(bytes: &[u8]) -> bool {
    let most = bytes.len().min(char::MAX.len_utf8());
    let head = bytes.get(..most).unwrap_or_default();
    let valid = head.utf8_chunks().next().map_or("", |chunk| chunk.valid());
    valid.starts_with(char::is_alphanumeric)
}
