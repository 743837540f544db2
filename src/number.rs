//! Numbers and times as people read them.

use js_sys::Date;
use wasm_bindgen::JsValue;

use crate::words::{counted, say, spoken};

/// `1234567` as `1,234,567`, in the signs of the language that is spoken.
#[must_use]
pub fn grouped(number: u64) -> String {
    if let Some(language) = spoken() {
        return language.number(number as f64);
    }
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() * 4 / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A size in bytes, in the unit that keeps it short: `1.4 MB`.
#[must_use]
pub fn bytes(size: u64) -> String {
    match size {
        0..1_000 => counted("{0} byte|{0} bytes", size),
        1_000..1_000_000 => tenths(size, 1_000) + " kB",
        1_000_000..1_000_000_000 => tenths(size, 1_000_000) + " MB",
        _ => tenths(size, 1_000_000_000) + " GB",
    }
}

/// Microseconds as milliseconds, with as many places as mean something: `0.02 ms`, `3.1 ms`, `212 ms`.
#[must_use]
pub fn millis(micros: u32) -> String {
    let micros = u64::from(micros);
    match micros {
        // Browsers tell time in steps of a tenth or so: less than one is no zero.
        0..10 => "<".to_owned() + &split(1, 10) + " ms",
        10..100 => split(micros / 10, 100) + " ms",
        100..100_000 => tenths(micros, 1_000) + " ms",
        _ => grouped(micros / 1_000) + " ms",
    }
}

fn tenths(number: u64, unit: u64) -> String {
    split((number * 10 + unit / 2) / unit, 10)
}

/// So many `parts` of a whole: tenths or hundredths, with a place for each.
fn split(number: u64, parts: u64) -> String {
    if let Some(language) = spoken() {
        return language.number(number as f64 / parts as f64);
    }
    let places = if parts == 100 { 2 } else { 1 };
    format!("{}.{:0places$}", grouped(number / parts), number % parts)
}

/// How long ago a moment was, in whole days: `today`, `yesterday`, `112 days ago`. Both in milliseconds since 1970.
#[must_use]
pub fn days_ago(moment: f64, now: f64) -> String {
    let day = |moment: f64| (moment / 86_400_000.0).floor();
    match day(now) - day(moment) {
        0.0 => say("today").to_owned(),
        1.0 => say("yesterday").to_owned(),
        days if days > 1.0 => counted("{0} day ago|{0} days ago", days as u64),
        _ => say("in the future").to_owned(),
    }
}

/// The time of day by the person's own clock: `14:32:08`.
#[must_use]
pub fn clock(moment: f64) -> String {
    let date = Date::new(&JsValue::from_f64(moment));
    if let Some(language) = spoken() {
        return language.clock(&date);
    }
    format!(
        "{:02}:{:02}:{:02}",
        date.get_hours(),
        date.get_minutes(),
        date.get_seconds()
    )
}

/// A day by the person's own calendar: `2026-11-18`. In milliseconds since 1970.
#[must_use]
pub fn day(moment: f64) -> String {
    let date = Date::new(&JsValue::from_f64(moment));
    if let Some(language) = spoken() {
        return language.day(&date);
    }
    let (year, month, day) = (date.get_full_year(), date.get_month() + 1, date.get_date());
    format!("{year}-{month:02}-{day:02}")
}

/// A moment by the person's own clock: the time of day, with the date where that is not today's. Both in milliseconds
/// since 1970.
#[must_use]
pub fn moment(moment: f64, now: f64) -> String {
    let (day, clock) = (day(moment), clock(moment));
    if day == self::day(now) {
        return clock;
    }
    // By then a minute is exact enough.
    let minutes = clock.rsplit_once(':').map_or("", |(minutes, _)| minutes);
    [&day, ", ", minutes].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_separated() {
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(1_000), "1,000");
        assert_eq!(grouped(1_234_567), "1,234,567");
    }

    #[test]
    fn sizes_and_times_stay_short() {
        assert_eq!(bytes(1_449_000), "1.4 MB");
        assert_eq!(millis(0), "<0.1 ms");
        assert_eq!(millis(20), "0.02 ms");
        assert_eq!(millis(3_100), "3.1 ms");
        assert_eq!(millis(2_120_000), "2,120 ms");
    }

    #[test]
    fn days_are_counted_by_date() {
        let day = 86_400_000.0;
        assert_eq!(days_ago(day - 1.0, day), "yesterday");
        assert_eq!(days_ago(day, day), "today");
        assert_eq!(days_ago(0.0, day * 112.0), "112 days ago");
    }
}
