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
        let asked_groups = self.items(&asked.groups).await?;
        let by = match system.takes_names() {
            true => asked.user.clone(),
            false => user.id.clone(),
        };
        // Asked as it was typed, where the endpoint understands that: a comma in a name it may take for two names.
        let of = asked_groups.iter().map(|(asked, group)| match group {
            Some(group) if !system.takes_names() || asked.contains(',') => group.id.clone(),
            _ => asked.clone(),
        });
        let checked = self.server.check(by, of.collect()).await;
        let checked = checked.map_err(|error| problem(&error))?;
        let direct = self.direct_groups(&user.id).await?;
        let groups: Vec<GroupVerdict> = asked_groups
            .iter()
            .zip(checked.each)
            .map(|((asked, group), is_in)| {
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

impl Live {
    /// The groups that a check is about, as an endpoint takes them, each as it is asked and as it was found.
    async fn items(&self, asked: &[String]) -> Result<Vec<(String, Option<Group>)>, Problem> {
        let found = self.find_groups(asked).await?;
        let is_group = |item: &str| found.iter().any(|(asked, group)| asked == item && group.is_some());
        let items = provider::contensis::items(asked, &is_group);
        if items == asked {
            return Ok(found);
        }
        self.find_groups(&items).await
    }

    async fn find_groups(&self, asked: &[String]) -> Result<Vec<(String, Option<Group>)>, Problem> {
        let finding = asked
            .iter()
            .map(|group| -> Doing<'_, _> { Box::pin(self.find_group(group)) });
        let found = all(finding.collect()).await.into_iter();
        let group = |(asked, found): (&String, Result<Group, Problem>)| match found {
            Ok(group) => Ok((asked.clone(), Some(group))),
            Err(Problem::Unknown { .. }) => Ok((asked.clone(), None)),
            Err(problem) => Err(problem),
        };
        asked.iter().zip(found).map(group).collect()
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
