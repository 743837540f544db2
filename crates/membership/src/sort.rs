//! The one sort: by keys of 64 bits, stable. The standard library's is compiled anew for each type, to 5 kB or more.

#![expect(
    clippy::indexing_slicing,
    reason = "hot loops; every index is that of an item, or a byte into a table of 256"
)]

/// Something that a number of 32 bits stands for, under its key.
pub type Entry = (u64, u32);

/// Up to so many, moving each one down past the greater ones is faster than anything else.
const FEW: usize = 24;

/// Sorts by a key; what is equal stays as it stands.
///
/// Cost: O(items) for each byte in which keys differ; for a few items the square of their number.
pub fn by_key<T>(items: &mut [T], key: impl Fn(&T) -> u64) {
    if items.len() < 2 {
        return;
    }
    let mut sorted = items.iter().map(key).zip(0..).collect();
    make_swaps(&mut sorted);
    for (at, (_, other)) in sorted.into_iter().enumerate() {
        items.swap(at, other as usize);
    }
}

/// Sorts entries that are numbered, and makes of each number that with which its place has to be swapped, in order.
fn make_swaps(sorted: &mut Vec<Entry>) {
    entries(sorted);
    for at in 0..sorted.len() {
        let mut from = sorted[at].1 as usize;
        // What stood there has gone to where an earlier one came from.
        while from < at {
            from = sorted[from].1 as usize;
        }
        sorted[at].1 = from as u32;
    }
}

/// Sorts entries by their keys. Cost: as [`by_key`], and a copy of the entries; O(entries) where they are in order, as ids often are.
pub fn entries(entries: &mut Vec<Entry>) {
    if entries.len() <= FEW {
        return few(entries);
    }
    if entries.is_sorted_by_key(|entry| entry.0) {
        return;
    }
    let first = entries[0].0;
    let different = entries.iter().fold(0, |bits, entry| bits | (entry.0 ^ first));
    let mut sorted = vec![(0, 0); entries.len()];
    // Byte by byte, from the lowest: each round keeps the order of those before where its byte is equal.
    for shift in (0..u64::BITS).step_by(8).filter(|shift| different >> shift & 0xFF != 0) {
        let byte = |entry: &Entry| (entry.0 >> shift & 0xFF) as usize;
        let mut places = [0u32; 256];
        entries.iter().for_each(|entry| places[byte(entry)] += 1);
        let mut start = 0;
        for place in &mut places {
            start += std::mem::replace(place, start);
        }
        for entry in &*entries {
            let place = &mut places[byte(entry)];
            sorted[*place as usize] = *entry;
            *place += 1;
        }
        std::mem::swap(entries, &mut sorted);
    }
}

fn few(entries: &mut [Entry]) {
    for end in 1..entries.len() {
        let new = entries[end];
        let mut at = end;
        while at > 0 && entries[at - 1].0 > new.0 {
            entries[at] = entries[at - 1];
            at -= 1;
        }
        entries[at] = new;
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::by_key;

    proptest! {
        #[test]
        fn it_sorts_as_the_standard_library_does(
            keys in vec(prop_oneof![0..4u64, any::<u64>(), (0..3u64).prop_map(|high| high << 56)], 0..200),
        ) {
            let mut sorted: Vec<_> = keys.into_iter().zip('a'..).collect();
            let mut expected = sorted.clone();
            expected.sort_by_key(|(key, _)| *key);
            by_key(&mut sorted, |(key, _)| *key);
            prop_assert_eq!(sorted, expected);
        }
    }
}
