//! How long the core takes, natively, at three sizes: `cargo bench -p membership`, or with the name of one at the end.
//!
//! The directories are invented here: a tree of groups fourteen levels deep, every fifth group with a second parent, and
//! memberships most of which are near each other.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a bench says what is wrong by a panic"
)]

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use divan::Bencher;
use membership::change::Change;
use membership::directory::{Builder, Directory, Place};
use membership::entity::{Entity, GroupIndex, GroupRecord, Status, UserIndex, UserRecord};
use membership::finding::FindingKind;
use membership::json;
use membership::order;
use membership::path::{MOST_WAYS, PathFinder};
use membership::query::{Field, OrderTerm};
use membership::set::Set;

/// Users; a tenth as many groups. The first has five memberships a user, the others ten.
const SIZES: [u32; 3] = [10_000, 100_000, 1_000_000];
const LEVELS: u32 = 14;

fn main() {
    divan::main();
}

/// Numbers without any order, always the same.
struct Random(u64);

impl Random {
    fn below(&mut self, end: u32) -> u32 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (((self.0 >> 33) * u64::from(end)) >> 31) as u32
    }

    fn of<'w>(&mut self, words: &[&'w str]) -> &'w str {
        words[self.below(words.len() as u32) as usize]
    }

    fn name(&mut self) -> String {
        let first = [
            "An", "Be", "Ca", "Do", "El", "Fi", "Gu", "Jö", "Ka", "Lu", "Ma", "No", "Pa", "Ro", "Sa", "Ti",
        ];
        let middle = ["ra", "le", "mi", "no", "du", "la", "ri", "se", "to", "vi"];
        let last = ["n", "na", "ne", "r", "ra", "s", "la", "lle", "tt", "ck", ""];
        [self.of(&first), self.of(&middle), self.of(&middle), self.of(&last)].concat()
    }
}

fn invent(users: u32) -> Builder {
    let groups = users / 10;
    let memberships = users * if users == SIZES[0] { 5 } else { 10 };
    let (mut random, mut builder) = (Random(7), Builder::new());
    let place = Place::default();
    for user in 0..users {
        let (id, first, last) = (user.to_string(), random.name(), random.name());
        let username = format!("{}.{}{}", first.to_lowercase(), last.to_lowercase(), user % 1000);
        let record = UserRecord {
            id: &id,
            email: Some(&format!("{username}@example.com")),
            username: Some(&username),
            first_name: Some(&first),
            last_name: Some(&last),
            created: Some(1_500_000_000_000 + i64::from(random.below(1 << 30)) * 200),
            status: Status {
                suspended: Some(random.below(50) == 0),
                ..Status::default()
            },
            ..UserRecord::default()
        };
        builder.user(&record, place).expect("room");
    }
    let mut levels = vec![0];
    for group in 0..groups {
        let id = group.to_string();
        let name = format!("{} {} {group}", random.name(), random.name());
        let record = GroupRecord {
            id: &id,
            name: Some(&name),
            ..GroupRecord::default()
        };
        builder.group(&record, place).expect("room");
        if group > 0 {
            let mut nest = |parent: u32| builder.nesting(&parent.to_string(), &id, place).expect("room");
            let parents = (0..).map(|_| random.below(group));
            let parent = parents.into_iter().find(|parent| levels[*parent as usize] + 1 < LEVELS);
            let parent = parent.expect("the first group is one");
            nest(parent);
            levels.push(levels[parent as usize] + 1);
            let other = random.below(group);
            if group % 5 == 0 && other != parent && levels[other as usize] < levels[group as usize] {
                nest(other);
            }
        }
    }
    for at in 0..memberships {
        let (user, far) = (at % users, random.below(4) == 0);
        let home = user / 10;
        let group = if far {
            random.below(groups)
        } else {
            (home + random.below(200)) % groups
        };
        let is_admin = random.below(40) == 0;
        builder
            .membership(&group.to_string(), &user.to_string(), is_admin, place)
            .expect("room");
    }
    builder
}

/// The directory of a size, which is made once.
fn directory(users: u32) -> Rc<Directory> {
    thread_local! {
        static MADE: RefCell<BTreeMap<u32, Rc<Directory>>> = RefCell::default();
    }
    MADE.with_borrow_mut(|made| {
        let make = || Rc::new(invent(users).finish(&mut |_, _| ()).expect("room"));
        Rc::clone(made.entry(users).or_insert_with(make))
    })
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
#[divan::bench(args = SIZES)]
fn first_page_of_a_new_order(bencher: Bencher<'_, '_>, users: u32) {
    let (directory, all) = (directory(users), Set::full(users));
    let by_id = [OrderTerm {
        field: Field::Id,
        descending: true,
    }];
    bencher.bench_local(|| {
        // Another one between, or the second time it would be made.
        let page = directory.window(Entity::User, &by_first_name(), &all, 0, 50);
        page.len() + directory.window(Entity::User, &by_id, &all, 0, 50).len()
    });
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
