//! What the worker answers.

use serde::{Deserialize, Serialize};

use crate::{Entity, Failure, UnusedReason};

/// What is wrong with a question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Problem {
    /// A parameter cannot be read.
    Query(QueryProblem),
    /// Nothing has this identifier.
    Unknown {
        /// A user or a group.
        entity: Entity,
        /// What was asked for.
        identifier: String,
    },
    /// No directory is open yet.
    NotOpen,
    /// The part of the engine that answers did not arrive.
    NotFetched,
    /// What the engine was asked or has answered cannot be read by the other side.
    NotRead,
    /// The vendor that is asked has no answer to this: it takes the whole directory.
    NeedsWhole(Need),
    /// The vendor that is asked did not answer as it should.
    Vendor(Failure),
}

/// What takes the whole directory, where a vendor is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Need {
    /// A query of a vendor who takes none, or one with fields of the console's own.
    Query,
    /// An order that the vendor does not know.
    Order,
    /// Members without those of other groups, of a vendor who knows no such request.
    Exclude,
    /// Groups by a search or a kind that the vendor does not know.
    Groups,
    /// What is above a group, and all that is below.
    Hierarchy,
    /// The paths by which somebody is in a group.
    Paths,
    /// Whatever else no vendor is asked.
    Other,
}

/// A parameter that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueryProblem {
    /// `zenQL`, `order` or `excludedGroups`.
    pub parameter: String,
    /// Where, in characters from 0.
    pub position: u32,
    /// How many characters.
    pub length: u32,
    /// One line, the user's words in backticks.
    pub message: String,
    /// What could stand there instead of what was found.
    pub suggestion: Option<String>,
}

/// The name of a user or a group, and how to find it again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntityName {
    /// Its id.
    pub id: String,
    /// What it is called: never empty.
    pub name: String,
    /// A second word, such as a username or a description.
    pub detail: String,
}

/// The name of a group, and how to find it again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupName {
    /// Its id.
    pub id: String,
    /// What it is called: never empty.
    pub name: String,
}

/// The state of a user.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum UserStatus {
    /// Neither of the others.
    #[default]
    Active,
    /// May not sign in; beats locked.
    Suspended,
    /// Locked out.
    Locked,
}

/// Some rows of all that match.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct UsersPage {
    /// The first row's place among all that match, from 0.
    pub offset: u32,
    /// How many match.
    pub total: u32,
    /// Whether there may be more than that: a vendor that is asked may not tell how many match.
    pub goes_on: bool,
    /// How many there are before the query: all users, or the members asked about; none where that is not known.
    pub of: Option<u32>,
    /// The rows.
    pub rows: Vec<UserRow>,
    /// Texts that a name was searched for, to underline.
    pub marks: Vec<String>,
    /// The one group that the query asks membership of, whose path the rows carry.
    pub explained: Option<GroupName>,
    /// What else could be asked, each with the number it would leave.
    pub facets: Vec<Facet>,
    /// The request that the vendor was asked, where it is asked instead of being read.
    pub request: HttpRequest,
}

/// A condition to add, and how many would be left.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facet {
    /// Which.
    pub kind: FacetKind,
    /// The condition, as a query.
    pub zenql: String,
    /// How many would be left.
    pub count: u32,
}

/// The conditions that are offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FacetKind {
    /// Active users.
    Active,
    /// Suspended users.
    Suspended,
    /// Locked users.
    Locked,
    /// Administrators of the directory.
    Administrators,
    /// Managers of at least one group.
    Managers,
    /// Users in no group.
    InNoGroup,
}

/// One user in a list.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct UserRow {
    /// The id.
    pub id: String,
    /// What the user is called: never empty.
    pub name: String,
    /// The username.
    pub username: String,
    /// The email.
    pub email: String,
    /// The state.
    pub status: UserStatus,
    /// The last login, in milliseconds since 1970 in UTC.
    pub last_login: Option<f64>,
    /// Whether the user manages the group asked about, or any group where none is.
    pub is_manager: bool,
    /// Whether the user is an administrator of the directory.
    pub is_administrator: bool,
    /// How many groups name the user, where that is known.
    pub direct_groups: Option<u32>,
    /// How many groups the user is in, directly or inherited, where that is known.
    pub groups: Option<u32>,
    /// Why the user is in the group asked about, where that is known.
    pub why: Option<Why>,
    /// What else is told of the user, in lists alone.
    pub facts: UserFacts,
}

/// What a list can tell of a user beside who it is. Texts are empty and moments none where they are not told; moments are in
/// milliseconds since 1970 in UTC.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct UserFacts {
    /// The first name.
    pub first_name: String,
    /// The last name.
    pub last_name: String,
    /// The language, such as `en-GB`.
    pub language: String,
    /// The time zone, such as `Europe/London`.
    pub timezone: String,
    /// When the record was made.
    pub created: Option<f64>,
    /// When it was last changed.
    pub modified: Option<f64>,
    /// When the account ends.
    pub expiry: Option<f64>,
}

/// Why a user is in a group, in a row.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Why {
    /// The group names the user.
    pub direct: bool,
    /// The names of the shortest path through nesting, downwards: from just below the group asked about to the
    /// group that names the user; empty if there is none.
    pub via: Vec<String>,
    /// How many minimal paths there are beside the one told, capped at 100.
    pub more: u32,
}

/// Some rows of the tree.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TreePage {
    /// The first row's place among all rows, from 0.
    pub offset: u32,
    /// How many rows there are.
    pub total: u32,
    /// How many groups match; all of them without a filter.
    pub matches: u32,
    /// The rows.
    pub rows: Vec<TreeRow>,
    /// The row of the group that was to be revealed.
    pub revealed: Option<u32>,
    /// How many groups each filter would leave, where that is known: in a cycle, without a manager, empty.
    pub filters: Option<[u32; 3]>,
}

/// One row of the tree.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TreeRow {
    /// The group.
    pub id: String,
    /// What the row is opened and closed by: the group's id, or the row's place where a group may stand in several.
    pub key: String,
    /// What it is called.
    pub name: String,
    /// What the row stands for.
    pub place: TreePlace,
    /// 1 at the top.
    pub level: u16,
    /// Whether it is open; none if nothing is in it.
    pub expanded: Option<bool>,
    /// Its place among its siblings, from 1.
    pub position: u32,
    /// How many siblings there are.
    pub siblings: u32,
    /// Direct members, where that is known.
    pub direct: Option<u32>,
    /// All members, where that is known.
    pub total: Option<u32>,
    /// Whether someone is known to manage it.
    pub has_manager: bool,
    /// Whether it is known to be in a cycle.
    pub in_cycle: bool,
    /// How many other groups are known to contain it.
    pub also_under: u32,
    /// Kept only because something below it matches.
    pub is_ancestor: bool,
}

/// What a row of the tree stands for: each group stands once, under its largest parent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum TreePlace {
    /// The group itself.
    #[default]
    Here,
    /// A group that is above already: the row closes a cycle.
    Back,
    /// A group that stands under another parent.
    Elsewhere,
}

/// One group.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct GroupDetail {
    /// The id.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// The description.
    pub description: String,
    /// Direct members, where that is known.
    pub direct: Option<u32>,
    /// All members, where that is known.
    pub total: Option<u32>,
    /// Managers, where that is known.
    pub managers: Option<u32>,
    /// Direct children, where that is known.
    pub children: Option<u32>,
    /// Direct parents, where that is known.
    pub parents: Option<u32>,
    /// The names of the groups of its cycle in order, itself first; empty if none is known.
    pub cycle: Vec<GroupName>,
}

/// Above and below one group.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct HierarchyDetail {
    /// The group.
    pub group: GroupName,
    /// All members of the group.
    pub total: u32,
    /// Direct members of the group.
    pub direct: u32,
    /// The direct parents, by name.
    pub parents: Vec<GroupBrief>,
    /// The direct children, the largest first.
    pub children: Vec<GroupBrief>,
    /// How many children there are; more than listed where there are very many.
    pub children_total: u32,
    /// How many groups stand 1, 2, 3, … levels below, each at its longest way.
    pub levels: Vec<u32>,
    /// How many groups are below.
    pub below: u32,
}

/// A group in a short list.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct GroupBrief {
    /// The id.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// The description.
    pub description: String,
    /// Direct members.
    pub direct: u32,
    /// All members.
    pub total: u32,
    /// Managers.
    pub managers: u32,
    /// Whether it is in a cycle with the group asked about.
    pub in_cycle: bool,
}

/// One user with all groups.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct UserDetail {
    /// The row that lists show.
    pub user: UserRow,
    /// The record, each field with its value, in the order of the documentation.
    pub fields: Vec<(String, String)>,
    /// The groups that name the user, by name.
    pub direct: Vec<DirectGroup>,
    /// The groups that are inherited, by name; at most a thousand.
    pub inherited: Vec<InheritedGroup>,
    /// How many are inherited.
    pub inherited_total: u32,
    /// The groups that the user manages, by name.
    pub manages: Vec<GroupName>,
    /// The request that the vendor was asked for the groups, where it is asked instead of being read.
    pub request: HttpRequest,
}

/// A group that names the user.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DirectGroup {
    /// The group.
    pub group: GroupName,
    /// Its description.
    pub description: String,
    /// Whether the user manages it.
    pub is_manager: bool,
    /// Whether the user manages it, and nobody else does.
    pub is_only_manager: bool,
    /// Whether the user is known to be in it through nesting too.
    pub also_inherited: bool,
    /// Groups that it brings along, the nearest first; at most 20.
    pub brings: Vec<GroupName>,
    /// How many groups it brings along, where that is known.
    pub brings_total: Option<u32>,
    /// Whether it is in a cycle.
    pub in_cycle: bool,
}

/// A group that the user is in through nesting.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct InheritedGroup {
    /// The group.
    pub group: GroupName,
    /// The shortest path, upwards: from the group that names the user to this one; empty where it is not known.
    pub path: Vec<PathStep>,
    /// How many minimal paths there are, capped at 100; 0 where that is not known.
    pub ways: u32,
}

/// One group of a path.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PathStep {
    /// The group.
    pub group: GroupName,
    /// Whether the step to this group goes round a cycle.
    pub in_cycle: bool,
}

/// Paths of one user to one group.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Paths {
    /// The user.
    pub user: UserRow,
    /// The group.
    pub group: GroupName,
    /// Upwards, from the group that names the user to the group asked about; the shortest first.
    pub paths: Vec<Vec<PathStep>>,
    /// How many there are, capped at 100.
    pub ways: u32,
}

/// Is the user in any of the groups?
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Verdict {
    /// The user.
    pub user: UserRow,
    /// Each group asked about, in the order asked.
    pub groups: Vec<GroupVerdict>,
    /// The place in `groups` of the one that the verdict is told about: a direct one, else one with the shortest path.
    pub best: Option<u32>,
    /// For a no: paths that one added direct membership would complete, the least first.
    pub nearest: Vec<Nearest>,
    /// How many of those there are.
    pub nearest_total: u32,
    /// How many groups the user is in, where that is known.
    pub groups_of_user: Option<u32>,
    /// The vendor's own request for the same, and what it would answer.
    pub request: HttpRequest,
    /// 204 or 404; 200 where a vendor answers with a list of groups.
    pub status: u16,
}

/// One group of a check.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct GroupVerdict {
    /// As it was asked.
    pub asked: String,
    /// The group; none if nothing has the identifier.
    pub group: Option<GroupName>,
    /// Whether the group names the user.
    pub direct: bool,
    /// Whether the user is in it through nesting (alone, or too).
    pub inherited: bool,
    /// The shortest path, upwards; empty for a no, and where it is not known.
    pub path: Vec<PathStep>,
    /// How many minimal paths there are, capped at 100; 0 where that is not known.
    pub ways: u32,
}

/// What would make a no a yes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Nearest {
    /// Upwards; the user is not in the first one.
    pub path: Vec<PathStep>,
    /// The groups beside those of the path that the first one would bring along, at most 20.
    pub brings: Vec<GroupName>,
    /// How many.
    pub brings_total: u32,
    /// Who manages the first one: names, at most 3.
    pub managers: Vec<String>,
}

/// What could stand at the caret of a query.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Completion {
    /// The characters from here…
    pub from: u32,
    /// …to here are replaced by what is accepted.
    pub to: u32,
    /// Suggestions, best first, those of one title together.
    pub suggestions: Vec<Suggestion>,
}

/// One suggestion.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Suggestion {
    /// What it is.
    pub kind: SuggestionKind,
    /// What is inserted.
    pub insert: String,
    /// A few words about it; empty if none are needed.
    pub about: String,
    /// How many users it would leave, where that is known.
    pub count: Option<u32>,
}

/// What a suggestion is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum SuggestionKind {
    /// A field.
    #[default]
    Field,
    /// An operator or a keyword.
    Operator,
    /// A value.
    Value,
    /// A group.
    Group,
}

/// Some of the facts that could not be used.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct UnusedPage {
    /// The first row's place, from 0.
    pub offset: u32,
    /// How many rows there are.
    pub total: u32,
    /// How many there are of each reason.
    pub reasons: Vec<(UnusedReason, u32)>,
    /// The rows, by line.
    pub rows: Vec<UnusedFact>,
}

/// A fact that could not be used.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UnusedFact {
    /// The line of the file; 0 where there is no file.
    pub line: u64,
    /// What the file says.
    pub says: String,
    /// Why it was not used.
    pub reason: UnusedReason,
    /// The id that nothing has.
    pub id: String,
    /// The line where it was said before; 0 if that does not apply.
    pub before: u64,
}

/// A request to a vendor's documented endpoint.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HttpRequest {
    /// `GET` or `HEAD`.
    pub method: String,
    /// Path and query, encoded.
    pub url: String,
}
