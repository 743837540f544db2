//! Makes a directory of facts that come one by one, in any order; what cannot be used is kept apart.

mod name;

use crate::directory::fact::Places;
use crate::directory::identifier::{Identifiers, Interner, UNDECLARED};
use crate::directory::membership::{promote, repeats, take_repeated};
use crate::directory::told::{NOBODY, Told};
use crate::directory::{
    Counts, Directory, Groups, Memberships, Place, Rows, TooLarge, Unused, UnusedReason, Users, says,
};
use crate::entity::{Entity, GroupIndex, GroupRecord, UserRecord};
use crate::hierarchy::Hierarchy;
use crate::members::{Marks, totals};
use crate::set::Set;
use crate::sort;

/// What [`Builder::finish`] does, step by step.
const STEPS: u32 = 6;

/// A group, for as long as facts are told.
#[derive(Clone, Copy, Debug)]
pub(crate) struct GroupKey(u32);

/// What a group names in a list of its own.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Named {
    Members,
    Managers,
    Children,
}

/// Takes in facts. Ids may be mentioned before they are declared.
#[derive(Debug, Default)]
pub struct Builder {
    users: Users,
    groups: Groups,
    user_ids: Interner,
    group_ids: Interner,
    user_places: Places,
    group_places: Places,
    /// Keys of group and user; the user's is shifted by one for the role, here as among the managers.
    memberships: Told,
    membership_places: Places,
    /// Keys of parent and child.
    nestings: Told,
    nesting_places: Places,
    /// Keys of group and user.
    managers: Told,
    manager_places: Places,
    unused: Vec<Unused>,
}

impl Builder {
    /// A directory without facts.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Declares a user. Of two with one id the first stays, and one without an id is unused.
    ///
    /// # Errors
    /// If there is no room for it. The builder is then of no more use.
    ///
    /// Cost: O(length of the record), amortised.
    pub fn user(&mut self, record: &UserRecord<'_>, place: Place) -> Result<(), TooLarge> {
        if record.id.is_empty() {
            self.unused(place, says::item(""), UnusedReason::NoId);
            return Ok(());
        }
        match self.user_ids.declare(record.id)? {
            Ok(_) => {
                self.user_places.push(place, 1);
                self.users.push(record)
            }
            Err(row) => {
                self.duplicate(Entity::User, record.id, place, self.user_places.at(row));
                Ok(())
            }
        }
    }

    /// Declares a group. Of two with one id the first stays, and one without an id is unused.
    ///
    /// # Errors
    /// As [`Self::user`].
    ///
    /// Cost: O(length of the record), amortised.
    pub fn group(&mut self, record: &GroupRecord<'_>, place: Place) -> Result<(), TooLarge> {
        if record.id.is_empty() {
            self.unused(place, says::item(""), UnusedReason::NoId);
            return Ok(());
        }
        match self.group_ids.declare(record.id)? {
            Ok(_) => {
                self.group_places.push(place, 1);
                self.groups.push(record)
            }
            Err(row) => {
                self.duplicate(Entity::Group, record.id, place, self.group_places.at(row));
                Ok(())
            }
        }
    }

    /// Tells that a group names a user, and whether the user manages it. Told twice it is one membership, a
    /// manager's if any says so.
    ///
    /// # Errors
    /// As [`Self::user`].
    ///
    /// Cost: O(length of the ids), amortised.
    pub fn membership(&mut self, group: &str, user: &str, is_admin: bool, place: Place) -> Result<(), TooLarge> {
        let group = self.group_ids.same_key(group)?;
        let user = self.user_ids.key(user)?;
        self.memberships.push(group, &[user << 1 | u32::from(is_admin)])?;
        self.membership_places.push(place, 1);
        Ok(())
    }

    /// Tells that a group, the child, is nested in another, the parent.
    ///
    /// # Errors
    /// As [`Self::user`].
    ///
    /// Cost: O(length of the ids), amortised.
    pub fn nesting(&mut self, parent: &str, child: &str, place: Place) -> Result<(), TooLarge> {
        let parent = self.key(parent)?;
        self.name(parent, Named::Children, child, place)
    }

    /// Tells that a direct member of a group, told before or after, manages it. Who is no direct member is unused.
    ///
    /// # Errors
    /// As [`Self::user`].
    ///
    /// Cost: O(length of the ids), amortised.
    pub fn manager(&mut self, group: &str, user: &str, place: Place) -> Result<(), TooLarge> {
        let group = self.key(group)?;
        self.name(group, Named::Managers, user, place)
    }

    /// The key of a group, to tell what it names.
    ///
    /// # Errors
    /// As [`Self::user`].
    pub(crate) fn key(&mut self, group: &str) -> Result<GroupKey, TooLarge> {
        self.group_ids.key(group).map(GroupKey)
    }

    /// Keeps an item that could not be read as a fact at all.
    pub fn unusable(&mut self, fact: Unused) {
        self.unused.push(fact);
    }

    /// How many items were kept apart so far. Cost: O(1).
    pub(crate) fn unused_count(&self) -> usize {
        self.unused.len()
    }

    /// How many facts there are so far. Cost: O(1).
    #[must_use]
    pub fn counts(&self) -> Counts {
        Counts {
            users: self.user_ids.declared(),
            groups: self.group_ids.declared(),
            memberships: self.memberships.len(),
            nestings: self.nestings.len(),
        }
    }

    /// Gives back what was reserved for more users and groups, as when others are to follow: so memberships find room there.
    pub(crate) fn settle(&mut self) {
        self.users.shrink();
        self.groups.shrink();
    }

    /// The directory, with everything that is derived from the facts. `progress` hears how many steps of how many are done.
    ///
    /// # Errors
    /// If there are more facts than can be numbered.
    ///
    /// Cost: O(facts + text), and the totals of all groups: see [`Directory::member_count`].
    pub fn finish(mut self, progress: &mut dyn FnMut(u32, u32)) -> Result<Directory, TooLarge> {
        progress(0, STEPS);
        let hierarchy = self.hierarchy();
        progress(1, STEPS);
        self.resolve_memberships(&hierarchy);
        let identifiers = self.identifiers()?;
        progress(2, STEPS);
        let (users, groups) = (self.users.id.len(), self.groups.id.len());
        let (mut positions, repeated) = Memberships::positions_of(users, groups, &self.memberships);
        self.tell_repeats(&hierarchy, &repeated);
        self.memberships = Told::default();
        progress(3, STEPS);
        self.promote(&hierarchy, &mut positions);
        let memberships = Memberships::of_positions(groups, positions);
        progress(4, STEPS);
        let totals = totals(users, &hierarchy, &memberships);
        progress(5, STEPS);
        sort::by_key(&mut self.unused, |fact| fact.place.line.into());
        let mut directory = Directory {
            marks: Marks::new(groups).into(),
            users: self.users,
            groups: self.groups,
            identifiers,
            hierarchy,
            memberships,
            totals,
            administrators: Set::default(),
            unused: self.unused,
            orders: Default::default(),
            distances: Default::default(),
        };
        directory.find_administrators();
        progress(STEPS, STEPS);
        Ok(directory)
    }

    /// Ends the columns; from here on, rows stand for ids.
    fn identifiers(&mut self) -> Result<Identifiers, TooLarge> {
        let ids = (std::mem::take(&mut self.user_ids), std::mem::take(&mut self.group_ids));
        let (identifiers, user_ids, group_ids) = Identifiers::new(ids.0, ids.1)?;
        self.users.id = user_ids;
        self.groups.id = group_ids;
        self.users.custom.finish(self.users.id.len())?;
        self.groups.custom.finish(self.groups.id.len())?;
        self.settle();
        Ok(identifiers)
    }

    fn hierarchy(&mut self) -> Hierarchy {
        let mut told = Vec::new();
        let mut in_itself = Vec::new();
        let nestings = std::mem::take(&mut self.nestings);
        for ((parent, child), index) in nestings.iter().zip(0..) {
            let (above, below) = (self.group_ids.row(parent), self.group_ids.row(child));
            let unknown = [(above, parent), (below, child)]
                .into_iter()
                .find(|(row, _)| *row == UNDECLARED);
            let reason = if let Some((_, key)) = unknown {
                UnusedReason::UnknownGroup(self.group_ids.id(key).to_owned())
            } else if parent == child {
                in_itself.push(GroupIndex::new(above));
                UnusedReason::InItself
            } else {
                told.push((parent, child));
                continue;
            };
            let says = says::nesting(self.group_ids.id(parent), self.group_ids.id(child));
            self.unused(self.nesting_places.at(index), says, reason);
        }
        let repeated = take_repeated(&mut told);
        repeats(nestings.iter(), &repeated, |(parent, child), index, first| {
            let says = says::nesting(self.group_ids.declared_id(parent), self.group_ids.declared_id(child));
            let before = self.nesting_places.at(first);
            let (place, reason) = (self.nesting_places.at(index), UnusedReason::Twice { before });
            self.unused.push(Unused { place, says, reason });
        });
        let ids = &self.group_ids;
        let nestings: Vec<_> = told
            .iter()
            .map(|(parent, child)| (ids.row(*parent), ids.row(*child)))
            .collect();
        sort::by_key(&mut in_itself, |group| group.row().into());
        in_itself.dedup();
        Hierarchy::new(self.group_ids.declared(), nestings, in_itself)
    }

    /// Turns keys into the group's position and the user's row; what names the unknown is told apart.
    fn resolve_memberships(&mut self, hierarchy: &Hierarchy) {
        let (users, groups) = (&self.user_ids, &self.group_ids);
        let mut resolve = |told: &mut Told, places: &Places, says: fn(&str, &str) -> String| {
            let mut index = 0;
            for (group, items) in told.runs_mut() {
                let row = groups.row(*group);
                if row == UNDECLARED || !users.is_in_order() {
                    resolve(users, groups, *group, items, &mut |at, user, reason| {
                        let says = says(groups.id(*group), users.id(user));
                        let place = places.at(index + at);
                        self.unused.push(Unused { place, says, reason });
                    });
                }
                index += items.len() as u32;
                *group = hierarchy.position(GroupIndex::new(row));
            }
        };
        resolve(&mut self.memberships, &self.membership_places, says::membership);
        resolve(&mut self.managers, &self.manager_places, says::manager);
    }

    fn tell_repeats(&mut self, hierarchy: &Hierarchy, repeated: &[(u32, u32)]) {
        let facts = self.memberships.iter().map(|(position, item)| (item >> 1, position));
        repeats(facts, repeated, |(user, position), index, first| {
            let group = hierarchy.group_at(position);
            let says = says::membership(id(&self.groups.id, group.row()), id(&self.users.id, user));
            let before = self.membership_places.at(first);
            let (place, reason) = (self.membership_places.at(index), UnusedReason::Twice { before });
            self.unused.push(Unused { place, says, reason });
        });
    }

    fn promote(&mut self, hierarchy: &Hierarchy, positions: &mut Rows) {
        let mut index = 0;
        for (position, items) in self.managers.runs() {
            promote(positions, position, items, &mut |at, user| {
                let group = hierarchy.group_at(position);
                let says = says::manager(id(&self.groups.id, group.row()), id(&self.users.id, user));
                let (place, reason) = (self.manager_places.at(index + at), UnusedReason::NotAMember);
                self.unused.push(Unused { place, says, reason });
            });
            index += items.len() as u32;
        }
    }

    fn duplicate(&mut self, entity: Entity, id: &str, place: Place, before: Place) {
        self.unused(place, says::item(id), UnusedReason::DuplicateId { entity, before });
    }

    fn unused(&mut self, place: Place, says: String, reason: UnusedReason) {
        self.unused.push(Unused { place, says, reason });
    }
}

/// Turns the keys of users into their rows, each with its role; calls `tell` for those that cannot be.
///
/// It is called for each group, so that what compiles WebAssembly sees that it is worth to be compiled well.
#[inline(never)]
fn resolve(
    users: &Interner,
    groups: &Interner,
    group: u32,
    items: &mut [u32],
    tell: &mut dyn FnMut(u32, u32, UnusedReason),
) {
    for (item, at) in items.iter_mut().zip(0..) {
        let user = *item >> 1;
        match unknown(users, groups, group, user) {
            None => *item = users.row(user) << 1 | *item & 1,
            Some(reason) => {
                tell(at, user, reason);
                *item = NOBODY;
            }
        }
    }
}

/// The group's id comes first in the file, so an unknown group is told before an unknown user.
fn unknown(users: &Interner, groups: &Interner, group: u32, user: u32) -> Option<UnusedReason> {
    if groups.row(group) == UNDECLARED {
        return Some(UnusedReason::UnknownGroup(groups.id(group).to_owned()));
    }
    (users.row(user) == UNDECLARED).then(|| UnusedReason::UnknownUser(users.id(user).to_owned()))
}

fn id(ids: &crate::text::TextColumn, row: u32) -> &str {
    ids.get(row).unwrap_or_default()
}
