//! Contensis' endpoints over both databases against the core, which answers the same requests from memory.

use membership::directory::Directory;
use provider::answer::{Call, Caller, answer};
use serde_json::Value;

use crate::service::Service;
use crate::store::{Database, SELDOM};

/// Everything of an answer that the documents fix: not the words of an error.
fn fixed(mut body: Value) -> Value {
    if let Some(body) = body.as_object_mut() {
        body.remove("message");
    }
    body
}

fn requests() -> Vec<(&'static str, String)> {
    let users = [
        "u1",
        "U1",
        "ANN",
        "second@example.org",
        "%40current",
        "nobody",
        "4",
        "%C3%A9",
        "a%ff",
        "0a1b2c3d-0000-4000-8000-00000000000a",
    ];
    let groups = [
        "g1",
        "ops%2F%2B",
        "Eng%2C%20Web%20%26%2050%25",
        "g4",
        "g6",
        "Loop",
        "none",
        "system%20administrators",
        "%",
    ];
    let lists = [
        "",
        "?includeInherited=TRUE",
        "?includeInherited=yes",
        "?pageSize=2",
        "?pageSize=2&pageIndex=1",
        "?pageIndex=99",
        "?pageSize=0",
        "?pageSize=1001",
        "?pageIndex=2147483647",
        "?pageIndex=2147483648",
        "?pageIndex=-1",
        "?order=-id",
        "?order=name,-created",
        "?order=-lastName,firstName",
        "?order=nothing",
        "?order=",
        "?q=ann",
        "?q=%2F",
        "?excludedGroups=g3",
        "?excludedGroups=Eng%2C%20Web,,g4&includeInherited=true",
        "?excludedGroups=none",
        "?includeSelf=true&includeInherited=true",
        "?zenQL=firstName~a",
        "?ZENQL=name~o+ORDER+BY+name+DESC",
        "?zenql=memberOf%3Dg4",
        "?zenQL=memberOf%3Dnone",
        "?zenQL=name%20%3D%3D",
        "?zenQL=%FF",
        "?q=a&q=b",
        "?unknown=1&includeInherited=true",
    ];
    let mut requests = Vec::new();
    for list in lists {
        for path in ["users", "groups", "users/"] {
            requests.push(("GET", format!("/api/security/{path}{list}")));
        }
        for user in users {
            requests.push(("GET", format!("/api/security/users/{user}/groups{list}")));
        }
        for group in groups {
            requests.push(("GET", format!("/api/security/groups/{group}/users{list}")));
            requests.push(("GET", format!("/api/security/groups/{group}/groups{list}")));
        }
    }
    for user in users {
        requests.push(("GET", format!("/api/security/users/{user}")));
        for group in groups {
            requests.push(("HEAD", format!("/api/security/users/{user}/groups/{group}")));
            requests.push(("HEAD", format!("/api/security/users/{user}/groups/none,,{group},g3")));
            requests.push(("HEAD", format!("/api/security/groups/{group}/users/{user}")));
        }
    }
    for group in groups {
        requests.push(("GET", format!("/api/security/groups/{group}/")));
    }
    for odd in [
        "/api/security",
        "/api/security/",
        "/api/security/roles",
        "/api/security/users/u1/groups/,",
        "/api/security/users/a/b/c/d",
    ] {
        requests.push(("GET", odd.to_owned()));
        requests.push(("HEAD", odd.to_owned()));
    }
    requests
}

#[tokio::test]
async fn both_databases_answer_as_the_core_does() {
    let directory = membership::json::read(SELDOM.as_bytes()).expect("a directory");
    for database in Database::both(&directory, "contensis_reads").await {
        let service = Service::new(&database.store, 0);
        for user in [None, Some("u1"), Some("6")] {
            let token = service.token(&database.store, user).await;
            let caller = user.map_or(Caller::Administrator, |id| {
                Caller::User(directory.user_by_id(id).expect("a user"))
            });
            agree(&directory, &service, &token, caller).await;
        }
        let core = answer(
            &directory,
            &Call {
                method: "GET",
                url: "/api/security/users",
                caller: Caller::Nobody,
                now: 0,
            },
        );
        assert_eq!(
            service.ask("GET", "/api/security/users", Some("forged"), "").await.0,
            core.status
        );
    }
}

async fn agree(directory: &Directory, service: &Service, token: &str, caller: Caller) {
    for (method, url) in requests() {
        let core = answer(
            directory,
            &Call {
                method,
                url: &url,
                caller,
                now: 0,
            },
        );
        let body = core
            .body
            .map(|body| serde_json::from_str(&body).expect("JSON"))
            .unwrap_or_default();
        let (status, sql) = service.ask(method, &url, Some(token), "").await;
        assert_eq!(
            (status, fixed(sql)),
            (core.status, fixed(body)),
            "{method} {url} as {caller:?}"
        );
    }
}

#[tokio::test]
async fn memberships_and_nestings_are_changed() {
    let directory = membership::json::read(SELDOM.as_bytes()).expect("a directory");
    for database in Database::both(&directory, "contensis_writes").await {
        let service = Service::new(&database.store, 0);
        let all = service.token(&database.store, None).await;
        let member = service.token(&database.store, Some("6")).await;
        let ask = async |method, url: &str, body: &str| service.ask(method, url, Some(&all), body).await.0;
        let is_member = async || ask("HEAD", "/api/security/groups/g5/users/5", "").await;
        assert_eq!(is_member().await, 404);
        assert_eq!(ask("PUT", "/api/security/groups/g5/users/5", "").await, 204);
        assert_eq!(ask("PUT", "/api/security/groups/g5/users/5", "").await, 204);
        assert_eq!(is_member().await, 204);
        assert_eq!(ask("DELETE", "/api/security/groups/g5/users/5", "").await, 204);
        assert_eq!(ask("DELETE", "/api/security/groups/g5/users/5", "").await, 404);
        assert_eq!(
            ask("POST", "/api/security/groups/g5/users", r#"["5","nobody"]"#).await,
            404
        );
        assert_eq!(is_member().await, 404, "all or none");
        assert_eq!(ask("POST", "/api/security/groups/g5/users/", r#"["5","4"]"#).await, 204);
        assert_eq!(is_member().await, 204);
        assert_eq!(ask("POST", "/api/security/groups/g5/users", r#"{"id":"5"}"#).await, 400);
        assert_eq!(ask("PUT", "/api/security/groups/g5/groups/g2", "").await, 204);
        assert_eq!(ask("HEAD", "/api/security/groups/g5/users/u1", "").await, 204);
        assert_eq!(ask("PUT", "/api/security/groups/g5/groups/g5", "").await, 422);
        assert_eq!(ask("DELETE", "/api/security/groups/g5/groups/g2", "").await, 204);
        assert_eq!(ask("DELETE", "/api/security/groups/g5/groups/g2", "").await, 404);
        assert_eq!(
            ask("POST", "/api/security/groups/g5/groups", r#"["g2","none"]"#).await,
            404
        );
        assert_eq!(ask("PATCH", "/api/security/groups/g5", "").await, 405);
        for (method, url) in [
            ("PUT", "/api/security/groups/g5/users/6"),
            ("POST", "/api/security/groups/g5/users"),
        ] {
            assert_eq!(service.ask(method, url, Some(&member), "[]").await.0, 403);
            assert_eq!(service.ask(method, url, None, "[]").await.0, 401);
        }
    }
}

#[tokio::test]
async fn signing_in_is_refused_as_documented_and_limits_are_told() {
    let directory = membership::json::read(SELDOM.as_bytes()).expect("a directory");
    let [database, _] = Database::both(&directory, "contensis_limits").await;
    let service = Service::new(&database.store, 0);
    for (form, error) in [
        (
            "grant_type=client_credentials&client_id=x&client_secret=y",
            "invalid_client",
        ),
        (
            "grant_type=password&client_id=x&client_secret=y",
            "unsupported_grant_type",
        ),
        ("grant_type=client_credentials", "invalid_request"),
    ] {
        let (status, body) = service.ask("POST", "/authenticate/connect/token", None, form).await;
        assert_eq!((status, body["error"].as_str()), (400, Some(error)));
    }
    let token = service.token(&database.store, None).await;
    let limited = Service::new(&database.store, 3);
    let mut statuses = Vec::new();
    for _ in 0..5 {
        statuses.push(limited.ask("GET", "/api/security/groups", Some(&token), "").await.0);
    }
    assert!(
        statuses.starts_with(&[200, 200, 200]) && statuses.contains(&429),
        "{statuses:?}"
    );
}
