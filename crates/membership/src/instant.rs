//! Instants: reading and writing dates, and the arithmetic of the civil calendar, all in UTC.
//!
//! An instant is a count of milliseconds since 1970-01-01T00:00Z. The calendar is about forty lines here and not a
//! crate: what the console needs (days to year, month and day and back, weeks from Monday) is small and closed, while
//! `time`, `jiff` and `chrono` bring time zones, formatting machinery and 20 to 60 kB of WebAssembly.

use std::fmt;

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
const WEEK: i64 = 7 * DAY;

/// The longest period in months and in milliseconds: ten thousand years.
const LONGEST_MONTHS: i64 = 120_000;
const LONGEST_MILLISECONDS: i64 = 3_652_425 * DAY;

/// The years 0000 to 9999, which an offset must not leave: what is written could not be read back.
const FOUR_DIGITS: std::ops::Range<i64> = -719_528 * DAY..2_932_897 * DAY;

/// Reads a date, or a date and a time: `2024-01-31`, `2024/1/31`, `2024-01-31 15:26`, `2024-01-31T15:26:54.123+02:00`.
///
/// Between date and time stands `T` or one space; seconds, a fraction (cut to milliseconds) and an offset (`Z`,
/// `+02:00`, `+0200`, `+02`) may follow; without an offset the time is UTC. None if the text is anything else or names
/// a day that does not exist. Cost: O(length).
#[must_use]
pub fn parse(text: &str) -> Option<i64> {
    let mut rest = Reader(text);
    let days = rest.date()?;
    if rest.0.is_empty() {
        return days.checked_mul(DAY);
    }
    if !(rest.eat("T") || rest.eat("t") || rest.eat(" ")) {
        return None;
    }
    let time = rest.time()?;
    let offset = rest.offset()?;
    let instant = days * DAY + time - offset;
    (rest.0.is_empty() && FOUR_DIGITS.contains(&instant)).then_some(instant)
}

/// Whether the text is a date without a time, after which a time may follow.
#[must_use]
pub fn is_date(text: &str) -> bool {
    let mut rest = Reader(text);
    rest.date().is_some() && rest.0.is_empty()
}

/// Whether the text is a time of day without an offset: `15:26` or `15:26:54`.
#[must_use]
pub fn is_time(text: &str) -> bool {
    let mut rest = Reader(text);
    rest.time().is_some() && rest.0.is_empty()
}

/// Writes an instant as ISO 8601 in UTC, `2024-01-31T15:26:54Z`, with milliseconds only where there are some.
///
/// Every instant whose year has four digits is read back by [`parse`] as itself.
#[must_use]
pub fn format(instant: i64) -> String {
    let time = instant.rem_euclid(DAY);
    let (hour, minute, second) = (time / HOUR, time % HOUR / MINUTE, time % MINUTE / 1000);
    let date = format_date(instant);
    match time % 1000 {
        0 => format!("{date}T{hour:02}:{minute:02}:{second:02}Z"),
        millisecond => format!("{date}T{hour:02}:{minute:02}:{second:02}.{millisecond:03}Z"),
    }
}

/// Writes the day of an instant, in UTC: `2024-01-31`.
#[must_use]
pub fn format_date(instant: i64) -> String {
    let (year, month, day) = civil(instant.div_euclid(DAY));
    format!("{year:04}-{month:02}-{day:02}")
}

/// Whether an instant is a midnight, in UTC.
#[must_use]
pub fn is_midnight(instant: i64) -> bool {
    instant.rem_euclid(DAY) == 0
}

/// A length of calendar time: months, which differ in length, and what has one length. Both have the same sign.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Period {
    months: i64,
    milliseconds: i64,
}

impl Period {
    /// Reads an optional sign and then numbers with a unit each, spaces between: `-90d`, `-1M 1w`, `+2h 30m`.
    ///
    /// Units are `y M w d h m`; the case matters, as `M` is a month and `m` a minute. None if the text is anything
    /// else, or longer than ten thousand years. Cost: O(length).
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (sign, parts) = split_sign(text);
        let mut sum = Self::default();
        let mut any = false;
        for part in parts.split_ascii_whitespace() {
            sum = sum.plus(Self::part(part)?)?;
            any = true;
        }
        (any && !parts.starts_with(|c: char| c.is_whitespace())).then_some(sum.times(sign))
    }

    /// A number of units, such as -2 months; none beyond ten thousand years.
    #[must_use]
    pub fn of(count: i64, unit: Unit) -> Option<Self> {
        let period = match unit {
            Unit::Year => Self::months(count.checked_mul(12)?),
            Unit::Month => Self::months(count),
            Unit::Week => Self::fixed(count.checked_mul(WEEK)?),
            Unit::Day => Self::fixed(count.checked_mul(DAY)?),
        };
        period.bounded()
    }

    /// The instant that lies this period after another; before it, where the period is negative.
    ///
    /// Months are counted first, and a day that its month does not have becomes the month's last.
    #[must_use]
    pub fn after(self, instant: i64) -> i64 {
        let mut moved = instant;
        if self.months != 0 {
            let (year, month, day) = civil(instant.div_euclid(DAY));
            let months = year * 12 + (month - 1) + self.months;
            let (year, month) = (months.div_euclid(12), months.rem_euclid(12) + 1);
            let days = days_from_civil(year, month, day.min(days_in_month(year, month)));
            moved = days.saturating_mul(DAY).saturating_add(instant.rem_euclid(DAY));
        }
        moved.saturating_add(self.milliseconds)
    }

    const fn months(months: i64) -> Self {
        Self {
            months,
            milliseconds: 0,
        }
    }

    const fn fixed(milliseconds: i64) -> Self {
        Self {
            months: 0,
            milliseconds,
        }
    }

    /// One part without a sign, `12w`.
    fn part(text: &str) -> Option<Self> {
        let unit = text.chars().next_back()?;
        let digits = text.strip_suffix(unit)?;
        if digits.is_empty() || digits.len() > 9 || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let count: i64 = digits.parse().ok()?;
        let period = match unit {
            'y' => Self::months(count * 12),
            'M' => Self::months(count),
            'w' => Self::fixed(count * WEEK),
            'd' => Self::fixed(count * DAY),
            'h' => Self::fixed(count * HOUR),
            'm' => Self::fixed(count * MINUTE),
            _ => return None,
        };
        period.bounded()
    }

    fn plus(self, other: Self) -> Option<Self> {
        Self {
            months: self.months + other.months,
            milliseconds: self.milliseconds + other.milliseconds,
        }
        .bounded()
    }

    fn times(self, sign: i64) -> Self {
        Self {
            months: self.months * sign,
            milliseconds: self.milliseconds * sign,
        }
    }

    fn bounded(self) -> Option<Self> {
        (self.months.abs() <= LONGEST_MONTHS && self.milliseconds.abs() <= LONGEST_MILLISECONDS).then_some(self)
    }
}

impl fmt::Display for Period {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.months < 0 || self.milliseconds < 0 {
            out.write_str("-")?;
        }
        let (months, rest) = (self.months.abs(), self.milliseconds.abs());
        let parts = [
            (months / 12, 'y'),
            (months % 12, 'M'),
            (rest / WEEK, 'w'),
            (rest % WEEK / DAY, 'd'),
            (rest % DAY / HOUR, 'h'),
            (rest % HOUR / MINUTE, 'm'),
        ];
        let mut first = true;
        for (count, unit) in parts.into_iter().filter(|(count, _)| *count != 0) {
            write!(out, "{}{count}{unit}", if first { "" } else { " " })?;
            first = false;
        }
        if first { out.write_str("0d") } else { Ok(()) }
    }
}

/// What an instant can be rounded to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// A day, from midnight.
    Day,
    /// A week, from Monday.
    Week,
    /// A month.
    Month,
    /// A year.
    Year,
}

impl Unit {
    /// The first millisecond of the unit that an instant lies in.
    #[must_use]
    pub fn start(self, instant: i64) -> i64 {
        let day = instant.div_euclid(DAY);
        let (year, month, _) = civil(day);
        let first = match self {
            Self::Day => day,
            // 1970-01-01 was a Thursday, three days after a Monday.
            Self::Week => day - (day + 3).rem_euclid(7),
            Self::Month => days_from_civil(year, month, 1),
            Self::Year => days_from_civil(year, 1, 1),
        };
        first.saturating_mul(DAY)
    }

    /// The last millisecond of the unit that an instant lies in.
    #[must_use]
    pub fn end(self, instant: i64) -> i64 {
        let start = self.start(instant);
        let next = match self {
            Self::Day => start.saturating_add(DAY),
            Self::Week => start.saturating_add(WEEK),
            Self::Month => Period::months(1).after(start),
            Self::Year => Period::months(12).after(start),
        };
        next.saturating_sub(1)
    }
}

/// Splits a sign from what follows it: 1 without one.
fn split_sign(text: &str) -> (i64, &str) {
    match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    }
}

/// What is left to read of a date.
struct Reader<'a>(&'a str);

impl Reader<'_> {
    fn eat(&mut self, mark: &str) -> bool {
        match self.0.strip_prefix(mark) {
            Some(rest) => {
                self.0 = rest;
                true
            }
            None => false,
        }
    }

    /// A number of at least `least` and at most `most` digits.
    fn digits(&mut self, least: usize, most: usize) -> Option<i64> {
        let count = self.0.bytes().take(most).take_while(u8::is_ascii_digit).count();
        let (digits, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        if count < least { None } else { digits.parse().ok() }
    }

    /// Year, month and day, as days since 1970.
    fn date(&mut self) -> Option<i64> {
        let year = self.digits(4, 4)?;
        let mark = if self.eat("/") {
            "/"
        } else if self.eat("-") {
            "-"
        } else {
            return None;
        };
        let month = self.digits(1, 2)?;
        if !self.eat(mark) {
            return None;
        }
        let day = self.digits(1, 2)?;
        let exists = (1..=12).contains(&month) && (1..=days_in_month(year, month)).contains(&day);
        exists.then(|| days_from_civil(year, month, day))
    }

    /// Hour, minute, and perhaps second and fraction, as milliseconds.
    fn time(&mut self) -> Option<i64> {
        let hour = self.digits(2, 2)?;
        if !self.eat(":") {
            return None;
        }
        let minute = self.digits(2, 2)?;
        let mut milliseconds = 0;
        if self.eat(":") {
            let second = self.digits(2, 2)?;
            if second > 59 {
                return None;
            }
            milliseconds = second * 1000;
            if self.eat(".") {
                milliseconds += self.fraction()?;
            }
        }
        (hour < 24 && minute < 60).then_some(hour * HOUR + minute * MINUTE + milliseconds)
    }

    /// The digits after the point of a second, cut to milliseconds.
    fn fraction(&mut self) -> Option<i64> {
        let before = self.0.len();
        let value = self.digits(1, 3)?;
        let scale = [100, 10, 1].get((before - self.0.len()).checked_sub(1)?).copied()?;
        self.0 = self.0.trim_start_matches(|c: char| c.is_ascii_digit());
        Some(value * scale)
    }

    /// How far the local time is ahead of UTC, in milliseconds; 0 where nothing is said.
    fn offset(&mut self) -> Option<i64> {
        if self.0.is_empty() || self.eat("Z") || self.eat("z") {
            return Some(0);
        }
        let sign = if self.eat("+") {
            1
        } else if self.eat("-") {
            -1
        } else {
            return None;
        };
        let hour = self.digits(2, 2)?;
        let colon = self.eat(":");
        let minute = if self.0.is_empty() && !colon {
            0
        } else {
            self.digits(2, 2)?
        };
        (hour < 24 && minute < 60).then_some(sign * (hour * HOUR + minute * MINUTE))
    }
}

/// How many days a month has.
fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// Days since 1970 of a date of the civil calendar, in years that begin in March, so that the leap day is the last.
///
/// Source: Howard Hinnant, "chrono-compatible low-level date algorithms".
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// Year, month and day of a count of days since 1970: the converse of [`days_from_civil`].
fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day_of_year - (153 * shifted + 2) / 5 + 1)
}
