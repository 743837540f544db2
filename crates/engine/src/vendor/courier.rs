//! Carries requests out and answers in for whoever has a plan: the reading of a directory, or one question.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use provider::connection::{Incoming, Outgoing};
use provider::load::Next;
use wasm_bindgen_futures::spawn_local;
use web_sys::AbortController;

use super::bell::Bell;
use super::{Wish, now};
use crate::reading::sleep;
use crate::transport;

/// Where wishes arrive. Clones share it.
#[derive(Clone, Default)]
pub struct Wishes(Rc<Inbox>);

#[derive(Default)]
struct Inbox {
    bell: Bell,
    wishes: RefCell<VecDeque<Wish>>,
    answers: RefCell<VecDeque<(u32, Option<Incoming>)>>,
}

impl Wishes {
    /// Tells a wish.
    pub fn tell(&self, wish: Wish) {
        self.0.wishes.borrow_mut().push_back(wish);
        self.0.bell.ring();
    }

    /// The next wish that nobody has heeded.
    pub fn take(&self) -> Option<Wish> {
        self.0.wishes.borrow_mut().pop_front()
    }

    /// Waits until something was wished, or came.
    pub async fn rung(&self) {
        self.0.bell.rung().await;
    }
}

/// What is out; when this is dropped, it is called back.
struct Out(Option<AbortController>);

impl Drop for Out {
    fn drop(&mut self) {
        if let Some(abort) = &self.0 {
            abort.abort();
        }
    }
}

/// Sends what a plan says, and hands in what comes. When it is dropped, whatever is out is called back.
pub struct Courier {
    wishes: Wishes,
    out: Out,
    requests: u32,
    /// When the bell is to be rung, in milliseconds since 1970.
    alarm: i64,
}

impl Courier {
    /// Nothing is out; it heeds these wishes.
    #[must_use]
    pub fn new(wishes: &Wishes) -> Self {
        Self {
            wishes: wishes.clone(),
            out: Out(AbortController::new().ok()),
            requests: 0,
            alarm: 0,
        }
    }

    /// How many requests were sent.
    #[must_use]
    pub fn requests(&self) -> u32 {
        self.requests
    }

    /// The next wish that nobody has heeded.
    #[must_use]
    pub fn wish(&self) -> Option<Wish> {
        self.wishes.take()
    }

    /// The next answer, or the news that none came, by the number of its request.
    #[must_use]
    pub fn answer(&self) -> Option<(u32, Option<Incoming>)> {
        self.wishes.0.answers.borrow_mut().pop_front()
    }

    /// Waits for a wish, an answer or an alarm.
    pub async fn rung(&self) {
        self.wishes.rung().await;
    }

    /// Sends until the plan says to wait, and sets the alarm for when it says so.
    pub fn send_what_is_due(&mut self, plan: &mut dyn FnMut(i64) -> Next) -> Next {
        loop {
            match plan(now()) {
                Next::Send(number, request) => self.send(number, request),
                next => {
                    if let Next::Pause(until) = next {
                        self.set_alarm(until);
                    }
                    return next;
                }
            }
        }
    }

    fn send(&mut self, number: u32, request: Outgoing) {
        self.requests += 1;
        let inbox = Rc::clone(&self.wishes.0);
        let signal = self.out.0.as_ref().map(AbortController::signal);
        spawn_local(async move {
            let answer = match signal {
                Some(signal) => transport::send(&request, &signal).await,
                None => None,
            };
            inbox.answers.borrow_mut().push_back((number, answer));
            inbox.bell.ring();
        });
    }

    /// Rings the bell at a time; an earlier alarm stays, and rings for nothing.
    pub fn set_alarm(&mut self, at: i64) {
        if self.alarm > now() && self.alarm <= at {
            return;
        }
        self.alarm = at;
        let inbox = Rc::clone(&self.wishes.0);
        let millis = i32::try_from(at - now()).unwrap_or(i32::MAX).max(0);
        spawn_local(async move {
            sleep(millis).await;
            inbox.bell.ring();
        });
    }
}
