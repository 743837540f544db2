//! What can come next in a query about users, at any place in it.
//!
//! The parser is asked: it reads the text up to the word at the caret and says what it looked for where the text ended.

mod group;
mod offer;

use super::field::{Field, Kind};
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
        Some((slot, term)) if cursor.is_at_end_of_word() => after.replacing(after.offers(directory, &slot, term, now)),
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

/// Whether a name is that of a field, and a vendor's own one that some user has.
fn is_known(directory: &Directory, name: &str) -> bool {
    match Entity::User.field(name) {
        Some(Field::Custom(name)) => directory.users().custom.named(&name).is_some(),
        field => field.is_some(),
    }
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

    /// Whether the caret stands right behind a word.
    fn is_at_end_of_word(&self) -> bool {
        self.from < self.to && self.caret == self.to
    }

    fn offers(&self, directory: &Directory, slot: &Slot, term: usize, now: i64) -> Vec<Suggestion> {
        let groups = GroupOffers { directory, now };
        match slot {
            Slot::Connective { in_parentheses } => {
                let mut offers = offer::connectives(self.partial, *in_parentheses);
                offers.extend(offer::more_fields(directory, self.text, self.partial));
                if self.partial.is_empty() {
                    offers.extend(groups.to_add(self.head(), self.tail()));
                }
                offers
            }
            Slot::Condition if self.partial == self.written() && is_known(directory, self.partial) => Vec::new(),
            Slot::Condition => {
                let is_start = self.head().trim_start().is_empty();
                let mut offers = offer::conditions(directory, self.partial, is_start);
                if !self.partial.is_empty() {
                    offers.extend(groups.as_conditions(self.partial));
                }
                offers
            }
            Slot::Value(field) => self.values(directory, field, term, now),
            Slot::Operator(field) => offer::operators(field, self.partial),
            Slot::OrderField => offer::order_fields(directory, self.partial),
            Slot::Direction { is_given } => offer::directions(self.partial, *is_given),
            Slot::List => offer::list(self.partial),
            Slot::Mark(mark) => offer::mark(mark, self.partial),
        }
    }

    fn values(&self, directory: &Directory, field: &Field, term: usize, now: i64) -> Vec<Suggestion> {
        let sign = self.sign();
        let kind = Entity::User.kind(field);
        if kind == Kind::Group {
            // A count would be true of the values of `=` alone.
            let is_counted = *field == Field::MemberOf && sign == "=";
            let rest = is_counted.then(|| (self.text.get(..term).unwrap_or_default(), self.tail()));
            return GroupOffers { directory, now }.as_values(self.partial, rest);
        }
        let mut offers = offer::values(directory, field, self.partial);
        if kind != Kind::Any && matches!(sign, "=" | "!=") {
            offers.extend(offer::null(self.partial));
        }
        offers
    }

    /// The sign that stands before the word, such as `!=`; empty where something else does.
    fn sign(&self) -> &'a str {
        let tokens = lex(self.head());
        match tokens.iter().rev().nth(1).map(|token| token.lexeme) {
            Some(Lexeme::Sign(sign)) => sign,
            _ => "",
        }
    }

    /// Keeps apart what would grow together with its neighbours.
    fn replacing(&self, mut suggestions: Vec<Suggestion>) -> Completion {
        let is_apart = |c: char| c.is_whitespace() || matches!(c, '(' | ',' | '=' | '~' | '<' | '>');
        let is_glued_before = self.head().ends_with(|c| !is_apart(c));
        let is_glued_after = self.tail().starts_with(|c| !is_apart(c) && !matches!(c, ')' | '!'));
        for Suggestion { insert, .. } in &mut suggestions {
            if is_glued_before && !insert.starts_with([',', ')']) {
                insert.insert(0, ' ');
            }
            if is_glued_after {
                insert.push(' ');
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
