//! Sets of rows as bitmaps: one bit a row, combined a word at a time.

/// A set of rows out of `0..len`, users' or groups'. Rows beyond `len` are never in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Set {
    // INVARIANT: `words` has one word for each 64 rows begun, and bits from `len` on are 0.
    words: Vec<u64>,
    len: u32,
}

const BITS: u32 = u64::BITS;

fn place(row: u32) -> (usize, u64) {
    ((row / BITS) as usize, 1 << (row % BITS))
}

impl Set {
    /// The empty set out of `len` rows.
    #[must_use]
    pub fn new(len: u32) -> Self {
        Self {
            words: vec![0; len.div_ceil(BITS) as usize],
            len,
        }
    }

    /// All of `len` rows.
    #[must_use]
    pub fn full(len: u32) -> Self {
        let mut set = Self {
            words: vec![u64::MAX; len.div_ceil(BITS) as usize],
            len,
        };
        set.trim();
        set
    }

    /// The rows of `0..len` that are `wanted`.
    ///
    /// Cost: O(len).
    #[must_use]
    pub fn from_fn(len: u32, mut wanted: impl FnMut(u32) -> bool) -> Self {
        let word = |base: u32| {
            let rows = base..len.min(base.saturating_add(BITS));
            rows.fold(0, |word, row| word | u64::from(wanted(row)) << (row - base))
        };
        let words = (0..len.div_ceil(BITS)).map(|at| at * BITS).map(word).collect();
        Self { words, len }
    }

    /// How many rows there are to choose from.
    #[must_use]
    pub fn len(&self) -> u32 {
        self.len
    }

    /// Puts a row in; returns whether it was not in before. A row beyond the end stays out.
    #[inline]
    pub fn insert(&mut self, row: u32) -> bool {
        let (word, bit) = place(row);
        match self.words.get_mut(word) {
            Some(word) if row < self.len => {
                let new = *word & bit == 0;
                *word |= bit;
                new
            }
            _ => false,
        }
    }

    /// Puts rows in. Rows beyond the end stay out. Cost: O(rows); each row costs less than by [`Self::insert`].
    #[inline]
    pub fn insert_all(&mut self, rows: impl Iterator<Item = u32>) {
        for row in rows {
            let (word, bit) = place(row);
            if let Some(word) = self.words.get_mut(word) {
                *word |= bit;
            }
        }
        self.trim();
    }

    /// Takes a row out; returns whether it was in.
    #[inline]
    pub fn remove(&mut self, row: u32) -> bool {
        let (word, bit) = place(row);
        self.words.get_mut(word).is_some_and(|word| {
            let old = *word & bit != 0;
            *word &= !bit;
            old
        })
    }

    /// Whether a row is in.
    #[inline]
    #[must_use]
    pub fn contains(&self, row: u32) -> bool {
        let (word, bit) = place(row);
        self.words.get(word).is_some_and(|word| word & bit != 0)
    }

    /// Puts in the rows `start..end`, as far as there are such rows.
    ///
    /// Cost: O((end - start) / 64).
    pub fn insert_range(&mut self, start: u32, end: u32) {
        let end = end.min(self.len);
        if start >= end {
            return;
        }
        let (first, last) = ((start / BITS) as usize, ((end - 1) / BITS) as usize);
        let from = u64::MAX << (start % BITS);
        let to = u64::MAX >> (BITS - 1 - (end - 1) % BITS);
        for (at, word) in self.words.iter_mut().enumerate().take(last + 1).skip(first) {
            let mut mask = u64::MAX;
            if at == first {
                mask &= from;
            }
            if at == last {
                mask &= to;
            }
            *word |= mask;
        }
    }

    /// How many rows are in. Cost: O(len / 64).
    #[must_use]
    pub fn count(&self) -> u32 {
        self.words.iter().map(|word| word.count_ones()).sum()
    }

    /// Whether no row is in. Cost: O(len / 64).
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.iter().all(|word| *word == 0)
    }

    /// Takes every row out. Cost: O(len / 64).
    pub fn clear(&mut self) {
        self.words.fill(0);
    }

    /// Adds what is in `other`, which must be over the same rows. Cost: O(len / 64), like all of these.
    pub fn union_with(&mut self, other: &Self) {
        self.combine(other, |mine, theirs| mine | theirs);
        self.trim();
    }

    /// Keeps what is in `other` too.
    pub fn intersect_with(&mut self, other: &Self) {
        self.combine(other, |mine, theirs| mine & theirs);
    }

    /// Takes away what is in `other`.
    pub fn subtract(&mut self, other: &Self) {
        self.combine(other, |mine, theirs| mine & !theirs);
    }

    /// Turns the set into what was not in it.
    pub fn complement(&mut self) {
        for word in &mut self.words {
            *word = !*word;
        }
        self.trim();
    }

    /// How many rows are in both. Cost: O(len / 64).
    #[must_use]
    pub fn count_common(&self, other: &Self) -> u32 {
        let pairs = self.words.iter().zip(&other.words);
        pairs.map(|(mine, theirs)| (mine & theirs).count_ones()).sum()
    }

    /// The rows that are in, ascending. Cost: O(len / 64 + rows).
    #[must_use]
    pub fn iter(&self) -> Rows<'_> {
        Rows {
            words: self.words.iter(),
            word: 0,
            base: 0u32.wrapping_sub(BITS),
        }
    }

    /// The rows that are in, ascending, as a list. Cost: O(len / 64 + rows); each row costs less than by [`Self::iter`].
    #[must_use]
    pub fn to_vec(&self) -> Vec<u32> {
        let mut rows = vec![0; self.count() as usize];
        let mut places = rows.iter_mut();
        for (word, base) in self.words.iter().zip((0..).step_by(BITS as usize)) {
            let mut rest = *word;
            for place in places.by_ref().take(word.count_ones() as usize) {
                *place = base + rest.trailing_zeros();
                rest &= rest.wrapping_sub(1);
            }
        }
        rows
    }

    /// The bitmap, a bit a row.
    #[inline]
    pub(crate) fn words(&self) -> &[u64] {
        &self.words
    }

    /// The bitmap, for whoever finds many rows at once; bits beyond the last row must stay 0.
    #[inline]
    pub(crate) fn words_mut(&mut self) -> &mut [u64] {
        &mut self.words
    }

    fn combine(&mut self, other: &Self, with: impl Fn(u64, u64) -> u64) {
        debug_assert_eq!(self.len, other.len, "sets over different rows");
        for (mine, theirs) in self.words.iter_mut().zip(&other.words) {
            *mine = with(*mine, *theirs);
        }
    }

    fn trim(&mut self) {
        let rest = self.len % BITS;
        if rest != 0
            && let Some(last) = self.words.last_mut()
        {
            *last &= (1 << rest) - 1;
        }
    }
}

impl<'a> IntoIterator for &'a Set {
    type Item = u32;
    type IntoIter = Rows<'a>;

    fn into_iter(self) -> Rows<'a> {
        self.iter()
    }
}

/// The rows of a set, ascending.
#[derive(Clone, Debug)]
pub struct Rows<'a> {
    words: std::slice::Iter<'a, u64>,
    word: u64,
    base: u32,
}

impl Iterator for Rows<'_> {
    type Item = u32;

    #[inline]
    fn next(&mut self) -> Option<u32> {
        while self.word == 0 {
            self.word = *self.words.next()?;
            self.base = self.base.wrapping_add(BITS);
        }
        let bit = self.word.trailing_zeros();
        self.word &= self.word - 1;
        Some(self.base + bit)
    }
}
