//! One column of text in one arena, folded once so that it can be searched without case.

mod arena;
mod ends;
mod lower;
mod name;
mod needle;
mod packed;
mod simd;
mod word;

use std::borrow::Cow;
use std::ops::Range;

use crate::set::Set;
use arena::Arena;
use ends::Ends;
pub(crate) use lower::{lower, push_lower};
pub use name::NameColumn;
use needle::Needle;
pub(crate) use word::{has_word, words};

/// Stands after each value; UTF-8 never holds it, so that no search can match across two values.
const SEPARATOR: u8 = 0xFF;

/// A text as it compares without case: the lower case of each code point alone, `ς` read as `σ`, not normalised.
///
/// Borrowed where folding changes nothing. Cost: O(length).
#[must_use]
pub fn fold(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
            return Cow::Owned(text.to_ascii_lowercase());
        }
        return Cow::Borrowed(text);
    }
    if text.chars().all(folds_to_itself) {
        return Cow::Borrowed(text);
    }
    let mut folded = String::with_capacity(text.len());
    for point in text.chars() {
        match point {
            'ς' => folded.push('σ'),
            _ => push_lower(point, &mut folded),
        }
    }
    Cow::Owned(folded)
}

/// Whether bytes are the same, eight at a time: what compares any number of them is slower on so few.
pub(crate) fn is_equal(one: &[u8], other: &[u8]) -> bool {
    let ((words, rest), (others, left)) = (one.as_chunks::<8>(), other.as_chunks::<8>());
    let differ = |(word, other): (&[u8; 8], &[u8; 8])| u64::from_le_bytes(*word) ^ u64::from_le_bytes(*other);
    let different = words.iter().zip(others).fold(0, |bits, pair| bits | differ(pair));
    one.len() == other.len() && different == 0 && rest.iter().eq(left)
}

/// Appends ASCII in lower case; tells whether that is all there is, else what was appended is of no use. Of each eight bytes
/// in which something was changed `note` is told where they are, and the top bits of those that were.
fn append_lower(arena: &mut Arena, text: &[u8], note: &mut dyn FnMut(usize, u64)) -> bool {
    const ONES: u64 = u64::MAX / 0xFF;
    const TOPS: u64 = ONES * 0x80;
    let (mut all, mut at) = (0, arena.len());
    arena.append(text, |word| {
        let low = word & !TOPS;
        // The top bit of each byte from `A` on, but for those beyond `Z`.
        let upper = ((low + ONES * (0x80 - b'A' as u64)) ^ (low + ONES * (0x7F - b'Z' as u64))) & TOPS;
        all |= word;
        if upper != 0 {
            note(at, upper);
        }
        at += 8;
        word | upper >> 2
    });
    all & TOPS == 0
}

fn folds_to_itself(point: char) -> bool {
    point != 'ς' && lower(point) == point
}

/// The arena has no room for another value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Full;

impl std::fmt::Display for Full {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("a column of text is larger than 4 GiB")
    }
}

impl std::error::Error for Full {}

/// One column of text: for each row a text, which may be empty, or nothing.
#[derive(Clone, Debug)]
pub struct TextColumn {
    /// A separator, then each value that is there, folded, and a separator.
    folded: Arena,
    rows: u32,
    /// For each row the end of its bytes with the separator; a row without a value has none.
    // INVARIANT: as many as rows; none as long as no row has a value, since there are columns that nobody fills.
    ends: Ends,
    /// The values as they were read, from the first one on that folding changes.
    original: Option<Box<Original>>,
}

/// The same arena as read. Its ends are those of the folded one until folding changes a length, which it rarely does.
#[derive(Clone, Debug)]
struct Original {
    bytes: Arena,
    ends: Option<Ends>,
}

impl Default for TextColumn {
    fn default() -> Self {
        Self {
            folded: vec![SEPARATOR].into(),
            rows: 0,
            ends: Ends::default(),
            original: None,
        }
    }
}

impl TextColumn {
    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> u32 {
        self.rows
    }

    /// Whether there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// Adds a row.
    ///
    /// # Errors
    /// If the arena would grow beyond what its offsets can say, 4 GiB; the column is then as it was.
    ///
    /// Cost: O(length), amortised.
    pub fn push(&mut self, value: Option<&str>) -> Result<(), Full> {
        if let Some(text) = value {
            self.make_room(text)?;
            self.append(text);
        }
        self.end_row()
    }

    fn append(&mut self, text: &str) {
        let before = self.folded.len();
        let mut changes = false;
        if !append_lower(&mut self.folded, text.as_bytes(), &mut |_, _| changes = true) {
            let folded = fold(text);
            changes = matches!(folded, Cow::Owned(_));
            self.folded.truncate(before);
            self.folded.add(folded.as_bytes());
        }
        let length = self.folded.len() - before;
        if changes && self.original.is_none() {
            let mut bytes = self.folded.clone();
            bytes.truncate(before);
            self.original = Some(Box::new(Original { bytes, ends: None }));
        }
        if let Some(original) = &mut self.original {
            if length != text.len() && original.ends.is_none() {
                original.ends = Some(self.ends.clone());
            }
            original.bytes.add(text.as_bytes());
            original.bytes.push(SEPARATOR);
        }
        self.folded.push(SEPARATOR);
    }

    /// Sees to it that a text can be added.
    fn make_room(&mut self, text: &str) -> Result<(), Full> {
        let longest = self.original.as_ref().map_or(0, |original| original.bytes.len());
        // Folding makes a text at most three times as long.
        let most = longest.max(self.folded.len()) as u64 + 3 * text.len() as u64 + 1;
        if most > u64::from(u32::MAX) || self.rows == u32::MAX {
            return Err(Full);
        }
        if self.folded.len() == 1 {
            self.ends.pad(self.rows as usize);
        }
        Ok(())
    }

    /// Ends a row, whose bytes were added.
    fn end_row(&mut self) -> Result<(), Full> {
        self.rows = self.rows.checked_add(1).ok_or(Full)?;
        if self.folded.len() > 1 {
            self.ends.push(self.folded.len() as u32);
        }
        if let Some(original) = &mut self.original
            && let Some(ends) = &mut original.ends
        {
            ends.push(original.bytes.len() as u32);
        }
        Ok(())
    }

    /// The text of a row as it was read.
    ///
    /// Cost: O(length).
    #[must_use]
    pub fn get(&self, row: u32) -> Option<&str> {
        as_text(self.bytes(row)?)
    }

    /// Where in the arena the folded text of a row begins, and that text. Cost: O(length).
    fn placed(&self, row: u32) -> Option<(usize, &str)> {
        let own = span(&self.ends, row)?;
        Some((own.start, as_text(self.folded.get(own)?)?))
    }

    /// The text of a row as it compares without case.
    ///
    /// Cost: O(length).
    #[must_use]
    pub fn folded(&self, row: u32) -> Option<&str> {
        as_text(self.folded_bytes(row)?)
    }

    /// The bytes of a row as it was read. Cost: O(1).
    #[inline]
    pub(crate) fn bytes(&self, row: u32) -> Option<&[u8]> {
        match &self.original {
            None => value(&self.folded, &self.ends, row),
            Some(original) => {
                let ends = original.ends.as_ref().unwrap_or(&self.ends);
                value(&original.bytes, ends, row)
            }
        }
    }

    /// The bytes of a row as it compares without case, in which bytes order as code points do. Cost: O(1).
    #[inline]
    pub(crate) fn folded_bytes(&self, row: u32) -> Option<&[u8]> {
        value(&self.folded, &self.ends, row)
    }

    /// The same bytes with all that lie behind them, and how many are the row's own. Cost: O(1).
    #[inline]
    pub(crate) fn folded_and_on(&self, row: u32) -> Option<(&[u8], usize)> {
        let own = span(&self.ends, row)?;
        Some((self.folded.from(own.start)?, own.len()))
    }

    /// The same texts, to be compared with case; none where case makes no difference. Cost: O(bytes).
    pub(crate) fn exact(&self) -> Option<Self> {
        let original = self.original.as_ref()?;
        Some(Self {
            folded: original.bytes.clone(),
            rows: self.rows,
            ends: original.ends.as_ref().unwrap_or(&self.ends).clone(),
            original: None,
        })
    }

    /// For each row its texts in two columns, folded, those that are not empty, joined by one space; none where there
    /// are none. Together they are below 4 GiB. Cost: O(bytes).
    pub(crate) fn joined(columns: [&Self; 2]) -> Self {
        let mut this = Self {
            rows: columns.map(Self::len).into_iter().max().unwrap_or_default(),
            ..Self::default()
        };
        for row in 0..this.rows {
            let [first, last] = columns.map(|column| column.folded_bytes(row).unwrap_or_default());
            if !first.is_empty() || !last.is_empty() {
                this.folded.add(first);
                if !first.is_empty() && !last.is_empty() {
                    this.folded.push(b' ');
                }
                this.folded.add(last);
                this.folded.push(SEPARATOR);
            }
            this.ends.push(this.folded.len() as u32);
        }
        this
    }

    /// The rows that have a text, be it empty.
    ///
    /// Cost: O(rows).
    #[must_use]
    pub fn present(&self) -> Set {
        let mut set = Set::new(self.len());
        for (row, own) in (0..).zip(self.ends.iter()) {
            if !own.is_empty() {
                set.insert(row);
            }
        }
        set
    }

    /// Adds to `hits` the rows out of `within` whose folded text contains `needle`, which must be folded.
    ///
    /// Cost: O(bytes of the column / 16), and less where `within` has few rows: [`Needle::rows`].
    pub fn contains(&self, needle: &str, within: &Set, hits: &mut Set) {
        // Nothing else is in every text.
        let pattern = if needle.is_empty() {
            &[SEPARATOR]
        } else {
            needle.as_bytes()
        };
        self.hits_of(pattern, 0, within, hits);
    }

    /// As [`Self::contains`], the rows whose folded text starts with `prefix`, which must be folded.
    pub fn starts_with(&self, prefix: &str, within: &Set, hits: &mut Set) {
        if prefix.is_empty() {
            self.contains(prefix, within, hits);
        } else {
            self.hits_of(&[&[SEPARATOR], prefix.as_bytes()].concat(), 1, within, hits);
        }
    }

    /// As [`Self::contains`], the rows whose folded text ends with `suffix`, which must be folded.
    pub fn ends_with(&self, suffix: &str, within: &Set, hits: &mut Set) {
        self.hits_of(&[suffix.as_bytes(), &[SEPARATOR]].concat(), 0, within, hits);
    }

    /// As [`Self::contains`], the rows whose folded text is `text`, which must be folded.
    pub fn equals(&self, text: &str, within: &Set, hits: &mut Set) {
        let pattern = [&[SEPARATOR], text.as_bytes(), &[SEPARATOR]].concat();
        self.hits_of(&pattern, 1, within, hits);
    }

    /// The rows that have a text whose folded form is to the liking of `wanted`.
    ///
    /// Cost: O(bytes of the column).
    pub fn select(&self, wanted: impl Fn(&str) -> bool) -> Set {
        let mut set = Set::new(self.len());
        for row in 0..self.len() {
            if self.folded(row).is_some_and(&wanted) {
                set.insert(row);
            }
        }
        set
    }

    /// How many bytes of memory the column takes.
    #[must_use]
    pub fn memory(&self) -> usize {
        let original = self.original.as_ref().map_or(0, |original| {
            original.bytes.memory() + original.ends.as_ref().map_or(0, Ends::memory)
        });
        self.folded.memory() + self.ends.memory() + original
    }

    /// Gives back what was reserved for more rows.
    pub(crate) fn shrink(&mut self) {
        self.folded.shrink();
        self.ends.shrink();
        if let Some(original) = &mut self.original {
            original.bytes.shrink();
            if let Some(ends) = &mut original.ends {
                ends.shrink();
            }
        }
    }

    /// `opens`: how many separators `pattern` begins with, which lie before the row that it matches.
    fn hits_of(&self, pattern: &[u8], opens: usize, within: &Set, hits: &mut Set) {
        Needle::new(pattern, opens).rows(self.folded.bytes(), &self.ends, within.words(), hits.words_mut());
    }

    /// The row that the byte at `at` belongs to, known not to lie before `row`: near rows are tried first, in growing steps.
    fn row_of(&self, at: usize, row: usize) -> usize {
        let is_before = |row: usize| self.ends.end(row).is_some_and(|end| end <= at);
        // Where hits are dense, the next row is the one.
        if !is_before(row) {
            return row;
        }
        let (mut low, mut step) = (row + 1, 1);
        while is_before(low + step) {
            low += step;
            step *= 2;
        }
        let mut high = (low + step).min(self.ends.len());
        while low < high {
            let middle = low.midpoint(high);
            if is_before(middle) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }
}

fn value<'a>(arena: &'a Arena, ends: &Ends, row: u32) -> Option<&'a [u8]> {
    arena.get(span(ends, row)?)
}

/// Where the bytes of a row lie.
#[inline]
fn span(ends: &Ends, row: u32) -> Option<Range<usize>> {
    let own = ends.row(row as usize)?;
    // A row without a value has not even a separator: there the end is the start.
    let end = own.end.checked_sub(1)?;
    (own.start <= end).then_some(own.start..end)
}

fn as_text(bytes: &[u8]) -> Option<&str> {
    std::str::from_utf8(bytes).ok()
}
