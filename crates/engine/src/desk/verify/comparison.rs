//! Which rows of two answers differ, and how.

use membership::entity::{GroupIndex, UserIndex};
use membership::set::Set;
use membership::sort;
use protocol::{CrossCheck, Difference, DifferenceKind, Entity, EntityName};

use super::{Comparing, Here, STRANGER, TOLD};
use crate::desk::Desk;
use crate::desk::names::{group_name, user_row};

impl Desk {
    /// What was found, all pages being there or not. Cost: O(rows + users / 64).
    #[must_use]
    pub fn compared(&self, comparing: &mut Comparing, is_whole: bool) -> CrossCheck {
        sort::by_key(&mut comparing.pages, |(part, page, _)| {
            (*part as u64) << 32 | u64::from(*page)
        });
        let (entity, here, rows) = match &comparing.here {
            Here::Users { rows, .. } => (Entity::User, rows, self.directory.user_count()),
            Here::Groups { rows } => (Entity::Group, rows, self.directory.group_count()),
            Here::Check { .. } => return CrossCheck::default(),
        };
        let (mut ours, mut theirs) = (Set::new(rows), Set::new(rows));
        here.iter().for_each(|row| {
            ours.insert(*row);
        });
        let there = || {
            comparing
                .pages
                .iter()
                .flat_map(|(_, _, rows)| rows)
                .copied()
                .filter(|row| *row != STRANGER)
        };
        let repeated = there().filter(|row| !theirs.insert(*row)).count() as u32;
        let (mut only_here, mut only_there) = (ours.clone(), theirs.clone());
        only_here.subtract(&theirs);
        only_there.subtract(&ours);
        if !is_whole {
            only_here.clear();
        }
        let otherwise = self.otherwise(comparing, &ours, &theirs);
        let mut differences = self.differences(entity, DifferenceKind::OnlyThere, only_there.iter());
        let strangers = comparing.strangers.iter().map(|name| Difference {
            kind: DifferenceKind::OnlyThere,
            entity,
            name: name.clone(),
            is_known: false,
        });
        differences.extend(strangers);
        differences.extend(self.differences(
            entity,
            DifferenceKind::OnlyHere,
            here.iter().copied().filter(|row| only_here.contains(*row)),
        ));
        let otherwise_count = otherwise.len() as u32;
        differences.extend(otherwise);
        differences.truncate(TOLD);
        let only_there = only_there.count() + comparing.stranger_count;
        let is_same = is_whole && only_there == 0 && only_here.is_empty() && repeated == 0;
        let order_from = (comparing.is_ordered && is_same)
            .then(|| {
                here.iter()
                    .copied()
                    .zip(there())
                    .position(|(here, there)| here != there)
            })
            .flatten();
        CrossCheck {
            here: here.len() as u32,
            there: theirs.count() + comparing.stranger_count,
            only_here: only_here.count(),
            only_there,
            otherwise: otherwise_count,
            differences,
            order_from: order_from.map(|row| row as u32 + 1),
            is_ordered: comparing.is_ordered && is_same,
            repeated,
            is_whole,
            verdict: None,
        }
    }

    /// Who manages the group for one side alone.
    fn otherwise(&self, comparing: &Comparing, ours: &Set, theirs: &Set) -> Vec<Difference> {
        let (Here::Users { group: Some(group), .. }, Some(managers)) = (&comparing.here, &comparing.managers) else {
            return Vec::new();
        };
        let both = ours.iter().filter(|row| theirs.contains(*row));
        let differing = both.filter_map(|row| {
            let here = self.directory.is_manager(UserIndex::new(row), *group);
            let kind = match (here, managers.contains(row)) {
                (true, false) => DifferenceKind::ManagerHere,
                (false, true) => DifferenceKind::ManagerThere,
                _ => return None,
            };
            self.differences(Entity::User, kind, std::iter::once(row)).pop()
        });
        differing.collect()
    }

    /// The first of some rows that differ in one way.
    fn differences(&self, entity: Entity, kind: DifferenceKind, rows: impl Iterator<Item = u32>) -> Vec<Difference> {
        let name = |row: u32| match entity {
            Entity::User => {
                let row = user_row(&self.directory, UserIndex::new(row));
                EntityName {
                    id: row.id,
                    name: row.name,
                    detail: row.username,
                }
            }
            Entity::Group => {
                let group = group_name(&self.directory, GroupIndex::new(row));
                EntityName {
                    id: group.id,
                    name: group.name,
                    detail: String::new(),
                }
            }
        };
        let told = rows.take(TOLD).map(|row| Difference {
            kind,
            entity,
            name: name(row),
            is_known: true,
        });
        told.collect()
    }

    /// What was found of a check: the vendor's word about all groups together, and about each where it was told.
    #[must_use]
    pub fn compared_check(&self, comparing: &Comparing, verdict: bool, verdicts: &[Option<bool>]) -> CrossCheck {
        let Here::Check { user, groups } = &comparing.here else {
            return CrossCheck::default();
        };
        let mut found = CrossCheck {
            is_whole: verdicts.iter().all(Option::is_some),
            ..CrossCheck::default()
        };
        let mut any = false;
        for ((asked, group), there) in groups.iter().zip(verdicts) {
            let here = group.is_some_and(|group| self.directory.is_member(*user, group));
            any |= here;
            found.here += u32::from(here);
            found.there += u32::from(*there == Some(true));
            let kind = match (here, there) {
                (true, Some(false)) => DifferenceKind::OnlyHere,
                (false, Some(true)) => DifferenceKind::OnlyThere,
                _ => continue,
            };
            found.only_here += u32::from(kind == DifferenceKind::OnlyHere);
            found.only_there += u32::from(kind == DifferenceKind::OnlyThere);
            let name = group.map(|group| group_name(&self.directory, group));
            found.differences.push(Difference {
                kind,
                entity: Entity::Group,
                is_known: name.is_some(),
                name: EntityName {
                    id: name.as_ref().map_or(asked, |name| &name.id).clone(),
                    name: name.as_ref().map_or(asked, |name| &name.name).clone(),
                    detail: String::new(),
                },
            });
        }
        found.verdict = Some((any, verdict));
        found
    }
}
