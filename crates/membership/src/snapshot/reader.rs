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
    fault: Option<SnapshotError>,
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
            fault: None,
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

    /// Notes what is wrong, if nothing was before. From then on every section is empty.
    pub fn refuse(&mut self, fault: SnapshotError) {
        self.fault.get_or_insert(fault);
    }

    /// Whether all is well so far.
    ///
    /// # Errors
    /// What was wrong first.
    pub fn check(&self) -> Result<(), SnapshotError> {
        self.fault.map_or(Ok(()), Err)
    }

    /// A section of bytes. Cost: that of copying it.
    pub fn bytes(&mut self) -> Vec<u8> {
        let length = self.section(1);
        let mut bytes = Vec::with_capacity(length);
        self.pieces(length as u64, &mut |piece| bytes.extend_from_slice(piece));
        bytes
    }

    /// A section of numbers. Cost: that of copying it.
    pub fn numbers(&mut self) -> Vec<u32> {
        let length = self.section(4);
        let mut numbers = Vec::with_capacity(length / 4);
        self.pieces(length as u64, &mut |piece| {
            let piece = piece.as_chunks::<4>().0.iter();
            numbers.extend(piece.map(|number| u32::from_le_bytes(*number)));
        });
        numbers
    }

    /// A section of numbers of two bytes. Cost: that of copying it.
    pub fn halves(&mut self) -> Vec<u16> {
        let length = self.section(2);
        let mut halves = Vec::with_capacity(length / 2);
        self.pieces(length as u64, &mut |piece| {
            let piece = piece.as_chunks::<2>().0.iter();
            halves.extend(piece.map(|half| u16::from_le_bytes(*half)));
        });
        halves
    }

    /// A section of words. Cost: that of copying it.
    pub fn words(&mut self) -> Vec<u64> {
        let length = self.section(8);
        let mut words = Vec::with_capacity(length / 8);
        self.pieces(length as u64, &mut |piece| {
            let piece = piece.as_chunks::<8>().0.iter();
            words.extend(piece.map(|word| u64::from_le_bytes(*word)));
        });
        words
    }

    /// Two sections: the lengths of texts, and the texts.
    pub fn texts(&mut self) -> Vec<String> {
        let (lengths, bytes) = (self.numbers(), self.bytes());
        let texts = split(&lengths, &bytes);
        if texts.is_none() {
            self.refuse(CUT);
        }
        texts.unwrap_or_default()
    }

    /// How long the next section is, of items of so many bytes; it is all there.
    fn section(&mut self, size: u64) -> usize {
        let length = match self.fault {
            None => self.word(true).unwrap_or(u64::MAX),
            Some(_) => 0,
        };
        let padded = length.checked_next_multiple_of(8);
        let is_there = padded.is_some_and(|padded| padded <= self.left) && length.is_multiple_of(size);
        // What is longer does not fit into memory, whatever holds the bytes.
        match isize::try_from(length) {
            Ok(length) if is_there => length.unsigned_abs(),
            _ => {
                self.refuse(CUT);
                0
            }
        }
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

/// Texts of these lengths, which are all that there is.
fn split(lengths: &[u32], bytes: &[u8]) -> Option<Vec<String>> {
    let mut rest = std::str::from_utf8(bytes).ok()?;
    let mut texts = Vec::with_capacity(lengths.len());
    for length in lengths {
        let (text, after) = rest.split_at_checked(*length as usize)?;
        texts.push(text.to_owned());
        rest = after;
    }
    rest.is_empty().then_some(texts)
}
