//! What users and groups are called, and the rows in which lists show them.

use membership::directory::Directory;
use membership::entity::{GroupIndex, Standing, UserIndex};
use membership::sort;
use protocol::{EntityName, GroupName, UserFacts, UserRow, UserStatus};

/// The most groups that stand behind one another in a cell.
pub const FEW: usize = 20;

pub fn group_name(directory: &Directory, group: GroupIndex) -> GroupName {
    let id = directory.groups().id.get(group.row());
    GroupName {
        id: id.unwrap_or_default().to_owned(),
        name: directory.group_name(group).to_owned(),
    }
}

/// A user's name, without a second word.
pub fn user_name(directory: &Directory, user: UserIndex) -> EntityName {
    EntityName {
        id: directory.user_id(user).to_owned(),
        name: directory.user_name(user).into_owned(),
        detail: String::new(),
    }
}

pub fn description(directory: &Directory, group: GroupIndex) -> String {
    let description = directory.groups().description.get(group.row());
    description.unwrap_or_default().to_owned()
}

/// A user as lists show it, without a word about a certain group. Cost: O(groups of the user).
pub fn user_row(directory: &Directory, user: UserIndex) -> UserRow {
    let users = directory.users();
    let row = user.row();
    let text = |value: Option<&str>| value.unwrap_or_default().to_owned();
    let direct_groups = directory.direct_group_count(user);
    UserRow {
        id: text(users.id.get(row)),
        name: directory.user_name(user).into_owned(),
        username: text(users.username.get(row)),
        email: text(users.email.get(row)),
        status: status(directory, user),
        last_login: users.last_login.get(row).map(|instant| instant as f64),
        is_manager: directory.direct_groups(user).any(|(_, is_manager)| is_manager),
        is_administrator: directory.administrators().contains(row),
        direct_groups: Some(direct_groups),
        groups: Some(direct_groups + directory.inherited_group_count(user)),
        why: None,
        facts: UserFacts::default(),
    }
}

/// What a list can tell of a user beside that. Cost: O(1).
pub fn user_facts(directory: &Directory, user: UserIndex) -> UserFacts {
    let users = directory.users();
    let row = user.row();
    let text = |value: Option<&str>| value.unwrap_or_default().to_owned();
    let moment = |value: Option<i64>| value.map(|instant| instant as f64);
    UserFacts {
        first_name: text(users.first_name.get(row).as_deref()),
        last_name: text(users.last_name.get(row).as_deref()),
        language: text(users.language.get(row)),
        timezone: text(users.timezone.get(row)),
        created: moment(users.created.get(row)),
        modified: moment(users.modified.get(row)),
        expiry: moment(users.expiry.get(row)),
    }
}

/// The state of a user. Cost: O(1).
pub fn status(directory: &Directory, user: UserIndex) -> UserStatus {
    match directory.users().status.get(user.row()).standing() {
        Standing::Active => UserStatus::Active,
        Standing::Locked => UserStatus::Locked,
        Standing::Suspended => UserStatus::Suspended,
    }
}

/// Groups in the order of their names, without case; those of one name in that of their ids.
pub fn by_name(directory: &Directory, groups: &mut [GroupIndex]) {
    let by_name = directory.groups_by_name();
    let places = by_name.places();
    sort::by_key(groups, |group| {
        places
            .get(group.row() as usize)
            .map_or(u64::MAX, |place| u64::from(*place))
    });
}
