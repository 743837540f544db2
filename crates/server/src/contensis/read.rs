//! Reading: single records, lists by the page, and the two checks.

use axum::http::StatusCode;
use membership::query::{self, OrderTerm, Query, QueryError};

use super::refusal::Refusal;
use super::{Call, find_group, find_user, no_content, record};
use crate::reply::Reply;
use crate::store::{GroupList, Scope, Store, UserList};
use crate::target::{Target, decode};

/// The items of a page, where nothing is asked.
const PAGE_SIZE: i64 = 25;
/// The most items of a page.
const LARGEST_PAGE: i64 = 1_000;
/// The last page that can be asked for.
const LAST_PAGE: i64 = 2_147_483_647;

/// Which page is asked for, and how many items it has.
struct Paging {
    index: i64,
    size: i64,
}

impl Paging {
    fn read(target: &Target<'_>) -> Result<Self, Refusal> {
        Ok(Self {
            index: number(target, "pageIndex", 0, 0, LAST_PAGE)?,
            size: number(target, "pageSize", PAGE_SIZE, 1, LARGEST_PAGE)?,
        })
    }

    fn scope(&self) -> Scope {
        Scope {
            offset: self.index * self.size,
            limit: self.size,
        }
    }
}

fn number(target: &Target<'_>, name: &'static str, default: i64, least: i64, most: i64) -> Result<i64, Refusal> {
    let Some(value) = target.last_in_any_case(name) else {
        return Ok(default);
    };
    let digits = value.bytes().all(|byte| byte.is_ascii_digit());
    let number = digits.then(|| value.parse().ok()).flatten();
    number.filter(|number| (least..=most).contains(number)).ok_or_else(|| {
        let expected = format!("a whole number from {least} to {most}");
        Refusal::wrong(name, value, &expected, format!("`{name}` must be {expected}"))
    })
}

fn flag(target: &Target<'_>, name: &'static str) -> Result<bool, Refusal> {
    match target.last_in_any_case(name) {
        None => Ok(false),
        Some(value) if value.eq_ignore_ascii_case("false") => Ok(false),
        Some(value) if value.eq_ignore_ascii_case("true") => Ok(true),
        Some(value) => {
            let expected = "`true` or `false`";
            Err(Refusal::wrong(
                name,
                value,
                expected,
                format!("`{name}` must be {expected}"),
            ))
        }
    }
}

/// Reads `order`.
fn order(target: &Target<'_>, read: fn(&str) -> Result<Vec<OrderTerm>, QueryError>) -> Result<Vec<OrderTerm>, Refusal> {
    read(target.parameter("order").unwrap_or_default()).map_err(|error| Refusal::query("order", error))
}

/// Reads `zenQL`.
fn zenql(target: &Target<'_>, read: fn(&str) -> Result<Query, QueryError>) -> Result<Query, Refusal> {
    read(target.parameter("zenQL").unwrap_or_default()).map_err(|error| Refusal::query("zenQL", error))
}

/// The groups of `excludedGroups`, by place.
async fn excluded(store: &Store, target: &Target<'_>) -> Result<Vec<i64>, Refusal> {
    let list = target.parameter("excludedGroups").unwrap_or_default();
    let mut places = Vec::new();
    for item in list.split(',').filter(|item| !item.is_empty()) {
        places.push(find_group(store, item).await?);
    }
    Ok(places)
}

/// One user.
pub(super) async fn user(store: &Store, call: &Call<'_>, user: &str) -> Result<Reply, Refusal> {
    let place = find_user(store, call.caller, user).await?;
    let found = store.user(place).await?.ok_or_else(|| Refusal::missing("user", user))?;
    Ok(Reply::json(StatusCode::OK, record::user(&found)))
}

/// One group.
pub(super) async fn group(store: &Store, group: &str) -> Result<Reply, Refusal> {
    let place = find_group(store, group).await?;
    let found = store
        .group(place)
        .await?
        .ok_or_else(|| Refusal::missing("group", group))?;
    Ok(Reply::json(StatusCode::OK, record::group(&found)))
}

/// A page of all users, or of those of a group.
pub(super) async fn users(
    store: &Store,
    call: &Call<'_>,
    target: &Target<'_>,
    group: Option<&str>,
) -> Result<Reply, Refusal> {
    let paging = Paging::read(target)?;
    let order = order(target, query::parse_order_users)?;
    let include_inherited = group.is_some() && flag(target, "includeInherited")?;
    let query = zenql(target, query::parse_users)?;
    // Whom the query names is looked up before who is asked about: what is written is told first.
    store.names(&query, &order).await?;
    let (group, excluded) = match group {
        Some(group) => {
            let group = find_group(store, group).await?;
            (Some((group, include_inherited)), excluded(store, target).await?)
        }
        None => (None, Vec::new()),
    };
    let list = UserList {
        group,
        excluded: &excluded,
        q: target.parameter("q").unwrap_or_default(),
        query: &query,
        order: if order.is_empty() { &query.order } else { &order },
    };
    let page = store.users(&list, paging.scope(), call.now).await?;
    Ok(Reply::json(
        StatusCode::OK,
        record::page(&page, paging.index, paging.size, record::user),
    ))
}

/// A page of all groups, or of those in a group.
pub(super) async fn groups(
    store: &Store,
    call: &Call<'_>,
    target: &Target<'_>,
    group: Option<&str>,
) -> Result<Reply, Refusal> {
    let paging = Paging::read(target)?;
    let order = order(target, query::parse_order_groups)?;
    let include_inherited = group.is_some() && flag(target, "includeInherited")?;
    let include_self = group.is_some() && flag(target, "includeSelf")?;
    let query = zenql(target, query::parse_groups)?;
    store.names(&query, &order).await?;
    let (parent, excluded) = match group {
        Some(group) => {
            let group = find_group(store, group).await?;
            (
                Some((group, include_inherited, include_self)),
                excluded(store, target).await?,
            )
        }
        None => (None, Vec::new()),
    };
    let list = GroupList {
        user: None,
        parent,
        excluded: &excluded,
        q: target.parameter("q").unwrap_or_default(),
        query: &query,
        order: if order.is_empty() { &query.order } else { &order },
    };
    let page = store.groups(&list, paging.scope(), call.now).await?;
    Ok(Reply::json(
        StatusCode::OK,
        record::page(&page, paging.index, paging.size, record::group),
    ))
}

/// A page of the groups of a user.
pub(super) async fn groups_of_user(
    store: &Store,
    call: &Call<'_>,
    target: &Target<'_>,
    user: &str,
) -> Result<Reply, Refusal> {
    let paging = Paging::read(target)?;
    let order = order(target, query::parse_order_groups)?;
    let include_inherited = flag(target, "includeInherited")?;
    let user = find_user(store, call.caller, user).await?;
    let query = query::parse_groups("").map_err(|error| Refusal::query("zenQL", error))?;
    let list = GroupList {
        user: Some((user, include_inherited)),
        parent: None,
        excluded: &[],
        q: "",
        query: &query,
        order: &order,
    };
    let page = store.groups(&list, paging.scope(), call.now).await?;
    Ok(Reply::json(
        StatusCode::OK,
        record::page(&page, paging.index, paging.size, record::group),
    ))
}

/// 204 for a member of any of the groups, directly or through nesting, else 404.
pub(super) async fn check(store: &Store, call: &Call<'_>, user: &str, groups: &str) -> Result<Reply, Refusal> {
    let groups = listed(store, groups).await?;
    let place = find_user(store, call.caller, user).await?;
    if store.is_member(place, &groups).await? {
        return Ok(no_content());
    }
    Err(Refusal::missing("membership of user", user))
}

/// 204 for a member of the group, else 404.
pub(super) async fn check_member(store: &Store, call: &Call<'_>, group: &str, user: &str) -> Result<Reply, Refusal> {
    let group = find_group(store, group).await?;
    let place = find_user(store, call.caller, user).await?;
    if store.is_member(place, &[group]).await? {
        return Ok(no_content());
    }
    Err(Refusal::missing("membership of user", user))
}

/// The groups of a list in a path that there are. It is split at literal commas, then decoded; an item that names no group
/// and has a comma in it is split again, for clients that encode the separators.
async fn listed(store: &Store, list: &str) -> Result<Vec<i64>, Refusal> {
    let mut places = Vec::new();
    let mut has_item = false;
    for item in list.split(',') {
        let item = decode(item)?;
        if item.is_empty() {
            continue;
        }
        if let Some(place) = store.find_group(&item).await? {
            has_item = true;
            places.push(place);
            continue;
        }
        for part in item.split(',').filter(|part| !part.is_empty()) {
            has_item = true;
            places.extend(store.find_group(part).await?);
        }
    }
    if has_item {
        return Ok(places);
    }
    let message = "the list names no group".to_owned();
    Err(Refusal::wrong("groupIdentifier", list, "a group", message))
}
