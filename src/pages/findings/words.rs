//! What each kind of finding is called, what it means, why it matters and what to do.

use crate::words::{key, say};
use protocol::FindingKind;

/// The words for a kind.
#[derive(Clone, Copy)]
pub struct Words {
    /// What it is called.
    pub title: &'static str,
    /// So many of them, as a message about a number.
    pub noun: &'static str,
    /// What it means.
    pub body: &'static str,
    /// Why it matters.
    pub why: &'static str,
    /// What to do.
    pub todo: &'static str,
}

/// The words for a kind.
#[must_use]
pub fn words(kind: FindingKind) -> Words {
    match kind {
        FindingKind::Cycle => Words {
            title: say("Cycle in nested groups"),
            noun: key("{0} cycle|{0} cycles"),
            body: say("A group contains itself through other groups."),
            why: say(
                "Adding someone to one of these groups adds them to all of them, and a review cannot say which group \
                  granted what.",
            ),
            todo: say(
                "Take one group out of another, so that the loop ends: each cycle names the nesting that takes the \
                   least away.",
            ),
        },
        FindingKind::SuspendedAdministrator => Words {
            title: say("Suspended administrator"),
            noun: key("{0} user|{0} users"),
            body: say("The account is off, and still administers the directory."),
            why: say("Whoever switches the account on again, meaning to or not, makes an administrator."),
            todo: say("Take the user out of the administrators, or switch the account on if it is needed."),
        },
        FindingKind::Dangling => Words {
            title: say("Names what is not there"),
            noun: key("{0} fact|{0} facts"),
            body: say("A membership or a nesting of somebody or something unknown."),
            why: say("Somebody was meant to have access who is not in this directory: deleted, renamed, or not read."),
            todo: say(
                "Take the membership away where it is kept; where something was not read, read the source again.",
            ),
        },
        FindingKind::Unreadable => Words {
            title: say("Could not be used"),
            noun: key("{0} fact|{0} facts"),
            body: say("An item without an id, or with a value that is none for its field."),
            why: say("What could not be used is in no answer and in no count."),
            todo: say("Correct it where it is kept, then read the source again."),
        },
        FindingKind::DuplicateIdentifier => Words {
            title: say("Identifier used twice"),
            noun: key("{0} identifier|{0} identifiers"),
            body: say("One id, username, email or group name for several."),
            why: say("Whoever is looked up by it may be somebody else, and so may whoever is given access."),
            todo: say("Give each an identifier of their own, or merge those who are the same."),
        },
        FindingKind::Lookalike => Words {
            title: say("Names that look the same"),
            noun: key("{0} name|{0} names"),
            body: say("They differ only in what the eye cannot tell."),
            why: say("Picking the wrong one gives access to somebody else, which is also how people are deceived."),
            todo: say("Look who is behind each of them, and rename one."),
        },
        FindingKind::NoManager => Words {
            title: say("Group with no manager"),
            noun: key("{0} group|{0} groups"),
            body: say("Nobody can approve a change to who belongs."),
            why: say("Nobody answers for who is in it, so nobody notices who no longer should be."),
            todo: say("Make one of its members the manager."),
        },
        FindingKind::Deep => Words {
            title: say("Nested deeper than 6 levels"),
            noun: key("{0} group|{0} groups"),
            body: say("This far down, a membership is hard to explain."),
            why: say("Whoever is added here is in every group above, and few will foresee all of them."),
            todo: say("Nest the group further up, or take out levels that add nothing."),
        },
        FindingKind::SuspendedMember => Words {
            title: say("Suspended member"),
            noun: key("{0} user|{0} users"),
            body: say("The account is off, but its memberships stay."),
            why: say("Switched on again, the account has all of its access at once."),
            todo: say("Take away the memberships of those who have left; leave those of whoever comes back."),
        },
        FindingKind::OneManager => Words {
            title: say("Group with a single manager"),
            noun: key("{0} group|{0} groups"),
            body: say("Nobody stands in."),
            why: say("Once that person is away or has left, nobody can approve a change."),
            todo: say("Make a second member a manager."),
        },
        FindingKind::Redundant => Words {
            title: say("Redundant direct membership"),
            noun: key("{0} membership|{0} memberships"),
            body: say("The user is in the group through nesting already."),
            why: say("Taking the user out of the nested group does not take the access away, which surprises."),
            todo: say("Take the direct membership away, unless it is meant to outlast the nesting."),
        },
        FindingKind::Empty => Words {
            title: say("Empty group"),
            noun: key("{0} group|{0} groups"),
            body: say("No members, directly or through nesting."),
            why: say("Whoever is added to it gets whatever it was once given."),
            todo: say("Delete the group, or write into its description what it is kept for."),
        },
        FindingKind::Repeated => Words {
            title: say("Told twice"),
            noun: key("{0} fact|{0} facts"),
            body: say("The same membership or nesting, more than once."),
            why: say("It counts once; but to take one of the two away leaves the other."),
            todo: say("Take one of them away where they are kept."),
        },
    }
}
