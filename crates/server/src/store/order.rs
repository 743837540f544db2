//! The order of a list: what is missing comes last whichever the direction, ties go by id.

use membership::entity::Entity;
use membership::query::{Field, OrderTerm};

use super::zenql::Names;

/// `ORDER BY` and what follows. What is `sorted` is put in order by SQLite when it was found: no index is of a `+`.
pub fn of(subject: Entity, order: &[OrderTerm], names: &Names, sorted: bool) -> String {
    let alias = if subject == Entity::User { "u" } else { "g" };
    let default = OrderTerm {
        field: if subject == Entity::User {
            Field::Username
        } else {
            Field::Name
        },
        descending: false,
    };
    let order = if order.is_empty() {
        std::slice::from_ref(&default)
    } else {
        order
    };
    let mut sql = if sorted { " ORDER BY +" } else { " ORDER BY " }.to_owned();
    for term in order {
        let direction = if term.descending { " DESC" } else { "" };
        for key in keys(subject, alias, &term.field, names) {
            sql.push_str(&format!("{key}{direction} NULLS LAST, "));
        }
    }
    // Ids go as all text does, without case; those that are then equal exactly.
    sql.push_str(&format!("{alias}.id_fold, {alias}.id_key"));
    sql
}

/// Whether an index holds users in this order, or does but for ties.
pub fn is_indexed(order: &[OrderTerm]) -> bool {
    order.first().is_none_or(|term| {
        matches!(
            term.field,
            Field::Username | Field::Email | Field::FirstName | Field::LastName | Field::Created | Field::LastLogin
        )
    })
}

/// The expressions that a field's values are ordered by, one after the other.
pub(super) fn keys(subject: Entity, alias: &str, field: &Field, names: &Names) -> Vec<String> {
    let column = |name: &str| vec![format!("{alias}.{name}")];
    match field {
        Field::Id => column("id_fold"),
        Field::Username => column("username_fold"),
        Field::Email => column("email_fold"),
        Field::FirstName => column("first_name_fold"),
        Field::LastName => column("last_name_fold"),
        Field::FullName => column("full_name_fold"),
        Field::Language => column("language_fold"),
        Field::Timezone => column("timezone_fold"),
        Field::Name => column("name_fold"),
        Field::Description => column("description_fold"),
        Field::Type => column("type_fold"),
        Field::Created => column("created"),
        Field::Modified => column("modified"),
        Field::LastLogin => column("last_login"),
        Field::Expiry => column("expiry"),
        Field::Suspended => column("suspended"),
        Field::Locked => column("locked"),
        Field::PasswordResetRequired => column("password_reset_required"),
        Field::Status => vec!["(CASE WHEN u.suspended = 1 THEN 2 WHEN u.locked = 1 THEN 1 ELSE 0 END)".to_owned()],
        Field::UserCount => column("user_count"),
        Field::ChildGroupCount => {
            vec!["(SELECT count(*) FROM nestings n WHERE n.parent_place = g.place)".to_owned()]
        }
        Field::Custom(name) => custom(subject, names.fields.get(name)),
        // Nothing else can be ordered by: the parser refuses it.
        _ => Vec::new(),
    }
}

/// Booleans, then numbers, then texts.
fn custom(subject: Entity, field: Option<&i64>) -> Vec<String> {
    let Some(field) = field else { return Vec::new() };
    let from = match subject {
        Entity::User => format!("FROM user_custom c WHERE c.user_place = u.place AND c.field_place = {field}"),
        Entity::Group => format!("FROM group_custom c WHERE c.group_place = g.place AND c.field_place = {field}"),
    };
    let value = |column: &str| format!("(SELECT {column} {from})");
    // The text of a number or a boolean is how it is written, by which it is searched and not ordered.
    let text = format!("(SELECT c.text_fold {from} AND c.kind = 2)");
    vec![value("c.kind"), value("c.number"), text]
}
