//! Facts as they are told: where, how many, and which could not be used.

use crate::entity::Entity;
use crate::text::Full;

/// Where a fact stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The line of the file, from 1; 0 where there is no file.
    pub line: u32,
}

/// A fact that could not be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unused {
    /// Where it stands.
    pub place: Place,
    /// What it says, as a directory file would: JSON on one line.
    pub says: String,
    /// Why it was not used.
    pub reason: UnusedReason,
}

/// Why a fact could not be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnusedReason {
    /// No user has this id.
    UnknownUser(String),
    /// No group has this id.
    UnknownGroup(String),
    /// It was said before.
    Twice {
        /// Where.
        before: Place,
    },
    /// Another user, or another group, has the id; the first stays.
    DuplicateId {
        /// Which of the two.
        entity: Entity,
        /// Where the first one stands.
        before: Place,
    },
    /// An item without an id.
    NoId,
    /// A group nested in itself.
    InItself,
    /// A manager who is not a member.
    NotAMember,
    /// A value that is none for its field; in words, why.
    Value(String),
}

/// How many facts have been told so far, whether they can be used or not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Users.
    pub users: u32,
    /// Groups.
    pub groups: u32,
    /// Direct memberships.
    pub memberships: u64,
    /// Nestings.
    pub nestings: u64,
}

/// There are more facts than the indices can number: 2 billion users or groups, 4 billion memberships or nestings, or
/// 4 GiB of text in one column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLarge;

impl std::fmt::Display for TooLarge {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("the directory is larger than can be indexed")
    }
}

impl std::error::Error for TooLarge {}

impl From<Full> for TooLarge {
    fn from(_: Full) -> Self {
        Self
    }
}

/// The places of many facts. Lines come in order and at even steps, so that runs of them take 12 bytes.
#[derive(Clone, Debug, Default)]
pub(super) struct Places {
    runs: Vec<Run>,
    len: u32,
}

#[derive(Clone, Copy, Debug)]
struct Run {
    first: u32,
    line: u32,
    step: u32,
}

impl Run {
    fn line(self, index: u32) -> u32 {
        self.line.wrapping_add(self.step.wrapping_mul(index - self.first))
    }
}

impl Places {
    /// Adds so many facts that stand at one place. Cost: O(1), amortised.
    pub fn push(&mut self, place: Place, count: u32) {
        // Behind three of one line, whatever stood before them, a run goes on with that line.
        (0..count.min(3)).for_each(|_| self.push_one(place));
        self.len += count.saturating_sub(3);
    }

    fn push_one(&mut self, place: Place) {
        let index = self.len;
        self.len += 1;
        if let Some(run) = self.runs.last_mut() {
            if index == run.first + 1 {
                run.step = place.line.wrapping_sub(run.line);
            }
            if run.line(index) == place.line {
                return;
            }
        }
        let (first, line, step) = (index, place.line, 0);
        self.runs.push(Run { first, line, step });
    }

    /// Cost: O(log runs).
    pub fn at(&self, index: u32) -> Place {
        let after = self.runs.partition_point(|run| run.first <= index);
        let run = after.checked_sub(1).and_then(|at| self.runs.get(at));
        let line = run.map_or(0, |run| run.line(index));
        Place { line }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Place, Places};

    proptest! {
        #[test]
        fn places_are_those_that_were_told(told in prop::collection::vec((1..6u32, 0..6u32), 0..20)) {
            let (mut places, mut lines) = (Places::default(), Vec::new());
            for (line, count) in told {
                places.push(Place { line }, count);
                lines.extend((0..count).map(|_| line));
            }
            let found = (0..).zip(&lines).map(|(index, _)| places.at(index).line);
            prop_assert_eq!(found.collect::<Vec<_>>(), lines);
        }
    }
}
