//! One vendor's server: where it is, and one request to it, within limits, without following it anywhere else.

use std::time::Duration;

use axum::body::Body;
use axum::http::uri::{Authority, PathAndQuery, Scheme};
use axum::http::{HeaderMap, Method, Request, Response, StatusCode, Uri};
use bytes::Bytes;
use http_body_util::{BodyExt as _, Limited};
use hyper::body::Incoming;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use serde_json::Value;
use tokio::time::timeout;

use super::refusal::Refusal;

/// How long and how much the gateway puts up with.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// For a connection to be made.
    pub connecting: Duration,
    /// Until an answer begins.
    pub waiting: Duration,
    /// Between two pieces of an answer.
    pub silence: Duration,
    /// The bytes of a request's body.
    pub request: usize,
    /// The bytes of an answer's body; it is passed on as it comes and never kept.
    pub answer: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connecting: Duration::from_secs(10),
            waiting: Duration::from_secs(60),
            silence: Duration::from_secs(30),
            request: 64 << 10,
            answer: 512 << 20,
        }
    }
}

/// The bytes of an answer that the gateway reads itself, when it signs in.
const OWN_ANSWER: usize = 1 << 20;

/// A vendor's server.
pub(super) struct Vendor {
    scheme: Scheme,
    authority: Authority,
    /// What stands before each documented path, without a slash at its end.
    prefix: String,
    client: Client<HttpsConnector<HttpConnector>, Body>,
    limits: Limits,
}

impl Vendor {
    /// The server of a URL: `https`, or `http` on this machine alone, since credentials go there.
    ///
    /// # Errors
    /// What is wrong with the URL, or that this machine has no certificates to trust.
    pub(super) fn new(url: &str, limits: Limits) -> Result<Self, String> {
        const SHAPE: &str = "the URL begins with https://, or with http:// for this machine";
        let parts = url.parse::<Uri>().map_err(|_| SHAPE)?.into_parts();
        let (Some(scheme), Some(authority)) = (parts.scheme, parts.authority) else {
            return Err(SHAPE.to_owned());
        };
        let is_here = ["127.0.0.1", "[::1]", "localhost"].contains(&authority.host());
        if scheme != Scheme::HTTPS && (scheme != Scheme::HTTP || !is_here) {
            return Err(SHAPE.to_owned());
        }
        if authority.as_str().contains('@') {
            return Err("the URL names a user: credentials have a place of their own".to_owned());
        }
        let path = parts.path_and_query.unwrap_or_else(|| PathAndQuery::from_static("/"));
        if path.query().is_some() {
            return Err("the URL has a query".to_owned());
        }
        let prefix = path.path().trim_end_matches('/').to_owned();
        let client = client(limits).map_err(|error| format!("this machine has no certificates to trust: {error}"))?;
        Ok(Self {
            scheme,
            authority,
            prefix,
            client,
            limits,
        })
    }

    pub(super) fn limits(&self) -> Limits {
        self.limits
    }

    /// The address without a slash at its end.
    pub(super) fn address(&self) -> String {
        format!("{}://{}{}", self.scheme, self.authority, self.prefix)
    }

    /// Sends a request and waits until its answer begins.
    ///
    /// # Errors
    /// That the vendor cannot be reached, is silent, or sends us elsewhere: credentials would go along.
    pub(super) async fn send(
        &self,
        method: Method,
        path: &str,
        headers: HeaderMap,
        body: Bytes,
    ) -> Result<Response<Incoming>, Refusal> {
        let uri = Uri::builder()
            .scheme(self.scheme.clone())
            .authority(self.authority.clone())
            .path_and_query(format!("{}{path}", self.prefix))
            .build()
            .map_err(|_| Refusal::new(StatusCode::BAD_REQUEST, "the path is no path of a URL"))?;
        let body = if body.is_empty() {
            Body::empty()
        } else {
            Body::from(body)
        };
        let mut request = Request::new(body);
        (*request.method_mut(), *request.uri_mut(), *request.headers_mut()) = (method, uri, headers);
        let answer = timeout(self.limits.waiting, self.client.request(request)).await;
        let silent = |_| Refusal::new(StatusCode::GATEWAY_TIMEOUT, "the vendor did not answer in time");
        let answer = answer.map_err(silent)?.map_err(|error| {
            // The error names address and cause, and nothing of what was sent.
            let cause = std::error::Error::source(&error).map_or_else(|| error.to_string(), ToString::to_string);
            Refusal::bad(format!("the vendor cannot be reached: {cause}"))
        })?;
        if answer.status().is_redirection() && answer.status() != StatusCode::NOT_MODIFIED {
            return Err(Refusal::bad(
                "the vendor sends us to another address, where the gateway does not go",
            ));
        }
        Ok(answer)
    }

    /// Sends a request of the gateway's own and reads its answer: status, headers, and the body if that is JSON.
    pub(super) async fn ask(
        &self,
        method: Method,
        path: &str,
        headers: HeaderMap,
        body: Bytes,
    ) -> Result<(StatusCode, HeaderMap, Value), Refusal> {
        let (parts, body) = self.send(method, path, headers, body).await?.into_parts();
        let whole = timeout(self.limits.waiting, Limited::new(body, OWN_ANSWER).collect()).await;
        let whole = whole.ok().and_then(Result::ok);
        let whole = whole
            .ok_or_else(|| Refusal::bad("the vendor's answer broke off"))?
            .to_bytes();
        let body = serde_json::from_slice(&whole).unwrap_or_default();
        Ok((parts.status, parts.headers, body))
    }
}

fn client(limits: Limits) -> std::io::Result<Client<HttpsConnector<HttpConnector>, Body>> {
    let mut http = HttpConnector::new();
    http.enforce_http(false);
    http.set_connect_timeout(Some(limits.connecting));
    let https = HttpsConnectorBuilder::new()
        .with_native_roots()?
        .https_or_http()
        .enable_http1()
        .wrap_connector(http);
    Ok(Client::builder(TokioExecutor::new())
        .pool_timer(TokioTimer::new())
        .build(https))
}
