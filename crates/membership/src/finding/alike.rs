//! Identifiers that are the same without case, and names that only look the same.

use super::skeleton::push_skeleton;
use super::{About, Finding, FindingKind, Tell};
use crate::directory::Directory;
use crate::entity::{GroupIndex, UserIndex};
use crate::lookup::{Lookup, hash};
use crate::set::Set;
use crate::sort;
use crate::text::{TextColumn, fold};

impl Directory {
    /// Usernames, emails and names of groups that stand more than once; ids are told where they were not used.
    pub(super) fn duplicates(&self, tell: Tell<'_>) {
        let kind = FindingKind::DuplicateIdentifier;
        let (users, groups) = (self.users(), self.groups());
        for (column, about) in [(&users.username, About::Username), (&users.email, About::Email)] {
            same(column, &mut |rows| {
                tell(Finding {
                    about,
                    ..Finding::new(kind, indices(rows, UserIndex::new), Vec::new())
                });
            });
        }
        same(&groups.name, &mut |rows| {
            tell(Finding::new(kind, Vec::new(), indices(rows, GroupIndex::new)));
        });
    }

    /// Usernames, full names and names of groups that look the same and are not. Of each spelling the first is told.
    pub(super) fn lookalikes(&self, tell: Tell<'_>) {
        let kind = FindingKind::Lookalike;
        let (users, groups) = (self.users(), self.groups());
        // Who has two such names is told once.
        let mut told: Vec<Vec<u32>> = Vec::new();
        let username = |row| users.username.get(row).map(|name| [name, ""]);
        let full_name = |row| {
            let name = [users.first_name.get(row), users.last_name.get(row)].map(Option::unwrap_or_default);
            Some(name).filter(|name| *name != ["", ""])
        };
        alike(self.user_count(), &username, &mut |rows| {
            told.push(rows.to_vec());
            let users = indices(rows, UserIndex::new);
            tell(Finding {
                about: About::Username,
                ..Finding::new(kind, users, Vec::new())
            });
        });
        alike(self.user_count(), &full_name, &mut |rows| {
            if told
                .binary_search_by_key(&rows.first(), |other| other.first())
                .map_or(true, |at| told.get(at).is_none_or(|other| other != rows))
            {
                let users = indices(rows, UserIndex::new);
                tell(Finding {
                    about: About::FullName,
                    ..Finding::new(kind, users, Vec::new())
                });
            }
        });
        let name = |row| groups.name.get(row).map(|name| [name, ""]);
        alike(self.group_count(), &name, &mut |rows| {
            tell(Finding::new(kind, Vec::new(), indices(rows, GroupIndex::new)));
        });
    }
}

fn indices<T>(rows: &[u32], index: fn(u32) -> T) -> Vec<T> {
    rows.iter().copied().map(index).collect()
}

/// Calls back with the rows of each text that stands more than once without case; empty texts are none.
fn same(column: &TextColumn, found: &mut dyn FnMut(&[u32])) {
    let text = |row| column.folded_bytes(row).filter(|text| !text.is_empty());
    classes(
        column.len(),
        &mut |row| text(row).map(hash),
        &|one, other| text(one) == text(other),
        found,
    );
}

/// The first and the second part of a row's name, if it has one.
type Name<'a> = dyn Fn(u32) -> Option<[&'a str; 2]> + 'a;

/// Calls back with one row of each spelling where several look the same. Spellings that differ in case alone are one.
fn alike(rows: u32, name: &Name<'_>, found: &mut dyn FnMut(&[u32])) {
    let see = |row, seen: &mut String| {
        seen.clear();
        for part in name(row)? {
            push_skeleton(part, seen);
            seen.push('\n');
        }
        Some(())
    };
    let mut seen = String::new();
    let mut look_hash = |row| see(row, &mut seen).map(|()| hash(seen.as_bytes()));
    let look = |row| {
        let mut seen = String::new();
        see(row, &mut seen).map(|()| seen)
    };
    // Those that are spelled alike look alike, which is nearly all of them.
    let looks_same = |one, other| name(one) == name(other) || look(one) == look(other);
    classes(rows, &mut look_hash, &looks_same, &mut |rows| {
        let spelling = |row: u32| name(row).map(|name| name.map(fold));
        let hash_of = |row| hash(spelling(row).unwrap_or_default().join("\n").as_bytes());
        let mut spellings = Lookup::default();
        let mut firsts = Vec::new();
        let mut before = None;
        for row in rows {
            let name = name(*row);
            // Nearly all are spelled like the one before.
            if name == before {
                continue;
            }
            before = name;
            let same = |other| spelling(other) == spelling(*row);
            if spellings.find_or_add(hash_of(*row), *row, &same, &hash_of).is_none() {
                firsts.push(*row);
            }
        }
        if firsts.len() > 1 {
            found(&firsts);
        }
    });
}

/// Drops most of those whose hash no other has, which are nearly all, so that few are left to sort.
///
/// Cost: O(rows), of which one in eight is kept for nothing.
fn keep_shared(hashed: &mut Vec<sort::Entry>) {
    let bits = (8 * hashed.len()).next_power_of_two().trailing_zeros().clamp(6, 30);
    let place = |hash: u64| (hash >> (64 - bits)) as u32;
    let (mut once, mut again) = (Set::new(1 << bits), Set::new(1 << bits));
    for (hash, _) in &*hashed {
        if !once.insert(place(*hash)) {
            again.insert(place(*hash));
        }
    }
    hashed.retain(|(hash, _)| again.contains(place(*hash)));
}

/// Calls back with the rows of each class of more than one, both in the order of the facts.
///
/// Cost: O(rows + text).
fn classes(
    rows: u32,
    hash: &mut dyn FnMut(u32) -> Option<u64>,
    same: &dyn Fn(u32, u32) -> bool,
    found: &mut dyn FnMut(&[u32]),
) {
    let mut hashed: Vec<_> = (0..rows).filter_map(|row| Some((hash(row)?, row))).collect();
    keep_shared(&mut hashed);
    sort::entries(&mut hashed);
    let mut classes: Vec<Vec<u32>> = Vec::new();
    for run in hashed
        .chunk_by(|one, other| one.0 == other.0)
        .filter(|run| run.len() > 1)
    {
        let mut left: Vec<_> = run.iter().map(|(_, row)| *row).collect();
        // Two texts seldom have one hash, so that this goes round once.
        while let Some(&first) = left.first() {
            let (class, others): (Vec<_>, Vec<_>) = left.into_iter().partition(|row| same(first, *row));
            left = others;
            if class.len() > 1 {
                classes.push(class);
            }
        }
    }
    // No row is in two of them.
    sort::by_key(&mut classes, |class| class.first().map_or(0, |row| (*row).into()));
    classes.iter().for_each(|class| found(class));
}
