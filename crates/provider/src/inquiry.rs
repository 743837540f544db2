//! One question to a vendor's own endpoint: all pages of its answer, or one of them, as typed rows.
//!
//! It does no IO and asks no clock: [`Inquiry::next`] says what to send, [`Inquiry::answered`] takes what came. A part of a
//! question that the vendor's endpoint cannot be asked is left out of the request, and told as such; what could not be read
//! is an [`Incident`].

mod contensis;
mod passbolt;
mod question;
mod row;
mod tulip;

use std::collections::HashSet;

use serde_json::Value;

use crate::Request;
use crate::connection::{Connection, Credentials, Incoming, System};
use crate::error::ProviderError;
pub use crate::exchange::Next;
use crate::exchange::{self, Exchange, List, SignIn, Task};
use crate::incident::{Incident, IncidentKind};
use crate::load::Stage;
use crate::wire::{Incidents, Page};
pub use question::{Choice, LeftOut, Question};
pub use row::{Group, Rows, User};

/// How much of a list is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pages {
    /// All of it.
    All,
    /// One page. Passbolt has pages of users alone: of its other lists, all comes.
    One {
        /// Which, from 0.
        index: u32,
        /// How many rows each has.
        size: u32,
    },
}

/// A page that came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    /// Which, from 0; pages may come in any order.
    pub page: u32,
    /// Its rows.
    pub rows: Rows,
}

/// How far an inquiry has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Pages, or checks, that came.
    pub pages: u32,
    /// Of how many, once that is known.
    pub of_pages: Option<u32>,
    /// Rows that came.
    pub rows: u64,
    /// How many rows the vendor says that there are.
    pub total: Option<u64>,
}

/// Who is signed in, as one inquiry leaves it to others; it holds a token, which is never printed.
#[derive(Clone, Debug)]
pub struct SignedIn(SignIn);

/// A question under way.
#[derive(Debug)]
pub struct Inquiry {
    exchange: Exchange,
    question: Question,
    left_out: Vec<LeftOut>,
    incidents: Incidents,
    batches: Vec<Batch>,
    /// How much is wanted, and how many pages or checks came or were given up.
    pages: Pages,
    came: u32,
    /// What a check found about all groups together, and about each.
    verdict: Option<bool>,
    verdicts: Vec<Option<bool>>,
}

impl Inquiry {
    /// Begins to ask what of a question the vendor's endpoint can be asked. At most `most` requests are out at once.
    #[must_use]
    pub fn new(connection: Connection, question: Question, pages: Pages, most: usize) -> Self {
        let (question, left_out) = question.for_system(connection.system);
        let extent = match pages {
            Pages::All => exchange::Extent::All,
            Pages::One { .. } => exchange::Extent::Planned,
        };
        let mut inquiry = Self {
            exchange: Exchange::new(connection, most, extent),
            verdict: None,
            verdicts: match &question {
                Question::Check { groups, .. } => vec![None; groups.len()],
                _ => Vec::new(),
            },
            question,
            left_out,
            incidents: Incidents::default(),
            batches: Vec::new(),
            pages,
            came: 0,
        };
        inquiry.plan();
        inquiry
    }

    /// Goes on as whoever another inquiry with the same server signed in since, and tells whether there was anybody.
    pub fn join(&mut self, signed_in: Option<&SignedIn>) -> bool {
        let own = self.exchange.signed_in().generation();
        let newer = signed_in.filter(|SignedIn(other)| other.generation() > own);
        if let Some(SignedIn(sign_in)) = newer {
            self.exchange.resume(sign_in.clone());
        }
        newer.is_some()
    }

    /// Who is signed in, if that is since another one was.
    #[must_use]
    pub fn signed_in(&self, since: Option<&SignedIn>) -> Option<SignedIn> {
        let own = self.exchange.signed_in();
        let before = since.map_or(0, |SignedIn(other)| other.generation());
        (own.generation() > before).then(|| SignedIn(own.clone()))
    }

    fn plan(&mut self) {
        let first = match &self.question {
            Question::Users { .. } | Question::User(_) => Task::first(Stage::Users, None),
            Question::Members { group, .. } => Task::first(Stage::Members, Some(group)),
            _ => Task::first(Stage::Groups, None),
        };
        self.exchange.plan(match self.pages {
            Pages::All => first,
            Pages::One { index, size } => first.at(index, size.into()),
        });
        // The one request tells of all groups together; which of them it is takes one for each.
        if let Question::Check { groups, .. } = &self.question
            && self.exchange.connection().system == System::Contensis
            && groups.len() > 1
        {
            let mut planned = HashSet::new();
            for group in groups.iter().filter(|group| planned.insert(*group)) {
                self.exchange.plan(Task::first(Stage::Groups, Some(group)));
            }
        }
    }

    /// The question as the vendor is asked it.
    #[must_use]
    pub fn question(&self) -> &Question {
        &self.question
    }

    /// What of the question the vendor's endpoint cannot be asked.
    #[must_use]
    pub fn left_out(&self) -> &[LeftOut] {
        &self.left_out
    }

    /// What to do now. Ask again after each answer, and when a pause is over. Cost: O(waiting requests).
    pub fn next(&mut self, now: i64) -> Next {
        let (system, question) = (self.exchange.connection().system, &self.question);
        self.exchange.next(now, &|task| ask(system, question, task))
    }

    /// Takes an answer, or that none came. `chance` is from 0 to 1, anew each time: it keeps clients that were sent away
    /// together from coming back together.
    pub fn answered(&mut self, number: u32, answer: Option<&Incoming>, now: i64, chance: f64) {
        match self.exchange.answered(number, answer, now, chance) {
            Some((task, Ok(body))) => self.take(&task, &body, now),
            Some((task, Err(error))) => {
                self.came += 1;
                self.lost(&task, error);
            }
            None => {}
        }
    }

    /// Goes on with other credentials, where it stopped.
    pub fn sign_in(&mut self, credentials: Credentials) {
        self.exchange.sign_in(credentials);
    }

    /// Why [`Next::SignedOut`] is so: what was answered to signing in, or to a request with a token.
    #[must_use]
    pub fn refusal(&self) -> Option<&ProviderError> {
        self.exchange.refusal()
    }

    /// Why [`Next::Pause`] is so, and how often that was tried.
    #[must_use]
    pub fn trouble(&self) -> Option<(&ProviderError, u32)> {
        self.exchange.trouble()
    }

    /// What was not as it should be so far; whoever compares with an answer that lost something compares with less.
    #[must_use]
    pub fn incidents(&self) -> &[Incident] {
        &self.incidents.0
    }

    /// The pages that came since this was last asked.
    pub fn take_batches(&mut self) -> Vec<Batch> {
        std::mem::take(&mut self.batches)
    }

    /// Whether the user of a check is in any of the groups, once that is known.
    #[must_use]
    pub fn verdict(&self) -> Option<bool> {
        self.verdict
    }

    /// Whether the user of a check is in each of the groups, once that is known.
    #[must_use]
    pub fn verdicts(&self) -> &[Option<bool>] {
        &self.verdicts
    }

    /// How far it has come. Cost: O(lists).
    #[must_use]
    pub fn progress(&self) -> Progress {
        let lists = || self.exchange.lists().values();
        // A check is one page each; of a list the total tells how many there are.
        let is_known = |list: &List| list.total.is_some() || list.outstanding == 0 || !self.verdicts.is_empty();
        Progress {
            pages: self.came,
            of_pages: match self.pages {
                Pages::One { .. } => Some(1),
                Pages::All => lists().map(|list| is_known(list).then_some(list.pages)).sum(),
            },
            rows: lists().map(|list| list.came).sum(),
            total: lists().map(|list| list.total).sum(),
        }
    }

    fn take(&mut self, task: &Task, body: &Value, now: i64) {
        let system = self.exchange.connection().system;
        self.came += 1;
        if let Value::Bool(is_member) = body {
            return self.judge(task, *is_member);
        }
        let page = match system {
            System::Contensis => contensis::page(&self.question, body),
            System::Tulip => tulip::page(&self.question, body),
            System::Passbolt => passbolt::page(&self.question, body),
        };
        let page = match page {
            Ok(page) => page,
            Err(what) => return self.lost(task, ProviderError::Unreadable { what }),
        };
        let asked = ask(system, &self.question, task).url;
        let turned = self.exchange.turn(task, &page, &asked);
        for kind in turned.told {
            self.incidents.tell(task.stage, task.group.as_deref(), kind);
        }
        if turned.repeats {
            return;
        }
        let incidents = &mut self.incidents;
        let rows = match system {
            System::Contensis => contensis::rows(&self.question, task, page.items, incidents),
            System::Tulip => tulip::rows(&self.question, task, page.items, incidents),
            System::Passbolt => passbolt::rows(&self.question, task, page.items, now, incidents),
        };
        match (&self.question, rows) {
            (Question::Check { groups, .. }, Rows::Groups(found)) => {
                for (group, verdict) in groups.iter().zip(&mut self.verdicts) {
                    let is_in = found.iter().any(|row| row.id.eq_ignore_ascii_case(group));
                    *verdict = Some(is_in || *verdict == Some(true));
                }
                self.verdict = Some(self.verdicts.contains(&Some(true)));
            }
            (_, rows) => self.batches.push(Batch { page: task.page, rows }),
        }
    }

    /// Takes a check's yes or no: of one group, or of all together, which may be one.
    fn judge(&mut self, task: &Task, is_member: bool) {
        self.exchange.turn(task, &Page::default(), "");
        let Question::Check { groups, .. } = &self.question else {
            return;
        };
        if task.group.is_none() {
            self.verdict = Some(is_member);
        }
        let is_alone = groups.len() == 1;
        for (group, verdict) in groups.iter().zip(&mut self.verdicts) {
            if is_alone || task.group.as_ref() == Some(group) {
                *verdict = Some(is_member);
            }
        }
    }

    fn lost(&mut self, task: &Task, error: ProviderError) {
        self.exchange.lose(task);
        let group = task.group.as_deref();
        self.incidents.tell(task.stage, group, IncidentKind::Lost(error));
    }
}

fn ask(system: System, question: &Question, task: &Task) -> Request {
    match system {
        System::Contensis => contensis::ask(question, task),
        System::Tulip => tulip::ask(question, task),
        System::Passbolt => passbolt::ask(question, task),
    }
}
