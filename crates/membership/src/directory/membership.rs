//! Who is named by which group: compressed rows both ways, so that an inherited list is a few slices and a check a short list.

use crate::change::Restated;
use crate::directory::Rows;
use crate::directory::told::{NOBODY, Told};
use crate::entity::UserIndex;
use crate::hierarchy::Hierarchy;
use crate::sort;

/// How many bits of an item tell whether the user manages the group.
const ROLE: u32 = 1;

/// Every direct membership, both ways.
#[derive(Debug, Default)]
pub(crate) struct Memberships {
    /// For each group, by its position in the hierarchy, `user << 1 | manages`, ascending.
    members: Rows,
    /// For each user `position << 1 | manages`, ascending.
    positions: Rows,
    knows_managers: bool,
}

impl Memberships {
    /// For each user `position << 1 | manages`, ascending, of pairs of a group's position and `user << 1 | manages`; also
    /// gives the pairs of user and position that were told more than once, ascending.
    ///
    /// Cost: O(users + groups + pairs).
    pub(super) fn positions_of(users: u32, groups: u32, told: &Told) -> (Rows, Vec<(u32, u32)>) {
        let mut positions = told.turned(groups, users, ROLE);
        let mut repeated = Vec::new();
        if !(0..users).step_by(SOME).any(|first| have_repeat(&positions, first)) {
            return (positions, repeated);
        }
        // Positions ascend in each list, so that what was told twice stands together.
        positions.retain(|user, before, item| match before {
            Some(before) if *before >> 1 == item >> 1 => {
                *before |= item;
                repeated.push((user, item >> 1));
                false
            }
            _ => true,
        });
        repeated.dedup();
        (positions, repeated)
    }

    /// Takes in the lists of the users, as [`Self::positions_of`] makes them.
    ///
    /// Cost: O(users + groups + memberships).
    pub(super) fn of_positions(groups: u32, positions: Rows) -> Self {
        let members = positions.transpose(groups, ROLE);
        Self {
            knows_managers: knows_managers(&members),
            members,
            positions,
        }
    }

    /// Takes in the lists of the groups, by position: `user << 1 | manages`, ascending.
    ///
    /// Cost: O(users + groups + memberships).
    pub(super) fn of(users: u32, members: Rows) -> Self {
        let positions = members.transpose(users, ROLE);
        Self {
            knows_managers: knows_managers(&members),
            members,
            positions,
        }
    }

    /// The same memberships but for some, which come by group and by user, in the order of another hierarchy.
    ///
    /// Cost: O(users + groups + memberships + changes · log changes).
    pub(super) fn restated(&self, users: u32, before: &Hierarchy, after: &Hierarchy, changes: &[Restated]) -> Self {
        let groups = before.group_count();
        let mut members = Rows::with_capacity(groups, self.members.items().len() + changes.len());
        let mut list = Vec::new();
        for group in (0..groups).map(|position| after.group_at(position)) {
            let stood = self.at(before.position(group));
            let from = changes.partition_point(|change| change.group < group);
            let changes = changes.get(from..).unwrap_or_default();
            let mut changes = changes.iter().take_while(|change| change.group == group).peekable();
            if changes.peek().is_none() {
                members.push_row(stood);
                continue;
            }
            list.clear();
            for item in stood {
                while let Some(change) = changes.next_if(|change| change.user.row() < item >> 1) {
                    list.extend(change.item());
                }
                match changes.next_if(|change| change.user.row() == item >> 1) {
                    Some(change) => list.extend(change.item()),
                    None => list.push(*item),
                }
            }
            list.extend(changes.filter_map(Restated::item));
            members.push_row(&list);
        }
        Self::of(users, members)
    }

    /// How many memberships there are.
    pub fn count(&self) -> u64 {
        self.members.items().len() as u64
    }

    pub fn knows_managers(&self) -> bool {
        self.knows_managers
    }

    /// A group's members: `user << 1 | manages`, ascending.
    #[inline]
    pub fn at(&self, position: u32) -> &[u32] {
        self.members.row(position)
    }

    /// The members of the groups `start..end` by position, one group after another.
    #[inline]
    pub fn within(&self, start: u32, end: u32) -> &[u32] {
        self.members.range(start, end)
    }

    /// Every membership as `user << 1 | manages`, group by group in the hierarchy's order.
    pub fn all(&self) -> &[u32] {
        self.members.items()
    }

    /// Where in [`Self::all`] the members of the group at a position begin.
    pub fn first_at(&self, position: u32) -> u32 {
        self.members.start(position)
    }

    /// A user's groups: `position << 1 | manages`, ascending.
    #[inline]
    pub fn positions(&self, user: UserIndex) -> &[u32] {
        self.positions.row(user.row())
    }

    /// Whether a user manages the group at a position; nothing for somebody whom it does not name.
    #[inline]
    pub fn role(&self, user: UserIndex, position: u32) -> Option<bool> {
        let list = self.positions(user);
        let at = list.binary_search_by_key(&position, |item| item >> 1).ok()?;
        list.get(at).map(|item| item & 1 == 1)
    }

    /// Bytes of memory.
    pub fn memory(&self) -> usize {
        self.members.memory() + self.positions.memory()
    }
}

impl Restated {
    /// The membership as its group's list has it afterwards.
    fn item(&self) -> Option<u32> {
        self.after.map(|manages| self.user.row() << 1 | u32::from(manages))
    }
}

/// How many users are looked at together.
const SOME: usize = 1 << 10;

/// Whether something in the list of one of some users was told twice. It is called for a few at a time, so that what compiles
/// WebAssembly sees that it is worth to be compiled well.
#[inline(never)]
fn have_repeat(positions: &Rows, first: u32) -> bool {
    let is_told_once = |user| {
        positions
            .row(user)
            .is_sorted_by(|before, item| before >> 1 != item >> 1)
    };
    !(first..).take(SOME).all(is_told_once)
}

/// Makes the memberships of a group's managers, each `user << 1`, so in the lists of the users; calls `tell` for whoever is no
/// member.
///
/// Cost: O(managers · log direct groups).
#[inline(never)]
pub(super) fn promote(positions: &mut Rows, position: u32, managers: &[u32], tell: &mut dyn FnMut(u32, u32)) {
    for (manager, at) in managers.iter().zip(0..) {
        if *manager == NOBODY {
            continue;
        }
        let list = positions.row_mut(manager >> 1);
        match list.binary_search_by_key(&position, |item| item >> 1) {
            Ok(at) => list.get_mut(at).into_iter().for_each(|item| *item |= 1),
            Err(_) => tell(at, manager >> 1),
        }
    }
}

fn knows_managers(members: &Rows) -> bool {
    members.items().iter().any(|item| item & 1 == 1)
}

/// Sorts pairs and leaves one of each; gives those of which there were more, ascending.
///
/// Cost: O(pairs · log pairs).
pub(super) fn take_repeated(pairs: &mut Vec<(u32, u32)>) -> Vec<(u32, u32)> {
    sort::by_key(pairs, |(one, other)| u64::from(*one) << 32 | u64::from(*other));
    let same = pairs.chunk_by(|one, other| one == other);
    let repeated = same.filter(|same| same.len() > 1).filter_map(<[_]>::first);
    let repeated = repeated.copied().collect();
    pairs.dedup();
    repeated
}

/// Finds the repeats among facts: calls `found` with the index of each and that of the first one of the same pair.
/// `repeated` has the pairs that are told more than once, ascending.
///
/// Cost: O(facts · log repeated).
pub(super) fn repeats(
    facts: impl Iterator<Item = (u32, u32)>,
    repeated: &[(u32, u32)],
    mut found: impl FnMut((u32, u32), u32, u32),
) {
    if repeated.is_empty() {
        return;
    }
    let mut firsts = vec![None; repeated.len()];
    for (pair, index) in facts.zip(0..) {
        let first = repeated.binary_search(&pair).ok().and_then(|at| firsts.get_mut(at));
        match first {
            Some(Some(first)) => found(pair, index, *first),
            Some(first) => *first = Some(index),
            None => {}
        }
    }
}
