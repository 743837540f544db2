//! The nesting of a loop to undo, against undoing each in turn and working everything out from the facts.

use std::collections::BTreeSet;

use membership::cut::{Cut, CutSearch};
use membership::directory::Directory;
use membership::entity::GroupIndex;
use proptest::prelude::*;

use crate::model::{Fact, Model, model};
use crate::notation::directory as facts;

/// The best nesting of the loop of a group, and the search that found it, in steps of `work`.
fn search(directory: &Directory, group: GroupIndex, work: u32) -> Option<(Cut, CutSearch)> {
    let mut search = CutSearch::new(directory, group)?;
    while !search.step(directory, work) {}
    let best = search.best().cloned().expect("every loop has a nesting");
    Some((best, search))
}

/// `parent > child: left lost users` of the loop that a group is in.
fn best(line: &str, group: &str) -> Option<String> {
    let directory = facts(line);
    let group = directory.find_group(group).expect("a group of the line");
    let (cut, _) = search(&directory, group, 1)?;
    let name = |group| directory.group_name(group);
    Some(format!(
        "{} > {}: {} left, {} lost by {}",
        name(cut.parent),
        name(cut.child),
        cut.left,
        cut.lost,
        cut.users
    ))
}

#[test]
fn the_nesting_that_takes_least_is_named() {
    // Without C > A, whom A names is no longer in B and C, and whom B names no longer in C: 2 · 1 + 1 · 2 of a, b, c.
    assert_eq!(
        best("A > B > C > A; A > a; B > b, c; C > d, e, f", "B").as_deref(),
        Some("C > A: 0 left, 4 lost by 3")
    );
    assert_eq!(
        best("A > B > A; B > a, b", "A").as_deref(),
        Some("B > A: 0 left, 0 lost by 0")
    );
}

#[test]
fn what_leads_around_the_loop_is_not_lost() {
    // a stays in Top by Side, and in A by being named.
    assert_eq!(
        best("Top > A > B > A; Top > Side > a; A > a; B > b", "A").as_deref(),
        Some("B > A: 0 left, 1 lost by 1")
    );
}

#[test]
fn a_nesting_that_ends_every_cycle_comes_before_a_cheaper_one() {
    // Both loops go through A > B; to undo B > A would cost nothing but leave the other one.
    assert_eq!(
        best("A > B > A; B > C > A; A > a; B > b; C > c", "C").as_deref(),
        Some("A > B: 0 left, 3 lost by 2")
    );
}

#[test]
fn a_diamond_and_a_group_in_itself_are_no_loop() {
    assert_eq!(best("A > B > D > a; A > C > D", "D"), None);
    assert_eq!(best("A > A > a", "A"), None);
}

#[test]
fn who_would_lose_is_told() {
    let directory = facts("A > B > C > A; A > a; B > b; C > c, d, e");
    let group = directory.find_group("A").expect("a group of the line");
    let (_, search) = search(&directory, group, 1_000).expect("a loop");
    let told: Vec<String> = search
        .losers(2)
        .iter()
        .map(|(user, groups)| {
            let groups: Vec<_> = groups.iter().map(|group| directory.group_name(*group)).collect();
            format!("{} {}", directory.user_name(*user), groups.join(" "))
        })
        .collect();
    assert_eq!(told, ["a B C", "b C"]);
}

/// How many groups are in a cycle with others.
fn in_cycles(model: &Model, among: &BTreeSet<u32>) -> u32 {
    let below: Vec<_> = (0..model.groups).map(|group| model.with_below(group)).collect();
    let is_in_cycle = |group: &&u32| {
        let mut others = below[**group as usize].iter().filter(|other| other != group);
        others.any(|other| below[*other as usize].contains(group))
    };
    among.iter().filter(is_in_cycle).count() as u32
}

/// The facts without a nesting, however often it is told.
fn without(model: &Model, parent: u32, child: u32) -> Model {
    let mut left = model.clone();
    left.facts.retain(|(fact, _)| *fact != Fact::Nesting { parent, child });
    left
}

/// What is left in cycles without a nesting, and who loses what, from the facts alone.
fn naive(model: &Model, among: &BTreeSet<u32>, parent: u32, child: u32) -> (u32, BTreeSet<(u32, u32)>) {
    let after = without(model, parent, child);
    let lost = model.pairs().difference(&after.pairs()).copied().collect();
    (in_cycles(&after, among), lost)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_best_is_that_of_recomputing_from_scratch(model in model(), work in 1..9u32) {
        let directory = model.directory();
        for cycle in directory.hierarchy().cycles() {
            let among: BTreeSet<u32> = cycle.iter().map(|group| group.row()).collect();
            let (cut, search) = search(&directory, cycle[0], work).expect("a cycle has a loop");
            let ring: Vec<u32> = search.spelled().iter().map(|group| group.row()).collect();
            prop_assert!(ring.iter().all(|group| among.contains(group)));
            let weigh = |parent, child| {
                let (left, lost) = naive(&model, &among, parent, child);
                let users: BTreeSet<u32> = lost.iter().map(|(user, _)| *user).collect();
                (left, lost.len() as u64, users.len() as u32)
            };
            let nestings = (0..ring.len()).map(|place| (ring[place], ring[(place + 1) % ring.len()]));
            let least = nestings.map(|(parent, child)| weigh(parent, child)).min();
            prop_assert_eq!(Some((cut.left, cut.lost, cut.users)), least);
            prop_assert_eq!(weigh(cut.parent.row(), cut.child.row()), (cut.left, cut.lost, cut.users));

            let (_, lost) = naive(&model, &among, cut.parent.row(), cut.child.row());
            let told: BTreeSet<(u32, u32)> = search
                .losers(usize::MAX)
                .iter()
                .flat_map(|(user, groups)| groups.iter().map(|group| (user.row(), group.row())))
                .collect();
            prop_assert_eq!(&told, &lost);
            for (group, users) in &cut.groups {
                let of_group = lost.iter().filter(|(_, lost)| *lost == group.row()).count();
                prop_assert_eq!(of_group, *users as usize);
            }
            prop_assert_eq!(cut.groups.iter().map(|(_, users)| u64::from(*users)).sum::<u64>(), cut.lost);

            // If any nesting of the whole component ends every cycle, the one that is named does.
            let all = among.iter().flat_map(|parent| among.iter().map(move |child| (*parent, *child)));
            let ends_all = |(parent, child): (u32, u32)| {
                parent != child && in_cycles(&without(&model, parent, child), &among) == 0
            };
            prop_assert_eq!(cut.left == 0, all.into_iter().any(ends_all));
        }
    }
}
