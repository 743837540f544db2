//! Which users and groups a filter is true of.

use std::borrow::Cow;

use membership::directory::Directory;
use membership::entity::{GroupIndex, UserIndex};
use membership::set::Set;
use membership::sort;

use super::odata::{Field, Filter};

/// Those of some users that a filter is true of.
///
/// Cost: O(values) for ids; of other fields, for each comparison that `or` does not join to another of the same field,
/// O(users that are left · log values); then as [`Filter::select`].
pub(super) fn users(directory: &Directory, filter: &Filter<'_>, within: &Set) -> Set {
    let badges = &directory.users().username;
    filter.select(within, &|test, within| match test {
        Filter::Is(Field::Id, ids) => {
            // The directory finds a UUID in any case; here the case counts.
            let of = |id: &Cow<'_, str>| directory.user_by_id(id).filter(|user| directory.user_id(*user) == *id);
            rows(within, ids.iter().filter_map(of).map(UserIndex::row))
        }
        Filter::Is(Field::Badge, values) => {
            let values = OneOf::new(values);
            let is_one = |row: &u32| badges.get(*row).is_some_and(|badge| values.holds(badge));
            rows(within, within.iter().filter(is_one))
        }
        Filter::Is(Field::FullName, values) => {
            let values = OneOf::new(values);
            let is_one = |row: &u32| full_name(directory, *row).is_some_and(|name| values.holds(&name));
            rows(within, within.iter().filter(is_one))
        }
        _ => Set::new(within.len()),
    })
}

/// Those of some groups that a filter is true of. Cost: O(values), then as [`Filter::select`].
pub(super) fn groups(directory: &Directory, filter: &Filter<'_>, within: &Set) -> Set {
    filter.select(within, &|test, within| match test {
        Filter::Is(Field::Id, ids) => {
            let of = |id: &Cow<'_, str>| {
                directory
                    .group_by_id(id)
                    .filter(|group| directory.group_id(*group) == *id)
            };
            rows(within, ids.iter().filter_map(of).map(GroupIndex::row))
        }
        _ => Set::new(within.len()),
    })
}

/// The rows that were found, as far as they are asked about.
fn rows(within: &Set, found: impl Iterator<Item = u32>) -> Set {
    let mut set = Set::new(within.len());
    for row in found.filter(|row| within.contains(*row)) {
        set.insert(row);
    }
    set
}

/// First and last name, those that are not empty, with one space between.
pub(super) fn full_name(directory: &Directory, row: u32) -> Option<Cow<'_, str>> {
    let users = directory.users();
    let [first, last] =
        [&users.first_name, &users.last_name].map(|column| column.get(row).filter(|name| !name.is_empty()));
    match (first, last) {
        (Some(first), Some(last)) => Some(Cow::Owned([&*first, &*last].join(" "))),
        (name, None) | (None, name) => name,
    }
}

/// Texts that another may be one of, by their hash.
struct OneOf<'a>(Vec<(u64, &'a str)>);

impl<'a> OneOf<'a> {
    /// Cost: O(values · log values).
    fn new(values: &'a [Cow<'_, str>]) -> Self {
        let mut values: Vec<_> = values.iter().map(|value| (hash(value), &**value)).collect();
        sort::by_key(&mut values, |(hash, _)| *hash);
        Self(values)
    }

    /// Cost: O(length + log values).
    fn holds(&self, text: &str) -> bool {
        let hash = hash(text);
        let first = self.0.partition_point(|(other, _)| *other < hash);
        let mut same = self.0.iter().skip(first).take_while(|(other, _)| *other == hash);
        same.any(|(_, value)| *value == text)
    }
}

/// FNV-1a: short, and good enough for values that need not resist anyone.
fn hash(text: &str) -> u64 {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3);
    text.bytes().fold(0xCBF2_9CE4_8422_2325, step)
}
