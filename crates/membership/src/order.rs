//! Orders of users and of groups: ranks of a field and permutations of all rows, made when first asked for and kept.

mod column;
mod first;
mod permutation;
mod rank;

use std::rc::Rc;

pub use permutation::{Permutation, rows, window};

use crate::directory::{Directory, Rows};
use crate::entity::Entity;
use crate::query::{Field, OrderTerm};
use crate::set::Set;
use first::Terms;
use rank::{MISSING, Ranks, texts};
pub(crate) use rank::{instant_key, number_key};

/// How many ranks are kept at the most, of 4 bytes a row.
const MOST_RANKS: usize = 8;

/// How many permutations are kept at the most, of 8 bytes a row.
const MOST_PERMUTATIONS: usize = 6;

/// Up to so many rows of a new order are found without making it.
const MOST_FIRST: u32 = 256;

/// Making an order takes as long as looking for its first rows among all so many times.
const WORTH: u64 = 8;

/// As many of the first rows of all are kept at least, if there are so many.
const KEPT: u32 = 64;

/// What was asked for lately, the latest last.
#[derive(Debug, Default)]
pub(crate) struct Orders {
    begun: Option<Begun>,
    /// The first rows of all in orders that were not made.
    heads: Vec<(Entity, Vec<OrderTerm>, Vec<u32>)>,
    ranks: Vec<(Entity, Field, Ranks)>,
    ids: [Option<Ranks>; 2],
    permutations: Vec<(Entity, Vec<OrderTerm>, Rc<Permutation>)>,
}

/// An order of which no more than the first rows were asked for yet.
#[derive(Debug)]
struct Begun {
    entity: Entity,
    terms: Vec<OrderTerm>,
    /// How many rows were looked at for the first ones.
    looked: u64,
    /// How many of its parts are made: the ranks of ids, then those of each field.
    made: usize,
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
        self.begun = None;
        self.ranks.retain(|(_, field, _)| !is_derived(field));
        let stays = |terms: &[OrderTerm]| !terms.iter().any(|term| is_derived(&term.field));
        self.heads.retain(|(_, terms, _)| stays(terms));
        self.permutations.retain(|(_, terms, _)| stays(terms));
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

    /// Makes a part of the order of which no more than the first rows were asked for last, so that the others will be there at once;
    /// tells whether there is more to make.
    ///
    /// Cost: that of ranking by one field, or of sorting by ranks; nothing where there is no such order.
    pub fn finish_order(&self) -> bool {
        let orders = &mut *self.orders.borrow_mut();
        let Some(mut begun) = orders.begun.take() else {
            return false;
        };
        match begun.made.checked_sub(1).map(|field| begun.terms.get(field)) {
            None => _ = self.id_ranks(begun.entity, orders),
            Some(Some(term)) => _ = self.ranks(begun.entity, &term.field, orders),
            Some(None) => {
                self.make(begun.entity, &begun.terms, orders);
                return false;
            }
        }
        begun.made += 1;
        orders.begun = Some(begun);
        true
    }

    /// Of a set of users or of groups in an order, as [`Self::user_permutation`] has it, at most `limit` from the one at `offset`
    /// on. The first rows of an order that is new are found without sorting all, and those of everybody kept; when that is not
    /// enough, or has taken as long as sorting would have, the order is made.
    ///
    /// Cost: for the first rows of a new order O(set) as a rule, and O(1) again; else that of the order and of [`window`].
    #[must_use]
    pub fn window(&self, entity: Entity, order: &[OrderTerm], set: &Set, offset: u32, limit: u32) -> Vec<u32> {
        let default = [default_term(entity)];
        let order = if order.is_empty() { &default } else { order };
        if offset.saturating_add(limit) <= MOST_FIRST {
            if let Some(rows) = self.of_head(entity, order, set, offset, limit) {
                return rows;
            }
            if offset == 0
                && self.is_worth_selecting(entity, order, set)
                && let Some(terms) = self.terms(entity, order)
            {
                return self.first(entity, order, &terms, set, limit);
            }
        }
        window(&self.permutation(entity, order), set, offset, limit)
    }

    /// A window out of the rows that are kept of an order; none if they do not reach.
    fn of_head(&self, entity: Entity, order: &[OrderTerm], set: &Set, offset: u32, limit: u32) -> Option<Vec<u32>> {
        let orders = self.orders.borrow();
        let is = |(of, terms, _): &&(Entity, Vec<OrderTerm>, _)| *of == entity && terms == order;
        let (_, _, head) = orders.heads.iter().find(is)?;
        let rows = head.iter().copied().filter(|row| set.contains(*row));
        let rows: Vec<_> = rows.skip(offset as usize).take(limit as usize).collect();
        // Fewer than are kept are all that there are.
        (rows.len() == limit as usize || head.len() < KEPT as usize).then_some(rows)
    }

    /// The first `limit` rows of a set; of everybody as many more as are kept.
    fn first(&self, entity: Entity, order: &[OrderTerm], terms: &Terms<'_>, set: &Set, limit: u32) -> Vec<u32> {
        if set.count() < set.len() {
            return terms.first(set, limit as usize);
        }
        let mut rows = terms.first(set, limit.max(KEPT) as usize);
        let heads = &mut self.orders.borrow_mut().heads;
        keep(heads, MOST_PERMUTATIONS, (entity, order.to_vec(), rows.clone()));
        rows.truncate(limit as usize);
        rows
    }

    /// Whether the first rows of a set in an order had better be looked for than the order made: until that would have taken
    /// less time. Notes that they are.
    fn is_worth_selecting(&self, entity: Entity, order: &[OrderTerm], set: &Set) -> bool {
        let orders = &mut *self.orders.borrow_mut();
        let is = |of: Entity, terms: &[OrderTerm]| of == entity && terms == order;
        if orders.permutations.iter().any(|(of, terms, _)| is(*of, terms)) {
            return false;
        }
        let begun = orders.begun.take().filter(|begun| is(begun.entity, &begun.terms));
        let begun = orders.begun.insert(begun.unwrap_or_else(|| Begun {
            entity,
            terms: order.to_vec(),
            looked: 0,
            made: 0,
        }));
        begun.looked += u64::from(set.count());
        begun.looked <= WORTH * u64::from(set.len())
    }

    /// An order by columns that can be compared without ranks.
    fn terms(&self, entity: Entity, order: &[OrderTerm]) -> Option<Terms<'_>> {
        let columns = order
            .iter()
            .filter_map(|term| Some((self.column(entity, &term.field)?, term.descending)));
        let columns: Vec<_> = columns.collect();
        let ids = match entity {
            Entity::User => &self.users.id,
            Entity::Group => &self.groups.id,
        };
        let is_comparable = columns.iter().all(|(column, _)| column.is_comparable());
        is_comparable.then_some(Terms { columns, ids })
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
        self.make(entity, order, orders)
    }

    fn make(&self, entity: Entity, order: &[OrderTerm], orders: &mut Orders) -> Rc<Permutation> {
        let permutation = Rc::new(Permutation::new(self.sorted_rows(entity, order, orders)));
        orders
            .begun
            .take_if(|begun| begun.entity == entity && begun.terms == order);
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
        let rows = match entity {
            Entity::User => self.user_count(),
            Entity::Group => self.group_count(),
        };
        let ranks = self.column(entity, field)?.ranks(rows);
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
