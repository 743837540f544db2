//! How many members each group has, direct and inherited, each counted once.

#![expect(
    clippy::indexing_slicing,
    reason = "hot loops; every index is a component below the number of them, by which the lists are sized"
)]

use crate::directory::Memberships;
use crate::entity::UserIndex;
use crate::hierarchy::{Hierarchy, Span};
use crate::set::Set;

/// Users that are counted at once, in words.
const WORDS: usize = 8;

/// For each group its members.
///
/// Cost: the lesser of O(memberships of all spans of all components) and O((components + nestings) · users / 64), and less than
/// the former where spans lie in each other.
pub(crate) fn totals(users: u32, hierarchy: &Hierarchy, memberships: &Memberships) -> Vec<u32> {
    let components = hierarchy.component_count();
    let nestings: usize = (0..components).map(|component| hierarchy.below(component).len()).sum();
    let by_words = (u64::from(components) + nestings as u64) * u64::from(users.div_ceil(64));
    let by_component = if work(hierarchy, memberships).is_some_and(|work| work <= by_words) {
        by_spans(users, hierarchy, memberships)
    } else {
        by_blocks(users, hierarchy, memberships)
    };
    let groups = (0..hierarchy.group_count()).map(crate::entity::GroupIndex::new);
    groups
        .map(|group| by_component[hierarchy.component(group) as usize])
        .collect()
}

/// How many memberships all spans hold together; none if not all spans are kept.
fn work(hierarchy: &Hierarchy, memberships: &Memberships) -> Option<u64> {
    let components = 0..hierarchy.component_count();
    let spans = components.flat_map(|component| hierarchy.spans_of(component).into_owned());
    hierarchy.keeps_all_spans().then(|| {
        spans
            .map(|span| memberships.within(span.start, span.end).len() as u64)
            .sum()
    })
}

/// In one pass over the memberships, group by group in the hierarchy's order. A span has as many members as memberships, but for
/// those of users who were named in it before. Most components have a single span, and such spans lie in each other; the others
/// are counted by a set.
fn by_spans(users: u32, hierarchy: &Hierarchy, memberships: &Memberships) -> Vec<u32> {
    let mut totals = vec![0; hierarchy.component_count() as usize];
    let (mut seen, mut latest) = (Set::new(users), vec![0; users as usize]);
    let (mut open, mut before) = (Vec::<Open>::new(), None);
    for position in 0..hierarchy.group_count() {
        close(&mut open, position, memberships, &mut totals);
        let (component, first) = (
            hierarchy.component(hierarchy.group_at(position)),
            memberships.first_at(position),
        );
        if before.replace(component) != Some(component) {
            let limit = open.last().map_or(u32::MAX, |around| around.end);
            match &*hierarchy.spans_of(component) {
                [Span { start, end }] if *start == position && *end <= limit => open.push(Open {
                    component,
                    first,
                    end: *end,
                    repeated: 0,
                }),
                spans => totals[component as usize] = union(spans, memberships, &mut seen),
            }
        }
        tell_repeated(memberships.at(position), first, &mut latest, &mut open);
    }
    close(&mut open, hierarchy.group_count(), memberships, &mut totals);
    totals
}

/// A span whose memberships are being passed, and which lies in that of the one before.
struct Open {
    component: u32,
    /// The number of its first membership.
    first: u32,
    /// The position behind it.
    end: u32,
    /// How many of its memberships are of users who were named in it before, and in none of the spans within it.
    repeated: u32,
}

/// Counts the members of the spans that end before a position.
fn close(open: &mut Vec<Open>, position: u32, memberships: &Memberships, totals: &mut [u32]) {
    while let Some(last) = open.pop_if(|span| span.end <= position) {
        totals[last.component as usize] = memberships.first_at(last.end) - last.first - last.repeated;
        if let Some(around) = open.last_mut() {
            around.repeated += last.repeated;
        }
    }
}

/// Passes the memberships of a group, of which the first has a number; `latest` has for each user the number behind that of
/// their last one.
///
/// It is called for each group, so that what compiles WebAssembly sees that it is worth to be compiled well.
#[inline(never)]
fn tell_repeated(items: &[u32], first: u32, latest: &mut [u32], open: &mut [Open]) {
    for (item, number) in items.iter().zip(first + 1..) {
        let before = std::mem::replace(&mut latest[(item >> 1) as usize], number);
        if before > 0
            && let Some(span) = open.iter_mut().rev().find(|span| span.first < before)
        {
            span.repeated += 1;
        }
    }
}

/// How many users are named within some spans. `seen` is empty, before and after.
#[inline(never)]
fn union(spans: &[Span], memberships: &Memberships, seen: &mut Set) -> u32 {
    let slices = spans.iter().map(|span| memberships.within(span.start, span.end));
    let members: usize = slices.clone().map(<[u32]>::len).sum();
    let total = slices.clone().map(|slice| insert_all(slice, seen)).sum();
    // A small set is taken out one by one, a large one word by word.
    if members < seen.len() as usize / 64 {
        slices.flatten().for_each(|item| _ = seen.remove(item >> 1));
    } else {
        seen.clear();
    }
    total
}

/// Puts users in, and says how many of them were not.
#[inline(never)]
fn insert_all(items: &[u32], seen: &mut Set) -> u32 {
    let mut count = 0;
    for item in items {
        count += u32::from(seen.insert(item >> 1));
    }
    count
}

/// Some users at a time, for all components, each the union of those right below it.
fn by_blocks(users: u32, hierarchy: &Hierarchy, memberships: &Memberships) -> Vec<u32> {
    let components = hierarchy.component_count();
    let mut totals = vec![0; components as usize];
    let mut sets = vec![[0u64; WORDS]; components as usize];
    for start in (0..users).step_by(64 * WORDS) {
        sets.fill([0; WORDS]);
        for (user, at) in (start..users).zip(0..64 * WORDS) {
            for item in memberships.positions(UserIndex::new(user)) {
                let component = hierarchy.component(hierarchy.group_at(item >> 1));
                sets[component as usize][at / 64] |= 1 << (at % 64);
            }
        }
        // Numbers ascend from what is contained to what contains it.
        for component in 0..components {
            let mut set = sets[component as usize];
            for child in hierarchy.below(component) {
                let child = &sets[*child as usize];
                set.iter_mut().zip(child).for_each(|(mine, theirs)| *mine |= theirs);
            }
            sets[component as usize] = set;
            totals[component as usize] += set.iter().map(|word| word.count_ones()).sum::<u32>();
        }
    }
    totals
}
