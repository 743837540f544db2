//! Laws of orders, against a naive sort, and of the windows that are cut out of them.

use std::borrow::Cow;
use std::cmp::Ordering;

use membership::directory::{Builder, Directory, Place};
use membership::entity::{CustomValue, Entity, GroupRecord, Status, UserRecord};
use membership::order::{by_name, rows, window};
use membership::query::{Field, OrderTerm};
use membership::set::Set;
use membership::text::fold;
use proptest::prelude::*;

#[derive(Clone, Debug)]
struct Person {
    id: String,
    username: Option<String>,
    first: Option<String>,
    last: Option<String>,
    login: Option<i64>,
    locked: Option<bool>,
    suspended: Option<bool>,
    custom: Option<CustomValue>,
}

fn person() -> impl Strategy<Value = Person> {
    let text = || prop::option::of("[abABéςσ\u{0}]{0,3}|long[ab]{0,24}|[ab]{14}");
    let custom = prop_oneof![
        "[abAB]{0,2}".prop_map(CustomValue::Text),
        prop::sample::select(vec![-2.5, -0.0, 0.0, 1e300, 7.0]).prop_map(CustomValue::Number),
        any::<bool>().prop_map(CustomValue::Boolean),
    ];
    let flags = (any::<Option<bool>>(), any::<Option<bool>>());
    (
        "[a-cA-C]{1,3}",
        text(),
        text(),
        text(),
        prop::option::of(-2..3i64),
        flags,
        prop::option::of(custom),
    )
        .prop_map(
            |(id, username, first, last, login, (locked, suspended), custom)| Person {
                id,
                username,
                first,
                last,
                login,
                locked,
                suspended,
                custom,
            },
        )
}

/// Enough of them for rounds of keys, not just comparisons.
fn people() -> impl Strategy<Value = Vec<Person>> {
    prop::collection::vec(person(), 0..120).prop_map(|mut people| {
        people.sort_by(|one, other| one.id.cmp(&other.id));
        people.dedup_by(|one, other| one.id == other.id);
        people.sort_by_key(|person| person.id.len());
        people
    })
}

fn directory(people: &[Person]) -> Directory {
    let mut builder = Builder::new();
    builder
        .group(
            &GroupRecord {
                id: "g",
                ..GroupRecord::default()
            },
            Place::default(),
        )
        .unwrap();
    for person in people {
        let custom = person
            .custom
            .iter()
            .map(|value| (Cow::Borrowed("badge"), value.clone()))
            .collect();
        let record = UserRecord {
            id: &person.id,
            username: person.username.as_deref(),
            first_name: person.first.as_deref(),
            last_name: person.last.as_deref(),
            last_login: person.login,
            status: Status {
                locked: person.locked,
                suspended: person.suspended,
                ..Status::default()
            },
            custom,
            ..UserRecord::default()
        };
        builder.user(&record, Place::default()).unwrap();
        if person.login.is_some() {
            builder.membership("g", &person.id, false, Place::default()).unwrap();
        }
    }
    builder.finish(&mut |_, _| ()).unwrap()
}

/// What a field compares by; values of different kinds never meet but in the custom field.
#[derive(Debug, PartialEq, PartialOrd)]
enum Value {
    Boolean(bool),
    Number(f64),
    Text(String),
}

fn value(person: &Person, field: &Field) -> Option<Value> {
    let text = |text: &Option<String>| text.as_deref().map(|text| Value::Text(fold(text).into_owned()));
    match field {
        Field::Id => Some(Value::Text(fold(&person.id).into_owned())),
        Field::Username => text(&person.username),
        Field::FirstName => text(&person.first),
        Field::LastName => text(&person.last),
        Field::FullName => {
            let names = [&person.first, &person.last].map(|name| name.as_deref().unwrap_or_default());
            let names = names
                .into_iter()
                .filter(|name| !name.is_empty())
                .collect::<Vec<_>>()
                .join(" ");
            (!names.is_empty()).then(|| Value::Text(fold(&names).into_owned()))
        }
        Field::LastLogin => person.login.map(|login| Value::Number(login as f64)),
        Field::GroupCount => Some(Value::Number(f64::from(u8::from(person.login.is_some())))),
        Field::Locked => person.locked.map(Value::Boolean),
        Field::Status => Some(Value::Text(
            match (person.suspended, person.locked) {
                (Some(true), _) => "suspended",
                (_, Some(true)) => "locked",
                _ => "active",
            }
            .to_owned(),
        )),
        Field::Custom(name) if name == "badge" => person.custom.clone().map(|value| match value {
            CustomValue::Text(text) => Value::Text(fold(&text).into_owned()),
            CustomValue::Number(number) => Value::Number(number),
            CustomValue::Boolean(boolean) => Value::Boolean(boolean),
        }),
        _ => None,
    }
}

fn compare(one: &Person, other: &Person, order: &[OrderTerm]) -> Ordering {
    let by_term = |term: &OrderTerm| match (value(one, &term.field), value(other, &term.field)) {
        (None, None) => Ordering::Equal,
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (Some(one), Some(other)) => {
            let ordering = one.partial_cmp(&other).unwrap();
            if term.descending { ordering.reverse() } else { ordering }
        }
    };
    let by_terms = order.iter().map(by_term).find(|ordering| ordering.is_ne());
    by_terms.unwrap_or_else(|| (fold(&one.id), &one.id).cmp(&(fold(&other.id), &other.id)))
}

fn terms() -> impl Strategy<Value = Vec<OrderTerm>> {
    let field = prop::sample::select(vec![
        Field::Id,
        Field::Username,
        Field::FirstName,
        Field::LastName,
        Field::FullName,
        Field::LastLogin,
        Field::GroupCount,
        Field::Locked,
        Field::Status,
        Field::Custom("badge".into()),
        Field::Custom("nobody's".into()),
    ]);
    prop::collection::vec(
        (field, any::<bool>()).prop_map(|(field, descending)| OrderTerm { field, descending }),
        1..4,
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn orders_are_naive_sorts(people in people(), order in terms(), other in terms()) {
        let directory = directory(&people);
        let opened = Directory::from_snapshot(&directory.to_snapshot()).expect("a snapshot");
        // What was kept from one order must not change the next.
        for order in [&order, &other, &order] {
            let mut expected = (0..people.len() as u32).collect::<Vec<_>>();
            expected.sort_by(|a, b| compare(&people[*a as usize], &people[*b as usize], order));
            for directory in [&directory, &opened] {
                let permutation = directory.user_permutation(order);
                prop_assert_eq!(permutation.rows(), &expected);
            }
        }
    }

    #[test]
    fn the_first_rows_of_a_new_order_are_those_of_the_order(
        people in people(),
        keep in prop::collection::vec(any::<bool>(), 120),
        order in terms(),
        limit in 0..40u32,
        keep_all in any::<bool>(),
        asked in 0..24,
        parts in 0..3,
    ) {
        let directory = directory(&people);
        let set = Set::from_fn(directory.user_count(), |row| keep[row as usize]);
        let mut expected = set.iter().collect::<Vec<_>>();
        expected.sort_by(|a, b| compare(&people[*a as usize], &people[*b as usize], &order));
        let window = |offset: u32| expected.iter().skip(offset as usize).take(limit as usize).copied().collect::<Vec<_>>();
        // By selection, out of what is kept of that of everybody, and then out of the order.
        if keep_all {
            let all = Set::full(directory.user_count());
            prop_assert_eq!(
                directory.window(Entity::User, &order, &all, 0, limit),
                directory.user_permutation(&order).rows().iter().copied().take(limit as usize).collect::<Vec<_>>()
            );
            prop_assert_eq!(directory.window(Entity::User, &order, &set, 3, limit), window(3));
        }
        // Selected until that is not worth it any more, while parts of the order are made.
        for _ in 0..asked {
            prop_assert_eq!(directory.window(Entity::User, &order, &set, 0, limit), window(0));
            (0..parts).for_each(|_| _ = directory.finish_order());
        }
        prop_assert!((0..10).any(|_| !directory.finish_order()), "an order has three columns at the most");
        prop_assert_eq!(directory.window(Entity::User, &order, &set, 0, limit), window(0));
        prop_assert_eq!(directory.window(Entity::User, &order, &set, 7, limit), window(7));
    }

    #[test]
    fn windows_are_slices(
        people in people(),
        keep in prop::collection::vec(any::<bool>(), 120),
        (offset, limit) in (0..130u32, 0..40u32),
        sparse in any::<bool>(),
    ) {
        let directory = directory(&people);
        let permutation = directory.user_permutation(&by_name());
        let mut set = Set::new(directory.user_count());
        for row in 0..directory.user_count() {
            if if sparse { row == offset } else { keep[row as usize] } {
                set.insert(row);
            }
        }
        let all = permutation.rows().iter().copied().filter(|row| set.contains(*row)).collect::<Vec<_>>();
        prop_assert_eq!(rows(&permutation, &set), all.clone());
        let slice = all.into_iter().skip(offset as usize).take(limit as usize).collect::<Vec<_>>();
        prop_assert_eq!(window(&permutation, &set, offset, limit), slice);
        for (place, row) in (0..).zip(permutation.rows()) {
            prop_assert_eq!(permutation.places()[*row as usize], place);
        }
    }
}

#[test]
fn ids_that_tie_go_without_case_and_then_exactly() {
    let mut builder = Builder::new();
    let uuid = |head: &str| format!("{head}00000-0000-0000-0000-000000000000");
    for id in [
        uuid("B00"),
        uuid("a00"),
        "Z".to_owned(),
        "b".to_owned(),
        "B".to_owned(),
        "z".to_owned(),
    ] {
        builder
            .user(
                &UserRecord {
                    id: &id,
                    ..UserRecord::default()
                },
                Place::default(),
            )
            .unwrap();
    }
    let directory = builder.finish(&mut |_, _| ()).unwrap();
    assert_eq!(directory.user_permutation(&[]).rows(), [1, 4, 3, 0, 2, 5]);
}
