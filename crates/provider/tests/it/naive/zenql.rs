//! ZenQL read character by character, by the grammar that the documentation tells in prose.

use super::calendar;
use super::field::{Datum, Kind, Subject, boolean, is_orderable, kind_of, number};
use super::world::{World, fold};

/// What a predicate asks of a field that is there.
#[derive(Clone, Debug)]
pub enum Test {
    Equal(Datum),
    Less(Datum),
    Greater(Datum),
    Contains(Datum),
    StartsWith(Datum),
    EndsWith(Datum),
    FreeText(Datum),
    AnyOf(Vec<Datum>),
    Between(Datum, Datum),
    Missing,
    Empty,
}

#[derive(Clone, Debug)]
pub enum Expr {
    All,
    And(Vec<Expr>),
    Or(Vec<Expr>),
    Not(Box<Expr>),
    /// A field's name in lower case, and what is asked of it.
    Predicate(String, Test),
}

/// Fields, and whether each descends.
pub type Order = Vec<(String, bool)>;

#[derive(Clone, Debug)]
pub struct Query {
    pub expr: Expr,
    pub order: Order,
}

/// Why a query is refused: the position of its one wrong name or value, or none where the documentation fixes none.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fault {
    pub position: Option<usize>,
}

const SYNTAX: Fault = Fault { position: None };

/// How deep parentheses and `NOT`s nest, and how many bytes a query has, at most.
const DEPTH: usize = 256;
const BYTES: usize = 65_536;

const KEYWORDS: [&str; 14] = [
    "and",
    "or",
    "not",
    "in",
    "is",
    "null",
    "empty",
    "exists",
    "between",
    "startswith",
    "endswith",
    "freetext",
    "distancewithin",
    "order",
];

/// Reads a query about users or groups, at a given time.
pub fn parse(world: &World, subject: Subject, text: &str, now: i64) -> Result<Query, Fault> {
    let mut parser = Parser {
        world,
        subject,
        now,
        text: text.chars().collect(),
        position: 0,
        depth: 0,
        wrong: Vec::new(),
    };
    if text.len() > BYTES {
        return Err(SYNTAX);
    }
    let query = parser.query()?;
    match parser.wrong[..] {
        [] => Ok(query),
        [one] => Err(Fault { position: Some(one) }),
        _ => Err(SYNTAX),
    }
}

struct Parser<'a> {
    world: &'a World,
    subject: Subject,
    now: i64,
    text: Vec<char>,
    position: usize,
    depth: usize,
    /// Where unknown fields and wrong values stand: what is well written but means nothing.
    wrong: Vec<usize>,
}

impl Parser<'_> {
    fn query(&mut self) -> Result<Query, Fault> {
        let mut query = Query {
            expr: Expr::All,
            order: Order::new(),
        };
        if self.peek().is_some() && !self.is_at("order") {
            query.expr = self.or()?;
        }
        if self.takes("order") {
            query.order = self.order_by()?;
        }
        if self.peek().is_some() { Err(SYNTAX) } else { Ok(query) }
    }

    fn or(&mut self) -> Result<Expr, Fault> {
        let mut parts = vec![self.and()?];
        while self.takes("or") {
            parts.push(self.and()?);
        }
        Ok(Expr::Or(parts))
    }

    fn and(&mut self) -> Result<Expr, Fault> {
        let mut parts = vec![self.not()?];
        while self.takes("and") {
            parts.push(self.not()?);
        }
        Ok(Expr::And(parts))
    }

    fn not(&mut self) -> Result<Expr, Fault> {
        if self.takes("not") {
            return self.deeper(|it| Ok(Expr::Not(Box::new(it.not()?))));
        }
        if self.takes_mark("(") {
            let expr = self.deeper(Self::or)?;
            self.mark(")")?;
            return Ok(expr);
        }
        self.predicate()
    }

    fn deeper(&mut self, read: impl FnOnce(&mut Self) -> Result<Expr, Fault>) -> Result<Expr, Fault> {
        self.depth += 1;
        if self.depth > DEPTH {
            return Err(SYNTAX);
        }
        let expr = read(self)?;
        self.depth -= 1;
        Ok(expr)
    }

    fn predicate(&mut self) -> Result<Expr, Fault> {
        let (field, kind) = self.field()?;
        let mut is_negated = self.nots();
        let test = self.test(kind, &mut is_negated)?;
        let predicate = Expr::Predicate(field, test);
        Ok(if is_negated {
            Expr::Not(Box::new(predicate))
        } else {
            predicate
        })
    }

    /// A field's name in lower case, and its kind; an unknown one is noted, and read on as if it were text.
    fn field(&mut self) -> Result<(String, Kind), Fault> {
        let (start, text, is_quoted) = self.word()?;
        if !is_quoted && is_keyword(&text) {
            return Err(SYNTAX);
        }
        let name = fold(&text);
        let kind = kind_of(self.subject, &name);
        if kind.is_none() {
            self.wrong.push(start);
        }
        Ok((name, kind.unwrap_or(Kind::Text)))
    }

    /// Whether as many `NOT`s as stand here negate.
    fn nots(&mut self) -> bool {
        let mut negates = false;
        while self.takes("not") {
            negates = !negates;
        }
        negates
    }

    fn test(&mut self, kind: Kind, is_negated: &mut bool) -> Result<Test, Fault> {
        if let Some(mark) = ["!=", "!~", "<=", ">=", "=", "~", "<", ">"]
            .into_iter()
            .find(|it| self.takes_mark(it))
        {
            return self.marked(kind, mark, is_negated);
        }
        let (_, text, is_quoted) = self.word()?;
        let operator = fold(&text);
        if is_quoted {
            return Err(SYNTAX);
        }
        let is_reference = matches!(kind, Kind::Group | Kind::User);
        match operator.as_str() {
            "in" if kind != Kind::Anything => Ok(Test::AnyOf(self.list(kind)?)),
            _ if is_reference => Err(SYNTAX),
            "freetext" if matches!(kind, Kind::Anything | Kind::Text | Kind::Custom) => {
                Ok(Test::FreeText(self.value(Kind::Text)?))
            }
            _ if kind == Kind::Anything => Err(SYNTAX),
            "exists" => {
                *is_negated = !*is_negated;
                Ok(Test::Missing)
            }
            "is" => {
                *is_negated ^= self.nots();
                if self.takes("empty") {
                    Ok(Test::Empty)
                } else {
                    Err(SYNTAX)
                }
            }
            "between" => match self.list(kind)?.as_slice() {
                [low, high] if kind != Kind::Boolean => Ok(Test::Between(low.clone(), high.clone())),
                _ => Err(SYNTAX),
            },
            "startswith" if matches!(kind, Kind::Text | Kind::Custom) => Ok(Test::StartsWith(self.value(Kind::Text)?)),
            "endswith" if matches!(kind, Kind::Text | Kind::Custom) => Ok(Test::EndsWith(self.value(Kind::Text)?)),
            _ => Err(SYNTAX),
        }
    }

    /// What follows an operator that is written in marks.
    fn marked(&mut self, kind: Kind, mark: &str, is_negated: &mut bool) -> Result<Test, Fault> {
        let is_equality = matches!(mark, "=" | "!=");
        let is_reference = matches!(kind, Kind::Group | Kind::User);
        if kind == Kind::Anything || (is_reference && !is_equality) {
            return Err(SYNTAX);
        }
        *is_negated ^= matches!(mark, "!=" | "!~");
        if is_equality && !is_reference && self.takes("null") {
            return Ok(Test::Missing);
        }
        if matches!(mark, "~" | "!~") {
            let is_text = matches!(kind, Kind::Text | Kind::Custom);
            return if is_text {
                Ok(Test::Contains(self.value(Kind::Text)?))
            } else {
                Err(SYNTAX)
            };
        }
        let value = self.value(kind)?;
        match mark {
            "=" | "!=" => Ok(Test::Equal(value)),
            _ if kind == Kind::Boolean => Err(SYNTAX),
            "<" => Ok(Test::Less(value)),
            ">" => Ok(Test::Greater(value)),
            // Not the contrary of `>`, since neither is true of a missing field.
            "<=" => Ok(Test::Between(Datum::Least, value)),
            _ => Ok(Test::Between(value, Datum::Greatest)),
        }
    }

    /// Values between parentheses, at least one.
    fn list(&mut self, kind: Kind) -> Result<Vec<Datum>, Fault> {
        self.mark("(")?;
        let mut values = vec![self.value(kind)?];
        while self.takes_mark(",") {
            values.push(self.value(kind)?);
        }
        self.mark(")")?;
        Ok(values)
    }

    /// A value of a kind; one that is of another kind, or names nothing, is noted.
    fn value(&mut self, kind: Kind) -> Result<Datum, Fault> {
        let (start, text, is_quoted) = self.word()?;
        if !is_quoted && is_keyword(&text) {
            return Err(SYNTAX);
        }
        let value = match kind {
            Kind::Text | Kind::Anything => Some(Datum::Text(text)),
            Kind::Number => number(&text).map(Datum::Number),
            Kind::Boolean => boolean(&text).map(Datum::Boolean),
            Kind::Date => self.date(&text, is_quoted)?.map(Datum::Date),
            Kind::Group => self.world.group_called(&text).map(Datum::Row),
            Kind::User => self.world.user_called(&text).map(Datum::Row),
            Kind::Custom => Some(Datum::Word(text)),
        };
        if value.is_none() {
            self.wrong.push(start);
        }
        Ok(value.unwrap_or(Datum::Missing))
    }

    /// A date, with the time or the further periods that follow a space, or a function with its argument.
    fn date(&mut self, text: &str, is_quoted: bool) -> Result<Option<i64>, Fault> {
        if is_quoted {
            // A period begins with its sign or its first part, not with a space.
            let words = text.split_whitespace().collect::<Vec<_>>();
            let parts = calendar::period(&words).filter(|_| !text.starts_with(char::is_whitespace));
            let from_now = |parts: Vec<_>| calendar::shifted(self.now, &parts);
            return Ok(calendar::read(text).or_else(|| parts.map(from_now)));
        }
        if self.peek() == Some('(') {
            return self.function(&fold(text));
        }
        if let Some(midnight) = calendar::read_date(text) {
            let after = self.position;
            let time = self
                .word()
                .ok()
                .filter(|(_, word, is_quoted)| !is_quoted && word.contains(':'));
            let instant = time.and_then(|(_, time, _)| calendar::read(&format!("{text} {time}")));
            if instant.is_none() {
                self.position = after;
            }
            return Ok(instant.or(Some(midnight)));
        }
        if let Some(instant) = calendar::read(text) {
            return Ok(Some(instant));
        }
        Ok(self.period(text).map(|parts| calendar::shifted(self.now, &parts)))
    }

    /// `now(…)`, `startOf…(…)`, `endOf…(…)`, from the parenthesis on.
    fn function(&mut self, name: &str) -> Result<Option<i64>, Fault> {
        self.mark("(")?;
        let (edge, unit) = match name {
            "now" => ("now", 'd'),
            _ => {
                let span = name.strip_prefix("startof").map(|unit| ("start", unit));
                let span = span.or_else(|| name.strip_prefix("endof").map(|unit| ("end", unit)));
                match span {
                    Some((edge, "day")) => (edge, 'd'),
                    Some((edge, "week")) => (edge, 'w'),
                    Some((edge, "month")) => (edge, 'M'),
                    Some((edge, "year")) => (edge, 'y'),
                    _ => return Err(SYNTAX),
                }
            }
        };
        let mut instant = self.now;
        if !self.takes_mark(")") {
            let (_, text, is_quoted) = self.word()?;
            let count = text.parse::<i64>().ok().filter(|_| !is_quoted);
            let parts = count.map(|count| vec![(count, unit)]).or_else(|| self.period(&text));
            instant = calendar::shifted(instant, &parts.ok_or(SYNTAX)?);
            self.mark(")")?;
        }
        Ok(Some(match edge {
            "start" => calendar::start_of(instant, unit),
            "end" => calendar::end_of(instant, unit),
            _ => instant,
        }))
    }

    /// The parts of a period whose first is given, with those that follow it.
    fn period(&mut self, first: &str) -> Option<Vec<(i64, char)>> {
        let mut words = vec![first.to_owned()];
        loop {
            let before = self.position;
            match self.word() {
                Ok((_, word, false)) if calendar::part(&word).is_some() => words.push(word),
                _ => {
                    self.position = before;
                    return calendar::period(&words.iter().map(String::as_str).collect::<Vec<_>>());
                }
            }
        }
    }

    fn order_by(&mut self) -> Result<Order, Fault> {
        if !self.takes("by") {
            return Err(SYNTAX);
        }
        let mut order = Order::new();
        loop {
            let (start, text, _) = self.word()?;
            let name = fold(&text);
            if !is_orderable(self.subject, &name) {
                self.wrong.push(start);
            }
            let ascends = self.takes("asc");
            order.push((name, !ascends && self.takes("desc")));
            if !self.takes_mark(",") {
                return Ok(order);
            }
        }
    }

    /// The next character that is not white space.
    fn peek(&mut self) -> Option<char> {
        while self.text.get(self.position).is_some_and(|it| it.is_whitespace()) {
            self.position += 1;
        }
        self.text.get(self.position).copied()
    }

    /// The next quoted text or bare run: where it begins, what it says, and whether it was quoted.
    fn word(&mut self) -> Result<(usize, String, bool), Fault> {
        let first = self.peek().ok_or(SYNTAX)?;
        let start = self.position;
        if first == '"' || first == '\'' {
            let rest = &self.text[start + 1..];
            let length = rest.iter().position(|it| *it == first).ok_or(SYNTAX)?;
            self.position = start + length + 2;
            return Ok((start, rest[..length].iter().collect(), true));
        }
        let rest = self.text[start..].iter();
        let word = rest.take_while(|it| is_bare(**it)).collect::<String>();
        self.position += word.chars().count();
        if word.is_empty() {
            Err(SYNTAX)
        } else {
            Ok((start, word, false))
        }
    }

    /// Whether the next word is a bare keyword.
    fn is_at(&mut self, keyword: &str) -> bool {
        let before = self.position;
        let word = self.word();
        self.position = before;
        word.is_ok_and(|(_, word, is_quoted)| !is_quoted && word.eq_ignore_ascii_case(keyword))
    }

    fn takes(&mut self, keyword: &str) -> bool {
        let is_at = self.is_at(keyword);
        if is_at {
            self.word().expect("it was there a moment ago");
        }
        is_at
    }

    fn takes_mark(&mut self, mark: &str) -> bool {
        self.peek();
        let is_at = self.text[self.position..].starts_with(&mark.chars().collect::<Vec<_>>());
        if is_at {
            self.position += mark.len();
        }
        is_at
    }

    fn mark(&mut self, mark: &str) -> Result<(), Fault> {
        if self.takes_mark(mark) { Ok(()) } else { Err(SYNTAX) }
    }
}

fn is_bare(character: char) -> bool {
    !character.is_whitespace() && !"(),\"'=!~<>".contains(character)
}

pub fn is_keyword(text: &str) -> bool {
    KEYWORDS.iter().any(|keyword| text.eq_ignore_ascii_case(keyword))
}

/// Whether a text stands for itself without quotes.
pub fn stands_bare(text: &str) -> bool {
    !text.is_empty() && text.chars().all(is_bare) && !is_keyword(text)
}
