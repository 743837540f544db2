//! Which groups and users the filters leave, by the tree and the evaluator of ZenQL.
//!
//! A filter of several ids, and several filters, all have to hold. Ids that are in no directory leave nothing.

use membership::directory::Directory;
use membership::entity::Entity;
use membership::query::{Comparison, Expr, Field, Operand, Operator, Query, Span, Test, Value};
use membership::set::Set;

use super::envelope::Refusal;
use super::id;
use super::parameters::Parameters;

/// The groups that have all of the users that `has-users` names, and are managed by all that `has-managers` names, or
/// `has-manager` as it was once called.
///
/// # Errors
/// If an id is no UUID.
///
/// Cost: O(groups / 64 + direct groups) for each id, and what finding the ids costs.
pub(super) fn groups(directory: &Directory, parameters: &Parameters<'_>, now: i64) -> Result<Set, Refusal> {
    let mut ids = parameters.ids("has-users", "user")?;
    let members = ids.len();
    ids.extend(parameters.ids("has-managers", "user")?);
    ids.extend(parameters.ids("has-manager", "user")?);
    let users = id::users(directory, &ids).into_iter().enumerate();
    let terms = users.map(|(at, user)| {
        let is_member = at < members;
        let field = if is_member {
            Field::HasDirectMember
        } else {
            Field::HasManager
        };
        Some(names(field, directory.user_id(user?)))
    });
    let Some(terms) = terms.collect::<Option<Vec<_>>>() else {
        return Ok(Set::new(directory.group_count()));
    };
    let found = directory.select_groups(&query(Entity::Group, terms), now);
    found.map_err(|error| Refusal::bad(error.message()))
}

/// The users whom `search`, `has-groups`, `has-access`, `is-admin` and `is-active` leave. Who does not see all sees the
/// active ones.
///
/// # Errors
/// If an id is no UUID, a flag none, or a text to search for too short or too long. `has-access` is about one resource;
/// no directory knows any, so that nobody has access to it.
///
/// Cost: O(bytes of three columns) for a search; O(users / 64 + members) for each group; O(users) for a flag.
pub(super) fn users(
    directory: &Directory,
    parameters: &Parameters<'_>,
    sees_all: bool,
    now: i64,
) -> Result<Set, Refusal> {
    let groups = parameters.ids("has-groups", "group")?;
    let is_active = parameters.filter_flag("is-active")?;
    let mut terms = Vec::new();
    if let Some(text) = parameters.search()? {
        let fields = [Field::Username, Field::FirstName, Field::LastName];
        let contains = |field| test(field, Operator::Contains, Value::Text(text.to_owned()));
        terms.extend(Expr::or(fields.map(contains).into()));
    }
    match parameters.ids("has-access", "resource")?.len() {
        0 => {}
        1 => return Err(Refusal::new(403, "You are not authorized to access that location.")),
        _ => {
            let says = "Invalid filter. Only one resource id is allowed for filter has-access.";
            return Err(Refusal::new(400, says));
        }
    }
    // It is enough to mention it.
    if parameters.mentions_filter("is-admin") {
        terms.push(is(Field::IsAdministrator));
    }
    match is_active.filter(|_| sees_all).or((!sees_all).then_some(true)) {
        None => {}
        Some(true) => terms.push(Expr::Not(Box::new(is(Field::Suspended)))),
        Some(false) => terms.push(is(Field::Suspended)),
    }
    for group in id::groups(directory, &groups) {
        let Some(group) = group else {
            return Ok(Set::new(directory.user_count()));
        };
        terms.push(names(Field::DirectMemberOf, directory.group_id(group)));
    }
    let found = directory.select_users(&query(Entity::User, terms), now);
    found.map_err(|error| Refusal::bad(error.message()))
}

fn query(subject: Entity, terms: Vec<Expr>) -> Query {
    Query {
        subject,
        expr: Expr::and(terms),
        order: Vec::new(),
    }
}

/// The field names whoever has this id, which identifies before any name does.
fn names(field: Field, id: &str) -> Expr {
    test(field, Operator::Equal, Value::Text(id.to_owned()))
}

fn is(flag: Field) -> Expr {
    test(flag, Operator::Equal, Value::Boolean(true))
}

fn test(field: Field, operator: Operator, value: Value) -> Expr {
    let at = Span::default();
    let comparison = Comparison::Is(operator, Operand { value, at });
    Expr::Test(Test { field, comparison })
}
