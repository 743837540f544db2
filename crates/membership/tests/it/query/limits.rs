//! Limits: what is too long or too deep is refused, and what is only long is read. What is not linear does not end here.

use super::{directory, now};
use membership::directory::{Builder, Place};
use membership::entity::{GroupRecord, UserRecord};
use membership::query::{QueryError, complete, parse_users};

fn refused(query: &str) -> QueryError {
    parse_users(query).expect_err("too much")
}

#[test]
fn a_megabyte_is_refused() {
    let error = refused(&"firstName = a OR ".repeat(65_536));
    assert_eq!(
        error.message(),
        "the query has 1114112 bytes; at most 65536 can be read"
    );
    assert_eq!((error.position, error.length), (65_536, 1));
    let error = refused(&"σ".repeat(40_000));
    assert_eq!((error.position, error.length), (32_768, 1));
}

#[test]
fn the_longest_that_is_allowed_is_read() {
    let filled = |bytes: usize| format!("id = \"{}\"", "x".repeat(bytes - 7));
    assert!(parse_users(&filled(65_536)).is_ok());
    assert_eq!(refused(&filled(65_537)).found, "65537 bytes");
    let wide = format!("id = \"{}\"", "σ".repeat(32_764));
    assert!(parse_users(&wide).is_ok(), "{} bytes", wide.len());
    assert_eq!(refused(&format!("{wide}  ")).found, "65537 bytes");
}

#[test]
fn ten_thousand_parentheses_are_refused() {
    let error = refused(&format!("{}firstName = a{}", "(".repeat(10_000), ")".repeat(10_000)));
    assert_eq!(error.message(), "parentheses and `NOT` nest deeper than 256");
    assert_eq!((error.position, error.length), (256, 1));
    assert_eq!(refused(&"NOT ".repeat(10_000)).position, 256 * 4);
    refused(&"(".repeat(65_536));
    refused(&format!("firstName {}= a", "NOT ".repeat(10_000)));
}

#[test]
fn the_deepest_that_is_allowed_is_read() {
    let nested = |depth: usize| format!("{}firstName = a{}", "NOT (".repeat(depth), ")".repeat(depth));
    let query = parse_users(&nested(128)).expect("256 levels");
    assert_eq!(parse_users(&query.to_string()), Ok(query));
    assert!(parse_users(&format!("({})", nested(128))).is_err());
    assert!(
        parse_users(&format!("{} AND {0}", nested(128))).is_ok(),
        "depth ends where a parenthesis closes"
    );
    assert!(parse_users(&format!("{}firstName NOT = a", "NOT ".repeat(255))).is_ok());
    assert!(parse_users(&format!("{}firstName NOT = a", "NOT ".repeat(256))).is_err());
    assert!(parse_users(&format!("{}firstName IS NOT EMPTY", "NOT ".repeat(255))).is_ok());
    assert!(parse_users(&format!("{}firstName IS NOT EMPTY", "NOT ".repeat(256))).is_err());
    assert!(parse_users(&format!("{}id = a{}", "(".repeat(256), ")".repeat(256))).is_ok());
    assert_eq!(
        refused(&format!("{}id = a{}", "(".repeat(257), ")".repeat(257))).position,
        256
    );
    assert!(parse_users(&vec!["NOT (id NOT = a)"; 3_000].join(" AND ")).is_ok());
    assert!(parse_users(&format!("id IN ({}", "(".repeat(9))).is_err());
}

#[test]
fn chains_of_any_length_are_read_answered_and_printed() {
    let directory = directory();
    for (joint, expected) in [(" AND ", 0), (" OR ", 2)] {
        let terms: Vec<&str> = ["id = u1", "id = u2"].into_iter().cycle().take(5_000).collect();
        let query = parse_users(&terms.join(joint)).expect("a long chain");
        assert_eq!(
            directory.select_users(&query, now()).expect("known fields").count(),
            expected
        );
        assert_eq!(query.to_string().matches(joint).count(), 4_999);
    }
    let mut steps = String::new();
    while steps.len() < 65_000 {
        steps.push_str("id = u1 OR id = u2 AND ");
    }
    assert!(parse_users(&(steps + "id = u3")).is_ok());
    let values = vec!["u1"; 20_000].join(",");
    let query = parse_users(&format!("id IN ({values})")).expect("a long list");
    assert_eq!(directory.select_users(&query, now()).expect("known fields").count(), 1);
}

#[test]
fn what_is_long_and_made_to_be_hard_is_read_to_its_end() {
    let long_period = format!("created > {}1d", "1d ".repeat(20_000));
    let long_name = format!("{} = 1", "x".repeat(60_000));
    let quotes = "\"a\" ".repeat(16_000);
    let words = "a ".repeat(30_000);
    let chain = vec!["id=a"; 7_000].join(" AND ");
    for query in [
        format!("{}{chain}{}", "id=a AND (".repeat(255), ")".repeat(255)),
        format!("{}{chain}{}", "(".repeat(255), ") AND id=a".repeat(255)),
        long_period,
        long_name,
        quotes,
        words,
        format!("firstName = '{}", "a'b".repeat(20_000)),
    ] {
        _ = parse_users(&query);
    }
}

#[test]
fn completion_answers_among_a_hundred_thousand_groups() {
    const GROUPS: u32 = 100_000;
    const NAMES: [&str; 5] = ["Finance", "Night shift", "Payroll", "Manufacturing", "Field sales"];
    let mut builder = Builder::new();
    let place = Place { line: 0 };
    for number in 0..GROUPS {
        let id = format!("g{number}");
        let name = format!("{} {number}", NAMES[number as usize % NAMES.len()]);
        let record = GroupRecord {
            id: &id,
            name: Some(&name),
            ..GroupRecord::default()
        };
        builder.group(&record, place).expect("room");
        if let Some(parent) = number.checked_sub(1) {
            builder.nesting(&format!("g{}", parent / 8), &id, place).expect("room");
        }
    }
    for number in 0..GROUPS {
        let id = format!("u{number}");
        let record = UserRecord {
            id: &id,
            first_name: Some(if number % 3 == 0 { "Ann" } else { "Bo" }),
            ..UserRecord::default()
        };
        builder.user(&record, place).expect("room");
        for step in 1..4 {
            let group = format!("g{}", number * 7 * step % GROUPS);
            builder.membership(&group, &id, false, place).expect("room");
        }
    }
    let directory = builder.finish(&mut |_, _| {}).expect("room");
    for text in [
        "n",
        "memberOf = ",
        "memberOf = n",
        "memberOf = 77",
        "firstName ~ ann AND memberOf = f",
        "firstName ~ ann ",
    ] {
        assert!(!complete(&directory, text, 99, now()).suggestions.is_empty(), "{text}");
    }
}
