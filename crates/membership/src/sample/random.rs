//! Chance from a seed: the same numbers on every machine, hence integers alone.

/// SplitMix64: small, fast, and good enough to invent people.
pub(super) struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 to below `end`; 0 if there is none.
    pub fn below(&mut self, end: u32) -> u32 {
        // The product of two 32-bit numbers, shifted by 32, is below either of them.
        (((self.next() >> 32) * u64::from(end)) >> 32) as u32
    }

    /// True so many times in a thousand.
    pub fn chance(&mut self, per_mille: u32) -> bool {
        self.below(1_000) < per_mille
    }

    /// One of them.
    pub fn pick<T: Copy + Default>(&mut self, among: &[T]) -> T {
        among
            .get(self.below(among.len() as u32) as usize)
            .copied()
            .unwrap_or_default()
    }

    /// An id of the form of a random UUID.
    pub fn uuid(&mut self) -> Uuid {
        let bits = (u128::from(self.next()) << 64) | u128::from(self.next());
        let bits = bits & !(0xF << 76) & !(0xC << 60) | (0x4 << 76) | (0x8 << 60);
        let mut bytes = [b'-'; 36];
        let mut shift = 128;
        for (at, byte) in bytes.iter_mut().enumerate() {
            if !matches!(at, 8 | 13 | 18 | 23) {
                shift -= 4;
                *byte = b"0123456789abcdef"
                    .get((bits >> shift) as usize & 0xF)
                    .copied()
                    .unwrap_or_default();
            }
        }
        Uuid(bytes)
    }
}

/// An id as its text.
#[derive(Clone, Copy)]
pub(super) struct Uuid([u8; 36]);

impl Uuid {
    /// An id that is known.
    pub fn of(text: &str) -> Self {
        let mut bytes = [b'-'; 36];
        for (byte, known) in bytes.iter_mut().zip(text.bytes()) {
            *byte = known;
        }
        Self(bytes)
    }

    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

/// So many of so many, spread evenly: asked for each in turn, it says yes exactly as often as it should.
#[derive(Clone, Copy, Default)]
pub(super) struct Quota {
    left: u32,
    of: u32,
}

impl Quota {
    pub fn new(count: u32, of: u32) -> Self {
        Self {
            left: count.min(of),
            of,
        }
    }

    pub fn count(&self) -> u32 {
        self.left
    }

    pub fn takes(&mut self, random: &mut Random) -> bool {
        let is_one = random.below(self.of) < self.left;
        self.left -= u32::from(is_one);
        self.of = self.of.saturating_sub(1);
        is_one
    }
}

/// Rows in order of size: the first is drawn most often, and row k about 1/k as often, as groups are in life.
#[derive(Default)]
pub(super) struct Ranked {
    rows: Vec<u32>,
    /// The sum of the weights up to each row.
    sums: Vec<u64>,
}

impl Ranked {
    pub fn new(rows: Vec<u32>) -> Self {
        let weights = (4..).take(rows.len()).map(|rank| (1_u64 << 32) / rank);
        let sums = weights.scan(0, |sum, weight| {
            *sum += weight;
            Some(*sum)
        });
        Self {
            sums: sums.collect(),
            rows,
        }
    }

    /// One of the rows. Cost: O(log rows).
    pub fn draw(&self, random: &mut Random) -> Option<u32> {
        let total = *self.sums.last()?;
        let at = ((u128::from(random.next()) * u128::from(total)) >> 64) as u64;
        self.rows.get(self.sums.partition_point(|&sum| sum <= at)).copied()
    }
}
