//! What of Passbolt's endpoints the comparison with the core does not reach: who is let in, changes of groups, and the
//! shape of answers against the vendor's OpenAPI document.

#[path = "../../../provider/tests/it/passbolt/document.rs"]
mod document;

use std::collections::BTreeSet;

use serde_json::{Value, json};
use server::store::System;

use crate::service::{Answer, Service};
use crate::store::Database;
use document::differences;

const ADA: &str = "10000000-0000-4000-8000-00000000000a";
const BOB: &str = "10000000-0000-4000-8000-00000000000b";
const CY: &str = "10000000-0000-4000-8000-00000000000c";
const DEE: &str = "10000000-0000-4000-8000-00000000000d";
const OPS: &str = "20000000-0000-4000-8000-00000000000a";
const WEB: &str = "20000000-0000-4000-8000-00000000000b";

/// Ada administers, Bob manages Ops, Cy is in it, Dee is suspended, and `eve` has an id that is no UUID.
fn team() -> String {
    json!({"format": "rollcall/1",
        "users": [
            {"id": ADA, "username": "ada@example.com", "firstName": "Ada", "lastName": "L", "created": "2024-01-31T15:26:54Z",
             "modified": "2024-01-31T15:26:54Z"},
            {"id": BOB, "username": "bob@example.com"},
            {"id": CY, "username": "cy@example.com"},
            {"id": DEE, "username": "dee@example.com", "status": {"suspended": true}},
            {"id": "eve", "username": "eve@example.com"}],
        "groups": [
            {"id": OPS, "name": "Ops", "created": "2024-01-31T15:26:54Z", "modified": "2024-01-31T15:26:54Z"},
            {"id": WEB, "name": "Web"},
            {"id": "admins", "name": "System Administrators"}],
        "memberships": [
            {"group": OPS, "user": BOB, "isAdmin": true}, {"group": OPS, "user": CY},
            {"group": "admins", "user": ADA, "isAdmin": true}]})
    .to_string()
}

async fn databases(name: &str) -> [Database; 2] {
    let directory = membership::json::read(team().as_bytes()).expect("a directory");
    Database::both(&directory, name).await
}

/// A service and the credentials of some.
struct Team {
    service: Service,
    ada: String,
    bob: String,
    cy: String,
    nameless: String,
}

impl Team {
    async fn of(database: &Database) -> Self {
        let service = Service::new(&database.store, 0);
        let as_user = async |user| service.credential(&database.store, System::Passbolt, user).await;
        Self {
            ada: as_user(Some(ADA)).await,
            bob: as_user(Some(BOB)).await,
            cy: as_user(Some(CY)).await,
            nameless: as_user(None).await,
            service,
        }
    }

    async fn get(&self, credential: &str, url: &str) -> Answer {
        self.service
            .send_as(credential, "GET", url, "")
            .await
            .expect("a request")
    }

    /// Status and body of a change.
    async fn put(&self, credential: &str, url: &str, body: &Value) -> (u16, Value) {
        let body = body.to_string();
        let answer = self
            .service
            .send_as(credential, "PUT", url, &body)
            .await
            .expect("a request");
        assert_eq!(answer.body["header"]["code"], json!(answer.status));
        (answer.status, answer.body["body"].clone())
    }

    async fn change(&self, credential: &str, body: &Value) -> (u16, Value) {
        self.put(credential, &format!("/groups/{OPS}.json"), body).await
    }

    /// Name, members and managers of the group, by the first letter of the username.
    async fn ops(&self) -> String {
        let url = format!("/groups/{OPS}.json?contain[groups_users.user]=1");
        let group = self.get(&self.nameless, &url).await.body["body"].clone();
        told(&group)
    }

    /// The id of the membership of a user in the group.
    async fn row(&self, user: &str) -> String {
        let url = format!("/groups/{OPS}.json?contain[groups_users]=1");
        let group = self.get(&self.nameless, &url).await.body["body"].clone();
        let rows = group["groups_users"].as_array().expect("memberships").clone();
        let row = rows.into_iter().find(|row| row["user_id"] == user).expect("a member");
        row["id"].as_str().expect("an id").to_owned()
    }
}

/// A group as `name: a b*`, a star for managers.
fn told(group: &Value) -> String {
    let mut text = format!("{}:", group["name"].as_str().expect("a name"));
    for row in group["groups_users"].as_array().expect("memberships") {
        let username = row["user"]["username"].as_str().expect("a username");
        text.push(' ');
        text.push_str(&username[..1]);
        text.push_str(if row["is_admin"] == true { "*" } else { "" });
    }
    text
}

fn broken(at: usize, field: &str, rule: &str, body: &Value) -> bool {
    body["groups_users"][at.to_string()][field][rule].is_string()
}

#[tokio::test]
async fn who_shows_no_token_is_refused_and_the_console_keeps_its_addresses() {
    for database in databases("passbolt_entrance").await {
        let team = Team::of(&database).await;
        let tulip = service_credential(&team.service, &database, System::Tulip).await;
        for credential in ["Bearer x", "Bearer", "Basic eDp5", tulip.as_str()] {
            for url in ["/groups.json", "/auth/is-authenticated.json", "/users/me.json"] {
                let answer = team.get(credential, url).await;
                assert_eq!(
                    (answer.status, &answer.body["header"]["status"]),
                    (403, &json!("error"))
                );
                assert_eq!(
                    (&answer.body["header"]["url"], &answer.body["body"]),
                    (&json!(url), &json!(""))
                );
            }
        }
        let answer = team.get(&team.cy, "/auth/is-authenticated.json").await;
        assert_eq!((answer.status, &answer.body["body"]), (200, &Value::Null));
        assert_eq!(team.get(&team.cy, "/users/me.json").await.body["body"]["id"], json!(CY));
        assert_eq!(team.get(&team.nameless, "/users/me.json").await.status, 404);
        let page = [("accept", "text/html"), ("authorization", team.cy.as_str())];
        let answer = team
            .service
            .send("GET", "/groups/x.json", &page, b"")
            .await
            .expect("a request");
        assert_eq!(answer.body, Value::Null, "a person sees the console");
        for url in ["/groups/x", "/groups", "/resources.json"] {
            assert_eq!(team.get(&team.cy, url).await.body, Value::Null, "{url}");
        }
        let answer = team
            .service
            .send_as(&team.cy, "DELETE", "/groups.json", "")
            .await
            .expect("a request");
        assert_eq!((answer.status, answer.header("allow")), (405, Some("GET, HEAD")));
    }
}

async fn service_credential(service: &Service, database: &Database, system: System) -> String {
    service.credential(&database.store, system, None).await
}

#[tokio::test]
async fn ids_that_are_no_uuids_have_stand_ins() {
    for database in databases("passbolt_stand_ins").await {
        let team = Team::of(&database).await;
        let users = team.get(&team.ada, "/users.json?filter[search]=eve").await.body["body"].clone();
        let eve = users[0]["id"].as_str().expect("an id").to_owned();
        assert_eq!(eve.as_bytes()[14], b'5', "{eve} is made of a name");
        let user = team
            .get(&team.ada, &format!("/users/{}.json", eve.to_uppercase()))
            .await;
        assert_eq!(user.body["body"]["username"], json!("eve@example.com"));
        let (status, group) = team
            .change(&team.bob, &json!({"groups_users": [{"user_id": eve}]}))
            .await;
        assert_eq!((status, told(&group).as_str()), (200, "Ops: b* c e"));
        let groups = team
            .get(&team.cy, &format!("/groups.json?filter[has-users]={eve},{CY}"))
            .await;
        assert_eq!(groups.body["body"][0]["id"], json!(OPS));
    }
}

#[tokio::test]
async fn managers_add_and_remove_and_administrators_rename() {
    for database in databases("passbolt_changes").await {
        let team = Team::of(&database).await;
        let add = json!({"name": "Mine", "groups_users": [{"user_id": ADA.to_uppercase(), "is_admin": true}]});
        // A manager adds, and gives no name; an administrator who is no manager gives a name, and does not add.
        let (status, group) = team.change(&team.bob, &add).await;
        assert_eq!((status, told(&group).as_str()), (200, "Ops: a* b* c"));
        assert!(group["groups_users"][0]["user"]["profile"]["id"].is_string());
        let ada = team.row(ADA).await;
        let (status, _) = team
            .change(&team.bob, &json!({"groups_users": [{"id": ada, "delete": true}]}))
            .await;
        assert_eq!((status, team.ops().await.as_str()), (200, "Ops: b* c"));
        for credential in [&team.ada, &team.nameless] {
            let (status, group) = team.change(credential, &add).await;
            assert_eq!((status, told(&group).as_str()), (200, "Mine: b* c"));
        }
        let renamed = team.get(&team.cy, &format!("/groups/{OPS}.json")).await;
        assert_ne!(renamed.body["body"]["modified"], renamed.body["body"]["created"]);
        // Grants come before what takes the last manager away, whatever their order.
        let (bob, cy) = (team.row(BOB).await, team.row(CY).await);
        let swap = json!({"groups_users": [{"id": bob, "is_admin": false}, {"id": cy, "is_admin": true}]});
        let (status, group) = team.change(&team.ada, &swap).await;
        assert_eq!((status, told(&group).as_str()), (200, "Mine: b c*"));
        assert_eq!(
            team.change(&team.bob, &swap).await.0,
            403,
            "who manages no more may not"
        );
        let gone = json!({"groups_users": [{"id": bob.to_uppercase(), "delete": true}]});
        let (status, group) = team.change(&team.cy, &gone).await;
        assert_eq!((status, told(&group).as_str()), (200, "Mine: c*"));
        let (status, body) = team.change(&team.cy, &gone).await;
        assert!(status == 400 && broken(0, "id", "exists", &body), "{body}");
    }
}

#[tokio::test]
async fn what_may_not_be_is_refused_whole_and_named() {
    for database in databases("passbolt_refusals").await {
        let team = Team::of(&database).await;
        let before = team.ops().await;
        let bob = team.row(BOB).await;
        for (change, field, rule) in [
            (json!({"user_id": "x"}), "user_id", "uuid"),
            (json!({"user_id": OPS}), "user_id", "user_exists"),
            (json!({"user_id": DEE}), "user_id", "user_is_active"),
            (json!({"user_id": CY}), "group_id", "group_user_unique"),
            (
                json!({"id": bob, "is_admin": false}),
                "is_admin",
                "at_least_one_group_manager",
            ),
            (
                json!({"id": bob, "delete": true}),
                "is_admin",
                "at_least_one_group_manager",
            ),
            (json!({"id": ADA, "delete": true}), "id", "exists"),
            (json!({"id": 7, "is_admin": true}), "id", "exists"),
        ] {
            let (status, body) = team
                .change(&team.bob, &json!({"groups_users": [{"user_id": ADA}, change]}))
                .await;
            assert!(status == 400 && broken(1, field, rule, &body), "{body}");
            assert_eq!(team.ops().await, before, "all or nothing");
        }
        let twice = json!({"groups_users": [{"user_id": ADA}, {"user_id": ADA}]});
        assert!(broken(
            1,
            "group_id",
            "group_user_unique",
            &team.change(&team.bob, &twice).await.1
        ));
        let secret = json!({"groups_users": [{"user_id": ADA}], "secrets": [{"user_id": ADA, "data": "x"}]});
        assert!(broken(
            0,
            "secrets",
            "all_missing_only",
            &team.change(&team.bob, &secret).await.1
        ));
        for (name, rule) in [
            (json!(""), "_empty"),
            (json!(null), "_empty"),
            (json!("a\0b"), "utf8Extended"),
            (json!("é".repeat(256)), "maxLength"),
            (json!("wEB"), "group_unique"),
        ] {
            let (status, body) = team.change(&team.ada, &json!({"name": name})).await;
            assert!(status == 400 && body["name"][rule].is_string(), "{body}");
        }
        assert_eq!(team.change(&team.ada, &json!({"name": "é".repeat(255)})).await.0, 200);
        assert_eq!(team.change(&team.ada, &json!({"name": "OPS"})).await.0, 200);
    }
}

#[tokio::test]
async fn what_is_of_no_kind_is_ignored() {
    for database in databases("passbolt_ignored").await {
        let team = Team::of(&database).await;
        let (before, cy) = (team.ops().await, team.row(CY).await);
        for change in [
            json!({}),
            json!(7),
            json!({"id": cy}),
            json!({"id": cy, "delete": false}),
            json!({"id": cy, "user_id": CY, "delete": true}),
            json!({"id": cy, "is_admin": true, "delete": true}),
            json!({"id": cy, "is_admin": "yes"}),
            json!({"user_id": ADA, "delete": true}),
        ] {
            let (status, _) = team.change(&team.bob, &json!({"groups_users": [change]})).await;
            assert_eq!((status, team.ops().await), (200, before.clone()), "{change}");
        }
    }
}

#[tokio::test]
async fn who_may_not_change_a_group_is_told_before_anything_else() {
    for database in databases("passbolt_rights").await {
        let team = Team::of(&database).await;
        let url = |id: &str| format!("/groups/{id}.json");
        let nothing = json!({});
        assert_eq!(team.put("Bearer x", &url(OPS), &nothing).await.0, 403);
        assert_eq!(team.put(&team.cy, &url(OPS), &json!([])).await.0, 403);
        assert_eq!(team.put(&team.bob, &url(WEB), &nothing).await.0, 403);
        assert_eq!(team.put(&team.bob, &url("x"), &nothing).await.0, 400);
        assert_eq!(team.put(&team.bob, &url(ADA), &nothing).await.0, 404);
        assert_eq!(team.put(&team.bob, &url(OPS), &json!([])).await.0, 400);
        assert_eq!(
            team.put(&team.bob, &url(OPS), &json!({"groups_users": {}})).await.0,
            400
        );
        let answer = team
            .service
            .send_as(&team.bob, "PUT", &url(OPS), "{")
            .await
            .expect("a request");
        assert_eq!((answer.status, &answer.body["body"]), (400, &json!("")));
    }
}

#[tokio::test]
async fn a_dry_run_tells_and_changes_nothing() {
    for database in databases("passbolt_dry_run").await {
        let team = Team::of(&database).await;
        let (before, url) = (team.ops().await, format!("/groups/{OPS}/dry-run.json"));
        let add = json!({"groups_users": [{"user_id": ADA}]});
        let (status, body) = team.put(&team.bob, &url, &add).await;
        assert_eq!(
            (status, body),
            (200, json!({"dry-run": {"SecretsNeeded": [], "Secrets": []}}))
        );
        let again = json!({"groups_users": [{"user_id": CY}]});
        assert_eq!(team.put(&team.bob, &url, &again).await.0, 400);
        assert_eq!(team.ops().await, before);
        assert_eq!(team.get(&team.bob, &url).await.status, 405);
    }
}

#[tokio::test]
async fn answers_differ_from_the_vendors_document_only_by_what_no_directory_tells() {
    let [database, _] = databases("passbolt_shape").await;
    let team = Team::of(&database).await;
    let all = "contain[groups_users.user.profile]=1&contain[my_group_user]=1";
    let group = [
        "group.created_by: null",
        "group.modified_by: null",
        "membership.created: null",
        "profile.avatar: absent",
        "profile.created: null",
        "profile.modified: null",
    ];
    let user = [
        "membership.created: null",
        "profile.avatar: null",
        "profile.created: null",
        "profile.modified: null",
        "role.created: null",
        "role.description: null",
        "role.modified: null",
        "user.groups_users: a list",
    ];
    let blank = [
        "group.my_group_user: null",
        "profile.first_name: null",
        "profile.last_name: null",
        "user.created: null",
        "user.modified: null",
    ];
    for (url, header, kind, expected) in [
        (
            format!("/groups/{OPS}.json?{all}"),
            "header",
            "group",
            [&group[..], &blank].concat(),
        ),
        (format!("/users/{ADA}.json"), "header", "user", user.to_vec()),
        (
            "/users.json?filter[search]=ada".to_owned(),
            "paged",
            "user",
            user.to_vec(),
        ),
        ("/roles.json".to_owned(), "header", "role", user[4..7].to_vec()),
    ] {
        let answer = team.get(&team.ada, &url).await;
        let mut notes = BTreeSet::new();
        differences(header, &answer.body["header"], &mut notes);
        match &answer.body["body"] {
            Value::Array(items) => items.iter().for_each(|item| differences(kind, item, &mut notes)),
            item => differences(kind, item, &mut notes),
        }
        let expected: BTreeSet<String> = expected.into_iter().map(str::to_owned).collect();
        assert_eq!(notes, expected, "{url}");
    }
    for (credential, url) in [(&team.ada, "/groups/x.json"), (&"Bearer x".to_owned(), "/roles.json")] {
        let answer = team.get(credential, url).await;
        let mut notes = BTreeSet::new();
        differences("header", &answer.body["header"], &mut notes);
        assert!(notes.is_empty() && answer.body["body"].is_string(), "{notes:?}");
    }
}
