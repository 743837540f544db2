//! What a screen shows, worded as a vendor's documented request: exactly, or the nearest there is, with what that leaves out.

mod contensis;
mod passbolt;
mod term;
mod tulip;

use membership::directory::Directory;
use membership::entity::{GroupIndex, UserIndex};
use membership::query::{OrderTerm, Query};

use crate::Request;
use crate::connection::System;

/// How many items a page has, where a vendor would send everything or has another default.
const PAGE: &str = "25";

/// What a screen shows.
#[derive(Clone, Copy, Debug)]
pub enum View<'a> {
    /// All users, or the members of a group.
    Users(UserList<'a>),
    /// The groups of a user, directly and through nesting.
    GroupsOf(UserIndex),
    /// The record of a user.
    User(UserIndex),
    /// Is a user in any of some groups?
    Check(Check<'a>),
    /// All groups.
    Groups(GroupList<'a>),
    /// The record of a group.
    Group(GroupIndex),
}

/// Which users a screen lists, and in which order.
#[derive(Clone, Copy, Debug)]
pub struct UserList<'a> {
    /// The members of this group; all users without one.
    pub group: Option<GroupIndex>,
    /// With the members of all descendant groups.
    pub include_inherited: bool,
    /// Nobody who is a member of these.
    pub excluded: &'a [GroupIndex],
    /// The query as it is written.
    pub zenql: &'a str,
    /// The same, read.
    pub query: &'a Query,
    /// Quick search.
    pub q: &'a str,
    /// Field ids as they are written; empty for the order of the query, or else by name.
    pub order: &'a str,
    /// What they mean, or what takes their place.
    pub terms: &'a [OrderTerm],
}

/// Who is asked about, and which groups: as they are written, for an unknown group is none of a user's.
#[derive(Clone, Copy, Debug)]
pub struct Check<'a> {
    /// The user as written.
    pub identifier: &'a str,
    /// Whom that means.
    pub user: UserIndex,
    /// The groups as written.
    pub groups: &'a [String],
}

/// Which groups a screen lists, and in which order.
#[derive(Clone, Copy, Debug)]
pub struct GroupList<'a> {
    /// Contains, in the name.
    pub find: &'a str,
    /// Only some of them.
    pub only: Option<GroupKind>,
    /// How they are ordered; ties by name.
    pub order: GroupOrder,
}

/// Groups that are listed alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupKind {
    /// In a cycle.
    Cycle,
    /// With members and no manager.
    NoManager,
    /// With nobody, directly or inherited.
    Empty,
}

/// What groups are ordered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupOrder {
    /// All members, the most first.
    Total,
    /// Direct members, the most first.
    Direct,
    /// The name.
    Name,
}

/// A request for what a screen shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wording {
    /// The request.
    pub request: Request,
    /// What it leaves out; empty if it says all.
    pub lacks: Vec<Lack>,
    /// How its answer is to be read.
    pub reads: Reads,
}

/// What a request leaves out of what a screen shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lack {
    /// Memberships through nesting: the vendor has none.
    Nesting,
    /// That the members of other groups are taken away.
    Excluded,
    /// Conditions that the vendor has no words for, each as a query.
    Conditions(Vec<String>),
    /// Some of the fields that are searched, or the whole search.
    Search,
    /// The order.
    Order,
    /// That only groups of one kind are listed.
    Only,
    /// Users who are suspended, whom the vendor lists apart from the others.
    Suspended,
}

/// How an answer is to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reads {
    /// It is what was asked for.
    Plainly,
    /// Its status is yes or no.
    Status,
    /// Its count is more than nothing for a yes.
    Count,
    /// One of these ids among its items is a yes.
    Among(Vec<String>),
}

impl Wording {
    fn exact(request: Request) -> Self {
        Self::lacking(request, Vec::new())
    }

    fn lacking(request: Request, lacks: Vec<Lack>) -> Self {
        Self {
            request,
            lacks,
            reads: Reads::Plainly,
        }
    }
}

/// The request by which a vendor is asked for what a screen shows, or for the nearest that it can be asked for.
///
/// Cost: O(length of the query); where the vendor lists suspended users apart, O(users) to know whether there are any.
#[must_use]
pub fn wording(directory: &Directory, system: System, view: &View<'_>) -> Wording {
    match system {
        System::Contensis => contensis::wording(directory, view),
        System::Tulip => tulip::wording(directory, view),
        System::Passbolt => passbolt::wording(directory, view),
    }
}

/// Whether a group has members through nesting that it would not have alone.
fn nests(directory: &Directory, group: GroupIndex) -> bool {
    !directory.hierarchy().children(group).is_empty()
}

/// Whether a user is in groups through nesting.
fn inherits(directory: &Directory, user: UserIndex) -> bool {
    directory.inherited_group_count(user) > 0
}
