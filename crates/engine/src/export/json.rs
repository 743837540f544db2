//! Rows for programs: an array with an object a line. What is not told has no key.

use std::fmt::Write;

use super::Cell;

/// The bytes of a piece; the first one opens the array, and the last one closes it.
pub fn piece(columns: &[&str], rows: &[Vec<Cell>], is_first: bool, is_last: bool) -> Vec<u8> {
    let mut out = String::new();
    if is_first {
        out.push('[');
    }
    for (place, row) in rows.iter().enumerate() {
        out.push_str(if is_first && place == 0 { "\n" } else { ",\n" });
        object(columns, row, &mut out);
    }
    if is_last {
        out.push_str("\n]\n");
    }
    out.into_bytes()
}

fn object(columns: &[&str], row: &[Cell], out: &mut String) {
    out.push('{');
    let mut separator = "";
    for (column, cell) in columns.iter().zip(row) {
        if matches!(cell, Cell::Number(None)) || matches!(cell, Cell::Text(text) if text.is_empty()) {
            continue;
        }
        out.push_str(std::mem::replace(&mut separator, ","));
        text(column, out);
        out.push(':');
        match cell {
            Cell::Text(value) => text(value, out),
            Cell::Number(number) => out.push_str(&number.unwrap_or_default().to_string()),
            Cell::Texts(texts) => {
                out.push('[');
                for (place, value) in texts.iter().enumerate() {
                    out.push_str(if place == 0 { "" } else { "," });
                    text(value, out);
                }
                out.push(']');
            }
        }
    }
    out.push('}');
}

fn text(value: &str, out: &mut String) {
    out.push('"');
    for letter in value.chars() {
        match letter {
            '"' | '\\' => out.extend(['\\', letter]),
            '\n' => out.push_str("\\n"),
            letter if letter < ' ' => {
                let _ = write!(out, "\\u{:04x}", u32::from(letter));
            }
            letter => out.push(letter),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_make_one_array() {
        let columns = ["kind", "line", "users"];
        let row = |kind: &str, line| vec![Cell::from(kind), Cell::Number(line), Cell::Texts(vec!["=1".to_owned()])];
        let first = piece(&columns, &[row("a \"b\"\\\n\u{1}", Some(7))], true, false);
        let last = piece(&columns, &[row("", None)], false, true);
        let whole = String::from_utf8([first, last].concat()).expect("UTF-8");
        assert_eq!(
            whole,
            "[\n{\"kind\":\"a \\\"b\\\"\\\\\\n\\u0001\",\"line\":7,\"users\":[\"=1\"]},\n{\"users\":[\"=1\"]}\n]\n"
        );
        assert_eq!(piece(&columns, &[], true, true), b"[\n]\n");
    }
}
