//! The conditions of a query that all have to hold, told apart by what vendors have words for.

use membership::directory::Directory;
use membership::entity::GroupIndex;
use membership::query::{Comparison, Expr, Field, Operand, Operator, Query, Span, Test, Value};

/// The group whose members administer the directory.
const ADMINISTRATORS: &str = "System Administrators";

/// A condition that has to hold, and what it says.
pub(super) struct Term<'a> {
    /// The condition.
    pub expr: &'a Expr,
    /// What it says.
    pub says: Says,
}

/// What a condition says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Says {
    /// In this group, directly if that is asked.
    MemberOf { group: GroupIndex, directly: bool },
    /// Not in this group, directly or through nesting.
    NotMemberOf(GroupIndex),
    /// An administrator, who is a member of this group.
    Administrator(GroupIndex),
    /// Suspended, or not.
    Suspended(bool),
    /// Something else.
    Other,
}

/// What has to hold for a user to match. Cost: O(conditions), and looking up the groups that they name.
pub(super) fn terms<'a>(directory: &Directory, query: &'a Query) -> Vec<Term<'a>> {
    let terms = match &query.expr {
        None => &[][..],
        Some(Expr::And(terms)) => terms.as_slice(),
        Some(single) => std::slice::from_ref(single),
    };
    let term = |expr| Term {
        expr,
        says: says(directory, expr),
    };
    terms.iter().map(term).collect()
}

fn says(directory: &Directory, expr: &Expr) -> Says {
    let said = match expr {
        Expr::Test(test) => positive(directory, test),
        Expr::Not(inner) => match &**inner {
            Expr::Test(test) => positive(directory, test).and_then(negated),
            _ => None,
        },
        Expr::And(_) | Expr::Or(_) => None,
    };
    said.unwrap_or(Says::Other)
}

fn positive(directory: &Directory, test: &Test) -> Option<Says> {
    let value = only_value(&test.comparison)?;
    match (&test.field, value) {
        (Field::MemberOf | Field::DirectMemberOf, Value::Text(name)) => Some(Says::MemberOf {
            group: directory.find_group(name)?,
            directly: test.field == Field::DirectMemberOf,
        }),
        (Field::IsAdministrator, Value::Boolean(true)) => {
            directory.group_by_name(ADMINISTRATORS).map(Says::Administrator)
        }
        (Field::Suspended, Value::Boolean(true)) => Some(Says::Suspended(true)),
        (Field::Status, Value::Text(status)) if status.eq_ignore_ascii_case("suspended") => Some(Says::Suspended(true)),
        _ => None,
    }
}

fn negated(says: Says) -> Option<Says> {
    match says {
        Says::MemberOf { group, directly: false } | Says::Administrator(group) => Some(Says::NotMemberOf(group)),
        Says::Suspended(is) => Some(Says::Suspended(!is)),
        _ => None,
    }
}

fn only_value(comparison: &Comparison) -> Option<&Value> {
    match comparison {
        Comparison::Is(Operator::Equal, operand) => Some(&operand.value),
        Comparison::In(operands) => match operands.as_slice() {
            [operand] => Some(&operand.value),
            _ => None,
        },
        _ => None,
    }
}

/// The same condition without the console's own fields; none if it needs one of them.
///
/// `status` alone can be said with the flags that it is made of. Cost: O(conditions).
pub(super) fn without_own_fields(expr: &Expr) -> Option<Expr> {
    let all = |terms: &[Expr]| terms.iter().map(without_own_fields).collect::<Option<Vec<_>>>();
    match expr {
        Expr::And(terms) => all(terms).and_then(Expr::and),
        Expr::Or(terms) => all(terms).and_then(Expr::or),
        Expr::Not(inner) => without_own_fields(inner).map(not),
        Expr::Test(test) if test.field == Field::Status => status(&test.comparison),
        Expr::Test(test) if test.field.is_own() => None,
        Expr::Test(_) => Some(expr.clone()),
    }
}

fn status(comparison: &Comparison) -> Option<Expr> {
    match comparison {
        Comparison::Is(Operator::Equal, operand) => standing(operand),
        Comparison::In(operands) => operands
            .iter()
            .map(standing)
            .collect::<Option<Vec<_>>>()
            .and_then(Expr::or),
        _ => None,
    }
}

/// Suspended beats locked; who is neither is active.
fn standing(operand: &Operand) -> Option<Expr> {
    let Value::Text(status) = &operand.value else {
        return None;
    };
    match status.to_ascii_lowercase().as_str() {
        "suspended" => Some(is(Field::Suspended)),
        "locked" => Expr::and(vec![is(Field::Locked), not(is(Field::Suspended))]),
        "active" => Expr::and(vec![not(is(Field::Suspended)), not(is(Field::Locked))]),
        _ => None,
    }
}

fn not(expr: Expr) -> Expr {
    Expr::Not(Box::new(expr))
}

fn is(field: Field) -> Expr {
    let operand = Operand {
        value: Value::Boolean(true),
        at: Span::default(),
    };
    let comparison = Comparison::Is(Operator::Equal, operand);
    Expr::Test(Test { field, comparison })
}
