//! Answers every question of the console from one directory, and keeps what the next question is likely to need.

mod check;
mod compare;
mod complete;
mod cut;
mod export;
mod find;
mod findings;
mod group;
mod hierarchy;
mod incidents;
mod managers;
mod matrix;
mod names;
mod overview;
mod paths;
mod picture;
mod request;
mod tree;
mod unused;
mod user;
mod users;
mod verify;
mod what_if;

use membership::directory::Directory;
use membership::entity::{GroupIndex, UserIndex};
use membership::query::QueryError;
use protocol::{
    CheckQuestion, Completion, CompletionQuestion, CountsQuestion, CutQuestion, Entity, EntityName,
    FindingListQuestion, FindingQuestion, FindingsQuestion, GroupDetail, GroupManagers, GroupManagersQuestion,
    GroupQuestion, HierarchyDetail, HierarchyQuestion, Incident, IncidentPage, IncidentsQuestion, Kind, ManagersPage,
    ManagersQuestion, Opened, OverviewQuestion, Paths, PathsQuestion, Problem, QueryProblem, Question, RequestDetail,
    RequestQuestion, Source, SuggestionQuestion, TreePage, TreeQuestion, UnusedPage, UnusedQuestion, UserDetail,
    UserQuestion, UsersPage, UsersQuestion, Verdict,
};

pub use compare::answer_comparison;
pub(crate) use complete::complete;
use cut::Weighing;
use export::Exporting;
pub use export::answer_export;
pub use find::answer_find;
use findings::{Earlier, Inspection};
use hierarchy::HierarchyDesk;
use managers::Managers;
pub use matrix::answer_matrix;
pub use picture::answer_picture;
use tree::TreeDesk;
pub(crate) use users::ORDER;
use users::{Facets, Listing, Typed};
pub use verify::Comparing;
pub use what_if::answer_what_if;

/// A directory that is open, with what was worked out for the screen.
pub struct Desk {
    directory: Directory,
    tree: TreeDesk,
    list: Option<HierarchyDesk>,
    facets: Option<Facets>,
    listing: Option<Listing>,
    typed: Typed,
    managers: Option<Managers>,
    /// What was not as it should be while it was read.
    incidents: Vec<Incident>,
    /// The findings, as far as they were looked for.
    inspection: Option<Box<Inspection>>,
    /// What was found in the reading before.
    earlier: Option<Earlier>,
    /// The loop whose nestings are weighed.
    weighing: Option<Weighing>,
    overview: Option<protocol::Overview>,
    /// The file that is being written.
    exporting: Option<Exporting>,
}

impl Desk {
    /// Opens a directory that was read from a vendor, with what was not as it should be. Cost: that of [`Self::new`], and
    /// O(i log i) for i incidents.
    #[must_use]
    pub fn with_incidents(directory: Directory, incidents: Vec<Incident>) -> Self {
        let mut desk = Self::new(directory);
        desk.take_incidents(incidents);
        desk
    }

    /// Opens a directory that was kept with its incidents, as [`Self::all_incidents`] told them. Cost: that of [`Self::new`].
    #[must_use]
    pub fn reopened(directory: Directory, incidents: Vec<Incident>) -> Self {
        Self {
            incidents,
            ..Self::new(directory)
        }
    }

    /// The directory.
    #[must_use]
    pub fn directory(&self) -> &Directory {
        &self.directory
    }

    /// Opens a directory. Cost: that of the tree, O(g log g + n) for g groups and n nestings.
    #[must_use]
    pub fn new(directory: Directory) -> Self {
        Self {
            tree: TreeDesk::new(&directory),
            directory,
            list: None,
            facets: None,
            listing: None,
            typed: Typed::default(),
            managers: None,
            incidents: Vec::new(),
            inspection: None,
            earlier: None,
            weighing: None,
            overview: None,
            exporting: None,
        }
    }

    /// Takes over what was found in the reading of the same directory before this one, to tell what is new; where that was
    /// not looked at whole, what it had taken over itself. Cost: O(1).
    pub fn follow(&mut self, before: Self) {
        let known = before.inspection.and_then(|inspection| inspection.known());
        self.earlier = known.or(before.earlier);
    }

    /// What the console is told of the directory; how large its file was, and when it was read, is not filled in.
    #[must_use]
    pub fn opened(&self, source: Source) -> Opened {
        let directory = &self.directory;
        Opened {
            source,
            asks: None,
            users: directory.user_count(),
            groups: directory.group_count(),
            memberships: directory.membership_count(),
            nestings: directory.nesting_count() as u32,
            roots: directory.hierarchy().roots().len() as u32,
            critical: directory.critical_count(),
            knows_managers: directory.knows_managers(),
            unused: directory.unused().len() as u32,
            incidents: self.incidents.len() as u32,
            is_partial: self.incidents.iter().any(|incident| incident.loses),
            bytes: 0,
            lines: 0,
            millis: 0.0,
            read_at: 0.0,
            is_kept: false,
            damage: None,
        }
    }

    /// Answers what the first screen asks as [`answer_list`] does, and nothing else: so this needs little code.
    ///
    /// # Errors
    /// Says what is wrong with the question.
    pub fn answer_first(&mut self, kind: Kind, question: &[u8]) -> Option<Result<Vec<u8>, Problem>> {
        match kind {
            Kind::Users => match protocol::from_bytes::<UsersQuestion>(question) {
                Ok(question) => Some(self.all_users(&question)?.map(|page| protocol::to_bytes(&page))),
                Err(_) => Some(Err(Problem::NotRead)),
            },
            Kind::Tree => Some(answered::<TreeQuestion>(self, question, 0)),
            Kind::Group => Some(answered::<GroupQuestion>(self, question, 0)),
            _ => None,
        }
    }

    /// Answers a question. `now` is in milliseconds since 1970, in UTC.
    ///
    /// # Errors
    /// Says what is wrong with the question.
    pub fn ask<Q: Ask>(&mut self, question: &Q, now: i64) -> Result<Q::Answer, Problem> {
        question.answer(self, now)
    }

    fn find_user(&self, identifier: &str) -> Result<UserIndex, Problem> {
        let found = self.directory.find_user(identifier);
        found.ok_or_else(|| unknown(Entity::User, identifier))
    }

    fn find_group(&self, identifier: &str) -> Result<GroupIndex, Problem> {
        find_group(&self.directory, identifier)
    }
}

/// A question that a desk answers.
pub trait Ask: Question {
    /// Answers it; `now` is in milliseconds since 1970, in UTC.
    ///
    /// # Errors
    /// Says what is wrong with the question.
    fn answer(&self, desk: &mut Desk, now: i64) -> Result<Self::Answer, Problem>;
}

/// What answers questions of some kinds, from bytes to bytes; the last is now, in milliseconds since 1970, in UTC.
pub type Answerer = fn(&mut Desk, Kind, &[u8], i64) -> Result<Vec<u8>, Problem>;

/// Answers what lists of users and groups ask, and those who type.
///
/// # Errors
/// Says what is wrong with the question.
pub fn answer_list(desk: &mut Desk, kind: Kind, question: &[u8], now: i64) -> Result<Vec<u8>, Problem> {
    match kind {
        Kind::Users => answered::<UsersQuestion>(desk, question, now),
        Kind::Counts => answered::<CountsQuestion>(desk, question, now),
        Kind::Tree => answered::<TreeQuestion>(desk, question, now),
        Kind::Group => answered::<GroupQuestion>(desk, question, now),
        Kind::Completion => answered::<CompletionQuestion>(desk, question, now),
        Kind::Suggestion => answered::<SuggestionQuestion>(desk, question, now),
        _ => Err(Problem::NotRead),
    }
}

/// Answers what the screens of one user, one group, a check and a connection ask.
///
/// # Errors
/// Says what is wrong with the question.
pub fn answer_detail(desk: &mut Desk, kind: Kind, question: &[u8], now: i64) -> Result<Vec<u8>, Problem> {
    match kind {
        Kind::Hierarchy => answered::<HierarchyQuestion>(desk, question, now),
        Kind::User => answered::<UserQuestion>(desk, question, now),
        Kind::Check => answered::<CheckQuestion>(desk, question, now),
        Kind::Paths => answered::<PathsQuestion>(desk, question, now),
        Kind::Unused => answered::<UnusedQuestion>(desk, question, now),
        Kind::Incidents => answered::<IncidentsQuestion>(desk, question, now),
        Kind::GroupManagers => answered::<GroupManagersQuestion>(desk, question, now),
        Kind::Managers => answered::<ManagersQuestion>(desk, question, now),
        _ => Err(Problem::NotRead),
    }
}

/// Answers what the vendors' requests for the screens are, and what is answered to them.
///
/// # Errors
/// Says what is wrong with the question.
pub fn answer_request(desk: &mut Desk, kind: Kind, question: &[u8], now: i64) -> Result<Vec<u8>, Problem> {
    match kind {
        Kind::Request => answered::<RequestQuestion>(desk, question, now),
        _ => Err(Problem::NotRead),
    }
}

/// Answers what the screens of findings and of the whole directory ask.
///
/// # Errors
/// Says what is wrong with the question.
pub fn answer_findings(desk: &mut Desk, kind: Kind, question: &[u8], now: i64) -> Result<Vec<u8>, Problem> {
    match kind {
        Kind::Findings => answered::<FindingsQuestion>(desk, question, now),
        Kind::FindingList => answered::<FindingListQuestion>(desk, question, now),
        Kind::Finding => answered::<FindingQuestion>(desk, question, now),
        Kind::Cut => answered::<CutQuestion>(desk, question, now),
        Kind::Overview => answered::<OverviewQuestion>(desk, question, now),
        _ => Err(Problem::NotRead),
    }
}

fn answered<Q: Ask>(desk: &mut Desk, question: &[u8], now: i64) -> Result<Vec<u8>, Problem> {
    let question: Q = protocol::from_bytes(question).map_err(|_| Problem::NotRead)?;
    question.answer(desk, now).map(|answer| protocol::to_bytes(&answer))
}

impl Ask for UsersQuestion {
    fn answer(&self, desk: &mut Desk, now: i64) -> Result<UsersPage, Problem> {
        desk.users(self, now)
    }
}

impl Ask for CountsQuestion {
    /// Cost: that of each question, without its rows.
    fn answer(&self, desk: &mut Desk, now: i64) -> Result<Vec<Option<u32>>, Problem> {
        let count = |of: &UsersQuestion| users::count(&desk.directory, of, now).ok();
        Ok(self.of.iter().map(count).collect())
    }
}

impl Ask for TreeQuestion {
    fn answer(&self, desk: &mut Desk, _now: i64) -> Result<TreePage, Problem> {
        Ok(desk.tree.page(&desk.directory, self))
    }
}

impl Ask for GroupQuestion {
    fn answer(&self, desk: &mut Desk, _now: i64) -> Result<GroupDetail, Problem> {
        Ok(desk.group(desk.find_group(&self.group)?))
    }
}

impl Ask for HierarchyQuestion {
    fn answer(&self, desk: &mut Desk, _now: i64) -> Result<HierarchyDetail, Problem> {
        Ok(desk.hierarchy(desk.find_group(&self.group)?))
    }
}

impl Ask for UserQuestion {
    fn answer(&self, desk: &mut Desk, _now: i64) -> Result<UserDetail, Problem> {
        Ok(desk.user(desk.find_user(&self.user)?))
    }
}

impl Ask for CheckQuestion {
    fn answer(&self, desk: &mut Desk, _now: i64) -> Result<Verdict, Problem> {
        desk.check(&self.user, &self.groups)
    }
}

impl Ask for PathsQuestion {
    fn answer(&self, desk: &mut Desk, _now: i64) -> Result<Paths, Problem> {
        Ok(desk.paths(desk.find_user(&self.user)?, desk.find_group(&self.group)?, self.limit))
    }
}

impl Ask for CompletionQuestion {
    fn answer(&self, desk: &mut Desk, now: i64) -> Result<Completion, Problem> {
        Ok(complete(&desk.directory, &self.text, self.caret, now))
    }
}

impl Ask for SuggestionQuestion {
    fn answer(&self, desk: &mut Desk, _now: i64) -> Result<Vec<EntityName>, Problem> {
        Ok(desk.suggest(self.among, &self.text, self.limit as usize))
    }
}

impl Ask for UnusedQuestion {
    fn answer(&self, desk: &mut Desk, _now: i64) -> Result<UnusedPage, Problem> {
        Ok(desk.unused(self.reason, self.offset as usize, self.limit as usize))
    }
}

impl Ask for IncidentsQuestion {
    fn answer(&self, desk: &mut Desk, _now: i64) -> Result<IncidentPage, Problem> {
        Ok(desk.incidents(self.reason, self.offset as usize, self.limit as usize))
    }
}

impl Ask for RequestQuestion {
    fn answer(&self, desk: &mut Desk, now: i64) -> Result<RequestDetail, Problem> {
        desk.request(self, now)
    }
}

impl Ask for GroupManagersQuestion {
    fn answer(&self, desk: &mut Desk, _now: i64) -> Result<GroupManagers, Problem> {
        Ok(desk.group_managers(desk.find_group(&self.group)?))
    }
}

impl Ask for ManagersQuestion {
    fn answer(&self, desk: &mut Desk, _now: i64) -> Result<ManagersPage, Problem> {
        desk.managers(self)
    }
}

fn find_group(directory: &Directory, identifier: &str) -> Result<GroupIndex, Problem> {
    let found = directory.find_group(identifier);
    found.ok_or_else(|| unknown(Entity::Group, identifier))
}

fn unknown(entity: Entity, identifier: &str) -> Problem {
    let identifier = identifier.to_owned();
    Problem::Unknown { entity, identifier }
}

pub(crate) fn query_problem(parameter: &str, error: &QueryError) -> Problem {
    Problem::Query(QueryProblem {
        parameter: parameter.to_owned(),
        position: error.position,
        length: error.length,
        message: error.message(),
        suggestion: error.suggestion.clone(),
    })
}
