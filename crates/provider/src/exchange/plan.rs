//! What is still to be asked for, and what is known of each list.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use serde_json::Value;

use crate::load::Stage;
use crate::wire::Page;

/// A part of the plan: one page of one list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// Of which stage.
    pub stage: Stage,
    /// The group whose list it is.
    pub group: Option<String>,
    /// Users of Tulip who are archived are a list of their own.
    pub archived: bool,
    /// Which page, from 0.
    pub page: u32,
    /// How many items a page of this list has; 0 until the first has come, of which the most are asked for.
    pub size: u64,
    /// How often it was asked for in vain.
    pub tries: u32,
    /// How often it has been answered that nobody is signed in.
    pub unauthorized: u32,
    /// It waits until then, in milliseconds since 1970.
    pub not_before: i64,
}

impl Task {
    /// The first page of a list.
    pub fn first(stage: Stage, group: Option<&str>) -> Self {
        Self {
            stage,
            group: group.map(str::to_owned),
            archived: false,
            page: 0,
            size: 0,
            tries: 0,
            unauthorized: 0,
            not_before: 0,
        }
    }

    /// The same list of archived ones.
    pub fn of_archived(self) -> Self {
        Self { archived: true, ..self }
    }

    /// Another page of the list, of so many items.
    pub fn at(self, page: u32, size: u64) -> Self {
        Self { page, size, ..self }
    }

    /// How many items come before the page.
    pub fn offset(&self) -> u64 {
        u64::from(self.page) * self.size
    }

    /// Which list it is of.
    pub fn key(&self) -> Key {
        (self.stage, self.group.clone(), self.archived)
    }
}

/// Which list a page is of.
pub type Key = (Stage, Option<String>, bool);

/// What is known of a list.
#[derive(Debug, Default)]
pub struct List {
    /// How many items it has, as far as is told.
    pub total: Option<u64>,
    /// How many came.
    pub came: u64,
    /// Pages that were asked for, or are to be.
    pub pages: u32,
    /// Pages of them that have not come.
    pub outstanding: u32,
    /// What each page held, as a hash of its ids.
    pub held: HashMap<u64, u32>,
    /// Whether its total changed meanwhile.
    pub has_changed: bool,
    /// Whether a page of it could not be read.
    pub is_lost: bool,
}

/// The pages that a page makes known. With a total all of them, to be asked for at once; without one the next.
pub fn more(list: &List, task: &Task, page: &Page<'_>, repeats: bool) -> Vec<Task> {
    // Servers may give less at once than they were asked for: the first page tells.
    let size = if task.size == 0 { page.size } else { task.size };
    if page.items.is_empty() || size == 0 {
        return Vec::new();
    }
    let next = |number: u32| Task {
        page: number,
        size,
        tries: 0,
        unauthorized: 0,
        ..task.clone()
    };
    match list.total {
        Some(total) => (list.pages..total.div_ceil(size) as u32).map(next).collect(),
        None if repeats || list.outstanding > 0 => Vec::new(),
        None => vec![next(list.pages)],
    }
}

/// What a page holds, as a hash of its items.
pub fn hash(items: &[Value]) -> u64 {
    let mut hasher = DefaultHasher::new();
    for item in items {
        item.get("id")
            .or(item.get("userId"))
            .map_or_else(|| item.to_string(), Value::to_string)
            .hash(&mut hasher);
    }
    hasher.finish()
}
