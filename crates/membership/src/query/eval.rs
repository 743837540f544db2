//! Tree to set: each comparison is a pass over one column, and logic is set algebra.

mod column;
mod derived;

use super::compare::{Ordered, boolean};
use super::error::{QueryError, Span};
use super::expr::{Comparison, Expr, Test};
use super::field::{Field, Kind};
use super::{Query, resolve};
use crate::directory::Directory;
use crate::entity::Entity;
use crate::set::Set;
use crate::sort;
use crate::text::{TextColumn, fold};

impl Directory {
    /// The users that a query is true of. `now` is in milliseconds since 1970 in UTC.
    ///
    /// # Errors
    /// If a value names no group, or the query is about groups.
    ///
    /// Cost: for each comparison O(bytes of its column) or, of memberships, O(members); then O(users / 64).
    pub fn select_users(&self, query: &Query, now: i64) -> Result<Set, QueryError> {
        self.select(Entity::User, query, now)
    }

    /// The groups that a query is true of.
    ///
    /// # Errors
    /// If a value names no group or user, or the query is about users. Cost: as [`Self::select_users`].
    pub fn select_groups(&self, query: &Query, now: i64) -> Result<Set, QueryError> {
        self.select(Entity::Group, query, now)
    }

    /// The users whose first name, last name, username or email contains a text, without case; all for an empty one.
    ///
    /// Cost: O(bytes of the four columns / 16).
    #[must_use]
    pub fn find_users(&self, text: &str) -> Set {
        self.find_users_within(text, &Set::full(self.user_count()))
    }

    /// As [`Self::find_users`], those out of some users; the fewer there are, the less is searched.
    #[must_use]
    pub fn find_users_within(&self, text: &str, within: &Set) -> Set {
        let users = self.users();
        let columns = [
            users.first_name.folded(),
            users.last_name.folded(),
            &users.username,
            &users.email,
        ];
        find_text(&columns, text, within)
    }

    /// The groups whose name contains a text, without case; all for an empty one.
    ///
    /// Cost: O(bytes of the names).
    #[must_use]
    pub fn find_groups(&self, text: &str) -> Set {
        self.find_groups_within(text, &Set::full(self.group_count()))
    }

    /// As [`Self::find_groups`], those out of some groups.
    #[must_use]
    pub fn find_groups_within(&self, text: &str, within: &Set) -> Set {
        find_text(&[&self.groups().name], text, within)
    }

    fn select(&self, subject: Entity, query: &Query, now: i64) -> Result<Set, QueryError> {
        if query.subject != subject {
            let says = "the query is about users or groups, and the other was asked".to_owned();
            return Err(QueryError::new(Span::default(), "", says));
        }
        let rows = match subject {
            Entity::User => self.user_count(),
            Entity::Group => self.group_count(),
        };
        self.select_within(query, now, &Set::full(rows))
    }

    /// The users or groups, whichever the query is about, out of some that it is true of.
    ///
    /// # Errors
    /// If a value names no user or group. Cost: as [`Self::select_users`]; the fewer there are, the less is searched.
    pub fn select_within(&self, query: &Query, now: i64, within: &Set) -> Result<Set, QueryError> {
        let Some(expr) = &query.expr else {
            return Ok(within.clone());
        };
        resolve::check(self, query.subject, expr)?;
        let evaluation = Evaluation {
            directory: self,
            subject: query.subject,
            rows: within.len(),
            now,
        };
        let mut hits = evaluation.expr(expr, within);
        hits.intersect_with(within);
        Ok(hits)
    }
}

fn find_text(columns: &[&TextColumn], text: &str, within: &Set) -> Set {
    if text.is_empty() {
        return within.clone();
    }
    let needle = fold(text);
    let mut hits = Set::new(within.len());
    let search = |column: &&TextColumn| column.contains(&needle, within, &mut hits);
    columns.iter().for_each(search);
    hits
}

/// What all comparisons of one query share.
struct Evaluation<'a> {
    directory: &'a Directory,
    subject: Entity,
    rows: u32,
    now: i64,
}

impl Evaluation<'_> {
    /// A set that is right about the rows of `within`; what it says of others means nothing.
    fn expr(&self, expr: &Expr, within: &Set) -> Set {
        match expr {
            Expr::And(terms) => {
                // The cheap ones first: the dear ones then look at the rows that are left.
                let mut order: Vec<&Expr> = terms.iter().collect();
                sort::by_key(&mut order, |term| u64::from(effort(term)));
                let mut left = within.clone();
                for term in order {
                    if left.is_empty() {
                        break;
                    }
                    let hits = self.expr(term, &left);
                    left.intersect_with(&hits);
                }
                left
            }
            Expr::Or(terms) => {
                let mut hits = Set::new(self.rows);
                terms.iter().for_each(|term| hits.union_with(&self.expr(term, within)));
                hits
            }
            Expr::Not(inner) => {
                let mut hits = self.expr(inner, within);
                hits.complement();
                hits
            }
            Expr::Test(test) => self.test(test, within),
        }
    }

    fn test(&self, Test { field, comparison }: &Test, within: &Set) -> Set {
        if let Some(column) = self.text_column(field) {
            return self.text(column, comparison, within);
        }
        if let Some(column) = self.date_column(field) {
            return self.date(column, comparison, within);
        }
        match field {
            Field::Suspended => self.flag(|status| status.suspended, comparison, within),
            Field::Locked => self.flag(|status| status.locked, comparison, within),
            Field::PasswordResetRequired => self.flag(|status| status.password_reset_required, comparison, within),
            Field::Custom(name) => self.custom(name, comparison, within),
            Field::Any => self.any(comparison),
            Field::FullName => self.full_name(comparison, within),
            Field::Status => self.standing(comparison, within),
            _ => match self.subject.kind(field) {
                Kind::Group | Kind::User => self.membership(field, comparison),
                _ => self.derived(field, comparison, within),
            },
        }
    }

    /// The rows of `within` that a predicate is true of.
    fn filter(&self, within: &Set, mut holds: impl FnMut(u32) -> bool) -> Set {
        let mut hits = Set::new(self.rows);
        for row in within.iter().filter(|row| holds(*row)) {
            hits.insert(row);
        }
        hits
    }
}

/// How dear a condition is, from 0.
fn effort(expr: &Expr) -> u8 {
    match expr {
        Expr::Test(Test { field, comparison }) => match (field, comparison) {
            (Field::InheritedGroupCount, _) => 3,
            (Field::FullName | Field::Any | Field::Custom(_), _) => 2,
            (_, Comparison::Between(..)) => 2,
            (Field::MemberOf | Field::DirectMemberOf | Field::ManagerOf | Field::IsAdministrator, _) => 0,
            _ => 1,
        },
        Expr::Not(inner) => effort(inner),
        Expr::And(terms) | Expr::Or(terms) => terms.iter().map(effort).max().unwrap_or_default(),
    }
}

/// Where no value can be empty, `IS EMPTY` is `= NULL`.
fn is_about_missing(comparison: &Comparison) -> bool {
    matches!(comparison, Comparison::Null | Comparison::Empty)
}

/// Whether a comparison is true of true, and of false.
fn truths(comparison: &Comparison) -> (bool, bool) {
    let test = Ordered::new(comparison, &boolean);
    let holds = |value| test.as_ref().is_some_and(|test| test.holds(u64::from(value)));
    (holds(true), holds(false))
}
