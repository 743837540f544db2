//! Is a user in any of some groups, why, and if not, what would be nearest.

use membership::directory::Directory;
use membership::entity::{GroupIndex, UserIndex};
use membership::path::{PathFinder, nearest};
use membership::sort;
use protocol::{GroupVerdict, HttpRequest, Nearest, Problem, Verdict};

use super::Desk;
use super::names::{FEW, by_name, group_name, user_row};
use super::paths::{CAP, steps};

/// How many managers of a group are named.
const MANAGERS: usize = 3;

impl Desk {
    pub(super) fn check(&self, identifier: &str, groups: &[String]) -> Result<Verdict, Problem> {
        let user = self.find_user(identifier)?;
        let directory = &self.directory;
        let groups = &self.items(groups)[..];
        let verdicts: Vec<GroupVerdict> = groups.iter().map(|asked| verdict(directory, user, asked)).collect();
        let members = verdicts
            .iter()
            .zip(0..)
            .filter(|(verdict, _)| verdict.direct || verdict.inherited);
        let best = members
            .min_by_key(|(verdict, _)| verdict.path.len())
            .map(|(_, place)| place);
        let request = provider::contensis::check(identifier, groups);
        let (nearest, nearest_total) = match best {
            Some(_) => (Vec::new(), 0),
            None => self.nearest(user, groups),
        };
        let row = user_row(directory, user);
        Ok(Verdict {
            groups: verdicts,
            best,
            nearest,
            nearest_total,
            groups_of_user: row.groups,
            user: row,
            request: HttpRequest {
                method: request.method.to_owned(),
                url: request.url,
            },
            status: if best.is_some() { 204 } else { 404 },
        })
    }

    /// The groups that a check is about, as an endpoint takes them.
    pub(super) fn items(&self, groups: &[String]) -> Vec<String> {
        provider::contensis::items(groups, &|item| self.directory.find_group(item).is_some())
    }

    /// The paths to any of the groups that one more direct membership would complete, the least first.
    fn nearest(&self, user: UserIndex, groups: &[String]) -> (Vec<Nearest>, u32) {
        let directory = &self.directory;
        let mut found: Vec<(Nearest, Vec<GroupIndex>)> = Vec::new();
        let mut total = 0_u32;
        let mut asked: Vec<GroupIndex> = groups.iter().filter_map(|group| directory.find_group(group)).collect();
        sort::by_key(&mut asked, |group| group.row().into());
        asked.dedup();
        for group in asked {
            let near = nearest(directory, user, group, CAP as usize);
            total = total.saturating_add(near.total);
            let paths = near.paths.into_iter();
            found.extend(paths.map(|path| (missing(directory, user, &path), path)));
        }
        by_names(directory, &mut found);
        sort::by_key(&mut found, |(near, _)| near.brings_total.into());
        found.truncate(CAP as usize);
        (found.into_iter().map(|(near, _)| near).collect(), total)
    }
}

/// Sorts by the names along the paths: by the last ones first, for each sort keeps the order before it.
fn by_names(directory: &Directory, found: &mut [(Nearest, Vec<GroupIndex>)]) {
    let names = directory.groups_by_name();
    let place = |group: &GroupIndex| {
        names
            .places()
            .get(group.row() as usize)
            .map_or(0, |place| u64::from(*place) + 1)
    };
    let longest = found.iter().map(|(_, path)| path.len()).max().unwrap_or_default();
    for level in (0..longest).rev() {
        sort::by_key(found, |(_, path)| path.get(level).map_or(0, place));
    }
}

fn verdict(directory: &Directory, user: UserIndex, asked: &str) -> GroupVerdict {
    let Some(group) = directory.find_group(asked) else {
        return GroupVerdict {
            asked: asked.to_owned(),
            ..GroupVerdict::default()
        };
    };
    let finder = PathFinder::new(directory, group);
    let path = finder.shortest(user).unwrap_or_default();
    GroupVerdict {
        asked: asked.to_owned(),
        group: Some(group_name(directory, group)),
        direct: directory.is_direct_member(user, group),
        inherited: finder.shortest_inherited(user).is_some(),
        path: steps(directory, &path),
        ways: finder.ways(user, CAP),
    }
}

/// What one more membership, in the first group of a path, would bring along beside the groups of the path.
fn missing(directory: &Directory, user: UserIndex, path: &[GroupIndex]) -> Nearest {
    let Some(&first) = path.first() else {
        return Nearest::default();
    };
    let mut brings = directory.hierarchy().ancestors(first);
    brings.retain(|group| !path.contains(group) && !directory.is_member(user, *group));
    let brings_total = brings.len() as u32;
    by_name(directory, &mut brings);
    let managers = directory.direct_members(first).filter(|(_, is_manager)| *is_manager);
    Nearest {
        path: steps(directory, path),
        brings: brings
            .iter()
            .take(FEW)
            .map(|group| group_name(directory, *group))
            .collect(),
        brings_total,
        managers: managers
            .take(MANAGERS)
            .map(|(user, _)| directory.user_name(user).into_owned())
            .collect(),
    }
}
