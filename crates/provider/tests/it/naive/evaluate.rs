//! Which rows a query finds and in which order, one row at a time.

use std::cmp::Ordering;

use super::field::{Datum, Subject, compare, datum, refers};
use super::world::{World, fold};
use super::zenql::{Expr, Order, Test};

/// Whether an expression is true of a user or a group.
pub fn holds(world: &World, subject: Subject, row: usize, expr: &Expr) -> bool {
    match expr {
        Expr::All => true,
        Expr::And(parts) => parts.iter().all(|part| holds(world, subject, row, part)),
        Expr::Or(parts) => parts.iter().any(|part| holds(world, subject, row, part)),
        Expr::Not(part) => !holds(world, subject, row, part),
        Expr::Predicate(name, Test::Equal(Datum::Row(to))) => refers(world, row, name, *to),
        Expr::Predicate(name, Test::AnyOf(values)) => values.iter().any(|value| {
            holds(
                world,
                subject,
                row,
                &Expr::Predicate(name.clone(), Test::Equal(value.clone())),
            )
        }),
        Expr::Predicate(name, test) => passes(&datum(world, subject, row, name), test),
    }
}

fn passes(datum: &Datum, test: &Test) -> bool {
    let compares = |value: &Datum, orders: &[Ordering]| compare(datum, value).is_some_and(|it| orders.contains(&it));
    match test {
        Test::Missing => *datum == Datum::Missing,
        Test::Empty => *datum == Datum::Missing || *datum == Datum::Text(String::new()),
        Test::Equal(value) => compares(value, &[Ordering::Equal]),
        Test::Less(value) => compares(value, &[Ordering::Less]),
        Test::Greater(value) => compares(value, &[Ordering::Greater]),
        Test::Between(low, high) => {
            compares(low, &[Ordering::Equal, Ordering::Greater]) && compares(high, &[Ordering::Equal, Ordering::Less])
        }
        Test::Contains(value) => both(datum, value, |text, part| text.contains(part)),
        Test::StartsWith(value) => both(datum, value, |text, part| text.starts_with(part)),
        Test::EndsWith(value) => both(datum, value, |text, part| text.ends_with(part)),
        Test::FreeText(value) => both(datum, value, |text, words| {
            let text = words_of(text);
            words_of(words).iter().all(|word| text.contains(word))
        }),
        Test::AnyOf(_) => panic!("a list is as many equalities"),
    }
}

/// Whether two texts, without case, are in a relation.
fn both(one: &Datum, other: &Datum, relation: impl Fn(&str, &str) -> bool) -> bool {
    match (one, other) {
        (Datum::Text(one), Datum::Text(other)) => relation(&fold(one), &fold(other)),
        _ => false,
    }
}

fn words_of(text: &str) -> Vec<&str> {
    text.split(|it: char| !it.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect()
}

/// Sorts rows by fields, missing last whichever the direction, ties by id.
pub fn sort(world: &World, subject: Subject, rows: &mut [usize], order: &Order) {
    rows.sort_by(|one, other| {
        let by_field = |(name, descends): &(String, bool)| {
            let (one, other) = (datum(world, subject, *one, name), datum(world, subject, *other, name));
            match (one == Datum::Missing, other == Datum::Missing) {
                (false, false) => {
                    let ascending = compare(&one, &other).unwrap_or(Ordering::Equal);
                    if *descends { ascending.reverse() } else { ascending }
                }
                (one, other) => one.cmp(&other),
            }
        };
        let by_fields = order.iter().map(by_field).find(|it| it.is_ne());
        let id = |row: usize| match subject {
            Subject::Users => world.users[row].id.as_str(),
            Subject::Groups => world.groups[row].id.as_str(),
        };
        by_fields.unwrap_or_else(|| by_id(id(*one), id(*other)))
    });
}

/// The order of ids: that of text, and exactly where they differ in case alone.
pub fn by_id(one: &str, other: &str) -> Ordering {
    fold(one).cmp(&fold(other)).then_with(|| one.cmp(other))
}
