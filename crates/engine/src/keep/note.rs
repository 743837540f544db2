//! What stands before the snapshot of a directory that is kept: where it comes from, when it was read, and what of it is
//! missing. So what is kept never looks more whole than what was read.
//!
//! Four words of eight bytes (the letters `RC-KEPT!`, a version, the length of the note, the checksum of all of these but
//! itself), then the note and zeros up to the next multiple of eight. The snapshot follows, with a header of its own.

use std::fmt;
use std::ops::Range;

use membership::snapshot::checksum;
use protocol::{Incident, Opened, Source};
use serde::{Deserialize, Serialize};

const MAGIC: u64 = u64::from_le_bytes(*b"RC-KEPT!");
/// Goes up whenever the bytes of a note mean something else.
const VERSION: u64 = 1;
const HEADER: usize = 32;

/// What is known of a directory that is kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Note {
    /// Where it comes from; never as whom.
    pub source: Source,
    /// When it was read from there, in milliseconds since 1970.
    pub read_at: f64,
    /// Users.
    pub users: u32,
    /// Size of the file that it was read from, in bytes; 0 where there was none.
    pub bytes: u64,
    /// Lines of that file.
    pub lines: u64,
    /// What was not as it should be while it was read, in the order in which it is listed.
    pub incidents: Vec<Incident>,
}

/// Why something that is kept cannot be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoteError {
    /// It is of another version.
    Version,
    /// It is not what was written.
    Damaged,
    /// The browser does not give it out.
    Unread,
}

impl fmt::Display for NoteError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Version => "it was kept by another version of Rollcall",
            Self::Damaged => "what describes it is damaged",
            Self::Unread => "the browser does not give it out",
        })
    }
}

impl Note {
    /// Of the directory that is open.
    pub fn new(opened: &Opened, incidents: &[Incident]) -> Self {
        Self {
            source: opened.source.clone(),
            read_at: opened.read_at,
            users: opened.users,
            bytes: opened.bytes,
            lines: opened.lines,
            incidents: incidents.to_vec(),
        }
    }

    /// Everything that stands before the snapshot. Cost: O(incidents).
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut note = protocol::to_bytes(self);
        let length = note.len() as u64;
        note.resize(note.len().next_multiple_of(8), 0);
        let mut bytes: Vec<u8> = [MAGIC, VERSION, length]
            .into_iter()
            .flat_map(u64::to_le_bytes)
            .collect();
        let sum = checksum(&[&*bytes, &*note].concat());
        bytes.extend(sum.to_le_bytes());
        bytes.append(&mut note);
        bytes
    }

    /// Reads it, with where the snapshot begins, from a file whose bytes `part` gives; none where the file was never
    /// finished. Cost: O(incidents).
    ///
    /// # Errors
    /// When it cannot be read, is not what was written, or is of another version.
    pub fn read(part: &dyn Fn(Range<usize>) -> Option<Vec<u8>>) -> Result<Option<(Self, usize)>, NoteError> {
        let header = part(0..HEADER).ok_or(NoteError::Unread)?;
        let word = |at: usize| {
            let bytes = header.as_chunks::<8>().0.get(at);
            bytes.map(|bytes| u64::from_le_bytes(*bytes)).unwrap_or_default()
        };
        match (word(0), word(1)) {
            (0, _) => return Ok(None),
            (MAGIC, VERSION) => {}
            (MAGIC, _) => return Err(NoteError::Version),
            _ => return Err(NoteError::Damaged),
        }
        // A length that was damaged asks for more than there is, which no browser gives.
        let length = usize::try_from(word(2)).ok().filter(|length| *length < 1 << 30);
        let length = length.ok_or(NoteError::Damaged)?;
        let start = HEADER + length.next_multiple_of(8);
        let note = part(HEADER..start).ok_or(NoteError::Unread)?;
        if checksum(&[header.get(..24).unwrap_or_default(), &*note].concat()) != word(3) {
            return Err(NoteError::Damaged);
        }
        let read = note.get(..length).and_then(|note| protocol::from_bytes(note).ok());
        read.map(|note| Some((note, start))).ok_or(NoteError::Damaged)
    }
}

#[cfg(test)]
mod tests {
    use protocol::{Failure, IncidentKind, List, Vendor};

    use super::*;

    fn note() -> Note {
        let failures = [
            Failure::SignIn,
            Failure::Forbidden,
            Failure::Missing,
            Failure::Busy { retry_after: Some(7) },
            Failure::Refused { reason: "no".into() },
            Failure::Unreadable { what: "it".into() },
            Failure::Offline,
        ];
        let link = || "https://pssc.example".to_owned();
        let kinds = failures.map(IncidentKind::Lost).into_iter().chain([
            IncidentKind::Unread,
            IncidentKind::Repeats { page: 3, earlier: 1 },
            IncidentKind::TotalChanged { from: 4, to: 5 },
            IncidentKind::Counted { came: 6, total: 8 },
            IncidentKind::Elsewhere { link: link() },
            IncidentKind::Circle { link: link() },
            IncidentKind::NoId { item: "{}".into() },
            IncidentKind::Type {
                id: "u1".into(),
                field: "email".into(),
                expected: "text".into(),
                found: "7".into(),
            },
        ]);
        let lists = [List::Users, List::Groups, List::Children, List::Members];
        let incident = |(place, kind): (usize, IncidentKind)| Incident {
            list: lists[place % 4],
            group: (place % 2 == 0).then(|| "Zoë".to_owned()),
            loses: place % 3 == 0,
            kind,
        };
        Note {
            source: Source::Vendor(Vendor {
                system: "cms".into(),
                base: "https://pssc.example".into(),
                name: "Live".into(),
            }),
            read_at: 1_790_000_000_000.5,
            users: 1_200,
            bytes: 70_000,
            lines: 12,
            incidents: kinds.enumerate().map(incident).collect(),
        }
    }

    fn read(bytes: &[u8]) -> Result<Option<(Note, usize)>, NoteError> {
        // As a browser does, which gives what there is.
        Note::read(&|range| {
            let end = range.end.min(bytes.len());
            Some(bytes.get(range.start..end).unwrap_or_default().to_vec())
        })
    }

    #[test]
    fn what_was_written_is_read_and_the_snapshot_follows() {
        for source in [
            Source::Sample { users: 9 },
            Source::File { name: "s.json".into() },
            note().source,
        ] {
            let note = Note { source, ..note() };
            let bytes = note.to_bytes();
            assert!(bytes.len().is_multiple_of(8));
            let file = [&bytes[..], b"ROLLCALL"].concat();
            assert_eq!(read(&file), Ok(Some((note, bytes.len()))));
        }
    }

    #[test]
    fn the_form_changes_with_the_version_alone() {
        // Another number here without another version means that what people have kept is read as something else.
        assert_eq!((VERSION, checksum(&note().to_bytes())), (1, 11_975_025_594_117_609_579));
    }

    #[test]
    fn every_flipped_bit_and_every_truncation_is_an_error() {
        let bytes = note().to_bytes();
        let mut flipped = bytes.clone();
        for bit in 0..8 * bytes.len() {
            flipped[bit / 8] ^= 1 << (bit % 8);
            let expected = if bit / 64 == 1 {
                NoteError::Version
            } else {
                NoteError::Damaged
            };
            assert_eq!(read(&flipped), Err(expected), "bit {bit}");
            flipped[bit / 8] ^= 1 << (bit % 8);
        }
        for length in 8..bytes.len() {
            assert!(read(&bytes[..length]).is_err(), "{length}");
        }
    }

    #[test]
    fn a_file_that_was_never_finished_is_none() {
        assert_eq!(read(&[]), Ok(None));
        let mut file = note().to_bytes();
        let start = file.len();
        file.extend(b"ROLLCALL");
        file[..start].fill(0);
        assert_eq!(read(&file), Ok(None));
        assert_eq!(Note::read(&|_| None), Err(NoteError::Unread));
    }
}
