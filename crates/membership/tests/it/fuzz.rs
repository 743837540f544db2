//! The laws that `fuzz/` looks for exceptions to, on its seeds and on arbitrary bytes.

use std::fs;
use std::path::Path;

use proptest::prelude::*;
use proptest::sample::select;

#[path = "../../../../fuzz/laws/complete.rs"]
pub mod complete;
#[path = "../../../../fuzz/laws/json.rs"]
mod json;
#[path = "../../../../fuzz/laws/snapshot.rs"]
mod snapshot;
#[path = "../../../../fuzz/laws/zenql.rs"]
mod zenql;

/// Holds a law against each seed of a target.
fn check_seeds(target: &str, check: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../fuzz/seeds")
        .join(target);
    let seeds = fs::read_dir(folder)
        .expect("seeds")
        .map(|seed| seed.expect("a seed").path());
    let seeds: Vec<_> = seeds.collect();
    assert!(seeds.len() > 2, "{seeds:?}");
    seeds.iter().for_each(|seed| check(&fs::read(seed).expect("a file")));
}

#[test]
fn seeds_keep_the_laws() {
    check_seeds("zenql", zenql::check);
    check_seeds("complete", complete::check);
    check_seeds("json", json::check);
    check_seeds("snapshot", snapshot::check);
}

/// A seed, broken: some of its bytes are others.
fn broken(seed: &'static [u8]) -> impl Strategy<Value = Vec<u8>> {
    let breaks = prop::collection::vec(
        (
            any::<prop::sample::Index>(),
            select(b"{}[]\":,\\0e-.u\x00\xCE\n ".to_vec()),
        ),
        0..4,
    );
    breaks.prop_map(move |breaks| {
        let mut bytes = seed.to_vec();
        breaks.iter().for_each(|(at, byte)| bytes[at.index(seed.len())] = *byte);
        bytes
    })
}

proptest! {
    #[test]
    fn arbitrary_queries_keep_the_laws(text in "[a-eNORTIB*().,='\"<>!~^0-9 -]{0,24}", caret in 0_u32..26) {
        zenql::check(text.as_bytes());
        complete::check_at(&text, caret);
    }

    #[test]
    fn broken_files_keep_the_laws(file in broken(include_bytes!("../../../../fuzz/seeds/json/facts"))) {
        json::check(&file);
    }

    #[test]
    fn arbitrary_bytes_keep_the_laws(bytes in prop::collection::vec(any::<u8>(), 0..64)) {
        zenql::check(&bytes);
        complete::check(&bytes);
        json::check(&bytes);
        snapshot::check(&bytes);
    }

    #[test]
    fn damaged_snapshots_keep_the_laws(
        (at, word) in (any::<prop::sample::Index>(), prop_oneof![any::<u64>(), 0_u64..40]),
    ) {
        let mut seed = include_bytes!("../../../../fuzz/seeds/snapshot/directory").to_vec();
        let word = word.to_le_bytes();
        let at = 17 + at.index((seed.len() - 17) / word.len()) * word.len();
        seed[at..at + word.len()].copy_from_slice(&word);
        snapshot::check(&seed);
    }
}
