//! The known name nearest to one that is not known.

use memchr::memmem;

use crate::text::fold;

/// Characters of a name that are looked at; what is longer is no slip of the finger.
const LONGEST: usize = 64;

/// The name nearest to `asked`, without case: one that contains it before others, then by edit distance, then the first.
///
/// Cost: O(names × length²), of at most 64 characters.
pub(super) fn nearest<'a>(asked: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let folded = fold(asked);
    let letters: Vec<char> = folded.chars().take(LONGEST).collect();
    known.min_by_key(|name| {
        let name = fold(name);
        if letters.len() >= 3 && memmem::find(name.as_bytes(), folded.as_bytes()).is_some() {
            1
        } else {
            distance(&letters, &name, LONGEST)
        }
    })
}

/// The first name at most `limit` edits away from `asked`, or rather the nearest of them.
///
/// Cost: O(names × length × limit): a name of another length is not compared, and a comparison ends where the limit is
/// passed.
pub(super) fn within<'a>(asked: &str, limit: usize, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let folded = fold(asked);
    let letters: Vec<char> = folded.chars().take(LONGEST + 1).collect();
    if letters.len() > LONGEST {
        return None;
    }
    let mut best = None;
    let mut limit = limit;
    for name in known {
        // A character has at most four bytes, so a length in bytes bounds the length in characters from both sides.
        if name.len() + limit < letters.len() || name.len() > 4 * (letters.len() + limit) {
            continue;
        }
        let edits = distance(&letters, &fold(name), limit);
        if edits <= limit {
            best = Some(name);
            match edits.checked_sub(1) {
                Some(fewer) => limit = fewer,
                None => break,
            }
        }
    }
    best
}

/// How many single-character edits, swaps of neighbours counted as one, lead from one to the other; something above
/// `limit` as soon as it is above.
fn distance(from: &[char], to: &str, limit: usize) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=from.len()).collect();
    let mut last_letter = None;
    for (line, letter) in to.chars().take(LONGEST).enumerate() {
        let mut next = Vec::with_capacity(row.len());
        let mut left = line + 1;
        next.push(left);
        let mut previous = None;
        let above = row.iter().zip(row.iter().skip(1));
        for (column, (&own, (&diagonal, &up))) in from.iter().zip(above).enumerate() {
            let mut cost = (diagonal + usize::from(own != letter)).min(up + 1).min(left + 1);
            if previous == Some(letter) && last_letter == Some(own) {
                let swapped = column.checked_sub(1).and_then(|place| before.get(place));
                cost = swapped.map_or(cost, |&edits| cost.min(edits + 1));
            }
            next.push(cost);
            left = cost;
            previous = Some(own);
        }
        if next.iter().min().is_some_and(|&least| least > limit) {
            return limit + 1;
        }
        before = std::mem::replace(&mut row, next);
        last_letter = Some(letter);
    }
    row.last().copied().unwrap_or_default()
}
