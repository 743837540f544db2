//! One user with all groups, and who is meant by a few letters.

use membership::directory::Directory;
use membership::entity::{CustomRef, CustomValue, GroupIndex, UserIndex, UserRecord};
use membership::path::PathFinder;
use membership::sort;
use protocol::{DirectGroup, Entity, EntityName, HttpRequest, InheritedGroup, UserDetail};

use super::Desk;
use super::group::above;
use super::names::{FEW, by_name, description, group_name, user_row};
use super::paths::{CAP, steps};

/// The most inherited groups that are listed with their paths.
const INHERITED: usize = 1_000;

impl Desk {
    /// Cost: O(groups below) for each inherited group, whose paths are looked for.
    pub(super) fn user(&self, user: UserIndex) -> UserDetail {
        let directory = &self.directory;
        let mut direct: Vec<GroupIndex> = directory.direct_groups(user).map(|(group, _)| group).collect();
        by_name(directory, &mut direct);
        let mut inherited = directory.groups_of(user, true);
        inherited.retain(|group| !directory.is_direct_member(user, *group));
        by_name(directory, &mut inherited);
        let inherited_total = inherited.len() as u32;
        inherited.truncate(INHERITED);
        let manages = direct.iter().filter(|group| directory.is_manager(user, **group));
        let row = user_row(directory, user);
        UserDetail {
            fields: fields(directory, user),
            manages: manages.map(|group| group_name(directory, *group)).collect(),
            direct: direct
                .iter()
                .map(|group| direct_group(directory, user, *group))
                .collect(),
            inherited: inherited
                .iter()
                .map(|group| inherited_group(directory, user, *group))
                .collect(),
            inherited_total,
            user: row,
            request: HttpRequest::default(),
        }
    }

    /// Users or groups that have a text in their names; those whose name begins so come first, then the largest groups,
    /// and users by name.
    pub(super) fn suggest(&self, among: Entity, text: &str, limit: usize) -> Vec<EntityName> {
        let directory = &self.directory;
        match among {
            Entity::Group => {
                let named = self.groups_named(text).into_iter().take(limit);
                named.map(|group| self.group_suggestion(group)).collect()
            }
            Entity::User => {
                let set = directory.find_users(text.trim());
                let permutation = directory.user_permutation(&membership::order::by_name());
                let window = membership::order::window(&permutation, &set, 0, limit as u32);
                window
                    .into_iter()
                    .map(|row| self.user_suggestion(UserIndex::new(row)))
                    .collect()
            }
        }
    }

    /// The groups that have a text in their names: those whose name begins so first, then the largest.
    /// Cost: that of looking through all names, and O(n log n) for the n that are found.
    pub(super) fn groups_named(&self, text: &str) -> Vec<GroupIndex> {
        let directory = &self.directory;
        let text = membership::text::fold(text.trim()).into_owned();
        let set = directory.find_groups(&text);
        let by_name = membership::order::rows(&directory.groups_by_name(), &set);
        let mut groups: Vec<GroupIndex> = by_name.into_iter().map(GroupIndex::new).collect();
        sort::by_key(&mut groups, |group| {
            let begins = membership::text::fold(directory.group_name(*group)).starts_with(&text);
            u64::from(!begins) << 32 | u64::from(u32::MAX - directory.member_count(*group))
        });
        groups
    }

    fn group_suggestion(&self, group: GroupIndex) -> EntityName {
        let name = group_name(&self.directory, group);
        EntityName {
            id: name.id,
            name: name.name,
            detail: self.directory.member_count(group).to_string(),
        }
    }

    fn user_suggestion(&self, user: UserIndex) -> EntityName {
        let row = user_row(&self.directory, user);
        EntityName {
            id: row.id,
            name: row.name,
            detail: if row.username.is_empty() {
                row.email
            } else {
                row.username
            },
        }
    }
}

fn direct_group(directory: &Directory, user: UserIndex, group: GroupIndex) -> DirectGroup {
    let brings = above(directory, group);
    let others = brings.iter().take(FEW);
    let is_manager = directory.is_manager(user, group);
    DirectGroup {
        group: group_name(directory, group),
        description: description(directory, group),
        is_manager,
        is_only_manager: is_manager && directory.manager_count(group) == 1,
        also_inherited: PathFinder::new(directory, group).shortest_inherited(user).is_some(),
        brings: others.map(|group| group_name(directory, *group)).collect(),
        brings_total: Some(brings.len() as u32),
        in_cycle: directory.hierarchy().in_cycle(group),
    }
}

fn inherited_group(directory: &Directory, user: UserIndex, group: GroupIndex) -> InheritedGroup {
    let finder = PathFinder::new(directory, group);
    let path = finder.shortest(user).unwrap_or_default();
    InheritedGroup {
        group: group_name(directory, group),
        path: steps(directory, &path),
        ways: finder.ways(user, CAP),
    }
}

/// The record as it was read; what is missing is left out.
fn fields(directory: &Directory, user: UserIndex) -> Vec<(String, String)> {
    let users = directory.users();
    let row = user.row();
    let custom = users.custom.row(row).map(|(name, value)| {
        let value = match value {
            CustomRef::Text(text) => CustomValue::Text(text.to_owned()),
            CustomRef::Number(number) => CustomValue::Number(number),
            CustomRef::Boolean(flag) => CustomValue::Boolean(flag),
        };
        (name.into(), value)
    });
    let [first_name, last_name] = [&users.first_name, &users.last_name].map(|column| column.get(row));
    let record = UserRecord {
        id: users.id.get(row).unwrap_or_default(),
        username: users.username.get(row),
        email: users.email.get(row),
        first_name: first_name.as_deref(),
        last_name: last_name.as_deref(),
        language: users.language.get(row),
        timezone: users.timezone.get(row),
        created: users.created.get(row),
        modified: users.modified.get(row),
        last_login: users.last_login.get(row),
        expiry: users.expiry.get(row),
        status: users.status.get(row),
        custom: custom.collect(),
    };
    record.fields()
}
