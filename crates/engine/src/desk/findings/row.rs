//! One finding as lists show it, and where it is found again.

use membership::directory::Directory;
use membership::finding::Finding;
use protocol::{FindingPlace, FindingRow};

use crate::desk::names::{group_name, user_name};

/// How many users, and how many groups, a row names.
const FEW: usize = 2;

/// Cost: O(the names it has).
pub fn row(directory: &Directory, finding: &Finding) -> FindingRow {
    FindingRow {
        place: place_of(directory, finding),
        message: finding.message(directory),
        users: finding
            .users
            .iter()
            .take(FEW)
            .map(|user| user_name(directory, *user))
            .collect(),
        users_total: finding.users.len() as u32,
        groups: finding
            .groups
            .iter()
            .take(FEW)
            .map(|group| group_name(directory, *group))
            .collect(),
        groups_total: finding.groups.len() as u32,
    }
}

/// Where it is found again: by its first user and group, or by the number of its fact.
pub fn place_of(directory: &Directory, finding: &Finding) -> FindingPlace {
    let user = finding.users.first().map(|user| directory.user_id(*user));
    let group = finding.groups.first().map(|group| directory.group_id(*group));
    FindingPlace {
        user: user.unwrap_or_default().to_owned(),
        group: group.unwrap_or_default().to_owned(),
        what: finding.what().to_owned(),
        fact: finding.unused_row().map_or(0, |row| row + 1),
    }
}

/// What stands for it among others of its kind: the first thing that it is about.
pub fn name_of(directory: &Directory, finding: &Finding) -> String {
    if let Some(unused) = finding.unused(directory) {
        return unused.says.clone();
    }
    let user = finding.users.first().map(|user| directory.user_name(*user));
    let group = finding.groups.first().map(|group| directory.group_name(*group));
    match (user, group) {
        (Some(user), Some(group)) => [&*user, " in ", group].concat(),
        (Some(user), None) => user.into_owned(),
        (None, group) => group.unwrap_or_default().to_owned(),
    }
}
