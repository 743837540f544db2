//! Dates by counting days one year and one month at a time, periods, and the beginnings and ends of weeks and months.

pub const SECOND: i64 = 1_000;
pub const MINUTE: i64 = 60 * SECOND;
pub const HOUR: i64 = 60 * MINUTE;
pub const DAY: i64 = 24 * HOUR;

/// A day and the milliseconds since its midnight.
#[derive(Clone, Copy)]
struct Civil {
    year: i64,
    /// From 1, as is the day.
    month: i64,
    day: i64,
    time: i64,
}

fn is_leap(year: i64) -> bool {
    (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
}

fn days_in_year(year: i64) -> i64 {
    if is_leap(year) { 366 } else { 365 }
}

fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl Civil {
    fn of(instant: i64) -> Self {
        let (mut days, time) = (instant.div_euclid(DAY), instant.rem_euclid(DAY));
        let mut year = 1970;
        while days < 0 {
            year -= 1;
            days += days_in_year(year);
        }
        while days >= days_in_year(year) {
            days -= days_in_year(year);
            year += 1;
        }
        let mut month = 1;
        while days >= days_in_month(year, month) {
            days -= days_in_month(year, month);
            month += 1;
        }
        Self {
            year,
            month,
            day: days + 1,
            time,
        }
    }

    fn instant(self) -> i64 {
        let mut days = self.day - 1;
        for month in 1..self.month {
            days += days_in_month(self.year, month);
        }
        for year in 1970..self.year {
            days += days_in_year(year);
        }
        for year in self.year..1970 {
            days -= days_in_year(year);
        }
        days * DAY + self.time
    }

    /// So many months later, on the last day of the month where it has no such day.
    fn after_months(self, months: i64) -> Self {
        let all = self.year * 12 + self.month - 1 + months;
        let (year, month) = (all.div_euclid(12), all.rem_euclid(12) + 1);
        let day = self.day.min(days_in_month(year, month));
        Self {
            year,
            month,
            day,
            ..self
        }
    }
}

/// `2024-01-31T15:26:54.000Z`.
pub fn written(instant: i64) -> String {
    let Civil { year, month, day, time } = Civil::of(instant);
    let (hour, minute, second) = (time / HOUR, time / MINUTE % 60, time / SECOND % 60);
    format!(
        "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{:03}Z",
        time % SECOND
    )
}

/// `2024-07-08T10:13:20+00:00`.
pub fn written_in_seconds(instant: i64) -> String {
    format!("{}+00:00", &written(instant)[..19])
}

/// A date, or a date and a time with a space or a `T` between them.
pub fn read(text: &str) -> Option<i64> {
    let Some(end) = text.find(['T', ' ']) else {
        return read_date(text);
    };
    let (date, time) = (read_date(&text[..end])?, &text[end + 1..]);
    if text[end..].starts_with(' ') {
        return Some(date + read_time(time, false)?);
    }
    if let Some(time) = time.strip_suffix('Z') {
        return Some(date + read_time(time, true)?);
    }
    let Some(sign) = time.find(['+', '-']) else {
        return Some(date + read_time(time, true)?);
    };
    // The page shows `K` alone; ISO 8601 has the zone without a colon, and without minutes, too.
    let zone = &time[sign + 1..];
    let (hours, minutes) = match zone.split_once(':') {
        Some(parts) => parts,
        None if zone.len() == 4 && zone.is_ascii() => zone.split_at(2),
        None => (zone, "00"),
    };
    let zone = digits(hours, 2..=2)? * HOUR + digits(minutes, 2..=2)? * MINUTE;
    let zone = if time[sign..].starts_with('-') { -zone } else { zone };
    Some(date + read_time(&time[..sign], true)? - zone)
}

/// `yyyy-MM-dd` or `yyyy/MM/dd`, month and day in one digit or two.
pub fn read_date(text: &str) -> Option<i64> {
    let separator = if text.contains('/') { '/' } else { '-' };
    let [year, month, day] = text.split(separator).collect::<Vec<_>>()[..] else {
        return None;
    };
    let (year, month, day) = (digits(year, 4..=4)?, digits(month, 1..=2)?, digits(day, 1..=2)?);
    let is_day = (1..=12).contains(&month) && day >= 1 && day <= days_in_month(year, month);
    let civil = Civil {
        year,
        month,
        day,
        time: 0,
    };
    is_day.then(|| civil.instant())
}

/// `HH:mm` or `HH:mm:ss`, with a fraction if it may have one, as milliseconds since midnight.
fn read_time(text: &str, may_have_fraction: bool) -> Option<i64> {
    let (whole, fraction) = match text.split_once('.') {
        Some((whole, fraction)) if may_have_fraction && whole.split(':').count() == 3 => (whole, Some(fraction)),
        Some(_) => return None,
        None => (text, None),
    };
    let parts = whole
        .split(':')
        .map(|part| digits(part, 2..=2))
        .collect::<Option<Vec<_>>>()?;
    let (hour, minute, second) = match parts[..] {
        [hour, minute] => (hour, minute, 0),
        [hour, minute, second] => (hour, minute, second),
        _ => return None,
    };
    // Of up to seven digits the first three are milliseconds.
    let milliseconds = match fraction {
        Some(fraction) => digits(fraction, 1..=7)? * 10_i64.pow(7 - fraction.len() as u32) / 10_000,
        None => 0,
    };
    let is_time = hour < 24 && minute < 60 && second < 60;
    is_time.then_some(hour * HOUR + minute * MINUTE + second * SECOND + milliseconds)
}

/// A number of so many decimal digits.
fn digits(text: &str, count: std::ops::RangeInclusive<usize>) -> Option<i64> {
    let is_number = count.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
}

/// The instant so many years (`y`), months (`M`), weeks (`w`), days (`d`), hours (`h`) or minutes (`m`) later.
pub fn after(instant: i64, count: i64, unit: char) -> i64 {
    match unit {
        'y' => Civil::of(instant).after_months(12 * count).instant(),
        'M' => Civil::of(instant).after_months(count).instant(),
        'w' => instant + 7 * count * DAY,
        'd' => instant + count * DAY,
        'h' => instant + count * HOUR,
        _ => instant + count * MINUTE,
    }
}

/// The first millisecond of the day, the week, the month or the year.
pub fn start_of(instant: i64, unit: char) -> i64 {
    let midnight = instant.div_euclid(DAY) * DAY;
    let civil = Civil::of(midnight);
    match unit {
        'd' => midnight,
        // 1970 began on a Thursday, three days after a Monday.
        'w' => midnight - (midnight / DAY + 3).rem_euclid(7) * DAY,
        'M' => Civil { day: 1, ..civil }.instant(),
        _ => Civil {
            month: 1,
            day: 1,
            ..civil
        }
        .instant(),
    }
}

/// The last millisecond of the day, the week, the month or the year.
pub fn end_of(instant: i64, unit: char) -> i64 {
    after(start_of(instant, unit), 1, unit) - 1
}

/// One part of a period, such as `3w`, without a sign.
pub fn part(text: &str) -> Option<(i64, char)> {
    let unit = text.chars().last().filter(|unit| "yMwdhm".contains(*unit))?;
    let count = &text[..text.len() - 1];
    let is_count = !count.is_empty() && count.bytes().all(|it| it.is_ascii_digit());
    is_count
        .then(|| count.parse().ok())
        .flatten()
        .map(|count| (count, unit))
}

/// The parts of a period, all of the sign that the first one has.
pub fn period(words: &[&str]) -> Option<Vec<(i64, char)>> {
    let (first, others) = words.split_first()?;
    let (sign, first) = match first.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, first.strip_prefix('+').unwrap_or(first)),
    };
    let parts = std::iter::once(&first)
        .chain(others)
        .map(|word| part(word))
        .collect::<Option<Vec<_>>>()?;
    Some(parts.into_iter().map(|(count, unit)| (sign * count, unit)).collect())
}

/// The instant a period later, its parts one after the other.
pub fn shifted(instant: i64, parts: &[(i64, char)]) -> i64 {
    parts
        .iter()
        .fold(instant, |instant, (count, unit)| after(instant, *count, *unit))
}
