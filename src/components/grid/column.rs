//! The columns of users, and what stands in each.

use leptos::prelude::*;
use protocol::{UserRow, UserStatus};

use crate::components::avatar::avatar;
use crate::components::badge::{administrator_badge, manager_badge, status};
use crate::components::number::number;
use crate::components::relation::why;
use crate::number::days_ago;

/// A column of users.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Column {
    /// Avatar and name, a link to the user.
    Name,
    /// The username.
    Username,
    /// The email.
    Email,
    /// Active, suspended or locked.
    Status,
    /// How long ago the last login was.
    LastLogin,
    /// Manager or administrator.
    Role,
    /// How many groups name the user.
    Direct,
    /// How many groups the user is in.
    Groups,
    /// Why the user is in the group that is asked about; the head of the column.
    Why(String),
}

/// What cells need to know beside the row.
#[derive(Clone, Copy)]
pub struct Context {
    /// Makes a user's address from the id.
    pub url: Callback<String, String>,
    /// Tells all paths of the user with this id; none where nothing can.
    pub explain: Option<Callback<String>>,
    /// The present, in milliseconds since 1970.
    pub now: Signal<f64>,
}

impl Column {
    /// The class by which the layout knows it.
    #[must_use]
    pub const fn class(&self) -> &'static str {
        match self {
            Self::Name => "c-name",
            Self::Username => "c-user",
            Self::Email => "c-email",
            Self::Status => "c-status",
            Self::LastLogin => "c-login",
            Self::Role => "c-role",
            Self::Direct => "c-direct num",
            Self::Groups => "c-all num",
            Self::Why(_) => "c-rel",
        }
    }

    /// The head.
    #[must_use]
    pub fn label(&self) -> String {
        match self {
            Self::Name => "Name",
            Self::Username => "Username",
            Self::Email => "Email",
            Self::Status => "Status",
            Self::LastLogin => "Last login",
            Self::Role => "Role",
            Self::Direct => "Direct",
            Self::Groups => "Groups",
            Self::Why(label) => label,
        }
        .to_owned()
    }

    /// The fields that it is sorted by, separated by commas; empty where it cannot be.
    #[must_use]
    pub const fn order(&self) -> &'static str {
        match self {
            Self::Name => "lastName,firstName",
            Self::Username => "username",
            Self::Email => "email",
            Self::LastLogin => "lastLogin",
            Self::Status => "status",
            Self::Role | Self::Direct | Self::Groups | Self::Why(_) => "",
        }
    }

    /// The cell of a user; `marks` are texts to underline in the name.
    #[must_use]
    pub fn cell(&self, row: &UserRow, marks: &[String], context: Context) -> AnyView {
        let class = self.class();
        match self {
            Self::Name => name(row, marks, context).into_any(),
            Self::Username => text("cell-text c-user mono soft", &row.username).into_any(),
            Self::Email => text("cell-text c-email muted", &row.email).into_any(),
            Self::Status => cell("cell c-status", status(row.status).into_any()).into_any(),
            Self::LastLogin => login(row, context).into_any(),
            Self::Role => cell("cell c-role", role(row)).into_any(),
            Self::Direct => cell(class, number(row.direct_groups).into_any()).into_any(),
            Self::Groups => cell(class, number(row.groups).into_any()).into_any(),
            Self::Why(_) => cell("cell c-rel", reason(row, context)).into_any(),
        }
    }
}

fn cell(class: &'static str, content: AnyView) -> impl IntoView {
    view! { <span class=class role="gridcell">{content}</span> }
}

/// Identifiers run from left to right in any script.
fn text(class: &'static str, text: &str) -> impl IntoView + use<> {
    view! { <span class=class role="gridcell" dir="ltr">{text.to_owned()}</span> }
}

fn name(row: &UserRow, marks: &[String], context: Context) -> impl IntoView + use<> {
    view! {
        <span class="cell c-name" role="gridcell">
            {avatar(&row.name, "20", row.status != UserStatus::Active)}
            <a class="cell-link" tabindex="-1" href=context.url.run(row.id.clone())>
                {underlined(&row.name, marks)}
            </a>
        </span>
    }
}

fn login(row: &UserRow, context: Context) -> impl IntoView + use<> {
    let then = row.last_login;
    let words = move || then.map_or_else(|| "never".to_owned(), |then| days_ago(then, context.now.get()));
    view! { <span class="c-login" role="gridcell" data-never=then.is_none().then_some("")>{words}</span> }
}

fn role(row: &UserRow) -> AnyView {
    if row.is_manager {
        manager_badge().into_any()
    } else if row.is_administrator {
        administrator_badge("Admin").into_any()
    } else {
        ().into_any()
    }
}

fn reason(row: &UserRow, context: Context) -> AnyView {
    let Some(reason) = &row.why else {
        return ().into_any();
    };
    let id = row.id.clone();
    let explain = context.explain.map(|explain| Callback::new(move |()| explain.run(id.clone())));
    why(reason, explain).into_any()
}

/// A name with the texts that were searched for underlined, whatever their case.
fn underlined(name: &str, marks: &[String]) -> impl IntoView + use<> {
    pieces(name, marks)
        .into_iter()
        .map(|(piece, marked)| {
            let piece = piece.to_owned();
            if marked { view! { <mark>{piece}</mark> }.into_any() } else { piece.into_any() }
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
        pieces.extend(text.get(plain..at).filter(|piece| !piece.is_empty()).map(|piece| (piece, false)));
        pieces.extend(text.get(at..at + length).map(|piece| (piece, true)));
        at += length;
        plain = at;
    }
    pieces.extend(text.get(plain..).filter(|piece| !piece.is_empty()).map(|piece| (piece, false)));
    pieces
}

/// How many bytes of the text the mark takes at its beginning, without case; none if the text begins otherwise.
fn starts(text: &str, mark: &str) -> Option<usize> {
    let mut rest = text.chars();
    let fits = mark.chars().all(|letter| {
        rest.next().is_some_and(|found| found == letter || found.to_lowercase().eq(letter.to_lowercase()))
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
