//! Questions to Tulip, whose lists of members and of a user's groups tell ids alone, and whose groups do not nest.

use serde_json::Value;

use super::question::{Choice, Question};
use super::row::{Group, Rows, User};
use crate::exchange::Task;
use crate::wire::{Incidents, Item, Page, tulip as wire};
use crate::{Request, Url};

/// How many items are asked for at once where all are.
const PAGE: u64 = 1_000;

/// The request for a part of the plan.
pub fn ask(question: &Question, task: &Task) -> Request {
    let users = || Url::new("/api/users/v1/users");
    let groups = || Url::new("/api/users/v1/user-groups");
    let url = match question {
        Question::Users { choice, archived } => {
            let archived = if *archived { "true" } else { "" };
            chosen(users().parameter("archived", archived), choice)
        }
        // No group is in another: that was left out.
        Question::Groups(choice) | Question::Children { choice, .. } => chosen(groups(), choice),
        Question::User(user) => return users().segment(user).get(),
        Question::Group(group) => return groups().segment(group).get(),
        Question::Members { group, .. } => groups().segment(group).literal("/users"),
        // Nobody manages a group here: that was left out.
        Question::GroupsOf { user, .. } | Question::ManagedBy(user) => users().segment(user).literal("/user-groups"),
        Question::Check { user, groups } => {
            let url = users().segment(user).literal("/user-groups");
            url.parameter("filter", &any_of("userGroupId", groups))
        }
    };
    let size = if task.size == 0 { PAGE } else { task.size };
    let offset = if task.page == 0 {
        String::new()
    } else {
        task.offset().to_string()
    };
    let url = url.parameter("limit", &size.to_string());
    url.parameter("offset", &offset).get()
}

fn chosen(url: Url, choice: &Choice) -> Url {
    url.parameter("search", &choice.q)
        .parameter("filter", &any_of("id", &choice.ids))
}

/// A filter in the documented subset of OData; a quote within an id is doubled.
fn any_of(field: &str, ids: &[String]) -> String {
    let terms: Vec<String> = ids
        .iter()
        .map(|id| [field, " eq '", &id.replace('\'', "''"), "'"].concat())
        .collect();
    terms.join(" or ")
}

/// Reads what came; a single record is a page of one.
pub fn page<'a>(question: &Question, body: &'a Value) -> Result<Page<'a>, String> {
    match question {
        Question::User(_) | Question::Group(_) => Ok(Page::of_one(body)),
        _ => wire::page(body),
    }
}

/// Reads the items of a page.
pub fn rows(question: &Question, task: &Task, items: &[Value], incidents: &mut Incidents) -> Rows {
    let items = items.iter();
    match question {
        Question::Users { archived, .. } => Rows::Users(
            items
                .filter_map(|item| user(item, Some(*archived), task, incidents))
                .collect(),
        ),
        // Of a user alone nothing tells whether it is archived.
        Question::User(_) => Rows::Users(items.filter_map(|item| user(item, None, task, incidents)).collect()),
        Question::Groups(_) | Question::Children { .. } | Question::Group(_) => {
            Rows::Groups(items.filter_map(|item| group(item, task, incidents)).collect())
        }
        Question::Members { .. } => {
            let ids = items.filter_map(|item| Item::new(item, task, "userId", incidents));
            Rows::Users(ids.map(|item| User::of_id(item.id)).collect())
        }
        Question::GroupsOf { .. } | Question::ManagedBy(_) | Question::Check { .. } => {
            let ids = items.filter_map(|item| Item::new(item, task, "userGroupId", incidents));
            Rows::Groups(ids.map(|item| Group::of_id(item.id)).collect())
        }
    }
}

fn user(item: &Value, archived: Option<bool>, task: &Task, incidents: &mut Incidents) -> Option<User> {
    let mut item = Item::new(item, task, "id", incidents)?;
    let record = wire::user(&mut item, archived);
    let user = User::new(item.tell(task, incidents), &record);
    // One that is asked for alone comes with its whole record.
    Some(match archived {
        Some(_) => user,
        None => User {
            standing: None,
            ..user.whole(&record)
        },
    })
}

fn group(item: &Value, task: &Task, incidents: &mut Incidents) -> Option<Group> {
    let mut item = Item::new(item, task, "id", incidents)?;
    let users = item.count("assignedUsersCount");
    let record = wire::group(&mut item);
    Some(Group::new(item.tell(task, incidents), &record, users, None))
}
