//! What rows are ordered by: one field, as its values lie in memory.

use std::borrow::Cow;
use std::cmp::Ordering;

use super::rank::{self, Ranks};
use crate::directory::CustomColumn;
use crate::text::TextColumn;

/// The values of one field, one for each row.
pub(super) enum Column<'a> {
    /// Goes without case.
    Text(Cow<'a, TextColumn>),
    Number(Box<dyn Fn(u32) -> Option<i64> + 'a>),
    /// Booleans, numbers, texts; none where nobody has the field.
    Custom(Option<&'a CustomColumn>),
}

impl Column<'_> {
    /// Ranks that many rows. Cost: O(rows · log rows + bytes).
    pub(super) fn ranks(&self, rows: u32) -> Ranks {
        match self {
            Self::Text(texts) => rank::texts(texts),
            Self::Number(number) => rank::numbers(rows, number),
            Self::Custom(column) => rank::custom(rows, *column),
        }
    }

    /// Whether rows can be compared without ranks.
    pub(super) fn is_comparable(&self) -> bool {
        !matches!(self, Self::Custom(_))
    }

    /// A number for the value of a row: where it is less, so is the value. Cost: O(1), or that of the number.
    pub(super) fn key(&self, row: u32) -> Option<u64> {
        match self {
            Self::Text(texts) => texts.folded_bytes(row).map(|text| rank::key(text, 0)),
            Self::Number(number) => number(row).map(rank::instant_key),
            Self::Custom(_) => None,
        }
    }

    /// How the values of two rows compare. What is missing comes last whichever the direction.
    pub(super) fn compare(&self, one: u32, other: u32, descending: bool) -> Ordering {
        match self {
            Self::Text(texts) => compare(texts.folded_bytes(one), texts.folded_bytes(other), descending),
            Self::Number(number) => compare(number(one), number(other), descending),
            Self::Custom(_) => Ordering::Equal,
        }
    }
}

fn compare<T: Ord>(one: Option<T>, other: Option<T>, descending: bool) -> Ordering {
    match (one, other) {
        (Some(one), Some(other)) if descending => other.cmp(&one),
        (Some(one), Some(other)) => one.cmp(&other),
        (one, other) => other.is_some().cmp(&one.is_some()),
    }
}
