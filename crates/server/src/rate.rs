//! How often somebody may ask: so many requests a second, a few at once, and a word on when to come back.

use std::collections::HashMap;
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::sync::Mutex;
use std::time::Instant;

/// Callers that are remembered at the most; when there are more, those are forgotten who may ask freely anyway.
const MOST: usize = 10_000;

/// A limit for each caller apart.
#[derive(Debug)]
pub(crate) struct Rate {
    /// Requests a second; 0 for no limit.
    per_second: u32,
    /// For each caller the requests that are left, and when that was so. Callers are kept as hashes: no secret lies here.
    left: Mutex<HashMap<u64, (f64, Instant)>>,
    hasher: RandomState,
}

impl Rate {
    /// A limit of so many requests a second, of which that many may come at once; 0 for none.
    pub(crate) fn new(per_second: u32) -> Self {
        let (left, hasher) = (Mutex::default(), RandomState::new());
        Self {
            per_second,
            left,
            hasher,
        }
    }

    /// Counts a request; after how many seconds to ask again, if this one was one too many. Cost: O(1), amortised.
    pub(crate) fn wait(&self, caller: &str) -> Option<u32> {
        self.wait_at(caller, Instant::now())
    }

    fn wait_at(&self, caller: &str, now: Instant) -> Option<u32> {
        if self.per_second == 0 {
            return None;
        }
        let rate = f64::from(self.per_second);
        // A poisoned lock still holds counts: at worst somebody waits a second too long.
        let mut left = self.left.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let refilled = |(count, at): (f64, Instant)| (count + now.duration_since(at).as_secs_f64() * rate).min(rate);
        if left.len() >= MOST {
            left.retain(|_, bucket| refilled(*bucket) < rate);
        }
        let bucket = left.entry(self.hasher.hash_one(caller)).or_insert((rate, now));
        let count = refilled(*bucket);
        let is_one_too_many = count < 1.0;
        *bucket = (if is_one_too_many { count } else { count - 1.0 }, now);
        is_one_too_many.then(|| ((1.0 - count) / rate).ceil().max(1.0) as u32)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn each_caller_has_so_many_a_second() {
        let (rate, start) = (Rate::new(2), Instant::now());
        let asks = |caller, millis| rate.wait_at(caller, start + Duration::from_millis(millis));
        assert_eq!((asks("a", 0), asks("a", 0), asks("a", 0)), (None, None, Some(1)));
        assert_eq!(asks("b", 0), None);
        assert_eq!((asks("a", 600), asks("a", 600)), (None, Some(1)));
        assert_eq!(Rate::new(0).wait("a"), None);
    }
}
