//! Why a request is refused, and the vendor's model of an error that says so.

use membership::json::excerpt;

use super::odata::FilterError;
use crate::answer::Response;
use crate::answer::target::Malformed;
use membership::json::Json;

/// Why a request is refused.
pub(super) struct Refusal {
    status: u16,
    code: &'static str,
    message: String,
}

impl Refusal {
    pub fn new(status: u16, code: &'static str, message: &str) -> Self {
        let message = message.to_owned();
        Self { status, code, message }
    }

    /// 400, something is wrong as it is written.
    pub fn bad(message: String) -> Self {
        Self {
            status: 400,
            code: "generic.invalidParams",
            message,
        }
    }

    /// 400, something is wrong with a filter.
    pub fn filter(code: &'static str, error: &FilterError) -> Self {
        let message = error.to_string();
        Self {
            status: 400,
            code,
            message,
        }
    }

    /// 404
    pub fn missing(message: String) -> Self {
        Self {
            status: 404,
            code: "generic.notFound",
            message,
        }
    }

    /// The vendor's error model. Nothing that is refused here is worth another try.
    pub fn response(self) -> Response {
        let mut json = Json::default();
        json.object().key("errorCode").text(self.code);
        json.key("message").text(&self.message);
        json.key("retryable").boolean(false).end();
        let response = Response::json(self.status, json.finish());
        match self.status {
            405 => response.with_header("Allow", &super::METHODS.join(", ")),
            _ => response,
        }
    }
}

impl From<Malformed> for Refusal {
    fn from(Malformed(text): Malformed) -> Self {
        Self::bad(format!("`{}` is not percent-encoded UTF-8", excerpt(&text)))
    }
}
