//! Questions to Contensis, which can be asked all of them.

use serde_json::Value;

use super::question::{Choice, Question};
use super::row::{Group, Rows, User};
use crate::Request;
use crate::contensis::{self, List};
use crate::exchange::Task;
use crate::wire::{Incidents, Item, Page, contensis as wire};

/// How many items are asked for at once where all are.
const PAGE: u32 = 1_000;

/// The request for a part of the plan. Of a check with a group, it is about that one alone.
pub fn ask(question: &Question, task: &Task) -> Request {
    match question {
        Question::Users { choice, .. } => contensis::users(&chosen(choice, task)),
        Question::Groups(choice) => contensis::groups(&chosen(choice, task)),
        Question::Children { group, choice } => contensis::child_groups(group, false, &chosen(choice, task)),
        Question::User(user) => contensis::user(user),
        Question::Group(group) => contensis::group(group),
        Question::Members {
            group,
            include_inherited,
            excluded_groups,
            choice,
        } => contensis::members(group, *include_inherited, excluded_groups, &chosen(choice, task)),
        Question::GroupsOf {
            user,
            include_inherited,
            order,
        } => contensis::user_groups(user, *include_inherited, &list(order, "", "", task)),
        // Nobody manages a group here: that was left out.
        Question::ManagedBy(user) => contensis::user_groups(user, false, &list("", "", "", task)),
        Question::Check { user, groups } => match &task.group {
            Some(group) => contensis::check(user, std::slice::from_ref(group)),
            None => contensis::check(user, groups),
        },
    }
}

fn chosen<'a>(choice: &'a Choice, task: &Task) -> List<'a> {
    list(&choice.order, &choice.q, &choice.zenql, task)
}

fn list<'a>(order: &'a str, q: &'a str, zenql: &'a str, task: &Task) -> List<'a> {
    List {
        order,
        q,
        zenql,
        page_index: task.page,
        page_size: Some(if task.size == 0 { PAGE } else { task.size as u32 }),
    }
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
    match question {
        Question::Users { .. } | Question::User(_) | Question::Members { .. } => {
            let is_alone = matches!(question, Question::User(_));
            let users = items.iter().filter_map(|item| user(item, is_alone, task, incidents));
            Rows::Users(users.collect())
        }
        Question::Groups(_)
        | Question::Children { .. }
        | Question::Group(_)
        | Question::GroupsOf { .. }
        | Question::ManagedBy(_)
        | Question::Check { .. } => {
            let groups = items.iter().filter_map(|item| group(item, task, incidents));
            Rows::Groups(groups.collect())
        }
    }
}

fn user(item: &Value, is_alone: bool, task: &Task, incidents: &mut Incidents) -> Option<User> {
    let mut item = Item::new(item, task, "id", incidents)?;
    let record = wire::user(&mut item);
    let user = User::new(item.tell(task, incidents), &record);
    Some(if is_alone { user.whole(&record) } else { user })
}

fn group(item: &Value, task: &Task, incidents: &mut Incidents) -> Option<Group> {
    let mut item = Item::new(item, task, "id", incidents)?;
    let (users, children) = (item.count("userCount"), item.count("childGroupCount"));
    let record = wire::group(&mut item);
    Some(Group::new(item.tell(task, incidents), &record, users, children))
}
