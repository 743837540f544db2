//! Lists of users and of groups: who is meant, in which order, and a slice of them with the exact count of all.

use membership::entity::Entity;
use membership::query::{OrderTerm, Query};
use membership::text::fold;
use sqlx::Row;

use super::record::{GROUP, Group, USER, User};
use super::sql::{Dialect, Sql};
use super::zenql::{Names, Translation, below, groups_above, members_below};
use super::{Answer, Store, order};

/// So many rows are sorted when they were found. SQLite, which does not know how few they are, would look for them in their
/// order, through all rows.
const FEW: i64 = 1_000;

/// A slice of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Page<T> {
    /// How many there are in all.
    pub total: i64,
    /// Those of the slice.
    pub items: Vec<T>,
}

/// Which slice of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scope {
    /// How many come before it.
    pub offset: i64,
    /// How many are in it at the most.
    pub limit: i64,
}

/// Which users, in which order.
#[derive(Clone, Debug)]
pub struct UserList<'a> {
    /// Only members of this group, by place; and whether of all groups below it too.
    pub group: Option<(i64, bool)>,
    /// Nobody who is a member of these, by place, directly or through nesting.
    pub excluded: &'a [i64],
    /// Contains, without case, in first name, last name, username or email.
    pub q: &'a str,
    /// The query.
    pub query: &'a Query,
    /// What to order by; by username where it is empty.
    pub order: &'a [OrderTerm],
}

/// Which groups, in which order.
#[derive(Clone, Debug)]
pub struct GroupList<'a> {
    /// Only groups that this user, by place, is in; and whether through nesting too.
    pub user: Option<(i64, bool)>,
    /// Only child groups of this one, by place; whether of all below it; whether with itself.
    pub parent: Option<(i64, bool, bool)>,
    /// Without these, by place, and all that is below them.
    pub excluded: &'a [i64],
    /// Contains, without case, in the name.
    pub q: &'a str,
    /// The query.
    pub query: &'a Query,
    /// What to order by; by name where it is empty.
    pub order: &'a [OrderTerm],
}

impl Store {
    /// Users, a slice at a time. `now` is in milliseconds since 1970 in UTC.
    ///
    /// Cost: the database's: a scan of the members asked about, and a sort of them.
    ///
    /// # Errors
    /// If the query names what is not there, or the database fails.
    pub async fn users(&self, list: &UserList<'_>, scope: Scope, now: i64) -> Answer<Page<User>> {
        let names = self.names(list.query, list.order).await?;
        let mut condition = self.sql();
        list.write(&names, now, &mut condition);
        let (total, mut sql) = self.slice(Entity::User, &condition, list.order, &names, scope).await?;
        let mut items = Vec::new();
        if scope.limit > 0 && scope.offset < total {
            sql = sql.after("SELECT ", USER, " FROM users u WHERE ");
            for row in sql.query().fetch_all(&self.pool).await? {
                items.push(User::read(&row)?);
            }
            self.add_user_custom(&mut items).await?;
        }
        Ok(Page { total, items })
    }

    /// Groups, a slice at a time. `now` is in milliseconds since 1970 in UTC.
    ///
    /// Cost: as [`Self::users`].
    ///
    /// # Errors
    /// As [`Self::users`].
    pub async fn groups(&self, list: &GroupList<'_>, scope: Scope, now: i64) -> Answer<Page<Group>> {
        let names = self.names(list.query, list.order).await?;
        let mut condition = self.sql();
        list.write(&names, now, &mut condition);
        let (total, mut sql) = self.slice(Entity::Group, &condition, list.order, &names, scope).await?;
        let mut items = Vec::new();
        if scope.limit > 0 && scope.offset < total {
            sql = sql.after("SELECT ", GROUP, " FROM groups g WHERE ");
            for row in sql.query().fetch_all(&self.pool).await? {
                items.push(Group::read(&row)?);
            }
            self.add_group_custom(&mut items).await?;
        }
        Ok(Page { total, items })
    }

    /// The user of a place.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn user(&self, place: i64) -> Answer<Option<User>> {
        let mut sql = self.sql();
        sql.push("SELECT ")
            .push(USER)
            .push(" FROM users u WHERE u.place = ")
            .bind(place);
        let Some(row) = sql.query().fetch_optional(&self.pool).await? else {
            return Ok(None);
        };
        let mut users = [User::read(&row)?];
        self.add_user_custom(&mut users).await?;
        let [user] = users;
        Ok(Some(user))
    }

    /// The group of a place.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn group(&self, place: i64) -> Answer<Option<Group>> {
        let mut sql = self.sql();
        sql.push("SELECT ")
            .push(GROUP)
            .push(" FROM groups g WHERE g.place = ")
            .bind(place);
        let Some(row) = sql.query().fetch_optional(&self.pool).await? else {
            return Ok(None);
        };
        let mut groups = [Group::read(&row)?];
        self.add_group_custom(&mut groups).await?;
        let [group] = groups;
        Ok(Some(group))
    }

    /// Whether a user, by place, is in any of the groups, directly or through nesting.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn is_member(&self, user: i64, groups: &[i64]) -> Answer<bool> {
        let mut sql = self.sql();
        let place = sql.parameter(user);
        sql.push(&format!(
            "SELECT count(*) FROM ({}) a WHERE a.place IN (",
            groups_above(&place)
        ));
        sql.list(groups.iter().copied()).push(")");
        let count: i64 = sql.query().fetch_one(&self.pool).await?.try_get(0)?;
        Ok(count > 0)
    }

    /// Counts what a condition is true of, and makes of it the condition of a slice.
    ///
    /// Rows before the slice are passed in an index, where they are narrow, and only those of the slice are read whole.
    pub(super) async fn slice(
        &self,
        subject: Entity,
        condition: &Sql,
        by: &[OrderTerm],
        names: &Names,
        scope: Scope,
    ) -> Answer<(i64, Sql)> {
        let (from, place) = match subject {
            Entity::User => ("users u", "u.place"),
            Entity::Group => ("groups g", "g.place"),
        };
        let count = condition.after("SELECT count(*) FROM ", from, " WHERE ");
        let total = count.query().fetch_one(&self.pool).await?.try_get(0)?;
        let order = order::of(subject, by, names, total <= FEW && self.dialect == Dialect::Sqlite);
        let mut slice = condition.clone();
        slice.push(&order).push(" LIMIT ").bind(scope.limit);
        if scope.offset > 0 {
            slice.push(" OFFSET ").bind(scope.offset);
            slice = slice.after(&format!("{place} IN (SELECT {place} FROM "), from, " WHERE ");
            slice.push(")").push(&order);
        }
        Ok((total, slice))
    }
}

impl UserList<'_> {
    fn write(&self, names: &Names, now: i64, sql: &mut Sql) {
        let subject = Entity::User;
        Translation { subject, names, now }.query(self.query, sql);
        if let Some((group, inherited)) = self.group {
            let group = sql.parameter(group);
            let members = if inherited {
                members_below(&group)
            } else {
                format!("SELECT user_place FROM memberships WHERE group_place = {group}")
            };
            sql.push(&format!(" AND u.place IN ({members})"));
        }
        for excluded in self.excluded {
            let excluded = sql.parameter(*excluded);
            sql.push(&format!(" AND u.place NOT IN ({})", members_below(&excluded)));
        }
        sql.push(" AND ");
        search(
            self.q,
            &[
                "u.first_name_fold",
                "u.last_name_fold",
                "u.username_fold",
                "u.email_fold",
            ],
            sql,
        );
    }
}

impl GroupList<'_> {
    fn write(&self, names: &Names, now: i64, sql: &mut Sql) {
        let subject = Entity::Group;
        Translation { subject, names, now }.query(self.query, sql);
        if let Some((user, inherited)) = self.user {
            let user = sql.parameter(user);
            let groups = if inherited {
                groups_above(&user)
            } else {
                format!("SELECT group_place FROM memberships WHERE user_place = {user}")
            };
            sql.push(&format!(" AND g.place IN ({groups})"));
        }
        if let Some((parent, inherited, with_itself)) = self.parent {
            let parent = sql.parameter(parent);
            let children = if inherited {
                below(&parent)
            } else {
                format!("SELECT child_place FROM nestings WHERE parent_place = {parent}")
            };
            // A group is never its own descendant, also in a cycle; it stands in the list if that is asked for.
            sql.push(&if with_itself {
                format!(" AND (g.place = {parent} OR g.place IN ({children}))")
            } else {
                format!(" AND g.place <> {parent} AND g.place IN ({children})")
            });
        }
        for excluded in self.excluded {
            let excluded = sql.parameter(*excluded);
            sql.push(&format!(" AND g.place NOT IN ({})", below(&excluded)));
        }
        sql.push(" AND ");
        search(self.q, &["g.name_fold"], sql);
    }
}

/// The condition that any of the columns contains a text without case; an empty one is asked of nothing.
pub(super) fn search(text: &str, columns: &[&str], sql: &mut Sql) {
    if text.is_empty() {
        sql.push("1 = 1");
    } else {
        let needle = sql.parameter(fold(text).into_owned());
        sql.chain(columns, "OR", &mut |sql, column| {
            let contains = sql.dialect.contains(column, &needle);
            sql.push(&format!("({column} IS NOT NULL AND {contains})"));
        });
    }
}
