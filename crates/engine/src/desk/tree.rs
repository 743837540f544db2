//! The tree of groups: what is open in it, what it is filtered by, and a window of its rows.

use membership::directory::Directory;
use membership::entity::GroupIndex;
use membership::set::Set;
use membership::text::fold;
use membership::tree::{Forest, Row, Siblings, Stand, View};
use protocol::{GroupFilter, TreeChange, TreeOrder, TreePage, TreePlace, TreeQuestion, TreeRow};

use super::names::group_name;

/// The most rows of one window.
const WINDOW: u32 = 1_000;

/// The tree of one directory as it stands on screen.
pub struct TreeDesk {
    forest: Forest,
    view: View,
    /// What the view is filtered by.
    find: String,
    only: Option<GroupFilter>,
    order: TreeOrder,
    matches: u32,
    /// The rows of the view; empty after a change until they are asked for.
    rows: Option<Vec<Row>>,
    cycle: Set,
    no_manager: Set,
    empty: Set,
}

impl TreeDesk {
    /// Everything closed. Cost: O(g log g + n) for g groups and n nestings.
    pub fn new(directory: &Directory) -> Self {
        Self::of(directory, Forest::new(directory))
    }

    /// The same of another forest of the directory.
    pub fn of(directory: &Directory, forest: Forest) -> Self {
        let groups = directory.group_count();
        let select = |kind: GroupFilter| {
            let mut set = Set::new(groups);
            for group in directory.all_groups().filter(|group| is_kind(directory, *group, kind)) {
                set.insert(group.row());
            }
            set
        };
        Self {
            matches: forest.count(),
            forest,
            view: View::new(groups, Siblings::ByTotal),
            find: String::new(),
            only: None,
            order: TreeOrder::Total,
            rows: None,
            cycle: select(GroupFilter::Cycle),
            no_manager: select(GroupFilter::NoManager),
            empty: select(GroupFilter::Empty),
        }
    }

    /// Opens what has to be open for so many levels to be seen. Cost: O(groups).
    pub fn open_levels(&mut self, levels: u32) {
        self.view.open_levels(&self.forest, levels);
        self.rows = None;
    }

    /// How many groups are kept only because something below them matches.
    pub fn ancestor_count(&self) -> u32 {
        self.view.ancestor_count()
    }

    /// Where groups stand in it.
    pub fn forest(&self) -> &Forest {
        &self.forest
    }

    /// Cost: O(groups) for a change of filter, O(rows) for one of what is open, else O(window).
    pub fn page(&mut self, directory: &Directory, question: &TreeQuestion) -> TreePage {
        self.filter(directory, question);
        let change = question.change.as_ref();
        let shown = change.and_then(|change| self.change(directory, change));
        let (forest, view) = (&self.forest, &self.view);
        let rows = self.rows.get_or_insert_with(|| forest.rows(directory, view));
        let place = |group| {
            rows.iter()
                .position(|row| row.group == group && row.stand == Stand::Here)
        };
        let revealed = match change {
            Some(TreeChange::Next { after, begins }) => next(directory, rows, *after as usize, begins),
            _ => shown.and_then(place),
        };
        let revealed = revealed.map(|place| place as u32);
        let window = rows
            .iter()
            .skip(question.offset as usize)
            .take(question.limit.min(WINDOW) as usize);
        TreePage {
            offset: question.offset,
            total: rows.len() as u32,
            matches: self.matches,
            rows: window.map(|row| tree_row(directory, forest, row)).collect(),
            revealed,
            filters: Some([self.cycle.count(), self.no_manager.count(), self.empty.count()]),
        }
    }

    fn filter(&mut self, directory: &Directory, question: &TreeQuestion) {
        if self.order != question.order {
            self.order = question.order;
            self.rows = None;
            self.view.order(match question.order {
                TreeOrder::Total => Siblings::ByTotal,
                TreeOrder::Direct => Siblings::ByDirect,
                TreeOrder::Name => Siblings::ByName,
            });
        }
        if self.find == question.find && self.only == question.only {
            return;
        }
        self.find.clone_from(&question.find);
        self.only = question.only;
        self.rows = None;
        let found = (!self.find.trim().is_empty()).then(|| self.forest.only(directory.find_groups(self.find.trim())));
        let kind = self.only.map(|only| match only {
            GroupFilter::Cycle => &self.cycle,
            GroupFilter::NoManager => &self.no_manager,
            GroupFilter::Empty => &self.empty,
        });
        let matches = match (found, kind) {
            (Some(mut found), Some(kind)) => {
                found.intersect_with(kind);
                Some(found)
            }
            (found, kind) => found.or_else(|| kind.cloned()),
        };
        self.matches = matches.as_ref().map_or(self.forest.count(), Set::count);
        self.view.filter(&self.forest, matches);
    }

    /// Makes a change, and gives the group whose row is to be shown. A group that is not there changes nothing: the tree is
    /// the same without it.
    fn change(&mut self, directory: &Directory, change: &TreeChange) -> Option<GroupIndex> {
        let find = |group: &str| directory.find_group(group);
        if !matches!(change, TreeChange::Next { .. }) {
            self.rows = None;
        }
        match change {
            TreeChange::Next { .. } => {}
            TreeChange::Open(group) => self.view.open(find(group)?),
            TreeChange::Close(group) => self.view.close(find(group)?),
            TreeChange::CloseAll => self.view.close_all(),
            TreeChange::OpenSiblings(group) => {
                let group = find(group)?;
                self.view.open_siblings(directory, &self.forest, group);
                return Some(group);
            }
            TreeChange::Reveal(group) => {
                let group = find(group)?;
                self.view.reveal(&self.forest, group);
                return Some(group);
            }
        }
        None
    }
}

/// Whether a group is of a kind. Cost: O(1).
pub fn is_kind(directory: &Directory, group: GroupIndex, kind: GroupFilter) -> bool {
    match kind {
        GroupFilter::Cycle => directory.hierarchy().in_cycle(group),
        GroupFilter::NoManager => {
            directory.knows_managers() && directory.member_count(group) > 0 && directory.manager_count(group) == 0
        }
        GroupFilter::Empty => directory.member_count(group) == 0,
    }
}

/// The place of the next row after another, round all rows, whose group's name begins so. Cost: O(rows).
fn next(directory: &Directory, rows: &[Row], after: usize, begins: &str) -> Option<usize> {
    let begins = fold(begins);
    let fits = |row: &Row| fold(directory.group_name(row.group)).starts_with(&*begins);
    let (before, behind) = rows.split_at(rows.len().min(after.saturating_add(1)));
    let place = behind.iter().position(fits).map(|place| before.len() + place);
    place.or_else(|| before.iter().position(fits))
}

fn tree_row(directory: &Directory, forest: &Forest, row: &Row) -> TreeRow {
    let group = row.group;
    let name = group_name(directory, group);
    TreeRow {
        key: name.id.clone(),
        id: name.id,
        name: name.name,
        place: match row.stand {
            Stand::Here => TreePlace::Here,
            Stand::Back => TreePlace::Back,
            Stand::Elsewhere => TreePlace::Elsewhere,
        },
        level: row.level.try_into().unwrap_or(u16::MAX),
        expanded: row.expanded,
        position: row.position,
        siblings: row.siblings,
        direct: Some(directory.direct_count(group)),
        total: Some(directory.member_count(group)),
        has_manager: directory.manager_count(group) > 0,
        in_cycle: directory.hierarchy().in_cycle(group),
        also_under: directory.hierarchy().parents(group).len() as u32 - u32::from(forest.parent(group).is_some()),
        is_ancestor: row.is_ancestor,
    }
}
