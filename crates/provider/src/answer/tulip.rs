//! Tulip's documented endpoints: users, user groups and roles, which know no nesting.
//!
//! The vendor knows callers as tokens with scopes, not as users: whoever is signed in is taken to have one that may read.

mod list;
mod odata;
mod page;
mod record;
mod refusal;
mod select;

use membership::directory::Directory;
use membership::entity::{GroupIndex, UserIndex};
use membership::json::{Json, excerpt};

use self::record::ROLES;
use self::refusal::Refusal;
use super::target::Target;
use super::{Call, Caller, Response};

/// The answer to a request; none where the path is not one of Tulip's.
///
/// Cost: that of its filter; of a list besides O(rows / 64) for its set, and O(rows) at the worst for a page out of the
/// order by id, which costs O(rows · log rows) when it is first asked for.
pub(super) fn answer(directory: &Directory, call: &Call<'_>, target: &Target<'_>) -> Option<Response> {
    let path: Vec<&str> = target.path.iter().map(|segment| &**segment).collect();
    let ["api", "users", "v1", path @ ..] = path.as_slice() else {
        return None;
    };
    let asked = Asked {
        directory,
        call,
        target,
    };
    let body = asked.body(path);
    Some(body.map_or_else(Refusal::response, |body| Response::json(200, body)))
}

/// What is answered here: reading.
const METHODS: [&str; 2] = ["GET", "HEAD"];

/// What is asked, and of which directory.
struct Asked<'a> {
    directory: &'a Directory,
    call: &'a Call<'a>,
    target: &'a Target<'a>,
}

impl Asked<'_> {
    /// The body of an answer to the path below `/api/users/v1`.
    fn body(&self, path: &[&str]) -> Result<String, Refusal> {
        if self.call.caller == Caller::Nobody {
            return Err(Refusal::new(401, "generic.unauthorized", "no token was sent"));
        }
        if !METHODS.contains(&self.call.method) {
            let says = "there is only `GET` here";
            return Err(Refusal::new(405, "generic.methodNotAllowed", says));
        }
        self.target.check_path()?;
        let parameters = self.target.parameters()?;
        match path {
            ["users"] => self.users(&parameters),
            ["users", id] => {
                let user = self.user(id)?;
                Ok(one(&|json| record::user(json, self.directory, user)))
            }
            ["users", id, "user-groups"] => self.groups_of(id, &parameters),
            ["user-groups"] => self.groups(&parameters),
            ["user-groups", id] => {
                let group = self.group(id)?;
                Ok(one(&|json| record::group(json, self.directory, group)))
            }
            ["user-groups", id, "users"] => self.members_of(id, &parameters),
            ["roles"] => self.roles(&parameters),
            ["roles", id] if ROLES.contains(id) => Ok(one(&|json| record::role(json, id))),
            ["roles", id] => Err(Refusal::missing(format!("there is no role `{}`", excerpt(id)))),
            _ => Err(Refusal::missing("there is nothing at this path".to_owned())),
        }
    }

    fn user(&self, id: &str) -> Result<UserIndex, Refusal> {
        let user = self.directory.user_by_id(id);
        user.ok_or_else(|| Refusal::missing(format!("there is no user `{}`", excerpt(id))))
    }

    fn group(&self, id: &str) -> Result<GroupIndex, Refusal> {
        let group = self.directory.group_by_id(id);
        group.ok_or_else(|| Refusal::missing(format!("there is no user group `{}`", excerpt(id))))
    }
}

/// A body that is one record.
fn one(write: &dyn Fn(&mut Json)) -> String {
    let mut json = Json::default();
    write(&mut json);
    json.finish()
}
