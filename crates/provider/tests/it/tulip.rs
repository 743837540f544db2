//! Users, groups and roles as Tulip lists them: envelopes, pages, filters, errors.

mod filter;

use membership::directory::Directory;
use serde_json::{Value, json};

use crate::asking::{administrator, ask, directory, get, nobody, somebody};

/// Five people, one of them archived, in three groups with mixed-case ids; ids are not in the order of the facts.
fn company() -> Directory {
    directory(
        r#"{"users": [
            {"id": "u3", "username": "B-17", "email": "bo@pssc.example", "firstName": "Bo", "lastName": "O'Hara"},
            {"id": "u1", "username": "a-01", "email": "Ada@pssc.example", "firstName": "Ada", "lastName": "von Lovelace",
             "language": "en-GB", "created": "2024-01-31T15:26:54Z", "modified": "2024-02-01T00:00:00.250Z"},
            {"id": "u5", "status": {"suspended": true}, "firstName": "Cy"},
            {"id": "U2", "username": "ß", "lastName": "Ångström", "status": {"suspended": false}},
            {"id": "u4"}],
          "groups": [
            {"id": "gB", "name": "Welders", "description": "Hot metal", "created": "2023-12-24", "members": ["u1", "u3", "u5"]},
            {"id": "ga", "name": "Line 4", "members": ["u1"], "managers": ["u1"], "children": ["gB"]},
            {"id": "gC", "members": ["u1"]}]}"#,
    )
}

const USERS: &str = "/api/users/v1/users";
const GROUPS: &str = "/api/users/v1/user-groups";
const ROLES: &str = "/api/users/v1/roles";

/// The ids of a page and its count.
#[track_caller]
fn page(directory: &Directory, url: &str) -> (String, u64) {
    let answer = get(directory, &administrator(), url);
    assert_eq!(answer.status, 200, "{url}: {}", answer.body);
    let ids = answer.body["items"]
        .as_array()
        .expect("a page has items")
        .iter()
        .map(|item| {
            let names = ["id", "userId", "userGroupId"];
            names
                .iter()
                .find_map(|name| item[*name].as_str())
                .expect("an item has an id")
        });
    (
        ids.collect::<Vec<_>>().join(" "),
        answer.body["count"].as_u64().expect("a page has a count"),
    )
}

#[track_caller]
fn lists(url: &str, ids: &str) {
    let (found, count) = page(&company(), url);
    assert_eq!(found, ids, "{url}");
    assert_eq!(count, ids.split_whitespace().count() as u64, "{url}");
}

#[track_caller]
fn refuses(url: &str, status: u16, code: &str) {
    let answer = get(&company(), &administrator(), url);
    assert_eq!(
        (answer.status, &answer.body["errorCode"]),
        (status, &json!(code)),
        "{url}: {}",
        answer.body
    );
    assert_eq!(answer.body["retryable"], json!(false), "{url}");
    assert!(
        answer.body["message"]
            .as_str()
            .is_some_and(|message| !message.is_empty()),
        "{url}"
    );
    assert_eq!(answer.body.as_object().map(serde_json::Map::len), Some(3), "{url}");
}

#[track_caller]
fn answers(url: &str, body: &Value) {
    let answer = get(&company(), &administrator(), url);
    assert_eq!((answer.status, &answer.body), (200, body), "{url}");
    assert_eq!(answer.content_type, "application/json; charset=utf-8");
}

#[test]
fn a_user_is_what_the_directory_knows() {
    let ada = json!({
        "id": "u1", "name": {"full": "Ada von Lovelace"}, "language": "en-GB", "email": {"address": "Ada@pssc.example"},
        "badgeId": "a-01", "created": {"at": "2024-01-31T15:26:54Z"}, "lastModified": {"at": "2024-02-01T00:00:00.250Z"}
    });
    answers("/api/users/v1/users/u1", &ada);
    answers("/api/users/v1/users/u4", &json!({"id": "u4"}));
    answers("/api/users/v1/users/u5", &json!({"id": "u5", "name": {"full": "Cy"}}));
    answers("/api/users/v1/users/u1?limit=x", &ada);
}

#[test]
fn a_group_is_what_the_directory_knows() {
    answers(
        "/api/users/v1/user-groups/gB",
        &json!({"id": "gB", "name": "Welders", "description": "Hot metal", "assignedUsersCount": 3,
                "created": {"at": "2023-12-24T00:00:00Z"}}),
    );
    answers(
        "/api/users/v1/user-groups/gC",
        &json!({"id": "gC", "assignedUsersCount": 1}),
    );
}

#[test]
fn a_page_says_where_its_neighbours_are() {
    let url = "https://pssc.tulip.co/api/users/v1/users?search=&limit=2&offset=1&x=a%20b";
    let answer = get(&company(), &administrator(), url);
    assert_eq!(answer.body["count"], json!(4));
    assert_eq!(
        answer.body["nextPage"],
        json!("https://pssc.tulip.co/api/users/v1/users?search=&limit=2&x=a%20b&offset=3")
    );
    assert_eq!(
        answer.body["prevPage"],
        json!("https://pssc.tulip.co/api/users/v1/users?search=&limit=2&x=a%20b&offset=0")
    );
    // Whoever gave a path alone is told paths: which instance it is, only they know.
    let answer = get(&company(), &administrator(), "/api/users/v1/users?limit=3");
    assert_eq!(answer.body["nextPage"], json!("/api/users/v1/users?limit=3&offset=3"));
    assert_eq!(answer.body.get("prevPage"), None);
    let answer = get(&company(), &administrator(), USERS);
    assert_eq!(answer.body.get("nextPage").or(answer.body.get("prevPage")), None);
}

#[test]
fn following_the_pages_finds_everyone_once() {
    let directory = directory(&crowd(57));
    for (limit, start) in [(1, 0), (7, 0), (19, 0), (57, 0), (100, 0), (10, 5)] {
        let mut url = format!("{USERS}?offset={start}&limit={limit}");
        let mut seen = Vec::new();
        loop {
            let answer = get(&directory, &administrator(), &url);
            let items = answer.body["items"].as_array().expect("a page has items");
            seen.extend(items.iter().map(|item| item["id"].as_str().expect("an id").to_owned()));
            match answer.body["nextPage"].as_str() {
                Some(next) => url = next.to_owned(),
                None => break,
            }
        }
        let expected = (start..57).map(|number| format!("u{number:02}")).collect::<Vec<_>>();
        assert_eq!(seen, expected, "limit {limit}");
        // And back.
        while let Some(before) = get(&directory, &administrator(), &url).body["prevPage"].as_str() {
            url = before.to_owned();
        }
        assert!(url.contains("offset=0"), "{url}");
    }
}

/// A directory file with so many users, in no order.
fn crowd(users: u32) -> String {
    let ids = (0..users).map(|number| json!({"id": format!("u{:02}", (number * 20) % users)}));
    json!({"users": ids.collect::<Vec<_>>(), "groups": []}).to_string()
}

#[test]
fn a_page_past_the_end_has_no_items() {
    assert_eq!(page(&company(), "/api/users/v1/users?offset=4"), (String::new(), 4));
    let answer = get(
        &company(),
        &administrator(),
        "/api/users/v1/users?offset=2147483647&limit=3",
    );
    assert_eq!((&answer.body["items"], &answer.body["count"]), (&json!([]), &json!(4)));
    assert_eq!(answer.body.get("nextPage"), None);
    // The page before it is the last one that holds anything.
    assert_eq!(answer.body["prevPage"], json!("/api/users/v1/users?limit=3&offset=1"));
}

#[test]
fn no_limit_is_a_hundred_and_none_counts() {
    let directory = directory(&crowd(103));
    let answer = get(&directory, &administrator(), USERS);
    assert_eq!(answer.body["items"].as_array().map(Vec::len), Some(100));
    let answer = get(&directory, &administrator(), "/api/users/v1/users?limit=0&offset=1");
    assert_eq!(answer.body, json!({"items": [], "count": 103}));
    assert_eq!(page(&directory, "/api/users/v1/users?limit=1000").1, 103);
}

#[test]
fn limits_and_offsets_are_whole_numbers_in_range() {
    let lists = [
        USERS,
        GROUPS,
        ROLES,
        "/api/users/v1/users/u1/user-groups",
        "/api/users/v1/user-groups/gB/users",
    ];
    for list in lists {
        for wrong in [
            "limit=1001",
            "limit=-1",
            "limit=",
            "limit=1.5",
            "limit=ten",
            "limit=+1",
            "limit=%31%20",
            "offset=-1",
            "offset=",
            "offset=x",
            "offset=2147483648",
            "offset=99999999999999999999",
            "limit=1&limit=x",
            "limit=%zz",
            "limit=%ff",
        ] {
            refuses(&format!("{list}?{wrong}"), 400, "generic.invalidParams");
        }
        for right in [
            "limit=0",
            "limit=1000",
            "limit=007",
            "offset=2147483647",
            "limit=x&limit=1",
            "%6Cimit=1",
            "Limit=x",
            "nonsense=1",
        ] {
            assert_eq!(
                get(&company(), &administrator(), &format!("{list}?{right}")).status,
                200,
                "{list}?{right}"
            );
        }
    }
}

#[test]
fn items_come_in_the_order_of_their_ids() {
    lists(USERS, "u1 U2 u3 u4");
    lists(GROUPS, "ga gB gC");
    lists("/api/users/v1/users/u1/user-groups", "ga gB gC");
    lists("/api/users/v1/user-groups/gB/users", "u1 u3 u5");
    lists("/api/users/v1/user-groups/gB/users/", "u1 u3 u5");
}

#[test]
fn groups_of_a_user_are_direct() {
    // `ga` is the parent of `gB`; Tulip knows no nesting.
    lists("/api/users/v1/users/u3/user-groups", "gB");
    answers(
        "/api/users/v1/users/u3/user-groups",
        &json!({"items": [{"userGroupId": "gB"}], "count": 1}),
    );
    answers(
        "/api/users/v1/user-groups/ga/users",
        &json!({"items": [{"userId": "u1"}], "count": 1}),
    );
    lists("/api/users/v1/users/u4/user-groups", "");
}

#[test]
fn archived_ones_are_listed_alone() {
    lists("/api/users/v1/users?archived=false", "u1 U2 u3 u4");
    lists("/api/users/v1/users?archived=true", "u5");
    lists("/api/users/v1/user-groups?archived=true", "");
    lists("/api/users/v1/user-groups?archived=false", "ga gB gC");
    lists("/api/users/v1/roles?archived=true", "");
    refuses("/api/users/v1/users?archived=yes", 400, "generic.invalidParams");
    refuses("/api/users/v1/user-groups?archived=", 400, "generic.invalidParams");
}

#[test]
fn a_search_is_a_contains_without_case() {
    lists("/api/users/v1/users?search=PSSC", "u1 u3");
    lists("/api/users/v1/users?search=ada%20von", "u1");
    lists("/api/users/v1/users?search=ÅNG", "U2");
    lists("/api/users/v1/users?search=A-0", "u1");
    lists("/api/users/v1/users?search=u1", "");
    lists("/api/users/v1/users?search=", "u1 U2 u3 u4");
    lists("/api/users/v1/users?search=c&archived=true", "u5");
    lists("/api/users/v1/user-groups?search=LINE", "ga");
    lists("/api/users/v1/user-groups?search=metal", "");
    // There is no such parameter here.
    lists("/api/users/v1/users/u1/user-groups?search=line", "ga gB gC");
}

#[test]
fn ids_alone_identify() {
    for (list, item) in [
        (USERS, "a-01"),
        (USERS, "Ada@pssc.example"),
        (USERS, "U1"),
        (GROUPS, "Welders"),
        (GROUPS, "GB"),
    ] {
        refuses(&format!("{list}/{item}"), 404, "generic.notFound");
        let members = if list == USERS { "user-groups" } else { "users" };
        refuses(&format!("{list}/{item}/{members}"), 404, "generic.notFound");
    }
    let directory =
        directory(r#"{"users":[{"id":"5B1F0D0E-0000-4000-8000-000000000001"},{"id":"a/b c"}],"groups":[]}"#);
    let found = |url: &str| get(&directory, &administrator(), url).status;
    assert_eq!(
        found("/api/users/v1/users/5b1f0d0e-0000-4000-8000-000000000001"),
        200,
        "UUIDs have no case"
    );
    assert_eq!(found("/api/users/v1/users/a%2Fb%20c"), 200);
    assert_eq!(found("/api/users/v1/users/a/b%20c"), 404);
}

#[test]
fn what_is_not_there_is_not_found() {
    for url in [
        "/api/users/v1",
        "/api/users/v1/nothing",
        "/api/users/v1/users/u1/user-groups/gB",
        "/api/users/v1/roles/king",
    ] {
        refuses(url, 404, "generic.notFound");
    }
    refuses("/api/users/v1/users/%ff", 400, "generic.invalidParams");
}

#[test]
fn errors_come_in_one_order() {
    let told = |url| {
        let answer = get(&company(), &nobody(), url);
        (
            answer.status,
            answer.body["errorCode"].as_str().unwrap_or_default().to_owned(),
        )
    };
    let unsigned = (401, "generic.unauthorized".to_owned());
    assert_eq!(told("/api/users/v1/users?limit=x"), unsigned);
    assert_eq!(told("/api/users/v1/users/nobody"), unsigned);
    refuses(
        "/api/users/v1/users/nobody/user-groups?limit=x",
        400,
        "generic.invalidParams",
    );
    refuses(
        "/api/users/v1/users/nobody/user-groups?filter=x",
        400,
        "userGroups.invalidFilter",
    );
    refuses(
        "/api/users/v1/user-groups/none/users?filter=x",
        400,
        "users.invalidFilter",
    );
    refuses(
        "/api/users/v1/users/nobody/user-groups?filter=x&limit=x",
        400,
        "generic.invalidParams",
    );
}

#[test]
fn every_documented_path_answers() {
    for (url, body) in [
        ("/api/users/v1/users", "count items"),
        ("/api/users/v1/users/u3", "badgeId email id name"),
        ("/api/users/v1/users/u3/user-groups", "count items"),
        ("/api/users/v1/users/u3/user-groups?limit=1&offset=0", "count items"),
        ("/api/users/v1/user-groups", "count items"),
        ("/api/users/v1/user-groups/ga", "assignedUsersCount id name"),
        ("/api/users/v1/user-groups/ga/users", "count items"),
        ("/api/users/v1/roles", "count items"),
        ("/api/users/v1/roles?filter=isCustom%20eq%20true", "count items"),
        ("/api/users/v1/roles/owner", "id isCustom"),
        (
            "/api/users/v1/users?filter=workspaceRoleAssignments/any(a:a/userRoleId%20eq%20'X'%20and%20a/workspaceId%20eq%20'Y')",
            "count items",
        ),
    ] {
        for base in ["", "https://instance.tulip.co"] {
            let answer = get(&company(), &administrator(), &format!("{base}{url}"));
            assert_eq!(answer.status, 200, "{url}");
            let mut keys = answer
                .body
                .as_object()
                .expect("an object")
                .keys()
                .map(String::as_str)
                .collect::<Vec<_>>();
            keys.sort_unstable();
            assert_eq!(keys.join(" "), body, "{url}");
        }
    }
}

#[test]
fn the_documented_check_of_a_membership() {
    // Section 7: is the user in any of two groups?
    let url = "/api/users/v1/users/u3/user-groups?filter=userGroupId eq 'gB' or userGroupId eq 'ga'&limit=1";
    assert_eq!(page(&company(), &url.replace(' ', "%20")), ("gB".to_owned(), 1));
    let answer = get(
        &company(),
        &administrator(),
        "/api/users/v1/users/u3/user-groups?filter=userGroupId+eq+'ga'&limit=1",
    );
    assert_eq!(answer.body["count"], json!(0));
}

#[test]
fn roles_are_those_that_the_vendor_builds_in() {
    let (ids, count) = page(&company(), ROLES);
    assert_eq!(count, 14);
    assert!(ids.split(' ').is_sorted() && ids.contains("workspace-owner"), "{ids}");
    answers(
        "/api/users/v1/roles/viewer",
        &json!({"id": "viewer", "isCustom": false}),
    );
    lists("/api/users/v1/roles?filter=isCustom%20eq%20true", "");
    assert_eq!(
        page(&company(), "/api/users/v1/roles?filter=isCustom%20eq%20false&limit=2").1,
        14
    );
    // A role's name is not told, so nothing is found by it.
    lists("/api/users/v1/roles?search=owner", "");
    for wrong in [
        "isCustom eq true or isCustom eq false",
        "isCustom eq 'true'",
        "id eq 'owner'",
        "isCustom ne true",
        "isCustom eq True",
    ] {
        refuses(
            &format!("/api/users/v1/roles?filter={}", wrong.replace(' ', "%20")),
            400,
            "generic.invalidParams",
        );
    }
}

#[test]
fn whoever_is_signed_in_reads_everything() {
    let everyone = get(&company(), &administrator(), USERS).body;
    assert_eq!(get(&company(), &somebody("u4"), USERS).body, everyone);
}

#[test]
fn there_is_only_reading() {
    let answer = ask(&company(), "HEAD", &administrator(), USERS);
    assert_eq!((answer.status, answer.body), (200, Value::Null));
    let answer = ask(&company(), "POST", &administrator(), USERS);
    assert_eq!((answer.status, &answer.body["retryable"]), (405, &json!(false)));
    assert_eq!(answer.allow.as_deref(), Some("GET, HEAD"));
}
