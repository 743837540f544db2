//! Asks a vendor's server: signed in once, so many requests at once, with pauses and tries that are told, and what came kept
//! a while.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use membership::sort;
use protocol::{Failure, HttpRequest, Problem, Standing};
use provider::connection::{Connection, Incoming, Outgoing, System};
use provider::error::ProviderError;
use provider::incident::IncidentKind;
use provider::inquiry::{Group, Inquiry, Next, Pages, Question, Rows, SignedIn, User};

use super::together::{Doing, Turns, first};
use crate::vendor::failure;

/// Requests that may be out at once.
const MOST: usize = 4;
/// Answers that are kept; the one that was needed last stays longest.
const KEPT: usize = 64;

/// What a server is asked through, and what time it is.
pub trait Wire {
    /// Sends a request; none if no answer comes. Dropped, it is called back.
    fn send(&self, request: Outgoing) -> Doing<'static, Option<Incoming>>;
    /// Waits for so many milliseconds.
    fn sleep(&self, millis: i64) -> Doing<'static, ()>;
    /// Milliseconds since 1970, in UTC.
    fn now(&self) -> i64;
    /// From 0 to 1, anew each time.
    fn chance(&self) -> f64;
    /// Tells how the server stands, whenever that changes.
    fn stands(&self, standing: Standing);
}

/// An answer to a question.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The rows, all or those of one page. On a page, one of which no row could be made has no id.
    pub rows: Rows,
    /// How many items came.
    pub came: u32,
    /// How many the whole list has, where that is told.
    pub total: Option<u32>,
    /// The request that was sent for it.
    pub request: HttpRequest,
}

impl Answer {
    /// The users.
    pub fn users(&self) -> &[User] {
        match &self.rows {
            Rows::Users(users) => users,
            Rows::Groups(_) => &[],
        }
    }

    /// The groups.
    pub fn groups(&self) -> &[Group] {
        match &self.rows {
            Rows::Groups(groups) => groups,
            Rows::Users(_) => &[],
        }
    }
}

/// What a check found.
#[derive(Clone, Debug)]
pub struct Checked {
    /// Whether the user is in each of the groups.
    pub each: Vec<bool>,
    /// Whether in any of them.
    pub any: bool,
    /// The request that asks about all of them.
    pub request: HttpRequest,
}

/// A vendor's server, and what it has answered.
pub struct Server {
    connection: Connection,
    wire: Box<dyn Wire>,
    turns: Turns,
    /// Who is signed in, for all inquiries.
    signed_in: RefCell<Option<SignedIn>>,
    /// One inquiry at a time signs in.
    signing_in: Turns,
    kept: RefCell<Vec<(Question, Pages, Rc<Answer>)>>,
    /// Inquiries that leave the server alone for a while.
    waiting: Cell<u32>,
}

impl Server {
    /// Nothing is asked yet.
    pub fn new(connection: Connection, wire: Box<dyn Wire>) -> Self {
        Self {
            connection,
            wire,
            turns: Turns::new(MOST),
            signed_in: RefCell::default(),
            signing_in: Turns::new(1),
            kept: RefCell::default(),
            waiting: Cell::default(),
        }
    }

    /// Whose endpoints.
    pub fn system(&self) -> System {
        self.connection.system
    }

    /// One page of a list, or all of it; what was answered before comes at once. Cost: O([`KEPT`]) beside the request.
    pub async fn ask(&self, question: Question, pages: Pages) -> Result<Rc<Answer>, ProviderError> {
        if let Some(answer) = self.again(&question, pages) {
            return Ok(answer);
        }
        let asked = question.clone();
        let (mut inquiry, request) = self.carry_out(question, pages).await?;
        let count = |count: u64| u32::try_from(count).unwrap_or(u32::MAX);
        let progress = inquiry.progress();
        let mut batches = inquiry.take_batches();
        sort::by_key(&mut batches, |batch| batch.page.into());
        let rows = batches.into_iter().map(|batch| batch.rows).reduce(joined);
        let mut rows = rows.unwrap_or_else(|| Rows::Users(Vec::new()));
        let mut total = progress.total.map(count);
        match pages {
            Pages::One { .. } => fill(&mut rows, progress.rows as usize),
            Pages::All => total = total.or(Some(count(progress.rows))),
        }
        let answer = Rc::new(Answer {
            rows,
            came: count(progress.rows),
            total,
            request,
        });
        let mut kept = self.kept.borrow_mut();
        if kept.len() >= KEPT {
            kept.remove(0);
        }
        kept.push((asked, pages, Rc::clone(&answer)));
        Ok(answer)
    }

    /// How many rows of a list are known to be there, from the pages of a size that came and are kept. Cost: O([`KEPT`]).
    pub fn known(&self, question: &Question, size: u32) -> u32 {
        let kept = self.kept.borrow();
        let ends = kept.iter().filter_map(|(asked, pages, answer)| match *pages {
            Pages::One { index, size: of } if of == size && asked == question && answer.came > 0 => {
                Some(index.saturating_mul(size).saturating_add(answer.came))
            }
            _ => None,
        });
        ends.max().unwrap_or_default()
    }

    /// Whether a user is in each of some groups. It is never kept: somebody checks because something changed.
    pub async fn check(&self, user: String, groups: Vec<String>) -> Result<Checked, ProviderError> {
        let (inquiry, request) = self.carry_out(Question::Check { user, groups }, Pages::All).await?;
        let each: Vec<bool> = inquiry.verdicts().iter().map(|is_in| *is_in == Some(true)).collect();
        Ok(Checked {
            any: inquiry.verdict() == Some(true),
            each,
            request,
        })
    }

    /// What was answered to the same question before, which is now the last that was needed.
    fn again(&self, question: &Question, pages: Pages) -> Option<Rc<Answer>> {
        let mut kept = self.kept.borrow_mut();
        let place = kept
            .iter()
            .position(|(asked, of, _)| *of == pages && asked == question)?;
        let found = kept.remove(place);
        let answer = Rc::clone(&found.2);
        kept.push(found);
        Some(answer)
    }

    /// Asks until there is an answer or there will be none; also tells the request.
    async fn carry_out(&self, question: Question, pages: Pages) -> Result<(Inquiry, HttpRequest), ProviderError> {
        let mut inquiry = Inquiry::new(self.connection.clone(), question, pages, MOST);
        let mut out: Vec<Doing<'_, Step>> = Vec::new();
        let mut request = None;
        let mut waits = None;
        loop {
            inquiry.join(self.signed_in.borrow().as_ref());
            match inquiry.next(self.wire.now()) {
                Next::Send(number, sent) if is_sign_in(&sent) => self.sign_in(&mut inquiry, number, sent).await,
                Next::Send(number, sent) => {
                    waits = None;
                    request.get_or_insert_with(|| self.shown(&sent));
                    out.push(Box::pin(async move {
                        let _turn = self.turns.take().await;
                        Step::Answered(number, self.wire.send(sent).await)
                    }));
                }
                Next::Done => break,
                Next::SignedOut => return Err(inquiry.refusal().cloned().unwrap_or(ProviderError::SignIn)),
                Next::Await => self.go_on(&mut inquiry, &mut out).await,
                Next::Pause(until) => {
                    if let Some((error, tries)) = inquiry.trouble() {
                        waits = Some(self.waits(until, failure(error), tries));
                    }
                    let pause = self.wire.sleep(until - self.wire.now());
                    out.push(Box::pin(async move {
                        pause.await;
                        Step::Rested
                    }));
                    self.go_on(&mut inquiry, &mut out).await;
                }
            }
        }
        drop(waits);
        let lost = inquiry.incidents().iter().find_map(|incident| match &incident.kind {
            IncidentKind::Lost(error) => Some(error.clone()),
            _ => None,
        });
        match lost {
            Some(error) => Err(error),
            None => Ok((inquiry, request.unwrap_or_default())),
        }
    }

    /// Signs in for all; an inquiry that waited until another one had done so goes on as that.
    async fn sign_in(&self, inquiry: &mut Inquiry, number: u32, sent: Outgoing) {
        let _turn = self.signing_in.take().await;
        if inquiry.join(self.signed_in.borrow().as_ref()) {
            return;
        }
        let answer = self.wire.send(sent).await;
        inquiry.answered(number, answer.as_ref(), self.wire.now(), self.wire.chance());
        let mut known = self.signed_in.borrow_mut();
        if let Some(newer) = inquiry.signed_in(known.as_ref()) {
            *known = Some(newer);
        }
    }

    /// Waits for whatever is first.
    async fn go_on(&self, inquiry: &mut Inquiry, out: &mut Vec<Doing<'_, Step>>) {
        if let Step::Answered(number, answer) = first(out).await {
            inquiry.answered(number, answer.as_ref(), self.wire.now(), self.wire.chance());
        }
    }

    /// A request as it is shown, once somebody is signed in.
    fn shown(&self, sent: &Outgoing) -> HttpRequest {
        let url = sent.url.strip_prefix(self.connection.base.trim_end_matches('/'));
        HttpRequest {
            method: sent.method.to_owned(),
            url: url.unwrap_or(&sent.url).to_owned(),
        }
    }

    fn waits(&self, until: i64, failure: Failure, tries: u32) -> Waits<'_> {
        self.waiting.set(self.waiting.get() + 1);
        self.wire.stands(Standing::Waiting {
            until: u64::try_from(until).unwrap_or_default(),
            failure,
            tries,
        });
        Waits(self)
    }
}

/// Whether a request is to sign in: every other one reads.
fn is_sign_in(sent: &Outgoing) -> bool {
    sent.body.is_some()
}

/// What came, or that a pause is over.
enum Step {
    Answered(u32, Option<Incoming>),
    Rested,
}

/// An inquiry leaves the server alone, until this is dropped.
struct Waits<'a>(&'a Server);

impl Drop for Waits<'_> {
    fn drop(&mut self) {
        let left = self.0.waiting.get().saturating_sub(1);
        self.0.waiting.set(left);
        if left == 0 {
            self.0.wire.stands(Standing::Reading);
        }
    }
}

/// What could not be read stands at the end of its page, so that every other row of the list has its place.
fn fill(rows: &mut Rows, came: usize) {
    match rows {
        Rows::Users(users) => users.resize_with(came, User::default),
        Rows::Groups(groups) => groups.resize_with(came, Group::default),
    }
}

fn joined(one: Rows, next: Rows) -> Rows {
    match (one, next) {
        (Rows::Users(mut one), Rows::Users(next)) => {
            one.extend(next);
            Rows::Users(one)
        }
        (Rows::Groups(mut one), Rows::Groups(next)) => {
            one.extend(next);
            Rows::Groups(one)
        }
        (one, _) => one,
    }
}

/// What a console is told of a vendor that did not answer as it should.
pub fn problem(error: &ProviderError) -> Problem {
    Problem::Vendor(failure(error))
}
