//! What staged changes would do: who gains and who loses, by which way, and by which change.

use membership::change::Change;
use membership::directory::Directory;
use membership::entity::{GroupIndex, Standing, UserIndex};
use membership::impact::{Impact, Outlook};
use membership::order;
use membership::path::PathFinder;
use membership::set::Set;
use membership::sort;
use protocol::{
    Administrators, ChangeKind, ChangeLine, Effect, EntityName, GroupName, Kind, Managing, MoveRow, Moves, Problem,
    StagedChange, WhatIf, WhatIfQuestion,
};

use super::names::{group_name, user_row};
use super::paths::steps;
use super::{Ask, Desk, answered};

/// The most rows of one list.
const ROWS: u32 = 1_000;
/// The most groups that are named.
const GROUPS: usize = 20;

/// Answers what the What-if screen asks.
///
/// # Errors
/// Says what is wrong with the question.
pub fn answer_what_if(desk: &mut Desk, kind: Kind, question: &[u8], now: i64) -> Result<Vec<u8>, Problem> {
    match kind {
        Kind::WhatIf => answered::<WhatIfQuestion>(desk, question, now),
        _ => Err(Problem::NotRead),
    }
}

impl Ask for WhatIfQuestion {
    /// Cost: that of [`Outlook::impact`] for all changes together and for each alone, and that of a path for each row.
    fn answer(&self, desk: &mut Desk, _now: i64) -> Result<WhatIf, Problem> {
        let directory = &desk.directory;
        let (mut lines, possible) = stage(directory, &self.changes);
        let outlook = outlook(directory, &self.changes, &possible)?;
        let impact = outlook.impact();
        let told = Told {
            directory,
            outlook: &outlook,
            changes: &self.changes,
            possible: &possible,
            limit: self.limit.min(ROWS),
        };
        for place in &possible {
            let change = change(&self.changes[*place]);
            lines[*place].alone = if possible.len() == 1 {
                Some(effect(directory, change, &impact))
            } else {
                directory
                    .impact(&[change])
                    .ok()
                    .map(|alone| effect(directory, change, &alone))
            };
        }
        Ok(WhatIf {
            changes: lines,
            gained: told.moves(&impact.gained, |user, group| told.way_in(user, group)),
            lost: told.moves(&impact.lost, |user, group| told.way_out(user, group)),
            managers_gained: told.managing(&impact.managers_gained, ChangeKind::Manager),
            managers_lost: told.managing(&impact.managers_lost, ChangeKind::NoManager),
            unmanaged: unmanaged(directory, &impact),
            cycles_made: told.cycles(&impact.cycles_made),
            cycles_broken: told.cycles(&impact.cycles_broken),
            cycles: directory.hierarchy().cycles().count() as u32,
            administrators: told.administrators(&impact),
            users: directory.user_count(),
        })
    }
}

/// What would be after those changes that can be.
pub fn outlook<'d>(
    directory: &'d Directory,
    staged: &[StagedChange],
    possible: &[usize],
) -> Result<Outlook<'d>, Problem> {
    let changes: Vec<Change<'_>> = possible.iter().map(|place| change(&staged[*place])).collect();
    Outlook::new(directory, &changes).map_err(|_| Problem::NotRead)
}

/// The lines of all changes, and the places of those that can be.
pub fn stage(directory: &Directory, staged: &[StagedChange]) -> (Vec<ChangeLine>, Vec<usize>) {
    let mut lines: Vec<ChangeLine> = staged.iter().map(|staged| line(directory, staged)).collect();
    let mut possible: Vec<usize> = (0..staged.len()).collect();
    loop {
        let changes: Vec<Change<'_>> = possible.iter().map(|place| change(&staged[*place])).collect();
        match Outlook::new(directory, &changes) {
            Ok(_) => return (lines, possible),
            Err(error) => {
                let place = possible.remove(error.position);
                lines[place].problem = Some(error.reason.to_string());
            }
        }
    }
}

fn line(directory: &Directory, staged: &StagedChange) -> ChangeLine {
    let group = directory.find_group(&staged.group);
    let (subject, id) = if is_nesting(staged.kind) {
        let child = directory.find_group(&staged.subject);
        let name = child.map(|child| group_name(directory, child)).map(|name| EntityName {
            id: name.id,
            name: name.name,
            detail: String::new(),
        });
        let id = child.map(|child| directory.group_id(child));
        (name, id)
    } else {
        let user = directory.find_user(&staged.subject);
        (
            user.map(|user| user_name(directory, user)),
            user.map(|user| directory.user_id(user)),
        )
    };
    let request = group
        .zip(id)
        .and_then(|(group, id)| request(staged.kind, directory.group_id(group), id));
    ChangeLine {
        change: staged.clone(),
        subject,
        group: group.map(|group| group_name(directory, group)),
        problem: None,
        alone: None,
        request,
    }
}

fn request(kind: ChangeKind, group: &str, id: &str) -> Option<(String, String)> {
    use provider::contensis::{add_child, add_member, remove_child, remove_member};
    let request = match kind {
        ChangeKind::Nest => add_child(group, id),
        ChangeKind::Unnest => remove_child(group, id),
        ChangeKind::Add => add_member(group, id),
        ChangeKind::Remove => remove_member(group, id),
        ChangeKind::Manager | ChangeKind::NoManager => return None,
    };
    Some((request.method.to_owned(), request.url))
}

fn is_nesting(kind: ChangeKind) -> bool {
    matches!(kind, ChangeKind::Nest | ChangeKind::Unnest)
}

fn change(staged: &StagedChange) -> Change<'_> {
    let (subject, group) = (staged.subject.as_str(), staged.group.as_str());
    match staged.kind {
        ChangeKind::Nest => Change::Nest {
            parent: group,
            child: subject,
        },
        ChangeKind::Unnest => Change::Unnest {
            parent: group,
            child: subject,
        },
        ChangeKind::Add => Change::AddMember {
            group,
            user: subject,
            is_admin: false,
        },
        ChangeKind::Remove => Change::RemoveMember { group, user: subject },
        ChangeKind::Manager | ChangeKind::NoManager => Change::SetManager {
            group,
            user: subject,
            is_admin: staged.kind == ChangeKind::Manager,
        },
    }
}

fn user_name(directory: &Directory, user: UserIndex) -> EntityName {
    let row = user_row(directory, user);
    EntityName {
        id: row.id,
        name: row.name,
        detail: row.username,
    }
}

/// The group whose members are administrators.
fn administrators_group(directory: &Directory) -> Option<GroupIndex> {
    directory.group_by_name("System Administrators")
}

/// How many users are in pairs, which come by user.
fn users(pairs: &[(UserIndex, GroupIndex)]) -> u32 {
    pairs.chunk_by(|one, other| one.0 == other.0).count() as u32
}

fn effect(directory: &Directory, change: Change<'_>, impact: &Impact) -> Effect {
    let (group, child) = match change {
        Change::Nest { parent, child } | Change::Unnest { parent, child } => (parent, directory.find_group(child)),
        Change::AddMember { group, .. } | Change::RemoveMember { group, .. } | Change::SetManager { group, .. } => {
            (group, None)
        }
    };
    let group = directory.find_group(group);
    let gain = |wanted: Option<GroupIndex>| {
        let pairs = impact.gained.iter();
        pairs.filter(|(_, group)| Some(*group) == wanted).count() as u32
    };
    let administrators = administrators_group(directory);
    Effect {
        users_gain: users(&impact.gained),
        gain_group: gain(group),
        gained: impact.gained.len() as u32,
        users_lose: users(&impact.lost),
        lost: impact.lost.len() as u32,
        of: child.map_or(0, |child| directory.member_count(child)),
        administrators: administrators.map_or(0, |group| gain(Some(group))),
        makes_cycle: !impact.cycles_made.is_empty(),
        breaks_cycle: !impact.cycles_broken.is_empty(),
        unmanaged: !unmanaged(directory, impact).is_empty(),
    }
}

/// Groups that have a manager now and would have none. Cost: O(managers that come or go)².
fn unmanaged(directory: &Directory, impact: &Impact) -> Vec<GroupName> {
    let mut groups: Vec<GroupIndex> = impact.managers_lost.iter().map(|(_, group)| *group).collect();
    sort::by_key(&mut groups, |group| group.row().into());
    groups.dedup();
    let count = |pairs: &[(UserIndex, GroupIndex)], wanted: GroupIndex| {
        pairs.iter().filter(|(_, group)| *group == wanted).count() as u32
    };
    groups.retain(|group| {
        let left = directory.manager_count(*group) + count(&impact.managers_gained, *group);
        left == count(&impact.managers_lost, *group)
    });
    groups.into_iter().map(|group| group_name(directory, group)).collect()
}

/// What lists are told from.
pub struct Told<'a> {
    pub directory: &'a Directory,
    pub outlook: &'a Outlook<'a>,
    pub changes: &'a [StagedChange],
    /// The places of the changes that can be.
    pub possible: &'a [usize],
    /// How many rows of each list at the most.
    pub limit: u32,
}

impl Told<'_> {
    /// The way by which a user would be in a group, and the number of the change that makes it.
    pub fn way_in(&self, user: UserIndex, group: GroupIndex) -> (Vec<GroupIndex>, u32) {
        let path = self.outlook.path(user, group).unwrap_or_default();
        let direct = path
            .first()
            .filter(|first| !self.directory.is_direct_member(user, **first));
        let added = direct.and_then(|direct| self.number(ChangeKind::Add, user.row(), *direct));
        let nested = || {
            let steps = path.windows(2).filter_map(|step| match step {
                [child, parent] => Some((*child, *parent)),
                _ => None,
            });
            let is_new = |(child, parent): &(GroupIndex, GroupIndex)| {
                !self.directory.hierarchy().parents(*child).contains(parent)
            };
            let mut new = steps.filter(is_new);
            new.find_map(|(child, parent)| self.number(ChangeKind::Nest, child.row(), parent))
        };
        let by = added.or_else(nested).unwrap_or_default();
        (path, by)
    }

    /// The way by which a user is in a group, and the number of the change that breaks it.
    pub fn way_out(&self, user: UserIndex, group: GroupIndex) -> (Vec<GroupIndex>, u32) {
        let path = PathFinder::new(self.directory, group)
            .shortest(user)
            .unwrap_or_default();
        let direct = path.first();
        let removed = direct.and_then(|direct| self.number(ChangeKind::Remove, user.row(), *direct));
        let nested = || {
            path.windows(2).find_map(|step| match step {
                [child, parent] => self.number(ChangeKind::Unnest, child.row(), *parent),
                _ => None,
            })
        };
        let by = removed.or_else(nested).unwrap_or_default();
        (path, by)
    }

    /// The number of the change by which a user comes to manage a group, or no longer does.
    pub fn by_role(&self, user: UserIndex, group: GroupIndex, kind: ChangeKind) -> u32 {
        let by = self.number(kind, user.row(), group);
        // Who leaves a group no longer manages it.
        let by = by.or_else(|| self.number(ChangeKind::Remove, user.row(), group));
        by.unwrap_or_default()
    }

    /// The last change of a kind to these two, by its number: of a change that is taken back and made again, the last one
    /// holds.
    fn number(&self, kind: ChangeKind, subject: u32, group: GroupIndex) -> Option<u32> {
        let is_it = |place: &&usize| {
            let staged = &self.changes[**place];
            let named = if is_nesting(kind) {
                self.directory.find_group(&staged.subject).map(GroupIndex::row)
            } else {
                self.directory.find_user(&staged.subject).map(UserIndex::row)
            };
            staged.kind == kind && named == Some(subject) && self.directory.find_group(&staged.group) == Some(group)
        };
        self.possible.iter().rev().find(is_it).map(|place| *place as u32 + 1)
    }

    /// Cost: O(pairs + groups · log groups), and that of `way` for each row.
    fn moves(
        &self,
        pairs: &[(UserIndex, GroupIndex)],
        way: impl Fn(UserIndex, GroupIndex) -> (Vec<GroupIndex>, u32),
    ) -> Moves {
        let directory = self.directory;
        let mut counts = vec![0_u32; directory.group_count() as usize];
        for (_, group) in pairs {
            counts[group.row() as usize] += 1;
        }
        let count = |group: GroupIndex| counts[group.row() as usize];
        let mut groups: Vec<GroupIndex> = directory.all_groups().filter(|group| count(*group) > 0).collect();
        let administrators = administrators_group(directory);
        sort::by_key(&mut groups, |group| {
            let is_first = Some(*group) == administrators;
            u64::from(!is_first) << 32 | u64::from(u32::MAX - count(*group))
        });
        let by_name = directory.user_permutation(&order::by_name());
        let mut rows = Vec::new();
        for group in &groups {
            let left = self.limit - rows.len() as u32;
            if left == 0 {
                break;
            }
            let mut set = Set::new(directory.user_count());
            for (user, other) in pairs {
                if other == group {
                    set.insert(user.row());
                }
            }
            for row in order::window(&by_name, &set, 0, left) {
                let user = UserIndex::new(row);
                let (path, by) = way(user, *group);
                rows.push(MoveRow {
                    user: user_row(directory, user),
                    path: steps(directory, &path),
                    by,
                });
            }
        }
        let named = groups.iter().take(GROUPS);
        Moves {
            users: users(pairs),
            total: pairs.len() as u32,
            groups: named
                .map(|group| (group_name(directory, *group), count(*group)))
                .collect(),
            groups_total: groups.len() as u32,
            rows,
        }
    }

    fn managing(&self, pairs: &[(UserIndex, GroupIndex)], kind: ChangeKind) -> Managing {
        let row = |&(user, group): &(UserIndex, GroupIndex)| {
            (
                user_name(self.directory, user),
                group_name(self.directory, group),
                self.by_role(user, group, kind),
            )
        };
        Managing {
            total: pairs.len() as u32,
            rows: pairs.iter().take(self.limit as usize).map(row).collect(),
        }
    }

    fn cycles(&self, cycles: &[Vec<GroupIndex>]) -> Vec<Vec<GroupName>> {
        let cycle = |cycle: &Vec<GroupIndex>| cycle.iter().map(|group| group_name(self.directory, *group)).collect();
        cycles.iter().map(cycle).collect()
    }

    fn administrators(&self, impact: &Impact) -> Option<Administrators> {
        let administrators = administrators_group(self.directory)?;
        let of = |pairs: &[(UserIndex, GroupIndex)]| -> Vec<UserIndex> {
            let pairs = pairs.iter().filter(|(_, group)| *group == administrators);
            pairs.map(|(user, _)| *user).collect()
        };
        let gained = of(&impact.gained);
        if gained.is_empty() {
            return None;
        }
        let is_off = |user: &&UserIndex| self.directory.users().status.get(user.row()).standing() != Standing::Active;
        let before = self.directory.administrators().count();
        let count = gained.len() as u32;
        // A change does it that makes somebody one alone.
        let does = |place: &usize| {
            let alone = self.directory.impact(&[change(&self.changes[*place])]);
            alone.is_ok_and(|alone| !of(&alone.gained).is_empty())
        };
        Some(Administrators {
            gained: count,
            inactive: gained.iter().filter(is_off).count() as u32,
            before,
            after: before + count - of(&impact.lost).len() as u32,
            by: self
                .possible
                .iter()
                .filter(|place| does(place))
                .map(|place| *place as u32 + 1)
                .collect(),
        })
    }
}
