//! A query as tokens: words, quoted texts and marks, each with its place. Never fails; the parser refuses.

use super::error::Span;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lexeme<'a> {
    /// A run of characters without white space, parentheses, commas, quotes or an operator's first character.
    Word(&'a str),
    /// What stands between two quotes of a kind.
    Quoted(&'a str, char),
    /// What stands between a quote and the end of the query.
    Unclosed(&'a str, char),
    /// `= != ~ !~ < <= > >=`, or a `!` alone.
    Sign(&'a str),
    /// `(`
    Open,
    /// `)`
    Close,
    /// `,`
    Comma,
    /// The end of the query.
    End,
}

/// A token and its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token<'a> {
    pub(super) lexeme: Lexeme<'a>,
    /// As it is written, quotes included.
    pub(super) text: &'a str,
    pub(super) at: Span,
    /// Where it starts, in bytes.
    pub(super) start: usize,
}

/// The words that are text only in quotes.
const KEYWORDS: [&str; 14] = [
    "AND",
    "OR",
    "NOT",
    "IN",
    "IS",
    "NULL",
    "EMPTY",
    "EXISTS",
    "BETWEEN",
    "STARTSWITH",
    "ENDSWITH",
    "FREETEXT",
    "DISTANCEWITHIN",
    "ORDER",
];

/// The keyword that a word is, in any case.
pub(super) fn keyword(word: &str) -> Option<&'static str> {
    KEYWORDS.into_iter().find(|keyword| keyword.eq_ignore_ascii_case(word))
}

impl Token<'_> {
    /// Where it ends, in bytes.
    pub(super) fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// Whether the token is this word, bare and in any case.
    pub(super) fn is(&self, word: &str) -> bool {
        matches!(self.lexeme, Lexeme::Word(text) if text.eq_ignore_ascii_case(word))
    }
}

/// The tokens of a query, the last of which is [`Lexeme::End`]. Cost: O(length).
pub(super) fn lex(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut lexer = Lexer {
        text,
        start: 0,
        position: 0,
    };
    while let Some(token) = lexer.next_token() {
        tokens.push(token);
    }
    let at = Span {
        position: lexer.position,
        length: 0,
    };
    tokens.push(Token {
        lexeme: Lexeme::End,
        text: "",
        at,
        start: lexer.start,
    });
    tokens
}

/// Whether a character ends a bare word.
fn ends_word(c: char) -> bool {
    c.is_whitespace() || matches!(c, '(' | ')' | ',' | '"' | '\'' | '=' | '!' | '~' | '<' | '>')
}

/// Whether a text can stand bare, as one word.
pub(super) fn is_word(text: &str) -> bool {
    !text.is_empty() && !text.contains(ends_word)
}

/// What is left of the query, from byte `start`, which is character `position`.
struct Lexer<'a> {
    text: &'a str,
    start: usize,
    position: u32,
}

impl<'a> Lexer<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.start..).unwrap_or_default()
    }

    /// Moves over so many bytes, and tells how many characters they were.
    fn advance(&mut self, bytes: usize) -> u32 {
        let passed = self.rest().get(..bytes).unwrap_or_default();
        let characters = u32::try_from(passed.chars().count()).unwrap_or(u32::MAX);
        self.start += bytes;
        self.position = self.position.saturating_add(characters);
        characters
    }

    fn next_token(&mut self) -> Option<Token<'a>> {
        let blank = self.rest().len() - self.rest().trim_start().len();
        self.advance(blank);
        let rest = self.rest();
        let first = rest.chars().next()?;
        let (lexeme, bytes) = match first {
            '(' => (Lexeme::Open, 1),
            ')' => (Lexeme::Close, 1),
            ',' => (Lexeme::Comma, 1),
            '"' | '\'' => quoted(rest, first),
            '=' | '!' | '~' | '<' | '>' => sign(rest),
            _ => {
                let end = rest.find(ends_word).unwrap_or(rest.len());
                (Lexeme::Word(rest.get(..end).unwrap_or_default()), end)
            }
        };
        let (start, position) = (self.start, self.position);
        let length = self.advance(bytes);
        let text = rest.get(..bytes).unwrap_or_default();
        Some(Token {
            lexeme,
            text,
            at: Span { position, length },
            start,
        })
    }
}

/// The sign that `rest` starts with: the longest that there is.
fn sign(rest: &str) -> (Lexeme<'_>, usize) {
    let is_double = ["!=", "!~", "<=", ">="]
        .into_iter()
        .any(|double| rest.starts_with(double));
    let bytes = 1 + usize::from(is_double);
    (Lexeme::Sign(rest.get(..bytes).unwrap_or_default()), bytes)
}

/// The quoted text that `rest` starts with; there are no escapes.
fn quoted(rest: &str, quote: char) -> (Lexeme<'_>, usize) {
    let inside = rest.get(1..).unwrap_or_default();
    match inside.split_once(quote) {
        Some((text, _)) => (Lexeme::Quoted(text, quote), text.len() + 2),
        None => (Lexeme::Unclosed(inside, quote), rest.len()),
    }
}
