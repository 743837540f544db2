//! Tulip: users, those who are archived apart, and groups by pages; then the members of each group. Nothing nests.

use membership::entity::{GroupRecord, Status, UserRecord};
use serde_json::Value;

use super::intake::{Intake, Item, items};
use super::{Page, Stage, Task};
use crate::Url;

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

/// Reads the envelope of a page.
pub fn page(body: &Value) -> Result<Page<'_>, String> {
    let items = items(body, "items")?;
    Ok(Page {
        items,
        total: body.get("count").and_then(Value::as_u64),
        size: items.len() as u64,
        next: body.get("nextPage").and_then(Value::as_str),
    })
}

/// Takes the items of a page; returns the groups that it makes known, with what is to be read of each.
pub fn take(task: &Task, items: &[Value], intake: &mut Intake) -> Vec<(String, Vec<Stage>)> {
    let mut found = Vec::new();
    for item in items {
        match (task.stage, task.group.as_deref()) {
            (Stage::Users, _) => user(item, task, intake),
            (_, None) => found.extend(group(item, task, intake)),
            (_, Some(group)) => {
                if let Some(item) = Item::new(item, task, "userId", intake) {
                    intake.membership(group, &item.id, false);
                }
            }
        }
    }
    found
}

fn user(item: &Value, task: &Task, intake: &mut Intake) {
    let Some(mut item) = Item::new(item, task, "id", intake) else {
        return;
    };
    let full = item.nested_text("name", "full").unwrap_or_default().trim();
    let (first, last) = match full.rsplit_once(' ') {
        Some((first, last)) => (Some(first.trim_end()), Some(last)),
        None => (Some(full).filter(|full| !full.is_empty()), None),
    };
    let record = UserRecord {
        id: &item.id.clone(),
        username: item.text("badgeId"),
        email: item.nested_text("email", "address"),
        first_name: first,
        last_name: last,
        language: item.text("language"),
        created: item.nested_instant("created", "at"),
        modified: item.nested_instant("lastModified", "at"),
        status: Status {
            suspended: Some(task.archived),
            ..Status::default()
        },
        ..UserRecord::default()
    };
    intake.user(&record, item.problems);
}

fn group(item: &Value, task: &Task, intake: &mut Intake) -> Option<(String, Vec<Stage>)> {
    let mut item = Item::new(item, task, "id", intake)?;
    let record = GroupRecord {
        id: &item.id.clone(),
        name: item.text("name"),
        description: item.text("description"),
        created: item.nested_instant("created", "at"),
        modified: item.nested_instant("lastModified", "at"),
        ..GroupRecord::default()
    };
    let is_empty = item.count("assignedUsersCount") == Some(0);
    let id = item.id.clone();
    intake.group(&record, item.problems);
    Some((id, if is_empty { Vec::new() } else { vec![Stage::Members] }))
}
