//! Tulip's envelope of a page, its users and its groups.

use membership::entity::{GroupRecord, Status, UserRecord};
use serde_json::Value;

use super::{Item, Page, items};

/// Reads the envelope of a page.
///
/// # Errors
/// Says what stands there instead of a list.
pub fn page(body: &Value) -> Result<Page<'_>, String> {
    let items = items(body, "items")?;
    Ok(Page {
        items,
        total: body.get("count").and_then(Value::as_u64),
        size: items.len() as u64,
        next: body.get("nextPage").and_then(Value::as_str),
    })
}

/// Reads a user; the id is the item's, and the list that it is in tells whether it is archived.
pub fn user<'a>(item: &mut Item<'a>, archived: Option<bool>) -> UserRecord<'a> {
    let full = item.nested_text("name", "full").unwrap_or_default().trim();
    let (first, last) = match full.rsplit_once(' ') {
        Some((first, last)) => (Some(first.trim_end()), Some(last)),
        None => (Some(full).filter(|full| !full.is_empty()), None),
    };
    UserRecord {
        username: item.text("badgeId"),
        email: item.nested_text("email", "address"),
        first_name: first,
        last_name: last,
        language: item.text("language"),
        created: item.nested_instant("created", "at"),
        modified: item.nested_instant("lastModified", "at"),
        status: Status {
            suspended: archived,
            ..Status::default()
        },
        ..UserRecord::default()
    }
}

/// Reads a group; the id is the item's.
pub fn group<'a>(item: &mut Item<'a>) -> GroupRecord<'a> {
    GroupRecord {
        name: item.text("name"),
        description: item.text("description"),
        created: item.nested_instant("created", "at"),
        modified: item.nested_instant("lastModified", "at"),
        ..GroupRecord::default()
    }
}
