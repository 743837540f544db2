//! Values as the parser reads them: each by the kind of its field.

use super::{Parser, Slot};
use crate::instant::{self, Period};
use crate::query::compare::parse_boolean;
use crate::query::error::{QueryError, Span, shown};
use crate::query::expr::{Number, Operand, Value, quote};
use crate::query::field::{Field, Kind};
use crate::query::lex::{Lexeme, keyword};
use crate::query::moment::{FUNCTIONS, Function, Moment};
use crate::query::nearest::within;

impl Parser<'_> {
    /// One value of a field.
    pub(super) fn operand(&mut self, field: &Field) -> Result<Operand, QueryError> {
        self.slot = Slot::Value(field.clone());
        let token = self.current();
        let kind = self.subject.kind(field);
        let text = match token.lexeme {
            Lexeme::Quoted(text, _) => text,
            Lexeme::Word(word) => {
                if let Some(keyword) = keyword(word) {
                    return Err(self.keyword_as_value(keyword, kind));
                }
                if kind == Kind::Date {
                    return self.bare_date(field);
                }
                word
            }
            _ => return Err(self.unexpected(&[described_value(kind)])),
        };
        let value = match kind {
            Kind::Number => Number::parse(text).map(Value::Number),
            Kind::Boolean => parse_boolean(text).map(Value::Boolean),
            Kind::Date => Moment::parse(text).map(Value::Date),
            Kind::Text | Kind::Group | Kind::User | Kind::Custom | Kind::Any => Some(Value::Text(text.to_owned())),
        };
        let Some(value) = value else {
            return Err(wrong_kind(field, kind, token.at, token.text, text));
        };
        self.advance();
        Ok(Operand { value, at: token.at })
    }

    fn keyword_as_value(&self, keyword: &str, kind: Kind) -> QueryError {
        let token = self.current();
        let says = format!("`{}` is a keyword, and text only in quotes", shown(token.text));
        let is_text = !matches!(kind, Kind::Number | Kind::Date | Kind::Boolean);
        let meant = (keyword != "NULL" && is_text).then(|| quote(token.text));
        QueryError::new(token.at, token.text, says)
            .expecting(&[described_value(kind)])
            .suggesting(meant)
    }

    /// A date that may go on over several words: a time, more parts of a period, or a function's parentheses.
    fn bare_date(&mut self, field: &Field) -> Result<Operand, QueryError> {
        let first = self.current();
        if self.following().lexeme == Lexeme::Open {
            return self.function();
        }
        let start = self.next;
        self.advance();
        let mut text = first.text.to_owned();
        let mut at = first.at;
        let is_date = instant::is_date(first.text);
        let is_period = Period::parse(first.text).is_some();
        while let Lexeme::Word(word) = self.current().lexeme {
            let goes_on = is_date && text.len() == first.text.len() && instant::is_time(word)
                || is_period && word.starts_with(|c: char| c.is_ascii_digit()) && Period::parse(word).is_some();
            if !goes_on {
                break;
            }
            text.push(' ');
            text.push_str(word);
            at = at.to(self.advance().at);
        }
        if let Some(moment) = Moment::parse(&text) {
            return Ok(Operand {
                value: Value::Date(moment),
                at,
            });
        }
        self.next = start;
        Err(wrong_kind(field, Kind::Date, at, &text, &text))
    }

    /// `startOfMonth(-1)` and its like.
    fn function(&mut self) -> Result<Operand, QueryError> {
        let name = self.current();
        let names = FUNCTIONS.map(|(name, _)| name);
        let Some(function) = Function::named(name.text) else {
            let meant = within(name.text, name.text.len() / 2, names.into_iter()).map(str::to_owned);
            let says = format!("unknown function `{}`", shown(name.text));
            return Err(QueryError::new(name.at, name.text, says)
                .expecting(&names)
                .suggesting(meant));
        };
        self.advance();
        self.advance();
        self.slot = Slot::Mark(")");
        let mut words = Vec::new();
        let mut argument: Option<Span> = None;
        while let Lexeme::Word(word) = self.current().lexeme {
            words.push(word);
            let at = self.advance().at;
            argument = Some(argument.map_or(at, |first| first.to(at)));
        }
        let text = words.join(" ");
        let Some(period) = function.argument(&text) else {
            let at = argument.unwrap_or(name.at);
            return Err(QueryError::unexpected(
                at,
                &text,
                &["a period such as -1M", "a number such as -1", "`)`"],
            ));
        };
        if self.current().lexeme != Lexeme::Close {
            return Err(self.unexpected(&["`)`"]));
        }
        let at = name.at.to(self.advance().at);
        Ok(Operand {
            value: Value::Date(Moment::Function(function, period)),
            at,
        })
    }
}

/// The value is not of the field's kind: says both kinds.
fn wrong_kind(field: &Field, kind: Kind, at: Span, written: &str, text: &str) -> QueryError {
    let found = if Number::parse(text).is_some() {
        Kind::Number
    } else if parse_boolean(text).is_some() {
        Kind::Boolean
    } else if kind != Kind::Date && Moment::parse(text).is_some() {
        Kind::Date
    } else {
        Kind::Text
    };
    let says = format!(
        "`{field}` is {}, `{}` is {}",
        kind.described(),
        shown(written),
        found.described()
    );
    let expected: &[&str] = match kind {
        Kind::Date => &[
            "a date such as 2024-01-31",
            "a period such as -90d",
            "a function such as startOfMonth()",
        ],
        Kind::Boolean => &["true", "false"],
        _ => &["a number"],
    };
    // A function has parentheses, and no quotes.
    let function = Function::known(text.strip_suffix("()").unwrap_or(text)).filter(|_| kind == Kind::Date);
    QueryError::new(at, written, says)
        .expecting(expected)
        .suggesting(function.map(|(name, _)| format!("{name}()")))
}

fn described_value(kind: Kind) -> &'static str {
    match kind {
        Kind::Text | Kind::Custom | Kind::Any => "a value",
        Kind::Number => "a number",
        Kind::Date => "a date",
        Kind::Boolean => "`true` or `false`",
        Kind::Group => "a group",
        Kind::User => "a user",
    }
}
