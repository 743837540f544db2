//! Listening to the console: messages in, answers out, one question at a time.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Array, Date, Uint8Array};
use protocol::{Command, FromWorker, Kind, Mailbox, Problem, Source, Standing, ToWorker, Vendor};
use provider::connection::Credentials;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{DedicatedWorkerGlobalScope, MessageChannel, MessageEvent};

use crate::chunk::{self, Answers};
use crate::clock::Moment;
use crate::companion::Companion;
use crate::desk::Desk;
use crate::idle::{Idle, LOOK};
use crate::keep::Keeper;
use crate::queue::{Queue, Waiting};
use crate::reading::{self, AskLive, Reading};
use crate::vendor::{self, Wish, Wishes};
use crate::verify::{Host, Run};

/// What the worker knows.
struct Worker {
    scope: DedicatedWorkerGlobalScope,
    desk: RefCell<Option<Desk>>,
    /// The vendor that is asked in place of a desk.
    live: RefCell<Option<(Vendor, AskLive)>>,
    keeper: Keeper,
    companion: Companion,
    /// Where the directory that is open comes from.
    source: RefCell<Option<Source>>,
    queue: RefCell<Queue>,
    reading: RefCell<Option<Reading>>,
    /// The test of a vendor that is under way.
    testing: RefCell<Option<Wishes>>,
    /// The vendor that the directory was read from.
    vendor: RefCell<Option<Vendor>>,
    /// The verification that was begun last.
    verifying: RefCell<Option<Run>>,
    /// Who asks which vendor: in memory alone, and gone with the worker.
    credentials: RefCell<Vec<(Vendor, Credentials)>>,
    idle: Idle,
    /// Where an answer may be put, if the page shares memory.
    mailbox: RefCell<Option<Mailbox>>,
    /// How many messages were posted.
    said: Cell<u32>,
    /// Posting here comes back as a message, behind the questions that have arrived until then.
    turn: MessageChannel,
}

/// Starts listening. Does nothing outside of a worker.
pub fn start() {
    let Ok(scope) = js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() else {
        return;
    };
    let Ok(turn) = MessageChannel::new() else { return };
    std::panic::set_hook(Box::new(|panic| wasm_bindgen::throw_str(&panic.to_string())));
    let worker = Rc::new(Worker {
        scope,
        desk: RefCell::default(),
        live: RefCell::default(),
        keeper: Keeper::default(),
        companion: Companion::default(),
        source: RefCell::default(),
        queue: RefCell::default(),
        reading: RefCell::default(),
        testing: RefCell::default(),
        vendor: RefCell::default(),
        verifying: RefCell::default(),
        credentials: RefCell::default(),
        idle: Idle::default(),
        mailbox: RefCell::default(),
        said: Cell::new(0),
        turn,
    });
    let listening = Rc::clone(&worker);
    let message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        listening.hear(&Array::from(&event.data()));
    });
    worker.scope.set_onmessage(Some(message.as_ref().unchecked_ref()));
    let answering = Rc::clone(&worker);
    let turn = Closure::<dyn FnMut()>::new(move || answering.answer_next());
    worker.turn.port1().set_onmessage(Some(turn.as_ref().unchecked_ref()));
    let resting = Rc::clone(&worker);
    let look = Closure::<dyn FnMut()>::new(move || resting.rest());
    let every = look.as_ref().unchecked_ref();
    // Without it, the time is noticed with the next message.
    let _ = worker
        .scope
        .set_interval_with_callback_and_timeout_and_arguments_0(every, LOOK);
    worker.post(&FromWorker::Alive);
    // All listen as long as the worker lives.
    message.forget();
    turn.forget();
    look.forget();
}

impl Worker {
    fn hear(self: &Rc<Self>, parts: &Array) {
        let bytes = Uint8Array::new(&parts.get(0)).to_vec();
        let message = protocol::from_bytes(&bytes);
        // After a sleep this comes before the next look.
        self.rest();
        if !matches!(message, Ok(ToWorker::Ping)) {
            self.idle.stir(Moment::now());
        }
        match message {
            Ok(ToWorker::Open(source)) => self.open(Reading::new(source, parts.get(1).dyn_into().ok())),
            Ok(ToWorker::Read(source)) => self.open(Reading::new(source, parts.get(1).dyn_into().ok()).anew()),
            Ok(ToWorker::Stop) => self.stop(),
            Ok(ToWorker::Ask {
                number,
                topic,
                kind,
                question,
            }) => {
                let idle = self.queue.borrow().is_empty();
                self.queue.borrow_mut().push(Waiting {
                    number,
                    topic,
                    kind,
                    question,
                });
                if idle {
                    self.take_turn();
                }
            }
            Ok(ToWorker::Command(vendor, command)) => self.obey(&vendor, command),
            Ok(ToWorker::Ping) => self.post(&FromWorker::Alive),
            Ok(ToWorker::Mailbox) => *self.mailbox.borrow_mut() = Mailbox::from_memory(parts.get(1)),
            Err(error) => wasm_bindgen::throw_str(&error.to_string()),
        }
    }

    fn take_turn(&self) {
        let _ = self.turn.port2().post_message(&JsValue::NULL);
    }

    /// Answers one question; what has arrived in the meantime may overtake the next.
    fn answer_next(self: &Rc<Self>) {
        let Some(waiting) = self.queue.borrow_mut().pop() else {
            // Nobody waits, so what is likely to be asked next can be made ready, a part at a time.
            if self.desk.borrow().as_ref().is_some_and(Desk::finish_order) {
                self.take_turn();
            }
            return;
        };
        let began = self.now();
        if waiting.kind == Kind::Verification {
            spawn_local(Rc::clone(self).verify(waiting));
        } else {
            self.answer(waiting, began);
        }
        self.take_turn();
    }

    fn answer(self: &Rc<Self>, waiting: Waiting, began: f64) {
        let live = self.live.borrow().as_ref().map(|(_, ask)| Rc::clone(ask));
        // What is on this device, or beside it, is no question to a vendor.
        let is_of_directory = !matches!(waiting.kind, Kind::Kept | Kind::Keep | Kind::Forget | Kind::Companion);
        if let Some(ask) = live.filter(|_| is_of_directory) {
            let worker = Rc::clone(self);
            let number = waiting.number;
            return ask(waiting, Box::new(move |answer| worker.answered(number, began, answer)));
        }
        let first = match self.desk.borrow_mut().as_mut() {
            Some(desk) => desk.answer_first(waiting.kind, &waiting.question),
            None => None,
        };
        match first {
            Some(answer) => self.answered(waiting.number, began, answer),
            None => spawn_local(Rc::clone(self).answer_any(waiting)),
        }
    }

    /// Begins to hold an answer against the vendor's, or tells how far that is.
    async fn verify(self: Rc<Self>, waiting: Waiting) {
        let verify = chunk::verifier().await;
        let began = self.now();
        let host: Rc<dyn Host> = Rc::clone(&self) as Rc<dyn Host>;
        let answer = verify.map_or(Err(Problem::NotFetched), |verify| verify(&host, &waiting.question));
        self.answered(waiting.number, began, answer);
    }

    /// Answers a question whose code may have to be fetched; where it is there, before anything else is done.
    async fn answer_any(self: Rc<Self>, waiting: Waiting) {
        let answers = chunk::answerer(waiting.kind).await;
        let began = self.now();
        let answer = match answers {
            Ok(Answers::Desk(answer)) => match self.desk.borrow_mut().as_mut() {
                Some(desk) => answer(desk, waiting.kind, &waiting.question, Date::now() as i64),
                None => Err(Problem::NotOpen),
            },
            Ok(Answers::Kept(answer)) => answer(&self.keeper, &self.desk, waiting.kind, &waiting.question).await,
            Ok(Answers::Companion(ask)) => Ok(protocol::to_bytes(&ask(&self.companion).await)),
            Err(_) => Err(Problem::NotFetched),
        };
        self.answered(waiting.number, began, answer);
    }

    fn answered(&self, number: u32, began: f64, answer: Result<Vec<u8>, Problem>) {
        let micros = ((self.now() - began) * 1_000.0) as u32;
        self.post(&FromWorker::Answered { number, micros, answer });
    }

    fn open(self: &Rc<Self>, reading: Reading) {
        self.stop_quietly();
        let known = reading.source().vendor().and_then(|vendor| self.credentials_of(vendor));
        let teller = Rc::clone(self);
        let reading = reading
            .signed_in(known)
            .telling(Rc::new(move |message| teller.post(message)));
        *self.reading.borrow_mut() = Some(reading.clone());
        let worker = Rc::clone(self);
        spawn_local(async move {
            let began = worker.now();
            let outcome = reading::read(&reading, &|message| worker.post(message)).await;
            let last = match outcome {
                reading::Outcome::Read(desk, mut opened) => {
                    opened.millis = worker.now() - began;
                    // What is verified is of the directory before.
                    worker.stop_verifying();
                    *worker.vendor.borrow_mut() = match &opened.source {
                        Source::Vendor(vendor) => Some(vendor.clone()),
                        _ => None,
                    };
                    *worker.live.borrow_mut() = None;
                    worker.keeper.opens(&opened);
                    worker.has_read(*desk, &opened.source);
                    FromWorker::Opened(opened)
                }
                reading::Outcome::Asked(ask, mut opened) => {
                    opened.millis = worker.now() - began;
                    worker.stop_verifying();
                    worker.keeper.opens(&opened);
                    worker.asks(ask, &opened.source);
                    FromWorker::Opened(opened)
                }
                reading::Outcome::Refused(error) => FromWorker::Refused(error),
                reading::Outcome::Needed { damage } => FromWorker::Needed {
                    source: reading.source().clone(),
                    damage,
                },
                reading::Outcome::Overtaken => return,
            };
            *worker.reading.borrow_mut() = None;
            worker.post(&last);
            chunk::fetch_ahead().await;
        });
    }

    /// A vendor is asked from now on; what was read before is gone.
    fn asks(&self, ask: AskLive, source: &Source) {
        *self.desk.borrow_mut() = None;
        *self.vendor.borrow_mut() = None;
        *self.source.borrow_mut() = Some(source.clone());
        *self.live.borrow_mut() = source.vendor().cloned().map(|vendor| (vendor, ask));
    }

    /// Another reading of the same directory knows what the one before has found.
    fn has_read(&self, mut desk: Desk, source: &Source) {
        let before = self.desk.borrow_mut().take();
        let is_same = self.source.borrow_mut().replace(source.clone()).as_ref() == Some(source);
        if let Some(before) = before.filter(|_| is_same) {
            desk.follow(before);
        }
        *self.desk.borrow_mut() = Some(desk);
    }

    fn obey(self: &Rc<Self>, vendor: &Vendor, command: Command) {
        match command {
            Command::SignIn(sent) => {
                let Some(credentials) = vendor::credentials(sent, self.companion.granted(vendor)) else {
                    return;
                };
                self.forget(vendor);
                self.credentials
                    .borrow_mut()
                    .push((vendor.clone(), credentials.clone()));
                self.tell(vendor, Wish::SignIn(credentials));
            }
            Command::SignOut => {
                self.sign_out(vendor);
                if self.reads(vendor) {
                    self.stop();
                }
            }
            Command::Test => self.test(vendor.clone()),
            Command::Pause => self.tell(vendor, Wish::Pause),
            Command::GoOn => self.tell(vendor, Wish::GoOn),
            Command::Finish => self.tell(vendor, Wish::Finish),
        }
    }

    /// Forgets who asks which vendor, once nobody has asked anything for a while. What is being read is waited for, unless
    /// it waits itself.
    fn rest(&self) {
        if !self.idle.is_over(Moment::now()) {
            return;
        }
        self.idle.stir(Moment::now());
        let known = self.credentials.borrow();
        let vendors: Vec<Vendor> = known.iter().map(|(vendor, _)| vendor.clone()).collect();
        drop(known);
        for vendor in &vendors {
            self.sign_out(vendor);
            // What it has read so far waits with it for the next sign-in.
            self.tell(vendor, Wish::SignOut);
        }
        if let Some(testing) = self.testing.borrow_mut().take() {
            testing.tell(Wish::Stop);
        }
        if !vendors.is_empty() {
            self.post(&FromWorker::SignedOut);
        }
    }

    fn sign_out(&self, vendor: &Vendor) {
        self.forget(vendor);
        self.stop_verifying();
        // It would go on with its credentials.
        self.live.borrow_mut().take_if(|(asked, _)| asked.is_same(vendor));
    }

    /// Tells a wish to the reading of a vendor, if it is that which is under way.
    fn tell(&self, vendor: &Vendor, wish: Wish) {
        if self.reads(vendor)
            && let Some(reading) = self.reading.borrow().as_ref()
        {
            reading.tell(wish);
        }
    }

    fn reads(&self, vendor: &Vendor) -> bool {
        let reading = self.reading.borrow();
        reading
            .as_ref()
            .and_then(|reading| reading.source().vendor())
            .is_some_and(|other| other.is_same(vendor))
    }

    fn credentials_of(&self, vendor: &Vendor) -> Option<Credentials> {
        let known = self.credentials.borrow();
        let found = known.iter().find(|(other, _)| other.is_same(vendor));
        found.map(|(_, credentials)| credentials.clone())
    }

    fn forget(&self, vendor: &Vendor) {
        self.credentials
            .borrow_mut()
            .retain(|(other, _)| !other.is_same(vendor));
    }

    /// Tests a vendor; a test that is under way is stopped.
    fn test(self: &Rc<Self>, vendor: Vendor) {
        let wishes = Wishes::default();
        if let Some(earlier) = self.testing.borrow_mut().replace(wishes.clone()) {
            earlier.tell(Wish::Stop);
        }
        let Some(credentials) = self.credentials_of(&vendor) else {
            return;
        };
        let worker = Rc::clone(self);
        spawn_local(async move {
            let tested = match chunk::vendor_tester().await {
                Ok(test) => test(&vendor, credentials, &wishes).await,
                Err(_) => Some(vendor::untested(&vendor)),
            };
            if let Some(tested) = tested {
                worker.post(&FromWorker::Tested(tested));
            }
        });
    }

    fn stop(&self) {
        if let Some(testing) = self.testing.borrow_mut().take() {
            testing.tell(Wish::Stop);
        }
        if self.stop_quietly() {
            self.post(&FromWorker::Stopped);
        }
    }

    fn stop_verifying(&self) {
        if let Some(run) = self.verifying.borrow_mut().take() {
            run.stop();
        }
    }

    fn stop_quietly(&self) -> bool {
        let reading = self.reading.borrow_mut().take();
        reading.is_some_and(|reading| {
            reading.stop();
            true
        })
    }

    /// Milliseconds since the worker started.
    fn now(&self) -> f64 {
        self.scope.performance().map_or(0.0, |performance| performance.now())
    }

    fn post(&self, message: &FromWorker) {
        if moves(message) {
            self.rest();
            self.idle.stir(Moment::now());
        }
        let said = self.said.get();
        self.said.set(said.wrapping_add(1));
        let mut bytes = protocol::to_bytes(message);
        if matches!(message, FromWorker::Answered { .. })
            && self.mailbox.borrow().as_ref().is_some_and(|it| it.put(&bytes, said))
        {
            bytes = protocol::to_bytes(&FromWorker::Alive);
        }
        let bytes = Uint8Array::from(&*bytes).buffer();
        let _ = self.scope.post_message_with_transfer(&bytes, &Array::of1(&bytes));
    }
}

/// Whether a message tells of work that a person waits for; a reading that is paused, or waits for a sign-in, is none.
fn moves(message: &FromWorker) -> bool {
    match message {
        FromWorker::Progress(_) => true,
        FromWorker::Reading(progress) => matches!(progress.standing, Standing::Reading | Standing::Waiting { .. }),
        _ => false,
    }
}

impl Host for Worker {
    fn with_desk(&self, work: &mut dyn FnMut(&mut Desk)) {
        if let Some(desk) = self.desk.borrow_mut().as_mut() {
            work(desk);
        }
    }

    fn vendor(&self) -> Option<(Vendor, Option<Credentials>)> {
        let vendor = self.vendor.borrow().clone()?;
        let credentials = self.credentials_of(&vendor);
        Some((vendor, credentials))
    }

    fn run(&self) -> &RefCell<Option<Run>> {
        &self.verifying
    }
}
