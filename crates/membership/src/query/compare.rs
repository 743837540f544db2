//! Comparisons as predicates over single values: texts, numbers, instants, booleans.

use std::borrow::Cow;

use memchr::memmem;

use super::expr::{Comparison, Number, Operand, Operator, Value};
use crate::lookup::hash;
use crate::number;
use crate::order::number_key;
use crate::set::Set;
use crate::sort;
use crate::text::{TextColumn, fold, has_word, words};

/// Above so many values one pass over the column is faster than a search for each.
const SEARCHED_VALUES: usize = 16;

/// What a text must be, without case. Nothing is ever true of a missing text.
pub(super) enum TextTest<'a> {
    Is(Operator, Cow<'a, str>),
    /// Sorted by their hashes, which stand beside them.
    In(Vec<(u64, Cow<'a, str>)>),
    Between(Cow<'a, str>, Cow<'a, str>),
    Words(Vec<String>),
    Empty,
}

impl<'a> TextTest<'a> {
    /// None for a comparison that is about missing values alone.
    pub(super) fn new(comparison: &'a Comparison) -> Option<Self> {
        let folded = |operand: &'a Operand| match &operand.value {
            Value::Text(text) => fold(text),
            _ => Cow::Borrowed(""),
        };
        Some(match comparison {
            Comparison::Is(Operator::FreeText, operand) => {
                Self::Words(words(&folded(operand)).map(str::to_owned).collect())
            }
            Comparison::Is(operator, operand) => Self::Is(*operator, folded(operand)),
            Comparison::In(operands) => {
                let values = operands.iter().map(folded);
                let mut values: Vec<_> = values.map(|value| (hash(value.as_bytes()), value)).collect();
                sort::by_key(&mut values, |(hash, _)| *hash);
                Self::In(values)
            }
            Comparison::Between(low, high) => Self::Between(folded(low), folded(high)),
            Comparison::Empty => Self::Empty,
            Comparison::Null => return None,
        })
    }

    /// Whether it is true of a folded text, whose bytes order as its code points do.
    ///
    /// Cost: O(length).
    pub(super) fn matches(&self, text: &[u8]) -> bool {
        match self {
            Self::Is(operator, value) => {
                let value = value.as_bytes();
                match operator {
                    Operator::Equal => text == value,
                    Operator::Contains => memmem::find(text, value).is_some(),
                    Operator::Less => text < value,
                    Operator::LessOrEqual => text <= value,
                    Operator::Greater => text > value,
                    Operator::GreaterOrEqual => text >= value,
                    Operator::StartsWith => text.starts_with(value),
                    Operator::EndsWith => text.ends_with(value),
                    // INVARIANT: it is made into `Words`.
                    Operator::FreeText => false,
                }
            }
            Self::In(values) => {
                let hash = hash(text);
                let first = values.partition_point(|(other, _)| *other < hash);
                let mut same = values.iter().skip(first).take_while(|(other, _)| *other == hash);
                same.any(|(_, value)| value.as_bytes() == text)
            }
            Self::Between(low, high) => low.as_bytes() <= text && text <= high.as_bytes(),
            Self::Words(words) => words.iter().all(|word| has_word(text, word)),
            Self::Empty => text.is_empty(),
        }
    }

    /// A text that every match contains, where there is one that helps a search.
    pub(super) fn needle(&self) -> Option<&str> {
        match self {
            Self::Is(Operator::Equal | Operator::Contains | Operator::StartsWith | Operator::EndsWith, value) => {
                Some(value)
            }
            Self::Words(words) => words.iter().max_by_key(|word| word.len()).map(String::as_str),
            _ => None,
        }
    }

    /// The rows of a column that it is true of, as far as they are in `within`.
    ///
    /// Cost: O(bytes of the column) at the speed of a search where the operator allows one, else O(bytes of the rows).
    pub(super) fn select(&self, column: &TextColumn, within: &Set) -> Set {
        let mut hits = Set::new(column.len());
        match self {
            Self::Is(Operator::Equal, value) => column.equals(value, within, &mut hits),
            Self::Is(Operator::Contains, value) => column.contains(value, within, &mut hits),
            Self::Is(Operator::StartsWith, value) => column.starts_with(value, within, &mut hits),
            Self::Is(Operator::EndsWith, value) => column.ends_with(value, within, &mut hits),
            Self::In(values) if values.len() <= SEARCHED_VALUES => {
                values
                    .iter()
                    .for_each(|(_, value)| column.equals(value, within, &mut hits));
            }
            Self::Empty => column.equals("", within, &mut hits),
            Self::Words(words) => hits = having_words(&[column], words),
            _ => {
                let is_true = |row: &u32| column.folded_bytes(*row).is_some_and(|text| self.matches(text));
                for row in within.iter().filter(is_true) {
                    hits.insert(row);
                }
            }
        }
        hits
    }
}

/// The rows in whose texts, taken together, every word occurs; of no word those that have a text at all.
///
/// Cost: O(words × bytes of the columns), at the speed of a search.
pub(super) fn having_words(columns: &[&TextColumn], words: &[String]) -> Set {
    let in_any = |add: &dyn Fn(&TextColumn, &mut Set)| {
        let mut rows = Set::new(columns.first().map_or(0, |column| column.len()));
        columns.iter().for_each(|column| add(column, &mut rows));
        rows
    };
    let mut hits = in_any(&|column, rows| rows.union_with(&column.present()));
    for word in words {
        hits.intersect_with(&in_any(&|column, rows| column.has_word(word, rows)));
    }
    hits
}

/// What an ordered value must be. Values are keys: integers that order as what they stand for, of
/// [`number_key`], [`crate::order::instant_key`], or 0 and 1 for false and true.
pub(super) enum Ordered {
    Is(Operator, u64),
    /// Sorted.
    In(Vec<u64>),
    Between(u64, u64),
}

impl Ordered {
    /// `read` makes a key of an operand. None for what is true of no value.
    pub(super) fn new(comparison: &Comparison, read: &dyn Fn(&Value) -> Option<u64>) -> Option<Self> {
        let read = |operand: &Operand| read(&operand.value);
        match comparison {
            Comparison::Is(operator, operand) => Some(Self::Is(*operator, read(operand)?)),
            Comparison::In(operands) => {
                let mut values: Vec<u64> = operands.iter().filter_map(read).collect();
                sort::by_key(&mut values, |value| *value);
                Some(Self::In(values))
            }
            Comparison::Between(low, high) => Some(Self::Between(read(low)?, read(high)?)),
            Comparison::Null | Comparison::Empty => None,
        }
    }

    /// Whether it is true of a value. Cost: O(1), of a list O(log values).
    pub(super) fn holds(&self, value: u64) -> bool {
        match self {
            Self::Is(operator, other) => match operator {
                Operator::Equal => value == *other,
                Operator::Less => value < *other,
                Operator::LessOrEqual => value <= *other,
                Operator::Greater => value > *other,
                Operator::GreaterOrEqual => value >= *other,
                Operator::Contains | Operator::StartsWith | Operator::EndsWith | Operator::FreeText => false,
            },
            Self::In(values) => values.binary_search(&value).is_ok(),
            Self::Between(low, high) => *low <= value && value <= *high,
        }
    }
}

/// The key of a number that an operand is, or can be read as.
pub(super) fn number(value: &Value) -> Option<u64> {
    match value {
        Value::Number(number) => Some(number_key(number.value)),
        Value::Text(text) => Number::parse(text).map(|number| number_key(number.value)),
        _ => None,
    }
}

/// The key of a boolean that an operand is, or can be read as.
pub(super) fn boolean(value: &Value) -> Option<u64> {
    match value {
        Value::Boolean(boolean) => Some(u64::from(*boolean)),
        Value::Text(text) => parse_boolean(text).map(u64::from),
        _ => None,
    }
}

/// Reads `true` or `false`, in any case.
pub(super) fn parse_boolean(text: &str) -> Option<bool> {
    let words = [("true", true), ("false", false)];
    words
        .into_iter()
        .find(|(word, _)| word.eq_ignore_ascii_case(text))
        .map(|(_, value)| value)
}

/// What a custom value that is no text must be: compared as what it is, or searched as it is written.
pub(super) struct CustomTest<'a> {
    searched: Option<TextTest<'a>>,
    number: Option<Ordered>,
    boolean: Option<Ordered>,
}

impl<'a> CustomTest<'a> {
    pub(super) fn new(comparison: &'a Comparison) -> Self {
        let searches = matches!(
            comparison,
            Comparison::Is(
                Operator::Contains | Operator::StartsWith | Operator::EndsWith | Operator::FreeText,
                _
            )
        );
        Self {
            searched: TextTest::new(comparison).filter(|_| searches),
            number: Ordered::new(comparison, &number),
            boolean: Ordered::new(comparison, &boolean),
        }
    }

    pub(super) fn is_true_of_number(&self, value: f64) -> bool {
        match &self.searched {
            Some(test) => {
                let mut text = String::new();
                number::print(value, &mut text);
                test.matches(text.as_bytes())
            }
            None => self.number.as_ref().is_some_and(|test| test.holds(number_key(value))),
        }
    }

    pub(super) fn is_true_of_boolean(&self, value: bool) -> bool {
        match &self.searched {
            Some(test) => test.matches(if value { b"true" } else { b"false" }),
            None => self.boolean.as_ref().is_some_and(|test| test.holds(u64::from(value))),
        }
    }
}
