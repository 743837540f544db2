//! Reading from a vendor: which one and as whom, how far it is, what it waits for, and what was not as it should be.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Which directory of a vendor is meant. Nothing in it is a secret: it is shown, kept and sent to colleagues.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vendor {
    /// Whose endpoints are spoken to, by the name that the provider gives them.
    pub system: String,
    /// What stands before each path: an origin, or a path on our own; empty for our own origin.
    pub base: String,
    /// What the person calls it.
    pub name: String,
}

impl Vendor {
    /// Whether both are of one system at one address; what a person calls them does not matter.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        self.system == other.system && self.base == other.base
    }
}

/// A text that is never printed, and lives in memory alone.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Secret(pub String);

impl fmt::Debug for Secret {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Secret(…)")
    }
}

/// What proves who asks. It travels in a message of its own, and the worker keeps it in memory alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Credentials {
    /// Nothing: a gateway adds what it holds.
    Held,
    /// Those that the companion granted, which the worker has read: see [`CompanionQuestion`](crate::CompanionQuestion).
    Granted,
    /// A token, as it was pasted.
    Token(Secret),
    /// A client id and its secret, which are exchanged for tokens.
    Client {
        /// The id.
        id: String,
        /// The secret.
        secret: Secret,
    },
    /// A key and its secret, sent with each request.
    Key {
        /// The key.
        key: String,
        /// The secret.
        secret: Secret,
    },
}

/// After so many minutes in which nobody asks anything, the worker forgets the credentials of all vendors.
pub const IDLE_MINUTES: u32 = 30;

/// What is done with a vendor that is, or is to be, read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Command {
    /// Keep these credentials for it; a reading that waits for them goes on.
    SignIn(Credentials),
    /// Forget its credentials; a reading of it ends as if it were stopped.
    SignOut,
    /// Ask for the first page of each list, and say what came: [`FromWorker::Tested`](crate::FromWorker::Tested).
    Test,
    /// Send nothing more until told to go on.
    Pause,
    /// Go on where it was paused.
    GoOn,
    /// Open what was read so far; it is partial.
    Finish,
}

/// What a vendor answers who is asked instead of being read; what it does not answer needs the whole directory.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asks {
    /// Queries; without them, a search by a few letters.
    pub queries: bool,
    /// Users in the order of a field.
    pub orders: bool,
    /// Groups in groups, members through nesting, and members without those of other groups.
    pub nesting: bool,
    /// How many users a group names, in the list of groups.
    pub counts: bool,
    /// When a user signed in last.
    pub logins: bool,
    /// How many users there are; without that, so many are known to be there.
    pub totals: bool,
}

/// The lists that a directory is read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum List {
    /// Users.
    Users,
    /// Groups.
    Groups,
    /// The child groups of each group.
    Children,
    /// The members of each group.
    Members,
}

/// How far a list has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListProgress {
    /// Which list.
    pub list: List,
    /// Users, groups, nestings or memberships so far.
    pub items: u64,
    /// Parts that are done: items, or groups whose list is done.
    pub done: u64,
    /// Of how many, once that is known.
    pub total: Option<u64>,
    /// Items a second, from when the first came to when the last did.
    pub per_second: u32,
}

/// What a reading from a vendor is doing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Standing {
    /// It reads.
    Reading,
    /// A person paused it.
    Paused,
    /// It leaves the server alone for a while.
    Waiting {
        /// Until when, in milliseconds since 1970.
        until: u64,
        /// Because of this.
        failure: Failure,
        /// How often it was tried.
        tries: u32,
    },
    /// Nobody is signed in, because of this: it goes on with [`Command::SignIn`].
    SignedOut(Failure),
}

/// How far a reading from a vendor has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VendorProgress {
    /// Each list, in order.
    pub lists: Vec<ListProgress>,
    /// What it is doing.
    pub standing: Standing,
    /// How many requests were sent.
    pub requests: u32,
    /// How many incidents there are.
    pub incidents: u32,
    /// The newest of them, at most a few, the newest first.
    pub latest: Vec<Incident>,
}

/// What a test of a vendor found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tested {
    /// Which vendor.
    pub vendor: Vendor,
    /// Why nobody could be signed in.
    pub refusal: Option<Failure>,
    /// What came of each list.
    pub lists: Vec<ListProgress>,
    /// What was not as it should be.
    pub incidents: Vec<Incident>,
}

/// Why a request was not answered as it should be, by what a person can do about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Failure {
    /// Sign in again.
    SignIn,
    /// Ask for the right to read this.
    Forbidden,
    /// It is not there.
    Missing,
    /// Wait: the server has too much to do.
    Busy {
        /// How long it wants to be left alone, in milliseconds, where it says so.
        retry_after: Option<u64>,
    },
    /// The server refuses for good.
    Refused {
        /// In its own words.
        reason: String,
    },
    /// The answer cannot be read.
    Unreadable {
        /// What was found in place of what was expected.
        what: String,
    },
    /// No answer came.
    Offline,
}

/// Something that was not as it should be while a vendor was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Incident {
    /// In which list.
    pub list: List,
    /// About which group, where the list is of one: its name, or its id where no name is known.
    pub group: Option<String>,
    /// What it is.
    pub kind: IncidentKind,
    /// Whether something is missing because of it.
    pub loses: bool,
}

/// What was not as it should be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum IncidentKind {
    /// A part could not be read at all.
    Lost(Failure),
    /// A list was not read, or not to its end, because a person opened what was there.
    Unread,
    /// A page has the items of an earlier one; pages count from 0.
    Repeats {
        /// Which page.
        page: u32,
        /// Which one it repeats.
        earlier: u32,
    },
    /// The total changed while pages were read.
    TotalChanged {
        /// What it was.
        from: u64,
        /// What it became.
        to: u64,
    },
    /// Other than the total items came.
    Counted {
        /// How many came.
        came: u64,
        /// How many were announced.
        total: u64,
    },
    /// A link to the next page leads to another server or list; it was not followed.
    Elsewhere {
        /// Where it leads.
        link: String,
    },
    /// A link to the next page leads back; it was not followed.
    Circle {
        /// Where it leads.
        link: String,
    },
    /// An item without an id, which was not used.
    NoId {
        /// The item, shortened.
        item: String,
    },
    /// A field of another type; the rest of its item was used.
    Type {
        /// The item's id.
        id: String,
        /// The field.
        field: String,
        /// What it should be.
        expected: String,
        /// What it is, shortened.
        found: String,
    },
}

/// What was not as it should be, in a word, to filter by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum IncidentReason {
    /// A part could not be read.
    Lost,
    /// A list was not read to its end, because a person opened what was there.
    Unread,
    /// A page came twice.
    Repeats,
    /// Other than the announced total came, or that changed.
    Counted,
    /// A link to the next page leads elsewhere or back.
    Link,
    /// An item without an id.
    NoId,
    /// A field of another type.
    Type,
}

impl IncidentKind {
    /// The word for it.
    #[must_use]
    pub const fn reason(&self) -> IncidentReason {
        match self {
            Self::Lost(_) => IncidentReason::Lost,
            Self::Unread => IncidentReason::Unread,
            Self::Repeats { .. } => IncidentReason::Repeats,
            Self::TotalChanged { .. } | Self::Counted { .. } => IncidentReason::Counted,
            Self::Elsewhere { .. } | Self::Circle { .. } => IncidentReason::Link,
            Self::NoId { .. } => IncidentReason::NoId,
            Self::Type { .. } => IncidentReason::Type,
        }
    }
}

/// Some of what was not as it should be: what loses something first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct IncidentPage {
    /// How many there are of the reason asked about; all of them without one.
    pub total: u32,
    /// How many lose something, whatever the reason.
    pub losing: u32,
    /// How many there are of each reason, the most frequent first.
    pub reasons: Vec<(IncidentReason, u32)>,
    /// The rows.
    pub rows: Vec<Incident>,
}
