//! The vendors by name, what each wants to know of whoever asks, and what goes wrong with them as sentences.

use protocol::{
    Asks, Failure, FileError, IDLE_MINUTES, Incident, IncidentKind, IncidentReason, List, ListProgress, Need, Tested,
    Vendor,
};

use super::Notice;
use crate::number::grouped;
use crate::words::{self, counted, fill, key, say};

/// A system that directories are read from.
#[derive(Debug, PartialEq, Eq)]
pub struct System {
    /// Its name in addresses and messages.
    pub key: &'static str,
    /// What people call it.
    pub name: &'static str,
    /// Its drawing.
    pub href: &'static str,
}

/// A way to prove who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proof {
    /// What of it there is.
    pub kind: ProofKind,
    /// Its name.
    pub name: &'static str,
    /// The name of the part that is no secret; empty where there is none.
    pub id: &'static str,
    /// The name of the secret; empty where there is none.
    pub secret: &'static str,
    /// What is good to know.
    pub hint: &'static str,
}

/// What is sent to prove who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProofKind {
    /// An id and a secret, which are exchanged for tokens.
    Client,
    /// A key and a secret.
    Key,
    /// A token.
    Token,
    /// Nothing.
    Held,
}

/// Where a path on our own origin stands before the requests, who passes them on may add what proves who asks.
pub const HELD: Proof = Proof {
    kind: ProofKind::Held,
    name: key("The gateway's own"),
    id: "",
    secret: "",
    hint: key("The gateway adds what it holds; this tab learns nothing of it."),
};

/// All of them, in the order in which they are offered.
pub const SYSTEMS: [System; 3] = [
    System {
        key: "contensis",
        name: "Contensis",
        href: "#i-src-contensis",
    },
    System {
        key: "tulip",
        name: "Tulip",
        href: "#i-src-tulip",
    },
    System {
        key: "passbolt",
        name: "Passbolt",
        href: "#i-src-passbolt",
    },
];

/// Apart from the table: only who connects reads what follows, and fetches it with the screen for that.
impl System {
    /// What can be read from it.
    #[must_use]
    pub fn about(&self) -> &'static str {
        match self.key {
            "contensis" => say("Users, groups and nested groups."),
            "tulip" => say("Users and user groups."),
            _ => say("Users, groups and group managers."),
        }
    }

    /// How one can prove who one is.
    #[must_use]
    pub fn proofs(&self) -> &'static [Proof] {
        match self.key {
            "contensis" => {
                const {
                    &[
                        Proof {
                            kind: ProofKind::Client,
                            name: key("Client id and secret"),
                            id: key("Client id"),
                            secret: key("Shared secret"),
                            hint: key("An API client of Contensis that may view users and groups."),
                        },
                        Proof {
                            kind: ProofKind::Token,
                            name: key("Access token"),
                            id: "",
                            secret: key("Access token"),
                            hint: key("It ends after a while; then you are asked for another."),
                        },
                    ]
                }
            }
            "tulip" => {
                const {
                    &[Proof {
                        kind: ProofKind::Key,
                        name: key("API key"),
                        id: key("API key"),
                        secret: key("Secret"),
                        hint: key("A bot or API token of Tulip with the scope users:read."),
                    }]
                }
            }
            _ => {
                const {
                    &[Proof {
                        kind: ProofKind::Token,
                        name: key("Access token"),
                        id: "",
                        secret: key("Access token"),
                        hint: key(
                            "A token of Passbolt's sign-in. A gateway of the companion can sign in with an OpenPGP key instead.",
                        ),
                    }]
                }
            }
        }
    }
}

/// The system of this name.
#[must_use]
pub fn system(key: &str) -> Option<&'static System> {
    SYSTEMS.iter().find(|system| system.key == key)
}

/// The system of a vendor, by name.
#[must_use]
pub fn name(vendor: &Vendor) -> &str {
    system(&vendor.system).map_or(&vendor.system, |system| system.name)
}

/// Where a vendor is, as words.
#[must_use]
pub fn place(vendor: &Vendor) -> String {
    match vendor.base.as_str() {
        "" => say("this companion").to_owned(),
        base => base.strip_prefix("https://").unwrap_or(base).to_owned(),
    }
}

/// The address names a vendor that nobody has signed in to since the page was loaded.
#[must_use]
pub fn sign_in_needed(vendor: &Vendor) -> Notice {
    Notice {
        tone: "info",
        title: fill("{0} needs you to sign in.", &[&vendor.name]),
        text: fill(
            "Secrets are gone with the tab that they were typed into. Sign in to {0} under Connections; the address keeps your question.",
            &[&place(vendor)],
        ),
    }
}

/// Nobody asked anything for a while, so credentials were forgotten.
#[must_use]
pub fn idle() -> Notice {
    Notice {
        tone: "info",
        title: say("You were signed out.").to_owned(),
        text: fill(
            "Nothing was asked for {0} minutes, so secrets were forgotten. What was read stays open; sign in again under \
             Connections.",
            &[&IDLE_MINUTES.to_string()],
        ),
    }
}

/// The address names a system that Rollcall does not read.
#[must_use]
pub fn unknown_system(key: &str) -> Notice {
    Notice {
        tone: "warn",
        title: fill("Rollcall reads no directory of {0}.", &[key]),
        text: say(
            "The address was cut or mistyped, or is of a newer version. Open another directory under Connections.",
        )
        .to_owned(),
    }
}

/// What came of a vendor is no directory that can be held, or the code that reads it did not arrive.
#[must_use]
pub fn not_read(error: &FileError) -> Notice {
    Notice {
        tone: "danger",
        title: fill("{0} could not be read.", &[&error.name]),
        text: fill("The engine found {0}. What was open stays open.", &[&error.found]),
    }
}

/// What a list holds, in words.
#[must_use]
pub fn list(list: List) -> &'static str {
    match list {
        List::Users => say("Users"),
        List::Groups => say("Groups"),
        List::Children => say("Nested groups"),
        List::Members => say("Memberships"),
    }
}

/// Nobody is signed in, or nobody can be.
#[must_use]
pub fn signed_out(vendor: &Vendor, failure: &Failure) -> Notice {
    let told = self::failure(vendor, failure);
    match failure {
        Failure::SignIn => Notice {
            title: fill("{0} did not accept these credentials.", &[name(vendor)]),
            text: say("It answered 401 Unauthorized, or says that it does not know the client. Check what you typed, then sign \
                   in again. What was read so far is kept meanwhile.")
                .to_owned(),
            tone: "danger",
        },
        _ => Notice {
            title: fill("Nobody could be signed in to {0}.", &[&place(vendor)]),
            text: [&told.title, " ", &told.text].concat(),
            tone: "danger",
        },
    }
}

/// A reading waits for somebody to sign in, or to do so again.
#[must_use]
pub fn nobody(vendor: &Vendor) -> Notice {
    Notice {
        title: fill("Nobody is signed in to {0}.", &[&place(vendor)]),
        text: say("Sign in to go on. What was read so far is kept meanwhile.").to_owned(),
        tone: "info",
    }
}

/// A request was not answered as it should be.
#[must_use]
pub fn failure(vendor: &Vendor, failure: &Failure) -> Notice {
    let (title, text) = match failure {
        Failure::SignIn => (
            say("The server wants a new sign-in.").to_owned(),
            say("It answered 401 Unauthorized.").to_owned(),
        ),
        Failure::Forbidden => (
            say("This account may not read it.").to_owned(),
            say("The server answered 403 Forbidden. Ask for the permission to view users and groups.").to_owned(),
        ),
        Failure::Missing => (
            say("It is not there.").to_owned(),
            fill(
                "The server answered 404 Not Found. Check that {0} is {1}.",
                &[&place(vendor), name(vendor)],
            ),
        ),
        Failure::Busy {
            retry_after: Some(millis),
        } => (
            say("The server asked us to slow down.").to_owned(),
            fill(
                "It wants to be left alone for {0}\u{a0}s (429 Too Many Requests, or 503 Service Unavailable).",
                &[&grouped(millis.div_ceil(1_000))],
            ),
        ),
        Failure::Busy { retry_after: None } => (
            say("The server has too much to do.").to_owned(),
            say("It answered 429 Too Many Requests, or an error of its own (5xx).").to_owned(),
        ),
        Failure::Refused { reason } => (
            say("The server refused.").to_owned(),
            fill("It says: {0}.", &[reason.trim_end_matches('.')]),
        ),
        Failure::Unreadable { what } => (
            fill("What came is not what {0} answers.", &[name(vendor)]),
            fill(
                "About the answer: {0}. Check that the address leads to {1}.",
                &[what, name(vendor)],
            ),
        ),
        Failure::Offline => (
            fill("No answer from {0}.", &[&place(vendor)]),
            say("Check the address and your network. If it opens in a tab, the server may not allow this site (CORS); a \
             gateway of the companion passes requests on to such a server.")
                .to_owned(),
        ),
    };
    let tone = "danger";
    Notice { tone, title, text }
}

/// The server is left alone for a while.
#[must_use]
pub fn waiting(vendor: &Vendor, failure: &Failure, tries: u32, seconds: u64) -> Notice {
    let told = self::failure(vendor, failure);
    Notice {
        tone: "warn",
        title: told.title,
        text: fill(
            "{0} Trying again in {1}\u{a0}s, attempt {2}. Nothing is lost: reading goes on where it is.",
            &[&told.text, &grouped(seconds), &grouped(u64::from(tries) + 1)],
        ),
    }
}

/// The server is left alone for a while, and what was asked of it waits.
#[must_use]
pub fn waiting_to_ask(vendor: &Vendor, failure: &Failure, tries: u32, seconds: u64) -> Notice {
    let told = self::failure(vendor, failure);
    Notice {
        tone: "warn",
        title: told.title,
        text: fill(
            "Asking again in {0}\u{a0}s, attempt {1}. What is on screen stays.",
            &[&grouped(seconds), &grouped(u64::from(tries) + 1)],
        ),
    }
}

/// A vendor that is asked page by page has no answer.
#[must_use]
pub fn needs_whole(need: Need) -> Notice {
    let (title, text) = match need {
        Need::Query => (
            say("This query needs the whole directory."),
            say("The server knows no such query. Rollcall answers it from memory once everything is read."),
        ),
        Need::Order => (
            say("This order needs the whole directory."),
            say("The server knows no such order. Rollcall sorts by it once everything is read."),
        ),
        Need::Exclude => (
            say("Excluding groups needs the whole directory."),
            say("The server has no request for it. Rollcall takes them away once everything is read."),
        ),
        Need::Groups => (
            say("These groups need the whole directory."),
            say("The server cannot tell which groups are of this kind. Rollcall can once everything is read."),
        ),
        Need::Hierarchy => (
            say("The hierarchy needs the whole directory."),
            say(
                "The server tells what is in a group, but not what a group is in. Rollcall knows both once everything is read.",
            ),
        ),
        Need::Paths => (
            say("The reason needs the whole directory."),
            say(
                "The server says whether somebody is in a group, and not through which. Rollcall knows every path once \
             everything is read.",
            ),
        ),
        Need::Other => (
            say("This needs the whole directory."),
            say("No request of the server answers it. Rollcall does once everything is read."),
        ),
    };
    Notice {
        tone: "",
        title: title.to_owned(),
        text: text.to_owned(),
    }
}

/// What there is to ask, and whether the server answers it or it takes the whole directory.
#[must_use]
pub fn answers(asks: Asks) -> [(&'static str, bool); 6] {
    [
        (say("Users, groups, members and one user, a page at a time"), true),
        (say("Whether a user is in any of some groups"), true),
        (say("Filters in the query language"), asks.queries),
        (say("Other orders than the server's own"), asks.orders),
        (
            say("Members through nesting, and without those of other groups"),
            asks.nesting,
        ),
        (say("Why: paths, the hierarchy above and below, findings"), false),
    ]
}

/// What a test found.
#[must_use]
pub fn tested(tested: &Tested) -> Notice {
    let vendor = &tested.vendor;
    if let Some(refusal) = &tested.refusal {
        return signed_out(vendor, refusal);
    }
    let lost = tested.incidents.iter().find_map(|incident| match &incident.kind {
        IncidentKind::Lost(failure) => Some((incident.list, failure)),
        _ => None,
    });
    if let Some((list, failure)) = lost {
        let told = self::failure(vendor, failure);
        return Notice {
            title: fill("{0} could not be read.", &[self::list(list)]),
            text: [&told.title, " ", &told.text].concat(),
            tone: "danger",
        };
    }
    Notice {
        tone: "ok",
        title: fill("{0} answers.", &[&place(vendor)]),
        text: found(&tested.lists),
    }
}

/// `1,200 users and 825 groups. …` of first pages; a list of one group proves only that it can be read.
fn found(lists: &[ListProgress]) -> String {
    let count = |wanted: List, message| {
        let list = lists.iter().find(|list| list.list == wanted)?;
        Some(counted(message, list.total.unwrap_or(list.items)))
    };
    let counts: Vec<String> = [
        count(List::Users, key("{0} user|{0} users")),
        count(List::Groups, key("{0} group|{0} groups")),
    ]
    .into_iter()
    .flatten()
    .collect();
    fill("{0}. Every list that is needed can be read.", &[&words::list(&counts)])
}

/// Something that was not as it should be, as a sentence.
#[must_use]
pub fn incident(vendor: &Vendor, incident: &Incident) -> String {
    match &incident.kind {
        IncidentKind::Lost(failure) => {
            let told = self::failure(vendor, failure);
            [&told.title, " ", &told.text].concat()
        }
        IncidentKind::Unread => {
            say("It was not read to its end: the directory was opened with what was there. Read it again for the rest.")
                .to_owned()
        }
        IncidentKind::Repeats { page, earlier } => fill(
            "Page {0} has the items of page {1}; they count once, and others are missing.",
            &[&grouped(u64::from(page + 1)), &grouped(u64::from(earlier + 1))],
        ),
        IncidentKind::TotalChanged { from, to } => fill(
            "The total changed from {0} to {1} while it was read: the directory changed meanwhile.",
            &[&grouped(*from), &grouped(*to)],
        ),
        IncidentKind::Counted { came, total } => fill(
            "{0} came of {1} that were announced.",
            &[&grouped(*came), &grouped(*total)],
        ),
        IncidentKind::Elsewhere { link } => fill(
            "A link to the next page leads elsewhere and was not followed: {0}",
            &[link],
        ),
        IncidentKind::Circle { link } => fill("A link to the next page leads back and was not followed: {0}", &[link]),
        IncidentKind::NoId { item } => fill("An item has no id and was not used: {0}", &[item]),
        IncidentKind::Type {
            id,
            field,
            expected,
            found,
        } => fill(
            "{0} of {1} should be {2} and is {3}. The rest of it was used.",
            &[field, id, expected, found],
        ),
    }
}

/// What was not as it should be, in a few words, for a filter.
#[must_use]
pub fn reason(reason: IncidentReason) -> &'static str {
    match reason {
        IncidentReason::Lost => say("Could not be read"),
        IncidentReason::Unread => say("Not read to its end"),
        IncidentReason::Repeats => say("Came twice"),
        IncidentReason::Counted => say("Other than announced"),
        IncidentReason::Link => say("Wrong link"),
        IncidentReason::NoId => say("Without an id"),
        IncidentReason::Type => say("Not of its type"),
    }
}

/// What is incomplete about a directory that was not read whole.
#[must_use]
pub fn partial(incidents: u32) -> Notice {
    Notice {
        tone: "warn",
        title: say("This directory is partial.").to_owned(),
        text: fill(
            "Something could not be read ({0}). What was read is kept, and each count may be too low.",
            &[&counted("{0} incident|{0} incidents", u64::from(incidents))],
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vendor() -> Vendor {
        Vendor {
            system: "contensis".to_owned(),
            base: "https://cms.example.com".to_owned(),
            name: "Live".to_owned(),
        }
    }

    fn all() -> [Failure; 8] {
        [
            Failure::SignIn,
            Failure::Forbidden,
            Failure::Missing,
            Failure::Busy { retry_after: None },
            Failure::Busy { retry_after: Some(9) },
            Failure::Refused { reason: "400".into() },
            Failure::Unreadable {
                what: "it is a web page".into(),
            },
            Failure::Offline,
        ]
    }

    #[test]
    fn every_failure_has_sentences_of_its_own() {
        let told: Vec<Notice> = all().iter().map(|it| failure(&vendor(), it)).collect();
        for (place, notice) in told.iter().enumerate() {
            assert!(notice.title.ends_with('.') && notice.text.ends_with('.'), "{notice:?}");
            assert!(
                told[..place].iter().all(|other| other.title != notice.title),
                "{notice:?}"
            );
        }
    }

    #[test]
    fn a_test_says_what_came_or_what_was_lost_first() {
        let users = ListProgress {
            list: List::Users,
            items: 2,
            done: 2,
            total: Some(1_200),
            per_second: 0,
        };
        let mut found = Tested {
            vendor: vendor(),
            refusal: None,
            lists: vec![users],
            incidents: Vec::new(),
        };
        assert_eq!(
            tested(&found).text,
            "1,200 users. Every list that is needed can be read."
        );
        found.incidents.push(Incident {
            list: List::Members,
            group: None,
            kind: IncidentKind::Lost(Failure::Forbidden),
            loses: true,
        });
        assert_eq!(tested(&found).title, "Memberships could not be read.");
        found.refusal = Some(Failure::SignIn);
        assert_eq!(tested(&found).title, "Contensis did not accept these credentials.");
    }
}
