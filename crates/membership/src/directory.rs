//! The facts of one directory at one moment, in columns, and what is derived from them once.

mod apply;
mod builder;
mod column;
mod fact;
mod identifier;
mod membership;
mod packed;
mod rows;
mod says;
mod told;

use std::borrow::Cow;
use std::cell::RefCell;

pub use builder::Builder;
pub(crate) use builder::{GroupKey, Named};
pub use column::{CustomColumn, CustomColumns, Groups, InstantColumn, StatusColumn, Users};
pub use fact::{Counts, Place, TooLarge, Unused, UnusedReason};
pub(crate) use membership::Memberships;
pub(crate) use rows::Rows;

use crate::entity::{GroupIndex, UserIndex};
use crate::hierarchy::Hierarchy;
use crate::members::Marks;
use crate::order::Orders;
use crate::path::LastDistances;
use crate::set::Set;
use identifier::Identifiers;

/// The name, without case, of the group whose members are administrators.
const ADMINISTRATORS: &str = "system administrators";

/// All facts of one directory, with its hierarchy and its indices. Made by a [`Builder`], changed by [`Directory::apply`].
#[derive(Debug)]
pub struct Directory {
    pub(crate) users: Users,
    pub(crate) groups: Groups,
    identifiers: Identifiers,
    pub(crate) hierarchy: Hierarchy,
    pub(crate) memberships: Memberships,
    /// For each group its members, direct and inherited.
    pub(crate) totals: Vec<u32>,
    administrators: Set,
    unused: Vec<Unused>,
    pub(crate) marks: RefCell<Marks>,
    pub(crate) orders: RefCell<Orders>,
    pub(crate) distances: RefCell<LastDistances>,
}

impl Directory {
    /// How many users there are.
    #[must_use]
    pub fn user_count(&self) -> u32 {
        self.users.id.len()
    }

    /// How many groups there are.
    #[must_use]
    pub fn group_count(&self) -> u32 {
        self.groups.id.len()
    }

    /// How many direct memberships there are.
    #[must_use]
    pub fn membership_count(&self) -> u64 {
        self.memberships.count()
    }

    /// How many nestings there are.
    #[must_use]
    pub fn nesting_count(&self) -> u64 {
        self.hierarchy.nesting_count()
    }

    /// The users' fields.
    #[must_use]
    pub fn users(&self) -> &Users {
        &self.users
    }

    /// The groups' fields.
    #[must_use]
    pub fn groups(&self) -> &Groups {
        &self.groups
    }

    /// How the groups are nested.
    #[must_use]
    pub fn hierarchy(&self) -> &Hierarchy {
        &self.hierarchy
    }

    /// Every user, in the order of the facts.
    pub fn all_users(&self) -> impl ExactSizeIterator<Item = UserIndex> + use<> {
        (0..self.user_count()).map(UserIndex::new)
    }

    /// Every group, in the order of the facts.
    pub fn all_groups(&self) -> impl ExactSizeIterator<Item = GroupIndex> + use<> {
        (0..self.group_count()).map(GroupIndex::new)
    }

    /// The user of an identifier: tried as an id, then as a username, then as an email; of two the first answers.
    ///
    /// Cost: O(1); the first username and the first email looked up cost O(users) once.
    #[must_use]
    pub fn find_user(&self, identifier: &str) -> Option<UserIndex> {
        self.user_by_id(identifier)
            .or_else(|| self.identifiers.by_username(&self.users, identifier))
            .or_else(|| self.identifiers.by_email(&self.users, identifier))
    }

    /// The group of an identifier: tried as an id, then as a name; of two the first answers.
    ///
    /// Cost: O(1); the first name looked up costs O(groups) once.
    #[must_use]
    pub fn find_group(&self, identifier: &str) -> Option<GroupIndex> {
        self.group_by_id(identifier).or_else(|| self.group_by_name(identifier))
    }

    /// The user of an id. UUIDs compare without case, other ids exactly. Cost: O(1).
    #[must_use]
    pub fn user_by_id(&self, id: &str) -> Option<UserIndex> {
        self.identifiers.user(&self.users.id, id)
    }

    /// The group of an id. UUIDs compare without case, other ids exactly. Cost: O(1).
    #[must_use]
    pub fn group_by_id(&self, id: &str) -> Option<GroupIndex> {
        self.identifiers.group(&self.groups.id, id)
    }

    /// The first group of a name, compared without case. Cost: as [`Self::find_group`].
    #[must_use]
    pub fn group_by_name(&self, name: &str) -> Option<GroupIndex> {
        self.identifiers.by_name(&self.groups, name)
    }

    /// A user's id. Empty for an index of another directory.
    #[must_use]
    pub fn user_id(&self, user: UserIndex) -> &str {
        self.users.id.get(user.row()).unwrap_or_default()
    }

    /// A group's id. Empty for an index of another directory.
    #[must_use]
    pub fn group_id(&self, group: GroupIndex) -> &str {
        self.groups.id.get(group.row()).unwrap_or_default()
    }

    /// What a user is called: first and last name, else the username, else the email, else the id; never empty.
    #[must_use]
    pub fn user_name(&self, user: UserIndex) -> Cow<'_, str> {
        let row = user.row();
        let told = |text: &str| !text.trim().is_empty();
        let names = [&self.users.first_name, &self.users.last_name];
        let [first, last] = names.map(|column| column.get(row).filter(|name| told(name)));
        match (first, last) {
            (Some(first), Some(last)) => Cow::Owned(format!("{first} {last}")),
            (Some(name), None) | (None, Some(name)) => name,
            (None, None) => {
                let others = [self.users.username.get(row), self.users.email.get(row)];
                let name = others.into_iter().flatten().find(|text| told(text));
                Cow::Borrowed(name.unwrap_or_else(|| self.user_id(user)))
            }
        }
    }

    /// What a group is called: its name, else its id; never empty.
    #[must_use]
    pub fn group_name(&self, group: GroupIndex) -> &str {
        let name = self.groups.name.get(group.row());
        name.filter(|name| !name.trim().is_empty())
            .unwrap_or_else(|| self.group_id(group))
    }

    /// The groups that name a user, each with whether the user manages it, in the hierarchy's order, which keeps
    /// what is nested together.
    ///
    /// Cost: O(1) each.
    pub fn direct_groups(&self, user: UserIndex) -> impl ExactSizeIterator<Item = (GroupIndex, bool)> + '_ {
        let positions = self.memberships.positions(user).iter();
        positions.map(|item| (self.hierarchy.group_at(item >> 1), item & 1 == 1))
    }

    /// The users that a group names, each with whether they manage it, in the order of the facts about users.
    ///
    /// Cost: O(1) each.
    pub fn direct_members(&self, group: GroupIndex) -> impl ExactSizeIterator<Item = (UserIndex, bool)> + '_ {
        let members = self.memberships.at(self.hierarchy.position(group)).iter();
        members.map(|item| (UserIndex::new(item >> 1), item & 1 == 1))
    }

    /// How many users a group names. Cost: O(1).
    #[must_use]
    pub fn direct_count(&self, group: GroupIndex) -> u32 {
        self.memberships.at(self.hierarchy.position(group)).len() as u32
    }

    /// How many of a group's direct members manage it. Cost: O(direct members).
    #[must_use]
    pub fn manager_count(&self, group: GroupIndex) -> u32 {
        let members = self.memberships.at(self.hierarchy.position(group)).iter();
        members.map(|item| item & 1).sum()
    }

    /// How many groups name a user. Cost: O(1).
    #[must_use]
    pub fn direct_group_count(&self, user: UserIndex) -> u32 {
        self.memberships.positions(user).len() as u32
    }

    /// Whether a group names a user. Cost: O(log direct groups of the user).
    #[must_use]
    pub fn is_direct_member(&self, user: UserIndex, group: GroupIndex) -> bool {
        self.memberships.role(user, self.hierarchy.position(group)).is_some()
    }

    /// Whether a user manages a group. Cost: O(log direct groups of the user).
    #[must_use]
    pub fn is_manager(&self, user: UserIndex, group: GroupIndex) -> bool {
        self.memberships.role(user, self.hierarchy.position(group)) == Some(true)
    }

    /// Whether anybody manages anything: a directory in which nobody does tells nothing about managers.
    #[must_use]
    pub fn knows_managers(&self) -> bool {
        self.memberships.knows_managers()
    }

    /// The administrators: the members, direct or inherited, of the first group named `System Administrators`.
    #[must_use]
    pub fn administrators(&self) -> &Set {
        &self.administrators
    }

    /// About how many bytes of memory the facts and their indices take; orders that were asked for come on top.
    #[must_use]
    pub fn memory(&self) -> usize {
        let derived = self.hierarchy.memory() + self.memberships.memory() + 4 * self.totals.capacity();
        derived + self.users.memory() + self.groups.memory() + self.identifiers.memory()
    }

    /// The facts that could not be used, by their place.
    #[must_use]
    pub fn unused(&self) -> &[Unused] {
        &self.unused
    }
}
