//! Passbolt: all groups with their members in one go, and all users in another. Nothing nests.

use membership::entity::{GroupRecord, UserRecord};
use serde_json::Value;

use super::Stage;
use super::intake::Intake;
use crate::exchange::Task;
use crate::wire::{Item, passbolt as wire};

/// The path and query of a list.
pub fn path(task: &Task) -> String {
    match task.stage {
        Stage::Users => "/users.json?api-version=v2&contain%5Bprofile%5D=1&contain%5Bgroups_users%5D=0&contain%5Bgpgkey%5D=0&contain%5Brole%5D=0",
        _ => "/groups.json?api-version=v2&contain%5Bgroups_users%5D=1&contain%5Bgroup_user%5D=1",
    }
    .to_owned()
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
    let Some(mut item) = Item::new(item, task, "id", &mut intake.incidents) else {
        return;
    };
    if let Some(read) = wire::user(&mut item, intake.now) {
        intake.user(&UserRecord { id: &item.id, ..read }, item.problems);
    }
}

fn group(item: &Value, task: &Task, intake: &mut Intake) {
    let Some(mut item) = Item::new(item, task, "id", &mut intake.incidents) else {
        return;
    };
    let Some(read) = wire::group(&mut item) else {
        return;
    };
    let members = item.list("groups_users");
    intake.group(&GroupRecord { id: &item.id, ..read }, item.problems);
    for member in members {
        if let Some(mut member) = Item::new(member, task, "user_id", &mut intake.incidents) {
            let is_admin = member.flag("is_admin") == Some(true);
            intake.membership(&item.id, &member.id, is_admin);
            intake.incidents.problems(task.stage, &member.id, member.problems);
        }
    }
}
