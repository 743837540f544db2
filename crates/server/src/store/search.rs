//! Texts that contain a text, without case.

use membership::text::fold;

use super::sql::{ALWAYS, Dialect, Sql, pattern};

/// What stands between the texts of a user in `user_search`.
const BETWEEN: char = '|';
/// The shortest text that trigrams find.
const SHORTEST: usize = 3;

/// What a search for users looks in.
const NAMES: [&str; 4] = [
    "u.first_name_fold",
    "u.last_name_fold",
    "u.username_fold",
    "u.email_fold",
];

/// The condition that any of the columns contains a text; an empty one is asked of nothing.
pub fn in_columns(text: &str, columns: &[&str], sql: &mut Sql) {
    if text.is_empty() {
        sql.push(ALWAYS);
    } else {
        let needle = sql.parameter(fold(text).into_owned());
        sql.chain(columns, "OR", &mut |sql, column| {
            let contains = sql.dialect.contains(column, &needle);
            sql.push(&format!("({column} IS NOT NULL AND {contains})"));
        });
    }
}

/// The same of the names of a user, to be asked of one user after the other.
pub fn in_names(text: &str, sql: &mut Sql) {
    in_columns(text, &NAMES, sql);
}

/// The statement that finds the places of all users whose names contain a text that [`is_found`].
pub fn users_with(text: &str, sql: &mut Sql) {
    let text = fold(text).into_owned();
    match sql.dialect {
        Dialect::Sqlite if is_looked_up(&text) => {
            sql.push("SELECT rowid FROM user_trigrams WHERE user_trigrams MATCH ")
                .bind(format!("\"{}\"", text.replace('"', "\"\"")));
        }
        Dialect::Sqlite => {
            let needle = sql.parameter(text);
            let contains = sql.dialect.contains("text", &needle);
            sql.push(&format!("SELECT place FROM user_search WHERE {contains}"));
        }
        Dialect::Postgres => {
            sql.push("SELECT place FROM user_search WHERE text LIKE ")
                .bind(format!("%{}%", pattern(&text)));
        }
    }
}

/// Whether the joined names answer for each of them alone: not a text that could reach from one into the next, nor one with
/// what SQLite's trigrams take for one and the same character.
pub fn is_found(text: &str) -> bool {
    !text.is_empty() && !text.contains([BETWEEN, '\0', '\u{fffd}', '\u{fffe}', '\u{ffff}'])
}

/// The same, without reading all texts.
pub fn is_looked_up(text: &str) -> bool {
    is_found(text) && fold(text).chars().count() >= SHORTEST
}
