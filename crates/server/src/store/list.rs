//! Lists of users and of groups: who is meant, in which order, and a slice of them with the exact count of all.

use membership::entity::Entity;
use membership::query::{OrderTerm, Query};
use sqlx::Row;

use super::record::{GROUP, Group, USER, User};
use super::sql::{Dialect, Sql};
use super::zenql::{Names, Translation, Way, below, by_array, groups_above, members_below};
use super::{Answer, Store, order, search};

/// So many rows are sorted when they were found. SQLite, which does not know how few they are, would look for them in their
/// order, through all rows.
const FEW: i64 = 1_000;
/// A user that is looked at while all are walked in their order costs as much as so many that are found at once.
const STEP: i64 = 4;

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
    /// Cost: the database's: of a group or a text a count that is kept or looked up, and a walk over so many users as hold the
    /// slice; else a scan of the members asked about, and a sort of them.
    ///
    /// # Errors
    /// If the query names what is not there, or the database fails.
    pub async fn users(&self, list: &UserList<'_>, scope: Scope, now: i64) -> Answer<Page<User>> {
        let names = self.names(list.query, list.order).await?;
        let mut condition = self.sql();
        list.write(&names, now, Way::Find, &mut condition);
        let total = match list.group {
            Some((group, inherited)) if list.is_only_a_group() => self.member_count(group, inherited).await?,
            _ if list.is_only_a_text() => {
                let mut users = self.sql();
                users.push("SELECT count(*) FROM (");
                search::users_with(list.q, &mut users);
                self.counted(users.push(") s")).await?
            }
            _ => self.count(Entity::User, &condition).await?,
        };
        let walks = self.walks(list, total, scope).await?;
        if walks {
            condition = self.sql();
            list.write(&names, now, Way::Walk, &mut condition);
        }
        let order = self.order(Entity::User, list.order, &names, walks);
        let mut sql = slice(Entity::User, &condition, &order, scope);
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
    pub(super) async fn slice(
        &self,
        subject: Entity,
        condition: &Sql,
        by: &[OrderTerm],
        names: &Names,
        scope: Scope,
    ) -> Answer<(i64, Sql)> {
        let total = self.count(subject, condition).await?;
        let order = self.order(subject, by, names, total > FEW);
        Ok((total, slice(subject, condition, &order, scope)))
    }

    async fn count(&self, subject: Entity, condition: &Sql) -> Answer<i64> {
        if condition.holds_always() {
            return self.total(subject).await;
        }
        let (from, _) = table(subject);
        self.counted(&condition.after("SELECT count(*) FROM ", from, " WHERE "))
            .await
    }

    async fn counted(&self, statement: &Sql) -> Answer<i64> {
        Ok(statement.query().fetch_one(&self.pool).await?.try_get(0)?)
    }

    /// Whether all users are walked in their order until those of the slice are met: where that looks at fewer of them, each
    /// counted as [`STEP`], than there are to be found.
    async fn walks(&self, list: &UserList<'_>, total: i64, scope: Scope) -> Answer<bool> {
        if total <= FEW {
            return Ok(false);
        }
        if list.group.is_none() && !search::is_found(list.q) {
            return Ok(true);
        }
        if !order::is_indexed(list.order) {
            return Ok(false);
        }
        let users = self.total(Entity::User).await?;
        let end = scope.offset.saturating_add(scope.limit);
        Ok(i128::from(end) * i128::from(users) * i128::from(STEP) < i128::from(total) * i128::from(total))
    }

    /// The order of a list. SQLite is told where it is not to be walked; PostgreSQL knows.
    fn order(&self, subject: Entity, by: &[OrderTerm], names: &Names, walks: bool) -> String {
        order::of(subject, by, names, !walks && self.dialect == Dialect::Sqlite)
    }
}

/// Rows before the slice are passed in an index, where they are narrow, and only those of the slice are read whole.
fn slice(subject: Entity, condition: &Sql, order: &str, scope: Scope) -> Sql {
    let (from, place) = table(subject);
    let mut slice = condition.clone();
    slice.push(order).push(" LIMIT ").bind(scope.limit);
    if scope.offset > 0 {
        slice.push(" OFFSET ").bind(scope.offset);
        slice = slice.after(&format!("{place} IN (SELECT {place} FROM "), from, " WHERE ");
        slice.push(")").push(order);
    }
    slice
}

/// The table of a kind of record, with its alias, and the column of its places.
fn table(subject: Entity) -> (&'static str, &'static str) {
    match subject {
        Entity::User => ("users u", "u.place"),
        Entity::Group => ("groups g", "g.place"),
    }
}

impl UserList<'_> {
    fn write(&self, names: &Names, now: i64, way: Way, sql: &mut Sql) {
        // Who is in a group is found by that, and then few enough to look at their texts.
        let by_text = if self.group.is_some() { Way::Walk } else { way };
        let translation = Translation {
            subject: Entity::User,
            names,
            now,
            way: by_text,
        };
        translation.query(self.query, sql);
        if let Some((group, inherited)) = self.group {
            let group = sql.parameter(group);
            let condition = match (way, inherited) {
                (Way::Find, true) => match sql.dialect {
                    Dialect::Sqlite => format!("u.place IN ({})", members_below(&group)),
                    Dialect::Postgres => by_array(&members_below(&group)),
                },
                (Way::Find, false) => {
                    format!("u.place IN (SELECT user_place FROM memberships WHERE group_place = {group})")
                }
                // The sign keeps SQLite from a look for each of the groups, which are many, instead of each of the user's.
                (Way::Walk, true) => format!("EXISTS ({IN_GROUPS} +m.group_place IN ({}))", below(&group)),
                (Way::Walk, false) => format!("EXISTS ({IN_GROUPS} m.group_place = {group})"),
            };
            sql.push(" AND ").push(&condition);
        }
        for excluded in self.excluded {
            let excluded = sql.parameter(*excluded);
            sql.push(&format!(" AND u.place NOT IN ({})", members_below(&excluded)));
        }
        if by_text == Way::Find && search::is_found(self.q) {
            sql.push(" AND u.place IN (");
            search::users_with(self.q, sql);
            sql.push(")");
        } else {
            sql.push(" AND ");
            search::in_names(self.q, sql);
        }
    }

    fn is_only_a_group(&self) -> bool {
        self.query.expr.is_none() && self.excluded.is_empty() && self.q.is_empty()
    }

    fn is_only_a_text(&self) -> bool {
        let is_of_all = self.query.expr.is_none() && self.excluded.is_empty() && self.group.is_none();
        is_of_all && search::is_found(self.q)
    }
}

const IN_GROUPS: &str = "SELECT 1 FROM memberships m WHERE m.user_place = u.place AND";

impl GroupList<'_> {
    fn write(&self, names: &Names, now: i64, sql: &mut Sql) {
        let translation = Translation {
            subject: Entity::Group,
            names,
            now,
            way: Way::Find,
        };
        translation.query(self.query, sql);
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
        search::in_columns(self.q, &["g.name_fold"], sql);
    }
}
