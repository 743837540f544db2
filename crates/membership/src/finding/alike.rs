//! Identifiers that are the same without case, and names that only look the same.

use std::borrow::Cow;

use super::skeleton::push_skeleton;
use super::{About, Finding, FindingKind, Tell};
use crate::directory::Directory;
use crate::entity::{GroupIndex, UserIndex};
use crate::lookup::{Lookup, hash};
use crate::set::Set;
use crate::sort;
use crate::text::{NameColumn, fold};

/// How many hashes a row of a bucket is worth where names are compared by what they look like.
const LOOK: i64 = 4;
/// How many buckets hashes are put into by their highest bits, so that each is sorted in a moment.
const BUCKETS: usize = 1 << BUCKET_BITS;
const BUCKET_BITS: u32 = 8;

/// What is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Name {
    Username,
    Email,
    Full,
    Group,
}

/// Looks for names that are alike, a piece at a time: first the hashes of all, then each bucket of them.
#[derive(Debug)]
pub(super) struct Alike {
    /// What is compared, one after another.
    names: &'static [Name],
    /// Whether by what they look like; else by what they are without case.
    by_look: bool,
    /// The row to hash next.
    row: u32,
    /// Hashes with their rows; each bucket is gone once it was looked at.
    buckets: Vec<Vec<sort::Entry>>,
    /// What was found among the names that are compared now.
    found: Vec<Vec<u32>>,
    /// What was told of usernames: who has two such names is told once.
    told: Vec<Vec<u32>>,
}

impl Alike {
    /// Usernames, emails and names of groups that stand more than once; ids are told where they were not used.
    pub fn identifiers() -> Self {
        Self::new(&[Name::Username, Name::Email, Name::Group], false)
    }

    /// Usernames, full names and names of groups that look the same and are not. Of each spelling the first is told.
    pub fn looks() -> Self {
        Self::new(&[Name::Username, Name::Full, Name::Group], true)
    }

    fn new(names: &'static [Name], by_look: bool) -> Self {
        Self {
            names,
            by_look,
            row: 0,
            buckets: Vec::new(),
            found: Vec::new(),
            told: Vec::new(),
        }
    }

    /// Goes on for about so much work; how much it was, and nothing when it is done.
    ///
    /// Cost of the whole: O(rows · log rows + text).
    pub fn go_on(&mut self, directory: &Directory, work: i64, tell: Tell<'_>) -> i64 {
        let Some(name) = self.names.first().copied() else {
            return 0;
        };
        if self.row < name.rows(directory) {
            return self.hash(directory, name, work);
        }
        if let Some(bucket) = self.buckets.pop() {
            return 1 + self.look_into(directory, name, bucket);
        }
        self.tell(name, tell);
        self.names = self.names.get(1..).unwrap_or_default();
        self.row = 0;
        1
    }

    fn hash(&mut self, directory: &Directory, name: Name, work: i64) -> i64 {
        let end = self.row.saturating_add(work.clamp(1, i64::from(u32::MAX)) as u32);
        let end = end.min(name.rows(directory));
        self.buckets.resize_with(BUCKETS, Vec::new);
        let mut seen = String::new();
        for row in self.row..end {
            let Some(hash) = name.hash(directory, self.by_look, row, &mut seen) else {
                continue;
            };
            if let Some(bucket) = self.buckets.get_mut((hash >> (64 - BUCKET_BITS)) as usize) {
                bucket.push((hash << BUCKET_BITS, row));
            }
        }
        let spent = end - self.row;
        self.row = end;
        i64::from(spent)
    }

    /// Finds the names of a bucket that are alike; how much work that was.
    fn look_into(&mut self, directory: &Directory, name: Name, mut hashed: Vec<sort::Entry>) -> i64 {
        let work = hashed.len() as i64 * if self.by_look { LOOK } else { 1 };
        keep_shared(&mut hashed);
        sort::entries(&mut hashed);
        let runs = hashed.chunk_by(|one, other| one.0 == other.0);
        for run in runs.filter(|run| run.len() > 1) {
            let rows = run.iter().map(|(_, row)| *row).collect();
            if self.by_look {
                let same = |one, other| name.looks_same(directory, one, other);
                classes(rows, &same, &mut |class| {
                    self.found.extend(name.spellings(directory, &class));
                });
            } else {
                let text = |row| name.folded(directory, row);
                let same = |one, other| text(one) == text(other);
                classes(rows, &same, &mut |class| self.found.push(class));
            }
        }
        work
    }

    fn tell(&mut self, name: Name, tell: Tell<'_>) {
        let mut found = std::mem::take(&mut self.found);
        // No row is in two of them.
        sort::by_key(&mut found, |rows| rows.first().map_or(0, |row| (*row).into()));
        if name == Name::Full {
            let told = |rows: &Vec<u32>| self.told.binary_search_by_key(&rows.first(), |other| other.first());
            found.retain(|rows| told(rows).is_err() || !self.told.contains(rows));
        }
        for rows in &found {
            tell(self.finding(name, rows));
        }
        if name == Name::Username {
            self.told = found;
        }
    }

    fn finding(&self, name: Name, rows: &[u32]) -> Finding {
        let kind = if self.by_look {
            FindingKind::Lookalike
        } else {
            FindingKind::DuplicateIdentifier
        };
        let users = || rows.iter().copied().map(UserIndex::new).collect();
        let about = match name {
            Name::Username => About::Username,
            Name::Email => About::Email,
            Name::Full => About::FullName,
            Name::Group => {
                let groups = rows.iter().copied().map(GroupIndex::new).collect();
                return Finding::new(kind, Vec::new(), groups);
            }
        };
        Finding {
            about,
            ..Finding::new(kind, users(), Vec::new())
        }
    }
}

impl Name {
    fn rows(self, directory: &Directory) -> u32 {
        match self {
            Self::Group => directory.group_count(),
            _ => directory.user_count(),
        }
    }

    /// The name as it is written, but perhaps for its case, in two parts; none where there is none.
    fn spelling(self, directory: &Directory, row: u32) -> Option<[Cow<'_, str>; 2]> {
        let users = directory.users();
        let name = match self {
            Self::Full => {
                let parts = [&users.first_name, &users.last_name].map(|names| spelling(names, row));
                return Some(parts).filter(|parts| parts.iter().any(|part| !part.is_empty()));
            }
            Self::Username => users.username.get(row),
            Self::Email => users.email.get(row),
            Self::Group => directory.groups().name.get(row),
        };
        Some([name?.into(), "".into()])
    }

    /// The name without case; none where it is empty. A full name is no identifier.
    fn folded(self, directory: &Directory, row: u32) -> Option<&[u8]> {
        let users = directory.users();
        let column = match self {
            Self::Username => &users.username,
            Self::Email => &users.email,
            Self::Group => &directory.groups().name,
            Self::Full => return None,
        };
        column.folded_bytes(row).filter(|text| !text.is_empty())
    }

    fn hash(self, directory: &Directory, by_look: bool, row: u32, seen: &mut String) -> Option<u64> {
        if by_look {
            see(&self.spelling(directory, row)?, seen);
            return Some(hash(seen.as_bytes()));
        }
        self.folded(directory, row).map(hash)
    }

    /// Whether two rows look the same. Those that are spelled alike do, which is nearly all of them.
    fn looks_same(self, directory: &Directory, one: u32, other: u32) -> bool {
        let [one, other] = [one, other].map(|row| self.spelling(directory, row).unwrap_or_default());
        let look = |name: &_| {
            let mut seen = String::new();
            see(name, &mut seen);
            seen
        };
        one == other || look(&one) == look(&other)
    }

    /// The first row of each spelling, where there are several; those that differ in case alone are one.
    fn spellings(self, directory: &Directory, rows: &[u32]) -> Option<Vec<u32>> {
        let spelling = |row| {
            let [first, last] = self.spelling(directory, row).unwrap_or_default();
            fold(&first).into_owned() + "\n" + &fold(&last)
        };
        let hash_of = |row| hash(spelling(row).as_bytes());
        let (mut known, mut firsts) = (Lookup::default(), Vec::new());
        let mut before = None;
        for &row in rows {
            let name = self.spelling(directory, row);
            // Nearly all are spelled like the one before.
            if name == before {
                continue;
            }
            before = name;
            let same = |other| spelling(other) == spelling(row);
            if known.find_or_add(hash_of(row), row, &same).is_none() {
                firsts.push(row);
            }
        }
        (firsts.len() > 1).then_some(firsts)
    }
}

/// A name as it is written, or without case where that is all ASCII: nothing here tells its capitals from other letters.
fn spelling(names: &NameColumn, row: u32) -> Cow<'_, str> {
    let folded = names.folded().folded(row).filter(|name| name.is_ascii());
    folded.map(Cow::Borrowed).or_else(|| names.get(row)).unwrap_or_default()
}

/// What the eye sees of a name.
fn see(name: &[Cow<'_, str>; 2], seen: &mut String) {
    seen.clear();
    for part in name {
        push_skeleton(part, seen);
        seen.push('\n');
    }
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

/// Calls back with the rows of each class of more than one among those that share a hash, in the order of the facts.
///
/// Cost: O(rows) where two different texts seldom share one.
fn classes(mut left: Vec<u32>, same: &dyn Fn(u32, u32) -> bool, found: &mut dyn FnMut(Vec<u32>)) {
    while let Some(&first) = left.first() {
        let (class, others): (Vec<_>, Vec<_>) = left.into_iter().partition(|row| same(first, *row));
        left = others;
        if class.len() > 1 {
            found(class);
        }
    }
}
