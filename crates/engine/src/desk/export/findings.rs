//! Findings as the rows of a file.

use std::borrow::Cow;
use std::ops::Range;

use membership::directory::Directory;
use membership::finding::Finding;
use protocol::{FindingKind, FindingsExport, Problem};

use super::{Row, Table, named};
use crate::desk::Desk;
use crate::desk::findings::inspection;
use crate::export::Cell;

const COLUMNS: [&str; 9] = [
    "kind", "severity", "finding", "users", "userIds", "groups", "groupIds", "line", "fact",
];

/// The findings of some kinds that match.
pub struct Listed {
    /// Of each kind how many.
    kinds: Vec<(FindingKind, u32)>,
    q: String,
    /// When they were asked for, in milliseconds since 1970, in UTC.
    now: i64,
}

impl Listed {
    /// Cost: O(findings that match, where something is searched for for the first time).
    pub fn new(desk: &mut Desk, of: &FindingsExport, now: i64) -> Self {
        let directory = &desk.directory;
        let inspection = inspection(&mut desk.inspection, now);
        let kinds = of.kinds.iter();
        Self {
            kinds: kinds
                .map(|kind| (*kind, inspection.count(directory, &of.q, *kind)))
                .collect(),
            q: of.q.clone(),
            now,
        }
    }
}

impl Table for Listed {
    fn columns(&self, _directory: &Directory) -> Vec<Cow<'static, str>> {
        named(&COLUMNS)
    }

    fn len(&self) -> u32 {
        self.kinds.iter().map(|(_, count)| count).sum()
    }

    fn rows<'d>(&self, desk: &'d mut Desk, range: Range<u32>) -> Result<Vec<Row<'d>>, Problem> {
        let directory = &desk.directory;
        let inspection = inspection(&mut desk.inspection, self.now);
        let (mut before, mut rows) = (0, Vec::new());
        for (kind, count) in &self.kinds {
            let first = range.start.saturating_sub(before).min(*count);
            let last = range.end.saturating_sub(before).min(*count);
            let window = inspection.window(directory, &self.q, *kind, first, last - first);
            rows.extend(window.iter().map(|finding| cells(directory, *kind, finding)));
            before += count;
        }
        Ok(rows)
    }
}

fn cells<'d>(directory: &'d Directory, kind: FindingKind, finding: &Finding) -> Row<'d> {
    let unused = finding.unused(directory);
    let users = || finding.users.iter();
    let groups = || finding.groups.iter();
    let line = unused.map(|unused| u64::from(unused.place.line));
    vec![
        kind.name().into(),
        finding.severity().name().into(),
        finding.message(directory).into(),
        Cell::Texts(users().map(|user| directory.user_name(*user)).collect()),
        Cell::Texts(users().map(|user| directory.user_id(*user).into()).collect()),
        Cell::Texts(groups().map(|group| directory.group_name(*group).into()).collect()),
        Cell::Texts(groups().map(|group| directory.group_id(*group).into()).collect()),
        Cell::Number(line.filter(|line| *line > 0)),
        unused.map(|unused| unused.says.as_str()).into(),
    ]
}
