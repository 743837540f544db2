//! The first rows of a set in an order that was not made: a page by a new column needs no sorting of everything.

use std::cmp::Ordering;

use super::column::Column;
use crate::set::Set;
use crate::text::TextColumn;

/// An order of rows by several columns, each with whether it descends, and where they are equal by id.
pub(super) struct Terms<'a> {
    pub(super) columns: Vec<(Column<'a>, bool)>,
    pub(super) ids: &'a TextColumn,
}

/// The first rows of those that were looked at, in order, each with its key.
struct First {
    rows: Vec<(u64, u32)>,
    limit: usize,
    /// The greatest key with which a row can be among them.
    last: u64,
}

impl Terms<'_> {
    /// The first `limit` rows of a set, in order.
    ///
    /// Cost: O(set), for most rows a look at seven bytes; O(limit) comparisons and moves for each row that is among the first
    /// of those before it, which are O(limit · log set) where rows lie in no order, and all rows where they lie in the opposite one.
    pub(super) fn first(&self, set: &Set, limit: usize) -> Vec<u32> {
        let mut first = First {
            rows: Vec::with_capacity(limit + 1),
            limit,
            last: u64::MAX,
        };
        for (word, base) in set.words().iter().zip((0..).step_by(u64::BITS as usize)) {
            self.look(*word, base, &mut first);
        }
        first.rows.into_iter().map(|(_, row)| row).collect()
    }

    /// Looks at the rows of a word of a set. Called often, and so compiled well by an engine while the first page is looked for.
    #[inline(never)]
    fn look(&self, mut word: u64, base: u32, first: &mut First) {
        while word != 0 {
            let row = base + word.trailing_zeros();
            word &= word - 1;
            let key = self.key(row);
            if key <= first.last {
                self.take((key, row), first);
            }
        }
    }

    /// Puts a row among the first ones if it is one of them.
    #[inline(never)]
    fn take(&self, new: (u64, u32), first: &mut First) {
        let is_full = first.rows.len() == first.limit;
        if is_full && first.rows.last().is_none_or(|last| self.compare(*last, new).is_lt()) {
            return;
        }
        first
            .rows
            .insert(first.rows.partition_point(|old| self.compare(*old, new).is_lt()), new);
        first.rows.truncate(first.limit);
        if let Some((last, _)) = first.rows.get(first.limit - 1) {
            first.last = *last;
        }
    }

    /// A number that decides where it differs.
    fn key(&self, row: u32) -> u64 {
        match self.columns.first() {
            Some((column, descending)) => match column.key(row) {
                Some(key) if *descending => !key,
                Some(key) => key,
                None => u64::MAX,
            },
            None => 0,
        }
    }

    /// How two rows compare, each with its key; never equal, for no two ids are.
    #[inline]
    fn compare(&self, one: (u64, u32), other: (u64, u32)) -> Ordering {
        one.0.cmp(&other.0).then_with(|| self.compare_rows(one.1, other.1))
    }

    fn compare_rows(&self, one: u32, other: u32) -> Ordering {
        let by_column = |(column, descending): &(Column<'_>, bool)| column.compare(one, other, *descending);
        let by_columns = self.columns.iter().map(by_column).find(|ordering| ordering.is_ne());
        by_columns.unwrap_or_else(|| {
            let id = |row| (self.ids.folded_bytes(row), self.ids.bytes(row));
            id(one).cmp(&id(other))
        })
    }
}
