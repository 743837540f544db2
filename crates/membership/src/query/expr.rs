//! The tree of a query, and the printer: what is printed is read back as the same tree.

use std::fmt;

use super::error::Span;
use super::field::Field;
use super::lex::{is_word, keyword};
use super::moment::Moment;
use crate::number;

/// A condition. Chains are one node however long they are, so that no walk over them is deep.
#[derive(Clone, Debug, PartialEq)]
pub enum Expr {
    /// All of them hold; two or more, none of which is an `And`.
    And(Vec<Expr>),
    /// At least one of them holds; two or more, none of which is an `Or`.
    Or(Vec<Expr>),
    /// It does not hold. Every negated operator is this: `f != v` is `NOT f = v`.
    Not(Box<Expr>),
    /// A single comparison.
    Test(Test),
}

/// What one field must be.
#[derive(Clone, Debug, PartialEq)]
pub struct Test {
    /// Which field.
    pub field: Field,
    /// What it must be.
    pub comparison: Comparison,
}

/// What a field must be.
#[derive(Clone, Debug, PartialEq)]
pub enum Comparison {
    /// `f = v` and its like.
    Is(Operator, Operand),
    /// `f IN (a, b)`
    In(Vec<Operand>),
    /// `f BETWEEN (a, b)`, both included.
    Between(Operand, Operand),
    /// `f = NULL`: the field is missing.
    Null,
    /// `f IS EMPTY`: the field is missing or an empty text.
    Empty,
}

/// How a field is compared with one value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// `=`
    Equal,
    /// `~`
    Contains,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
    /// `STARTSWITH`
    StartsWith,
    /// `ENDSWITH`
    EndsWith,
    /// `FREETEXT`
    FreeText,
}

impl Operator {
    /// Whether what matches contains the value as a text.
    pub(super) fn finds_text(self) -> bool {
        matches!(self, Self::Equal | Self::Contains | Self::StartsWith | Self::EndsWith)
    }

    /// As it is written.
    #[must_use]
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::Contains => "~",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
            Self::StartsWith => "STARTSWITH",
            Self::EndsWith => "ENDSWITH",
            Self::FreeText => "FREETEXT",
        }
    }
}

/// A value and where it stands. Equal to another that says the same elsewhere.
#[derive(Clone, Debug)]
pub struct Operand {
    /// The value.
    pub value: Value,
    /// Its place in the query.
    pub at: Span,
}

impl PartialEq for Operand {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

/// A value, of the kind of its field.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A text, as it is written; of a custom field any value, of a membership field an identifier.
    Text(String),
    /// A number.
    Number(Number),
    /// A boolean.
    Boolean(bool),
    /// An instant, given or relative to now.
    Date(Moment),
}

/// A number, and how it is written.
#[derive(Clone, Debug)]
pub struct Number {
    /// The number.
    pub value: f64,
    spelling: String,
}

impl Number {
    /// Reads an optional minus, digits, and perhaps a point and more digits.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let value = number::parse(text).filter(|_| !text.contains(['e', 'E']))?;
        Some(Self {
            value,
            spelling: text.to_owned(),
        })
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl Expr {
    /// All of them, chains in chains made one; the only one itself.
    #[must_use]
    pub fn and(terms: Vec<Self>) -> Option<Self> {
        join(terms, Self::And, |term| {
            if let Self::And(inner) = term {
                Ok(inner)
            } else {
                Err(term)
            }
        })
    }

    /// Any of them, chains in chains made one; the only one itself.
    #[must_use]
    pub fn or(terms: Vec<Self>) -> Option<Self> {
        join(terms, Self::Or, |term| {
            if let Self::Or(inner) = term {
                Ok(inner)
            } else {
                Err(term)
            }
        })
    }

    /// Negates so many times.
    pub(super) fn negated(self, times: u32) -> Self {
        (0..times).fold(self, |expr, _| Self::Not(Box::new(expr)))
    }
}

fn join(mut terms: Vec<Expr>, chain: fn(Vec<Expr>) -> Expr, open: fn(Expr) -> Result<Vec<Expr>, Expr>) -> Option<Expr> {
    if terms.len() < 2 {
        return terms.pop();
    }
    let mut flat = Vec::with_capacity(terms.len());
    for term in terms {
        match open(term) {
            Ok(inner) => flat.extend(inner),
            Err(term) => flat.push(term),
        }
    }
    Some(chain(flat))
}

impl fmt::Display for Expr {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::And(terms) => chain(out, terms, " AND ", |term| matches!(term, Self::Or(_))),
            Self::Or(terms) => chain(out, terms, " OR ", |_| false),
            Self::Not(inner) => match &**inner {
                Self::Test(test) => test.print(out, true),
                Self::Not(_) => write!(out, "NOT {inner}"),
                Self::And(_) | Self::Or(_) => write!(out, "NOT ({inner})"),
            },
            Self::Test(test) => test.print(out, false),
        }
    }
}

fn chain(
    out: &mut fmt::Formatter<'_>,
    terms: &[Expr],
    between: &str,
    needs_parentheses: fn(&Expr) -> bool,
) -> fmt::Result {
    for (place, term) in terms.iter().enumerate() {
        if place > 0 {
            out.write_str(between)?;
        }
        if needs_parentheses(term) {
            write!(out, "({term})")
        } else {
            write!(out, "{term}")
        }?;
    }
    Ok(())
}

impl Test {
    /// Prints the test or its negation, which most operators have a form for.
    fn print(&self, out: &mut fmt::Formatter<'_>, negated: bool) -> fmt::Result {
        let field = &self.field;
        let not = if negated { "NOT " } else { "" };
        match &self.comparison {
            Comparison::Is(operator, operand) => {
                let value = &operand.value;
                match operator {
                    Operator::Equal | Operator::Contains if negated => {
                        write!(out, "{field} !{} {value}", operator.symbol())
                    }
                    Operator::StartsWith | Operator::EndsWith | Operator::FreeText => {
                        write!(out, "{field} {not}{} {value}", operator.symbol())
                    }
                    _ => write!(out, "{not}{field} {} {value}", operator.symbol()),
                }
            }
            Comparison::In(values) => {
                write!(out, "{field} {not}IN (")?;
                for (place, operand) in values.iter().enumerate() {
                    write!(out, "{}{}", if place > 0 { ", " } else { "" }, operand.value)?;
                }
                out.write_str(")")
            }
            Comparison::Between(low, high) => write!(out, "{field} {not}BETWEEN ({}, {})", low.value, high.value),
            Comparison::Null => write!(out, "{field} {} NULL", if negated { "!=" } else { "=" }),
            Comparison::Empty => write!(out, "{field} IS {not}EMPTY"),
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => out.write_str(&quote(text)),
            Self::Number(number) => out.write_str(&number.spelling),
            Self::Boolean(value) => write!(out, "{value}"),
            Self::Date(moment) => write!(out, "{moment}"),
        }
    }
}

/// A text in quotes that it does not contain. There are no escapes: a text with both kinds of quotes cannot be
/// written, which [`is_quotable`] tells.
#[must_use]
pub fn quote(text: &str) -> String {
    let mark = if text.contains('"') { '\'' } else { '"' };
    format!("{mark}{text}{mark}")
}

/// A text as a value, bare where it can be; none if it cannot be written.
pub(super) fn written(text: &str) -> Option<String> {
    if is_word(text) && keyword(text).is_none() {
        return Some(text.to_owned());
    }
    is_quotable(text).then(|| quote(text))
}

/// Whether a text can be written as a value.
#[must_use]
pub fn is_quotable(text: &str) -> bool {
    !(text.contains('"') && text.contains('\''))
}

/// A field's name as it must be written: in quotes where a bare word would be read differently.
pub(super) fn print_name(out: &mut fmt::Formatter<'_>, name: &str) -> fmt::Result {
    if is_word(name) && !name.contains('^') {
        out.write_str(name)
    } else {
        write!(out, "\"{name}\"")
    }
}
