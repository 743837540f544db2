//! Messages as bytes: positional, so that neither names nor a reader of names travel or are compiled.
//!
//! Both sides are built together and served together; there are no versions.

use std::error::Error;
use std::fmt;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::{FromWorker, ToWorker};

/// Bytes that are no message, or a message and more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WireError;

impl fmt::Display for WireError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a message that cannot be read")
    }
}

impl Error for WireError {}

impl ToWorker {
    /// The message as bytes. Cost: O(length).
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        write(self)
    }

    /// Reads a message.
    ///
    /// # Errors
    /// If the bytes are no message. Cost: O(length).
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, WireError> {
        read(bytes)
    }
}

impl FromWorker {
    /// The message as bytes. Cost: O(length).
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        write(self)
    }

    /// Reads a message.
    ///
    /// # Errors
    /// If the bytes are no message. Cost: O(length).
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, WireError> {
        read(bytes)
    }
}

fn write(message: &impl Serialize) -> Vec<u8> {
    // Only a list of unknown length cannot be written, and messages hold none.
    postcard::to_allocvec(message).unwrap_or_default()
}

fn read<M: DeserializeOwned>(bytes: &[u8]) -> Result<M, WireError> {
    match postcard::take_from_bytes(bytes) {
        Ok((message, [])) => Ok(message),
        _ => Err(WireError),
    }
}
