//! A change of one group that is decided by what is in the database at that moment: its name, and its members.

use std::collections::HashMap;

use membership::text::fold;
use sqlx::{Any, Row, Transaction};

use super::change::{leave, send};
use super::counts::{gain, lose};
use super::fill::text;
use super::select::{MEMBERSHIP, MOST_PLACES, Membership};
use super::{Answer, Store};

/// What a change is decided by.
#[derive(Clone, Debug)]
pub struct Standing {
    /// The direct memberships of the group.
    pub memberships: Vec<Membership>,
    /// The users that were asked about, by UUID, as far as there are such.
    pub users: HashMap<String, Known>,
    /// Whether another group has the name that was asked about, without case.
    pub is_name_taken: bool,
}

/// What is known of a user.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    /// Their place.
    pub place: i64,
    /// Whether they are suspended.
    pub is_suspended: bool,
}

/// What is changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Revision {
    /// The new name.
    pub name: Option<String>,
    /// For users, by place, whether they are managers from now on; none if they are no members any more.
    pub memberships: Vec<(i64, Option<bool>)>,
}

impl Store {
    /// Changes a group, by place, as `decide` says: all of it or, where it refuses, nothing. Users are asked about by
    /// UUIDs in lower case. `now` is in milliseconds since 1970 in UTC.
    ///
    /// Cost: O(direct members of the group + changes); changes of all groups wait for each other.
    ///
    /// # Errors
    /// If the database fails; then nothing has changed. The inner error is what `decide` refuses with.
    pub async fn revise<E>(
        &self,
        group: i64,
        name: Option<&str>,
        users: &[String],
        now: i64,
        decide: impl FnOnce(&Standing) -> Result<Revision, E>,
    ) -> Answer<Result<(), E>> {
        let (mut transaction, _) = self.change(&[]).await?;
        let standing = self.standing(group, name, users, &mut transaction).await?;
        let revision = match decide(&standing) {
            Ok(revision) => revision,
            Err(refused) => {
                transaction.rollback().await?;
                return Ok(Err(refused));
            }
        };
        if let Some(name) = &revision.name {
            self.rename(group, name, now, &mut transaction).await?;
        }
        let memberships = revision.memberships.iter();
        let memberships = memberships.flat_map(|(user, is_manager)| match is_manager {
            Some(is_manager) => [gain(group, *user), join(group, *user, *is_manager)],
            None => [lose(group, *user), leave(group, *user)],
        });
        send(&memberships.collect::<Vec<_>>(), &mut transaction).await?;
        transaction.commit().await?;
        Ok(Ok(()))
    }

    async fn standing(
        &self,
        group: i64,
        name: Option<&str>,
        users: &[String],
        transaction: &mut Transaction<'static, Any>,
    ) -> Answer<Standing> {
        let mut sql = self.sql();
        sql.push(&format!("{MEMBERSHIP} WHERE m.group_place = ")).bind(group);
        sql.push(" ORDER BY m.user_place");
        let rows = sql.query().fetch_all(&mut **transaction).await?;
        let memberships = rows.iter().map(Membership::read).collect::<Result<_, _>>()?;
        let mut known = HashMap::new();
        for users in users.chunks(MOST_PLACES) {
            let mut sql = self.sql();
            sql.push("SELECT uuid, place, suspended FROM users WHERE uuid IN (");
            sql.list(users.iter().cloned())
                .push(") ORDER BY CASE WHEN id_key = uuid THEN 1 ELSE 0 END");
            for row in sql.query().fetch_all(&mut **transaction).await? {
                let place = row.try_get(1)?;
                let is_suspended = row.try_get::<Option<i64>, _>(2)? == Some(1);
                known.insert(row.try_get(0)?, Known { place, is_suspended });
            }
        }
        let mut is_name_taken = false;
        if let Some(name) = name {
            let mut sql = self.sql();
            sql.push("SELECT count(*) FROM groups WHERE name_fold = ")
                .bind(fold(name).into_owned());
            sql.push(" AND place <> ").bind(group);
            let row = sql.query().fetch_one(&mut **transaction).await?;
            is_name_taken = row.try_get::<i64, _>(0)? > 0;
        }
        Ok(Standing {
            memberships,
            users: known,
            is_name_taken,
        })
    }

    async fn rename(
        &self,
        group: i64,
        name: &str,
        now: i64,
        transaction: &mut Transaction<'static, Any>,
    ) -> Answer<()> {
        let mut values = Vec::new();
        text(Some(name), &mut values);
        values.push(Some(now.into()));
        let mut sql = self.sql();
        sql.push("UPDATE groups SET ");
        for (column, value) in ["name", "name_fold", "name_words", "modified"].into_iter().zip(values) {
            sql.push(if column == "name" { "" } else { ", " })
                .push(column)
                .push(" = ");
            match value {
                Some(value) => sql.bind(value),
                None => sql.push("NULL"),
            };
        }
        sql.push(" WHERE place = ").bind(group);
        sql.query().execute(&mut **transaction).await?;
        Ok(())
    }
}

/// The statement that begins a direct membership, or changes it.
fn join(group: i64, user: i64, is_manager: bool) -> String {
    format!(
        "INSERT INTO memberships (group_place, user_place, is_manager) VALUES ({group}, {user}, {}) \
         ON CONFLICT (group_place, user_place) DO UPDATE SET is_manager = excluded.is_manager",
        i64::from(is_manager)
    )
}
