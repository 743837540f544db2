//! Passbolt: all groups with their members in one go, and all users in another. Nothing nests.

use membership::entity::{GroupRecord, Status, UserRecord};
use serde_json::Value;

use super::intake::{Intake, Item, items};
use super::{Page, Stage, Task};

/// The path and query of a list.
pub fn path(task: &Task) -> String {
    match task.stage {
        Stage::Users => "/users.json?api-version=v2&contain%5Bprofile%5D=1&contain%5Bgroups_users%5D=0&contain%5Bgpgkey%5D=0&contain%5Brole%5D=0",
        _ => "/groups.json?api-version=v2&contain%5Bgroups_users%5D=1&contain%5Bgroup_user%5D=1",
    }
    .to_owned()
}

/// Reads the envelope.
pub fn page(body: &Value) -> Result<Page<'_>, String> {
    let items = items(body, "body")?;
    let pagination = body.get("header").and_then(|header| header.get("pagination"));
    let limit = pagination
        .and_then(|pagination| pagination.get("limit"))
        .and_then(Value::as_u64);
    Ok(Page {
        items,
        // Without a limit everything is in one answer.
        total: Some(limit.map_or(items.len() as u64, |_| {
            let count = pagination.and_then(|pagination| pagination.get("count"));
            count.and_then(Value::as_u64).unwrap_or(items.len() as u64)
        })),
        size: u64::MAX,
        next: None,
    })
}

/// Takes the items of a list. There is nothing more to read of a group.
pub fn take(task: &Task, items: &[Value], intake: &mut Intake) -> Vec<(String, Vec<Stage>)> {
    for item in items {
        match task.stage {
            Stage::Users => user(item, task, intake),
            _ => group(item, task, intake),
        }
    }
    Vec::new()
}

fn user(item: &Value, task: &Task, intake: &mut Intake) {
    let Some(mut item) = Item::new(item, task, "id", intake) else {
        return;
    };
    if item.flag("deleted") == Some(true) {
        return;
    }
    let active = item.flag("active");
    let disabled = item.instant("disabled");
    let record = UserRecord {
        id: &item.id.clone(),
        username: item.text("username"),
        email: item.text("username"),
        first_name: item.nested_text("profile", "first_name"),
        last_name: item.nested_text("profile", "last_name"),
        created: item.instant("created"),
        modified: item.instant("modified"),
        last_login: item.instant("last_logged_in"),
        status: Status {
            suspended: Some(active == Some(false) || disabled.is_some_and(|disabled| disabled <= intake.now)),
            ..Status::default()
        },
        ..UserRecord::default()
    };
    intake.user(&record, item.problems);
}

fn group(item: &Value, task: &Task, intake: &mut Intake) {
    let Some(mut item) = Item::new(item, task, "id", intake) else {
        return;
    };
    if item.flag("deleted") == Some(true) {
        return;
    }
    let record = GroupRecord {
        id: &item.id.clone(),
        name: item.text("name"),
        created: item.instant("created"),
        modified: item.instant("modified"),
        ..GroupRecord::default()
    };
    let members = item.list("groups_users");
    let group = item.id.clone();
    intake.group(&record, item.problems);
    for member in members {
        if let Some(mut member) = Item::new(member, task, "user_id", intake) {
            let is_admin = member.flag("is_admin") == Some(true);
            intake.membership(&group, &member.id, is_admin);
            intake.problems(task.stage, &member.id, member.problems);
        }
    }
}
