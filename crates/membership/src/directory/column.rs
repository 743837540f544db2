//! The fields of users and of groups, one column each.

mod packed;

use std::borrow::Cow;

use crate::directory::TooLarge;
use crate::entity::{CustomRef, CustomValue, GroupRecord, Status, UserRecord};
use crate::text::{NameColumn, TextColumn};

/// The users' fields: row for row, by [`UserIndex::row`](crate::entity::UserIndex::row).
#[derive(Clone, Debug, Default)]
#[expect(missing_docs, reason = "the fields are those of `UserRecord`")]
pub struct Users {
    pub id: TextColumn,
    pub username: TextColumn,
    pub email: TextColumn,
    pub first_name: NameColumn,
    pub last_name: NameColumn,
    pub language: TextColumn,
    pub timezone: TextColumn,
    pub created: InstantColumn,
    pub modified: InstantColumn,
    pub last_login: InstantColumn,
    pub expiry: InstantColumn,
    pub status: StatusColumn,
    pub custom: CustomColumns,
}

/// The groups' fields: row for row, by [`GroupIndex::row`](crate::entity::GroupIndex::row).
#[derive(Clone, Debug, Default)]
#[expect(missing_docs, reason = "the fields are those of `GroupRecord`")]
pub struct Groups {
    pub id: TextColumn,
    pub name: TextColumn,
    pub description: TextColumn,
    pub kind: TextColumn,
    pub created: InstantColumn,
    pub modified: InstantColumn,
    pub custom: CustomColumns,
}

impl Users {
    /// Adds a row to each column but the id's, which the builder fills.
    pub(super) fn push(&mut self, record: &UserRecord<'_>) -> Result<(), TooLarge> {
        let row = self.username.len();
        self.username.push(record.username)?;
        self.email.push(record.email)?;
        self.first_name.push(record.first_name)?;
        self.last_name.push(record.last_name)?;
        self.language.push(record.language)?;
        self.timezone.push(record.timezone)?;
        self.created.set(row, record.created);
        self.modified.set(row, record.modified);
        self.last_login.set(row, record.last_login);
        self.expiry.set(row, record.expiry);
        self.status.flags.push(pack(record.status));
        self.custom.read(row, &record.custom)?;
        Ok(())
    }

    /// Gives back what was reserved for more rows.
    pub(super) fn shrink(&mut self) {
        self.username.shrink();
        self.email.shrink();
        self.first_name.shrink();
        self.last_name.shrink();
        self.language.shrink();
        self.timezone.shrink();
        for column in [
            &mut self.created,
            &mut self.modified,
            &mut self.last_login,
            &mut self.expiry,
        ] {
            column.values.shrink_to_fit();
        }
        self.status.flags.shrink_to_fit();
        self.custom.shrink();
    }
}

impl Groups {
    /// Adds a row to each column but the id's, which the builder fills.
    pub(super) fn push(&mut self, record: &GroupRecord<'_>) -> Result<(), TooLarge> {
        let row = self.name.len();
        self.name.push(record.name)?;
        self.description.push(record.description)?;
        self.kind.push(record.kind)?;
        self.created.set(row, record.created);
        self.modified.set(row, record.modified);
        self.custom.read(row, &record.custom)?;
        Ok(())
    }

    /// Gives back what was reserved for more rows.
    pub(super) fn shrink(&mut self) {
        self.name.shrink();
        self.description.shrink();
        self.kind.shrink();
        self.created.values.shrink_to_fit();
        self.modified.values.shrink_to_fit();
        self.custom.shrink();
    }
}

impl Users {
    /// Bytes of memory.
    pub(super) fn memory(&self) -> usize {
        let texts = [&self.id, &self.username, &self.email, &self.language, &self.timezone].map(TextColumn::memory);
        let names = self.first_name.memory() + self.last_name.memory();
        let instants = [&self.created, &self.modified, &self.last_login, &self.expiry];
        let instants: usize = instants.into_iter().map(|column| 8 * column.values.capacity()).sum();
        texts.iter().sum::<usize>() + names + instants + self.status.flags.capacity() + self.custom.memory()
    }
}

impl Groups {
    /// Bytes of memory.
    pub(super) fn memory(&self) -> usize {
        let texts = [&self.id, &self.name, &self.description, &self.kind].map(TextColumn::memory);
        let instants = 8 * (self.created.values.capacity() + self.modified.values.capacity());
        texts.iter().sum::<usize>() + instants + self.custom.memory()
    }
}

/// One column of times, in milliseconds since 1970 in UTC.
#[derive(Clone, Debug, Default)]
pub struct InstantColumn {
    // INVARIANT: rows beyond the end have no value, so that a column that nobody fills takes no memory.
    values: Vec<i64>,
}

/// No date that can be written comes near it.
const NO_TIME: i64 = i64::MIN;

impl InstantColumn {
    /// The time of a row.
    #[inline]
    #[must_use]
    pub fn get(&self, row: u32) -> Option<i64> {
        self.values.get(row as usize).copied().filter(|value| *value != NO_TIME)
    }

    fn set(&mut self, row: u32, value: Option<i64>) {
        if let Some(value) = value {
            self.values.resize(row as usize, NO_TIME);
            self.values.push(value);
        }
    }
}

/// The flags of the users' accounts.
#[derive(Clone, Debug, Default)]
pub struct StatusColumn {
    /// Two bits a flag: whether it is told, and what.
    flags: Vec<u8>,
}

fn pack(status: Status) -> u8 {
    let bits = |flag: Option<bool>| flag.map_or(0, |flag| 2 | u8::from(flag));
    bits(status.suspended) | bits(status.locked) << 2 | bits(status.password_reset_required) << 4
}

impl StatusColumn {
    /// The flags of a row.
    #[inline]
    #[must_use]
    pub fn get(&self, row: u32) -> Status {
        let bits = self.flags.get(row as usize).copied().unwrap_or_default();
        let flag = |shift: u8| (bits >> shift & 2 != 0).then_some(bits >> shift & 1 != 0);
        Status {
            suspended: flag(0),
            locked: flag(2),
            password_reset_required: flag(4),
        }
    }
}

/// The vendor's own fields.
#[derive(Clone, Debug, Default)]
pub struct CustomColumns {
    columns: Vec<CustomColumn>,
}

/// One of the vendor's own fields, whose values may be of different kinds.
#[derive(Clone, Debug, Default)]
pub struct CustomColumn {
    name: String,
    texts: TextColumn,
    numbers: Vec<(u32, f64)>,
    booleans: Vec<(u32, bool)>,
}

impl CustomColumns {
    /// Every field, in the order of its first mention.
    #[must_use]
    pub fn all(&self) -> &[CustomColumn] {
        &self.columns
    }

    /// The field of a name: one spelled so, else the first that is the same without case.
    ///
    /// Cost: O(fields).
    #[must_use]
    pub fn named(&self, name: &str) -> Option<&CustomColumn> {
        let folded = crate::text::fold(name);
        let same = |column: &&CustomColumn| crate::text::fold(&column.name) == folded;
        let exact = self.columns.iter().find(|column| column.name == name);
        exact.or_else(|| self.columns.iter().find(same))
    }

    /// Each field of a row that has a value.
    pub fn row(&self, row: u32) -> impl Iterator<Item = (&str, CustomRef<'_>)> {
        let values = self.columns.iter().map(move |column| (column.name(), column.get(row)));
        values.filter_map(|(name, value)| Some((name, value?)))
    }

    /// Sets the fields of the last row. Of a field given twice the last value counts.
    fn read(&mut self, row: u32, values: &[(Cow<'_, str>, CustomValue)]) -> Result<(), TooLarge> {
        for (name, _) in values {
            if !self.columns.iter().any(|column| column.name == *name) {
                self.columns.push(CustomColumn {
                    name: name.to_string(),
                    ..CustomColumn::default()
                });
            }
        }
        for (name, value) in values.iter().rev() {
            let mut columns = self.columns.iter_mut();
            match columns.find(|column| column.name == *name) {
                Some(column) if column.get(row).is_none() => column.set(row, value)?,
                _ => {}
            }
        }
        Ok(())
    }

    fn memory(&self) -> usize {
        let columns = self.columns.iter();
        columns
            .map(|column| column.texts.memory() + 16 * column.numbers.len() + 8 * column.booleans.len())
            .sum()
    }

    /// Lets every field end with the last of so many rows.
    pub(super) fn finish(&mut self, rows: u32) -> Result<(), TooLarge> {
        self.columns.iter_mut().try_for_each(|column| column.pad(rows))
    }

    fn shrink(&mut self) {
        self.columns.iter_mut().for_each(|column| column.texts.shrink());
    }
}

impl CustomColumn {
    /// The field's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The values that are text.
    #[must_use]
    pub fn texts(&self) -> &TextColumn {
        &self.texts
    }

    /// The values that are numbers, by row.
    #[must_use]
    pub fn numbers(&self) -> &[(u32, f64)] {
        &self.numbers
    }

    /// The values that are true or false, by row.
    #[must_use]
    pub fn booleans(&self) -> &[(u32, bool)] {
        &self.booleans
    }

    /// The value of a row.
    ///
    /// Cost: O(log values).
    #[must_use]
    pub fn get(&self, row: u32) -> Option<CustomRef<'_>> {
        if let Some(text) = self.texts.get(row) {
            return Some(CustomRef::Text(text));
        }
        let number = value_of(&self.numbers, row).map(CustomRef::Number);
        number.or_else(|| value_of(&self.booleans, row).map(CustomRef::Boolean))
    }

    fn set(&mut self, row: u32, value: &CustomValue) -> Result<(), TooLarge> {
        match value {
            CustomValue::Text(text) => {
                self.pad(row)?;
                self.texts.push(Some(text))?;
            }
            CustomValue::Number(number) => self.numbers.push((row, *number)),
            CustomValue::Boolean(boolean) => self.booleans.push((row, *boolean)),
        }
        Ok(())
    }

    fn pad(&mut self, rows: u32) -> Result<(), TooLarge> {
        while self.texts.len() < rows {
            self.texts.push(None)?;
        }
        Ok(())
    }
}

fn value_of<T: Copy>(values: &[(u32, T)], row: u32) -> Option<T> {
    let at = values.binary_search_by_key(&row, |(row, _)| *row).ok()?;
    values.get(at).map(|(_, value)| *value)
}
