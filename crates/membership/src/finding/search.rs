//! Looking for findings a piece at a time, so that whoever looks can do something else in between.

use super::alike::Alike;
use super::{DEEPEST, Finding, FindingKind, Tell, kind_of};
use crate::directory::Directory;
use crate::entity::{GroupIndex, UserIndex};
use crate::hierarchy::{Span, contains};
use crate::sort;

/// How many memberships are as much work as one row: they are read one after another.
const MEMBERSHIPS: i64 = 16;

/// Looks for the findings of one kind.
#[derive(Debug)]
pub struct FindingSearch {
    kind: FindingKind,
    stage: Stage,
}

#[derive(Debug)]
enum Stage {
    /// One row after another, of whatever the kind is about.
    Rows(u32),
    /// The direct members of a group that contains others, from this one on.
    Members(u32, usize),
    Alike(Alike),
    Done,
}

impl FindingSearch {
    /// Begins to look.
    #[must_use]
    pub fn new(kind: FindingKind) -> Self {
        let stage = match kind {
            FindingKind::Lookalike => Stage::Alike(Alike::looks()),
            FindingKind::Redundant => Stage::Members(0, 0),
            _ => Stage::Rows(0),
        };
        Self { kind, stage }
    }

    /// Looks on at about so many rows, and tells what is found; if that was all, what is left of the work.
    ///
    /// A step exceeds its work by one group at the most, and, for names that are alike, by those that share a 256th of
    /// all hashes. `Cycle` and `SuspendedAdministrator` take a single step.
    pub fn step(&mut self, directory: &Directory, work: u32, tell: Tell<'_>) -> Option<u32> {
        let mut left = i64::from(work);
        while left > 0 {
            left -= match &mut self.stage {
                Stage::Done => return Some(left as u32),
                Stage::Alike(alike) => {
                    let spent = alike.go_on(directory, left, tell);
                    if spent == 0 {
                        self.stage = Stage::Done;
                    }
                    spent
                }
                Stage::Members(group, member) => {
                    let place = (*group, *member);
                    let (next, spent) = redundant(directory, place, left, tell);
                    self.stage = next.map_or(Stage::Done, |(group, member)| Stage::Members(group, member));
                    spent
                }
                Stage::Rows(row) => {
                    let at = *row;
                    *row += 1;
                    match look_at(directory, self.kind, at, tell) {
                        Some(spent) => spent,
                        None => {
                            self.stage = match self.kind {
                                FindingKind::DuplicateIdentifier => Stage::Alike(Alike::identifiers()),
                                _ => Stage::Done,
                            };
                            0
                        }
                    }
                }
            };
        }
        matches!(self.stage, Stage::Done).then_some(0)
    }
}

/// Looks at one row for findings of a kind; how much work it was, or none where there is no such row.
fn look_at(directory: &Directory, kind: FindingKind, row: u32, tell: Tell<'_>) -> Option<i64> {
    match kind {
        FindingKind::Cycle | FindingKind::SuspendedAdministrator => {
            if row > 0 {
                return None;
            }
            directory.tell_critical(kind, tell);
            Some(i64::from(directory.group_count()))
        }
        FindingKind::SuspendedMember => {
            let user = (row < directory.user_count()).then(|| UserIndex::new(row))?;
            if directory.direct_group_count(user) > 0 && directory.is_off(user) {
                let mut groups: Vec<_> = directory.direct_groups(user).map(|(group, _)| group).collect();
                sort::by_key(&mut groups, |group| group.row().into());
                tell(Finding::new(kind, vec![user], groups));
            }
            Some(1)
        }
        FindingKind::NoManager | FindingKind::Deep | FindingKind::OneManager | FindingKind::Empty => {
            let group = (row < directory.group_count()).then(|| GroupIndex::new(row))?;
            look_at_group(directory, kind, group, tell);
            let reads_members = matches!(kind, FindingKind::NoManager | FindingKind::OneManager);
            let members = if reads_members {
                directory.direct_count(group)
            } else {
                0
            };
            Some(1 + i64::from(members) / MEMBERSHIPS)
        }
        // All others are about facts that could not be used, among others or alone.
        _ => {
            let fact = directory.unused().get(row as usize)?;
            if kind_of(&fact.reason) == kind {
                tell(Finding::of_fact(kind, row));
            }
            Some(1)
        }
    }
}

fn look_at_group(directory: &Directory, kind: FindingKind, group: GroupIndex, tell: Tell<'_>) {
    let is_found = match kind {
        FindingKind::NoManager => {
            directory.knows_managers() && directory.direct_count(group) > 0 && directory.manager_count(group) == 0
        }
        FindingKind::Deep => directory.hierarchy().depth(group) > DEEPEST,
        FindingKind::Empty => directory.member_count(group) == 0,
        _ => {
            let mut managers = directory.direct_members(group).filter(|(_, is_manager)| *is_manager);
            if let (Some((user, _)), None) = (managers.next(), managers.next()) {
                tell(Finding::new(kind, vec![user], vec![group]));
            }
            false
        }
    };
    if is_found {
        tell(Finding::new(kind, Vec::new(), vec![group]));
    }
}

/// Looks at direct members, from one of a group on, whether they are in it through nesting too; where to go on, and how
/// much work it was.
fn redundant(
    directory: &Directory,
    (row, from): (u32, usize),
    left: i64,
    tell: Tell<'_>,
) -> (Option<(u32, usize)>, i64) {
    if row >= directory.group_count() {
        return (None, 0);
    }
    let group = GroupIndex::new(row);
    // A group that contains no other brings nobody.
    if directory.hierarchy().children(group).is_empty() {
        return (Some((row + 1, 0)), 1);
    }
    let spans = directory.hierarchy.spans(group);
    let own = directory.hierarchy.position(group);
    let mut looked = 0;
    for (user, _) in directory.direct_members(group).skip(from).take(left.max(1) as usize) {
        looked += 1;
        if meets_elsewhere(directory.memberships.positions(user), own, &spans) {
            tell(Finding::new(FindingKind::Redundant, vec![user], vec![group]));
        }
    }
    let next = if from + looked < directory.direct_count(group) as usize {
        (row, from + looked)
    } else {
        (row + 1, 0)
    };
    (Some(next), 1 + spans.len() as i64 + looked as i64)
}

/// Whether one of somebody's positions, given as `position << 1 | role`, other than `own` is within the spans.
fn meets_elsewhere(positions: &[u32], own: u32, spans: &[Span]) -> bool {
    if positions.len() < 2 {
        return false;
    }
    if positions.len() <= spans.len() {
        return positions
            .iter()
            .any(|item| item >> 1 != own && contains(spans, item >> 1));
    }
    spans.iter().any(|span| {
        let from = positions.partition_point(|item| item >> 1 < span.start);
        let within = positions
            .iter()
            .skip(from)
            .map(|item| item >> 1)
            .take_while(|position| *position < span.end);
        within.take(2).any(|position| position != own)
    })
}
