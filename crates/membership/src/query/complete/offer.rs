//! Fields, operators, keywords and values that can be offered, ranked by what is typed.

use super::{Suggestion, SuggestionKind};
use crate::directory::Directory;
use crate::entity::Entity;
use crate::query::field::{Field, Kind};
use crate::query::lex::lex;
use crate::sort;
use crate::text::fold;

/// How many fields are offered beside the keywords that join.
const FIELDS_TO_ADD: usize = 5;

/// How well a name fits what is typed: 0 where it starts so, 1 where a word of it does, 2 where it contains it.
pub(super) fn rank(name: &str, typed: &str) -> Option<u8> {
    let (folded, typed) = (fold(name), fold(typed));
    let at = folded.find(&*typed)?;
    if at == 0 {
        return Some(0);
    }
    let starts_word = |at: usize| {
        let (before, after) = (name.get(..at), name.get(at..));
        let capital = after.is_some_and(|after| after.starts_with(char::is_uppercase));
        capital || before.is_some_and(|before| before.ends_with(|c: char| !c.is_alphanumeric()))
    };
    let any_word = folded.match_indices(&*typed).any(|(at, _)| starts_word(at));
    Some(if any_word { 1 } else { 2 })
}

/// Those that fit what is typed, the best first, else in the order given. A single letter must start a word.
fn ranked(typed: &str, offers: impl Iterator<Item = Suggestion>) -> Vec<Suggestion> {
    let worst = if typed.chars().nth(1).is_some() { 2 } else { 1 };
    let ranked = offers.filter_map(|offer| Some((rank(&offer.insert, typed)?, offer)));
    let mut fitting: Vec<(u8, Suggestion)> = ranked.filter(|(rank, _)| *rank <= worst).collect();
    sort::by_key(&mut fitting, |(rank, _)| u64::from(*rank));
    fitting.into_iter().map(|(_, offer)| offer).collect()
}

fn starting_with<'a>(
    typed: &str,
    kind: SuggestionKind,
    offers: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Vec<Suggestion> {
    let fitting = offers.into_iter().filter(|(text, _)| rank(text, typed) == Some(0));
    fitting
        .map(|(text, about)| Suggestion::new(kind, text, about))
        .collect()
}

fn fields(directory: &Directory) -> impl Iterator<Item = Suggestion> + '_ {
    let known = Entity::User.entries().iter();
    let known = known.map(|entry| Suggestion::new(SuggestionKind::Field, entry.name, entry.about));
    let custom = directory.users().custom.all().iter();
    let custom = custom.filter(|column| !column.name().is_empty() && !column.name().contains('"'));
    known.chain(custom.map(|column| {
        let name = Field::Custom(column.name().to_owned()).to_string();
        Suggestion::new(SuggestionKind::Field, name, "of the vendor's own")
    }))
}

const ORDER: (&str, &str) = ("ORDER BY", "sorts what matches");

/// What a condition can start with; at the start of a query also what orders everyone.
pub(super) fn conditions(directory: &Directory, typed: &str, is_start: bool) -> Vec<Suggestion> {
    let any = Suggestion::new(SuggestionKind::Field, Field::Any.to_string(), "any of the names");
    let not = Suggestion::new(SuggestionKind::Keyword, "NOT", "takes users away");
    let order = Suggestion::new(SuggestionKind::Keyword, ORDER.0, ORDER.1);
    let more = [any, not].into_iter().chain(is_start.then_some(order));
    ranked(typed, fields(directory).chain(more))
}

/// What joins two conditions, or ends them.
pub(super) fn connectives(typed: &str, in_parentheses: bool) -> Vec<Suggestion> {
    let end = if in_parentheses {
        (")", "closes the parenthesis")
    } else {
        ORDER
    };
    let joints = [
        ("AND", "both must hold"),
        ("AND NOT", "takes users away"),
        ("OR", "one is enough"),
        end,
    ];
    starting_with(typed, SuggestionKind::Operator, joints)
}

/// Fields to go on with, joined by `AND`; those that the query does not speak of.
pub(super) fn more_fields(directory: &Directory, text: &str, typed: &str) -> Vec<Suggestion> {
    let tokens = lex(text);
    let is_new = |offer: &Suggestion| !tokens.iter().any(|token| token.is(&offer.insert));
    let mut offers = ranked(typed, fields(directory).filter(is_new));
    // Names are searched in by typing them; what joins is worth telling first.
    if typed.is_empty() {
        offers.retain(|offer| !matches!(offer.insert.as_str(), "firstName" | "lastName" | "memberOf"));
    }
    offers.truncate(FIELDS_TO_ADD);
    for offer in &mut offers {
        offer.insert.insert_str(0, "AND ");
    }
    offers
}

/// Operators that fit a field.
pub(super) fn operators(field: &Field, typed: &str) -> Vec<Suggestion> {
    let kind = Entity::User.kind(field);
    let about = |operator: &'static str| (operator, about_operator(operator, kind));
    starting_with(
        typed,
        SuggestionKind::Operator,
        kind.operators().iter().map(|operator| about(operator)),
    )
}

fn about_operator(operator: &str, kind: Kind) -> &'static str {
    match operator {
        "=" => "is",
        "!=" => "is not",
        "~" => "contains",
        "!~" => "does not contain",
        "<" if kind == Kind::Date => "before",
        "<=" if kind == Kind::Date => "at or before",
        ">" if kind == Kind::Date => "after",
        ">=" if kind == Kind::Date => "at or after",
        "<" => "less than",
        "<=" => "at most",
        ">" => "more than",
        ">=" => "at least",
        "STARTSWITH" => "starts with",
        "ENDSWITH" => "ends with",
        "FREETEXT" => "has all these words",
        "NOT FREETEXT" => "has not all these words",
        "IN" => "is one of",
        "NOT IN" => "is none of",
        "BETWEEN" => "from one to another",
        "IS EMPTY" => "missing or empty",
        "EXISTS" => "is there",
        _ => "the opposite",
    }
}

/// Values of a field, where there are few or some are typical.
pub(super) fn values(directory: &Directory, field: &Field, typed: &str) -> Vec<Suggestion> {
    let users = directory.users();
    match (field, Entity::User.kind(field)) {
        (Field::Status, _) => {
            let words = [
                ("active", "neither of the others"),
                ("suspended", "may not sign in"),
                ("locked", "locked out"),
            ];
            starting_with(typed, SuggestionKind::Value, words)
        }
        (Field::Language, _) => frequent(&users.language, typed),
        (Field::Timezone, _) => frequent(&users.timezone, typed),
        (_, Kind::Boolean) => booleans(typed),
        (Field::Custom(name), _) => match users.custom.named(name) {
            Some(column) if column.booleans().is_empty() => frequent(column.texts(), typed),
            Some(_) => booleans(typed),
            None => Vec::new(),
        },
        (Field::Expiry, _) => dates(typed, &FUTURE),
        (_, Kind::Date) => dates(typed, &PAST),
        _ => Vec::new(),
    }
}

/// What a missing field is compared with.
pub(super) fn null(typed: &str) -> Vec<Suggestion> {
    starting_with(typed, SuggestionKind::Keyword, [("NULL", "missing")])
}

fn booleans(typed: &str) -> Vec<Suggestion> {
    starting_with(typed, SuggestionKind::Value, [("true", ""), ("false", "")])
}

/// Typical periods, then functions; those that end something once they are asked for.
fn dates(typed: &str, periods: &[(&'static str, &'static str)]) -> Vec<Suggestion> {
    let ends = ENDS.iter().filter(|_| !typed.is_empty());
    let dates = periods.iter().chain(&STARTS).chain(ends).copied();
    starting_with(typed, SuggestionKind::Value, dates)
}

const PAST: [(&str, &str); 4] = [
    ("-7d", "a week ago"),
    ("-30d", "30 days ago"),
    ("-90d", "90 days ago"),
    ("-1y", "a year ago"),
];
const FUTURE: [(&str, &str); 3] = [("7d", "in a week"), ("30d", "in 30 days"), ("1y", "in a year")];
const STARTS: [(&str, &str); 5] = [
    ("startOfDay()", "the last midnight"),
    ("startOfWeek()", "the last Monday"),
    ("startOfMonth()", "the first of this month"),
    ("startOfYear()", "the first of January"),
    ("now()", "this moment"),
];
const ENDS: [(&str, &str); 4] = [
    ("endOfDay()", "the last millisecond of today"),
    ("endOfWeek()", "the last one of Sunday"),
    ("endOfMonth()", "the last one of this month"),
    ("endOfYear()", "the last one of December"),
];

/// The most frequent values of a column that start with what is typed, counted in a sample.
fn frequent(column: &crate::text::TextColumn, typed: &str) -> Vec<Suggestion> {
    const SAMPLE: u32 = 2048;
    const DIFFERENT: usize = 64;
    const OFFERED: usize = 8;
    let step = (column.len() / SAMPLE).max(1) as usize;
    let mut counts: Vec<(&str, u32)> = Vec::new();
    for value in (0..column.len()).step_by(step).filter_map(|row| column.get(row)) {
        if let Some((_, count)) = counts.iter_mut().find(|(known, _)| *known == value) {
            *count += 1;
        } else if counts.len() < DIFFERENT {
            counts.push((value, 1));
        }
    }
    counts.retain(|(value, _)| rank(value, typed) == Some(0) && crate::query::is_quotable(value));
    sort::by_key(&mut counts, |(_, count)| u64::from(u32::MAX - count));
    let offers = counts.into_iter().take(OFFERED);
    offers
        .map(|(value, _)| Suggestion::new(SuggestionKind::Value, crate::query::quote(value), ""))
        .collect()
}

/// Fields that records can be ordered by.
pub(super) fn order_fields(directory: &Directory, typed: &str) -> Vec<Suggestion> {
    let can_order = |offer: &Suggestion| {
        Entity::User
            .field(&offer.insert)
            .is_none_or(|field| Entity::User.can_order(&field))
    };
    ranked(typed, fields(directory).filter(can_order))
}

/// Which way to order, unless that is told, and what comes next.
pub(super) fn directions(typed: &str, is_given: bool) -> Vec<Suggestion> {
    let ways = [("DESC", "the largest first"), ("ASC", "the smallest first")];
    let ways = ways.into_iter().filter(|_| !is_given);
    starting_with(
        typed,
        SuggestionKind::Keyword,
        ways.chain([(",", "then another field")]),
    )
}

/// How a list goes on.
pub(super) fn list(typed: &str) -> Vec<Suggestion> {
    let marks = [(",", "then another value"), (")", "closes the list")];
    starting_with(typed, SuggestionKind::Keyword, marks)
}

/// What must stand there whatever was meant.
pub(super) fn mark(mark: &str, typed: &str) -> Vec<Suggestion> {
    let marks: &[(&str, &str)] = match mark {
        "EMPTY" => &[("EMPTY", "missing or empty"), ("NOT EMPTY", "there, and not empty")],
        "BY" => &[("BY", "")],
        "(" => &[("(", "opens the list")],
        "," => &[(",", "then the other end")],
        _ => &[(")", "")],
    };
    starting_with(typed, SuggestionKind::Keyword, marks.iter().copied())
}
