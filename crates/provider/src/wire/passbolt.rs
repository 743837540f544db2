//! Passbolt's envelope, its users and its groups.

use membership::entity::{GroupRecord, Status, UserRecord};
use serde_json::Value;

use super::{Item, Page, items};

/// Reads the envelope of a list.
///
/// # Errors
/// Says what stands there instead of a list.
pub fn page(body: &Value) -> Result<Page<'_>, String> {
    let items = items(body, "body")?;
    let pagination = body.get("header").and_then(|header| header.get("pagination"));
    let limit = pagination
        .and_then(|pagination| pagination.get("limit"))
        .and_then(Value::as_u64);
    let count = pagination
        .and_then(|pagination| pagination.get("count"))
        .and_then(Value::as_u64);
    Ok(Page {
        items,
        // Without a limit everything is in one answer.
        total: limit.map_or(Some(items.len() as u64), |_| count),
        size: u64::MAX,
        next: None,
    })
}

/// Reads a user, as of a time; the id is the item's. None if there is no such user any more.
pub fn user<'a>(item: &mut Item<'a>, now: i64) -> Option<UserRecord<'a>> {
    if item.flag("deleted") == Some(true) {
        return None;
    }
    let active = item.flag("active");
    let disabled = item.instant("disabled");
    Some(UserRecord {
        username: item.text("username"),
        email: item.text("username"),
        first_name: item.nested_text("profile", "first_name"),
        last_name: item.nested_text("profile", "last_name"),
        created: item.instant("created"),
        modified: item.instant("modified"),
        last_login: item.instant("last_logged_in"),
        status: Status {
            suspended: Some(active == Some(false) || disabled.is_some_and(|disabled| disabled <= now)),
            ..Status::default()
        },
        ..UserRecord::default()
    })
}

/// Reads a group; the id is the item's. None if there is no such group any more.
pub fn group<'a>(item: &mut Item<'a>) -> Option<GroupRecord<'a>> {
    if item.flag("deleted") == Some(true) {
        return None;
    }
    Some(GroupRecord {
        name: item.text("name"),
        created: item.instant("created"),
        modified: item.instant("modified"),
        ..GroupRecord::default()
    })
}
