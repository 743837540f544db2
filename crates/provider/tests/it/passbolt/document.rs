//! The objects of the vendor's OpenAPI document (3.1, version 5.0.0 of the API), and where a value differs from them.

use std::collections::BTreeSet;

use membership::instant;
use serde_json::Value;
use uuid::Uuid;

/// A property: its name, its type, `!` if it is required, `?` if it may be null.
type Object = &'static [&'static str];

const HEADER: Object = &[
    "id uuid !",
    "status text !",
    "servertime number !",
    "action uuid !",
    "message text !",
    "url text !",
    "code number !",
];
const PAGED: Object = &[
    "id uuid !",
    "status text !",
    "servertime number !",
    "action uuid !",
    "message text !",
    "url text !",
    "code number !",
    "pagination pagination !",
];
const PAGINATION: Object = &["count number !", "page number !", "limit number !?"];
const GROUP: Object = &[
    "id uuid !",
    "name text !",
    "deleted flag !",
    "created date !",
    "modified date !",
    "created_by uuid !",
    "modified_by uuid !",
    "my_group_user membership",
    "groups_users [membership",
    "user_count number",
];
const MEMBERSHIP: Object = &[
    "id uuid !",
    "group_id uuid !",
    "user_id uuid !",
    "is_admin flag !",
    "created date !",
    "user user",
];
const USER: Object = &[
    "id uuid !",
    "role_id uuid !",
    "username text !",
    "active flag !",
    "deleted flag !",
    "created date !",
    "modified date !",
    "disabled date !?",
    "profile profile",
    "groups_users membership",
    "gpgkey gpgkey ?",
    "role role",
    "missing_metadata_key_ids [uuid",
    "last_logged_in date ?",
    "is_mfa_enabled flag",
];
const PROFILE: Object = &[
    "id uuid !",
    "user_id uuid !",
    "first_name text !",
    "last_name text !",
    "created date !",
    "modified date !",
    "avatar avatar !",
];
const ROLE: Object = &[
    "id uuid !",
    "name text !",
    "description text !",
    "created date !",
    "modified date !",
];

/// Notes where a value is not what the document says, as `object.property: how`.
pub fn differences(kind: &str, value: &Value, notes: &mut BTreeSet<String>) {
    let object = match kind {
        "header" => HEADER,
        "paged" => PAGED,
        "pagination" => PAGINATION,
        "group" => GROUP,
        "membership" => MEMBERSHIP,
        "user" => USER,
        "profile" => PROFILE,
        "role" => ROLE,
        _ => panic!("no object is called {kind}"),
    };
    let fields = value
        .as_object()
        .unwrap_or_else(|| panic!("{kind} is an object, not {value}"));
    for property in object {
        let mut words = property.split(' ');
        let (name, of, marks) = (
            words.next().unwrap(),
            words.next().unwrap(),
            words.next().unwrap_or_default(),
        );
        let Some(value) = fields.get(name) else {
            if marks.contains('!') {
                notes.insert(format!("{kind}.{name}: absent"));
            }
            continue;
        };
        match (value, of.strip_prefix('[')) {
            (Value::Null, _) if marks.contains('?') => {}
            (Value::Null, _) => {
                notes.insert(format!("{kind}.{name}: null"));
            }
            (Value::Array(items), Some(of)) => items.iter().for_each(|item| differences(of, item, notes)),
            (Value::Array(items), None) => {
                notes.insert(format!("{kind}.{name}: a list"));
                items.iter().for_each(|item| differences(of, item, notes));
            }
            (Value::Object(_), None) => differences(of, value, notes),
            _ => assert!(is(value, of), "{kind}.{name} is {value}"),
        }
    }
    for name in fields.keys() {
        if !object.iter().any(|property| property.split(' ').next() == Some(name)) {
            notes.insert(format!("{kind}.{name}: not in the document"));
        }
    }
}

fn is(value: &Value, of: &str) -> bool {
    let text = value.as_str().unwrap_or_default();
    match of {
        "uuid" => Uuid::parse_str(text).is_ok_and(|id| id.to_string() == text),
        "date" => {
            instant::parse(text).is_some()
                && text.len() == "2024-07-08T10:13:20+00:00".len()
                && text.ends_with("+00:00")
        }
        "text" => value.is_string(),
        "number" => value.is_u64(),
        "flag" => value.is_boolean(),
        _ => false,
    }
}
