//! What holds of any text that is read as a query.

use membership::directory::Directory;
use membership::json;
use membership::query::{Query, QueryError, parse_groups, parse_order_groups, parse_order_users, parse_users};
use membership::set::Set;

/// What can be asked of the directory.
type Select = fn(&Directory, &Query, i64) -> Result<Set, QueryError>;

/// 2026-11-17T14:32:08Z
const NOW: i64 = 1_794_925_928_000;

/// The most that a query may have; what is printed can be longer than what was read.
const LONGEST: usize = 65_536;

thread_local! {
    static DIRECTORY: Directory = json::read(include_bytes!("directory.json")).expect("a directory");
}

/// A text is refused with an error that points into it; or it is a query that is printed as something that is read as
/// the same and means the same.
pub fn check(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    check_as(text, parse_users, Directory::select_users);
    check_as(text, parse_groups, Directory::select_groups);
    for parse in [parse_order_users, parse_order_groups] {
        if let Err(error) = parse(text) {
            check_error(text, &error, |meant| parse(meant).err());
        }
    }
}

fn check_as(text: &str, parse: fn(&str) -> Result<Query, QueryError>, select: Select) {
    let query = match parse(text) {
        Ok(query) => query,
        Err(error) => return check_error(text, &error, |meant| parse(meant).err()),
    };
    let answer = DIRECTORY.with(|directory| select(directory, &query, NOW));
    if let Err(error) = &answer {
        let ask = |query: &Query| DIRECTORY.with(|directory| select(directory, query, NOW));
        check_error(text, error, |meant| parse(meant).and_then(|query| ask(&query)).err());
    }
    let printed = query.to_string();
    if printed.len() > LONGEST {
        return;
    }
    let again = parse(&printed).unwrap_or_else(|error| panic!("{text} is printed as {printed}: {error}"));
    assert_eq!(again, query, "{text} is printed as {printed}");
    assert_eq!(again.to_string(), printed, "{text}");
    let again = DIRECTORY.with(|directory| select(directory, &again, NOW));
    assert_eq!(again.ok(), answer.ok(), "{text} is printed as {printed}");
}

/// An error lies within the text, speaks in one line, and says what would do; with what it says was meant, the text is
/// right as far as that, if it is not too long then.
fn check_error(text: &str, error: &QueryError, again: impl Fn(&str) -> Option<QueryError>) {
    let characters = text.chars().count() as u64;
    let end = u64::from(error.position) + u64::from(error.length);
    assert!(end <= characters, "{text}: {error:?}");
    assert!(!error.message().contains(char::is_control), "{text}: {error:?}");
    assert!(!error.expected.is_empty(), "{text}: {error:?}");
    let Some(meant) = &error.suggestion else { return };
    let before: String = text.chars().take(error.position as usize).collect();
    let after: String = text.chars().skip(end as usize).collect();
    // A word in place of a quoted one would grow together with a word beside it.
    let is_word = |c: char| !(c.is_whitespace() || "(),=!~<>".contains(c));
    if before.ends_with(is_word) || after.starts_with(is_word) {
        return;
    }
    let corrected = format!("{before}{meant}{after}");
    let Some(next) = again(&corrected).filter(|_| corrected.len() <= LONGEST) else {
        return;
    };
    let is_further = u64::from(next.position) >= u64::from(error.position) + meant.chars().count() as u64;
    assert!(
        is_further || next.message() == "`(` is not closed",
        "{text}: {error}, {corrected}: {next}"
    );
}
