//! Which requests went out, and what came: enough of it to look at, and none of what proves who asks.

use std::collections::HashMap;

use protocol::{HttpRequest, SentRequest, Verification};
use provider::connection::{Incoming, Outgoing};

use crate::vendor::now;

/// How many requests are told.
const TOLD: usize = 100;
/// How much of a body is told, in bytes.
const SHOWN: usize = 16_384;

/// The requests of a verification.
pub struct Log {
    base: String,
    sent: Vec<SentRequest>,
    /// Which of them are out, and since when.
    out: HashMap<u32, (usize, i64)>,
    requests: u32,
    answer: Option<Vec<u8>>,
    bytes: u64,
}

impl Log {
    /// Of a vendor with this base, which is not told.
    pub fn new(base: &str) -> Self {
        Self {
            base: base.trim_end_matches('/').to_owned(),
            sent: Vec::new(),
            out: HashMap::new(),
            requests: 0,
            answer: None,
            bytes: 0,
        }
    }

    /// A request was sent. Signing in is none that is told: it holds a secret, and its answer another.
    pub fn sent(&mut self, number: u32, request: &Outgoing) {
        if request.body.is_some() {
            return;
        }
        self.requests += 1;
        self.out.insert(number, (self.sent.len(), now()));
        if self.sent.len() < TOLD {
            let url = request.url.strip_prefix(&self.base).unwrap_or(&request.url);
            self.sent.push(SentRequest {
                request: HttpRequest {
                    method: request.method.to_owned(),
                    url: url.to_owned(),
                },
                status: None,
                millis: 0,
                bytes: 0,
            });
        }
    }

    /// What came of a request, if anything.
    pub fn answered(&mut self, number: u32, answer: Option<&Incoming>) {
        let (Some((place, since)), Some(answer)) = (self.out.remove(&number), answer) else {
            return;
        };
        self.bytes += answer.body.len() as u64;
        if let Some(sent) = self.sent.get_mut(place) {
            sent.status = Some(answer.status);
            sent.millis = u32::try_from(now() - since).unwrap_or_default();
            sent.bytes = answer.body.len() as u64;
        }
        if self.answer.is_none() && !answer.body.is_empty() {
            let shown = answer.body.get(..SHOWN).unwrap_or(&answer.body);
            self.answer = Some(shown.to_vec());
        }
    }

    /// How many requests were sent.
    pub fn requests(&self) -> u32 {
        self.requests
    }

    /// Tells all of it.
    pub fn tell(&self, of: &mut Verification) {
        of.requests = self.requests;
        of.sent.clone_from(&self.sent);
        of.answer = self
            .answer
            .as_deref()
            .map(String::from_utf8_lossy)
            .unwrap_or_default()
            .into_owned();
        of.bytes = self.bytes;
    }
}
