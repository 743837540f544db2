//! Filters of lists: the subset of OData that the vendor documents, read into a small tree.
//!
//! Not the tree of ZenQL, whose texts compare without case: here `eq` compares exactly, byte for byte. What is left of
//! logic, *any of* and *all of*, is set algebra in ten lines.

use std::borrow::Cow;
use std::fmt;

use membership::set::Set;

/// How many bytes a filter may have; as many as a query of ZenQL.
const MOST_BYTES: usize = 65_536;

/// How deep parentheses may nest; as deep as in ZenQL.
const DEEPEST: u32 = 256;

/// A field, as far as a directory knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    /// The id of what is listed.
    Id,
    /// `badgeId` of a user.
    Badge,
    /// `name/full` of a user.
    FullName,
    /// `isCustom` of a role.
    IsCustom,
    /// A field that no directory tells: nothing equals it.
    Untold,
}

/// What the values of a field are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Text between single quotes.
    Text,
    /// `true` or `false`.
    Flag,
}

/// A field by its name, which is compared exactly.
pub(super) type Named = (&'static str, Kind, Field);

/// What the filter of one list may say.
pub(super) struct Grammar {
    /// The fields.
    pub fields: &'static [Named],
    /// The words that may join comparisons.
    pub joins: &'static [&'static str],
    /// A list of records by name, of which `any` may be asked, and the fields of such a record.
    pub any: Option<(&'static str, &'static [Named])>,
}

/// A filter, read.
#[derive(Debug, PartialEq)]
pub(super) enum Filter<'a> {
    /// All of them hold.
    All(Vec<Filter<'a>>),
    /// At least one of them holds.
    Any(Vec<Filter<'a>>),
    /// The field is one of these texts. A chain of `or` over one field is one of it.
    Is(Field, Vec<Cow<'a, str>>),
    /// The field is this.
    Flag(Field, bool),
}

/// What is wrong with a filter, on one line; positions are counted in characters from 0.
#[derive(Debug, PartialEq)]
pub(super) struct FilterError(String);

impl fmt::Display for FilterError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl<'a> Filter<'a> {
    /// Reads a filter.
    ///
    /// # Errors
    /// Says what was expected, what was found instead, and where.
    ///
    /// Cost: O(length).
    pub fn parse(text: &'a str, grammar: &Grammar) -> Result<Self, FilterError> {
        if text.len() > MOST_BYTES {
            return Err(FilterError(format!("a filter has at most {MOST_BYTES} bytes")));
        }
        let mut parser = Parser {
            text,
            at: 0,
            depth: 0,
            grammar,
            variable: None,
        };
        parser.blank();
        let filter = parser.any_of()?;
        parser.blank();
        match parser.rest() {
            "" => Ok(filter),
            _ => Err(parser.expected(grammar.joins.first().map_or("the end", |_| "`or`"))),
        }
    }

    /// Those of some rows that the filter is true of; `test` finds those of a comparison.
    ///
    /// Cost: O(rows / 64) for each node of the tree, and what its tests cost.
    pub fn select(&self, within: &Set, test: &dyn Fn(&Self, &Set) -> Set) -> Set {
        match self {
            Self::All(terms) => {
                let mut left = within.clone();
                for term in terms {
                    left = term.select(&left, test);
                }
                left
            }
            Self::Any(terms) => {
                let mut any = Set::new(within.len());
                terms.iter().for_each(|term| any.union_with(&term.select(within, test)));
                any
            }
            Self::Is(..) | Self::Flag(..) => test(self, within),
        }
    }
}

/// What `or` joins. Comparisons over one field become one, so that a long list of values is one test.
#[derive(Default)]
struct Alternatives<'a> {
    // INVARIANT: all are `Is`, and each is of another field.
    lists: Vec<Filter<'a>>,
    others: Vec<Filter<'a>>,
}

impl<'a> Alternatives<'a> {
    fn push(&mut self, term: Filter<'a>) {
        match term {
            Filter::Is(field, values) => {
                let same = self.lists.iter_mut().find_map(|list| match list {
                    Filter::Is(other, values) if *other == field => Some(values),
                    _ => None,
                });
                match same {
                    Some(list) => list.extend(values),
                    None => self.lists.push(Filter::Is(field, values)),
                }
            }
            Filter::Any(terms) => terms.into_iter().for_each(|term| self.push(term)),
            term => self.others.push(term),
        }
    }

    fn finish(mut self) -> Filter<'a> {
        self.lists.extend(self.others);
        only(self.lists, Filter::Any)
    }
}

/// What is left to read.
struct Parser<'a, 'g> {
    text: &'a str,
    at: usize,
    depth: u32,
    grammar: &'g Grammar,
    /// Within `any(v:…)`, `v`.
    variable: Option<&'a str>,
}

impl<'a> Parser<'a, '_> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Skips spaces and tabs; returns whether there were any.
    fn blank(&mut self) -> bool {
        let rest = self.rest();
        let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        self.at += blanks;
        blanks > 0
    }

    fn eat(&mut self, mark: char) -> bool {
        let found = self.rest().starts_with(mark);
        self.at += if found { mark.len_utf8() } else { 0 };
        found
    }

    /// The word that begins here, which may be none.
    fn word(&self) -> &'a str {
        let rest = self.rest();
        let end = rest.find([' ', '\t', '(', ')', '\'', ':']).unwrap_or(rest.len());
        rest.get(..end).unwrap_or_default()
    }

    /// Says what had to stand here.
    fn expected(&self, expected: &str) -> FilterError {
        let position = self.text.get(..self.at).map_or(0, |before| before.chars().count());
        let found = match self.word() {
            "" => self.rest().chars().next().map(String::from),
            word => Some(word.chars().take(60).collect()),
        };
        let found = found.map_or("the end".to_owned(), |found| format!("`{found}`"));
        FilterError(format!("expected {expected} at character {position}, found {found}"))
    }

    /// Comparisons joined by `or`.
    fn any_of(&mut self) -> Result<Filter<'a>, FilterError> {
        let mut alternatives = Alternatives::default();
        loop {
            alternatives.push(self.all_of()?);
            if !self.join("or")? {
                return Ok(alternatives.finish());
            }
        }
    }

    /// Comparisons joined by `and`, which binds tighter.
    fn all_of(&mut self) -> Result<Filter<'a>, FilterError> {
        let mut terms = vec![self.term()?];
        while self.join("and")? {
            terms.push(self.term()?);
        }
        Ok(only(terms, Filter::All))
    }

    /// Reads a word that joins, where it stands next, with the space that it needs on both sides.
    fn join(&mut self, word: &'static str) -> Result<bool, FilterError> {
        let before = self.at;
        let spaced = self.blank();
        if self.word() != word || !self.grammar.joins.contains(&word) {
            self.at = before;
            return Ok(false);
        }
        if !spaced {
            return Err(self.expected("a space"));
        }
        self.at += word.len();
        if self.blank() {
            Ok(true)
        } else {
            Err(self.expected("a space"))
        }
    }

    /// A comparison, or parentheses.
    fn term(&mut self) -> Result<Filter<'a>, FilterError> {
        if self.rest().starts_with('(') {
            return self.within(Self::any_of);
        }
        if self.variable.is_none()
            && let Some((list, _)) = self.grammar.any
            && self.word().strip_suffix("/any") == Some(list)
        {
            self.at += self.word().len();
            return self.within(Self::any_record);
        }
        self.comparison()
    }

    /// Something between parentheses.
    fn within(&mut self, inner: fn(&mut Self) -> Result<Filter<'a>, FilterError>) -> Result<Filter<'a>, FilterError> {
        if self.depth == DEEPEST {
            return Err(self.expected(&format!("at most {DEEPEST} parentheses in one another")));
        }
        if !self.eat('(') {
            return Err(self.expected("`(`"));
        }
        self.depth += 1;
        self.blank();
        let filter = inner(self)?;
        self.blank();
        self.depth -= 1;
        if self.eat(')') {
            Ok(filter)
        } else {
            Err(self.expected(self.grammar.joins.first().map_or("`)`", |_| "`or` or `)`")))
        }
    }

    /// What stands in `any(…)`: nothing, or a variable, a colon and a condition on its fields. Of such records a
    /// directory knows none, so that whatever is asked of them is true of no one.
    fn any_record(&mut self) -> Result<Filter<'a>, FilterError> {
        let none = Filter::Is(Field::Untold, Vec::new());
        if self.rest().starts_with(')') {
            return Ok(none);
        }
        let variable = self.word();
        let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
        if variable.is_empty() || !variable.chars().all(is_name) || variable.starts_with(|c: char| c.is_ascii_digit()) {
            return Err(self.expected("a variable"));
        }
        self.at += variable.len();
        self.blank();
        if !self.eat(':') {
            return Err(self.expected("`:`"));
        }
        self.blank();
        self.variable = Some(variable);
        self.any_of()?;
        self.variable = None;
        Ok(none)
    }

    /// `field eq value`
    fn comparison(&mut self) -> Result<Filter<'a>, FilterError> {
        let (kind, field) = self.field()?;
        if !self.blank() || self.word() != "eq" {
            return Err(self.expected("`eq`"));
        }
        self.at += "eq".len();
        if !self.blank() {
            return Err(self.expected("a space"));
        }
        match kind {
            Kind::Text => Ok(Filter::Is(field, vec![self.text()?])),
            Kind::Flag => {
                let value = match self.word() {
                    "true" => true,
                    "false" => false,
                    _ => return Err(self.expected("`true` or `false`")),
                };
                self.at += self.word().len();
                Ok(Filter::Flag(field, value))
            }
        }
    }

    fn field(&mut self) -> Result<(Kind, Field), FilterError> {
        let word = self.word();
        let (fields, name) = match (self.variable, self.grammar.any) {
            (Some(variable), Some((_, fields))) => {
                let name = word.strip_prefix(variable).and_then(|rest| rest.strip_prefix('/'));
                (fields, name)
            }
            _ => (self.grammar.fields, Some(word)),
        };
        let found = fields.iter().find(|(field, ..)| name == Some(*field));
        let Some((_, kind, field)) = found else {
            let names = fields.iter().map(|(name, ..)| format!("`{name}`"));
            return Err(self.expected(&names.collect::<Vec<_>>().join(" or ")));
        };
        self.at += word.len();
        Ok((*kind, *field))
    }

    /// A text between single quotes, in which a quote is doubled.
    fn text(&mut self) -> Result<Cow<'a, str>, FilterError> {
        let opening = self.at;
        if !self.eat('\'') {
            return Err(self.expected("a text in single quotes"));
        }
        let mut text = Cow::Borrowed("");
        while let Some(length) = self.rest().find('\'') {
            text += self.rest().get(..length).unwrap_or_default();
            self.at += length + 1;
            if !self.eat('\'') {
                return Ok(text);
            }
            text += "'";
        }
        self.at = opening;
        Err(self.expected("a text that ends with a single quote"))
    }
}

/// The only one itself.
fn only<'a>(mut terms: Vec<Filter<'a>>, chain: fn(Vec<Filter<'a>>) -> Filter<'a>) -> Filter<'a> {
    match terms.pop() {
        Some(term) if terms.is_empty() => term,
        last => {
            terms.extend(last);
            chain(terms)
        }
    }
}
