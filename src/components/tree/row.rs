//! One row of the tree of groups.

use protocol::{TreePlace, TreeRow};

use crate::components::icon::{icon, mark};
use crate::components::number::number;
use crate::components::piece::{Piece, piece, span, text};
use crate::words::{counted, fill, say};

/// The cells of a row: name with its marks, direct members, all members.
pub fn cells(row: &TreeRow) -> Vec<Piece> {
    match row.place {
        TreePlace::Here => {
            let name = text(row.name.clone());
            vec![name_cell(row, vec![name]), amount(row.direct), amount(row.total)]
        }
        // A group which stands elsewhere cannot be opened here, and has no numbers.
        TreePlace::Back | TreePlace::Elsewhere => vec![reference_cell(row), count_cell(), count_cell()],
    }
}

/// The cell of a group that stands here, whose name is drawn like this.
pub(super) fn name_cell(row: &TreeRow, name: Vec<Piece>) -> Piece {
    let twist = match row.expanded {
        Some(_) => twist("#i-chevron-right"),
        None => span("tree-leaf"),
    };
    let mut marks = span("tree-marks");
    if row.also_under > 0 {
        marks = marks.of(also(row.also_under));
    }
    if row.has_manager {
        marks = marks.of(mark("#i-key", "manager-mark", say("Has managers")));
    }
    if row.in_cycle {
        marks = marks.of(mark("#i-loop", "warn-mark", say("Part of a cycle")));
    }
    tree_cell().of(twist).of(span("tree-name").of_all(name)).of(marks)
}

fn tree_cell() -> Piece {
    span("tree-cell").with("role", "gridcell").of(span("tree-guides"))
}

fn twist(href: &'static str) -> Piece {
    span("tree-twist").with("aria-hidden", "true").of(icon(href))
}

/// It stands below so many other groups as well.
fn also(others: u32) -> Piece {
    let title = counted("Also under {0} other|Also under {0} others", others.into());
    let sign = ["+", &number(others)].concat();
    span("tree-also")
        .with("title", title.clone())
        .of(piece("span").with("aria-hidden", "true").saying(sign))
        .of(span("sr-only").saying(title))
}

fn count_cell() -> Piece {
    span("num").with("role", "gridcell")
}

fn amount(value: Option<u32>) -> Piece {
    let cell = count_cell().when("data-zero", value == Some(0));
    cell.saying(value.map(number).unwrap_or_default())
}

/// The cell of a row that refers to a group.
pub(super) fn reference_cell(row: &TreeRow) -> Piece {
    let name = span("tree-name");
    let cell = tree_cell();
    if row.place == TreePlace::Back {
        let back = fill("Back to {0}", &[&row.name]);
        return cell.of(twist("#i-loop")).of(name.saying(back));
    }
    let note = span("sr-only").saying([", ", say("under another group")].concat());
    cell.of(twist("#i-external")).of(name.saying(row.name.clone()).of(note))
}

/// Stands for a row that is not there yet.
pub fn skeleton(place: u32) -> Vec<Piece> {
    let width = (30 + place * 17 % 40).to_string() + "%";
    let name = tree_cell()
        .of(span("tree-leaf"))
        .of(span("skeleton").with("--w", width));
    vec![name, count_cell(), count_cell().of(span("skeleton"))]
}
