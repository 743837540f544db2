//! How lists are sorted: the vendor's parameters read into terms that the directory sorts by.

use membership::query::{Field, OrderTerm};

use super::envelope::Refusal;
use super::parameters::Parameters;

/// The order of groups: `order[]=Group.name`, perhaps with a direction, or a direction alone. By name if none is given.
///
/// # Errors
/// If it is anything else.
pub(super) fn of_groups(parameters: &Parameters<'_>) -> Result<Vec<OrderTerm>, Refusal> {
    let read = |value: &str| {
        let descending = match value {
            "ASC" | "Group.name" | "Group.name ASC" => false,
            "DESC" | "Group.name DESC" => true,
            _ => return Err(refused(value)),
        };
        let field = Field::Name;
        Ok(OrderTerm { field, descending })
    };
    parameters.orders().map(read).collect()
}

/// The order of users: `sort` with `direction`, else `sort[field]`, else the older `order`. By username if none is given.
///
/// # Errors
/// If a field is none that the vendor sorts by, or a direction is none.
pub(super) fn of_users(parameters: &Parameters<'_>) -> Result<Vec<OrderTerm>, Refusal> {
    if let Some(field) = parameters.last("sort") {
        let direction = parameters.last("direction").unwrap_or("asc");
        return Ok(vec![term(field, direction)?]);
    }
    let sorts = parameters.sorts().map(|(field, direction)| term(field, direction));
    let sorts = sorts.collect::<Result<Vec<_>, _>>()?;
    if !sorts.is_empty() {
        return Ok(sorts);
    }
    let read = |value: &str| match value.split_once(' ') {
        None => term(value, "asc"),
        Some((field, "ASC")) => term(field, "asc"),
        Some((field, "DESC")) => term(field, "desc"),
        Some(_) => Err(refused(value)),
    };
    parameters.orders().map(read).collect()
}

fn term(field: &str, direction: &str) -> Result<OrderTerm, Refusal> {
    let (model, column) = field.split_once('.').unwrap_or((field, ""));
    let field = match (model, column) {
        ("Users" | "User", "username") => Field::Username,
        ("Users" | "User", "created") => Field::Created,
        ("Users" | "User", "modified") => Field::Modified,
        ("Users" | "User", "last_logged_in") => Field::LastLogin,
        ("Profiles" | "Profile", "first_name") => Field::FirstName,
        ("Profiles" | "Profile", "last_name") => Field::LastName,
        // No directory tells the times of a profile; a field that nothing has leaves the rows in the order of their ids.
        ("Profiles" | "Profile", "created" | "modified") => Field::MemberOf,
        _ => return Err(refused(field)),
    };
    let descending = direction.eq_ignore_ascii_case("desc");
    if descending || direction.eq_ignore_ascii_case("asc") {
        Ok(OrderTerm { field, descending })
    } else {
        Err(refused(direction))
    }
}

fn refused(value: &str) -> Refusal {
    Refusal::bad(format!(
        "Invalid order. \"{value}\" is not in the list of allowed order."
    ))
}
