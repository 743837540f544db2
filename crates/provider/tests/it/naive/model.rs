//! The directory as plain lists of facts, and as the text of a directory file: all that the two sides share.

use serde_json::{Map, Value, json};

use super::calendar;

/// What a user or a group carries beside the known fields.
pub type Custom = Vec<(String, Value)>;

#[derive(Clone, Debug, Default)]
pub struct User {
    pub id: String,
    pub username: Option<String>,
    pub email: Option<String>,
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    pub language: Option<String>,
    pub timezone: Option<String>,
    /// Milliseconds since 1970, UTC; so are all dates here.
    pub created: Option<i64>,
    pub modified: Option<i64>,
    pub last_login: Option<i64>,
    pub expiry: Option<i64>,
    pub suspended: Option<bool>,
    pub locked: Option<bool>,
    pub password_reset_required: Option<bool>,
    pub custom: Custom,
}

#[derive(Clone, Debug, Default)]
pub struct Group {
    pub id: String,
    pub name: Option<String>,
    pub description: Option<String>,
    pub kind: Option<String>,
    pub created: Option<i64>,
    pub modified: Option<i64>,
    pub custom: Custom,
}

#[derive(Clone, Debug)]
pub struct Membership {
    pub group: String,
    pub user: String,
    pub is_admin: bool,
}

#[derive(Clone, Debug)]
pub struct Nesting {
    pub parent: String,
    pub child: String,
}

/// The facts as they are told: twice, dangling, in circles.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    pub users: Vec<User>,
    pub groups: Vec<Group>,
    pub memberships: Vec<Membership>,
    pub nestings: Vec<Nesting>,
}

impl Facts {
    /// The text of a directory file. What is missing is left out of every other record, and null in the rest.
    pub fn to_json(&self) -> String {
        let users = self.users.iter().enumerate();
        let groups = self.groups.iter().enumerate();
        let memberships = self.memberships.iter();
        let nestings = self.nestings.iter();
        let file = json!({
            "format": "rollcall/1",
            "users": users.map(|(place, user)| user.to_json(place % 2 == 0)).collect::<Vec<_>>(),
            "groups": groups.map(|(place, group)| group.to_json(place % 2 == 0)).collect::<Vec<_>>(),
            "memberships": memberships
                .map(|it| json!({"group": it.group, "user": it.user, "isAdmin": it.is_admin}))
                .collect::<Vec<_>>(),
            "nestings": nestings.map(|it| json!({"parent": it.parent, "child": it.child})).collect::<Vec<_>>(),
        });
        file.to_string()
    }
}

impl User {
    fn to_json(&self, bare: bool) -> Value {
        let status = vec![
            ("suspended", json!(self.suspended)),
            ("locked", json!(self.locked)),
            ("passwordResetRequired", json!(self.password_reset_required)),
        ];
        let fields = vec![
            ("id", json!(self.id)),
            ("username", json!(self.username)),
            ("email", json!(self.email)),
            ("firstName", json!(self.first_name)),
            ("lastName", json!(self.last_name)),
            ("language", json!(self.language)),
            ("timezone", json!(self.timezone)),
            ("created", date(self.created)),
            ("modified", date(self.modified)),
            ("lastLogin", date(self.last_login)),
            ("expiry", date(self.expiry)),
            ("status", object(status, bare)),
            ("custom", Value::Object(self.custom.iter().cloned().collect())),
        ];
        object(fields, bare)
    }
}

impl Group {
    fn to_json(&self, bare: bool) -> Value {
        let fields = vec![
            ("id", json!(self.id)),
            ("name", json!(self.name)),
            ("description", json!(self.description)),
            ("type", json!(self.kind)),
            ("created", date(self.created)),
            ("modified", date(self.modified)),
            ("custom", Value::Object(self.custom.iter().cloned().collect())),
        ];
        object(fields, bare)
    }
}

/// A date as Contensis and the directory file write it.
pub fn date(instant: Option<i64>) -> Value {
    json!(instant.map(calendar::written))
}

/// An object of these fields, those that are null left out if it is to be bare.
pub fn object(fields: Vec<(&str, Value)>, bare: bool) -> Value {
    let kept = fields.into_iter().filter(|(_, value)| !(bare && value.is_null()));
    Value::Object(
        kept.map(|(name, value)| (name.to_owned(), value))
            .collect::<Map<_, _>>(),
    )
}
