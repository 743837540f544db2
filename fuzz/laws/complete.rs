//! What holds of completion at any place of any text.

use membership::directory::Directory;
use membership::json;
use membership::query::{complete, parse_users};

/// 2026-11-17T14:32:08Z
const NOW: i64 = 1_794_925_928_000;

thread_local! {
    static DIRECTORY: Directory = json::read(include_bytes!("directory.json")).expect("a directory");
}

/// Completes at the place that the first two bytes tell: what is replaced lies around the caret, and where the text
/// before it can be gone on with, then so can it with each offer.
pub fn check(bytes: &[u8]) {
    let Some((caret, text)) = bytes.split_first_chunk() else {
        return;
    };
    let Ok(text) = std::str::from_utf8(text) else { return };
    check_at(text, u16::from_le_bytes(*caret).into());
}

/// The same with text and caret apart.
pub fn check_at(text: &str, caret: u32) {
    let completion = DIRECTORY.with(|directory| complete(directory, text, caret, NOW));
    let caret = caret.min(text.chars().count() as u32);
    assert!(
        completion.from <= caret && caret <= completion.to,
        "{text} at {caret}: {completion:?}"
    );
    let before: String = text.chars().take(completion.from as usize).collect();
    let after: String = text.chars().skip(completion.to as usize).collect();
    if !goes_on(&before) {
        return;
    }
    for suggestion in &completion.suggestions {
        let accepted = format!("{before}{}", suggestion.insert);
        assert!(goes_on(&accepted), "{text} at {caret}: {accepted}");
        let last = suggestion.insert.chars().next_back();
        let glued = |c: char| c.is_alphanumeric() || matches!(c, '"' | '\'');
        assert!(
            !(last.is_some_and(glued) && after.starts_with(glued)),
            "{text} at {caret}: {accepted}{after}"
        );
    }
}

/// Whether a text is a query, or the beginning of one.
pub fn goes_on(text: &str) -> bool {
    match parse_users(text) {
        Ok(_) => true,
        Err(error) => error.found == "the end of the query" || error.message() == "`(` is not closed",
    }
}
