//! A hash table of numbers that stand for something elsewhere: rows, or places in a list. What they stand for is never copied.

/// Numbers by the hash of what they stand for. It is compiled once, whatever that is.
///
/// Beside each number stands half of its hash: growing asks for no hash anew, and of two things that only share a slot, the
/// wrong one is not looked at. A look-up is one miss of the cache here and what the thing itself costs.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lookup {
    // INVARIANT: as many slots as a power of two, or none; at least a quarter of them is free.
    slots: Vec<u64>,
    len: usize,
}

/// A slot without a number; no number is `u32::MAX`.
const FREE: u64 = u64::MAX;

/// The fewest slots.
const FEWEST: usize = 8;

/// How many are looked up at a time where there are many.
pub(crate) const BATCH: usize = 16;

impl Lookup {
    /// With room for so many.
    pub fn with_capacity(capacity: usize) -> Self {
        let slots = vec![FREE; (capacity + capacity / 3 + 1).next_power_of_two().max(FEWEST)];
        Self { slots, len: 0 }
    }

    /// The number with a hash that is the `same` as what is looked for. Cost: O(1).
    pub fn find(&self, hash: u64, same: &dyn Fn(u32) -> bool) -> Option<u32> {
        let mut at = self.first_place(hash);
        loop {
            match self.slots.get(at) {
                None | Some(&FREE) => return None,
                Some(slot) if slot >> 32 == hash >> 32 && same(*slot as u32) => return Some(*slot as u32),
                Some(_) => at = self.place(at + 1),
            }
        }
    }

    /// For each hash the number that most likely is the one; any number where there is none.
    ///
    /// What sixteen look-ups need is asked of memory at once, before any of them waits for it. Cost: O(1) for each.
    #[inline]
    pub fn likely(&self, hashes: &[u64; BATCH]) -> [u32; BATCH] {
        hashes.map(|hash| {
            let slot = self.slots.get(self.first_place(hash)).copied().unwrap_or(FREE);
            // The second place is in the same line of the cache, nearly always.
            if slot >> 32 == hash >> 32 {
                return slot as u32;
            }
            let next = self.place(self.first_place(hash) + 1);
            self.slots.get(next).map_or(u32::MAX, |slot| *slot as u32)
        })
    }

    /// Adds a number unless there is one that is the `same`, which is returned. Cost: O(1), amortised.
    pub fn find_or_add(&mut self, hash: u64, number: u32, same: &dyn Fn(u32) -> bool) -> Option<u32> {
        let found = self.find(hash, same);
        if found.is_none() {
            self.add(hash, number);
        }
        found
    }

    /// Adds a number that is not in. Cost: O(1), amortised.
    pub fn add(&mut self, hash: u64, number: u32) {
        debug_assert!(number < u32::MAX, "the number of a free slot");
        if 4 * (self.len + 1) > 3 * self.slots.len() {
            let size = (2 * self.slots.len()).max(FEWEST);
            let slots = std::mem::replace(&mut self.slots, vec![FREE; size]);
            slots
                .into_iter()
                .filter(|slot| *slot != FREE)
                .for_each(|slot| self.put(slot));
        }
        self.put(hash >> 32 << 32 | u64::from(number));
        self.len += 1;
    }

    fn put(&mut self, new: u64) {
        let mut at = self.first_place(new);
        while let Some(slot) = self.slots.get_mut(at) {
            if *slot == FREE {
                *slot = new;
                return;
            }
            at = self.place(at + 1);
        }
    }

    #[inline]
    fn first_place(&self, hash: u64) -> usize {
        self.place((hash >> 32) as usize)
    }

    #[inline]
    fn place(&self, at: usize) -> usize {
        at & self.slots.len().wrapping_sub(1)
    }

    /// Bytes of memory.
    pub fn memory(&self) -> usize {
        8 * self.slots.capacity()
    }
}

/// An odd number without a pattern: the fractional part of the golden ratio.
const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;

/// A number of 64 bits for some bytes, the same on every machine. Cost: O(length), eight bytes at a time.
pub(crate) fn hash(bytes: &[u8]) -> u64 {
    hash_of(bytes, 0)
}

/// The hash of bytes in each of which the bits of `ignored`, a byte for each of eight, are taken as set.
pub(crate) fn hash_of(bytes: &[u8], ignored: u64) -> u64 {
    let (words, rest) = bytes.as_chunks::<8>();
    let mut hash = bytes.len() as u64;
    let mut mix = |word: u64| hash = (hash.rotate_left(5) ^ (word | ignored)).wrapping_mul(GOLDEN);
    words.iter().for_each(|word| mix(u64::from_le_bytes(*word)));
    if !rest.is_empty() {
        mix(rest.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte)));
    }
    // Multiplying carries upwards only: what is above comes down, so that every bit depends on every byte.
    hash = (hash ^ hash >> 32).wrapping_mul(GOLDEN);
    hash ^ hash >> 29
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::{BATCH, Lookup, hash, hash_of};

    proptest! {
        #[test]
        fn numbers_are_found_as_in_a_map(keys in prop::collection::vec(0..400u64, 0..600), same_hash in any::<bool>()) {
            // In the worst case all share one hash.
            let hash_of = |key: u64| if same_hash { 7 } else { hash(&key.to_le_bytes()) };
            let (mut lookup, mut map) = (Lookup::default(), BTreeMap::new());
            for (key, number) in keys.iter().zip(0..) {
                let is_same = |other: u32| keys.get(other as usize) == Some(key);
                let found = lookup.find_or_add(hash_of(*key), number, &is_same);
                prop_assert_eq!(found, map.get(key).copied());
                map.entry(*key).or_insert(number);
            }
            for key in 0..400 {
                let is_same = |other: u32| keys.get(other as usize) == Some(&key);
                prop_assert_eq!(lookup.find(hash_of(key), &is_same), map.get(&key).copied());
            }
        }

        #[test]
        fn most_are_where_they_are_likely_to_be(count in BATCH as u64..400) {
            let mut lookup = Lookup::default();
            (0..count).for_each(|key| lookup.add(hash(&key.to_le_bytes()), key as u32));
            let keys: [u64; BATCH] = std::array::from_fn(|at| at as u64);
            let likely = lookup.likely(&keys.map(|key| hash(&key.to_le_bytes())));
            let right = keys.iter().zip(likely).filter(|(key, found)| **key == u64::from(*found));
            prop_assert!(right.count() >= BATCH / 2);
        }

        #[test]
        fn what_is_ignored_makes_no_difference(text in "[a-zA-Z]{0,40}") {
            let ignored = u64::from_le_bytes([0x20; 8]);
            let lower = text.to_ascii_lowercase();
            prop_assert_eq!(hash_of(text.as_bytes(), ignored), hash_of(lower.as_bytes(), ignored));
            prop_assert!(text == lower || hash(text.as_bytes()) != hash(lower.as_bytes()));
        }
    }
}
