//! What rows are ordered by: one field, as its values lie in memory.

use std::borrow::Cow;
use std::cmp::Ordering;

use super::rank::{self, Ranks};
use crate::directory::{CustomColumn, Directory};
use crate::entity::{Entity, GroupIndex, Status, UserIndex};
use crate::query::Field;
use crate::text::TextColumn;

/// The values of one field, one for each row.
pub(super) enum Column<'a> {
    /// Goes without case.
    Text(Cow<'a, TextColumn>),
    Number(Box<dyn Fn(u32) -> Option<i64> + 'a>),
    /// Booleans, numbers, texts; none where nobody has the field.
    Custom(Option<&'a CustomColumn>),
}

impl Column<'_> {
    /// Ranks that many rows. Cost: O(rows · log rows + bytes).
    pub(super) fn ranks(&self, rows: u32) -> Ranks {
        match self {
            Self::Text(texts) => rank::texts(texts),
            Self::Number(number) => rank::numbers(rows, number),
            Self::Custom(column) => rank::custom(rows, *column),
        }
    }

    /// Whether rows can be compared without ranks.
    pub(super) fn is_comparable(&self) -> bool {
        !matches!(self, Self::Custom(_))
    }

    /// A number for the value of a row: where it is less, so is the value. Cost: O(1), or that of the number.
    pub(super) fn key(&self, row: u32) -> Option<u64> {
        match self {
            Self::Text(texts) => rank::key(texts, row, 0),
            Self::Number(number) => number(row).map(rank::instant_key),
            Self::Custom(_) => None,
        }
    }

    /// How the values of two rows compare. What is missing comes last whichever the direction.
    pub(super) fn compare(&self, one: u32, other: u32, descending: bool) -> Ordering {
        match self {
            Self::Text(texts) => compare(texts.folded_bytes(one), texts.folded_bytes(other), descending),
            Self::Number(number) => compare(number(one), number(other), descending),
            Self::Custom(_) => Ordering::Equal,
        }
    }
}

impl Directory {
    /// The values of a field; none of one that cannot be ordered by.
    pub(super) fn column(&self, entity: Entity, field: &Field) -> Option<Column<'_>> {
        match entity {
            Entity::User => self.user_column(field),
            Entity::Group => self.group_column(field),
        }
    }

    fn user_column(&self, field: &Field) -> Option<Column<'_>> {
        let users = &self.users;
        let flag = |flag: fn(Status) -> Option<bool>| number(move |row| flag(users.status.get(row)).map(i64::from));
        let fact =
            |value: fn(&Self, UserIndex) -> u32| number(move |row| Some(i64::from(value(self, UserIndex::new(row)))));
        Some(match field {
            Field::Id => text(&users.id),
            Field::Username => text(&users.username),
            Field::Email => text(&users.email),
            Field::FirstName => text(users.first_name.folded()),
            Field::LastName => text(users.last_name.folded()),
            Field::FullName => {
                let names = [users.first_name.folded(), users.last_name.folded()];
                Column::Text(Cow::Owned(TextColumn::joined(names)))
            }
            Field::Language => text(&users.language),
            Field::Timezone => text(&users.timezone),
            Field::Created => number(|row| users.created.get(row)),
            Field::Modified => number(|row| users.modified.get(row)),
            Field::LastLogin => number(|row| users.last_login.get(row)),
            Field::Expiry => number(|row| users.expiry.get(row)),
            Field::Suspended => flag(|status| status.suspended),
            Field::Locked => flag(|status| status.locked),
            Field::PasswordResetRequired => flag(|status| status.password_reset_required),
            Field::Status => number(|row| Some(users.status.get(row).standing() as i64)),
            Field::IsAdministrator => number(|row| Some(i64::from(self.administrators().contains(row)))),
            Field::GroupCount => fact(Self::direct_group_count),
            Field::InheritedGroupCount => fact(Self::inherited_group_count),
            Field::Custom(name) => Column::Custom(users.custom.named(name)),
            _ => return None,
        })
    }

    fn group_column(&self, field: &Field) -> Option<Column<'_>> {
        let groups = &self.groups;
        let fact =
            |value: fn(&Self, GroupIndex) -> u32| number(move |row| Some(i64::from(value(self, GroupIndex::new(row)))));
        Some(match field {
            Field::Id => text(&groups.id),
            Field::Name => text(&groups.name),
            Field::Description => text(&groups.description),
            Field::Type => text(&groups.kind),
            Field::Created => number(|row| groups.created.get(row)),
            Field::Modified => number(|row| groups.modified.get(row)),
            Field::UserCount => fact(Self::direct_count),
            Field::InheritedUserCount => fact(|this, group| this.member_count(group) - this.direct_count(group)),
            Field::ManagerCount => fact(Self::manager_count),
            Field::ChildGroupCount => fact(|this, group| this.hierarchy.children(group).len() as u32),
            Field::Depth => fact(|this, group| this.hierarchy.depth(group)),
            Field::InCycle => fact(|this, group| u32::from(this.hierarchy.in_cycle(group))),
            Field::Custom(name) => Column::Custom(groups.custom.named(name)),
            _ => return None,
        })
    }
}

fn text(column: &TextColumn) -> Column<'_> {
    Column::Text(Cow::Borrowed(column))
}

fn number<'a>(value: impl Fn(u32) -> Option<i64> + 'a) -> Column<'a> {
    Column::Number(Box::new(value))
}

fn compare<T: Ord>(one: Option<T>, other: Option<T>, descending: bool) -> Ordering {
    match (one, other) {
        (Some(one), Some(other)) if descending => other.cmp(&one),
        (Some(one), Some(other)) => one.cmp(&other),
        (one, other) => other.is_some().cmp(&one.is_some()),
    }
}
