//! The listener: connections over which requests come, within limits of number, size and time.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::sleep;
use tower_http::timeout::RequestBodyTimeoutLayer;

/// What the companion puts up with.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// Connections at once; further ones wait until one ends.
    pub(crate) connections: usize,
    /// Until the head of a request has come, and as long between two requests.
    pub(crate) head: Duration,
    /// Between two pieces of a request's body.
    pub(crate) silence: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 1_000,
            head: Duration::from_secs(30),
            silence: Duration::from_secs(10),
        }
    }
}

/// The bytes of a request's head.
const LARGEST_HEAD: usize = 64 << 10;
/// The pause after no connection could be taken, such as where the system has no more files to open.
const PAUSE: Duration = Duration::from_millis(200);

/// Answers until it is told to stop; then takes no more connections, and waits for the requests that have begun.
pub(crate) async fn serve(listener: TcpListener, router: Router, limits: Limits, stop: impl Future<Output = ()>) {
    let router = router.layer(RequestBodyTimeoutLayer::new(limits.silence));
    let places = Arc::new(Semaphore::new(limits.connections));
    let open = GracefulShutdown::new();
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(limits.head)
        .max_buf_size(LARGEST_HEAD);
    let take = async {
        loop {
            let place = Arc::clone(&places).acquire_owned().await;
            let stream = accept(&listener).await;
            let service = router.clone();
            let service = tower::service_fn(move |request: Request<Incoming>| {
                tower::ServiceExt::oneshot(service.clone(), request.map(Body::new))
            });
            let connection = http.serve_connection(TokioIo::new(stream), TowerToHyperService::new(service));
            let connection = open.watch(connection);
            tokio::spawn(async move {
                // Who goes away, or is too slow, is told nothing and is no news.
                let _ = connection.await;
                drop(place);
            });
        }
    };
    tokio::select! {
        () = take => {}
        () = stop => {}
    }
    drop(listener);
    open.shutdown().await;
}

async fn accept(listener: &TcpListener) -> TcpStream {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                // Answers are written whole: waiting for more would only make them late.
                let _ = stream.set_nodelay(true);
                return stream;
            }
            Err(error) => {
                tracing::warn!(%error, "a connection could not be taken");
                sleep(PAUSE).await;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::routing::{get, post};
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    use super::*;

    const REQUEST: &[u8] = b"GET / HTTP/1.1\r\nHost: test\r\n\r\n";

    /// Connections to a server with these limits, for as long as the test runs.
    async fn connections<const N: usize>(limits: Limits) -> [TcpStream; N] {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a port for the test");
        let address = listener.local_addr().expect("an address");
        let router = Router::new()
            .route("/", get(|| async { "here" }))
            .route("/", post(|body: String| async { body }));
        tokio::spawn(serve(listener, router, limits, std::future::pending()));
        let mut streams = Vec::new();
        for _ in 0..N {
            streams.push(TcpStream::connect(address).await.expect("a connection"));
        }
        streams.try_into().expect("so many")
    }

    /// Reads until a text has come.
    async fn hear(stream: &mut TcpStream, text: &str) {
        let mut heard = Vec::new();
        while !String::from_utf8_lossy(&heard).ends_with(text) {
            assert_ne!(stream.read_buf(&mut heard).await.expect("an answer"), 0, "{heard:?}");
        }
    }

    /// What comes until the connection ends.
    async fn last_words(mut stream: TcpStream) -> String {
        let mut heard = Vec::new();
        stream.read_to_end(&mut heard).await.expect("an end");
        String::from_utf8_lossy(&heard).into_owned()
    }

    #[tokio::test]
    async fn who_does_not_finish_a_request_is_left() {
        let limits = Limits {
            head: Duration::from_millis(50),
            silence: Duration::from_millis(50),
            ..Limits::default()
        };
        let [mut head, mut body, idle] = connections(limits).await;
        head.write_all(b"GET / HTTP/1.1\r\nHost: te")
            .await
            .expect("half a head");
        let half = b"POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 9\r\n\r\nhalf";
        body.write_all(half).await.expect("half a body");
        assert_eq!(last_words(idle).await, "");
        assert!(!last_words(head).await.contains("200"));
        assert!(last_words(body).await.starts_with("HTTP/1.1 400"));
    }

    #[tokio::test]
    async fn a_head_without_end_is_refused() {
        let [mut stream] = connections(Limits::default()).await;
        stream.write_all(b"GET / HTTP/1.1\r\n").await.expect("a beginning");
        let line = format!("X-Long: {}\r\n", "x".repeat(1_000));
        // It may be refused before all has been sent.
        for _ in 0..2 * LARGEST_HEAD / line.len() {
            let _ = stream.write_all(line.as_bytes()).await;
        }
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer).await;
        assert!(!String::from_utf8_lossy(&answer).contains("here"));
        assert!(answer.is_empty() || answer.starts_with(b"HTTP/1.1 431"), "{answer:?}");
    }

    #[tokio::test]
    async fn connections_beyond_the_most_wait_for_one_to_end() {
        let limits = Limits {
            connections: 1,
            ..Limits::default()
        };
        let [mut first, mut second] = connections(limits).await;
        second.write_all(REQUEST).await.expect("a request");
        for _ in 0..3 {
            first.write_all(REQUEST).await.expect("a request");
            hear(&mut first, "here").await;
        }
        assert!(second.try_read(&mut [0]).is_err(), "it has not been heard yet");
        drop(first);
        hear(&mut second, "here").await;
    }
}
