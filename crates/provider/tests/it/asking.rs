//! Asking: a directory from a file's text, a request by its URL, an answer as JSON.

use membership::directory::Directory;
use membership::json::read;
use provider::answer::{Call, Caller, answer};
use serde_json::Value;

/// What time it is whenever anything is asked: 2025-04-01T12:30:45.678Z.
pub const NOW: i64 = 1_743_510_645_678;

/// Who asks, before it is known of which directory.
pub enum Someone {
    Nobody,
    Administrator,
    /// The user of an id.
    User(&'static str),
}

pub fn nobody() -> Someone {
    Someone::Nobody
}

pub fn administrator() -> Someone {
    Someone::Administrator
}

pub fn somebody(id: &'static str) -> Someone {
    Someone::User(id)
}

/// An answer, its body read.
pub struct Answer {
    pub status: u16,
    pub content_type: String,
    /// The methods that would be allowed.
    pub allow: Option<String>,
    /// Null where there is none.
    pub body: Value,
}

/// The directory of a file, all of which can be used.
#[track_caller]
pub fn directory(text: &str) -> Directory {
    let directory = read(text.as_bytes()).unwrap_or_else(|error| panic!("{error}: {text}"));
    assert_eq!(directory.unused(), [], "{text}");
    directory
}

#[track_caller]
pub fn get(directory: &Directory, caller: &Someone, url: &str) -> Answer {
    ask(directory, "GET", caller, url)
}

#[track_caller]
pub fn ask(directory: &Directory, method: &str, caller: &Someone, url: &str) -> Answer {
    let caller = match caller {
        Someone::Nobody => Caller::Nobody,
        Someone::Administrator => Caller::Administrator,
        Someone::User(id) => Caller::User(directory.user_by_id(id).expect("the caller is a user")),
    };
    let call = Call {
        method,
        url,
        caller,
        now: NOW,
    };
    let response = answer(directory, &call);
    let header = |name: &str| {
        let mut headers = response.headers.iter();
        headers
            .find(|(other, _)| *other == name)
            .map(|(_, value)| value.clone())
    };
    let body = response.body.as_deref().map(serde_json::from_str);
    Answer {
        status: response.status,
        content_type: header("Content-Type").unwrap_or_default(),
        allow: header("Allow"),
        body: body.transpose().expect("a body is JSON").unwrap_or_default(),
    }
}

/// A value of a parameter, every byte of it encoded.
pub fn encode(value: &str) -> String {
    value.bytes().map(|byte| format!("%{byte:02X}")).collect()
}
