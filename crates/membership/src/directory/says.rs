//! Facts as a directory file says them: JSON on one line.

use crate::json::quoted;

pub fn membership(group: &str, user: &str) -> String {
    format!("{{\"group\":{},\"user\":{}}}", quoted(group), quoted(user))
}

pub fn nesting(parent: &str, child: &str) -> String {
    format!("{{\"parent\":{},\"child\":{}}}", quoted(parent), quoted(child))
}

pub fn manager(group: &str, user: &str) -> String {
    format!("{{\"id\":{},\"managers\":[{}]}}", quoted(group), quoted(user))
}

/// A user or a group of whom nothing but the id is of interest.
pub fn item(id: &str) -> String {
    format!("{{\"id\":{}}}", quoted(id))
}
