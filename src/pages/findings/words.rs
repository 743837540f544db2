//! What each kind of finding is called, what it means, why it matters and what to do.

use protocol::FindingKind;

/// The words for a kind.
#[derive(Clone, Copy)]
pub struct Words {
    /// What it is called.
    pub title: &'static str,
    /// What is counted, in the singular; its plural is made with an `s`.
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
pub const fn words(kind: FindingKind) -> Words {
    match kind {
        FindingKind::Cycle => Words {
            title: "Cycle in nested groups",
            noun: "cycle",
            body: "A group contains itself through other groups.",
            why: "Adding someone to one of these groups adds them to all of them, and a review cannot say which group \
                  granted what.",
            todo: "Take one group out of another, so that the loop ends: each cycle names the nesting that takes the \
                   least away.",
        },
        FindingKind::SuspendedAdministrator => Words {
            title: "Suspended administrator",
            noun: "user",
            body: "The account is off, and still administers the directory.",
            why: "Whoever switches the account on again, meaning to or not, makes an administrator.",
            todo: "Take the user out of the administrators, or switch the account on if it is needed.",
        },
        FindingKind::Dangling => Words {
            title: "Names what is not there",
            noun: "fact",
            body: "A membership or a nesting of somebody or something unknown.",
            why: "Somebody was meant to have access who is not in this directory: deleted, renamed, or not read.",
            todo: "Take the membership away where it is kept; where something was not read, read the source again.",
        },
        FindingKind::Unreadable => Words {
            title: "Could not be used",
            noun: "fact",
            body: "An item without an id, or with a value that is none for its field.",
            why: "What could not be used is in no answer and in no count.",
            todo: "Correct it where it is kept, then read the source again.",
        },
        FindingKind::DuplicateIdentifier => Words {
            title: "Identifier used twice",
            noun: "identifier",
            body: "One id, username, email or group name for several.",
            why: "Whoever is looked up by it may be somebody else, and so may whoever is given access.",
            todo: "Give each an identifier of their own, or merge those who are the same.",
        },
        FindingKind::Lookalike => Words {
            title: "Names that look the same",
            noun: "name",
            body: "They differ only in what the eye cannot tell.",
            why: "Picking the wrong one gives access to somebody else, which is also how people are deceived.",
            todo: "Look who is behind each of them, and rename one.",
        },
        FindingKind::NoManager => Words {
            title: "Group with no manager",
            noun: "group",
            body: "Nobody can approve a change to who belongs.",
            why: "Nobody answers for who is in it, so nobody notices who no longer should be.",
            todo: "Make one of its members the manager.",
        },
        FindingKind::Deep => Words {
            title: "Nested deeper than 6 levels",
            noun: "group",
            body: "This far down, a membership is hard to explain.",
            why: "Whoever is added here is in every group above, and few will foresee all of them.",
            todo: "Nest the group further up, or take out levels that add nothing.",
        },
        FindingKind::SuspendedMember => Words {
            title: "Suspended member",
            noun: "user",
            body: "The account is off, but its memberships stay.",
            why: "Switched on again, the account has all of its access at once.",
            todo: "Take away the memberships of those who have left; leave those of whoever comes back.",
        },
        FindingKind::OneManager => Words {
            title: "Group with a single manager",
            noun: "group",
            body: "Nobody stands in.",
            why: "Once that person is away or has left, nobody can approve a change.",
            todo: "Make a second member a manager.",
        },
        FindingKind::Redundant => Words {
            title: "Redundant direct membership",
            noun: "membership",
            body: "The user is in the group through nesting already.",
            why: "Taking the user out of the nested group does not take the access away, which surprises.",
            todo: "Take the direct membership away, unless it is meant to outlast the nesting.",
        },
        FindingKind::Empty => Words {
            title: "Empty group",
            noun: "group",
            body: "No members, directly or through nesting.",
            why: "Whoever is added to it gets whatever it was once given.",
            todo: "Delete the group, or write into its description what it is kept for.",
        },
        FindingKind::Repeated => Words {
            title: "Told twice",
            noun: "fact",
            body: "The same membership or nesting, more than once.",
            why: "It counts once; but to take one of the two away leaves the other.",
            todo: "Take one of them away where they are kept.",
        },
    }
}
