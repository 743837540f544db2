//! Impact: exactly the difference that two naive walks see, before and after.

use std::collections::BTreeSet;

use membership::directory::Directory;
use membership::entity::{GroupIndex, UserIndex};
use membership::finding::FindingKind;
use membership::impact::{Impact, Outlook};
use membership::path::PathFinder;
use proptest::prelude::*;

use crate::change::line;
use crate::model::{Fact, Model, changes, edits, ids, model};
use crate::notation::directory;

type Pairs = [(UserIndex, GroupIndex)];

fn shown(directory: &Directory, pairs: &Pairs) -> String {
    let pair = |(user, group): &(UserIndex, GroupIndex)| {
        format!("{} {}", directory.user_id(*user), directory.group_id(*group))
    };
    pairs.iter().map(pair).collect::<Vec<_>>().join(", ")
}

fn cycles(directory: &Directory, cycles: &[Vec<GroupIndex>]) -> String {
    let cycle = |cycle: &Vec<GroupIndex>| {
        let ids = cycle.iter().map(|group| directory.group_id(*group));
        ids.collect::<Vec<_>>().join(" ")
    };
    cycles.iter().map(cycle).collect::<Vec<_>>().join(", ")
}

fn check(facts: &str, changes: &str, gained: &str, lost: &str) {
    let directory = directory(facts);
    let impact = directory.impact(&line(changes)).expect("changes that can be");
    let found = (shown(&directory, &impact.gained), shown(&directory, &impact.lost));
    assert_eq!(found, (gained.to_owned(), lost.to_owned()), "{changes}");
}

#[test]
fn inherited_consequences_are_told() {
    const FACTS: &str = "top > eng > web > ada, bo; top > ops > bo; idle >; x > cy";
    check(FACTS, "+cy web", "cy top, cy eng, cy web", "");
    check(FACTS, "-bo web", "", "bo eng, bo web");
    check(FACTS, "-bo web; -bo ops", "", "bo top, bo eng, bo web, bo ops");
    check(FACTS, "web > eng", "", "ada top, ada eng, bo eng");
    check(FACTS, "eng < ops", "ada ops", "");
    check(FACTS, "web > eng; web < ops", "ada ops", "ada eng, bo eng");
    check(
        FACTS,
        "top < idle; -ada web; +cy ops",
        "bo idle, cy top, cy ops, cy idle",
        "ada top, ada eng, ada web",
    );
    // What comes down to nothing, and what brings nobody.
    check(
        FACTS,
        "-ada web; +ada web; idle < web; idle > web; +cy idle; idle < x",
        "cy idle",
        "",
    );
    check(FACTS, "*ada web", "", "");
}

#[test]
fn managing_is_not_inherited() {
    let directory = directory("top > eng > ada*, bo, cy*; web > ada*");
    let impact = directory
        .impact(&line("-ada eng; *bo eng; /cy eng; +cy* web; -ada web; +ada web"))
        .expect("changes");
    assert_eq!(shown(&directory, &impact.managers_gained), "bo eng, cy web");
    assert_eq!(shown(&directory, &impact.managers_lost), "ada eng, ada web, cy eng");
}

#[test]
fn cycles_come_and_go() {
    let check = |facts, changes, made: &str, broken: &str| {
        let directory = directory(facts);
        let impact = directory.impact(&line(changes)).expect("changes that can be");
        let found = (
            cycles(&directory, &impact.cycles_made),
            cycles(&directory, &impact.cycles_broken),
        );
        assert_eq!(found, (made.to_owned(), broken.to_owned()), "{changes}");
    };
    check("a > b > c >", "a < c", "a b c", "");
    check("a > b > c > a", "a > c", "", "a b c");
    // A diamond is none; a loop within a cycle is no new one; one that grows is.
    check("a > b, c > d >; x >", "x < d; d < a", "", "");
    check("a > b > c > a; d >", "a < b", "", "");
    check("a > b > a; b > c >", "b < c", "a b c", "");
    check("a > b > a; b > c > a; d >", "a > b", "", "");
    check("a > b > a; b > c > a; d >", "a > c", "", "a b c");
    check("a > b > a; c > d > c", "a > b; a < d; d < b", "a b d c", "");
    check("a > b > a; c >", "a > b; a < c; c < a", "a c", "a b");
}

impl Model {
    /// The groups that contain each other, two or more.
    fn cycles(&self) -> BTreeSet<BTreeSet<u32>> {
        let below: Vec<_> = (0..self.groups).map(|group| self.with_below(group)).collect();
        let mutual = |group: u32| {
            let others = below[group as usize].iter().copied();
            others
                .filter(|other| below[*other as usize].contains(&group))
                .collect::<BTreeSet<_>>()
        };
        (0..self.groups).map(mutual).filter(|cycle| cycle.len() > 1).collect()
    }

    fn managers(&self) -> BTreeSet<(u32, u32)> {
        let facts = self.facts.iter().filter_map(|(fact, _)| match *fact {
            Fact::Membership {
                group,
                user,
                is_admin: true,
            }
            | Fact::Manager { group, user } => Some((user, group)),
            _ => None,
        });
        let is_member = |(user, group): &(u32, u32)| *group < self.groups && self.direct(*group).contains(user);
        facts.filter(is_member).collect()
    }
}

fn rows(pairs: &Pairs) -> Vec<(u32, u32)> {
    pairs.iter().map(|(user, group)| (user.row(), group.row())).collect()
}

fn sets(cycles: &[Vec<GroupIndex>]) -> Vec<BTreeSet<u32>> {
    cycles
        .iter()
        .map(|cycle| cycle.iter().map(|group| group.row()).collect())
        .collect()
}

fn minus<T: Ord + Clone>(one: &BTreeSet<T>, other: &BTreeSet<T>) -> Vec<T> {
    one.difference(other).cloned().collect()
}

/// Those of `one` whose groups are not all in one of `other`.
fn torn(one: &BTreeSet<BTreeSet<u32>>, other: &BTreeSet<BTreeSet<u32>>) -> Vec<BTreeSet<u32>> {
    let is_within = |cycle: &BTreeSet<u32>| other.iter().any(|larger| cycle.is_subset(larger));
    one.iter().filter(|cycle| !is_within(cycle)).cloned().collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn impact_is_the_difference_of_before_and_after(model in model(), edits in edits()) {
        let (groups, users) = ids();
        let mut after = model.clone();
        let can_be: Vec<_> = edits.into_iter().filter(|edit| after.edit(*edit).is_ok()).collect();
        let directory = model.directory();
        let changes = changes(&can_be, &groups, &users);
        let impact = directory.impact(&changes).expect("changes that can be");
        prop_assert_eq!(rows(&impact.gained), minus(&after.pairs(), &model.pairs()));
        prop_assert_eq!(rows(&impact.lost), minus(&model.pairs(), &after.pairs()));
        prop_assert_eq!(rows(&impact.managers_gained), minus(&after.managers(), &model.managers()));
        prop_assert_eq!(rows(&impact.managers_lost), minus(&model.managers(), &after.managers()));
        prop_assert_eq!(sets(&impact.cycles_made), torn(&after.cycles(), &model.cycles()));
        prop_assert_eq!(sets(&impact.cycles_broken), torn(&model.cycles(), &after.cycles()));
        // Cycles are told as findings tell them.
        let told = |directory: &Directory, cycle: &Vec<GroupIndex>| {
            directory.findings(FindingKind::Cycle).iter().any(|finding| finding.groups == *cycle)
        };
        prop_assert!(impact.cycles_broken.iter().all(|cycle| told(&directory, cycle)));
        let mut changed = directory;
        changed.apply(&changes).expect("changes that can be");
        prop_assert!(impact.cycles_made.iter().all(|cycle| told(&changed, cycle)));
    }

    #[test]
    fn a_path_that_would_be_is_the_one_that_then_is(model in model(), edits in edits()) {
        let (groups, users) = ids();
        let mut after = model.clone();
        let can_be: Vec<_> = edits.into_iter().filter(|edit| after.edit(*edit).is_ok()).collect();
        let directory = model.directory();
        let changes = changes(&can_be, &groups, &users);
        let mut changed = model.directory();
        changed.apply(&changes).expect("changes that can be");
        let outlook = Outlook::new(&directory, &changes).expect("changes that can be");
        for group in directory.all_groups() {
            let finder = PathFinder::new(&changed, group);
            for user in directory.all_users() {
                prop_assert_eq!(outlook.path(user, group), finder.shortest(user));
            }
        }
    }

    #[test]
    fn impact_fails_where_applying_does(model in model(), edits in edits()) {
        let (groups, users) = ids();
        let changes = changes(&edits, &groups, &users);
        let mut directory = model.directory();
        let failed = directory.impact(&changes).err();
        prop_assert_eq!(failed.clone(), directory.apply(&changes).err());
        if failed.is_none() {
            prop_assert_eq!(directory.impact(&[]), Ok(Impact::default()));
        }
    }
}
