//! Reads sections a piece at a time: never more than there is, and nothing but what was asked for.

use super::SnapshotError;
use super::checksum::Checksum;

/// How much is read at once: what stays in the fastest memory until it has been summed up and copied.
const PIECE: usize = 1 << 14;

/// The sections that are left, and the checksum of what was read.
pub(crate) struct Reader<'s> {
    source: &'s mut dyn FnMut(&mut [u8]),
    left: u64,
    checksum: Checksum,
    piece: Vec<u8>,
}

const CUT: SnapshotError = SnapshotError::Content("sections");

impl<'s> Reader<'s> {
    /// Over so many bytes, which `source` gives one after another.
    pub fn new(length: u64, source: &'s mut dyn FnMut(&mut [u8])) -> Self {
        Self {
            source,
            left: length,
            checksum: Checksum::default(),
            piece: vec![0; PIECE],
        }
    }

    /// How many bytes are left.
    pub fn left(&self) -> u64 {
        self.left
    }

    /// Reads whatever is left, and says the checksum of everything but what was passed over.
    pub fn sum(&mut self) -> u64 {
        let left = self.left & !7;
        self.pieces(left, &mut |_| ());
        self.checksum.sum()
    }

    /// A word that is no section, and part of the checksum only if it is `summed`.
    pub fn word(&mut self, summed: bool) -> Result<u64, SnapshotError> {
        let mut word = [0; 8];
        self.left = self.left.checked_sub(8).ok_or(CUT)?;
        (self.source)(&mut word);
        if summed {
            self.checksum.take_in(&word);
        }
        Ok(u64::from_le_bytes(word))
    }

    /// A section of bytes. Cost: that of copying it.
    pub fn bytes(&mut self) -> Result<Vec<u8>, SnapshotError> {
        let length = self.section(1)?;
        let mut bytes = Vec::with_capacity(length);
        self.pieces(length as u64, &mut |piece| bytes.extend_from_slice(piece));
        Ok(bytes)
    }

    /// A section of numbers. Cost: that of copying it.
    pub fn numbers(&mut self) -> Result<Vec<u32>, SnapshotError> {
        let length = self.section(4)?;
        let mut numbers = Vec::with_capacity(length / 4);
        self.pieces(length as u64, &mut |piece| {
            let piece = piece.as_chunks::<4>().0.iter();
            numbers.extend(piece.map(|number| u32::from_le_bytes(*number)));
        });
        Ok(numbers)
    }

    /// A section of words. Cost: that of copying it.
    pub fn words(&mut self) -> Result<Vec<u64>, SnapshotError> {
        let length = self.section(8)?;
        let mut words = Vec::with_capacity(length / 8);
        self.pieces(length as u64, &mut |piece| {
            let piece = piece.as_chunks::<8>().0.iter();
            words.extend(piece.map(|word| u64::from_le_bytes(*word)));
        });
        Ok(words)
    }

    /// Two sections: the lengths of texts, and the texts.
    pub fn texts(&mut self) -> Result<Vec<String>, SnapshotError> {
        let lengths = self.numbers()?;
        let bytes = self.bytes()?;
        let mut rest = std::str::from_utf8(&bytes).map_err(|_| CUT)?;
        let mut texts = Vec::with_capacity(lengths.len());
        for length in lengths {
            let (text, after) = rest.split_at_checked(length as usize).ok_or(CUT)?;
            texts.push(text.to_owned());
            rest = after;
        }
        if rest.is_empty() { Ok(texts) } else { Err(CUT) }
    }

    /// How long the next section is, of items of so many bytes; it is all there.
    fn section(&mut self, size: u64) -> Result<usize, SnapshotError> {
        let length = self.word(true)?;
        let padded = length.checked_next_multiple_of(8).ok_or(CUT)?;
        let is_there = padded <= self.left && length.is_multiple_of(size);
        // What is longer does not fit into memory, whatever holds the bytes.
        isize::try_from(length)
            .ok()
            .filter(|_| is_there)
            .map(isize::unsigned_abs)
            .ok_or(CUT)
    }

    /// Reads so many bytes, which are there, and the zeros after them.
    fn pieces(&mut self, mut length: u64, take: &mut dyn FnMut(&[u8])) {
        while length > 0 {
            let size = length.min(PIECE as u64);
            let padded = size.next_multiple_of(8);
            let piece = self.piece.get_mut(..padded as usize).unwrap_or_default();
            (self.source)(piece);
            self.checksum.take_in(piece);
            take(piece.get(..size as usize).unwrap_or_default());
            self.left -= padded;
            length -= size;
        }
    }
}
