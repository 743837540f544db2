//! What the console and its worker say to each other: plain data, written as bytes, one message a post.
//!
//! The console never holds the directory. It asks a [`Question`] and gets an answer that fits a screen; a newer question
//! of the same [`Topic`] overtakes an older one, whose answer never comes.

mod answer;
mod compare;
mod export;
mod finding;
mod keep;
mod mailbox;
mod managers;
mod matrix;
mod palette;
mod picture;
mod question;
mod request;
mod vendor;
mod verify;
mod what_if;
mod wire;

pub use answer::*;
pub use compare::*;
pub use export::*;
pub use finding::*;
pub use keep::*;
pub use mailbox::Mailbox;
pub use managers::*;
pub use matrix::*;
pub use palette::*;
pub use picture::*;
pub use question::*;
pub use request::*;
pub use vendor::*;
pub use verify::*;
pub use what_if::*;
pub use wire::{WireError, from_bytes, to_bytes};

use serde::{Deserialize, Serialize};

/// From the console to the worker. A file, or memory, travels beside the message, as it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ToWorker {
    /// Open what is kept of a directory on this device, or read it; the one that is open stays until this one is whole.
    Open(Source),
    /// The same, but read it from its source whatever is kept of it.
    Read(Source),
    /// Stop reading; the one that is open stays.
    Stop,
    /// Ask; answered by [`FromWorker::Answered`] with the same number, unless overtaken.
    Ask {
        /// The console's running number.
        number: u32,
        /// What a newer question overtakes.
        topic: Topic,
        /// What kind of question it is.
        kind: Kind,
        /// The question, as [`to_bytes`] writes it.
        question: Vec<u8>,
    },
    /// Do something with a vendor.
    Command(Vendor, Command),
    /// Are you there? Answered by [`FromWorker::Alive`].
    Ping,
    /// An answer may be put into the [`Mailbox`], whose memory travels beside the message.
    Mailbox,
}

/// From the worker to the console.
#[allow(clippy::large_enum_variant, reason = "a message is written at once and never kept")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum FromWorker {
    /// The worker has started, answers a ping, or has put an answer into the [`Mailbox`].
    Alive,
    /// How far reading has come.
    Progress(Progress),
    /// How far reading from a vendor has come.
    Reading(VendorProgress),
    /// How the vendor stands that is asked instead of being read, whenever that changes.
    Stands(Standing),
    /// What a test of a vendor found.
    Tested(Tested),
    /// A directory is open, and whatever was open before is gone.
    Opened(Opened),
    /// Nothing was opened; what was open stays.
    Refused(FileError),
    /// Reading was stopped on request; what was open stays.
    Stopped,
    /// Nothing is kept of it, and it cannot be read without a person: a file has to be chosen, or somebody to sign in.
    Needed {
        /// What was to be opened.
        source: Source,
        /// Why what is kept of it could not be opened.
        damage: Option<String>,
    },
    /// Nobody has asked anything for [`IDLE_MINUTES`]: credentials are forgotten, as after [`Command::SignOut`] for each
    /// vendor; but a reading keeps what it has, and waits for somebody to sign in.
    SignedOut,
    /// An answer.
    Answered {
        /// The number of the question.
        number: u32,
        /// How long the worker took, in microseconds.
        micros: u32,
        /// The answer, as [`to_bytes`] writes it, or what is wrong with the question.
        answer: Result<Vec<u8>, Problem>,
    },
}

/// Where a directory comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Source {
    /// The built-in sample.
    Sample {
        /// How many users, up to a million.
        users: u32,
    },
    /// A directory file; its bytes travel beside the message.
    File {
        /// Its name.
        name: String,
    },
    /// A vendor, who is read whole with the credentials of the last [`Command::SignIn`].
    Vendor(Vendor),
    /// A vendor who is not read: each question is put to it when it is asked, with the same credentials.
    Live(Vendor),
}

impl Source {
    /// The vendor, whether it is read or asked.
    #[must_use]
    pub fn vendor(&self) -> Option<&Vendor> {
        match self {
            Self::Vendor(vendor) | Self::Live(vendor) => Some(vendor),
            Self::Sample { .. } | Self::File { .. } => None,
        }
    }
}

impl Source {
    /// Whether both are the same directory; what a person calls a vendor does not matter.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Vendor(one), Self::Vendor(other)) => one.is_same(other),
            _ => self == other,
        }
    }
}

/// How far reading a directory has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// What is being done.
    pub stage: Stage,
    /// How much of it is done: bytes of a file, users of a sample, steps of an index.
    pub done: u64,
    /// Of how many.
    pub total: u64,
    /// Users so far.
    pub users: u64,
    /// Groups so far.
    pub groups: u64,
    /// Memberships so far.
    pub memberships: u64,
}

/// The stages of reading a directory, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Stage {
    /// Facts are read.
    Facts,
    /// The hierarchy and the sets are derived.
    Index,
}

/// A directory that was opened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Opened {
    /// Where it comes from.
    pub source: Source,
    /// What the vendor answers, where it is asked instead of being read: then only users and groups are counted here,
    /// and what else is counted is not known.
    pub asks: Option<Asks>,
    /// Users.
    pub users: u32,
    /// Groups.
    pub groups: u32,
    /// Direct memberships.
    pub memberships: u64,
    /// Nestings.
    pub nestings: u32,
    /// Groups at the top level.
    pub roots: u32,
    /// Critical findings.
    pub critical: u32,
    /// Whether the directory knows managers at all.
    pub knows_managers: bool,
    /// Facts that could not be used.
    pub unused: u32,
    /// What was not as it should be while a vendor was read.
    pub incidents: u32,
    /// Whether something is missing, so that each count may be too low.
    pub is_partial: bool,
    /// Size of the file in bytes; 0 where there is none.
    pub bytes: u64,
    /// Lines of the file; 0 where there is none.
    pub lines: u64,
    /// How long reading took, in milliseconds.
    pub millis: f64,
    /// When it was read from its source, in milliseconds since 1970.
    pub read_at: f64,
    /// Whether it was opened from what is kept of it on this device.
    pub is_kept: bool,
    /// Why what is kept of it could not be opened, so that it was read from its source.
    pub damage: Option<String>,
}

impl Opened {
    /// How many users there are, where that is known: a vendor that is asked may not tell.
    #[must_use]
    pub fn total_users(&self) -> Option<u32> {
        let is_told = self.asks.is_none_or(|asks| asks.totals);
        is_told.then_some(self.users)
    }
}

/// Why a file was refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileError {
    /// Its name.
    pub name: String,
    /// Whether the text is JSON, but not a directory.
    pub is_json: bool,
    /// Line of the place, from 1.
    pub line: u64,
    /// Column of the place, from 1, in characters.
    pub column: u64,
    /// What was expected, as words.
    pub expected: String,
    /// What was found, as words.
    pub found: String,
    /// The lines around the place.
    pub excerpt: Vec<ExcerptLine>,
}

/// A line of a file, to show.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExcerptLine {
    /// Its number, from 1.
    pub number: u64,
    /// Its text, cut where it is long.
    pub text: String,
}
