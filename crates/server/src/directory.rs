//! The directory that the companion itself is: the documented endpoints of each vendor, entered with its own credentials.

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use axum::body::{Body, to_bytes};
use axum::extract::rejection::FormRejection;
use axum::extract::{Request, State};
use axum::http::header::{ACCEPT, AUTHORIZATION, HOST, RETRY_AFTER};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::routing::{any, post};
use axum::{Form, Router};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde::Deserialize;
use serde_json::json;

use crate::rate::Rate;
use crate::reply::Reply;
use crate::store::{Answer, Caller, Store, System, TOKEN_SECONDS};
use crate::{contensis, passbolt, tulip};

/// No body of a documented request is larger, in bytes.
const LARGEST_BODY: usize = 8 << 20;

/// What the documented endpoints answer from.
#[derive(Debug)]
pub(crate) struct Endpoints {
    pub(crate) store: Store,
    pub(crate) rate: Rate,
}

/// The documented endpoints of Contensis and Tulip; those of [`passbolt`] lie among the console's own addresses.
pub(crate) fn router(endpoints: Arc<Endpoints>) -> Router {
    Router::new()
        .route("/authenticate/connect/token", post(exchange))
        .route("/api/security", any(contensis))
        .route("/api/security/", any(contensis))
        .route("/api/security/{*rest}", any(contensis))
        .route("/api/users/v1", any(tulip))
        .route("/api/users/v1/{*rest}", any(tulip))
        .with_state(endpoints)
}

/// The form of `POST /authenticate/connect/token`.
#[derive(Deserialize)]
struct Exchange {
    grant_type: Option<String>,
    client_id: Option<String>,
    client_secret: Option<String>,
}

/// Exchanges a client's credentials for a token.
async fn exchange(State(endpoints): State<Arc<Endpoints>>, form: Result<Form<Exchange>, FormRejection>) -> Reply {
    let refused = |error: &str| Reply::json(StatusCode::BAD_REQUEST, json!({"error": error}));
    let Ok(Form(form)) = form else {
        return refused("invalid_request");
    };
    if let Some(wait) = endpoints.rate.wait(form.client_id.as_deref().unwrap_or_default()) {
        return Reply::json(StatusCode::TOO_MANY_REQUESTS, json!({"error": "slow_down"}))
            .with(RETRY_AFTER, wait.to_string());
    }
    if form.grant_type.as_deref() != Some("client_credentials") {
        return refused("unsupported_grant_type");
    }
    let (Some(id), Some(secret)) = (form.client_id, form.client_secret) else {
        return refused("invalid_request");
    };
    match endpoints.store.exchange(System::Contensis, &id, &secret, now()).await {
        Ok(Some(token)) => {
            let body = json!({"access_token": token, "expires_in": TOKEN_SECONDS, "token_type": "Bearer"});
            Reply::json(StatusCode::OK, body)
        }
        Ok(None) => refused("invalid_client"),
        Err(error) => {
            tracing::error!(%error, "the database failed");
            Reply::json(StatusCode::INTERNAL_SERVER_ERROR, json!({"error": "server_error"}))
        }
    }
}

async fn contensis(State(endpoints): State<Arc<Endpoints>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let refused = |refusal: contensis::Refusal| refusal.reply().into_response();
    let caller = match bearer(&parts.headers) {
        Some(token) => endpoints.caller(System::Contensis, token).await,
        None => Ok(Caller::Nobody),
    };
    let caller = match caller {
        Ok(caller) => caller,
        Err(error) => return refused(contensis::Refusal::Failed(error)),
    };
    if let Some(wait) = endpoints.rate.wait(bearer(&parts.headers).unwrap_or_default()) {
        return refused(contensis::Refusal::TooMany(wait));
    }
    let Some(body) = whole(body).await else {
        return refused(contensis::Refusal::TooLarge);
    };
    let call = contensis::Call {
        method: parts.method,
        path: parts.uri.path(),
        query: parts.uri.query(),
        caller,
        body: &body,
        now: now(),
    };
    contensis::answer(&endpoints.store, &call).await.into_response()
}

async fn tulip(State(endpoints): State<Arc<Endpoints>>, request: Request) -> Response {
    let headers = request.headers();
    if let Err(refusal) = tulip::check_headers(headers) {
        return refusal.reply().into_response();
    }
    if let Some(wait) = endpoints.wait(headers) {
        return tulip::Refusal::TooMany(wait).reply().into_response();
    }
    let caller = match basic(headers) {
        Some((key, secret)) => endpoints.store.caller_of_credential(System::Tulip, &key, &secret).await,
        None => Ok(Caller::Nobody),
    };
    let caller = match caller {
        Ok(caller) => caller,
        Err(error) => return tulip::Refusal::Failed(error).reply().into_response(),
    };
    let call = tulip::Call {
        method: request.method().clone(),
        origin: origin(headers, request.uri()),
        path: request.uri().path(),
        query: request.uri().query(),
        caller,
    };
    tulip::answer(&endpoints.store, &call).await.into_response()
}

/// Answers what is asked of Passbolt, whose addresses lie among the console's and end in `.json`, and passes on the rest.
/// A person who opens an address in the browser sees the console, which shows groups and users of any id.
pub(crate) async fn passbolt(State(endpoints): State<Arc<Endpoints>>, request: Request, next: Next) -> Response {
    let accepts = request.headers().get(ACCEPT).and_then(|accept| accept.to_str().ok());
    let opens_a_page = accepts.is_some_and(|accept| accept.contains("text/html"));
    if opens_a_page || !passbolt::has(request.uri().path()) {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let mut call = passbolt::Call {
        method: parts.method,
        path: parts.uri.path(),
        query: parts.uri.query(),
        caller: Caller::Nobody,
        body: &[],
        now: now(),
    };
    if let Some(wait) = endpoints.wait(&parts.headers) {
        return passbolt::refuse(&call, passbolt::Refusal::TooMany(wait)).into_response();
    }
    if let Some(token) = bearer(&parts.headers) {
        match endpoints.caller(System::Passbolt, token).await {
            Ok(caller) => call.caller = caller,
            Err(error) => return passbolt::refuse(&call, passbolt::Refusal::Failed(error)).into_response(),
        }
    }
    let Some(body) = whole(body).await else {
        return passbolt::refuse(
            &call,
            passbolt::Refusal::new(413, "The body is too large, or did not come."),
        )
        .into_response();
    };
    call.body = &body;
    passbolt::answer(&endpoints.store, &call).await.into_response()
}

impl Endpoints {
    /// After how many seconds this caller is to ask again, if this was one request too many.
    fn wait(&self, headers: &HeaderMap) -> Option<u32> {
        let credential = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        self.rate.wait(credential.unwrap_or_default())
    }

    async fn caller(&self, system: System, token: &str) -> Answer<Caller> {
        self.store.caller_of_token(system, token, now()).await
    }
}

/// The token of `Authorization: Bearer …`, in any case.
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// The key and the secret of `Authorization: Basic …`.
fn basic(headers: &HeaderMap) -> Option<(String, String)> {
    let (scheme, pair) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    let pair = BASE64_STANDARD
        .decode(pair.trim())
        .ok()
        .filter(|_| scheme.eq_ignore_ascii_case("basic"))?;
    let pair = String::from_utf8(pair).ok()?;
    let (key, secret) = pair.split_once(':')?;
    Some((key.to_owned(), secret.to_owned()))
}

/// Scheme and host as the caller wrote them. They are said back to that caller and nothing else is done with them; what is
/// no plain host and port is not said back.
fn origin(headers: &HeaderMap, uri: &Uri) -> String {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let host = uri.authority().map(Authority::as_str).or_else(|| text(HOST.as_str()));
    let is_plain = |host: &&str| {
        host.bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b".-_:[]".contains(&byte))
    };
    // TLS ends in front of the companion, which then says that there was some.
    let is_secure = text("x-forwarded-proto") == Some("https");
    let scheme = if is_secure { "https" } else { "http" };
    host.filter(|host| !host.is_empty())
        .filter(is_plain)
        .map_or_else(String::new, |host| format!("{scheme}://{host}"))
}

async fn whole(body: Body) -> Option<Vec<u8>> {
    to_bytes(body, LARGEST_BODY).await.ok().map(Vec::from)
}

/// The time, in milliseconds since 1970 in UTC.
pub(crate) fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| since.as_millis() as i64)
}
