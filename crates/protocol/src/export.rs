//! Rows of any kind as a file, a piece at a time.

use serde::{Deserialize, Serialize};

use crate::{
    CompareQuestion, FindingKind, GroupFilter, ManagersQuestion, PictureQuestion, StagedChange, TreeOrder,
    UsersQuestion,
};

/// The next piece of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportQuestion {
    /// What its rows are.
    pub of: Exported,
    /// How they are written.
    pub form: ExportForm,
    /// What the directory is called: where the form has a place for it, the file says so.
    pub source: String,
    /// The address of what is on screen, likewise.
    pub address: String,
    /// How many rows are in the pieces before this one.
    pub from: u32,
}

/// What the rows of a file are: all that the screen would show, whatever window the question has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Exported {
    /// Users, or the members of a group with the reason for each.
    Users(UsersQuestion),
    /// Groups.
    Groups(GroupsExport),
    /// The groups of a picture.
    Picture(PictureQuestion),
    /// The groups of a user, by identifier, with the reason for each.
    GroupsOf(String),
    /// A row for each user and each group of a matrix, with the reason.
    Pairs(MatrixSides),
    /// A row for each user of a matrix, and a column for each group.
    Matrix(MatrixSides),
    /// The three columns of a comparison.
    Comparison(CompareQuestion),
    /// Who would gain and who would lose what by these changes.
    WhatIf(Vec<StagedChange>),
    /// Who manages what.
    Managers(ManagersQuestion),
    /// Findings.
    Findings(FindingsExport),
}

/// Which groups, and in which order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupsExport {
    /// Only those whose name contains this.
    pub find: String,
    /// Only those of this kind.
    pub only: Option<GroupFilter>,
    /// Their order; ties by name.
    pub order: TreeOrder,
    /// Only the group of this identifier, and those below it.
    pub below: Option<String>,
}

/// Users against groups, by their identifiers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MatrixSides {
    /// User identifiers.
    pub users: Vec<String>,
    /// Group identifiers.
    pub groups: Vec<String>,
}

/// Which findings.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindingsExport {
    /// Those of these kinds, in their order.
    pub kinds: Vec<FindingKind>,
    /// What names and facts are searched for; empty for all.
    pub q: String,
}

/// The form of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ExportForm {
    /// For spreadsheets.
    Csv {
        /// What stands between cells.
        delimiter: Delimiter,
        /// Whether it begins with a byte order mark, by which spreadsheets know UTF-8.
        mark: bool,
    },
    /// For programs.
    Json,
    /// For drawing a hierarchy: groups alone have this form.
    Dot,
}

/// What stands between the cells of a row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Delimiter {
    /// `,`
    #[default]
    Comma,
    /// `;`
    Semicolon,
    /// A tab.
    Tab,
}

/// A piece of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportPiece {
    /// The bytes of the piece, which go behind those of the pieces before it.
    pub bytes: Vec<u8>,
    /// How many rows the file has so far.
    pub rows: u32,
    /// How many it will have.
    pub total: u32,
}
