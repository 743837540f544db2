//! Identifiers that are the same without case, and names that only look the same.

use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;

use super::skeleton::push_skeleton;
use super::{About, Finding, FindingKind, Tell};
use crate::directory::Directory;
use crate::entity::{GroupIndex, UserIndex};
use crate::set::Set;
use crate::text::TextColumn;

impl Directory {
    /// Usernames, emails and names of groups that stand more than once; ids are told where they were not used.
    pub(super) fn duplicates(&self, tell: Tell<'_>) {
        let kind = FindingKind::DuplicateIdentifier;
        let (users, groups) = (self.users(), self.groups());
        for (column, about) in [(&users.username, About::Username), (&users.email, About::Email)] {
            same(column, |rows| {
                tell(Finding {
                    about,
                    ..Finding::new(kind, indices(rows, UserIndex::new), Vec::new())
                });
            });
        }
        same(&groups.name, |rows| {
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
        alike(self.user_count(), username, |rows| {
            told.push(rows.to_vec());
            let users = indices(rows, UserIndex::new);
            tell(Finding {
                about: About::Username,
                ..Finding::new(kind, users, Vec::new())
            });
        });
        alike(self.user_count(), full_name, |rows| {
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
        alike(
            self.group_count(),
            |row| groups.name.get(row).map(|name| [name, ""]),
            |rows| {
                tell(Finding::new(kind, Vec::new(), indices(rows, GroupIndex::new)));
            },
        );
    }
}

fn indices<T>(rows: &[u32], index: fn(u32) -> T) -> Vec<T> {
    rows.iter().copied().map(index).collect()
}

/// Calls back with the rows of each text that stands more than once without case; empty texts are none.
fn same(column: &TextColumn, found: impl FnMut(&[u32])) {
    let text = |row| column.folded(row).filter(|text| !text.is_empty());
    let hash = |row| text(row).map(|text| hash_of(|hasher| text.hash(hasher)));
    classes(
        column.len(),
        hash,
        |one| {
            let one = text(one);
            move |other| text(other) == one
        },
        found,
    );
}

/// Calls back with one row of each spelling where several look the same. Spellings that differ in case alone are one.
fn alike<'n>(rows: u32, name: impl Fn(u32) -> Option<[&'n str; 2]>, mut found: impl FnMut(&[u32])) {
    let see = |row, seen: &mut String| {
        seen.clear();
        for part in name(row)? {
            push_skeleton(part, seen);
            seen.push('\n');
        }
        Some(())
    };
    let mut seen = String::new();
    let hash = |row| {
        see(row, &mut seen)?;
        Some(hash_of(|hasher| seen.hash(hasher)))
    };
    let seen = |row| {
        let mut seen = String::new();
        see(row, &mut seen).map(|()| seen)
    };
    // Those that are spelled alike look alike, which is nearly all of them.
    let looks_same = |one| {
        let (spelling, look) = (name(one), seen(one));
        let (name, seen) = (&name, &seen);
        move |other| name(other) == spelling || seen(other) == look
    };
    classes(rows, hash, looks_same, |rows| {
        let mut spellings: Vec<([String; 2], u32)> = Vec::new();
        let mut before = None;
        for &row in rows {
            let name = name(row);
            // Nearly all are spelled like the one before.
            if name == before {
                continue;
            }
            before = name;
            let folded = name
                .unwrap_or_default()
                .map(|part| crate::text::fold(part).into_owned());
            spellings.push((folded, row));
        }
        spellings.sort_unstable();
        spellings.dedup_by(|one, other| one.0 == other.0);
        if spellings.len() > 1 {
            let mut firsts: Vec<_> = spellings.into_iter().map(|(_, row)| row).collect();
            firsts.sort_unstable();
            found(&firsts);
        }
    });
}

fn hash_of(hash: impl FnOnce(&mut FxHasher)) -> u64 {
    let mut hasher = FxHasher::default();
    hash(&mut hasher);
    hasher.finish()
}

/// Drops most of those whose hash no other has, which are nearly all, so that few are left to sort.
///
/// Cost: O(rows), of which one in eight is kept for nothing.
fn keep_shared(hashed: &mut Vec<(u64, u32)>) {
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
/// Cost: O(rows · log rows + text).
fn classes<S: Fn(u32) -> bool>(
    rows: u32,
    mut hash: impl FnMut(u32) -> Option<u64>,
    same: impl Fn(u32) -> S,
    mut found: impl FnMut(&[u32]),
) {
    let mut hashed: Vec<_> = (0..rows).filter_map(|row| Some((hash(row)?, row))).collect();
    keep_shared(&mut hashed);
    hashed.sort_unstable();
    let mut classes: Vec<Vec<u32>> = Vec::new();
    for run in hashed
        .chunk_by(|one, other| one.0 == other.0)
        .filter(|run| run.len() > 1)
    {
        let mut left: Vec<_> = run.iter().map(|(_, row)| *row).collect();
        // Two texts seldom have one hash, so that this goes round once.
        while let Some(&first) = left.first() {
            let is_same = same(first);
            let (class, others): (Vec<_>, Vec<_>) = left.into_iter().partition(|row| is_same(*row));
            left = others;
            if class.len() > 1 {
                classes.push(class);
            }
        }
    }
    // No row is in two of them.
    classes.sort_by_cached_key(|class| class.first().map_or(0, |row| u64::from(*row)));
    classes.iter().for_each(|class| found(class));
}
