//! Asking a server page by page: signed in, several requests at once, with pauses and tries, and no link ever followed.
//!
//! It does no IO and asks no clock. What is asked for, and what becomes of the items, is for those who use it: the plan
//! that reads a directory, and that of one question.

mod plan;
mod retry;
mod sign_in;

use std::collections::{HashMap, HashSet, VecDeque};

use serde_json::Value;

use crate::Request;
use crate::connection::{Connection, Credentials, Incoming, Outgoing};
use crate::error::ProviderError;
use crate::incident::IncidentKind;
use crate::wire::Page;
pub use plan::{Key, List, Task};
use plan::{hash, more};
pub use sign_in::SignIn;
use sign_in::Standing;

/// Tries of one request before it is given up.
const TRIES: u32 = 8;

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

/// What a page taught beside its items.
pub struct Turned {
    /// What was not as it should be.
    pub told: Vec<IncidentKind>,
    /// Whether its items came before.
    pub repeats: bool,
}

/// How much of a list is asked for, and how often.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// All pages, each with patience.
    All,
    /// The pages that are planned and no others, with patience.
    Planned,
    /// The pages that are planned and no others, each once.
    Once,
}

/// Requests under way.
#[derive(Debug)]
pub struct Exchange {
    connection: Connection,
    /// How many requests may be out at once.
    most: usize,
    extent: Extent,
    sign_in: SignIn,
    waiting: VecDeque<Task>,
    out: HashMap<u32, (Task, &'static str, u32)>,
    numbers: u32,
    lists: HashMap<Key, List>,
    /// Until when the server is left alone.
    quiet_until: i64,
    /// Whether a person paused it.
    is_paused: bool,
    /// The server that links to the next page lead to.
    origin: Option<String>,
    /// Why the last answer that was none is to be asked for once more, and how often it was.
    trouble: Option<(ProviderError, u32)>,
}

impl Exchange {
    /// Begins with nothing to ask. At most `most` requests are out at once.
    pub fn new(connection: Connection, most: usize, extent: Extent) -> Self {
        Self {
            sign_in: SignIn::new(&connection, 0),
            connection,
            most: most.max(1),
            extent,
            waiting: VecDeque::new(),
            out: HashMap::new(),
            numbers: 0,
            lists: HashMap::new(),
            quiet_until: 0,
            is_paused: false,
            origin: None,
            trouble: None,
        }
    }

    /// Who is asked, and as whom.
    pub fn connection(&self) -> &Connection {
        &self.connection
    }

    /// The lists that were asked for, or are to be.
    pub fn lists(&self) -> &HashMap<Key, List> {
        &self.lists
    }

    /// What to do now. Ask again after each answer, and when a pause is over. Cost: O(waiting requests).
    pub fn next(&mut self, now: i64, ask: &dyn Fn(&Task) -> Request) -> Next {
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
        let Request { method, url } = ask(&task);
        let request = Outgoing {
            method,
            url: format!("{}{url}", self.connection.base.trim_end_matches('/')),
            headers: self.sign_in.headers(),
            body: None,
        };
        self.numbers += 1;
        self.out.insert(self.numbers, (task, method, self.sign_in.generation()));
        Next::Send(self.numbers, request)
    }

    /// Takes an answer, or that none came. `chance` is from 0 to 1, anew each time: it keeps clients that were sent away
    /// together from coming back together. Tells what came of a part of the plan, unless it is to be asked for again.
    pub fn answered(
        &mut self,
        number: u32,
        answer: Option<&Incoming>,
        now: i64,
        chance: f64,
    ) -> Option<(Task, Result<Value, ProviderError>)> {
        if self.sign_in.is_answer(number) {
            let tries = if self.extent == Extent::Once { 1 } else { sign_in::TRIES };
            self.sign_in.answered(answer, tries, now, chance);
            return None;
        }
        let (task, method, generation) = self.out.remove(&number)?;
        let system = self.connection.system;
        let read = match answer {
            None => Err(ProviderError::Offline),
            Some(answer) if method == "HEAD" => retry::judge_head(system, answer, now),
            Some(answer) => retry::judge(system, answer, now),
        };
        match read {
            Ok(body) => {
                self.trouble = None;
                Some((task, Ok(body)))
            }
            Err(ProviderError::SignIn) => {
                self.signed_out(task, generation);
                None
            }
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

    /// Forgets who asks; nothing more is sent until somebody signs in. Answers that are on their way are still taken.
    pub fn sign_out(&mut self) {
        self.sign_in(Credentials::Held);
        self.sign_in.refused(true);
    }

    /// Who is signed in, for another exchange with the same server to go on with.
    pub fn signed_in(&self) -> &SignIn {
        &self.sign_in
    }

    /// Begins with who is signed in already.
    pub fn resume(&mut self, sign_in: SignIn) {
        self.sign_in = sign_in;
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

    /// Takes the parts of the plan that are still to do, and tells which lists they are of.
    pub fn give_up(&mut self) -> HashSet<Key> {
        let out = self.out.drain().map(|(_, (task, ..))| task);
        self.waiting.drain(..).chain(out).map(|task| task.key()).collect()
    }

    /// Adds a part to the plan.
    pub fn plan(&mut self, task: Task) {
        let list = self.lists.entry(task.key()).or_default();
        list.outstanding += 1;
        list.pages = list.pages.max(task.page + 1);
        self.waiting.push_back(task);
    }

    /// Takes what a page says of its list, and plans the pages that it makes known. `asked` is the path that was asked for.
    pub fn turn(&mut self, task: &Task, page: &Page<'_>, asked: &str) -> Turned {
        let mut told = Vec::new();
        let list = self.lists.entry(task.key()).or_default();
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
        let is_whole = self.extent == Extent::All;
        let more = if is_whole {
            more(list, task, page, repeats)
        } else {
            Vec::new()
        };
        if list.outstanding == 0
            && more.is_empty()
            && is_whole
            && !list.is_lost
            && list.total.is_some_and(|total| total != list.came)
        {
            let (came, total) = (list.came, list.total.unwrap_or_default());
            told.push(IncidentKind::Counted { came, total });
        }
        told.extend(self.audit(task, page, asked));
        more.into_iter().for_each(|task| self.plan(task));
        Turned { told, repeats }
    }

    /// A page was given up.
    pub fn lose(&mut self, task: &Task) {
        let list = self.lists.entry(task.key()).or_default();
        list.outstanding = list.outstanding.saturating_sub(1);
        list.is_lost = true;
    }

    /// What is wrong with a link to the next page. No link is ever followed: the next page is asked for by its number, so
    /// that credentials go nowhere else and no circle holds the reading up.
    fn audit(&mut self, task: &Task, page: &Page<'_>, asked: &str) -> Option<IncidentKind> {
        let link = page.next?;
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

    fn failed(
        &mut self,
        mut task: Task,
        error: ProviderError,
        now: i64,
        chance: f64,
    ) -> Option<(Task, Result<Value, ProviderError>)> {
        task.tries += 1;
        let may_pass = self.extent != Extent::Once
            && match &error {
                ProviderError::Busy { .. } | ProviderError::Offline => task.tries < TRIES,
                // A body that was cut on its way may come whole the next time.
                ProviderError::Unreadable { .. } => task.tries < 3,
                _ => false,
            };
        if !may_pass {
            return Some((task, Err(error)));
        }
        let pause = now + retry::pause(task.tries, &error, chance);
        // Without a network, too, nothing else would fare better.
        if matches!(error, ProviderError::Busy { .. } | ProviderError::Offline) {
            self.quiet_until = self.quiet_until.max(pause);
        }
        self.trouble = Some((error, task.tries));
        task.not_before = pause;
        self.waiting.push_front(task);
        None
    }
}
