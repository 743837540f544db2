//! What stands in the cells of a user's row.

use leptos::prelude::*;
use protocol::{UserRow, UserStatus};

use super::Context;
use crate::components::avatar::avatar;
use crate::components::badge::{administrator_badge, manager_badge};
use crate::components::relation::why;
use crate::number::{day, days_ago};
use crate::words::say;

/// A cell with something in it.
pub fn cell(class: &'static str, content: AnyView) -> impl IntoView {
    view! { <span class=class role="gridcell">{content}</span> }
}

/// Identifiers run from left to right in any script.
pub fn text(class: &'static str, text: &str) -> impl IntoView + use<> {
    view! { <span class=class role="gridcell" dir="ltr">{text.to_owned()}</span> }
}

/// What is written in the person's own script.
pub fn words(text: &str) -> impl IntoView + use<> {
    view! { <span class="cell-text c-more soft" role="gridcell" dir="auto">{text.to_owned()}</span> }
}

/// A day; nothing where it is not told.
pub fn date(moment: Option<f64>) -> impl IntoView {
    view! { <span class="c-more soft" role="gridcell">{moment.map(day)}</span> }
}

/// Avatar and name, a link.
pub fn name(row: &UserRow, marks: &[String], context: Context) -> impl IntoView + use<> {
    view! {
        <span class="cell c-name" role="gridcell">
            {avatar(&row.name, "20", row.status != UserStatus::Active)}
            <a class="cell-link" tabindex="-1" href=context.url.run(row.id.clone())>
                {underlined(&row.name, marks)}
            </a>
        </span>
    }
}

/// How long ago the last login was.
pub fn login(row: &UserRow, context: Context) -> impl IntoView + use<> {
    let then = row.last_login;
    let words = then.map_or_else(|| say("never").to_owned(), |then| days_ago(then, context.now));
    view! { <span class="c-login" role="gridcell" data-never=then.is_none().then_some("")>{words}</span> }
}

/// Manager or administrator.
pub fn role(row: &UserRow) -> AnyView {
    if row.is_manager {
        manager_badge().into_any()
    } else if row.is_administrator {
        administrator_badge(say("Admin")).into_any()
    } else {
        ().into_any()
    }
}

/// Why the user is in the group that is asked about.
pub fn reason(row: &UserRow, context: Context) -> AnyView {
    let Some(reason) = &row.why else {
        return ().into_any();
    };
    let id = row.id.clone();
    let explain = context
        .explain
        .map(|explain| Callback::new(move |()| explain.run(id.clone())));
    why(reason, explain).into_any()
}

/// A name with the texts that were searched for underlined, whatever their case.
pub fn underlined(name: &str, marks: &[String]) -> impl IntoView + use<> {
    pieces(name, marks)
        .into_iter()
        .map(|(piece, marked)| {
            let piece = piece.to_owned();
            if marked {
                view! { <mark>{piece}</mark> }.into_any()
            } else {
                piece.into_any()
            }
        })
        .collect_view()
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
