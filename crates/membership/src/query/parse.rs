//! Tokens to tree: an operator-precedence parser with its own stack, so that no query is too deep for it.

mod predicate;
mod value;

use super::Query;
use super::error::{QueryError, Span};
use super::expr::Expr;
use super::field::Field;
use super::lex::{Lexeme, Token, lex};
use crate::entity::Entity;

/// How deep parentheses and `NOT`s may nest together.
const DEEPEST: usize = 256;
/// How many bytes a query may have.
pub(super) const LONGEST: usize = 65_536;

/// What the parser last looked for: at the end of a text, what can come next.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Slot {
    /// A condition: a field, `NOT` or `(`.
    Condition,
    /// An operator that fits this field.
    Operator(Field),
    /// A value of this field.
    Value(Field),
    /// `AND` or `OR`; in parentheses `)`, else `ORDER BY` or the end.
    Connective { in_parentheses: bool },
    /// A field to order by.
    OrderField,
    /// `,` or the end, and `ASC` or `DESC` unless one is given.
    Direction { is_given: bool },
    /// `,` or `)`
    List,
    /// A mark of the language, such as `(` after `IN`.
    Mark(&'static str),
}

/// Reads a query about users or groups. Cost: O(length).
pub(super) fn parse(subject: Entity, text: &str) -> Result<Query, QueryError> {
    Parser::new(subject, &tokens(text)?).query()
}

/// What could follow a text, and where the comparison that it ends in starts, in bytes; none if the text is wrong
/// before its end. Cost: O(length).
pub(super) fn slot_after(subject: Entity, text: &str) -> Option<(Slot, usize)> {
    let tokens = tokens(text).ok()?;
    let mut parser = Parser::new(subject, &tokens);
    let read = parser.query();
    (read.is_ok() || parser.current().lexeme == Lexeme::End).then_some((parser.slot, parser.term))
}

/// The tokens of a text; of one that is too long none are made.
fn tokens(text: &str) -> Result<Vec<Token<'_>>, QueryError> {
    if text.len() <= LONGEST {
        return Ok(lex(text));
    }
    let read = text
        .char_indices()
        .take_while(|(at, c)| at + c.len_utf8() <= LONGEST)
        .count();
    let at = Span {
        position: read as u32,
        length: 1,
    };
    let found = format!("{} bytes", text.len());
    let says = format!("the query has {found}; at most {LONGEST} can be read");
    Err(QueryError::new(at, &found, says).expecting(&["at most 65536 bytes"]))
}

/// The tokens, how far they are read, and how deep.
pub(super) struct Parser<'a> {
    pub(super) subject: Entity,
    tokens: &'a [Token<'a>],
    next: usize,
    depth: usize,
    pub(super) slot: Slot,
    /// Where the comparison that is being read starts, in bytes.
    term: usize,
}

/// An open parenthesis, or the whole query.
#[derive(Default)]
struct Frame {
    /// The finished terms of `OR`.
    or: Vec<Expr>,
    /// The terms of the chain of `AND` that is being read.
    and: Vec<Expr>,
    /// How many `NOT`s stand before the parenthesis.
    nots: u32,
    /// Where the parenthesis stands.
    at: Span,
}

impl Frame {
    fn opened(at: Span, nots: u32) -> Self {
        Self {
            nots,
            at,
            ..Self::default()
        }
    }

    /// The chain of `AND` ends.
    fn end_chain(&mut self) {
        let terms = std::mem::take(&mut self.and);
        self.or.extend(Expr::and(terms));
    }

    fn finish(mut self) -> Option<Expr> {
        self.end_chain();
        Some(Expr::or(self.or)?.negated(self.nots))
    }
}

const END: Token<'static> = Token {
    lexeme: Lexeme::End,
    text: "",
    at: Span { position: 0, length: 0 },
    start: 0,
};

impl<'a> Parser<'a> {
    fn new(subject: Entity, tokens: &'a [Token<'a>]) -> Self {
        Self {
            subject,
            tokens,
            next: 0,
            depth: 0,
            slot: Slot::Condition,
            term: 0,
        }
    }

    pub(super) fn current(&self) -> Token<'a> {
        self.tokens.get(self.next).copied().unwrap_or(END)
    }

    pub(super) fn following(&self) -> Token<'a> {
        self.tokens.get(self.next + 1).copied().unwrap_or(END)
    }

    pub(super) fn advance(&mut self) -> Token<'a> {
        let token = self.current();
        self.next += 1;
        token
    }

    pub(super) fn eat(&mut self, word: &str) -> bool {
        let found = self.current().is(word);
        self.next += usize::from(found);
        found
    }

    /// One step deeper, by a parenthesis or a `NOT`.
    fn deepen(&mut self, at: Span) -> Result<(), QueryError> {
        self.depth += 1;
        if self.depth <= DEEPEST {
            return Ok(());
        }
        let says = format!("parentheses and `NOT` nest deeper than {DEEPEST}");
        Err(QueryError::new(at, self.current().text, says).expecting(&["at most 256 levels"]))
    }

    fn query(&mut self) -> Result<Query, QueryError> {
        let no_condition = self.current().lexeme == Lexeme::End || self.starts_order();
        let expr = if no_condition { None } else { self.condition()? };
        let order = if self.starts_order() { self.order()? } else { Vec::new() };
        match self.current().lexeme {
            Lexeme::End => Ok(Query {
                subject: self.subject,
                expr,
                order,
            }),
            _ => {
                let meant = match self.current().text {
                    "&&" | "&" => Some("AND".to_owned()),
                    "||" | "|" => Some("OR".to_owned()),
                    _ => None,
                };
                let expected = ["`AND`", "`OR`", "`ORDER BY`", "the end of the query"];
                Err(self.unexpected(&expected).suggesting(meant))
            }
        }
    }

    fn starts_order(&self) -> bool {
        self.current().is("ORDER")
    }

    /// A condition up to what cannot belong to it.
    fn condition(&mut self) -> Result<Option<Expr>, QueryError> {
        let mut outer: Vec<Frame> = Vec::new();
        let mut frame = Frame::default();
        loop {
            self.slot = Slot::Condition;
            let nots = self.nots()?;
            let at = self.current().at;
            if self.current().lexeme == Lexeme::Open {
                self.deepen(at)?;
                self.advance();
                outer.push(std::mem::replace(&mut frame, Frame::opened(at, nots)));
                continue;
            }
            let term = self.predicate()?.negated(nots);
            self.depth -= nots as usize;
            frame.and.push(term);
            self.close(&mut frame, &mut outer);
            self.slot = Slot::Connective {
                in_parentheses: !outer.is_empty(),
            };
            if self.eat("AND") {
                continue;
            }
            if !self.eat("OR") {
                break;
            }
            frame.end_chain();
        }
        if outer.is_empty() {
            Ok(frame.finish())
        } else {
            Err(self.unclosed(frame.at))
        }
    }

    /// Closes as many open parentheses as are closed here.
    fn close(&mut self, frame: &mut Frame, outer: &mut Vec<Frame>) {
        while self.current().lexeme == Lexeme::Close {
            let Some(next) = outer.pop() else { return };
            self.advance();
            let inner = std::mem::replace(frame, next);
            self.depth -= 1 + inner.nots as usize;
            frame.and.extend(inner.finish());
        }
    }

    /// The text ends, or goes on wrongly, in an open parenthesis.
    fn unclosed(&self, open: Span) -> QueryError {
        let mut error = self.unexpected(&["`)`", "`AND`", "`OR`"]);
        if self.current().lexeme == Lexeme::End {
            error = QueryError::new(open, "(", "`(` is not closed".to_owned()).expecting(&["`)`", "`AND`", "`OR`"]);
        }
        error
    }

    /// How many `NOT`s stand here.
    fn nots(&mut self) -> Result<u32, QueryError> {
        let mut count = 0;
        while self.current().is("NOT") {
            self.deepen(self.current().at)?;
            self.advance();
            count += 1;
        }
        Ok(count)
    }

    /// The current token is none of what it could be.
    pub(super) fn unexpected(&self, expected: &[&str]) -> QueryError {
        let token = self.current();
        match token.lexeme {
            Lexeme::End => QueryError::unexpected(token.at, "the end of the query", expected),
            Lexeme::Unclosed(_, quote) => {
                let says = format!("`{quote}` opens a text that is not closed");
                QueryError::new(token.at, token.text, says).expecting(&[&format!("`{quote}`")])
            }
            _ => QueryError::unexpected(token.at, token.text, expected),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{DEEPEST, Entity, LONGEST, Parser, tokens};

    /// How many tokens of a query are read before it is refused, and how many there are.
    fn read(text: &str) -> (usize, usize) {
        let tokens = super::lex(text);
        let mut parser = Parser::new(Entity::User, &tokens);
        assert!(parser.query().is_err());
        (parser.next, tokens.len())
    }

    #[test]
    fn a_megabyte_is_refused_before_it_is_cut_into_tokens() {
        assert!(tokens(&"id = a OR ".repeat(100_000)).is_err());
        assert!(tokens(&"(".repeat(LONGEST + 1)).is_err());
        assert_eq!(tokens(&"(".repeat(LONGEST)).map(|tokens| tokens.len()), Ok(LONGEST + 1));
    }

    #[test]
    fn ten_thousand_parentheses_are_refused_at_the_first_too_many() {
        assert_eq!(read(&"(".repeat(10_000)), (DEEPEST, 10_001));
        assert_eq!(read(&"NOT ".repeat(10_000)), (DEEPEST, 10_001));
        assert_eq!(read(&"NOT (".repeat(10_000)), (DEEPEST, 20_001));
    }
}
