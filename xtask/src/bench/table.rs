//! The results as Markdown.

use std::fmt::Write as _;

use super::item::{Item, MEMORY, OURS as ONLY_OURS, SHARED};
use super::peers::{OURS, PLAIN, SYSTEMS, TYPED};
use super::samples::{Ids, Missing, Samples, Size};

/// Two ratios are taken for the same if the greater is at most so much above the other.
const ALIKE: f64 = 0.15;

/// The part about the module and its peers; `module` is its size in bytes.
pub fn beside_peers(about: &str, samples: &Samples, sizes: &[Size], module: u64) -> String {
    let largest = if sizes.contains(&Size::L) {
        " L is in every other run."
    } else {
        ""
    };
    let mut text = format!("{about}{largest}\n\nTimes are milliseconds unless said otherwise.\n");
    text.push('\n');
    for &size in sizes {
        let _ = writeln!(text, "- **{}**: {}", size.name(), size.holds());
    }
    let mut sections = vec![("Targets".to_owned(), targets(samples, module))];
    for &size in sizes {
        sections.push((format!("Everybody at {}", size.name()), everybody(samples, size)));
    }
    if let Some(table) = again(samples, sizes) {
        sections.push(("Measured again".to_owned(), table));
    }
    let missing = missing(samples, sizes);
    if !missing.is_empty() {
        sections.push(("What could not be measured".to_owned(), missing));
    }
    for (title, table) in sections {
        let _ = write!(text, "\n### {title}\n\n{table}");
    }
    text
}

/// Ours at each size, how it grows, what it is meant to be, and how much more the two ways of JavaScript need.
fn targets(samples: &Samples, module: u64) -> String {
    let mut table = Table::new(&[
        "item",
        "S",
        "M",
        "L",
        "grows with users",
        "target M / L",
        "limit L",
        "`Map` and `Set` M / L",
        "aim",
        "typed arrays M / L",
        "aim",
    ]);
    for item in SHARED.iter().chain(&ONLY_OURS) {
        let at = |size| samples.median(size, OURS, item.key);
        let growth = samples.growth(OURS, item.key);
        let mut row = vec![item.title.to_owned()];
        row.extend(Size::ALL.map(|size| number(at(size))));
        row.push(growth.map_or(NONE.to_owned(), |exponent| format!("^{exponent:.2}")));
        row.push(pair(item.target, |value| number(Some(value))));
        row.push(number(item.limit));
        for (at, other) in [PLAIN, TYPED].into_iter().enumerate() {
            row.push(ratios(samples, other, item));
            row.push(pair(item.against.map(|against| against[at]), |value| {
                times(Some(value))
            }));
        }
        table.push(row);
    }
    table.push(vec![
        "module with its API, kB (brotli 11)".to_owned(),
        format!("{:.1}", module as f64 / 1000.0),
        String::new(),
        String::new(),
        NONE.to_owned(),
        "110".to_owned(),
    ]);
    table.text()
}

/// How many times as much another system needs; our memory is held against theirs as it is after a warm start.
fn ratios(samples: &Samples, other: &'static str, item: &Item) -> String {
    let ratio = |size| match item.key {
        "live" => Some(samples.median(size, other, MEMORY.key)? / samples.median(size, OURS, "live")?),
        key => samples.ratio(size, OURS, other, key),
    };
    let found = [Size::M, Size::L].map(ratio);
    if found == [None, None] {
        return NONE.to_owned();
    }
    found.map(times).join(" / ")
}

/// All systems at one size, with how many times as much as ours each needs.
fn everybody(samples: &Samples, size: Size) -> String {
    let items = || SHARED.iter().chain([&MEMORY]);
    let mut table = Table::new(&["system"]);
    table.head.extend(items().map(|item| item.title.to_owned()));
    for (system, _) in SYSTEMS {
        let Some(name) = samples.versions.get(system) else {
            continue;
        };
        let cell = |item: &Item| {
            let value = samples.median(size, system, item.key)?;
            let ratio = samples.ratio(size, OURS, system, item.key);
            Some(if system == OURS {
                format!("**{}**", number(Some(value)))
            } else {
                format!("{} ({})", number(Some(value)), times(ratio))
            })
        };
        let cells: Vec<_> = items().map(cell).collect();
        if cells.iter().any(Option::is_some) {
            let cells = cells.into_iter().map(|cell| cell.unwrap_or_else(|| NONE.to_owned()));
            table.push([name.clone()].into_iter().chain(cells).collect());
        }
    }
    table.text()
}

/// How far ratios are found again; nothing after a single turn. The first, the third and every other turn are one run, those
/// between them another.
fn again(samples: &Samples, sizes: &[Size]) -> Option<String> {
    let runs = [0, 1].map(|from| samples.every_other(from));
    let mut table = Table::new(&[
        "of the ratios of two runs that take turns",
        "all",
        "within 15 %",
        "the same one ahead",
        "half of them within",
    ]);
    for &size in sizes {
        let others = SYSTEMS.iter().filter(|(system, _)| *system != OURS);
        let compared =
            others.flat_map(|(system, _)| SHARED.iter().chain([&MEMORY]).map(move |item| (*system, item.key)));
        let both = |(system, key)| {
            let [one, other] = runs.each_ref().map(|run| run.ratio(size, OURS, system, key));
            Some((one?, other?))
        };
        let pairs: Vec<(f64, f64)> = compared.filter_map(both).collect();
        let mut apart: Vec<_> = pairs
            .iter()
            .map(|(one, other)| (one / other).max(other / one) - 1.0)
            .collect();
        apart.sort_by(f64::total_cmp);
        let Some(middle) = apart.get(apart.len() / 2) else {
            continue;
        };
        let alike = apart.iter().filter(|apart| **apart <= ALIKE).count();
        let agreed = pairs
            .iter()
            .filter(|(one, other)| (*one > 1.0) == (*other > 1.0))
            .count();
        let counts = [pairs.len(), alike, agreed].map(|count| count.to_string());
        let half = format!("{:.0} %", 100.0 * middle);
        table.push(
            [size.name().to_owned()]
                .into_iter()
                .chain(counts)
                .chain([half])
                .collect(),
        );
    }
    (!table.rows.is_empty()).then(|| table.text())
}

fn missing(samples: &Samples, sizes: &[Size]) -> String {
    let mut text = String::new();
    for size in sizes {
        for (system, largest) in SYSTEMS.iter().filter(|(_, largest)| size > largest) {
            let (size, largest) = (size.name(), largest.name());
            let _ = writeln!(
                text,
                "- {system} at {size}: not tried, since {largest} is the most that it gets through"
            );
        }
    }
    for Missing { size, system, ids, why } in &samples.missing {
        let file = if *ids == Ids::Uuids { ", ids are UUIDs" } else { "" };
        let _ = writeln!(text, "- {system} at {}{file}: {why}", size.name());
    }
    text
}

/// The part about the console: rows of an item and what it was at each number of users.
pub fn in_the_browser(about: &str, rows: Vec<Vec<String>>) -> String {
    let mut table = Table::new(&["item", "1,200 users", "100,000 users", "1,000,000 users"]);
    rows.into_iter().for_each(|row| table.push(row));
    format!("{about}\n\n{}", table.text())
}

/// Where there is nothing to tell.
const NONE: &str = "–";

/// A number with three digits that count; milliseconds by the thousand are seconds and hours.
fn number(value: Option<f64>) -> String {
    let Some(value) = value else { return NONE.to_owned() };
    match value {
        10_000_000.0.. => format!("{:.0} h", value / 3_600_000.0),
        10_000.0.. => format!("{:.0} s", value / 1000.0),
        100.0.. => format!("{value:.0}"),
        10.0.. => format!("{value:.1}"),
        1.0.. => format!("{value:.2}"),
        _ => format!("{value:.3}"),
    }
}

/// How many times.
fn times(ratio: Option<f64>) -> String {
    match ratio {
        None => NONE.to_owned(),
        Some(1_000_000.0..) => "over a million×".to_owned(),
        Some(ratio @ 1_000.0..) => format!("{:.0} thousand×", ratio / 1000.0),
        Some(ratio @ 10.0..) => format!("{ratio:.0}×"),
        Some(ratio) => format!("{ratio:.1}×"),
    }
}

fn pair(values: Option<(f64, f64)>, told: impl Fn(f64) -> String) -> String {
    match values {
        None => NONE.to_owned(),
        Some((at_m, at_l)) => format!("{} / {}", told(at_m), told(at_l)),
    }
}

/// A table whose first column is words and whose others are numbers.
struct Table {
    head: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Table {
    fn new(head: &[&str]) -> Self {
        Self {
            head: head.iter().map(|&name| name.to_owned()).collect(),
            rows: Vec::new(),
        }
    }

    fn push(&mut self, row: Vec<String>) {
        self.rows.push(row);
    }

    fn text(&self) -> String {
        let line = |cells: &[String]| {
            let filled = cells.iter().map(String::as_str).chain(std::iter::repeat(""));
            let cells: Vec<_> = filled.take(self.head.len()).collect();
            format!("| {} |\n", cells.join(" | "))
        };
        let rule = format!("| --- |{}\n", " ---: |".repeat(self.head.len() - 1));
        let rows: Vec<_> = self.rows.iter().map(|row| line(row)).collect();
        format!("{}{rule}{}", line(&self.head), rows.concat())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_three_digits() {
        let told = [0.0712, 1.234, 45.67, 789.1, 48_213.0].map(|value| number(Some(value)));
        assert_eq!(told, ["0.071", "1.23", "45.7", "789", "48 s"]);
        assert_eq!(
            [times(Some(3.24)), times(Some(98.6)), times(None)],
            ["3.2×", "99×", "–"]
        );
    }

    #[test]
    fn rows_have_as_many_cells_as_the_head() {
        let mut table = Table::new(&["item", "S", "M"]);
        table.push(vec!["read".to_owned(), "1".to_owned()]);
        assert_eq!(
            table.text(),
            "| item | S | M |\n| --- | ---: | ---: |\n| read | 1 |  |\n"
        );
    }

    #[test]
    fn everybody_is_held_against_ours() {
        let mut samples = Samples::default();
        samples.versions.insert(OURS, "Rollcall".to_owned());
        samples.versions.insert(TYPED, "typed arrays".to_owned());
        samples.add(Size::M, OURS, "checks", 3.0);
        samples.add(Size::M, TYPED, "checks", 7.5);
        let table = everybody(&samples, Size::M);
        assert!(table.contains("| Rollcall | – | – | **3.00** |"), "{table}");
        assert!(table.contains("| typed arrays | – | – | 7.50 (2.5×) |"), "{table}");
        assert!(again(&samples, &[Size::M]).is_none());
        samples.add(Size::M, OURS, "checks", 3.0);
        samples.add(Size::M, TYPED, "checks", 9.0);
        let table = again(&samples, &[Size::S, Size::M]).expect("two turns");
        assert!(table.ends_with("---: |\n| M | 1 | 0 | 1 | 20 % |\n"), "{table}");
        assert!(targets(&samples, 170_000).contains("| 100,000 inherited checks | – | 3.00 | – |"));
    }
}
