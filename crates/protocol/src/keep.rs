//! What is kept on this device, and what the companion offers: questions that need no open directory.

use serde::{Deserialize, Serialize};

use crate::{Source, Vendor};

/// What is kept on this device?
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptQuestion {}

/// A step of keeping the directory that is open. Each writes some mebibytes; whoever does not ask on does not keep.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeepQuestion {
    /// Which.
    pub step: KeepStep,
}

/// A step of keeping a directory. What was kept of it before stays until the last one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum KeepStep {
    /// Begin.
    Begin,
    /// Write the next part.
    GoOn,
    /// Leave it, and take away what was written.
    Stop,
}

/// Forget something that is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForgetQuestion {
    /// What.
    pub what: Forgotten,
}

/// What is to be forgotten.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Forgotten {
    /// All that is kept of a directory.
    Source(Source),
    /// What is kept under a [`Kept::key`].
    Key(String),
}

/// Something that is kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Kept {
    /// What it is told by.
    pub key: String,
    /// How many bytes it takes.
    pub bytes: u64,
    /// When it was kept, in milliseconds since 1970.
    pub kept_at: f64,
    /// What it is, or why that cannot be read.
    pub directory: Result<KeptDirectory, String>,
}

/// A directory that is kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeptDirectory {
    /// Where it comes from.
    pub source: Source,
    /// When it was read from there, in milliseconds since 1970.
    pub read_at: f64,
    /// Users.
    pub users: u32,
    /// Whether something is missing in it.
    pub is_partial: bool,
}

/// How far keeping has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeepProgress {
    /// Bytes so far.
    pub done: u64,
    /// Of how many.
    pub total: u64,
    /// Whether it is kept.
    pub is_whole: bool,
}

/// Why nothing is kept, or not forgotten.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum KeepFailure {
    /// The browser gives no storage, as in a private window.
    Refused,
    /// There is no room.
    Full {
        /// How many bytes it takes.
        needed: u64,
        /// How many there are, where the browser says so.
        free: Option<u64>,
    },
    /// Another tab is keeping it at this moment.
    Busy,
    /// Another directory was opened meanwhile, or none is open.
    Changed,
    /// The part of the engine that keeps did not arrive.
    NotFetched,
    /// Something else, in the browser's words.
    Other {
        /// The words.
        reason: String,
    },
}

/// What does the companion offer? Its answer stays with the worker as far as it is secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompanionQuestion {}

/// A directory that the companion offers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// Which.
    pub vendor: Vendor,
    /// What it takes to enter.
    pub access: Access,
}

/// What it takes to enter a directory that the companion offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Access {
    /// Nothing: the companion granted credentials, which the worker has.
    Granted,
    /// Nothing: a gateway adds what it holds.
    Held,
    /// A person's own credentials.
    Asked,
}
