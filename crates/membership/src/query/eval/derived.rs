//! Comparisons of what memberships and nestings say.

use super::{Evaluation, is_about_missing, truths};
use crate::entity::{GroupIndex, UserIndex};
use crate::order::number_key;
use crate::query::compare::{Ordered, number};
use crate::query::expr::{Comparison, Operand, Value};
use crate::query::field::{Field, Kind};
use crate::set::Set;

impl Evaluation<'_> {
    /// Booleans and counts that are derived from memberships and nestings. None is ever missing.
    pub(super) fn derived(&self, field: &Field, comparison: &Comparison, within: &Set) -> Set {
        if is_about_missing(comparison) {
            return Set::new(self.rows);
        }
        match field {
            Field::IsAdministrator => self.boolean(comparison, self.directory.administrators().clone()),
            Field::InCycle => {
                let hierarchy = self.directory.hierarchy();
                let in_cycle = self.filter(within, |row| hierarchy.in_cycle(GroupIndex::new(row)));
                self.boolean(comparison, in_cycle)
            }
            _ => self.count(field, comparison, within),
        }
    }

    /// The rows whose boolean is to the liking of a comparison, where `hits` are those that it is true of.
    fn boolean(&self, comparison: &Comparison, mut hits: Set) -> Set {
        match truths(comparison) {
            (true, true) => Set::full(self.rows),
            (true, false) => hits,
            (false, true) => {
                hits.complement();
                hits
            }
            (false, false) => Set::new(self.rows),
        }
    }

    fn count(&self, field: &Field, comparison: &Comparison, within: &Set) -> Set {
        let Some(test) = Ordered::new(comparison, &number) else {
            return Set::new(self.rows);
        };
        let directory = self.directory;
        let hierarchy = directory.hierarchy();
        let users = |count: &dyn Fn(UserIndex) -> u32| {
            self.filter(within, |row| test.holds(number_key(count(UserIndex::new(row)).into())))
        };
        let groups = |count: &dyn Fn(GroupIndex) -> u32| {
            self.filter(within, |row| test.holds(number_key(count(GroupIndex::new(row)).into())))
        };
        match field {
            Field::GroupCount => users(&|user| directory.direct_group_count(user)),
            Field::InheritedGroupCount => users(&|user| directory.inherited_group_count(user)),
            Field::UserCount => groups(&|group| directory.direct_count(group)),
            Field::InheritedUserCount => groups(&|group| {
                directory
                    .member_count(group)
                    .saturating_sub(directory.direct_count(group))
            }),
            Field::ManagerCount => groups(&|group| directory.manager_count(group)),
            Field::ChildGroupCount => groups(&|group| hierarchy.children(group).len() as u32),
            Field::Depth => groups(&|group| hierarchy.depth(group)),
            _ => Set::new(self.rows),
        }
    }

    /// The union over the identifiers of those whom each stands for.
    pub(super) fn membership(&self, field: &Field, comparison: &Comparison) -> Set {
        let mut hits = Set::new(self.rows);
        let operands: &[Operand] = match comparison {
            Comparison::Is(_, operand) => std::slice::from_ref(operand),
            Comparison::In(operands) => operands,
            Comparison::Between(..) | Comparison::Null | Comparison::Empty => &[],
        };
        for operand in operands {
            let Value::Text(identifier) = &operand.value else {
                continue;
            };
            match self.subject.kind(field) {
                Kind::User => {
                    if let Some(user) = self.directory.find_user(identifier) {
                        self.add_groups_of(field, user, &mut hits);
                    }
                }
                _ => {
                    if let Some(group) = self.directory.find_group(identifier) {
                        self.add_related(field, group, &mut hits);
                    }
                }
            }
        }
        hits
    }

    /// Adds the users or groups that stand to a group as the field says.
    fn add_related(&self, field: &Field, group: GroupIndex, hits: &mut Set) {
        let directory = self.directory;
        let hierarchy = directory.hierarchy();
        let mut add = |groups: &[GroupIndex]| groups.iter().for_each(|group| _ = hits.insert(group.row()));
        match field {
            Field::ChildOf => add(hierarchy.children(group)),
            Field::ParentOf => add(hierarchy.parents(group)),
            Field::DescendantOf => add(&hierarchy.descendants(group)),
            Field::AncestorOf => add(&hierarchy.ancestors(group)),
            Field::ManagerOf => {
                let managers = directory.direct_members(group).filter(|(_, is_manager)| *is_manager);
                managers.for_each(|(user, _)| _ = hits.insert(user.row()));
            }
            _ => hits.union_with(&directory.member_set(group, *field == Field::MemberOf)),
        }
    }

    /// Adds the groups that stand to a user as the field says.
    fn add_groups_of(&self, field: &Field, user: UserIndex, hits: &mut Set) {
        if *field == Field::HasMember {
            let groups = self.directory.groups_of(user, true);
            groups.iter().for_each(|group| _ = hits.insert(group.row()));
            return;
        }
        let groups = self.directory.direct_groups(user);
        let wanted = groups.filter(|(_, is_manager)| *is_manager || *field == Field::HasDirectMember);
        wanted.for_each(|(group, _)| _ = hits.insert(group.row()));
    }
}
