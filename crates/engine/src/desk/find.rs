//! Whom and what a few letters mean, among all users and groups.

use membership::directory::Directory;
use membership::entity::{GroupIndex, UserIndex};
use membership::order;
use protocol::{FindQuestion, Found, FoundGroup, FoundUser, Kind, Problem};

use super::names::{group_name, user_row};
use super::{Ask, Desk, answered};

/// The most of each that are told.
const MOST: u32 = 100;
/// The most groups above one that are named.
const ABOVE: usize = 12;

/// Answers what the palette asks.
///
/// # Errors
/// Says what is wrong with the question.
pub fn answer_find(desk: &mut Desk, kind: Kind, question: &[u8], now: i64) -> Result<Vec<u8>, Problem> {
    match kind {
        Kind::Find => answered::<FindQuestion>(desk, question, now),
        _ => Err(Problem::NotRead),
    }
}

impl Ask for FindQuestion {
    /// Cost: that of looking through all names, and O(groups found · log) for their order.
    fn answer(&self, desk: &mut Desk, _now: i64) -> Result<Found, Problem> {
        let directory = &desk.directory;
        let text = self.text.trim();
        let among = Some(u64::from(directory.user_count()) + u64::from(directory.group_count()));
        if text.is_empty() {
            return Ok(Found {
                among,
                ..Found::default()
            });
        }
        let limit = self.limit.min(MOST);
        let groups = desk.groups_named(text);
        let users = directory.find_users(text);
        let by_name = directory.user_permutation(&order::by_name());
        let shown = order::window(&by_name, &users, 0, limit).into_iter();
        Ok(Found {
            groups_total: groups.len() as u32,
            groups: groups
                .into_iter()
                .take(limit as usize)
                .map(|group| found_group(directory, group))
                .collect(),
            users_total: Some(users.count()),
            users: shown.map(|row| found_user(directory, UserIndex::new(row))).collect(),
            among,
        })
    }
}

fn found_group(directory: &Directory, group: GroupIndex) -> FoundGroup {
    let name = group_name(directory, group);
    FoundGroup {
        id: name.id,
        name: name.name,
        above: above(directory, group),
        members: Some(directory.member_count(group)),
    }
}

/// The way up by the largest parents, until one stands on it already. Cost: O(parents on the way).
fn above(directory: &Directory, group: GroupIndex) -> Vec<String> {
    let largest = |group: &GroupIndex| {
        let parents = directory.hierarchy().parents(*group).iter().copied();
        parents.max_by_key(|parent| directory.member_count(*parent))
    };
    let mut way = vec![group];
    while let Some(parent) = way.last().and_then(largest).filter(|parent| !way.contains(parent))
        && way.len() <= ABOVE
    {
        way.push(parent);
    }
    let above = way.iter().skip(1).rev();
    above.map(|group| directory.group_name(*group).to_owned()).collect()
}

fn found_user(directory: &Directory, user: UserIndex) -> FoundUser {
    let row = user_row(directory, user);
    FoundUser {
        id: row.id,
        name: row.name,
        detail: if row.username.is_empty() {
            row.email
        } else {
            row.username
        },
        status: row.status,
        groups: row.groups,
    }
}
