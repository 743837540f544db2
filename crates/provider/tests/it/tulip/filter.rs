//! Filters, against a reader and an evaluator that are made of nothing but `split` and `find`.

use membership::directory::Directory;
use proptest::prelude::*;
use serde_json::json;

use crate::asking::{administrator, directory, encode, get};

/// The ids that a filter over the groups of a user leaves, or the message of its refusal.
fn filtered(directory: &Directory, list: &str, filter: &str) -> Result<String, String> {
    let answer = get(
        directory,
        &administrator(),
        &format!("{list}?limit=1000&filter={}", encode(filter)),
    );
    if answer.status != 200 {
        assert_eq!(answer.status, 400, "{filter}");
        let code = answer.body["errorCode"].as_str().expect("an error has a code");
        let message = answer.body["message"].as_str().expect("an error has a message");
        return Err(format!("{code}: {message}"));
    }
    let ids = answer.body["items"]
        .as_array()
        .expect("a page has items")
        .iter()
        .map(|item| {
            let names = ["userGroupId", "userId", "id"];
            names
                .iter()
                .find_map(|name| item[*name].as_str())
                .expect("an item has an id")
                .to_owned()
        });
    let ids = ids.collect::<Vec<_>>();
    assert_eq!(answer.body["count"], json!(ids.len()), "{filter}");
    Ok(ids.join(" "))
}

/// `ada` is in the groups of these ids, all of which have her as their only member.
fn groups(ids: &[&str]) -> Directory {
    let groups = ids.iter().map(|id| json!({"id": id, "name": "n", "members": ["ada"]}));
    directory(&json!({"users": [{"id": "ada"}], "groups": groups.collect::<Vec<_>>()}).to_string())
}

const OF_ADA: &str = "/api/users/v1/users/ada/user-groups";

#[track_caller]
fn leaves(filter: &str, ids: &str) {
    let directory = groups(&["A", "a", "b", "it's", "x y", "é", "'"]);
    assert_eq!(filtered(&directory, OF_ADA, filter).as_deref(), Ok(ids), "{filter}");
}

#[track_caller]
fn says(filter: &str, message: &str) {
    let told = filtered(&groups(&["a"]), OF_ADA, filter);
    assert_eq!(told, Err(format!("userGroups.invalidFilter: {message}")), "{filter}");
}

#[test]
fn one_field_equals_one_value_or_another() {
    leaves("userGroupId eq 'a'", "a");
    leaves("userGroupId eq 'a' or userGroupId eq 'b'", "a b");
    leaves(
        "(userGroupId eq 'a') or (userGroupId eq 'b' or (userGroupId eq 'A'))",
        "A a b",
    );
    leaves("( ( userGroupId\teq  'a' ) )", "a");
    leaves("userGroupId eq 'it''s' or userGroupId eq ''''", "' it's");
    leaves("userGroupId eq 'x y' or userGroupId eq 'é'", "x y é");
    leaves("userGroupId eq 'none' or userGroupId eq ''", "");
    leaves("", "' A a b it's x y é");
}

#[test]
fn comparison_is_exact() {
    leaves("userGroupId eq 'É'", "");
    let uuid = "5b1f0d0e-0000-4000-8000-00000000000a";
    let of_groups = groups(&[uuid]);
    let upper = uuid.to_uppercase();
    assert_eq!(
        filtered(&of_groups, OF_ADA, &format!("userGroupId eq '{uuid}'")).as_deref(),
        Ok(uuid)
    );
    assert_eq!(
        filtered(&of_groups, OF_ADA, &format!("userGroupId eq '{upper}'")).as_deref(),
        Ok("")
    );
    let directory =
        directory(&json!({"users": [{"id": uuid}], "groups": [{"id": "g", "members": [uuid]}]}).to_string());
    for list in ["/api/users/v1/users", "/api/users/v1/user-groups/g/users"] {
        let field = if list.ends_with("v1/users") { "id" } else { "userId" };
        assert_eq!(
            filtered(&directory, list, &format!("{field} eq '{uuid}'")).as_deref(),
            Ok(uuid)
        );
        assert_eq!(
            filtered(&directory, list, &format!("{field} eq '{upper}'")).as_deref(),
            Ok("")
        );
    }
}

#[test]
fn anything_else_is_refused_where_it_stands() {
    says("userGroupId ne 'a'", "expected `eq` at character 12, found `ne`");
    says("userGroupId EQ 'a'", "expected `eq` at character 12, found `EQ`");
    says(
        "usergroupid eq 'a'",
        "expected `userGroupId` at character 0, found `usergroupid`",
    );
    says("id eq 'a'", "expected `userGroupId` at character 0, found `id`");
    says(
        "userGroupId eq a",
        "expected a text in single quotes at character 15, found `a`",
    );
    says(
        "userGroupId eq \"a\"",
        "expected a text in single quotes at character 15, found `\"a\"`",
    );
    says(
        "userGroupId eq null",
        "expected a text in single quotes at character 15, found `null`",
    );
    says(
        "userGroupId eq 'a",
        "expected a text that ends with a single quote at character 15, found `'`",
    );
    says(
        "userGroupId eq 'a' and userGroupId eq 'b'",
        "expected `or` at character 19, found `and`",
    );
    says(
        "userGroupId eq 'é' Or userGroupId eq 'b'",
        "expected `or` at character 19, found `Or`",
    );
    says(
        "userGroupId eq 'a'or userGroupId eq 'b'",
        "expected a space at character 18, found `or`",
    );
    says(
        "userGroupId eq 'a' or(userGroupId eq 'b')",
        "expected a space at character 21, found `(`",
    );
    says("userGroupId eq'a'", "expected a space at character 14, found `'`");
    says(
        "userGroupId eq 'a' or",
        "expected a space at character 21, found the end",
    );
    says(
        "userGroupId eq 'a' or ",
        "expected `userGroupId` at character 22, found the end",
    );
    says(
        "(userGroupId eq 'a'",
        "expected `or` or `)` at character 19, found the end",
    );
    says("userGroupId eq 'a')", "expected `or` at character 18, found `)`");
    says("()", "expected `userGroupId` at character 1, found `)`");
    says(" ", "expected `userGroupId` at character 1, found the end");
    says(
        "not userGroupId eq 'a'",
        "expected `userGroupId` at character 0, found `not`",
    );
}

#[test]
fn each_list_has_its_fields() {
    let directory = groups(&["a", "b"]);
    let ok = |list: &str, filter: &str| filtered(&directory, list, filter);
    assert_eq!(ok("/api/users/v1/user-groups", "id eq 'b'").as_deref(), Ok("b"));
    assert_eq!(
        ok("/api/users/v1/user-groups/a/users", "userId eq 'ada' or userId eq 'a'").as_deref(),
        Ok("ada")
    );
    for (list, filter, code) in [
        ("/api/users/v1/user-groups", "name eq 'n'", "userGroups.invalidFilter"),
        (
            "/api/users/v1/user-groups",
            "id eq 'a' and id eq 'a'",
            "userGroups.invalidFilter",
        ),
        (
            "/api/users/v1/user-groups/a/users",
            "id eq 'ada'",
            "users.invalidFilter",
        ),
        ("/api/users/v1/users", "userId eq 'ada'", "users.invalidFilter"),
    ] {
        assert!(
            ok(list, filter).is_err_and(|told| told.starts_with(code)),
            "{list} {filter}"
        );
    }
}

#[test]
fn users_are_filtered_by_more() {
    let directory = super::company();
    let users = |filter: &str| filtered(&directory, super::USERS, filter);
    let leaves = |filter: &str, ids: &str| assert_eq!(users(filter).as_deref(), Ok(ids), "{filter}");
    leaves("badgeId eq 'a-01'", "u1");
    leaves("badgeId eq 'A-01'", "");
    leaves("badgeId eq 'ß' or badgeId eq 'B-17' or id eq 'u4'", "U2 u3 u4");
    leaves("name/full eq 'Ada von Lovelace' or name/full eq 'Ångström'", "u1 U2");
    leaves("name/full eq 'ada von lovelace'", "");
    leaves("name/full eq 'Bo O''Hara' and badgeId eq 'B-17'", "u3");
    leaves("id eq 'u1' or id eq 'u3' and badgeId eq 'none'", "u1");
    leaves(
        "(id eq 'u1' or id eq 'u3') and (badgeId eq 'B-17' or name/full eq 'x')",
        "u3",
    );
    // What no directory tells equals nothing.
    leaves("email/verified eq true or globalRoleId eq 'owner'", "");
    leaves("email/verified eq false or id eq 'u1'", "u1");
    leaves(
        "workspaceRoleAssignments/any(a:a/userRoleId eq 'X' and a/workspaceId eq 'Y')",
        "",
    );
    leaves("workspaceRoleAssignments/any() or id eq 'u4'", "u4");
    leaves(
        "workspaceRoleAssignments/any( role : (role/workspaceId eq 'Y') ) or id eq 'u4'",
        "u4",
    );
    leaves("id eq 'u5'", "");
    for wrong in [
        "email/verified eq 'true'",
        "badgeId eq true",
        "workspaceRoleAssignments eq 'X'",
        "workspaceRoleAssignments/all(a:a/userRoleId eq 'X')",
        "workspaceRoleAssignments/any(a:b/userRoleId eq 'X')",
        "workspaceRoleAssignments/any(a:id eq 'X')",
        "workspaceRoleAssignments/any(a/userRoleId eq 'X')",
        "workspaceRoleAssignments/any(1:1/userRoleId eq 'X')",
        "workspaceRoleAssignments/any(a:workspaceRoleAssignments/any())",
        "workspaceRoleAssignments/any (a:a/userRoleId eq 'X')",
        "workspaceRoleAssignments/any(a:a/userRoleId eq 'X'",
        "a/userRoleId eq 'X'",
        "username eq 'x'",
    ] {
        assert!(
            users(wrong).is_err_and(|told| told.starts_with("users.invalidFilter: expected ")),
            "{wrong}"
        );
    }
}

#[test]
fn long_and_deep_filters_are_read_or_refused_and_nothing_worse() {
    let directory = groups(&["a"]);
    let nested = |depth: usize| format!("{}userGroupId eq 'a'{}", "(".repeat(depth), ")".repeat(depth));
    assert_eq!(filtered(&directory, OF_ADA, &nested(256)).as_deref(), Ok("a"));
    let refused = |filter: &str| filtered(&directory, OF_ADA, filter).expect_err("it should be refused");
    assert!(refused(&nested(257)).contains("at most 256 parentheses"));
    assert!(refused(&nested(10_000)).contains("at most 256 parentheses"));
    let chain = vec!["userGroupId eq 'a'"; 2_900].join(" or ");
    assert_eq!(filtered(&directory, OF_ADA, &chain).as_deref(), Ok("a"));
    assert!(refused(&chain.repeat(20)).contains("at most 65536 bytes"));
}

/// What a filter over `userGroupId` leaves of the ids, by the rule alone: a reader that tries every way to split.
fn naive(filter: &str, ids: &[&str]) -> Option<Vec<String>> {
    let filter = filter.trim_matches([' ', '\t']);
    let is_blank = |c: char| c == ' ' || c == '\t';
    for (at, _) in filter.match_indices("or") {
        let (left, right) = (&filter[..at], &filter[at + 2..]);
        if left.ends_with(is_blank)
            && right.starts_with(is_blank)
            && let (Some(left), Some(right)) = (naive(left, ids), naive(right, ids))
        {
            return Some(
                ids.iter()
                    .map(|id| (*id).to_owned())
                    .filter(|id| left.contains(id) || right.contains(id))
                    .collect(),
            );
        }
    }
    if let Some(inner) = filter.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        return naive(inner, ids);
    }
    let rest = filter.strip_prefix("userGroupId")?;
    let rest = rest
        .strip_prefix(is_blank)?
        .trim_start_matches(is_blank)
        .strip_prefix("eq")?;
    let value = rest.strip_prefix(is_blank)?.trim_start_matches(is_blank);
    let value = value.strip_prefix('\'')?.strip_suffix('\'')?;
    if value.replace("''", "").contains('\'') {
        return None;
    }
    let value = value.replace("''", "'");
    Some(
        ids.iter()
            .filter(|id| **id == value)
            .map(|id| (*id).to_owned())
            .collect(),
    )
}

const IDS: [&str; 6] = ["a", "A", "b", "'", "it's", "or userGroupId eq"];

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn reads_what_the_naive_reader_reads(pieces in prop::collection::vec(prop::sample::select(vec![
        "userGroupId eq 'a'", "userGroupId eq 'a'", "userGroupId eq ''''", " or ", " or ", "or", "(", ")", " ", "\t", "'", "eq",
        "userGroupId", "a", " eq 'b'", "'it''s'", "'or userGroupId eq'", " and ", "é", "not ",
    ]), 1..9)) {
        let filter = pieces.concat();
        let directory = groups(&IDS);
        let expected = naive(&filter, &IDS).map(|mut ids| {
            ids.sort();
            ids.join(" ")
        });
        prop_assert_eq!(filtered(&directory, OF_ADA, &filter).ok(), expected, "{}", filter);
    }

    #[test]
    fn no_text_is_worse_than_refused(filter in "[a-z'() /:é\t]{1,40}") {
        let _ = filtered(&groups(&["a"]), "/api/users/v1/user-groups", &filter);
    }
}
