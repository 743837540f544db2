//! The router and the listener: the console's files, its page for every route of it, and the API beside them.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::header::{ACCEPT, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE, VARY};
use axum::http::uri::PathAndQuery;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{any, get};
use axum::{Router, middleware};
use serde_json::json;
use tokio::net::TcpListener;
use tokio::sync::Notify;
use tokio::time::{sleep, timeout};

use crate::connections::{self, Connections, PASSBOLT};
use crate::console::Console;
use crate::directory::{self, Endpoints};
use crate::entrance::{self, Entrance};
use crate::gateway::{self, Gateway};
use crate::headers;
use crate::listener::{self, Limits};
use crate::log;
use crate::rate::Rate;
use crate::reply::Reply;
use crate::store::Store;

/// For so long the database may take to say that it is there.
const PATIENCE: Duration = Duration::from_secs(2);
/// For so long requests that have begun may take to end when the companion is asked to stop.
const FAREWELL: Duration = Duration::from_secs(10);

/// What the companion serves.
#[derive(Clone)]
pub struct Companion {
    /// The console that it serves.
    pub console: Console,
    /// The directory that the documented endpoints answer from.
    pub store: Store,
    /// Requests a second that each caller of a documented endpoint may send; 0 for no limit.
    pub rate_limit: u32,
    /// Who may see what is secret; the console's files are not, and the documented endpoints have their own credentials.
    pub entrance: Entrance,
    /// The ways to vendors.
    pub gateways: Vec<Arc<Gateway>>,
}

/// Everything that the companion answers.
pub fn router(companion: &Companion) -> Router {
    routes(companion, connections(companion))
}

fn connections(companion: &Companion) -> Arc<Connections> {
    Arc::new(Connections::new(companion.store.clone(), companion.gateways.clone()))
}

fn routes(companion: &Companion, connections: Arc<Connections>) -> Router {
    let endpoints = Arc::new(Endpoints {
        store: companion.store.clone(),
        rate: Rate::new(companion.rate_limit),
    });
    let entrance = Arc::new(companion.entrance.clone());
    let secret = Router::new()
        .route("/api/companion", get(connections::list))
        .with_state(connections)
        .route("/gateway/{*rest}", any(gateway::pass))
        .with_state(companion.gateways.clone().into())
        .route_layer(middleware::from_fn_with_state(Arc::clone(&entrance), entrance::guard));
    let console = Arc::new(companion.console.clone());
    Router::new()
        .route("/healthz", get(health).with_state(companion.store.clone()))
        .route("/api/openapi.json", get(openapi))
        .route("/api/enter", get(|| async { Redirect::to("/") }))
        .route("/api/{*rest}", get(no_such_endpoint))
        .route("/index.html", get(page).with_state(Arc::clone(&console)))
        .merge(directory::router(Arc::clone(&endpoints)))
        .merge(secret)
        .fallback_service(any(files).with_state(console))
        .layer(middleware::from_fn_with_state(endpoints, directory::passbolt))
        .layer(middleware::map_request(without_prefix))
        .layer(middleware::from_fn_with_state(entrance, entrance::open))
        .layer(middleware::from_fn(headers::protect))
        .layer(middleware::from_fn(log::tell))
}

/// Takes an address and a port, any free one for 0.
///
/// # Errors
///
/// When the port is taken, or address or port may not be used.
pub async fn listen(address: SocketAddr) -> std::io::Result<TcpListener> {
    TcpListener::bind(address).await
}

/// Answers until Ctrl-C or a request to terminate; what has been asked by then is still answered, within ten seconds.
///
/// # Errors
///
/// When the database fails at the end.
pub async fn run(listener: TcpListener, companion: &Companion) -> std::io::Result<()> {
    run_until(listener, companion, stopped(), FAREWELL).await
}

async fn run_until(
    listener: TcpListener,
    companion: &Companion,
    stopped: impl Future<Output = ()> + Send + 'static,
    farewell: Duration,
) -> std::io::Result<()> {
    let connections = connections(companion);
    let stopping = Arc::new(Notify::new());
    let told = Arc::clone(&stopping);
    let stop = async move {
        stopped.await;
        told.notify_one();
    };
    let routes = routes(companion, Arc::clone(&connections));
    let served = listener::serve(listener, routes, Limits::default(), stop);
    let too_late = async {
        stopping.notified().await;
        sleep(farewell).await;
    };
    tokio::select! {
        () = served => {}
        () = too_late => tracing::warn!("requests that did not end were broken off"),
    }
    connections.close().await.map_err(std::io::Error::other)
}

/// What is asked below [`PASSBOLT`] becomes what that vendor's documents call it.
async fn without_prefix(mut request: Request) -> Request {
    let whole = request.uri().path_and_query().map_or("", PathAndQuery::as_str);
    let rest = whole.strip_prefix(PASSBOLT).filter(|rest| rest.starts_with('/'));
    if let Some(own) = rest.and_then(|rest| rest.parse::<Uri>().ok()) {
        *request.uri_mut() = own;
    }
    request
}

/// Whether the companion is alive, and its database with it.
async fn health(State(store): State<Store>) -> Reply {
    let answers = matches!(timeout(PATIENCE, store.check()).await, Ok(Ok(())));
    let (status, said) = if answers {
        (StatusCode::OK, "ok")
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer")
    };
    Reply::json(status, json!({"status": said, "version": env!("CARGO_PKG_VERSION")}))
}

/// What the companion answers, for programs that read such documents; the tests hold it to this.
async fn openapi() -> impl IntoResponse {
    let kind = "application/json; charset=utf-8";
    ([(CONTENT_TYPE, kind)], include_str!("openapi.json"))
}

async fn no_such_endpoint() -> StatusCode {
    StatusCode::NOT_FOUND
}

/// A file of the console, or its page.
async fn files(State(console): State<Arc<Console>>, request: Request) -> Response {
    match console.answer(request).await {
        Ok(response) => response,
        Err(headers) => page(State(console), headers).await,
    }
}

/// The console's one page, for every address that a person can open; a missing file stays missing.
async fn page(State(console): State<Arc<Console>>, headers: HeaderMap) -> Response {
    let opens_a_page = headers
        .get(ACCEPT)
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|accept| accept.contains("text/html"));
    if !opens_a_page {
        return StatusCode::NOT_FOUND.into_response();
    }
    let Some(html) = console.read("index.html").await else {
        let text = "The console is not built yet: run `cargo xtask build`.\n";
        return (StatusCode::NOT_FOUND, text).into_response();
    };
    let policy = headers::policy(&String::from_utf8_lossy(&html));
    let mut response = match console.read_smaller("index.html", &headers).await {
        Some((encoding, bytes)) => ([(CONTENT_ENCODING, encoding)], Html(bytes)).into_response(),
        None => Html(html).into_response(),
    };
    let asked_again = HeaderValue::from_static(headers::ASKED_AGAIN);
    let own = [
        (CONTENT_SECURITY_POLICY, policy),
        (CACHE_CONTROL, asked_again),
        (VARY, headers::DIFFERS),
    ];
    response.headers_mut().extend(own);
    response
}

/// Ends when the person, or the system, asks the companion to stop.
async fn stopped() {
    let interrupted = async {
        if tokio::signal::ctrl_c().await.is_err() {
            // Without a handler the signal ends the process by itself.
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                () = interrupted => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    interrupted.await;
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::TcpStream;

    use super::*;
    use crate::store::{Caller, System};

    async fn companion() -> (Companion, TcpListener, SocketAddr) {
        let listener = listen(([127, 0, 0, 1], 0).into()).await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let companion = Companion {
            console: Console::Folder("no-console".into()),
            store: Store::open("sqlite::memory:").await.expect("a database"),
            rate_limit: 0,
            entrance: Entrance::with_token("a-token-of-the-right-length", address, &[]).expect("a token"),
            gateways: Vec::new(),
        };
        (companion, listener, address)
    }

    #[tokio::test]
    async fn credentials_that_were_offered_end_with_the_run() {
        let (companion, listener, address) = companion().await;
        let store = companion.store.clone();
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        let run = tokio::spawn(async move {
            let stopped = async { stopped.await.unwrap_or_default() };
            run_until(listener, &companion, stopped, FAREWELL).await
        });
        let mut stream = TcpStream::connect(address).await.expect("a connection");
        let request = format!(
            "GET /api/companion HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\
             Cookie: rollcall-{}=a-token-of-the-right-length\r\n\r\n",
            address.port()
        );
        stream.write_all(request.as_bytes()).await.expect("a request");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.expect("an answer");
        let body: serde_json::Value = answer
            .split_once("\r\n\r\n")
            .and_then(|(_, body)| serde_json::from_str(body).ok())
            .expect("JSON");
        let token = body["connections"][2]["credentials"]["secret"]
            .as_str()
            .expect("a token");
        let caller = || store.caller_of_token(System::Passbolt, token, 0);
        assert_eq!(caller().await.expect("an answer"), Caller::Administrator);
        stop.send(()).expect("it runs");
        run.await.expect("it ends").expect("it ends well");
        assert_eq!(caller().await.expect("an answer"), Caller::Nobody);
    }

    #[tokio::test]
    async fn a_request_that_never_ends_keeps_the_companion_only_so_long() {
        for (farewell, ends) in [(FAREWELL, false), (Duration::from_millis(100), true)] {
            let (companion, listener, address) = companion().await;
            let mut stream = TcpStream::connect(address).await.expect("a connection");
            let half = "POST /authenticate/connect/token HTTP/1.1\r\nContent-Length: 9\r\n\
                        Content-Type: application/x-www-form-urlencoded\r\n\r\nhalf";
            stream.write_all(half.as_bytes()).await.expect("half a request");
            let stopped = sleep(Duration::from_millis(100));
            let run = run_until(listener, &companion, stopped, farewell);
            let ended = timeout(Duration::from_secs(1), run).await;
            assert_eq!(matches!(ended, Ok(Ok(()))), ends);
        }
    }
}
