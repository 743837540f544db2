//! How long the core takes at the top end: a million users, a hundred thousand groups, ten million memberships.
//!
//! `cargo bench -p membership` prints medians of three. The directory is invented here: a tree of groups fourteen levels
//! deep, every fifth group with a second parent, and ten memberships a user, most of them near each other.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a bench says what is wrong by a panic"
)]

use std::hint::black_box;
use std::time::Instant;

use membership::change::Change;
use membership::directory::{Builder, Directory, Place};
use membership::entity::{GroupIndex, GroupRecord, Status, UserRecord};
use membership::finding::FindingKind;

const USERS: u32 = 1_000_000;
const GROUPS: u32 = 100_000;
const MEMBERSHIPS: u32 = 10_000_000;
const LEVELS: u32 = 14;

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

fn large() -> Directory {
    let (mut random, mut builder) = (Random(7), Builder::new());
    let place = Place::default();
    for user in 0..USERS {
        let (id, first, last) = (user.to_string(), random.name(), random.name());
        let username = format!("{}.{}{}", first.to_lowercase(), last.to_lowercase(), user % 1000);
        let record = UserRecord {
            id: &id,
            email: Some(&format!("{username}@example.com")),
            username: Some(&username),
            first_name: Some(&first),
            last_name: Some(&last),
            created: Some(1_500_000_000_000 + i64::from(random.below(1 << 30)) * 200),
            last_login: Some(1_700_000_000_000 + i64::from(random.below(1 << 30)) * 50),
            status: Status {
                suspended: Some(random.below(50) == 0),
                ..Status::default()
            },
            ..UserRecord::default()
        };
        builder.user(&record, place).expect("room");
    }
    let mut levels = vec![0];
    for group in 0..GROUPS {
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
            let parent = (0..)
                .map(|_| random.below(group))
                .find(|parent| levels[*parent as usize] + 1 < LEVELS);
            let parent = parent.expect("the first group is one");
            nest(parent);
            levels.push(levels[parent as usize] + 1);
            let other = random.below(group);
            if group % 5 == 0 && other != parent && levels[other as usize] < levels[group as usize] {
                nest(other);
            }
        }
    }
    for at in 0..MEMBERSHIPS {
        let (user, far) = (at % USERS, random.below(4) == 0);
        let home = (u64::from(user) * u64::from(GROUPS) / u64::from(USERS)) as u32;
        let group = if far {
            random.below(GROUPS)
        } else {
            (home + random.below(200)) % GROUPS
        };
        let is_admin = random.below(40) == 0;
        builder
            .membership(&group.to_string(), &user.to_string(), is_admin, place)
            .expect("room");
    }
    let start = Instant::now();
    let directory = builder.finish(&mut |_, _| ()).expect("room");
    println!("{:>9.1} ms  finish", start.elapsed().as_secs_f64() * 1e3);
    directory
}

/// Prints the median of three.
fn time<T>(what: &str, mut work: impl FnMut() -> T) {
    let mut times: Vec<_> = (0..3)
        .map(|_| {
            let start = Instant::now();
            black_box(work());
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    println!("{:>9.1} ms  {what}", times[1].as_secs_f64() * 1e3);
}

fn main() {
    let mut directory = large();
    println!(
        "{} users, {} groups, {} memberships, {} nestings, {} MB",
        directory.user_count(),
        directory.group_count(),
        directory.membership_count(),
        directory.nesting_count(),
        directory.memory() >> 20
    );
    let start = Instant::now();
    black_box(directory.user_permutation(&[]));
    println!(
        "{:>9.1} ms  default order of users",
        start.elapsed().as_secs_f64() * 1e3
    );
    time("to_json", || directory.to_json().len());
    time("to_snapshot", || directory.to_snapshot().len());
    let snapshot = directory.to_snapshot();
    println!("{} MB of snapshot", snapshot.len() >> 20);
    time("from_snapshot", || {
        Directory::from_snapshot(&snapshot).expect("a snapshot")
    });
    let opened = Directory::from_snapshot(&snapshot).expect("a snapshot");
    let start = Instant::now();
    assert!(opened.find_user("17").is_some());
    println!("{:>9.1} ms  first id looked up", start.elapsed().as_secs_f64() * 1e3);
    drop((opened, snapshot));
    let leaf = (0..GROUPS)
        .rev()
        .map(GroupIndex::new)
        .find(|group| directory.hierarchy().children(*group).is_empty());
    let leaf = leaf.expect("a leaf").row().to_string();
    let user = "17";
    let add = Change::AddMember {
        group: &leaf,
        user,
        is_admin: false,
    };
    let remove = Change::RemoveMember { group: &leaf, user };
    time("apply one membership and its end", || {
        directory.apply(&[add]).expect("a change");
        directory.apply(&[remove]).expect("a change");
    });
    let (nest, unnest) = (
        Change::Nest {
            parent: &leaf,
            child: "99990",
        },
        Change::Unnest {
            parent: &leaf,
            child: "99990",
        },
    );
    time("apply one nesting and its end", || {
        directory.apply(&[nest]).expect("a change");
        directory.apply(&[unnest]).expect("a change");
    });
    time("impact of one membership", || {
        directory.impact(&[add]).expect("a change").gained.len()
    });
    time("impact of one nesting", || {
        directory.impact(&[nest]).expect("a change").gained.len()
    });
    let whole = [Change::Nest {
        parent: &leaf,
        child: "0",
    }];
    let impact = directory.impact(&whole).expect("a change");
    println!(
        "{} gained, {} lost, {} cycles",
        impact.gained.len(),
        impact.lost.len(),
        impact.cycles_made.len()
    );
    time("impact of the whole company in a leaf", || {
        directory.impact(&whole).expect("a change").gained.len()
    });
    for kind in FindingKind::ALL {
        time(kind.name(), || directory.finding_count(kind));
    }
}
