//! Numbers of the size that components show.

use crate::number::grouped;

/// With a comma between thousands.
#[must_use]
pub fn number(value: u32) -> String {
    grouped(value.into())
}

/// A length in the unit of its drawing, with one decimal place where that is not zero: `12`, `12.5`, `-0.3`.
///
/// The formatting of floating-point numbers that comes with the language takes as much room as a screen of the app.
#[must_use]
pub fn length(value: f64) -> String {
    #[expect(clippy::cast_possible_truncation, reason = "what does not fit is drawn nowhere")]
    let tenths = (value * 10.0).round() as i64;
    let sign = if tenths < 0 { "-" } else { "" };
    let (whole, tenth) = (tenths.unsigned_abs() / 10, tenths.unsigned_abs() % 10);
    let whole = whole.to_string();
    if tenth == 0 {
        return [sign, &whole].concat();
    }
    [sign, &whole, ".", &tenth.to_string()].concat()
}

/// Part of a whole in percent, at most 100; 0 of nothing.
#[must_use]
pub fn percent(part: u32, whole: u32) -> f64 {
    if whole == 0 {
        return 0.0;
    }
    (f64::from(part) * 100.0 / f64::from(whole)).min(100.0)
}

#[cfg(test)]
mod tests {
    use super::{length, percent};

    #[test]
    fn writes_lengths() {
        assert_eq!(length(12.0), "12");
        assert_eq!(length(12.46), "12.5");
        assert_eq!(length(-0.3), "-0.3");
        assert_eq!(length(-0.04), "0");
        assert_eq!(length(8_000_000.0), "8000000");
    }

    #[test]
    fn cuts_percent() {
        assert!((percent(1, 3) - 33.33).abs() < 0.01);
        assert!((percent(9, 3) - 100.0).abs() < f64::EPSILON);
        assert!(percent(0, 0).abs() < f64::EPSILON);
    }
}
