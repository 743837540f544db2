//! Changes of single facts, each in a transaction of its own that is on the disk when it has been acknowledged.

use std::collections::HashMap;

use sqlx::{Any, Executor as _, Row, Transaction, raw_sql};

use super::counts::{gain, lose, recount_above};
use super::nesting::standings;
use super::zenql::below_all;
use super::{Answer, Store};

/// So many statements are sent at once: some hundred kilobytes.
const AT_ONCE: usize = 500;

impl Store {
    /// Begins a transaction that changes facts by these statements, and tells how many rows they changed; others that change
    /// facts wait for it, also in other processes.
    pub(super) async fn change(&self, statements: &[String]) -> Answer<(Transaction<'static, Any>, u64)> {
        let mut transaction = self.writer.begin().await?;
        let turn = "UPDATE revision SET number = number + 1".to_owned();
        let rows = send(&[&[turn], statements].concat(), &mut transaction).await?;
        Ok((transaction, rows.saturating_sub(1)))
    }

    /// Makes users direct members of a group, all by place; who is one already stays as they are.
    ///
    /// # Errors
    /// If the database fails; then nothing has changed.
    pub async fn add_members(&self, group: i64, users: &[i64]) -> Answer<()> {
        let join = |user| {
            format!(
                "INSERT INTO memberships (group_place, user_place, is_manager) VALUES ({group}, {user}, 0) \
                 ON CONFLICT DO NOTHING"
            )
        };
        let statements: Vec<String> = users
            .iter()
            .flat_map(|user| [gain(group, *user), join(*user)])
            .collect();
        let (transaction, _) = self.change(&statements).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Ends a direct membership; tells whether there was one.
    ///
    /// # Errors
    /// If the database fails; then nothing has changed.
    pub async fn remove_member(&self, group: i64, user: i64) -> Answer<bool> {
        let (transaction, rows) = self.change(&[lose(group, user), leave(group, user)]).await?;
        transaction.commit().await?;
        Ok(rows > 0)
    }

    /// Nests groups right in another, all by place; what is nested already stays.
    ///
    /// Cost: O(groups below, and memberships in and below each group above): how deep the ones lie, and how many members the
    /// others have, is worked out anew in the same transaction.
    ///
    /// # Errors
    /// If the database fails; then nothing has changed.
    pub async fn nest(&self, parent: i64, children: &[i64]) -> Answer<()> {
        let nest = |child| {
            format!(
                "INSERT INTO nestings (parent_place, child_place) VALUES ({parent}, {child}) ON CONFLICT DO NOTHING"
            )
        };
        let statements: Vec<String> = children.iter().map(nest).collect();
        let (mut transaction, rows) = self.change(&statements).await?;
        if rows > 0 {
            follow(parent, children, &mut transaction).await?;
        }
        transaction.commit().await?;
        Ok(())
    }

    /// Ends a nesting; tells whether there was one. Cost: as [`Self::nest`].
    ///
    /// # Errors
    /// If the database fails; then nothing has changed.
    pub async fn unnest(&self, parent: i64, child: i64) -> Answer<bool> {
        let unnest = format!("DELETE FROM nestings WHERE parent_place = {parent} AND child_place = {child}");
        let (mut transaction, rows) = self.change(&[unnest]).await?;
        if rows > 0 {
            follow(parent, &[child], &mut transaction).await?;
        }
        transaction.commit().await?;
        Ok(rows > 0)
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
}

/// Sends statements in one piece, or so many at once, and tells how many rows they changed: each answer that is awaited takes as
/// long as the database is far away, or busy, and everyone who waits for their turn to write waits for it, too. What is not a
/// place, a count or a boolean is bound, and so sent by itself.
pub(super) async fn send(statements: &[String], transaction: &mut Transaction<'static, Any>) -> Answer<u64> {
    let mut rows = 0;
    for piece in statements.chunks(AT_ONCE) {
        let piece = piece.join(";\n");
        // The places are in the text: no other is like it, and none is worth keeping compiled.
        rows += transaction.execute(raw_sql(&piece)).await?.rows_affected();
    }
    Ok(rows)
}

/// The statement that ends a direct membership.
pub(super) fn leave(group: i64, user: i64) -> String {
    format!("DELETE FROM memberships WHERE group_place = {group} AND user_place = {user}")
}

/// Writes what follows from nestings that have begun or ended: how many members the groups from the parent upwards have, and how
/// deep the children and those below them lie, where that has changed: it can for no others.
async fn follow(parent: i64, children: &[i64], transaction: &mut Transaction<'static, Any>) -> Answer<()> {
    let groups = format!(
        "SELECT g.place, g.depth, g.in_cycle, n.parent_place, p.depth FROM groups g \
         LEFT JOIN nestings n ON n.child_place = g.place LEFT JOIN groups p ON p.place = n.parent_place \
         WHERE g.place IN ({})",
        below_all(children)
    );
    let (mut before, mut nestings, mut known) = (HashMap::new(), Vec::new(), HashMap::new());
    for row in transaction.fetch_all(raw_sql(&groups)).await? {
        let place: i64 = row.try_get(0)?;
        before.insert(place, (row.try_get(1)?, row.try_get(2)?));
        if let Some(parent) = row.try_get::<Option<i64>, _>(3)? {
            nestings.push((parent, place));
            known.insert(parent, row.try_get(4)?);
        }
    }
    known.retain(|parent, _| !before.contains_key(parent));
    let standings = standings(&nestings, &known);
    let changed = before.into_iter().filter_map(|(place, before): (i64, (i64, i64))| {
        let now = standings.get(&place).copied().unwrap_or_default();
        let now = (now.depth, i64::from(now.in_cycle));
        (now != before).then(|| format!("({place}, {}, {})", now.0, now.1))
    });
    let changed: Vec<String> = changed.collect();
    let mut statements = vec![recount_above(parent)];
    if !changed.is_empty() {
        statements.push(format!(
            "UPDATE groups SET depth = now.column2, in_cycle = now.column3 FROM (VALUES {}) now WHERE place = now.column1",
            changed.join(", ")
        ));
    }
    send(&statements, transaction).await?;
    Ok(())
}
