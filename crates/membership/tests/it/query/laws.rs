//! Laws: what holds of every text and of every query.

use proptest::prelude::*;
use proptest::sample::select;

use super::{directory, naive, now};
use membership::directory::{Builder, Directory, Place};
use membership::entity::UserRecord;
use membership::instant::{self, Period, Unit};
use membership::query::{Query, complete, parse_groups, parse_order_users, parse_users};
use membership::sample;
use membership::set::Set;

thread_local! {
    static DIRECTORY: Directory = directory();
    static SAMPLE: Directory = sample::directory(200, sample::DEFAULT_SEED).expect("room");
}

fn quoted(text: &str) -> String {
    format!("\"{text}\"")
}

/// Short texts that the little directory has parts of, and others.
fn value() -> impl Strategy<Value = String> {
    let known = select(vec![
        "ann",
        "a",
        "Tyler",
        "r",
        "",
        " ",
        "durden",
        "ΣΊΣΥΦΟΣ",
        "σ",
        "pssc",
        "example",
        "jo ann",
        "n d",
        "soap",
        "7",
        "10",
        "true",
        "active",
        "locked",
        "e",
        "u1",
        "marla singer",
        "order",
        "late",
    ]);
    prop_oneof![4 => known.prop_map(str::to_owned), 1 => "[a-eA-E .]{0,3}", 1 => "[^\"]{0,4}"]
}

fn number() -> impl Strategy<Value = String> {
    select(vec!["0", "1", "2", "-1", "1.5", "7", "10", "2.0"]).prop_map(str::to_owned)
}

fn date() -> impl Strategy<Value = String> {
    select(vec![
        "2020-02-29",
        "2020/2/29 12:00",
        "2026-11-17T08:30:00Z",
        "now()",
        "now(-7)",
        "-90d",
        "-3M 2w 6d",
        "startOfDay()",
        "endOfWeek(-1)",
        "startOfMonth(-1M 2d)",
        "endOfYear(1)",
        "0d",
        "+1y",
    ])
    .prop_map(str::to_owned)
}

fn text_test(fields: Vec<&'static str>) -> impl Strategy<Value = String> {
    let field = select(fields);
    let operator = select(vec![
        "=",
        "!=",
        "~",
        "!~",
        "<",
        "<=",
        ">",
        ">=",
        "STARTSWITH",
        "not endswith",
        "FREETEXT",
    ]);
    prop_oneof![
        8 => (field.clone(), operator, value()).prop_map(|(field, op, value)| format!("{field} {op} {}", quoted(&value))),
        1 => (field.clone(), value(), value())
            .prop_map(|(field, low, high)| format!("{field} between({}, {})", quoted(&low), quoted(&high))),
        1 => (field.clone(), prop::collection::vec(value(), 1..7)).prop_map(|(field, values)| {
            let values: Vec<String> = values.iter().map(|value| quoted(value)).collect();
            format!("{field} NOT IN ({})", values.join(","))
        }),
        1 => (field, select(vec!["= NULL", "!= null", "EXISTS", "NOT EXISTS", "is empty", "IS NOT EMPTY"]))
            .prop_map(|(field, test)| format!("{field} {test}")),
    ]
}

fn ordered_test<S>(fields: Vec<&'static str>, values: fn() -> S) -> impl Strategy<Value = String>
where
    S: Strategy<Value = String>,
{
    let field = select(fields);
    let operator = select(vec!["=", "!=", "<", "<=", ">", ">="]);
    prop_oneof![
        5 => (field.clone(), operator, values()).prop_map(|(field, op, value)| format!("{field} {op} {value}")),
        1 => (field.clone(), values(), values()).prop_map(|(field, a, b)| format!("{field} BETWEEN ({a}, {b})")),
        1 => (field.clone(), values(), values()).prop_map(|(field, a, b)| format!("{field} in ({a}, {b})")),
        1 => (field, select(vec!["= NULL", "IS EMPTY", "EXISTS"])).prop_map(|(field, test)| format!("{field} {test}")),
    ]
}

fn membership_test(fields: Vec<&'static str>, identifiers: Vec<&'static str>) -> impl Strategy<Value = String> {
    let identifier = select(identifiers).prop_map(quoted);
    prop_oneof![
        (select(fields.clone()), select(vec!["=", "!="]), identifier.clone())
            .prop_map(|(field, op, value)| format!("{field} {op} {value}")),
        (select(fields), prop::collection::vec(identifier, 1..4))
            .prop_map(|(field, values)| format!("{field} IN ({})", values.join(", "))),
    ]
}

const GROUPS: [&str; 6] = [
    "g1",
    "Finance",
    "NIGHT SHIFT",
    "Project Mayhem",
    "homework",
    "System Administrators",
];
const USERS: [&str; 4] = ["u1", "MSINGER", "bob@pssc.example", "joann"];

fn boolean() -> impl Strategy<Value = String> {
    select(vec!["= true", "!= TRUE", "in (false)", "= NULL", "exists"]).prop_map(str::to_owned)
}

pub fn users_test() -> BoxedStrategy<String> {
    let flags = select(vec!["status.suspended", "status.locked", "isAdministrator"]);
    prop_oneof![
        6 => text_test(vec!["username", "email", "firstName", "lastName", "fullName", "status", "id",
            "custom.department", "custom.level", "custom.remote", "custom.none"]),
        1 => value().prop_map(|value| format!("* FREETEXT {}", quoted(&value))),
        1 => ordered_test(vec!["groupCount", "inheritedGroupCount", "custom.level"], number),
        1 => ordered_test(vec!["created", "lastLogin"], date),
        1 => (flags, boolean()).prop_map(|(field, test)| format!("{field} {test}")),
        2 => membership_test(vec!["memberOf", "directMemberOf", "managerOf"], GROUPS.to_vec()),
    ]
    .boxed()
}

pub fn groups_test() -> BoxedStrategy<String> {
    prop_oneof![
        2 => text_test(vec!["name", "description", "type"]),
        1 => ordered_test(vec!["userCount", "inheritedUserCount", "managerCount", "childGroupCount"], number),
        1 => boolean().prop_map(|test| format!("inCycle {test}")),
        1 => membership_test(vec!["hasMember", "hasDirectMember", "hasManager"], USERS.to_vec()),
        1 => membership_test(vec!["childOf", "parentOf", "ancestorOf", "descendantOf"], GROUPS.to_vec()),
    ]
    .boxed()
}

pub fn condition(test: BoxedStrategy<String>) -> impl Strategy<Value = String> {
    test.prop_recursive(4, 24, 4, |inner| {
        let chain = (
            select(vec![" AND ", " or "]),
            prop::collection::vec(inner.clone(), 2..4),
        );
        prop_oneof![
            chain.clone().prop_map(|(joint, terms)| terms.join(joint)),
            chain.prop_map(|(joint, terms)| format!("({})", terms.join(joint))),
            inner.prop_map(|term| format!("NOT ({term})")),
        ]
    })
}

fn chosen(directory: &Directory, query: &str) -> Vec<u32> {
    let query = parse_users(query).expect("a query");
    directory
        .select_users(&query, now())
        .expect("known names")
        .iter()
        .collect()
}

fn reads_back(query: &Query, parse: fn(&str) -> Result<Query, membership::query::QueryError>) {
    let printed = query.to_string();
    assert_eq!(parse(&printed).as_ref(), Ok(query), "{printed}");
}

proptest! {
    #[test]
    fn no_text_makes_the_parser_panic(text in any::<String>()) {
        for error in [parse_users(&text).err(), parse_groups(&text).err()].into_iter().flatten() {
            let characters = text.chars().count() as u32;
            prop_assert!(error.position + error.length <= characters, "{error:?}");
            prop_assert!(!error.message().contains('\n') && !error.expected.is_empty());
        }
        _ = parse_order_users(&text);
    }

    #[test]
    fn no_rubble_of_the_language_makes_the_parser_or_completion_panic(
        pieces in prop::collection::vec(select(vec![
            "firstName", "memberOf", "created", "groupCount", "custom.x", "*", "=", "!", "!=", "~", "<", ">=", "(", ")", ",",
            "AND", "OR", "NOT", "IN", "IS", "NULL", "EMPTY", "EXISTS", "BETWEEN", "STARTSWITH", "FREETEXT", "ORDER", "BY",
            "DESC", "\"Finance\"", "'", "\"", "-1M", "1w", "now", "2024-01-31", "12:00", "true", "7", "é", "Σ^2", "",
        ]), 0..12),
        caret in 0_u32..80,
        glue in select(vec!["", " "]),
    ) {
        let text = pieces.join(glue);
        DIRECTORY.with(|directory| {
            if let Ok(query) = parse_users(&text) {
                reads_back(&query, parse_users);
                _ = directory.select_users(&query, now());
            }
            let completion = complete(directory, &text, caret, now());
            let characters = text.chars().count() as u32;
            assert!(completion.from <= completion.to && completion.to <= characters.max(caret));
        });
    }

    #[test]
    fn what_is_printed_is_read_as_the_same(
        users in condition(users_test()),
        groups in condition(groups_test()),
        order in select(vec!["", " ORDER BY lastName", " order by custom.a desc, created asc"]),
    ) {
        reads_back(&parse_users(&format!("{users}{order}")).expect("a query"), parse_users);
        reads_back(&parse_groups(&groups).expect("a query"), parse_groups);
    }

    #[test]
    fn columns_answer_as_one_record_at_a_time_does(
        users in condition(users_test()),
        groups in condition(groups_test()),
    ) {
        DIRECTORY.with(|directory| {
            let query = parse_users(&users).expect("a query");
            assert_eq!(chosen(directory, &users), naive::select(directory, &query), "{users}");
            let query = parse_groups(&groups).expect("a query");
            let found: Vec<u32> = directory.select_groups(&query, now()).expect("known names").iter().collect();
            assert_eq!(found, naive::select(directory, &query), "{groups}");
        });
    }

    #[test]
    fn columns_answer_so_over_many_words_of_rows(
        query in condition(prop_oneof![
            3 => text_test(vec!["username", "email", "firstName", "lastName", "fullName", "status", "custom.department"]),
            1 => ordered_test(vec!["created", "lastLogin"], date),
            1 => ordered_test(vec!["groupCount", "inheritedGroupCount"], number),
        ].boxed()),
        step in 1_u32..40,
    ) {
        SAMPLE.with(|directory| {
            let parsed = parse_users(&query).expect("a query");
            let expected = naive::select(directory, &parsed);
            assert_eq!(chosen(directory, &query), expected, "{query}");
            let within = Set::from_fn(directory.user_count(), |row| row % step == 0);
            let expected: Vec<_> = expected.into_iter().filter(|row| row % step == 0).collect();
            let found = directory.select_within(&parsed, now(), &within).expect("known names");
            assert_eq!(found.iter().collect::<Vec<_>>(), expected, "{query}, of each {step}.");
        });
    }

    #[test]
    fn what_narrows_a_query_finds_no_others(
        one in text_test(vec!["firstName", "email", "fullName", "status", "custom.department"]),
        other in text_test(vec!["firstName", "email", "fullName", "status", "custom.department"]),
        (field, text, more) in (select(vec!["firstName", "fullName", "*", "custom.department"]), "[aenEé1]{0,2}", "[anr .]{0,2}"),
    ) {
        let typed = [format!("{field} ~ {}", quoted(&text)), format!("{field} ~ {}", quoted(&format!("{text}{more}")))];
        let [before, after] = typed.map(|query| parse_users(&query));
        let typed = before.ok().zip(after.ok());
        if let Some((before, after)) = &typed {
            prop_assert!(after.narrows(before) && (more.is_empty() || !before.narrows(after)));
        }
        let [one, other] = [one, other].map(|query| parse_users(&query).expect("a query"));
        for (one, other) in [(other, one)].into_iter().chain(typed) {
            SAMPLE.with(|directory| {
                let [of_one, of_other] = [&one, &other].map(|query| naive::select(directory, query));
                assert!(!other.narrows(&one) || of_other.iter().all(|row| of_one.contains(row)), "{other} narrows {one}");
            });
        }
    }

    #[test]
    fn a_text_is_found_in_any_of_four_fields(text in "[a-eA-Eé@.]{0,3}", step in 1_u32..40) {
        SAMPLE.with(|directory| {
            let (users, folded) = (directory.users(), text.to_lowercase());
            let holds = |row| {
                let (names, others) = ([&users.first_name, &users.last_name], [&users.username, &users.email]);
                let names = names.map(|column| column.get(row).map(|name| name.into_owned()));
                let others = others.map(|column| column.get(row).map(str::to_owned));
                names.into_iter().chain(others).flatten().any(|told| told.to_lowercase().contains(&folded))
            };
            let within = Set::from_fn(directory.user_count(), |row| row % step == 0);
            let expected = Set::from_fn(directory.user_count(), |row| holds(row) && within.contains(row));
            assert_eq!(directory.find_users_within(&text, &within), expected, "{text}, of each {step}.");
        });
    }

    #[test]
    fn words_are_found_whole(
        names in prop::collection::vec(prop::option::of("[aBΣς\u{e9}\u{301}1_ .-]{0,12}"), 1..90),
        text in "[aΣé1 -]{0,4}",
    ) {
        let mut builder = Builder::new();
        for (name, number) in names.iter().zip(0..) {
            let (id, first_name) = (format!("u{number}"), name.as_deref());
            let last_name = names.get(number / 2).and_then(Option::as_deref);
            let record = UserRecord { id: &id, first_name, last_name, ..UserRecord::default() };
            builder.user(&record, Place { line: 0 }).expect("room");
        }
        let directory = builder.finish(&mut |_, _| {}).expect("room");
        for field in ["firstName", "fullName", "*"] {
            let query = format!("{field} FREETEXT {}", quoted(&text));
            let expected = naive::select(&directory, &parse_users(&query).expect("a query"));
            assert_eq!(chosen(&directory, &query), expected, "{query}");
        }
    }

    #[test]
    fn de_morgan(one in condition(users_test()), two in condition(users_test())) {
        DIRECTORY.with(|directory| {
            assert_eq!(
                chosen(directory, &format!("NOT (({one}) AND ({two}))")),
                chosen(directory, &format!("NOT ({one}) OR NOT ({two})")),
            );
            assert_eq!(
                chosen(directory, &format!("NOT (({one}) OR ({two}))")),
                chosen(directory, &format!("NOT ({one}) AND NOT ({two})")),
            );
            assert_eq!(chosen(directory, &format!("NOT NOT ({one})")), chosen(directory, &one));
        });
    }

    #[test]
    fn dates_read_back(instant in -62_167_219_200_000_i64..253_402_300_800_000) {
        prop_assert_eq!(instant::parse(&instant::format(instant)), Some(instant));
        for unit in [Unit::Day, Unit::Week, Unit::Month, Unit::Year] {
            let (start, end) = (unit.start(instant), unit.end(instant));
            prop_assert!(start <= instant && instant <= end);
            prop_assert_eq!(unit.start(end), start);
            prop_assert_eq!(unit.start(end + 1), end + 1);
        }
    }

    #[test]
    fn periods_read_back(text in "-?([0-9]{1,3}[yMwdhm]( [0-9]{1,3}[yMwdhm]){0,4})", instant in -1_i64 << 50..1 << 50) {
        let period = Period::parse(&text).expect("a period");
        prop_assert_eq!(Period::parse(&period.to_string()), Some(period));
        if !text.starts_with('-') {
            prop_assert!(period.after(instant) >= instant);
        }
    }

    #[test]
    fn no_text_makes_dates_and_periods_panic(text in "\\PC{0,24}", digits in "[0-9+:/.TZyMwdhm -]{0,24}", at in any::<i64>()) {
        for text in [text, digits] {
            _ = (instant::parse(&text), instant::is_time(&text));
            if let Some(period) = Period::parse(&text) {
                _ = period.after(at);
            }
        }
        _ = instant::format(at);
        for unit in [Unit::Day, Unit::Week, Unit::Month, Unit::Year] {
            _ = (unit.start(at), unit.end(at));
        }
    }
}
