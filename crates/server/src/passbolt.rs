//! Passbolt's documented endpoints over the database: groups with their members and managers, users, roles, and changes of
//! a group. They know no nesting.
//!
//! Whoever is signed in may ask; who is no administrator is listed the active users. Ids are UUIDs, see
//! [`crate::store::stand_in`]. What the vendor's model cannot do without and no directory tells is `null`.

mod envelope;
mod parameters;
mod read;
mod record;
mod write;

use axum::http::Method;

use crate::reply::Reply;
use crate::store::{Caller, Store};
use crate::target::{Target, decode};
use envelope::Body;
pub(crate) use envelope::Refusal;
use parameters::Parameters;

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

/// What a path asks for, its identifiers decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Endpoint {
    Groups,
    Group(String),
    /// What a change of a group would need.
    DryRun(String),
    Users,
    User(String),
    Roles,
    IsAuthenticated,
}

impl Endpoint {
    /// The endpoint of a path, all of which end in `.json`. Cost: O(length).
    fn of(path: &str) -> Option<Self> {
        let path = path.strip_prefix('/')?;
        let path = path.strip_suffix('/').unwrap_or(path).strip_suffix(".json")?;
        // A segment that cannot be decoded stands as it is, and no id is spelled so.
        let segments = path
            .split('/')
            .map(|segment| decode(segment).unwrap_or_else(|_| segment.to_owned()));
        let segments: Vec<String> = segments.collect();
        let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
        Some(match segments[..] {
            ["groups"] => Self::Groups,
            ["groups", id] => Self::Group(id.to_owned()),
            ["groups", id, "dry-run"] => Self::DryRun(id.to_owned()),
            ["users"] => Self::Users,
            ["users", id] => Self::User(id.to_owned()),
            ["roles"] => Self::Roles,
            ["auth", "is-authenticated"] => Self::IsAuthenticated,
            _ => return None,
        })
    }

    fn methods(&self) -> &'static [&'static str] {
        match self {
            Self::Group(_) => &["GET", "HEAD", "PUT"],
            Self::DryRun(_) => &["PUT"],
            _ => &["GET", "HEAD"],
        }
    }

    /// What the vendor calls it, of which its id is made.
    fn action(&self, method: &Method) -> &'static str {
        match self {
            Self::Groups => "GroupsIndex.index",
            Self::Group(_) if method == Method::PUT => "GroupsUpdate.update",
            Self::Group(_) => "GroupsView.view",
            Self::DryRun(_) => "GroupsUpdate.dryRun",
            Self::Users => "UsersIndex.index",
            Self::User(_) => "UsersView.view",
            Self::Roles => "RolesIndex.index",
            Self::IsAuthenticated => "AuthIsAuthenticated.isAuthenticated",
        }
    }
}

/// Whether a path is one of these endpoints.
pub(crate) fn has(path: &str) -> bool {
    Endpoint::of(path).is_some()
}

/// The answer to a request that is refused before anything of it is read.
pub(crate) fn refuse(call: &Call<'_>, refusal: Refusal) -> Reply {
    let action = Endpoint::of(call.path).map_or("Error.error", |endpoint| endpoint.action(&call.method));
    bodiless_to_head(call, envelope::refused(call, action, refusal))
}

/// Answers a request to a path that is [one of these](has).
pub(crate) async fn answer(store: &Store, call: &Call<'_>) -> Reply {
    let Some(endpoint) = Endpoint::of(call.path) else {
        return refuse(call, Refusal::new(404, "Not Found"));
    };
    let action = endpoint.action(&call.method);
    let reply = match respond(store, call, &endpoint).await {
        Ok(body) => envelope::success(call, action, &body),
        Err(refusal) => envelope::refused(call, action, refusal),
    };
    bodiless_to_head(call, reply)
}

fn bodiless_to_head(call: &Call<'_>, mut reply: Reply) -> Reply {
    if call.method == Method::HEAD {
        reply.body = None;
    }
    reply
}

async fn respond(store: &Store, call: &Call<'_>, endpoint: &Endpoint) -> Result<Body, Refusal> {
    if call.caller == Caller::Nobody {
        return Err(Refusal::new(403, "You need to login to access this location."));
    }
    if !endpoint.methods().contains(&call.method.as_str()) {
        return Err(Refusal::Method(endpoint.methods()));
    }
    let target = Target::read(call.path, call.query)?;
    let parameters = Parameters(&target);
    if let Some("1" | "v1") = parameters.last("api-version") {
        let says = "The first version of the API is not supported any more.";
        return Err(Refusal::new(400, says));
    }
    match endpoint {
        Endpoint::Groups => read::groups(store, call, &parameters).await,
        Endpoint::Group(id) if call.method == Method::PUT => write::group(store, call, id, false).await,
        Endpoint::DryRun(id) => write::group(store, call, id, true).await,
        Endpoint::Group(id) => read::group(store, call, id, &parameters).await,
        Endpoint::Users => read::users(store, call, &parameters).await,
        Endpoint::User(id) => read::user(store, call, id, &parameters).await,
        Endpoint::Roles => read::roles(store, call, &parameters).await,
        Endpoint::IsAuthenticated => Ok(Body::of(&())),
    }
}

/// The place of the caller, where the directory knows them.
fn place_of(caller: Caller) -> Option<i64> {
    match caller {
        Caller::User(place) => Some(place),
        Caller::Nobody | Caller::Administrator => None,
    }
}
