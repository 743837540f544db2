//! How long the core takes, natively, at three sizes: `cargo bench -p membership`, or with the name of one at the end.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a bench says what is wrong by a panic"
)]

mod invented;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use divan::Bencher;
use invented::{Random, SIZES, invent};
use membership::change::Change;
use membership::directory::Directory;
use membership::entity::{Entity, GroupIndex, UserIndex};
use membership::finding::FindingKind;
use membership::json;
use membership::order;
use membership::path::{MOST_WAYS, PathFinder};
use membership::query::{Field, OrderTerm};
use membership::set::Set;

fn main() {
    divan::main();
}

/// The directory of a size, which is made once.
fn directory(users: u32) -> Rc<Directory> {
    thread_local! {
        static MADE: RefCell<BTreeMap<u32, Rc<Directory>>> = RefCell::default();
    }
    MADE.with_borrow_mut(|made| {
        let make = || Rc::new(new_directory(users));
        Rc::clone(made.entry(users).or_insert_with(make))
    })
}

/// A directory that was asked nothing yet.
fn new_directory(users: u32) -> Directory {
    invent(users).finish(&mut |_, _| ()).expect("room")
}

/// A group without children, below most others.
fn leaf(directory: &Directory) -> GroupIndex {
    let mut groups = (0..directory.group_count()).rev().map(GroupIndex::new);
    let leaf = groups.find(|group| directory.hierarchy().children(*group).is_empty());
    leaf.expect("a leaf")
}

#[divan::bench(args = SIZES, sample_count = 3)]
fn finish(bencher: Bencher<'_, '_>, users: u32) {
    bencher
        .with_inputs(|| invent(users))
        .bench_local_values(|builder| builder.finish(&mut |_, _| ()).expect("room"));
}

#[divan::bench(args = SIZES, sample_count = 3)]
fn read_json(bencher: Bencher<'_, '_>, users: u32) {
    let text = directory(users).to_json();
    bencher.bench_local(|| json::read(text.as_bytes()).expect("a directory"));
}

#[divan::bench(args = SIZES)]
fn hundred_thousand_checks(bencher: Bencher<'_, '_>, users: u32) {
    let directory = directory(users);
    let mut random = Random(11);
    let pairs: Vec<_> = (0..100_000)
        .map(|_| {
            (
                UserIndex::new(random.below(users)),
                GroupIndex::new(random.below(users / 10)),
            )
        })
        .collect();
    bencher.bench_local(|| {
        pairs
            .iter()
            .filter(|(user, group)| directory.is_member(*user, *group))
            .count()
    });
}

#[divan::bench(args = SIZES)]
fn members_but_those_of_another(bencher: Bencher<'_, '_>, users: u32) {
    let directory = directory(users);
    let excluded = [leaf(&directory)];
    bencher.bench_local(|| directory.members(Some(GroupIndex::new(0)), true, &excluded));
}

#[divan::bench(args = SIZES)]
fn groups_of_a_thousand_users(bencher: Bencher<'_, '_>, users: u32) {
    let directory = directory(users);
    let step = users / 1_000;
    let people: Vec<_> = (0..1_000).map(|at| UserIndex::new(at * step)).collect();
    bencher.bench_local(|| {
        people
            .iter()
            .map(|user| directory.groups_of(*user, true).len())
            .sum::<usize>()
    });
}

#[divan::bench(args = SIZES)]
fn find_in_any_of_four_fields(bencher: Bencher<'_, '_>, users: u32) {
    let directory = directory(users);
    bencher.bench_local(|| directory.find_users("a"));
}

fn by_first_name() -> [OrderTerm; 1] {
    let (field, descending) = (Field::FirstName, false);
    [OrderTerm { field, descending }]
}

/// The first page by a column by which nothing was ordered yet.
#[divan::bench(args = SIZES, sample_count = 5, sample_size = 1)]
fn first_page_of_a_new_order(bencher: Bencher<'_, '_>, users: u32) {
    let all = Set::full(users);
    let page = |directory: &mut Directory| directory.window(Entity::User, &by_first_name(), &all, 0, 50);
    bencher.with_inputs(|| new_directory(users)).bench_local_refs(page);
}

#[divan::bench(args = SIZES, sample_count = 10)]
fn a_page_in_the_middle_of_an_order(bencher: Bencher<'_, '_>, users: u32) {
    let (directory, all) = (directory(users), Set::full(users));
    let order = order::by_name();
    bencher.bench_local(|| directory.window(Entity::User, &order, &all, users / 2, 50));
}

#[divan::bench(args = SIZES)]
fn paths_of_fifty_members(bencher: Bencher<'_, '_>, users: u32) {
    let directory = directory(users);
    bencher.bench_local(|| {
        let finder = PathFinder::new(&directory, GroupIndex::new(0));
        (0..50)
            .map(|row| finder.ways(UserIndex::new(row * (users / 50)), MOST_WAYS))
            .sum::<u32>()
    });
}

#[divan::bench(args = SIZES, sample_count = 3)]
fn all_findings(bencher: Bencher<'_, '_>, users: u32) {
    let directory = directory(users);
    bencher.bench_local(|| FindingKind::ALL.map(|kind| directory.finding_count(kind)));
}

#[divan::bench(args = SIZES, sample_count = 10)]
fn impact_of_everything_in_a_leaf(bencher: Bencher<'_, '_>, users: u32) {
    let directory = directory(users);
    let leaf = leaf(&directory).row().to_string();
    let nest = Change::Nest {
        parent: &leaf,
        child: "0",
    };
    bencher.bench_local(|| directory.impact(&[nest]).expect("a change"));
}

#[divan::bench(args = SIZES, sample_count = 10)]
fn write_a_snapshot(bencher: Bencher<'_, '_>, users: u32) {
    let directory = directory(users);
    bencher.bench_local(|| directory.to_snapshot());
}

#[divan::bench(args = SIZES, sample_count = 10)]
fn open_a_snapshot(bencher: Bencher<'_, '_>, users: u32) {
    let snapshot = directory(users).to_snapshot();
    bencher.bench_local(|| Directory::from_snapshot(&snapshot).expect("a snapshot"));
}
