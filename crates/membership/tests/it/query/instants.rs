//! Dates and periods: what is read, what is refused, and the arithmetic of the calendar.

use membership::instant::{self, Period, Unit};

fn check_read(text: &str, expected: &str) {
    assert_eq!(
        instant::parse(text).map(instant::format).as_deref(),
        Some(expected),
        "{text}"
    );
}

fn check_after(from: &str, period: &str, expected: &str) {
    let period = Period::parse(period).expect("a period");
    let from = instant::parse(from).expect("a date");
    assert_eq!(
        instant::format(period.after(from)),
        instant::format(instant::parse(expected).expect("a date"))
    );
}

#[test]
fn forms_of_a_date() {
    check_read("1970-01-01", "1970-01-01T00:00:00Z");
    check_read("2024/2/9", "2024-02-09T00:00:00Z");
    check_read("2020-01-31 15:26:54", "2020-01-31T15:26:54Z");
    check_read("2020-01-31 15:26", "2020-01-31T15:26:00Z");
    check_read("2020-01-31T15:26:54.1234567Z", "2020-01-31T15:26:54.123Z");
    check_read("2020-01-31T15:26:54.5Z", "2020-01-31T15:26:54.500Z");
    check_read("2020-01-31T00:26:54+02:00", "2020-01-30T22:26:54Z");
    check_read("2020-12-31T23:30:00-0130", "2021-01-01T01:00:00Z");
    check_read("0000-03-01", "0000-03-01T00:00:00Z");
    check_read("9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z");
}

#[test]
fn what_is_no_date() {
    for text in [
        "",
        "2024",
        "2024-1",
        "24-01-01",
        "2023-02-29",
        "1900-02-29",
        "2024-13-01",
        "2024-00-10",
        "2024-01-32",
        "2024-01/01",
        "2024-01-01T",
        "2024-01-01 24:00",
        "2024-01-01 12:60",
        "2024-01-01 1:00",
        "2024-01-01 12:00:60",
        "2024-01-01  12:00",
        "2024-01-01T12:00+2",
        "2024-01-01T12:00Z ",
        " 2024-01-01",
        "2024-01-01T12:00:00.Z",
        "0000-01-01T00:00+01:00",
        "9999-12-31T23:59-01:00",
        "2024-01-011",
    ] {
        assert_eq!(instant::parse(text), None, "{text}");
    }
    for text in [
        "",
        "-",
        "d",
        "1",
        "1D",
        "1.5d",
        "--1d",
        "1d -1d",
        "- 1d",
        "1d1h",
        "1234567890d",
        "999999999y",
        "1 d",
    ] {
        assert_eq!(Period::parse(text), None, "{text}");
    }
}

#[test]
fn months_keep_the_day_or_take_the_last() {
    check_after("2024-01-31", "1M", "2024-02-29");
    check_after("2023-01-31 08:00", "1M", "2023-02-28 08:00");
    check_after("2024-02-29", "-1y", "2023-02-28");
    check_after("2024-03-31", "-13M", "2023-02-28");
    check_after("2024-01-31", "1M 1d", "2024-03-01");
    check_after("2026-11-17 14:32", "-1M 1w", "2026-10-10 14:32");
    check_after("2024-01-01", "-1m", "2023-12-31 23:59");
    check_after("2024-12-31", "36h", "2025-01-01 12:00");
    check_after("1969-12-31", "1y 1M 1w 1d 1h 1m", "1971-02-08 01:01");
}

#[test]
fn weeks_start_on_monday() {
    let now = instant::parse("2026-11-17 14:32:08").expect("a Tuesday");
    for (unit, start, end) in [
        (Unit::Day, "2026-11-17", "2026-11-17T23:59:59.999Z"),
        (Unit::Week, "2026-11-16", "2026-11-22T23:59:59.999Z"),
        (Unit::Month, "2026-11-01", "2026-11-30T23:59:59.999Z"),
        (Unit::Year, "2026-01-01", "2026-12-31T23:59:59.999Z"),
    ] {
        assert_eq!(Some(unit.start(now)), instant::parse(start));
        assert_eq!(Some(unit.end(now)), instant::parse(end));
    }
    let monday = instant::parse("2026-11-16").expect("a Monday");
    assert_eq!(Unit::Week.start(monday), monday);
    assert_eq!(Some(Unit::Week.start(monday - 1)), instant::parse("2026-11-09"));
}
