//! The gateway in front of vendors that are made up here, each on a port of this machine: what it passes, and what not.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::Request;
use axum::http::header::{
    ACCEPT, AUTHORIZATION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, COOKIE, HOST, LOCATION, SET_COOKIE,
};
use axum::http::{HeaderMap, HeaderName, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use server::store::Store;
use server::{Companion, Gateway, Limits};
use tokio::net::TcpListener;
use tower::ServiceExt as _;

use crate::TOKEN;

/// What a vendor was asked.
#[derive(Clone, Debug)]
pub struct Asked {
    pub method: Method,
    pub target: String,
    pub headers: HeaderMap,
    pub body: String,
}

impl Asked {
    pub fn header(&self, name: &HeaderName) -> &str {
        self.headers
            .get(name)
            .and_then(|it| it.to_str().ok())
            .unwrap_or_default()
    }
}

/// A vendor on a port of its own: it answers as it is told, and remembers what it was asked.
#[derive(Clone)]
pub struct Vendor {
    pub url: String,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Vendor {
    pub async fn new(answer: impl Fn(&Asked) -> Response + Clone + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a port for the test");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let asked: Arc<Mutex<Vec<Asked>>> = Arc::default();
        let heard = Arc::clone(&asked);
        let service = Router::new().fallback(move |request: Request| {
            let (heard, answer) = (Arc::clone(&heard), answer.clone());
            async move {
                let (parts, body) = request.into_parts();
                let body = to_bytes(body, 1 << 20).await.expect("a body");
                let body = String::from_utf8_lossy(&body).into_owned();
                let asked = Asked {
                    method: parts.method,
                    target: parts.uri.to_string(),
                    headers: parts.headers,
                    body,
                };
                heard.lock().expect("nobody failed").push(asked.clone());
                answer(&asked)
            }
        });
        tokio::spawn(async move { axum::serve(listener, service).await });
        Self { url, asked }
    }

    /// What it was asked since it was last looked at.
    pub fn asked(&self) -> Vec<Asked> {
        std::mem::take(&mut *self.asked.lock().expect("nobody failed"))
    }
}

/// A companion with one gateway, `v`.
pub struct Service(Router);

impl Service {
    pub async fn new(system: &str, vendor: &Vendor, credentials: Option<Value>) -> Self {
        let credentials = credentials.map(|fields| json!({"v": fields}).to_string());
        let limits = Limits {
            connecting: Duration::from_secs(2),
            waiting: Duration::from_millis(700),
            silence: Duration::from_millis(300),
            request: 1_000,
            answer: 100_000,
        };
        let gateways = Gateway::all(&[format!("{system}:v={}", vendor.url)], credentials.as_deref(), limits);
        Self(server::router(&Companion {
            console: std::env::temp_dir().join("rollcall-no-console").into(),
            store: Store::open("sqlite::memory:").await.expect("a database"),
            rate_limit: 0,
            entrance: crate::entrance(),
            gateways: gateways.expect("a gateway"),
        }))
    }

    /// Asks as somebody who entered.
    pub async fn ask(&self, method: &str, path: &str, headers: &[(HeaderName, &str)], body: &'static str) -> Response {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(COOKIE, format!("rollcall-8081={TOKEN}"));
        for (name, value) in headers {
            request = request.header(name, *value);
        }
        let request = request.body(Body::from(body)).expect("a request");
        self.0.clone().oneshot(request).await.expect("an answer")
    }

    pub async fn get(&self, path: &str) -> (u16, Value) {
        told(self.ask("GET", path, &[], "").await).await
    }
}

pub async fn told(response: Response) -> (u16, Value) {
    let status = response.status().as_u16();
    let body = to_bytes(response.into_body(), 1 << 20).await.expect("a body");
    (status, serde_json::from_slice(&body).unwrap_or_default())
}

const USERS: &str = "/gateway/v/api/security/users";

fn nothing_special(_: &Asked) -> Response {
    axum::Json(json!({"items": []})).into_response()
}

#[tokio::test]
async fn a_documented_request_is_passed_on_as_it_was_written() {
    let vendor = Vendor::new(nothing_special).await;
    let service = Service::new("contensis", &vendor, None).await;
    let target = "/api/security/users/Ann%20%C3%A9@x/groups/a%26b,c%2Cd?zenQL=firstname~%22a+b%22&order=";
    let (status, body) = told(service.ask("GET", &format!("/gateway/v{target}"), &[], "").await).await;
    assert_eq!((status, body), (200, json!({"items": []})));
    let asked = vendor.asked();
    assert_eq!(
        (asked.len(), asked[0].target.as_str(), &asked[0].method),
        (1, target, &Method::GET)
    );
    assert_eq!(format!("http://{}", asked[0].header(&HOST)), vendor.url);
}

#[tokio::test]
async fn a_url_may_have_a_path_of_its_own() {
    let mut vendor = Vendor::new(nothing_special).await;
    vendor.url.push_str("/passbolt/");
    let service = Service::new("passbolt", &vendor, None).await;
    assert_eq!(service.get("/gateway/v/groups.json?contain%5Buser%5D=1").await.0, 200);
    assert_eq!(vendor.asked()[0].target, "/passbolt/groups.json?contain%5Buser%5D=1");
}

#[tokio::test]
async fn only_chosen_headers_travel_either_way() {
    let vendor = Vendor::new(|_| {
        let headers = [
            ("content-type", "application/json"),
            ("etag", "\"1\""),
            ("retry-after", "7"),
            ("set-cookie", "session=1"),
            ("www-authenticate", "Basic"),
            ("access-control-allow-origin", "*"),
            ("connection", "x-hop"),
            ("x-hop", "1"),
            ("clear-site-data", "\"*\""),
            ("location", "/elsewhere"),
            ("content-security-policy", "script-src *"),
            ("service-worker-allowed", "/"),
            ("cache-control", "public, max-age=9"),
            ("server", "vendor"),
        ];
        let mut response = "{}".into_response();
        for (name, value) in headers {
            response.headers_mut().insert(name, value.parse().expect("a value"));
        }
        response
    })
    .await;
    let service = Service::new("contensis", &vendor, None).await;
    let name = |name: &'static str| HeaderName::from_static(name);
    let sent = [
        (AUTHORIZATION, "Bearer mine"),
        (ACCEPT, "application/json"),
        (name("if-none-match"), "\"0\""),
        (COOKIE, "other=1"),
        (name("connection"), "x-mine, close"),
        (name("x-mine"), "1"),
        (name("te"), "trailers"),
        (name("upgrade"), "websocket"),
        (name("proxy-authorization"), "Basic x"),
        (name("x-forwarded-for"), "10.0.0.7"),
        (name("referer"), "http://127.0.0.1/groups/1"),
        (name("origin"), "http://127.0.0.1"),
        (name("cf-connecting-ip"), "1"),
    ];
    let response = service.ask("GET", USERS, &sent, "").await;
    let mut received: Vec<String> = vendor.asked()[0].headers.keys().map(ToString::to_string).collect();
    received.sort();
    assert_eq!(received, ["accept", "authorization", "host", "if-none-match"]);

    let headers = response.headers();
    let text = |name: &str| headers.get(name).and_then(|it| it.to_str().ok()).unwrap_or_default();
    assert_eq!(
        (text("etag"), text("retry-after"), text("cache-control")),
        ("\"1\"", "7", "no-store")
    );
    assert_eq!(text("content-security-policy"), "default-src 'none'; sandbox");
    assert_eq!(text("x-content-type-options"), "nosniff");
    for name in [
        "set-cookie",
        "www-authenticate",
        "access-control-allow-origin",
        "connection",
        "x-hop",
        "clear-site-data",
        "location",
        "service-worker-allowed",
        "server",
    ] {
        assert_eq!(text(name), "", "{name}");
    }
}

#[tokio::test]
async fn nothing_else_reaches_the_vendor() {
    let vendor = Vendor::new(nothing_special).await;
    let service = Service::new("contensis", &vendor, None).await;
    for path in [
        "/gateway/v",
        "/gateway/v/",
        "/gateway/v/api/security/roles",
        "/gateway/v/x/../api/security/users",
        "/gateway/v/api/security/users/../../delivery",
        "/gateway/v/api/security/users/%2e%2e/roles",
        "/gateway/v/api/security/users/..%2f..%2fdelivery",
        "/gateway/v//evil.example/api/security/users",
        "/gateway/w/api/security/users",
        "/gateway//api/security/users",
        "/gateway/V/api/security/users",
        "/gateway/v%2fapi/security/users",
        "/gateway/evil.example/api/security/users",
        "/gateway/../api/security/users/x",
    ] {
        assert_eq!(told(service.ask("GET", path, &[], "").await).await.0, 404, "{path}");
    }
    for method in ["PUT", "DELETE", "PATCH", "POST", "OPTIONS", "TRACE"] {
        assert_eq!(told(service.ask(method, USERS, &[], "").await).await.0, 405, "{method}");
    }
    let stranger = Request::get(USERS).body(Body::empty()).expect("a request");
    let response = service.0.clone().oneshot(stranger).await.expect("an answer");
    assert_eq!(response.status(), StatusCode::UNAUTHORIZED);
    assert_eq!(vendor.asked().len(), 0);
}

#[tokio::test]
async fn a_name_with_a_slash_goes_on_as_it_was_written() {
    let vendor = Vendor::new(nothing_special).await;
    let service = Service::new("contensis", &vendor, None).await;
    for path in [
        "/api/security/groups/R%26D%2FOps/users?includeInherited=true",
        "/api/security/users/ann/groups/a%2fb,50%25",
    ] {
        assert_eq!(service.get(&format!("/gateway/v{path}")).await.0, 200, "{path}");
        assert_eq!(vendor.asked()[0].target, path);
    }
}

#[tokio::test]
async fn the_callers_own_credentials_are_exchanged() {
    let vendor = Vendor::new(|_| axum::Json(json!({"access_token": "t"})).into_response()).await;
    let service = Service::new("contensis", &vendor, None).await;
    let form = [(CONTENT_TYPE, "application/x-www-form-urlencoded")];
    let path = "/gateway/v/authenticate/connect/token";
    let (status, body) = told(
        service
            .ask("POST", path, &form, "grant_type=client_credentials&client_id=a")
            .await,
    )
    .await;
    assert_eq!((status, &body["access_token"]), (200, &json!("t")));
    assert_eq!(vendor.asked()[0].body, "grant_type=client_credentials&client_id=a");
    let too_large: &'static str = "x".repeat(1_001).leak();
    assert_eq!(told(service.ask("POST", path, &form, too_large).await).await.0, 413);
    assert_eq!(vendor.asked().len(), 0);
}

#[tokio::test]
async fn redirects_are_not_followed() {
    let other = Vendor::new(nothing_special).await;
    let to = format!("{}/api/security/users", other.url);
    let vendor = Vendor::new(move |_| (StatusCode::TEMPORARY_REDIRECT, [(LOCATION, to.clone())]).into_response()).await;
    let service = Service::new("contensis", &vendor, None).await;
    let response = service.ask("GET", USERS, &[(AUTHORIZATION, "Bearer mine")], "").await;
    assert!(!response.headers().contains_key(LOCATION));
    let (status, body) = told(response).await;
    assert_eq!(status, 502);
    assert!(
        body["message"]
            .as_str()
            .is_some_and(|it| it.contains("another address"))
    );
    assert_eq!((vendor.asked().len(), other.asked().len()), (1, 0));
}

#[tokio::test]
async fn what_a_browser_could_run_becomes_text() {
    let page = "<script>alert(1)</script>";
    let vendor = Vendor::new(move |_| axum::response::Html(page).into_response()).await;
    let service = Service::new("tulip", &vendor, None).await;
    let response = service
        .ask("GET", "/gateway/v/api/users/v1/users", &[(ACCEPT, "text/html")], "")
        .await;
    assert_eq!(response.headers()[CONTENT_TYPE], "text/plain; charset=utf-8");
    assert_eq!(
        response.headers()[CONTENT_SECURITY_POLICY],
        "default-src 'none'; sandbox"
    );
}

/// A body of so many pieces of 10,000 bytes, with a pause before each.
fn pieces(count: usize, pause: Duration) -> Response {
    let (mut sender, body) = tokio::io::duplex(16);
    tokio::spawn(async move {
        for _ in 0..count {
            tokio::time::sleep(pause).await;
            if tokio::io::AsyncWriteExt::write_all(&mut sender, &[b' '; 10_000])
                .await
                .is_err()
            {
                return;
            }
        }
    });
    Response::new(Body::from_stream(tokio_util::io::ReaderStream::new(body)))
}

#[tokio::test]
async fn slow_and_huge_answers_end() {
    let vendor = Vendor::new(|asked| match asked.target.rsplit('/').next() {
        Some("huge") => pieces(1_000, Duration::ZERO),
        Some("silent") => pieces(3, Duration::from_millis(450)),
        Some("slow") => pieces(5, Duration::from_millis(100)),
        _ => nothing_special(asked),
    })
    .await;
    let service = Service::new("contensis", &vendor, None).await;
    let body = |end: &'static str| {
        let service = &service;
        async move {
            let response = service.ask("GET", &format!("{USERS}/{end}"), &[], "").await;
            assert_eq!(response.status(), StatusCode::OK, "{end}");
            to_bytes(response.into_body(), 1 << 20)
                .await
                .map(|body| body.len())
                .ok()
        }
    };
    assert_eq!(body("huge").await, None, "more than 100,000 bytes break off");
    assert_eq!(body("silent").await, None, "a silence of more than 300 ms breaks off");
    assert_eq!(body("slow").await, Some(50_000), "slow is not silent");
}

#[tokio::test]
async fn a_vendor_that_is_silent_or_gone_is_told() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let vendor = Vendor {
        url,
        asked: Arc::default(),
    };
    let service = Service::new("tulip", &vendor, None).await;
    // Nobody accepts: the system takes the request, and no answer comes.
    let began = Instant::now();
    let (status, body) = service.get("/gateway/v/api/users/v1/users").await;
    assert_eq!((status, body["message"].is_string()), (504, true));
    assert!(
        began.elapsed() >= Duration::from_millis(700),
        "no earlier than the limit"
    );
    drop(listener);
    let (status, body) = service.get("/gateway/v/api/users/v1/users").await;
    assert_eq!(status, 502);
    assert!(
        body["message"]
            .as_str()
            .is_some_and(|it| it.contains("cannot be reached")),
        "{body}"
    );
}

#[tokio::test]
async fn a_held_key_takes_the_place_of_the_callers() {
    let vendor = Vendor::new(nothing_special).await;
    let service = Service::new("tulip", &vendor, Some(json!({"key": "apikey.2_x", "secret": "s"}))).await;
    let mine = [(AUTHORIZATION, "Basic bWluZTptaW5l")];
    let response = service.ask("GET", "/gateway/v/api/users/v1/users", &mine, "").await;
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(vendor.asked()[0].header(&AUTHORIZATION), "Basic YXBpa2V5LjJfeDpz");
    let (_, companion) = service.get("/api/companion").await;
    let offered = companion["connections"]
        .as_array()
        .and_then(|all| all.last())
        .expect("a connection");
    let expected = json!({"name": "v", "system": "tulip", "base": "/gateway/v", "credentials": {"kind": "held"}});
    assert_eq!(*offered, expected);
}

/// A Contensis that gives numbered tokens, and takes the one of this number and later ones.
async fn contensis(lives: u64, takes: usize) -> Vendor {
    let given = Arc::new(Mutex::new(0));
    Vendor::new(move |asked| {
        if asked.target == "/authenticate/connect/token" {
            if !asked.body.contains("client_secret=p%26q%3D%20%2B") {
                return (StatusCode::BAD_REQUEST, axum::Json(json!({"error": "invalid_client"}))).into_response();
            }
            let mut given = given.lock().expect("nobody failed");
            *given += 1;
            let body = json!({"access_token": format!("t{given}"), "expires_in": lives, "token_type": "Bearer"});
            return axum::Json(body).into_response();
        }
        let token = asked
            .header(&AUTHORIZATION)
            .trim_start_matches("Bearer t")
            .parse::<usize>();
        match token {
            Ok(number) if number >= takes => nothing_special(asked),
            _ => (StatusCode::UNAUTHORIZED, axum::Json(json!({"message": "no"}))).into_response(),
        }
    })
    .await
}

fn client(secret: &str) -> Option<Value> {
    Some(json!({"clientId": "me", "clientSecret": secret}))
}

#[tokio::test]
async fn held_client_credentials_are_exchanged_once_for_all() {
    let vendor = contensis(3_600, 1).await;
    let service = Service::new("contensis", &vendor, client("p&q= +")).await;
    let (one, two, three) = tokio::join!(service.get(USERS), service.get(USERS), service.get(USERS));
    assert_eq!((one.0, two.0, three.0), (200, 200, 200));
    let asked = vendor.asked();
    let exchanges: Vec<_> = asked.iter().filter(|it| it.method == Method::POST).collect();
    assert_eq!((asked.len(), exchanges.len()), (4, 1));
    assert!(
        exchanges[0]
            .body
            .contains("grant_type=client_credentials&client_id=me&")
    );
    let path = "/gateway/v/authenticate/connect/token";
    assert_eq!(
        told(service.ask("POST", path, &[], "").await).await.0,
        404,
        "the browser needs no token"
    );
    assert_eq!(vendor.asked().len(), 0);
}

#[tokio::test]
async fn a_held_token_is_renewed_when_it_ends_or_is_refused() {
    // One that ends within a minute is renewed before each request.
    let vendor = contensis(60, 1).await;
    let service = Service::new("contensis", &vendor, client("p&q= +")).await;
    assert_eq!((service.get(USERS).await.0, service.get(USERS).await.0), (200, 200));
    assert_eq!(vendor.asked().iter().filter(|it| it.method == Method::POST).count(), 2);
    // One that is refused is renewed once.
    let vendor = contensis(3_600, 2).await;
    let service = Service::new("contensis", &vendor, client("p&q= +")).await;
    assert_eq!(service.get(USERS).await.0, 200);
    assert_eq!(vendor.asked().len(), 4);
    let vendor = contensis(3_600, 9).await;
    let service = Service::new("contensis", &vendor, client("p&q= +")).await;
    assert_eq!(service.get(USERS).await.0, 401);
    assert_eq!(vendor.asked().len(), 4);
}

#[tokio::test]
async fn refused_credentials_are_told_and_not_tried_again_at_once() {
    let vendor = contensis(3_600, 1).await;
    let service = Service::new("contensis", &vendor, client("wr0ng")).await;
    for expected in [1, 0] {
        let (status, body) = service.get(USERS).await;
        assert_eq!(status, 403);
        assert!(
            body["message"]
                .as_str()
                .is_some_and(|it| it.contains("companion holds") && !it.contains("wr0ng"))
        );
        assert_eq!(vendor.asked().len(), expected);
    }
}

#[tokio::test]
async fn cookies_of_a_sign_in_stay_with_the_gateway() {
    let vendor = Vendor::new(|asked| match asked.method {
        Method::POST => {
            let body = axum::Json(json!({"access_token": "secret-of-the-companion", "expires_in": 3600}));
            ([(SET_COOKIE, "session=1")], body).into_response()
        }
        _ => nothing_special(asked),
    })
    .await;
    let service = Service::new("contensis", &vendor, client("s")).await;
    let response = service.ask("GET", USERS, &[], "").await;
    assert!(!format!("{:?}", response.headers()).contains("secret-of-the-companion"));
    let body: Bytes = to_bytes(response.into_body(), 1 << 20).await.expect("a body");
    assert_eq!(body, "{\"items\":[]}");
    service.get(USERS).await;
    assert!(vendor.asked().iter().all(|asked| asked.header(&COOKIE).is_empty()));
}
