//! Questions that are asked again whenever they change, and their answers.
//!
//! The engine takes and gives bytes. Only what asks a question knows how it and its answer are read, so that each chunk of
//! the console holds that for its own.

use protocol::{Kind, Problem, Question, Topic};

use super::Session;
use crate::components::kept::Kept;
use crate::components::live::follow;
use crate::components::slot::Slot;
use crate::engine::{Engine, Reply};
use crate::number::clock;

/// The answer to a question that is asked again whenever it changes. Copies share it.
pub struct Asked<Q: Question> {
    /// The last good answer.
    pub answer: Slot<Option<Q::Answer>>,
    /// The question that it answers.
    pub question: Slot<Option<Q>>,
    /// What is wrong with the newest question.
    pub problem: Slot<Option<Problem>>,
    /// How long the last good answer took, in microseconds.
    pub micros: Slot<u32>,
    /// When the last good answer came: the time of day.
    pub at: Slot<String>,
    /// The question that is asked now, and of which directory.
    newest: Kept<Option<(u32, Q)>>,
    /// The last one that has an answer, good or bad.
    settled: Slot<Option<(u32, Q)>>,
}

impl<Q: Question> Clone for Asked<Q> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<Q: Question> Copy for Asked<Q> {}

impl<Q: Question> Asked<Q> {
    /// Nothing is answered yet.
    fn new(newest: Kept<Option<(u32, Q)>>) -> Self {
        Self {
            answer: Slot::new(None),
            question: Slot::new(None),
            problem: Slot::new(None),
            micros: Slot::new(0),
            at: Slot::new(String::new()),
            newest,
            settled: Slot::new(None),
        }
    }

    /// Whether the newest question has no answer yet, good or bad.
    #[must_use]
    pub fn is_busy(self) -> bool {
        let newest = self.newest.get();
        newest.is_some() && self.settled.with(|settled| newest != *settled)
    }

    fn reply(self, directory: u32, of: Q, answer: Result<Vec<u8>, Problem>, micros: u32) {
        // The screen may be gone by the time its answer comes.
        if self.answer.is_disposed() {
            return;
        }
        self.settled.set(Some((directory, of.clone())));
        let answer = answer.and_then(|bytes| protocol::from_bytes(&bytes).map_err(|_| Problem::NotRead));
        match answer {
            Ok(answer) => {
                self.micros.set(micros);
                self.at.set(clock(js_sys::Date::now()));
                self.question.set(Some(of));
                self.problem.set(None);
                self.answer.set(Some(answer));
            }
            Err(problem) => self.problem.set(Some(problem)),
        }
    }
}

impl Session {
    /// Asks, and asks again whenever what `question` reads has changed or another directory was opened.
    /// While it gives none, nothing is asked and the last answer stays.
    pub fn ask<Q: Question>(self, topic: Topic, question: impl Fn() -> Option<Q> + Send + Sync + 'static) -> Asked<Q> {
        let newest = Kept::new(move || question().map(|question| (self.directory.get(), question)));
        let asked = Asked::new(newest);
        follow(move || {
            let newest = newest.get();
            let is_open = self.opened.with(Option::is_some);
            if let (Some((directory, of)), true) = (newest, is_open) {
                let question = protocol::to_bytes(&of);
                let reply = move |answer, micros| asked.reply(directory, of, answer, micros);
                self.put(topic, Q::KIND, question, Box::new(reply));
            }
        });
        asked
    }

    /// Asks once, for what it does rather than for its answer.
    pub fn tell<Q: Question>(self, topic: Topic, question: &Q) {
        self.put(topic, Q::KIND, protocol::to_bytes(question), Box::new(|_, _| {}));
    }

    /// Asks once, whatever is open; a newer question of the same topic overtakes it, and then it has no answer.
    pub fn request<Q: Question>(
        self,
        topic: Topic,
        question: &Q,
        done: impl FnOnce(Result<Q::Answer, Problem>) + 'static,
    ) {
        let reply = move |answer: Result<Vec<u8>, Problem>, _| {
            done(answer.and_then(|bytes| protocol::from_bytes(&bytes).map_err(|_| Problem::NotRead)));
        };
        self.put(topic, Q::KIND, protocol::to_bytes(question), Box::new(reply));
    }

    fn put(self, topic: Topic, kind: Kind, question: Vec<u8>, reply: Reply) {
        self.with_engine(move |engine: &Engine| engine.ask(topic, kind, question, reply));
    }
}

#[cfg(test)]
mod tests {
    use leptos::prelude::Owner;
    use protocol::GroupQuestion;

    use super::*;

    #[test]
    fn the_same_question_of_another_directory_is_busy_again() {
        let owner = Owner::new();
        owner.set();
        let directory = Slot::new(1);
        let group = "g1".to_owned();
        let asked = Asked::new(Kept::new(move || {
            Some((directory.get(), GroupQuestion { group: group.clone() }))
        }));
        assert!(asked.is_busy());
        asked.settled.set(asked.newest.get());
        assert!(!asked.is_busy());
        directory.set(2);
        assert!(asked.is_busy());
    }

    #[test]
    fn nothing_asked_is_not_busy() {
        let owner = Owner::new();
        owner.set();
        assert!(!Asked::<GroupQuestion>::new(Kept::new(|| None)).is_busy());
    }
}
