//! Rows for programs: an object that says where they come from, and has them as `rows`, an object a line. What is not
//! told has no key.

use std::borrow::Cow;
use std::fmt::Write;

use super::{Cell, Origin, Place};

/// The bytes of a piece; the first one opens the object with its origin, and the last one closes it.
///
/// Cost: O(bytes).
#[must_use]
pub fn json(origin: &Origin<'_>, columns: &[Cow<'_, str>], rows: &[Vec<Cell<'_>>], place: Place) -> Vec<u8> {
    let mut out = String::new();
    if place.is_first {
        out.push('{');
        for (name, value) in origin {
            text(name, &mut out);
            out.push(':');
            text(value, &mut out);
            out.push_str(",\n");
        }
        out.push_str("\"rows\":[");
    }
    for (number, row) in rows.iter().enumerate() {
        out.push_str(if place.is_first && number == 0 { "\n" } else { ",\n" });
        object(columns, row, &mut out);
    }
    if place.is_last {
        out.push_str("\n]}\n");
    }
    out.into_bytes()
}

fn object(columns: &[Cow<'_, str>], row: &[Cell<'_>], out: &mut String) {
    out.push('{');
    let mut separator = "";
    for (column, cell) in columns.iter().zip(row) {
        if is_untold(cell) {
            continue;
        }
        out.push_str(std::mem::replace(&mut separator, ","));
        text(column, out);
        out.push(':');
        match cell {
            Cell::Text(value) => text(value, out),
            Cell::Number(number) => out.push_str(&number.unwrap_or_default().to_string()),
            Cell::Decimal(number) => out.push_str(&number.to_string()),
            Cell::Flag(flag) => out.push_str(if *flag == Some(true) { "true" } else { "false" }),
            Cell::Texts(texts) | Cell::Path(texts) => {
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

fn is_untold(cell: &Cell<'_>) -> bool {
    match cell {
        Cell::Text(text) => text.is_empty(),
        Cell::Path(names) => names.is_empty(),
        Cell::Number(None) | Cell::Flag(None) => true,
        // JSON has no number that is none, or without end.
        Cell::Decimal(number) => !number.is_finite(),
        Cell::Number(_) | Cell::Flag(_) | Cell::Texts(_) => false,
    }
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
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;

    const FIRST: Place = Place {
        is_first: true,
        is_last: false,
    };
    const LAST: Place = Place {
        is_first: false,
        is_last: true,
    };

    #[test]
    fn pieces_make_one_object() {
        let columns = ["kind", "line", "users", "via", "flag", "size"].map(Cow::from);
        let row = |kind: &'static str, line, via: Vec<Cow<'static, str>>, flag| {
            let texts = Cell::Texts(vec!["=1".into()]);
            let size = Cell::Decimal(0.5);
            vec![
                kind.into(),
                Cell::Number(line),
                texts,
                Cell::Path(via),
                Cell::Flag(flag),
                size,
            ]
        };
        let origin = [("source", "a \"b\""), ("address", "/users")];
        let rows = [row("a \"b\"\\\n\u{1}", Some(7), vec!["HQ".into()], Some(false))];
        let first = json(&origin, &columns, &rows, FIRST);
        let last = json(&origin, &columns, &[row("", None, Vec::new(), None)], LAST);
        let whole: Value = serde_json::from_slice(&[first, last].concat()).expect("JSON");
        let told =
            json!({"kind": "a \"b\"\\\n\u{1}", "line": 7, "users": ["=1"], "via": ["HQ"], "flag": false, "size": 0.5});
        assert_eq!(
            whole,
            json!({"source": "a \"b\"", "address": "/users", "rows": [told, {"users": ["=1"], "size": 0.5}]})
        );
        let both = Place {
            is_first: true,
            is_last: true,
        };
        let empty: Value = serde_json::from_slice(&json(&[], &columns, &[], both)).expect("JSON");
        assert_eq!(empty, json!({"rows": []}));
    }

    proptest! {
        #[test]
        fn any_text_is_read_back(texts in proptest::collection::vec(".*", 1..4)) {
            let columns = ["text".into()];
            let rows: Vec<Vec<Cell<'_>>> = texts.iter().map(|text| vec![Cell::Texts(vec![text.into()])]).collect();
            let both = Place { is_first: true, is_last: true };
            let whole: Value = serde_json::from_slice(&json(&[], &columns, &rows, both)).expect("JSON");
            let read: Vec<&str> = whole["rows"].as_array().expect("rows").iter().filter_map(|row| row["text"][0].as_str()).collect();
            prop_assert_eq!(read, texts);
        }
    }
}
