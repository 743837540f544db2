//! What holds of any bytes that are opened as a snapshot.

use membership::directory::Directory;
use membership::finding::FindingKind;
use membership::query::{parse_groups, parse_users};

/// 2026-11-17T14:32:08Z
const NOW: i64 = 1_794_925_928_000;

/// Bytes are refused, or they are a directory that answers whatever is asked and is written as the same. The first
/// byte says whether they are given a header that fits them, without which hardly any would be looked into.
pub fn check(bytes: &[u8]) {
    let Some((choice, bytes)) = bytes.split_first() else {
        return;
    };
    let bytes = if choice % 8 == 0 { bytes.to_vec() } else { sealed(bytes) };
    let Ok(directory) = Directory::from_snapshot(&bytes) else {
        return;
    };
    let written = directory.to_snapshot();
    ask(&directory);
    let again = Directory::from_snapshot(&written).expect("what is written is opened");
    assert_eq!(again.to_json(), directory.to_json());
    assert_eq!(again.to_snapshot(), written);
}

/// Everything that walks over the facts.
fn ask(directory: &Directory) {
    for kind in FindingKind::ALL {
        for finding in directory.findings(kind) {
            _ = finding.message(directory);
        }
    }
    for query in [
        "firstName ~ a OR lastName ~ an OR email STARTSWITH t OR username ENDSWITH n OR * FREETEXT soap OR fullName = b",
        "created > now() OR groupCount > 1 OR inheritedGroupCount > 1 OR isAdministrator = true OR custom.level > 7",
        "memberOf = g1 OR managerOf = g1 OR status = active ORDER BY lastName, custom.level",
    ] {
        _ = directory.select_users(&parse_users(query).expect("a query"), NOW);
    }
    for query in [
        "name ~ a OR hasMember = u1 OR hasManager = u1 OR descendantOf = g1 OR ancestorOf = g1 OR depth > 1",
        "userCount > 1 OR inheritedUserCount > 1 OR managerCount > 1 OR childGroupCount > 1 OR inCycle = true",
    ] {
        _ = directory.select_groups(&parse_groups(query).expect("a query"), NOW);
    }
    if let Some(user) = directory.user_by_id("u1") {
        for group in directory.groups_of(user, true) {
            assert!(directory.is_member(user, group));
            assert!(directory.member_set(group, true).contains(user.row()));
        }
    }
}

/// The bytes behind a header of theirs: name, version 1, length and the checksum that the format defines.
fn sealed(bytes: &[u8]) -> Vec<u8> {
    let mut file = b"ROLLCALL\x01\0\0\0\0\0\0\0".to_vec();
    file.extend(bytes);
    file.resize(file.len().max(32).next_multiple_of(8), 0);
    let length = file.len() as u64;
    file[16..24].copy_from_slice(&length.to_le_bytes());
    let sum = checksum(&file);
    file[24..32].copy_from_slice(&sum.to_le_bytes());
    file
}

fn checksum(file: &[u8]) -> u64 {
    let step = |lane: u64, word: u64| {
        let taken = lane.wrapping_add(word.wrapping_mul(0xC2B2_AE3D_27D4_EB4F));
        taken.rotate_left(31).wrapping_mul(0x9E37_79B1_85EB_CA87)
    };
    let words = file.as_chunks().0.iter().map(|word| u64::from_le_bytes(*word));
    let words = words.enumerate().filter(|(at, _)| *at != 3).map(|(_, word)| word);
    let mut lanes = [0; 4];
    for (word, at) in words.zip(0..) {
        lanes[at % 4] = step(lanes[at % 4], word);
    }
    lanes.into_iter().fold(0, step)
}
