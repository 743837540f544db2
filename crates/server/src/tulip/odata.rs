//! Filters of lists, in the subset of OData that the vendor documents, read into conditions.
//!
//! A filter is cut into tokens first, each with a word on whether space stands before it; then it is read by descent.

use crate::store::{Condition, Exact};

/// How many bytes a filter may have.
const MOST_BYTES: usize = 65_536;
/// How deep parentheses may nest.
const DEEPEST: u32 = 256;

/// What the values of a field are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A text between single quotes.
    Text,
    /// `true` or `false`.
    Flag,
}

/// What a comparison of a field comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// The text of a record.
    Is(Exact),
    /// Nothing equals what the directory does not tell.
    Untold,
    /// The flag is false of every record.
    False,
}

/// A field: its name, which is compared exactly, its values, and what it means.
pub(super) type Named = (&'static str, Kind, Meaning);

/// What the filter of one list may say.
pub(super) struct Grammar {
    /// The fields.
    pub fields: &'static [Named],
    /// The words that may join comparisons.
    pub joins: &'static [&'static str],
    /// A list of records of which `any` may be asked, and their fields. The directory knows no such records.
    pub records: Option<(&'static str, &'static [Named])>,
}

#[derive(Clone, Debug, PartialEq)]
enum Token<'a> {
    Open,
    Close,
    Colon,
    Word(&'a str),
    Text(String),
}

/// A token, whether space stands before it, and where it begins, in bytes.
type Placed<'a> = (Token<'a>, bool, usize);

/// Reads a filter.
///
/// # Errors
/// One line: what is wrong, and where, in characters from 0. Cost: O(length).
pub(super) fn parse(text: &str, grammar: &Grammar) -> Result<Condition, String> {
    if text.len() > MOST_BYTES {
        return Err(format!("a filter has at most {MOST_BYTES} bytes"));
    }
    let mut parser = Parser {
        text,
        tokens: tokens(text)?,
        at: 0,
        depth: 0,
        grammar,
        variable: None,
    };
    let condition = parser.any_of()?;
    if parser.at < parser.tokens.len() {
        return Err(parser.expected("the end"));
    }
    Ok(condition)
}

fn tokens(text: &str) -> Result<Vec<Placed<'_>>, String> {
    let mut tokens = Vec::new();
    let mut rest = text;
    loop {
        let bare = rest.trim_start_matches([' ', '\t']);
        let (spaced, at) = (bare.len() < rest.len(), text.len() - bare.len());
        let Some(first) = bare.chars().next() else {
            return Ok(tokens);
        };
        let (token, length) = match first {
            '(' => (Token::Open, 1),
            ')' => (Token::Close, 1),
            ':' => (Token::Colon, 1),
            '\'' => {
                let (value, length) = quoted(bare).ok_or_else(|| {
                    let position = text[..at].chars().count();
                    format!("the text at character {position} has no closing quote")
                })?;
                (Token::Text(value), length)
            }
            _ => {
                let length = bare.find([' ', '\t', '(', ')', '\'', ':']).unwrap_or(bare.len());
                (Token::Word(&bare[..length]), length)
            }
        };
        tokens.push((token, spaced, at));
        rest = &bare[length..];
    }
}

/// A text between single quotes, in which a quote is doubled, and its length with the quotes.
fn quoted(text: &str) -> Option<(String, usize)> {
    let mut value = String::new();
    let mut at = 1;
    loop {
        let end = at + text.get(at..)?.find('\'')?;
        value.push_str(&text[at..end]);
        at = end + 1;
        if !text[at..].starts_with('\'') {
            return Some((value, at));
        }
        value.push('\'');
        at += 1;
    }
}

struct Parser<'a, 'g> {
    text: &'a str,
    tokens: Vec<Placed<'a>>,
    at: usize,
    depth: u32,
    grammar: &'g Grammar,
    /// Inside of `any(v:…)`, `v`.
    variable: Option<&'a str>,
}

impl<'a> Parser<'a, '_> {
    fn token(&self) -> Option<&Token<'a>> {
        self.tokens.get(self.at).map(|(token, ..)| token)
    }

    /// Whether space stands before the next token.
    fn is_spaced(&self) -> bool {
        self.tokens.get(self.at).is_some_and(|(_, spaced, _)| *spaced)
    }

    fn word(&self) -> Option<&'a str> {
        match self.token() {
            Some(Token::Word(word)) => Some(word),
            _ => None,
        }
    }

    fn eat(&mut self, token: &Token<'_>) -> bool {
        let is_next = self.token() == Some(token);
        self.at += usize::from(is_next);
        is_next
    }

    fn expected(&self, what: &str) -> String {
        let bytes = self.tokens.get(self.at).map_or(self.text.len(), |(.., at)| *at);
        let position = self.text[..bytes].chars().count();
        format!("expected {what} at character {position}")
    }

    fn any_of(&mut self) -> Result<Condition, String> {
        let mut terms = vec![self.all_of()?];
        while self.join("or")? {
            terms.push(self.all_of()?);
        }
        Ok(Condition::any(terms))
    }

    fn all_of(&mut self) -> Result<Condition, String> {
        let mut terms = vec![self.term()?];
        while self.join("and")? {
            terms.push(self.term()?);
        }
        Ok(if terms.len() == 1 {
            terms.remove(0)
        } else {
            Condition::All(terms)
        })
    }

    /// Reads a word that joins, if it is next and the list knows it; it needs space on both sides.
    fn join(&mut self, joint: &str) -> Result<bool, String> {
        if self.word() != Some(joint) || !self.grammar.joins.contains(&joint) {
            return Ok(false);
        }
        let before = self.is_spaced();
        self.at += 1;
        if before && self.is_spaced() {
            Ok(true)
        } else {
            Err(self.expected(&format!("`{joint}` between spaces before the comparison")))
        }
    }

    fn term(&mut self) -> Result<Condition, String> {
        if self.token() == Some(&Token::Open) {
            return self.within(Self::any_of);
        }
        if let (None, Some((records, _)), Some(word)) = (self.variable, self.grammar.records, self.word())
            && word.strip_suffix("/any") == Some(records)
        {
            self.at += 1;
            if self.is_spaced() {
                return Err(self.expected("`(` without a space"));
            }
            return self.within(Self::any_record);
        }
        self.comparison()
    }

    fn within(&mut self, inner: fn(&mut Self) -> Result<Condition, String>) -> Result<Condition, String> {
        if self.depth == DEEPEST {
            return Err(self.expected(&format!("at most {DEEPEST} parentheses in one another")));
        }
        if !self.eat(&Token::Open) {
            return Err(self.expected("`(`"));
        }
        self.depth += 1;
        let condition = inner(self)?;
        self.depth -= 1;
        if self.eat(&Token::Close) {
            Ok(condition)
        } else {
            Err(self.expected("`)`"))
        }
    }

    /// What stands in `any(…)`: nothing, or a variable, a colon and a condition on its fields. There are no records that
    /// it could be true of.
    fn any_record(&mut self) -> Result<Condition, String> {
        if self.token() == Some(&Token::Close) {
            return Ok(Condition::never());
        }
        let is_name = |word: &&str| {
            let plain = word.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
            plain && !word.starts_with(|c: char| c.is_ascii_digit())
        };
        let Some(variable) = self.word().filter(is_name) else {
            return Err(self.expected("a variable"));
        };
        self.at += 1;
        if !self.eat(&Token::Colon) {
            return Err(self.expected("`:`"));
        }
        self.variable = Some(variable);
        self.any_of()?;
        self.variable = None;
        Ok(Condition::never())
    }

    /// `field eq value`
    fn comparison(&mut self) -> Result<Condition, String> {
        let (kind, meaning) = self.field()?;
        if self.word() != Some("eq") || !self.is_spaced() {
            return Err(self.expected("` eq `"));
        }
        self.at += 1;
        let value = self.is_spaced().then(|| self.token().cloned()).flatten();
        let condition = match (kind, value) {
            (Kind::Text, Some(Token::Text(value))) => match meaning {
                Meaning::Is(text) => Condition::Is(text, vec![value]),
                Meaning::Untold | Meaning::False => Condition::never(),
            },
            (Kind::Flag, Some(Token::Word("false"))) if meaning == Meaning::False => Condition::always(),
            (Kind::Flag, Some(Token::Word("true" | "false"))) => Condition::never(),
            (Kind::Text, _) => return Err(self.expected("a space and a text in single quotes")),
            (Kind::Flag, _) => return Err(self.expected("a space and `true` or `false`")),
        };
        self.at += 1;
        Ok(condition)
    }

    fn field(&mut self) -> Result<(Kind, Meaning), String> {
        let (fields, name) = match (self.variable, self.grammar.records) {
            (Some(variable), Some((_, fields))) => {
                let name = self.word().and_then(|word| word.strip_prefix(variable));
                (fields, name.and_then(|name| name.strip_prefix('/')))
            }
            _ => (self.grammar.fields, self.word()),
        };
        let Some((_, kind, meaning)) = fields.iter().find(|(field, ..)| Some(*field) == name) else {
            let names: Vec<String> = fields.iter().map(|(name, ..)| format!("`{name}`")).collect();
            return Err(self.expected(&names.join(" or ")));
        };
        self.at += 1;
        Ok((*kind, *meaning))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GRAMMAR: Grammar = Grammar {
        fields: &[
            ("id", Kind::Text, Meaning::Is(Exact::Id)),
            ("badge", Kind::Text, Meaning::Is(Exact::Username)),
            ("old", Kind::Flag, Meaning::False),
        ],
        joins: &["or", "and"],
        records: Some(("roles", &[("role", Kind::Text, Meaning::Untold)])),
    };

    fn read(text: &str) -> Result<Condition, String> {
        parse(text, &GRAMMAR)
    }

    fn id(values: &[&str]) -> Condition {
        Condition::Is(Exact::Id, values.iter().map(|value| (*value).to_owned()).collect())
    }

    #[test]
    fn values_of_one_field_become_one_list() {
        assert_eq!(read("id eq 'a'"), Ok(id(&["a"])));
        assert_eq!(read(" ( id\teq  'it''s' or id eq '' ) "), Ok(id(&["it's", ""])));
        let badge = Condition::Is(Exact::Username, vec!["b".to_owned()]);
        let both = Condition::All(vec![id(&["c"]), badge]);
        assert_eq!(
            read("id eq 'a' or id eq 'c' and badge eq 'b' or (id eq 'd')"),
            Ok(Condition::Any(vec![both, id(&["a", "d"])]))
        );
        assert_eq!(read("old eq false"), Ok(Condition::always()));
        assert_eq!(read("old eq true"), Ok(Condition::never()));
        assert_eq!(read("roles/any()"), Ok(Condition::never()));
        assert_eq!(
            read("roles/any(a:a/role eq 'X' and (a/role eq 'Y'))"),
            Ok(Condition::never())
        );
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        for (text, at) in [
            ("", 0),
            ("id", 2),
            ("id eq", 5),
            ("id eq a", 6),
            ("id eq'a'", 5),
            ("id EQ 'a'", 3),
            ("name eq 'a'", 0),
            ("id eq 'é' x", 10),
            ("id eq 'é'or id eq 'b'", 12),
            ("id eq 'a' or(id eq 'b')", 12),
            ("(id eq 'a'", 10),
            ("id eq 'a')", 9),
            ("id eq 'a", 6),
            ("old eq 'true'", 7),
            ("roles/any (a:a/role eq 'x')", 10),
            ("roles/any(1:1/role eq 'x')", 10),
            ("roles/any(a:b/role eq 'x')", 12),
            ("not id eq 'a'", 0),
        ] {
            let error = read(text).expect_err(text);
            assert!(error.contains(&format!("character {at}")), "{text}: {error}");
        }
    }

    #[test]
    fn depth_and_length_have_ends() {
        let deep = |depth| format!("{}id eq 'a'{}", "(".repeat(depth), ")".repeat(depth));
        assert!(read(&deep(256)).is_ok() && read(&deep(257)).is_err());
        assert!(read(&format!("id eq '{}'", "a".repeat(65_536))).is_err());
    }
}
