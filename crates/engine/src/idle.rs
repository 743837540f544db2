//! How long nobody has asked anything: after a while, whoever signed in is forgotten.

use std::cell::Cell;

use protocol::IDLE_MINUTES;

use crate::clock::Moment;

/// How often the worker looks whether the time is over, in milliseconds.
pub const LOOK: i32 = 30_000;
const LIMIT: f64 = IDLE_MINUTES as f64 * 60_000.0;

/// When somebody last asked for something.
#[derive(Debug, Default)]
pub struct Idle(Cell<Moment>);

impl Idle {
    /// Somebody asks now, or waits for what is being read.
    pub fn stir(&self, now: Moment) {
        self.0.set(now);
    }

    /// Whether nobody has asked anything for [`IDLE_MINUTES`], by either clock.
    #[must_use]
    pub fn is_over(&self, now: Moment) -> bool {
        let last = self.0.get();
        now.day - last.day >= LIMIT || now.run - last.run >= LIMIT
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_is_over_by_either_clock() {
        let start = Moment {
            day: 1.7e12,
            run: 5_000.0,
        };
        let idle = Idle::default();
        idle.stir(start);
        let after = |day: f64, run: f64| {
            idle.is_over(Moment {
                day: start.day + day,
                run: start.run + run,
            })
        };
        assert!(!after(LIMIT - 1.0, LIMIT - 1.0));
        // Awake, asleep, and with the clock of the day set back.
        assert!(after(LIMIT, LIMIT) && after(LIMIT, 10.0) && after(-LIMIT, LIMIT));
        assert!(!after(-LIMIT, 10.0));
    }
}
