//! The language's rules one by one, as far as no example of ZENQL.md shows them: each case is a line.

use super::{NOW, directory, now};
use membership::directory::Directory;
use membership::entity::{GroupIndex, UserIndex};
use membership::instant;
use membership::json;
use membership::query::{Comparison, Expr, Value, parse_groups, parse_users};

/// The ids of the users of the reference that a query is true of.
fn users_of(directory: &Directory, query: &str) -> String {
    let parsed = parse_users(query).unwrap_or_else(|error| panic!("{query}: {error}"));
    let rows = directory
        .select_users(&parsed, now())
        .unwrap_or_else(|error| panic!("{query}: {error}"));
    let ids: Vec<&str> = rows.iter().map(|row| directory.user_id(UserIndex::new(row))).collect();
    ids.join(" ")
}

fn groups_of(directory: &Directory, query: &str) -> String {
    let parsed = parse_groups(query).unwrap_or_else(|error| panic!("{query}: {error}"));
    let rows = directory
        .select_groups(&parsed, now())
        .unwrap_or_else(|error| panic!("{query}: {error}"));
    let ids: Vec<&str> = rows
        .iter()
        .map(|row| directory.group_id(GroupIndex::new(row)))
        .collect();
    ids.join(" ")
}

fn check_same(query: &str, other: &str) {
    let directory = directory();
    assert_eq!(
        users_of(&directory, query),
        users_of(&directory, other),
        "{query}, {other}"
    );
}

fn check_refused(query: &str, message: &str) {
    assert_eq!(parse_users(query).expect_err(query).message(), message, "{query}");
}

/// Every operator with a value that some users match and some do not, some having nothing to compare.
const CONDITIONS: [(&str, &str); 26] = [
    ("lastName", "= singer"),
    ("lastName", "~ ng"),
    ("lastName", "< p"),
    ("lastName", "<= paulson"),
    ("lastName", "> p"),
    ("lastName", ">= paulson"),
    ("lastName", "IN (singer, durden)"),
    ("lastName", "STARTSWITH p"),
    ("lastName", "ENDSWITH n"),
    ("lastName", "FREETEXT singer"),
    ("lastName", "BETWEEN (d, q)"),
    ("lastName", "IS EMPTY"),
    ("lastName", "EXISTS"),
    ("lastName", "= NULL"),
    ("groupCount", "= 1"),
    ("groupCount", "< 2"),
    ("groupCount", "IN (0, 2)"),
    ("groupCount", "BETWEEN (1, 1)"),
    ("lastLogin", "> -90d"),
    ("lastLogin", "BETWEEN (-90d, now())"),
    ("lastLogin", "= NULL"),
    ("status.locked", "= true"),
    ("status.locked", "IN (false)"),
    ("isAdministrator", "= true"),
    ("memberOf", "= Finance"),
    ("custom.level", "> 7"),
];

#[test]
fn not_before_a_predicate_and_before_an_operator_takes_away_whom_the_operator_matches() {
    let directory = directory();
    let everyone = users_of(&directory, "");
    for (field, test) in CONDITIONS {
        let matched = users_of(&directory, &format!("{field} {test}"));
        let others: Vec<&str> = everyone
            .split(' ')
            .filter(|id| !matched.split(' ').any(|hit| hit == *id))
            .collect();
        for negated in [
            format!("NOT {field} {test}"),
            format!("{field} NOT {test}"),
            format!("NOT ({field} {test})"),
            format!("not not {field} not {test}"),
            format!("NOT {field} NOT NOT {test}"),
        ] {
            assert_eq!(users_of(&directory, &negated), others.join(" "), "{negated}");
        }
        assert_eq!(
            users_of(&directory, &format!("NOT {field} NOT {test}")),
            matched,
            "{field} {test}"
        );
    }
}

#[test]
fn each_negated_form_is_the_negation() {
    check_same("lastName != singer", "NOT lastName = singer");
    check_same("lastName !~ ng", "NOT lastName ~ ng");
    check_same("lastName NOT IN (singer)", "NOT lastName IN (singer)");
    check_same("lastName IS NOT EMPTY", "NOT lastName IS EMPTY");
    check_same("lastName != NULL", "NOT lastName = NULL");
    check_same("lastName EXISTS", "lastName != NULL");
    check_same("NOT lastName NOT IN (singer)", "lastName IN (singer)");
    check_same("NOT lastName != singer", "lastName = singer");
    check_same("lastName NOT !~ ng", "lastName ~ ng");
}

#[test]
fn keywords_operators_and_fields_in_any_case() {
    check_same(
        "nOt LASTname sTARTSwITH p oR firstname iN (tyler) AnD CREATED eXiSTS",
        "NOT lastName STARTSWITH p OR firstName IN (tyler) AND created EXISTS",
    );
    check_same(
        "lastname BETWEEN (a, p) and EMAIL is NOT empty order BY id dEsC",
        "lastName between (a, p) AND email IS NOT EMPTY",
    );
    check_same(
        "status.LOCKED = TrUe or lastLogin > STARTOFMONTH(-3) and email != nUlL",
        "status.locked = true OR lastLogin > startOfMonth(-3) AND email != NULL",
    );
    check_same("* freetext EXAMPLE", "* FREETEXT example");
}

#[test]
fn keywords_are_values_only_in_quotes() {
    for keyword in [
        "AND",
        "or",
        "Not",
        "IN",
        "is",
        "NULL",
        "EMPTY",
        "EXISTS",
        "BETWEEN",
        "STARTSWITH",
        "ENDSWITH",
        "FREETEXT",
        "DISTANCEWITHIN",
        "ORDER",
    ] {
        for before in [
            "firstName ~ ",
            "firstName IN (a, ",
            "firstName BETWEEN (",
            "created > ",
            "memberOf = ",
            "groupCount < ",
        ] {
            let error = parse_users(&format!("{before}{keyword}")).expect_err(keyword);
            assert_eq!(
                error.message().split(';').next(),
                Some(format!("`{keyword}` is a keyword, and text only in quotes").as_str())
            );
            assert_eq!(
                (error.position as usize, error.length as usize),
                (before.len(), keyword.len())
            );
        }
        assert!(
            parse_users(&format!("firstName ~ \"{keyword}\" OR firstName IN ('{keyword}')")).is_ok(),
            "{keyword}"
        );
    }
    // Words of the end of a query, and those that are values, are text where text is asked for.
    for word in [
        "BY",
        "asc",
        "DESC",
        "true",
        "now",
        "17",
        "-1d",
        "2024-01-31",
        "*",
        "a-b",
        "a.b@c.d",
        "5F-4e",
        "^",
        "a;b|c&d",
    ] {
        let Ok(query) = parse_users(&format!("firstName = {word}")) else {
            panic!("{word}")
        };
        assert_eq!(query.to_string(), format!("firstName = \"{word}\""));
    }
    check_refused("firstName ~ NULL", "`NULL` is a keyword, and text only in quotes");
    check_refused("firstName IN (NULL)", "`NULL` is a keyword, and text only in quotes");
    check_refused("groupCount >= NULL", "`NULL` is a keyword, and text only in quotes");
}

#[test]
fn bare_words_end_where_something_else_begins() {
    check_same(
        "firstName=tyler OR(lastName~p)AND groupCount<2",
        "firstName = tyler OR (lastName ~ p) AND groupCount < 2",
    );
    check_same("firstName IN(tyler,marla)", "firstName IN ( tyler , marla )");
    check_same(
        "firstName\t=\r\n tyler\u{a0}OR\u{2003}firstName=marla",
        "firstName = tyler OR firstName = marla",
    );
}

#[test]
fn quotes_have_no_escapes() {
    let directory = directory();
    assert_eq!(groups_of(&directory, "name = 'Odd, \"quoted\"'"), "g8");
    assert_eq!(groups_of(&directory, "name ~ '\"' AND name ~ \",\""), "g8");
    assert_eq!(groups_of(&directory, "name ~ '\\'"), "");
    check_refused(
        "firstName = 'it''s'",
        "expected `AND`, `OR`, `ORDER BY` or the end of the query, found `'s'`",
    );
    check_same("\"firstName\" = 'tyler'", "firstName = \"tyler\"");
    check_refused(
        "'firstName' = tyler",
        "expected a field, `NOT` or `(`, found `'firstName'`",
    );
}

#[test]
fn text_has_no_case_for_any_operator() {
    for (one, other) in [
        ("= \"ΣΊΣΥΦΟΣ\"", "= σίσυφος"),
        ("!= ΣΊΣΥΦΟΣ", "!= σίσυφοσ"),
        ("~ ΊΣ", "~ ίς"),
        ("!~ ΊΣ", "!~ ίσ"),
        ("< Q", "< q"),
        ("<= SINGER", "<= singer"),
        ("> Q", "> q"),
        (">= SINGER", ">= singer"),
        ("IN (SINGER, a)", "IN (singer, A)"),
        ("STARTSWITH ΣΊ", "STARTSWITH σί"),
        ("ENDSWITH ΦΟΣ", "ENDSWITH φος"),
        ("BETWEEN (D, SINGER)", "BETWEEN (d, singer)"),
        ("FREETEXT ΣΊΣΥΦΟΣ", "FREETEXT σίσυφος"),
    ] {
        check_same(&format!("lastName {one}"), &format!("lastName {other}"));
    }
    let found = users_of(&directory(), "lastName ~ ίς");
    assert_eq!(found, "u5");
}

#[test]
fn on_text_every_value_is_text() {
    check_same(
        "username IN (17, true, 2024-01-31, -1d)",
        "username IN (\"17\", 'true', \"2024-01-31\", \"-1d\")",
    );
    check_same("username < 17", "username < \"17\"");
    check_same("username BETWEEN (1, true)", "username BETWEEN (\"1\", \"true\")");
    check_refused(
        "username = now()",
        "expected `AND`, `OR`, `ORDER BY` or the end of the query, found `(`",
    );
    check_refused(
        "username = 2024-01-31 12:00",
        "expected `AND`, `OR`, `ORDER BY` or the end of the query, found `12:00`",
    );
}

#[test]
fn between_includes_both_ends_and_reversed_matches_nothing() {
    let directory = directory();
    assert_eq!(
        users_of(&directory, "created BETWEEN (2019-01-31, 2020-02-29 12:00)"),
        "u1 u2"
    );
    assert_eq!(
        users_of(&directory, "created BETWEEN (2020-02-29 12:00, 2019-01-31)"),
        ""
    );
    assert_eq!(
        users_of(&directory, "created NOT BETWEEN (2020-02-29 12:00, 2019-01-31)"),
        "u1 u2 u3 u4 u5 u6"
    );
    assert_eq!(users_of(&directory, "custom.level BETWEEN (7, 10)"), "u1 u3");
    assert_eq!(groups_of(&directory, "userCount BETWEEN (2, 2)"), "g3");
}

#[test]
fn words_of_free_text_are_whole_and_may_be_spread_only_under_the_star() {
    let directory = directory();
    assert_eq!(users_of(&directory, "* FREETEXT \"durden TYLER\""), "u1");
    assert_eq!(users_of(&directory, "firstName FREETEXT \"durden tyler\""), "");
    assert_eq!(users_of(&directory, "* FREETEXT \"tyle\""), "");
    assert_eq!(users_of(&directory, "* FREETEXT \"robot@pssc.example\""), "u6");
    assert_eq!(users_of(&directory, "email FREETEXT \"example, a!\""), "u4");
    assert_eq!(users_of(&directory, "firstName FREETEXT \"\""), "u1 u2 u3 u4 u5");
    assert_eq!(
        users_of(&directory, "NOT * FREETEXT durden"),
        users_of(&directory, "* NOT FREETEXT durden")
    );
}

/// What a value of a date field stands for, where it is now a Tuesday, 2026-11-17 at 14:32:08.
fn instant_of(value: &str) -> String {
    let query = parse_users(&format!("created = {value}")).unwrap_or_else(|error| panic!("{value}: {error}"));
    let Some(Expr::Test(test)) = query.expr else {
        panic!("{value}")
    };
    let Comparison::Is(_, operand) = test.comparison else {
        panic!("{value}")
    };
    let Value::Date(moment) = operand.value else {
        panic!("{value}")
    };
    instant::format(moment.instant(now()))
}

#[test]
fn every_form_of_a_date_a_period_and_a_function() {
    for (value, expected) in [
        ("2024-01-31", "2024-01-31T00:00:00Z"),
        ("2024/1/3", "2024-01-03T00:00:00Z"),
        ("2024-1-3 05:06", "2024-01-03T05:06:00Z"),
        ("2024/01/31 15:26:54", "2024-01-31T15:26:54Z"),
        ("'2024-01-31 15:26'", "2024-01-31T15:26:00Z"),
        ("2024-01-31T15:26", "2024-01-31T15:26:00Z"),
        ("2024-01-31T15:26Z", "2024-01-31T15:26:00Z"),
        ("2024-01-31T15:26:54.1234567Z", "2024-01-31T15:26:54.123Z"),
        ("2024-01-31T15:26:54+05:30", "2024-01-31T09:56:54Z"),
        ("2024-01-31T15:26:54.5-01:00", "2024-01-31T16:26:54.500Z"),
        ("0d", NOW),
        ("-1y", "2025-11-17T14:32:08Z"),
        ("+1y", "2027-11-17T14:32:08Z"),
        ("1M", "2026-12-17T14:32:08Z"),
        ("-2w", "2026-11-03T14:32:08Z"),
        ("-1d", "2026-11-16T14:32:08Z"),
        ("3h", "2026-11-17T17:32:08Z"),
        ("-33m", "2026-11-17T13:59:08Z"),
        ("-1M 1w", "2026-10-10T14:32:08Z"),
        ("\"-1M 1w\"", "2026-10-10T14:32:08Z"),
        ("1y 1M 1w 1d 1h 1m", "2027-12-25T15:33:08Z"),
        ("now()", NOW),
        ("now(-7)", "2026-11-10T14:32:08Z"),
        ("now( 7 )", "2026-11-24T14:32:08Z"),
        ("now(-2h 2m)", "2026-11-17T12:30:08Z"),
        ("NOW(-1M)", "2026-10-17T14:32:08Z"),
        ("startOfDay()", "2026-11-17T00:00:00Z"),
        ("startOfWeek()", "2026-11-16T00:00:00Z"),
        ("startOfMonth()", "2026-11-01T00:00:00Z"),
        ("startOfYear()", "2026-01-01T00:00:00Z"),
        ("endOfDay()", "2026-11-17T23:59:59.999Z"),
        ("endOfWeek()", "2026-11-22T23:59:59.999Z"),
        ("endOfMonth()", "2026-11-30T23:59:59.999Z"),
        ("endOfYear()", "2026-12-31T23:59:59.999Z"),
        ("startOfDay(-1)", "2026-11-16T00:00:00Z"),
        ("startOfWeek(1)", "2026-11-23T00:00:00Z"),
        ("startOfMonth(-10)", "2026-01-01T00:00:00Z"),
        ("startOfYear(-1)", "2025-01-01T00:00:00Z"),
        ("endOfDay(+1)", "2026-11-18T23:59:59.999Z"),
        ("endOfWeek(-1)", "2026-11-15T23:59:59.999Z"),
        ("endOfMonth(3)", "2027-02-28T23:59:59.999Z"),
        ("endOfYear(-2)", "2024-12-31T23:59:59.999Z"),
        ("startOfMonth(-17d)", "2026-10-01T00:00:00Z"),
        ("endOfMonth(1M 1w)", "2026-12-31T23:59:59.999Z"),
    ] {
        assert_eq!(instant_of(value), expected, "{value}");
    }
}

/// A directory in which one user and one group have everything, and the others nothing.
fn full() -> Directory {
    let file = r#"{
      "users": [
        {"id": "5f1e9a2c-1b2d-4c3e-8f4a-0123456789ab", "username": "ada", "email": "ada+x@pssc.example",
         "firstName": "Ada", "lastName": "Lovelace", "language": "en-GB", "timezone": "Europe/London",
         "created": "2024-01-31", "modified": "2024-02-01", "lastLogin": "2024-02-02", "expiry": "2030-01-01",
         "status": {"suspended": true, "locked": true, "passwordResetRequired": true},
         "custom": {"department": "Engines", "Department": "Second", "order": 1, "a b": true}},
        {"id": "none"}],
      "groups": [
        {"id": "all", "name": "Everyone", "description": "All of us", "type": "sys", "created": "2024-01-31",
         "modified": "2024-02-01", "members": ["5f1e9a2c-1b2d-4c3e-8f4a-0123456789ab"],
         "managers": ["5f1e9a2c-1b2d-4c3e-8f4a-0123456789ab"], "children": ["kid"], "custom": {"floor": 2}},
        {"id": "kid", "members": ["none"]}]
    }"#;
    json::read(file.as_bytes()).expect("a directory")
}

#[test]
fn every_field_of_a_user_is_compared() {
    let directory = full();
    let ada = "5f1e9a2c-1b2d-4c3e-8f4a-0123456789ab";
    for query in [
        "id = 5F1E9A2C-1b2d-4c3e-8f4a-0123456789ab",
        "username = ada",
        "email = ada+x@pssc.example",
        "firstName = ada",
        "lastName = lovelace",
        "fullName = \"ada lovelace\"",
        "language = en-gb",
        "timezone = europe/london",
        "created = 2024-01-31",
        "modified = 2024-02-01",
        "lastLogin = 2024-02-02",
        "expiry = 2030-01-01",
        "status.suspended = true",
        "status.locked = true",
        "status.passwordResetRequired = true",
        "custom.department = engines",
        "custom.Department = second",
        "CUSTOM.DEPARTMENT = engines",
        "custom.order = 1",
        "\"custom.a b\" = true",
        "managerOf = all",
        "directMemberOf = everyone",
        "status = suspended",
        "inheritedGroupCount = 0",
        "NOT directMemberOf = kid",
        "language EXISTS",
        "timezone != NULL",
        "modified IS NOT EMPTY",
        "expiry > now()",
        "username NOT = NULL",
    ] {
        assert_eq!(users_of(&directory, query), ada, "{query}");
    }
    for query in [
        "memberOf = all",
        "groupCount = 1",
        "isAdministrator = false",
        "isAdministrator != NULL",
    ] {
        assert_eq!(users_of(&directory, query), format!("{ada} none"), "{query}");
    }
    for query in [
        "status = active",
        "inheritedGroupCount = 1",
        "directMemberOf = kid",
        "fullName = NULL",
        "language = NULL",
    ] {
        assert_eq!(users_of(&directory, query), "none", "{query}");
    }
}

#[test]
fn every_field_of_a_group_is_compared() {
    let directory = full();
    for query in [
        "id = all",
        "name = everyone",
        "description ~ us",
        "type = SYS",
        "created = 2024-01-31",
        "modified = 2024-02-01",
        "userCount = 1 AND name EXISTS",
        "childGroupCount = 1",
        "custom.floor = 2",
        "hasMember = ada AND hasMember = none",
        "hasDirectMember = ada+x@pssc.example",
        "hasManager = ADA",
        "parentOf = kid",
        "ancestorOf = kid",
        "inheritedUserCount = 1",
        "managerCount = 1",
        "depth = 0",
        "* FREETEXT everyone",
    ] {
        assert_eq!(groups_of(&directory, query), "all", "{query}");
    }
    for query in [
        "id = kid",
        "childOf = all",
        "descendantOf = Everyone",
        "depth = 1",
        "managerCount = 0",
        "name = NULL",
        "hasDirectMember = none",
        "childGroupCount < 1",
        "inheritedUserCount = 0",
        "type NOT EXISTS",
    ] {
        assert_eq!(groups_of(&directory, query), "kid", "{query}");
    }
    assert_eq!(groups_of(&directory, "inCycle = false"), "all kid");
    assert_eq!(groups_of(&directory, "inCycle = true"), "");
}

#[test]
fn only_the_consoles_fields_are_its_own() {
    for query in [
        "",
        "id = a OR username = a OR email = a OR firstName = a OR lastName = a OR fullName = a",
        "language = a OR timezone = a OR status.suspended = true OR status.locked = true OR status.passwordResetRequired = true",
        "created > now() OR modified > now() OR lastLogin > now() OR expiry > now() OR custom.a = 1 OR * FREETEXT a",
        "ORDER BY id, custom.a, status.locked",
    ] {
        assert!(!parse_users(query).expect(query).is_own(), "{query}");
    }
    for query in [
        "memberOf = a",
        "directMemberOf = a",
        "managerOf = a",
        "isAdministrator = true",
        "status = active",
        "groupCount = 1",
        "id = a OR NOT (id = b AND inheritedGroupCount = 1)",
        "ORDER BY id, status",
    ] {
        assert!(parse_users(query).expect(query).is_own(), "{query}");
    }
    let known = "id = a OR name = a OR description = a OR type = a OR created > now() OR modified > now() \
                 OR userCount = 1 OR childGroupCount = 1 OR custom.a = 1 ORDER BY userCount";
    assert!(!parse_groups(known).expect(known).is_own());
    for query in [
        "hasMember = a",
        "hasDirectMember = a",
        "hasManager = a",
        "childOf = a",
        "parentOf = a",
        "ancestorOf = a",
        "descendantOf = a",
        "inheritedUserCount = 1",
        "managerCount = 1",
        "depth = 1",
        "inCycle = true",
    ] {
        assert!(parse_groups(query).expect(query).is_own(), "{query}");
    }
}

#[test]
fn white_space_matches_all_and_a_query_may_be_an_order_alone() {
    let directory = directory();
    for query in ["", " ", "\t\r\n\u{a0}", " ORDER BY id "] {
        assert_eq!(users_of(&directory, query), "u1 u2 u3 u4 u5 u6", "{query:?}");
    }
    let query = parse_users("id = a ORDER  BY lastName DESC, \"custom.a b\", status asc").expect("a query");
    assert_eq!(
        query.to_string(),
        "id = \"a\" ORDER BY lastName DESC, \"custom.a b\", status"
    );
}

#[test]
fn what_is_searched_for_in_names_is_told() {
    let check = |query: &str, expected: &[&str]| {
        assert_eq!(parse_users(query).expect(query).searched(), expected, "{query}");
    };
    check("firstName ~ ann OR email ENDSWITH '.example'", &["ann", ".example"]);
    check(
        "username = bob AND (lastName STARTSWITH p OR fullName IN (a, 'b c'))",
        &["bob", "p", "a", "b c"],
    );
    check("* FREETEXT \"jo-ann paulson\"", &["jo", "ann", "paulson"]);
    check("NOT firstName ~ ann AND lastName !~ b AND firstName NOT IN (c)", &[]);
    check(
        "language = en OR custom.a ~ b OR memberOf = Finance OR firstName < c OR firstName ~ \"\"",
        &[],
    );
    check("", &[]);
}

#[test]
fn the_one_group_that_every_match_is_in_is_told() {
    let check = |query: &str, expected: Option<&str>| {
        assert_eq!(parse_users(query).expect(query).only_group(), expected, "{query}");
    };
    check("memberOf = Finance", Some("Finance"));
    check(
        "directMemberOf IN (g2) AND firstName ~ a AND NOT memberOf = Payroll",
        Some("g2"),
    );
    check(
        "firstName ~ a AND (memberOf = Finance AND lastName ~ b)",
        Some("Finance"),
    );
    check("memberOf = Finance AND directMemberOf = Payroll", None);
    check("memberOf = Finance OR firstName ~ a", None);
    check("memberOf IN (Finance, Payroll)", None);
    check("memberOf != Finance", None);
    check("managerOf = Finance", None);
    check("", None);
}
