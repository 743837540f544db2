//! Completion: what is offered where.

use super::{directory, now};
use membership::directory::{Builder, Place};
use membership::entity::GroupRecord;
use membership::query::{Completion, SuggestionKind, complete, parse_users};

/// Completes at the mark `|`.
fn completed(marked: &str) -> (String, Completion) {
    let caret = marked
        .find('|')
        .map(|at| marked[..at].chars().count())
        .expect("a caret");
    let text = marked.replacen('|', "", 1);
    let completion = complete(&directory(), &text, caret as u32, now());
    (text, completion)
}

fn offered(marked: &str) -> Vec<String> {
    completed(marked)
        .1
        .suggestions
        .into_iter()
        .map(|suggestion| suggestion.insert)
        .collect()
}

/// What the text becomes if the suggestion is accepted.
fn accepted(marked: &str, insert: &str) -> String {
    let (text, Completion { from, to, suggestions }) = completed(marked);
    let found = suggestions.iter().find(|suggestion| suggestion.insert.trim() == insert);
    let insert = &found
        .unwrap_or_else(|| panic!("{insert} is not offered: {suggestions:?}"))
        .insert;
    let before: String = text.chars().take(from as usize).collect();
    let after: String = text.chars().skip(to as usize).collect();
    format!("{before}{insert}{after}")
}

fn check_first(marked: &str, expected: &[&str]) {
    let offered = offered(marked);
    let first: Vec<&str> = offered.iter().take(expected.len()).map(String::as_str).collect();
    assert_eq!(first, expected, "{marked} offers {offered:?}");
}

#[test]
fn fields_by_prefix_then_word_then_part() {
    check_first("|", &["memberOf", "firstName", "lastName", "status", "directMemberOf"]);
    check_first("name|", &["firstName", "lastName", "fullName", "username"]);
    check_first("LA|", &["lastName", "lastLogin", "language"]);
    check_first("(firstName = a OR la|", &["lastName", "lastLogin", "language"]);
    check_first("firstName ~ ann AND dep|", &["custom.department"]);
    check_first("start|", &["\"custom.start date\""]);
    check_first("not|", &[" memberOf", " firstName"]);
    check_first("firstName = a AND n|", &["NOT"]);
    assert_eq!(accepted("fi| = Tyler", "firstName"), "firstName = Tyler");
    assert_eq!(accepted("f|ir = Tyler", "firstName"), "firstName = Tyler");
}

#[test]
fn operators_that_fit() {
    check_first("firstName |", &["~", "=", "!="]);
    check_first("firstName|", &[" ~", " ="]);
    check_first("memberOf |", &["=", "!=", "IN", "NOT IN"]);
    check_first("created |", &["<", ">"]);
    check_first("firstName st|", &["STARTSWITH"]);
    check_first("firstName !|", &["!=", "!~"]);
    check_first("firstName NOT |", &["~"]);
    check_first("firstName IS |", &["EMPTY", "NOT EMPTY"]);
    check_first("memberOf IN |", &["("]);
    assert!(!offered("isAdministrator |").contains(&"~".to_owned()));
}

#[test]
fn values_of_the_kind() {
    check_first("status = |", &["active", "suspended", "locked"]);
    check_first("status = s|", &["suspended"]);
    check_first("isAdministrator = |", &["true", "false"]);
    check_first("lastLogin < |", &["-7d", "-30d", "-90d"]);
    check_first("lastLogin < start|", &["startOfDay()"]);
    check_first("lastLogin < endofm|", &["endOfMonth()"]);
    check_first("expiry < |", &["7d"]);
}

#[test]
fn groups_are_quoted_and_counted() {
    check_first("memberOf = |", &["\"Paper Street\""]);
    check_first("memberOf = fin|", &["\"Finance\""]);
    check_first("memberOf = \"sh|", &["\"Night shift\""]);
    check_first("memberOf = odd|", &["'Odd, \"quoted\"'"]);
    check_first("memberOf IN (Finance, p|", &["\"Paper Street\""]);
    assert_eq!(
        accepted("memberOf = \"Ni|ght\" AND id = u1", "\"Night shift\""),
        "memberOf = \"Night shift\" AND id = u1"
    );
    assert_eq!(accepted("memberOf=|", "\"Finance\""), "memberOf=\"Finance\"");

    let (_, completion) = completed("firstName ~ ann AND memberOf = |");
    let counts: Vec<_> = completion
        .suggestions
        .iter()
        .map(|s| (s.insert.as_str(), s.count))
        .collect();
    assert!(counts.contains(&("\"Finance\"", Some(1))), "{counts:?}");
    assert!(
        completion
            .suggestions
            .iter()
            .all(|suggestion| suggestion.kind == SuggestionKind::Group)
    );
    let (_, completion) = completed("memberOf = p| AND directMemberOf = \"Night shift\"");
    let counts: Vec<_> = completion
        .suggestions
        .iter()
        .map(|s| (s.insert.as_str(), s.count))
        .collect();
    assert_eq!(
        counts,
        [
            ("\"Paper Street\"", Some(2)),
            ("\"Payroll\"", Some(1)),
            ("\"Project Mayhem\"", Some(0))
        ]
    );
}

#[test]
fn a_group_that_its_name_does_not_find_is_told_by_its_id() {
    let mut builder = Builder::new();
    for (id, name) in [("g1", "Twice"), ("g2", "twice"), ("g3", "Twice 'n' \"more\"")] {
        let record = GroupRecord {
            id,
            name: Some(name),
            ..GroupRecord::default()
        };
        builder.group(&record, Place { line: 0 }).expect("room");
    }
    let directory = builder.finish(&mut |_, _| {}).expect("room");
    let completion = complete(&directory, "memberOf = twi", 14, now());
    let offers: Vec<_> = completion
        .suggestions
        .iter()
        .map(|s| (s.insert.as_str(), s.about.as_str()))
        .collect();
    assert_eq!(
        offers,
        [("\"Twice\"", ""), ("\"g2\"", "twice"), ("\"g3\"", "Twice 'n' \"more\"")]
    );
}

#[test]
fn every_count_is_what_accepting_leaves() {
    let directory = directory();
    for marked in [
        "|",
        "memberOf = |",
        "status = active AND memberOf = p|",
        "id = u1 AND |",
        "status = active |",
        "created < now()|",
    ] {
        let (_, completion) = completed(marked);
        for suggestion in completion
            .suggestions
            .iter()
            .filter(|suggestion| suggestion.count.is_some())
        {
            let query = parse_users(&accepted(marked, suggestion.insert.trim())).expect("a query");
            let left = directory.select_users(&query, now()).expect("known names").count();
            assert_eq!(suggestion.count, Some(left), "{marked} {suggestion:?}");
        }
    }
}

#[test]
fn what_joins_then_fields_then_groups() {
    let (_, completion) = completed("memberOf = \"Paper Street\" AND lastLogin < 1d|");
    let first: Vec<_> = completion
        .suggestions
        .iter()
        .take(5)
        .map(|s| (s.insert.as_str(), s.about.as_str()))
        .collect();
    assert_eq!(
        first,
        [
            (" AND", "both must hold"),
            (" AND NOT", "takes users away"),
            (" OR", "one is enough"),
            (" ORDER BY", "sorts what matches"),
            (" AND status", "active, suspended, locked"),
        ]
    );
    let groups = completion
        .suggestions
        .iter()
        .filter(|suggestion| suggestion.kind == SuggestionKind::Group);
    let groups: Vec<_> = groups
        .map(|suggestion| (suggestion.insert.as_str(), suggestion.count))
        .collect();
    assert!(groups.contains(&(" AND memberOf = \"Finance\"", Some(2))), "{groups:?}");
    assert!(
        !groups.iter().any(|(insert, _)| insert.contains("Paper Street")),
        "leaves everyone: {groups:?}"
    );
    check_first("firstName = Tyler |", &["AND", "AND NOT", "OR"]);
    check_first("(firstName = Tyler |", &["AND", "AND NOT", "OR"]);
    check_first("firstName = Tyler o|", &["OR"]);
    check_first("firstName = \"Tyler\"|", &[" AND"]);
    check_first("firstName = Tyler AND|", &[" memberOf"]);
}

#[test]
fn what_is_wrong_before_does_not_hinder() {
    check_first("frstName ~ ann AND |", &["memberOf", "firstName"]);
    check_first("memberOf = Nowhere AND la|", &["lastName"]);
    check_first("frstName ~ ann AND status = |", &["active"]);
    assert_eq!(offered("frstName ~ ann |"), Vec::<String>::new());
}

#[test]
fn the_end_of_a_query() {
    check_first("firstName = a ord|", &["ORDER BY"]);
    check_first("ord|", &["ORDER BY"]);
    assert!(!offered("id = a AND |").contains(&"ORDER BY".to_owned()));
    assert!(!offered("(id = a |").contains(&"ORDER BY".to_owned()));
    check_first("firstName = a ORDER |", &["BY"]);
    check_first("firstName = a ORDER BY la|", &["lastName", "lastLogin", "language"]);
    check_first("ORDER BY lastName |", &["DESC", "ASC", ","]);
    check_first("ORDER BY lastName DESC |", &[","]);
    assert!(!offered("ORDER BY |").contains(&"memberOf".to_owned()));
}

#[test]
fn the_end_of_a_parenthesis_and_of_a_list() {
    check_first("(firstName = a |", &["AND", "AND NOT", "OR", ")"]);
    check_first("NOT (firstName = a o|", &["OR"]);
    check_first("memberOf IN (Finance |", &[",", ")"]);
    check_first("groupCount IN (1|", &[",", ")"]);
    check_first("created BETWEEN (-7d |", &[","]);
    check_first("created BETWEEN (-7d, 1d |", &[")"]);
    check_first("created > now(-7 |", &[")"]);
    check_first("created BETWEEN |", &["("]);
}

#[test]
fn null_where_it_means_something() {
    check_first("email = |", &["NULL"]);
    check_first("email != nu|", &["NULL"]);
    check_first("status.locked = |", &["true", "false", "NULL"]);
    for marked in [
        "email ~ |",
        "groupCount <= |",
        "memberOf = |",
        "email IN (|",
        "* FREETEXT |",
    ] {
        assert!(!offered(marked).contains(&"NULL".to_owned()), "{marked}");
    }
}

#[test]
fn values_of_the_vendors_own_fields() {
    check_first("custom.department = |", &["\"Soap\"", "\"Estates\""]);
    check_first("custom.department = e|", &["\"Estates\""]);
    check_first("custom.remote = |", &["true", "false"]);
    assert_eq!(offered("custom.unheard ~ |"), Vec::<String>::new());
}

#[test]
fn in_the_middle_of_a_word_the_word_is_replaced() {
    check_first("status|.locked = true", &["status", "status.suspended"]);
    assert_eq!(offered("firstName = Ty|ler"), Vec::<String>::new());
    assert_eq!(accepted("fi|rst = a", "firstName"), "firstName = a");
}

#[test]
fn what_is_inserted_does_not_grow_together_with_its_neighbours() {
    assert_eq!(accepted("|firstName = a", "NOT"), "NOT firstName = a");
    assert_eq!(accepted("firstName|", "~"), "firstName ~");
    assert_eq!(accepted("NOT|", "id"), "NOT id");
    assert_eq!(accepted("firstName = |\"a\"", "NULL"), "firstName = NULL \"a\"");
    assert_eq!(accepted("memberOf IN (\"Finance\"|", ","), "memberOf IN (\"Finance\",");
}

#[test]
fn characters_are_counted_not_bytes() {
    let (_, completion) = completed("lastName = \"ΣΊΣΥΦΟΣ\" AND fi|");
    assert_eq!((completion.from, completion.to), (25, 27));
}
