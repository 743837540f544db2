//! One group: what its record counts, and how many members the vendor counts through nesting.

use protocol::{GroupDetail, Problem};
use provider::inquiry::Question;

use super::Live;
use super::lists::name_of;
use super::server::problem;

impl Live {
    pub(super) async fn group(&self, identifier: &str) -> Result<GroupDetail, Problem> {
        let system = self.server.system();
        let group = self.find_group(identifier).await?;
        let members = [Question::Members {
            group: group.id.clone(),
            include_inherited: system.nests(),
            excluded_groups: Vec::new(),
            // The page that the list of members begins with.
            choice: self.by_name(),
        }];
        let listed = |limit| self.users_of(&members, 0, limit);
        let counted = |count: Option<u64>| count.map(|count| u32::try_from(count).unwrap_or(u32::MAX));
        // Where managers are known, everybody comes at once.
        let listed = if system.knows_managers() {
            listed(u32::MAX).await
        } else {
            listed(0).await
        };
        let listed = listed.map_err(|error| problem(&error))?;
        let total = (!listed.goes_on).then_some(listed.total);
        let managers = listed.rows.iter().filter(|user| user.is_manager == Some(true)).count();
        Ok(GroupDetail {
            name: name_of(&group).to_owned(),
            description: group.description.clone().unwrap_or_default(),
            direct: match system.nests() {
                true => counted(group.users),
                false => total,
            },
            total,
            managers: system.knows_managers().then_some(managers as u32),
            children: match system.nests() {
                true => counted(group.children),
                false => Some(0),
            },
            parents: (!system.nests()).then_some(0),
            cycle: Vec::new(),
            id: group.id,
        })
    }
}
