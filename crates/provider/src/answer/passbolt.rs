//! Passbolt's documented endpoints: groups, users and roles, which know managers and no nesting.
//!
//! Whoever is signed in may ask; of the users, those who are no administrators are listed the active ones. Ids are
//! UUIDs: the module `id` says what stands in where the directory has others. What the vendor's model cannot do without
//! and no directory tells, such as who made a group, is `null`.

mod envelope;
mod filter;
pub(super) mod id;
mod order;
mod pages;
mod parameters;
mod record;

use membership::directory::Directory;
use membership::entity::{GroupIndex, UserIndex};
use membership::order::{rows, window};

use self::envelope::{Envelope, Refusal};
use self::pages::Pages;
use self::parameters::Parameters;
use self::record::{GroupParts, Records, UserParts};
use super::target::Target;
use super::{Call, Caller, Response};

/// What a path asks for.
#[derive(Clone, Copy)]
enum Endpoint<'a> {
    /// `groups.json`
    Groups,
    /// `groups/{id}.json`
    Group(&'a str),
    /// `users.json`
    Users,
    /// `users/{id}.json`
    User(&'a str),
    /// `roles.json`
    Roles,
}

impl<'a> Endpoint<'a> {
    /// The endpoint of a path without its `.json`.
    fn of(path: &[&'a str]) -> Option<Self> {
        Some(match path {
            ["groups"] => Self::Groups,
            ["groups", id] => Self::Group(id),
            ["users"] => Self::Users,
            ["users", id] => Self::User(id),
            ["roles"] => Self::Roles,
            _ => return None,
        })
    }

    /// What the vendor calls it, of which its id is made.
    fn action(self) -> &'static str {
        match self {
            Self::Groups => "GroupsIndex.index",
            Self::Group(_) => "GroupsView.view",
            Self::Users => "UsersIndex.index",
            Self::User(_) => "UsersView.view",
            Self::Roles => "RolesIndex.index",
        }
    }
}

/// The answer to a request; none where the path is not one of Passbolt's.
///
/// Cost: that of the filters and ids in it, see [`filter::groups`] and [`id::users`]; then of the records that are
/// written. Groups are never paginated, so these are all that match, with their members if they are asked for.
pub(super) fn answer(directory: &Directory, call: &Call<'_>, target: &Target<'_>) -> Option<Response> {
    let mut path: Vec<&str> = target.path.iter().map(|segment| &**segment).collect();
    let last = path.last_mut()?;
    let bare = last.strip_suffix(".json");
    *last = bare.unwrap_or(last);
    let endpoint = Endpoint::of(&path)?;
    let asked = Asked {
        directory,
        call,
        target,
        envelope: Envelope::new(call, target.origin, endpoint.action()),
    };
    let body = asked.allowed(bare.is_some()).and_then(|()| asked.body(endpoint));
    Some(body.map_or_else(
        |refusal| asked.envelope.refused(&refusal),
        |body| Response::json(200, body),
    ))
}

/// What is asked, and of which directory.
struct Asked<'a> {
    directory: &'a Directory,
    call: &'a Call<'a>,
    target: &'a Target<'a>,
    envelope: Envelope<'a>,
}

impl Asked<'_> {
    fn allowed(&self, is_json: bool) -> Result<(), Refusal> {
        if self.call.caller == Caller::Nobody {
            return Err(Refusal::new(403, "You need to login to access this location."));
        }
        if !is_json {
            let says = "Please use .json extension in URL or accept application/json.";
            return Err(Refusal::new(404, says));
        }
        if !METHODS.contains(&self.call.method) {
            return Err(Refusal::new(405, "Method Not Allowed"));
        }
        Ok(())
    }

    fn body(&self, endpoint: Endpoint<'_>) -> Result<String, Refusal> {
        let parameters = self.target.parameters()?;
        let parameters = Parameters(&parameters);
        if let Some("1" | "v1") = parameters.last("api-version") {
            return Err(Refusal::new(
                400,
                "The first version of the API is not supported any more.",
            ));
        }
        match endpoint {
            Endpoint::Groups => self.groups(&parameters),
            Endpoint::Group(id) => self.group(id, &parameters),
            Endpoint::Users => self.users(&parameters),
            Endpoint::User(id) => self.user(id, &parameters),
            Endpoint::Roles => self.roles(&parameters),
        }
    }

    fn groups(&self, parameters: &Parameters<'_>) -> Result<String, Refusal> {
        let parts = GroupParts::read(parameters)?;
        let order = order::of_groups(parameters)?;
        let groups = filter::groups(self.directory, parameters, self.call.now)?;
        let mut records = self.records(None);
        records.json.list();
        for row in rows(&self.directory.group_permutation(&order), &groups) {
            records.group(GroupIndex::new(row), parts, self.caller());
        }
        records.json.end_list();
        Ok(records.finish())
    }

    fn group(&self, id: &str, parameters: &Parameters<'_>) -> Result<String, Refusal> {
        let id = id::told(id).ok_or_else(|| Refusal::new(400, "The group id is not valid."))?;
        let parts = GroupParts::read(parameters)?;
        let found = id::groups(self.directory, &[id]).pop().flatten();
        let group = found.ok_or_else(|| Refusal::new(404, "The group does not exist."))?;
        let mut records = self.records(None);
        records.group(group, parts, self.caller());
        Ok(records.finish())
    }

    fn users(&self, parameters: &Parameters<'_>) -> Result<String, Refusal> {
        let parts = UserParts::read(parameters)?;
        let order = order::of_users(parameters)?;
        let pages = Pages::read(parameters)?;
        let sees_all = self.call.caller.is_administrator(self.directory);
        let users = filter::users(self.directory, parameters, sees_all, self.call.now)?;
        let count = users.count();
        let offset = pages.offset(count)?;
        let mut records = self.records(Some((pages, count)));
        records.json.list();
        let order = self.directory.user_permutation(&order);
        for row in window(&order, &users, offset, pages.limit.unwrap_or(u32::MAX)) {
            records.user(UserIndex::new(row), parts);
        }
        records.json.end_list();
        Ok(records.finish())
    }

    fn user(&self, id: &str, parameters: &Parameters<'_>) -> Result<String, Refusal> {
        let id = match id {
            "me" => None,
            id => Some(id::told(id).ok_or_else(|| Refusal::new(400, "The user id is not valid."))?),
        };
        let parts = UserParts::read(parameters)?;
        let found = match id {
            None => self.caller(),
            Some(id) => id::users(self.directory, &[id]).pop().flatten(),
        };
        let user = found.ok_or_else(|| Refusal::new(404, "The user does not exist."))?;
        let mut records = self.records(None);
        records.user(user, parts);
        Ok(records.finish())
    }

    fn roles(&self, parameters: &Parameters<'_>) -> Result<String, Refusal> {
        let counted = parameters.contain(&["user_count"])?.unwrap_or_default();
        let mut records = self.records(None);
        records.roles(counted && self.call.caller.is_administrator(self.directory));
        Ok(records.finish())
    }

    fn records(&self, pages: Option<(Pages, u32)>) -> Records<'_> {
        Records::new(self.directory, self.envelope.opened(pages))
    }

    /// The caller, where the directory knows them.
    fn caller(&self) -> Option<UserIndex> {
        match self.call.caller {
            Caller::User(user) => Some(user),
            Caller::Nobody | Caller::Administrator => None,
        }
    }
}

/// What is answered here: reading.
const METHODS: [&str; 2] = ["GET", "HEAD"];
