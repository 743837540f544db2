//! A whole directory into the database, in place of what was there, in one transaction.

use std::collections::HashMap;

use membership::directory::Directory;
use membership::entity::{CustomRef, GroupIndex};
use membership::text::fold;
use sqlx::AnyConnection;

use super::identify::id_key;
use super::nesting::standings;
use super::sql::{Dialect, Sql, Value};
use super::zenql::words;
use super::{Answer, Store, is_empty, stand_in};

/// Values bound by one statement: few, since SQLite looks through all parameters of it for each.
const MOST_VALUES: usize = 500;

/// The tables of the facts, each before those that it refers to.
const TABLES: [&str; 8] = [
    "user_search",
    "user_custom",
    "group_custom",
    "custom_fields",
    "memberships",
    "nestings",
    "users",
    "groups",
];

/// A record that the database cannot hold, and why, as a sentence names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused(pub String);

impl Store {
    /// Puts a directory in place of what is there; tells which records the database cannot hold. All or nothing.
    ///
    /// Cost: O(facts), a statement for some hundred of them.
    ///
    /// # Errors
    /// If the database fails; what was there stays.
    pub async fn fill(&self, directory: &Directory) -> Answer<Vec<Refused>> {
        let (mut transaction, _) = self.change(&[]).await?;
        let refused = self.put(directory, &mut transaction).await?;
        transaction.commit().await?;
        self.tidy().await;
        Ok(refused)
    }

    /// The same where nothing is yet; none where something is, such as what another companion has just put there.
    ///
    /// # Errors
    /// As [`Self::fill`].
    pub async fn seed(&self, directory: &Directory) -> Answer<Option<Vec<Refused>>> {
        let (mut transaction, _) = self.change(&[]).await?;
        if !is_empty(&mut transaction).await? {
            return Ok(None);
        }
        let refused = self.put(directory, &mut transaction).await?;
        transaction.commit().await?;
        self.tidy().await;
        Ok(Some(refused))
    }

    /// Lets PostgreSQL note that all it has been given is there for everyone, and give up what was there before: until it does,
    /// minutes later, it looks at whole rows where an index would do. Nothing else depends on it.
    async fn tidy(&self) {
        if self.dialect == Dialect::Postgres {
            let vacuum = format!("VACUUM {}", TABLES.join(", "));
            let _ = sqlx::query(&vacuum).execute(&self.writer).await;
        }
    }

    async fn put(&self, directory: &Directory, connection: &mut AnyConnection) -> Answer<Vec<Refused>> {
        for table in TABLES {
            sqlx::query(&format!("DELETE FROM {table}"))
                .execute(&mut *connection)
                .await?;
        }
        let mut filling = Filling {
            directory,
            dialect: self.dialect,
            connection,
            refused: Vec::new(),
            users: vec![true; directory.user_count() as usize],
            groups: vec![true; directory.group_count() as usize],
        };
        filling.users().await?;
        filling.groups().await?;
        filling.custom().await?;
        filling.memberships().await?;
        filling.nestings().await?;
        filling.search().await?;
        let refused = filling.refused;
        if self.dialect == Dialect::Postgres {
            // Its plans follow how many facts there are, which it would find out a minute later by itself.
            for table in TABLES {
                sqlx::query(&format!("ANALYZE {table}"))
                    .execute(&mut *connection)
                    .await?;
            }
        }
        self.recount(connection).await?;
        Ok(refused)
    }
}

/// What is being written.
struct Filling<'a> {
    directory: &'a Directory,
    dialect: Dialect,
    connection: &'a mut AnyConnection,
    refused: Vec<Refused>,
    /// For each user whether the database holds it.
    users: Vec<bool>,
    /// For each group whether the database holds it.
    groups: Vec<bool>,
}

/// Rows that wait for one statement.
struct Rows {
    head: String,
    dialect: Dialect,
    sql: Sql,
}

impl Rows {
    fn new(dialect: Dialect, table: &str, columns: &str) -> Self {
        Self {
            head: format!("INSERT INTO {table} ({columns}) VALUES "),
            dialect,
            sql: Sql::new(dialect),
        }
    }

    async fn push(&mut self, row: Vec<Option<Value>>, connection: &mut AnyConnection) -> Answer<()> {
        self.sql.push(if self.sql.value_count() == 0 { "(" } else { ", (" });
        for (place, value) in row.into_iter().enumerate() {
            self.sql.push(if place == 0 { "" } else { ", " });
            match value {
                Some(value) => self.sql.bind(value),
                None => self.sql.push("NULL"),
            };
        }
        self.sql.push(")");
        if self.sql.value_count() >= MOST_VALUES {
            self.send(connection).await?;
        }
        Ok(())
    }

    async fn send(&mut self, connection: &mut AnyConnection) -> Answer<()> {
        if self.sql.value_count() > 0 {
            let whole = std::mem::replace(&mut self.sql, Sql::new(self.dialect)).after(&self.head, "", "");
            // Where values are missing differs from statement to statement: none is worth keeping.
            whole.query().persistent(false).execute(connection).await?;
        }
        Ok(())
    }
}

impl Filling<'_> {
    async fn users(&mut self) -> Answer<()> {
        let mut rows = Rows::new(
            self.dialect,
            "users",
            "place, id_key, uuid, id, id_fold, id_words, username, username_fold, username_words, email, email_fold, \
             email_words, first_name, first_name_fold, first_name_words, last_name, last_name_fold, last_name_words, \
             language, language_fold, language_words, timezone, timezone_fold, timezone_words, full_name_fold, \
             full_name_words, suspended, locked, password_reset_required, created, modified, last_login, expiry",
        );
        let users = self.directory.users();
        for user in self.directory.all_users() {
            let row = user.row();
            let id = self.directory.user_id(user);
            let names = [&users.first_name, &users.last_name].map(|column| column.get(row));
            let [first, last] = names.each_ref().map(Option::as_deref);
            let texts = [
                Some(id),
                users.username.get(row),
                users.email.get(row),
                first,
                last,
                users.language.get(row),
                users.timezone.get(row),
            ];
            if !self.can_hold("user", id, &texts) {
                self.users[row as usize] = false;
                continue;
            }
            let mut values = vec![
                Some(i64::from(row).into()),
                Some(id_key(id).into()),
                Some(stand_in::of_user(id).into()),
            ];
            texts.into_iter().for_each(|value| text(value, &mut values));
            let names: Vec<&str> = [first, last]
                .into_iter()
                .flatten()
                .filter(|name| !name.is_empty())
                .collect();
            let full = (!names.is_empty()).then(|| names.join(" "));
            let mut full_name = Vec::new();
            text(full.as_deref(), &mut full_name);
            values.extend(full_name.into_iter().skip(1));
            let status = users.status.get(row);
            let flags = [status.suspended, status.locked, status.password_reset_required];
            values.extend(flags.map(|flag| flag.map(|flag| i64::from(flag).into())));
            let instants = [&users.created, &users.modified, &users.last_login, &users.expiry];
            values.extend(instants.map(|column| column.get(row).map(Into::into)));
            rows.push(values, self.connection).await?;
        }
        rows.send(self.connection).await
    }

    async fn groups(&mut self) -> Answer<()> {
        let mut rows = Rows::new(
            self.dialect,
            "groups",
            "place, id_key, uuid, id, id_fold, id_words, name, name_fold, name_words, description, description_fold, \
             description_words, type, type_fold, type_words, created, modified, depth, in_cycle",
        );
        let standings = standings(&self.pairs(), &HashMap::new());
        let groups = self.directory.groups();
        for group in self.directory.all_groups() {
            let row = group.row();
            let id = self.directory.group_id(group);
            let texts = [
                Some(id),
                groups.name.get(row),
                groups.description.get(row),
                groups.kind.get(row),
            ];
            if !self.can_hold("group", id, &texts) {
                self.groups[row as usize] = false;
                continue;
            }
            let mut values = vec![
                Some(i64::from(row).into()),
                Some(id_key(id).into()),
                Some(stand_in::of_group(id).into()),
            ];
            texts.into_iter().for_each(|value| text(value, &mut values));
            values.extend([&groups.created, &groups.modified].map(|column| column.get(row).map(Into::into)));
            let standing = standings.get(&i64::from(row)).copied().unwrap_or_default();
            values.extend([Some(standing.depth.into()), Some(i64::from(standing.in_cycle).into())]);
            rows.push(values, self.connection).await?;
        }
        rows.send(self.connection).await
    }

    async fn custom(&mut self) -> Answer<()> {
        let mut place = 0_i64;
        for is_group in [false, true] {
            let (columns, table, owner) = if is_group {
                (&self.directory.groups().custom, "group_custom", "group_place")
            } else {
                (&self.directory.users().custom, "user_custom", "user_place")
            };
            let mut fields = Rows::new(self.dialect, "custom_fields", "place, is_group, name, name_fold");
            let first = place;
            for column in columns.all() {
                let name = column.name();
                if name.contains('\0') {
                    self.refused.push(Refused(format!(
                        "the field `{}`: its name has a null byte",
                        name.escape_debug()
                    )));
                } else {
                    let folded = fold(name).into_owned();
                    let values = vec![
                        Some(place.into()),
                        Some(i64::from(is_group).into()),
                        Some(name.into()),
                        Some(folded.into()),
                    ];
                    fields.push(values, self.connection).await?;
                }
                place += 1;
            }
            fields.send(self.connection).await?;
            let head = format!("{owner}, field_place, kind, number, text, text_fold, text_words");
            let mut rows = Rows::new(self.dialect, table, &head);
            for (field, column) in (first..)
                .zip(columns.all())
                .filter(|(_, column)| !column.name().contains('\0'))
            {
                let count = if is_group {
                    self.directory.group_count()
                } else {
                    self.directory.user_count()
                };
                for row in 0..count {
                    let held = if is_group { &self.groups } else { &self.users };
                    let Some(value) = column.get(row).filter(|_| held[row as usize]) else {
                        continue;
                    };
                    let (kind, number, written) = match value {
                        CustomRef::Boolean(truth) => (0_i64, Some(f64::from(u8::from(truth))), truth.to_string()),
                        CustomRef::Number(number) => (1, Some(number), number.to_string()),
                        CustomRef::Text(text) => (2, None, text.to_owned()),
                    };
                    if written.contains('\0') {
                        let name = column.name();
                        self.refused
                            .push(Refused(format!("a value of the field `{name}`: it has a null byte")));
                        continue;
                    }
                    let mut values = vec![
                        Some(i64::from(row).into()),
                        Some(field.into()),
                        Some(kind.into()),
                        number.map(Into::into),
                    ];
                    text(Some(&written), &mut values);
                    rows.push(values, self.connection).await?;
                }
            }
            rows.send(self.connection).await?;
        }
        Ok(())
    }

    async fn memberships(&mut self) -> Answer<()> {
        let mut rows = Rows::new(self.dialect, "memberships", "group_place, user_place, is_manager");
        for group in self
            .directory
            .all_groups()
            .filter(|group| self.groups[group.row() as usize])
        {
            for (user, is_manager) in self.directory.direct_members(group) {
                if self.users[user.row() as usize] {
                    let values = [i64::from(group.row()), i64::from(user.row()), i64::from(is_manager)];
                    rows.push(values.map(|value| Some(value.into())).to_vec(), self.connection)
                        .await?;
                }
            }
        }
        rows.send(self.connection).await
    }

    async fn nestings(&mut self) -> Answer<()> {
        let mut rows = Rows::new(self.dialect, "nestings", "parent_place, child_place");
        for (parent, child) in self.pairs() {
            rows.push(vec![Some(parent.into()), Some(child.into())], self.connection)
                .await?;
        }
        rows.send(self.connection).await
    }

    /// The names that a search looks in; nothing else changes a user.
    async fn search(&mut self) -> Answer<()> {
        sqlx::query(
            "INSERT INTO user_search (place, text) SELECT place, coalesce(first_name_fold, '') || '|' \
             || coalesce(last_name_fold, '') || '|' || coalesce(username_fold, '') || '|' || coalesce(email_fold, '') FROM users",
        )
        .execute(&mut *self.connection)
        .await?;
        if self.dialect == Dialect::Sqlite {
            sqlx::query("INSERT INTO user_trigrams (user_trigrams) VALUES ('rebuild')")
                .execute(&mut *self.connection)
                .await?;
        }
        Ok(())
    }

    /// Parent and child of each nesting between groups that are held.
    fn pairs(&self) -> Vec<(i64, i64)> {
        let held = |group: &GroupIndex| self.groups[group.row() as usize];
        let parents = self.directory.all_groups().filter(|parent| held(parent));
        parents
            .flat_map(|parent| {
                let children = self
                    .directory
                    .hierarchy()
                    .children(parent)
                    .iter()
                    .filter(|child| held(child));
                children.map(move |child| (i64::from(parent.row()), i64::from(child.row())))
            })
            .collect()
    }

    /// PostgreSQL has no null byte in a text, and SQLite's functions end a text there: neither holds such a record.
    fn can_hold(&mut self, entity: &str, id: &str, texts: &[Option<&str>]) -> bool {
        let can = !texts.iter().flatten().any(|text| text.contains('\0'));
        if !can {
            let id = id.escape_debug();
            self.refused
                .push(Refused(format!("the {entity} `{id}`: a text of it has a null byte")));
        }
        can
    }
}

/// Adds a text, what it is without case, and its whole words where that is something else.
pub fn text(value: Option<&str>, values: &mut Vec<Option<Value>>) {
    let Some(value) = value else {
        values.extend([None, None, None]);
        return;
    };
    let folded = fold(value).into_owned();
    let whole = words(&folded).join(" ");
    let differs = (whole != folded).then(|| Value::Text(format!(" {whole} ")));
    values.extend([Some(value.into()), Some(folded.into()), differs]);
}
