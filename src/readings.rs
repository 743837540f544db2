//! How many findings of each kind a directory had when it was read: numbers alone, kept in this browser.
//!
//! A line for each directory, which is told by a hash of its address: its last two readings, the newest first, each as the
//! moment and the counts.

use crate::route::{Dir, Route, Screen};
use crate::storage::Preference;

/// How many directories are remembered.
const MOST: usize = 16;

/// What one reading of a directory had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// When it was read, in milliseconds since 1970.
    pub at: u64,
    /// How many findings there were, by kind in the order of the kinds.
    pub counts: Vec<u32>,
}

/// The reading of a directory before the one of this moment, if the browser remembers one. The sample never changes.
#[must_use]
pub fn before(dir: &Dir, at: u64) -> Option<Reading> {
    let kept = Preference::Readings.read()?;
    let known = read(&kept, &name(dir)?);
    known.into_iter().find(|reading| reading.at != at)
}

/// Remembers a reading of a directory.
pub fn remember(dir: &Dir, reading: Reading) {
    if let Some(name) = name(dir) {
        let kept = Preference::Readings.read().unwrap_or_default();
        Preference::Readings.write(Some(&with(&kept, &name, reading)));
    }
}

/// What a directory is told by: nobody learns from it what the directory is called or where it lies. None for the sample.
fn name(dir: &Dir) -> Option<String> {
    if matches!(dir, Dir::Sample(_)) {
        return None;
    }
    let address = Route {
        dir: dir.clone(),
        screen: Screen::Overview,
        ..Route::default()
    };
    let hash = address.url().bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    Some(hash.to_string())
}

/// The readings of a directory, the newest first; what is not understood any more is left out.
fn read(kept: &str, name: &str) -> Vec<Reading> {
    let line = kept.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
    let reading = |text: &str| {
        let mut numbers = text.split(',');
        let at = numbers.next()?.parse().ok()?;
        let counts = numbers.map(|number| number.parse().ok()).collect::<Option<_>>()?;
        Some(Reading { at, counts })
    };
    line.unwrap_or_default().split(' ').filter_map(reading).collect()
}

/// What is kept with one reading more; the same one told again takes its own place.
fn with(kept: &str, name: &str, now: Reading) -> String {
    let mut readings = read(kept, name);
    readings.retain(|reading| reading.at != now.at);
    readings.insert(0, now);
    let mut text = name.to_owned();
    for reading in readings.iter().take(2) {
        text += " ";
        text += &reading.at.to_string();
        for count in &reading.counts {
            text += ",";
            text += &count.to_string();
        }
    }
    let is_other = |line: &&str| line.split(' ').next() != Some(name);
    for line in kept.lines().filter(is_other).take(MOST - 1) {
        text += "\n";
        text += line;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(at: u64, counts: &[u32]) -> Reading {
        Reading {
            at,
            counts: counts.to_vec(),
        }
    }

    #[test]
    fn the_last_two_readings_of_a_directory_are_remembered() {
        let kept = with("", "7", reading(1, &[4, 0]));
        let kept = with(&kept, "8", reading(2, &[9]));
        let kept = with(&kept, "7", reading(3, &[5, 1]));
        assert_eq!(read(&kept, "7"), [reading(3, &[5, 1]), reading(1, &[4, 0])]);
        let kept = with(&with(&kept, "7", reading(3, &[6, 1])), "7", reading(4, &[6, 2]));
        assert_eq!(read(&kept, "7"), [reading(4, &[6, 2]), reading(3, &[6, 1])]);
        assert_eq!(read(&kept, "8"), [reading(2, &[9])]);
        assert_eq!(kept, "7 4,6,2 3,6,1\n8 2,9");
    }

    #[test]
    fn what_is_not_understood_is_left_out() {
        assert_eq!(read("7 x,1 3,y 5,2", "7"), [reading(5, &[2])]);
        assert_eq!(read("77 5,2\n", "7"), []);
        assert_eq!(read("", "7"), []);
    }

    #[test]
    fn few_directories_are_remembered() {
        let kept = (0..40).fold(String::new(), |kept, name| {
            with(&kept, &name.to_string(), reading(1, &[1]))
        });
        assert_eq!(kept.lines().count(), MOST);
        assert_eq!(read(&kept, "39"), [reading(1, &[1])]);
        assert_eq!(read(&kept, "0"), []);
    }

    #[test]
    fn nothing_tells_which_directory_it_was() {
        assert_eq!(name(&Dir::default()), None);
        let name = name(&Dir::File("payroll.json".to_owned())).expect("a file has one");
        assert!(name.bytes().all(|byte| byte.is_ascii_digit()));
    }
}
