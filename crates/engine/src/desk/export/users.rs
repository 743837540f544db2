//! Users as the rows of a file; members of a group with the reason for each.

use std::borrow::Cow;
use std::ops::Range;

use membership::directory::Directory;
use membership::entity::{CustomRef, GroupIndex, UserIndex};
use membership::instant;
use membership::path::PathFinder;
use protocol::{Problem, UsersQuestion};

use super::reason::{self, reason};
use super::{Row, Table, named, part};
use crate::desk::Desk;
use crate::desk::users::listed;
use crate::export::Cell;

const COLUMNS: [&str; 15] = [
    "id",
    "username",
    "email",
    "firstName",
    "lastName",
    "status",
    "administrator",
    "directGroups",
    "groups",
    "language",
    "timezone",
    "created",
    "modified",
    "lastLogin",
    "expiry",
];

/// The users that match, in their order.
pub struct Users {
    users: Vec<u32>,
    /// The group whose members they are, or that alone the query asks for.
    group: Option<GroupIndex>,
}

impl Users {
    /// Cost: that of the question, and O(users).
    pub fn new(directory: &Directory, of: &UsersQuestion, now: i64) -> Result<Self, Problem> {
        let (users, group) = listed(directory, of, now)?;
        Ok(Self { users, group })
    }
}

impl Table for Users {
    fn columns(&self, directory: &Directory) -> Vec<Cow<'static, str>> {
        let mut columns = named(&COLUMNS);
        if self.group.is_some() {
            columns.extend(named(&reason::COLUMNS));
        }
        let fields = directory.users().custom.all().iter();
        columns.extend(fields.map(|field| Cow::from(["custom.", field.name()].concat())));
        columns
    }

    fn len(&self) -> u32 {
        self.users.len() as u32
    }

    fn rows<'d>(&self, desk: &'d mut Desk, range: Range<u32>) -> Result<Vec<Row<'d>>, Problem> {
        let directory = &desk.directory;
        let finder = self.group.map(|group| PathFinder::new(directory, group));
        let row = |row: &u32| {
            let user = UserIndex::new(*row);
            let mut cells = cells(directory, user);
            if let Some(finder) = &finder {
                cells.extend(reason(directory, finder, user));
            }
            let fields = directory.users().custom.all().iter();
            cells.extend(fields.map(|field| custom(field.get(*row))));
            cells
        };
        Ok(part(&self.users, range).iter().map(row).collect())
    }
}

/// Cost: O(groups of the user).
fn cells(directory: &Directory, user: UserIndex) -> Row<'_> {
    let users = directory.users();
    let row = user.row();
    let direct = directory.direct_group_count(user);
    let date = |instant: Option<i64>| Cell::from(instant.map(instant::format).unwrap_or_default());
    vec![
        users.id.get(row).into(),
        users.username.get(row).into(),
        users.email.get(row).into(),
        users.first_name.get(row).into(),
        users.last_name.get(row).into(),
        users.status.get(row).standing().word().into(),
        directory.administrators().contains(row).into(),
        direct.into(),
        (direct + directory.inherited_group_count(user)).into(),
        users.language.get(row).into(),
        users.timezone.get(row).into(),
        date(users.created.get(row)),
        date(users.modified.get(row)),
        date(users.last_login.get(row)),
        date(users.expiry.get(row)),
    ]
}

fn custom(value: Option<CustomRef<'_>>) -> Cell<'_> {
    match value {
        None => Cell::Flag(None),
        Some(CustomRef::Text(text)) => text.into(),
        Some(CustomRef::Number(number)) => Cell::Decimal(number),
        Some(CustomRef::Boolean(flag)) => flag.into(),
    }
}
