//! The directory file: read in pieces of any size straight into a [`Builder`], and written.
//!
//! The reader keeps no more of the file than the element it is in. What cannot be used is noted and the rest loads;
//! what is not JSON, or no directory, is a [`JsonError`] that says where, what was expected and what was found.

mod cursor;
mod element;
mod text;
mod write;
mod writer;

use std::fmt;

use cursor::{Cursor, Fault, Read, Value};
pub use element::excerpt;
use element::{Shape, Sink};
pub use writer::Json;
pub(crate) use writer::quoted;

use crate::directory::{Builder, Counts, Directory, TooLarge};

/// The longest element of a list that is read, in bytes: a group may name more than a million members inline.
pub const MAX_ELEMENT: usize = 64 << 20;

/// How deep values nest within an element, or within an unknown key.
pub const MAX_DEPTH: usize = 128;

/// The longest id, in bytes.
pub const MAX_ID: usize = 1_024;

/// What may stand before a text in UTF-8, and is no part of it.
const MARK: &[u8] = "\u{feff}".as_bytes();

/// What this reader understands.
const FORMAT: &str = "rollcall/1";

/// Why a text was refused: it is not JSON, or JSON but no directory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JsonError {
    /// Whether the text is JSON as far as it was read, but not a directory.
    pub is_json: bool,
    /// Line of the culprit, from 1.
    pub line: u32,
    /// Column of the culprit, in characters from 1.
    pub column: u32,
    /// The byte of the file where the culprit starts, from 0.
    pub offset: u64,
    /// The same place as JavaScript counts: in UTF-16 units from the start of the file, from 0…
    pub utf16_position: u64,
    /// …and from the start of the line, from 1.
    pub utf16_column: u32,
    /// What was expected, as words.
    pub expected: String,
    /// What was found, as words.
    pub found: String,
}

impl fmt::Display for JsonError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            line,
            column,
            expected,
            found,
            ..
        } = self;
        write!(out, "line {line}, column {column}: expected {expected}, found {found}")
    }
}

impl std::error::Error for JsonError {}

/// Reads a whole directory file.
///
/// # Errors
///
/// See [`JsonError`].
pub fn read(bytes: &[u8]) -> Result<Directory, JsonError> {
    let mut reader = DirectoryReader::new();
    reader.push(bytes)?;
    reader.finish(&mut |_, _| {})
}

/// Reads a directory file in pieces, cut anywhere, even within a character.
///
/// Cost: O(bytes), whatever the pieces; memory: the facts, and the longest element.
#[derive(Default)]
pub struct DirectoryReader {
    outline: Outline,
    /// What was pushed and not yet read.
    bytes: Vec<u8>,
    /// How much there must be before it is worth another try; doubling keeps trying linear.
    enough: usize,
    /// Bytes, and characters since the last line break, that were read and dropped…
    offset: u64,
    column: usize,
    /// …and both in UTF-16 units.
    utf16_position: u64,
    utf16_column: usize,
    error: Option<JsonError>,
}

impl DirectoryReader {
    /// A reader at the start of a file.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads the next piece.
    ///
    /// # Errors
    ///
    /// The first one found; from then on, always the same.
    pub fn push(&mut self, bytes: &[u8]) -> Result<(), JsonError> {
        if self.error.is_none() {
            self.bytes.extend_from_slice(bytes);
            if self.bytes.len() >= self.enough {
                self.advance(false);
            }
        }
        self.error.clone().map_or(Ok(()), Err)
    }

    /// What was read so far.
    #[must_use]
    pub fn counts(&self) -> Counts {
        self.outline.builder.counts()
    }

    /// How many lines were read so far.
    #[must_use]
    pub fn lines(&self) -> u32 {
        self.outline.line
    }

    /// Ends the file and derives the directory, telling how many of how many steps are done.
    ///
    /// # Errors
    ///
    /// See [`JsonError`].
    pub fn finish(mut self, progress: &mut dyn FnMut(u32, u32)) -> Result<Directory, JsonError> {
        if self.error.is_none() {
            self.advance(true);
        }
        if let Some(error) = self.error {
            return Err(error);
        }
        let (line, offset, utf16_position) = (self.outline.line, self.offset, self.utf16_position);
        let too_large = |error: TooLarge| JsonError {
            is_json: true,
            line,
            column: 1,
            offset,
            utf16_position,
            utf16_column: 1,
            expected: "a directory that fits into memory".into(),
            found: error.to_string(),
        };
        self.outline.builder.finish(progress).map_err(too_large)
    }

    /// Reads as far as there is text, and drops what was read.
    fn advance(&mut self, is_last: bool) {
        let mut bytes = std::mem::take(&mut self.bytes);
        let mark = if self.offset == 0 && bytes.starts_with(MARK) {
            MARK.len()
        } else {
            0
        };
        self.offset += mark as u64;
        self.utf16_position += u64::from(mark > 0);
        let unmarked = bytes.get(mark..).unwrap_or_default();
        // The rest of a character may be in the next piece.
        let (text, is_text) = match std::str::from_utf8(unmarked) {
            Ok(text) => (text, true),
            Err(error) => {
                let text = unmarked.get(..error.valid_up_to()).unwrap_or_default();
                (
                    std::str::from_utf8(text).unwrap_or_default(),
                    error.error_len().is_none(),
                )
            }
        };
        let (end, fault) = self.outline.read(text, is_last && is_text);
        let (read, rest) = text.split_at_checked(end).unwrap_or((text, ""));
        self.pass(read);
        if let Some(mut fault) = fault {
            fault.at -= end;
            self.fail(&fault, rest);
        } else if unmarked.len() - end > MAX_ELEMENT {
            let mut fault = Fault::new(0, "a value of at most 64 MiB", "a longer one");
            fault.is_json = true;
            self.fail(&fault, rest);
        } else if !is_text {
            self.fail(&Fault::new(rest.len(), "text in UTF-8", "bytes that are none"), rest);
        } else if is_last && text.len() < unmarked.len() {
            self.fail(&Fault::new(rest.len(), "text in UTF-8", "half a character"), rest);
        }
        bytes.drain(..mark + end);
        self.enough = (bytes.len() * 2).min(MAX_ELEMENT + 1);
        self.bytes = bytes;
    }

    /// Notes where the text ends that was read.
    fn pass(&mut self, read: &str) {
        let length = utf16_length(read);
        match read.rsplit_once('\n') {
            Some((_, line)) => (self.column, self.utf16_column) = (line.chars().count(), utf16_length(line)),
            None => {
                self.column += read.chars().count();
                self.utf16_column += length;
            }
        }
        self.offset += read.len() as u64;
        self.utf16_position += length as u64;
    }

    /// Keeps the first error, which is one in the text that comes next.
    fn fail(&mut self, fault: &Fault, text: &str) {
        let before = text.get(..fault.at).unwrap_or(text);
        let (column, utf16_column) = match before.rsplit_once('\n') {
            Some((_, line)) => (line.chars().count(), utf16_length(line)),
            None => (
                self.column + before.chars().count(),
                self.utf16_column + utf16_length(before),
            ),
        };
        self.error.get_or_insert(JsonError {
            is_json: fault.is_json,
            line: self.outline.line + line_breaks(before),
            column: u32::try_from(column + 1).unwrap_or(u32::MAX),
            offset: self.offset + fault.at as u64,
            utf16_position: self.utf16_position + utf16_length(before) as u64,
            utf16_column: u32::try_from(utf16_column + 1).unwrap_or(u32::MAX),
            expected: fault.expected.to_string(),
            found: fault.found.to_string(),
        });
    }
}

/// How many UTF-16 units the text has: one for each byte that begins a character, one more for each that begins one of four
/// bytes.
///
/// Cost: O(length), eight bytes at a time.
fn utf16_length(text: &str) -> usize {
    const TOPS: u64 = u64::MAX / 0xFF * 0x80;
    let (words, rest) = text.as_bytes().as_chunks::<8>();
    let mut length = text.len();
    for word in words {
        let word = u64::from_le_bytes(*word);
        // Most texts are ASCII for the most part.
        if word & TOPS != 0 {
            let goes_on = word & !(word << 1) & TOPS;
            let begins_four = word & word << 1 & word << 2 & word << 3 & TOPS;
            length = length + begins_four.count_ones() as usize - goes_on.count_ones() as usize;
        }
    }
    let goes_on = rest.iter().filter(|byte| **byte & 0xC0 == 0x80).count();
    let begins_four = rest.iter().filter(|byte| **byte >= 0xF0).count();
    length + begins_four - goes_on
}

/// How many lines end within the text.
#[inline]
fn line_breaks(text: &str) -> u32 {
    // Between two ids of a list there are a few bytes, which need no search.
    let is_short = text.len() < 32;
    let count = match is_short {
        true => text.bytes().filter(|byte| *byte == b'\n').count(),
        false => memchr::memchr_iter(b'\n', text.as_bytes()).count(),
    };
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// The four lists of a directory file.
#[derive(Clone, Copy, PartialEq, Eq)]
enum List {
    Users,
    Groups,
    Memberships,
    Nestings,
}

impl List {
    fn named(key: &str) -> Option<Self> {
        match key {
            "users" => Some(Self::Users),
            "groups" => Some(Self::Groups),
            "memberships" => Some(Self::Memberships),
            "nestings" => Some(Self::Nestings),
            _ => None,
        }
    }
}

/// What comes next in the outline of the file, which is all but the elements of its lists.
#[derive(Clone, Copy, Default)]
enum Next {
    #[default]
    Start,
    FirstKey,
    Key,
    AfterValue,
    FirstElement(List),
    Element(List),
    AfterElement(List),
    End,
}

/// Reads the outline of the file, one token or element at a time.
#[derive(Default)]
struct Outline {
    builder: Builder,
    /// How the last element was written.
    shape: Shape,
    next: Next,
    /// The keys with a meaning that stood already.
    seen: Vec<String>,
    /// The line that is being read, from 0 until the first one.
    line: u32,
}

impl Outline {
    /// Reads whatever is whole, and says how far that was. Where the text ends in the middle of something and more
    /// may come, that is no fault.
    fn read(&mut self, text: &str, is_last: bool) -> (usize, Option<Box<Fault>>) {
        self.line = self.line.max(1);
        self.shape.forget();
        let mut end = 0;
        loop {
            let mut cursor = Cursor::new(text, end);
            let step = self.step(&mut cursor);
            let fault = match step {
                Ok(is_more) => {
                    let start = std::mem::replace(&mut end, cursor.at());
                    self.line += line_breaks(cursor.since(start));
                    if is_more {
                        continue;
                    }
                    None
                }
                // A word that was found may go on in the next piece, as may everything that ends with the text.
                Err(fault) => {
                    let rest = text.get(fault.at..).unwrap_or_default();
                    Some(fault).filter(|_| is_last || rest.bytes().any(|byte| !byte.is_ascii_alphanumeric()))
                }
            };
            return (end, fault);
        }
    }

    /// Reads one token or element; false at the end of the text, where nothing is left to read.
    fn step(&mut self, cursor: &mut Cursor<'_>) -> Read<bool> {
        let before = cursor.at();
        self.next = match self.next {
            Next::Start if cursor.takes(b'{') => Next::FirstKey,
            Next::Start => return Err(cursor.misshapen("an opening brace")),
            Next::FirstKey if cursor.takes(b'}') => Next::End,
            Next::FirstKey => self.key(cursor, "a key in double quotes or a closing brace")?,
            Next::Key => self.key(cursor, "a key in double quotes")?,
            Next::AfterValue if cursor.takes(b',') => Next::Key,
            Next::AfterValue if cursor.takes(b'}') => Next::End,
            Next::AfterValue => return Err(cursor.fault("a comma or a closing brace")),
            Next::FirstElement(_) if cursor.takes(b']') => Next::AfterValue,
            Next::FirstElement(list) | Next::Element(list) => {
                self.element(list, cursor, before)?;
                Next::AfterElement(list)
            }
            Next::AfterElement(list) if cursor.takes(b',') => Next::Element(list),
            Next::AfterElement(_) if cursor.takes(b']') => {
                self.builder.settle();
                Next::AfterValue
            }
            Next::AfterElement(_) => return Err(cursor.fault("a comma or a closing bracket")),
            Next::End if cursor.peek().is_none() => return Ok(false),
            Next::End => return Err(cursor.fault("the end of the file")),
        };
        Ok(true)
    }

    /// Reads a key of the file, and its value unless that is a list of facts.
    fn key(&mut self, cursor: &mut Cursor<'_>, expected: &'static str) -> Read<Next> {
        cursor.peek();
        let start = cursor.at();
        let key = cursor.key(expected)?.decode();
        let list = List::named(&key);
        let has_meaning = list.is_some() || key == "format";
        if has_meaning && self.seen.iter().any(|seen| *seen == key) {
            return Err(Box::new(Fault {
                is_json: true,
                ..Fault::new(start, "each list once", format!("`{key}` again"))
            }));
        }
        let next = match list {
            Some(list) if cursor.takes(b'[') => {
                self.shape.forget();
                Next::FirstElement(list)
            }
            Some(_) if cursor.peek() != Some(b'n') => return Err(cursor.misshapen("a list")),
            _ => {
                let value = cursor.value()?;
                // A number or a word at the end of a piece may go on in the next.
                if cursor.peek().is_none() {
                    return Err(cursor.fault("a comma or a closing brace"));
                }
                if key == "format" {
                    format(value, start)?;
                }
                Next::AfterValue
            }
        };
        if has_meaning {
            self.seen.push(key.into_owned());
        }
        Ok(next)
    }

    /// Reads an element of a list into the builder; `before` is the place whose line is known.
    fn element(&mut self, list: List, cursor: &mut Cursor<'_>, before: usize) -> Read<()> {
        if cursor.peek() != Some(b'{') {
            return Err(cursor.misshapen("an object"));
        }
        let start = cursor.at();
        let line = self.line + line_breaks(cursor.since(before));
        let mut sink = Sink::new(&mut self.builder, &mut self.shape, cursor.text(), start, line);
        let added = match list {
            List::Users => sink.user(cursor)?,
            List::Groups => sink.group(cursor)?,
            List::Memberships => sink.membership(cursor)?,
            List::Nestings => sink.nesting(cursor)?,
        };
        added.map_err(|error| {
            Box::new(Fault {
                is_json: true,
                ..Fault::new(start, "a directory that fits into memory", error.to_string())
            })
        })
    }
}

/// Refuses another format than the one that is read here.
fn format(value: Value<'_>, at: usize) -> Read<()> {
    match value {
        Value::Null => Ok(()),
        Value::Text(text) if text.decode() == FORMAT => Ok(()),
        _ => Err(Box::new(Fault {
            is_json: true,
            ..Fault::new(at, "the format `rollcall/1`", excerpt(&value.to_string()))
        })),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::utf16_length;

    proptest! {
        #[test]
        fn units_are_counted_as_the_standard_library_does(text in "[aä€𝄞]{0,40}|\\PC{0,40}") {
            prop_assert_eq!(utf16_length(&text), text.encode_utf16().count());
        }
    }
}
