//! How many members each group has, kept beside it, since counting those of a large group is as slow as listing them all; and how
//! many users and groups there are.

use membership::entity::Entity;
use sqlx::{AnyConnection, Row};

use super::zenql::{above, groups_by, members_below};
use super::{Answer, Store};

impl Store {
    /// The number of direct members of a group, by place, or of all with those of every group below it. Cost: O(1).
    ///
    /// # Errors
    /// If the database fails.
    pub(super) async fn member_count(&self, group: i64, inherited: bool) -> Answer<i64> {
        let column = if inherited { "member_count" } else { "user_count" };
        let mut sql = self.sql();
        sql.push(&format!("SELECT {column} FROM groups WHERE place = "))
            .bind(group);
        let row = sql.query().fetch_optional(&self.pool).await?;
        Ok(row.map_or(Ok(0), |row| row.try_get(0))?)
    }

    /// The number of all users, or of all groups. Cost: O(1).
    pub(super) async fn total(&self, subject: Entity) -> Answer<i64> {
        let column = match subject {
            Entity::User => "user_count",
            Entity::Group => "group_count",
        };
        let statement = format!("SELECT {column} FROM revision");
        Ok(sqlx::query(&statement).fetch_one(&self.pool).await?.try_get(0)?)
    }

    /// Counts everything anew. Cost: O(users, groups and inherited memberships).
    pub(super) async fn recount(&self, connection: &mut AnyConnection) -> Answer<()> {
        let members = format!("UPDATE groups SET user_count = {DIRECT}, member_count = {}", all());
        let totals = "UPDATE revision SET user_count = (SELECT count(*) FROM users), \
                      group_count = (SELECT count(*) FROM groups)";
        for statement in [members.as_str(), totals] {
            sqlx::query(statement).execute(&mut *connection).await?;
        }
        Ok(())
    }
}

/// The statement that counts a user in the groups that it is not yet in, ahead of that by which it becomes a direct member of
/// one of them; if it is one, it counts nothing. Cost: O(groups of the user, direct and inherited, and groups above that one).
pub(super) fn gain(group: i64, user: i64) -> String {
    shift(group, user, "+", "NOT EXISTS")
}

/// The statement that counts a user no longer in the groups that it is in by its direct membership in one of them alone,
/// ahead of that which ends it; if there is none, it counts nothing. Cost: as [`gain`].
pub(super) fn lose(group: i64, user: i64) -> String {
    shift(group, user, "-", "EXISTS")
}

/// The statement that counts the members of a group, and of every group above it, anew.
/// Cost: O(memberships in and below each of them).
pub(super) fn recount_above(group: i64) -> String {
    format!(
        "UPDATE groups SET member_count = {} WHERE place IN ({})",
        all(),
        above(&group.to_string())
    )
}

fn shift(group: i64, user: i64, sign: &str, exists: &str) -> String {
    let otherwise = groups_by(&format!("user_place = {user} AND group_place <> {group}"));
    let above = above(&group.to_string());
    // Which groups are not to be counted is told for each of the few above, instead of by a condition: PostgreSQL takes the
    // condition for one that half of all groups meet, and looks through all of them.
    format!(
        "UPDATE groups SET user_count = user_count {sign} CASE WHEN place = {group} THEN 1 ELSE 0 END, \
         member_count = member_count {sign} CASE WHEN place IN ({otherwise}) THEN 0 ELSE 1 END WHERE place IN ({above}) \
         AND {exists} (SELECT 1 FROM memberships WHERE group_place = {group} AND user_place = {user})"
    )
}

const DIRECT: &str = "(SELECT count(*) FROM memberships m WHERE m.group_place = groups.place)";

fn all() -> String {
    format!(
        "(SELECT count(DISTINCT i.user_place) FROM ({}) i)",
        members_below("groups.place")
    )
}
