//! Groups, users and roles as Passbolt answers them: envelopes, parts, filters, orders, errors.

mod document;
mod shape;

use membership::directory::Directory;
use proptest::prelude::*;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::asking::{Answer, NOW, administrator, ask, directory, get, nobody, somebody};

const ADA: &str = "5b1f0d0e-0000-4000-8000-0000000000aa";
const BO: &str = "5b1f0d0e-0000-4000-8000-0000000000bb";
const CY: &str = "5b1f0d0e-0000-4000-8000-0000000000cc";
const LEDGER: &str = "5b1f0d0e-0000-4000-8000-000000000001";
const OPS: &str = "5b1f0d0e-0000-4000-8000-000000000002";
const ADMINS: &str = "5b1f0d0e-0000-4000-8000-000000000003";

/// Three people in three groups; Cy is suspended, Bo an administrator who signs in.
fn team() -> Directory {
    directory(&format!(
        r#"{{"users": [
            {{"id": "{ADA}", "username": "ada@team.example", "firstName": "Ada", "lastName": "Lovelace",
              "created": "2025-02-03T09:00:00.125Z", "modified": "2025-02-04T09:00:00Z", "lastLogin": "2025-03-01T00:00:00Z"}},
            {{"id": "{BO}", "username": "bo@team.example", "email": "else@team.example"}},
            {{"id": "{CY}", "username": "Cy@team.example", "firstName": "Cy", "status": {{"suspended": true}}}}],
          "groups": [
            {{"id": "{OPS}", "name": "ops", "members": ["{ADA}", "{CY}"], "children": ["{LEDGER}"]}},
            {{"id": "{LEDGER}", "name": "Ledger team", "created": "2025-02-03T09:00:00Z", "members": ["{ADA}", "{BO}"], "managers": ["{ADA}"]}},
            {{"id": "{ADMINS}", "name": "System Administrators", "members": ["{BO}"], "managers": ["{BO}"]}}]}}"#
    ))
}

#[track_caller]
fn body(url: &str) -> Value {
    let answer = get(&team(), &administrator(), url);
    assert_eq!(answer.status, 200, "{url}: {}", answer.body);
    answer.body["body"].clone()
}

/// What a list holds, by `name` or `username`.
#[track_caller]
fn lists(url: &str, names: &[&str]) {
    assert_eq!(named(&body(url)), names, "{url}");
}

fn named(body: &Value) -> Vec<String> {
    let items = body.as_array().expect("a list").iter();
    let name = |item: &Value| {
        ["name", "username"]
            .iter()
            .find_map(|name| item[*name].as_str().map(str::to_owned))
    };
    items.map(|item| name(item).expect("a name")).collect()
}

fn keys(value: &Value) -> String {
    let mut keys = value
        .as_object()
        .expect("an object")
        .keys()
        .map(String::as_str)
        .collect::<Vec<_>>();
    keys.sort_unstable();
    keys.join(" ")
}

#[track_caller]
fn refuses(url: &str, status: u16, message: &str) {
    let answer = get(&team(), &administrator(), url);
    is_error(&answer, status, message);
}

#[track_caller]
fn is_error(answer: &Answer, status: u16, message: &str) {
    let header = &answer.body["header"];
    assert_eq!(
        (answer.status, &header["message"]),
        (status, &json!(message)),
        "{}",
        answer.body
    );
    assert_eq!((&header["status"], &header["code"]), (&json!("error"), &json!(status)));
    assert_eq!(answer.body["body"], json!(""));
    assert_eq!(keys(&answer.body), "body header");
}

#[test]
fn an_answer_wears_an_envelope() {
    let url = "/groups.json?api-version=v2&filter%5Bhas-users%5D=".to_owned() + ADA;
    let answer = get(&team(), &administrator(), &url);
    assert_eq!(answer.content_type, "application/json; charset=utf-8");
    assert_eq!(keys(&answer.body), "body header");
    let header = &answer.body["header"];
    assert_eq!(keys(header), "action code id message servertime status url");
    assert_eq!(header["status"], json!("success"));
    assert_eq!(header["code"], json!(200));
    assert_eq!(header["servertime"], json!(NOW / 1000));
    assert_eq!(header["url"], json!(url));
    let id = Uuid::parse_str(header["id"].as_str().expect("an id")).expect("a UUID");
    assert_eq!(id.get_version_num(), 5);
    // An absolute address is told without its origin, as the vendor does.
    let absolute = get(&team(), &administrator(), "https://pass.example/groups.json?x=1");
    assert_eq!(absolute.body["header"]["url"], json!("/groups.json?x=1"));
}

#[test]
fn every_documented_request_answers() {
    for url in [
        "/groups.json",
        "/groups.json?api-version=v2&filter[has-users]=ADA&filter[has-manager]=ADA&contain[modifier]=1&contain[user]=1&contain[group_user]=1&order[]=Group.name",
        "/groups.json?filter[has-users][]=ADA&contain[groups_users]=1",
        "/groups.json?filter[has-managers][]=ADA",
        "/groups.json?filter[has-users]=ADA,ADA",
        "/groups.json?filter[has-users][]=ADA&filter[has-users][]=ADA",
        "/groups.json?order[]=Group.name+ASC",
        "/groups.json?order[]=Group.name%20ASC",
        "/groups.json?order[Group.name]=ASC",
        "/groups/LEDGER.json",
        "/users.json",
        "/users.json?sort=Users.username&direction=desc",
        "/users.json?sort[Users.username]=desc",
        "/users.json?order[]=User.username%20DESC",
        "/users.json?order=User.username",
        "/users.json?contain[profile]=0",
        "/users/ADA.json",
        "/users/me.json",
        "/roles.json",
    ] {
        let url = url.replace("ADA", ADA).replace("LEDGER", LEDGER);
        for base in ["", "https://pass.example"] {
            let answer = get(&team(), &somebody(ADA), &format!("{base}{url}"));
            assert_eq!(
                (answer.status, &answer.body["header"]["url"]),
                (200, &json!(url)),
                "{}",
                answer.body
            );
        }
    }
}

#[test]
fn actions_are_the_vendor_s() {
    for (url, action) in [
        ("/groups.json", "3cffe6ef-ea4c-5bc3-869b-945f26e2601a"),
        (&format!("/groups/{OPS}.json"), "f0c5d1cd-b3e3-5494-8fb7-73a427790ce2"),
        ("/users.json", "d7bc9044-a64e-5421-a4d7-7a94eaa39d37"),
        (&format!("/users/{ADA}.json"), "881ab948-e40f-5a72-91aa-54b442270029"),
        ("/roles.json", "30237a18-fd12-5935-b1be-1e2a62ccb71d"),
    ] {
        assert_eq!(
            get(&team(), &administrator(), url).body["header"]["action"],
            json!(action),
            "{url}"
        );
        assert_eq!(
            get(&team(), &nobody(), url).body["header"]["action"],
            json!(action),
            "{url}"
        );
    }
}

#[test]
fn a_group_is_what_the_directory_knows() {
    let ledger = json!({"id": LEDGER, "name": "Ledger team", "deleted": false, "created": "2025-02-03T09:00:00+00:00",
        "modified": null, "created_by": null, "modified_by": null});
    assert_eq!(body("/groups.json")[0], ledger);
    assert_eq!(body(&format!("/groups/{LEDGER}.json")), ledger);
    assert_eq!(body(&format!("/groups/{}.json", LEDGER.to_uppercase())), ledger);
}

#[test]
fn groups_contain_what_is_asked_for() {
    let bare = "created created_by deleted id modified modified_by name";
    let with = |contain: &str| {
        let group = body(&format!("/groups/{LEDGER}.json?{contain}"));
        let listed = body(&format!("/groups.json?{contain}"));
        assert_eq!(listed[0], group, "{contain}");
        keys(&group)
            .split(' ')
            .filter(|key| !bare.split(' ').any(|known| known == *key))
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(with(""), "");
    for (name, key) in [
        ("modifier", "modifier"),
        ("user", "users"),
        ("users", "users"),
        ("group_user", "groups_users"),
        ("groups_users", "groups_users"),
        ("groups_users.user", "groups_users"),
        ("groups_users.user.profile", "groups_users"),
        ("group_user.user", "groups_users"),
        ("my_group_user", "my_group_user"),
        ("modifier.profile", "modifier"),
    ] {
        for (value, key) in [("1", key), ("true", key), ("TRUE", key), ("0", ""), ("false", "")] {
            assert_eq!(with(&format!("contain[{name}]={value}")), key, "{name}={value}");
            assert_eq!(with(&format!("contain%5B{name}%5D={value}")), key, "{name}={value}");
        }
        for value in ["2", "", "yes", "null", "1,1"] {
            let message = format!("Invalid contain. \"{value}\" is not a valid value for {name}.");
            refuses(&format!("/groups.json?contain[{name}]={value}"), 400, &message);
        }
    }
    assert_eq!(with("contain[nonsense]=2&contain[user_count]=1"), "");
    assert_eq!(
        with("contain[groups_users]=0&contain[groups_users.user]=1"),
        "groups_users"
    );
    assert_eq!(with("contain[user]=0&contain[user]=1"), "users");
    assert_eq!(with("contain[user]=1&contain[users]=0"), "users");
    assert_eq!(with("contain[user]=0&contain[users]=1"), "users");
}

#[test]
fn memberships_say_who_manages() {
    let group = body(&format!(
        "/groups/{LEDGER}.json?contain[users]=1&contain[groups_users.user.profile]=1&contain[modifier]=1"
    ));
    assert_eq!(group["modifier"], Value::Null);
    let rows = group["groups_users"].as_array().expect("memberships");
    let told = rows
        .iter()
        .map(|row| (row["user_id"].as_str(), row["is_admin"].as_bool()))
        .collect::<Vec<_>>();
    assert_eq!(told, [(Some(ADA), Some(true)), (Some(BO), Some(false))]);
    assert_eq!(keys(&rows[0]), "created group_id id is_admin user user_id");
    assert_eq!(
        (&rows[0]["group_id"], &rows[0]["created"]),
        (&json!(LEDGER), &Value::Null)
    );
    assert_eq!(rows[0]["user"]["profile"]["first_name"], json!("Ada"));
    // In groups, a profile has no avatar.
    assert_eq!(
        keys(&rows[0]["user"]["profile"]),
        "created first_name id last_name modified user_id"
    );
    let users = group["users"].as_array().expect("users");
    let mut joined = rows[0].clone();
    joined.as_object_mut().expect("a row").remove("user");
    assert_eq!(users[0]["_joinData"], joined);
    assert_eq!(users[0]["username"], json!("ada@team.example"));
    assert_eq!(users[0].get("profile"), None);
    // The rows of a user are the same facts under the same ids.
    assert!(
        body(&format!("/users/{ADA}.json"))["groups_users"]
            .as_array()
            .expect("rows")
            .contains(&joined)
    );
}

#[test]
fn my_membership_is_the_caller_s() {
    let url = format!("/groups/{LEDGER}.json?contain[my_group_user]=1");
    let mine = |caller| get(&team(), &caller, &url).body["body"]["my_group_user"].clone();
    assert_eq!(mine(somebody(ADA))["is_admin"], json!(true));
    assert_eq!(mine(somebody(BO))["is_admin"], json!(false));
    assert_eq!(mine(somebody(CY)), Value::Null);
    assert_eq!(mine(administrator()), Value::Null);
}

#[test]
fn groups_are_filtered_by_users_and_managers() {
    lists(
        &format!("/groups.json?filter[has-users]={ADA}"),
        &["Ledger team", "ops"],
    );
    lists(&format!("/groups.json?filter[has-users]={ADA},{BO}"), &["Ledger team"]);
    lists(
        &format!("/groups.json?filter[has-users][]={ADA}&filter[has-users][]={CY}"),
        &["ops"],
    );
    lists(&format!("/groups.json?filter[has-users]={BO},{CY}"), &[]);
    lists(
        &format!("/groups.json?filter[has-users]={ADA},{ADA}"),
        &["Ledger team", "ops"],
    );
    lists(
        &format!("/groups.json?filter[has-users]={}", ADA.to_uppercase()),
        &["Ledger team", "ops"],
    );
    for managers in ["has-managers", "has-manager"] {
        lists(&format!("/groups.json?filter[{managers}]={ADA}"), &["Ledger team"]);
        lists(&format!("/groups.json?filter[{managers}][]={ADA}"), &["Ledger team"]);
        lists(&format!("/groups.json?filter[{managers}]={ADA},{BO}"), &[]);
        lists(
            &format!("/groups.json?filter[{managers}]={ADA}&filter[has-users]={BO}"),
            &["Ledger team"],
        );
        lists(
            &format!("/groups.json?filter[{managers}]={ADA}&filter[has-users]={CY}"),
            &[],
        );
    }
    // Direct members: the ledger team is a child of ops, and Bo is in it.
    lists(
        &format!("/groups.json?filter[has-users]={BO}"),
        &["Ledger team", "System Administrators"],
    );
    lists(
        &format!("/groups.json?filter[has-users]={ADA}&filter[has-users]={CY}"),
        &["ops"],
    );
    let stranger = "5b1f0d0e-0000-4000-8000-0000000000ff";
    lists(&format!("/groups.json?filter[has-users]={stranger}"), &[]);
    lists(
        &format!("/groups.json?filter[nonsense]=x&filter[search]=ops&filter[has_users]={CY}"),
        &["Ledger team", "ops", "System Administrators"],
    );
}

#[test]
fn an_id_that_is_no_uuid_is_refused() {
    for name in ["has-users", "has-managers", "has-manager"] {
        for wrong in [
            "x",
            "",
            "5b1f0d0e000040008000000000000001",
            "{5b1f0d0e-0000-4000-8000-000000000001}",
            "ada@team.example",
            "ég1f0d0e-0000-4000-8000-00000000001",
        ] {
            let message = format!("Invalid filter. \"{wrong}\" is not a valid user id for filter {name}.");
            refuses(&format!("/groups.json?filter[{name}]={wrong}"), 400, &message);
            refuses(&format!("/groups.json?filter[{name}][]={wrong}"), 400, &message);
            refuses(&format!("/groups.json?filter[{name}]={ADA},{wrong}"), 400, &message);
        }
    }
    refuses("/groups/ops.json", 400, "The group id is not valid.");
    refuses("/users/ada@team.example.json", 400, "The user id is not valid.");
    refuses(
        "/users.json?filter[has-groups]=ops",
        400,
        "Invalid filter. \"ops\" is not a valid group id for filter has-groups.",
    );
}

#[test]
fn groups_are_ordered_by_name() {
    let (ascending, descending) = (
        ["Ledger team", "ops", "System Administrators"],
        ["System Administrators", "ops", "Ledger team"],
    );
    for order in [
        "",
        "order[]=Group.name",
        "order[]=Group.name+ASC",
        "order[]=Group.name%20ASC",
        "order[]=ASC",
        "order[]=",
        "order%5B%5D=ASC",
    ] {
        lists(&format!("/groups.json?{order}"), &ascending);
    }
    for order in [
        "order[]=Group.name+DESC",
        "order[]=DESC",
        "order[]=Group.name%20DESC&x=1",
    ] {
        lists(&format!("/groups.json?{order}"), &descending);
    }
    for order in [
        "Group.name desc",
        "Group.name  DESC",
        "Group.modified",
        "name",
        "asc",
        "Group.name DESC ",
        "Group.name,DESC",
    ] {
        let message = format!("Invalid order. \"{order}\" is not in the list of allowed order.");
        refuses(
            &format!("/groups.json?order[]={}", order.replace(' ', "%20")),
            400,
            &message,
        );
    }
}

#[test]
fn a_user_is_what_the_directory_knows() {
    let ada = body(&format!("/users/{ADA}.json"));
    let role = named_id("role.id.user");
    let expected = json!({
        "id": ADA, "role_id": role, "username": "ada@team.example", "active": true, "deleted": false, "disabled": null,
        "created": "2025-02-03T09:00:00+00:00", "modified": "2025-02-04T09:00:00+00:00", "last_logged_in": "2025-03-01T00:00:00+00:00",
        "gpgkey": null,
        "profile": {"id": ada["profile"]["id"], "user_id": ADA, "first_name": "Ada", "last_name": "Lovelace", "created": null,
            "modified": null, "avatar": null},
        "role": {"id": role, "name": "user", "description": null, "created": null, "modified": null},
        "groups_users": ada["groups_users"]
    });
    assert_eq!(ada, expected);
    let bo = body(&format!("/users/{BO}.json"));
    // The id of the role in the vendor's own tests.
    assert_eq!(
        (&bo["role"]["name"], &bo["role_id"]),
        (&json!("admin"), &json!("0d51c3a8-5e67-5e3d-882f-e1868966d817"))
    );
    assert_eq!(
        (&bo["created"], &bo["last_logged_in"], &bo["username"]),
        (&Value::Null, &Value::Null, &json!("bo@team.example"))
    );
    let cy = body(&format!("/users/{CY}.json"));
    assert_eq!(
        (&cy["active"], &cy["disabled"], &cy["deleted"]),
        (&json!(false), &Value::Null, &json!(false))
    );
}

fn named_id(name: &str) -> String {
    let namespace = Uuid::parse_str("d5447ca1-950f-459d-8b20-86ddfdd0f922").expect("a UUID");
    Uuid::new_v5(&namespace, name.as_bytes()).to_string()
}

#[test]
fn parts_of_a_user_come_unless_refused() {
    let all = ["gpgkey", "groups_users", "profile", "role"];
    for part in all {
        for (value, there) in [("1", true), ("true", true), ("0", false), ("False", false)] {
            let user = body(&format!("/users/{ADA}.json?contain[{part}]={value}"));
            assert_eq!(body(&format!("/users.json?contain[{part}]={value}"))[0], user);
            for other in all {
                assert_eq!(
                    user.get(other).is_some(),
                    other != part || there,
                    "{part}={value}: {other}"
                );
            }
        }
        let message = format!("Invalid contain. \"2\" is not a valid value for {part}.");
        refuses(&format!("/users.json?contain[{part}]=2"), 400, &message);
    }
    assert!(
        body("/users.json?contain[last_logged_in]=0")[0]
            .get("last_logged_in")
            .is_some()
    );
    assert!(
        body("/users.json?contain[LastLoggedIn]=1&contain[missing_metadata_key_ids]=1")[0]
            .get("missing_metadata_key_ids")
            .is_none()
    );
    refuses(
        "/users.json?contain[last_logged_in]=x",
        400,
        "Invalid contain. \"x\" is not a valid value for last_logged_in.",
    );
}

#[test]
fn me_is_the_caller() {
    let me = |caller| get(&team(), &caller, "/users/me.json");
    assert_eq!(me(somebody(ADA)).body["body"]["id"], json!(ADA));
    assert_eq!(me(somebody(CY)).body["body"]["id"], json!(CY));
    is_error(&me(administrator()), 404, "The user does not exist.");
}

#[test]
fn users_are_filtered() {
    let (ada, bo, cy) = ("ada@team.example", "bo@team.example", "Cy@team.example");
    lists("/users.json", &[ada, bo, cy]);
    lists("/users.json?filter[search]=LOVE", &[ada]);
    lists("/users.json?filter[search]=cy@", &[cy]);
    lists("/users.json?filter[search]=else", &[]);
    lists("/users.json?filter[search][]=bo@&filter[search][]=ada", &[bo]);
    lists(&format!("/users.json?filter[has-groups]={OPS}"), &[ada, cy]);
    lists(&format!("/users.json?filter[has-groups]={OPS},{LEDGER}"), &[ada]);
    lists(
        &format!("/users.json?filter[has-groups][]={OPS}&filter[has-groups][]={ADMINS}"),
        &[],
    );
    lists(&format!("/users.json?filter[has-groups]={ADA}"), &[]);
    lists("/users.json?filter[is-admin]=1", &[bo]);
    lists("/users.json?filter[is-admin]=0", &[bo]);
    lists("/users.json?filter[is-active]=1", &[ada, bo]);
    lists("/users.json?filter[is-active]=0", &[cy]);
    lists("/users.json?filter[is-active]=0&filter[is-admin]=1", &[]);
    refuses(
        "/users.json?filter[is-active]=x",
        400,
        "Invalid filter. \"x\" is not a valid value for filter is-active.",
    );
    refuses(
        "/users.json?filter[search]=",
        400,
        "Invalid filter. A search has 1 to 64 characters.",
    );
    refuses(
        &format!("/users.json?filter[search]={}", "é".repeat(65)),
        400,
        "Invalid filter. A search has 1 to 64 characters.",
    );
    lists(&format!("/users.json?filter[search]={}", "é".repeat(64)), &[]);
}

#[test]
fn nobody_has_access_to_resources_that_are_not_there() {
    refuses(
        &format!("/users.json?filter[has-access]={ADA}"),
        403,
        "You are not authorized to access that location.",
    );
    refuses(
        "/users.json?filter[has-access]=x",
        400,
        "Invalid filter. \"x\" is not a valid resource id for filter has-access.",
    );
    refuses(
        &format!("/users.json?filter[has-access]={ADA},{BO}"),
        400,
        "Invalid filter. Only one resource id is allowed for filter has-access.",
    );
}

#[test]
fn those_who_are_no_administrators_see_who_is_active() {
    let url = |rest: &str| format!("/users{rest}");
    let ask = |caller: &'static str, rest: &str| get(&team(), &somebody(caller), &url(rest));
    let seen = |caller: &'static str, rest: &str| named(&ask(caller, rest).body["body"]);
    assert_eq!(seen(ADA, ".json"), ["ada@team.example", "bo@team.example"]);
    assert_eq!(
        seen(ADA, ".json?filter[is-active]=0"),
        ["ada@team.example", "bo@team.example"]
    );
    assert_eq!(seen(BO, ".json").len(), 3);
    // The documentation says so of the list alone.
    assert_eq!(ask(ADA, &format!("/{CY}.json")).status, 200);
    // All groups are everyone's to see, with all of their rows.
    assert_eq!(
        named(&get(&team(), &somebody(CY), "/groups.json").body["body"]).len(),
        3
    );
}

#[test]
fn users_are_sorted() {
    let (ada, bo, cy) = ("ada@team.example", "bo@team.example", "Cy@team.example");
    for order in [
        "sort=Users.username&direction=desc",
        "sort[Users.username]=desc",
        "order[]=User.username+DESC",
        "order=User.username%20DESC",
        "sort=Users.username&direction=DESC",
    ] {
        lists(&format!("/users.json?{order}"), &[cy, bo, ada]);
    }
    for order in [
        "sort=Users.username",
        "order=User.username",
        "order[]=Users.username+ASC",
        "direction=desc",
        "order=",
        "sort[Profiles.created]=desc",
        "sort=Profiles.modified",
    ] {
        lists(&format!("/users.json?{order}"), &[ada, bo, cy]);
    }
    // Missing comes last, whichever the direction.
    lists("/users.json?sort=Profiles.first_name&direction=desc", &[cy, ada, bo]);
    lists(
        "/users.json?sort[Profiles.last_name]=asc&sort[Users.username]=desc",
        &[ada, cy, bo],
    );
    for field in ["created", "modified", "last_logged_in"] {
        lists(
            &format!("/users.json?sort=Users.{field}&direction=desc"),
            &[ada, bo, cy],
        );
    }
    refuses(
        "/users.json?sort=Users.modi",
        400,
        "Invalid order. \"Users.modi\" is not in the list of allowed order.",
    );
    for wrong in [
        "sort=Users.username&direction=up",
        "sort=",
        "sort[Groups.name]=asc",
        "order=User.username+desc",
        "order[]=DESC",
        "sort=username",
    ] {
        assert_eq!(
            get(&team(), &administrator(), &format!("/users.json?{wrong}")).status,
            400,
            "{wrong}"
        );
    }
}

#[test]
fn users_come_in_pages_if_asked() {
    let pagination = |rest: &str| {
        let answer = get(&team(), &administrator(), &format!("/users.json{rest}"));
        assert_eq!(answer.status, 200, "{rest}");
        (
            named(&answer.body["body"]).len(),
            answer.body["header"]["pagination"].clone(),
        )
    };
    assert_eq!(pagination(""), (3, json!({"count": 3, "page": 1, "limit": null})));
    assert_eq!(pagination("?limit=2"), (2, json!({"count": 3, "page": 1, "limit": 2})));
    assert_eq!(
        pagination("?limit=2&page=2"),
        (1, json!({"count": 3, "page": 2, "limit": 2}))
    );
    assert_eq!(
        pagination("?filter[search]=nobody&limit=2"),
        (0, json!({"count": 0, "page": 1, "limit": 2}))
    );
    lists("/users.json?limit=1&page=2", &["bo@team.example"]);
    for outside in ["limit=2&page=3", "page=2", "limit=2147483647&page=2147483647"] {
        refuses(&format!("/users.json?{outside}"), 404, "Not Found");
    }
    for wrong in [
        "limit=0",
        "limit=-1",
        "limit=x",
        "page=0",
        "page=",
        "limit=2147483648",
        "limit=1&page=x",
    ] {
        assert_eq!(
            get(&team(), &administrator(), &format!("/users.json?{wrong}")).status,
            400,
            "{wrong}"
        );
    }
    assert!(
        get(&team(), &administrator(), "/groups.json?limit=1").body["header"]
            .get("pagination")
            .is_none()
    );
    assert_eq!(
        named(&body("/groups.json?limit=1")).len(),
        3,
        "groups are never paginated"
    );
}

#[test]
fn roles_are_the_three_that_everyone_has() {
    let roles = body("/roles.json");
    let told = roles
        .as_array()
        .expect("roles")
        .iter()
        .map(|role| (role["name"].as_str(), role["id"].as_str().map(str::to_owned)));
    let expected = ["admin", "guest", "user"].map(|name| (Some(name), Some(named_id(&format!("role.id.{name}")))));
    assert_eq!(told.collect::<Vec<_>>(), expected);
    assert_eq!(keys(&roles[0]), "created description id modified name");
    let counts = |caller| {
        let roles = get(&team(), &caller, "/roles.json?contain[user_count]=1").body["body"].clone();
        roles
            .as_array()
            .expect("roles")
            .iter()
            .map(|role| role.get("user_count").and_then(Value::as_u64))
            .collect::<Vec<_>>()
    };
    assert_eq!(counts(administrator()), [Some(1), Some(0), Some(2)]);
    assert_eq!(counts(somebody(ADA)), [None, None, None]);
}

#[test]
fn errors_come_in_one_order() {
    for url in [
        "/groups.json?api-version=1",
        "/groups/x.json",
        "/users.json?limit=x",
        "/users/me.json",
        "/roles.json",
    ] {
        is_error(
            &get(&team(), &nobody(), url),
            403,
            "You need to login to access this location.",
        );
    }
    let missing = "5b1f0d0e-0000-4000-8000-0000000000ff";
    refuses(
        &format!("/groups/{missing}.json?contain[users]=2"),
        400,
        "Invalid contain. \"2\" is not a valid value for users.",
    );
    refuses(&format!("/groups/{missing}.json"), 404, "The group does not exist.");
    refuses(&format!("/users/{missing}.json"), 404, "The user does not exist.");
    refuses(
        &format!("/users/{missing}.json?contain[role]=2"),
        400,
        "Invalid contain. \"2\" is not a valid value for role.",
    );
}

#[test]
fn what_is_malformed_is_refused_in_the_envelope() {
    for wrong in ["%", "%zz", "%ff", "%C3%28"] {
        for url in [
            format!("/groups.json?x={wrong}"),
            format!("/users.json?{wrong}=1"),
            format!("/roles.json?{wrong}"),
        ] {
            refuses(&url, 400, &format!("`{wrong}` is not percent-encoded UTF-8"));
        }
        refuses(&format!("/groups/{wrong}.json"), 400, "The group id is not valid.");
        refuses(&format!("/users/{wrong}.json"), 400, "The user id is not valid.");
    }
}

#[test]
fn there_is_only_reading() {
    let answer = ask(&team(), "HEAD", &administrator(), "/groups.json");
    assert_eq!((answer.status, answer.body), (200, Value::Null));
    for url in ["/groups.json", "/users.json", "/users/me.json"] {
        let answer = ask(&team(), "POST", &administrator(), url);
        is_error(&answer, 405, "Method Not Allowed");
        assert_eq!(answer.allow.as_deref(), Some("GET, HEAD"));
    }
}

#[test]
fn the_first_version_is_gone() {
    for version in ["1", "v1"] {
        assert_eq!(
            get(
                &team(),
                &administrator(),
                &format!("/groups.json?api-version={version}")
            )
            .status,
            400,
            "{version}"
        );
        assert_eq!(
            get(
                &team(),
                &administrator(),
                &format!("/users/me.json?api-version={version}")
            )
            .status,
            400,
            "{version}"
        );
    }
    for version in ["v2", "2", "", "10", "x", "1&api-version=2"] {
        assert_eq!(
            get(
                &team(),
                &administrator(),
                &format!("/groups.json?api-version={version}")
            )
            .status,
            200,
            "{version}"
        );
    }
}

#[test]
fn paths_end_in_json() {
    let says = "Please use .json extension in URL or accept application/json.";
    let (group, user) = (format!("/groups/{OPS}"), format!("/users/{ADA}"));
    for url in ["/groups", "/users", "/roles", &group, &user] {
        refuses(url, 404, says);
        assert_eq!(
            get(&team(), &administrator(), &format!("{url}.json/")).status,
            200,
            "{url}"
        );
    }
}

#[test]
fn ids_that_are_no_uuids_have_stand_ins() {
    let directory = directory(
        r#"{"users": [{"id": "ada"}, {"id": "bo"}, {"id": "g"}],
            "groups": [{"id": "g", "members": ["ada", "bo", "g"], "managers": ["bo"]}, {"id": "h", "members": ["bo"]}]}"#,
    );
    let ask = |url: &str| get(&directory, &administrator(), url);
    let (ada, bo, g, h) = (
        named_id("user.id.ada"),
        named_id("user.id.bo"),
        named_id("group.id.g"),
        named_id("group.id.h"),
    );
    let groups = ask(&format!("/groups.json?filter[has-users]={bo}&contain[groups_users]=1")).body["body"].clone();
    assert_eq!(
        (&groups[0]["id"], &groups[0]["name"], &groups[1]["id"]),
        (&json!(g), &Value::Null, &json!(h))
    );
    assert_eq!(groups[0]["groups_users"][1]["user_id"], json!(bo));
    assert_eq!(
        ask(&format!("/groups.json?filter[has-users]={ada},{bo}")).body["body"]
            .as_array()
            .map(Vec::len),
        Some(1)
    );
    assert_eq!(
        ask(&format!("/groups.json?filter[has-managers]={bo}")).body["body"][0]["id"],
        json!(g)
    );
    assert_eq!(ask(&format!("/groups/{h}.json")).body["body"]["id"], json!(h));
    assert_eq!(
        ask(&format!("/users/{ada}.json")).body["body"]["groups_users"][0]["group_id"],
        json!(g)
    );
    assert_eq!(
        ask(&format!("/users.json?filter[has-groups]={h}")).body["body"][0]["id"],
        json!(bo)
    );
    // A group and a user of one id have different stand-ins, and one is never found as the other.
    assert_eq!(ask(&format!("/users/{g}.json")).status, 404);
    assert_eq!(ask("/users/ada.json").status, 400);
    // Half of a stand-in is not enough.
    let end = if ada.ends_with('0') { "1" } else { "0" };
    assert_eq!(ask(&format!("/users/{}{end}.json", &ada[..35])).status, 404);
}

/// The id of a user or a group in a random directory, and as it is asked for: a UUID, or another that one stands in for.
fn numbered(kind: &str, number: usize, is_uuid: bool) -> (String, String) {
    let last = if kind == "user" { number } else { 100 + number };
    let id = if is_uuid {
        format!("5b1f0d0e-0000-4000-8000-{last:012}")
    } else {
        number.to_string()
    };
    let asked = if is_uuid {
        id.clone()
    } else {
        named_id(&format!("{kind}.id.{id}"))
    };
    (id, asked)
}

const PEOPLE: std::ops::Range<usize> = 0..6;

proptest! {
    /// All of the filtered users are in each group that is left, and in no other: against a walk over the facts, which
    /// tell by group and user whether the user manages the group.
    #[test]
    fn filters_leave_the_groups_that_hold_all(
        facts in prop::collection::btree_map((0..5usize, PEOPLE), any::<bool>(), 0..24),
        // One more than there are: nobody.
        members in prop::collection::vec(0..=PEOPLE.end, 0..3),
        managers in prop::collection::vec(0..=PEOPLE.end, 0..2),
        is_list in any::<bool>(),
        is_uuid in any::<bool>(),
    ) {
        let groups = (0..5).map(|group| {
            let of_group = facts.iter().filter(|((other, _), _)| *other == group);
            let ids = of_group.map(|((_, user), manages)| (numbered("user", *user, is_uuid).0, *manages)).collect::<Vec<_>>();
            let managers = ids.iter().filter(|(_, manages)| *manages).map(|(id, _)| id).collect::<Vec<_>>();
            let members = ids.iter().map(|(id, _)| id).collect::<Vec<_>>();
            let id = numbered("group", group, is_uuid).0;
            json!({"id": id, "name": format!("g{group}"), "members": members, "managers": managers})
        });
        let people = PEOPLE.map(|user| json!({"id": numbered("user", user, is_uuid).0}));
        let (people, groups) = (people.collect::<Vec<_>>(), groups.collect::<Vec<_>>());
        let directory = directory(&json!({"users": people, "groups": groups}).to_string());
        let part = |name: &str, users: &[usize]| {
            let ids = users.iter().map(|user| numbered("user", *user, is_uuid).1).collect::<Vec<_>>();
            match ids.is_empty() {
                true => String::new(),
                false if is_list => ids.iter().map(|id| format!("filter[{name}][]={id}&")).collect(),
                false => format!("filter[{name}]={}&", ids.join(",")),
            }
        };
        let url = format!("/groups.json?{}{}", part("has-users", &members), part("has-managers", &managers));
        let expected = (0..5).filter(|group| {
            let is_member = |user: &usize| facts.contains_key(&(*group, *user));
            let manages = |user: &usize| facts.get(&(*group, *user)) == Some(&true);
            members.iter().all(is_member) && managers.iter().all(manages)
        });
        let expected = expected.map(|group| format!("g{group}")).collect::<Vec<_>>();
        prop_assert_eq!(named(&get(&directory, &administrator(), &url).body["body"]), expected, "{}", url);
    }
}
