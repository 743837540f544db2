//! Snapshots: what was written is opened, and nothing else is; damage and deceit are errors and never a panic.

use membership::directory::{Directory, UnusedReason};
use membership::json;
use membership::sample::{self, DEFAULT_SEED};
use membership::snapshot::{Pieces, SnapshotError};
use proptest::prelude::*;

use crate::answers::answers;
use crate::model::model;

/// Every kind of value, texts that grow when folded, cycles, managers, and facts of each kind that cannot be used.
const RICH: &str = r#"{"format":"rollcall/1","users":[
{"id":"u1","username":"Ann.İz","email":"ANN@x.org","firstName":"Ann","lastName":"ΣΑΣ","language":"en","timezone":"Europe/London",
 "created":"2024-01-31T15:26:54.123Z","modified":"0000-01-01","lastLogin":"9999-12-31","status":{"suspended":true,"locked":false},
 "custom":{"department":"Soap","Level":3,"ok":true,"mixed":1}},
{"id":"u2","username":"","firstName":"Бо","custom":{"mixed":"two","level":-0.5}},
{"id":"0A0B0C0D-0000-0000-0000-00000000000F","expiry":"2030-01-01","status":{"passwordResetRequired":true},"custom":{"mixed":false}},
{"id":"u1"},{"username":"nobody"},{"id":"u4","created":"tomorrow"}],
"groups":[{"id":"g1","name":"System Administrators","children":["g2","g1"],"members":["u1"],"managers":["u1","u2"]},
{"id":"g2","name":"Ĳ","description":"","type":"contensis","created":"2020-02-29","custom":{"cost":1e3},"children":["g3"]},
{"id":"g3","children":["g2","g2","g9"],"members":["u2","u2","u9","0a0b0c0d-0000-0000-0000-00000000000f"]},{"id":"g1"},{"id":"17"}],
"memberships":[{"group":"g8","user":"u1"}]}"#;

fn rich() -> Directory {
    json::read(RICH.as_bytes()).expect("a directory")
}

/// As the format describes the checksum, one word after another in numbers of 128 bits.
fn checksum(snapshot: &[u8]) -> u64 {
    let step = |lane: u64, word: u64| {
        let product = (u128::from(word) * 0xC2B2_AE3D_27D4_EB4F) % (1 << 64);
        let sum = (u128::from(lane) + product) % (1 << 64);
        let turned = (sum << 31 | sum >> 33) % (1 << 64);
        ((turned * 0x9E37_79B1_85EB_CA87) % (1 << 64)) as u64
    };
    let words = snapshot.chunks_exact(8).enumerate().filter(|(at, _)| *at != 3);
    let words = words.map(|(_, word)| u64::from_le_bytes(word.try_into().expect("eight bytes")));
    let mut lanes = [0; 4];
    for (word, at) in words.zip(0..) {
        lanes[at % 4] = step(lanes[at % 4], word);
    }
    lanes.into_iter().fold(0, step)
}

/// Makes length and checksum right.
fn sealed(mut snapshot: Vec<u8>) -> Vec<u8> {
    let length = snapshot.len() as u64;
    snapshot[16..24].copy_from_slice(&length.to_le_bytes());
    let sum = checksum(&snapshot);
    snapshot[24..32].copy_from_slice(&sum.to_le_bytes());
    snapshot
}

fn error(snapshot: &[u8]) -> SnapshotError {
    Directory::from_snapshot(snapshot).expect_err("no snapshot")
}

#[test]
fn what_was_written_is_opened() {
    let long = ["a long description; ".repeat(4000), "ß".to_owned(), "ẞ".repeat(60_000)];
    let groups = long
        .iter()
        .zip(0..)
        .map(|(text, id)| format!(r#"{{"id":{id},"description":"{text}"}}"#));
    let long = format!(r#"{{"groups":[{}]}}"#, groups.collect::<Vec<_>>().join(","));
    for directory in [
        rich(),
        json::read(long.as_bytes()).expect("long descriptions"),
        sample::directory(300, DEFAULT_SEED).expect("a sample"),
        json::read(b"{}").expect("empty"),
    ] {
        let snapshot = directory.to_snapshot();
        let opened = Directory::from_snapshot(&snapshot).expect("a snapshot");
        assert_eq!(answers(&opened), answers(&directory));
        assert_eq!(opened.to_snapshot(), snapshot);
        assert_eq!(sealed(snapshot.clone()), snapshot, "sealed as the format says");
    }
    let kinds = rich()
        .unused()
        .iter()
        .map(|fact| std::mem::discriminant(&fact.reason))
        .collect::<Vec<_>>();
    let no_id = std::mem::discriminant(&UnusedReason::NoId);
    assert!(kinds.len() >= 9 && kinds.contains(&no_id), "{:?}", rich().unused());
}

#[test]
fn a_snapshot_is_read_once_from_front_to_back() {
    let (directory, mut asked) = (sample::directory(5_000, 3).expect("a sample"), 0);
    let snapshot = directory.to_snapshot();
    let opened = Directory::read_snapshot(snapshot.len() as u64, &mut |piece| {
        piece.copy_from_slice(&snapshot[asked..][..piece.len()]);
        asked += piece.len();
    });
    assert_eq!(opened.expect("a snapshot").to_json(), directory.to_json());
    assert_eq!(asked, snapshot.len());
}

/// A snapshot as it is written in pieces of a size, with its header last.
fn in_pieces(directory: &Directory, size: usize) -> Vec<u8> {
    let mut pieces = Pieces::new(directory);
    let mut written = vec![0; 32];
    while pieces.at() < pieces.length() {
        assert_eq!(pieces.at(), written.len() as u64);
        pieces.next(directory, size, &mut written);
        assert!(
            Directory::from_snapshot(&written).is_err(),
            "without its header it is none"
        );
    }
    assert_eq!(pieces.length(), written.len() as u64);
    written[..32].copy_from_slice(&pieces.header());
    written
}

#[test]
fn pieces_of_any_size_make_the_same_snapshot() {
    let sizes = (1..=5).map(|words| 8 * words).chain([1, 60, 1_024, 1 << 20]);
    for (size, directory) in sizes.flat_map(|size| [(size, rich()), (size, json::read(b"{}").expect("empty"))]) {
        assert_eq!(in_pieces(&directory, size), directory.to_snapshot(), "{size}");
    }
    let sample = sample::directory(1_200, DEFAULT_SEED).expect("a sample");
    assert_eq!(in_pieces(&sample, 1 << 14), sample.to_snapshot());
}

#[test]
fn the_form_changes_with_the_version_alone() {
    let snapshot = sample::directory(1_200, 1_031).expect("a sample").to_snapshot();
    // Another number here without another version means that snapshots which people have kept are read as nonsense.
    assert_eq!((snapshot[8], checksum(&snapshot)), (3, 9_851_017_720_524_231_328));
}

#[test]
fn every_truncation_is_an_error() {
    let snapshot = rich().to_snapshot();
    for length in 0..snapshot.len() {
        let found = error(&snapshot[..length]);
        let expected = if length < 8 {
            found == SnapshotError::Foreign
        } else {
            matches!(found, SnapshotError::Length { .. })
        };
        assert!(expected, "{length}: {found}");
        // With a header that was made to fit, too.
        if length >= 32 {
            error(&sealed(snapshot[..length].to_vec()));
        }
    }
    let longer = [&snapshot[..], &[0; 8]].concat();
    assert!(matches!(error(&longer), SnapshotError::Length { .. }));
    assert_eq!(error(&sealed(longer)), SnapshotError::Content("sections"));
}

#[test]
fn every_flipped_bit_is_an_error() {
    let snapshot = rich().to_snapshot();
    let mut flipped = snapshot.clone();
    for bit in 0..8 * snapshot.len() {
        flipped[bit / 8] ^= 1 << (bit % 8);
        let found = error(&flipped);
        let expected = match bit / 64 {
            0 => found == SnapshotError::Foreign,
            1 => matches!(found, SnapshotError::Version(_)),
            2 => matches!(found, SnapshotError::Length { .. }),
            _ => found == SnapshotError::Checksum,
        };
        assert!(expected, "bit {bit}: {found}");
        flipped[bit / 8] ^= 1 << (bit % 8);
    }
}

#[test]
fn lengths_beyond_the_bytes_are_errors() {
    let snapshot = rich().to_snapshot();
    for word in 4..snapshot.len() / 8 {
        for value in [
            u64::MAX,
            u64::MAX - 7,
            1 << 63,
            1 << 40,
            u64::from(u32::MAX),
            snapshot.len() as u64,
        ] {
            let mut crafted = snapshot.clone();
            crafted[8 * word..][..8].copy_from_slice(&value.to_le_bytes());
            // A word of text or of a date may be anything; what opens has answers.
            if let Ok(directory) = Directory::from_snapshot(&sealed(crafted)) {
                answers(&directory);
            }
        }
    }
}

#[test]
fn text_that_is_none_is_an_error() {
    let snapshot = rich().to_snapshot();
    let at = snapshot.windows(4).position(|word| word == b"Soap").expect("a text");
    for byte in [0x80, 0xC3, 0xFF] {
        let mut crafted = snapshot.clone();
        crafted[at + 1] = byte;
        assert_eq!(error(&sealed(crafted)), SnapshotError::Content("text"));
    }
}

#[test]
fn errors_are_one_line() {
    let told = [
        error(b"").to_string(),
        error(&[&b"ROLLCALL"[..], &9u64.to_le_bytes()].concat()).to_string(),
        error(&rich().to_snapshot()[..40])
            .to_string()
            .replace(&rich().to_snapshot().len().to_string(), "N"),
    ];
    let expected = [
        "this is not a snapshot",
        "the snapshot is of version 9; version 3 is read here",
        "the snapshot has 40 of N bytes",
    ];
    assert_eq!(told, expected);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_directory_comes_back(model in model()) {
        let directory = model.directory();
        let opened = Directory::from_snapshot(&directory.to_snapshot());
        prop_assert_eq!(answers(&opened.expect("a snapshot")), answers(&directory));
    }

    #[test]
    fn an_opened_directory_can_be_changed(model in model(), edits in crate::model::edits()) {
        let (groups, users) = crate::model::ids();
        let changes = crate::model::changes(&edits, &groups, &users);
        let mut directory = model.directory();
        let mut opened = Directory::from_snapshot(&directory.to_snapshot()).expect("a snapshot");
        prop_assert_eq!(opened.apply(&changes), directory.apply(&changes));
        prop_assert_eq!(opened.to_snapshot(), directory.to_snapshot());
    }

    #[test]
    fn random_bytes_are_errors(bytes: Vec<u8>, with_header: bool) {
        let header = if with_header { rich().to_snapshot()[..32].to_vec() } else { Vec::new() };
        let bytes = [header, bytes].concat();
        error(&bytes);
        if with_header {
            error(&sealed(bytes));
        }
    }

    #[test]
    fn a_crafted_snapshot_may_lie_but_breaks_nothing(
        edits in prop::collection::vec((any::<prop::sample::Index>(), any::<u32>(), 0..8u8), 1..4),
        of_model in model(),
        is_rich: bool,
    ) {
        let mut snapshot = if is_rich { rich().to_snapshot() } else { of_model.directory().to_snapshot() };
        for (place, value, kind) in edits {
            // Small numbers pass for rows, counts and lengths more often than large ones.
            let at = 32 + 4 * place.index((snapshot.len() - 32) / 4);
            let before = u32::from_le_bytes(snapshot[at..at + 4].try_into().expect("four bytes"));
            let value = match kind {
                0 => value,
                1..4 => value % 16,
                4 => before.wrapping_add(1),
                5 => before.wrapping_sub(1),
                6 => before ^ 1 << (value % 32),
                _ => 0,
            };
            snapshot[at..at + 4].copy_from_slice(&value.to_le_bytes());
        }
        if let Ok(directory) = Directory::from_snapshot(&sealed(snapshot)) {
            answers(&directory);
            let again = directory.to_snapshot();
            prop_assert!(Directory::from_snapshot(&again).is_ok());
        }
    }
}
