//! The companion's router, asked in-process: one small console in a folder of its own for each test.

mod arbitrary;
mod attacks;
mod contensis;
mod contract;
mod document;
mod durability;
mod entrance;
mod gateway;
mod hostile;
mod kept;
mod passbolt;
mod random;
mod routes;
mod running;
mod service;
mod store;
mod table;
mod trust;
mod tulip;
mod vault;

use std::fs;
use std::path::{Path, PathBuf};

use axum::body::{Body, to_bytes};
use axum::http::header::{
    ACCEPT, ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE, VARY,
};
use axum::http::{HeaderName, Request, StatusCode};
use server::store::Store;
use server::{Companion, Entrance};
use tower::ServiceExt as _;

/// The token of the tests' companions, which are at port 8081.
const TOKEN: &str = "the-token-of-the-tests";

fn entrance() -> Entrance {
    Entrance::with_token(
        TOKEN,
        ([127, 0, 0, 1], 8081).into(),
        &["companion.test", "tulip.test"].map(str::to_owned),
    )
    .expect("a token")
}

/// A console as the build leaves it; its folder goes with it.
struct Console(PathBuf);

impl Console {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("rollcall-{}-{name}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder for the test");
        let console = Self(folder);
        console.holds("index.html", "<title>Rollcall</title><script>go()</script>");
        console.holds("console-0123456789abcdef_bg.wasm", "wasm");
        console.holds("worker.js", "work()");
        console.holds("style-0123456789abcdef.css", "@layer base;");
        console
    }

    fn folder(&self) -> &Path {
        &self.0
    }

    fn holds(&self, name: &str, text: &str) {
        fs::write(self.0.join(name), text).expect("a file for the test");
    }

    async fn opens(&self, path: &str) -> Answer {
        self.asked(path, "text/html,*/*").await
    }

    async fn loads(&self, path: &str) -> Answer {
        self.asked(path, "*/*").await
    }

    async fn asked(&self, path: &str, accept: &str) -> Answer {
        self.asked_in(path, accept, "identity").await
    }

    async fn asked_in(&self, path: &str, accept: &str, encodings: &str) -> Answer {
        let request = Request::get(path)
            .header(ACCEPT, accept)
            .header(ACCEPT_ENCODING, encodings);
        let companion = Companion {
            console: self.0.clone().into(),
            store: Store::open("sqlite::memory:").await.expect("a database"),
            rate_limit: 0,
            entrance: entrance(),
            gateways: Vec::new(),
        };
        let response = server::router(&companion)
            .oneshot(request.body(Body::empty()).expect("a request"))
            .await
            .expect("an answer");
        let status = response.status();
        let headers = response.headers().clone();
        let body = to_bytes(response.into_body(), 1 << 20).await.expect("a body");
        Answer {
            status,
            headers,
            text: String::from_utf8_lossy(&body).into_owned(),
        }
    }
}

impl Drop for Console {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

struct Answer {
    status: StatusCode,
    headers: axum::http::HeaderMap,
    text: String,
}

impl Answer {
    fn header(&self, name: &HeaderName) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }
}

#[tokio::test]
async fn health_says_ok() {
    let answer = Console::new("health").loads("/healthz").await;
    assert_eq!(answer.status, StatusCode::OK);
    let health: serde_json::Value = serde_json::from_str(&answer.text).expect("JSON");
    assert_eq!(health["status"], "ok");
    assert_eq!(health["version"], env!("CARGO_PKG_VERSION"));
}

#[tokio::test]
async fn health_says_that_the_database_is_gone() {
    let store = Store::open("sqlite::memory:").await.expect("a database");
    let router = server::router(&Companion {
        console: PathBuf::from("no-console").into(),
        store: store.clone(),
        rate_limit: 0,
        entrance: entrance(),
        gateways: Vec::new(),
    });
    store.close().await;
    let request = Request::get("/healthz").body(Body::empty()).expect("a request");
    let answer = router.oneshot(request).await.expect("an answer");
    assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE);
}

#[tokio::test]
async fn every_address_of_the_console_is_its_page() {
    let console = Console::new("page");
    for path in [
        "/",
        "/index.html",
        "/groups/42?tab=members",
        "/users/t.durden",
        "/users/x-0123456789abcdef",
    ] {
        let answer = console.opens(path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert!(answer.text.contains("Rollcall"), "{path}");
        assert_eq!(answer.header(&CONTENT_TYPE), "text/html; charset=utf-8");
        assert_eq!(answer.header(&CACHE_CONTROL), "no-cache", "{path}");
    }
}

#[tokio::test]
async fn files_have_their_type_and_are_kept_when_their_name_holds_a_hash() {
    let console = Console::new("files");
    let wasm = console.loads("/console-0123456789abcdef_bg.wasm").await;
    assert_eq!(wasm.header(&CONTENT_TYPE), "application/wasm");
    assert!(wasm.header(&CACHE_CONTROL).contains("immutable"));
    let style = console.loads("/style-0123456789abcdef.css").await;
    assert!(style.header(&CONTENT_TYPE).starts_with("text/css"));
    let worker = console.loads("/worker.js").await;
    assert!(worker.header(&CONTENT_TYPE).starts_with("text/javascript"));
    assert_eq!(worker.header(&CACHE_CONTROL), "no-cache");
}

#[tokio::test]
async fn files_travel_as_the_build_compressed_them() {
    let console = Console::new("compressed");
    for name in ["index.html", "console-0123456789abcdef_bg.wasm"] {
        console.holds(&format!("{name}.br"), &format!("{name} by brotli"));
    }
    console.holds("console-0123456789abcdef_bg.wasm.gz", "by gzip");
    console.holds("index.html.gz", "index.html by gzip");
    let wasm = "/console-0123456789abcdef_bg.wasm";
    for (path, accept, kind, encodings, encoding, text) in [
        (
            wasm,
            "*/*",
            "application/wasm",
            "gzip, deflate, br",
            "br",
            "console-0123456789abcdef_bg.wasm by brotli",
        ),
        (wasm, "*/*", "application/wasm", "gzip", "gzip", "by gzip"),
        (wasm, "*/*", "application/wasm", "br;q=0, identity", "", "wasm"),
        ("/worker.js", "*/*", "text/javascript", "gzip, br", "", "work()"),
        (
            "/groups/1",
            "text/html",
            "text/html; charset=utf-8",
            "br",
            "br",
            "index.html by brotli",
        ),
        (
            "/",
            "text/html",
            "text/html; charset=utf-8",
            "gzip",
            "gzip",
            "index.html by gzip",
        ),
        (
            "/",
            "text/html",
            "text/html; charset=utf-8",
            "deflate",
            "",
            "<title>Rollcall</title><script>go()</script>",
        ),
    ] {
        let answer = console.asked_in(path, accept, encodings).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert_eq!(
            (answer.header(&CONTENT_ENCODING), answer.text.as_str()),
            (encoding, text),
            "{path} {encodings}"
        );
        assert_eq!(
            (answer.header(&CONTENT_TYPE), answer.header(&VARY)),
            (kind, "accept, accept-encoding"),
            "{path}"
        );
        assert_ne!(answer.header(&CACHE_CONTROL), "");
    }
    let page = console.asked_in("/", "text/html", "br").await;
    assert!(
        page.header(&CONTENT_SECURITY_POLICY).contains("'sha256-"),
        "of the page, not of its compressed bytes"
    );
}

#[tokio::test]
async fn what_is_not_there_is_not_found() {
    let console = Console::new("missing");
    let gone = console.loads("/console-ffffffffffffffff.js").await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
    assert_eq!(gone.header(&CACHE_CONTROL), "no-cache");
    let endpoint = console.opens("/api/nothing").await;
    assert_eq!(endpoint.status, StatusCode::NOT_FOUND);
    let outside = console.loads("/../Cargo.toml").await;
    assert_ne!(outside.status, StatusCode::OK);
}

#[tokio::test]
async fn the_policy_allows_the_pages_own_scripts_and_no_others() {
    let console = Console::new("policy");
    let page = console.opens("/").await;
    let policy = page.header(&CONTENT_SECURITY_POLICY);
    assert!(
        policy.contains("script-src 'self' 'wasm-unsafe-eval' 'sha256-"),
        "{policy}"
    );
    assert!(!policy.contains("unsafe-inline"), "{policy}");
    assert!(!policy.contains("'unsafe-eval'"), "{policy}");
    assert!(policy.contains("connect-src 'self';"), "{policy}");
    assert!(
        policy.ends_with("require-trusted-types-for 'script'; trusted-types default"),
        "{policy}"
    );
    let worker = console.loads("/worker.js").await;
    let policy = worker.header(&CONTENT_SECURITY_POLICY);
    assert!(policy.contains("'wasm-unsafe-eval'"), "{policy}");
    assert!(!policy.contains("sha256"), "{policy}");
    // The worker alone reads from vendors.
    assert!(policy.contains("connect-src 'self' https:"), "{policy}");
    assert!(
        policy.ends_with("require-trusted-types-for 'script'; trusted-types 'none'"),
        "{policy}"
    );
}

#[tokio::test]
async fn every_answer_is_protected() {
    let console = Console::new("headers");
    for path in ["/", "/worker.js", "/healthz", "/api/nothing"] {
        let answer = console.opens(path).await;
        let header = |name: &'static str| answer.header(&HeaderName::from_static(name)).to_owned();
        assert_eq!(header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(header("referrer-policy"), "no-referrer", "{path}");
        assert_eq!(header("cross-origin-opener-policy"), "same-origin", "{path}");
        assert_eq!(header("cross-origin-embedder-policy"), "require-corp", "{path}");
        assert!(header("permissions-policy").contains("camera=()"), "{path}");
        assert_eq!(header("cross-origin-resource-policy"), "same-origin", "{path}");
        assert!(
            header("content-security-policy").contains("frame-ancestors 'none'"),
            "{path}"
        );
    }
}

#[tokio::test]
async fn without_a_console_it_says_how_to_build_one() {
    let console = Console::new("empty");
    fs::remove_file(console.0.join("index.html")).expect("the page is there");
    let answer = console.opens("/").await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert!(answer.text.contains("cargo xtask build"));
}
