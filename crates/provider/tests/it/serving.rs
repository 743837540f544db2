//! Servers that need no network: a function answers what a plan asks, in an order of its own.

use std::collections::HashMap;

use membership::directory::Directory;
use provider::answer::{Call, Caller, answer};
use provider::connection::{Incoming, Outgoing};
use provider::inquiry::Inquiry;
use provider::load::{Load, Next};

/// What says what to send, and takes what came.
pub trait Plan {
    fn next(&mut self, now: i64) -> Next;
    fn answered(&mut self, number: u32, answer: Option<&Incoming>, now: i64, chance: f64);
}

impl Plan for Load {
    fn next(&mut self, now: i64) -> Next {
        self.next(now)
    }

    fn answered(&mut self, number: u32, answer: Option<&Incoming>, now: i64, chance: f64) {
        self.answered(number, answer, now, chance);
    }
}

impl Plan for Inquiry {
    fn next(&mut self, now: i64) -> Next {
        self.next(now)
    }

    fn answered(&mut self, number: u32, answer: Option<&Incoming>, now: i64, chance: f64) {
        self.answered(number, answer, now, chance);
    }
}

/// The answer to a request, and to which time of asking it.
pub type Answer<'a> = dyn Fn(&Outgoing, u32) -> Option<Incoming> + 'a;

/// A server: what it answers to each request, which may depend on how often it was asked before.
pub struct Server<'a> {
    answer: &'a Answer<'a>,
    asked: HashMap<String, u32>,
    /// Every URL, in the order of asking.
    pub log: Vec<String>,
    /// Milliseconds that have passed.
    pub now: i64,
    pub most_out: usize,
}

impl<'a> Server<'a> {
    pub fn new(answer: &'a Answer<'a>) -> Self {
        Self {
            answer,
            asked: HashMap::new(),
            log: Vec::new(),
            now: 1_000_000,
            most_out: 0,
        }
    }

    /// Serves until nothing more is asked; tells whether somebody has to sign in.
    pub fn serve(&mut self, plan: &mut impl Plan) -> bool {
        let mut out = Vec::new();
        for _ in 0..100_000 {
            match plan.next(self.now) {
                Next::Send(number, request) => {
                    out.push((number, request));
                    self.most_out = self.most_out.max(out.len());
                }
                Next::Pause(until) if out.is_empty() => {
                    assert!(until > self.now, "a pause lies ahead");
                    self.now = until;
                }
                Next::SignedOut if out.is_empty() => return true,
                Next::Await | Next::Pause(_) | Next::SignedOut => {
                    // Answers come in another order than they were asked for.
                    let (number, request) = out.pop().expect("an answer is awaited");
                    let times = self.asked.entry(request.url.clone()).or_default();
                    *times += 1;
                    self.log.push(request.url.clone());
                    let answer = (self.answer)(&request, *times);
                    self.now += 10;
                    plan.answered(number, answer.as_ref(), self.now, 0.5);
                }
                Next::Done => return false,
            }
        }
        panic!("it does not end");
    }
}

/// An answer in JSON.
pub fn json(body: &str) -> Option<Incoming> {
    Some(Incoming {
        status: 200,
        body: body.as_bytes().to_vec(),
        ..Incoming::default()
    })
}

/// An answer that is nothing but its status.
pub fn status(status: u16) -> Option<Incoming> {
    Some(Incoming {
        status,
        ..Incoming::default()
    })
}

/// What the documented endpoints answer of a directory to an administrator.
pub fn of_directory(directory: &Directory, request: &Outgoing) -> Option<Incoming> {
    let call = Call {
        method: request.method,
        url: &request.url,
        caller: Caller::Administrator,
        now: 0,
    };
    let response = answer(directory, &call);
    Some(Incoming {
        status: response.status,
        body: response.body.unwrap_or_default().into_bytes(),
        ..Incoming::default()
    })
}
