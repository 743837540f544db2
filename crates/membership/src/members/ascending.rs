//! Puts rows into ascending order without comparing them: a bitmap, over which another one tells where there is something.

/// Rows that come in any order.
#[derive(Debug, Default)]
pub(super) struct Ascending {
    /// A bit a row.
    words: Vec<u64>,
    /// A bit a word: whether there is a row in it.
    used: Vec<u64>,
}

impl Ascending {
    /// For so many rows.
    pub fn new(rows: u32) -> Self {
        let words = vec![0; rows.div_ceil(u64::BITS) as usize];
        let used = vec![0; words.len().div_ceil(u64::BITS as usize)];
        Self { words, used }
    }

    /// Adds a row; false if it was in. Cost: O(1).
    #[inline]
    pub fn add(&mut self, row: u32) -> bool {
        let at = row / u64::BITS;
        let (Some(word), Some(used)) = (
            self.words.get_mut(at as usize),
            self.used.get_mut((at / u64::BITS) as usize),
        ) else {
            return false;
        };
        let bit = 1 << (row % u64::BITS);
        let is_new = *word & bit == 0;
        *word |= bit;
        *used |= 1 << (at % u64::BITS);
        is_new
    }

    /// Calls back with each row, ascending, and forgets it. Cost: O(rows added), and a 4,096th of all rows.
    pub fn drain(&mut self, mut visit: impl FnMut(u32)) {
        for (used, first) in self.used.iter_mut().zip((0..).step_by(u64::BITS as usize)) {
            take_bits(used, first, |at| {
                if let Some(word) = self.words.get_mut(at as usize) {
                    take_bits(word, at * u64::BITS, &mut visit);
                }
            });
        }
    }
}

/// Calls back with the number of each bit, counted from `first`, and clears the word.
#[inline]
fn take_bits(word: &mut u64, first: u32, mut visit: impl FnMut(u32)) {
    let mut bits = std::mem::take(word);
    while bits != 0 {
        visit(first + bits.trailing_zeros());
        bits &= bits - 1;
    }
}
