//! The shape of answers, against the objects of the vendor's OpenAPI document.

use std::collections::BTreeSet;

use serde_json::Value;

use super::document::differences;
use super::{ADA, LEDGER, team};
use crate::asking::{administrator, get, somebody};

#[track_caller]
fn differs(url: &str, header: &str, body: &str, expected: &[&str]) {
    let answer = get(&team(), &somebody(ADA), url);
    assert_eq!(answer.status, 200, "{url}");
    let mut notes = BTreeSet::new();
    differences(header, &answer.body["header"], &mut notes);
    match &answer.body["body"] {
        Value::Array(items) => items.iter().for_each(|item| differences(body, item, &mut notes)),
        item => differences(body, item, &mut notes),
    }
    assert_eq!(notes.iter().map(String::as_str).collect::<Vec<_>>(), expected, "{url}");
}

const ALL: &str = "contain[users]=1&contain[groups_users.user.profile]=1&contain[groups_users.user.gpgkey]=1&contain[my_group_user]=1&contain[modifier]=1";

/// What a group of our team does not tell, and the vendor's own examples that the document contradicts: `users` and
/// `modifier` are parts that its parameters name and its object lacks.
const GROUP_DIFFERS: [&str; 13] = [
    "group.created: null",
    "group.created_by: null",
    "group.modified: null",
    "group.modified_by: null",
    "group.modifier: not in the document",
    "group.my_group_user: null",
    "group.users: not in the document",
    "membership.created: null",
    // As the vendor's own example of it shows.
    "profile.avatar: absent",
    "profile.created: null",
    "profile.last_name: null",
    "profile.modified: null",
    "user.created: null",
];

#[test]
fn groups_differ_by_what_no_directory_tells() {
    let rest = ["profile.first_name: null", "user.modified: null"];
    let mut expected = [&GROUP_DIFFERS[..], &rest].concat();
    expected.sort_unstable();
    differs(&format!("/groups.json?{ALL}"), "header", "group", &expected);
    differs(
        &format!("/groups/{LEDGER}.json"),
        "header",
        "group",
        &[
            "group.created_by: null",
            "group.modified: null",
            "group.modified_by: null",
        ],
    );
}

#[test]
fn users_differ_by_what_no_directory_tells() {
    // The document types the memberships of a user as one; its example, and the server, give a list.
    let expected = [
        "membership.created: null",
        "profile.avatar: null",
        "profile.created: null",
        "profile.modified: null",
        "role.created: null",
        "role.description: null",
        "role.modified: null",
        "user.groups_users: a list",
    ];
    differs(&format!("/users/{ADA}.json"), "header", "user", &expected);
    differs("/users.json?filter[search]=Lovelace", "paged", "user", &expected);
}

#[test]
fn roles_differ_by_what_no_directory_tells() {
    differs(
        "/roles.json",
        "header",
        "role",
        &["role.created: null", "role.description: null", "role.modified: null"],
    );
}

#[test]
fn errors_have_the_header_and_a_body_of_text() {
    for (url, caller) in [
        ("/groups/x.json", administrator()),
        ("/users.json?page=9", administrator()),
        ("/roles.json", crate::asking::nobody()),
    ] {
        let answer = get(&team(), &caller, url);
        let mut notes = BTreeSet::new();
        differences("header", &answer.body["header"], &mut notes);
        assert_eq!(notes, BTreeSet::new(), "{url}");
        assert!(answer.body["body"].is_string(), "{url}");
    }
}
