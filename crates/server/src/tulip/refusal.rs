//! Why a request is refused, and the vendor's model of an error that says so.

use axum::http::StatusCode;
use axum::http::header::{ALLOW, RETRY_AFTER};
use serde_json::json;

use super::METHODS;
use crate::reply::Reply;
use crate::store::StoreError;
use crate::target::Malformed;

/// How much of an identifier is said back, in characters.
const SHOWN: usize = 80;

/// Why a request is refused.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// 401: nobody has shown a key.
    Unauthorized,
    /// 405: there is only reading.
    Method,
    /// 400: a header is there twice that may be there once.
    HeaderTwice(&'static str),
    /// 400: a parameter is wrong as it is written; the code says which kind.
    Wrong(&'static str, String),
    /// 404: what is asked for is not there.
    Missing(String),
    /// 429: too many requests; ask again after so many seconds.
    TooMany(u32),
    /// 500: the database failed.
    Failed(StoreError),
}

impl Refusal {
    /// A parameter is wrong.
    pub(super) fn wrong(message: String) -> Self {
        Self::Wrong("generic.invalidParams", message)
    }

    /// There is no such thing.
    pub(super) fn missing(what: &str, id: &str) -> Self {
        let shown: String = id.chars().take(SHOWN).collect();
        Self::Missing(format!("there is no {what} `{shown}`"))
    }

    /// The vendor's error model. It documents nothing that is worth another try by itself, the limit included.
    pub(crate) fn reply(self) -> Reply {
        let error = |status: StatusCode, code: &str, message: &str| {
            (
                status,
                json!({"errorCode": code, "message": message, "retryable": false}),
            )
        };
        let ((status, mut body), details, header) = match self {
            // Without the header of a challenge: told of `Basic`, a browser asks the person for a password by itself.
            Self::Unauthorized => {
                let says = "no key was sent, or one that is not known";
                (
                    error(StatusCode::UNAUTHORIZED, "generic.unauthorized", says),
                    None,
                    None,
                )
            }
            Self::Method => {
                let says = "there is only `GET` here";
                let error = error(StatusCode::METHOD_NOT_ALLOWED, "generic.methodNotAllowed", says);
                (error, None, Some((ALLOW, METHODS.join(", "))))
            }
            Self::HeaderTwice(name) => {
                let says = format!("the header `{name}` was sent more than once");
                let error = error(StatusCode::BAD_REQUEST, "http.multiValueHeader", &says);
                (error, Some(json!({"headerName": name})), None)
            }
            Self::Wrong(code, says) => (error(StatusCode::BAD_REQUEST, code, &says), None, None),
            Self::Missing(says) => (error(StatusCode::NOT_FOUND, "generic.notFound", &says), None, None),
            Self::TooMany(wait) => {
                let error = error(
                    StatusCode::TOO_MANY_REQUESTS,
                    "generic.tooManyRequests",
                    "too many requests",
                );
                let says = format!("ask again in {wait} s");
                (
                    error,
                    Some(json!({"details": says})),
                    Some((RETRY_AFTER, wait.to_string())),
                )
            }
            Self::Failed(failure) => {
                tracing::error!(%failure, "the database failed");
                let says = "the database failed";
                (
                    error(StatusCode::INTERNAL_SERVER_ERROR, "generic.internal", says),
                    None,
                    None,
                )
            }
        };
        if let (Some(details), Some(body)) = (details, body.as_object_mut()) {
            body.insert("details".to_owned(), details);
        }
        let reply = Reply::json(status, body);
        match header {
            Some((name, value)) => reply.with(name, value),
            None => reply,
        }
    }
}

impl From<Malformed> for Refusal {
    fn from(_: Malformed) -> Self {
        Self::wrong("the address is not percent-encoded UTF-8".to_owned())
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        Self::Failed(error)
    }
}
