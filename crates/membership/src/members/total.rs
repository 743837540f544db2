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
/// Cost: the lesser of O(memberships of all spans of all components) and O((components + nestings) · users / 64).
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

/// Component by component: in a single span by looking whether the user's membership before is within it too, in
/// several by a set.
fn by_spans(users: u32, hierarchy: &Hierarchy, memberships: &Memberships) -> Vec<u32> {
    let earlier = earlier(users, memberships);
    let mut seen = Set::new(users);
    let total = |component| match &*hierarchy.spans_of(component) {
        [span] => first_within(
            &earlier,
            memberships.first_at(span.start),
            memberships.first_at(span.end),
        ),
        spans => union(spans, memberships, &mut seen),
    };
    (0..hierarchy.component_count()).map(total).collect()
}

/// How many memberships a piece has.
const PIECE: usize = 1 << 16;

/// For each membership, in the order of groups, the number of the same user's one before it, from 1; 0 for the first. In
/// pieces, which find room where one list of all would find none.
fn earlier(users: u32, memberships: &Memberships) -> Vec<Vec<u32>> {
    let mut latest = vec![0; users as usize];
    let pieces = memberships.all().chunks(PIECE).zip((1..).step_by(PIECE));
    pieces
        .map(|(items, first)| numbered(items, first, &mut latest))
        .collect()
}

/// It is called for each piece, so that what compiles WebAssembly sees that it is worth to be compiled well.
#[inline(never)]
fn numbered(items: &[u32], first: u32, latest: &mut [u32]) -> Vec<u32> {
    let number = |(item, number): (&u32, u32)| std::mem::replace(&mut latest[(item >> 1) as usize], number);
    items.iter().zip(first..).map(number).collect()
}

/// How many of the memberships from `start` to `end` have no earlier one of the same user from there on.
fn first_within(earlier: &[Vec<u32>], start: u32, end: u32) -> u32 {
    let (mut at, end) = (start as usize, end as usize);
    let mut count = 0;
    while at < end {
        let first = at / PIECE * PIECE;
        let last = end.min(first + PIECE);
        count += up_to(&earlier[at / PIECE][at - first..last - first], start);
        at = last;
    }
    count
}

/// How many numbers are not above a limit.
#[inline(never)]
fn up_to(numbers: &[u32], limit: u32) -> u32 {
    let (eights, rest) = numbers.as_chunks::<8>();
    let mut counts = [0; 8];
    for eight in eights {
        for (count, number) in counts.iter_mut().zip(eight) {
            *count += u32::from(*number <= limit);
        }
    }
    counts.iter().sum::<u32>() + rest.iter().filter(|number| **number <= limit).count() as u32
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
