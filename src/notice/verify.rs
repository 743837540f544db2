//! What a verification found, as sentences.

use protocol::{CrossCheck, DifferenceKind, LeftOut, SentRequest, Subject, Vendor, Verification, Verifying};

use super::{Notice, vendor};
use crate::number::{clock, counted, grouped};

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
    let of = |so_far: u64, total: Option<u64>, noun: &str| match total {
        Some(total) => [&grouped(so_far), " of ", &counted(total, noun)].concat(),
        None => counted(so_far, noun) + " so far",
    };
    let pages = of(verification.pages.into(), verification.of_pages.map(u64::from), "page");
    if verification.rows == 0 && verification.total.is_none() {
        return pages + ".";
    }
    [&of(verification.rows, verification.total, "row"), ", ", &pages, "."].concat()
}

/// What is said to who does not see the screen: each tenth while it asks, nothing where a notice speaks for itself.
#[must_use]
pub fn told(verification: &Verification) -> String {
    match &verification.standing {
        Verifying::Asks => format!("Asking the server, {}% done.", percent(verification) / 10 * 10),
        Verifying::Compared(found) if found.agrees() => "The server agrees.".to_owned(),
        Verifying::Stopped => "Stopped.".to_owned(),
        _ => String::new(),
    }
}

const fn noun(subject: &Subject) -> &'static str {
    match subject {
        Subject::Users(_) => "user",
        Subject::User(_) | Subject::Check(_) => "group",
    }
}

/// What came of it, in one line.
#[must_use]
pub fn outcome(standing: &Verifying, subject: &Subject) -> String {
    match standing {
        Verifying::Compared(found) if found.agrees() => match subject {
            Subject::Check(_) => "The server agrees".to_owned(),
            _ => "Matches the server: ".to_owned() + &counted(found.there.into(), noun(subject)),
        },
        Verifying::Compared(found) if !found.is_whole => "The server\u{2019}s answer is not whole".to_owned(),
        Verifying::Compared(_) => "The server says otherwise".to_owned(),
        Verifying::Stopped => "Stopped before the end".to_owned(),
        _ => "Not verified".to_owned(),
    }
}

/// `10 pages with 10 requests in 812 ms, at 14:36:20.`
#[must_use]
pub fn took(verification: &Verification) -> String {
    if verification.requests == 0 {
        return String::new();
    }
    let requests = counted(verification.requests.into(), "request");
    let rows = match verification.rows {
        0 => String::new(),
        rows => counted(rows, "row") + " with ",
    };
    let at = clock(verification.began as f64);
    [
        &rows,
        &requests,
        " in ",
        &grouped(verification.millis.into()),
        " ms, at ",
        &at,
        ".",
    ]
    .concat()
}

/// What there is to say of the order of rows that are the same.
#[must_use]
pub fn order(found: &CrossCheck) -> String {
    match found.order_from {
        Some(row) => format!(
            "The order differs from row {} on: the server sorts some text in its own way, or a value changed.",
            grouped(row.into())
        ),
        None if found.is_ordered && found.there > 1 => "In the same order, too.".to_owned(),
        None => String::new(),
    }
}

/// The rows are not the same. `read_at` is when ours were read.
#[must_use]
pub fn differs(found: &CrossCheck, subject: &Subject, read_at: &str, is_partial: bool) -> Notice {
    let noun = noun(subject);
    let title = match (subject, found.verdict) {
        (Subject::Check(_), Some((here, there))) if here != there => {
            let say = |yes: bool| if yes { "yes" } else { "no" };
            format!("The server says {}, Rollcall says {}.", say(there), say(here))
        }
        (Subject::Check(_), _) => "Both say the same of all groups together, but not of each.".to_owned(),
        _ if found.here != found.there => format!(
            "The server says {}, Rollcall says {}.",
            grouped(found.there.into()),
            grouped(found.here.into())
        ),
        _ if found.only_here + found.only_there == 0 && found.otherwise > 0 => {
            "The same users, but not the same managers.".to_owned()
        }
        _ => format!("Both say {}, but not the same ones.", counted(found.here.into(), noun)),
    };
    let mut text = Vec::new();
    if !found.is_whole {
        text.push("A part of the server\u{2019}s answer did not come, so nothing is called missing there.".to_owned());
    }
    if !matches!(subject, Subject::Check(_)) {
        let only = |count: u32, place: &str| match count {
            0 => None,
            1 => Some(format!("1 {noun} is only {place}.")),
            _ => Some(format!("{} are only {place}.", counted(count.into(), noun))),
        };
        text.extend(only(found.only_there, "on the server"));
        text.extend(only(found.only_here, "here"));
    }
    if found.otherwise > 0 {
        text.push(format!(
            "Of {} the server says otherwise who manages.",
            counted(found.otherwise.into(), noun)
        ));
    }
    if found.repeated > 0 {
        text.push(format!("{} came twice.", counted(found.repeated.into(), "row")));
    }
    text.push(format!("Rollcall read the directory at {read_at}."));
    if is_partial {
        text.push("It is partial: what only the server has may be what could not be read.".to_owned());
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
            title: "There is no server to verify with.".to_owned(),
            text: "The directory that is open was not read from a vendor.".to_owned(),
        }),
        Verifying::NobodySignedIn => Some(Notice {
            tone: "warn",
            title: "Nobody is signed in.".to_owned(),
            text: format!("Sign in to {place} under Connections, then verify again. What was read stays."),
        }),
        Verifying::SignedOut(failure) | Verifying::Failed(failure) => of.map(|of| vendor::failure(of, failure)),
        _ => None,
    }
}

/// A part of the question that the vendor could not be asked.
#[must_use]
pub fn left_out(part: LeftOut, of: Option<&Vendor>) -> String {
    let name = of.map_or("The server", vendor::name);
    match part {
        LeftOut::Nesting => format!("{name} knows no nested groups, so direct membership was compared."),
        LeftOut::Exclusion => format!("{name} cannot leave groups out, so the members of all were compared."),
        LeftOut::Query => format!("{name} knows no filter, so it was left out on both sides."),
        LeftOut::OwnQuery => {
            "The filter speaks of membership, which only Rollcall answers, so it was left out on both sides.".to_owned()
        }
        LeftOut::Search => format!("{name} does not search like Rollcall, so the search was left out on both sides."),
        LeftOut::Order => format!("{name} takes no such order, so only the rows were compared."),
    }
}

/// How a row differs.
#[must_use]
pub const fn difference(kind: DifferenceKind, is_check: bool) -> &'static str {
    match (kind, is_check) {
        (DifferenceKind::OnlyThere, false) => "Only on the server",
        (DifferenceKind::OnlyHere, false) => "Only here",
        (DifferenceKind::OnlyThere, true) => "The server says yes, Rollcall no",
        (DifferenceKind::OnlyHere, true) => "The server says no, Rollcall yes",
        (DifferenceKind::ManagerHere, _) => "Manager here, not on the server",
        (DifferenceKind::ManagerThere, _) => "Manager on the server, not here",
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
