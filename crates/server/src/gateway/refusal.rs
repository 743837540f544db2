//! Why the gateway did not pass a request on, or an answer back.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::reply::Reply;

/// A status and one line for the person who asked; it holds nothing of a credential.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) status: StatusCode,
    message: String,
}

impl Refusal {
    pub(super) fn new(status: StatusCode, message: impl Into<String>) -> Self {
        let message = message.into();
        Self { status, message }
    }

    /// The vendor's server did not do what it documents.
    pub(super) fn bad(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_GATEWAY, message)
    }

    /// The vendor did not take the credentials that the companion holds; asking again does not help.
    pub(super) fn held(message: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, message)
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        Reply::json(self.status, json!({"message": self.message})).into_response()
    }
}
