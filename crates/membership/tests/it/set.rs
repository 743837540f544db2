//! Laws of sets, against `BTreeSet`.

use std::collections::BTreeSet;

use membership::set::Set;
use proptest::prelude::*;

fn set(len: u32, rows: &BTreeSet<u32>) -> Set {
    let mut set = Set::new(len);
    rows.iter().for_each(|row| assert_eq!(set.insert(*row), *row < len));
    set
}

fn rows(set: &Set) -> BTreeSet<u32> {
    let rows = set.iter().collect::<BTreeSet<_>>();
    assert!(set.to_vec().iter().eq(&rows));
    assert_eq!((rows.len() as u32, rows.is_empty()), (set.count(), set.is_empty()));
    assert!(rows.iter().all(|row| set.contains(*row) && *row < set.len()));
    rows
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn sets_are_sets(
        len in 0..200u32,
        one in prop::collection::btree_set(0..200u32, 0..60),
        other in prop::collection::btree_set(0..200u32, 0..60),
        range in (0..210u32, 0..210u32),
    ) {
        let within = |rows: &BTreeSet<u32>| rows.iter().copied().filter(|row| *row < len).collect::<BTreeSet<_>>();
        let (a, b) = (set(len, &one), set(len, &other));
        let any = other.clone();
        let (one, other) = (within(&one), within(&other));
        prop_assert_eq!(rows(&a), one.clone());
        let with = |change: &dyn Fn(&mut Set)| {
            let mut changed = a.clone();
            change(&mut changed);
            rows(&changed)
        };
        prop_assert_eq!(with(&|set| set.union_with(&b)), &one | &other);
        prop_assert_eq!(with(&|set| set.insert_all(any.iter().copied())), &one | &other);
        prop_assert_eq!(with(&|set| set.intersect_with(&b)), &one & &other);
        prop_assert_eq!(with(&|set| set.subtract(&b)), &one - &other);
        prop_assert_eq!(a.count_common(&b) as usize, (&one & &other).len());
        let all = (0..len).collect::<BTreeSet<_>>();
        prop_assert_eq!(rows(&Set::full(len)), all.clone());
        prop_assert_eq!(with(&Set::complement), &all - &one);
        let ranged = (range.0..range.1.min(len)).collect();
        prop_assert_eq!(with(&|set| set.insert_range(range.0, range.1)), &one | &ranged);
        prop_assert_eq!(with(&|set| other.iter().for_each(|row| _ = set.remove(*row))), &one - &other);
        // De Morgan.
        let (mut left, mut right, mut complement) = (a.clone(), a.clone(), b.clone());
        left.union_with(&b);
        left.complement();
        right.complement();
        complement.complement();
        right.intersect_with(&complement);
        prop_assert_eq!(left, right);
    }
}
