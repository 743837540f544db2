//! Users and groups as the database tells them.

use std::collections::HashMap;

use membership::entity::Status;
use sqlx::Row;
use sqlx::any::AnyRow;

use super::{Answer, Store};

/// A value of a vendor's own field.
#[derive(Clone, Debug, PartialEq)]
pub enum Custom {
    /// Text.
    Text(String),
    /// A number.
    Number(f64),
    /// True or false.
    Boolean(bool),
}

/// A user. Instants are milliseconds since 1970 in UTC; `uuid` is the id that Passbolt knows.
#[derive(Clone, Debug, Default, PartialEq)]
#[expect(missing_docs, reason = "the fields are those of `membership::entity::UserRecord`")]
pub struct User {
    pub place: i64,
    pub id: String,
    pub uuid: String,
    pub username: Option<String>,
    pub email: Option<String>,
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    pub language: Option<String>,
    pub timezone: Option<String>,
    pub created: Option<i64>,
    pub modified: Option<i64>,
    pub last_login: Option<i64>,
    pub expiry: Option<i64>,
    pub status: Status,
    pub custom: Vec<(String, Custom)>,
}

/// A group. Instants are milliseconds since 1970 in UTC; `uuid` is the id that Passbolt knows.
#[derive(Clone, Debug, Default, PartialEq)]
#[expect(missing_docs, reason = "the fields are those of `membership::entity::GroupRecord`")]
pub struct Group {
    pub place: i64,
    pub id: String,
    pub uuid: String,
    pub name: Option<String>,
    pub description: Option<String>,
    pub kind: Option<String>,
    pub created: Option<i64>,
    pub modified: Option<i64>,
    /// Direct members.
    pub user_count: i64,
    /// Direct child groups.
    pub child_group_count: i64,
    pub custom: Vec<(String, Custom)>,
}

/// What [`User::read`] reads.
pub const USER: &str = "u.place, u.id, u.username, u.email, u.first_name, u.last_name, u.language, u.timezone, \
                        u.created, u.modified, u.last_login, u.expiry, u.suspended, u.locked, u.password_reset_required, u.uuid";

/// What [`Group::read`] reads.
pub const GROUP: &str = "g.place, g.id, g.name, g.description, g.type, g.created, g.modified, g.user_count, \
                         (SELECT count(*) FROM nestings n WHERE n.parent_place = g.place), g.uuid";

impl User {
    /// Reads the columns of [`USER`].
    pub fn read(row: &AnyRow) -> Result<Self, sqlx::Error> {
        let flag = |at: usize| row.try_get::<Option<i64>, _>(at).map(|flag| flag.map(|flag| flag == 1));
        Ok(Self {
            place: row.try_get(0)?,
            id: row.try_get(1)?,
            username: row.try_get(2)?,
            email: row.try_get(3)?,
            first_name: row.try_get(4)?,
            last_name: row.try_get(5)?,
            language: row.try_get(6)?,
            timezone: row.try_get(7)?,
            created: row.try_get(8)?,
            modified: row.try_get(9)?,
            last_login: row.try_get(10)?,
            expiry: row.try_get(11)?,
            status: Status {
                suspended: flag(12)?,
                locked: flag(13)?,
                password_reset_required: flag(14)?,
            },
            uuid: row.try_get(15)?,
            custom: Vec::new(),
        })
    }
}

impl Group {
    /// Reads the columns of [`GROUP`].
    pub fn read(row: &AnyRow) -> Result<Self, sqlx::Error> {
        Ok(Self {
            place: row.try_get(0)?,
            id: row.try_get(1)?,
            name: row.try_get(2)?,
            description: row.try_get(3)?,
            kind: row.try_get(4)?,
            created: row.try_get(5)?,
            modified: row.try_get(6)?,
            user_count: row.try_get(7)?,
            child_group_count: row.try_get(8)?,
            uuid: row.try_get(9)?,
            custom: Vec::new(),
        })
    }
}

impl Store {
    /// Adds the vendor's own fields to users.
    pub(super) async fn add_user_custom(&self, users: &mut [User]) -> Answer<()> {
        let places: Vec<i64> = users.iter().map(|user| user.place).collect();
        let mut values = self.custom("user_custom", "user_place", &places).await?;
        for user in users {
            user.custom = values.remove(&user.place).unwrap_or_default();
        }
        Ok(())
    }

    /// Adds the vendor's own fields to groups.
    pub(super) async fn add_group_custom(&self, groups: &mut [Group]) -> Answer<()> {
        let places: Vec<i64> = groups.iter().map(|group| group.place).collect();
        let mut values = self.custom("group_custom", "group_place", &places).await?;
        for group in groups {
            group.custom = values.remove(&group.place).unwrap_or_default();
        }
        Ok(())
    }

    async fn custom(&self, table: &str, owner: &str, places: &[i64]) -> Answer<HashMap<i64, Vec<(String, Custom)>>> {
        let mut values: HashMap<i64, Vec<_>> = HashMap::new();
        // Places are few for a page; an export asks for many, in slices that every database takes.
        for places in places.chunks(10_000) {
            let mut sql = self.sql();
            sql.push(&format!(
                "SELECT c.{owner}, f.name, c.kind, c.number, c.text FROM {table} c \
                 JOIN custom_fields f ON f.place = c.field_place WHERE c.{owner} IN ("
            ));
            sql.list(places.iter().copied())
                .push(&format!(") ORDER BY c.{owner}, f.place"));
            for row in sql.query().fetch_all(&self.pool).await? {
                let number: Option<f64> = row.try_get(3)?;
                let number = number.unwrap_or_default();
                let value = match row.try_get::<i64, _>(2)? {
                    0 => Custom::Boolean(number != 0.0),
                    1 => Custom::Number(number),
                    _ => Custom::Text(row.try_get(4)?),
                };
                values
                    .entry(row.try_get(0)?)
                    .or_default()
                    .push((row.try_get(1)?, value));
            }
        }
        Ok(values)
    }
}
