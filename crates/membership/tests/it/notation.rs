//! Directories in one line: `eng > web > ada, bo; ops > ada*; idle >`.
//!
//! `a > b` puts `b` into `a`; lists are separated by commas, statements by semicolons. A name that stands to the left of a
//! `>` anywhere is a group, every other one is a user; `idle >` is a group with nothing in it, `*` makes a manager. Ids
//! are the names, and so are group names and usernames.

use std::collections::BTreeSet;

use membership::directory::{Builder, Directory, Place};
use membership::entity::{GroupIndex, GroupRecord, UserIndex, UserRecord};
use membership::set::Set;

/// The directory of a line, every statement of which stands on a line of its own, from 1.
pub fn directory(text: &str) -> Directory {
    let statements = || {
        text.split(';')
            .map(|statement| statement.split('>').map(names).collect::<Vec<_>>())
    };
    let groups = statements().flat_map(|lists| lists.split_last().map_or(Vec::new(), |(_, left)| left.concat()));
    let groups = groups.collect::<BTreeSet<_>>();
    let mut builder = Builder::new();
    let mut declared = BTreeSet::new();
    for (lists, line) in statements().zip(1..) {
        let place = Place { line };
        for name in lists.iter().flatten().map(|name| name.trim_end_matches('*')) {
            if declared.insert(name) {
                declare(&mut builder, name, groups.contains(name), place);
            }
        }
        for pair in lists.windows(2) {
            for (above, below) in pair[0]
                .iter()
                .flat_map(|above| pair[1].iter().map(move |below| (above, below)))
            {
                if groups.contains(below) {
                    builder.nesting(above, below, place).unwrap();
                } else {
                    let user = below.trim_end_matches('*');
                    builder.membership(above, user, below.ends_with('*'), place).unwrap();
                }
            }
        }
    }
    builder.finish(&mut |_, _| ()).unwrap()
}

fn names(list: &str) -> Vec<&str> {
    list.split(',').map(str::trim).filter(|name| !name.is_empty()).collect()
}

fn declare(builder: &mut Builder, name: &str, is_group: bool, place: Place) {
    if is_group {
        builder
            .group(
                &GroupRecord {
                    id: name,
                    name: Some(name),
                    ..GroupRecord::default()
                },
                place,
            )
            .unwrap();
    } else {
        let username = Some(name);
        builder
            .user(
                &UserRecord {
                    id: name,
                    username,
                    ..UserRecord::default()
                },
                place,
            )
            .unwrap();
    }
}

pub fn user(directory: &Directory, name: &str) -> UserIndex {
    directory.find_user(name).unwrap_or_else(|| panic!("no user {name}"))
}

pub fn group(directory: &Directory, name: &str) -> GroupIndex {
    directory.find_group(name).unwrap_or_else(|| panic!("no group {name}"))
}

/// The ids of users, sorted, with spaces between.
pub fn users(directory: &Directory, set: &Set) -> String {
    sorted(set.iter().map(|row| directory.user_id(UserIndex::new(row))))
}

/// The ids of groups, sorted, with spaces between.
pub fn groups<'a>(directory: &'a Directory, groups: impl IntoIterator<Item = &'a GroupIndex>) -> String {
    sorted(groups.into_iter().map(|group| directory.group_id(*group)))
}

/// A path as it is read: `web < eng`.
pub fn path(directory: &Directory, path: &[GroupIndex]) -> String {
    path.iter()
        .map(|group| directory.group_id(*group))
        .collect::<Vec<_>>()
        .join(" < ")
}

fn sorted<'a>(ids: impl Iterator<Item = &'a str>) -> String {
    let mut ids = ids.collect::<Vec<_>>();
    ids.sort_unstable();
    ids.join(" ")
}

#[test]
fn reads_a_line() {
    let directory = directory("eng > web > ada, bo; ops > ada*; idle >; x, y > cy");
    assert_eq!((directory.user_count(), directory.group_count()), (3, 6));
    assert_eq!((directory.membership_count(), directory.nesting_count()), (5, 1));
    let (ada, ops) = (user(&directory, "ada"), group(&directory, "ops"));
    assert!(directory.is_manager(ada, ops));
    assert_eq!(
        users(&directory, &directory.member_set(group(&directory, "eng"), true)),
        "ada bo"
    );
}
