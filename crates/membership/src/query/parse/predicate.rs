//! One comparison: a field, an operator, values; and what to say where one of them does not fit.

use super::{Parser, Slot};
use crate::entity::Entity;
use crate::query::error::{QueryError, Span, shown};
use crate::query::expr::{Comparison, Expr, Operand, Operator, Test};
use crate::query::field::{Field, Kind, unknown_field};
use crate::query::lex::{Lexeme, Token, keyword};
use crate::query::nearest::within;

impl<'a> Parser<'a> {
    pub(super) fn predicate(&mut self) -> Result<Expr, QueryError> {
        self.term = self.current().start;
        let field = self.field(&["a field", "`NOT`", "`(`"], Entity::names)?;
        self.slot = Slot::Operator(field.clone());
        let mut nots = self.nots()?;
        let before = nots as usize;
        let comparison = self.comparison(&field, &mut nots)?;
        self.depth -= before;
        Ok(Expr::Test(Test { field, comparison }).negated(nots))
    }

    /// A field, bare or in double quotes; what is expected here, and the names that are known here, are for the error.
    pub(in crate::query) fn field(
        &mut self,
        expected: &[&str],
        known: fn(Entity) -> Vec<&'static str>,
    ) -> Result<Field, QueryError> {
        let token = self.current();
        let name = match token.lexeme {
            Lexeme::Word("*") => {
                self.advance();
                return Ok(Field::Any);
            }
            Lexeme::Word(word) if keyword(word).is_none() => word,
            Lexeme::Quoted(name, '"') => name,
            _ => return Err(self.unexpected(expected)),
        };
        let boost = name.find('^').filter(|_| token.lexeme == Lexeme::Word(name));
        if let Some((name, boost)) = boost.and_then(|at| name.split_at_checked(at)) {
            let (before, length) = (name.chars().count() as u32, boost.chars().count() as u32);
            let at = Span {
                position: token.at.position + before,
                length,
            };
            let says = format!("boosts are not offered: `{}`", shown(boost));
            return Err(QueryError::new(at, boost, says).expecting(&["an operator"]));
        }
        let Some(field) = self.subject.field(name) else {
            return Err(unknown_field(token.at, token.text, name, &known(self.subject)));
        };
        self.advance();
        Ok(field)
    }

    /// An operator and its values. A negated operator adds to `nots`.
    fn comparison(&mut self, field: &Field, nots: &mut u32) -> Result<Comparison, QueryError> {
        let token = self.current();
        let operator = match token.lexeme {
            Lexeme::Sign(sign) if sign != "!" => sign,
            Lexeme::Word(word) => match keyword(word) {
                Some("DISTANCEWITHIN") => return Err(self.no_distance(field)),
                Some(known) => known,
                None => return Err(self.not_an_operator(field)),
            },
            _ => return Err(self.not_an_operator(field)),
        };
        self.check_fit(field, operator)?;
        let simple = match operator {
            "=" | "!=" => Operator::Equal,
            "~" | "!~" => Operator::Contains,
            "<" => Operator::Less,
            "<=" => Operator::LessOrEqual,
            ">" => Operator::Greater,
            ">=" => Operator::GreaterOrEqual,
            "STARTSWITH" => Operator::StartsWith,
            "ENDSWITH" => Operator::EndsWith,
            "FREETEXT" => Operator::FreeText,
            _ => return self.word_comparison(field, operator, nots),
        };
        self.advance();
        *nots += u32::from(operator.starts_with('!'));
        if simple == Operator::Equal && self.current().is("NULL") && !is_membership(self.subject.kind(field)) {
            self.advance();
            return Ok(Comparison::Null);
        }
        self.no_foreign_operator(field, token)?;
        Ok(Comparison::Is(simple, self.operand(field)?))
    }

    /// The operators that are words and do not take one value.
    fn word_comparison(&mut self, field: &Field, operator: &str, nots: &mut u32) -> Result<Comparison, QueryError> {
        match operator {
            "IN" => {
                self.advance();
                self.list(field).map(Comparison::In)
            }
            "BETWEEN" => {
                self.advance();
                self.mark(Lexeme::Open, "(")?;
                let low = self.operand(field)?;
                self.mark(Lexeme::Comma, ",")?;
                let high = self.operand(field)?;
                self.mark(Lexeme::Close, ")")?;
                Ok(Comparison::Between(low, high))
            }
            "EXISTS" => {
                self.advance();
                *nots += 1;
                Ok(Comparison::Null)
            }
            "IS" => {
                let first = self.advance().at;
                self.slot = Slot::Mark("EMPTY");
                let inner = self.nots()?;
                self.depth -= inner as usize;
                *nots += inner;
                if self.eat("EMPTY") {
                    return Ok(Comparison::Empty);
                }
                if self.current().is("NULL") {
                    return Err(self.is_null(first, inner));
                }
                Err(self.unexpected(&["`EMPTY`", "`NOT EMPTY`"]))
            }
            _ => Err(self.not_an_operator(field)),
        }
    }

    /// `IS NULL` and `IS NOT NULL` are operators elsewhere.
    fn is_null(&self, first: Span, nots: u32) -> QueryError {
        let at = first.to(self.current().at);
        let found = format!("IS {}NULL", "NOT ".repeat(nots as usize));
        let meant = if nots.is_multiple_of(2) { "= NULL" } else { "!= NULL" };
        QueryError::unexpected(at, &found, &["`IS EMPTY`", "`IS NOT EMPTY`", "`= NULL`", "`!= NULL`"])
            .suggesting(Some(meant.to_owned()))
    }

    /// `(a, b, …)`
    fn list(&mut self, field: &Field) -> Result<Vec<Operand>, QueryError> {
        self.mark(Lexeme::Open, "(")?;
        let mut values = vec![self.operand(field)?];
        loop {
            match self.current().lexeme {
                Lexeme::Comma => {
                    self.advance();
                    values.push(self.operand(field)?);
                }
                Lexeme::Close => {
                    self.advance();
                    return Ok(values);
                }
                _ => {
                    self.slot = Slot::List;
                    return Err(self.unexpected(&["`,`", "`)`"]));
                }
            }
        }
    }

    fn mark(&mut self, lexeme: Lexeme<'static>, mark: &'static str) -> Result<(), QueryError> {
        self.slot = Slot::Mark(mark);
        if self.current().lexeme == lexeme {
            self.advance();
            return Ok(());
        }
        Err(self.unexpected(&[&format!("`{mark}`")]))
    }

    /// Whether an operator fits the kind of a field.
    fn check_fit(&self, field: &Field, operator: &str) -> Result<(), QueryError> {
        let kind = self.subject.kind(field);
        let operators = kind.operators();
        let asked = if operator == "IS" { "IS EMPTY" } else { operator };
        if operators.contains(&asked) {
            return Ok(());
        }
        if matches!(operator, "AND" | "OR" | "NULL" | "EMPTY" | "ORDER" | "NOT") {
            return Err(self.not_an_operator(field));
        }
        let token = self.current();
        let says = match kind {
            Kind::Any => format!("`*` is searched with `FREETEXT` alone, found `{}`", shown(token.text)),
            _ => format!(
                "`{}` does not fit `{field}`, which is {}",
                shown(token.text),
                kind.described()
            ),
        };
        Err(QueryError::new(token.at, token.text, says).expecting(operators))
    }

    /// Nothing that can follow a field.
    fn not_an_operator(&self, field: &Field) -> QueryError {
        let token = self.current();
        let operators = self.subject.kind(field).operators();
        let meant = match token.lexeme {
            Lexeme::Word(word)
                if ["contains", "like"]
                    .iter()
                    .any(|other| word.eq_ignore_ascii_case(other)) =>
            {
                Some("~").filter(|meant| operators.contains(meant))
            }
            // A slip in three letters; shorter words would be near to anything.
            Lexeme::Word(word) => within(word, word.len() / 3, operators.iter().copied()),
            _ => None,
        };
        let mut error = self.unexpected(&["an operator"]);
        error.expected = operators.iter().map(|&operator| operator.to_owned()).collect();
        error.suggesting(meant.map(str::to_owned))
    }

    fn no_distance(&self, field: &Field) -> QueryError {
        let token = self.current();
        let says = "`DistanceWithin` is not offered: users and groups have no place".to_owned();
        QueryError::new(token.at, token.text, says).expecting(self.subject.kind(field).operators())
    }

    /// `==`, `<>` and the like are operators elsewhere.
    fn no_foreign_operator(&self, field: &Field, first: Token<'a>) -> Result<(), QueryError> {
        let mut written = first.text.to_owned();
        let mut at = first.at;
        for token in self.tokens.iter().skip(self.next) {
            let Lexeme::Sign(sign) = token.lexeme else { break };
            written.push_str(sign);
            at = at.to(token.at);
        }
        let meant = match written.as_str() {
            "==" | "===" => "=",
            "<>" | "=!" | "!==" => "!=",
            "=>" => ">=",
            "=<" => "<=",
            "=~" | "~=" => "~",
            _ => return Ok(()),
        };
        let operators = self.subject.kind(field).operators();
        let meant = Some(meant).filter(|meant| operators.contains(meant));
        let says = format!("unknown operator `{written}`");
        Err(QueryError::new(at, &written, says)
            .expecting(operators)
            .suggesting(meant.map(str::to_owned)))
    }
}

fn is_membership(kind: Kind) -> bool {
    matches!(kind, Kind::Group | Kind::User)
}
