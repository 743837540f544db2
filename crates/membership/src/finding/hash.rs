//! A number of 64 bits for a text, the same on every machine: what hashes for tables has 32 bits in WebAssembly, too few to
//! tell a million findings apart, and nothing in the upper half that buckets could be made of.

/// An odd number without a pattern: the fractional part of the golden ratio.
const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;

/// Cost: O(length), eight bytes at a time.
pub(super) fn hash(text: &[u8]) -> u64 {
    let mut hash = text.len() as u64;
    for chunk in text.chunks(8) {
        let mut word = [0; 8];
        word.iter_mut().zip(chunk).for_each(|(to, from)| *to = *from);
        hash = (hash.rotate_left(5) ^ u64::from_le_bytes(word)).wrapping_mul(GOLDEN);
    }
    // Multiplying carries upwards only: what is above comes down, so that every bit depends on every byte.
    hash = (hash ^ hash >> 32).wrapping_mul(GOLDEN);
    hash ^ hash >> 29
}
