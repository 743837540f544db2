//! A hierarchy as rows of a tree, with what its picture says, and what there is to say of one of its groups.

use membership::directory::Directory;
use membership::entity::{GroupIndex, UserIndex};
use membership::tree::Forest;
use protocol::{
    Aside, AsideQuestion, EntityName, HierarchyList, HierarchyListQuestion, HierarchyRow, PictureRelation, Problem,
    TreeRow,
};

use super::managers::{managers, managers_by_name};
use super::names::{by_name, group_name, user_name};
use super::picture::{relation, short_name};
use super::tree::TreeDesk;
use super::{Ask, Desk};

/// The most managers that are named.
const MANAGERS: usize = 5;

/// The tree of a hierarchy as it stands on screen.
pub struct HierarchyDesk {
    tree: TreeDesk,
    top: Option<GroupIndex>,
    /// How many levels were open at first; all of them if 0.
    opened: u32,
    levels: u32,
}

impl HierarchyDesk {
    /// Cost: that of [`Forest::new`].
    fn new(directory: &Directory, top: Option<GroupIndex>, opened: u32) -> Self {
        let forest = top.map_or_else(|| Forest::new(directory), |top| Forest::below(directory, top));
        let levels = forest.level_count();
        let mut tree = TreeDesk::of(directory, forest);
        tree.open_levels(if opened == 0 { u32::MAX } else { opened });
        Self {
            tree,
            top,
            opened,
            levels,
        }
    }
}

impl Ask for HierarchyListQuestion {
    /// Cost: that of the tree, and for each row of the window that of one check and of its managers.
    fn answer(&self, desk: &mut Desk, _now: i64) -> Result<HierarchyList, Problem> {
        let top = self.group.as_deref().map(|group| desk.find_group(group)).transpose()?;
        let user = self.user.as_deref().map(|user| desk.find_user(user)).transpose()?;
        let directory = &desk.directory;
        let is_it = |list: &HierarchyDesk| list.top == top && list.opened == self.levels;
        let kept = desk.list.take().filter(is_it);
        let list = desk
            .list
            .insert(kept.unwrap_or_else(|| HierarchyDesk::new(directory, top, self.levels)));
        let page = list.tree.page(directory, &self.tree);
        Ok(HierarchyList {
            more: page.rows.iter().map(|row| more(directory, row, user)).collect(),
            page,
            kept: list.tree.ancestor_count(),
            of: list.tree.forest().count(),
            levels: list.levels,
            user: user.map(|user| short_name(directory, user)).unwrap_or_default(),
        })
    }
}

fn more(directory: &Directory, row: &TreeRow, user: Option<UserIndex>) -> HierarchyRow {
    let Some(group) = directory.find_group(&row.id) else {
        return HierarchyRow::default();
    };
    let count = directory.manager_count(group);
    let only = managers(directory, group).next().filter(|_| count == 1);
    HierarchyRow {
        relation: user.map_or(PictureRelation::None, |user| {
            relation(directory.membership(user, group))
        }),
        managers: directory.knows_managers().then_some(count),
        manager: only.map(|user| short_name(directory, user)).unwrap_or_default(),
    }
}

impl Ask for AsideQuestion {
    /// Cost: O(p log p) for p parents, and that of sorting the managers.
    fn answer(&self, desk: &mut Desk, _now: i64) -> Result<Aside, Problem> {
        let group = desk.find_group(&self.group)?;
        let user = self.user.as_deref().map(|user| desk.find_user(user)).transpose()?;
        let directory = &desk.directory;
        let tree = desk.list.as_ref().map_or(&desk.tree, |list| &list.tree);
        let mut parents = directory.hierarchy().parents(group).to_vec();
        by_name(directory, &mut parents);
        // Where a parent stands is told of the whole tree.
        let under = |parent: &GroupIndex| {
            desk.tree
                .forest()
                .parent(*parent)
                .map(|above| group_name(directory, above))
        };
        let stands_under = tree.forest().parent(group);
        let row = parents.iter().position(|parent| Some(*parent) == stands_under);
        let named = managers_by_name(directory, group).into_iter().take(MANAGERS);
        Ok(Aside {
            group: desk.group(group),
            managers: named.map(|user| short(directory, user)).collect(),
            row: row.map(|row| row as u32),
            parents: parents
                .iter()
                .map(|parent| (group_name(directory, *parent), under(parent)))
                .collect(),
            user: user.map(|user| short(directory, user)),
            relation: user.map_or(PictureRelation::None, |user| {
                relation(directory.membership(user, group))
            }),
        })
    }
}

/// A user by the shortest name.
fn short(directory: &Directory, user: UserIndex) -> EntityName {
    EntityName {
        name: short_name(directory, user),
        ..user_name(directory, user)
    }
}
