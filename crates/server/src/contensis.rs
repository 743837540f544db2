//! Contensis' documented endpoints over the database: users, groups, who is in which, and changes of that.

mod read;
mod record;
mod refusal;
mod write;

use axum::http::{Method, StatusCode};

use crate::reply::Reply;
use crate::store::{Caller, Store};
use crate::target::{Target, decode};
pub(crate) use refusal::Refusal;

/// Stands for the caller wherever a user is named.
const CURRENT: &str = "@current";

/// A request to an endpoint, by somebody who has been made out.
pub(crate) struct Call<'a> {
    pub(crate) method: Method,
    /// The path and the query, as they came.
    pub(crate) path: &'a str,
    pub(crate) query: Option<&'a str>,
    pub(crate) caller: Caller,
    pub(crate) body: &'a [u8],
    /// The time, in milliseconds since 1970 in UTC.
    pub(crate) now: i64,
}

/// What a path asks for, its identifiers as they came.
#[derive(Clone, Copy)]
enum Endpoint<'a> {
    Users,
    User(&'a str),
    GroupsOfUser(&'a str),
    Check(&'a str, &'a str),
    Groups,
    Group(&'a str),
    Members(&'a str),
    Member(&'a str, &'a str),
    Children(&'a str),
    Child(&'a str, &'a str),
}

impl<'a> Endpoint<'a> {
    /// The endpoint of the segments below `/api/security`.
    fn of(path: &[&'a str]) -> Option<Self> {
        Some(match path {
            ["users"] => Self::Users,
            ["users", user] => Self::User(user),
            ["users", user, "groups"] => Self::GroupsOfUser(user),
            ["users", user, "groups", groups] => Self::Check(user, groups),
            ["groups"] => Self::Groups,
            ["groups", group] => Self::Group(group),
            ["groups", group, "users"] => Self::Members(group),
            ["groups", group, "users", user] => Self::Member(group, user),
            ["groups", group, "groups"] => Self::Children(group),
            ["groups", group, "groups", child] => Self::Child(group, child),
            _ => return None,
        })
    }

    fn methods(self) -> &'static [&'static str] {
        match self {
            Self::Check(..) => &["HEAD"],
            Self::Members(_) | Self::Children(_) => &["GET", "HEAD", "POST"],
            Self::Member(..) => &["HEAD", "PUT", "DELETE"],
            Self::Child(..) => &["PUT", "DELETE"],
            _ => &["GET", "HEAD"],
        }
    }

    /// The user who may ask this without being an administrator.
    fn own(self, method: &Method) -> Option<&'a str> {
        match self {
            Self::User(user) | Self::GroupsOfUser(user) => Some(user),
            Self::Member(_, user) if method == Method::HEAD => Some(user),
            _ => None,
        }
    }
}

/// Answers a request below `/api/security`.
pub(crate) async fn answer(store: &Store, call: &Call<'_>) -> Reply {
    let mut reply = respond(store, call).await.unwrap_or_else(Refusal::reply);
    if call.method == Method::HEAD {
        reply.body = None;
    }
    reply
}

/// What is wrong is told in the documented order: 401, 403, 400, 404; a method or a path that is not offered is told to
/// those who may ask, before anything else about the request is read.
async fn respond(store: &Store, call: &Call<'_>) -> Result<Reply, Refusal> {
    if call.caller == Caller::Nobody {
        return Err(Refusal::Unauthorized);
    }
    let path = call.path.strip_prefix("/api/security").unwrap_or_default();
    let path = path.strip_prefix('/').unwrap_or(path);
    let segments: Vec<&str> = path.strip_suffix('/').unwrap_or(path).split('/').collect();
    let endpoint = Endpoint::of(&segments);
    if !store.is_administrator(call.caller).await? {
        let own = endpoint.and_then(|endpoint| decode(endpoint.own(&call.method)?).ok());
        let user = match own {
            Some(own) => find_user(store, call.caller, &own).await.ok(),
            None => None,
        };
        if user.is_none_or(|user| call.caller != Caller::User(user)) {
            return Err(Refusal::Forbidden);
        }
    }
    let endpoint = endpoint.ok_or_else(|| Refusal::missing("endpoint", path))?;
    if !endpoint.methods().contains(&call.method.as_str()) {
        return Err(Refusal::Method(endpoint.methods()));
    }
    let target = &Target::read(call.path, call.query)?;
    let reads = call.method == Method::GET || call.method == Method::HEAD;
    match endpoint {
        Endpoint::Users => read::users(store, call, target, None).await,
        Endpoint::User(user) => read::user(store, call, &decode(user)?).await,
        Endpoint::GroupsOfUser(user) => read::groups_of_user(store, call, target, &decode(user)?).await,
        Endpoint::Check(user, groups) => read::check(store, call, &decode(user)?, groups).await,
        Endpoint::Groups => read::groups(store, call, target, None).await,
        Endpoint::Group(group) => read::group(store, &decode(group)?).await,
        Endpoint::Members(group) if reads => read::users(store, call, target, Some(&decode(group)?)).await,
        Endpoint::Members(group) => write::add_members(store, call, &decode(group)?).await,
        Endpoint::Member(group, user) if reads => {
            read::check_member(store, call, &decode(group)?, &decode(user)?).await
        }
        Endpoint::Member(group, user) => write::member(store, call, &decode(group)?, &decode(user)?).await,
        Endpoint::Children(group) if reads => read::groups(store, call, target, Some(&decode(group)?)).await,
        Endpoint::Children(group) => write::add_children(store, call, &decode(group)?).await,
        Endpoint::Child(group, child) => write::child(store, call, &decode(group)?, &decode(child)?).await,
    }
}

/// The place of the user of an identifier, or of the caller.
async fn find_user(store: &Store, caller: Caller, identifier: &str) -> Result<i64, Refusal> {
    let user = match (identifier, caller) {
        (CURRENT, Caller::User(user)) => Some(user),
        (CURRENT, _) => None,
        _ => store.find_user(identifier).await?,
    };
    user.ok_or_else(|| Refusal::missing("user", identifier))
}

/// The place of the group of an identifier.
async fn find_group(store: &Store, identifier: &str) -> Result<i64, Refusal> {
    let group = store.find_group(identifier).await?;
    group.ok_or_else(|| Refusal::missing("group", identifier))
}

/// The answer to what has been done, and to a check that holds.
fn no_content() -> Reply {
    Reply::empty(StatusCode::NO_CONTENT)
}
