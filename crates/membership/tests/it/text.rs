//! Laws of text columns, against a list of texts.

use membership::set::Set;
use membership::text::{TextColumn, fold};
use proptest::prelude::*;

fn column(values: &[Option<String>]) -> TextColumn {
    let mut column = TextColumn::default();
    values.iter().for_each(|value| column.push(value.as_deref()).unwrap());
    column
}

fn texts() -> impl Strategy<Value = Vec<Option<String>>> {
    let text = prop_oneof![4 => "[abABéÉİßẞςΣ\u{0}z ]{0,4}", 1 => "[abé]{5,20}", 1 => "[bc]{0,30}"];
    prop::collection::vec(prop::option::of(text), 0..200)
}

#[test]
fn folds_each_code_point_alone() {
    assert_eq!(fold("ΑΣς İSTANBUL ẞ É"), "ασσ i\u{307}stanbul ß é");
    assert!(matches!(fold("plain ß é"), std::borrow::Cow::Borrowed(_)));
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
    fn searches_find_what_a_walk_finds(values in texts(), needle in "[abABéÉß\u{0}z ]{0,2}") {
        let (column, needle) = (column(&values), fold(&needle).into_owned());
        let walk = |holds: &dyn Fn(&str) -> bool| {
            let found = values.iter().zip(0..).filter(|(value, _)| value.as_deref().is_some_and(|text| holds(&fold(text))));
            found.map(|(_, row)| row).collect::<Vec<u32>>()
        };
        let search = |search: &dyn Fn(&mut Set)| {
            let mut hits = Set::new(column.len());
            search(&mut hits);
            hits.iter().collect::<Vec<_>>()
        };
        prop_assert_eq!(search(&|hits| column.contains(&needle, hits)), walk(&|text| text.contains(&needle)));
        prop_assert_eq!(search(&|hits| column.starts_with(&needle, hits)), walk(&|text| text.starts_with(&needle)));
        prop_assert_eq!(search(&|hits| column.ends_with(&needle, hits)), walk(&|text| text.ends_with(&needle)));
        prop_assert_eq!(search(&|hits| column.equals(&needle, hits)), walk(&|text| text == needle));
        let mut hits = Set::from_fn(column.len(), |row| row % 3 == 0);
        column.contains(&needle, &mut hits);
        let mut found = walk(&|text| text.contains(&needle));
        found.extend((0..column.len()).step_by(3));
        found.sort_unstable();
        found.dedup();
        prop_assert_eq!(hits.iter().collect::<Vec<_>>(), found, "hits stay");
        prop_assert_eq!(column.present().iter().collect::<Vec<_>>(), walk(&|_| true));
        let selected = column.select(|text| text.len() > 2);
        prop_assert_eq!(selected.iter().collect::<Vec<_>>(), walk(&|text| text.len() > 2));
    }
}
