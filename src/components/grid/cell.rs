//! What stands in the cells of a user's row.

use leptos::callback::Callable;
use protocol::{UserRow, UserStatus};

use super::Context;
use crate::components::avatar::avatar;
use crate::components::badge::{administrator_badge, manager_badge};
use crate::components::number::number;
use crate::components::piece::{Piece, piece, span, text as plain};
use crate::components::relation::why;
use crate::number::{day, days_ago};
use crate::words::{fill, say};

/// A cell with nothing in it.
pub fn cell(class: &'static str) -> Piece {
    span(class).with("role", "gridcell")
}

/// Identifiers run from left to right in any script.
pub fn text(class: &'static str, text: &str) -> Piece {
    cell(class).with("dir", "ltr").saying(text.to_owned())
}

/// What is written in the person's own script.
pub fn words(text: &str) -> Piece {
    cell("cell-text c-more soft")
        .with("dir", "auto")
        .saying(text.to_owned())
}

/// A day; nothing where it is not told.
pub fn date(moment: Option<f64>) -> Piece {
    cell("c-more soft").saying(moment.map(day).unwrap_or_default())
}

/// A count; nothing where it is not told.
pub fn amount(class: &'static str, count: Option<u32>) -> Piece {
    cell(class).saying(count.map(number).unwrap_or_default())
}

/// The box by which a row is picked.
pub fn check(row: &UserRow, is_picked: bool) -> Piece {
    let check = piece("input")
        .with("class", "check")
        .with("type", "checkbox")
        .with("tabindex", "-1")
        .with("aria-label", fill("Select {0}", &[&row.name]));
    cell("cell c-check").of(check.with("checked", if is_picked { "true" } else { "false" }))
}

/// Avatar and name, a link.
pub fn name(row: &UserRow, marks: &[String], context: Context) -> Piece {
    let link = piece("a")
        .with("class", "cell-link")
        .with("tabindex", "-1")
        .with("href", context.url.run(row.id.clone()));
    cell("cell c-name")
        .of(avatar(&row.name, "20", row.status != UserStatus::Active))
        .of(link.of_all(underlined(&row.name, marks)))
}

/// How long ago the last login was.
pub fn login(row: &UserRow, context: Context) -> Piece {
    let cell = cell("c-login").when("data-never", row.last_login.is_none());
    match row.last_login {
        Some(then) => cell.saying(days_ago(then, context.now)),
        None => cell.saying(say("never")),
    }
}

/// Manager or administrator.
pub fn role(row: &UserRow) -> Option<Piece> {
    if row.is_manager {
        Some(manager_badge())
    } else {
        row.is_administrator.then(|| administrator_badge(say("Admin")))
    }
}

/// Why the user is in the group that is asked about.
pub fn reason(row: &UserRow, context: Context) -> Option<Piece> {
    let reason = row.why.as_ref()?;
    Some(why(reason, context.explain.is_some()))
}

/// A name with the texts that were searched for underlined, whatever their case.
pub fn underlined(name: &str, marks: &[String]) -> Vec<Piece> {
    let draw = |(words, marked): (&str, bool)| {
        let words = words.to_owned();
        if marked {
            piece("mark").saying(words)
        } else {
            plain(words)
        }
    };
    pieces(name, marks).into_iter().map(draw).collect()
}

/// A text in pieces, each marked or not. Comparing letter by letter keeps the pieces true to the text, whose length
/// lower case may change.
fn pieces<'a>(text: &'a str, marks: &[String]) -> Vec<(&'a str, bool)> {
    let mut pieces = Vec::new();
    let mut plain = 0;
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let Some(length) = marks.iter().filter_map(|mark| starts(rest, mark)).max() else {
            at += rest.chars().next().map_or(1, char::len_utf8);
            continue;
        };
        pieces.extend(
            text.get(plain..at)
                .filter(|piece| !piece.is_empty())
                .map(|piece| (piece, false)),
        );
        pieces.extend(text.get(at..at + length).map(|piece| (piece, true)));
        at += length;
        plain = at;
    }
    pieces.extend(
        text.get(plain..)
            .filter(|piece| !piece.is_empty())
            .map(|piece| (piece, false)),
    );
    pieces
}

/// How many bytes of the text the mark takes at its beginning, without case; none if the text begins otherwise.
fn starts(text: &str, mark: &str) -> Option<usize> {
    let mut rest = text.chars();
    let fits = mark.chars().all(|letter| {
        rest.next()
            .is_some_and(|found| found == letter || found.to_uppercase().eq(letter.to_uppercase()))
    });
    (fits && !mark.is_empty()).then(|| text.len() - rest.as_str().len())
}

#[cfg(test)]
mod tests {
    use super::pieces;

    #[test]
    fn marks_without_case() {
        let marks = ["ann".to_owned()];
        assert_eq!(pieces("Hannah", &marks), [("H", false), ("ann", true), ("ah", false)]);
        assert_eq!(pieces("ANN Ann", &marks), [("ANN", true), (" ", false), ("Ann", true)]);
        assert_eq!(pieces("İann", &marks), [("İ", false), ("ann", true)]);
        assert_eq!(pieces("Bob", &[]), [("Bob", false)]);
        assert_eq!(pieces("Bob", &[String::new()]), [("Bob", false)]);
        assert!(pieces("", &marks).is_empty());
    }
}
