//! Groups that can be offered, with the number of users that each would leave.

use super::offer::rank;
use super::{Suggestion, SuggestionKind};
use crate::directory::Directory;
use crate::entity::{GroupIndex, UserIndex};
use crate::query::lex::{Lexeme, lex};
use crate::query::{is_quotable, parse_users, quote};
use crate::set::Set;
use crate::sort;
use crate::text::fold;

/// How many groups are counted, and offered as a value.
const COUNTED: usize = 8;
/// How many are offered as one more condition.
const OFFERED: usize = 5;
/// How many users of an answer are asked for their groups, to find groups worth counting.
const SAMPLE: u32 = 256;
/// How many members all counts together may walk over: a few milliseconds.
const BUDGET: u64 = 2_000_000;
/// What it costs to check one user against one group, in members walked over.
const CHECK: u64 = 16;

/// What group suggestions are made from.
pub(super) struct GroupOffers<'a> {
    pub(super) directory: &'a Directory,
    pub(super) now: i64,
}

/// The users that the rest of a query leaves, and how many.
struct Base {
    users: Set,
    count: u32,
}

/// The [`COUNTED`] groups of the least keys; of equal ones those offered first.
#[derive(Default)]
struct Best(Vec<(u64, GroupIndex)>);

impl Best {
    /// Cost: O(1).
    fn offer(&mut self, key: u64, group: GroupIndex) {
        let at = self
            .0
            .iter()
            .rposition(|(other, _)| *other <= key)
            .map_or(0, |at| at + 1);
        if at < COUNTED {
            self.0.truncate(COUNTED - 1);
            self.0.insert(at, (key, group));
        }
    }

    fn groups(self) -> Vec<GroupIndex> {
        self.0.into_iter().map(|(_, group)| group).collect()
    }
}

/// A key by which the most come first.
fn fewest(count: u32) -> u64 {
    u64::from(u32::MAX - count)
}

impl GroupOffers<'_> {
    /// `AND memberOf = …` after `head`: groups that some, not all, of the present answer are in.
    pub(super) fn to_add(&self, head: &str, tail: &str) -> Vec<Suggestion> {
        let Some(base) = self.base(head, tail) else {
            return Vec::new();
        };
        let counted = self.counted(&self.common(&base), Some(&base));
        let splits = counted
            .into_iter()
            .filter(|(_, count)| count.is_none_or(|left| 0 < left && left < base.count));
        splits
            .take(OFFERED)
            .filter_map(|(group, count)| self.offer("AND memberOf = ", group, count))
            .collect()
    }

    /// `memberOf = …` for what is typed where a condition starts.
    pub(super) fn as_conditions(&self, typed: &str) -> Vec<Suggestion> {
        let groups = self.counted(&self.named(typed), None);
        groups
            .into_iter()
            .take(OFFERED)
            .filter_map(|(group, count)| self.offer("memberOf = ", group, count))
            .collect()
    }

    /// Groups as values. `rest` is what stands before the comparison and after the value, if counts within it make
    /// sense.
    pub(super) fn as_values(&self, typed: &str, rest: Option<(&str, &str)>) -> Vec<Suggestion> {
        let base = rest.and_then(|(before, after)| self.rest(before, after));
        let candidates = match &base {
            Some(base) if typed.is_empty() && base.count < self.directory.user_count() => self.common(base),
            _ => self.named(typed),
        };
        let mut counted = self.counted(&candidates, base.as_ref());
        if typed.is_empty() {
            counted.retain(|(_, count)| *count != Some(0));
        }
        let hide = rest.is_none();
        let count_of = |count: Option<u32>| count.filter(|_| !hide && base.is_some());
        counted
            .into_iter()
            .filter_map(|(group, count)| self.offer("", group, count_of(count)))
            .collect()
    }

    fn offer(&self, before: &str, group: GroupIndex, count: Option<u32>) -> Option<Suggestion> {
        let name = self.directory.group_name(group);
        let is_found = is_quotable(name) && self.directory.find_group(name) == Some(group);
        let identifier = if is_found { name } else { self.directory.group_id(group) };
        let about = if is_found { "" } else { name };
        is_quotable(identifier).then(|| {
            let insert = format!("{before}{}", quote(identifier));
            Suggestion {
                count,
                ..Suggestion::new(SuggestionKind::Group, insert, about)
            }
        })
    }

    /// The users that the query leaves around the comparison at the caret: all of what stands before it and after it,
    /// where `AND` joins them.
    fn rest(&self, before: &str, after: &str) -> Option<Base> {
        let before = before.trim_end();
        let joined = match before
            .len()
            .checked_sub("AND".len())
            .and_then(|at| before.split_at_checked(at))
        {
            Some((head, joint)) if joint.eq_ignore_ascii_case("AND") => head,
            _ if before.is_empty() => before,
            _ => return None,
        };
        self.base(joined, after)
    }

    /// The users that `head` and, behind an `AND`, `tail` leave; none if either cannot be read or has an `OR` that
    /// binds weaker than the `AND` to come.
    fn base(&self, head: &str, tail: &str) -> Option<Base> {
        let tail = tail.trim_start();
        let joint = tail
            .split_at_checked("AND".len())
            .filter(|(joint, _)| joint.eq_ignore_ascii_case("AND"));
        let tail = match joint {
            Some((_, rest)) => rest,
            None if tail.is_empty() => tail,
            None => return None,
        };
        let mut users = self.select(head)?;
        if !tail.is_empty() {
            users.intersect_with(&self.select(tail)?);
        }
        let count = users.count();
        Some(Base { users, count })
    }

    fn select(&self, text: &str) -> Option<Set> {
        let mut depth = 0;
        for token in lex(text) {
            match token.lexeme {
                Lexeme::Open => depth += 1,
                Lexeme::Close => depth -= 1,
                Lexeme::Word(_) if depth == 0 && token.is("OR") => return None,
                _ => {}
            }
        }
        self.directory.select_users(&parse_users(text).ok()?, self.now).ok()
    }

    /// The groups whose name fits what is typed: starts so, has a word that does, contains it; then the largest.
    fn named(&self, typed: &str) -> Vec<GroupIndex> {
        let names = &self.directory.groups().name;
        let needle = fold(typed);
        let mut hits = Set::new(names.len());
        names.contains(&needle, &Set::full(names.len()), &mut hits);
        let mut best = Best::default();
        for row in hits.iter() {
            let (group, name) = (GroupIndex::new(row), names.get(row).unwrap_or_default());
            if let Some(rank) = rank(name, typed) {
                best.offer(
                    u64::from(rank) << 32 | fewest(self.directory.member_count(group)),
                    group,
                );
            }
        }
        best.groups()
    }

    /// The groups that most users of an answer are in, but not all of them, as a sample tells.
    fn common(&self, base: &Base) -> Vec<GroupIndex> {
        let step = (base.count / SAMPLE).max(1) as usize;
        let mut tally = vec![0_u32; self.directory.group_count() as usize];
        let (mut asked, mut groups) = (0, Vec::new());
        for row in base.users.iter().step_by(step) {
            asked += 1;
            groups.clear();
            self.directory.add_groups_of(UserIndex::new(row), true, &mut groups);
            for group in &groups {
                if let Some(count) = tally.get_mut(group.row() as usize) {
                    *count += 1;
                }
            }
        }
        let mut best = Best::default();
        for (count, row) in tally.into_iter().zip(0..) {
            if 0 < count && count < asked {
                best.offer(fewest(count), GroupIndex::new(row));
            }
        }
        best.groups()
    }

    /// Each group with the number of users it would leave, as far as the budget reaches; most first.
    fn counted(&self, groups: &[GroupIndex], base: Option<&Base>) -> Vec<(GroupIndex, Option<u32>)> {
        let mut budget = BUDGET;
        let count = |group: &GroupIndex| (*group, self.count(*group, base, &mut budget));
        let mut counted: Vec<_> = groups.iter().map(count).collect();
        if base.is_some() {
            // What could not be counted comes last.
            sort::by_key(&mut counted, |(_, count)| count.map_or(u64::MAX, fewest));
        }
        counted
    }

    /// How many users of the base are in a group. Cost: O(the less of both), in bitmap words or checks.
    fn count(&self, group: GroupIndex, base: Option<&Base>, budget: &mut u64) -> Option<u32> {
        let size = self.directory.member_count(group);
        let Some(base) = base.filter(|base| base.count < self.directory.user_count()) else {
            return Some(size);
        };
        let checks = u64::from(base.count) * CHECK;
        *budget = budget.checked_sub(checks.min(size.into()))?;
        if checks < size.into() {
            let is_in = |row: &u32| self.directory.is_member(UserIndex::new(*row), group);
            return Some(base.users.iter().filter(is_in).count() as u32);
        }
        Some(base.users.count_common(&self.directory.member_set(group, true)))
    }
}
