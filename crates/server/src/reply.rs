//! What a documented endpoint answers, before it is sent.

use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

/// An answer: status, headers and perhaps a body, which is JSON.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: Vec<(HeaderName, String)>,
    pub(crate) body: Option<String>,
}

impl Reply {
    /// An answer without a body.
    pub(crate) fn empty(status: StatusCode) -> Self {
        let (headers, body) = (Vec::new(), None);
        Self { status, headers, body }
    }

    /// An answer in JSON.
    pub(crate) fn json(status: StatusCode, body: impl Serialize) -> Self {
        let headers = Vec::new();
        // Writing fails only for maps whose keys are no texts; there are none.
        let body = serde_json::to_string(&body).ok();
        Self { status, headers, body }
    }

    /// The same with one more header.
    pub(crate) fn with(mut self, name: HeaderName, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}

impl IntoResponse for Reply {
    fn into_response(self) -> Response {
        let has_body = self.body.is_some();
        let body = self.body.map_or_else(Body::empty, Body::from);
        let mut response = Response::new(body);
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        // Personal data, and true of this moment only.
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if has_body {
            headers.insert(
                CONTENT_TYPE,
                HeaderValue::from_static("application/json; charset=utf-8"),
            );
        }
        for (name, value) in self.headers {
            // What cannot be a header's value, such as a line break, is left out rather than sent.
            if let Ok(value) = HeaderValue::try_from(value) {
                headers.insert(name, value);
            }
        }
        response
    }
}
