//! Why a request is refused, and the documented model of an error that says so.

use axum::http::StatusCode;
use axum::http::header::{ALLOW, RETRY_AFTER, WWW_AUTHENTICATE};
use membership::query::QueryError;
use serde_json::{Value, json};

use crate::reply::Reply;
use crate::store::StoreError;
use crate::target::Malformed;

/// The id of the log's entry about an error; a log that names requests would keep what people asked about.
const NO_LOG: &str = "00000000-0000-0000-0000-000000000000";
/// How much of an identifier is said back, in characters.
const SHOWN: usize = 80;

/// Why a request is refused.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// 401: nobody is signed in.
    Unauthorized,
    /// 403: the caller may not ask.
    Forbidden,
    /// 405: the path has other methods.
    Method(&'static [&'static str]),
    /// 400: the request is wrong as it is written; where, in characters of a parameter's decoded value.
    Wrong(String, Option<Fault>),
    /// 404: what is asked for is not there.
    Missing(String),
    /// 413: the body is larger than any that is documented, or did not come.
    TooLarge,
    /// 422: what is asked for cannot be.
    Impossible(String),
    /// 429: too many requests; ask again after so many seconds.
    TooMany(u32),
    /// 500: the database failed.
    Failed(StoreError),
}

/// What is wrong with a parameter.
#[derive(Debug)]
pub(crate) struct Fault {
    parameter: &'static str,
    position: u32,
    length: u32,
    expected: Vec<String>,
}

impl Refusal {
    /// A parameter's whole value is wrong.
    pub(super) fn wrong(parameter: &'static str, value: &str, expected: &str, message: String) -> Self {
        let fault = Fault {
            parameter,
            position: 0,
            length: value.chars().count() as u32,
            expected: vec![expected.to_owned()],
        };
        Self::Wrong(message, Some(fault))
    }

    /// A part of a query or an order is wrong.
    pub(super) fn query(parameter: &'static str, error: QueryError) -> Self {
        let message = error.message();
        let QueryError {
            position,
            length,
            expected,
            ..
        } = error;
        Self::Wrong(
            message,
            Some(Fault {
                parameter,
                position,
                length,
                expected,
            }),
        )
    }

    /// There is no such thing.
    pub(super) fn missing(what: &str, identifier: &str) -> Self {
        let shown: String = identifier.chars().take(SHOWN).collect();
        Self::Missing(format!("there is no {what} `{shown}`"))
    }

    /// The refusal as it is answered.
    pub(crate) fn reply(self) -> Reply {
        match self {
            // The check of the bearer's token answers before the model of errors applies.
            Self::Unauthorized => {
                let body = json!({"message": "Authorization has been denied for this request."});
                Reply::json(StatusCode::UNAUTHORIZED, body).with(WWW_AUTHENTICATE, "Bearer")
            }
            Self::Forbidden => error(StatusCode::FORBIDDEN, "you may not ask for this", None),
            Self::Method(methods) => {
                let methods = methods.join(", ");
                let message = format!("the path has only the methods {methods}");
                error(StatusCode::METHOD_NOT_ALLOWED, &message, None).with(ALLOW, methods)
            }
            Self::Wrong(message, fault) => error(StatusCode::BAD_REQUEST, &message, fault.as_ref()),
            Self::Missing(message) => error(StatusCode::NOT_FOUND, &message, None),
            Self::TooLarge => {
                let message = "the body is too large, or did not come";
                error(StatusCode::PAYLOAD_TOO_LARGE, message, None)
            }
            Self::TooMany(wait) => {
                let message = "too many requests; ask again later";
                error(StatusCode::TOO_MANY_REQUESTS, message, None).with(RETRY_AFTER, wait.to_string())
            }
            Self::Impossible(message) => error(StatusCode::UNPROCESSABLE_ENTITY, &message, None),
            Self::Failed(failure) => {
                tracing::error!(%failure, "the database failed");
                error(StatusCode::INTERNAL_SERVER_ERROR, "the database failed", None)
            }
        }
    }
}

impl From<Malformed> for Refusal {
    fn from(_: Malformed) -> Self {
        Self::Wrong("the address is not percent-encoded UTF-8".to_owned(), None)
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Query(problem) => Self::Wrong(
                problem.message,
                Some(Fault {
                    parameter: "zenQL",
                    position: problem.position,
                    length: problem.length,
                    expected: vec![problem.expected.to_owned()],
                }),
            ),
            other => Self::Failed(other),
        }
    }
}

/// The model of an error.
fn error(status: StatusCode, message: &str, fault: Option<&Fault>) -> Reply {
    let data = fault.map_or(Value::Null, |fault| {
        json!({
            "parameter": fault.parameter,
            "position": fault.position,
            "length": fault.length,
            "expected": fault.expected,
        })
    });
    Reply::json(
        status,
        json!({"logId": NO_LOG, "message": message, "data": data, "type": "error"}),
    )
}
