//! The router and the listener: the console's files, its page for every route of it, and the API beside them.

use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::extract::State;
use axum::http::header::{ACCEPT, CACHE_CONTROL, CONTENT_SECURITY_POLICY};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router, middleware};
use serde::Serialize;
use tokio::net::TcpListener;
use tower_http::services::ServeDir;

use crate::directory::{self, Endpoints};
use crate::headers;
use crate::rate::Rate;
use crate::store::Store;

/// What `GET /api/health` answers.
#[derive(Serialize)]
struct Health {
    status: &'static str,
    version: &'static str,
}

/// What the companion serves.
#[derive(Clone, Debug)]
pub struct Companion {
    /// The folder of the built console; it is read on each request, so that one built meanwhile is served without a
    /// restart.
    pub console: PathBuf,
    /// The directory that the documented endpoints answer from.
    pub store: Store,
    /// Requests a second that each caller of a documented endpoint may send; 0 for no limit.
    pub rate_limit: u32,
}

/// Everything that the companion answers.
pub fn router(companion: &Companion) -> Router {
    let console = companion.console.as_path();
    let endpoints = Arc::new(Endpoints {
        store: companion.store.clone(),
        rate: Rate::new(companion.rate_limit),
    });
    let page = get(page).with_state(Arc::from(console));
    let files = ServeDir::new(console)
        .append_index_html_on_directories(false)
        .fallback(page.clone());
    Router::new()
        .route("/api/health", get(health))
        .route("/api/{*rest}", get(no_such_endpoint))
        .route("/index.html", page)
        .merge(directory::router(Arc::clone(&endpoints)))
        .fallback_service(files)
        .layer(middleware::from_fn_with_state(endpoints, directory::passbolt))
        .layer(middleware::from_fn(headers::protect))
}

/// Takes `port` of 127.0.0.1, or any free one for 0; no other machine can reach it.
///
/// # Errors
///
/// When the port is taken or may not be used.
pub async fn listen(port: u16) -> std::io::Result<TcpListener> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await
}

/// Answers until Ctrl-C or a request to terminate; what has been asked by then is still answered.
///
/// # Errors
///
/// When the listener fails.
pub async fn run(listener: TcpListener, companion: &Companion) -> std::io::Result<()> {
    axum::serve(listener, router(companion))
        .with_graceful_shutdown(stopped())
        .await
}

async fn health() -> Json<Health> {
    Json(Health {
        status: "ok",
        version: env!("CARGO_PKG_VERSION"),
    })
}

async fn no_such_endpoint() -> StatusCode {
    StatusCode::NOT_FOUND
}

/// The console's one page, for every address that a person can open; a missing file stays missing.
async fn page(State(console): State<Arc<Path>>, headers: HeaderMap) -> Response {
    let opens_a_page = headers
        .get(ACCEPT)
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|accept| accept.contains("text/html"));
    if !opens_a_page {
        return StatusCode::NOT_FOUND.into_response();
    }
    match tokio::fs::read_to_string(console.join("index.html")).await {
        Ok(html) => {
            let policy = headers::policy(&html);
            let asked_again = HeaderValue::from_static(headers::ASKED_AGAIN);
            let own = [(CONTENT_SECURITY_POLICY, policy), (CACHE_CONTROL, asked_again)];
            (own, Html(html)).into_response()
        }
        Err(_) => (
            StatusCode::NOT_FOUND,
            "The console is not built yet: run `cargo xtask build`.\n",
        )
            .into_response(),
    }
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
