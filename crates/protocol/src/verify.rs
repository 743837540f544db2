//! Holding an answer against the vendor's own: what is asked, how far it is, and which rows differ.

use serde::{Deserialize, Serialize};

use crate::{CheckQuestion, Entity, EntityName, Failure, HttpRequest, Incident, UserQuestion, UsersQuestion};

/// Which answer is held against the vendor's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Subject {
    /// The users that match, of a group or of all; the window does not matter.
    Users(UsersQuestion),
    /// All groups of a user.
    User(UserQuestion),
    /// Whether a user is in any of some groups, and in which.
    Check(CheckQuestion),
}

/// Begins to verify, or looks how far it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VerificationQuestion {
    /// What is verified; none where what was is no longer on screen, so that it ends.
    pub subject: Option<Subject>,
    /// A number for each time that a person wishes it: another one begins anew.
    pub attempt: u32,
    /// Whether it is to be stopped.
    pub stop: bool,
    /// A number for each look, so that it is another question.
    pub look: u32,
}

/// How far a verification is, and in the end what it found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Verification {
    /// What it is doing, or how it ended.
    pub standing: Verifying,
    /// Pages, or checks, that came.
    pub pages: u32,
    /// Of how many, once that is known.
    pub of_pages: Option<u32>,
    /// Rows that came.
    pub rows: u64,
    /// How many rows the vendor says that there are.
    pub total: Option<u64>,
    /// When it began, in milliseconds since 1970.
    pub began: u64,
    /// How long it has taken, in milliseconds.
    pub millis: u32,
    /// What the vendor could not be asked, so that it was not compared.
    pub left_out: Vec<LeftOut>,
    /// What was not as it should be; the first ones.
    pub incidents: Vec<Incident>,
    /// How many requests were sent.
    pub requests: u32,
    /// The first of them, in their order.
    pub sent: Vec<SentRequest>,
    /// The first body that came, as it came, or its beginning.
    pub answer: String,
    /// How many bytes came in all.
    pub bytes: u64,
}

/// What a verification is doing, or how it ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Verifying {
    /// It asks.
    Asks,
    /// It leaves the server alone for a while.
    Waits {
        /// Until when, in milliseconds since 1970.
        until: u64,
        /// Because of this.
        failure: Failure,
        /// How often it was tried.
        tries: u32,
    },
    /// A person stopped it, or what was verified is no longer open.
    Stopped,
    /// The directory that is open was not read from a vendor.
    NoServer,
    /// Nobody has signed in to the vendor since the page was loaded.
    NobodySignedIn,
    /// Nobody is signed in any more, because of this.
    SignedOut(Failure),
    /// Nothing that could be compared came, because of this.
    Failed(Failure),
    /// The answers were compared.
    Compared(CrossCheck),
}

/// A part of a question that a vendor's endpoint cannot be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LeftOut {
    /// Membership through nesting: the vendor's groups do not nest.
    Nesting,
    /// Groups whose members are to be left out.
    Exclusion,
    /// The query: the vendor knows no ZenQL.
    Query,
    /// The query, which speaks of what only the console knows.
    OwnQuery,
    /// Quick search.
    Search,
    /// The order.
    Order,
}

/// A request as it was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentRequest {
    /// The request; its URL without what stands before each path.
    pub request: HttpRequest,
    /// The status of the answer; none where none came, or has not come yet.
    pub status: Option<u16>,
    /// How long the answer took, in milliseconds.
    pub millis: u32,
    /// How long its body is.
    pub bytes: u64,
}

/// Two answers, row by row.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CrossCheck {
    /// Rows of our answer; of a check the groups that have the user.
    pub here: u32,
    /// Rows of the vendor's.
    pub there: u32,
    /// Rows that only ours has; not told where a part of the vendor's did not come.
    pub only_here: u32,
    /// Rows that only the vendor's has.
    pub only_there: u32,
    /// Rows of both that say something else.
    pub otherwise: u32,
    /// The first of all these.
    pub differences: Vec<Difference>,
    /// The first row, from 1, at which the order differs; the rows are the same then.
    pub order_from: Option<u32>,
    /// Whether the order was compared.
    pub is_ordered: bool,
    /// Rows that came more than once.
    pub repeated: u32,
    /// Whether the vendor's answer came whole.
    pub is_whole: bool,
    /// Of a check: whether the user is in any of the groups, here and there.
    pub verdict: Option<(bool, bool)>,
}

impl CrossCheck {
    /// Whether both have the same rows, which say the same.
    #[must_use]
    pub fn agrees(&self) -> bool {
        let differing = self.only_here + self.only_there + self.otherwise;
        self.is_whole && differing == 0 && self.verdict.is_none_or(|(here, there)| here == there)
    }
}

/// A row that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// How.
    pub kind: DifferenceKind,
    /// What the row is about.
    pub entity: Entity,
    /// Whom or what.
    pub name: EntityName,
    /// Whether the directory that is open has it.
    pub is_known: bool,
}

/// How a row differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DifferenceKind {
    /// Only our answer has it.
    OnlyHere,
    /// Only the vendor's has it.
    OnlyThere,
    /// Both have it: a manager here and not there.
    ManagerHere,
    /// Both have it: a manager there and not here.
    ManagerThere,
}
