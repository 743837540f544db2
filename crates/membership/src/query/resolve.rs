//! Identifiers in a query: whom they name in a directory, and what to say where they name nobody.

use super::error::{QueryError, Span, shown};
use super::expr::{Comparison, Expr, Operand, Value, written};
use super::field::Kind;
use super::nearest::within;
use crate::directory::Directory;
use crate::entity::Entity;
use crate::set::Set;
use crate::text::{TextColumn, fold};

/// How many edits a known name may be away to be offered.
const SLIPS: usize = 2;

/// Checks that every identifier of a condition names someone, from left to right.
///
/// Cost: O(length); where one does not, O(names) to find what was meant.
pub(super) fn check(directory: &Directory, subject: Entity, expr: &Expr) -> Result<(), QueryError> {
    match expr {
        Expr::And(terms) | Expr::Or(terms) => terms.iter().try_for_each(|term| check(directory, subject, term)),
        Expr::Not(inner) => check(directory, subject, inner),
        Expr::Test(test) => {
            let operands: &[Operand] = match &test.comparison {
                Comparison::Is(_, operand) => std::slice::from_ref(operand),
                Comparison::In(operands) => operands,
                Comparison::Between(..) | Comparison::Null | Comparison::Empty => &[],
            };
            let kind = subject.kind(&test.field);
            operands.iter().try_for_each(|operand| match (&operand.value, kind) {
                (Value::Text(text), Kind::Group) if directory.find_group(text).is_none() => {
                    Err(unknown_group(directory, operand.at, text))
                }
                (Value::Text(text), Kind::User) if directory.find_user(text).is_none() => {
                    Err(unknown_user(directory, operand.at, text))
                }
                _ => Ok(()),
            })
        }
    }
}

fn unknown_group(directory: &Directory, at: Span, text: &str) -> QueryError {
    let names = &directory.groups().name;
    let known = (0..names.len()).filter_map(|row| names.get(row));
    let meant = containing(names, text).or_else(|| within(text, SLIPS, known).map(str::to_owned));
    QueryError::new(at, text, format!("unknown group `{}`", shown(text)))
        .expecting(&["the id or the name of a group"])
        .suggesting(meant.and_then(|name| written(&name)))
}

fn unknown_user(directory: &Directory, at: Span, text: &str) -> QueryError {
    let users = directory.users();
    let meant = containing(&users.username, text).or_else(|| containing(&users.email, text));
    QueryError::new(at, text, format!("unknown user `{}`", shown(text)))
        .expecting(&["the id, the username or the email of a user"])
        .suggesting(meant.and_then(|name| written(&name)))
}

/// The shortest known name that starts with the text, else that contains it. Cost: O(bytes of the column).
fn containing(names: &TextColumn, text: &str) -> Option<String> {
    let needle = fold(text.trim());
    if needle.is_empty() {
        return None;
    }
    let mut hits = Set::new(names.len());
    names.contains(&needle, &Set::full(names.len()), &mut hits);
    let rank = |row: &u32| {
        let name = names.folded(*row).unwrap_or_default();
        (!name.starts_with(&*needle), name.len())
    };
    hits.iter()
        .min_by_key(rank)
        .and_then(|row| names.get(row))
        .map(str::to_owned)
}
