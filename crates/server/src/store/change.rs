//! Changes of single facts, each in a transaction of its own that is on the disk when it has been acknowledged.

use std::collections::HashMap;

use sqlx::{Any, Row, Transaction};

use super::nesting::standings;
use super::zenql::below;
use super::{Answer, Store};

impl Store {
    /// Begins a transaction that changes facts; others that do wait for it, also in other processes.
    pub(super) async fn change(&self) -> Answer<Transaction<'static, Any>> {
        let mut transaction = self.writer.begin().await?;
        sqlx::query("UPDATE revision SET number = number + 1")
            .execute(&mut *transaction)
            .await?;
        Ok(transaction)
    }

    /// Makes users direct members of a group, all by place; who is one already stays as they are.
    ///
    /// # Errors
    /// If the database fails; then nothing has changed.
    pub async fn add_members(&self, group: i64, users: &[i64]) -> Answer<()> {
        let mut transaction = self.change().await?;
        for user in users {
            self.gain(group, *user, &mut transaction).await?;
            let mut sql = self.sql();
            sql.push("INSERT INTO memberships (group_place, user_place, is_manager) VALUES (")
                .list([group, *user]);
            sql.push(", 0) ON CONFLICT DO NOTHING");
            sql.query().execute(&mut *transaction).await?;
        }
        self.recount_direct(group, &mut transaction).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Ends a direct membership; tells whether there was one.
    ///
    /// # Errors
    /// If the database fails; then nothing has changed.
    pub async fn remove_member(&self, group: i64, user: i64) -> Answer<bool> {
        let mut transaction = self.change().await?;
        let mut sql = self.sql();
        sql.push("DELETE FROM memberships WHERE group_place = ")
            .bind(group)
            .push(" AND user_place = ")
            .bind(user);
        let removed = sql.query().execute(&mut *transaction).await?.rows_affected() > 0;
        if removed {
            self.lose(group, user, &mut transaction).await?;
            self.recount_direct(group, &mut transaction).await?;
        }
        transaction.commit().await?;
        Ok(removed)
    }

    /// Nests groups right in another, all by place; what is nested already stays.
    ///
    /// Cost: O(groups below, and memberships in and below each group above): how deep the ones lie, and how many members the
    /// others have, is worked out anew in the same transaction.
    ///
    /// # Errors
    /// If the database fails; then nothing has changed.
    pub async fn nest(&self, parent: i64, children: &[i64]) -> Answer<()> {
        let mut transaction = self.change().await?;
        for child in children {
            let mut sql = self.sql();
            sql.push("INSERT INTO nestings (parent_place, child_place) VALUES (")
                .list([parent, *child]);
            sql.push(") ON CONFLICT DO NOTHING");
            sql.query().execute(&mut *transaction).await?;
        }
        for child in children {
            self.stand(*child, &mut transaction).await?;
        }
        self.recount_above(parent, &mut transaction).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Ends a nesting; tells whether there was one. Cost: as [`Self::nest`].
    ///
    /// # Errors
    /// If the database fails; then nothing has changed.
    pub async fn unnest(&self, parent: i64, child: i64) -> Answer<bool> {
        let mut transaction = self.change().await?;
        let mut sql = self.sql();
        sql.push("DELETE FROM nestings WHERE parent_place = ")
            .bind(parent)
            .push(" AND child_place = ")
            .bind(child);
        let removed = sql.query().execute(&mut *transaction).await?.rows_affected() > 0;
        if removed {
            self.stand(child, &mut transaction).await?;
            self.recount_above(parent, &mut transaction).await?;
        }
        transaction.commit().await?;
        Ok(removed)
    }

    /// Whether a nesting, by places, is there.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn is_nested(&self, parent: i64, child: i64) -> Answer<bool> {
        let mut sql = self.sql();
        sql.push("SELECT count(*) FROM nestings WHERE parent_place = ")
            .bind(parent);
        sql.push(" AND child_place = ").bind(child);
        Ok(sql.query().fetch_one(&self.pool).await?.try_get::<i64, _>(0)? > 0)
    }

    /// Writes how deep a group and those below it lie, where that has changed: it can for no others when a nesting of it
    /// begins or ends. Cost: O(groups below, and their nestings).
    async fn stand(&self, child: i64, transaction: &mut Transaction<'static, Any>) -> Answer<()> {
        let mut sql = self.sql();
        let place = sql.parameter(child);
        sql.push(&format!(
            "SELECT place, depth, in_cycle FROM groups WHERE place IN ({})",
            below(&place)
        ));
        let groups = sql.query().fetch_all(&mut **transaction).await?;
        let mut sql = self.sql();
        let place = sql.parameter(child);
        sql.push(&format!(
            "SELECT n.parent_place, n.child_place, g.depth FROM nestings n CROSS JOIN groups g \
             WHERE n.child_place IN ({}) AND g.place = n.parent_place",
            below(&place)
        ));
        let (mut nestings, mut known) = (Vec::new(), HashMap::new());
        for row in sql.query().fetch_all(&mut **transaction).await? {
            let parent: i64 = row.try_get(0)?;
            nestings.push((parent, row.try_get(1)?));
            known.insert(parent, row.try_get(2)?);
        }
        for row in &groups {
            known.remove(&row.try_get(0)?);
        }
        let standings = standings(&nestings, &known);
        for row in groups {
            let place: i64 = row.try_get(0)?;
            let now = standings.get(&place).copied().unwrap_or_default();
            let (depth, in_cycle): (i64, i64) = (row.try_get(1)?, row.try_get(2)?);
            if (now.depth, i64::from(now.in_cycle)) != (depth, in_cycle) {
                let mut sql = self.sql();
                sql.push("UPDATE groups SET depth = ").bind(now.depth);
                sql.push(", in_cycle = ")
                    .bind(i64::from(now.in_cycle))
                    .push(" WHERE place = ")
                    .bind(place);
                sql.query().execute(&mut **transaction).await?;
            }
        }
        Ok(())
    }
}
