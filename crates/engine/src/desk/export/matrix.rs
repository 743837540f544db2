//! A matrix as the rows of a file: a row for each user, a column for each group.

use std::borrow::Cow;
use std::ops::Range;

use membership::directory::Directory;
use membership::entity::UserIndex;
use protocol::{MatrixCell, MatrixSides, Problem};

use super::{Row, Table, part};
use crate::desk::Desk;
use crate::desk::matrix::{Sides, column};
use crate::export::Cell;

/// Users against groups.
pub struct Rows {
    sides: Sides,
}

impl Rows {
    /// Cost: O(identifiers).
    pub fn new(directory: &Directory, of: &MatrixSides) -> Self {
        Self {
            sides: Sides::find(directory, of),
        }
    }
}

impl Table for Rows {
    fn columns(&self, directory: &Directory) -> Vec<Cow<'static, str>> {
        let own = ["id", "username", "name"].map(Cow::from);
        // Ids, since names may be the same.
        let groups = self.sides.groups.iter();
        let groups = groups.map(|group| Cow::from(["group.", directory.group_id(*group)].concat()));
        let last = ["anyOf", "total"].map(Cow::from);
        own.into_iter().chain(groups).chain(last).collect()
    }

    fn len(&self) -> u32 {
        self.sides.users.len() as u32
    }

    fn rows<'d>(&self, desk: &'d mut Desk, range: Range<u32>) -> Result<Vec<Row<'d>>, Problem> {
        let directory = &desk.directory;
        let users = part(&self.sides.users, range);
        let own = |user: &UserIndex| -> Row<'d> {
            vec![
                directory.user_id(*user).into(),
                directory.users().username.get(user.row()).into(),
                Cell::Text(directory.user_name(*user)),
            ]
        };
        let mut rows: Vec<Row<'d>> = users.iter().map(own).collect();
        let mut totals = vec![0_u32; users.len()];
        for group in &self.sides.groups {
            let cells = column(directory, users, *group);
            for ((cell, row), total) in cells.iter().zip(&mut rows).zip(&mut totals) {
                row.push(MatrixCell::word(*cell).into());
                *total += u32::from(cell.is_member());
            }
        }
        for (row, total) in rows.iter_mut().zip(totals) {
            row.extend([(total > 0).into(), total.into()]);
        }
        Ok(rows)
    }
}
