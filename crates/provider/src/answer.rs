//! The documented endpoints, answered from a local directory as their vendors would.
//!
//! A request is a method and a URL, told with who asks and what time it is; nothing here does IO, and no request is
//! an error of ours: whatever is wrong with it is an answer with its status.

mod contensis;
mod passbolt;
mod target;
mod tulip;

use membership::directory::Directory;
use membership::entity::{GroupIndex, UserIndex};
use target::Target;

/// A request to a documented endpoint.
#[derive(Clone, Copy, Debug)]
pub struct Call<'a> {
    /// The method, in capitals.
    pub method: &'a str,
    /// The URL, absolute or its path and query alone.
    pub url: &'a str,
    /// Who asks.
    pub caller: Caller,
    /// What time it is, in milliseconds since 1970 in UTC.
    pub now: i64,
}

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Caller {
    /// Someone who is not signed in.
    Nobody,
    /// An administrator who is no user of the directory, and so has no record or groups of their own.
    Administrator,
    /// A user of the directory: an administrator or not, as the directory says.
    User(UserIndex),
}

impl Caller {
    /// Whether the caller may see everything. Cost: O(1).
    fn is_administrator(self, directory: &Directory) -> bool {
        match self {
            Self::Nobody => false,
            Self::Administrator => true,
            Self::User(user) => directory.administrators().contains(user.row()),
        }
    }
}

/// What a documented endpoint answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// The headers that the answer needs to be understood, such as the type of its body.
    pub headers: Vec<(&'static str, String)>,
    /// The body, if there is one; to `HEAD` there never is.
    pub body: Option<String>,
}

impl Response {
    /// An answer without a body.
    fn empty(status: u16) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: None,
        }
    }

    /// An answer in JSON.
    fn json(status: u16, body: String) -> Self {
        Self {
            status,
            headers: vec![("Content-Type", "application/json; charset=utf-8".to_owned())],
            body: Some(body),
        }
    }

    /// The same with one more header.
    fn with_header(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }
}

/// The answer to a request; 404 without a body where no vendor documents the path.
///
/// Cost: that of the set which is asked for, and of the page that is cut from it; nothing is allocated for each user or
/// group but sets, and orders that the directory keeps.
#[must_use]
pub fn answer(directory: &Directory, call: &Call<'_>) -> Response {
    let answered = Target::new(call.url).and_then(|target| {
        contensis::answer(directory, call, &target)
            .or_else(|| tulip::answer(directory, call, &target))
            .or_else(|| passbolt::answer(directory, call, &target))
    });
    let mut response = answered.unwrap_or_else(|| Response::empty(404));
    if call.method == "HEAD" {
        response.body = None;
    }
    response
}

/// The parameters of a URL in its order, names and values decoded; none of a URL that is malformed. Cost: O(length).
#[must_use]
pub fn parameters(url: &str) -> Vec<(String, String)> {
    let read = Target::new(url).and_then(|target| target.parameters().ok());
    let pairs = read.iter().flat_map(target::Parameters::iter);
    pairs
        .map(|pair| (pair.name.clone().into_owned(), pair.value.clone().into_owned()))
        .collect()
}

/// A user's id in Passbolt's answers. Cost: O(length).
pub(crate) fn passbolt_user(directory: &Directory, user: UserIndex) -> String {
    passbolt::id::of_user(directory, user).to_string()
}

/// A group's id in Passbolt's answers. Cost: O(length).
pub(crate) fn passbolt_group(directory: &Directory, group: GroupIndex) -> String {
    passbolt::id::of_group(directory, group).to_string()
}
