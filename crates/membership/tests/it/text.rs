//! Laws of text columns, against a list of texts.

use membership::set::Set;
use membership::text::{NameColumn, TextColumn, fold};
use proptest::prelude::*;

fn column(values: &[Option<String>]) -> TextColumn {
    let mut column = TextColumn::default();
    values.iter().for_each(|value| column.push(value.as_deref()).unwrap());
    column
}

fn texts() -> impl Strategy<Value = Vec<Option<String>>> {
    let text = prop_oneof![4 => "[abABéÉİßẞςΣ\u{0}z ]{0,4}", 1 => "[abé]{5,20}", 1 => "[bc]{0,30}"];
    let nobody = (0..200usize).prop_map(|rows| vec![None; rows]);
    let some = prop::collection::vec(prop::option::of(text), 0..200);
    // Nobody has a text, or somebody late.
    prop_oneof![1 => nobody.clone(), 3 => some.clone(), 1 => (nobody, some).prop_map(|parts| [parts.0, parts.1].concat())]
}

#[test]
fn a_column_that_nobody_fills_takes_no_memory() {
    let column = column(&vec![None; 10_000]);
    assert_eq!(column.len(), 10_000);
    assert!(column.memory() < 100, "{} bytes", column.memory());
}

#[test]
fn folds_each_code_point_alone() {
    assert_eq!(fold("ΑΣς İSTANBUL ẞ É"), "ασσ i\u{307}stanbul ß é");
    assert!(matches!(fold("plain ß é"), std::borrow::Cow::Borrowed(_)));
}

#[test]
fn names_take_an_eighth_of_a_second_copy() {
    let (mut names, mut folded) = (NameColumn::default(), TextColumn::default());
    for row in 0..10_000 {
        let name = format!("Zoë Ågren-Müller {row}");
        names.push(Some(&name)).unwrap();
        folded.push(Some(&fold(&name))).unwrap();
    }
    assert!(
        names.memory() < folded.memory() * 5 / 4,
        "{} of {}",
        names.memory(),
        folded.memory()
    );
}

#[test]
fn names_come_out_as_they_went_in() {
    let names = [
        "Ann McIntyre",
        "ANN",
        "ann",
        "",
        "İpek",
        "Ωμέγας",
        "ΩΜΈΓΑΣ",
        "Σίσυφος",
        "Šárka",
        "Ёлкин",
        "Straẞe",
        "STRASSE",
        "\u{212A}elvin",
        "ǅep",
        "Ǆep",
        "𐐀𐐀",
        "ა",
        "Ა",
        "Åse",
        "\u{212B}se",
        "ς",
        "x Σ",
    ];
    let mut column = NameColumn::default();
    // The second time each of them begins at another bit.
    for name in names.iter().chain([&"Q"]).chain(&names) {
        column.push(Some(name)).unwrap();
        column.push(None).unwrap();
    }
    for (name, row) in names.iter().zip((0..).step_by(2)) {
        for row in [row, row + 2 * names.len() as u32 + 2] {
            assert_eq!(column.get(row).as_deref(), Some(*name));
            assert_eq!(column.folded().get(row), Some(&*fold(name)));
            assert_eq!(column.get(row + 1), None);
        }
    }
}

/// Texts of which 64 have more bytes than two bytes can count.
#[test]
fn long_texts_are_found_too() {
    let values: Vec<_> = (0..200)
        .map(|row| Some("Ab".repeat(row % 3 * row * 20) + &format!("{row}!")))
        .collect();
    let column = column(&values);
    let all = Set::full(200);
    for (value, row) in values.iter().zip(0..) {
        let value = value.as_deref().unwrap();
        assert_eq!(column.get(row), Some(value));
        assert_eq!(column.folded(row), Some(&*fold(value)));
        let mut hits = Set::new(200);
        column.equals(&fold(value), &all, &mut hits);
        assert_eq!(hits.iter().collect::<Vec<_>>(), [row]);
    }
    for needle in ["abab", "1!", "b19"] {
        let mut hits = Set::new(200);
        column.contains(needle, &all, &mut hits);
        let holds = |(value, _): &(&Option<String>, u32)| fold(value.as_deref().unwrap()).contains(needle);
        let expected = values.iter().zip(0..).filter(holds).map(|(_, row)| row);
        assert_eq!(
            hits.iter().collect::<Vec<_>>(),
            expected.collect::<Vec<_>>(),
            "{needle}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_went_in_comes_out(values in texts()) {
        let column = column(&values);
        prop_assert_eq!(column.len() as usize, values.len());
        for (value, row) in values.iter().zip(0..) {
            prop_assert_eq!(column.get(row), value.as_deref());
            prop_assert_eq!(column.folded(row).map(str::to_owned), value.as_deref().map(|text| fold(text).into_owned()));
        }
        prop_assert_eq!(column.get(values.len() as u32), None);
    }

    #[test]
    fn names_that_went_in_come_out(values in texts()) {
        let mut column = NameColumn::default();
        values.iter().for_each(|value| column.push(value.as_deref()).unwrap());
        prop_assert_eq!(column.folded().len() as usize, values.len());
        for (value, row) in values.iter().zip(0..) {
            prop_assert_eq!(column.get(row), value.as_deref().map(std::borrow::Cow::Borrowed));
            prop_assert_eq!(column.folded().get(row).map(str::to_owned), value.as_deref().map(|text| fold(text).into_owned()));
        }
    }

    #[test]
    fn searches_find_what_a_walk_finds(
        values in texts(),
        needle in prop_oneof![4 => "[abABéÉß\u{0}z ]{0,2}", 1 => "[ab]{3,4}", 1 => "[bc]{1,18}"],
        rows in prop_oneof![Just(1..=1_u32), Just(2..=3), Just(7..=9)].prop_flat_map(|steps| prop::collection::vec(steps, 200)),
    ) {
        let (column, needle) = (column(&values), fold(&needle).into_owned());
        // All rows, a half or an eighth of them are asked about.
        let asked: Vec<u32> = rows.iter().scan(0, |row, step| Some(std::mem::replace(row, *row + step))).collect();
        let within = Set::from_fn(column.len(), |row| asked.contains(&row));
        let all = |holds: &dyn Fn(&str) -> bool| {
            let found = values.iter().zip(0..).filter(|(value, _)| value.as_deref().is_some_and(|text| holds(&fold(text))));
            found.map(|(_, row)| row).collect::<Vec<u32>>()
        };
        let walk = |holds: &dyn Fn(&str) -> bool| all(holds).into_iter().filter(|row| within.contains(*row)).collect::<Vec<_>>();
        let search = |search: &dyn Fn(&mut Set)| {
            let mut hits = Set::new(column.len());
            search(&mut hits);
            hits.iter().collect::<Vec<_>>()
        };
        prop_assert_eq!(search(&|hits| column.contains(&needle, &within, hits)), walk(&|text| text.contains(&needle)));
        prop_assert_eq!(search(&|hits| column.starts_with(&needle, &within, hits)), walk(&|text| text.starts_with(&needle)));
        prop_assert_eq!(search(&|hits| column.ends_with(&needle, &within, hits)), walk(&|text| text.ends_with(&needle)));
        prop_assert_eq!(search(&|hits| column.equals(&needle, &within, hits)), walk(&|text| text == needle));
        let mut hits = Set::from_fn(column.len(), |row| row % 3 == 0);
        column.contains(&needle, &within, &mut hits);
        let mut found = walk(&|text| text.contains(&needle));
        found.extend((0..column.len()).step_by(3));
        found.sort_unstable();
        found.dedup();
        prop_assert_eq!(hits.iter().collect::<Vec<_>>(), found, "hits stay");
        prop_assert_eq!(column.present().iter().collect::<Vec<_>>(), all(&|_| true));
        let selected = column.select(|text| text.len() > 2);
        prop_assert_eq!(selected.iter().collect::<Vec<_>>(), all(&|text| text.len() > 2));
    }
}
