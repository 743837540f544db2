//! What is tried against a companion that listens, and what it answers: the table of `docs/companion-trust.md`.

use std::fs;
use std::net::SocketAddr;
use std::path::Path;

use axum::Json;
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::IntoResponse;
use serde_json::json;
use server::store::Store;
use server::{Companion, Entrance, Gateway, Limits};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::attacks::{Attack, attacks, statuses};
use crate::gateway::Vendor;
use crate::{Console, TOKEN};

/// What nobody is to read: it lies beside the console's folder, and behind the vendor.
const SECRET: &str = "what-nobody-is-to-read";

/// What is held by a test of its own: against what, what is tried, what is answered, and the test.
const ELSEWHERE: [(&str, &str, &str, &str, &str); 14] = [
    (
        "wrong credentials",
        "every route, with credentials that are forged, cut off, expired, taken back, or another system's",
        "as to nobody",
        "tests/it/routes.rs",
        "who_only_seems_to_have_a_role_is_nobody",
    ),
    (
        "timing",
        "a secret that differs at its end, or in length",
        "refused; all bytes are compared, wherever the first difference is",
        "src/store/access.rs",
        "secrets_differ_and_compare",
    ),
    (
        "SQL injection",
        "pieces of SQL as every parameter of every route, on both databases",
        "400, 404, or a list of nobody; nothing is changed",
        "tests/it/hostile.rs",
        "no_piece_of_sql_is_more_than_a_text",
    ),
    (
        "hostile texts",
        "requests made up from the document, with what nobody means as parameters, paths, bodies and headers",
        "only what the document says, and never 500",
        "tests/it/hostile.rs",
        "every_answer_is_documented",
    ),
    (
        "size",
        "a head without end",
        "431, or the connection ends",
        "src/listener.rs",
        "a_head_without_end_is_refused",
    ),
    (
        "size",
        "a body of more than 8 MiB",
        "413",
        "tests/it/hostile.rs",
        "a_body_that_is_too_large_is_refused",
    ),
    (
        "slowness",
        "a head or a body that does not go on; a connection that says nothing",
        "the connection ends",
        "src/listener.rs",
        "who_does_not_finish_a_request_is_left",
    ),
    (
        "number",
        "more connections than a thousand",
        "they wait",
        "src/listener.rs",
        "connections_beyond_the_most_wait_for_one_to_end",
    ),
    (
        "number",
        "more requests a second than allowed",
        "429, with `Retry-After`",
        "tests/it/contensis.rs",
        "signing_in_is_refused_as_documented_and_limits_are_told",
    ),
    (
        "slowness",
        "a vendor's answer without end, or one that does not go on",
        "it breaks off",
        "tests/it/gateway.rs",
        "slow_and_huge_answers_end",
    ),
    (
        "redirects",
        "a vendor that sends the gateway elsewhere while it signs in",
        "502",
        "tests/it/gateway.rs",
        "redirects_are_not_followed",
    ),
    (
        "foreign answers",
        "a vendor's answer that a browser would run",
        "plain text that nothing runs in",
        "tests/it/gateway.rs",
        "what_a_browser_could_run_becomes_text",
    ),
    (
        "foreign answers",
        "a vendor's cookies and headers, and the companion's own cookie",
        "they do not pass the gateway",
        "tests/it/gateway.rs",
        "only_chosen_headers_travel_either_way",
    ),
    (
        "cross-site requests",
        "an answer of the console in another page's frame, or read by it",
        "the policy forbids both",
        "tests/it/main.rs",
        "every_answer_is_protected",
    ),
];

/// A companion that listens, with a console and one gateway, `v`.
async fn listening(console: &Console, vendor: &Vendor) -> SocketAddr {
    let listener = server::listen(([127, 0, 0, 1], 0).into()).await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let specification = format!("contensis:v={}", vendor.url);
    let companion = Companion {
        console: console.folder().to_owned().into(),
        store: Store::open("sqlite::memory:").await.expect("a database"),
        rate_limit: 0,
        entrance: Entrance::with_token(TOKEN, address, &[]).expect("a token"),
        gateways: Gateway::all(&[specification], None, Limits::default()).expect("a gateway"),
    };
    tokio::spawn(async move { server::run(listener, &companion).await });
    address
}

/// Everything that came over a connection before it ended.
async fn brings(address: SocketAddr, sends: &str) -> String {
    let mut stream = TcpStream::connect(address).await.expect("a connection");
    stream.write_all(sends.as_bytes()).await.expect("it is taken");
    let mut text = Vec::new();
    stream.read_to_end(&mut text).await.expect("it ends");
    String::from_utf8_lossy(&text).into_owned()
}

/// Requests of pages elsewhere, by a browser that has entered.
fn cross_site(host: &str) -> Vec<Attack> {
    let cookie = format!(
        "Cookie: rollcall-{}={TOKEN}",
        host.rsplit(':').next().unwrap_or_default()
    );
    let attack = |what, request: &str, headers: &str, answers: &[u16]| Attack {
        kind: "cross-site requests",
        what,
        sends: format!("{request} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{headers}\r\n"),
        answers: answers.to_vec(),
    };
    let asked = |what, request: &str, headers: &str, status| {
        attack(what, request, &format!("{cookie}\r\n{headers}"), &[status])
    };
    vec![
        asked(
            "none: the console itself asks",
            "GET /api/companion",
            "Sec-Fetch-Site: same-origin\r\n",
            200,
        ),
        asked(
            "a page elsewhere asks for what is secret",
            "GET /api/companion",
            "Sec-Fetch-Site: cross-site\r\n",
            401,
        ),
        asked(
            "a page at another port asks",
            "GET /api/companion",
            "Sec-Fetch-Site: same-site\r\n",
            401,
        ),
        asked(
            "a page elsewhere asks the gateway",
            "GET /gateway/v/api/security/users",
            "Sec-Fetch-Site: cross-site\r\n",
            401,
        ),
        attack(
            "the mark alone, which scripts can read",
            "GET /api/companion",
            "Cookie: rollcall-entered=yes\r\n",
            &[401],
        ),
        attack(
            "another companion's cookie",
            "GET /api/companion",
            &format!("Cookie: rollcall-1={TOKEN}\r\n"),
            &[401],
        ),
        asked(
            "the cookie for a documented endpoint",
            "GET /api/security/users",
            "",
            401,
        ),
        asked(
            "a form of a page elsewhere",
            "POST /api/security/groups/g/users",
            "Content-Length: 0\r\n",
            401,
        ),
        asked(
            "a question whether a page elsewhere may ask",
            "OPTIONS /api/companion",
            "Origin: https://evil.example\r\nAccess-Control-Request-Method: GET\r\n",
            405,
        ),
    ]
}

/// A request for one file in pieces, each of which would be as long as the file.
fn for_ranges(host: &str) -> Attack {
    let ranges = ["0-"; 500].join(",");
    Attack {
        kind: "header tricks",
        what: "five hundred ranges of one file",
        sends: format!("GET /icon.svg HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nRange: bytes={ranges}\r\n\r\n"),
        answers: vec![416],
    }
}

/// Requests of somebody who has entered, by which the gateway would reach what it may not.
fn through_the_gateway(host: &str) -> Vec<Attack> {
    let cookie = format!(
        "Cookie: rollcall-{}={TOKEN}",
        host.rsplit(':').next().unwrap_or_default()
    );
    let ask = |method: &str, what, target: &str, status| Attack {
        kind: if status == 502 {
            "redirects"
        } else {
            "requests by the gateway"
        },
        what,
        sends: format!("{method} {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{cookie}\r\n\r\n"),
        answers: vec![status],
    };
    vec![
        ask(
            "GET",
            "none: a documented request",
            "/gateway/v/api/security/users",
            200,
        ),
        ask(
            "GET",
            "a path that the vendor does not document",
            "/gateway/v/api/secret",
            404,
        ),
        ask("GET", "a way up", "/gateway/v/api/security/users/../../secret", 404),
        ask("GET", "a way up, encoded", "/gateway/v/api/security/users/%2e%2e", 404),
        ask(
            "GET",
            "a way up, encoded twice",
            "/gateway/v/api/security/users/%252e%252e/groups",
            404,
        ),
        ask(
            "GET",
            "a way up in a name with slashes",
            "/gateway/v/api/security/groups/a%2F..%2F..%2Fsecret",
            404,
        ),
        ask(
            "GET",
            "another server as a path",
            "/gateway/v/http://169.254.169.254/",
            404,
        ),
        ask(
            "GET",
            "another server as a user's",
            "/gateway/v@evil.example/api/security/users",
            404,
        ),
        ask(
            "GET",
            "another server as a gateway",
            "/gateway/127.0.0.1:22/api/security/users",
            404,
        ),
        ask("GET", "two slashes", "/gateway/v//api/security/users", 404),
        ask(
            "GET",
            "a line break",
            "/gateway/v/api/security/users/a%0d%0aHost:%20evil.example",
            404,
        ),
        ask("DELETE", "a change", "/gateway/v/api/security/users/ann", 405),
        ask("PUT", "another change", "/gateway/v/api/security/groups/g/users/u", 405),
        ask(
            "GET",
            "a vendor that sends us elsewhere",
            "/gateway/v/api/security/users/moved",
            502,
        ),
    ]
}

fn row(attack: &Attack) -> Vec<String> {
    let answers: Vec<String> = attack.answers.iter().map(u16::to_string).collect();
    // The last answer of most is to the ordinary request that follows, where the connection goes on.
    let answer = match answers.as_slice() {
        [one, last] if last == "200" => format!("{one}; the next request is answered"),
        [one] if attack.sends.contains("/healthz HTTP/1.1\r\nHost") && attack.sends.ends_with("close\r\n\r\n") => {
            format!("{one}; the connection ends")
        }
        all => all.join(", "),
    };
    [attack.kind, attack.what, &answer, "tests/it/trust.rs"]
        .map(str::to_owned)
        .to_vec()
}

#[tokio::test]
async fn every_attempt_is_answered_as_the_table_says() {
    let console = Console::new("trust/console");
    console.holds("icon.svg", "<svg></svg>");
    let around = console.folder().with_file_name("");
    fs::write(around.join("secret"), SECRET).expect("a file for the test");
    let inside = Vendor::new(|_| SECRET.into_response()).await;
    let to = inside.url.clone();
    let vendor = Vendor::new(move |asked| match asked.target.as_str() {
        "/api/security/users" => Json(json!({"items": []})).into_response(),
        "/api/security/users/moved" => (StatusCode::FOUND, [(LOCATION, to.clone())]).into_response(),
        _ => SECRET.into_response(),
    })
    .await;
    let address = listening(&console, &vendor).await;
    let host = address.to_string();
    let mut rows = Vec::new();
    let tried = [
        attacks(&host),
        vec![for_ranges(&host)],
        cross_site(&host),
        through_the_gateway(&host),
    ]
    .concat();
    for attack in &tried {
        let text = brings(address, &attack.sends).await;
        let named = format!("{}, {}: {text}", attack.kind, attack.what);
        assert_eq!(
            statuses(text.as_bytes()).as_deref(),
            Some(&attack.answers[..]),
            "{named}"
        );
        let told = text.to_ascii_lowercase();
        for never in [
            SECRET,
            "access-control-allow",
            "set-cookie",
            "location: http",
            "location: //",
        ] {
            assert!(!told.contains(never), "{never} in {named}");
        }
        rows.push(row(attack));
    }
    let reached: Vec<String> = vendor.asked().into_iter().map(|asked| asked.target).collect();
    assert_eq!(reached, ["/api/security/users", "/api/security/users/moved"]);
    assert!(inside.asked().is_empty(), "nobody goes where a vendor sends them");
    fs::remove_dir_all(around).expect("it is there");
    rows.extend(ELSEWHERE.iter().map(|(against, tried, answered, file, test)| {
        let source = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).expect("the source is there");
        assert!(source.contains(&format!("fn {test}(")), "{file} has no {test}");
        [against, tried, answered, file].map(|it| (*it).to_owned()).to_vec()
    }));
    crate::table::hold(
        "companion-trust.md",
        "# What is tried against the companion\n\nEach line is an attempt that the tests make, and what is answered; a test writes this \
         table (`crates/server/tests/it/trust.rs`).\nAfter most of them, an ordinary request follows on the same connection: it is \
         answered, or the connection has ended, and nothing\nin between is taken for a request. No answer has a header by which a page \
         elsewhere could read it. Files are below\n`crates/server`.",
        &["against", "what is tried", "what is answered", "test"],
        &rows,
    );
}
