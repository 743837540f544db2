//! Tulip's documented endpoints over the database: users, user groups and roles, which know no nesting.
//!
//! The vendor knows callers as tokens with scopes, not as users: every credential has the one that reads, and only
//! reading is documented.

mod list;
mod odata;
mod page;
mod record;
mod refusal;

use axum::http::{HeaderMap, Method, StatusCode};
use serde::Serialize;

use crate::reply::Reply;
use crate::store::{Caller, Store};
use crate::target::{Target, decode};
use record::ROLES;
pub(crate) use refusal::Refusal;

/// What is answered here: reading.
const METHODS: [&str; 2] = ["GET", "HEAD"];

/// Headers that mean something only once.
const SINGLE: [&str; 6] = [
    "authorization",
    "content-length",
    "content-type",
    "host",
    "referer",
    "user-agent",
];

/// A request to an endpoint, by somebody who has been made out.
pub(crate) struct Call<'a> {
    pub(crate) method: Method,
    /// Scheme and host as the caller wrote them, for the addresses of other pages; empty where nobody knows.
    pub(crate) origin: String,
    /// The path and the query, as they came.
    pub(crate) path: &'a str,
    pub(crate) query: Option<&'a str>,
    pub(crate) caller: Caller,
}

/// Refuses a request with a header twice that may be there once. Cost: O(headers).
pub(crate) fn check_headers(headers: &HeaderMap) -> Result<(), Refusal> {
    let twice = SINGLE
        .into_iter()
        .find(|name| headers.get_all(*name).iter().nth(1).is_some());
    twice.map_or(Ok(()), |name| Err(Refusal::HeaderTwice(name)))
}

/// Answers a request below `/api/users/v1`.
pub(crate) async fn answer(store: &Store, call: &Call<'_>) -> Reply {
    let mut reply = respond(store, call).await.unwrap_or_else(Refusal::reply);
    if call.method == Method::HEAD {
        reply.body = None;
    }
    reply
}

async fn respond(store: &Store, call: &Call<'_>) -> Result<Reply, Refusal> {
    if call.caller == Caller::Nobody {
        return Err(Refusal::Unauthorized);
    }
    if !METHODS.contains(&call.method.as_str()) {
        return Err(Refusal::Method);
    }
    let target = &Target::read(call.path, call.query)?;
    let path = target.segments.iter().map(|segment| decode(segment));
    let path = path.collect::<Result<Vec<String>, _>>()?;
    let path: Vec<&str> = path.iter().map(String::as_str).collect();
    match path.get(3..).unwrap_or_default() {
        ["users"] => list::users(store, call, target).await,
        ["users", id] => {
            let place = user(store, id).await?;
            let found = store.users_at(&[place]).await?.remove(&place);
            found
                .map(|user| ok(record::user(&user)))
                .ok_or_else(|| Refusal::missing("user", id))
        }
        ["users", id, "user-groups"] => list::groups_of(store, call, target, id).await,
        ["user-groups"] => list::groups(store, call, target).await,
        ["user-groups", id] => {
            let found = store.group(group(store, id).await?).await?;
            found
                .map(|group| ok(record::group(&group)))
                .ok_or_else(|| Refusal::missing("user group", id))
        }
        ["user-groups", id, "users"] => list::members_of(store, call, target, id).await,
        ["roles"] => list::roles(call, target),
        ["roles", id] if ROLES.contains(id) => Ok(ok(record::role(id))),
        ["roles", id] => Err(Refusal::missing("role", id)),
        _ => Err(Refusal::missing("endpoint", &path.join("/"))),
    }
}

fn ok(body: impl Serialize) -> Reply {
    Reply::json(StatusCode::OK, body)
}

/// The place of the user of an id.
async fn user(store: &Store, id: &str) -> Result<i64, Refusal> {
    store.user_by_id(id).await?.ok_or_else(|| Refusal::missing("user", id))
}

/// The place of the group of an id.
async fn group(store: &Store, id: &str) -> Result<i64, Refusal> {
    store
        .group_by_id(id)
        .await?
        .ok_or_else(|| Refusal::missing("user group", id))
}
