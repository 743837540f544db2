//! Who would gain and who would lose what by staged changes, as the rows of a file.

use std::borrow::Cow;
use std::ops::Range;

use membership::directory::Directory;
use membership::entity::{GroupIndex, UserIndex};
use membership::order;
use membership::sort;
use protocol::{ChangeKind, Problem, StagedChange};

use super::reason::way;
use super::{Row, Table, named, part};
use crate::desk::Desk;
use crate::desk::what_if::{Told, outlook, stage};
use crate::export::Cell;

const COLUMNS: [&str; 9] = [
    "effect", "userId", "username", "user", "groupId", "group", "path", "pathIds", "change",
];

/// What comes or goes.
#[derive(Clone, Copy)]
enum Effect {
    Gained,
    Lost,
    ManagerGained,
    ManagerLost,
}

/// All memberships and managers that would come or go, by group and then by user.
pub struct Effects {
    changes: Vec<StagedChange>,
    /// The places of those that can be.
    possible: Vec<usize>,
    rows: Vec<(Effect, UserIndex, GroupIndex)>,
}

impl Effects {
    /// Cost: that of [`membership::impact::Outlook::impact`], and O(n log n) for n rows.
    pub fn new(directory: &Directory, changes: &[StagedChange]) -> Result<Self, Problem> {
        let (_, possible) = stage(directory, changes);
        let impact = outlook(directory, changes, &possible)?.impact();
        let (groups, users) = (
            directory.groups_by_name(),
            directory.user_permutation(&order::by_name()),
        );
        let mut rows = Vec::new();
        for (effect, mut pairs) in [
            (Effect::Gained, impact.gained),
            (Effect::Lost, impact.lost),
            (Effect::ManagerGained, impact.managers_gained),
            (Effect::ManagerLost, impact.managers_lost),
        ] {
            sort::by_key(&mut pairs, |(user, group)| {
                let place = |places: &[u32], row: u32| places.get(row as usize).map_or(0, |place| u64::from(*place));
                place(groups.places(), group.row()) << 32 | place(users.places(), user.row())
            });
            rows.extend(pairs.into_iter().map(|(user, group)| (effect, user, group)));
        }
        Ok(Self {
            changes: changes.to_vec(),
            possible,
            rows,
        })
    }
}

impl Table for Effects {
    fn columns(&self, _directory: &Directory) -> Vec<Cow<'static, str>> {
        named(&COLUMNS)
    }

    fn len(&self) -> u32 {
        self.rows.len() as u32
    }

    fn rows<'d>(&self, desk: &'d mut Desk, range: Range<u32>) -> Result<Vec<Row<'d>>, Problem> {
        let directory = &desk.directory;
        let outlook = outlook(directory, &self.changes, &self.possible)?;
        let told = Told {
            directory,
            outlook: &outlook,
            changes: &self.changes,
            possible: &self.possible,
            limit: 0,
        };
        let row = |&(effect, user, group): &(Effect, UserIndex, GroupIndex)| {
            let role = |kind| (Vec::new(), told.by_role(user, group, kind));
            let (word, (path, by)) = match effect {
                Effect::Gained => ("gained", told.way_in(user, group)),
                Effect::Lost => ("lost", told.way_out(user, group)),
                Effect::ManagerGained => ("manager gained", role(ChangeKind::Manager)),
                Effect::ManagerLost => ("manager lost", role(ChangeKind::NoManager)),
            };
            let [names, ids] = way(directory, &path);
            vec![
                word.into(),
                directory.user_id(user).into(),
                directory.users().username.get(user.row()).into(),
                Cell::Text(directory.user_name(user)),
                directory.group_id(group).into(),
                directory.group_name(group).into(),
                names,
                ids,
                Cell::Number(Some(by.into()).filter(|by| *by > 0)),
            ]
        };
        Ok(part(&self.rows, range).iter().map(row).collect())
    }
}
