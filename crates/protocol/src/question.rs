//! What the console asks.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::{
    Aside, AsideQuestion, CompanionQuestion, CompareQuestion, Comparison, Completion, CutAnswer, CutQuestion,
    EntityName, ExportPiece, ExportQuestion, FindQuestion, FindingDetail, FindingListQuestion, FindingPage,
    FindingQuestion, FindingsQuestion, FindingsSummary, ForgetQuestion, Found, GroupDetail, GroupManagers,
    GroupManagersQuestion, HierarchyDetail, HierarchyList, HierarchyListQuestion, IncidentPage, IncidentReason,
    KeepFailure, KeepProgress, KeepQuestion, Kept, KeptQuestion, ManagersPage, ManagersQuestion, Matrix,
    MatrixQuestion, Offer, Overview, OverviewQuestion, Paths, Picture, PictureQuestion, RequestDetail, RequestQuestion,
    SortQuestion, Sorted, TreePage, UnusedPage, UserDetail, UsersPage, Verdict, Verification, VerificationQuestion,
    WhatIf, WhatIfQuestion,
};

/// What a newer question overtakes: one topic for each part of the screen that shows an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Topic {
    /// How many the saved views show.
    Counts,
    /// The tree of groups.
    Tree,
    /// The users, or the members of a group.
    Users,
    /// The group on screen.
    Group,
    /// The hierarchy tab of the group on screen.
    Hierarchy,
    /// The user on screen.
    User,
    /// The verdict on screen.
    Check,
    /// The comparison on screen.
    Compare,
    /// The picture on screen.
    Picture,
    /// The list in its place.
    HierarchyList,
    /// What is said beside it.
    Aside,
    /// What the palette finds.
    Find,
    /// The changes that are staged.
    WhatIf,
    /// The completion under a query.
    Completion,
    /// The paths of one row.
    Paths,
    /// Facts that could not be used.
    Unused,
    /// What was not as it should be while a vendor was read.
    Incidents,
    /// What an identifier field suggests.
    Suggestion,
    /// The names of groups of which only the ids are known.
    Names,
    /// Rows that are copied without being on screen.
    Copy,
    /// What is held against the vendor's own answer.
    Verification,
    /// What is kept on this device.
    Kept,
    /// The next step of keeping the open directory.
    Keep,
    /// What is to be forgotten.
    Forget,
    /// What the companion offers.
    Companion,
    /// The vendor's request for what is on screen.
    Request,
    /// Who manages what, or the managers of the group on screen.
    Managers,
    /// How many findings there are.
    Findings,
    /// The findings of a kind, or one of them.
    Finding,
    /// The nesting of a loop that takes least away.
    Cut,
    /// The pieces of a file.
    Export,
    /// Whose identifiers were pasted.
    Sort,
    /// How some users are in some groups.
    Matrix,
    /// The directory in numbers.
    Overview,
}

/// What is asked: plain data that a kind names, with an answer of its own type.
///
/// Each travels as bytes, so that only those who ask or answer it know how it and its answer are read.
pub trait Question: Serialize + DeserializeOwned + Clone + PartialEq + Send + Sync + 'static {
    /// What answers it.
    type Answer: Serialize + DeserializeOwned + Clone + PartialEq + Send + Sync + 'static;
    /// What it is told by.
    const KIND: Kind;
}

macro_rules! questions {
    ($($(#[$doc:meta])* $kind:ident($question:ident) -> $answer:ty;)*) => {
        /// The questions there are.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
        pub enum Kind {
            $($(#[$doc])* $kind,)*
        }

        $(impl Question for $question {
            type Answer = $answer;
            const KIND: Kind = Kind::$kind;
        })*
    };
}

questions! {
    /// A window of the users that match.
    Users(UsersQuestion) -> UsersPage;
    /// How many users some questions match, in their order; none for those that cannot be answered.
    Counts(CountsQuestion) -> Vec<Option<u32>>;
    /// A window of the tree of groups.
    Tree(TreeQuestion) -> TreePage;
    /// One group.
    Group(GroupQuestion) -> GroupDetail;
    /// What is above and below a group.
    Hierarchy(HierarchyQuestion) -> HierarchyDetail;
    /// One user.
    User(UserQuestion) -> UserDetail;
    /// Is a user in any of some groups?
    Check(CheckQuestion) -> Verdict;
    /// All minimal paths of one user to one group.
    Paths(PathsQuestion) -> Paths;
    /// What could stand at the caret of a query.
    Completion(CompletionQuestion) -> Completion;
    /// Whom a few letters mean.
    Suggestion(SuggestionQuestion) -> Vec<EntityName>;
    /// What two sides have in common.
    Compare(CompareQuestion) -> Comparison;
    /// What staged changes would do.
    WhatIf(WhatIfQuestion) -> WhatIf;
    /// Groups and users whose names hold a text.
    Find(FindQuestion) -> Found;
    /// A group's hierarchy as a picture.
    Picture(PictureQuestion) -> Picture;
    /// The same as rows of a tree.
    HierarchyList(HierarchyListQuestion) -> HierarchyList;
    /// What there is to say of a group beside a hierarchy.
    Aside(AsideQuestion) -> Aside;
    /// The facts that could not be used.
    Unused(UnusedQuestion) -> UnusedPage;
    /// What was not as it should be while a vendor was read.
    Incidents(IncidentsQuestion) -> IncidentPage;
    /// An answer held against the vendor's own.
    Verification(VerificationQuestion) -> Verification;
    /// What is kept on this device.
    Kept(KeptQuestion) -> Result<Vec<Kept>, KeepFailure>;
    /// The next step of keeping the open directory.
    Keep(KeepQuestion) -> Result<KeepProgress, KeepFailure>;
    /// What is still kept, after something was forgotten.
    Forget(ForgetQuestion) -> Result<Vec<Kept>, KeepFailure>;
    /// What the companion offers to connect to; none if it does not say.
    Companion(CompanionQuestion) -> Option<Vec<Offer>>;
    /// The vendor's request for what is on screen, and the answer to it.
    Request(RequestQuestion) -> RequestDetail;
    /// Who manages a group.
    GroupManagers(GroupManagersQuestion) -> GroupManagers;
    /// Who manages what.
    Managers(ManagersQuestion) -> ManagersPage;
    /// How many findings there are.
    Findings(FindingsQuestion) -> FindingsSummary;
    /// A window of the findings of one kind.
    FindingList(FindingListQuestion) -> FindingPage;
    /// One finding.
    Finding(FindingQuestion) -> Option<FindingDetail>;
    /// Which nesting of a loop takes least away.
    Cut(CutQuestion) -> Option<CutAnswer>;
    /// A piece of a file.
    Export(ExportQuestion) -> ExportPiece;
    /// Which identifiers are users', and which are groups'.
    Sort(SortQuestion) -> Sorted;
    /// How some users are in some groups.
    Matrix(MatrixQuestion) -> Matrix;
    /// The directory in numbers.
    Overview(OverviewQuestion) -> Overview;
}

/// One group: its facts and counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupQuestion {
    /// A group identifier.
    pub group: String,
}

/// What a group is nested in, what it contains, and how deep it goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HierarchyQuestion {
    /// A group identifier.
    pub group: String,
}

/// One user with all groups, each with its path.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserQuestion {
    /// A user identifier.
    pub user: String,
}

/// Is the user in any of the groups?
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckQuestion {
    /// A user identifier.
    pub user: String,
    /// Group identifiers.
    pub groups: Vec<String>,
}

/// All minimal paths of one user to one group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PathsQuestion {
    /// A user identifier.
    pub user: String,
    /// A group identifier.
    pub group: String,
    /// How many at the most.
    pub limit: u32,
}

/// What could stand at the caret of a query over users.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompletionQuestion {
    /// The query so far.
    pub text: String,
    /// The caret, in characters from 0.
    pub caret: u32,
}

/// Users or groups whose name begins so, or has a word that does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SuggestionQuestion {
    /// What to look among.
    pub among: Entity,
    /// The text so far.
    pub text: String,
    /// How many at the most.
    pub limit: u32,
}

/// A window of the facts that could not be used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnusedQuestion {
    /// Only those of this reason.
    pub reason: Option<UnusedReason>,
    /// The first row.
    pub offset: u32,
    /// How many rows.
    pub limit: u32,
}

/// A window of what was not as it should be while a vendor was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IncidentsQuestion {
    /// Only those of this reason.
    pub reason: Option<IncidentReason>,
    /// The first row.
    pub offset: u32,
    /// How many rows.
    pub limit: u32,
}

/// A user or a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Entity {
    /// A user.
    User,
    /// A group.
    Group,
}

/// Which users, in which order, and which rows of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UsersQuestion {
    /// The members of this group; all users without one.
    pub group: Option<String>,
    /// With the members of all descendant groups.
    pub include_inherited: bool,
    /// Nobody who is a member of these, directly or through nesting.
    pub excluded_groups: Vec<String>,
    /// The query.
    pub zenql: String,
    /// Contains, in first name, last name, username or email.
    pub q: String,
    /// Field ids separated by commas, `-` before one for descending.
    pub order: String,
    /// The first row.
    pub offset: u32,
    /// How many rows.
    pub limit: u32,
}

/// How many users match each of these questions, whatever their windows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountsQuestion {
    /// The questions.
    pub of: Vec<UsersQuestion>,
}

/// Which rows of the tree of groups. The worker keeps what is open.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TreeQuestion {
    /// What to open, close or look for first.
    pub change: Option<TreeChange>,
    /// Only groups whose name contains this, with their ancestors.
    pub find: String,
    /// Only groups of this kind, with their ancestors.
    pub only: Option<GroupFilter>,
    /// How siblings are ordered.
    pub order: TreeOrder,
    /// The first row.
    pub offset: u32,
    /// How many rows.
    pub limit: u32,
}

/// What is done in the tree before its rows are told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TreeChange {
    /// Open the row of this key.
    Open(String),
    /// Close the row of this key.
    Close(String),
    /// Open the row of this key and all its siblings.
    OpenSiblings(String),
    /// Close everything.
    CloseAll,
    /// Open whatever hides this group.
    Reveal(String),
    /// Reveal the next row after this one, round the tree as it is open, whose group's name begins so, without case.
    Next {
        /// The row, from 0.
        after: u32,
        /// How the name begins.
        begins: String,
    },
}

/// Groups of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum GroupFilter {
    /// In a cycle.
    Cycle,
    /// With members and no manager.
    NoManager,
    /// With nobody, directly or inherited.
    Empty,
}

/// How siblings are ordered; ties by name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum TreeOrder {
    /// Most members first.
    #[default]
    Total,
    /// Most direct members first.
    Direct,
    /// By name.
    Name,
}

/// Why a fact could not be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum UnusedReason {
    /// No user has the id.
    UnknownUser,
    /// No group has the id.
    UnknownGroup,
    /// Said before.
    Twice,
    /// An item without an id.
    NoId,
    /// Another user, or another group, has the id.
    SameId,
    /// A group nested in itself.
    InItself,
    /// A manager who is not a member.
    NotAMember,
    /// A value that is none for its field.
    Value,
}
