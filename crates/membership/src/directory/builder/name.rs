//! What a group names in a list of its own: one by one, or many at once.

use super::{Builder, GroupKey, Named};
use crate::directory::identifier::Interner;
use crate::directory::told::Told;
use crate::directory::{Place, TooLarge, fact::Places};
use crate::lookup::BATCH;

/// What takes in what a group names.
struct Lists<'b> {
    ids: &'b mut Interner,
    told: &'b mut Told,
    places: &'b mut Places,
    /// By how much a key is shifted.
    role: u32,
}

impl Lists<'_> {
    fn push(&mut self, group: GroupKey, mut keys: [u32; BATCH], count: usize) -> Result<(), TooLarge> {
        keys.iter_mut().for_each(|key| *key <<= self.role);
        self.told.push(group.0, keys.get(..count).unwrap_or(&keys))
    }
}

impl Builder {
    /// Tells one of what a group names. Cost: O(length of the id), amortised.
    ///
    /// # Errors
    /// As [`Self::user`].
    pub(crate) fn name(&mut self, group: GroupKey, named: Named, id: &str, place: Place) -> Result<(), TooLarge> {
        let lists = self.lists(named);
        let key = lists.ids.key(id)?;
        lists.told.push(group.0, &[key << lists.role])?;
        lists.places.push(place, 1);
        Ok(())
    }

    /// Tells some of what a group names, at most [`BATCH`].
    ///
    /// # Errors
    /// As [`Self::user`].
    ///
    /// Cost: O(length of the ids), amortised, with one wait for what lies far away in memory instead of one for each.
    pub(crate) fn name_some(
        &mut self,
        group: GroupKey,
        named: Named,
        ids: &[&str],
        place: Place,
    ) -> Result<(), TooLarge> {
        let mut lists = self.lists(named);
        let keys = lists.ids.keys(ids)?;
        lists.push(group, keys, ids.len())?;
        lists.places.push(place, ids.len() as u32);
        Ok(())
    }

    /// Tells all that a group names by ids that are plain integers, with commas between them.
    ///
    /// # Errors
    /// As [`Self::user`].
    ///
    /// Cost: O(length of the ids), amortised.
    #[inline(never)]
    pub(crate) fn name_all(&mut self, group: GroupKey, named: Named, list: &str, place: Place) -> Result<(), TooLarge> {
        let mut lists = self.lists(named);
        let mut at = 0;
        while at < list.len() {
            let (mut keys, mut count) = ([0; BATCH], 0);
            for key in &mut keys {
                let Some(rest @ [_, ..]) = list.as_bytes().get(at..) else {
                    break;
                };
                let (value, length) = integer(rest);
                *key = match lists.ids.integer(value, length) {
                    Some(key) => key,
                    None => lists.ids.key(list.get(at..at + length).unwrap_or_default())?,
                };
                at += length + 1;
                count += 1;
            }
            lists.push(group, keys, count)?;
            lists.places.push(place, count as u32);
        }
        Ok(())
    }

    fn lists(&mut self, named: Named) -> Lists<'_> {
        let (ids, told, places, role) = match named {
            Named::Members => (
                &mut self.user_ids,
                &mut self.memberships,
                &mut self.membership_places,
                1,
            ),
            Named::Managers => (&mut self.user_ids, &mut self.managers, &mut self.manager_places, 1),
            Named::Children => (&mut self.group_ids, &mut self.nestings, &mut self.nesting_places, 0),
        };
        Lists {
            ids,
            told,
            places,
            role,
        }
    }
}

/// The number that digits make, and how many there are before a comma or the end; of one that is too large its lowest bits.
///
/// Cost: O(digits); where less than eight have a comma behind them, all at once.
#[inline]
fn integer(digits: &[u8]) -> (usize, usize) {
    const ONES: u64 = u64::MAX / 0xFF;
    if let Some(word) = digits.first_chunk() {
        let word = u64::from_le_bytes(*word);
        // The top bit of the first byte that is a comma; digits have none, and borrows reach only bytes behind it.
        let comma = word ^ (ONES * u64::from(b','));
        let commas = comma.wrapping_sub(ONES) & !comma & (ONES * 0x80);
        if commas != 0 {
            let bits = commas.trailing_zeros() - 7;
            // Zeros come before the first digit, then pairs, fours and all eight are joined.
            let ones = word.unbounded_shl(64 - bits) & (ONES * 0x0F);
            let tens = (ones.wrapping_mul(10 << 8 | 1) >> 8) & 0x00FF_00FF_00FF_00FF;
            let hundreds = (tens.wrapping_mul(100 << 16 | 1) >> 16) & 0x0000_FFFF_0000_FFFF;
            let value = hundreds.wrapping_mul(10_000 << 32 | 1) >> 32;
            return (value as usize, bits as usize / 8);
        }
    }
    let (mut value, mut length) = (0usize, 0);
    for digit in digits.iter().take_while(|byte| **byte != b',') {
        value = value
            .wrapping_mul(10)
            .wrapping_add(usize::from(digit.wrapping_sub(b'0')));
        length += 1;
    }
    (value, length)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::integer;

    proptest! {
        #[test]
        fn integers_are_read_as_the_standard_library_does(number in 0..10u64.pow(15), digits in 1..16u32, rest in "(,[0-9,]{0,12})?") {
            let number = number % 10u64.pow(digits);
            let text = format!("{number}{rest}");
            let expected = (number as usize, number.to_string().len());
            prop_assert_eq!(integer(text.as_bytes()), expected);
        }
    }
}
