//! ZenQL: its reference run as tests, its laws, its limits and its completion.
#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod completion;
mod contract;
mod errors;
mod instants;
mod laws;
mod limits;
mod naive;
mod next;
mod reference;
mod trees;

use membership::directory::{Builder, Directory, Place};
use membership::entity::{CustomValue, GroupRecord, Status, UserRecord};
use membership::instant;
use membership::query::REFERENCE;

/// The "now" of the reference.
const NOW: &str = "2026-11-17T14:32:08Z";

fn now() -> i64 {
    instant::parse(NOW).expect("a date")
}

/// The rows of the reference's table whose first head is `head`, without the head.
fn table(head: &str) -> Vec<Vec<&'static str>> {
    let start = format!("| {head} |");
    let rows = REFERENCE
        .lines()
        .skip_while(|line| !line.starts_with(&start))
        .take_while(|line| line.starts_with('|'));
    let cells = |row: &'static str| row.trim_matches('|').split('|').map(str::trim).collect();
    rows.skip(2).map(cells).collect()
}

/// A dash is missing, `""` is empty.
fn told(cell: &str) -> Option<&str> {
    match cell {
        "–" => None,
        "\"\"" => Some(""),
        text => Some(text),
    }
}

fn date(cell: &str) -> Option<i64> {
    told(cell).map(|text| instant::parse(text).expect("a date"))
}

/// `name value, name value`, where the name may have spaces.
fn pairs(cell: &str) -> impl Iterator<Item = (&str, &str)> {
    told(cell)
        .into_iter()
        .flat_map(|cell| cell.split(", "))
        .map(|pair| pair.rsplit_once(' ').expect("a value"))
}

fn status(cell: &str) -> Status {
    let flag = |name| {
        pairs(cell)
            .find(|(found, _)| *found == name)
            .map(|(_, value)| value == "true")
    };
    Status {
        suspended: flag("suspended"),
        locked: flag("locked"),
        password_reset_required: None,
    }
}

fn custom(value: &str) -> CustomValue {
    match (value, value.parse()) {
        ("true", _) => CustomValue::Boolean(true),
        (_, Ok(number)) => CustomValue::Number(number),
        (text, Err(_)) => CustomValue::Text(text.trim_matches('"').to_owned()),
    }
}

/// The directory that the reference states.
fn directory() -> Directory {
    let mut builder = Builder::new();
    let place = Place { line: 0 };
    for row in table("user") {
        let record = UserRecord {
            id: row[0],
            username: told(row[1]),
            first_name: told(row[2]),
            last_name: told(row[3]),
            email: told(row[4]),
            created: date(row[5]),
            last_login: date(row[6]),
            status: status(row[7]),
            custom: pairs(row[8])
                .map(|(name, value)| (name.into(), custom(value)))
                .collect(),
            ..UserRecord::default()
        };
        builder.user(&record, place).expect("room");
    }
    for row in table("group") {
        let (name, description, kind) = (told(row[1]), told(row[2]), told(row[3]));
        let record = GroupRecord {
            id: row[0],
            name,
            description,
            kind,
            created: date(row[4]),
            ..GroupRecord::default()
        };
        builder.group(&record, place).expect("room");
        for child in told(row[5]).into_iter().flat_map(str::split_whitespace) {
            builder.nesting(row[0], child, place).expect("room");
        }
        for member in told(row[6]).into_iter().flat_map(str::split_whitespace) {
            let user = member.trim_end_matches('*');
            builder.membership(row[0], user, user != member, place).expect("room");
        }
    }
    builder.finish(&mut |_, _| {}).expect("room")
}
