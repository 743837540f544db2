//! Contensis' envelope of a page, its users and its groups.

use membership::entity::{GroupRecord, Status, UserRecord};
use serde_json::Value;

use super::{Item, Page, items};

/// Reads the envelope of a page.
///
/// # Errors
/// Says what stands there instead of a list.
pub fn page(body: &Value) -> Result<Page<'_>, String> {
    let items = items(body, "items")?;
    let size = body
        .get("pageSize")
        .and_then(Value::as_u64)
        .unwrap_or(items.len() as u64);
    Ok(Page {
        items,
        total: body.get("totalCount").and_then(Value::as_u64),
        size,
        next: None,
    })
}

/// Reads a user; the id is the item's.
pub fn user<'a>(item: &mut Item<'a>) -> UserRecord<'a> {
    let status = item.object("status");
    let mut flags = status.map(|value| item.inner("status", value));
    let mut flag = |name: &str| flags.as_mut().and_then(|flags| flags.flag(name));
    let active = flag("active");
    let status = Status {
        suspended: flag("suspended").or(active.map(|active| !active)),
        locked: flag("locked"),
        password_reset_required: flag("passwordResetRequired"),
    };
    if let Some(flags) = flags {
        item.problems.extend(flags.problems);
    }
    UserRecord {
        id: "",
        username: item.text("username"),
        email: item.text("email"),
        // The name was spelled in lower case once.
        first_name: item.text("firstName").or_else(|| item.text("firstname")),
        last_name: item.text("lastName").or_else(|| item.text("lastname")),
        language: item.text("language"),
        timezone: item.text("timezone"),
        created: item.instant("created"),
        modified: item.instant("modified"),
        last_login: item.instant("lastLogin"),
        expiry: item.instant("expiry"),
        status,
        custom: item.custom("custom"),
    }
}

/// Reads a group; the id is the item's.
pub fn group<'a>(item: &mut Item<'a>) -> GroupRecord<'a> {
    GroupRecord {
        id: "",
        name: item.text("name"),
        description: item.text("description"),
        kind: item.text("type"),
        created: item.instant("created"),
        modified: item.instant("modified"),
        custom: item.custom("custom"),
    }
}
