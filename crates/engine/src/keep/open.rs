//! Opening a directory from what is kept of it.

use std::pin::Pin;

use js_sys::Uint8Array;
use membership::directory::Directory;
use protocol::{Opened, Source};
use web_sys::File;

use super::folder::{self, Folder};
use super::note::Note;
use super::{Found, key, whole};
use crate::desk::Desk;

/// Bytes that are asked of the browser in one go: each time takes it longer than a mebibyte does.
const PIECE: u64 = 1 << 20;

/// What is kept of a directory, or why it cannot be opened; none if nothing is.
pub type FromKept = Option<Result<(Desk, Opened), String>>;

/// Opens what is kept of a directory.
pub type OpenKept = for<'a> fn(&'a Folder, &'a Source) -> Pin<Box<dyn Future<Output = FromKept> + 'a>>;

/// Opens what is kept of a directory. Cost: that of reading the file, and of deriving what follows from its facts.
pub async fn open(folder: &Folder, source: &Source) -> FromKept {
    let key = key(source);
    let all = whole(folder).await;
    let Found { file, note, .. } = all.into_iter().find(|found| found.key() == key)?;
    match note {
        Err(error) => Some(Err(error.to_string())),
        Ok((note, start)) if note.source.is_same(source) => Some(from_file(&file, note, start as u64, source)),
        // Two sources of one key, once in 2^64.
        Ok(_) => None,
    }
}

fn from_file(file: &File, note: Note, start: u64, source: &Source) -> Result<(Desk, Opened), String> {
    let end = file.size() as u64;
    let mut at = start;
    let mut ahead = Vec::new();
    let mut used = 0;
    let mut is_given = true;
    let directory = Directory::read_snapshot(end.saturating_sub(start), &mut |mut piece| {
        while !piece.is_empty() && is_given {
            if used == ahead.len() {
                let to = (at + PIECE).min(end);
                ahead = match folder::read(file, at as f64, to as f64) {
                    Ok(bytes) => Uint8Array::new(&bytes).to_vec(),
                    Err(_) => Vec::new(),
                };
                is_given = !ahead.is_empty();
                (at, used) = (to, 0);
            }
            let count = piece.len().min(ahead.len() - used);
            let (now, later) = piece.split_at_mut(count);
            now.copy_from_slice(&ahead[used..used + count]);
            used += count;
            piece = later;
        }
    });
    if !is_given {
        return Err("the browser does not give it out".to_owned());
    }
    let desk = Desk::reopened(directory.map_err(|error| error.to_string())?, note.incidents);
    let opened = Opened {
        bytes: note.bytes,
        lines: note.lines,
        read_at: note.read_at,
        is_kept: true,
        ..desk.opened(source.clone())
    };
    Ok((desk, opened))
}
