//! Findings as sentences.

use std::borrow::Cow;

use super::{About, Finding, FindingKind};
use crate::directory::{Directory, Unused, UnusedReason};
use crate::entity::{Entity, GroupIndex, Standing, UserIndex};

impl Finding {
    /// The finding as a plain sentence; of a fact that could not be used, what it says and then why. Cost: O(its names).
    #[must_use]
    pub fn message(&self, directory: &Directory) -> String {
        if let Some(unused) = self.unused(directory) {
            let says = match unused.place.line {
                0 => format!("A fact says `{}`", unused.says),
                line => format!("Line {} says `{}`", number(line as usize), unused.says),
            };
            return format!("{says}. {}", why(unused));
        }
        let group = self.groups.first().map_or("", |group| directory.group_name(*group));
        let user = self
            .users
            .first()
            .map_or_else(Cow::default, |user| directory.user_name(*user));
        match self.kind {
            FindingKind::Cycle if self.groups.len() == 1 => format!("{group} is nested in itself."),
            FindingKind::Cycle => format!("{} contain each other.", groups(directory, &self.groups)),
            FindingKind::SuspendedAdministrator => {
                format!("{user} is {} and still an administrator.", self.standing(directory))
            }
            FindingKind::DuplicateIdentifier => self.duplicate(directory),
            FindingKind::Lookalike => format!("{} look the same.", list(self.names(directory).into_iter())),
            FindingKind::NoManager => format!("Nobody manages {group}."),
            FindingKind::Deep => {
                let depth = self
                    .groups
                    .first()
                    .map_or(0, |group| directory.hierarchy().depth(*group));
                format!("{group} is nested {depth} levels below the top.")
            }
            FindingKind::SuspendedMember => {
                let groups = match self.groups.as_slice() {
                    [_] => group.to_owned(),
                    groups => format!("{} groups", number(groups.len())),
                };
                format!("{user} is {} and still in {groups}.", self.standing(directory))
            }
            FindingKind::OneManager => format!("Only {user} manages {group}."),
            FindingKind::Redundant => format!("{user} is in {group} directly, and through nesting as well."),
            FindingKind::Empty => format!("Nobody is in {group}."),
            // These come of facts that could not be used.
            FindingKind::Dangling | FindingKind::Unreadable | FindingKind::Repeated => String::new(),
        }
    }

    fn standing(&self, directory: &Directory) -> &'static str {
        let user = self.users.first().copied();
        user.map_or(Standing::Active, |user| {
            directory.users().status.get(user.row()).standing()
        })
        .word()
    }

    fn duplicate(&self, directory: &Directory) -> String {
        let (count, of, what) = match self.about {
            About::Email => (self.users.len(), "users", "email"),
            About::Username => (self.users.len(), "users", "username"),
            _ => (self.groups.len(), "groups", "name"),
        };
        let name = self.names(directory).into_iter().next().unwrap_or_default();
        format!("{} {of} have the {what} {name}.", number(count))
    }

    /// What the users or the groups are called, by that identifier which the finding is about, in backticks.
    fn names(&self, directory: &Directory) -> Vec<String> {
        let users = directory.users();
        let name = |user: &UserIndex| match self.about {
            About::Username => users.username.get(user.row()).map(Cow::Borrowed),
            About::Email => users.email.get(user.row()).map(Cow::Borrowed),
            _ => Some(directory.user_name(*user)),
        };
        let of_users = self.users.iter().filter_map(name);
        let of_groups = self
            .groups
            .iter()
            .map(|group| Cow::Borrowed(directory.group_name(*group)));
        of_users
            .chain(of_groups)
            .take(SHOWN + 1)
            .map(|name| format!("`{name}`"))
            .collect()
    }
}

/// How many names a sentence has at the most.
const SHOWN: usize = 4;

/// Why a fact could not be used, as one sentence.
fn why(unused: &Unused) -> String {
    let first = |line: u32| {
        if line == 0 {
            String::new()
        } else {
            format!(", in line {}", number(line as usize))
        }
    };
    match &unused.reason {
        UnusedReason::UnknownUser(id) => format!("No user has the id `{id}`."),
        UnusedReason::UnknownGroup(id) => format!("No group has the id `{id}`."),
        UnusedReason::Twice { before } => format!("Said before{}; it counts once.", first(before.line)),
        UnusedReason::DuplicateId { entity, before } => {
            let what = match entity {
                Entity::User => "user",
                Entity::Group => "group",
            };
            format!("Another {what} has this id{}; the first one stays.", first(before.line))
        }
        UnusedReason::NoId => "An item without an id.".to_owned(),
        UnusedReason::InItself => "A group cannot be nested in itself.".to_owned(),
        UnusedReason::NotAMember => "A manager has to be a member of the group.".to_owned(),
        UnusedReason::Value(why) => why.clone(),
    }
}

fn groups(directory: &Directory, groups: &[GroupIndex]) -> String {
    list(groups.iter().map(|group| directory.group_name(*group)))
}

/// A few names, the last one after *and*.
fn list<T: AsRef<str>>(mut names: impl ExactSizeIterator<Item = T>) -> String {
    let mut text = String::new();
    let count = names.len();
    for (at, name) in names
        .by_ref()
        .take(if count > SHOWN { SHOWN - 1 } else { SHOWN })
        .enumerate()
    {
        let before = match at {
            0 => "",
            _ if at + 1 == count => " and ",
            _ => ", ",
        };
        text.push_str(before);
        text.push_str(name.as_ref());
    }
    if count > SHOWN {
        text.push_str(&format!(" and {} others", number(count + 1 - SHOWN)));
    }
    text
}

/// A number as people read it: with a comma before each three digits.
fn number(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
