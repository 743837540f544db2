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
    for refused in [parse_order_users(text).err(), parse_order_groups(text).err()]
        .into_iter()
        .flatten()
    {
        check_error(text, &refused);
    }
}

fn check_as(text: &str, parse: fn(&str) -> Result<Query, QueryError>, select: Select) {
    let query = match parse(text) {
        Ok(query) => query,
        Err(error) => return check_error(text, &error),
    };
    let answer = DIRECTORY.with(|directory| select(directory, &query, NOW));
    if let Err(error) = &answer {
        check_error(text, error);
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

/// An error lies within the text, speaks in one line, and says what would do.
fn check_error(text: &str, error: &QueryError) {
    let characters = text.chars().count() as u64;
    let end = u64::from(error.position) + u64::from(error.length);
    assert!(end <= characters, "{text}: {error:?}");
    assert!(!error.message().contains(char::is_control), "{text}: {error:?}");
    assert!(!error.expected.is_empty(), "{text}: {error:?}");
}
