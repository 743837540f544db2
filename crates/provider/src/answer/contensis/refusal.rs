//! Why a request is refused, and the documented model of an error that says so.

use membership::json::{Json, excerpt};
use membership::query::QueryError;

use crate::answer::Response;
use crate::answer::target::Malformed;

/// The id of the log's entry about an error: nothing here keeps a log, which the nil UUID says.
const NO_LOG: &str = "00000000-0000-0000-0000-000000000000";

/// Why a request is refused.
#[derive(Debug)]
pub(super) enum Refusal {
    /// Nobody is signed in.
    Unauthorized,
    /// The caller may not ask.
    Forbidden,
    /// The path has other methods.
    Method(&'static [&'static str]),
    /// The request is wrong as it is written.
    Wrong(String, Option<Fault>),
    /// What is asked for is not there.
    Missing(String),
}

/// What is wrong with a parameter: where, in characters from 0 of its decoded value, and what could stand there.
#[derive(Debug)]
pub(super) struct Fault {
    parameter: &'static str,
    position: u32,
    length: u32,
    expected: Vec<String>,
}

impl Refusal {
    /// A parameter's whole value is wrong.
    pub fn wrong(parameter: &'static str, value: &str, expected: &str, message: &str) -> Self {
        let fault = Fault {
            parameter,
            position: 0,
            length: value.chars().count() as u32,
            expected: vec![expected.to_owned()],
        };
        Self::Wrong(message.to_owned(), Some(fault))
    }

    /// A part of a parameter's value is wrong.
    pub fn query(parameter: &'static str, error: QueryError) -> Self {
        let message = error.message();
        let fault = Fault {
            parameter,
            position: error.position,
            length: error.length,
            expected: error.expected,
        };
        Self::Wrong(message, Some(fault))
    }

    /// There is no such thing.
    pub fn missing(what: &str, identifier: &str) -> Self {
        Self::Missing(format!("there is no {what} `{}`", excerpt(identifier)))
    }

    /// The refusal as it is answered.
    pub fn response(self) -> Response {
        match self {
            // The check of the bearer's token answers before the model of errors applies.
            Self::Unauthorized => {
                let mut json = Json::default();
                json.object().key("message");
                json.text("Authorization has been denied for this request.").end();
                Response::json(401, json.finish()).with_header("WWW-Authenticate", "Bearer")
            }
            Self::Forbidden => error(403, "you may not ask for this", None),
            Self::Method(methods) => {
                let methods = methods.join(", ");
                let message = format!("the path has only the methods {methods}");
                error(405, &message, None).with_header("Allow", &methods)
            }
            Self::Wrong(message, fault) => error(400, &message, fault.as_ref()),
            Self::Missing(message) => error(404, &message, None),
        }
    }
}

impl From<Malformed> for Refusal {
    fn from(Malformed(text): Malformed) -> Self {
        Self::Wrong(format!("`{}` is not percent-encoded UTF-8", excerpt(&text)), None)
    }
}

/// The model of an error.
fn error(status: u16, message: &str, fault: Option<&Fault>) -> Response {
    let mut json = Json::default();
    json.object().key("logId").text(NO_LOG);
    json.key("message").text(message).key("data");
    match fault {
        Some(fault) => {
            json.object().key("parameter").text(fault.parameter);
            json.key("position").number(fault.position.into());
            json.key("length").number(fault.length.into());
            json.key("expected").list();
            for expected in &fault.expected {
                json.text(expected);
            }
            json.end_list().end();
        }
        None => {
            json.literal("null");
        }
    }
    json.key("type").text("error").end();
    Response::json(status, json.finish())
}
