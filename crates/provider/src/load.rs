//! Reading a whole directory from a vendor: a plan of stages, several requests at once, and nothing lost without a word.
//!
//! It does no IO and asks no clock: [`Load::next`] says what to send, [`Load::answered`] takes what came. Whatever the
//! server does, the plan ends; what could not be read is an [`Incident`], and the directory is then partial.

mod contensis;
mod intake;
mod passbolt;
mod retry;
mod sign_in;
mod tulip;

use std::collections::{HashMap, HashSet, VecDeque};
use std::hash::{DefaultHasher, Hash, Hasher};

use membership::directory::{Directory, TooLarge};
use serde_json::Value;

use crate::connection::{Connection, Credentials, Incoming, Outgoing, System};
use crate::error::ProviderError;
use crate::incident::{Incident, IncidentKind};
use intake::Intake;
use sign_in::{SignIn, Standing};

/// Tries of one request before it is given up.
pub const TRIES: u32 = 8;

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

/// What to do now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// Send this, and hand in the answer under this number.
    Send(u32, Outgoing),
    /// Nothing until an answer comes.
    Await,
    /// Nothing until this time, in milliseconds since 1970, or an answer.
    Pause(i64),
    /// Nobody is signed in: hand in credentials, or finish with what is there.
    SignedOut,
    /// Everything has been read, or given up.
    Done,
}

/// A part of the plan: one page of one list.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Task {
    stage: Stage,
    /// The group whose list it is.
    group: Option<String>,
    /// Users of Tulip who are archived are a list of their own.
    archived: bool,
    page: u32,
    /// How many items a page of this list has; 0 until the first has come, of which the most are asked for.
    size: u64,
    tries: u32,
    /// How often it has been answered that nobody is signed in.
    unauthorized: u32,
    not_before: i64,
}

impl Task {
    fn first(stage: Stage, group: Option<&str>) -> Self {
        Self {
            stage,
            group: group.map(str::to_owned),
            archived: false,
            page: 0,
            size: 0,
            tries: 0,
            unauthorized: 0,
            not_before: 0,
        }
    }

    /// How many items come before the page.
    fn offset(&self) -> u64 {
        u64::from(self.page) * self.size
    }

    fn key(&self) -> Key {
        (self.stage, self.group.clone(), self.archived)
    }
}

/// Which list a page is of.
type Key = (Stage, Option<String>, bool);

/// What is known of a list.
#[derive(Debug, Default)]
struct List {
    total: Option<u64>,
    came: u64,
    /// Pages that were asked for, or are to be.
    pages: u32,
    outstanding: u32,
    /// What each page held, as a hash of its ids.
    held: HashMap<u64, u32>,
    has_changed: bool,
    is_lost: bool,
}

/// A page as a vendor's envelope tells it.
struct Page<'a> {
    items: &'a [Value],
    total: Option<u64>,
    /// How many items a full page has.
    size: u64,
    /// Where the vendor says that the next one is.
    next: Option<&'a str>,
}

/// A reading under way.
#[derive(Debug)]
pub struct Load {
    connection: Connection,
    /// How many requests may be out at once.
    most: usize,
    sign_in: SignIn,
    waiting: VecDeque<Task>,
    out: HashMap<u32, (Task, u32)>,
    numbers: u32,
    lists: HashMap<Key, List>,
    /// Groups whose lists are in the plan.
    planned: HashSet<String>,
    intake: Intake,
    /// Until when the server is left alone.
    quiet_until: i64,
    /// Whether a person paused it.
    is_paused: bool,
    /// The server that links to the next page lead to.
    origin: Option<String>,
    /// Whether only the first page of each list is read, each of them asked for once.
    is_trial: bool,
    /// Why the last answer that was none is to be asked for once more, and how often it was.
    trouble: Option<(ProviderError, u32)>,
}

impl Load {
    /// Begins. At most `most` requests are out at once.
    #[must_use]
    pub fn new(connection: Connection, most: usize) -> Self {
        let mut load = Self {
            sign_in: SignIn::new(&connection, 0),
            connection,
            most: most.max(1),
            waiting: VecDeque::new(),
            out: HashMap::new(),
            numbers: 0,
            lists: HashMap::new(),
            planned: HashSet::new(),
            intake: Intake::default(),
            quiet_until: 0,
            is_paused: false,
            origin: None,
            is_trial: false,
            trouble: None,
        };
        load.plan(Task::first(Stage::Groups, None));
        load.plan(Task::first(Stage::Users, None));
        if load.connection.system == System::Tulip {
            // There is no list of both: who is archived has to be asked for apart.
            load.plan(Task {
                archived: true,
                ..Task::first(Stage::Users, None)
            });
        }
        load
    }

    /// Begins a trial: the first page of each list, of one group where lists are of groups, each asked for once and alone.
    /// What it tells is [`Self::progress`], [`Self::incidents`] and [`Self::refusal`].
    #[must_use]
    pub fn trial(connection: Connection) -> Self {
        Self {
            is_trial: true,
            ..Self::new(connection, 1)
        }
    }

    /// What to do now. Ask again after each answer, and when a pause is over. Cost: O(waiting requests).
    pub fn next(&mut self, now: i64) -> Next {
        if self.is_paused {
            return Next::Await;
        }
        match self.sign_in.standing(now) {
            Standing::SignedOut => return Next::SignedOut,
            Standing::Asking => return Next::Await,
            Standing::Later(at) => return Next::Pause(at),
            Standing::Needed(request) => {
                self.numbers += 1;
                self.sign_in.asked(self.numbers);
                return Next::Send(self.numbers, request);
            }
            Standing::SignedIn => {}
        }
        if self.waiting.is_empty() && self.out.is_empty() {
            return Next::Done;
        }
        if self.out.len() >= self.most || self.waiting.is_empty() {
            return Next::Await;
        }
        if now < self.quiet_until {
            return Next::Pause(self.quiet_until);
        }
        let Some(at) = self.waiting.iter().position(|task| task.not_before <= now) else {
            let soonest = self.waiting.iter().map(|task| task.not_before).min();
            return Next::Pause(soonest.unwrap_or(now));
        };
        let Some(task) = self.waiting.remove(at) else {
            return Next::Await;
        };
        let request = Outgoing {
            method: "GET",
            url: format!("{}{}", self.connection.base.trim_end_matches('/'), self.path(&task)),
            headers: self.sign_in.headers(),
            body: None,
        };
        self.numbers += 1;
        self.out.insert(self.numbers, (task, self.sign_in.generation()));
        Next::Send(self.numbers, request)
    }

    /// Takes an answer, or that none came. `chance` is from 0 to 1, anew each time: it keeps clients that were sent away
    /// together from coming back together.
    pub fn answered(&mut self, number: u32, answer: Option<&Incoming>, now: i64, chance: f64) {
        self.intake.now = now;
        if self.sign_in.is_answer(number) {
            let tries = if self.is_trial { 1 } else { sign_in::TRIES };
            return self.sign_in.answered(answer, tries, now, chance);
        }
        let Some((task, generation)) = self.out.remove(&number) else {
            return;
        };
        let read = match answer {
            None => Err(ProviderError::Offline),
            Some(answer) => retry::judge(self.connection.system, answer, now),
        };
        match read {
            Ok(body) => {
                self.trouble = None;
                self.take(&task, &body);
            }
            Err(ProviderError::SignIn) => self.signed_out(task, generation),
            Err(error) => self.failed(task, error, now, chance),
        }
    }

    /// Stops sending until [`Self::go_on`]; answers that are on their way are still taken.
    pub fn pause(&mut self) {
        self.is_paused = true;
    }

    /// Goes on where it stopped.
    pub fn go_on(&mut self) {
        self.is_paused = false;
    }

    /// Goes on with other credentials, where it stopped.
    pub fn sign_in(&mut self, credentials: Credentials) {
        self.connection.credentials = credentials;
        self.sign_in = SignIn::new(&self.connection, self.sign_in.generation() + 1);
        self.waiting.iter_mut().for_each(|task| task.unauthorized = 0);
    }

    /// Why [`Next::SignedOut`] is so: what was answered to signing in, or to a request with a token.
    #[must_use]
    pub fn refusal(&self) -> Option<&ProviderError> {
        self.sign_in.refusal()
    }

    /// Why [`Next::Pause`] is so, and how often that was tried.
    #[must_use]
    pub fn trouble(&self) -> Option<(&ProviderError, u32)> {
        let own = self.trouble.as_ref().map(|(error, tries)| (error, *tries));
        self.sign_in.trouble().or(own)
    }

    /// What was not as it should be so far.
    #[must_use]
    pub fn incidents(&self) -> &[Incident] {
        &self.intake.incidents
    }

    /// How far each stage has come. Cost: O(lists).
    #[must_use]
    pub fn progress(&self) -> Vec<StageProgress> {
        let groups = self.planned.len() as u64;
        let is_whole = self
            .lists
            .iter()
            .all(|((stage, ..), list)| *stage != Stage::Groups || list.outstanding == 0);
        let of_list = |stage: Stage, items: u64| {
            let lists = self
                .lists
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
                .lists
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
        if self.connection.system == System::Contensis {
            stages.push(of_groups(Stage::Children, counts.nestings));
        }
        if self.connection.system != System::Passbolt {
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
        let out = std::mem::take(&mut self.out).into_values().map(|(task, _)| task);
        let open: HashSet<Key> = self.waiting.drain(..).chain(out).map(|task| task.key()).collect();
        for (stage, group, _) in open {
            self.intake.tell(stage, group.as_deref(), IncidentKind::Unread);
        }
        self.intake.finish(progress)
    }

    fn plan(&mut self, task: Task) {
        let list = self.lists.entry(task.key()).or_default();
        list.outstanding += 1;
        list.pages = list.pages.max(task.page + 1);
        self.waiting.push_back(task);
    }

    fn path(&self, task: &Task) -> String {
        match self.connection.system {
            System::Contensis => contensis::path(task),
            System::Tulip => tulip::path(task),
            System::Passbolt => passbolt::path(task),
        }
    }

    fn take(&mut self, task: &Task, body: &Value) {
        let page = match self.connection.system {
            System::Contensis => contensis::page(body),
            System::Tulip => tulip::page(body),
            System::Passbolt => passbolt::page(body),
        };
        match page {
            Ok(page) => self.take_page(task, &page),
            Err(what) => self.lose(task, ProviderError::Unreadable { what }),
        }
    }

    fn take_page(&mut self, task: &Task, page: &Page<'_>) {
        let key = task.key();
        let mut told = Vec::new();
        let list = self.lists.entry(key).or_default();
        list.outstanding = list.outstanding.saturating_sub(1);
        let hash = hash(page.items);
        match list.held.get(&hash) {
            Some(earlier) if !page.items.is_empty() => {
                told.push(IncidentKind::Repeats {
                    page: task.page,
                    earlier: *earlier,
                });
            }
            _ => {
                list.held.insert(hash, task.page);
                list.came += page.items.len() as u64;
            }
        }
        let repeats = !told.is_empty();
        if let (Some(from), Some(to)) = (list.total, page.total)
            && from != to
            && !list.has_changed
        {
            list.has_changed = true;
            told.push(IncidentKind::TotalChanged { from, to });
        }
        list.total = page.total.max(list.total);
        let more = if self.is_trial {
            Vec::new()
        } else {
            more(list, task, page, repeats)
        };
        if list.outstanding == 0
            && more.is_empty()
            && !self.is_trial
            && !list.is_lost
            && list.total.is_some_and(|total| total != list.came)
        {
            let (came, total) = (list.came, list.total.unwrap_or_default());
            told.push(IncidentKind::Counted { came, total });
        }
        told.extend(self.audit(task, page));
        for kind in told {
            self.intake.tell(task.stage, task.group.as_deref(), kind);
        }
        more.into_iter().for_each(|task| self.plan(task));
        if repeats {
            return;
        }
        let groups = match self.connection.system {
            System::Contensis => contensis::take(task, page.items, &mut self.intake),
            System::Tulip => tulip::take(task, page.items, &mut self.intake),
            System::Passbolt => passbolt::take(task, page.items, &mut self.intake),
        };
        for (group, stages) in groups {
            let is_tried = |stage: Stage| self.is_trial && self.lists.keys().any(|(other, ..)| *other == stage);
            let stages: Vec<Stage> = stages.into_iter().filter(|stage| !is_tried(*stage)).collect();
            if self.planned.insert(group.clone()) {
                stages
                    .into_iter()
                    .for_each(|stage| self.plan(Task::first(stage, Some(&group))));
            }
        }
    }

    /// What is wrong with a link to the next page. No link is ever followed: the next page is asked for by its number, so
    /// that credentials go nowhere else and no circle holds the reading up.
    fn audit(&mut self, task: &Task, page: &Page<'_>) -> Option<IncidentKind> {
        let link = page.next?;
        let asked = self.path(task);
        let asked_path = asked.split('?').next().unwrap_or_default();
        let (origin, rest) = match link.split_once("://") {
            Some((scheme, rest)) => {
                let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
                (
                    Some(format!("{scheme}://{host}")),
                    rest.get(host.len()..).unwrap_or_default(),
                )
            }
            None => (None, link),
        };
        let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
        let is_direct = self.connection.base.contains("://");
        let expected = if is_direct {
            Some(self.connection.base.trim_end_matches('/').to_owned())
        } else {
            self.origin.clone()
        };
        let is_elsewhere = match (&origin, &expected) {
            (Some(origin), Some(expected)) => !expected.eq_ignore_ascii_case(origin),
            _ => false,
        };
        self.origin = self.origin.take().or(origin);
        if is_elsewhere || path.trim_end_matches('/') != asked_path {
            return Some(IncidentKind::Elsewhere { link: link.to_owned() });
        }
        let offset = query
            .split('&')
            .find_map(|pair| pair.strip_prefix("offset=")?.parse::<u64>().ok());
        let leads_back = offset.is_some_and(|offset| offset <= task.offset());
        leads_back.then(|| IncidentKind::Circle { link: link.to_owned() })
    }

    fn signed_out(&mut self, mut task: Task, generation: u32) {
        task.unauthorized += 1;
        if generation == self.sign_in.generation() {
            // Once a token is renewed; a new one that is refused as well is the end.
            self.sign_in.refused(task.unauthorized > 1);
        }
        self.waiting.push_front(task);
    }

    fn failed(&mut self, mut task: Task, error: ProviderError, now: i64, chance: f64) {
        task.tries += 1;
        let may_pass = !self.is_trial
            && match &error {
                ProviderError::Busy { .. } | ProviderError::Offline => task.tries < TRIES,
                // A body that was cut on its way may come whole the next time.
                ProviderError::Unreadable { .. } => task.tries < 3,
                _ => false,
            };
        if !may_pass {
            return self.lose(&task, error);
        }
        let pause = now + retry::pause(task.tries, &error, chance);
        // Without a network, too, nothing else would fare better.
        if matches!(error, ProviderError::Busy { .. } | ProviderError::Offline) {
            self.quiet_until = self.quiet_until.max(pause);
        }
        self.trouble = Some((error, task.tries));
        task.not_before = pause;
        self.waiting.push_front(task);
    }

    fn lose(&mut self, task: &Task, error: ProviderError) {
        let list = self.lists.entry(task.key()).or_default();
        list.outstanding = list.outstanding.saturating_sub(1);
        list.is_lost = true;
        self.intake
            .tell(task.stage, task.group.as_deref(), IncidentKind::Lost(error));
    }
}

/// The pages that a page makes known. With a total all of them, to be asked for at once; without one the next.
fn more(list: &List, task: &Task, page: &Page<'_>, repeats: bool) -> Vec<Task> {
    // Servers may give less at once than they were asked for: the first page tells.
    let size = if task.size == 0 { page.size } else { task.size };
    if page.items.is_empty() || size == 0 {
        return Vec::new();
    }
    let next = |number: u32| Task {
        page: number,
        size,
        tries: 0,
        unauthorized: 0,
        ..task.clone()
    };
    match list.total {
        Some(total) => (list.pages..total.div_ceil(size) as u32).map(next).collect(),
        None if repeats || list.outstanding > 0 => Vec::new(),
        None => vec![next(list.pages)],
    }
}

/// What a page holds, as a hash of its items.
fn hash(items: &[Value]) -> u64 {
    let mut hasher = DefaultHasher::new();
    for item in items {
        item.get("id")
            .or(item.get("userId"))
            .map_or_else(|| item.to_string(), Value::to_string)
            .hash(&mut hasher);
    }
    hasher.finish()
}
