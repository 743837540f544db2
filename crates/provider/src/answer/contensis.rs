//! Contensis' documented endpoints: users, groups, who is in which, and the two checks.

mod asked;
mod list;
mod record;
mod refusal;

use membership::directory::Directory;
use membership::entity::{GroupIndex, UserIndex};
use membership::json::Json;

use super::target::{Target, decode};
use super::{Call, Caller, Response};
use asked::Asked;
use list::{groups, groups_of, users};
use refusal::Refusal;

use crate::contensis::items;

/// Stands for the caller wherever a user is named.
const CURRENT: &str = "@current";

/// The methods of what has a body to get. `HEAD` answers as `GET` does, without the body.
const READ: &[&str] = &["GET", "HEAD"];
/// The method of the two checks, which have no body.
const CHECK: &[&str] = &["HEAD"];

/// What a path asks for, its identifiers decoded.
#[derive(Clone, Copy)]
enum Endpoint<'a> {
    /// `users`
    Users,
    /// `users/{user}`
    User(&'a str),
    /// `users/{user}/groups`
    GroupsOfUser(&'a str),
    /// `users/{user}/groups/{group},…`, whose list is split before it is decoded.
    CheckUser { user: &'a str, groups: &'a str },
    /// `groups`
    Groups,
    /// `groups/{group}`
    Group(&'a str),
    /// `groups/{group}/users`
    UsersOfGroup(&'a str),
    /// `groups/{group}/groups`
    GroupsOfGroup(&'a str),
    /// `groups/{group}/users/{user}`
    CheckGroup { group: &'a str, user: &'a str },
}

impl<'a> Endpoint<'a> {
    /// The endpoint of a path below `/api/security`.
    fn of(path: &[&'a str], raw: &[&'a str]) -> Option<Self> {
        Some(match (path, raw) {
            (["users"], _) => Self::Users,
            (["users", user], _) => Self::User(user),
            (["users", user, "groups"], _) => Self::GroupsOfUser(user),
            (["users", user, "groups", _], [.., groups]) => Self::CheckUser { user, groups },
            (["groups"], _) => Self::Groups,
            (["groups", group], _) => Self::Group(group),
            (["groups", group, "users"], _) => Self::UsersOfGroup(group),
            (["groups", group, "groups"], _) => Self::GroupsOfGroup(group),
            (["groups", group, "users", user], _) => Self::CheckGroup { group, user },
            _ => return None,
        })
    }

    fn methods(self) -> &'static [&'static str] {
        match self {
            Self::CheckUser { .. } | Self::CheckGroup { .. } => CHECK,
            _ => READ,
        }
    }

    /// The user who may ask without being an administrator.
    fn own(self) -> Option<&'a str> {
        match self {
            Self::User(user) | Self::GroupsOfUser(user) | Self::CheckGroup { user, .. } => Some(user),
            _ => None,
        }
    }
}

/// The answer to a request; none where the path is not below `/api/security`.
pub(super) fn answer(directory: &Directory, call: &Call<'_>, target: &Target<'_>) -> Option<Response> {
    let path: Vec<&str> = target.path.iter().map(|segment| &**segment).collect();
    let (["api", "security", path @ ..], [_, _, raw @ ..]) = (&*path, &*target.raw) else {
        return None;
    };
    let endpoint = Endpoint::of(path, raw);
    let asked =
        admit(directory, call, target, endpoint).and_then(|endpoint| respond(directory, call, target, endpoint));
    Some(asked.unwrap_or_else(Refusal::response))
}

/// Lets a request in that its caller may ask, and that is offered. What is wrong is told in the documented order: 401,
/// 403, 400, 404; that a path or a method is not offered is told to those who may ask, before anything else is read.
fn admit<'a>(
    directory: &Directory,
    call: &Call<'_>,
    target: &Target<'_>,
    endpoint: Option<Endpoint<'a>>,
) -> Result<Endpoint<'a>, Refusal> {
    if call.caller == Caller::Nobody {
        return Err(Refusal::Unauthorized);
    }
    if !may(directory, call.caller, endpoint) {
        return Err(Refusal::Forbidden);
    }
    let endpoint = endpoint.ok_or_else(|| Refusal::missing("endpoint", &target.path.join("/")))?;
    if !endpoint.methods().contains(&call.method) {
        return Err(Refusal::Method(endpoint.methods()));
    }
    Ok(endpoint)
}

/// Cost: that of the list or of the check that is asked for; of a single record O(1).
fn respond(
    directory: &Directory,
    call: &Call<'_>,
    target: &Target<'_>,
    endpoint: Endpoint<'_>,
) -> Result<Response, Refusal> {
    target.check_path()?;
    let asked = &Asked {
        directory,
        now: call.now,
        parameters: target.parameters()?,
    };
    let caller = call.caller;
    let body = match endpoint {
        Endpoint::Users => users(asked, None)?,
        Endpoint::UsersOfGroup(group) => users(asked, Some(group))?,
        Endpoint::Groups => groups(asked, None)?,
        Endpoint::GroupsOfGroup(group) => groups(asked, Some(group))?,
        Endpoint::GroupsOfUser(user) => groups_of(asked, || find_user(directory, caller, user))?,
        Endpoint::User(user) => {
            let mut json = Json::default();
            record::user(&mut json, directory, find_user(directory, caller, user)?);
            json.finish()
        }
        Endpoint::Group(group) => {
            let mut json = Json::default();
            record::group(&mut json, directory, find_group(directory, group)?);
            json.finish()
        }
        Endpoint::CheckUser { user, groups } => {
            let groups = listed(directory, groups)?;
            return Ok(check(directory, find_user(directory, caller, user)?, &groups));
        }
        Endpoint::CheckGroup { group, user } => {
            let group = find_group(directory, group)?;
            return Ok(check(directory, find_user(directory, caller, user)?, &[group]));
        }
    };
    Ok(Response::json(200, body))
}

/// Whether a caller who is signed in may ask: an administrator everything, others what is about themselves.
fn may(directory: &Directory, caller: Caller, endpoint: Option<Endpoint<'_>>) -> bool {
    let own = endpoint.and_then(Endpoint::own);
    let is_self = |own| find_user(directory, caller, own).is_ok_and(|user| caller == Caller::User(user));
    caller.is_administrator(directory) || own.is_some_and(is_self)
}

/// 204 for a member of any of the groups, directly or through nesting, else 404.
///
/// Cost: O(groups · direct groups of the user).
fn check(directory: &Directory, user: UserIndex, groups: &[GroupIndex]) -> Response {
    let is_member = groups.iter().any(|group| directory.is_member(user, *group));
    Response::empty(if is_member { 204 } else { 404 })
}

/// The groups of a list in a path that there are. It is split at literal commas, then decoded, then as [`items`] says.
///
/// # Errors
/// If the list has no item. Cost: O(length).
fn listed(directory: &Directory, raw: &str) -> Result<Vec<GroupIndex>, Refusal> {
    let mut decoded = Vec::new();
    for item in raw.split(',') {
        decoded.push(decode(item)?.into_owned());
    }
    let items = items(&decoded, &|item| directory.find_group(item).is_some());
    if items.is_empty() {
        return Err(Refusal::Wrong("the list names no group".to_owned(), None));
    }
    Ok(items.iter().filter_map(|item| directory.find_group(item)).collect())
}

/// The user of an identifier, or the caller.
fn find_user(directory: &Directory, caller: Caller, identifier: &str) -> Result<UserIndex, Refusal> {
    let user = match (identifier, caller) {
        (CURRENT, Caller::User(user)) => Some(user),
        (CURRENT, _) => None,
        _ => directory.find_user(identifier),
    };
    user.ok_or_else(|| Refusal::missing("user", identifier))
}

fn find_group(directory: &Directory, identifier: &str) -> Result<GroupIndex, Refusal> {
    let group = directory.find_group(identifier);
    group.ok_or_else(|| Refusal::missing("group", identifier))
}
