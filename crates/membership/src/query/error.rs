//! What is wrong with a query: where, what was found, what was expected.

use std::error::Error;
use std::fmt;

/// A stretch of a query, in characters (code points) from 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// The first character.
    pub position: u32,
    /// How many characters; 0 at the end of the query.
    pub length: u32,
}

impl Span {
    /// The stretch from the start of this one to the end of another.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        let end = (self.position + self.length).max(other.position + other.length);
        Self {
            position: self.position,
            length: end - self.position,
        }
    }
}

/// A query that cannot be read, or names what is not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryError {
    /// Where, in characters (code points) from 0.
    pub position: u32,
    /// How many characters; 0 where something is missing at the end.
    pub length: u32,
    /// What stands there: the user's text, or words such as "the end of the query".
    pub found: String,
    /// What could stand there.
    pub expected: Vec<String>,
    /// What was probably meant, as it would be written.
    pub suggestion: Option<String>,
    says: String,
}

impl QueryError {
    /// An error with its own sentence.
    pub(crate) fn new(at: Span, found: &str, says: String) -> Self {
        let Span { position, length } = at;
        Self {
            position,
            length,
            found: found.to_owned(),
            expected: Vec::new(),
            suggestion: None,
            says,
        }
    }

    /// Something stands where something else must.
    pub(crate) fn unexpected(at: Span, found: &str, expected: &[&str]) -> Self {
        let says = if at.length == 0 {
            format!("expected {}, found {found}", one_of(expected))
        } else {
            format!("expected {}, found `{}`", one_of(expected), shown(found))
        };
        Self::new(at, found, says).expecting(expected)
    }

    /// Adds what could stand there.
    pub(crate) fn expecting(mut self, expected: &[&str]) -> Self {
        self.expected = expected.iter().map(|&text| text.to_owned()).collect();
        self
    }

    /// Adds what was probably meant.
    pub(crate) fn suggesting(mut self, suggestion: Option<String>) -> Self {
        self.suggestion = suggestion;
        self
    }

    /// The whole message on one line: lower case, the user's words in backticks.
    #[must_use]
    pub fn message(&self) -> String {
        match &self.suggestion {
            Some(meant) => format!("{}; did you mean `{}`?", self.says, shown(meant)),
            None => self.says.clone(),
        }
    }
}

impl fmt::Display for QueryError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.message())
    }
}

impl Error for QueryError {}

/// The user's words as a message shows them: one line, and not endless.
pub(crate) fn shown(text: &str) -> String {
    const LONGEST: usize = 60;
    let mut line: String = text
        .chars()
        .take(LONGEST)
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    if text.chars().nth(LONGEST).is_some() {
        line.push('…');
    }
    line
}

/// `a, b or c`.
pub(crate) fn one_of(choices: &[&str]) -> String {
    match choices {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}
