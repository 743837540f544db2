//! Orders of users and of groups: ranks of a field and permutations of all rows, made when first asked for and kept.

mod permutation;
mod rank;

use std::rc::Rc;

pub use permutation::{Permutation, rows, window};

use crate::directory::{Directory, Rows};
use crate::entity::{Entity, GroupIndex, UserIndex};
use crate::query::{Field, OrderTerm};
use crate::set::Set;
use crate::text::TextColumn;
use rank::{MISSING, Ranks, custom, numbers, texts};
pub(crate) use rank::{instant_key, number_key};

/// How many ranks are kept at the most, of 4 bytes a row.
const MOST_RANKS: usize = 8;

/// How many permutations are kept at the most, of 8 bytes a row.
const MOST_PERMUTATIONS: usize = 6;

/// What was asked for lately, the latest last.
#[derive(Debug, Default)]
pub(crate) struct Orders {
    ranks: Vec<(Entity, Field, Ranks)>,
    ids: [Option<Ranks>; 2],
    permutations: Vec<(Entity, Vec<OrderTerm>, Rc<Permutation>)>,
}

impl Orders {
    /// Takes in the default orders of users and of groups; none if one of them is no order of all rows.
    pub fn with_defaults(users: u32, of_users: Vec<u32>, groups: u32, of_groups: Vec<u32>) -> Option<Self> {
        let mut this = Self::default();
        for (entity, count, rows) in [(Entity::User, users, of_users), (Entity::Group, groups, of_groups)] {
            let mut seen = Set::new(count);
            let is_new = rows.iter().all(|row| seen.insert(*row));
            if !is_new || rows.len() != count as usize {
                return None;
            }
            let permutation = Rc::new(Permutation::new(rows));
            this.permutations
                .push((entity, vec![default_term(entity)], permutation));
        }
        Some(this)
    }

    /// Forgets what depends on memberships and nestings, and so what changes with them.
    pub fn forget_derived(&mut self) {
        self.ranks.retain(|(_, field, _)| !is_derived(field));
        self.permutations
            .retain(|(_, terms, _)| !terms.iter().any(|term| is_derived(&term.field)));
    }
}

/// Whether a field tells of memberships or nestings.
fn is_derived(field: &Field) -> bool {
    use Field::{ChildGroupCount, Depth, GroupCount, InCycle, InheritedGroupCount, InheritedUserCount};
    use Field::{IsAdministrator, ManagerCount, UserCount};
    let of_users = matches!(field, GroupCount | InheritedGroupCount | IsAdministrator);
    of_users
        || matches!(
            field,
            UserCount | InheritedUserCount | ManagerCount | ChildGroupCount | Depth | InCycle
        )
}

/// What rows go by where no field is named.
fn default_term(entity: Entity) -> OrderTerm {
    let field = match entity {
        Entity::User => Field::Username,
        Entity::Group => Field::Name,
    };
    let descending = false;
    OrderTerm { field, descending }
}

/// The order in which people look for users: by last name, then by first name.
#[must_use]
pub fn by_name() -> Vec<OrderTerm> {
    let term = |field| OrderTerm {
        field,
        descending: false,
    };
    vec![term(Field::LastName), term(Field::FirstName)]
}

impl Directory {
    /// All users in an order; by `username` where no field is named. Text goes by its folded form, code point by code
    /// point, false before true; what is missing comes last whichever the direction; ties go by id. A custom field
    /// goes booleans, numbers, texts. A field that cannot be ordered by leaves everything as it is.
    ///
    /// Cost: O(users · log users) for a new order, of which the last few are kept, else O(1).
    #[must_use]
    pub fn user_permutation(&self, order: &[OrderTerm]) -> Rc<Permutation> {
        self.permutation(Entity::User, order)
    }

    /// All groups in an order; by `name` where no field is named. As [`Self::user_permutation`].
    #[must_use]
    pub fn group_permutation(&self, order: &[OrderTerm]) -> Rc<Permutation> {
        self.permutation(Entity::Group, order)
    }

    /// All groups by name, which is their default order.
    #[must_use]
    pub fn groups_by_name(&self) -> Rc<Permutation> {
        self.group_permutation(&[])
    }

    fn permutation(&self, entity: Entity, order: &[OrderTerm]) -> Rc<Permutation> {
        let default = [default_term(entity)];
        let order = if order.is_empty() { &default } else { order };
        let orders = &mut *self.orders.borrow_mut();
        let kept = &mut orders.permutations;
        if let Some(at) = kept.iter().position(|(of, terms, _)| *of == entity && terms == order) {
            let found = kept.remove(at);
            let permutation = Rc::clone(&found.2);
            kept.push(found);
            return permutation;
        }
        let permutation = Rc::new(Permutation::new(self.sorted_rows(entity, order, orders)));
        keep(
            &mut orders.permutations,
            MOST_PERMUTATIONS,
            (entity, order.to_vec(), Rc::clone(&permutation)),
        );
        permutation
    }

    /// Sorts by the last field first: each sort keeps the order before it where ranks are equal.
    fn sorted_rows(&self, entity: Entity, order: &[OrderTerm], orders: &mut Orders) -> Vec<u32> {
        let ids = self.id_ranks(entity, orders);
        let mut rows = (0..ids.len() as u32).collect::<Vec<_>>();
        rows = sorted(&rows, &ids, false);
        for term in order.iter().rev() {
            if let Some(ranks) = self.ranks(entity, &term.field, orders) {
                rows = sorted(&rows, &ranks, term.descending);
            }
        }
        rows
    }

    fn ranks(&self, entity: Entity, field: &Field, orders: &mut Orders) -> Option<Ranks> {
        let kept = &mut orders.ranks;
        if let Some(at) = kept.iter().position(|(of, other, _)| *of == entity && other == field) {
            let found = kept.remove(at);
            let ranks = Rc::clone(&found.2);
            kept.push(found);
            return Some(ranks);
        }
        let ranks = match entity {
            Entity::User => self.user_ranks(field)?,
            Entity::Group => self.group_ranks(field)?,
        };
        keep(kept, MOST_RANKS, (entity, field.clone(), Rc::clone(&ranks)));
        Some(ranks)
    }

    /// Ids go by their folded form, as all text does, and where that is equal exactly: no two have one rank.
    fn id_ranks(&self, entity: Entity, orders: &mut Orders) -> Ranks {
        let (ids, [users, groups]) = match entity {
            Entity::User => (&self.users.id, &mut orders.ids),
            Entity::Group => (&self.groups.id, &mut orders.ids),
        };
        let kept = if entity == Entity::User { users } else { groups };
        let ranks = kept.get_or_insert_with(|| {
            let folded = texts(ids);
            let Some(exact) = ids.exact() else { return folded };
            let rows = sorted(&(0..ids.len()).collect::<Vec<_>>(), &texts(&exact), false);
            let permutation = Permutation::new(sorted(&rows, &folded, false));
            permutation.places().into()
        });
        Rc::clone(ranks)
    }

    fn user_ranks(&self, field: &Field) -> Option<Ranks> {
        let (users, count) = (&self.users, self.user_count());
        let number = |value: &dyn Fn(u32) -> Option<i64>| numbers(count, value);
        let flag =
            |flag: fn(crate::entity::Status) -> Option<bool>| number(&|row| flag(users.status.get(row)).map(i64::from));
        let user = UserIndex::new;
        Some(match field {
            Field::Id => texts(&users.id),
            Field::Username => texts(&users.username),
            Field::Email => texts(&users.email),
            Field::FirstName => texts(&users.first_name),
            Field::LastName => texts(&users.last_name),
            Field::FullName => texts(&TextColumn::joined([&users.first_name, &users.last_name])),
            Field::Language => texts(&users.language),
            Field::Timezone => texts(&users.timezone),
            Field::Created => number(&|row| users.created.get(row)),
            Field::Modified => number(&|row| users.modified.get(row)),
            Field::LastLogin => number(&|row| users.last_login.get(row)),
            Field::Expiry => number(&|row| users.expiry.get(row)),
            Field::Suspended => flag(|status| status.suspended),
            Field::Locked => flag(|status| status.locked),
            Field::PasswordResetRequired => flag(|status| status.password_reset_required),
            Field::Status => number(&|row| Some(users.status.get(row).standing() as i64)),
            Field::IsAdministrator => number(&|row| Some(i64::from(self.administrators().contains(row)))),
            Field::GroupCount => number(&|row| Some(i64::from(self.direct_group_count(user(row))))),
            Field::InheritedGroupCount => number(&|row| Some(i64::from(self.inherited_group_count(user(row))))),
            Field::Custom(name) => custom(count, users.custom.named(name)),
            _ => return None,
        })
    }

    fn group_ranks(&self, field: &Field) -> Option<Ranks> {
        let (groups, count) = (&self.groups, self.group_count());
        let number = |value: &dyn Fn(u32) -> Option<i64>| numbers(count, value);
        let fact =
            |value: &dyn Fn(GroupIndex) -> u32| numbers(count, &|row| Some(i64::from(value(GroupIndex::new(row)))));
        let hierarchy = &self.hierarchy;
        let inherited = |group| self.member_count(group) - self.direct_count(group);
        Some(match field {
            Field::Id => texts(&groups.id),
            Field::Name => texts(&groups.name),
            Field::Description => texts(&groups.description),
            Field::Type => texts(&groups.kind),
            Field::Created => number(&|row| groups.created.get(row)),
            Field::Modified => number(&|row| groups.modified.get(row)),
            Field::UserCount => fact(&|group| self.direct_count(group)),
            Field::InheritedUserCount => fact(&inherited),
            Field::ManagerCount => fact(&|group| self.manager_count(group)),
            Field::ChildGroupCount => fact(&|group| hierarchy.children(group).len() as u32),
            Field::Depth => fact(&|group| hierarchy.depth(group)),
            Field::InCycle => fact(&|group| u32::from(hierarchy.in_cycle(group))),
            Field::Custom(name) => custom(count, groups.custom.named(name)),
            _ => return None,
        })
    }
}

/// Adds what was asked for last, in place of what was not asked for the longest.
fn keep<T>(kept: &mut Vec<T>, most: usize, new: T) {
    if kept.len() >= most {
        kept.remove(0);
    }
    kept.push(new);
}

/// The rows by rank and, where ranks are equal, as they stand; those without one come last.
///
/// Cost: O(rows), for there are no more ranks than rows.
fn sorted(rows: &[u32], ranks: &[u32], descending: bool) -> Vec<u32> {
    let last = ranks.len() as u32;
    let place = |row: &u32| match ranks.get(*row as usize).copied().unwrap_or(MISSING) {
        MISSING => last,
        rank if descending => last - 1 - rank,
        rank => rank,
    };
    Rows::gather(last + 1, &[rows.iter().map(|row| (place(row), *row)).collect()]).into_items()
}
