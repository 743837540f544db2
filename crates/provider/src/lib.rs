//! The vendors' documented endpoints as data: requests go out, answers come in, and no IO is done here.

pub mod answer;
pub mod companion;
pub mod connection;
pub mod contensis;
pub mod error;
mod exchange;
pub mod incident;
pub mod inquiry;
pub mod load;
mod wire;
pub mod wording;

use std::fmt::Write;

/// A request to a documented endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// `GET` or `HEAD`; `PUT` or `DELETE` for a change, which is only ever shown.
    pub method: &'static str,
    /// Path and query, percent-encoded.
    pub url: String,
}

/// A URL that is being written: a path of encoded segments, then parameters; those that are empty are left out.
struct Url {
    text: String,
    has_query: bool,
}

impl Url {
    fn new(path: &str) -> Self {
        Self {
            text: path.to_owned(),
            has_query: false,
        }
    }

    fn segment(mut self, text: &str) -> Self {
        self.text.push('/');
        self.encode(text);
        self
    }

    /// A segment that is a list: each item is encoded, the commas between them are not.
    fn segment_list(mut self, items: &[String]) -> Self {
        for (place, item) in items.iter().enumerate() {
            self.text.push(if place == 0 { '/' } else { ',' });
            self.encode(item);
        }
        self
    }

    fn literal(mut self, path: &str) -> Self {
        self.text.push_str(path);
        self
    }

    fn parameter(mut self, name: &str, value: &str) -> Self {
        if !value.is_empty() {
            self.text.push(if self.has_query { '&' } else { '?' });
            self.has_query = true;
            self.text.push_str(name);
            self.text.push('=');
            self.encode(value);
        }
        self
    }

    /// Everything but the characters that RFC 3986 calls unreserved, and `@`, which the documentation leaves as it is.
    fn encode(&mut self, text: &str) {
        for byte in text.bytes() {
            if byte.is_ascii_alphanumeric() || b"-._~@".contains(&byte) {
                self.text.push(char::from(byte));
            } else {
                let _ = write!(self.text, "%{byte:02X}");
            }
        }
    }

    fn get(self) -> Request {
        Request {
            method: "GET",
            url: self.text,
        }
    }

    fn head(self) -> Request {
        Request {
            method: "HEAD",
            url: self.text,
        }
    }

    fn put(self) -> Request {
        Request {
            method: "PUT",
            url: self.text,
        }
    }

    fn delete(self) -> Request {
        Request {
            method: "DELETE",
            url: self.text,
        }
    }
}
