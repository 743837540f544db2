//! Verifying with the server: asks the vendor's own endpoint the question that is on screen, all pages of it, and compares.
//!
//! Nothing waits for it: each look tells how far it is, and other questions are answered meanwhile.

mod log;

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Math;
use protocol::{LeftOut, Problem, Subject, Vendor, Verification, VerificationQuestion, Verifying};
use provider::connection::{Connection, Credentials, System};
use provider::error::ProviderError;
use provider::incident::{Incident, IncidentKind};
use provider::inquiry::{Inquiry, Next, Pages, Question};
use wasm_bindgen_futures::spawn_local;

use crate::desk::{Comparing, Desk};
use crate::vendor::{Courier, Wish, Wishes, failure, incident, now};
use log::Log;

/// Requests that may be out at once.
const MOST: usize = 6;
/// How many incidents are told.
const TOLD: usize = 50;

/// What a verification needs of the worker.
pub trait Host {
    /// Works with the directory that is open; not at all where there is none.
    fn with_desk(&self, work: &mut dyn FnMut(&mut Desk));
    /// The vendor that the directory was read from, and who asks it where that is known.
    fn vendor(&self) -> Option<(Vendor, Option<Credentials>)>;
    /// Where the verification is kept that was begun last.
    fn run(&self) -> &RefCell<Option<Run>>;
}

/// A verification, under way or over. Clones share it.
#[derive(Clone)]
pub struct Run {
    attempt: u32,
    subject: Subject,
    wishes: Wishes,
    state: Rc<RefCell<Verification>>,
}

/// Begins a verification, or tells how far it is.
pub type Verify = fn(&Rc<dyn Host>, &[u8]) -> Result<Vec<u8>, Problem>;

impl Run {
    /// Ends it; what it found so far stays.
    pub fn stop(&self) {
        self.wishes.tell(Wish::Stop);
    }
}

/// Begins the verification that is asked for, unless it is that which was begun last, and tells how far that is.
///
/// # Errors
/// Says what is wrong with the question.
pub fn verify(host: &Rc<dyn Host>, question: &[u8]) -> Result<Vec<u8>, Problem> {
    let question: VerificationQuestion = protocol::from_bytes(question).map_err(|_| Problem::NotRead)?;
    let run = host.run().borrow().clone();
    let is_asked_for = |run: &Run| run.attempt == question.attempt && Some(&run.subject) == question.subject.as_ref();
    let run = match (run.filter(is_asked_for), question.subject) {
        (Some(run), _) => run,
        (None, Some(subject)) => begin(host, &subject, question.attempt)?,
        (None, None) => {
            if let Some(run) = host.run().take() {
                run.stop();
            }
            return Ok(protocol::to_bytes(&ended(Verifying::Stopped)));
        }
    };
    if question.stop {
        run.stop();
    }
    Ok(protocol::to_bytes(&*run.state.borrow()))
}

fn begin(host: &Rc<dyn Host>, subject: &Subject, attempt: u32) -> Result<Run, Problem> {
    if let Some(earlier) = host.run().take() {
        earlier.stop();
    }
    let run = |standing| Run {
        attempt,
        subject: subject.clone(),
        wishes: Wishes::default(),
        state: Rc::new(RefCell::new(ended(standing))),
    };
    let begun = match host.vendor() {
        None => run(Verifying::NoServer),
        Some((_, None)) => run(Verifying::NobodySignedIn),
        Some((vendor, Some(credentials))) => match System::named(&vendor.system) {
            None => run(Verifying::NoServer),
            Some(system) => {
                let mut comparing = Err(Problem::NotOpen);
                host.with_desk(&mut |desk| comparing = desk.comparing(subject, system, now()));
                let comparing = comparing?;
                let run = run(Verifying::Asks);
                run.state.borrow_mut().left_out = comparing.left_out().to_vec();
                let connection = Connection {
                    system,
                    base: vendor.base,
                    credentials,
                };
                let asking = Asking::new(Rc::clone(host), run.clone(), connection, comparing);
                spawn_local(asking.run());
                run
            }
        },
    };
    *host.run().borrow_mut() = Some(begun.clone());
    Ok(begun)
}

/// A verification of which nothing came yet.
fn ended(standing: Verifying) -> Verification {
    Verification {
        standing,
        pages: 0,
        of_pages: None,
        rows: 0,
        total: None,
        began: u64::try_from(now()).unwrap_or_default(),
        millis: 0,
        left_out: Vec::<LeftOut>::new(),
        incidents: Vec::new(),
        requests: 0,
        sent: Vec::new(),
        answer: String::new(),
        bytes: 0,
    }
}

/// A verification that is being carried out.
struct Asking {
    host: Rc<dyn Host>,
    run: Run,
    connection: Connection,
    comparing: Comparing,
    log: Log,
    incidents: Vec<Incident>,
    /// Pages and rows of the questions that are over.
    before: (u32, u64),
    began: i64,
}

impl Asking {
    fn new(host: Rc<dyn Host>, run: Run, connection: Connection, comparing: Comparing) -> Self {
        Self {
            host,
            run,
            log: Log::new(&connection.base),
            connection,
            comparing,
            incidents: Vec::new(),
            before: (0, 0),
            began: now(),
        }
    }

    async fn run(mut self) {
        let questions = self.comparing.questions().to_vec();
        let mut standing = Verifying::Stopped;
        for (number, question) in questions.into_iter().enumerate() {
            match self.ask(number, question).await {
                Ok(inquiry) => standing = self.compared(&inquiry),
                Err(ended) => {
                    standing = ended;
                    break;
                }
            }
        }
        let mut state = self.run.state.borrow_mut();
        state.standing = standing;
        state.millis = millis_since(self.began);
        state.incidents = self.incidents.iter().take(TOLD).map(incident).collect();
        self.log.tell(&mut state);
    }

    /// Asks one question to the end, or says how the verification ended before.
    async fn ask(&mut self, number: usize, question: Question) -> Result<Inquiry, Verifying> {
        let mut inquiry = Inquiry::new(self.connection.clone(), question, Pages::All, MOST);
        let mut courier = Courier::new(&self.run.wishes);
        loop {
            while let Some(wish) = courier.wish() {
                if matches!(wish, Wish::Stop) {
                    return Err(Verifying::Stopped);
                }
            }
            while let Some((number, answer)) = courier.answer() {
                self.log.answered(number, answer.as_ref());
                inquiry.answered(number, answer.as_ref(), now(), Math::random());
            }
            for batch in inquiry.take_batches() {
                let comparing = &mut self.comparing;
                self.host
                    .with_desk(&mut |desk| desk.take_page(comparing, number, &batch));
            }
            let log = &mut self.log;
            let next = courier.send_what_is_due(&mut |now| {
                let next = inquiry.next(now);
                if let Next::Send(number, request) = &next {
                    log.sent(*number, request);
                }
                next
            });
            self.show(&inquiry, &next);
            match next {
                Next::Done => break,
                Next::SignedOut => {
                    let refusal = inquiry.refusal().unwrap_or(&ProviderError::SignIn);
                    return Err(Verifying::SignedOut(failure(refusal)));
                }
                _ => courier.rung().await,
            }
        }
        let progress = inquiry.progress();
        self.before.0 += progress.pages;
        self.before.1 += progress.rows;
        self.incidents.extend_from_slice(inquiry.incidents());
        Ok(inquiry)
    }

    fn show(&self, inquiry: &Inquiry, next: &Next) {
        let progress = inquiry.progress();
        let (pages, rows) = self.before;
        let mut state = self.run.state.borrow_mut();
        state.pages = pages + progress.pages;
        state.of_pages = progress.of_pages.map(|of| pages + of);
        state.rows = rows + progress.rows;
        state.total = progress.total.map(|total| rows + total);
        state.millis = millis_since(self.began);
        state.requests = self.log.requests();
        state.standing = match (next, inquiry.trouble()) {
            (Next::Pause(until), Some((error, tries))) => Verifying::Waits {
                until: u64::try_from(*until).unwrap_or_default(),
                failure: failure(error),
                tries,
            },
            _ => Verifying::Asks,
        };
    }

    /// What was found, once the last answer is there.
    fn compared(&mut self, inquiry: &Inquiry) -> Verifying {
        let lost = self.incidents.iter().find_map(|incident| match &incident.kind {
            IncidentKind::Lost(error) => Some(error),
            _ => None,
        });
        let is_check = matches!(inquiry.question(), Question::Check { .. });
        let has_something = if is_check {
            inquiry.verdict().is_some()
        } else {
            self.before.1 > 0
        };
        if let (Some(error), false) = (lost, has_something) {
            return Verifying::Failed(failure(error));
        }
        let is_whole = !self.incidents.iter().any(|incident| incident.kind.loses());
        let comparing = &mut self.comparing;
        let mut found = Verifying::Stopped;
        self.host.with_desk(&mut |desk| {
            found = Verifying::Compared(match inquiry.verdict() {
                Some(verdict) => desk.compared_check(comparing, verdict, inquiry.verdicts()),
                None => desk.compared(comparing, is_whole),
            });
        });
        found
    }
}

fn millis_since(began: i64) -> u32 {
    u32::try_from(now() - began).unwrap_or_default()
}
