//! Reading: groups, users and roles. Each answer takes a fixed number of statements, however many records it has.

use membership::entity::Entity;
use membership::query::Field;

use super::envelope::{Body, Pagination, Refusal};
use super::parameters::Parameters;
use super::record::{GroupParts, Records, UserParts, role};
use super::{Call, place_of};
use crate::store::{Condition, Scope, Store, stand_in};

/// A list that is not paginated.
const ALL: Scope = Scope {
    offset: 0,
    limit: i64::MAX,
};

/// Every group that the filters leave.
pub(super) async fn groups(store: &Store, call: &Call<'_>, parameters: &Parameters<'_>) -> Result<Body, Refusal> {
    let parts = GroupParts::read(parameters)?;
    let order = parameters.order_of_groups()?;
    let condition = group_filter(store, parameters).await?;
    let groups = store.groups_where(&condition, &order, ALL).await?.items;
    let places: Vec<i64> = groups.iter().map(|group| group.place).collect();
    let records = Records::of_groups(store, &places, parts, place_of(call.caller)).await?;
    let groups: Vec<_> = groups.iter().map(|group| records.group(group, parts)).collect();
    Ok(Body::of(&groups))
}

/// One group.
pub(super) async fn group(
    store: &Store,
    call: &Call<'_>,
    id: &str,
    parameters: &Parameters<'_>,
) -> Result<Body, Refusal> {
    let id = stand_in::told(id).ok_or_else(|| Refusal::new(400, "The group id is not valid."))?;
    let parts = GroupParts::read(parameters)?;
    let place = find_group(store, id).await?;
    group_at(store, call, place, parts).await
}

/// The group of a place.
pub(super) async fn group_at(store: &Store, call: &Call<'_>, place: i64, parts: GroupParts) -> Result<Body, Refusal> {
    let group = store.group(place).await?.ok_or_else(no_group)?;
    let records = Records::of_groups(store, &[place], parts, place_of(call.caller)).await?;
    Ok(Body::of(&records.group(&group, parts)))
}

/// The place of the group of a UUID in lower case.
pub(super) async fn find_group(store: &Store, id: String) -> Result<i64, Refusal> {
    let found = store.places_of_uuids(Entity::Group, &[id]).await?.pop().flatten();
    found.ok_or_else(no_group)
}

fn no_group() -> Refusal {
    Refusal::new(404, "The group does not exist.")
}

/// A page of the users whom the filters leave, or all of them.
pub(super) async fn users(store: &Store, call: &Call<'_>, parameters: &Parameters<'_>) -> Result<Body, Refusal> {
    let parts = UserParts::read(parameters)?;
    let order = parameters.order_of_users()?;
    let (page, limit) = parameters.page()?;
    let sees_all = store.is_administrator(call.caller).await?;
    let condition = user_filter(store, parameters, sees_all).await?;
    let scope = match limit {
        Some(limit) => Scope {
            offset: limit * (page - 1),
            limit,
        },
        None => ALL,
    };
    let users = store.users_where(&condition, &order, scope).await?;
    let count = users.total;
    // The first page is always there; without a limit it is the only one.
    let is_there = page == 1 || limit.is_some() && scope.offset < count;
    if !is_there {
        return Err(Refusal::new(404, "Not Found"));
    }
    let users = users.items;
    let places: Vec<i64> = users.iter().map(|user| user.place).collect();
    let records = Records::of_users(store, &places, parts).await?;
    let users: Vec<_> = users.iter().map(|user| records.user(user, parts)).collect();
    Ok(Body::of(&users).paged(Pagination { count, page, limit }))
}

/// One user, or the caller.
pub(super) async fn user(
    store: &Store,
    call: &Call<'_>,
    id: &str,
    parameters: &Parameters<'_>,
) -> Result<Body, Refusal> {
    let id = match id {
        "me" => None,
        id => Some(stand_in::told(id).ok_or_else(|| Refusal::new(400, "The user id is not valid."))?),
    };
    let parts = UserParts::read(parameters)?;
    let place = match id {
        None => place_of(call.caller),
        Some(id) => store.places_of_uuids(Entity::User, &[id]).await?.pop().flatten(),
    };
    let missing = || Refusal::new(404, "The user does not exist.");
    let place = place.ok_or_else(missing)?;
    let user = store.users_at(&[place]).await?.remove(&place).ok_or_else(missing)?;
    let records = Records::of_users(store, &[place], parts).await?;
    Ok(Body::of(&records.user(&user, parts)))
}

/// The roles that every instance has; to an administrator with how many users have each, if that is asked for.
pub(super) async fn roles(store: &Store, call: &Call<'_>, parameters: &Parameters<'_>) -> Result<Body, Refusal> {
    let counted = parameters.contain(&["user_count"])? == Some(true);
    let counts = if counted && store.is_administrator(call.caller).await? {
        let administrators = store.administrator_places().await?.len() as i64;
        Some([administrators, 0, store.user_count().await? - administrators])
    } else {
        None
    };
    let names = ["admin", "guest", "user"].into_iter().enumerate();
    let roles: Vec<_> = names
        .map(|(at, name)| role(name, counts.map(|counts| counts[at])))
        .collect();
    Ok(Body::of(&roles))
}

/// The groups that have all users that `has-users` names, and are managed by all that `has-managers` names, or
/// `has-manager` as it was once called. Who is not there is in no group.
async fn group_filter(store: &Store, parameters: &Parameters<'_>) -> Result<Condition, Refusal> {
    let mut ids = parameters.ids("has-users", "user")?;
    let members = ids.len();
    ids.extend(parameters.ids("has-managers", "user")?);
    ids.extend(parameters.ids("has-manager", "user")?);
    let places = store.places_of_uuids(Entity::User, &ids).await?;
    let term = |(at, place): (usize, Option<i64>)| {
        let field = if at < members {
            Field::HasDirectMember
        } else {
            Field::HasManager
        };
        place.map_or_else(Condition::never, |place| Condition::Stands(field, place))
    };
    Ok(Condition::All(places.into_iter().enumerate().map(term).collect()))
}

/// The users whom `search`, `has-groups`, `has-access`, `is-admin` and `is-active` leave. Who does not see all sees the
/// active ones. The directory knows no resources: nobody has access to one.
async fn user_filter(store: &Store, parameters: &Parameters<'_>, sees_all: bool) -> Result<Condition, Refusal> {
    let groups = parameters.ids("has-groups", "group")?;
    let is_active = parameters.filter_flag("is-active")?;
    let mut terms = Vec::new();
    if let Some(text) = parameters.search()? {
        let fields = vec![Field::Username, Field::FirstName, Field::LastName];
        terms.push(Condition::Contains(fields, text.to_owned()));
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
    if parameters.last("filter[is-admin]").is_some() {
        let group = store.administrators().await?;
        terms.push(group.map_or_else(Condition::never, |group| Condition::Stands(Field::MemberOf, group)));
    }
    if !sees_all {
        terms.push(Condition::Suspended(false));
    } else if let Some(is_active) = is_active {
        terms.push(Condition::Suspended(!is_active));
    }
    let groups = store.places_of_uuids(Entity::Group, &groups).await?;
    let term = |place: Option<i64>| {
        place.map_or_else(Condition::never, |place| {
            Condition::Stands(Field::DirectMemberOf, place)
        })
    };
    terms.extend(groups.into_iter().map(term));
    Ok(Condition::All(terms))
}
