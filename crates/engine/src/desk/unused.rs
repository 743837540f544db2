//! The facts that could not be used, a window at a time.

use membership::directory::{Unused, UnusedReason};
use membership::sort;
use protocol::{UnusedFact, UnusedPage};

use super::Desk;

impl Desk {
    /// Cost: O(unused facts).
    pub(super) fn unused(&self, only: Option<protocol::UnusedReason>, offset: usize, limit: usize) -> UnusedPage {
        let mut reasons: Vec<(protocol::UnusedReason, u32)> = Vec::new();
        for fact in self.directory.unused() {
            let reason = told(fact).0;
            match reasons.iter_mut().find(|(other, _)| *other == reason) {
                Some((_, count)) => *count += 1,
                None => reasons.push((reason, 1)),
            }
        }
        // The most frequent first; of equally frequent ones the first of the enum.
        sort::by_key(&mut reasons, |(reason, count)| {
            u64::from(u32::MAX - count) << 32 | *reason as u64
        });
        let facts = self.directory.unused().iter();
        let wanted = facts.filter(|fact| only.is_none_or(|only| told(fact).0 == only));
        let total = only.map_or(self.directory.unused().len() as u32, |only| {
            reasons
                .iter()
                .find(|(reason, _)| *reason == only)
                .map_or(0, |(_, count)| *count)
        });
        UnusedPage {
            offset: offset as u32,
            total,
            reasons,
            rows: wanted.skip(offset).take(limit).map(row).collect(),
        }
    }
}

fn row(fact: &Unused) -> UnusedFact {
    let (reason, id, before) = told(fact);
    UnusedFact {
        line: u64::from(fact.place.line),
        says: fact.says.clone(),
        reason,
        id: id.to_owned(),
        before: u64::from(before),
    }
}

/// The reason, the id or the words that go with it, and the line where it was said before.
fn told(fact: &Unused) -> (protocol::UnusedReason, &str, u32) {
    use protocol::UnusedReason as Told;
    match &fact.reason {
        UnusedReason::UnknownUser(id) => (Told::UnknownUser, id, 0),
        UnusedReason::UnknownGroup(id) => (Told::UnknownGroup, id, 0),
        UnusedReason::Twice { before } => (Told::Twice, "", before.line),
        UnusedReason::DuplicateId { before, .. } => (Told::SameId, "", before.line),
        UnusedReason::NoId => (Told::NoId, "", 0),
        UnusedReason::InItself => (Told::InItself, "", 0),
        UnusedReason::NotAMember => (Told::NotAMember, "", 0),
        UnusedReason::Value(words) => (Told::Value, words, 0),
    }
}
