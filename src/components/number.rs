//! Numbers of the size that components show.

use crate::number::grouped;

/// With a comma between thousands.
#[must_use]
pub fn number(value: u32) -> String {
    grouped(value.into())
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
    use super::percent;

    #[test]
    fn cuts_percent() {
        assert!((percent(1, 3) - 33.33).abs() < 0.01);
        assert!((percent(9, 3) - 100.0).abs() < f64::EPSILON);
        assert!(percent(0, 0).abs() < f64::EPSILON);
    }
}
