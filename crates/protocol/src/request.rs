//! The vendor's request for what is on screen, and what the directory answers to it.

use serde::{Deserialize, Serialize};

use crate::{CheckQuestion, GroupFilter, TreeOrder, UsersQuestion};

/// A vendor's request for what a screen shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestQuestion {
    /// What is shown.
    pub of: Shown,
    /// Whose request: a system by its name.
    pub system: String,
    /// Scheme and host of its server, which links in an answer begin with; empty where there is none.
    pub origin: String,
}

/// What a screen shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Shown {
    /// Users, or the members of a group, whatever the window.
    Users(UsersQuestion),
    /// The groups of a user.
    GroupsOf(String),
    /// The record of a user.
    User(String),
    /// A check.
    Check(CheckQuestion),
    /// The groups of the tree.
    Groups {
        /// Only groups whose name contains this.
        find: String,
        /// Only groups of this kind.
        only: Option<GroupFilter>,
        /// How siblings are ordered.
        order: TreeOrder,
    },
    /// The record of a group.
    Group(String),
}

/// A request and its answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestDetail {
    /// `GET` or `HEAD`.
    pub method: String,
    /// Path and query, encoded.
    pub url: String,
    /// The parameters, names and values decoded.
    pub parameters: Vec<(String, String)>,
    /// What the request leaves out of what is on screen; empty if it says all.
    pub lacks: Vec<Lack>,
    /// How its answer is to be read.
    pub reads: Reads,
    /// The status of the answer.
    pub status: u16,
    /// Its headers.
    pub headers: Vec<(String, String)>,
    /// Its body; none if there is none, as for a check.
    pub body: Option<Body>,
}

/// What a request leaves out of what is on screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Lack {
    /// Memberships through nesting.
    Nesting,
    /// That the members of other groups are taken away.
    Excluded,
    /// These conditions, each as a query.
    Conditions(Vec<String>),
    /// Some of the fields that are searched, or the whole search.
    Search,
    /// The order.
    Order,
    /// That only groups of one kind are listed.
    Only,
    /// Users who are suspended.
    Suspended,
}

/// How an answer is to be read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reads {
    /// It is what was asked for.
    #[default]
    Plainly,
    /// Its status is yes or no.
    Status,
    /// Its count is more than nothing for a yes.
    Count,
    /// One of these ids among its items is a yes.
    Among(Vec<String>),
}

/// A body, laid out for people.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Body {
    /// The first lines.
    pub text: String,
    /// How many lines come after them.
    pub more: u32,
    /// The size of the body as it is sent, in bytes.
    pub bytes: u32,
}
