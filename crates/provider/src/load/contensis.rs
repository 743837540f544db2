//! Contensis: users and groups by pages, then the members and child groups of each group that has some.

use membership::entity::{GroupRecord, Status, UserRecord};
use serde_json::Value;

use super::intake::{Intake, Item};
use super::{Page, Stage, Task};
use crate::contensis::{List, child_groups, groups, members, users};

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

/// Reads the envelope of a page.
pub fn page(body: &Value) -> Result<Page<'_>, String> {
    let items = super::intake::items(body, "items")?;
    let size = body
        .get("pageSize")
        .and_then(Value::as_u64)
        .unwrap_or(items.len() as u64);
    Ok(Page {
        items,
        total: body.get("totalCount").and_then(Value::as_u64),
        size,
        next: None,
    })
}

/// Takes the items of a page; returns the groups that it makes known, with what is to be read of each.
pub fn take(task: &Task, items: &[Value], intake: &mut Intake) -> Vec<(String, Vec<Stage>)> {
    let mut found = Vec::new();
    for item in items {
        match (task.stage, task.group.as_deref()) {
            (Stage::Users, _) => user(item, intake),
            (Stage::Groups, _) => found.extend(group(item, intake)),
            (Stage::Children, Some(parent)) => {
                if let Some(item) = Item::new(item, task, "id", intake) {
                    intake.nesting(parent, &item.id);
                }
            }
            (Stage::Members, Some(group)) => {
                if let Some(item) = Item::new(item, task, "id", intake) {
                    intake.membership(group, &item.id, false);
                }
            }
            (Stage::Children | Stage::Members, None) => {}
        }
    }
    found
}

fn user(item: &Value, intake: &mut Intake) {
    let Some(mut item) = Item::new(item, &Task::first(Stage::Users, None), "id", intake) else {
        return;
    };
    let status = item.object("status");
    let mut flags = status.map(|value| item.inner("status", value));
    let mut flag = |name: &str| flags.as_mut().and_then(|flags| flags.flag(name));
    let active = flag("active");
    let status = Status {
        suspended: flag("suspended").or(active.map(|active| !active)),
        locked: flag("locked"),
        password_reset_required: flag("passwordResetRequired"),
    };
    if let Some(flags) = flags {
        item.problems.extend(flags.problems);
    }
    let record = UserRecord {
        id: &item.id.clone(),
        username: item.text("username"),
        email: item.text("email"),
        // The name was spelled in lower case once.
        first_name: item.text("firstName").or_else(|| item.text("firstname")),
        last_name: item.text("lastName").or_else(|| item.text("lastname")),
        language: item.text("language"),
        timezone: item.text("timezone"),
        created: item.instant("created"),
        modified: item.instant("modified"),
        last_login: item.instant("lastLogin"),
        expiry: item.instant("expiry"),
        status,
        custom: item.custom("custom"),
    };
    intake.user(&record, item.problems);
}

fn group(item: &Value, intake: &mut Intake) -> Option<(String, Vec<Stage>)> {
    let mut item = Item::new(item, &Task::first(Stage::Groups, None), "id", intake)?;
    let record = GroupRecord {
        id: &item.id.clone(),
        name: item.text("name"),
        description: item.text("description"),
        kind: item.text("type"),
        created: item.instant("created"),
        modified: item.instant("modified"),
        custom: item.custom("custom"),
    };
    // A count of zero saves the question; what is not counted is asked for.
    let has_some = |item: &mut Item<'_>, count: &str| item.count(count) != Some(0);
    let mut stages = Vec::new();
    if has_some(&mut item, "childGroupCount") {
        stages.push(Stage::Children);
    }
    if has_some(&mut item, "userCount") {
        stages.push(Stage::Members);
    }
    let id = item.id.clone();
    intake.group(&record, item.problems);
    Some((id, stages))
}
