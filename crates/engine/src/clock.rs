//! What time it is, by two clocks: that of the day, which may be set, and that of the worker, which may stand still.

use std::cell::Cell;

use js_sys::Date;
use wasm_bindgen::JsCast;
use web_sys::WorkerGlobalScope;

/// A moment by both clocks, each in milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Moment {
    /// Since 1970. This one goes on while a device sleeps, and is set back and forth.
    pub day: f64,
    /// Since the worker started. This one is never set, but need not go on in sleep.
    pub run: f64,
}

impl Moment {
    /// This one.
    #[must_use]
    pub fn now() -> Self {
        let scope = js_sys::global().dyn_into::<WorkerGlobalScope>();
        let clock = scope.ok().and_then(|scope| scope.performance());
        Self {
            day: Date::now(),
            run: clock.map_or(0.0, |clock| clock.now()),
        }
    }
}

/// Milliseconds since 1970, in UTC, which never go back: when the clock of the day is set back, a pause of a second would
/// otherwise last for hours.
#[must_use]
pub fn steady() -> i64 {
    thread_local! {
        static LAST: Cell<Moment> = const { Cell::new(Moment { day: 0.0, run: 0.0 }) };
    }
    LAST.with(|last| {
        let next = onwards(last.get(), Moment::now());
        last.set(next);
        next.day as i64
    })
}

/// A moment after another one: later by what either clock says, if that is more than nothing.
fn onwards(last: Moment, now: Moment) -> Moment {
    Moment {
        day: now.day.max(last.day + (now.run - last.run).max(0.0)),
        run: now.run,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_goes_on_whatever_is_done_to_a_clock() {
        let start = Moment {
            day: 1.7e12,
            run: 5_000.0,
        };
        let later = |day: f64, run: f64| {
            let now = Moment {
                day: start.day + day,
                run: start.run + run,
            };
            onwards(start, now).day - start.day
        };
        assert_eq!(later(1_000.0, 1_000.0), 1_000.0);
        // Set back by an hour, a second after; and asleep for an hour.
        assert_eq!(later(-3_600_000.0, 1_000.0), 1_000.0);
        assert_eq!(later(3_600_000.0, 0.0), 3_600_000.0);
    }
}
