//! What every answer wears, the good ones and the errors.

use super::id;
use super::pages::Pages;
use crate::answer::target::Malformed;
use crate::answer::{Call, Response};
use membership::json::Json;

/// Why a request is refused.
pub(super) struct Refusal {
    status: u16,
    message: String,
}

impl Refusal {
    pub fn new(status: u16, message: &str) -> Self {
        let message = message.to_owned();
        Self { status, message }
    }

    /// 400, something is wrong as it is written.
    pub fn bad(message: String) -> Self {
        let status = 400;
        Self { status, message }
    }
}

impl From<Malformed> for Refusal {
    fn from(Malformed(text): Malformed) -> Self {
        Self::bad(format!("`{text}` is not percent-encoded UTF-8"))
    }
}

/// What the header of an answer says about its request.
pub(super) struct Envelope<'a> {
    call: &'a Call<'a>,
    /// Path and query.
    url: &'a str,
    action: &'static str,
}

impl<'a> Envelope<'a> {
    /// The envelope of an action, of a URL that may begin with an origin.
    pub fn new(call: &'a Call<'a>, origin: &str, action: &'static str) -> Self {
        let url = call.url.split('#').next().unwrap_or_default();
        let url = url.strip_prefix(origin).unwrap_or(url);
        Self { call, url, action }
    }

    /// An answer that lacks nothing but its body and the end of the object.
    pub fn opened(&self, pages: Option<(Pages, u32)>) -> Json {
        let mut json = Json::default();
        self.header(&mut json, 200, "The operation was successful.");
        if let Some((pages, count)) = pages {
            json.key("pagination").object().key("count").number(u64::from(count));
            json.key("page").number(u64::from(pages.page)).key("limit");
            match pages.limit {
                Some(limit) => json.number(u64::from(limit)),
                None => json.literal("null"),
            };
            json.end();
        }
        json.end().key("body");
        json
    }

    /// The answer to a request that is refused.
    pub fn refused(&self, refusal: &Refusal) -> Response {
        let mut json = Json::default();
        self.header(&mut json, refusal.status, &refusal.message);
        json.end().key("body").text("").end();
        let response = Response::json(refusal.status, json.finish());
        match refusal.status {
            405 => response.with_header("Allow", &super::METHODS.join(", ")),
            _ => response,
        }
    }

    /// Opens the answer and its header.
    fn header(&self, json: &mut Json, status: u16, message: &str) {
        let Call {
            method, caller, now, ..
        } = self.call;
        // The vendor draws an id for each request by lot; here it is made of what the request is.
        let request = id::named(&format!("request.id.{now}.{caller:?}.{method}.{}", self.url));
        json.object().key("header").object();
        json.key("id").text(&request.to_string());
        json.key("status").text(if status < 400 { "success" } else { "error" });
        // A clock before 1970 is a negative number, which is written as it stands.
        json.key("servertime").literal(&now.div_euclid(1_000).to_string());
        json.key("action").text(&id::named(self.action).to_string());
        json.key("message").text(message);
        json.key("url").text(self.url);
        json.key("code").number(u64::from(status));
    }
}
