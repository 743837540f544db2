//! The companion's door: the printed link, the cookie, and the names by which it may be asked.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::header::{ACCEPT, AUTHORIZATION, CACHE_CONTROL, CONTENT_TYPE, COOKIE, HOST, LOCATION, SET_COOKIE};
use axum::http::{HeaderName, Request, StatusCode};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::Value;
use server::store::Store;
use server::{Companion, Entrance};
use tower::ServiceExt as _;

use crate::TOKEN;

async fn companion(entrance: Entrance) -> Router {
    server::router(&Companion {
        console: std::env::temp_dir().join("rollcall-no-console").into(),
        store: Store::open("sqlite::memory:").await.expect("a database"),
        rate_limit: 0,
        entrance,
        gateways: Vec::new(),
    })
}

/// Status, a header, and the body as JSON or as text.
async fn ask(
    router: &Router,
    path: &str,
    headers: &[(HeaderName, &str)],
    told: &HeaderName,
) -> (StatusCode, String, Value) {
    let mut request = Request::get(path);
    for (name, value) in headers {
        request = request.header(name, *value);
    }
    let request = request.body(Body::empty()).expect("a request");
    let response = router.clone().oneshot(request).await.expect("an answer");
    let header = response
        .headers()
        .get(told)
        .and_then(|it| it.to_str().ok())
        .unwrap_or_default()
        .to_owned();
    let status = response.status();
    let body = to_bytes(response.into_body(), 1 << 20).await.expect("a body");
    let text = String::from_utf8_lossy(&body).into_owned();
    (
        status,
        header,
        serde_json::from_str(&text).unwrap_or(Value::String(text)),
    )
}

const A_PAGE: (HeaderName, &str) = (ACCEPT, "text/html,*/*");

#[tokio::test]
async fn the_link_gives_a_cookie_and_the_cookie_opens() {
    let router = companion(crate::entrance()).await;
    let link = format!("/users?q=a&token={TOKEN}");
    let (status, cookie, _) = ask(&router, &link, &[A_PAGE], &SET_COOKIE).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    assert_eq!(
        cookie,
        format!("rollcall-8081={TOKEN}; Path=/; HttpOnly; SameSite=Strict")
    );
    let (_, to, _) = ask(&router, &link, &[A_PAGE], &LOCATION).await;
    assert_eq!(to, "/users?q=a");
    let welcome = Request::get(&link).header(ACCEPT, "text/html").body(Body::empty());
    let welcome = router
        .clone()
        .oneshot(welcome.expect("a request"))
        .await
        .expect("an answer");
    let cookies: Vec<_> = welcome.headers().get_all(SET_COOKIE).iter().collect();
    // The console learns from the second one that there is a companion to ask; it is worth nothing to anybody.
    assert_eq!(cookies.len(), 2);
    assert_eq!(cookies[1], "rollcall-entered=yes; Path=/; SameSite=Strict");
    let (status, ..) = ask(
        &router,
        "/api/companion",
        &[(COOKIE, "rollcall-entered=yes")],
        &CACHE_CONTROL,
    )
    .await;
    assert_eq!(status, StatusCode::UNAUTHORIZED);

    let entered = [(COOKIE, cookie.split(';').next().unwrap_or_default())];
    let (status, kept, body) = ask(&router, "/api/companion", &entered, &CACHE_CONTROL).await;
    assert_eq!((status, kept.as_str()), (StatusCode::OK, "no-store"));
    let systems: Vec<_> = body["connections"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|it| &it["system"])
        .collect();
    assert_eq!(systems, ["contensis", "tulip", "passbolt"]);
}

#[tokio::test]
async fn what_is_secret_is_told_to_nobody_else() {
    let router = companion(crate::entrance()).await;
    let cookie = format!("rollcall-8081={TOKEN}");
    let site = HeaderName::from_static("sec-fetch-site");
    let strangers: [&[(HeaderName, &str)]; 5] = [
        &[],
        &[(COOKIE, "rollcall-8081=another-token-of-tests")],
        &[(COOKIE, &cookie), (site.clone(), "cross-site")],
        &[(COOKIE, &cookie), (site, "same-site")],
        &[(AUTHORIZATION, TOKEN)],
    ];
    for headers in strangers {
        let (status, _, body) = ask(&router, "/api/companion", headers, &CONTENT_TYPE).await;
        assert_eq!(status, StatusCode::UNAUTHORIZED, "{headers:?}");
        assert!(body["message"].is_string() && body["connections"].is_null());
    }
    let (status, cookie, _) = ask(&router, "/?token=another-token-of-tests", &[A_PAGE], &SET_COOKIE).await;
    assert_eq!((status, cookie.as_str()), (StatusCode::FORBIDDEN, ""));
    // A token is read only where a person opens an address.
    let (status, cookie, _) = ask(&router, &format!("/api/companion?token={TOKEN}"), &[], &SET_COOKIE).await;
    assert_eq!((status, cookie.as_str()), (StatusCode::UNAUTHORIZED, ""));
}

#[tokio::test]
async fn a_strange_name_is_refused_whatever_is_asked() {
    let router = companion(crate::entrance()).await;
    let cookie = format!("rollcall-8081={TOKEN}");
    for path in ["/", "/healthz", "/api/companion", "/api/security/users", "/worker.js"] {
        let headers = [(HOST, "evil.example:8081"), (COOKIE, cookie.as_str()), A_PAGE];
        let (status, ..) = ask(&router, path, &headers, &CONTENT_TYPE).await;
        assert_eq!(status, StatusCode::MISDIRECTED_REQUEST, "{path}");
    }
    let (status, ..) = ask(&router, "/healthz", &[(HOST, "localhost:8080")], &CONTENT_TYPE).await;
    assert_eq!(status, StatusCode::OK);
}

#[tokio::test]
async fn beyond_this_machine_the_cookie_travels_over_tls_alone() {
    let entrance = Entrance::with_token(TOKEN, ([10, 0, 0, 7], 80).into(), &["rollcall.example".to_owned()]);
    let router = companion(entrance.expect("a token")).await;
    let headers = [(HOST, "rollcall.example"), A_PAGE];
    let (status, cookie, _) = ask(&router, &format!("/api/enter?token={TOKEN}"), &headers, &SET_COOKIE).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    assert!(cookie.ends_with("; Secure"), "{cookie}");
    let (_, to, _) = ask(&router, "/api/enter", &headers, &LOCATION).await;
    assert_eq!(to, "/");
}

#[tokio::test]
async fn the_offered_credentials_are_good() {
    let router = companion(crate::entrance()).await;
    let cookie = format!("rollcall-8081={TOKEN}");
    let entered = [(COOKIE, cookie.as_str())];
    let (_, _, body) = ask(&router, "/api/companion", &entered, &CONTENT_TYPE).await;
    let (_, _, again) = ask(&router, "/api/companion", &entered, &CONTENT_TYPE).await;
    assert_eq!(body, again, "they are made once");
    let client = &body["connections"][0]["credentials"];
    let text = |name: &str| client[name].as_str().expect("a text");
    assert_eq!(text("kind"), "client");
    let form = format!(
        "grant_type=client_credentials&client_id={}&client_secret={}",
        text("id"),
        text("secret")
    );
    let request =
        Request::post("/authenticate/connect/token").header(CONTENT_TYPE, "application/x-www-form-urlencoded");
    let response = router
        .clone()
        .oneshot(request.body(Body::from(form)).expect("a request"))
        .await
        .expect("an answer");
    assert_eq!(response.status(), StatusCode::OK);

    let of = |index: usize, name: &str| {
        body["connections"][index]["credentials"][name]
            .as_str()
            .unwrap_or_default()
    };
    let pair = BASE64_STANDARD.encode(format!("{}:{}", of(1, "id"), of(1, "secret")));
    for (index, path, authorization) in [
        (1, "/api/users/v1/users", format!("Basic {pair}")),
        (
            2,
            "/groups.json?contain%5Buser%5D=1",
            format!("Bearer {}", of(2, "secret")),
        ),
        (2, "/users/me.json", format!("Bearer {}", of(2, "secret"))),
    ] {
        let base = body["connections"][index]["base"].as_str().expect("a base");
        let path = format!("{base}{path}");
        let headers = [(AUTHORIZATION, authorization.as_str())];
        let (status, _, answer) = ask(&router, &path, &headers, &CONTENT_TYPE).await;
        // An administrator without a name is nobody's `me`: not found is an answer of the vendor's endpoint.
        let expected = if path.contains("/me") {
            StatusCode::NOT_FOUND
        } else {
            StatusCode::OK
        };
        assert_eq!(status, expected, "{path} {answer}");
        assert!(answer.is_object(), "{path} {answer}");
        let stranger = ask(&router, &path, &[], &CONTENT_TYPE).await;
        assert!(
            [StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN].contains(&stranger.0),
            "{path}"
        );
    }
}
