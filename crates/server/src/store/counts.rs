//! How many members each group has, kept beside it, since counting those of a large group is as slow as listing them all.

use sqlx::{Any, AnyConnection, Row, Transaction};

use super::zenql::{above, groups_above, members_below};
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

    /// Counts a user in the groups that it is not yet in, before it becomes a direct member of one of them.
    /// Cost: O(groups of the user, direct and inherited, and groups above that one).
    pub(super) async fn gain(&self, group: i64, user: i64, transaction: &mut Transaction<'static, Any>) -> Answer<()> {
        self.shift(group, user, "+", transaction).await
    }

    /// Counts a user no longer in the groups that it is not in any more, after its direct membership in one has ended.
    /// Cost: as [`Self::gain`].
    pub(super) async fn lose(&self, group: i64, user: i64, transaction: &mut Transaction<'static, Any>) -> Answer<()> {
        self.shift(group, user, "-", transaction).await
    }

    async fn shift(
        &self,
        group: i64,
        user: i64,
        sign: &str,
        transaction: &mut Transaction<'static, Any>,
    ) -> Answer<()> {
        let mut sql = self.sql();
        let (group, user) = (sql.parameter(group), sql.parameter(user));
        sql.push(&format!(
            "UPDATE groups SET member_count = member_count {sign} 1 WHERE place IN ({}) AND place NOT IN ({})",
            above(&group),
            groups_above(&user)
        ));
        sql.query().execute(&mut **transaction).await?;
        Ok(())
    }

    /// Counts the direct members of a group anew. Cost: O(them), in an index.
    pub(super) async fn recount_direct(&self, group: i64, transaction: &mut Transaction<'static, Any>) -> Answer<()> {
        let mut sql = self.sql();
        sql.push(&format!("UPDATE groups SET user_count = {DIRECT} WHERE place = "))
            .bind(group);
        sql.query().execute(&mut **transaction).await?;
        Ok(())
    }

    /// Counts the members of a group, and of every group above it, anew. Cost: O(memberships in and below each of them).
    pub(super) async fn recount_above(&self, group: i64, transaction: &mut Transaction<'static, Any>) -> Answer<()> {
        let mut sql = self.sql();
        let group = sql.parameter(group);
        sql.push(&format!(
            "UPDATE groups SET member_count = {} WHERE place IN ({})",
            all(),
            above(&group)
        ));
        sql.query().execute(&mut **transaction).await?;
        Ok(())
    }

    /// Counts the members of every group anew. Cost: O(inherited memberships).
    pub(super) async fn recount(&self, connection: &mut AnyConnection) -> Answer<()> {
        let statement = format!("UPDATE groups SET user_count = {DIRECT}, member_count = {}", all());
        sqlx::query(&statement).execute(connection).await?;
        Ok(())
    }
}

const DIRECT: &str = "(SELECT count(*) FROM memberships m WHERE m.group_place = groups.place)";

fn all() -> String {
    format!(
        "(SELECT count(DISTINCT i.user_place) FROM ({}) i)",
        members_below("groups.place")
    )
}
