//! The examples of ZENQL.md.

use super::{directory, now};
use membership::directory::Directory;
use membership::entity::{GroupIndex, UserIndex};
use membership::query::{Query, QueryError, REFERENCE, parse_groups, parse_users};

/// The lines of all fenced blocks with this info string.
fn examples(info: &str) -> Vec<&'static str> {
    let fence = format!("```{info}");
    let mut inside = false;
    let mut lines = Vec::new();
    for line in REFERENCE.lines() {
        if inside && line != "```" {
            lines.push(line);
        }
        inside = line == fence || inside && line != "```";
    }
    assert!(!lines.is_empty(), "no examples in ```{info}");
    lines
}

type Answer = (Query, Vec<String>);

fn users(directory: &Directory, query: &str) -> Result<Answer, QueryError> {
    let query = parse_users(query)?;
    let rows = directory.select_users(&query, now())?;
    let ids = rows
        .iter()
        .map(|row| directory.user_id(UserIndex::new(row)).to_owned())
        .collect();
    Ok((query, ids))
}

fn groups(directory: &Directory, query: &str) -> Result<Answer, QueryError> {
    let query = parse_groups(query)?;
    let rows = directory.select_groups(&query, now())?;
    let ids = rows
        .iter()
        .map(|row| directory.group_id(GroupIndex::new(row)).to_owned())
        .collect();
    Ok((query, ids))
}

type Ask = fn(&Directory, &str) -> Result<Answer, QueryError>;

#[test]
fn every_example_matches_whom_it_says() {
    let directory = directory();
    let mut wrong = Vec::new();
    for (info, ask) in [("users", users as Ask), ("groups", groups as Ask)] {
        for line in examples(info) {
            let (query, expected) = line.split_once('⇒').expect("an arrow");
            let expected: Vec<&str> = expected.split_whitespace().collect();
            match ask(&directory, query) {
                Ok((_, found)) if found == expected => {}
                Ok((_, found)) => wrong.push(format!("{query}: {found:?}, not {expected:?}")),
                Err(error) => wrong.push(format!("{query}: {error}")),
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_example_is_printed_as_something_that_means_the_same() {
    let directory = directory();
    for (info, ask) in [("users", users as Ask), ("groups", groups as Ask)] {
        for line in examples(info) {
            let (query, _) = line.split_once('⇒').expect("an arrow");
            let (query, found) = ask(&directory, query).expect("a query");
            let (again, found_again) = ask(&directory, &query.to_string()).expect("a printed query");
            assert_eq!(query, again, "{query}");
            assert_eq!(found, found_again, "{query}");
        }
    }
}

#[test]
fn every_error_points_and_speaks_as_it_says() {
    let directory = directory();
    let mut wrong = Vec::new();
    for (info, ask) in [("users errors", users as Ask), ("groups errors", groups as Ask)] {
        for lines in examples(info).chunks(2) {
            let [query, pointed] = lines else {
                panic!("a query and its error")
            };
            let position = pointed.chars().take_while(|c| *c == ' ').count();
            let (carets, message) = pointed.trim_start().split_once(' ').expect("a message");
            let Err(error) = ask(&directory, query) else {
                wrong.push(format!("{query}: no error"));
                continue;
            };
            let length = if position == query.chars().count() {
                0
            } else {
                carets.len()
            };
            let found = (error.position as usize, error.length as usize, error.message());
            if found != (position, length, message.to_owned()) {
                wrong.push(format!(
                    "{query}\n{}{} {}",
                    " ".repeat(found.0),
                    "^".repeat(found.1),
                    found.2
                ));
            }
            assert!(!error.expected.is_empty(), "{query}: {error:?}");
            let at: String = query.chars().skip(found.0).take(found.1).collect();
            if found.1 > 0 && !matches!(error.found.as_str(), "Night") {
                assert_eq!(at, error.found, "{query}");
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
