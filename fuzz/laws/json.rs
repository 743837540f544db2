//! What holds of any bytes that are read as a directory file.

use membership::directory::Directory;
use membership::finding::FindingKind;
use membership::json::{self, DirectoryReader, JsonError};

/// The file in pieces is the file as a whole, with the same findings or the same error; and what is written is read as
/// the same directory. The first byte says how long the pieces are.
pub fn check(bytes: &[u8]) {
    let Some((seed, file)) = bytes.split_first() else {
        return;
    };
    let whole = json::read(file);
    let pieces = read_in_pieces(file, *seed);
    match (whole, pieces) {
        (Ok(whole), Ok(pieces)) => {
            assert_eq!(told(&whole), told(&pieces));
            let again = json::read(whole.to_json().as_bytes()).expect("what is written is read");
            assert_eq!(again.to_json(), whole.to_json());
        }
        (whole, pieces) => assert_eq!(whole.map(|it| it.to_json()), pieces.map(|it| it.to_json())),
    }
}

/// Pieces of growing and shrinking lengths, empty ones among them.
fn read_in_pieces(file: &[u8], seed: u8) -> Result<Directory, JsonError> {
    let mut reader = DirectoryReader::new();
    let mut length = usize::from(seed);
    let mut rest = file;
    while !rest.is_empty() {
        length = (length * 5 + 3) % 31;
        let (piece, after) = rest.split_at(length.min(rest.len()));
        reader.push(piece)?;
        rest = after;
    }
    reader.finish(&mut |_, _| {})
}

/// All that a directory says: its facts, and what could not be used.
fn told(directory: &Directory) -> (String, Vec<String>) {
    let findings = FindingKind::ALL.into_iter().flat_map(|kind| directory.findings(kind));
    let messages = findings.map(|finding| finding.message(directory));
    (directory.to_json(), messages.collect())
}
