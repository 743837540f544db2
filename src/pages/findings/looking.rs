//! Looking for findings: the worker goes a little further with every question, and is asked until it is done.

use protocol::{CutAnswer, CutQuestion, FindingKind, FindingsQuestion, FindingsSummary, Topic};

use crate::components::kept::Kept;
use crate::components::live::follow;
use crate::components::slot::Slot;
use crate::session::{Asked, Session};

/// How many findings there are, as far as was looked.
pub fn looking(session: Session, q: Kept<String>, first: Kept<Option<FindingKind>>) -> Asked<FindingsQuestion> {
    let steps = Slot::new(0_u32);
    let asked = session.ask(Topic::Findings, move || {
        Some(FindingsQuestion {
            q: q.get(),
            first: first.get(),
            steps: steps.get(),
        })
    });
    let goes_on = |answer: &Option<FindingsSummary>| answer.as_ref().is_some_and(|answer| !answer.is_done);
    follow(move || {
        if asked.answer.with(goes_on) {
            steps.update(|steps| *steps = steps.wrapping_add(1));
        }
    });
    asked
}

/// Which nesting of the loop of a group takes least away, as far as they were weighed.
pub fn weighing(session: Session, group: Kept<Option<String>>) -> Asked<CutQuestion> {
    let steps = Slot::new(0_u32);
    let asked = session.ask(Topic::Cut, move || {
        let steps = steps.get();
        group.get().map(|group| CutQuestion { group, steps })
    });
    let goes_on = |answer: &Option<Option<CutAnswer>>| matches!(answer, Some(Some(answer)) if !answer.is_done);
    follow(move || {
        if asked.answer.with(goes_on) {
            steps.update(|steps| *steps = steps.wrapping_add(1));
        }
    });
    asked
}
