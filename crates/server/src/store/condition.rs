//! Conditions that the vendors' own filters come to: exact texts and places, where ZenQL's texts compare without case.

use membership::entity::Entity;
use membership::query::Field;
use membership::text::fold;

use super::identify::id_key;
use super::order::keys;
use super::search;
use super::sql::Sql;
use super::zenql::{Names, relation};

/// What is true of a user or of a group.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    /// All of them; of none, everything.
    All(Vec<Self>),
    /// At least one of them; of none, nothing.
    Any(Vec<Self>),
    /// A text is one of these, letter for letter.
    Is(Exact, Vec<String>),
    /// One of the fields, all texts, contains this one without case.
    Contains(Vec<Field>, String),
    /// A user is suspended, or not, where nobody has told either.
    Suspended(bool),
    /// It stands to the user or the group of this place as the field says; see [`relation`].
    Stands(Field, i64),
}

/// A text that is compared letter for letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exact {
    /// The id.
    Id,
    /// The username of a user.
    Username,
    /// First and last name of a user, those that are not empty, with one space between.
    FullName,
}

/// The full name; it is kept without case alone, and few ask for it letter for letter.
const FULL_NAME: &str = "(CASE WHEN u.first_name IS NULL OR u.first_name = '' THEN u.last_name \
                         WHEN u.last_name IS NULL OR u.last_name = '' THEN u.first_name \
                         ELSE u.first_name || ' ' || u.last_name END)";

impl Condition {
    /// Whatever there is.
    #[must_use]
    pub fn always() -> Self {
        Self::All(Vec::new())
    }

    /// Nothing at all.
    #[must_use]
    pub fn never() -> Self {
        Self::Any(Vec::new())
    }

    /// At least one of them. Lists of values of one text become one list, which a database looks up at once.
    /// Cost: O(values).
    #[must_use]
    pub fn any(terms: Vec<Self>) -> Self {
        let mut lists: Vec<(Exact, Vec<String>)> = Vec::new();
        let mut others = Vec::new();
        for term in terms {
            match term {
                Self::Is(text, values) => match lists.iter_mut().find(|(other, _)| *other == text) {
                    Some((_, list)) => list.extend(values),
                    None => lists.push((text, values)),
                },
                other => others.push(other),
            }
        }
        others.extend(lists.into_iter().map(|(text, values)| Self::Is(text, values)));
        match others.len() {
            1 => others.remove(0),
            _ => Self::Any(others),
        }
    }

    /// Adds the condition, about the alias `u` or `g`.
    pub(super) fn write(&self, subject: Entity, sql: &mut Sql) {
        let alias = if subject == Entity::User { "u" } else { "g" };
        match self {
            Self::All(terms) => _ = sql.chain(terms, "AND", &mut |sql, term| term.write(subject, sql)),
            Self::Any(terms) => _ = sql.chain(terms, "OR", &mut |sql, term| term.write(subject, sql)),
            Self::Is(text, values) => text.write(alias, values, sql),
            Self::Contains(fields, text) => {
                let names = Names::default();
                let columns = fields.iter().flat_map(|field| keys(subject, alias, field, &names));
                let columns: Vec<String> = columns.collect();
                let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
                search::in_columns(text, &columns, sql);
            }
            Self::Suspended(true) => _ = sql.push("(u.suspended IS NOT NULL AND u.suspended = 1)"),
            Self::Suspended(false) => _ = sql.push("(u.suspended IS NULL OR u.suspended = 0)"),
            Self::Stands(field, place) => {
                let place = sql.parameter(*place);
                sql.push(&relation(field, &place));
            }
        }
    }
}

impl Exact {
    /// The text in the form that has an index narrows the rows down, and then each letter counts.
    fn write(self, alias: &str, values: &[String], sql: &mut Sql) {
        let (index, text, key): (_, _, fn(&str) -> String) = match self {
            Self::Id => (format!("{alias}.id_key"), format!("{alias}.id"), id_key),
            Self::Username => ("u.username_fold".to_owned(), "u.username".to_owned(), folded),
            Self::FullName => ("u.full_name_fold".to_owned(), FULL_NAME.to_owned(), folded),
        };
        sql.push(&format!("({index} IS NOT NULL AND {index} IN ("));
        sql.list(values.iter().map(|value| key(value)));
        sql.push(&format!(") AND {text} IN ("));
        sql.list(values.iter().cloned()).push("))");
    }
}

fn folded(text: &str) -> String {
    fold(text).into_owned()
}
