//! Comparisons of what records carry: a pass over a column each.

use super::{Evaluation, is_about_missing, truths};
use crate::directory::{InstantColumn, Users};
use crate::entity::{CustomRef, Entity, Status};
use crate::order::instant_key;
use crate::query::compare::{CustomTest, Ordered, TextTest, having_words};
use crate::query::expr::{Comparison, Operator, Value};
use crate::query::field::Field;
use crate::set::Set;
use crate::text::TextColumn;

impl Evaluation<'_> {
    /// The column of a field that is one.
    pub(super) fn text_column(&self, field: &Field) -> Option<&TextColumn> {
        let (users, groups) = (self.directory.users(), self.directory.groups());
        Some(match (field, self.subject) {
            (Field::Id, Entity::User) => &users.id,
            (Field::Id, Entity::Group) => &groups.id,
            (Field::Username, _) => &users.username,
            (Field::Email, _) => &users.email,
            (Field::FirstName, _) => users.first_name.folded(),
            (Field::LastName, _) => users.last_name.folded(),
            (Field::Language, _) => &users.language,
            (Field::Timezone, _) => &users.timezone,
            (Field::Name, _) => &groups.name,
            (Field::Description, _) => &groups.description,
            (Field::Type, _) => &groups.kind,
            _ => return None,
        })
    }

    /// The column of a field that is one of dates.
    pub(super) fn date_column(&self, field: &Field) -> Option<&InstantColumn> {
        let (users, groups) = (self.directory.users(), self.directory.groups());
        Some(match (field, self.subject) {
            (Field::Created, Entity::User) => &users.created,
            (Field::Created, Entity::Group) => &groups.created,
            (Field::Modified, Entity::User) => &users.modified,
            (Field::Modified, Entity::Group) => &groups.modified,
            (Field::LastLogin, _) => &users.last_login,
            (Field::Expiry, _) => &users.expiry,
            _ => return None,
        })
    }

    pub(super) fn text(&self, column: &TextColumn, comparison: &Comparison, within: &Set) -> Set {
        let Some(test) = TextTest::new(comparison) else {
            return missing(column);
        };
        let mut hits = test.select(column, within);
        if matches!(test, TextTest::Empty) {
            hits.union_with(&missing(column));
        }
        hits
    }

    pub(super) fn date(&self, column: &InstantColumn, comparison: &Comparison, within: &Set) -> Set {
        if is_about_missing(comparison) {
            return self.filter(within, |row| column.get(row).is_none());
        }
        let read = |value: &Value| match value {
            Value::Date(moment) => Some(instant_key(moment.instant(self.now))),
            _ => None,
        };
        let Some(test) = Ordered::new(comparison, &read) else {
            return Set::new(self.rows);
        };
        self.filter(within, |row| {
            column.get(row).is_some_and(|instant| test.holds(instant_key(instant)))
        })
    }

    pub(super) fn flag(&self, flag: fn(Status) -> Option<bool>, comparison: &Comparison, within: &Set) -> Set {
        let column = &self.directory.users().status;
        let (is_true, is_false) = truths(comparison);
        let is_missing = is_about_missing(comparison);
        self.filter(within, |row| match flag(column.get(row)) {
            Some(true) => is_true,
            Some(false) => is_false,
            None => is_missing,
        })
    }

    pub(super) fn standing(&self, comparison: &Comparison, within: &Set) -> Set {
        let Some(test) = TextTest::new(comparison) else {
            return Set::new(self.rows);
        };
        let column = &self.directory.users().status;
        self.filter(within, |row| test.matches(column.get(row).standing().word().as_bytes()))
    }

    pub(super) fn custom(&self, name: &str, comparison: &Comparison, within: &Set) -> Set {
        let columns = match self.subject {
            Entity::User => &self.directory.users().custom,
            Entity::Group => &self.directory.groups().custom,
        };
        let about_missing = is_about_missing(comparison);
        let Some(column) = columns.named(name) else {
            return if about_missing {
                within.clone()
            } else {
                Set::new(self.rows)
            };
        };
        if about_missing {
            let is_empty = |value| *comparison == Comparison::Empty && value == CustomRef::Text("");
            return self.filter(within, |row| column.get(row).is_none_or(is_empty));
        }
        let mut hits = self.text(column.texts(), comparison, within);
        let test = CustomTest::new(comparison);
        let numbers = column
            .numbers()
            .iter()
            .filter(|(_, value)| test.is_true_of_number(*value));
        numbers.for_each(|(row, _)| _ = hits.insert(*row));
        let booleans = column
            .booleans()
            .iter()
            .filter(|(_, value)| test.is_true_of_boolean(*value));
        booleans.for_each(|(row, _)| _ = hits.insert(*row));
        hits
    }

    /// `* FREETEXT`: every word is a whole word of one of the texts.
    pub(super) fn any(&self, comparison: &Comparison) -> Set {
        let Some(TextTest::Words(words)) = TextTest::new(comparison) else {
            return Set::new(self.rows);
        };
        let (users, groups) = (self.directory.users(), self.directory.groups());
        let columns: &[&TextColumn] = match self.subject {
            Entity::User => &[
                users.first_name.folded(),
                users.last_name.folded(),
                &users.username,
                &users.email,
            ],
            Entity::Group => &[&groups.name, &groups.description],
        };
        having_words(columns, &words)
    }

    /// The non-empty ones of first and last name, joined by one space.
    pub(super) fn full_name(&self, comparison: &Comparison, within: &Set) -> Set {
        let users = self.directory.users();
        let mut name = Vec::new();
        // A full name is never an empty text: where there is nothing to join it is missing.
        let Some(test) = TextTest::new(comparison).filter(|test| !matches!(test, TextTest::Empty)) else {
            return self.filter(within, |row| !join_names(users, row, &mut name));
        };
        let mut candidates = within.clone();
        // What has no space in it lies in one of the two names.
        let piece = test
            .needle()
            .and_then(|needle| needle.split(' ').max_by_key(|piece| piece.len()));
        if let Some(piece) = piece.filter(|piece| !piece.is_empty()) {
            let mut hits = Set::new(self.rows);
            users.first_name.folded().contains(piece, within, &mut hits);
            users.last_name.folded().contains(piece, within, &mut hits);
            if matches!(&test, TextTest::Is(Operator::Contains, value) if value == piece) {
                return hits;
            }
            candidates.intersect_with(&hits);
        }
        self.filter(&candidates, |row| {
            join_names(users, row, &mut name) && test.matches(&name)
        })
    }
}

/// Writes the full name of a user, folded; tells whether there is one.
fn join_names(users: &Users, row: u32, name: &mut Vec<u8>) -> bool {
    name.clear();
    let columns = [users.first_name.folded(), users.last_name.folded()];
    let parts = columns.map(|column| column.folded_bytes(row));
    for part in parts.into_iter().flatten().filter(|part| !part.is_empty()) {
        if !name.is_empty() {
            name.push(b' ');
        }
        name.extend_from_slice(part);
    }
    !name.is_empty()
}

/// The rows that have no text.
fn missing(column: &TextColumn) -> Set {
    let mut rows = column.present();
    rows.complement();
    rows
}
