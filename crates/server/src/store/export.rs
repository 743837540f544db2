//! The whole directory out of the database, as a directory file.

use membership::instant;
use serde_json::{Map, Value, json};
use sqlx::Row;

use super::record::{Custom, GROUP, Group, USER, User};
use super::{Answer, Store};

impl Store {
    /// The directory file. Cost: O(facts), and all of them in memory.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn to_json(&self) -> Answer<String> {
        let mut transaction = self.pool.begin().await?;
        let rows = sqlx::query(&format!("SELECT {USER} FROM users u ORDER BY u.place"))
            .fetch_all(&mut *transaction)
            .await?;
        let mut users = rows.iter().map(User::read).collect::<Result<Vec<_>, _>>()?;
        let rows = sqlx::query(&format!("SELECT {GROUP} FROM groups g ORDER BY g.place"))
            .fetch_all(&mut *transaction)
            .await?;
        let mut groups = rows.iter().map(Group::read).collect::<Result<Vec<_>, _>>()?;
        let memberships = sqlx::query(
            "SELECT g.id, u.id, m.is_manager FROM memberships m JOIN groups g ON g.place = m.group_place \
             JOIN users u ON u.place = m.user_place ORDER BY m.group_place, m.user_place",
        );
        let memberships = memberships.fetch_all(&mut *transaction).await?;
        let nestings = sqlx::query(
            "SELECT p.id, c.id FROM nestings n JOIN groups p ON p.place = n.parent_place \
             JOIN groups c ON c.place = n.child_place ORDER BY n.parent_place, n.child_place",
        );
        let nestings = nestings.fetch_all(&mut *transaction).await?;
        transaction.commit().await?;
        self.add_user_custom(&mut users).await?;
        self.add_group_custom(&mut groups).await?;
        let text = |row: &sqlx::any::AnyRow, at: usize| row.try_get::<String, _>(at);
        let memberships = memberships.iter().map(|row| {
            let mut fact = json!({"group": text(row, 0)?, "user": text(row, 1)?});
            if row.try_get::<i64, _>(2)? == 1 {
                fact["isAdmin"] = json!(true);
            }
            Ok(fact)
        });
        let nestings = nestings
            .iter()
            .map(|row| Ok(json!({"parent": text(row, 0)?, "child": text(row, 1)?})));
        let file = json!({
            "format": "rollcall/1",
            "users": users.iter().map(user).collect::<Vec<_>>(),
            "groups": groups.iter().map(group).collect::<Vec<_>>(),
            "memberships": memberships.collect::<Result<Vec<_>, sqlx::Error>>()?,
            "nestings": nestings.collect::<Result<Vec<_>, sqlx::Error>>()?,
        });
        Ok(file.to_string())
    }
}

fn user(user: &User) -> Value {
    let status = json!({
        "suspended": user.status.suspended,
        "locked": user.status.locked,
        "passwordResetRequired": user.status.password_reset_required,
    });
    json!({
        "id": user.id, "username": user.username, "email": user.email, "firstName": user.first_name,
        "lastName": user.last_name, "language": user.language, "timezone": user.timezone,
        "created": user.created.map(instant::format), "modified": user.modified.map(instant::format),
        "lastLogin": user.last_login.map(instant::format), "expiry": user.expiry.map(instant::format),
        "status": status, "custom": custom(&user.custom),
    })
}

fn group(group: &Group) -> Value {
    json!({
        "id": group.id, "name": group.name, "description": group.description, "type": group.kind,
        "created": group.created.map(instant::format), "modified": group.modified.map(instant::format),
        "custom": custom(&group.custom),
    })
}

fn custom(fields: &[(String, Custom)]) -> Value {
    let values = fields.iter().map(|(name, value)| {
        let value = match value {
            Custom::Text(text) => json!(text),
            Custom::Number(number) => json!(number),
            Custom::Boolean(truth) => json!(truth),
        };
        (name.clone(), value)
    });
    Value::Object(values.collect::<Map<_, _>>())
}
