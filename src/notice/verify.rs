//! What a verification found, as sentences.

use protocol::{CrossCheck, DifferenceKind, LeftOut, SentRequest, Subject, Vendor, Verification, Verifying};

use super::{Notice, vendor};
use crate::number::{clock, grouped};
use crate::words::{counted, counted_with, fill, key, say};

/// How much is done, in percent.
#[must_use]
pub fn percent(verification: &Verification) -> u32 {
    let of = verification.of_pages.unwrap_or_default();
    let part = (u64::from(verification.pages) * 100)
        .checked_div(u64::from(of))
        .unwrap_or_default();
    part.min(100) as u32
}

/// `2,000 of 10,000 rows, 2 of 10 pages.`
#[must_use]
pub fn progress(verification: &Verification) -> String {
    let of = |so_far: u64, total: Option<u64>, of: &'static str, yet: &'static str| match total {
        Some(total) => counted_with(of, total, &[&grouped(so_far)]),
        None => counted(yet, so_far),
    };
    let pages = of(
        verification.pages.into(),
        verification.of_pages.map(u64::from),
        key("{1} of {0} page|{1} of {0} pages"),
        key("{0} page so far|{0} pages so far"),
    );
    if verification.rows == 0 && verification.total.is_none() {
        return pages + ".";
    }
    let rows = of(
        verification.rows,
        verification.total,
        key("{1} of {0} row|{1} of {0} rows"),
        key("{0} row so far|{0} rows so far"),
    );
    [&rows, ", ", &pages, "."].concat()
}

/// What is said to who does not see the screen: each tenth while it asks, nothing where a notice speaks for itself.
#[must_use]
pub fn told(verification: &Verification) -> String {
    match &verification.standing {
        Verifying::Asks => fill(
            "Asking the server, {0}% done.",
            &[&(percent(verification) / 10 * 10).to_string()],
        ),
        Verifying::Compared(found) if found.agrees() => say("The server agrees.").to_owned(),
        Verifying::Stopped => say("Stopped.").to_owned(),
        _ => String::new(),
    }
}

const fn is_users(subject: &Subject) -> bool {
    matches!(subject, Subject::Users(_))
}

/// What came of it, in one line.
#[must_use]
pub fn outcome(standing: &Verifying, subject: &Subject) -> String {
    match standing {
        Verifying::Compared(found) if found.agrees() => match subject {
            Subject::Check(_) => say("The server agrees").to_owned(),
            Subject::Users(_) => counted(
                "Matches the server: {0} user|Matches the server: {0} users",
                found.there.into(),
            ),
            Subject::User(_) => counted(
                "Matches the server: {0} group|Matches the server: {0} groups",
                found.there.into(),
            ),
        },
        Verifying::Compared(found) if !found.is_whole => say("The server\u{2019}s answer is not whole").to_owned(),
        Verifying::Compared(_) => say("The server says otherwise").to_owned(),
        Verifying::Stopped => say("Stopped before the end").to_owned(),
        _ => say("Not verified").to_owned(),
    }
}

/// `10 pages with 10 requests in 812 ms, at 14:36:20.`
#[must_use]
pub fn took(verification: &Verification) -> String {
    if verification.requests == 0 {
        return String::new();
    }
    let requests = verification.requests.into();
    let took = grouped(verification.millis.into());
    let at = clock(verification.began as f64);
    match verification.rows {
        0 => counted_with(
            "{0} request in {1} ms, at {2}.|{0} requests in {1} ms, at {2}.",
            requests,
            &[&took, &at],
        ),
        rows => counted_with(
            "{3} with {0} request in {1} ms, at {2}.|{3} with {0} requests in {1} ms, at {2}.",
            requests,
            &[&took, &at, &counted("{0} row|{0} rows", rows)],
        ),
    }
}

/// What there is to say of the order of rows that are the same.
#[must_use]
pub fn order(found: &CrossCheck) -> String {
    match found.order_from {
        Some(row) => fill(
            "The order differs from row {0} on: the server sorts some text in its own way, or a value changed.",
            &[&grouped(row.into())],
        ),
        None if found.is_ordered && found.there > 1 => say("In the same order, too.").to_owned(),
        None => String::new(),
    }
}

/// The rows are not the same. `read_at` is when ours were read.
#[must_use]
pub fn differs(found: &CrossCheck, subject: &Subject, read_at: &str, is_partial: bool) -> Notice {
    let title = match (subject, found.verdict) {
        (Subject::Check(_), Some((here, there))) if here != there => match there {
            true => say("The server says yes, Rollcall says no.").to_owned(),
            false => say("The server says no, Rollcall says yes.").to_owned(),
        },
        (Subject::Check(_), _) => say("Both say the same of all groups together, but not of each.").to_owned(),
        _ if found.here != found.there => fill(
            "The server says {0}, Rollcall says {1}.",
            &[&grouped(found.there.into()), &grouped(found.here.into())],
        ),
        _ if found.only_here + found.only_there == 0 && found.otherwise > 0 => {
            say("The same users, but not the same managers.").to_owned()
        }
        _ if is_users(subject) => counted(
            "Both say {0} user, but not the same one.|Both say {0} users, but not the same ones.",
            found.here.into(),
        ),
        _ => counted(
            "Both say {0} group, but not the same one.|Both say {0} groups, but not the same ones.",
            found.here.into(),
        ),
    };
    let mut text = Vec::new();
    if !found.is_whole {
        text.push(
            say("A part of the server\u{2019}s answer did not come, so nothing is called missing there.").to_owned(),
        );
    }
    if !matches!(subject, Subject::Check(_)) {
        let (there, here) = match is_users(subject) {
            true => (
                key("{0} user is only on the server.|{0} users are only on the server."),
                key("{0} user is only here.|{0} users are only here."),
            ),
            false => (
                key("{0} group is only on the server.|{0} groups are only on the server."),
                key("{0} group is only here.|{0} groups are only here."),
            ),
        };
        let only = |message, count: u32| (count > 0).then(|| counted(message, count.into()));
        text.extend(only(there, found.only_there));
        text.extend(only(here, found.only_here));
    }
    if found.otherwise > 0 {
        text.push(counted(
            "Of {0} user the server says otherwise who manages.|Of {0} users the server says otherwise who manages.",
            found.otherwise.into(),
        ));
    }
    if found.repeated > 0 {
        text.push(counted(
            "{0} row came twice.|{0} rows came twice.",
            found.repeated.into(),
        ));
    }
    text.push(fill("Rollcall read the directory at {0}.", &[read_at]));
    if is_partial {
        text.push(say("It is partial: what only the server has may be what could not be read.").to_owned());
    }
    Notice {
        tone: "warn",
        title,
        text: text.join(" "),
    }
}

/// Why nothing was compared; none where a person stopped it.
#[must_use]
pub fn failed(standing: &Verifying, of: Option<&Vendor>) -> Option<Notice> {
    let place = of.map(vendor::place).unwrap_or_default();
    match standing {
        Verifying::NoServer => Some(Notice {
            tone: "info",
            title: say("There is no server to verify with.").to_owned(),
            text: say("The directory that is open was not read from a vendor.").to_owned(),
        }),
        Verifying::NobodySignedIn => Some(Notice {
            tone: "warn",
            title: say("Nobody is signed in.").to_owned(),
            text: fill(
                "Sign in to {0} under Connections, then verify again. What was read stays.",
                &[&place],
            ),
        }),
        Verifying::SignedOut(failure) | Verifying::Failed(failure) => of.map(|of| vendor::failure(of, failure)),
        _ => None,
    }
}

/// A part of the question that the vendor could not be asked.
#[must_use]
pub fn left_out(part: LeftOut, of: Option<&Vendor>) -> String {
    let name = of.map_or(say("The server"), vendor::name);
    match part {
        LeftOut::Nesting => fill(
            "{0} knows no nested groups, so direct membership was compared.",
            &[name],
        ),
        LeftOut::Exclusion => fill(
            "{0} cannot leave groups out, so the members of all were compared.",
            &[name],
        ),
        LeftOut::Query => fill("{0} knows no filter, so it was left out on both sides.", &[name]),
        LeftOut::OwnQuery => {
            say("The filter speaks of membership, which only Rollcall answers, so it was left out on both sides.")
                .to_owned()
        }
        LeftOut::Search => fill(
            "{0} does not search like Rollcall, so the search was left out on both sides.",
            &[name],
        ),
        LeftOut::Order => fill("{0} takes no such order, so only the rows were compared.", &[name]),
    }
}

/// How a row differs.
#[must_use]
pub fn difference(kind: DifferenceKind, is_check: bool) -> &'static str {
    match (kind, is_check) {
        (DifferenceKind::OnlyThere, false) => say("Only on the server"),
        (DifferenceKind::OnlyHere, false) => say("Only here"),
        (DifferenceKind::OnlyThere, true) => say("The server says yes, Rollcall no"),
        (DifferenceKind::OnlyHere, true) => say("The server says no, Rollcall yes"),
        (DifferenceKind::ManagerHere, _) => say("Manager here, not on the server"),
        (DifferenceKind::ManagerThere, _) => say("Manager on the server, not here"),
    }
}

/// How long an answer took, and how large it was.
#[must_use]
pub fn size(sent: &SentRequest) -> String {
    let took = grouped(sent.millis.into()) + " ms";
    match sent.bytes {
        0 => took,
        size => took + ", " + &crate::number::bytes(size),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(here: u32, there: u32, only_here: u32, only_there: u32) -> CrossCheck {
        CrossCheck {
            here,
            there,
            only_here,
            only_there,
            is_whole: true,
            ..CrossCheck::default()
        }
    }

    #[test]
    fn a_difference_is_counted_in_words() {
        let of = Subject::Users(protocol::UsersQuestion::default());
        let told = |found: &CrossCheck| {
            let notice = differs(found, &of, "14:32:08", false);
            (notice.title, notice.text)
        };
        let (title, text) = told(&found(1_204, 1_206, 0, 2));
        assert_eq!(title, "The server says 1,206, Rollcall says 1,204.");
        assert_eq!(
            text,
            "2 users are only on the server. Rollcall read the directory at 14:32:08."
        );
        let (title, text) = told(&found(5, 5, 1, 1));
        assert_eq!(title, "Both say 5 users, but not the same ones.");
        assert!(
            text.starts_with("1 user is only on the server. 1 user is only here."),
            "{text}"
        );
    }

    #[test]
    fn agreement_says_how_many() {
        let of = Subject::Users(protocol::UsersQuestion::default());
        let standing = Verifying::Compared(found(10_000, 10_000, 0, 0));
        assert_eq!(outcome(&standing, &of), "Matches the server: 10,000 users");
    }
}
