//! Instants in a query: a date, a period from now, or a function such as `startOfMonth(-1)`.

use std::fmt;

use crate::instant::{self, Period, Unit};

/// An instant that a query speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// A date, in milliseconds since 1970 in UTC.
    At(i64),
    /// A period from now: `-90d`.
    FromNow(Period),
    /// A function of the instant that lies a period from now.
    Function(Function, Period),
}

/// What a function makes of an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Function {
    /// `now()`: the instant itself.
    Now,
    /// `startOfDay()` and its like: the first millisecond.
    StartOf(Unit),
    /// `endOfDay()` and its like: the last millisecond.
    EndOf(Unit),
}

/// The functions by name.
pub(super) const FUNCTIONS: [(&str, Function); 9] = [
    ("now", Function::Now),
    ("startOfDay", Function::StartOf(Unit::Day)),
    ("startOfWeek", Function::StartOf(Unit::Week)),
    ("startOfMonth", Function::StartOf(Unit::Month)),
    ("startOfYear", Function::StartOf(Unit::Year)),
    ("endOfDay", Function::EndOf(Unit::Day)),
    ("endOfWeek", Function::EndOf(Unit::Week)),
    ("endOfMonth", Function::EndOf(Unit::Month)),
    ("endOfYear", Function::EndOf(Unit::Year)),
];

impl Moment {
    /// Reads a date or a period.
    pub(super) fn parse(text: &str) -> Option<Self> {
        instant::parse(text)
            .map(Self::At)
            .or_else(|| Period::parse(text).map(Self::FromNow))
    }

    /// The instant, in milliseconds since 1970 in UTC, where now is known.
    #[must_use]
    pub fn instant(self, now: i64) -> i64 {
        match self {
            Self::At(instant) => instant,
            Self::FromNow(period) => period.after(now),
            Self::Function(function, period) => {
                let moved = period.after(now);
                match function {
                    Function::Now => moved,
                    Function::StartOf(unit) => unit.start(moved),
                    Function::EndOf(unit) => unit.end(moved),
                }
            }
        }
    }
}

impl Function {
    /// The function of a name, in any case.
    pub(super) fn named(name: &str) -> Option<Self> {
        Self::known(name).map(|(_, function)| function)
    }

    /// The same beside its name as it is documented.
    pub(super) fn known(name: &str) -> Option<(&'static str, Self)> {
        FUNCTIONS
            .into_iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
    }

    /// Reads what stands between the parentheses: nothing, a period, or a number in the function's own unit, which
    /// is the day for `now`.
    pub(super) fn argument(self, text: &str) -> Option<Period> {
        if text.is_empty() {
            return Some(Period::default());
        }
        let unit = match self {
            Self::Now => Unit::Day,
            Self::StartOf(unit) | Self::EndOf(unit) => unit,
        };
        match text.parse::<i64>() {
            Ok(count) => Period::of(count, unit),
            Err(_) => Period::parse(text),
        }
    }

    fn name(self) -> &'static str {
        FUNCTIONS
            .into_iter()
            .find(|(_, function)| *function == self)
            .map_or("now", |(name, _)| name)
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::At(at) if instant::is_midnight(at) => out.write_str(&instant::format_date(at)),
            Self::At(at) => out.write_str(&instant::format(at)),
            Self::FromNow(period) => write!(out, "{period}"),
            Self::Function(function, period) if period == Period::default() => write!(out, "{}()", function.name()),
            Self::Function(function, period) => write!(out, "{}({period})", function.name()),
        }
    }
}
