//! The log of requests: what it tells, and above all what it does not. A process of its own: what listens to events is one
//! for all threads of a process.

use std::io;
use std::sync::{Arc, Mutex};

use axum::body::Body;
use axum::http::Request;
use axum::http::header::{ACCEPT, AUTHORIZATION, COOKIE};
use server::store::Store;
use server::{Companion, Entrance};
use tower::ServiceExt as _;
use tracing_subscriber::fmt::MakeWriter;

/// Keeps what is written.
#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<u8>>>);

impl io::Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("nobody failed").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Kept {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

#[tokio::test]
async fn a_line_tells_of_a_request_but_not_of_people() {
    let kept = Kept::default();
    let subscriber = tracing_subscriber::fmt()
        .with_writer(kept.clone())
        .with_ansi(false)
        .with_max_level(tracing::Level::TRACE);
    let _guard = tracing::subscriber::set_default(subscriber.finish());
    let router = server::router(&Companion {
        console: std::env::temp_dir().join("rollcall-no-console").into(),
        store: Store::open("sqlite::memory:").await.expect("a database"),
        rate_limit: 0,
        entrance: Entrance::with_token("the-token-of-the-tests", ([127, 0, 0, 1], 8081).into(), &[]).expect("a token"),
        gateways: Vec::new(),
    });
    for path in [
        "/api/security/users/ada.secret/groups?zenQL=secret",
        "/users/secret?q=secret",
        "/gateway/secret/users.json?secret",
    ] {
        let request = Request::get(path)
            .header(ACCEPT, "text/html")
            .header(AUTHORIZATION, "Bearer secret")
            .header(COOKIE, "rollcall-8081=secret");
        let request = request.body(Body::empty()).expect("a request");
        router.clone().oneshot(request).await.expect("an answer");
    }
    let log = String::from_utf8(kept.0.lock().expect("nobody failed").clone()).expect("text");
    for expected in [
        "method=GET route=\"/api/security/{*rest}\" status=401 ms=",
        "method=GET route=\"the console\" status=404 ms=",
        "method=GET route=\"/gateway/{*rest}\" status=401 ms=",
    ] {
        assert!(log.contains(expected), "{expected}\n{log}");
    }
    assert!(!log.contains("secret"), "{log}");
}
