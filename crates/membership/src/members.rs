//! Who is in a group, directly or through nesting, and which groups somebody is in.

mod mark;
mod total;

pub(crate) use mark::Marks;
pub(crate) use total::totals;

use crate::directory::Directory;
use crate::entity::{GroupIndex, UserIndex};
use crate::hierarchy::{Span, contains};
use crate::set::Set;
use crate::sort;

/// How a user is in a group. Who is a member both ways is a direct one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Membership {
    /// The group names the user.
    Direct,
    /// A group below names the user, and the group itself does not.
    Inherited,
    /// Neither.
    None,
}

impl Directory {
    /// The members of a group: those whom it names, or with those whom any group below it names.
    ///
    /// Cost: O(users / 64 + memberships of these groups), and at most O(users · direct groups of a user).
    #[must_use]
    pub fn member_set(&self, group: GroupIndex, include_inherited: bool) -> Set {
        if include_inherited && let Some(set) = self.members_by_user(group) {
            return set;
        }
        let mut set = Set::new(self.user_count());
        self.add_members(group, include_inherited, &mut set);
        set
    }

    /// The members of a group that holds so many memberships that asking each user is faster: most say yes at once.
    fn members_by_user(&self, group: GroupIndex) -> Option<Set> {
        let spans = self.hierarchy.spans(group);
        let [span] = &*spans else { return None };
        let memberships = self.memberships.within(span.start, span.end).len() as u64;
        let by_user = 3 * memberships > self.membership_count() && memberships > u64::from(self.user_count());
        by_user.then(|| {
            Set::from_fn(self.user_count(), |row| {
                meets(self.memberships.positions(UserIndex::new(row)), &spans)
            })
        })
    }

    /// The members of a group, or all users, without those who are members, direct or inherited, of an excluded group.
    ///
    /// Cost: as [`Self::member_set`], for each group.
    #[must_use]
    pub fn members(&self, group: Option<GroupIndex>, include_inherited: bool, excluded: &[GroupIndex]) -> Set {
        let mut members = match group {
            Some(group) => self.member_set(group, include_inherited),
            None => Set::full(self.user_count()),
        };
        if !excluded.is_empty() {
            let mut away = Set::new(self.user_count());
            excluded
                .iter()
                .for_each(|group| away.union_with(&self.member_set(*group, true)));
            members.subtract(&away);
        }
        members
    }

    fn add_members(&self, group: GroupIndex, include_inherited: bool, set: &mut Set) {
        let mut add = |items: &[u32]| set.insert_all(items.iter().map(|item| item >> 1));
        if include_inherited {
            for span in self.hierarchy.spans(group).iter() {
                add(self.memberships.within(span.start, span.end));
            }
        } else {
            add(self.memberships.at(self.hierarchy.position(group)));
        }
    }

    /// How many members a group has, direct and inherited, each counted once.
    ///
    /// Cost: O(1). All were counted when the directory was made, at O(memberships of all spans of all groups), or at
    /// O((groups + nestings) · users / 64) where that is less.
    #[must_use]
    pub fn member_count(&self, group: GroupIndex) -> u32 {
        self.totals.get(group.row() as usize).copied().unwrap_or_default()
    }

    /// Whether a user is in a group, directly or through nesting.
    ///
    /// Cost: O(direct groups of the user · log spans of the group).
    #[must_use]
    pub fn is_member(&self, user: UserIndex, group: GroupIndex) -> bool {
        meets(self.memberships.positions(user), &self.hierarchy.spans(group))
    }

    /// How a user is in a group.
    ///
    /// Cost: as [`Self::is_member`].
    #[must_use]
    pub fn membership(&self, user: UserIndex, group: GroupIndex) -> Membership {
        if self.is_direct_member(user, group) {
            Membership::Direct
        } else if self.is_member(user, group) {
            Membership::Inherited
        } else {
            Membership::None
        }
    }

    /// For each pair whether the user is in the group, directly or through nesting.
    ///
    /// Cost: as [`Self::is_member`], three times as fast on many pairs.
    #[must_use]
    pub fn check_pairs(&self, pairs: &[(UserIndex, GroupIndex)]) -> Vec<bool> {
        if !self.hierarchy.keeps_all_spans() {
            return self.check_by_group(pairs);
        }
        let mut answers = Vec::with_capacity(pairs.len());
        // What sixteen checks need is asked of memory at once, before any of them waits for it.
        for pairs in pairs.chunks(16) {
            let mut checks = [Check::default(); 16];
            for ((user, group), check) in pairs.iter().zip(&mut checks) {
                check.positions = self.memberships.positions(*user);
                check.spans = self.hierarchy.kept_spans(*group);
            }
            checks.iter_mut().for_each(Check::begin);
            answers.extend(checks.iter().take(pairs.len()).map(Check::holds));
        }
        answers
    }

    /// Finds each group's spans once.
    fn check_by_group(&self, pairs: &[(UserIndex, GroupIndex)]) -> Vec<bool> {
        let mut by_group = pairs.iter().zip(0usize..).collect::<Vec<_>>();
        sort::by_key(&mut by_group, |((_, group), _)| self.hierarchy.component(*group).into());
        let mut answers = vec![false; pairs.len()];
        let same = |one: &(&(_, GroupIndex), _), other: &(&(_, GroupIndex), _)| {
            self.hierarchy.component(one.0.1) == self.hierarchy.component(other.0.1)
        };
        for pairs in by_group.chunk_by(same) {
            let Some(((_, group), _)) = pairs.first() else { continue };
            let spans = self.hierarchy.spans(*group);
            for ((user, _), at) in pairs {
                if let Some(answer) = answers.get_mut(*at) {
                    *answer = meets(self.memberships.positions(*user), &spans);
                }
            }
        }
        answers
    }

    /// The groups that a user is in: those that name the user, or with all groups above them; ascending.
    ///
    /// Cost: O(groups found + nestings above).
    #[must_use]
    pub fn groups_of(&self, user: UserIndex, include_inherited: bool) -> Vec<GroupIndex> {
        let mut groups = Vec::new();
        self.add_groups_of(user, include_inherited, &mut groups);
        sort::by_key(&mut groups, |group| group.row().into());
        groups
    }

    /// As [`Self::groups_of`], but the nearest first, and after what a list has: for whoever asks so often that making lists counts.
    pub fn add_groups_of(&self, user: UserIndex, include_inherited: bool, groups: &mut Vec<GroupIndex>) {
        let positions = self.memberships.positions(user);
        let mut marks = self.marks.borrow_mut();
        marks.add_groups(&self.hierarchy, positions, include_inherited, groups);
    }

    /// How many groups a user is in through nesting alone.
    ///
    /// Cost: O(groups found + nestings above).
    #[must_use]
    pub fn inherited_group_count(&self, user: UserIndex) -> u32 {
        let mut marks = self.marks.borrow_mut();
        let found = marks.above(&self.hierarchy, self.memberships.positions(user));
        let sizes = found
            .iter()
            .map(|component| self.hierarchy.component_groups(*component).len() as u32);
        sizes.sum::<u32>() - self.direct_group_count(user)
    }
}

/// One check of many.
#[derive(Clone, Copy, Default)]
struct Check<'a> {
    positions: &'a [u32],
    spans: &'a [Span],
    /// Whether the first position is in the first span.
    is_met_at_once: bool,
}

impl Check<'_> {
    /// Looks at the first entry of each list, so that memory brings both.
    fn begin(&mut self) {
        if let ([item, ..], [span, ..]) = (self.positions, self.spans) {
            self.is_met_at_once = (span.start..span.end).contains(&(item >> 1));
        }
    }

    fn holds(&self) -> bool {
        self.is_met_at_once || meets(self.positions, self.spans)
    }
}

/// Whether a user who is in the groups at some positions, given as `position << 1 | role`, is below one of the spans.
#[inline]
fn meets(positions: &[u32], spans: &[Span]) -> bool {
    match spans {
        [span] => {
            let width = span.end - span.start;
            positions
                .iter()
                .any(|item| (item >> 1).wrapping_sub(span.start) < width)
        }
        spans => positions.iter().any(|item| contains(spans, item >> 1)),
    }
}
