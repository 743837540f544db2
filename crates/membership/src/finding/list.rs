//! Findings of one kind, as many as there may be: four numbers each where a pair is found, and no text.

use super::{About, Finding, FindingKind};
use crate::entity::{GroupIndex, UserIndex};
use crate::set::Set;

/// The users of a finding are so many; what else it is about stands in the bits above.
const USERS: u32 = (1 << 28) - 1;

/// Findings of one kind in the order in which they were found.
#[derive(Clone, Debug)]
pub struct Findings {
    kind: FindingKind,
    /// Where each begins in `items`.
    starts: Vec<u32>,
    /// Of each: what it is about and how many users, the row of the fact where it is about one, the users, the groups.
    items: Vec<u32>,
}

/// One finding as it lies in the list.
struct Parts<'l> {
    about: About,
    users: &'l [u32],
    groups: &'l [u32],
}

impl Findings {
    /// Room for findings of a kind.
    #[must_use]
    pub fn new(kind: FindingKind) -> Self {
        Self {
            kind,
            starts: Vec::new(),
            items: Vec::new(),
        }
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> u32 {
        self.starts.len() as u32
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.starts.is_empty()
    }

    /// Adds a finding of the kind. Cost: O(its users and groups).
    pub fn push(&mut self, finding: &Finding) {
        let (tag, row) = match finding.about {
            About::Nothing => (0, None),
            About::Unused(row) => (1, Some(row)),
            About::Username => (2, None),
            About::Email => (3, None),
            About::FullName => (4, None),
        };
        self.starts.push(self.items.len() as u32);
        self.items.push(tag << 28 | finding.users.len() as u32 & USERS);
        self.items.extend(row);
        self.items.extend(finding.users.iter().map(|user| user.row()));
        self.items.extend(finding.groups.iter().map(|group| group.row()));
    }

    /// The finding at a place. Cost: O(its users and groups).
    #[must_use]
    pub fn get(&self, place: u32) -> Option<Finding> {
        let parts = self.parts(place)?;
        Some(Finding {
            kind: self.kind,
            users: parts.users.iter().copied().map(UserIndex::new).collect(),
            groups: parts.groups.iter().copied().map(GroupIndex::new).collect(),
            about: parts.about,
        })
    }

    /// Whether a finding is about one of some users or groups, or about one of some facts that could not be used, which
    /// are given by their rows. Cost: O(its users and groups).
    #[must_use]
    pub fn concerns(&self, place: u32, users: &Set, groups: &Set, unused: &Set) -> bool {
        self.parts(place).is_some_and(|parts| {
            let fact = match parts.about {
                About::Unused(row) => unused.contains(row),
                _ => false,
            };
            fact || parts.users.iter().any(|user| users.contains(*user))
                || parts.groups.iter().any(|group| groups.contains(*group))
        })
    }

    /// The place of the first finding that is about all of these: what kind of identifier, as [`Finding::what`] says it;
    /// the row of a fact that could not be used; a user; a group. What is not given matters not.
    ///
    /// Cost: O(findings and their users and groups).
    #[must_use]
    pub fn position(
        &self,
        what: &str,
        unused: Option<u32>,
        user: Option<UserIndex>,
        group: Option<GroupIndex>,
    ) -> Option<u32> {
        (0..self.len()).find(|place| {
            self.parts(*place).is_some_and(|parts| {
                (what.is_empty() || parts.about.what() == what)
                    && unused.is_none_or(|row| parts.about == About::Unused(row))
                    && user.is_none_or(|user| parts.users.contains(&user.row()))
                    && group.is_none_or(|group| parts.groups.contains(&group.row()))
            })
        })
    }

    fn parts(&self, place: u32) -> Option<Parts<'_>> {
        let start = *self.starts.get(place as usize)? as usize;
        let end = self.starts.get(place as usize + 1);
        let end = end.map_or(self.items.len(), |end| *end as usize);
        let (head, mut rest) = self.items.get(start..end)?.split_first()?;
        let about = match head >> 28 {
            0 => About::Nothing,
            1 => {
                let (row, others) = rest.split_first()?;
                rest = others;
                About::Unused(*row)
            }
            2 => About::Username,
            3 => About::Email,
            _ => About::FullName,
        };
        let (users, groups) = rest.split_at_checked((head & USERS) as usize)?;
        Some(Parts { about, users, groups })
    }
}
