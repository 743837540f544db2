//! Rows for spreadsheets: a comma between cells, quotes where they are needed, and no cell that a spreadsheet would run.

use csv_core::{Terminator, Writer, WriterBuilder};

use super::Cell;

/// By this a spreadsheet knows UTF-8; programs have JSON.
const MARK: &[u8] = "\u{feff}".as_bytes();
/// Between several texts in one cell. Some spreadsheets take a semicolon for the end of a cell.
const BETWEEN: &str = " | ";

/// The bytes of a piece; the first one begins with the names of the columns.
pub fn piece(columns: &[&str], rows: &[Vec<Cell>], is_first: bool) -> Vec<u8> {
    let mut csv = Csv {
        writer: WriterBuilder::new().terminator(Terminator::CRLF).build(),
        out: Vec::new(),
        begun: false,
    };
    if is_first {
        csv.out.extend_from_slice(MARK);
        columns.iter().for_each(|column| csv.cell(column));
        csv.end();
    }
    for row in rows {
        for cell in row {
            match cell {
                Cell::Text(text) => csv.cell(&harmless(text)),
                Cell::Number(number) => csv.cell(&number.map(|number| number.to_string()).unwrap_or_default()),
                Cell::Texts(texts) => {
                    let texts: Vec<String> = texts.iter().map(|text| harmless(text)).collect();
                    csv.cell(&texts.join(BETWEEN));
                }
            }
        }
        csv.end();
    }
    csv.out
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
fn harmless(text: &str) -> String {
    let mut safe = String::with_capacity(text.len() + 1);
    let mut begins = true;
    for letter in text.chars() {
        if begins && matches!(letter, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠') {
            safe.push('\'');
        }
        begins = matches!(letter, ';' | '\t' | '\r' | '\n') || begins && letter.is_whitespace();
        safe.push(letter);
    }
    // A text that begins with a tab or a line's end is taken for a formula by some as well.
    if text.starts_with(['\t', '\r', '\n']) {
        safe.insert(0, '\'');
    }
    safe
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn written(rows: &[Vec<Cell>]) -> String {
        String::from_utf8(piece(&["a", "b"], rows, false)).expect("UTF-8")
    }

    #[test]
    fn cells_are_quoted_where_it_is_needed() {
        let rows = [vec![Cell::from("plain"), Cell::from("a \"b\", c\nd")]];
        assert_eq!(written(&rows), "plain,\"a \"\"b\"\", c\nd\"\r\n");
        assert_eq!(written(&[vec![Cell::Number(Some(7)), Cell::Number(None)]]), "7,\r\n");
        let first = piece(&["kind", "a,b"], &[], true);
        assert_eq!(first, "\u{feff}kind,\"a,b\"\r\n".as_bytes());
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
        let rows = [vec![Cell::Texts(vec!["=1".to_owned(), "R&D; +2".to_owned()])]];
        assert_eq!(written(&rows), "'=1 | R&D; '+2\r\n");
    }

    /// Reads rows back, cell by cell: an independent reading of RFC 4180, section 2.
    fn read(text: &str) -> Vec<Vec<String>> {
        let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
        let mut letters = text.chars().peekable();
        let mut is_quoted = false;
        while let Some(letter) = letters.next() {
            match letter {
                '"' if is_quoted && letters.peek() == Some(&'"') => cell.extend(letters.next()),
                '"' => is_quoted = !is_quoted,
                ',' if !is_quoted => row.push(std::mem::take(&mut cell)),
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
        ) {
            let rows: Vec<_> = texts
                .iter()
                .map(|(one, other)| vec![Cell::from(&**one), Cell::from(&**other)])
                .collect();
            let read = read(&written(&rows));
            prop_assert_eq!(read.len(), texts.len());
            for (row, (one, other)) in read.iter().zip(&texts) {
                prop_assert_eq!(row, &[harmless(one), harmless(other)]);
                for part in row.iter().flat_map(|cell| cell.split([';', '\t', '\r', '\n'])) {
                    prop_assert!(!part.trim_start().starts_with(['=', '+', '-', '@', '＝']), "{part:?}");
                }
                // Nothing is lost: without its apostrophes each text is what it was.
                prop_assert_eq!(row[0].replace('\'', ""), one.replace('\'', ""));
            }
        }
    }
}
