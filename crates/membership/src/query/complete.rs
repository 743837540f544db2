//! What can come next in a query about users, at any place in it.
//!
//! The parser is asked: it reads the text up to the word at the caret and says what it looked for where the text ended.

mod group;
mod offer;

use super::lex::{Lexeme, Token, lex};
use super::parse::{LONGEST, Slot, slot_after};
use crate::directory::Directory;
use crate::entity::Entity;
use group::GroupOffers;

/// What can stand at a place of a query.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completion {
    /// The characters from here, counted in code points, …
    pub from: u32,
    /// … to here are replaced by what is accepted.
    pub to: u32,
    /// Best first, those of one kind together.
    pub suggestions: Vec<Suggestion>,
}

/// One thing that can stand there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// What it is.
    pub kind: SuggestionKind,
    /// What is inserted, with a space before it where one is needed.
    pub insert: String,
    /// A few words about it; may be empty.
    pub about: String,
    /// How many users it would leave, where that is known.
    pub count: Option<u32>,
}

/// What a suggestion is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SuggestionKind {
    /// A field.
    Field,
    /// An operator.
    Operator,
    /// A keyword.
    Keyword,
    /// A value.
    Value,
    /// A group, named by an identifier.
    Group,
}

impl Suggestion {
    fn new(kind: SuggestionKind, insert: impl Into<String>, about: &str) -> Self {
        Self {
            kind,
            insert: insert.into(),
            about: about.to_owned(),
            count: None,
        }
    }
}

/// Completes a query about users. `caret` counts code points from 0; `now` is in milliseconds since 1970 in UTC.
///
/// Cost: O(length + names of groups); for the counts one evaluation of the rest of the query, and for at most 8 groups
/// the less of their members and of the users left, within a budget.
#[must_use]
pub fn complete(directory: &Directory, text: &str, caret: u32, now: i64) -> Completion {
    if text.len() > LONGEST {
        return Completion {
            from: caret,
            to: caret,
            suggestions: Vec::new(),
        };
    }
    let tokens = lex(text);
    let cursor = Cursor::new(text, &tokens, caret);
    let mut suggestions = match slot_before(&tokens, cursor.head()) {
        Some((slot, term)) => cursor.offers(directory, &slot, term, now),
        None => Vec::new(),
    };
    let is_written = |suggestion: &Suggestion| suggestion.insert.eq_ignore_ascii_case(cursor.written());
    let is_joint = |kind| matches!(kind, SuggestionKind::Operator | SuggestionKind::Keyword);
    let is_whole = suggestions
        .iter()
        .any(|suggestion| is_written(suggestion) && is_joint(suggestion.kind));
    suggestions.retain(|suggestion| !is_written(suggestion));
    if !is_whole && !suggestions.is_empty() {
        return cursor.replacing(suggestions);
    }
    // The word at the caret is whole: offer what follows it.
    let after = Cursor {
        from: cursor.caret,
        to: cursor.caret,
        partial: "",
        ..cursor
    };
    match slot_before(&tokens, after.head()) {
        Some((slot, term)) if cursor.from < cursor.to => after.replacing(after.offers(directory, &slot, term, now)),
        _ => cursor.replacing(suggestions),
    }
}

/// What could follow `head`. Where it is wrong before its end, what follows its last `AND` or `OR` is looked at alone.
fn slot_before(tokens: &[Token<'_>], head: &str) -> Option<(Slot, usize)> {
    slot_after(Entity::User, head).or_else(|| {
        let is_joint = |token: &&Token<'_>| token.end() < head.len() && (token.is("AND") || token.is("OR"));
        let joint = tokens.iter().rev().find(is_joint)?.end();
        let (slot, term) = slot_after(Entity::User, head.get(joint..)?)?;
        Some((slot, joint + term))
    })
}

/// The caret and the word at it; places are in bytes.
#[derive(Clone, Copy)]
struct Cursor<'a> {
    text: &'a str,
    caret: usize,
    /// What is replaced.
    from: usize,
    to: usize,
    /// The word as far as it stands before the caret, without its quote.
    partial: &'a str,
}

impl<'a> Cursor<'a> {
    fn new(text: &'a str, tokens: &[Token<'a>], caret: u32) -> Self {
        let caret = text.char_indices().nth(caret as usize).map_or(text.len(), |(at, _)| at);
        let at_caret = |token: &&Token<'_>| match token.lexeme {
            Lexeme::Word(_) | Lexeme::Unclosed(..) => token.start < caret && caret <= token.end(),
            Lexeme::Quoted(..) => token.start < caret && caret < token.end(),
            Lexeme::Sign("!") => caret == token.end(),
            _ => false,
        };
        let Some(token) = tokens.iter().find(at_caret) else {
            return Self {
                text,
                caret,
                from: caret,
                to: caret,
                partial: "",
            };
        };
        let quote = usize::from(matches!(token.lexeme, Lexeme::Quoted(..) | Lexeme::Unclosed(..)));
        let partial = text.get(token.start + quote..caret).unwrap_or_default();
        Self {
            text,
            caret,
            from: token.start,
            to: token.end(),
            partial,
        }
    }

    /// What stands before the word.
    fn head(&self) -> &'a str {
        self.text.get(..self.from).unwrap_or_default()
    }

    /// The word as it stands.
    fn written(&self) -> &'a str {
        self.text.get(self.from..self.to).unwrap_or_default()
    }

    /// What stands after the word.
    fn tail(&self) -> &'a str {
        self.text.get(self.to..).unwrap_or_default()
    }

    fn offers(&self, directory: &Directory, slot: &Slot, term: usize, now: i64) -> Vec<Suggestion> {
        let groups = GroupOffers { directory, now };
        match slot {
            Slot::Connective => {
                let mut offers = offer::connectives(self.partial);
                offers.extend(offer::more_fields(directory, self.text, self.partial));
                if self.partial.is_empty() {
                    offers.extend(groups.to_add(self.head(), self.tail()));
                }
                offers
            }
            Slot::Condition if Entity::User.field(self.partial).is_some() => Vec::new(),
            Slot::Condition => {
                let mut offers = offer::conditions(directory, self.partial);
                if !self.partial.is_empty() {
                    offers.extend(groups.as_conditions(self.partial));
                }
                offers
            }
            Slot::Value(field) if *field == super::Field::MemberOf && self.compares_equal() => groups.as_values(
                self.partial,
                Some((self.text.get(..term).unwrap_or_default(), self.tail())),
            ),
            Slot::Value(field) => match Entity::User.kind(field) {
                super::Kind::Group => groups.as_values(self.partial, None),
                _ => offer::values(directory, field, self.partial),
            },
            Slot::Operator(field) => offer::operators(field, self.partial),
            Slot::OrderField => offer::order_fields(directory, self.partial),
            Slot::Direction => offer::directions(self.partial),
            Slot::Mark(mark) => offer::mark(mark, self.partial),
        }
    }

    /// Whether the value is compared by `=`, of which alone a count would be true.
    fn compares_equal(&self) -> bool {
        let before = self.head().trim_end();
        before.ends_with('=') && !before.ends_with("!=")
    }

    fn replacing(&self, mut suggestions: Vec<Suggestion>) -> Completion {
        let glued = |c: char| !(c.is_whitespace() || matches!(c, '(' | ',' | '=' | '~' | '<' | '>'));
        if self.head().ends_with(glued) {
            for suggestion in &mut suggestions {
                suggestion.insert.insert(0, ' ');
            }
        }
        let position = |at: usize| self.text.get(..at).map_or(0, |before| before.chars().count() as u32);
        Completion {
            from: position(self.from),
            to: position(self.to),
            suggestions,
        }
    }
}
