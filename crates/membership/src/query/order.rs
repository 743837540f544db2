//! Orders as they are asked for: `ORDER BY` at the end of a query, and the parameter `order`.

use super::OrderTerm;
use super::error::{QueryError, Span, shown};
use super::field::{Field, unknown_field};
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
        return Err(unknown_field(at, name, name, &subject.order_names()));
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
            let field = self.field(&["a field"], Entity::order_names)?;
            check_order(self.subject, &field, token.at, token.text)?;
            let ascending = self.eat("ASC");
            let descending = !ascending && self.eat("DESC");
            let is_given = ascending || descending;
            self.slot = Slot::Direction { is_given };
            terms.push(OrderTerm { field, descending });
            match self.current().lexeme {
                Lexeme::Comma => self.advance(),
                Lexeme::End => return Ok(terms),
                _ if is_given => return Err(self.unexpected(&["`,`", "the end of the query"])),
                _ => return Err(self.unexpected(&["`,`", "`ASC`", "`DESC`", "the end of the query"])),
            };
        }
    }
}

/// Refuses a field that records do not carry.
fn check_order(subject: Entity, field: &Field, at: Span, text: &str) -> Result<(), QueryError> {
    if subject.can_order(field) {
        return Ok(());
    }
    let says = format!("`{}` cannot be ordered by", shown(text));
    Err(QueryError::new(at, text, says).expecting(&subject.order_names()))
}
