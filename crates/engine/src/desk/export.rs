//! What is on screen as a file, all of it: rows with their reasons, a piece at a time.
//!
//! What is listed is worked out with the first piece and kept for those that follow, as places of the directory: four
//! bytes a user, so that a million of them are no more than that and one piece.

mod comparison;
mod findings;
mod groups;
mod managers;
mod matrix;
mod pairs;
mod reason;
mod users;
mod what_if;

use std::borrow::Cow;
use std::ops::Range;

use membership::directory::Directory;
use membership::entity::GroupIndex;
use membership::instant;
use protocol::{ExportForm, ExportPiece, ExportQuestion, Exported, Kind, Problem};

use super::{Ask, Desk, answered};
use crate::export::{Cell, Node, Place, csv, dot, json};

/// How many rows go into a piece: some milliseconds' worth, so that nobody waits for it.
const PIECE: u32 = 2_000;

/// A row of a file.
type Row<'d> = Vec<Cell<'d>>;

/// What the rows of a file are, as far as it was worked out once for all pieces.
trait Table {
    /// The names of the columns.
    fn columns(&self, directory: &Directory) -> Vec<Cow<'static, str>>;

    /// How many rows there are.
    fn len(&self) -> u32;

    /// Some of the rows, each with a cell a column.
    ///
    /// # Errors
    /// What is no longer there.
    fn rows<'d>(&self, desk: &'d mut Desk, range: Range<u32>) -> Result<Vec<Row<'d>>, Problem>;

    /// The groups that the rows are, where they are groups: these can be drawn.
    fn groups(&self) -> Option<&[GroupIndex]> {
        None
    }
}

/// The file that is being written.
pub struct Exporting {
    of: Exported,
    table: Box<dyn Table>,
    /// When it was begun, in milliseconds since 1970, in UTC.
    began: i64,
}

/// Answers what asks for files.
///
/// # Errors
/// Says what is wrong with the question.
pub fn answer_export(desk: &mut Desk, kind: Kind, question: &[u8], now: i64) -> Result<Vec<u8>, Problem> {
    match kind {
        Kind::Export => answered::<ExportQuestion>(desk, question, now),
        _ => Err(Problem::NotRead),
    }
}

impl Ask for ExportQuestion {
    /// Cost: for the first piece that of what is listed; for each piece that of its rows.
    fn answer(&self, desk: &mut Desk, now: i64) -> Result<ExportPiece, Problem> {
        let exporting = match desk.exporting.take() {
            Some(exporting) if self.from > 0 && exporting.of == self.of => exporting,
            _ => Exporting {
                of: self.of.clone(),
                table: table(desk, &self.of, now)?,
                began: now,
            },
        };
        let piece = piece(self, desk, &exporting);
        if piece.as_ref().is_ok_and(|piece| piece.rows < piece.total) {
            desk.exporting = Some(exporting);
        }
        piece
    }
}

fn piece(question: &ExportQuestion, desk: &mut Desk, exporting: &Exporting) -> Result<ExportPiece, Problem> {
    let table = &exporting.table;
    let total = table.len();
    let from = question.from.min(total);
    let rows = from..from.saturating_add(PIECE).min(total);
    let place = Place {
        is_first: question.from == 0,
        is_last: rows.end >= total,
    };
    let exported_at = instant::format(exporting.began);
    let origin = [
        ("source", question.source.as_str()),
        ("exportedAt", &exported_at),
        ("address", &question.address),
    ];
    let so_far = rows.end;
    let bytes = match question.form {
        ExportForm::Csv { delimiter, mark } => {
            let columns = table.columns(&desk.directory);
            csv(delimiter, mark, &columns, &table.rows(desk, rows)?, place)
        }
        ExportForm::Json => {
            let columns = table.columns(&desk.directory);
            json(&origin, &columns, &table.rows(desk, rows)?, place)
        }
        ExportForm::Dot => {
            let groups = table.groups().ok_or(Problem::NotRead)?;
            dot(&origin, &nodes(&desk.directory, groups, rows), place)
        }
    };
    Ok(ExportPiece {
        bytes,
        rows: so_far,
        total,
    })
}

fn table(desk: &mut Desk, of: &Exported, now: i64) -> Result<Box<dyn Table>, Problem> {
    Ok(match of {
        Exported::Users(of) => Box::new(users::Users::new(&desk.directory, of, now)?),
        Exported::Groups(of) => Box::new(groups::Groups::listed(desk, of)?),
        Exported::Picture(of) => Box::new(groups::Groups::drawn(desk, of)?),
        Exported::GroupsOf(user) => Box::new(reason::GroupsOf::new(desk, user)?),
        Exported::Pairs(of) => Box::new(pairs::Pairs::new(&desk.directory, of)),
        Exported::Matrix(of) => Box::new(matrix::Rows::new(&desk.directory, of)),
        Exported::Comparison(of) => Box::new(comparison::Regions::new(desk, of, now)?),
        Exported::WhatIf(changes) => Box::new(what_if::Effects::new(&desk.directory, changes)?),
        Exported::Managers(of) => managers::managers(desk, of)?,
        Exported::Findings(of) => Box::new(findings::Listed::new(desk, of, now)),
    })
}

/// Groups with those of the others that they contain. Cost: O(groups listed · log + nestings below the range).
fn nodes<'d>(directory: &'d Directory, listed: &[GroupIndex], range: Range<u32>) -> Vec<Node<'d>> {
    let mut known = membership::set::Set::new(directory.group_count());
    for group in listed {
        known.insert(group.row());
    }
    let hierarchy = directory.hierarchy();
    let node = |&group: &GroupIndex| {
        let children = hierarchy.children(group).iter();
        let shown = children.filter(|child| known.contains(child.row()));
        Node {
            id: directory.group_id(group),
            label: directory.group_name(group),
            children: shown
                .map(|&child| {
                    let is_mutual = hierarchy.component(child) == hierarchy.component(group);
                    (directory.group_id(child), is_mutual)
                })
                .collect(),
        }
    };
    part(listed, range).iter().map(node).collect()
}

/// The items at some places.
fn part<T>(items: &[T], range: Range<u32>) -> &[T] {
    items.get(range.start as usize..range.end as usize).unwrap_or_default()
}

/// Names as a table has them.
fn named(names: &'static [&'static str]) -> Vec<Cow<'static, str>> {
    names.iter().map(|name| Cow::from(*name)).collect()
}
