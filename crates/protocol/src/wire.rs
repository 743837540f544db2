//! Messages as bytes: positional, so that neither names nor a reader of names travel or are compiled.
//!
//! Both sides are built together and served together; there are no versions.

use std::error::Error;
use std::fmt;

use serde::Serialize;
use serde::de::DeserializeOwned;

/// Bytes that are no message, or a message and more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WireError;

impl fmt::Display for WireError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a message that cannot be read")
    }
}

impl Error for WireError {}

/// A message, a question or an answer as bytes. Cost: O(length).
#[must_use]
pub fn to_bytes(message: &impl Serialize) -> Vec<u8> {
    // Only a list of unknown length cannot be written, and messages hold none.
    postcard::to_allocvec(message).unwrap_or_default()
}

/// Reads a message, a question or an answer.
///
/// # Errors
/// If the bytes are none of this type, or more than one. Cost: O(length).
pub fn from_bytes<M: DeserializeOwned>(bytes: &[u8]) -> Result<M, WireError> {
    match postcard::take_from_bytes(bytes) {
        Ok((message, [])) => Ok(message),
        _ => Err(WireError),
    }
}
