//! Groups as the rows of a file.

use std::borrow::Cow;
use std::ops::Range;

use membership::directory::Directory;
use membership::entity::GroupIndex;
use membership::sort;
use protocol::{GroupsExport, PictureQuestion, Problem, TreeOrder};

use super::{Row, Table, named, part};
use crate::desk::Desk;
use crate::desk::managers::managers_by_name;
use crate::desk::names::by_name;
use crate::desk::picture::layers;
use crate::desk::tree::is_kind;
use crate::export::Cell;

const COLUMNS: [&str; 11] = [
    "id",
    "name",
    "description",
    "directMembers",
    "members",
    "parents",
    "parentIds",
    "children",
    "managers",
    "managerIds",
    "inCycle",
];

/// Some groups in their order.
pub struct Groups {
    groups: Vec<GroupIndex>,
}

impl Groups {
    /// Those that the tree is filtered by, without the ancestors that it keeps. Cost: O(g log g) for g groups, and that of
    /// searching their names.
    pub fn listed(desk: &Desk, of: &GroupsExport) -> Result<Self, Problem> {
        let directory = &desk.directory;
        let mut groups: Vec<GroupIndex> = match &of.below {
            Some(top) => {
                let top = desk.find_group(top)?;
                let mut groups = directory.hierarchy().descendants(top);
                groups.push(top);
                groups
            }
            None => directory.all_groups().collect(),
        };
        let find = of.find.trim();
        if !find.is_empty() {
            let found = directory.find_groups(find);
            groups.retain(|group| found.contains(group.row()));
        }
        if let Some(only) = of.only {
            groups.retain(|group| is_kind(directory, *group, only));
        }
        by_name(directory, &mut groups);
        match of.order {
            TreeOrder::Total => sort::by_key(&mut groups, |group| most(directory.member_count(*group))),
            TreeOrder::Direct => sort::by_key(&mut groups, |group| most(directory.direct_count(*group))),
            TreeOrder::Name => {}
        }
        Ok(Self { groups })
    }

    /// Those that are known already.
    pub fn of(groups: Vec<GroupIndex>) -> Self {
        Self { groups }
    }

    /// Those of a picture, as it walks through them. Cost: that of the picture.
    pub fn drawn(desk: &Desk, of: &PictureQuestion) -> Result<Self, Problem> {
        let nodes = layers(desk, of)?.map(|layers| layers.nodes).unwrap_or_default();
        Ok(Self {
            groups: nodes.iter().map(|node| node.group).collect(),
        })
    }
}

/// The larger, the earlier.
fn most(count: u32) -> u64 {
    u64::from(u32::MAX - count)
}

impl Table for Groups {
    fn columns(&self, _directory: &Directory) -> Vec<Cow<'static, str>> {
        named(&COLUMNS)
    }

    fn len(&self) -> u32 {
        self.groups.len() as u32
    }

    fn rows<'d>(&self, desk: &'d mut Desk, range: Range<u32>) -> Result<Vec<Row<'d>>, Problem> {
        let directory = &desk.directory;
        let groups = part(&self.groups, range);
        Ok(groups.iter().map(|group| cells(directory, *group)).collect())
    }

    fn groups(&self) -> Option<&[GroupIndex]> {
        Some(&self.groups)
    }
}

/// Cost: O(direct members).
fn cells(directory: &Directory, group: GroupIndex) -> Row<'_> {
    let hierarchy = directory.hierarchy();
    let mut parents = hierarchy.parents(group).to_vec();
    by_name(directory, &mut parents);
    let managers = managers_by_name(directory, group);
    vec![
        directory.group_id(group).into(),
        directory.group_name(group).into(),
        directory.groups().description.get(group.row()).into(),
        directory.direct_count(group).into(),
        directory.member_count(group).into(),
        Cell::Texts(
            parents
                .iter()
                .map(|parent| directory.group_name(*parent).into())
                .collect(),
        ),
        Cell::Texts(
            parents
                .iter()
                .map(|parent| directory.group_id(*parent).into())
                .collect(),
        ),
        (hierarchy.children(group).len() as u32).into(),
        Cell::Texts(managers.iter().map(|user| directory.user_name(*user)).collect()),
        Cell::Texts(managers.iter().map(|user| directory.user_id(*user).into()).collect()),
        hierarchy.in_cycle(group).into(),
    ]
}
