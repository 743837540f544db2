//! Compressed rows: many short lists of numbers in one.

#![expect(
    clippy::indexing_slicing,
    reason = "the hot loops of building, which size both lists by the very pairs that they then place"
)]

/// For each row a list of items; all lists lie in one.
#[derive(Clone, Debug)]
pub(crate) struct Rows<T = u32> {
    // INVARIANT: `starts` ascends, has one entry more than there are rows, and ends with the number of items.
    starts: Vec<u32>,
    items: Vec<T>,
}

impl<T> Default for Rows<T> {
    fn default() -> Self {
        let (starts, items) = (vec![0], Vec::new());
        Self { starts, items }
    }
}

impl Rows {
    /// Puts each pair's item into the list of its row, in the order of the pairs, which come in pieces. There are less
    /// than 2^32 of them; a pair beyond `rows` is left out.
    ///
    /// Cost: O(rows + pairs).
    pub fn gather(rows: u32, pieces: &[Vec<(u32, u32)>]) -> Self {
        let mut filling = Filling::new(rows);
        for (row, _) in pieces.iter().flatten() {
            filling.count(*row);
        }
        filling.make_room();
        for (row, item) in pieces.iter().flatten() {
            filling.place(*row, *item);
        }
        filling.rows()
    }

    /// The lists turned over: an item, without its lowest `bits`, is the row that it goes to, as its former row with
    /// those bits. The rows that items come from ascend in each list. An item beyond `rows` is left out.
    ///
    /// Cost: O(rows + items).
    #[inline(never)]
    pub fn transpose(&self, rows: u32, bits: u32) -> Self {
        let mut filling = Filling::new(rows);
        filling.count_items(&self.items, bits);
        filling.make_room();
        for row in 0..self.len() {
            filling.turn(row, self.row(row), bits);
        }
        filling.rows()
    }

    /// Each row with each of its items.
    pub fn pairs(&self) -> impl Iterator<Item = (u32, u32)> + '_ {
        (0..self.len()).flat_map(|row| self.row(row).iter().map(move |item| (row, *item)))
    }

    /// Takes items out of each list: `keep` gets a list's items one by one with what was kept before, to merge into
    /// it or to be kept too.
    ///
    /// Cost: O(rows + items).
    pub fn retain(&mut self, mut keep: impl FnMut(u32, Option<&mut u32>, u32) -> bool) {
        let (mut from, mut to) = (0, 0);
        for row in 0..self.starts.len() - 1 {
            let (start, end) = (to, self.starts[row + 1] as usize);
            for at in from..end {
                let item = self.items[at];
                let before = if to > start {
                    Some(&mut self.items[to - 1])
                } else {
                    None
                };
                if keep(row as u32, before, item) {
                    self.items[to] = item;
                    to += 1;
                }
            }
            from = end;
            self.starts[row + 1] = to as u32;
        }
        self.items.truncate(to);
        self.items.shrink_to_fit();
    }

    /// The lists with each item made into another.
    pub fn map<U>(self, make: impl Fn(u32) -> U) -> Rows<U> {
        let (starts, items) = (self.starts, self.items.into_iter().map(make).collect());
        Rows { starts, items }
    }
}

impl<T> Rows<T> {
    /// No rows yet, with room for so many and their items.
    pub fn with_capacity(rows: u32, items: usize) -> Self {
        let mut starts = Vec::with_capacity(rows as usize + 1);
        starts.push(0);
        let items = Vec::with_capacity(items);
        Self { starts, items }
    }

    /// Lists of so many items each; none if these are not all items.
    pub fn of_counts(counts: &[u32], items: Vec<T>) -> Option<Self> {
        let mut starts = Vec::with_capacity(counts.len() + 1);
        let mut end = 0u32;
        starts.push(end);
        for count in counts {
            end = end.checked_add(*count)?;
            starts.push(end);
        }
        (end as usize == items.len()).then_some(Self { starts, items })
    }

    /// Appends a row.
    pub fn push_row(&mut self, items: &[T])
    where
        T: Copy,
    {
        self.items.extend_from_slice(items);
        self.starts.push(self.items.len() as u32);
    }

    /// How many rows there are.
    pub fn len(&self) -> u32 {
        (self.starts.len() - 1) as u32
    }

    /// The list of a row; empty where there is no such row.
    #[inline]
    pub fn row(&self, row: u32) -> &[T] {
        self.range(row, row.saturating_add(1))
    }

    /// A row's list, to change in place.
    pub fn row_mut(&mut self, row: u32) -> &mut [T] {
        match self.starts.get(row as usize..).unwrap_or_default() {
            [start, end, ..] => &mut self.items[*start as usize..*end as usize],
            _ => &mut [],
        }
    }

    /// The lists of the rows `start..end`, one after another; empty where there are no such rows.
    #[inline]
    pub fn range(&self, start: u32, end: u32) -> &[T] {
        match (self.starts.get(start as usize), self.starts.get(end as usize)) {
            (Some(start), Some(end)) => self.items.get(*start as usize..*end as usize).unwrap_or_default(),
            _ => &[],
        }
    }

    /// Where among all items a row begins; their number for the row after the last.
    pub fn start(&self, row: u32) -> u32 {
        self.starts
            .get(row as usize)
            .copied()
            .unwrap_or(self.items.len() as u32)
    }

    /// All items, row by row.
    pub fn items(&self) -> &[T] {
        &self.items
    }

    /// All items, row by row, without the rows.
    pub fn into_items(self) -> Vec<T> {
        self.items
    }

    /// Bytes of memory.
    pub fn memory(&self) -> usize {
        4 * self.starts.capacity() + size_of::<T>() * self.items.capacity()
    }
}

/// Rows while they are filled: items are counted first, and then placed.
pub(crate) struct Filling {
    rows: u32,
    /// Counts, two places behind their rows; once there is room, where the next item goes, one place behind.
    starts: Vec<u32>,
    items: Vec<u32>,
}

impl Filling {
    /// Of so many rows; what is beyond them is neither counted nor placed.
    pub fn new(rows: u32) -> Self {
        let (starts, items) = (vec![0; rows as usize + 2], Vec::new());
        Self { rows, starts, items }
    }

    /// Counts an item of a row.
    #[inline]
    pub fn count(&mut self, row: u32) {
        if row < self.rows {
            self.starts[row as usize + 2] += 1;
        }
    }

    /// Counts items that are then turned over.
    #[inline(never)]
    pub fn count_items(&mut self, items: &[u32], bits: u32) {
        items.iter().for_each(|item| self.count(item >> bits));
    }

    /// Makes room for all that was counted.
    pub fn make_room(&mut self) {
        let mut end = 0;
        for start in &mut self.starts {
            end += *start;
            *start = end;
        }
        self.items = vec![0; end as usize];
    }

    /// Puts an item behind those that its row has so far.
    #[inline]
    pub fn place(&mut self, row: u32, item: u32) {
        if row < self.rows {
            let next = &mut self.starts[row as usize + 1];
            let at = *next;
            *next += 1;
            self.items[at as usize] = item;
        }
    }

    /// Turns a list over: an item, without its lowest `bits`, is the row that `row` goes to, with those bits.
    #[inline]
    fn turn(&mut self, row: u32, list: &[u32], bits: u32) {
        let low = (1 << bits) - 1;
        for item in list {
            self.place(item >> bits, row << bits | item & low);
        }
    }

    /// As [`Self::turn`], of a list that is not among many short ones.
    ///
    /// It is called for each list, so that what compiles WebAssembly sees that it is worth to be compiled well.
    #[inline(never)]
    pub fn turn_long(&mut self, row: u32, list: &[u32], bits: u32) {
        self.turn(row, list, bits);
    }

    /// The rows, once all that was counted has been placed.
    pub fn rows(mut self) -> Rows {
        self.starts.pop();
        let (starts, items) = (self.starts, self.items);
        Rows { starts, items }
    }
}
