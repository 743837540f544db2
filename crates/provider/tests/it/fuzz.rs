//! The law that `fuzz/` looks for exceptions to, on its seeds and on arbitrary requests.

use std::fs;
use std::path::Path;

use proptest::prelude::*;
use proptest::sample::select;

#[path = "../../../../fuzz/laws/url.rs"]
mod url;

const SEEDS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fuzz/seeds/url");

/// The seeds: requests that are documented, after a byte that says who asks and how.
fn seeds() -> Vec<Vec<u8>> {
    let files = fs::read_dir(Path::new(SEEDS)).expect("seeds");
    let paths = files.map(|seed| seed.expect("a seed").path());
    paths.map(|path| fs::read(path).expect("a file")).collect()
}

#[test]
fn seeds_keep_the_law() {
    let seeds = seeds();
    assert!(seeds.len() > 2, "{seeds:?}");
    seeds.iter().for_each(|seed| url::check(seed));
}

proptest! {
    #[test]
    fn broken_requests_keep_the_law(
        mut request in select(seeds()),
        breaks in prop::collection::vec((any::<prop::sample::Index>(), select(b"/?&=%+,#'()~0aZ ".to_vec())), 0..4),
        choice: u8,
    ) {
        for (at, byte) in breaks {
            let at = at.index(request.len());
            request[at] = byte;
        }
        request[0] = choice;
        url::check(&request);
    }

    #[test]
    fn arbitrary_bytes_keep_the_law(bytes in prop::collection::vec(any::<u8>(), 0..64)) {
        url::check(&bytes);
    }
}
