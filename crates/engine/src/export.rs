//! Files of rows, written a piece at a time: whoever wants one asks for its pieces and puts them behind one another.
//!
//! A table says which columns it has and gives the rows of a piece; a form says how they are written. Nothing here knows
//! what the rows are about.

mod csv;
mod dot;
mod json;

use std::borrow::Cow;

pub use csv::csv;
pub use dot::{Node, dot};
pub use json::json;

/// One value of a row.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell<'a> {
    /// A text; where it is empty, nothing is told.
    Text(Cow<'a, str>),
    /// A number; none where nothing is told.
    Number(Option<u64>),
    /// A number of any kind.
    Decimal(f64),
    /// Yes or no; none where nothing is told.
    Flag(Option<bool>),
    /// Several texts.
    Texts(Vec<Cow<'a, str>>),
    /// The names along a path, downwards; where there are none, nothing is told.
    Path(Vec<Cow<'a, str>>),
}

impl<'a> From<&'a str> for Cell<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text.into())
    }
}

impl From<String> for Cell<'_> {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

impl<'a> From<Option<&'a str>> for Cell<'a> {
    fn from(text: Option<&'a str>) -> Self {
        text.unwrap_or_default().into()
    }
}

impl<'a> From<Option<Cow<'a, str>>> for Cell<'a> {
    fn from(text: Option<Cow<'a, str>>) -> Self {
        Self::Text(text.unwrap_or_default())
    }
}

impl From<u32> for Cell<'_> {
    fn from(number: u32) -> Self {
        Self::Number(Some(number.into()))
    }
}

impl From<bool> for Cell<'_> {
    fn from(flag: bool) -> Self {
        Self::Flag(Some(flag))
    }
}

/// Which piece of a file it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// No piece stands before it.
    pub is_first: bool,
    /// None comes after it.
    pub is_last: bool,
}

/// Where a file comes from, as pairs of a name and a text.
pub type Origin<'a> = [(&'a str, &'a str)];
