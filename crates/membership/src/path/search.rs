//! Enumerates minimal paths, by depth first, in an order that needs no sorting.

use super::{FAR, PathFinder};
use crate::entity::GroupIndex;
use crate::sort;

/// In which order paths are found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sequence {
    /// The shortest first, then by the names along them; none through a group that is avoided.
    ShortestFirst { avoided: Option<GroupIndex> },
    /// By the names along them alone.
    ByName,
}

/// How a search ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// With every path.
    All,
    /// When told to.
    Enough,
    /// With its steps used up.
    OutOfSteps,
}

/// What is done next.
#[derive(Clone, Copy, Debug)]
enum Step {
    Enter(GroupIndex),
    Leave,
}

/// The memory of searches, which leave it as they found it.
#[derive(Debug, Default)]
pub(super) struct Search {
    path: Vec<GroupIndex>,
    stack: Vec<Step>,
    /// For each group how many groups of the path, the last one left out, it is a parent of: going on to it would leave
    /// a shorter way open, so that the path would not be minimal.
    blocked: Vec<u32>,
    /// The least length that was passed over for being too long.
    next_length: u32,
    steps: usize,
}

impl Search {
    /// Shows paths from any of `starts`, which are sorted by name and lead to the finder's target, until told to stop.
    ///
    /// By iterative deepening: the paths of one length at a time, and no way is taken from which the target is farther
    /// than the length allows. A group in `starts` is on no path but as its first, or as the target.
    pub fn run(
        &mut self,
        finder: &PathFinder<'_>,
        starts: &[GroupIndex],
        sequence: Sequence,
        mut visit: impl FnMut(&[GroupIndex]) -> bool,
    ) -> Found {
        let hierarchy = finder.directory.hierarchy();
        self.blocked.resize(hierarchy.group_count() as usize, 0);
        self.steps = (1 << 18) + 4 * (hierarchy.group_count() as usize + hierarchy.nesting_count() as usize);
        let Sequence::ShortestFirst { avoided } = sequence else {
            return self.round(finder, starts, None, &mut visit);
        };
        self.avoid(avoided, true);
        let ended = self.deepen(finder, starts, &mut visit);
        self.avoid(avoided, false);
        ended
    }

    fn avoid(&mut self, group: Option<GroupIndex>, on: bool) {
        if let Some(blocked) = group.and_then(|group| self.blocked.get_mut(group.row() as usize)) {
            *blocked = if on { *blocked + 1 } else { *blocked - 1 };
        }
    }

    fn deepen(
        &mut self,
        finder: &PathFinder<'_>,
        starts: &[GroupIndex],
        visit: &mut impl FnMut(&[GroupIndex]) -> bool,
    ) -> Found {
        let mut length = starts.iter().map(|start| finder.distance(*start)).min().unwrap_or(FAR);
        while length != FAR {
            self.next_length = FAR;
            match self.round(finder, starts, Some(length), visit) {
                Found::All => length = self.next_length,
                ended => return ended,
            }
        }
        Found::All
    }

    /// The paths of exactly `length` nestings, or of any.
    fn round(
        &mut self,
        finder: &PathFinder<'_>,
        starts: &[GroupIndex],
        length: Option<u32>,
        visit: &mut impl FnMut(&[GroupIndex]) -> bool,
    ) -> Found {
        for start in starts {
            if self.is_too_long(finder.distance(*start), length) {
                continue;
            }
            self.stack.push(Step::Enter(*start));
            while let Some(step) = self.stack.pop() {
                let Step::Enter(group) = step else {
                    self.leave(finder);
                    continue;
                };
                self.enter(finder, group);
                if group == finder.target {
                    let is_asked = length.is_none_or(|length| self.path.len() as u32 == length + 1);
                    if is_asked && !visit(&self.path) {
                        return self.abandon(finder, Found::Enough);
                    }
                } else if !self.branch(finder, group, starts, length) {
                    return self.abandon(finder, Found::OutOfSteps);
                }
            }
        }
        Found::All
    }

    fn is_too_long(&mut self, expected: u32, length: Option<u32>) -> bool {
        let too_long = length.is_some_and(|length| expected > length);
        if too_long {
            self.next_length = self.next_length.min(expected);
        }
        too_long
    }

    fn enter(&mut self, finder: &PathFinder<'_>, group: GroupIndex) {
        self.block(finder, true);
        self.path.push(group);
        self.stack.push(Step::Leave);
    }

    fn leave(&mut self, finder: &PathFinder<'_>) {
        self.path.pop();
        self.block(finder, false);
    }

    /// Blocks, or unblocks, the parents of the last group of the path.
    fn block(&mut self, finder: &PathFinder<'_>, on: bool) {
        let Some(last) = self.path.last() else { return };
        let parents = finder.directory.hierarchy().parents(*last);
        for parent in parents {
            if let Some(blocked) = self.blocked.get_mut(parent.row() as usize) {
                *blocked = if on { *blocked + 1 } else { *blocked - 1 };
            }
        }
        self.steps = self.steps.saturating_sub(parents.len());
    }

    /// Plans to go on to each parent that keeps the path minimal, the first by name first; false if there are no more steps.
    fn branch(
        &mut self,
        finder: &PathFinder<'_>,
        group: GroupIndex,
        starts: &[GroupIndex],
        length: Option<u32>,
    ) -> bool {
        let parents = finder.directory.hierarchy().parents(group);
        let planned = self.stack.len();
        for parent in parents {
            let distance = finder.distance(*parent);
            let is_blocked = self
                .blocked
                .get(parent.row() as usize)
                .is_none_or(|blocked| *blocked > 0);
            let is_open = distance != FAR && !is_blocked;
            if !is_open || (*parent != finder.target && is_start(finder, starts, *parent)) {
                continue;
            }
            if !self.is_too_long(self.path.len() as u32 + distance, length) {
                self.stack.push(Step::Enter(*parent));
            }
        }
        if let Some(plan) = self.stack.get_mut(planned..) {
            // The last one planned is the first one done.
            sort::by_key(plan, |step| match step {
                Step::Enter(group) => u64::from(u32::MAX - finder.place(*group)),
                Step::Leave => u64::MAX,
            });
        }
        self.steps = self.steps.saturating_sub(parents.len() + 1);
        self.steps > 0
    }

    /// Leaves everything as it was before the search.
    fn abandon(&mut self, finder: &PathFinder<'_>, ended: Found) -> Found {
        self.stack.clear();
        while !self.path.is_empty() {
            self.leave(finder);
        }
        ended
    }
}

/// Whether a group is one of `starts`, which are sorted by name.
fn is_start(finder: &PathFinder<'_>, starts: &[GroupIndex], group: GroupIndex) -> bool {
    let place = finder.place(group);
    starts
        .binary_search_by_key(&place, |start| finder.place(*start))
        .is_ok()
}
