//! Changing who is in a group, and which groups are in it.

use axum::http::Method;
use serde_json::Value;

use super::refusal::Refusal;
use super::{Call, find_group, find_user, no_content};
use crate::reply::Reply;
use crate::store::Store;

/// `POST groups/{group}/users`: all users of the body's ids become members, or none.
pub(super) async fn add_members(store: &Store, call: &Call<'_>, group: &str) -> Result<Reply, Refusal> {
    let ids = ids(call.body)?;
    let group = find_group(store, group).await?;
    let mut users = Vec::with_capacity(ids.len());
    for id in &ids {
        let user = store.user_by_id(id).await?;
        users.push(user.ok_or_else(|| Refusal::missing("user", id))?);
    }
    store.add_members(group, &users).await?;
    Ok(no_content())
}

/// `PUT` and `DELETE groups/{group}/users/{user}`.
pub(super) async fn member(store: &Store, call: &Call<'_>, group: &str, user: &str) -> Result<Reply, Refusal> {
    let place = find_group(store, group).await?;
    let member = find_user(store, call.caller, user).await?;
    if call.method == Method::PUT {
        store.add_members(place, &[member]).await?;
    } else if !store.remove_member(place, member).await? {
        return Err(Refusal::missing("direct membership of user", user));
    }
    Ok(no_content())
}

/// `POST groups/{group}/groups`: all groups of the body's ids become child groups, or none.
pub(super) async fn add_children(store: &Store, call: &Call<'_>, group: &str) -> Result<Reply, Refusal> {
    let ids = ids(call.body)?;
    let parent = find_group(store, group).await?;
    let mut children = Vec::with_capacity(ids.len());
    for id in &ids {
        let child = store.group_by_id(id).await?;
        children.push(child.ok_or_else(|| Refusal::missing("group", id))?);
    }
    nest(store, parent, &children).await
}

/// `PUT` and `DELETE groups/{group}/groups/{child}`.
pub(super) async fn child(store: &Store, call: &Call<'_>, group: &str, child: &str) -> Result<Reply, Refusal> {
    let parent = find_group(store, group).await?;
    let place = find_group(store, child).await?;
    if call.method == Method::PUT {
        return nest(store, parent, &[place]).await;
    }
    if !store.unnest(parent, place).await? {
        return Err(Refusal::missing("child group", child));
    }
    Ok(no_content())
}

async fn nest(store: &Store, parent: i64, children: &[i64]) -> Result<Reply, Refusal> {
    if children.contains(&parent) {
        return Err(Refusal::Impossible("a group cannot be its own child".to_owned()));
    }
    store.nest(parent, children).await?;
    Ok(no_content())
}

/// A JSON array of ids.
fn ids(body: &[u8]) -> Result<Vec<String>, Refusal> {
    let wrong = |reason: String| Refusal::Wrong(reason, None);
    let value: Value = serde_json::from_slice(body).map_err(|error| wrong(format!("the body is no JSON: {error}")))?;
    let ids = value
        .as_array()
        .map(|items| items.iter().map(|item| item.as_str().map(str::to_owned)).collect());
    ids.flatten()
        .ok_or_else(|| wrong("the body must be a list of ids".to_owned()))
}
