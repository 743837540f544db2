//! Opening a vendor to be asked: the first answers, then a task for each question, which ends when it is overtaken.

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::pin::pin;
use std::rc::Rc;
use std::task::Poll;

use js_sys::{Date, Math};
use protocol::{Failure, FromWorker, Source, Standing, Topic, Vendor, VendorProgress};
use provider::connection::{Connection, Credentials, Incoming, Outgoing, System};
use wasm_bindgen_futures::spawn_local;
use web_sys::AbortController;

use super::Live;
use super::server::Wire;
use super::together::Doing;
use crate::clock::steady;
use crate::queue::Waiting;
use crate::reading::{AskLive, Outcome, Reading, Reply, Tell, sleep};
use crate::transport;
use crate::vendor::bell::Bell;
use crate::vendor::{first_sign_in, nobody};

/// Begins to ask a vendor; until the first answers are there, it waits for credentials as often as those it has are refused.
pub async fn open(vendor: &Vendor, reading: &Reading, post: &dyn Fn(&FromWorker)) -> Outcome {
    let (Some(system), Some(tell)) = (System::named(&vendor.system), reading.teller()) else {
        return Outcome::Overtaken;
    };
    let mut known = reading.credentials();
    let mut refusal = Failure::SignIn;
    loop {
        let credentials = match known.take() {
            Some(credentials) => credentials,
            None => {
                let standing = Standing::SignedOut(refusal.clone());
                post(&FromWorker::Reading(VendorProgress { standing, ..nobody() }));
                match first_sign_in(reading.wishes()).await {
                    Some(credentials) => credentials,
                    None => return Outcome::Overtaken,
                }
            }
        };
        post(&FromWorker::Reading(VendorProgress {
            standing: Standing::Reading,
            ..nobody()
        }));
        let is_open = Rc::new(Cell::new(false));
        let live = Rc::new(live(vendor, system, credentials, &tell, &is_open));
        let opening = live.open(Source::Live(vendor.clone()));
        // A wish that comes meanwhile ends it: to stop, or to go on as somebody else.
        match either(opening, first_sign_in(reading.wishes())).await {
            Either::One(Ok(mut opened)) => {
                opened.read_at = Date::now();
                is_open.set(true);
                return Outcome::Asked(tasks(live), opened);
            }
            Either::One(Err(failure)) => refusal = failure,
            Either::Other(Some(credentials)) => known = Some(credentials),
            Either::Other(None) => return Outcome::Overtaken,
        }
    }
}

fn live(vendor: &Vendor, system: System, credentials: Credentials, tell: &Tell, is_open: &Rc<Cell<bool>>) -> Live {
    let connection = Connection {
        system,
        base: vendor.base.clone(),
        credentials,
    };
    let browser = Browser {
        tell: Rc::clone(tell),
        is_open: Rc::clone(is_open),
    };
    Live::new(connection, Box::new(browser))
}

/// What each question is put to: a task of its own, until a newer one of its topic ends it. One that changes the tree is
/// carried out all the same.
fn tasks(live: Rc<Live>) -> AskLive {
    let under_way: RefCell<Vec<(Topic, Rc<Bell>)>> = RefCell::default();
    Rc::new(move |waiting: Waiting, reply: Reply| {
        let mut under_way = under_way.borrow_mut();
        under_way.retain(|(topic, end)| {
            let is_overtaken = *topic == waiting.topic;
            if is_overtaken {
                end.ring();
            }
            !is_overtaken
        });
        let end = Rc::new(Bell::default());
        if !waiting.is_change() {
            under_way.push((waiting.topic, Rc::clone(&end)));
        }
        let live = Rc::clone(&live);
        spawn_local(async move {
            let answer = live.answer(waiting.kind, &waiting.question);
            if let Either::One(answer) = either(answer, end.rung()).await {
                reply(answer);
            }
        });
    })
}

/// One of two.
enum Either<A, B> {
    One(A),
    Other(B),
}

/// Whichever is first; the other is dropped.
async fn either<A, B>(one: impl Future<Output = A>, other: impl Future<Output = B>) -> Either<A, B> {
    let (mut one, mut other) = (pin!(one), pin!(other));
    poll_fn(|context| {
        if let Poll::Ready(done) = one.as_mut().poll(context) {
            return Poll::Ready(Either::One(done));
        }
        other.as_mut().poll(context).map(Either::Other)
    })
    .await
}

/// The browser's network and clock.
struct Browser {
    tell: Tell,
    is_open: Rc<Cell<bool>>,
}

/// What is out; when this is dropped, it is called back.
struct Out(AbortController);

impl Drop for Out {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Wire for Browser {
    fn send(&self, request: Outgoing) -> Doing<'static, Option<Incoming>> {
        Box::pin(async move {
            let out = Out(AbortController::new().ok()?);
            transport::send(&request, &out.0.signal()).await
        })
    }

    fn sleep(&self, millis: i64) -> Doing<'static, ()> {
        Box::pin(sleep(i32::try_from(millis.max(0)).unwrap_or(i32::MAX)))
    }

    fn now(&self) -> i64 {
        steady()
    }

    fn chance(&self) -> f64 {
        Math::random()
    }

    fn stands(&self, standing: Standing) {
        (self.tell)(&match self.is_open.get() {
            true => FromWorker::Stands(standing),
            // Until then the screen shows how far opening has come.
            false => FromWorker::Reading(VendorProgress { standing, ..nobody() }),
        });
    }
}
