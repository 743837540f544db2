//! Whom an identifier names: tried as an id, then as the other names; of two the first in the directory's order answers.

use membership::entity::{Entity, is_uuid};
use membership::query::{Field, OrderTerm, Query, Value};
use membership::text::fold;
use sqlx::Row;

use super::zenql::{Named, Names, named, operands, tests};
use super::{Answer, QueryProblem, Store, StoreError};

/// The name, without case, of the group whose members are administrators.
const ADMINISTRATORS: &str = "system administrators";

/// An id as it compares: UUIDs without case, other ids exactly.
pub fn id_key(id: &str) -> String {
    if is_uuid(id) {
        id.to_ascii_lowercase()
    } else {
        id.to_owned()
    }
}

impl Store {
    /// The place of a user, by id, username or email.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn find_user(&self, identifier: &str) -> Answer<Option<i64>> {
        let folded = fold(identifier).into_owned();
        for (column, key) in [
            ("id_key", id_key(identifier)),
            ("username_fold", folded.clone()),
            ("email_fold", folded),
        ] {
            let found = self.place("users", column, &key).await?;
            if found.is_some() {
                return Ok(found);
            }
        }
        Ok(None)
    }

    /// The place of a group, by id or name.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn find_group(&self, identifier: &str) -> Answer<Option<i64>> {
        match self.place("groups", "id_key", &id_key(identifier)).await? {
            Some(place) => Ok(Some(place)),
            None => self.place("groups", "name_fold", &fold(identifier)).await,
        }
    }

    /// The place of the user of an id.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn user_by_id(&self, id: &str) -> Answer<Option<i64>> {
        self.place("users", "id_key", &id_key(id)).await
    }

    /// The place of the group of an id.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn group_by_id(&self, id: &str) -> Answer<Option<i64>> {
        self.place("groups", "id_key", &id_key(id)).await
    }

    /// The place of the group whose members are administrators.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn administrators(&self) -> Answer<Option<i64>> {
        self.place("groups", "name_fold", ADMINISTRATORS).await
    }

    async fn place(&self, table: &str, column: &str, key: &str) -> Answer<Option<i64>> {
        if key.contains('\0') {
            // No text in the database has one, and PostgreSQL takes none as a parameter either.
            return Ok(None);
        }
        let mut sql = self.sql();
        sql.push(&format!("SELECT place FROM {table} WHERE {column} = "))
            .bind(key)
            .push(" ORDER BY place LIMIT 1");
        let row = sql.query().fetch_optional(&self.pool).await?;
        Ok(row.map(|row| row.try_get(0)).transpose()?)
    }

    /// Looks up all that a query and an order name.
    ///
    /// # Errors
    /// If an identifier in the query names nobody, at its place; if the database fails.
    pub async fn names(&self, query: &Query, order: &[OrderTerm]) -> Answer<Names> {
        let mut names = Names::default();
        let tests = query.expr.as_ref().map(tests).unwrap_or_default();
        if tests.iter().any(|test| test.field == Field::IsAdministrator) {
            names.administrators = self.administrators().await?;
        }
        for test in &tests {
            for operand in operands(&test.comparison) {
                let (Some(kind), Value::Text(text)) = (named(&test.field), &operand.value) else {
                    continue;
                };
                let (known, found, problem) = match kind {
                    Named::User if names.users.contains_key(text) => continue,
                    Named::Group if names.groups.contains_key(text) => continue,
                    Named::User => (&mut names.users, self.find_user(text).await?, "user"),
                    Named::Group => (&mut names.groups, self.find_group(text).await?, "group"),
                };
                let Some(place) = found else {
                    return Err(StoreError::Query(QueryProblem {
                        position: operand.at.position,
                        length: operand.at.length,
                        message: format!("unknown {problem} `{text}`"),
                        expected: if problem == "user" {
                            "the id, the username or the email of a user"
                        } else {
                            "the id or the name of a group"
                        },
                    }));
                };
                known.insert(text.clone(), place);
            }
        }
        let fields = tests
            .iter()
            .map(|test| &test.field)
            .chain(order.iter().map(|term| &term.field));
        for field in fields {
            if let Field::Custom(name) = field
                && let Some(place) = self.custom_field(query.subject, name).await?
            {
                names.fields.insert(name.clone(), place);
            }
        }
        Ok(names)
    }

    /// The custom field of a name: one spelled so, else the first that is the same without case.
    async fn custom_field(&self, subject: Entity, name: &str) -> Answer<Option<i64>> {
        if name.contains('\0') {
            return Ok(None);
        }
        let mut sql = self.sql();
        sql.push("SELECT place FROM custom_fields WHERE is_group = ")
            .bind(i64::from(subject == Entity::Group));
        sql.push(" AND name_fold = ").bind(fold(name).into_owned());
        sql.push(" ORDER BY CASE WHEN name = ")
            .bind(name)
            .push(" THEN 0 ELSE 1 END, place LIMIT 1");
        let row = sql.query().fetch_optional(&self.pool).await?;
        Ok(row.map(|row| row.try_get(0)).transpose()?)
    }
}
