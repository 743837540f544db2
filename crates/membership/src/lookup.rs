//! A hash table of numbers that stand for something elsewhere: rows, or places in a list. What they stand for is never copied.

use std::hash::Hasher;

use hashbrown::HashTable;
use hashbrown::hash_table::Entry;
use rustc_hash::FxHasher;

/// Numbers by the hash of what they stand for. It is compiled once, whatever that is.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lookup(HashTable<u32>);

impl Lookup {
    /// With room for so many.
    pub fn with_capacity(capacity: usize) -> Self {
        Self(HashTable::with_capacity(capacity))
    }

    /// The number with a hash that is the `same` as what is looked for. Cost: O(1).
    pub fn find(&self, hash: u64, same: &dyn Fn(u32) -> bool) -> Option<u32> {
        self.0.find(hash, |number| same(*number)).copied()
    }

    /// Adds a number unless there is one that is the `same`, which is returned. `hash_of` tells the hash of any number
    /// that is in. Cost: O(1), amortised.
    pub fn find_or_add(
        &mut self,
        hash: u64,
        number: u32,
        same: &dyn Fn(u32) -> bool,
        hash_of: &dyn Fn(u32) -> u64,
    ) -> Option<u32> {
        match self.0.entry(hash, |other| same(*other), |other| hash_of(*other)) {
            Entry::Occupied(entry) => Some(*entry.get()),
            Entry::Vacant(entry) => {
                entry.insert(number);
                None
            }
        }
    }

    /// Bytes of memory, about.
    pub fn memory(&self) -> usize {
        5 * self.0.capacity()
    }
}

/// The hash of some bytes. Cost: O(length).
#[inline]
pub(crate) fn hash(bytes: &[u8]) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(bytes);
    hasher.finish()
}
