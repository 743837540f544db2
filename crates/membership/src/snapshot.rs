//! The binary form of a directory, for a warm start: columns that are copied, not parsed.
//!
//! A file is a header of 32 bytes and then sections, all of it little-endian and aligned to eight bytes:
//!
//! | bytes | what |
//! | --- | --- |
//! | 0 to 7 | `ROLLCALL` |
//! | 8 to 15 | the version |
//! | 16 to 23 | the length of the file in bytes |
//! | 24 to 31 | the [checksum](self#checksum) of all other bytes |
//! | 32 to the end | sections: a length in bytes, the bytes, and zeros up to the next multiple of eight |
//!
//! Which sections follow each other is what the version stands for. Facts are stored, with two things that are dear to
//! derive: how many members each group has, and the default orders. The hierarchy and the second direction of memberships
//! are derived anew, which takes less time than it takes to store and check them, and cannot contradict the facts.
//!
//! # Checksum
//!
//! Four lanes of 64 bits, which begin as zero, take in one word each in turn, and are then taken in by a fifth one. A step is `rotate(lane + word · A, 31) · B`, with odd `A` and `B`: of two different words, or of two different
//! lanes, it never makes the same. So whatever happens within one word of eight bytes, such as a bit that flips, always
//! shows; other damage goes unseen once in 2^64. It is no protection against somebody who means to deceive, which is why
//! everything that is read is checked again: such a file may tell lies, but never breaks anything.

mod checksum;
mod pieces;
mod reader;
mod writer;

use std::fmt;

pub use pieces::Pieces;
pub(crate) use reader::Reader;
pub(crate) use writer::Writer;

use crate::directory::Directory;
use checksum::Checksum;

const MAGIC: u64 = u64::from_le_bytes(*b"ROLLCALL");

/// Goes up whenever other sections are written, or the same ones with another meaning.
const VERSION: u64 = 3;

/// The bytes before the first section.
const HEADER: usize = 32;

/// Why bytes were refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SnapshotError {
    /// They do not begin as a snapshot does.
    Foreign,
    /// They are a snapshot of another version.
    Version(u64),
    /// They are fewer, or more, than were written.
    Length {
        /// How many were written.
        expected: u64,
        /// How many there are.
        found: u64,
    },
    /// They are not those that were written.
    Checksum,
    /// They were made to be read as what they are not; which part of them.
    Content(&'static str),
}

impl fmt::Display for SnapshotError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Foreign => out.write_str("this is not a snapshot"),
            Self::Version(version) => write!(
                out,
                "the snapshot is of version {version}; version {VERSION} is read here"
            ),
            Self::Length { expected, found } => write!(out, "the snapshot has {found} of {expected} bytes"),
            Self::Checksum => out.write_str("the snapshot is damaged: its checksum differs"),
            Self::Content(part) => write!(out, "the snapshot contradicts itself in its {part}"),
        }
    }
}

impl std::error::Error for SnapshotError {}

impl Directory {
    /// The directory as bytes that [`Self::from_snapshot`] opens. [`Pieces`] are the same without all of them in memory.
    ///
    /// Cost: O(bytes), and that of the default orders of users and of groups, if nobody has asked for them yet.
    #[must_use]
    pub fn to_snapshot(&self) -> Vec<u8> {
        let mut pieces = Pieces::new(self);
        let mut bytes = Vec::with_capacity(pieces.length() as usize);
        bytes.resize(HEADER, 0);
        let rest = pieces.length() as usize;
        pieces.next(self, rest, &mut bytes);
        if let Some(place) = bytes.first_chunk_mut() {
            *place = pieces.header();
        }
        bytes
    }

    /// Opens what [`Self::to_snapshot`] wrote. The tables of ids are made when the first id is looked up.
    ///
    /// # Errors
    /// If the bytes are not those that were written, or were never written by it.
    ///
    /// Cost: O(bytes) at the speed of copying, and O(users + groups + memberships + nestings + spans). Memory: that of the
    /// directory, which no length in the bytes can make larger than they are.
    pub fn from_snapshot(bytes: &[u8]) -> Result<Self, SnapshotError> {
        let mut rest = bytes;
        Self::read_snapshot(bytes.len() as u64, &mut |piece| {
            if let Some((next, after)) = rest.split_at_checked(piece.len()) {
                piece.copy_from_slice(next);
                rest = after;
            }
        })
    }

    /// As [`Self::from_snapshot`], of bytes that lie elsewhere: `source` fills each piece with the next ones, so that they
    /// are never all in memory. They are asked for once each, and there are `length` of them.
    ///
    /// # Errors
    /// As [`Self::from_snapshot`].
    pub fn read_snapshot(length: u64, source: &mut dyn FnMut(&mut [u8])) -> Result<Self, SnapshotError> {
        let mut reader = Reader::new(length, source);
        let sum = read_header(length, &mut reader)?;
        let directory = Self::unpack(&mut reader);
        let is_end = reader.left() == 0;
        // Damage shows in many ways, and has one name.
        if reader.sum() != sum {
            return Err(SnapshotError::Checksum);
        }
        reader.check()?;
        let directory = directory?;
        is_end.then_some(directory).ok_or(SnapshotError::Content("sections"))
    }
}

/// The [checksum](self#checksum) of bytes of other kinds, up to the last whole word.
///
/// Cost: O(bytes), two multiplications for each eight.
#[must_use]
pub fn checksum(bytes: &[u8]) -> u64 {
    let mut checksum = Checksum::default();
    checksum.take_in(bytes);
    checksum.sum()
}

/// The checksum that a header tells.
fn read_header(length: u64, reader: &mut Reader<'_>) -> Result<u64, SnapshotError> {
    let too_short = |_| SnapshotError::Length {
        expected: HEADER as u64,
        found: length,
    };
    if reader.word(true) != Ok(MAGIC) {
        return Err(SnapshotError::Foreign);
    }
    let version = reader.word(true).map_err(too_short)?;
    if version != VERSION {
        return Err(SnapshotError::Version(version));
    }
    let expected = reader.word(true).map_err(too_short)?;
    let sum = reader.word(false).map_err(too_short)?;
    if expected != length {
        let found = length;
        return Err(SnapshotError::Length { expected, found });
    }
    Ok(sum)
}
