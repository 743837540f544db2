//! Changes the facts of a directory, and derives anew what depends on them.

use super::{ADMINISTRATORS, Directory, Unused, UnusedReason, says};
use crate::change::{Change, ChangeError, Staged};
use crate::entity::GroupIndex;
use crate::hierarchy::Hierarchy;
use crate::lookup::{Lookup, hash};
use crate::members::totals;
use crate::set::Set;

impl Directory {
    /// Makes changes, each of which sees those before it: all of them, or none. Users and groups keep their indices.
    ///
    /// What could not be used and says the same as a membership or nesting that came or went is settled by it, and no
    /// longer told: the fact that stood twice, the manager who was no member.
    ///
    /// # Errors
    /// The first change that cannot be; the directory is then as it was.
    ///
    /// Cost: O(users + groups + memberships), and the totals of all groups: see [`Self::member_count`]; if nestings
    /// change, O(nestings + spans) too. No text is read.
    pub fn apply(&mut self, changes: &[Change<'_>]) -> Result<(), ChangeError> {
        let staged = Staged::new(self, changes)?;
        self.forget_settled(&staged);
        let nested = (!staged.nested.is_empty() || !staged.unnested.is_empty()).then(|| self.renested(&staged));
        if nested.is_none() && staged.memberships.is_empty() {
            return Ok(());
        }
        let hierarchy = nested.as_ref().unwrap_or(&self.hierarchy);
        let users = self.user_count();
        self.memberships = self
            .memberships
            .restated(users, &self.hierarchy, hierarchy, &staged.memberships);
        self.totals = totals(users, hierarchy, &self.memberships);
        if let Some(hierarchy) = nested {
            self.hierarchy = hierarchy;
        }
        self.orders.get_mut().forget_derived();
        self.distances = Default::default();
        self.find_administrators();
        Ok(())
    }

    /// Derives who the administrators are. Cost: O(bytes of the groups' names), and that of [`Self::member_set`].
    pub(super) fn find_administrators(&mut self) {
        let mut named = Set::new(self.group_count());
        self.groups
            .name
            .equals(ADMINISTRATORS, &Set::full(self.group_count()), &mut named);
        self.administrators = match named.iter().next() {
            Some(group) => self.member_set(GroupIndex::new(group), true),
            None => Set::new(self.user_count()),
        };
    }

    fn renested(&self, staged: &Staged) -> Hierarchy {
        let stand = self.all_groups().flat_map(|parent| {
            self.hierarchy
                .children(parent)
                .iter()
                .map(move |child| (parent, *child))
        });
        let stay = stand.filter(|pair| staged.unnested.binary_search(pair).is_err());
        let rows = stay.chain(staged.nested.iter().copied());
        let nestings = rows.map(|(parent, child)| (parent.row(), child.row())).collect();
        Hierarchy::new(self.group_count(), nestings, self.hierarchy.in_itself().to_vec())
    }

    /// Drops what was told of the pairs that came or went. Cost: O(facts that could not be used + those pairs).
    fn forget_settled(&mut self, staged: &Staged) {
        if self.unused.is_empty() {
            return;
        }
        let mut settled = Vec::new();
        for (group, user) in &staged.settled_memberships {
            let (group, user) = (self.group_id(*group), self.user_id(*user));
            settled.push(says::membership(group, user));
            settled.push(says::manager(group, user));
        }
        for (parent, child) in &staged.settled_nestings {
            settled.push(says::nesting(self.group_id(*parent), self.group_id(*child)));
        }
        let text = |at: u32| settled.get(at as usize).map_or("", String::as_str);
        let mut lookup = Lookup::default();
        for (says, at) in settled.iter().zip(0..) {
            lookup.find_or_add(hash(says.as_bytes()), at, &|other| text(other) == says);
        }
        let is_settled = |fact: &Unused| {
            let says = &fact.says;
            matches!(fact.reason, UnusedReason::Twice { .. } | UnusedReason::NotAMember)
                && lookup.find(hash(says.as_bytes()), &|at| text(at) == says).is_some()
        };
        self.unused.retain(|fact| !is_settled(fact));
    }
}
