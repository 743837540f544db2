//! Who manages what: the managers of a group, everybody who manages any, and groups that few or none manage.

use membership::directory::Directory;
use membership::entity::{GroupIndex, UserIndex};
use membership::order;
use membership::path::PathFinder;
use membership::set::Set;
use membership::sort;
use protocol::{
    GroupManager, GroupManagers, ManagedGroup, ManagerBrief, ManagerName, ManagersOf, ManagersPage, ManagersQuestion,
    Problem, UserRow, UserStatus,
};

use super::Desk;
use super::names::{FEW, by_name, group_name, status, user_row};
use super::paths::why;

/// The most managers of a group that are listed.
const LISTED: usize = 500;
/// The most rows of one window.
const WINDOW: u32 = 10_000;
/// How many managers of a group are named.
const NAMED: usize = 3;

/// Who manages groups, and how many; worked out when it is first asked for.
pub struct Managers {
    /// Users who manage a group, those who manage the most first, then by name.
    people: Vec<Manager>,
    /// Groups with members and no manager, the largest first.
    none: Vec<GroupIndex>,
    /// Groups with a single manager, the largest first.
    one: Vec<GroupIndex>,
}

/// A user who manages groups.
#[derive(Clone, Copy)]
pub struct Manager {
    pub user: UserIndex,
    pub manages: u32,
    /// Of those, how many nobody else manages.
    pub alone: u32,
}

/// What a question about managers lists.
pub enum ListedManagers {
    People(Vec<Manager>),
    Groups(Vec<GroupIndex>),
}

impl Managers {
    /// Cost: O(users + memberships), and sorting those who manage.
    fn new(directory: &Directory) -> Self {
        let mut counts = vec![(0_u32, 0_u32); directory.user_count() as usize];
        let (mut none, mut one) = (Vec::new(), Vec::new());
        for group in directory.all_groups() {
            let count = directory.manager_count(group);
            match count {
                0 if directory.direct_count(group) > 0 && directory.knows_managers() => none.push(group),
                1 => one.push(group),
                _ => {}
            }
            for user in managers(directory, group) {
                if let Some((manages, alone)) = counts.get_mut(user.row() as usize) {
                    *manages += 1;
                    *alone += u32::from(count == 1);
                }
            }
        }
        let by_name = directory.user_permutation(&order::by_name());
        let of = |row: &u32| {
            let (manages, alone) = counts.get(*row as usize).copied().unwrap_or_default();
            let user = UserIndex::new(*row);
            (manages > 0).then_some(Manager { user, manages, alone })
        };
        let all = Set::from_fn(directory.user_count(), |row| {
            counts.get(row as usize).is_some_and(|(manages, _)| *manages > 0)
        });
        let mut people: Vec<Manager> = order::rows(&by_name, &all).iter().filter_map(of).collect();
        sort::by_key(&mut people, |manager| u64::from(u32::MAX - manager.manages));
        largest_first(directory, &mut none);
        largest_first(directory, &mut one);
        Self { people, none, one }
    }
}

impl Desk {
    /// Cost: O(direct members), and of the managers each one's direct groups.
    pub(super) fn group_managers(&self, group: GroupIndex) -> GroupManagers {
        let directory = &self.directory;
        let users = managers_by_name(directory, group);
        let finder = PathFinder::new(directory, group);
        let is_active = |user: &&UserIndex| status(directory, **user) == UserStatus::Active;
        let mut children = directory.hierarchy().children(group).to_vec();
        by_name(directory, &mut children);
        let manager = |user: &UserIndex| {
            let mut others = managed(directory, *user);
            others.retain(|other| *other != group);
            by_name(directory, &mut others);
            GroupManager {
                user: UserRow {
                    why: why(directory, &finder, *user),
                    ..user_row(directory, *user)
                },
                others_total: others.len() as u32,
                others: others
                    .iter()
                    .take(FEW)
                    .map(|other| group_name(directory, *other))
                    .collect(),
            }
        };
        GroupManagers {
            group: group_name(directory, group),
            direct: directory.direct_count(group),
            total: users.len() as u32,
            active: users.iter().filter(is_active).count() as u32,
            managers: users.iter().take(LISTED).map(manager).collect(),
            child: children.first().map(|child| group_name(directory, *child)),
        }
    }

    /// Cost: that of [`Managers::new`] the first time; then O(those who manage), and of a search that of searching.
    pub(super) fn managers(&mut self, question: &ManagersQuestion) -> Result<ManagersPage, Problem> {
        let user = match &question.of {
            ManagersOf::User(user) => Some(self.find_user(user)?),
            _ => None,
        };
        let listed = self.listed_managers(question)?;
        let directory = &self.directory;
        let limit = question.limit.min(WINDOW) as usize;
        let mut page = ManagersPage {
            user: user.map(|user| user_row(directory, user)),
            ..ManagersPage::default()
        };
        match &listed {
            ListedManagers::People(people) => {
                page.total = people.len() as u32;
                page.managers = people
                    .iter()
                    .take(limit)
                    .map(|manager| brief(directory, manager))
                    .collect();
            }
            ListedManagers::Groups(groups) => {
                page.total = groups.len() as u32;
                let rows = groups.iter().take(limit);
                page.groups = rows.map(|group| managed_group(directory, *group, user)).collect();
            }
        }
        let known = self.managers.get_or_insert_with(|| Managers::new(directory));
        page.people = known.people.len() as u32;
        page.none = known.none.len() as u32;
        page.one = known.one.len() as u32;
        Ok(page)
    }

    /// All that a question lists. Cost: that of [`Managers::new`] the first time; then O(those who manage), and of a search
    /// that of searching.
    pub(super) fn listed_managers(&mut self, question: &ManagersQuestion) -> Result<ListedManagers, Problem> {
        let user = match &question.of {
            ManagersOf::User(user) => Some(self.find_user(user)?),
            _ => None,
        };
        let directory = &self.directory;
        let known = self.managers.get_or_insert_with(|| Managers::new(directory));
        let q = question.q.trim();
        let mut groups = match (&question.of, user) {
            (ManagersOf::People, _) => {
                let found = (!q.is_empty()).then(|| directory.find_users(q));
                let matches =
                    |manager: &&Manager| found.as_ref().is_none_or(|found| found.contains(manager.user.row()));
                let people = known.people.iter().filter(matches).copied().collect();
                return Ok(ListedManagers::People(people));
            }
            (ManagersOf::WithNone, _) => known.none.clone(),
            (ManagersOf::WithOne, _) => known.one.clone(),
            (ManagersOf::User(_), user) => {
                let mut groups = user.map(|user| managed(directory, user)).unwrap_or_default();
                largest_first(directory, &mut groups);
                groups
            }
        };
        if !q.is_empty() {
            let found = directory.find_groups(q);
            groups.retain(|group| found.contains(group.row()));
        }
        Ok(ListedManagers::Groups(groups))
    }
}

fn brief(directory: &Directory, manager: &Manager) -> ManagerBrief {
    let mut groups = managed(directory, manager.user);
    by_name(directory, &mut groups);
    sort::by_key(&mut groups, |group| u64::from(directory.manager_count(*group) > 1));
    ManagerBrief {
        user: user_row(directory, manager.user),
        manages: manager.manages,
        alone: manager.alone,
        groups: groups
            .iter()
            .take(FEW)
            .map(|group| group_name(directory, *group))
            .collect(),
    }
}

/// A group with its managers, but for the user whose groups are listed.
fn managed_group(directory: &Directory, group: GroupIndex, of: Option<UserIndex>) -> ManagedGroup {
    let users = managers_by_name(directory, group);
    let others = users.iter().filter(|user| Some(**user) != of);
    let name = |user: &UserIndex| ManagerName {
        id: directory.user_id(*user).to_owned(),
        name: directory.user_name(*user).into_owned(),
        status: status(directory, *user),
    };
    ManagedGroup {
        group: group_name(directory, group),
        direct: directory.direct_count(group),
        total: directory.member_count(group),
        managers: users.len() as u32,
        named: others.take(NAMED).map(name).collect(),
    }
}

/// Who manages a group. Cost: O(direct members).
pub fn managers(directory: &Directory, group: GroupIndex) -> impl Iterator<Item = UserIndex> + '_ {
    let members = directory.direct_members(group);
    members.filter_map(|(user, is_manager)| is_manager.then_some(user))
}

/// Who manages a group, by name. Cost: O(direct members + m log m) for m managers.
pub fn managers_by_name(directory: &Directory, group: GroupIndex) -> Vec<UserIndex> {
    let by_name = directory.user_permutation(&order::by_name());
    let place = |user: &UserIndex| by_name.places().get(user.row() as usize).copied();
    let mut users: Vec<UserIndex> = managers(directory, group).collect();
    sort::by_key(&mut users, |user| place(user).map_or(u64::MAX, u64::from));
    users
}

/// The groups that a user manages. Cost: O(direct groups of the user).
pub fn managed(directory: &Directory, user: UserIndex) -> Vec<GroupIndex> {
    let groups = directory.direct_groups(user);
    groups
        .filter_map(|(group, is_manager)| is_manager.then_some(group))
        .collect()
}

/// The most members first, those of one size by name.
fn largest_first(directory: &Directory, groups: &mut [GroupIndex]) {
    by_name(directory, groups);
    sort::by_key(groups, |group| u64::from(u32::MAX - directory.member_count(*group)));
}
