//! Who manages what, as the rows of a file: people, or groups with who manages them.

use std::borrow::Cow;
use std::ops::Range;

use membership::directory::Directory;
use protocol::{ManagersQuestion, Problem};

use super::groups::Groups;
use super::{Row, Table, named, part};
use crate::desk::Desk;
use crate::desk::managers::{ListedManagers, Manager, managed};
use crate::desk::names::by_name;
use crate::export::Cell;

const COLUMNS: [&str; 9] = [
    "id", "username", "email", "name", "status", "manages", "alone", "groups", "groupIds",
];

/// What a question lists: groups as any others, which say who manages them. Cost: that of the question.
pub fn managers(desk: &mut Desk, of: &ManagersQuestion) -> Result<Box<dyn Table>, Problem> {
    Ok(match desk.listed_managers(of)? {
        ListedManagers::People(people) => Box::new(People(people)),
        ListedManagers::Groups(groups) => Box::new(Groups::of(groups)),
    })
}

/// Everybody who manages a group.
struct People(Vec<Manager>);

impl Table for People {
    fn columns(&self, _directory: &Directory) -> Vec<Cow<'static, str>> {
        named(&COLUMNS)
    }

    fn len(&self) -> u32 {
        self.0.len() as u32
    }

    fn rows<'d>(&self, desk: &'d mut Desk, range: Range<u32>) -> Result<Vec<Row<'d>>, Problem> {
        let directory = &desk.directory;
        let row = |manager: &Manager| {
            let user = manager.user;
            let users = directory.users();
            let mut groups = managed(directory, user);
            by_name(directory, &mut groups);
            vec![
                directory.user_id(user).into(),
                users.username.get(user.row()).into(),
                users.email.get(user.row()).into(),
                Cell::Text(directory.user_name(user)),
                users.status.get(user.row()).standing().word().into(),
                manager.manages.into(),
                manager.alone.into(),
                Cell::Texts(groups.iter().map(|group| directory.group_name(*group).into()).collect()),
                Cell::Texts(groups.iter().map(|group| directory.group_id(*group).into()).collect()),
            ]
        };
        Ok(part(&self.0, range).iter().map(row).collect())
    }
}
