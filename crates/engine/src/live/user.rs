//! One user: the record, and the groups that the vendor tells.

use membership::text::fold;
use protocol::{DirectGroup, GroupName, InheritedGroup, Problem, UserDetail, UserRow};
use provider::error::ProviderError;
use provider::inquiry::{Group, Pages, Question, User};

use super::Live;
use super::lists::name_of;
use super::server::problem;
use super::users::user_row;

/// The most inherited groups that are listed.
const INHERITED: usize = 1_000;
/// Who is in this group administers the directory.
const ADMINISTRATORS: &str = "system administrators";

impl Live {
    pub(super) async fn user(&self, identifier: &str) -> Result<UserDetail, Problem> {
        let told = |error: ProviderError| problem(&error);
        let system = self.server.system();
        let mut user = self.find_user(identifier).await?;
        if user.standing.is_none() {
            // Its list tells what its record does not.
            let fields = std::mem::take(&mut user.fields);
            let listed = self.named_users(vec![user.clone()]).await.map_err(told)?.pop();
            user = User {
                fields,
                ..listed.unwrap_or(user)
            };
        }
        let (direct, first) = self.all_groups(groups_of(&user.id, false)).await.map_err(told)?;
        let (all, request) = match system.nests() {
            true => self.all_groups(groups_of(&user.id, true)).await.map_err(told)?,
            false => (Vec::new(), first),
        };
        let managed = match system.knows_managers() {
            true => {
                self.all_groups(Question::ManagedBy(user.id.clone()))
                    .await
                    .map_err(told)?
                    .0
            }
            false => Vec::new(),
        };
        let is_direct = |group: &&Group| direct.iter().any(|other| other.id == group.id);
        let inherited: Vec<&Group> = all.iter().filter(|group| !is_direct(group)).collect();
        let is_administrator = |group: &&Group| fold(name_of(group)) == ADMINISTRATORS;
        let groups = (direct.len() + inherited.len()) as u32;
        Ok(UserDetail {
            user: UserRow {
                is_manager: !managed.is_empty(),
                is_administrator: direct
                    .iter()
                    .chain(inherited.iter().copied())
                    .any(|group| is_administrator(&group)),
                direct_groups: Some(direct.len() as u32),
                groups: Some(groups),
                ..user_row(&user)
            },
            fields: user.fields,
            direct: direct
                .iter()
                .map(|group| DirectGroup {
                    group: group_name(group),
                    description: group.description.clone().unwrap_or_default(),
                    is_manager: managed.iter().any(|other| other.id == group.id),
                    ..DirectGroup::default()
                })
                .collect(),
            inherited_total: inherited.len() as u32,
            inherited: inherited
                .into_iter()
                .take(INHERITED)
                .map(|group| InheritedGroup {
                    group: group_name(group),
                    ..InheritedGroup::default()
                })
                .collect(),
            manages: managed.iter().map(group_name).collect(),
            request,
        })
    }

    /// The groups that name a user.
    pub(super) async fn direct_groups(&self, user: &str) -> Result<Vec<Group>, Problem> {
        // Names are of no use here.
        let answer = self.server.ask(groups_of(user, false), Pages::All).await;
        answer
            .map(|answer| answer.groups().to_vec())
            .map_err(|error| problem(&error))
    }
}

fn groups_of(user: &str, include_inherited: bool) -> Question {
    Question::GroupsOf {
        user: user.to_owned(),
        include_inherited,
        order: String::new(),
    }
}

/// A group by its name and id.
pub fn group_name(group: &Group) -> GroupName {
    GroupName {
        id: group.id.clone(),
        name: name_of(group).to_owned(),
    }
}
