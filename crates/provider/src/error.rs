//! What goes wrong with a vendor, named by what a person can do about it.

use std::error::Error;
use std::fmt;

/// Why a request was not answered as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProviderError {
    /// Sign in again: there is no valid token, and none could be had.
    SignIn,
    /// Ask for the right to read this.
    Forbidden,
    /// It is not there.
    Missing,
    /// Wait: the server has too much to do.
    Busy {
        /// How long it wants to be left alone, in milliseconds, where it says so.
        retry_after: Option<i64>,
    },
    /// The server refuses the request for good.
    Refused {
        /// The status, and the server's own words where it has some.
        reason: String,
    },
    /// The answer cannot be read.
    Unreadable {
        /// What was found in place of what was expected.
        what: String,
    },
    /// No answer came: no network, no such server, or a browser that forbids it.
    Offline,
}

impl fmt::Display for ProviderError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SignIn => out.write_str("the server wants a new sign-in"),
            Self::Forbidden => out.write_str("the server does not let this account read it"),
            Self::Missing => out.write_str("it is not there"),
            Self::Busy { .. } => out.write_str("the server is too busy"),
            Self::Refused { reason } => write!(out, "the server refused: {reason}"),
            Self::Unreadable { what } => write!(out, "the answer cannot be read: {what}"),
            Self::Offline => out.write_str("no answer came"),
        }
    }
}

impl Error for ProviderError {}
