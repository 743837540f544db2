//! From identifiers to rows: ids while facts are read, usernames, emails and names when they are first asked for.

use std::cell::OnceCell;

use crate::directory::{Groups, TooLarge, Users};
use crate::entity::{GroupIndex, UserIndex, is_uuid};
use crate::lookup::{BATCH, Lookup, hash, hash_of};
use crate::text::{TextColumn, fold, is_equal};

/// UUIDs compare without case, so they hash without the bit that makes it.
fn hash_id(id: &[u8]) -> u64 {
    const CASE: u64 = u64::from_le_bytes([0x20; 8]);
    hash_of(id, if id.len() == 36 { CASE } else { 0 })
}

/// Ids that are numbers below this are looked up by their value, with no need to compare them: 4 bytes each.
const NUMBERS: usize = 1 << 22;

/// The value of an id that is a small number as it is usually written, without signs or zeros before it.
#[inline]
fn number(id: &[u8]) -> Option<usize> {
    if id.len() > 7 || (id.first() == Some(&b'0') && id.len() > 1) || id.is_empty() {
        return None;
    }
    let digit = |byte: &u8| byte.is_ascii_digit().then(|| usize::from(byte - b'0'));
    let value = id.iter().try_fold(0, |value, byte| Some(10 * value + digit(byte)?))?;
    (value < NUMBERS).then_some(value)
}

/// The rows of a column of ids, to look up by id.
#[derive(Clone, Debug, Default)]
struct IdTable {
    rows: Lookup,
    /// By value of ids that are small numbers, their row and 1 more, or 0.
    numbers: Vec<u32>,
}

impl IdTable {
    /// The table of a whole column. Cost: O(ids).
    fn of(ids: &TextColumn) -> Self {
        let mut table = Self::default();
        for row in 0..ids.len() {
            if let Some(id) = ids.get(row) {
                table.add(id, row);
            }
        }
        table.shrink();
        table
    }

    fn find(&self, ids: &TextColumn, id: &str) -> Option<u32> {
        if let Some(number) = number(id.as_bytes()) {
            return self.numbers.get(number)?.checked_sub(1);
        }
        let same = |row| is_same(ids.bytes(row), id);
        self.rows.find(hash_id(id.as_bytes()), &same)
    }

    /// Adds an id that is not in.
    fn add(&mut self, id: &str, row: u32) {
        if let Some(number) = number(id.as_bytes()) {
            if self.numbers.len() <= number {
                self.numbers.resize(number + 1, 0);
            }
            if let Some(slot) = self.numbers.get_mut(number) {
                *slot = row + 1;
            }
            return;
        }
        self.rows.add(hash_id(id.as_bytes()), row);
    }

    fn shrink(&mut self) {
        self.numbers.shrink_to_fit();
    }

    fn memory(&self) -> usize {
        self.rows.memory() + 4 * self.numbers.capacity()
    }
}

fn is_same(stored: Option<&[u8]>, id: &str) -> bool {
    let same = |stored: &[u8]| stored == id.as_bytes() || (stored.eq_ignore_ascii_case(id.as_bytes()) && is_uuid(id));
    stored.is_some_and(same)
}

/// Ids while facts are read: each gets a key when it is first mentioned, and a row when it is declared.
#[derive(Debug, Default)]
pub(super) struct Interner {
    texts: TextColumn,
    table: IdTable,
    /// For each key its row.
    rows: Vec<u32>,
    declared: u32,
    /// Whether the row of any id is another number than its key.
    is_shuffled: bool,
    /// By row, the ids that were declared in another spelling than that of their first mention.
    respelled: Vec<(u32, String)>,
    /// The id that was asked for last, with its key: a group's members come one after another.
    last: (String, u32),
}

/// The row of an id that was mentioned and not declared.
pub(super) const UNDECLARED: u32 = u32::MAX;

impl Interner {
    /// The key of an id. Cost: O(1).
    pub fn key(&mut self, id: &str) -> Result<u32, TooLarge> {
        match self.table.find(&self.texts, id) {
            Some(key) => Ok(key),
            None => self.add(id),
        }
    }

    /// The keys of some ids, at most [`BATCH`]. Cost: O(1) for each; those that were told before are waited for together.
    pub fn keys(&mut self, ids: &[&str]) -> Result<[u32; BATCH], TooLarge> {
        let (mut hashes, mut are_known) = ([0; BATCH], [false; BATCH]);
        for (hash, id) in hashes.iter_mut().zip(ids) {
            *hash = hash_id(id.as_bytes());
        }
        let mut keys = self.table.rows.likely(&hashes);
        let stored = keys.map(|key| self.texts.bytes(key));
        for ((is_known, stored), id) in are_known.iter_mut().zip(stored).zip(ids) {
            *is_known = stored.is_some_and(|stored| is_equal(stored, id.as_bytes()));
        }
        for ((key, is_known), id) in keys.iter_mut().zip(are_known).zip(ids) {
            if !is_known {
                *key = self.key(id)?;
            }
        }
        Ok(keys)
    }

    /// The key of an id that is likely to be that of the last time. Cost: O(1).
    pub fn same_key(&mut self, id: &str) -> Result<u32, TooLarge> {
        if self.last.0 == id && !id.is_empty() {
            return Ok(self.last.1);
        }
        let key = self.key(id)?;
        self.last.0.clear();
        self.last.0.push_str(id);
        self.last.1 = key;
        Ok(key)
    }

    /// The key of an id that is this number, of so many digits without a zero in front; none if it has none yet, or more digits
    /// than are looked up by value. Cost: O(1).
    #[inline]
    pub fn integer(&self, value: usize, digits: usize) -> Option<u32> {
        let key = *self.table.numbers.get(value)?;
        key.checked_sub(1).filter(|_| digits < 8)
    }

    fn add(&mut self, id: &str) -> Result<u32, TooLarge> {
        let key = self.texts.len();
        // One bit of a key or a row is taken by the role.
        if key >= i32::MAX as u32 {
            return Err(TooLarge);
        }
        self.texts.push(Some(id))?;
        self.table.add(id, key);
        self.rows.push(UNDECLARED);
        Ok(key)
    }

    /// Gives an id the next row; or the row that it has already, as an error of the inner kind.
    pub fn declare(&mut self, id: &str) -> Result<Result<u32, u32>, TooLarge> {
        let key = self.key(id)?;
        let Some(row) = self.rows.get_mut(key as usize) else {
            return Err(TooLarge);
        };
        if *row != UNDECLARED {
            return Ok(Err(*row));
        }
        *row = self.declared;
        self.is_shuffled |= key != self.declared;
        if self.texts.bytes(key) != Some(id.as_bytes()) {
            self.respelled.push((self.declared, id.to_owned()));
        }
        self.declared += 1;
        Ok(Ok(self.declared - 1))
    }

    /// How many ids were declared.
    pub fn declared(&self) -> u32 {
        self.declared
    }

    /// The row of a key, or [`UNDECLARED`].
    #[inline]
    pub fn row(&self, key: u32) -> u32 {
        self.rows.get(key as usize).copied().unwrap_or(UNDECLARED)
    }

    /// Whether every id was declared, in the order of their first mention: then keys are rows. Cost: O(1).
    pub fn is_in_order(&self) -> bool {
        !self.is_shuffled && self.declared as usize == self.rows.len()
    }

    /// The id of a key, as it was first spelled.
    pub fn id(&self, key: u32) -> &str {
        self.texts.get(key).unwrap_or_default()
    }

    /// The id of a key, as it was declared if it was.
    pub fn declared_id(&self, key: u32) -> &str {
        let row = self.row(key);
        let respelled = self.respelled.binary_search_by_key(&row, |(row, _)| *row).ok();
        let respelled = respelled.and_then(|at| self.respelled.get(at));
        respelled.map_or_else(|| self.id(key), |(_, id)| id)
    }

    /// The ids by row, and the table to find them. Cost: O(1) if ids were declared before they were mentioned, else O(ids).
    fn finish(self) -> Result<(TextColumn, IdTable), TooLarge> {
        if self.is_in_order() && self.respelled.is_empty() {
            let mut texts = self.texts;
            let mut table = self.table;
            texts.shrink();
            table.shrink();
            return Ok((texts, table));
        }
        let mut keys = vec![0; self.declared as usize];
        for (row, key) in self.rows.iter().zip(0..) {
            if let Some(slot) = keys.get_mut(*row as usize) {
                *slot = key;
            }
        }
        let (mut texts, mut table) = (TextColumn::default(), IdTable::default());
        let mut respelled = self.respelled.iter().peekable();
        for (key, row) in keys.into_iter().zip(0..) {
            let respelled = respelled.next_if(|(other, _)| *other == row);
            let id = respelled.map_or_else(|| self.id(key), |(_, id)| id);
            texts.push(Some(id))?;
            table.add(id, row);
        }
        texts.shrink();
        table.shrink();
        Ok((texts, table))
    }
}

/// Looks up users and groups by what identifies them.
#[derive(Debug, Default)]
pub(super) struct Identifiers {
    users: OnceCell<IdTable>,
    groups: OnceCell<IdTable>,
    usernames: OnceCell<Lookup>,
    emails: OnceCell<Lookup>,
    names: OnceCell<Lookup>,
}

impl Identifiers {
    /// Takes over the ids, by row, into the columns.
    pub fn new(users: Interner, groups: Interner) -> Result<(Self, TextColumn, TextColumn), TooLarge> {
        let (user_ids, users) = users.finish()?;
        let (group_ids, groups) = groups.finish()?;
        let this = Self {
            users: users.into(),
            groups: groups.into(),
            ..Self::default()
        };
        Ok((this, user_ids, group_ids))
    }

    /// Bytes of memory.
    pub fn memory(&self) -> usize {
        let lazy = [&self.usernames, &self.emails, &self.names]
            .into_iter()
            .filter_map(OnceCell::get);
        let lazy: usize = lazy.map(Lookup::memory).sum();
        let ids = [&self.users, &self.groups].into_iter().filter_map(OnceCell::get);
        lazy + ids.map(IdTable::memory).sum::<usize>()
    }

    pub fn user(&self, ids: &TextColumn, id: &str) -> Option<UserIndex> {
        let table = self.users.get_or_init(|| IdTable::of(ids));
        table.find(ids, id).map(UserIndex::new)
    }

    pub fn group(&self, ids: &TextColumn, id: &str) -> Option<GroupIndex> {
        let table = self.groups.get_or_init(|| IdTable::of(ids));
        table.find(ids, id).map(GroupIndex::new)
    }

    pub fn by_username(&self, users: &Users, username: &str) -> Option<UserIndex> {
        first(&self.usernames, &users.username, username).map(UserIndex::new)
    }

    pub fn by_email(&self, users: &Users, email: &str) -> Option<UserIndex> {
        first(&self.emails, &users.email, email).map(UserIndex::new)
    }

    pub fn by_name(&self, groups: &Groups, name: &str) -> Option<GroupIndex> {
        first(&self.names, &groups.name, name).map(GroupIndex::new)
    }
}

/// The first row whose text is the same without case.
fn first(table: &OnceCell<Lookup>, column: &TextColumn, text: &str) -> Option<u32> {
    let table = table.get_or_init(|| firsts(column));
    let folded = fold(text);
    let same = |row| column.folded_bytes(row) == Some(folded.as_bytes());
    table.find(hash(folded.as_bytes()), &same)
}

/// The first row of each text that a column holds.
fn firsts(column: &TextColumn) -> Lookup {
    let mut table = Lookup::with_capacity(column.len() as usize);
    for row in 0..column.len() {
        let Some(text) = column.folded_bytes(row) else { continue };
        let same = |other| column.folded_bytes(other) == Some(text);
        table.find_or_add(hash(text), row, &same);
    }
    table
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Interner;
    use crate::lookup::BATCH;

    fn id() -> impl Strategy<Value = String> {
        let uuid = (0..40u32, any::<bool>()).prop_map(|(number, is_upper)| {
            let uuid = format!("{number:08x}-00ab-4000-a000-00000000cdef");
            if is_upper { uuid.to_uppercase() } else { uuid }
        });
        prop_oneof![uuid, "[0-9]{1,2}", "[a-dA-Dä]{1,2}", "[ab]{36}"]
    }

    proptest! {
        #[test]
        fn many_ids_have_the_keys_that_each_has(lists in prop::collection::vec(prop::collection::vec(id(), 0..=BATCH), 0..12)) {
            let (mut together, mut alone) = (Interner::default(), Interner::default());
            for list in &lists {
                let ids: Vec<_> = list.iter().map(String::as_str).collect();
                let keys = together.keys(&ids);
                for (at, id) in ids.into_iter().enumerate() {
                    prop_assert_eq!(keys.map(|keys| keys.get(at).copied()), alone.key(id).map(Some));
                }
            }
        }
    }
}
