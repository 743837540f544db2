//! What of Tulip's endpoints is not answered from facts: who is let in, headers, limits, and the addresses of other pages.

use axum::http::header::{AUTHORIZATION, HOST};
use serde_json::{Value, json};
use server::store::System;

use crate::service::{Service, basic};
use crate::store::{Database, SELDOM};

const USERS: &str = "/api/users/v1/users";

async fn database(name: &str) -> Database {
    let directory = membership::json::read(SELDOM.as_bytes()).expect("a directory");
    let [database, _] = Database::both(&directory, name).await;
    database
}

#[tokio::test]
async fn a_key_and_its_secret_let_in_and_nothing_else() {
    let database = database("tulip_keys").await;
    let service = Service::new(&database.store, 0);
    let granted = database.store.grant(System::Tulip, None, 0).await.expect("granted");
    let other = database.store.grant(System::Passbolt, None, 0).await.expect("granted");
    let status = async |credential: String| {
        let answer = service.send_as(&credential, "GET", USERS, "").await.expect("a request");
        if answer.status != 200 {
            let error = json!({"errorCode": "generic.unauthorized", "retryable": false});
            assert_eq!(answer.header("www-authenticate"), None);
            assert_eq!(answer.body["errorCode"], error["errorCode"]);
            assert_eq!(answer.body["retryable"], error["retryable"]);
        }
        answer.status
    };
    assert!(granted.id.starts_with("apikey.2_"));
    let good = basic(&granted.id, &granted.secret);
    assert_eq!(status(good.replace("Basic", "basic")).await, 200);
    assert_eq!(status(good).await, 200);
    assert_eq!(status(basic(&granted.id, "")).await, 401);
    assert_eq!(status(basic("", &granted.secret)).await, 401);
    assert_eq!(status(basic(&granted.id, &other.secret)).await, 401);
    assert_eq!(status(basic(&other.id, &other.secret)).await, 401);
    assert_eq!(status(basic("a\0b", "\0")).await, 401);
    assert_eq!(status("Basic ???".to_owned()).await, 401);
    assert_eq!(status("Basic".to_owned()).await, 401);
    assert_eq!(status(format!("Bearer {}", granted.secret)).await, 401);
}

#[tokio::test]
async fn other_methods_and_headers_given_twice_are_refused() {
    let database = database("tulip_headers").await;
    let service = Service::new(&database.store, 0);
    let credential = service.credential(&database.store, System::Tulip, None).await;
    let answer = service
        .send_as(&credential, "POST", USERS, "{}")
        .await
        .expect("a request");
    assert_eq!((answer.status, answer.header("allow")), (405, Some("GET, HEAD")));
    let own = (AUTHORIZATION.as_str(), credential.as_str());
    for (headers, name) in [
        (vec![own, own], Some("authorization")),
        (
            vec![own, ("Host", "companion.test"), ("Host", "tulip.test")],
            Some("host"),
        ),
        (vec![own, ("Accept", "a"), ("Accept", "b")], None),
    ] {
        let answer = service.send("GET", USERS, &headers, b"").await.expect("a request");
        let Some(name) = name else {
            assert_eq!(answer.status, 200);
            continue;
        };
        assert_eq!(
            (answer.status, &answer.body["errorCode"]),
            (400, &json!("http.multiValueHeader"))
        );
        assert_eq!(answer.body["details"], json!({"headerName": name}));
    }
    let answer = service
        .send_as(&credential, "HEAD", USERS, "")
        .await
        .expect("a request");
    assert_eq!((answer.status, answer.body), (200, Value::Null));
}

#[tokio::test]
async fn who_asks_too_often_is_told_when_to_come_back() {
    let database = database("tulip_limits").await;
    let service = Service::new(&database.store, 2);
    let credential = service.credential(&database.store, System::Tulip, None).await;
    let mut last = None;
    for _ in 0..4 {
        last = service.send_as(&credential, "GET", USERS, "").await;
    }
    let answer = last.expect("a request");
    assert_eq!((answer.status, answer.header("retry-after")), (429, Some("1")));
    assert_eq!(answer.body["errorCode"], json!("generic.tooManyRequests"));
    assert_eq!(answer.body["details"], json!({"details": "ask again in 1 s"}));
    assert_eq!(answer.header("cache-control"), Some("no-store"));
}

#[tokio::test]
async fn pages_lead_to_each_other_by_the_address_that_was_asked() {
    let database = database("tulip_pages").await;
    let service = Service::new(&database.store, 0);
    let credential = service.credential(&database.store, System::Tulip, None).await;
    let pages = async |host: &str, proto: &str, query: &str| {
        let headers = [
            (AUTHORIZATION.as_str(), credential.as_str()),
            (HOST.as_str(), host),
            ("x-forwarded-proto", proto),
        ];
        let url = format!("{USERS}?{query}");
        let answer = service.send("GET", &url, &headers, b"").await.expect("a request");
        let page = |key: &str| answer.body[key].as_str().map(str::to_owned);
        (page("nextPage"), page("prevPage"))
    };
    let at = |origin: &str, query: &str| Some(format!("{origin}{USERS}?{query}"));
    assert_eq!(
        pages("tulip.test:81", "", "limit=2&search=&offset=2&x=%41").await,
        (
            at("http://tulip.test:81", "limit=2&search=&x=%41&offset=4"),
            at("http://tulip.test:81", "limit=2&search=&x=%41&offset=0")
        )
    );
    assert_eq!(
        pages("[::1]:81", "https", "limit=4").await,
        (at("https://[::1]:81", "limit=4&offset=4"), None)
    );
    // What is no host, or none of the companion's, is let in nowhere; another scheme is not said back.
    for host in ["evil.test/x?", "user@evil.test", "evil.test", ""] {
        assert_eq!(pages(host, "https", "limit=4").await, (None, None), "{host}");
    }
    assert_eq!(
        pages("tulip.test", "gopher", "limit=4").await,
        (at("http://tulip.test", "limit=4&offset=4"), None)
    );
    assert_eq!(pages("tulip.test", "", "limit=0&offset=2").await, (None, None));
}
