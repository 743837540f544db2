//! The tree of groups on arbitrary graphs: each group stands once, each nesting has one row, filters keep ancestors.

use std::collections::BTreeSet;

use membership::directory::{Builder, Directory, Place};
use membership::entity::{GroupIndex, GroupRecord};
use membership::set::Set;
use membership::tree::{Forest, Row, Siblings, Stand, View};
use proptest::collection::vec;
use proptest::prelude::*;

fn directory(groups: u32, nestings: &[(u32, u32)]) -> Directory {
    let mut builder = Builder::new();
    for group in 0..groups {
        let id = group.to_string();
        let record = GroupRecord {
            id: &id,
            ..GroupRecord::default()
        };
        builder.group(&record, Place::default()).expect("a few groups fit");
    }
    for (parent, child) in nestings {
        let (parent, child) = (parent % groups, child % groups);
        builder
            .nesting(&parent.to_string(), &child.to_string(), Place::default())
            .expect("a few nestings fit");
    }
    builder.finish(&mut |_, _| {}).expect("a few facts fit")
}

fn everything_open(directory: &Directory, forest: &Forest, order: Siblings) -> Vec<Row> {
    let mut view = View::new(directory.group_count(), order);
    for group in directory.all_groups() {
        view.open(group);
    }
    forest.rows(directory, &view)
}

/// Each row's parent row, by their levels.
fn with_parents(rows: &[Row]) -> Vec<(Option<GroupIndex>, Row)> {
    let mut above: Vec<GroupIndex> = Vec::new();
    let place = |row: &Row| {
        above.truncate(row.level as usize - 1);
        let parent = above.last().copied();
        above.push(row.group);
        (parent, *row)
    };
    rows.iter().map(place).collect()
}

proptest! {
    #[test]
    fn each_group_stands_once_and_each_nesting_has_one_row(
        groups in 1_u32..12,
        nestings in vec((0_u32..12, 0_u32..12), 0..30),
    ) {
        let directory = directory(groups, &nestings);
        let forest = Forest::new(&directory);
        for order in [Siblings::ByTotal, Siblings::ByDirect, Siblings::ByName] {
            let rows = with_parents(&everything_open(&directory, &forest, order));
            let here = rows.iter().filter(|(_, row)| row.stand == Stand::Here).map(|(_, row)| row.group);
            prop_assert_eq!(here.collect::<BTreeSet<_>>().len(), groups as usize);
            let edges: BTreeSet<_> = rows.iter().filter_map(|(parent, row)| Some(((*parent)?, row.group))).collect();
            let told: BTreeSet<_> = directory
                .all_groups()
                .flat_map(|parent| directory.hierarchy().children(parent).iter().map(move |child| (parent, *child)))
                .collect();
            prop_assert_eq!(&edges, &told);
            let top = rows.iter().filter(|(parent, _)| parent.is_none()).count();
            prop_assert_eq!(rows.len(), top + told.len());
        }
    }

    #[test]
    fn a_row_leads_back_exactly_to_groups_above(
        groups in 1_u32..10,
        nestings in vec((0_u32..10, 0_u32..10), 0..30),
    ) {
        let directory = directory(groups, &nestings);
        let forest = Forest::new(&directory);
        for (parent, row) in with_parents(&everything_open(&directory, &forest, Siblings::ByName)) {
            let Some(parent) = parent else { continue };
            let is_above = parent == row.group || forest.above(parent).any(|above| above == row.group);
            prop_assert_eq!(row.stand == Stand::Back, is_above);
        }
    }

    #[test]
    fn a_filter_shows_matches_with_everything_above_them(
        groups in 1_u32..10,
        nestings in vec((0_u32..10, 0_u32..10), 0..20),
        wanted in vec(any::<bool>(), 10),
    ) {
        let directory = directory(groups, &nestings);
        let forest = Forest::new(&directory);
        let mut matches = Set::new(groups);
        for row in (0..groups).filter(|row| wanted[*row as usize]) {
            matches.insert(row);
        }
        let mut view = View::new(groups, Siblings::ByName);
        view.filter(&forest, Some(matches.clone()));
        let shown: BTreeSet<u32> = forest.rows(&directory, &view).iter().map(|row| row.group.row()).collect();
        let expected: BTreeSet<u32> = matches
            .iter()
            .flat_map(|row| std::iter::once(row).chain(forest.above(GroupIndex::new(row)).map(GroupIndex::row)))
            .collect();
        prop_assert_eq!(shown, expected);
    }
}

proptest! {
    #[test]
    fn below_a_group_stands_all_that_it_contains(
        groups in 1_u32..10,
        nestings in vec((0_u32..10, 0_u32..10), 0..30),
        top in 0_u32..10,
    ) {
        let directory = directory(groups, &nestings);
        let top = GroupIndex::new(top % groups);
        let forest = Forest::below(&directory, top);
        let rows = with_parents(&everything_open(&directory, &forest, Siblings::ByTotal));
        let mut expected: BTreeSet<_> = directory.hierarchy().descendants(top).into_iter().collect();
        expected.insert(top);
        let here = rows.iter().filter(|(_, row)| row.stand == Stand::Here).map(|(_, row)| row.group);
        prop_assert_eq!(here.collect::<BTreeSet<_>>(), expected.clone());
        prop_assert_eq!(forest.count() as usize, expected.len());
        // It stands alone at the top, and each nesting among them has one row.
        let top_rows: Vec<_> = rows.iter().filter(|(parent, _)| parent.is_none()).map(|(_, row)| row.group).collect();
        prop_assert_eq!(top_rows, vec![top]);
        let nestings: usize = expected.iter().map(|group| directory.hierarchy().children(*group).len()).sum();
        prop_assert_eq!(rows.len(), 1 + nestings);
    }

    #[test]
    fn so_many_levels_are_opened(
        groups in 1_u32..10,
        nestings in vec((0_u32..10, 0_u32..10), 0..20),
        levels in 0_u32..6,
    ) {
        let directory = directory(groups, &nestings);
        let forest = Forest::new(&directory);
        let mut view = View::new(groups, Siblings::ByName);
        view.open_levels(&forest, levels);
        let everything = everything_open(&directory, &forest, Siblings::ByName);
        let here = |row: &&Row| row.stand == Stand::Here;
        prop_assert_eq!(everything.iter().filter(here).map(|row| row.level).max(), Some(forest.level_count()));
        let expected: Vec<_> = everything.iter().filter(|row| row.level <= levels.max(1)).map(|row| row.group).collect();
        let shown: Vec<_> = forest.rows(&directory, &view).iter().map(|row| row.group).collect();
        prop_assert_eq!(shown, expected);
    }
}

#[test]
fn a_chain_of_a_hundred_thousand_opens() {
    let nestings: Vec<(u32, u32)> = (1..100_000).map(|child| (child - 1, child)).collect();
    let directory = directory(100_000, &nestings);
    let forest = Forest::new(&directory);
    assert_eq!(everything_open(&directory, &forest, Siblings::ByTotal).len(), 100_000);
    assert_eq!(forest.level_count(), 100_000);
}
