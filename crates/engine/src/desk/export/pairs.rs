//! A matrix as the rows of a file: a row for each user and each group, with the reason.

use std::borrow::Cow;
use std::ops::Range;

use membership::directory::Directory;
use membership::path::PathFinder;
use protocol::{MatrixSides, Problem};

use super::reason::{self, reason};
use super::{Row, Table, named, part};
use crate::desk::Desk;
use crate::desk::matrix::Sides;
use crate::export::Cell;

/// Users against groups, group by group, so that what a group needs is worked out once.
pub struct Pairs {
    sides: Sides,
}

impl Pairs {
    /// Cost: O(identifiers).
    pub fn new(directory: &Directory, of: &MatrixSides) -> Self {
        Self {
            sides: Sides::find(directory, of),
        }
    }
}

impl Table for Pairs {
    fn columns(&self, _directory: &Directory) -> Vec<Cow<'static, str>> {
        let own = named(&["userId", "username", "user", "groupId", "group"]);
        own.into_iter().chain(named(&reason::COLUMNS)).collect()
    }

    fn len(&self) -> u32 {
        (self.sides.users.len() * self.sides.groups.len()) as u32
    }

    fn rows<'d>(&self, desk: &'d mut Desk, range: Range<u32>) -> Result<Vec<Row<'d>>, Problem> {
        let directory = &desk.directory;
        let users = self.sides.users.len() as u32;
        let mut rows = Vec::new();
        for (group, first) in self
            .sides
            .groups
            .iter()
            .zip((0..).step_by(self.sides.users.len().max(1)))
        {
            let from = range.start.clamp(first, first + users) - first;
            let to = range.end.clamp(first, first + users) - first;
            if from == to {
                continue;
            }
            let finder = PathFinder::new(directory, *group);
            for user in part(&self.sides.users, from..to) {
                let mut row: Row<'d> = vec![
                    directory.user_id(*user).into(),
                    directory.users().username.get(user.row()).into(),
                    Cell::Text(directory.user_name(*user)),
                    directory.group_id(*group).into(),
                    directory.group_name(*group).into(),
                ];
                row.extend(reason(directory, &finder, *user));
                rows.push(row);
            }
        }
        Ok(rows)
    }
}
