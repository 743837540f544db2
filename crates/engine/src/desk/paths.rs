//! Why a user is in a group: the shortest path in a row, and all of them on demand.

use membership::directory::Directory;
use membership::entity::{GroupIndex, UserIndex};
use membership::path::PathFinder;
use protocol::{PathStep, Paths, Why};

use super::Desk;
use super::names::{group_name, user_row};

/// Beyond this many, paths are not counted.
pub const CAP: u32 = 100;

impl Desk {
    pub(super) fn paths(&self, user: UserIndex, group: GroupIndex, limit: u32) -> Paths {
        let directory = &self.directory;
        let found = PathFinder::new(directory, group).paths(user, limit.min(CAP) as usize);
        Paths {
            user: user_row(directory, user),
            group: group_name(directory, group),
            paths: found.paths.iter().map(|path| steps(directory, path)).collect(),
            ways: found.ways,
        }
    }
}

/// A path as it is drawn, upwards.
pub fn steps(directory: &Directory, path: &[GroupIndex]) -> Vec<PathStep> {
    let hierarchy = directory.hierarchy();
    let mut below: Option<GroupIndex> = None;
    let step = |&group: &GroupIndex| {
        let in_cycle = below.is_some_and(|below| hierarchy.component(below) == hierarchy.component(group));
        below = Some(group);
        PathStep {
            group: group_name(directory, group),
            in_cycle,
        }
    };
    path.iter().map(step).collect()
}

/// Why a user is in the group that the finder is for; none if not.
pub fn why(directory: &Directory, finder: &PathFinder<'_>, user: UserIndex) -> Option<Why> {
    let direct = directory.is_direct_member(user, finder.target());
    let nested = finder.shortest_inherited(user);
    if !direct && nested.is_none() {
        return None;
    }
    // From the group asked about, which is left out, down to the group that names the user.
    let down = nested.unwrap_or_default();
    let via = down.iter().rev().skip(1);
    Some(Why {
        direct,
        via: via.map(|group| directory.group_name(*group).to_owned()).collect(),
        more: finder
            .ways(user, CAP)
            .saturating_sub(if direct && !down.is_empty() { 2 } else { 1 }),
    })
}
