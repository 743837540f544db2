//! Tulip: users, those who are archived apart, and groups by pages; then the members of each group. Nothing nests.

use membership::entity::{GroupRecord, UserRecord};
use serde_json::Value;

use super::Stage;
use super::intake::Intake;
use crate::Url;
use crate::exchange::Task;
use crate::wire::{Item, tulip as wire};

/// How many items are asked for at once.
const PAGE: u64 = 1_000;

/// The path and query of a page.
pub fn path(task: &Task) -> String {
    let url = match (task.stage, &task.group) {
        (Stage::Users, _) => Url::new("/api/users/v1/users"),
        (_, None) => Url::new("/api/users/v1/user-groups"),
        (_, Some(group)) => Url::new("/api/users/v1/user-groups").segment(group).literal("/users"),
    };
    let size = if task.size == 0 { PAGE } else { task.size };
    let offset = if task.page == 0 {
        String::new()
    } else {
        task.offset().to_string()
    };
    let archived = if task.archived { "true" } else { "" };
    let url = url
        .parameter("archived", archived)
        .parameter("limit", &size.to_string());
    url.parameter("offset", &offset).get().url
}

/// Takes the items of a page; returns the groups that it makes known, with what is to be read of each.
pub fn take(task: &Task, items: &[Value], intake: &mut Intake) -> Vec<(String, Vec<Stage>)> {
    let mut found = Vec::new();
    for item in items {
        match (task.stage, task.group.as_deref()) {
            (Stage::Users, _) => user(item, task, intake),
            (_, None) => found.extend(group(item, task, intake)),
            (_, Some(group)) => {
                if let Some(item) = Item::new(item, task, "userId", &mut intake.incidents) {
                    intake.membership(group, &item.id, false);
                }
            }
        }
    }
    found
}

fn user(item: &Value, task: &Task, intake: &mut Intake) {
    let Some(mut item) = Item::new(item, task, "id", &mut intake.incidents) else {
        return;
    };
    let read = wire::user(&mut item, Some(task.archived));
    intake.user(&UserRecord { id: &item.id, ..read }, item.problems);
}

fn group(item: &Value, task: &Task, intake: &mut Intake) -> Option<(String, Vec<Stage>)> {
    let mut item = Item::new(item, task, "id", &mut intake.incidents)?;
    let read = wire::group(&mut item);
    let is_empty = item.count("assignedUsersCount") == Some(0);
    intake.group(&GroupRecord { id: &item.id, ..read }, item.problems);
    Some((item.id, if is_empty { Vec::new() } else { vec![Stage::Members] }))
}
