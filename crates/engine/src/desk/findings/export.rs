//! Findings as the rows of a file.

use membership::directory::Directory;
use membership::finding::Finding;
use protocol::{ExportPiece, FindingKind, FindingsExportQuestion, Problem};

use super::inspection;
use crate::desk::{Ask, Desk};
use crate::export::{Cell, piece};

/// How many findings go into a piece.
const PIECE: u32 = 1_000;

const COLUMNS: [&str; 9] = [
    "kind", "severity", "finding", "users", "userIds", "groups", "groupIds", "line", "fact",
];

impl Ask for FindingsExportQuestion {
    /// Cost: O(findings that match, where something is searched for for the first time, and the text of a piece).
    fn answer(&self, desk: &mut Desk, now: i64) -> Result<ExportPiece, Problem> {
        let directory = &desk.directory;
        let inspection = inspection(&mut desk.inspection, now);
        let (mut total, mut rows) = (0, Vec::new());
        for kind in &self.kinds {
            let count = inspection.count(directory, &self.q, *kind);
            let room = PIECE.saturating_sub(rows.len() as u32);
            let before = self.from.saturating_sub(total).min(count);
            if room > 0 && before < count {
                let window = inspection.window(directory, &self.q, *kind, before, room);
                rows.extend(window.iter().map(|finding| cells(directory, *kind, finding)));
            }
            total += count;
        }
        let so_far = self.from + rows.len() as u32;
        Ok(ExportPiece {
            bytes: piece(self.format, &COLUMNS, &rows, self.from, so_far >= total),
            rows: so_far,
            total,
        })
    }
}

fn cells(directory: &Directory, kind: FindingKind, finding: &Finding) -> Vec<Cell> {
    let severity = finding.severity().name();
    let unused = finding.unused(directory);
    let users = || finding.users.iter();
    let groups = || finding.groups.iter();
    let texts = |texts: Vec<String>| Cell::Texts(texts);
    let line = unused.map(|unused| u64::from(unused.place.line));
    vec![
        Cell::from(kind.name()),
        Cell::from(severity),
        Cell::Text(finding.message(directory)),
        texts(users().map(|user| directory.user_name(*user).into_owned()).collect()),
        texts(users().map(|user| directory.user_id(*user).to_owned()).collect()),
        texts(groups().map(|group| directory.group_name(*group).to_owned()).collect()),
        texts(groups().map(|group| directory.group_id(*group).to_owned()).collect()),
        Cell::Number(line.filter(|line| *line > 0)),
        Cell::Text(unused.map(|unused| unused.says.clone()).unwrap_or_default()),
    ]
}
