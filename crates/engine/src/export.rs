//! Files of rows, written a piece at a time: whoever wants one asks for its pieces and puts them behind one another.
//!
//! A table says which columns it has and gives the rows of a piece; a form says how they are written. Nothing here knows
//! what the rows are about.

mod csv;
mod json;

use protocol::ExportFormat;

/// One value of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// A text; where it is empty, nothing is told.
    Text(String),
    /// A number; none where nothing is told.
    Number(Option<u64>),
    /// Several texts.
    Texts(Vec<String>),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

/// The bytes of a piece: `columns` names the cells of each row, `from` is how many rows stand before the piece, and
/// `is_last` says that none comes after it.
///
/// Cost: O(bytes).
#[must_use]
pub fn piece(format: ExportFormat, columns: &[&str], rows: &[Vec<Cell>], from: u32, is_last: bool) -> Vec<u8> {
    match format {
        ExportFormat::Csv => csv::piece(columns, rows, from == 0),
        ExportFormat::Json => json::piece(columns, rows, from == 0, is_last),
    }
}
