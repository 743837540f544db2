//! What a list of changes comes down to, beside the facts as they stand.

use super::{Change, ChangeError, ChangeReason};
use crate::directory::Directory;
use crate::entity::{GroupIndex, UserIndex};
use crate::lookup::{Lookup, hash};
use crate::sort;

/// A membership that is not afterwards what it was before.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Restated {
    pub group: GroupIndex,
    pub user: UserIndex,
    /// Whether the user managed the group; none for who was no direct member.
    pub before: Option<bool>,
    /// Whether the user manages it afterwards; none for who is no direct member any more.
    pub after: Option<bool>,
}

/// What a list of changes comes down to.
#[derive(Debug, Default)]
pub(crate) struct Staged {
    /// By group, then by user.
    pub memberships: Vec<Restated>,
    /// New pairs of parent and child, ascending.
    pub nested: Vec<(GroupIndex, GroupIndex)>,
    /// Pairs of parent and child that are gone, ascending.
    pub unnested: Vec<(GroupIndex, GroupIndex)>,
    /// Pairs of group and user that came or went at any time, in no order.
    pub settled_memberships: Vec<(GroupIndex, UserIndex)>,
    /// Pairs of parent and child that came or went at any time, in no order.
    pub settled_nestings: Vec<(GroupIndex, GroupIndex)>,
}

impl Staged {
    /// Goes through changes, each of which sees those before it.
    ///
    /// # Errors
    /// The first change that cannot be.
    ///
    /// Cost: O(changes · (log changes + log direct groups of the user + log children of the parent)).
    pub fn new(directory: &Directory, changes: &[Change<'_>]) -> Result<Self, ChangeError> {
        let mut draft = Draft {
            directory,
            memberships: Pairs::default(),
            nestings: Pairs::default(),
        };
        for (change, position) in changes.iter().zip(0..) {
            draft.stage(change).map_err(|reason| ChangeError { position, reason })?;
        }
        Ok(draft.outcome())
    }
}

/// Pairs of a group and a user, or of a parent and a child, that changes have touched, in the order of the changes.
#[derive(Default)]
struct Pairs {
    standings: Vec<(u64, Standing)>,
    places: Lookup,
}

impl Pairs {
    fn get(&self, key: u64) -> Option<Standing> {
        let is_same = |at| self.standings.get(at as usize).is_some_and(|(other, _)| *other == key);
        let at = self.places.find(hash(&key.to_le_bytes()), &is_same)?;
        self.standings.get(at as usize).map(|(_, standing)| *standing)
    }

    fn set(&mut self, key: u64, standing: Standing) {
        let known = |at: u32| self.standings.get(at as usize).map_or(0, |(key, _)| *key);
        let (new, same) = (self.standings.len() as u32, |at| known(at) == key);
        match self.places.find_or_add(hash(&key.to_le_bytes()), new, &same) {
            Some(at) => {
                if let Some((_, stood)) = self.standings.get_mut(at as usize) {
                    *stood = standing;
                }
            }
            None => self.standings.push((key, standing)),
        }
    }
}

/// How a pair stands after the changes so far.
#[derive(Clone, Copy)]
struct Standing {
    /// Whether the user manages the group, or the child the parent, which it never does; none where there is no such
    /// membership or nesting.
    role: Option<bool>,
    /// Whether it came or went at any time, so that what was told of it before is settled.
    is_settled: bool,
}

/// The facts with the changes so far.
struct Draft<'d> {
    directory: &'d Directory,
    memberships: Pairs,
    nestings: Pairs,
}

impl Draft<'_> {
    fn stage(&mut self, change: &Change<'_>) -> Result<(), ChangeReason> {
        match *change {
            Change::AddMember { group, user, is_admin } => {
                let key = self.membership(group, user)?;
                if self.role(key).is_some() {
                    let (user, group) = (user.to_owned(), group.to_owned());
                    return Err(ChangeReason::IsMember { user, group });
                }
                add(&mut self.memberships, self.directory.membership_count(), key, is_admin)
            }
            Change::RemoveMember { group, user } => {
                let key = self.membership(group, user)?;
                self.role(key).ok_or_else(|| not_a_member(user, group))?;
                remove(&mut self.memberships, key);
                Ok(())
            }
            Change::SetManager { group, user, is_admin } => {
                let key = self.membership(group, user)?;
                self.role(key).ok_or_else(|| not_a_member(user, group))?;
                let is_settled = self.memberships.get(key).is_some_and(|before| before.is_settled);
                let role = Some(is_admin);
                self.memberships.set(key, Standing { role, is_settled });
                Ok(())
            }
            Change::Nest { parent, child } => {
                let key = self.nesting(parent, child)?;
                if self.is_nested(key) {
                    let (child, parent) = (child.to_owned(), parent.to_owned());
                    return Err(ChangeReason::IsNested { child, parent });
                }
                add(&mut self.nestings, self.directory.nesting_count(), key, false)
            }
            Change::Unnest { parent, child } => {
                let key = self.nesting(parent, child)?;
                if !self.is_nested(key) {
                    let (child, parent) = (child.to_owned(), parent.to_owned());
                    return Err(ChangeReason::NotNested { child, parent });
                }
                remove(&mut self.nestings, key);
                Ok(())
            }
        }
    }

    /// The pair of a membership.
    fn membership(&self, group: &str, user: &str) -> Result<u64, ChangeReason> {
        let group = self.group(group)?;
        let found = self.directory.find_user(user);
        let user = found.ok_or_else(|| ChangeReason::UnknownUser(user.to_owned()))?;
        Ok(key(group.row(), user.row()))
    }

    /// The pair of a nesting, which no group in itself is.
    fn nesting(&self, parent: &str, child: &str) -> Result<u64, ChangeReason> {
        let (above, below) = (self.group(parent)?, self.group(child)?);
        if above == below {
            let group = child.to_owned();
            return Err(ChangeReason::InItself { group });
        }
        Ok(key(above.row(), below.row()))
    }

    fn group(&self, group: &str) -> Result<GroupIndex, ChangeReason> {
        let found = self.directory.find_group(group);
        found.ok_or_else(|| ChangeReason::UnknownGroup(group.to_owned()))
    }

    fn role(&self, key: u64) -> Option<bool> {
        match self.memberships.get(key) {
            Some(standing) => standing.role,
            None => role_before(self.directory, membership(key)),
        }
    }

    fn is_nested(&self, key: u64) -> bool {
        match self.nestings.get(key) {
            Some(standing) => standing.role.is_some(),
            None => was_nested(self.directory, nesting(key)),
        }
    }

    /// Leaves out what is as it was before.
    fn outcome(self) -> Staged {
        let mut staged = Staged::default();
        for (pair, standing) in self.memberships.standings {
            let (group, user) = membership(pair);
            let (before, after) = (role_before(self.directory, (group, user)), standing.role);
            if before != after {
                let restated = Restated {
                    group,
                    user,
                    before,
                    after,
                };
                staged.memberships.push(restated);
            }
            if standing.is_settled {
                staged.settled_memberships.push((group, user));
            }
        }
        for (pair, standing) in self.nestings.standings {
            let pair = nesting(pair);
            match (was_nested(self.directory, pair), standing.role.is_some()) {
                (false, true) => staged.nested.push(pair),
                (true, false) => staged.unnested.push(pair),
                _ => {}
            }
            staged.settled_nestings.push(pair);
        }
        let by_pair = |restated: &Restated| key(restated.group.row(), restated.user.row());
        sort::by_key(&mut staged.memberships, by_pair);
        for pairs in [&mut staged.nested, &mut staged.unnested] {
            sort::by_key(pairs, |(parent, child)| key(parent.row(), child.row()));
        }
        staged
    }
}

/// A pair as one number, by which pairs ascend.
fn key(one: u32, other: u32) -> u64 {
    u64::from(one) << 32 | u64::from(other)
}

fn membership(key: u64) -> (GroupIndex, UserIndex) {
    (GroupIndex::new((key >> 32) as u32), UserIndex::new(key as u32))
}

fn nesting(key: u64) -> (GroupIndex, GroupIndex) {
    (GroupIndex::new((key >> 32) as u32), GroupIndex::new(key as u32))
}

fn role_before(directory: &Directory, (group, user): (GroupIndex, UserIndex)) -> Option<bool> {
    directory.memberships.role(user, directory.hierarchy.position(group))
}

fn was_nested(directory: &Directory, (parent, child): (GroupIndex, GroupIndex)) -> bool {
    directory.hierarchy.children(parent).binary_search(&child).is_ok()
}

/// Sets a pair that did not stand, unless there are as many as 32 bits can number.
fn add(pairs: &mut Pairs, facts: u64, key: u64, manages: bool) -> Result<(), ChangeReason> {
    if facts + pairs.standings.len() as u64 >= u64::from(u32::MAX) {
        return Err(ChangeReason::TooLarge);
    }
    let role = Some(manages);
    pairs.set(key, Standing { role, is_settled: true });
    Ok(())
}

fn remove(pairs: &mut Pairs, key: u64) {
    let role = None;
    pairs.set(key, Standing { role, is_settled: true });
}

fn not_a_member(user: &str, group: &str) -> ChangeReason {
    let (user, group) = (user.to_owned(), group.to_owned());
    ChangeReason::NotAMember { user, group }
}
