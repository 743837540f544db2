//! The lines of a file around a fault, with a caret under the place.

use leptos::prelude::*;
use protocol::{ExcerptLine, FileError};

use crate::number::grouped;
use crate::words::{self, fill};

/// The lines; the caret stands under the column.
pub fn excerpt(error: &FileError) -> impl IntoView + use<> {
    let lines = error.excerpt.iter().map(|line| {
        let is_bad = line.number == error.line;
        let caret = is_bad.then(|| caret(error, line)).flatten();
        let shown = view! {
            <li data-bad=is_bad.then_some("")>
                <span>{grouped(line.number)}</span>
                <span>{painted(&line.text)}</span>
            </li>
        };
        view! {
            {shown}
            {caret}
        }
    });
    let label = fill("{0}, the lines around the fault", &[&error.name]);
    // What scrolls has to be within reach of the keyboard.
    view! {
        <ol class="excerpt" aria-label=label tabindex="0">
            {lines.collect_view()}
        </ol>
    }
}

/// The caret, and what it misses; hidden from readers, who have the sentence. None where the line was cut before it.
fn caret(error: &FileError, line: &ExcerptLine) -> Option<impl IntoView + use<>> {
    let indent = usize::try_from(error.column).ok()?.saturating_sub(1);
    if indent > line.text.chars().count() {
        return None;
    }
    // A tab before the place is as wide as it is above.
    let blank = line
        .text
        .chars()
        .take(indent)
        .map(|letter| if letter == '\t' { '\t' } else { ' ' });
    let blank: String = blank.chain(['^', ' ']).collect();
    let says = fill("{0} was expected here", &[&words::of_engine(&error.expected)]);
    Some(view! {
        <li data-caret="" aria-hidden="true">
            <span></span>
            <span>{blank}<small>{says}</small></span>
        </li>
    })
}

/// A line of JSON with its keys and texts in their colours.
fn painted(line: &str) -> Vec<AnyView> {
    pieces(line)
        .into_iter()
        .map(|(piece, class)| view! { <span class=class>{piece.to_owned()}</span> }.into_any())
        .collect()
}

/// Cuts a line at its texts; what is put together again is the line.
fn pieces(line: &str) -> Vec<(&str, &'static str)> {
    let mut pieces = Vec::new();
    let mut rest = line;
    while let Some(start) = rest.find('"') {
        let (before, text) = rest.split_at(start);
        let length = end_of_text(text);
        let (text, after) = text.split_at(length);
        let is_key = after.trim_start().starts_with(':');
        pieces.extend([(before, ""), (text, if is_key { "x-key" } else { "x-str" })]);
        rest = after;
    }
    pieces.push((rest, ""));
    pieces.retain(|(piece, _)| !piece.is_empty());
    pieces
}

/// How long a text is that begins with a quote, in bytes.
fn end_of_text(text: &str) -> usize {
    let mut is_escaped = false;
    for (place, letter) in text.char_indices().skip(1) {
        match letter {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '"' => return place + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::pieces;

    #[test]
    fn keys_and_texts() {
        let line = r#"  {"id": "u\"1", "n": 2, "open"#;
        let found = pieces(line);
        assert_eq!(found.iter().map(|(piece, _)| *piece).collect::<String>(), line);
        let classes: Vec<_> = found.iter().filter(|(_, class)| !class.is_empty()).collect();
        assert_eq!(
            classes,
            [
                &(r#""id""#, "x-key"),
                &(r#""u\"1""#, "x-str"),
                &(r#""n""#, "x-key"),
                &(r#""open"#, "x-str")
            ]
        );
    }
}
