//! Reading a whole directory from a vendor: a plan of stages, several requests at once, and nothing lost without a word.
//!
//! It does no IO and asks no clock: [`Load::next`] says what to send, [`Load::answered`] takes what came. Whatever the
//! server does, the plan ends; what could not be read is an [`Incident`], and the directory is then partial.

mod contensis;
mod intake;
mod passbolt;
mod tulip;

use std::collections::HashSet;

use membership::directory::{Directory, TooLarge};
use serde_json::Value;

use crate::Request;
use crate::connection::{Connection, Credentials, Incoming, System};
use crate::error::ProviderError;
pub use crate::exchange::Next;
use crate::exchange::{Exchange, Extent, Task};
use crate::incident::{Incident, IncidentKind};
use crate::wire;
use intake::Intake;

/// The stages of a reading, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// Users.
    Users,
    /// Groups, of Passbolt with their members.
    Groups,
    /// The child groups of each group.
    Children,
    /// The members of each group.
    Members,
}

/// How far a stage has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StageProgress {
    /// Which stage.
    pub stage: Stage,
    /// Users, groups, nestings or memberships so far.
    pub items: u64,
    /// Parts that are done: items of a list, or groups whose list is done.
    pub done: u64,
    /// Of how many, once that is known.
    pub total: Option<u64>,
}

/// A reading under way.
#[derive(Debug)]
pub struct Load {
    exchange: Exchange,
    /// Groups whose lists are in the plan.
    planned: HashSet<String>,
    intake: Intake,
    /// Whether only the first page of each list is read, each of them asked for once.
    is_trial: bool,
}

impl Load {
    /// Begins. At most `most` requests are out at once.
    #[must_use]
    pub fn new(connection: Connection, most: usize) -> Self {
        Self::begin(Exchange::new(connection, most, Extent::All), false)
    }

    /// Begins a trial: the first page of each list, of one group where lists are of groups, each asked for once and alone.
    /// What it tells is [`Self::progress`], [`Self::incidents`] and [`Self::refusal`].
    #[must_use]
    pub fn trial(connection: Connection) -> Self {
        Self::begin(Exchange::new(connection, 1, Extent::Once), true)
    }

    fn begin(mut exchange: Exchange, is_trial: bool) -> Self {
        exchange.plan(Task::first(Stage::Groups, None));
        exchange.plan(Task::first(Stage::Users, None));
        if exchange.connection().system == System::Tulip {
            // There is no list of both: who is archived has to be asked for apart.
            exchange.plan(Task::first(Stage::Users, None).of_archived());
        }
        Self {
            exchange,
            planned: HashSet::new(),
            intake: Intake::default(),
            is_trial,
        }
    }

    /// What to do now. Ask again after each answer, and when a pause is over. Cost: O(waiting requests).
    pub fn next(&mut self, now: i64) -> Next {
        let system = self.exchange.connection().system;
        self.exchange.next(now, &|task| Request {
            method: "GET",
            url: path(system, task),
        })
    }

    /// Takes an answer, or that none came. `chance` is from 0 to 1, anew each time: it keeps clients that were sent away
    /// together from coming back together.
    pub fn answered(&mut self, number: u32, answer: Option<&Incoming>, now: i64, chance: f64) {
        self.intake.now = now;
        match self.exchange.answered(number, answer, now, chance) {
            Some((task, Ok(body))) => self.take(&task, &body),
            Some((task, Err(error))) => self.lose(&task, error),
            None => {}
        }
    }

    /// Stops sending until [`Self::go_on`]; answers that are on their way are still taken.
    pub fn pause(&mut self) {
        self.exchange.pause();
    }

    /// Goes on where it stopped.
    pub fn go_on(&mut self) {
        self.exchange.go_on();
    }

    /// Goes on with other credentials, where it stopped.
    pub fn sign_in(&mut self, credentials: Credentials) {
        self.exchange.sign_in(credentials);
    }

    /// Forgets who asks: [`Next::SignedOut`] until somebody signs in, and goes on where it stopped.
    pub fn sign_out(&mut self) {
        self.exchange.sign_out();
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

    /// What was not as it should be so far.
    #[must_use]
    pub fn incidents(&self) -> &[Incident] {
        &self.intake.incidents.0
    }

    /// How far each stage has come. Cost: O(lists).
    #[must_use]
    pub fn progress(&self) -> Vec<StageProgress> {
        let groups = self.planned.len() as u64;
        let is_whole = self
            .exchange
            .lists()
            .iter()
            .all(|((stage, ..), list)| *stage != Stage::Groups || list.outstanding == 0);
        let of_list = |stage: Stage, items: u64| {
            let lists = self
                .exchange
                .lists()
                .iter()
                .filter(|((other, ..), _)| *other == stage)
                .map(|(_, list)| list);
            let totals: Option<Vec<u64>> = lists.clone().map(|list| list.total).collect();
            StageProgress {
                stage,
                items,
                done: lists.map(|list| list.came).sum(),
                total: totals.map(|totals| totals.iter().sum()),
            }
        };
        let of_groups = |stage: Stage, items: u64| {
            let lists = self
                .exchange
                .lists()
                .iter()
                .filter(|((other, ..), _)| *other == stage)
                .map(|(_, list)| list);
            let open = lists.filter(|list| list.outstanding > 0).count() as u64;
            let done = groups.saturating_sub(open);
            StageProgress {
                stage,
                items,
                done,
                total: is_whole.then_some(groups),
            }
        };
        let counts = self.intake.counts();
        let mut stages = vec![
            of_list(Stage::Users, counts.users.into()),
            of_list(Stage::Groups, counts.groups.into()),
        ];
        if self.exchange.connection().system == System::Contensis {
            stages.push(of_groups(Stage::Children, counts.nestings));
        }
        if self.exchange.connection().system != System::Passbolt {
            stages.push(of_groups(Stage::Members, counts.memberships));
        }
        stages
    }

    /// The directory as far as it was read, and what was not as it should be; each list that is still to be read, or to be
    /// read to its end, is told.
    ///
    /// # Errors
    /// If there are more facts than can be numbered.
    pub fn finish(mut self, progress: &mut dyn FnMut(u32, u32)) -> Result<(Directory, Vec<Incident>), TooLarge> {
        for (stage, group, _) in self.exchange.give_up() {
            self.intake
                .incidents
                .tell(stage, group.as_deref(), IncidentKind::Unread);
        }
        self.intake.finish(progress)
    }

    fn take(&mut self, task: &Task, body: &Value) {
        let system = self.exchange.connection().system;
        let page = match system {
            System::Contensis => wire::contensis::page(body),
            System::Tulip => wire::tulip::page(body),
            System::Passbolt => wire::passbolt::page(body),
        };
        let page = match page {
            Ok(page) => page,
            Err(what) => return self.lose(task, ProviderError::Unreadable { what }),
        };
        let turned = self.exchange.turn(task, &page, &path(system, task));
        for kind in turned.told {
            self.intake.incidents.tell(task.stage, task.group.as_deref(), kind);
        }
        if turned.repeats {
            return;
        }
        let groups = match system {
            System::Contensis => contensis::take(task, page.items, &mut self.intake),
            System::Tulip => tulip::take(task, page.items, &mut self.intake),
            System::Passbolt => passbolt::take(task, page.items, &mut self.intake),
        };
        for (group, stages) in groups {
            let lists = self.exchange.lists();
            let is_tried = |stage: &Stage| self.is_trial && lists.keys().any(|(other, ..)| other == stage);
            let stages: Vec<Stage> = stages.into_iter().filter(|stage| !is_tried(stage)).collect();
            if self.planned.insert(group.clone()) {
                let first = |stage: Stage| Task::first(stage, Some(&group));
                stages.into_iter().for_each(|stage| self.exchange.plan(first(stage)));
            }
        }
    }

    fn lose(&mut self, task: &Task, error: ProviderError) {
        self.exchange.lose(task);
        let group = task.group.as_deref();
        self.intake.incidents.tell(task.stage, group, IncidentKind::Lost(error));
    }
}

fn path(system: System, task: &Task) -> String {
    match system {
        System::Contensis => contensis::path(task),
        System::Tulip => tulip::path(task),
        System::Passbolt => passbolt::path(task),
    }
}
