//! A naive model of a directory: facts as they are told, one after another, edited by going through all of them.

use std::collections::BTreeSet;

use membership::change::{Change, ChangeReason};
use membership::directory::{Builder, Directory, Place};
use membership::entity::{GroupRecord, UserRecord};
use proptest::prelude::*;

/// A fact about groups and users that are numbered; some numbers are nobody's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fact {
    Membership { group: u32, user: u32, is_admin: bool },
    Manager { group: u32, user: u32 },
    Nesting { parent: u32, child: u32 },
}

/// So many users and groups, and what is told of them, each with its line.
#[derive(Clone, Debug)]
pub struct Model {
    pub users: u32,
    pub groups: u32,
    pub facts: Vec<(Fact, u32)>,
}

/// Facts with cycles, groups in themselves, repeats, strange managers, and names that nothing has.
pub fn model() -> impl Strategy<Value = Model> {
    (1..6u32, 1..9u32, any::<u64>()).prop_flat_map(|(users, groups, _)| {
        let (group, user) = (0..groups + 1, 0..users + 1);
        let membership = (group.clone(), user.clone(), any::<bool>());
        let membership = membership.prop_map(|(group, user, is_admin)| Fact::Membership { group, user, is_admin });
        let manager = (group.clone(), user).prop_map(|(group, user)| Fact::Manager { group, user });
        let nesting = (group.clone(), group).prop_map(|(parent, child)| Fact::Nesting { parent, child });
        let facts = prop::collection::vec(prop_oneof![4 => membership, 1 => manager, 4 => nesting], 0..30);
        facts.prop_map(move |facts| {
            let facts = facts.into_iter().zip(1..).collect();
            Model { users, groups, facts }
        })
    })
}

/// An edit in numbers.
#[derive(Clone, Copy, Debug)]
pub enum Edit {
    Add { group: u32, user: u32, is_admin: bool },
    Remove { group: u32, user: u32 },
    Set { group: u32, user: u32, is_admin: bool },
    Nest { parent: u32, child: u32 },
    Unnest { parent: u32, child: u32 },
}

/// Edits of which many can be and some cannot.
pub fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let (group, user) = (0..9u32, 0..6u32);
    let member = || (group.clone(), user.clone(), any::<bool>());
    let groups = || (group.clone(), group.clone());
    let edit = prop_oneof![
        member().prop_map(|(group, user, is_admin)| Edit::Add { group, user, is_admin }),
        member().prop_map(|(group, user, _)| Edit::Remove { group, user }),
        member().prop_map(|(group, user, is_admin)| Edit::Set { group, user, is_admin }),
        groups().prop_map(|(parent, child)| Edit::Nest { parent, child }),
        groups().prop_map(|(parent, child)| Edit::Unnest { parent, child }),
    ];
    prop::collection::vec(edit, 0..12)
}

/// The edits as changes: `groups` and `users` have the identifiers.
pub fn changes<'a>(edits: &[Edit], groups: &'a [String], users: &'a [String]) -> Vec<Change<'a>> {
    let (g, u) = (
        |at: u32| groups[at as usize].as_str(),
        |at: u32| users[at as usize].as_str(),
    );
    let change = |edit: &Edit| match *edit {
        Edit::Add { group, user, is_admin } => Change::AddMember {
            group: g(group),
            user: u(user),
            is_admin,
        },
        Edit::Remove { group, user } => Change::RemoveMember {
            group: g(group),
            user: u(user),
        },
        Edit::Set { group, user, is_admin } => Change::SetManager {
            group: g(group),
            user: u(user),
            is_admin,
        },
        Edit::Nest { parent, child } => Change::Nest {
            parent: g(parent),
            child: g(child),
        },
        Edit::Unnest { parent, child } => Change::Unnest {
            parent: g(parent),
            child: g(child),
        },
    };
    edits.iter().map(change).collect()
}

/// The ids of the groups and of the users that edits speak of, as [`changes`] takes them.
pub fn ids() -> (Vec<String>, Vec<String>) {
    let names = |letter| (0..10).map(|number| format!("{letter}{number}")).collect();
    (names('g'), names('u'))
}

impl Model {
    pub fn directory(&self) -> Directory {
        let mut builder = Builder::new();
        let place = Place::default();
        for number in 0..self.groups {
            let (id, name) = (format!("g{number}"), format!("Group {}", number % 3));
            let record = GroupRecord {
                id: &id,
                name: Some(&name),
                ..GroupRecord::default()
            };
            builder.group(&record, place).unwrap();
        }
        for (fact, line) in &self.facts {
            let place = Place { line: *line };
            let (g, u) = (|it: u32| format!("g{it}"), |it: u32| format!("u{it}"));
            match *fact {
                Fact::Membership { group, user, is_admin } => {
                    builder.membership(&g(group), &u(user), is_admin, place).unwrap();
                }
                Fact::Manager { group, user } => builder.manager(&g(group), &u(user), place).unwrap(),
                Fact::Nesting { parent, child } => builder.nesting(&g(parent), &g(child), place).unwrap(),
            }
        }
        for number in 0..self.users {
            let (id, username) = (format!("u{number}"), format!("User {}", number % 4));
            let record = UserRecord {
                id: &id,
                username: Some(&username),
                ..UserRecord::default()
            };
            builder.user(&record, place).unwrap();
        }
        builder.finish(&mut |_, _| ()).unwrap()
    }

    /// Makes one edit, or says why not.
    pub fn edit(&mut self, edit: Edit) -> Result<(), ChangeReason> {
        match edit {
            Edit::Add { group, user, .. } | Edit::Remove { group, user } | Edit::Set { group, user, .. } => {
                self.is_group(group)?;
                if user >= self.users {
                    return Err(ChangeReason::UnknownUser(format!("u{user}")));
                }
                self.edit_membership(edit, group, user)
            }
            Edit::Nest { parent, child } | Edit::Unnest { parent, child } => {
                self.is_group(parent)?;
                self.is_group(child)?;
                let (fact, nests) = (Fact::Nesting { parent, child }, matches!(edit, Edit::Nest { .. }));
                let stands = self.facts.iter().any(|(other, _)| *other == fact);
                let (parent_id, child_id) = (format!("g{parent}"), format!("g{child}"));
                match (nests, stands) {
                    _ if parent == child => return Err(ChangeReason::InItself { group: child_id }),
                    (true, true) => {
                        return Err(ChangeReason::IsNested {
                            child: child_id,
                            parent: parent_id,
                        });
                    }
                    (false, false) => {
                        return Err(ChangeReason::NotNested {
                            child: child_id,
                            parent: parent_id,
                        });
                    }
                    (true, false) => self.facts.push((fact, 0)),
                    (false, true) => self.facts.retain(|(other, _)| *other != fact),
                }
                Ok(())
            }
        }
    }

    fn is_group(&self, group: u32) -> Result<(), ChangeReason> {
        let known = group < self.groups;
        known
            .then_some(())
            .ok_or_else(|| ChangeReason::UnknownGroup(format!("g{group}")))
    }

    fn edit_membership(&mut self, edit: Edit, group: u32, user: u32) -> Result<(), ChangeReason> {
        let is_member = self.direct(group).contains(&user);
        let (group_id, user_id) = (format!("g{group}"), format!("u{user}"));
        if matches!(edit, Edit::Add { .. }) && is_member {
            return Err(ChangeReason::IsMember {
                user: user_id,
                group: group_id,
            });
        }
        if !matches!(edit, Edit::Add { .. }) && !is_member {
            return Err(ChangeReason::NotAMember {
                user: user_id,
                group: group_id,
            });
        }
        // Who manages is told anew.
        self.facts.retain(|(fact, _)| *fact != Fact::Manager { group, user });
        match edit {
            Edit::Add { is_admin, .. } => self.facts.push((Fact::Membership { group, user, is_admin }, 0)),
            Edit::Set { is_admin: manages, .. } => {
                for (fact, _) in &mut self.facts {
                    match fact {
                        Fact::Membership {
                            group: g,
                            user: u,
                            is_admin,
                        } if (*g, *u) == (group, user) => {
                            *is_admin = manages;
                        }
                        _ => {}
                    }
                }
            }
            _ => self.facts.retain(|(fact, _)| match fact {
                Fact::Membership { group: g, user: u, .. } => (*g, *u) != (group, user),
                _ => true,
            }),
        }
        Ok(())
    }

    /// The users whom a group names.
    pub fn direct(&self, group: u32) -> BTreeSet<u32> {
        let facts = self.facts.iter().filter_map(|(fact, _)| match fact {
            Fact::Membership { group: g, user, .. } if *g == group && *user < self.users => Some(*user),
            _ => None,
        });
        facts.collect()
    }

    /// A group and every group below it.
    pub fn with_below(&self, group: u32) -> BTreeSet<u32> {
        let mut found = BTreeSet::from([group]);
        loop {
            let more = self.facts.iter().filter_map(|(fact, _)| match fact {
                Fact::Nesting { parent, child } if found.contains(parent) && *child < self.groups => Some(*child),
                _ => None,
            });
            let larger: BTreeSet<_> = more.chain(found.iter().copied()).collect();
            if larger == found {
                return found;
            }
            found = larger;
        }
    }

    /// Every pair of a user and a group that the user is in, directly or through nesting.
    pub fn pairs(&self) -> BTreeSet<(u32, u32)> {
        let of_group = |group| {
            let below = self.with_below(group).into_iter();
            below
                .flat_map(|below| self.direct(below))
                .map(move |user| (user, group))
        };
        (0..self.groups).flat_map(of_group).collect()
    }
}
