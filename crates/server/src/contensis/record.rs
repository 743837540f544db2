//! The documented models of a user and of a group: what is known of them, and nothing else.

use membership::instant;
use serde_json::{Map, Value, json};

use crate::store::{Custom, Group, Page, User};

/// A user.
pub(super) fn user(user: &User) -> Value {
    let mut record = Map::new();
    record.insert("id".to_owned(), json!(user.id));
    known(&mut record, "username", user.username.as_deref());
    known(&mut record, "email", user.email.as_deref());
    known(&mut record, "firstName", user.first_name.as_deref());
    known(&mut record, "lastName", user.last_name.as_deref());
    known(&mut record, "timezone", user.timezone.as_deref());
    known(&mut record, "language", user.language.as_deref());
    custom(&mut record, &user.custom);
    let mut status = Map::new();
    known(&mut status, "suspended", user.status.suspended);
    known(&mut status, "locked", user.status.locked);
    known(
        &mut status,
        "passwordResetRequired",
        user.status.password_reset_required,
    );
    known(
        &mut record,
        "status",
        (!status.is_empty()).then_some(Value::Object(status)),
    );
    known(&mut record, "created", user.created.map(date));
    known(&mut record, "modified", user.modified.map(date));
    known(&mut record, "lastLogin", user.last_login.map(date));
    known(&mut record, "expiry", user.expiry.map(date));
    Value::Object(record)
}

/// A group; its counts are those of direct users and direct children.
pub(super) fn group(group: &Group) -> Value {
    let mut record = Map::new();
    record.insert("id".to_owned(), json!(group.id));
    known(&mut record, "name", group.name.as_deref());
    known(&mut record, "description", group.description.as_deref());
    known(&mut record, "type", group.kind.as_deref());
    record.insert("userCount".to_owned(), json!(group.user_count));
    record.insert("childGroupCount".to_owned(), json!(group.child_group_count));
    custom(&mut record, &group.custom);
    known(&mut record, "created", group.created.map(date));
    known(&mut record, "modified", group.modified.map(date));
    Value::Object(record)
}

/// The documented envelope.
pub(super) fn page<T>(page: &Page<T>, index: i64, size: i64, item: fn(&T) -> Value) -> Value {
    json!({
        "pageIndex": index,
        "pageSize": size,
        "totalCount": page.total,
        "pageCount": (page.total + size - 1) / size,
        "items": page.items.iter().map(item).collect::<Vec<_>>(),
    })
}

fn known(record: &mut Map<String, Value>, key: &str, value: Option<impl Into<Value>>) {
    if let Some(value) = value {
        record.insert(key.to_owned(), value.into());
    }
}

fn custom(record: &mut Map<String, Value>, fields: &[(String, Custom)]) {
    let values = fields.iter().filter_map(|(name, value)| {
        let value = match value {
            Custom::Text(text) => json!(text),
            Custom::Boolean(truth) => json!(truth),
            // A whole number is written as one; JSON has no word for what is not finite.
            Custom::Number(number) if number.fract() == 0.0 && number.abs() < 9e15 => json!(*number as i64),
            Custom::Number(number) => Value::Number(serde_json::Number::from_f64(*number)?),
        };
        Some((name.clone(), value))
    });
    let values: Map<String, Value> = values.collect();
    if !fields.is_empty() {
        record.insert("custom".to_owned(), Value::Object(values));
    }
}

/// An instant as the vendor writes it: in UTC and always with milliseconds.
fn date(instant: i64) -> String {
    let text = instant::format(instant);
    match text.strip_suffix('Z') {
        Some(seconds) if !text.contains('.') => format!("{seconds}.000Z"),
        _ => text,
    }
}
