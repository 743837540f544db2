//! The vendors' documented requests, answered from the directory.

use membership::directory::Directory;
use membership::json::Json;
use provider::answer::{self, Call, Caller};

use crate::error::ModuleError;
use crate::query::{find_user, time};

/// The head of the answer, its status and headers, as JSON; then the body, if there is one.
///
/// Cost: as [`answer::answer`].
///
/// # Errors
///
/// If `caller` names nobody, or `now` is no time.
pub fn answer(
    directory: &Directory,
    method: &str,
    url: &str,
    caller: Option<&str>,
    now: &str,
) -> Result<Vec<String>, ModuleError> {
    let now = time(now)?;
    let caller = match caller {
        Some(user) => Caller::User(find_user(directory, user)?),
        None => Caller::Administrator,
    };
    let call = Call {
        method,
        url,
        caller,
        now,
    };
    let response = answer::answer(directory, &call);
    let mut json = Json::default();
    json.object().key("status").number(response.status.into());
    json.key("headers").object();
    for (name, value) in &response.headers {
        json.key(name).text(value);
    }
    json.end().end();
    Ok(std::iter::once(json.finish()).chain(response.body).collect())
}
