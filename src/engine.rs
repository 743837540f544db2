//! The handle on the worker: ask, answer, progress, and starting it again when it dies.

use std::cell::{Cell, RefCell};
use std::hint::spin_loop;
use std::rc::Rc;
use std::time::Duration;

use crate::words::say;
use js_sys::{Array, ArrayBuffer, Uint8Array};
use leptos::prelude::{IntervalHandle, request_animation_frame, set_interval_with_handle, window};
use protocol::{
    Command, FileError, FromWorker, Kind, Mailbox, Opened, Problem, Progress, Source, Standing, Tested, ToWorker,
    Topic, Vendor, VendorProgress,
};
use wasm_bindgen::prelude::*;
use web_sys::{ErrorEvent, File, MessageEvent, Worker, WorkerOptions, WorkerType};

/// How often the console looks whether the worker still answers.
const WATCH: Duration = Duration::from_secs(2);

/// Milliseconds that a frame waits for an answer: of its sixteen, new rows take ten.
const PATIENCE: f64 = 6.0;

/// What the worker tells without being asked.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// How far reading has come.
    Progress(Progress),
    /// How far reading from a vendor has come.
    Reading(VendorProgress),
    /// How the vendor stands that is asked live.
    Stands(Standing),
    /// What a test of a vendor found.
    Tested(Tested),
    /// A directory is open.
    Opened(Opened),
    /// Nothing was opened; what was open stays.
    Refused(FileError),
    /// Reading was stopped; what was open stays.
    Stopped,
    /// Nothing of it is kept, and it takes a person to read it.
    Needed {
        /// What was to be opened.
        source: Source,
        /// Why what is kept of it could not be opened.
        damage: Option<String>,
    },
    /// Nobody asked anything for a while: the worker has forgotten who asks which vendor.
    SignedOut,
    /// The worker died and was started again: it knows nothing, and no question will be answered.
    Restarted,
    /// The worker died again before it was of any use, or never started: it was not started once more.
    Dead(String),
}

/// What is done with an answer, which is still bytes, and with the microseconds that it took.
pub type Reply = Box<dyn FnOnce(Result<Vec<u8>, Problem>, u32)>;

/// The handle on the worker. Clones share it.
#[derive(Clone)]
pub struct Engine(Rc<Shared>);

struct Shared {
    script: String,
    tell: Box<dyn Fn(Event)>,
    worker: RefCell<Option<Running>>,
    /// One question of a topic at the most, with its number.
    waiting: RefCell<Vec<(Topic, u32, Reply)>>,
    /// Messages to a worker that does not listen yet, in their order.
    unsent: RefCell<Vec<Array>>,
    /// Where the worker may put an answer, for the next frame to look at.
    mailbox: RefCell<Option<Mailbox>>,
    /// How many messages the worker has posted.
    heard: Cell<u32>,
    /// Whether the next frame looks into the mailbox.
    looks: Cell<bool>,
    number: Cell<u32>,
    reading: Cell<bool>,
    pulse: Cell<Pulse>,
    watch: Cell<Option<IntervalHandle>>,
}

/// Signs of life, as far as they are needed to tell a busy worker from a dead one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Pulse {
    /// It has said nothing since it was started: its script may still be on its way.
    Starting,
    /// It said something since the last look.
    Heard,
    /// It was silent between the last two looks, and has been asked whether it is there.
    Asked,
    /// Silent for one look since it was asked.
    Silent,
}

/// A worker with the closures that listen to it.
struct Running {
    worker: Worker,
    _message: Closure<dyn FnMut(MessageEvent)>,
    _error: Closure<dyn FnMut(ErrorEvent)>,
}

impl Running {
    /// Posts a message, whose bytes are moved, and the file beside it.
    fn post(&self, parts: &Array) {
        let moved = Array::of1(&parts.get(0));
        let _ = self.worker.post_message_with_transfer(parts, &moved);
    }
}

impl Engine {
    /// Starts the worker whose script lies at `script`. What it tells unasked goes to `tell`.
    pub fn start(script: &str, tell: impl Fn(Event) + 'static) -> Self {
        let engine = Self(Rc::new(Shared {
            script: script.to_owned(),
            tell: Box::new(tell),
            worker: RefCell::default(),
            waiting: RefCell::default(),
            unsent: RefCell::default(),
            mailbox: RefCell::default(),
            heard: Cell::new(0),
            looks: Cell::new(false),
            number: Cell::new(0),
            reading: Cell::new(false),
            pulse: Cell::new(Pulse::Starting),
            watch: Cell::new(None),
        }));
        engine.spawn();
        let watched = Rc::downgrade(&engine.0);
        let look = move || {
            if let Some(shared) = watched.upgrade() {
                Engine(shared).look();
            }
        };
        engine.0.watch.set(set_interval_with_handle(look, WATCH).ok());
        engine
    }

    /// Opens what is kept of a directory on this device, or reads it.
    pub fn open(&self, source: Source) {
        self.0.reading.set(true);
        self.post(&ToWorker::Open(source), None);
    }

    /// Reads a directory from its source; `file` goes with [`Source::File`].
    pub fn read(&self, source: Source, file: Option<&File>) {
        self.0.reading.set(true);
        self.post(&ToWorker::Read(source), file);
    }

    /// Does something with a vendor.
    pub fn command(&self, vendor: Vendor, command: Command) {
        self.post(&ToWorker::Command(vendor, command), None);
    }

    /// Stops reading.
    pub fn stop(&self) {
        self.post(&ToWorker::Stop, None);
    }

    /// Asks a question, given as bytes. One of the same topic that still waits is overtaken: its reply is never called.
    pub fn ask(&self, topic: Topic, kind: Kind, question: Vec<u8>, reply: Reply) {
        let number = self.0.number.get().wrapping_add(1);
        self.0.number.set(number);
        let mut waiting = self.0.waiting.borrow_mut();
        waiting.retain(|(other, ..)| *other != topic);
        waiting.push((topic, number, reply));
        drop(waiting);
        self.post(
            &ToWorker::Ask {
                number,
                topic,
                kind,
                question,
            },
            None,
        );
        self.look_in_frame();
    }

    fn post(&self, message: &ToWorker, file: Option<&File>) {
        let worker = self.0.worker.borrow();
        let Some(running) = worker.as_ref() else { return };
        let parts = Array::of1(&written(message));
        if let Some(file) = file {
            parts.push(file);
        }
        // What arrives before the worker listens is lost: its first sign of life says that it does.
        if self.0.pulse.get() == Pulse::Starting {
            self.0.unsent.borrow_mut().push(parts);
        } else {
            running.post(&parts);
        }
    }

    fn spawn(&self) {
        self.0.pulse.set(Pulse::Starting);
        let mailbox = Mailbox::new();
        let offer = |mailbox: &Mailbox| Array::of2(&written(&ToWorker::Mailbox), mailbox.memory());
        *self.0.unsent.borrow_mut() = mailbox.iter().map(offer).collect();
        *self.0.mailbox.borrow_mut() = mailbox;
        self.0.heard.set(0);
        // Only a module can import what it fetches later.
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let Ok(worker) = Worker::new_with_options(&self.0.script, &options) else {
            (self.0.tell)(Event::Dead(say("this browser starts no worker").to_owned()));
            return;
        };
        let shared = Rc::downgrade(&self.0);
        let message = Closure::new(move |event: MessageEvent| {
            if let Some(shared) = shared.upgrade() {
                Engine(shared).receive(&Uint8Array::new(&event.data()).to_vec());
            }
        });
        let shared = Rc::downgrade(&self.0);
        let error = Closure::new(move |event: ErrorEvent| {
            if let Some(shared) = shared.upgrade() {
                Engine(shared).bury(&event.message());
            }
        });
        worker.set_onmessage(Some(message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(error.as_ref().unchecked_ref()));
        *self.0.worker.borrow_mut() = Some(Running {
            worker,
            _message: message,
            _error: error,
        });
    }

    /// Looks into the mailbox in the next frame, which is before any message may be heard if a key was pressed.
    fn look_in_frame(&self) {
        if self.0.mailbox.borrow().is_none() || self.0.looks.replace(true) {
            return;
        }
        let shared = Rc::downgrade(&self.0);
        request_animation_frame(move || {
            if let Some(shared) = shared.upgrade() {
                shared.looks.set(false);
                Engine(shared).wait_in_frame();
            }
        });
    }

    /// Hears what was posted, behind what lies in the mailbox and was said before.
    fn receive(&self, bytes: &[u8]) {
        self.empty_mailbox();
        self.0.heard.set(self.0.heard.get().wrapping_add(1));
        self.hear(bytes);
    }

    /// Waits a little for an answer, which would otherwise be shown a whole frame later.
    fn wait_in_frame(&self) {
        let Some(clock) = window().performance() else { return };
        let until = clock.now() + PATIENCE;
        while !self.empty_mailbox() && !self.0.waiting.borrow().is_empty() && clock.now() < until {
            spin_loop();
        }
    }

    /// Hears what lies in the mailbox; whether there was anything.
    fn empty_mailbox(&self) -> bool {
        let heard = self.0.heard.get();
        let message = self.0.mailbox.borrow().as_ref().and_then(|it| it.take(heard));
        let Some(message) = message else { return false };
        self.hear(&message);
        true
    }

    fn hear(&self, bytes: &[u8]) {
        self.0.pulse.set(Pulse::Heard);
        if let Some(running) = self.0.worker.borrow().as_ref() {
            for parts in self.0.unsent.take() {
                running.post(&parts);
            }
        }
        let event = match protocol::from_bytes(bytes) {
            Ok(FromWorker::Alive) => return,
            Ok(FromWorker::Answered { number, micros, answer }) => {
                return self.answered(number, micros, answer);
            }
            Ok(FromWorker::Progress(progress)) => Event::Progress(progress),
            Ok(FromWorker::Reading(progress)) => Event::Reading(progress),
            Ok(FromWorker::Stands(standing)) => Event::Stands(standing),
            Ok(FromWorker::Tested(tested)) => Event::Tested(tested),
            Ok(FromWorker::Opened(opened)) => Event::Opened(opened),
            Ok(FromWorker::Refused(error)) => Event::Refused(error),
            Ok(FromWorker::Stopped) => Event::Stopped,
            Ok(FromWorker::SignedOut) => Event::SignedOut,
            Ok(FromWorker::Needed { source, damage }) => Event::Needed { source, damage },
            Err(error) => return self.bury(&error.to_string()),
        };
        let goes_on = matches!(
            event,
            Event::Progress(_) | Event::Reading(_) | Event::Stands(_) | Event::Tested(_) | Event::SignedOut
        );
        if !goes_on {
            self.0.reading.set(false);
        }
        (self.0.tell)(event);
    }

    fn answered(&self, number: u32, micros: u32, answer: Result<Vec<u8>, Problem>) {
        let mut waiting = self.0.waiting.borrow_mut();
        let place = waiting.iter().position(|(_, candidate, _)| *candidate == number);
        let asked = place.map(|place| waiting.swap_remove(place));
        drop(waiting);
        if let Some((.., reply)) = asked {
            reply(answer, micros);
        }
    }

    /// Whether something is outstanding and nothing has been heard for three looks, a ping included.
    fn look(&self) {
        let idle = self.0.waiting.borrow().is_empty() && !self.0.reading.get();
        let next = match self.0.pulse.get() {
            Pulse::Starting => Pulse::Starting,
            _ if idle => Pulse::Heard,
            Pulse::Heard => {
                self.post(&ToWorker::Ping, None);
                Pulse::Asked
            }
            Pulse::Asked => Pulse::Silent,
            Pulse::Silent => return self.bury(say("it no longer answers")),
        };
        self.0.pulse.set(next);
    }

    /// Ends the worker and starts another, unless this one was of no use at all.
    fn bury(&self, reason: &str) {
        let was_of_use = self.0.pulse.get() != Pulse::Starting;
        if let Some(running) = self.0.worker.borrow_mut().take() {
            running.worker.set_onmessage(None);
            running.worker.set_onerror(None);
            running.worker.terminate();
        }
        self.0.waiting.borrow_mut().clear();
        self.0.reading.set(false);
        if was_of_use {
            self.spawn();
            (self.0.tell)(Event::Restarted);
        } else {
            (self.0.tell)(Event::Dead(reason.to_owned()));
        }
    }
}

/// A message as it is posted.
fn written(message: &ToWorker) -> ArrayBuffer {
    Uint8Array::from(&*protocol::to_bytes(message)).buffer()
}

impl Drop for Shared {
    fn drop(&mut self) {
        if let Some(watch) = self.watch.take() {
            watch.clear();
        }
        if let Some(running) = self.worker.get_mut() {
            running.worker.terminate();
        }
    }
}
