//! Why a user is in a group, as cells; and the groups of a user, each with that.

use std::borrow::Cow;
use std::ops::Range;

use membership::directory::Directory;
use membership::entity::{GroupIndex, UserIndex};
use membership::path::PathFinder;
use protocol::Problem;

use super::{Row, Table, named, part};
use crate::desk::Desk;
use crate::desk::names::by_name;
use crate::desk::paths::CAP;
use crate::export::Cell;

/// The columns that [`reason`] fills.
pub const COLUMNS: [&str; 5] = ["source", "path", "pathIds", "ways", "manager"];

/// How a user is in a group: `direct`, `inherited`, `both` or `no`; the shortest path, from the group down to the one that
/// names the user, through nesting if there is such; how many paths there are, up to 100; whether the user manages it.
///
/// Cost: that of the paths.
pub fn reason<'d>(directory: &'d Directory, finder: &PathFinder<'_>, user: UserIndex) -> [Cell<'d>; 5] {
    let group = finder.target();
    let is_direct = directory.is_direct_member(user, group);
    let nested = finder.shortest_inherited(user);
    let source = match (is_direct, nested.is_some()) {
        (true, true) => "both",
        (true, false) => "direct",
        (false, true) => "inherited",
        (false, false) => "no",
    };
    let path = nested.unwrap_or_else(|| if is_direct { vec![group] } else { Vec::new() });
    let [names, ids] = way(directory, &path);
    [
        source.into(),
        names,
        ids,
        finder.ways(user, CAP).into(),
        directory.is_manager(user, group).into(),
    ]
}

/// A path that goes up, as the names and the ids along it downwards.
pub fn way<'d>(directory: &'d Directory, path: &[GroupIndex]) -> [Cell<'d>; 2] {
    let down = || path.iter().rev();
    let names = down().map(|group| Cow::from(directory.group_name(*group)));
    let ids = down().map(|group| Cow::from(directory.group_id(*group)));
    [Cell::Path(names.collect()), Cell::Path(ids.collect())]
}

/// The groups of a user: those that name the user first, each part by name.
pub struct GroupsOf {
    user: UserIndex,
    groups: Vec<GroupIndex>,
}

impl GroupsOf {
    /// Cost: O(g log g) for g groups of the user.
    pub fn new(desk: &Desk, user: &str) -> Result<Self, Problem> {
        let directory = &desk.directory;
        let user = desk.find_user(user)?;
        let mut groups = directory.groups_of(user, true);
        by_name(directory, &mut groups);
        let (mut listed, inherited): (Vec<_>, Vec<_>) = groups
            .into_iter()
            .partition(|group| directory.is_direct_member(user, *group));
        listed.extend(inherited);
        Ok(Self { user, groups: listed })
    }
}

impl Table for GroupsOf {
    fn columns(&self, _directory: &Directory) -> Vec<Cow<'static, str>> {
        let own = named(&["id", "name", "description", "members"]);
        own.into_iter().chain(named(&COLUMNS)).collect()
    }

    fn len(&self) -> u32 {
        self.groups.len() as u32
    }

    fn rows<'d>(&self, desk: &'d mut Desk, range: Range<u32>) -> Result<Vec<Row<'d>>, Problem> {
        let directory = &desk.directory;
        let row = |group: &GroupIndex| {
            let finder = PathFinder::new(directory, *group);
            let mut row = vec![
                directory.group_id(*group).into(),
                directory.group_name(*group).into(),
                directory.groups().description.get(group.row()).into(),
                directory.member_count(*group).into(),
            ];
            row.extend(reason(directory, &finder, self.user));
            row
        };
        Ok(part(&self.groups, range).iter().map(row).collect())
    }

    fn groups(&self) -> Option<&[GroupIndex]> {
        Some(&self.groups)
    }
}
