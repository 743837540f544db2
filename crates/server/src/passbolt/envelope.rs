//! What every answer wears, the good ones and the errors.

use axum::http::StatusCode;
use axum::http::header::{ALLOW, RETRY_AFTER};
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Builder;

use super::Call;
use crate::reply::Reply;
use crate::store::{StoreError, stand_in};
use crate::target::Malformed;

/// Why a request is refused.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// A status and one line.
    Plain(u16, String),
    /// 400: what was sent is not valid; which rules it breaks, by field.
    Invalid(Value),
    /// 405: the path has other methods.
    Method(&'static [&'static str]),
    /// 429: too many requests; ask again after so many seconds.
    TooMany(u32),
    /// 500: the database failed.
    Failed(StoreError),
}

impl Refusal {
    pub(crate) fn new(status: u16, message: &str) -> Self {
        Self::Plain(status, message.to_owned())
    }

    /// 400, something is wrong as it is written.
    pub(super) fn bad(message: String) -> Self {
        Self::Plain(400, message)
    }
}

impl From<Malformed> for Refusal {
    fn from(_: Malformed) -> Self {
        Self::new(400, "The address is not percent-encoded UTF-8.")
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        Self::Failed(error)
    }
}

/// The body of an answer, written, and the numbers of its page where it is one.
pub(super) struct Body {
    json: String,
    pagination: Option<Pagination>,
}

/// Which page of how many items an answer is.
#[derive(Clone, Copy, Debug, Serialize)]
pub(super) struct Pagination {
    pub(super) count: i64,
    pub(super) page: i64,
    pub(super) limit: Option<i64>,
}

impl Body {
    pub(super) fn of(body: &impl Serialize) -> Self {
        Self {
            json: written(body),
            pagination: None,
        }
    }

    pub(super) fn paged(self, pagination: Pagination) -> Self {
        Self {
            pagination: Some(pagination),
            ..self
        }
    }
}

/// The header of an answer.
#[derive(Serialize)]
struct Header<'a> {
    id: String,
    status: &'static str,
    servertime: i64,
    action: String,
    message: &'a str,
    url: String,
    code: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    pagination: Option<Pagination>,
}

/// The answer to what has been done.
pub(super) fn success(call: &Call<'_>, action: &str, body: &Body) -> Reply {
    let mut header = header(call, action, StatusCode::OK, "The operation was successful.");
    header.pagination = body.pagination;
    enveloped(StatusCode::OK, &header, &body.json)
}

/// Both parts are written already: large bodies are not copied into a tree.
fn enveloped(status: StatusCode, header: &Header<'_>, body: &str) -> Reply {
    let header = written(header);
    Reply {
        body: Some(format!(r#"{{"header":{header},"body":{body}}}"#)),
        ..Reply::empty(status)
    }
}

fn written(value: &impl Serialize) -> String {
    // Writing fails only for maps whose keys are no texts; there are none.
    serde_json::to_string(value).unwrap_or_default()
}

/// The answer to what is refused.
pub(super) fn refused(call: &Call<'_>, action: &str, refusal: Refusal) -> Reply {
    let (status, message, body, extra) = match refusal {
        Refusal::Plain(status, message) => (status, message, json!(""), None),
        Refusal::Invalid(body) => (400, "Could not validate group data.".to_owned(), body, None),
        Refusal::Method(methods) => {
            let allowed = Some((ALLOW, methods.join(", ")));
            (405, "Method Not Allowed".to_owned(), json!(""), allowed)
        }
        Refusal::TooMany(wait) => {
            let after = Some((RETRY_AFTER, wait.to_string()));
            (429, "Too Many Requests".to_owned(), json!(""), after)
        }
        Refusal::Failed(failure) => {
            tracing::error!(%failure, "the database failed");
            (500, "An Internal Error Has Occurred.".to_owned(), json!(""), None)
        }
    };
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let header = header(call, action, status, &message);
    let reply = enveloped(status, &header, &written(&body));
    match extra {
        Some((name, value)) => reply.with(name, value),
        None => reply,
    }
}

fn header<'a>(call: &Call<'_>, action: &str, status: StatusCode, message: &'a str) -> Header<'a> {
    let mut random = [0; 16];
    // The id tells answers apart in a log. Without chance it does not, which is no reason to answer nothing.
    let _ = getrandom::fill(&mut random);
    let url = match call.query {
        Some(query) => format!("{}?{query}", call.path),
        None => call.path.to_owned(),
    };
    Header {
        id: Builder::from_random_bytes(random).into_uuid().to_string(),
        status: if status.is_success() { "success" } else { "error" },
        servertime: call.now.div_euclid(1_000),
        action: stand_in::named(action),
        message,
        url,
        code: status.as_u16(),
        pagination: None,
    }
}
