//! What was measured, run by run, and the medians, ratios and growth that follow from it.

use std::collections::BTreeMap;

/// A directory that is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Size {
    S,
    M,
    L,
}

impl Size {
    pub const ALL: [Self; 3] = [Self::S, Self::M, Self::L];

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|size| size.name() == name)
    }

    pub fn name(self) -> &'static str {
        ["S", "M", "L"][self as usize]
    }

    pub fn users(self) -> f64 {
        [1e4, 1e5, 1e6][self as usize]
    }

    /// What it holds, for people.
    pub fn holds(self) -> &'static str {
        [
            "10,000 users, 1,000 groups, 50,000 memberships",
            "100,000 users, 10,000 groups, 1,000,000 memberships",
            "1,000,000 users, 100,000 groups, 10,000,000 memberships",
        ][self as usize]
    }

    /// Whether a run measures it: the largest is measured by every other one, since it takes ten times as long as the others.
    pub fn is_in_run(self, number: u32) -> bool {
        self != Self::L || number % 2 == 1
    }

    /// How many seconds it takes to measure all systems once, about.
    pub fn seconds(self) -> u64 {
        [15, 120, 660][self as usize]
    }
}

/// Which of the two files of a directory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ids {
    Integers,
    Uuids,
}

/// Why a system has no more figures at a size.
pub struct Missing {
    pub size: Size,
    pub system: &'static str,
    pub ids: Ids,
    pub why: String,
}

/// Everything that was measured, by size, system and item.
#[derive(Default)]
pub struct Samples {
    taken: BTreeMap<(Size, &'static str, String), Vec<f64>>,
    pub missing: Vec<Missing>,
    /// The versions of what was measured, by system.
    pub versions: BTreeMap<&'static str, String>,
}

impl Samples {
    pub fn add(&mut self, size: Size, system: &'static str, item: &str, value: f64) {
        let key = (size, system, item.to_owned());
        self.taken.entry(key).or_default().push(value);
    }

    /// Whether a system could not do all that is done with a file.
    pub fn is_missing(&self, size: Size, system: &str, ids: Ids) -> bool {
        let is_it = |one: &Missing| one.size == size && one.system == system && one.ids == ids;
        self.missing.iter().any(is_it)
    }

    /// The median over all runs.
    pub fn median(&self, size: Size, system: &'static str, item: &str) -> Option<f64> {
        let taken = self.taken.get(&(size, system, item.to_owned()))?;
        median(taken)
    }

    /// How many times as much another system takes as this one.
    pub fn ratio(&self, size: Size, system: &'static str, other: &'static str, item: &str) -> Option<f64> {
        let (one, other) = (self.median(size, system, item)?, self.median(size, other, item)?);
        (one > 0.0).then(|| other / one)
    }

    /// Every other turn, from the first or the second: what each of two runs would have found that take turns on one machine.
    pub fn every_other(&self, from: usize) -> Self {
        let half = |values: &Vec<f64>| values.iter().skip(from).step_by(2).copied().collect();
        let taken = self.taken.iter().map(|(key, values)| (key.clone(), half(values)));
        Self {
            taken: taken.collect(),
            ..Self::default()
        }
    }

    /// The exponent with which an item grows with the users, from the smallest to the largest size that was measured: 1 is
    /// in proportion.
    pub fn growth(&self, system: &'static str, item: &str) -> Option<f64> {
        let known = |size: &Size| self.median(*size, system, item).map(|value| (size.users(), value));
        let first = Size::ALL.iter().find_map(known)?;
        let last = Size::ALL.iter().rev().find_map(known)?;
        exponent(first, last)
    }
}

/// The middle of some numbers, of an even number of them the mean of the two.
fn median(numbers: &[f64]) -> Option<f64> {
    let mut sorted = numbers.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    let upper = *sorted.get(middle)?;
    Some(if sorted.len() % 2 == 1 {
        upper
    } else {
        f64::midpoint(sorted[middle - 1], upper)
    })
}

/// The exponent of the power through two points.
fn exponent(first: (f64, f64), last: (f64, f64)) -> Option<f64> {
    let grows = (last.0 / first.0).ln();
    (grows > 0.0 && first.1 > 0.0 && last.1 > 0.0).then(|| (last.1 / first.1).ln() / grows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_middle() {
        assert_eq!(median(&[3.0, 1.0, 100.0]), Some(3.0));
        assert_eq!(median(&[4.0, 1.0, 2.0, 3.0]), Some(2.5));
        assert_eq!(median(&[]), None);
    }

    #[test]
    fn ratios_and_growth_are_those_of_medians() {
        let mut samples = Samples::default();
        for (size, ours, theirs) in [(Size::S, 2.0, 6.0), (Size::M, 20.0, 80.0), (Size::L, 200.0, 1000.0)] {
            // A slow run changes nothing.
            for slow in [1.0, 1.0, 9.0] {
                samples.add(size, "ours", "read", ours * slow);
                samples.add(size, "theirs", "read", theirs * slow);
            }
        }
        assert_eq!(samples.ratio(Size::M, "ours", "theirs", "read"), Some(4.0));
        assert_eq!(samples.ratio(Size::M, "ours", "theirs", "sort"), None);
        let growth = samples.growth("ours", "read").expect("two sizes at least");
        assert!((growth - 1.0).abs() < 1e-9, "{growth}");
        assert_eq!(samples.growth("ours", "sort"), None);
    }

    #[test]
    fn turns_are_dealt_to_two_runs() {
        let mut samples = Samples::default();
        for value in [1.0, 10.0, 2.0, 20.0, 3.0] {
            samples.add(Size::S, "ours", "read", value);
        }
        let halves = [0, 1].map(|from| samples.every_other(from).median(Size::S, "ours", "read"));
        assert_eq!(halves, [Some(2.0), Some(15.0)]);
    }

    #[test]
    fn one_size_does_not_grow() {
        let mut samples = Samples::default();
        samples.add(Size::M, "ours", "read", 5.0);
        assert_eq!(samples.growth("ours", "read"), None);
    }

    #[test]
    fn sizes_have_names() {
        assert_eq!(Size::named("L"), Some(Size::L));
        assert_eq!(Size::named("XL"), None);
    }
}
