//! A directory as it lies in a snapshot: its facts, and what is dear to derive.

use super::{Directory, Groups, Memberships, Place, Rows, Unused, UnusedReason, Users};
use crate::entity::{Entity, GroupIndex};
use crate::hierarchy::Hierarchy;
use crate::members::Marks;
use crate::order::Orders;
use crate::snapshot::{Reader, SnapshotError, Writer};

const NESTINGS: SnapshotError = SnapshotError::Content("nestings");
const MEMBERSHIPS: SnapshotError = SnapshotError::Content("memberships");
const TOTALS: SnapshotError = SnapshotError::Content("totals");
const UNUSED: SnapshotError = SnapshotError::Content("unused facts");

impl Directory {
    pub(crate) fn pack(&self, out: &mut Writer) {
        out.numbers(&[self.user_count(), self.group_count()]);
        self.users.pack(out);
        self.groups.pack(out);
        self.pack_nestings(out);
        self.pack_memberships(out);
        out.numbers(&self.totals);
        out.numbers(self.user_permutation(&[]).rows());
        out.numbers(self.group_permutation(&[]).rows());
        pack_unused(&self.unused, out);
    }

    /// Every index is checked against what it points into.
    pub(crate) fn unpack(reader: &mut Reader<'_>) -> Result<Self, SnapshotError> {
        let [users, groups] = *reader.numbers() else {
            return Err(SnapshotError::Content("counts"));
        };
        // One bit of an index is taken by the role.
        if users.max(groups) > i32::MAX as u32 {
            return Err(SnapshotError::Content("counts"));
        }
        let columns = (Users::unpack(users, reader), Groups::unpack(groups, reader));
        reader.check()?;
        let hierarchy = unpack_nestings(groups, reader)?;
        let memberships = unpack_memberships(users, &hierarchy, reader)?;
        let mut directory = Self {
            users: columns.0,
            groups: columns.1,
            identifiers: Default::default(),
            hierarchy,
            memberships,
            totals: reader.numbers(),
            administrators: Default::default(),
            unused: Vec::new(),
            marks: Marks::new(groups).into(),
            orders: Default::default(),
            distances: Default::default(),
        };
        directory.check_totals()?;
        directory.orders = Orders::with_defaults(users, reader.numbers(), groups, reader.numbers())
            .ok_or(SnapshotError::Content("orders"))?
            .into();
        directory.unused = unpack_unused(reader)?;
        directory.find_administrators();
        Ok(directory)
    }

    /// Parent by parent in the order of the facts.
    fn pack_nestings(&self, out: &mut Writer) {
        let children = |parent| self.hierarchy.children(parent);
        let counts: Vec<_> = self.all_groups().map(|parent| children(parent).len() as u32).collect();
        out.numbers(&counts);
        let rows = self
            .all_groups()
            .flat_map(|parent| children(parent).iter().map(|child| child.row()));
        out.numbers(&rows.collect::<Vec<_>>());
        let in_itself = self.hierarchy.in_itself().iter();
        out.numbers(&in_itself.map(|group| group.row()).collect::<Vec<_>>());
    }

    /// Group by group in the hierarchy's order, which is told too: it follows from the nestings, as long as nobody changes
    /// how the hierarchy is numbered.
    fn pack_memberships(&self, out: &mut Writer) {
        let positions = 0..self.group_count();
        let order: Vec<_> = positions.clone().map(|at| self.hierarchy.group_at(at).row()).collect();
        out.numbers(&order);
        let counts: Vec<_> = positions.map(|at| self.memberships.at(at).len() as u32).collect();
        out.numbers(&counts);
        out.numbers(self.memberships.all());
    }

    /// A group has at least its direct members, and at most all users.
    fn check_totals(&self) -> Result<(), SnapshotError> {
        let fits = |(group, total): (GroupIndex, &u32)| (self.direct_count(group)..=self.user_count()).contains(total);
        let all_fit = self.totals.len() == self.group_count() as usize && self.all_groups().zip(&self.totals).all(fits);
        if all_fit { Ok(()) } else { Err(TOTALS) }
    }
}

fn unpack_nestings(groups: u32, reader: &mut Reader<'_>) -> Result<Hierarchy, SnapshotError> {
    let children = Rows::of_counts(&reader.numbers(), reader.numbers()).ok_or(NESTINGS)?;
    let in_itself = reader.numbers();
    let is_list = |list: &[u32]| ascends(list) && list.last().is_none_or(|last| *last < groups);
    let is_right = |parent| is_list(children.row(parent)) && children.row(parent).binary_search(&parent).is_err();
    if children.len() != groups || !is_list(&in_itself) || !(0..groups).all(is_right) {
        return Err(NESTINGS);
    }
    let nestings = children.pairs().collect();
    let in_itself = in_itself.into_iter().map(GroupIndex::new).collect();
    Ok(Hierarchy::new(groups, nestings, in_itself))
}

fn unpack_memberships(
    users: u32,
    hierarchy: &Hierarchy,
    reader: &mut Reader<'_>,
) -> Result<Memberships, SnapshotError> {
    let order = reader.numbers();
    let members = Rows::of_counts(&reader.numbers(), reader.numbers()).ok_or(MEMBERSHIPS)?;
    let groups = hierarchy.group_count();
    let told = order.iter().map(|group| GroupIndex::new(*group));
    let is_same = told.eq((0..groups).map(|position| hierarchy.group_at(position)));
    // Ascending by user, so that nobody is in a list twice.
    let is_list = |list: &[u32]| {
        let mut least = 0;
        let ascends = list
            .iter()
            .all(|item| std::mem::replace(&mut least, (item >> 1) + 1) <= item >> 1);
        ascends && least <= users
    };
    let is_right = members.len() == groups && (0..groups).all(|position| is_list(members.row(position)));
    if is_same && is_right {
        Ok(Memberships::of(users, members))
    } else {
        Err(MEMBERSHIPS)
    }
}

/// Whether each number is greater than the one before it.
fn ascends(list: &[u32]) -> bool {
    list.is_sorted_by(|one, next| one < next)
}

fn pack_unused(unused: &[Unused], out: &mut Writer) {
    let numbers: Vec<_> = unused
        .iter()
        .flat_map(|fact| {
            let (kind, before, _) = told(&fact.reason);
            [fact.place.line, kind, before.line]
        })
        .collect();
    out.numbers(&numbers);
    out.texts(unused.iter().map(|fact| fact.says.as_str()));
    out.texts(unused.iter().map(|fact| told(&fact.reason).2));
}

fn unpack_unused(reader: &mut Reader<'_>) -> Result<Vec<Unused>, SnapshotError> {
    let numbers = reader.numbers();
    let (says, words) = (reader.texts(), reader.texts());
    let (facts, rest) = numbers.as_chunks::<3>();
    if !rest.is_empty() || says.len() != facts.len() || words.len() != facts.len() {
        return Err(UNUSED);
    }
    let texts = says.into_iter().zip(words);
    let unused = facts.iter().zip(texts).map(|([line, kind, before], (says, words))| {
        let before = Place { line: *before };
        Some(Unused {
            place: Place { line: *line },
            says,
            reason: reason(*kind, before, words)?,
        })
    });
    unused.collect::<Option<_>>().ok_or(UNUSED)
}

/// A reason as a number, with the place and the words that it has.
fn told(reason: &UnusedReason) -> (u32, Place, &str) {
    let nowhere = Place::default();
    match reason {
        UnusedReason::UnknownUser(id) => (0, nowhere, id),
        UnusedReason::UnknownGroup(id) => (1, nowhere, id),
        UnusedReason::Twice { before } => (2, *before, ""),
        UnusedReason::DuplicateId {
            entity: Entity::User,
            before,
        } => (3, *before, ""),
        UnusedReason::DuplicateId {
            entity: Entity::Group,
            before,
        } => (4, *before, ""),
        UnusedReason::NoId => (5, nowhere, ""),
        UnusedReason::InItself => (6, nowhere, ""),
        UnusedReason::NotAMember => (7, nowhere, ""),
        UnusedReason::Value(why) => (8, nowhere, why),
    }
}

/// The reason of a number.
fn reason(kind: u32, before: Place, words: String) -> Option<UnusedReason> {
    let duplicate = |entity| UnusedReason::DuplicateId { entity, before };
    Some(match kind {
        0 => UnusedReason::UnknownUser(words),
        1 => UnusedReason::UnknownGroup(words),
        2 => UnusedReason::Twice { before },
        3 => duplicate(Entity::User),
        4 => duplicate(Entity::Group),
        5 => UnusedReason::NoId,
        6 => UnusedReason::InItself,
        7 => UnusedReason::NotAMember,
        8 => UnusedReason::Value(words),
        _ => return None,
    })
}
