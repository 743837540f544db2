//! Contensis: users and groups by pages, then the members and child groups of each group that has some.

use membership::entity::{GroupRecord, UserRecord};
use serde_json::Value;

use super::Stage;
use super::intake::Intake;
use crate::contensis::{List, child_groups, groups, members, users};
use crate::exchange::Task;
use crate::wire::{Item, contensis as wire};

/// How many items are asked for at once.
const PAGE: u32 = 1_000;

/// The path and query of a page.
pub fn path(task: &Task) -> String {
    let list = List {
        page_index: task.page,
        page_size: Some(if task.size == 0 { PAGE } else { task.size as u32 }),
        ..List::default()
    };
    let group = task.group.as_deref().unwrap_or_default();
    match task.stage {
        Stage::Users => users(&list),
        Stage::Groups => groups(&list),
        Stage::Children => child_groups(group, false, &list),
        Stage::Members => members(group, false, &[], &list),
    }
    .url
}

/// Takes the items of a page; returns the groups that it makes known, with what is to be read of each.
pub fn take(task: &Task, items: &[Value], intake: &mut Intake) -> Vec<(String, Vec<Stage>)> {
    let mut found = Vec::new();
    for item in items {
        match (task.stage, task.group.as_deref()) {
            (Stage::Users, _) => user(item, intake),
            (Stage::Groups, _) => found.extend(group(item, intake)),
            (Stage::Children, Some(parent)) => {
                if let Some(item) = Item::new(item, task, "id", &mut intake.incidents) {
                    intake.nesting(parent, &item.id);
                }
            }
            (Stage::Members, Some(group)) => {
                if let Some(item) = Item::new(item, task, "id", &mut intake.incidents) {
                    intake.membership(group, &item.id, false);
                }
            }
            (Stage::Children | Stage::Members, None) => {}
        }
    }
    found
}

fn user(item: &Value, intake: &mut Intake) {
    let task = Task::first(Stage::Users, None);
    let Some(mut item) = Item::new(item, &task, "id", &mut intake.incidents) else {
        return;
    };
    let read = wire::user(&mut item);
    intake.user(&UserRecord { id: &item.id, ..read }, item.problems);
}

fn group(item: &Value, intake: &mut Intake) -> Option<(String, Vec<Stage>)> {
    let task = Task::first(Stage::Groups, None);
    let mut item = Item::new(item, &task, "id", &mut intake.incidents)?;
    let read = wire::group(&mut item);
    // A count of zero saves the question; what is not counted is asked for.
    let has_some = |item: &mut Item<'_>, count: &str| item.count(count) != Some(0);
    let mut stages = Vec::new();
    if has_some(&mut item, "childGroupCount") {
        stages.push(Stage::Children);
    }
    if has_some(&mut item, "userCount") {
        stages.push(Stage::Members);
    }
    intake.group(&GroupRecord { id: &item.id, ..read }, item.problems);
    Some((item.id, stages))
}
