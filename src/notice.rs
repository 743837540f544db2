//! The one place where errors become sentences.

pub mod managers;
pub mod request;
pub mod vendor;
pub mod verify;

pub use vendor::{not_read, sign_in_needed, system, unknown_system};

use protocol::{Entity, FileError, KeepFailure, Problem, UnusedFact, UnusedReason};

use crate::number::{bytes, grouped};

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
        title: "The engine stopped and was started again.".to_owned(),
        text: format!("Rollcall reads {name} again, then asks your last question again."),
    }
}

/// The worker died while it read a directory, and again when it tried once more.
#[must_use]
pub fn given_up(name: &str) -> Notice {
    Notice {
        tone: "danger",
        title: format!("{name} could not be read."),
        text: "The engine stopped twice while reading it, which happens when this tab runs out of memory. \
               Open a smaller directory, or close other tabs and try again."
            .to_owned(),
    }
}

/// The worker never started.
#[must_use]
pub fn dead(reason: &str) -> Notice {
    let reason = if reason.is_empty() {
        "its file did not arrive"
    } else {
        reason
    };
    Notice {
        tone: "danger",
        title: "The engine could not be started.".to_owned(),
        text: format!("The browser says: {reason}. Check the network, then load the page again."),
    }
}

/// A part of the console was to be fetched, and did not arrive.
#[must_use]
pub fn chunk_missing() -> Notice {
    Notice {
        tone: "warn",
        title: "This part of the console did not arrive.".to_owned(),
        text: "The network may be down. If trying again does not help, Rollcall was updated meanwhile: load the page \
               again, which keeps your question."
            .to_owned(),
    }
}

/// A file that the address names cannot be read without the person.
#[must_use]
pub fn file_needed(name: &str) -> Notice {
    Notice {
        tone: "info",
        title: format!("{name} has to be opened again."),
        text: "A page may not read a file by itself after it was reloaded. The address keeps your question.".to_owned(),
    }
}

/// What is kept of a directory could not be opened, for a reason in the engine's words; `then` says what was done instead.
#[must_use]
pub fn not_opened(name: &str, reason: &str, then: &str) -> Notice {
    Notice {
        tone: "warn",
        title: format!("What is kept of {name} on this device could not be opened."),
        text: [&sentence(reason), " ", then, " It can be forgotten under Connections."].concat(),
    }
}

/// The open directory could not be kept.
#[must_use]
pub fn not_kept(failure: &KeepFailure) -> Notice {
    Notice {
        tone: "danger",
        title: "It is not kept on this device.".to_owned(),
        text: keep_failure(failure) + " What was kept before is as it was.",
    }
}

/// Something that is kept could not be forgotten.
#[must_use]
pub fn not_forgotten(failure: &KeepFailure) -> Notice {
    Notice {
        tone: "danger",
        title: "It was not forgotten.".to_owned(),
        text: keep_failure(failure),
    }
}

fn keep_failure(failure: &KeepFailure) -> String {
    match failure {
        KeepFailure::Refused => {
            "This browser gives the page no storage, as in a private window or where site data is blocked.".to_owned()
        }
        KeepFailure::Full { needed, free } => {
            let free = free.map(|free| [", and has room for ", &bytes(free)].concat());
            let needed = ["It takes ", &bytes(*needed)].concat();
            let says = [
                "The browser has no room for it. ",
                &needed,
                &free.unwrap_or_default(),
                ".",
            ]
            .concat();
            says + " Forget something else that is kept, or free the disk."
        }
        KeepFailure::Busy => "Another tab is keeping it at this moment. Stop it there, or wait for its end.".to_owned(),
        KeepFailure::Changed => "Another directory was opened meanwhile.".to_owned(),
        KeepFailure::NotFetched => "A part of the engine did not arrive. Check the network, then try again.".to_owned(),
        KeepFailure::Other { reason } => ["The browser says: ", reason.trim_end_matches('.'), "."].concat(),
    }
}

/// A file was refused.
#[must_use]
pub fn refused(error: &FileError) -> Notice {
    let what = if error.is_json {
        "is not a directory file."
    } else {
        "is not JSON."
    };
    Notice {
        tone: "danger",
        title: format!("{} {what}", error.name),
        text: format!(
            "Line {}, column {}: expected {}, found {}. Nothing was read, and the open directory stays as it is.",
            grouped(error.line),
            grouped(error.column),
            error.expected,
            error.found
        ),
    }
}

/// What is wrong with a question.
#[must_use]
pub fn problem(problem: &Problem) -> String {
    match problem {
        Problem::Query(query) => sentence(&query.message),
        Problem::Unknown { entity, identifier } => {
            let noun = match entity {
                Entity::User => "user",
                Entity::Group => "group",
            };
            format!("No {noun} has the identifier {identifier}.")
        }
        Problem::NotOpen => "No directory is open.".to_owned(),
        Problem::NotFetched => {
            "A part of the engine did not arrive. Check the network, then read the source again.".to_owned()
        }
        Problem::NotRead => "Rollcall was updated meanwhile. Load the page again.".to_owned(),
        // Whoever shows these at length names the vendor: see `vendor::failure`.
        Problem::Vendor(_) => "The server did not answer as it should.".to_owned(),
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
        UnusedReason::UnknownUser => format!("No user has the id {id}."),
        UnusedReason::UnknownGroup => format!("No group has the id {id}."),
        UnusedReason::Twice if fact.before > 0 => {
            format!("Said before, in line {}. It counts once.", grouped(fact.before))
        }
        UnusedReason::Twice => "Said before. It counts once.".to_owned(),
        UnusedReason::NoId => "It has no id.".to_owned(),
        UnusedReason::SameId if fact.before > 0 => {
            format!(
                "Its id stands in line {} already. The first one stays.",
                grouped(fact.before)
            )
        }
        UnusedReason::SameId => "Its id was told before. The first one stays.".to_owned(),
        UnusedReason::NotAMember => "A manager has to be a member of the group.".to_owned(),
        UnusedReason::InItself => "A group cannot be nested in itself.".to_owned(),
        UnusedReason::Value => sentence(id),
    }
}

/// A reason in two words, for a filter.
#[must_use]
pub const fn reason(reason: UnusedReason) -> &'static str {
    match reason {
        UnusedReason::UnknownUser => "Unknown user",
        UnusedReason::UnknownGroup => "Unknown group",
        UnusedReason::Twice => "Said twice",
        UnusedReason::NoId => "Without an id",
        UnusedReason::SameId => "Same id",
        UnusedReason::NotAMember => "Not a member",
        UnusedReason::InItself => "Nested in itself",
        UnusedReason::Value => "Not a value",
    }
}

/// A status of a membership check: its code with its words, and what it means.
#[must_use]
pub const fn check_status(status: u16) -> (&'static str, &'static str) {
    match status {
        200 => (self::status(200), "a list of those that the user is in"),
        204 => (self::status(204), "in at least one of them"),
        _ => (self::status(404), "in none of them"),
    }
}

/// A status of an answer with its words.
#[must_use]
pub const fn status(status: u16) -> &'static str {
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
            2 => "2xx Success",
            0 | 3 => "3xx Sent elsewhere",
            4 => "4xx Refused",
            _ => "5xx Failed",
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
