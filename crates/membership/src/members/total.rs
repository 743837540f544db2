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
/// Cost: the lesser of O(memberships · depth, and those of components with several spans) and O((components + nestings) · users / 64).
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

/// How many memberships [`by_spans`] looks at: all once, and those of components with several spans; none if not all spans are kept.
fn work(hierarchy: &Hierarchy, memberships: &Memberships) -> Option<u64> {
    let spans = (0..hierarchy.component_count()).map(|component| hierarchy.spans_of(component));
    let several = spans.filter(|spans| spans.len() > 1);
    let within = |span: &Span| memberships.within(span.start, span.end).len() as u64;
    hierarchy.keeps_all_spans().then(|| {
        memberships.all().len() as u64 + several.map(|spans| spans.iter().map(within).sum::<u64>()).sum::<u64>()
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

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::{by_blocks, by_spans};
    use crate::directory::{Builder, Directory, Place, TooLarge};
    use crate::entity::{GroupRecord, UserRecord};

    fn directory(nestings: &[(u32, u32)], memberships: &[(u32, u32)]) -> Result<Directory, TooLarge> {
        let (mut builder, place) = (Builder::new(), Place::default());
        for number in 0..30 {
            let (group, user) = (format!("g{number}"), format!("u{number}"));
            let group = GroupRecord {
                id: &group,
                ..Default::default()
            };
            let user = UserRecord {
                id: &user,
                ..Default::default()
            };
            builder.group(&group, place)?;
            builder.user(&user, place)?;
        }
        for (parent, child) in nestings {
            builder.nesting(&format!("g{parent}"), &format!("g{child}"), place)?;
        }
        for (group, user) in memberships {
            builder.membership(&format!("g{group}"), &format!("u{user}"), false, place)?;
        }
        builder.finish(&mut |_, _| {})
    }

    proptest! {
        #[test]
        fn both_ways_count_the_same(
            nestings in vec((0..12u32, 0..12u32), 0..24),
            memberships in vec((0..12u32, 0..30u32), 0..90),
        ) {
            let directory = directory(&nestings, &memberships)?;
            let (hierarchy, memberships) = (&directory.hierarchy, &directory.memberships);
            prop_assert_eq!(by_spans(30, hierarchy, memberships), by_blocks(30, hierarchy, memberships));
        }
    }
}
