//! Rows for spreadsheets: quotes where they are needed, and no cell that a spreadsheet would run.

use std::borrow::Cow;

use csv_core::{Terminator, Writer, WriterBuilder};
use protocol::Delimiter;

use super::{Cell, Place};

/// By this a spreadsheet knows UTF-8; programs have JSON.
const MARK: &[u8] = "\u{feff}".as_bytes();
/// Between several texts in one cell. Some spreadsheets take a semicolon for the end of a cell.
const BETWEEN: &str = " | ";

/// Between the names of a path, which goes down.
const DOWN: &str = " › ";

/// The bytes of a piece; the first one begins with the names of the columns, and with a byte order mark if that is wanted.
///
/// Cost: O(bytes).
#[must_use]
pub fn csv(
    delimiter: Delimiter,
    mark: bool,
    columns: &[Cow<'_, str>],
    rows: &[Vec<Cell<'_>>],
    place: Place,
) -> Vec<u8> {
    let delimiter = match delimiter {
        Delimiter::Comma => b',',
        Delimiter::Semicolon => b';',
        Delimiter::Tab => b'\t',
    };
    let mut csv = Csv {
        writer: WriterBuilder::new()
            .delimiter(delimiter)
            .terminator(Terminator::CRLF)
            .build(),
        out: Vec::new(),
        begun: false,
    };
    if place.is_first {
        csv.out.extend_from_slice(if mark { MARK } else { &[] });
        columns.iter().for_each(|column| csv.cell(&harmless(column)));
        csv.end();
    }
    for row in rows {
        row.iter().for_each(|cell| csv.cell(&plain(cell)));
        csv.end();
    }
    csv.out
}

/// A value as a spreadsheet shows it.
fn plain<'c>(cell: &'c Cell<'_>) -> Cow<'c, str> {
    match cell {
        Cell::Text(text) => harmless(text),
        Cell::Number(number) => number.map(|number| number.to_string()).unwrap_or_default().into(),
        Cell::Decimal(number) => number.to_string().into(),
        Cell::Flag(flag) => flag.map_or("", |flag| if flag { "true" } else { "false" }).into(),
        Cell::Texts(texts) => joined(texts, BETWEEN).into(),
        Cell::Path(names) => joined(names, DOWN).into(),
    }
}

fn joined(texts: &[Cow<'_, str>], between: &str) -> String {
    let texts: Vec<_> = texts.iter().map(|text| harmless(text)).collect();
    texts.join(between)
}

/// Quoting is the library's; here is only room for what it writes.
struct Csv {
    writer: Writer,
    out: Vec<u8>,
    /// Whether the row has a cell.
    begun: bool,
}

impl Csv {
    fn cell(&mut self, text: &str) {
        if self.begun {
            self.write(2, |writer, out| writer.delimiter(out).1);
        }
        self.begun = true;
        // Each byte may be a quote, which is doubled; one more stands before them.
        self.write(2 * text.len() + 1, |writer, out| writer.field(text.as_bytes(), out).2);
    }

    fn end(&mut self) {
        self.write(4, |writer, out| writer.terminator(out).1);
        self.begun = false;
    }

    fn write(&mut self, most: usize, write: impl FnOnce(&mut Writer, &mut [u8]) -> usize) {
        let start = self.out.len();
        self.out.resize(start + most, 0);
        let written = write(&mut self.writer, &mut self.out[start..]);
        self.out.truncate(start + written);
    }
}

/// The text with an apostrophe before whatever a spreadsheet would take for a formula, which makes it a text.
///
/// That is a text, or what in it follows a character that a spreadsheet set to another delimiter takes for the end of a
/// cell, which begins with one of `=`, `+`, `-`, `@`, plain or wide, be it after spaces.
fn harmless(text: &str) -> Cow<'_, str> {
    // Most texts have nothing of the kind, and are written as they lie.
    if !text.contains(is_sign) && !text.starts_with(is_end) {
        return text.into();
    }
    let mut safe = String::with_capacity(text.len() + 1);
    let mut begins = true;
    for letter in text.chars() {
        if begins && is_sign(letter) {
            safe.push('\'');
        }
        begins = letter == ';' || is_end(letter) || begins && letter.is_whitespace();
        safe.push(letter);
    }
    // A text that begins with a tab or a line's end is taken for a formula by some as well.
    if text.starts_with(is_end) {
        safe.insert(0, '\'');
    }
    safe.into()
}

/// Whether a formula may begin so.
fn is_sign(letter: char) -> bool {
    matches!(letter, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠')
}

/// Whether some spreadsheet takes it for the end of a cell or a row, whatever it is set to.
fn is_end(letter: char) -> bool {
    matches!(letter, '\t' | '\r' | '\n')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const LATER: Place = Place {
        is_first: false,
        is_last: true,
    };

    fn written_with(delimiter: Delimiter, rows: &[Vec<Cell<'_>>]) -> String {
        let columns = ["a", "b"].map(Cow::from);
        String::from_utf8(csv(delimiter, true, &columns, rows, LATER)).expect("UTF-8")
    }

    fn written(rows: &[Vec<Cell<'_>>]) -> String {
        written_with(Delimiter::Comma, rows)
    }

    #[test]
    fn cells_are_quoted_where_it_is_needed() {
        let rows = [vec![Cell::from("plain"), Cell::from("a \"b\", c\nd")]];
        assert_eq!(written(&rows), "plain,\"a \"\"b\"\", c\nd\"\r\n");
        assert_eq!(written(&[vec![Cell::Number(Some(7)), Cell::Number(None)]]), "7,\r\n");
        let rows = [vec![Cell::Flag(Some(true)), Cell::Flag(None)]];
        assert_eq!(written(&rows), "true,\r\n");
        let rows = [vec![Cell::Decimal(-0.5), Cell::Path(vec!["HQ".into(), "Ops".into()])]];
        assert_eq!(written(&rows), "-0.5,HQ › Ops\r\n");
    }

    #[test]
    fn delimiter_and_mark_are_chosen() {
        let first = Place {
            is_first: true,
            is_last: true,
        };
        let columns = ["kind", "a,b;c\td"].map(Cow::from);
        for (delimiter, mark, head) in [
            (Delimiter::Comma, true, "\u{feff}kind,\"a,b;c\td\"\r\n"),
            (Delimiter::Semicolon, false, "kind;\"a,b;c\td\"\r\n"),
            (Delimiter::Tab, false, "kind\t\"a,b;c\td\"\r\n"),
        ] {
            assert_eq!(csv(delimiter, mark, &columns, &[], first), head.as_bytes());
        }
        let rows = [vec![Cell::from("a;b"), Cell::from("c,d")]];
        assert_eq!(written_with(Delimiter::Semicolon, &rows), "\"a;b\";c,d\r\n");
    }

    #[test]
    fn nothing_is_run() {
        for (text, safe) in [
            ("=1+1", "'=1+1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            (" -2", " '-2"),
            ("\t=1", "'\t'=1"),
            ("a;=1+1;b", "a;'=1+1;b"),
            ("＝1", "'＝1"),
            ("a-b=c", "a-b=c"),
            ("", ""),
        ] {
            assert_eq!(harmless(text), safe);
        }
        let rows = [vec![Cell::Texts(vec!["=1".into(), "R&D; +2".into()])]];
        assert_eq!(written(&rows), "'=1 | R&D; '+2\r\n");
    }

    /// Reads rows back, cell by cell: an independent reading of RFC 4180, section 2.
    fn read(text: &str, delimiter: char) -> Vec<Vec<String>> {
        let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
        let mut letters = text.chars().peekable();
        let mut is_quoted = false;
        while let Some(letter) = letters.next() {
            match letter {
                '"' if is_quoted && letters.peek() == Some(&'"') => cell.extend(letters.next()),
                '"' => is_quoted = !is_quoted,
                letter if letter == delimiter && !is_quoted => row.push(std::mem::take(&mut cell)),
                '\r' if !is_quoted && letters.peek() == Some(&'\n') => {
                    letters.next();
                    row.push(std::mem::take(&mut cell));
                    rows.push(std::mem::take(&mut row));
                }
                letter => cell.push(letter),
            }
        }
        assert!(row.is_empty() && cell.is_empty() && !is_quoted, "a row has no end");
        rows
    }

    proptest! {
        #[test]
        fn what_was_written_is_read_back_and_begins_no_formula(
            texts in proptest::collection::vec(("[-=+@;, \"\t\r\na'＝]{0,8}", ".*"), 1..5),
            (delimiter, between) in prop_oneof![
                Just((Delimiter::Comma, ',')),
                Just((Delimiter::Semicolon, ';')),
                Just((Delimiter::Tab, '\t')),
            ],
        ) {
            let rows: Vec<_> = texts
                .iter()
                .map(|(one, other)| vec![Cell::from(&**one), Cell::from(&**other)])
                .collect();
            let read = read(&written_with(delimiter, &rows), between);
            prop_assert_eq!(read.len(), texts.len());
            for (row, (one, other)) in read.iter().zip(&texts) {
                prop_assert_eq!(row, &[harmless(one).into_owned(), harmless(other).into_owned()]);
                for part in row.iter().flat_map(|cell| cell.split([';', '\t', '\r', '\n'])) {
                    prop_assert!(!part.trim_start().starts_with(['=', '+', '-', '@', '＝']), "{part:?}");
                }
                // Nothing is lost: without its apostrophes each text is what it was.
                prop_assert_eq!(row[0].replace('\'', ""), one.replace('\'', ""));
            }
        }
    }
}
