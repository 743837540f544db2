//! The log: one line a request on standard error, of which nothing tells who asked, for whom, or with what.

use std::time::Instant;

use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::Response;
use tracing::Level;

/// Writes what happens from now on to standard error, in lines of names and values.
pub fn start() {
    // Somebody else may have begun already, as a test does; then that log is the one.
    let _ = tracing_subscriber::fmt()
        .with_max_level(Level::INFO)
        .with_writer(std::io::stderr)
        .with_ansi(false)
        .with_target(false)
        .try_init();
}

/// Tells method, pattern of the route, status and time of a request. Its address would hold names, ids and queries.
pub(crate) async fn tell(request: Request, next: Next) -> Response {
    let began = Instant::now();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let response = next.run(request).await;
    let route = route.as_ref().map_or("the console", MatchedPath::as_str);
    let (status, ms) = (response.status().as_u16(), began.elapsed().as_millis());
    if response.status().is_server_error() {
        tracing::warn!(%method, route, status, ms);
    } else {
        tracing::info!(%method, route, status, ms);
    }
    response
}
