//! The checksum that the description of the format defines.

const A: u64 = 0xC2B2_AE3D_27D4_EB4F;
const B: u64 = 0x9E37_79B1_85EB_CA87;

/// The checksum of the words so far.
#[derive(Default)]
pub(super) struct Checksum {
    lanes: [u64; 4],
    /// The lane that takes in the next word.
    next: usize,
}

impl Checksum {
    /// Takes in bytes, which are a multiple of eight.
    ///
    /// Cost: O(bytes), two multiplications for each eight.
    pub fn take_in(&mut self, bytes: &[u8]) {
        let words = bytes.as_chunks::<8>().0;
        let first = words.len().min((4 - self.next) % 4);
        let (first, words) = words.split_at_checked(first).unwrap_or_default();
        let (blocks, last) = words.as_chunks::<4>();
        first.iter().for_each(|word| self.word(*word));
        let [mut one, mut two, mut three, mut four] = self.lanes;
        for block in blocks {
            let [a, b, c, d] = block.map(u64::from_le_bytes);
            (one, two, three, four) = (step(one, a), step(two, b), step(three, c), step(four, d));
        }
        self.lanes = [one, two, three, four];
        last.iter().for_each(|word| self.word(*word));
    }

    fn word(&mut self, word: [u8; 8]) {
        if let Some(lane) = self.lanes.get_mut(self.next) {
            *lane = step(*lane, u64::from_le_bytes(word));
        }
        self.next = (self.next + 1) % 4;
    }

    /// The four lanes in one.
    pub fn sum(&self) -> u64 {
        self.lanes.into_iter().fold(0, step)
    }
}

#[inline]
fn step(lane: u64, word: u64) -> u64 {
    lane.wrapping_add(word.wrapping_mul(A)).rotate_left(31).wrapping_mul(B)
}
