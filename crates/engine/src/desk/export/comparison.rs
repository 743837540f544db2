//! The three columns of a comparison as the rows of a file, each with the reason on either side.

use std::borrow::Cow;
use std::ops::Range;

use membership::directory::Directory;
use membership::entity::{GroupIndex, UserIndex};
use membership::path::PathFinder;
use protocol::{CompareQuestion, Compared, Problem};

use super::reason::{COLUMNS as REASON, reason};
use super::{Row, Table, part};
use crate::desk::Desk;
use crate::desk::compare::regions;
use crate::export::Cell;

/// What the columns are called, in their order.
const REGIONS: [&str; 3] = ["only a", "both", "only b"];

/// All rows of all columns: places of groups where users are compared, else of users.
pub struct Regions {
    of: Compared,
    /// The identifiers of both sides; of queries nothing needs them.
    sides: [String; 2],
    rows: Vec<u32>,
    /// The first row behind each column.
    ends: [u32; 3],
}

impl Regions {
    /// Cost: that of the question, and O(users).
    pub fn new(desk: &Desk, of: &CompareQuestion, now: i64) -> Result<Self, Problem> {
        let regions = regions(desk, of, now)?;
        let mut end = 0;
        let ends = regions.each_ref().map(|rows| {
            end += rows.len() as u32;
            end
        });
        Ok(Self {
            of: of.of,
            sides: [of.a.clone(), of.b.clone()],
            rows: regions.concat(),
            ends,
        })
    }

    fn region(&self, place: u32) -> &'static str {
        let behind = self.ends.iter().filter(|end| place >= **end).count();
        REGIONS.get(behind).copied().unwrap_or_default()
    }
}

impl Table for Regions {
    fn columns(&self, _directory: &Directory) -> Vec<Cow<'static, str>> {
        let own = [
            "in",
            "id",
            if self.of == Compared::Users {
                "members"
            } else {
                "username"
            },
            "name",
        ];
        let of_side = |side: &'static str| REASON.map(move |column| Cow::from([side, column].concat()));
        let mut columns: Vec<Cow<'static, str>> = own.map(Cow::from).into();
        if self.of != Compared::Sets {
            columns.extend(of_side("a."));
            columns.extend(of_side("b."));
        }
        columns
    }

    fn len(&self) -> u32 {
        self.rows.len() as u32
    }

    fn rows<'d>(&self, desk: &'d mut Desk, range: Range<u32>) -> Result<Vec<Row<'d>>, Problem> {
        let [a, b] = &self.sides;
        let rows = (range.start..).zip(part(&self.rows, range.clone()));
        let desk = &*desk;
        let directory = &desk.directory;
        if self.of == Compared::Users {
            let users = [desk.find_user(a)?, desk.find_user(b)?];
            let row = |(place, row): (u32, &u32)| {
                let group = GroupIndex::new(*row);
                let finder = PathFinder::new(directory, group);
                let mut cells: Row<'d> = vec![
                    self.region(place).into(),
                    directory.group_id(group).into(),
                    directory.member_count(group).into(),
                    directory.group_name(group).into(),
                ];
                for user in users {
                    cells.extend(reason(directory, &finder, user));
                }
                cells
            };
            return Ok(rows.map(row).collect());
        }
        let finders = match self.of {
            Compared::Groups => {
                let finder = |group| desk.find_group(group).map(|group| PathFinder::new(directory, group));
                vec![finder(a)?, finder(b)?]
            }
            Compared::Users | Compared::Sets => Vec::new(),
        };
        let row = |(place, row): (u32, &u32)| {
            let user = UserIndex::new(*row);
            let mut cells: Row<'d> = vec![
                self.region(place).into(),
                directory.user_id(user).into(),
                directory.users().username.get(*row).into(),
                Cell::Text(directory.user_name(user)),
            ];
            for finder in &finders {
                cells.extend(reason(directory, finder, user));
            }
            cells
        };
        Ok(rows.map(row).collect())
    }
}
