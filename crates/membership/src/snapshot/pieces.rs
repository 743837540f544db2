//! A snapshot a piece at a time, so that it is never whole in memory while it is written to a disk.

use super::checksum::Checksum;
use super::{HEADER, MAGIC, VERSION, Writer};
use crate::directory::Directory;

/// A snapshot that is being written. Its header comes last: until then, what was written is no snapshot.
pub struct Pieces {
    length: usize,
    at: usize,
    checksum: Checksum,
}

impl Pieces {
    /// Begins. Cost: as [`Self::next`] of nothing, and that of the default orders, if nobody has asked for them yet.
    #[must_use]
    pub fn new(directory: &Directory) -> Self {
        let mut measure = Writer::new(HEADER, 0..0, Vec::new());
        directory.pack(&mut measure);
        let length = measure.at();
        let mut checksum = Checksum::default();
        for word in [MAGIC, VERSION, length as u64] {
            checksum.take_in(&word.to_le_bytes());
        }
        let at = HEADER;
        Self { length, at, checksum }
    }

    /// How many bytes the snapshot has.
    #[must_use]
    pub fn length(&self) -> u64 {
        self.length as u64
    }

    /// Where in the snapshot the next piece begins.
    #[must_use]
    pub fn at(&self) -> u64 {
        self.at as u64
    }

    /// Adds the next bytes to `out`, about `size` of them; none at the end. The directory has to be the one that it began
    /// with, unchanged.
    ///
    /// Cost: O(size + groups + nestings + values of custom fields + unused facts).
    pub fn next(&mut self, directory: &Directory, size: usize, out: &mut Vec<u8>) {
        let end = self.at.saturating_add(size).next_multiple_of(8).min(self.length);
        let start = out.len();
        let mut writer = Writer::new(HEADER, self.at..end, std::mem::take(out));
        directory.pack(&mut writer);
        *out = writer.into_bytes();
        self.checksum.take_in(out.get(start..).unwrap_or_default());
        self.at = end;
    }

    /// The first bytes, once there is no further piece.
    #[must_use]
    pub fn header(&self) -> [u8; HEADER] {
        let mut header = [0; HEADER];
        let words = [MAGIC, VERSION, self.length as u64, self.checksum.sum()];
        for (place, word) in header.as_chunks_mut::<8>().0.iter_mut().zip(words) {
            *place = word.to_le_bytes();
        }
        header
    }
}
