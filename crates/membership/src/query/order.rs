//! Orders as they are asked for: `ORDER BY` at the end of a query, and the parameter `order`.

use super::OrderTerm;
use super::error::{QueryError, Span, shown};
use super::field::Field;
use super::lex::Lexeme;
use super::parse::{Parser, Slot};
use crate::entity::Entity;

/// Reads an order of users, such as `-lastLogin,username`; empty is the default order.
///
/// # Errors
/// Says which item names no field, or one that records do not carry. Cost: O(length).
pub fn parse_order_users(text: &str) -> Result<Vec<OrderTerm>, QueryError> {
    parse_order(Entity::User, text)
}

/// Reads an order of groups.
///
/// # Errors
/// As [`parse_order_users`].
pub fn parse_order_groups(text: &str) -> Result<Vec<OrderTerm>, QueryError> {
    parse_order(Entity::Group, text)
}

fn parse_order(subject: Entity, text: &str) -> Result<Vec<OrderTerm>, QueryError> {
    if text.trim().is_empty() {
        return Ok(Vec::new());
    }
    let mut position = 0;
    let mut terms = Vec::new();
    for item in text.split(',') {
        terms.push(order_term(subject, item, position)?);
        position += item.chars().count() as u32 + 1;
    }
    Ok(terms)
}

fn order_term(subject: Entity, item: &str, position: u32) -> Result<OrderTerm, QueryError> {
    let blank = item.chars().take_while(|c| c.is_whitespace()).count() as u32;
    let written = item.trim();
    let (descending, name) = match written.strip_prefix('-') {
        Some(name) => (true, name),
        None => (false, written),
    };
    let position = position + blank + u32::from(descending);
    let at = Span {
        position,
        length: name.chars().count() as u32,
    };
    if name.is_empty() {
        return Err(QueryError::new(at, name, "expected a field, found nothing".to_owned()).expecting(&["a field"]));
    }
    let Some(field) = subject.field(name) else {
        let names: Vec<&str> = subject
            .entries()
            .iter()
            .filter(|entry| entry.order)
            .map(|entry| entry.name)
            .collect();
        return Err(QueryError::new(at, name, format!("unknown field `{}`", shown(name)))
            .expecting(&names)
            .suggesting(subject.nearest_field(name)));
    };
    check_order(subject, &field, at, name)?;
    Ok(OrderTerm { field, descending })
}

impl Parser<'_> {
    /// `ORDER BY f [ASC|DESC], …`
    pub(super) fn order(&mut self) -> Result<Vec<OrderTerm>, QueryError> {
        self.advance();
        self.slot = Slot::Mark("BY");
        if !self.eat("BY") {
            return Err(self.unexpected(&["`BY`"]));
        }
        let mut terms = Vec::new();
        loop {
            self.slot = Slot::OrderField;
            let token = self.current();
            let field = self.field()?;
            check_order(self.subject, &field, token.at, token.text)?;
            self.slot = Slot::Direction;
            let descending = !self.eat("ASC") && self.eat("DESC");
            terms.push(OrderTerm { field, descending });
            if self.current().lexeme != Lexeme::Comma {
                break;
            }
            self.advance();
        }
        match self.current().lexeme {
            Lexeme::End => Ok(terms),
            _ => Err(self.unexpected(&["`,`", "`ASC`", "`DESC`", "the end of the query"])),
        }
    }
}

/// Refuses a field that records do not carry.
fn check_order(subject: Entity, field: &Field, at: Span, text: &str) -> Result<(), QueryError> {
    if subject.can_order(field) {
        return Ok(());
    }
    let names: Vec<&str> = subject
        .entries()
        .iter()
        .filter(|entry| entry.order)
        .map(|entry| entry.name)
        .collect();
    let says = format!("`{}` cannot be ordered by", shown(text));
    Err(QueryError::new(at, text, says).expecting(&names))
}
