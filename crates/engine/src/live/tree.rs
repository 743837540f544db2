//! The tree of groups as a vendor tells it: all groups by name, and below each those that it contains, once it is opened.
//!
//! No vendor tells what is at the top, so every group stands in the first list, and again below each group that is open. A
//! row is known by its way: its place among its siblings, and those of the rows that it is below.

use std::collections::BTreeMap;

use membership::query::{is_quotable, quote};
use membership::text::fold;
use protocol::{Need, Problem, TreeChange, TreePage, TreePlace, TreeQuestion, TreeRow};
use provider::inquiry::{Choice, Group, Question};

use super::lists::{Window, name_of};
use super::server::problem;
use super::{Live, PAGE};

/// The most rows of one window.
const WINDOW: u32 = 1_000;

/// What is open.
#[derive(Default)]
pub struct Tree {
    find: String,
    top: Branch,
    /// The rows that were told last, by their number: the group of each.
    told: Vec<(u32, String)>,
}

/// The groups of one list, and which of them are open.
#[derive(Clone, Default)]
struct Branch {
    /// The group that contains them; none at the top.
    group: Option<String>,
    total: u32,
    open: BTreeMap<u32, Branch>,
}

impl Branch {
    /// How many rows it takes, with those of all that is open in it.
    fn rows(&self) -> u32 {
        self.open
            .values()
            .fold(self.total, |rows, branch| rows.saturating_add(branch.rows()))
    }

    /// The number of the row at a place of this list.
    fn row_of(&self, place: u32) -> u32 {
        let before = self.open.range(..place).map(|(_, branch)| branch.rows());
        before.fold(place, u32::saturating_add)
    }

    /// The ways of the rows from `skip` on, at most `limit` of them. Cost: O(open + limit).
    fn ways(&self, way: &[u32], skip: &mut u32, limit: usize, found: &mut Vec<Vec<u32>>) {
        let mut place = 0;
        while place < self.total && found.len() < limit {
            let next = self.open.range(place..).next();
            // Rows up to the next open one follow each other, that one included.
            let run = next.map_or(self.total, |(open, _)| open + 1) - place;
            let skipped = run.min(*skip);
            *skip -= skipped;
            let room = u32::try_from(limit - found.len()).unwrap_or(u32::MAX);
            let shown = place + skipped..(place + run).min((place + skipped).saturating_add(room));
            found.extend(shown.map(|place| [way, &[place]].concat()));
            place += run;
            if let Some((&open, branch)) = next {
                let rows = branch.rows();
                if *skip >= rows {
                    *skip -= rows;
                } else {
                    branch.ways(&[way, &[open]].concat(), skip, limit, found);
                }
            }
        }
    }

    fn at(&self, way: &[u32]) -> Option<&Self> {
        way.iter().try_fold(self, |branch, place| branch.open.get(place))
    }

    fn at_mut(&mut self, way: &[u32]) -> Option<&mut Self> {
        way.iter().try_fold(self, |branch, place| branch.open.get_mut(place))
    }

    /// The groups along a way: those that contain what is there.
    fn above(&self, way: &[u32]) -> Vec<&str> {
        let branches = (1..=way.len()).filter_map(|length| self.at(way.get(..length)?));
        branches.filter_map(|branch| branch.group.as_deref()).collect()
    }
}

impl Live {
    pub(super) async fn tree(&self, asked: &TreeQuestion) -> Result<TreePage, Problem> {
        if asked.only.is_some() {
            return Err(Problem::NeedsWhole(Need::Groups));
        }
        if self.tree.borrow().find != asked.find {
            *self.tree.borrow_mut() = Tree {
                find: asked.find.clone(),
                ..Tree::default()
            };
        }
        let total = self.branch(None, 0, 0).await?.total;
        self.tree.borrow_mut().top.total = total;
        let revealed = match &asked.change {
            Some(change) => self.change(change).await?,
            None => None,
        };
        let mut ways = Vec::new();
        let limit = asked.limit.min(WINDOW) as usize;
        let top = self.tree.borrow().top.clone();
        top.ways(&[], &mut asked.offset.clone(), limit, &mut ways);
        let rows = self.rows(&top, &ways).await?;
        self.tree.borrow_mut().told = (asked.offset..).zip(rows.iter().map(|row| row.id.clone())).collect();
        Ok(TreePage {
            offset: asked.offset,
            total: top.rows(),
            matches: total,
            rows,
            revealed,
            filters: None,
        })
    }

    /// The rows at some ways, which follow each other.
    async fn rows(&self, top: &Branch, ways: &[Vec<u32>]) -> Result<Vec<TreeRow>, Problem> {
        let mut rows = Vec::with_capacity(ways.len());
        let mut lists: BTreeMap<&[u32], (u32, Vec<Group>)> = BTreeMap::new();
        // Of each list that is in sight, from its first row to its last.
        let mut seen: BTreeMap<&[u32], (u32, u32)> = BTreeMap::new();
        for way in ways {
            if let Some((place, list)) = way.split_last() {
                let range = seen.entry(list).or_insert((*place, *place));
                range.1 = *place;
            }
        }
        for (list, (first, last)) in seen {
            let Some(branch) = top.at(list) else { continue };
            let window = self.branch(branch.group.as_deref(), first, last + 1 - first).await?;
            lists.insert(list, (first, window.rows));
        }
        for way in ways {
            let Some((place, list)) = way.split_last() else {
                continue;
            };
            let (Some(branch), Some((first, groups))) = (top.at(list), lists.get(list)) else {
                continue;
            };
            // A list that has become shorter meanwhile has no row there any more.
            let Some(group) = groups.get((place - first) as usize) else {
                continue;
            };
            let is_above = top.above(list).contains(&group.id.as_str());
            rows.push(TreeRow {
                position: place + 1,
                siblings: branch.total,
                expanded: match (is_above, branch.open.contains_key(place)) {
                    (true, _) => None,
                    (false, true) => Some(true),
                    (false, false) => self.may_contain(group).then_some(false),
                },
                place: if is_above { TreePlace::Back } else { TreePlace::Here },
                ..tree_row(group, way)
            });
        }
        Ok(rows)
    }

    /// What is not counted may be there.
    fn may_contain(&self, group: &Group) -> bool {
        self.server.system().nests() && group.children != Some(0) && !group.id.is_empty()
    }

    /// A window of the groups that a group contains, or of all that are found.
    async fn branch(&self, group: Option<&str>, offset: u32, limit: u32) -> Result<Window<Group>, Problem> {
        match group {
            Some(group) => {
                let children = Question::Children {
                    group: group.to_owned(),
                    choice: Choice::default(),
                };
                let window = self.groups_of(children, offset, limit).await;
                window.map_err(|error| problem(&error))
            }
            None => {
                let find = self.tree.borrow().find.clone();
                self.search_groups(&find, offset, limit).await
            }
        }
    }

    /// Makes a change, and tells the row that is to be shown.
    async fn change(&self, change: &TreeChange) -> Result<Option<u32>, Problem> {
        match change {
            TreeChange::Open(key) | TreeChange::OpenSiblings(key) => self.open_row(key).await?,
            TreeChange::Close(key) => {
                if let Some((place, list)) = way_of(key).split_last() {
                    let mut tree = self.tree.borrow_mut();
                    tree.top.at_mut(list).and_then(|branch| branch.open.remove(place));
                }
            }
            TreeChange::CloseAll => self.tree.borrow_mut().top.open.clear(),
            TreeChange::Reveal(group) => return self.reveal(group).await,
            TreeChange::Next { after, begins } => return self.next(*after, begins).await,
        }
        Ok(None)
    }

    async fn open_row(&self, key: &str) -> Result<(), Problem> {
        let way = way_of(key);
        let Some((place, list)) = way.split_last() else {
            return Ok(());
        };
        let parent = self.tree.borrow().top.at(list).map(|branch| branch.group.clone());
        let Some(parent) = parent else { return Ok(()) };
        let window = self.branch(parent.as_deref(), *place, 1).await?;
        let Some(group) = window.rows.into_iter().next() else {
            return Ok(());
        };
        let total = self.branch(Some(&group.id), 0, 0).await?.total;
        let opened = Branch {
            group: Some(group.id),
            total,
            open: BTreeMap::new(),
        };
        if let Some(branch) = self.tree.borrow_mut().top.at_mut(list) {
            branch.open.insert(*place, opened);
        }
        Ok(())
    }

    /// The row of a group: one that is told already, or else that in the first list.
    async fn reveal(&self, group: &str) -> Result<Option<u32>, Problem> {
        let told = self
            .tree
            .borrow()
            .told
            .iter()
            .find(|(_, id)| id == group)
            .map(|(row, _)| *row);
        if told.is_some() {
            return Ok(told);
        }
        let found = match self.find_group(group).await {
            Ok(found) => found,
            // The tree is the same without it.
            Err(Problem::Unknown { .. }) => return Ok(None),
            Err(problem) => return Err(problem),
        };
        let Some(place) = self.place(name_of(&found)).await? else {
            return Ok(None);
        };
        let window = self.branch(None, place, PAGE).await?;
        let behind = window.rows.iter().position(|group| group.id == found.id);
        let row = |behind: usize| self.tree.borrow().top.row_of(place + behind as u32);
        Ok(behind.map(row))
    }

    /// The row of the next group in the first list, round it, whose name begins so.
    async fn next(&self, after: u32, begins: &str) -> Result<Option<u32>, Problem> {
        let Some(first) = self.place(begins).await? else {
            return Ok(None);
        };
        let mut ways = Vec::new();
        self.tree.borrow().top.ways(&[], &mut after.clone(), 1, &mut ways);
        let here = ways.first().and_then(|way| way.first()).copied().unwrap_or_default();
        let begins = fold(begins);
        let behind = if here >= first { here + 1 } else { first };
        for place in [behind, first] {
            let window = self.branch(None, place, 1).await?;
            if window
                .rows
                .first()
                .is_some_and(|group| fold(name_of(group)).starts_with(&*begins))
            {
                return Ok(Some(self.tree.borrow().top.row_of(place)));
            }
        }
        Ok(None)
    }

    /// How many groups of the first list come before a name; none where the vendor cannot tell.
    async fn place(&self, name: &str) -> Result<Option<u32>, Problem> {
        let system = self.server.system();
        let find = self.tree.borrow().find.clone();
        if system.orders() {
            if !is_quotable(name) {
                return Ok(None);
            }
            let before = Question::Groups(Choice {
                q: find.trim().to_owned(),
                zenql: ["name < ", &quote(name)].concat(),
                ..Choice::default()
            });
            let window = self.groups_of(before, 0, 0).await;
            return window.map(|window| Some(window.total)).map_err(|error| problem(&error));
        }
        if system.has_pages() {
            return Ok(None);
        }
        // All of them are there, by name.
        let name = fold(name);
        let all = self.search_groups(&find, 0, u32::MAX).await?;
        let before = all.rows.iter().take_while(|group| fold(name_of(group)) < name).count();
        Ok(Some(before as u32))
    }
}

fn tree_row(group: &Group, way: &[u32]) -> TreeRow {
    let places: Vec<String> = way.iter().map(u32::to_string).collect();
    TreeRow {
        id: group.id.clone(),
        key: places.join("."),
        name: name_of(group).to_owned(),
        level: way.len().try_into().unwrap_or(u16::MAX),
        direct: group.users.map(|users| u32::try_from(users).unwrap_or(u32::MAX)),
        ..TreeRow::default()
    }
}

/// The way that a key tells; one that tells none leads nowhere.
fn way_of(key: &str) -> Vec<u32> {
    let places: Option<Vec<u32>> = key.split('.').map(|place| place.parse().ok()).collect();
    places.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn branch(total: u32, open: impl IntoIterator<Item = (u32, Branch)>) -> Branch {
        Branch {
            group: None,
            total,
            open: open.into_iter().collect(),
        }
    }

    fn ways(top: &Branch, offset: u32, limit: usize) -> Vec<String> {
        let mut found = Vec::new();
        top.ways(&[], &mut offset.clone(), limit, &mut found);
        let name = |way: &Vec<u32>| way.iter().map(u32::to_string).collect::<Vec<_>>().join(".");
        found.iter().map(name).collect()
    }

    #[test]
    fn windows_are_cut_from_what_is_open() {
        let top = branch(4, [(1, branch(2, [(0, branch(1, []))])), (3, branch(1, []))]);
        let all = ways(&top, 0, 100);
        assert_eq!(all, ["0", "1", "1.0", "1.0.0", "1.1", "2", "3", "3.0"]);
        assert_eq!(top.rows(), 8);
        for offset in 0..9 {
            for limit in 0..9 {
                let expected: Vec<String> = all.iter().skip(offset).take(limit).cloned().collect();
                assert_eq!(ways(&top, offset as u32, limit), expected, "{offset} {limit}");
            }
        }
        assert_eq!((top.row_of(1), top.row_of(2), top.row_of(3)), (1, 5, 6));
    }
}
