//! The bytes of a column in one place, to which more are added eight at a time.

use std::ops::Range;

/// How many bytes are written at once.
const WORD: usize = 8;

/// How many bytes more than are needed there is room for at first.
const ROOM: usize = 64;

/// Bytes that grow at the end. Texts are short, and WebAssembly calls its host to copy any number of bytes: so words are
/// written into room that is there, of which the last may be cut off.
#[derive(Clone, Debug, Default)]
pub(super) struct Arena {
    // INVARIANT: `end` is within the bytes; behind it there is nothing that counts.
    bytes: Vec<u8>,
    end: usize,
}

impl From<Vec<u8>> for Arena {
    fn from(bytes: Vec<u8>) -> Self {
        let end = bytes.len();
        Self { bytes, end }
    }
}

impl Arena {
    /// How many bytes there are.
    pub fn len(&self) -> usize {
        self.end
    }

    /// Some of the bytes; none if there are not as many.
    #[inline]
    pub fn get(&self, range: Range<usize>) -> Option<&[u8]> {
        self.bytes.get(range)
    }

    /// The bytes from a place on, and behind them what does not count.
    #[inline]
    pub fn from(&self, start: usize) -> Option<&[u8]> {
        self.bytes.get(start..)
    }

    /// All of the bytes.
    pub fn bytes(&self) -> &[u8] {
        self.bytes.get(..self.end).unwrap_or_default()
    }

    /// Appends bytes, each eight of which are changed together. Cost: O(length), amortised.
    #[inline]
    pub fn append(&mut self, text: &[u8], mut change: impl FnMut(u64) -> u64) {
        let end = self.end + text.len();
        if end + WORD > self.bytes.len() {
            self.grow(end + WORD);
        }
        let (words, rest) = text.as_chunks::<WORD>();
        let places = self.bytes.get_mut(self.end..).unwrap_or_default();
        let mut places = places.as_chunks_mut::<WORD>().0.iter_mut();
        for (word, place) in words.iter().zip(&mut places) {
            *place = change(u64::from_le_bytes(*word)).to_le_bytes();
        }
        if let Some(place) = places.next()
            && !rest.is_empty()
        {
            let word = match text.last_chunk::<WORD>() {
                Some(last) => u64::from_le_bytes(*last) >> (8 * (WORD - rest.len())),
                None => rest.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte)),
            };
            *place = change(word).to_le_bytes();
        }
        self.end = end;
    }

    /// Appends bytes as they are. Cost: O(length), amortised.
    #[inline(never)]
    pub fn add(&mut self, text: &[u8]) {
        self.append(text, |word| word);
    }

    /// Appends one byte. Cost: O(1), amortised.
    #[inline]
    pub fn push(&mut self, byte: u8) {
        if self.end == self.bytes.len() {
            self.grow(self.end + 1);
        }
        if let Some(place) = self.bytes.get_mut(self.end) {
            *place = byte;
        }
        self.end += 1;
    }

    /// Takes off what is beyond so many bytes.
    pub fn truncate(&mut self, length: usize) {
        self.end = self.end.min(length);
    }

    /// Bytes of memory.
    pub fn memory(&self) -> usize {
        self.bytes.capacity()
    }

    /// Gives back the room for more.
    pub fn shrink(&mut self) {
        self.bytes.truncate(self.end);
        self.bytes.shrink_to_fit();
    }

    /// Makes room for so many bytes, and as a rule for half as many again: doubling would leave twice as much empty.
    #[inline(never)]
    fn grow(&mut self, least: usize) {
        let length = least.saturating_add(least / 2 + ROOM);
        self.bytes.reserve_exact(length - self.bytes.len());
        self.bytes.resize(length, 0);
    }
}
