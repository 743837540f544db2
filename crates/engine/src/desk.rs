//! Answers every question of the console from one directory, and keeps what the next question is likely to need.

mod check;
mod complete;
mod group;
mod incidents;
mod names;
mod paths;
mod tree;
mod unused;
mod user;
mod users;

use membership::directory::Directory;
use membership::entity::{GroupIndex, UserIndex};
use membership::query::QueryError;
use protocol::{Answer, Entity, Incident, Opened, Problem, QueryProblem, Question, Source, TreeQuestion};

use tree::TreeDesk;
use users::{Facets, Listing};

/// A directory that is open, with what was worked out for the screen.
pub struct Desk {
    directory: Directory,
    tree: TreeDesk,
    facets: Option<Facets>,
    listing: Option<Listing>,
    /// What was not as it should be while it was read.
    incidents: Vec<Incident>,
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

    /// Opens a directory. Cost: that of the tree, O(g log g + n) for g groups and n nestings.
    #[must_use]
    pub fn new(directory: Directory) -> Self {
        Self {
            tree: TreeDesk::new(&directory),
            directory,
            facets: None,
            listing: None,
            incidents: Vec::new(),
        }
    }

    /// What the console is told of the directory; how large its file was is not filled in.
    #[must_use]
    pub fn opened(&self, source: Source) -> Opened {
        let directory = &self.directory;
        Opened {
            source,
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
        }
    }

    /// Answers what the first screen asks as [`Self::answer`] does, and nothing else: so this needs little code.
    ///
    /// # Errors
    /// Says what is wrong with the question.
    pub fn answer_first(&mut self, question: &Question) -> Option<Result<Answer, Problem>> {
        Some(match question {
            Question::Users(question) => self.all_users(question)?.map(Answer::Users),
            Question::Tree(question) => Ok(self.tree(question)),
            Question::Group(group) => self.find_group(group).map(|group| Answer::Group(self.group(group))),
            _ => return None,
        })
    }

    /// Answers a question. `now` is in milliseconds since 1970, in UTC.
    ///
    /// # Errors
    /// Says what is wrong with the question.
    pub fn answer(&mut self, question: &Question, now: i64) -> Result<Answer, Problem> {
        Ok(match question {
            Question::Users(question) => Answer::Users(self.users(question, now)?),
            Question::Tree(question) => self.tree(question),
            Question::Group(group) => Answer::Group(self.group(self.find_group(group)?)),
            Question::Hierarchy(group) => Answer::Hierarchy(self.hierarchy(self.find_group(group)?)),
            Question::User(user) => Answer::User(self.user(self.find_user(user)?)),
            Question::Check { user, groups } => Answer::Check(self.check(user, groups)?),
            Question::Paths { user, group, limit } => {
                Answer::Paths(self.paths(self.find_user(user)?, self.find_group(group)?, *limit))
            }
            Question::Completion { text, caret } => Answer::Completion(self.complete(text, *caret, now)),
            Question::Suggestion { among, text, limit } => {
                Answer::Suggestion(self.suggest(*among, text, *limit as usize))
            }
            Question::Unused { reason, offset, limit } => {
                Answer::Unused(self.unused(*reason, *offset as usize, *limit as usize))
            }
            Question::Incidents { offset, limit } => {
                Answer::Incidents(self.incidents(*offset as usize, *limit as usize))
            }
        })
    }

    fn tree(&mut self, question: &TreeQuestion) -> Answer {
        Answer::Tree(self.tree.page(&self.directory, question))
    }

    fn find_user(&self, identifier: &str) -> Result<UserIndex, Problem> {
        let found = self.directory.find_user(identifier);
        found.ok_or_else(|| unknown(Entity::User, identifier))
    }

    fn find_group(&self, identifier: &str) -> Result<GroupIndex, Problem> {
        find_group(&self.directory, identifier)
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

fn query_problem(parameter: &str, error: &QueryError) -> Problem {
    Problem::Query(QueryProblem {
        parameter: parameter.to_owned(),
        position: error.position,
        length: error.length,
        message: error.message(),
        suggestion: error.suggestion.clone(),
    })
}
