//! Users and groups that a condition is true of, their memberships, and whom UUIDs stand for: what vendors without nesting ask.

use std::collections::{HashMap, HashSet};

use membership::entity::Entity;
use membership::query::OrderTerm;
use sqlx::Row;
use sqlx::any::AnyRow;

use super::condition::Condition;
use super::list::{Page, Scope};
use super::record::{GROUP, Group, USER, User};
use super::zenql::{Names, members_below};
use super::{Answer, Store};

/// Places, or ids, in one statement at the most: fewer than any database takes.
pub(super) const MOST_PLACES: usize = 10_000;

/// A direct membership.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Membership {
    /// The place of the group.
    pub group: i64,
    /// The place of the user.
    pub user: i64,
    /// The UUID of the group.
    pub group_uuid: String,
    /// The UUID of the user.
    pub user_uuid: String,
    /// Whether the user manages the group.
    pub is_manager: bool,
}

/// What [`Membership::read`] reads.
pub(super) const MEMBERSHIP: &str = "SELECT m.group_place, m.user_place, g.uuid, u.uuid, m.is_manager FROM memberships m \
                                     JOIN groups g ON g.place = m.group_place JOIN users u ON u.place = m.user_place";

impl Membership {
    /// Reads the columns of [`MEMBERSHIP`].
    pub(super) fn read(row: &AnyRow) -> Result<Self, sqlx::Error> {
        Ok(Self {
            group: row.try_get(0)?,
            user: row.try_get(1)?,
            group_uuid: row.try_get(2)?,
            user_uuid: row.try_get(3)?,
            is_manager: row.try_get::<i64, _>(4)? == 1,
        })
    }
}

impl Store {
    /// Users that a condition is true of, without the vendor's own fields; by username where there is no order.
    ///
    /// Cost: the database's: of an id, a username or a group what an index finds, else a scan; and a sort of the found.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn users_where(&self, condition: &Condition, order: &[OrderTerm], scope: Scope) -> Answer<Page<User>> {
        let mut sql = self.sql();
        condition.write(Entity::User, &mut sql);
        let (total, mut sql) = self.slice(Entity::User, &sql, order, &Names::default(), scope).await?;
        let mut items = Vec::new();
        if scope.limit > 0 && scope.offset < total {
            sql = sql.after("SELECT ", USER, " FROM users u WHERE ");
            for row in sql.query().fetch_all(&self.pool).await? {
                items.push(User::read(&row)?);
            }
        }
        Ok(Page { total, items })
    }

    /// Groups that a condition is true of, without the vendor's own fields; by name where there is no order.
    ///
    /// Cost: as [`Self::users_where`].
    ///
    /// # Errors
    /// If the database fails.
    pub async fn groups_where(&self, condition: &Condition, order: &[OrderTerm], scope: Scope) -> Answer<Page<Group>> {
        let mut sql = self.sql();
        condition.write(Entity::Group, &mut sql);
        let (total, mut sql) = self.slice(Entity::Group, &sql, order, &Names::default(), scope).await?;
        let mut items = Vec::new();
        if scope.limit > 0 && scope.offset < total {
            sql = sql.after("SELECT ", GROUP, " FROM groups g WHERE ");
            for row in sql.query().fetch_all(&self.pool).await? {
                items.push(Group::read(&row)?);
            }
        }
        Ok(Page { total, items })
    }

    /// The direct memberships of groups, by place, or of users; by group, then by user.
    ///
    /// Cost: O(memberships), a statement for some thousand places.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn memberships(&self, of: Entity, places: &[i64]) -> Answer<Vec<Membership>> {
        let column = if of == Entity::User { "user" } else { "group" };
        let mut memberships = Vec::new();
        for places in places.chunks(MOST_PLACES) {
            let mut sql = self.sql();
            sql.push(&format!("{MEMBERSHIP} WHERE m.{column}_place IN ("));
            sql.list(places.iter().copied());
            sql.push(") ORDER BY m.group_place, m.user_place");
            for row in sql.query().fetch_all(&self.pool).await? {
                memberships.push(Membership::read(&row)?);
            }
        }
        Ok(memberships)
    }

    /// The users of places, without the vendor's own fields. Cost: as [`Self::memberships`].
    ///
    /// # Errors
    /// If the database fails.
    pub async fn users_at(&self, places: &[i64]) -> Answer<HashMap<i64, User>> {
        let mut users = HashMap::new();
        for places in places.chunks(MOST_PLACES) {
            let mut sql = self.sql();
            sql.push(&format!("SELECT {USER} FROM users u WHERE u.place IN ("));
            sql.list(places.iter().copied()).push(")");
            for row in sql.query().fetch_all(&self.pool).await? {
                let user = User::read(&row)?;
                users.insert(user.place, user);
            }
        }
        Ok(users)
    }

    /// The places of all administrators: direct and inherited members of the administrators' group.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn administrator_places(&self) -> Answer<HashSet<i64>> {
        let Some(group) = self.administrators().await? else {
            return Ok(HashSet::new());
        };
        let mut sql = self.sql();
        let group = sql.parameter(group);
        sql.push(&members_below(&group));
        let rows = sql.query().fetch_all(&self.pool).await?;
        Ok(rows.iter().map(|row| row.try_get(0)).collect::<Result<_, _>>()?)
    }

    /// How many users there are.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn user_count(&self) -> Answer<i64> {
        let row = sqlx::query("SELECT count(*) FROM users").fetch_one(&self.pool).await?;
        Ok(row.try_get(0)?)
    }

    /// For each UUID, in lower case, the place of the user or the group that it stands for, if there is one.
    ///
    /// Cost: one statement, which an index answers.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn places_of_uuids(&self, of: Entity, uuids: &[String]) -> Answer<Vec<Option<i64>>> {
        let table = if of == Entity::User { "users" } else { "groups" };
        let mut sql = self.sql();
        sql.push(&format!("SELECT uuid, place FROM {table} WHERE uuid IN ("));
        // An id of the directory comes before one that stands in: it is read last, and stays.
        sql.list(uuids.iter().cloned())
            .push(") ORDER BY CASE WHEN id_key = uuid THEN 1 ELSE 0 END");
        let mut places = HashMap::new();
        for row in sql.query().fetch_all(&self.pool).await? {
            places.insert(row.try_get::<String, _>(0)?, row.try_get::<i64, _>(1)?);
        }
        Ok(uuids.iter().map(|uuid| places.get(uuid).copied()).collect())
    }
}
