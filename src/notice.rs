//! The one place where errors become sentences.

pub mod managers;
pub mod request;
pub mod vendor;
pub mod verify;

pub use vendor::{idle, not_read, sign_in_needed, system, unknown_system};

use protocol::{Entity, FileError, KeepFailure, Problem, UnusedFact, UnusedReason};

use crate::number::{bytes, grouped};
use crate::words::{self, fill, key, say};

/// A message for the person: what happened, then what is kept or can be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// The tone, as stylesheets name it: `info`, `ok`, `warn` or `danger`.
    pub tone: &'static str,
    /// What happened, in one sentence.
    pub title: String,
    /// What is kept, what can be done; may be empty.
    pub text: String,
}

/// The worker died and was started again.
#[must_use]
pub fn restarted(name: &str) -> Notice {
    Notice {
        tone: "warn",
        title: say("The engine stopped and was started again.").to_owned(),
        text: fill("Rollcall reads {0} again, then asks your last question again.", &[name]),
    }
}

/// The worker died while it read a directory, and again when it tried once more.
#[must_use]
pub fn given_up(name: &str) -> Notice {
    Notice {
        tone: "danger",
        title: fill("{0} could not be read.", &[name]),
        text: say(
            "The engine stopped twice while reading it, which happens when this tab runs out of memory. \
               Open a smaller directory, or close other tabs and try again.",
        )
        .to_owned(),
    }
}

/// The worker never started.
#[must_use]
pub fn dead(reason: &str) -> Notice {
    let reason = match reason {
        "" => say("its file did not arrive").to_owned(),
        reason => words::of_engine(reason),
    };
    Notice {
        tone: "danger",
        title: say("The engine could not be started.").to_owned(),
        text: fill(
            "The browser says: {0}. Check the network, then load the page again.",
            &[&reason],
        ),
    }
}

/// A part of the console was to be fetched, and did not arrive.
#[must_use]
pub fn chunk_missing() -> Notice {
    Notice {
        tone: "warn",
        title: say("This part of the console did not arrive.").to_owned(),
        text: say(
            "The network may be down. If trying again does not help, Rollcall was updated meanwhile: load the page \
               again, which keeps your question.",
        )
        .to_owned(),
    }
}

/// A file that the address names cannot be read without the person.
#[must_use]
pub fn file_needed(name: &str) -> Notice {
    Notice {
        tone: "info",
        title: fill("{0} has to be opened again.", &[name]),
        text: say("A page may not read a file by itself after it was reloaded. The address keeps your question.")
            .to_owned(),
    }
}

/// What is kept of a directory could not be opened, for a reason in the engine's words; `then` says what was done instead.
#[must_use]
pub fn not_opened(name: &str, reason: &str, then: &str) -> Notice {
    Notice {
        tone: "warn",
        title: fill("What is kept of {0} on this device could not be opened.", &[name]),
        text: fill(
            "{0} {1} It can be forgotten under Connections.",
            &[&sentence(&words::of_engine(reason)), then],
        ),
    }
}

/// The open directory could not be kept.
#[must_use]
pub fn not_kept(failure: &KeepFailure) -> Notice {
    Notice {
        tone: "danger",
        title: say("It is not kept on this device.").to_owned(),
        text: [&keep_failure(failure), " ", say("What was kept before is as it was.")].concat(),
    }
}

/// Something that is kept could not be forgotten.
#[must_use]
pub fn not_forgotten(failure: &KeepFailure) -> Notice {
    Notice {
        tone: "danger",
        title: say("It was not forgotten.").to_owned(),
        text: keep_failure(failure),
    }
}

fn keep_failure(failure: &KeepFailure) -> String {
    match failure {
        KeepFailure::Refused => {
            say("This browser gives the page no storage, as in a private window or where site data is blocked.")
                .to_owned()
        }
        KeepFailure::Full { needed, free } => {
            let needed = bytes(*needed);
            match free {
                Some(free) => fill(
                    "The browser has no room for it. It takes {0}, and has room for {1}. Forget something else that is \
                     kept, or free the disk.",
                    &[&needed, &bytes(*free)],
                ),
                None => fill(
                    "The browser has no room for it. It takes {0}. Forget something else that is kept, or free the disk.",
                    &[&needed],
                ),
            }
        }
        KeepFailure::Busy => {
            say("Another tab is keeping it at this moment. Stop it there, or wait for its end.").to_owned()
        }
        KeepFailure::Changed => say("Another directory was opened meanwhile.").to_owned(),
        KeepFailure::NotFetched => {
            say("A part of the engine did not arrive. Check the network, then try again.").to_owned()
        }
        KeepFailure::Other { reason } => fill("The browser says: {0}.", &[reason.trim_end_matches('.')]),
    }
}

/// A file was refused.
#[must_use]
pub fn refused(error: &FileError) -> Notice {
    let title = if error.is_json {
        key("{0} is not a directory file.")
    } else {
        key("{0} is not JSON.")
    };
    Notice {
        tone: "danger",
        title: fill(title, &[&error.name]),
        text: fill(
            "Line {0}, column {1}: expected {2}, found {3}. Nothing was read, and the open directory stays as it is.",
            &[
                &grouped(error.line),
                &grouped(error.column),
                &words::of_engine(&error.expected),
                &words::of_engine(&error.found),
            ],
        ),
    }
}

/// What is wrong with a question.
#[must_use]
pub fn problem(problem: &Problem) -> String {
    match problem {
        Problem::Query(query) => sentence(&words::of_engine(&query.message)),
        Problem::Unknown { entity, identifier } => {
            let message = match entity {
                Entity::User => key("No user has the identifier {0}."),
                Entity::Group => key("No group has the identifier {0}."),
            };
            fill(message, &[identifier])
        }
        Problem::NotOpen => say("No directory is open.").to_owned(),
        Problem::NotFetched => {
            say("A part of the engine did not arrive. Check the network, then read the source again.").to_owned()
        }
        Problem::NotRead => say("Rollcall was updated meanwhile. Load the page again.").to_owned(),
        // Whoever shows these at length names the vendor: see `vendor::failure`.
        Problem::Vendor(_) => say("The server did not answer as it should.").to_owned(),
        Problem::NeedsWhole(need) => vendor::needs_whole(*need).title,
    }
}

/// A one-line message as a sentence: a capital at its start, a full stop at its end.
fn sentence(message: &str) -> String {
    let mut text = String::with_capacity(message.len() + 1);
    let mut letters = message.chars();
    text.extend(letters.next().map(|first| first.to_ascii_uppercase()));
    text.push_str(letters.as_str());
    if !text.ends_with(['.', '?']) {
        text.push('.');
    }
    text
}

/// Why a fact was not used, as a sentence.
#[must_use]
pub fn unused(fact: &UnusedFact) -> String {
    let id = &fact.id;
    match fact.reason {
        UnusedReason::UnknownUser => fill("No user has the id {0}.", &[id]),
        UnusedReason::UnknownGroup => fill("No group has the id {0}.", &[id]),
        UnusedReason::Twice if fact.before > 0 => {
            fill("Said before, in line {0}. It counts once.", &[&grouped(fact.before)])
        }
        UnusedReason::Twice => say("Said before. It counts once.").to_owned(),
        UnusedReason::NoId => say("It has no id.").to_owned(),
        UnusedReason::SameId if fact.before > 0 => fill(
            "Its id stands in line {0} already. The first one stays.",
            &[&grouped(fact.before)],
        ),
        UnusedReason::SameId => say("Its id was told before. The first one stays.").to_owned(),
        UnusedReason::NotAMember => say("A manager has to be a member of the group.").to_owned(),
        UnusedReason::InItself => say("A group cannot be nested in itself.").to_owned(),
        UnusedReason::Value => sentence(&words::of_engine(id)),
    }
}

/// A reason in two words, for a filter.
#[must_use]
pub fn reason(reason: UnusedReason) -> &'static str {
    match reason {
        UnusedReason::UnknownUser => say("Unknown user"),
        UnusedReason::UnknownGroup => say("Unknown group"),
        UnusedReason::Twice => say("Said twice"),
        UnusedReason::NoId => say("Without an id"),
        UnusedReason::SameId => say("Same id"),
        UnusedReason::NotAMember => say("Not a member"),
        UnusedReason::InItself => say("Nested in itself"),
        UnusedReason::Value => say("Not a value"),
    }
}

/// A status of a membership check: its code with its words, and what it means.
#[must_use]
pub fn check_status(status: u16) -> (&'static str, &'static str) {
    match status {
        200 => (self::status(200), say("a list of those that the user is in")),
        204 => (self::status(204), say("in at least one of them")),
        _ => (self::status(404), say("in none of them")),
    }
}

/// A status of an answer with its words.
#[must_use]
pub fn status(status: u16) -> &'static str {
    match status {
        200 => "200 OK",
        204 => "204 No Content",
        400 => "400 Bad Request",
        401 => "401 Unauthorized",
        403 => "403 Forbidden",
        404 => "404 Not Found",
        405 => "405 Method Not Allowed",
        429 => "429 Too Many Requests",
        500 => "500 Internal Server Error",
        502 => "502 Bad Gateway",
        503 => "503 Service Unavailable",
        504 => "504 Gateway Timeout",
        _ => match status / 100 {
            2 => say("2xx Success"),
            0 | 3 => say("3xx Sent elsewhere"),
            4 => say("4xx Refused"),
            _ => say("5xx Failed"),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_becomes_a_sentence() {
        assert_eq!(
            sentence("unknown field `x`; did you mean `y`?"),
            "Unknown field `x`; did you mean `y`?"
        );
        assert_eq!(sentence("expected a value"), "Expected a value.");
        assert_eq!(sentence(""), ".");
    }

    #[test]
    fn a_reason_needs_no_more_than_the_fact_has() {
        let fact = |reason, before| UnusedFact {
            line: 25,
            says: String::new(),
            reason,
            id: String::new(),
            before,
        };
        let same = unused(&fact(UnusedReason::SameId, 18));
        assert_eq!(same, "Its id stands in line 18 already. The first one stays.");
        let manager = unused(&fact(UnusedReason::NotAMember, 0));
        assert_eq!(manager, "A manager has to be a member of the group.");
    }

    #[test]
    fn a_refusal_says_where_and_what_stays() {
        let error = FileError {
            name: "staff.json".into(),
            is_json: false,
            line: 1_218,
            column: 5,
            expected: "a comma or a closing brace".into(),
            found: "the start of a string".into(),
            excerpt: Vec::new(),
        };
        let notice = refused(&error);
        assert_eq!(notice.title, "staff.json is not JSON.");
        assert!(
            notice
                .text
                .starts_with("Line 1,218, column 5: expected a comma or a closing brace, found")
        );
    }
}
