//! The facts as changes would leave them, seen through those that stand.

use crate::change::Staged;
use crate::directory::Directory;
use crate::entity::{GroupIndex, UserIndex};
use crate::sort;

/// Memberships and nestings as they would be.
pub(super) struct After<'a> {
    directory: &'a Directory,
    parents: Overlay,
    children: Overlay,
    groups: Overlay,
}

impl<'a> After<'a> {
    /// Cost: O(changes · log changes).
    pub fn new(directory: &'a Directory, staged: &Staged) -> Self {
        let down = |pairs: &[(GroupIndex, GroupIndex)]| {
            let keys = pairs.iter().map(|(parent, child)| key(parent.row(), child.row()));
            keys.collect::<Vec<_>>()
        };
        let up = |pairs: &[(GroupIndex, GroupIndex)]| {
            let keys = pairs.iter().map(|(parent, child)| key(child.row(), parent.row()));
            keys.collect::<Vec<_>>()
        };
        let memberships = |wanted: fn(Option<bool>, Option<bool>) -> bool| {
            let restated = staged.memberships.iter().filter(|it| wanted(it.before, it.after));
            restated
                .map(|it| key(it.user.row(), it.group.row()))
                .collect::<Vec<_>>()
        };
        Self {
            directory,
            parents: Overlay::new(up(&staged.nested), up(&staged.unnested)),
            children: Overlay::new(down(&staged.nested), down(&staged.unnested)),
            groups: Overlay::new(
                memberships(|before, after| before.is_none() && after.is_some()),
                memberships(|before, after| before.is_some() && after.is_none()),
            ),
        }
    }

    /// The groups that would name a user, in no order.
    pub fn direct_groups(&self, user: UserIndex) -> impl Iterator<Item = GroupIndex> + '_ {
        let groups = self.directory.direct_groups(user).map(|(group, _)| group);
        self.groups.of(user.row(), groups)
    }

    /// The groups that a group would be nested right in, in no order.
    pub fn parents(&self, group: GroupIndex) -> impl Iterator<Item = GroupIndex> + '_ {
        let parents = self.directory.hierarchy.parents(group).iter().copied();
        self.parents.of(group.row(), parents)
    }

    /// The groups that would be nested right in a group, in the order of the facts about groups.
    pub fn children(&self, group: GroupIndex) -> std::vec::IntoIter<GroupIndex> {
        let children = self.directory.hierarchy.children(group).iter().copied();
        let mut children: Vec<_> = self.children.of(group.row(), children).collect();
        sort::by_key(&mut children, |group| group.row().into());
        children.into_iter()
    }
}

/// Pairs that come to those that stand, and those that go, ascending.
struct Overlay {
    added: Vec<u64>,
    removed: Vec<u64>,
}

impl Overlay {
    fn new(mut added: Vec<u64>, mut removed: Vec<u64>) -> Self {
        for pairs in [&mut added, &mut removed] {
            sort::by_key(pairs, |pair| *pair);
        }
        Self { added, removed }
    }

    /// What goes with `one` afterwards, where `stand` is what goes with it before.
    ///
    /// Cost: O(log changes) for each.
    fn of(&self, one: u32, stand: impl Iterator<Item = GroupIndex>) -> impl Iterator<Item = GroupIndex> {
        let from = self.added.partition_point(|pair| *pair < key(one, 0));
        let added = self.added.get(from..).unwrap_or_default().iter();
        let added = added
            .take_while(move |pair| *pair >> 32 == u64::from(one))
            .map(|pair| GroupIndex::new(*pair as u32));
        let stays = move |other: &GroupIndex| {
            self.removed.is_empty() || self.removed.binary_search(&key(one, other.row())).is_err()
        };
        stand.filter(stays).chain(added)
    }
}

fn key(one: u32, other: u32) -> u64 {
    u64::from(one) << 32 | u64::from(other)
}
