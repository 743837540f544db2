//! Vendors' records into the facts of a directory.

use membership::directory::{Builder, Counts, Directory, Place, TooLarge};
use membership::entity::{GroupRecord, UserRecord};

use crate::incident::Incident;
use crate::load::Stage;
use crate::wire::{Incidents, Problem};

/// Facts so far, and what was not as it should be.
#[derive(Debug, Default)]
pub struct Intake {
    builder: Builder,
    is_full: bool,
    /// The time, in milliseconds since 1970 in UTC.
    pub now: i64,
    /// What was not as it should be.
    pub incidents: Incidents,
}

impl Intake {
    /// Takes a user.
    pub fn user(&mut self, record: &UserRecord<'_>, problems: Vec<Problem>) {
        self.incidents.problems(Stage::Users, record.id, problems);
        let taken = self.builder.user(record, Place::default());
        self.is_full |= taken.is_err();
    }

    /// Takes a group.
    pub fn group(&mut self, record: &GroupRecord<'_>, problems: Vec<Problem>) {
        self.incidents.problems(Stage::Groups, record.id, problems);
        let taken = self.builder.group(record, Place::default());
        self.is_full |= taken.is_err();
    }

    /// Takes a direct membership.
    pub fn membership(&mut self, group: &str, user: &str, is_admin: bool) {
        let taken = self.builder.membership(group, user, is_admin, Place::default());
        self.is_full |= taken.is_err();
    }

    /// Takes a nesting.
    pub fn nesting(&mut self, parent: &str, child: &str) {
        let taken = self.builder.nesting(parent, child, Place::default());
        self.is_full |= taken.is_err();
    }

    /// How many facts there are so far.
    pub fn counts(&self) -> Counts {
        self.builder.counts()
    }

    /// The directory of all facts.
    pub fn finish(self, progress: &mut dyn FnMut(u32, u32)) -> Result<(Directory, Vec<Incident>), TooLarge> {
        if self.is_full {
            return Err(TooLarge);
        }
        Ok((self.builder.finish(progress)?, self.incidents.0))
    }
}
