//! Writes sections, as far as they lie within a window, or measures them.

use std::ops::Range;

/// Sections one after another.
pub(crate) struct Writer {
    bytes: Vec<u8>,
    /// Which bytes of the file are written; a multiple of eight at both ends.
    window: Range<usize>,
    /// Where in the file the next byte is.
    at: usize,
}

impl Writer {
    /// One that adds, of a file whose first section is at `at`, the bytes of a window to others. An empty one measures.
    pub fn new(at: usize, window: Range<usize>, mut bytes: Vec<u8>) -> Self {
        bytes.reserve(window.len());
        Self { bytes, window, at }
    }

    /// Where in the file the next byte is.
    pub fn at(&self) -> usize {
        self.at
    }

    /// The others, and what was written.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// A section of bytes. Cost: that of copying what is within the window.
    pub fn bytes(&mut self, bytes: &[u8]) {
        self.word(bytes.len() as u64);
        self.raw(bytes);
        self.pad();
    }

    /// A section of numbers. Cost: that of copying what is within the window.
    pub fn numbers(&mut self, numbers: &[u32]) {
        self.list(numbers, u32::to_le_bytes);
    }

    /// A section of numbers of two bytes. Cost: that of copying what is within the window.
    pub fn halves(&mut self, halves: &[u16]) {
        self.list(halves, u16::to_le_bytes);
    }

    /// A section of words. Cost: O(words), unless none is within the window.
    pub fn words(&mut self, words: impl ExactSizeIterator<Item = u64>) {
        let length = 8 * words.len();
        self.word(length as u64);
        let wanted = self.pass(length);
        for word in words.skip(wanted.start / 8).take(wanted.len() / 8) {
            self.bytes.extend_from_slice(&word.to_le_bytes());
        }
    }

    /// Two sections: the lengths of texts, and the texts.
    pub fn texts<'t>(&mut self, texts: impl Iterator<Item = &'t str> + Clone) {
        let lengths: Vec<_> = texts.clone().map(|text| text.len() as u32).collect();
        self.numbers(&lengths);
        self.word(lengths.iter().map(|length| u64::from(*length)).sum());
        texts.for_each(|text| self.raw(text.as_bytes()));
        self.pad();
    }

    /// Room first, then all numbers into it, which compiles to a copy.
    #[inline]
    fn list<T: Copy, const SIZE: usize>(&mut self, numbers: &[T], to_bytes: fn(T) -> [u8; SIZE]) {
        let length = SIZE * numbers.len();
        self.word(length as u64);
        let wanted = self.pass(length);
        let within = numbers.get(wanted.start / SIZE..wanted.end / SIZE).unwrap_or_default();
        let start = self.bytes.len();
        self.bytes.resize(start + SIZE * within.len(), 0);
        let places = self.bytes.get_mut(start..).unwrap_or_default();
        for (place, number) in places.as_chunks_mut().0.iter_mut().zip(within) {
            *place = to_bytes(*number);
        }
        self.pad();
    }

    /// A word that is no section.
    fn word(&mut self, word: u64) {
        self.raw(&word.to_le_bytes());
    }

    fn raw(&mut self, new: &[u8]) {
        let wanted = self.pass(new.len());
        self.bytes.extend_from_slice(new.get(wanted).unwrap_or_default());
    }

    /// Goes on by so many bytes, and says which of them are within the window.
    fn pass(&mut self, length: usize) -> Range<usize> {
        let within = |place: usize| place.saturating_sub(self.at).min(length);
        let wanted = within(self.window.start)..within(self.window.end);
        self.at += length;
        wanted
    }

    fn pad(&mut self) {
        let rest = self.at.next_multiple_of(8) - self.at;
        self.raw([0; 8].get(..rest).unwrap_or_default());
    }
}
