//! Questions to Passbolt, which lists groups and members without pages, and whose groups do not nest.

use serde_json::Value;

use super::question::Question;
use super::row::{Group, Rows, User};
use crate::exchange::Task;
use crate::wire::{Incidents, Item, Page, items, passbolt as wire};
use crate::{Request, Url};

/// The request for a part of the plan.
pub fn ask(question: &Question, task: &Task) -> Request {
    let of = |path: &str| Url::new(path).parameter("api-version", "v2");
    let one = |path: &str, id: &str| {
        let url = Url::new(path).segment(id).literal(".json");
        url.parameter("api-version", "v2")
    };
    let lean = |url: Url| {
        let url = url
            .parameter("contain[profile]", "1")
            .parameter("contain[groups_users]", "0");
        url.parameter("contain[gpgkey]", "0").parameter("contain[role]", "0")
    };
    match question {
        Question::Users { choice, .. } => {
            let url = lean(of("/users.json")).parameter("filter[search]", &choice.q);
            match task.size {
                0 => url,
                size => {
                    let url = url.parameter("limit", &size.to_string());
                    url.parameter("page", &(u64::from(task.page) + 1).to_string())
                }
            }
        }
        // No group is in another: that was left out.
        Question::Groups(_) | Question::Children { .. } => of("/groups.json"),
        Question::ManagedBy(user) => of("/groups.json").parameter("filter[has-managers]", user),
        Question::User(user) => lean(one("/users", user)),
        Question::Group(group) => one("/groups", group),
        Question::Members { group, .. } => one("/groups", group)
            .parameter("contain[groups_users]", "1")
            .parameter("contain[groups_users.user]", "1")
            .parameter("contain[groups_users.user.profile]", "1"),
        Question::GroupsOf { user, .. } | Question::Check { user, .. } => {
            of("/groups.json").parameter("filter[has-users]", user)
        }
    }
    .get()
}

/// Reads what came; a single record is a page of one, and the members of a group are the page of it.
pub fn page<'a>(question: &Question, body: &'a Value) -> Result<Page<'a>, String> {
    let one = || body.get("body").ok_or_else(|| "there is no `body` in it".to_owned());
    match question {
        Question::User(_) | Question::Group(_) => Ok(Page::of_one(one()?)),
        Question::Members { .. } => {
            let items = items(one()?, "groups_users")?;
            Ok(Page {
                items,
                total: Some(items.len() as u64),
                size: u64::MAX,
                next: None,
            })
        }
        _ => wire::page(body),
    }
}

/// Reads the items of a page.
pub fn rows(question: &Question, task: &Task, items: &[Value], now: i64, incidents: &mut Incidents) -> Rows {
    let items = items.iter();
    match question {
        Question::Users { .. } | Question::User(_) => {
            let is_alone = matches!(question, Question::User(_));
            let users = items.filter_map(|item| user(item, is_alone, task, now, incidents));
            Rows::Users(users.collect())
        }
        Question::Members { .. } => Rows::Users(items.filter_map(|item| member(item, task, now, incidents)).collect()),
        Question::Groups(_)
        | Question::Children { .. }
        | Question::Group(_)
        | Question::GroupsOf { .. }
        | Question::ManagedBy(_)
        | Question::Check { .. } => Rows::Groups(items.filter_map(|item| group(item, task, incidents)).collect()),
    }
}

fn user(item: &Value, is_alone: bool, task: &Task, now: i64, incidents: &mut Incidents) -> Option<User> {
    let mut item = Item::new(item, task, "id", incidents)?;
    let record = wire::user(&mut item, now)?;
    let user = User::new(item.tell(task, incidents), &record);
    Some(if is_alone { user.whole(&record) } else { user })
}

/// A membership, with the user where it is told.
fn member(item: &Value, task: &Task, now: i64, incidents: &mut Incidents) -> Option<User> {
    let mut item = Item::new(item, task, "user_id", incidents)?;
    let is_manager = item.flag("is_admin");
    let mut user = item.object("user").map(|value| item.inner("user", value));
    let record = user.as_mut().and_then(|user| wire::user(user, now));
    item.problems.extend(user.map(|user| user.problems).unwrap_or_default());
    let id = item.tell(task, incidents);
    let user = match record {
        Some(record) => User::new(id, &record),
        None => User::of_id(id),
    };
    Some(User { is_manager, ..user })
}

fn group(item: &Value, task: &Task, incidents: &mut Incidents) -> Option<Group> {
    let mut item = Item::new(item, task, "id", incidents)?;
    let record = wire::group(&mut item)?;
    Some(Group::new(item.tell(task, incidents), &record, None, None))
}
