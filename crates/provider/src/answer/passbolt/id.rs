//! Ids as the vendor has them, UUIDs: an id of the directory that is one stays, for any other a UUIDv5 stands in.

use membership::directory::Directory;
use membership::entity::{GroupIndex, UserIndex, is_uuid};
use membership::sort;
use uuid::{Uuid, Version};

/// The namespace of the vendor's own UUIDv5s: those of its actions, and of the roles in its tests.
const NAMESPACE: Uuid = Uuid::from_u128(0xd544_7ca1_950f_459d_8b20_86dd_fdd0_f922);

/// The UUIDv5 of what a name identifies. Cost: O(length).
pub(super) fn named(name: &str) -> Uuid {
    Uuid::new_v5(&NAMESPACE, name.as_bytes())
}

/// A user's id. Cost: O(length).
pub(in crate::answer) fn of_user(directory: &Directory, user: UserIndex) -> Uuid {
    standing_in("user", directory.user_id(user))
}

/// A group's id. Cost: O(length).
pub(in crate::answer) fn of_group(directory: &Directory, group: GroupIndex) -> Uuid {
    standing_in("group", directory.group_id(group))
}

/// The id of a membership.
pub(super) fn of_membership(group: Uuid, user: Uuid) -> Uuid {
    named(&format!("group_user.id.{group}.{user}"))
}

/// The id of a user's profile.
pub(super) fn of_profile(user: Uuid) -> Uuid {
    named(&format!("profile.id.{user}"))
}

fn standing_in(kind: &str, id: &str) -> Uuid {
    told(id).unwrap_or_else(|| named(&format!("{kind}.id.{id}")))
}

/// An id that is a UUID, in any case, in its only documented spelling, with four hyphens.
pub(super) fn told(id: &str) -> Option<Uuid> {
    if is_uuid(id) { Uuid::try_parse(id).ok() } else { None }
}

/// For each id its user, if there is one.
///
/// Cost: O(ids) for ids that are the directory's own; if one of the others can stand in for an id, which only a UUIDv5
/// can, O((users + ids) · log ids), since a UUIDv5 does not tell what it was made of.
pub(super) fn users(directory: &Directory, ids: &[Uuid]) -> Vec<Option<UserIndex>> {
    let own = |id: &str| directory.user_by_id(id).map(UserIndex::row);
    let all = directory.all_users().map(|user| directory.user_id(user));
    let rows = rows(ids, "user", &own, &mut all.into_iter());
    rows.into_iter().map(|row| row.map(UserIndex::new)).collect()
}

/// For each id its group, if there is one. Cost: as [`users`].
pub(super) fn groups(directory: &Directory, ids: &[Uuid]) -> Vec<Option<GroupIndex>> {
    let own = |id: &str| directory.group_by_id(id).map(GroupIndex::row);
    let all = directory.all_groups().map(|group| directory.group_id(group));
    let rows = rows(ids, "group", &own, &mut all.into_iter());
    rows.into_iter().map(|row| row.map(GroupIndex::new)).collect()
}

/// `own` finds the row of an id of the directory, `all` are these ids by row.
fn rows(
    ids: &[Uuid],
    kind: &str,
    own: &dyn Fn(&str) -> Option<u32>,
    all: &mut dyn Iterator<Item = &str>,
) -> Vec<Option<u32>> {
    let mut found: Vec<_> = ids.iter().map(|id| own(&id.to_string())).collect();
    let pending = |(id, row): &(&Uuid, &Option<u32>)| row.is_none() && id.get_version() == Some(Version::Sha1);
    let mut wanted: Vec<_> = (0..)
        .zip(ids.iter().zip(&found))
        .filter(|(_, pair)| pending(pair))
        .map(|(at, (id, _))| (half(*id), at))
        .collect();
    sort::by_key(&mut wanted, |(half, _)| *half);
    if wanted.is_empty() {
        return found;
    }
    for (row, id) in (0..).zip(all).filter(|(_, id)| !is_uuid(id)) {
        let stand_in = standing_in(kind, id);
        let first = wanted.partition_point(|(other, _)| *other < half(stand_in));
        for (_, at) in wanted
            .iter()
            .skip(first)
            .take_while(|(other, _)| *other == half(stand_in))
        {
            if ids.get(*at) == Some(&stand_in)
                && let Some(found) = found.get_mut(*at)
            {
                *found = Some(row);
            }
        }
    }
    found
}

/// The first half of an id: enough to sort by.
fn half(id: Uuid) -> u64 {
    id.as_u64_pair().0
}
