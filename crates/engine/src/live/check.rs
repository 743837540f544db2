//! Is a user in any of some groups, as the vendor says; through which, it does not.

use protocol::{CheckQuestion, GroupVerdict, PathStep, Problem, Verdict};
use provider::inquiry::Group;

use super::Live;
use super::server::problem;
use super::together::{Doing, all};
use super::user::group_name;
use super::users::user_row;

impl Live {
    pub(super) async fn check(&self, asked: &CheckQuestion) -> Result<Verdict, Problem> {
        let system = self.server.system();
        let user = self.find_user(&asked.user).await?;
        let finding = asked
            .groups
            .iter()
            .map(|group| -> Doing<'_, _> { Box::pin(self.find_group(group)) });
        let mut found: Vec<Option<Group>> = Vec::new();
        for group in all(finding.collect()).await {
            found.push(match group {
                Ok(group) => Some(group),
                Err(Problem::Unknown { .. }) => None,
                Err(problem) => return Err(problem),
            });
        }
        let by = match system.takes_names() {
            true => asked.user.clone(),
            false => user.id.clone(),
        };
        let of: Vec<String> = asked
            .groups
            .iter()
            .zip(&found)
            .filter_map(|(asked, group)| match group {
                // Asked as it was typed, where the endpoint understands that.
                Some(group) if !system.takes_names() => Some(group.id.clone()),
                Some(_) => Some(asked.clone()),
                // A server may take one that it does not know apart at its commas.
                None => (!asked.contains(',')).then(|| asked.clone()),
            })
            .collect();
        let checked = self.server.check(by, of).await.map_err(|error| problem(&error))?;
        let direct = self.direct_groups(&user.id).await?;
        // Those that are there were asked about, in their order among the others.
        let mut each = checked.each.iter();
        let groups: Vec<GroupVerdict> = asked
            .groups
            .iter()
            .zip(&found)
            .map(|(asked, group)| {
                let was_asked = group.is_some() || !asked.contains(',');
                let is_in = was_asked && each.next() == Some(&true);
                let is_direct = |group: &Group| direct.iter().any(|other| other.id == group.id);
                verdict(asked, group.as_ref(), is_in, group.as_ref().is_some_and(is_direct))
            })
            .collect();
        let place = |wanted: fn(&GroupVerdict) -> bool| groups.iter().position(wanted);
        let best = place(|group| group.direct).or_else(|| place(|group| group.inherited));
        Ok(Verdict {
            best: best.map(|place| place as u32),
            groups,
            nearest: Vec::new(),
            nearest_total: 0,
            groups_of_user: None,
            user: user_row(&user),
            request: checked.request,
            status: match (system.takes_names(), checked.any) {
                (true, true) => 204,
                (true, false) => 404,
                (false, _) => 200,
            },
        })
    }
}

/// That a group names somebody is a whole path; through which another comes about is not known.
fn verdict(asked: &str, group: Option<&Group>, is_in: bool, is_direct: bool) -> GroupVerdict {
    let step = |group: &Group| PathStep {
        group: group_name(group),
        in_cycle: false,
    };
    GroupVerdict {
        asked: asked.to_owned(),
        group: group.map(group_name),
        direct: is_in && is_direct,
        inherited: is_in && !is_direct,
        path: group.filter(|_| is_in && is_direct).map(step).into_iter().collect(),
        ways: 0,
    }
}
