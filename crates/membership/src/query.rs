//! ZenQL, the query language: text to tokens to tree to set.
//!
//! [`parse_users`] and [`parse_groups`] read a text and know everything about it that needs no directory: which fields
//! there are, of which kind, and which values fit. What a query means for a directory, whom its identifiers name and
//! what "now" is, is settled by [`Directory::select_users`](crate::directory::Directory::select_users), a column at a
//! time: each comparison makes a set of rows, and `AND`, `OR` and `NOT` are set algebra. `query/ZENQL.md` is the
//! reference, the help page and the test suite.

mod compare;
mod complete;
mod error;
mod eval;
mod expr;
mod field;
mod lex;
mod moment;
mod nearest;
mod order;
mod parse;
mod resolve;

use std::fmt;

use crate::entity::Entity;
use crate::text::words;

pub use complete::{Completion, Suggestion, SuggestionKind, complete};
pub use error::{QueryError, Span};
pub use expr::{Comparison, Expr, Number, Operand, Operator, Test, Value, is_quotable, quote};
pub use field::{Field, Kind};
pub use moment::{Function, Moment};
pub use order::{parse_order_groups, parse_order_users};

/// The reference of the language, in Markdown.
pub const REFERENCE: &str = include_str!("query/ZENQL.md");

/// A query, read.
#[derive(Clone, Debug, PartialEq)]
pub struct Query {
    /// What it is about.
    pub subject: Entity,
    /// What must hold; nothing, and all match.
    pub expr: Option<Expr>,
    /// What to order by, first things first.
    pub order: Vec<OrderTerm>,
}

/// A field to order by.
#[derive(Clone, Debug, PartialEq)]
pub struct OrderTerm {
    /// Which field.
    pub field: Field,
    /// The largest first.
    pub descending: bool,
}

/// Reads a query about users.
///
/// # Errors
/// Says where, what was found and what was expected, if the text is no query, names an unknown field, or compares a
/// field with a value of another kind. Cost: O(length).
pub fn parse_users(text: &str) -> Result<Query, QueryError> {
    parse::parse(Entity::User, text)
}

/// Reads a query about groups.
///
/// # Errors
/// As [`parse_users`]. Cost: O(length).
pub fn parse_groups(text: &str) -> Result<Query, QueryError> {
    parse::parse(Entity::Group, text)
}

impl Query {
    /// The texts that a name is searched for, to underline them: of `=`, `~`, `STARTSWITH`, `ENDSWITH`, `FREETEXT` and
    /// `IN` on a name, in the order of the query, as far as they are not negated.
    #[must_use]
    pub fn searched(&self) -> Vec<&str> {
        let mut texts = Vec::new();
        if let Some(expr) = &self.expr {
            searched(expr, &mut texts);
        }
        texts
    }

    /// The identifier of the one group whose members are asked for: that of the only `memberOf = X` or
    /// `directMemberOf = X` that every match fulfils.
    #[must_use]
    pub fn only_group(&self) -> Option<&str> {
        let terms = match self.expr.as_ref()? {
            Expr::And(terms) => terms.as_slice(),
            single => std::slice::from_ref(single),
        };
        let mut groups = terms.iter().filter_map(required_group);
        let first = groups.next()?;
        groups.next().is_none().then_some(first)
    }

    /// Whether it shows from the words that whoever fulfils this query fulfils another: that one asks for nothing, or each
    /// asks that a field contain a text, the field is the same, and this text begins with that one. So it is while one types.
    #[must_use]
    pub fn narrows(&self, other: &Self) -> bool {
        match (&self.expr, &other.expr) {
            (_, None) => self.subject == other.subject,
            (Some(Expr::Test(mine)), Some(Expr::Test(theirs))) => {
                let texts = contained(mine).zip(contained(theirs));
                self.subject == other.subject
                    && mine.field == theirs.field
                    && texts.is_some_and(|(mine, theirs)| mine.starts_with(theirs))
            }
            _ => false,
        }
    }

    /// Whether only the console can answer it: it speaks of a field that no vendor knows.
    #[must_use]
    pub fn is_own(&self) -> bool {
        self.expr.as_ref().is_some_and(speaks_of_own) || self.order.iter().any(|term| term.field.is_own())
    }
}

/// The text that a test wants a field to contain.
fn contained(test: &Test) -> Option<&str> {
    match &test.comparison {
        Comparison::Is(
            Operator::Contains,
            Operand {
                value: Value::Text(text),
                ..
            },
        ) => Some(text),
        _ => None,
    }
}

fn speaks_of_own(expr: &Expr) -> bool {
    match expr {
        Expr::And(terms) | Expr::Or(terms) => terms.iter().any(speaks_of_own),
        Expr::Not(inner) => speaks_of_own(inner),
        Expr::Test(test) => test.field.is_own(),
    }
}

fn required_group(expr: &Expr) -> Option<&str> {
    let Expr::Test(Test {
        field: Field::MemberOf | Field::DirectMemberOf,
        comparison,
    }) = expr
    else {
        return None;
    };
    let operand = match comparison {
        Comparison::Is(Operator::Equal, operand) => operand,
        Comparison::In(operands) => match operands.as_slice() {
            [operand] => operand,
            _ => return None,
        },
        _ => return None,
    };
    match &operand.value {
        Value::Text(identifier) => Some(identifier),
        _ => None,
    }
}

fn searched<'a>(expr: &'a Expr, texts: &mut Vec<&'a str>) {
    match expr {
        Expr::And(terms) | Expr::Or(terms) => terms.iter().for_each(|term| searched(term, texts)),
        Expr::Test(test) if test.field.is_name() => {
            let operands: &[Operand] = match &test.comparison {
                Comparison::Is(
                    Operator::FreeText,
                    Operand {
                        value: Value::Text(text),
                        ..
                    },
                ) => {
                    texts.extend(words(text));
                    return;
                }
                Comparison::Is(operator, operand) if operator.finds_text() => std::slice::from_ref(operand),
                Comparison::In(operands) => operands,
                _ => &[],
            };
            texts.extend(operands.iter().filter_map(|operand| match &operand.value {
                Value::Text(text) if !text.is_empty() => Some(text.as_str()),
                _ => None,
            }));
        }
        Expr::Not(_) | Expr::Test(_) => {}
    }
}

/// What is printed is read back as the same query, unless it is longer than a query may be: texts are printed in quotes.
impl fmt::Display for Query {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(expr) = &self.expr {
            write!(out, "{expr}")?;
        }
        for (place, term) in self.order.iter().enumerate() {
            let before = match (place, &self.expr) {
                (0, None) => "ORDER BY ",
                (0, Some(_)) => " ORDER BY ",
                _ => ", ",
            };
            write!(
                out,
                "{before}{}{}",
                term.field,
                if term.descending { " DESC" } else { "" }
            )?;
        }
        Ok(())
    }
}
