//! Contensis' endpoints, a line for each rule: a request, and whom or what is answered.

mod envelope;
mod examples;
mod identifiers;
mod laws;
mod lists;
mod refusals;

use membership::directory::Directory;
use membership::json;
use provider::answer::{Call, Caller, Response, answer};
use serde_json::Value;

/// 2024-06-15T12:00Z.
pub const NOW: i64 = 1_718_452_800_000;

/// A company with several parents (`night` is in `soap` and in `contractors`), a cycle (`a` and `b`), and names that have
/// to be encoded. Who stands where is told by the ids alone.
const COMPANY: &str = r#"{"format": "rollcall/1",
"users": [
  {"id": "tyler", "username": "tdurden", "email": "t.durden@pssc.example", "firstName": "Tyler", "lastName": "Durden",
   "language": "en-GB", "timezone": "Europe/London", "created": "2024-01-31T15:26:54Z", "modified": "2024-02-01T00:00:00.250Z",
   "lastLogin": "2024-06-14T08:00:00Z", "expiry": "2030-01-01", "status": {"suspended": false, "locked": true, "passwordResetRequired": false},
   "custom": {"department": "Soap", "floor": 2.5, "remote": false}},
  {"id": "marla", "username": "msinger", "email": "marla@pssc.example", "firstName": "Marla", "lastName": "Singer", "status": {"suspended": true}},
  {"id": "bob", "username": "rpaulson", "email": "bob+soap@pssc.example", "firstName": "Robert", "lastName": "Paulson"},
  {"id": "0A1B2C3D-0000-4000-8000-00000000000A", "username": "Geoff"},
  {"id": "nameless"},
  {"id": "msinger", "username": "impostor", "email": "ΣΊΣΥΦΟΣ@pssc.example"}],
"groups": [
  {"id": "soap", "name": "Paper Street Soap Company", "description": "", "type": "contensis", "created": "2020-01-31 15:26:54",
   "modified": "2024-06-14", "custom": {"site": "Wilmington"}, "members": ["tyler"], "children": ["night", "rnd"]},
  {"id": "night", "name": "Night Shift", "members": ["marla", "bob"]},
  {"id": "rnd", "name": "R&D, Paris/HQ", "members": ["0a1b2c3d-0000-4000-8000-00000000000a"]},
  {"id": "contractors", "name": "Contractors", "children": ["night"]},
  {"id": "system", "name": "SYSTEM Administrators", "children": ["root"]},
  {"id": "root", "name": "100% + more", "members": ["tyler"]},
  {"id": "a", "name": "Loop", "members": ["bob"], "children": ["b"]},
  {"id": "b", "name": "loop b", "members": ["nameless"], "children": ["a"]},
  {"id": "void"}]}"#;

/// The company, and requests to it.
pub struct Company(pub Directory);

pub fn company() -> Company {
    Company::read(COMPANY)
}

impl Company {
    /// The company of a directory file.
    pub fn read(file: &str) -> Self {
        Self(json::read(file.as_bytes()).expect("a directory file"))
    }

    /// Asks as a nameless administrator.
    pub fn ask(&self, method: &str, url: &str) -> Response {
        self.ask_as(Caller::Administrator, method, url)
    }

    pub fn ask_as(&self, caller: Caller, method: &str, url: &str) -> Response {
        let url = format!("/api/security/{url}");
        self.ask_at(caller, method, &url)
    }

    /// Asks for a whole URL.
    pub fn ask_at(&self, caller: Caller, method: &str, url: &str) -> Response {
        let now = NOW;
        answer(
            &self.0,
            &Call {
                method,
                url,
                caller,
                now,
            },
        )
    }

    pub fn user(&self, user: &str) -> Caller {
        Caller::User(self.0.find_user(user).expect("a user of the company"))
    }

    /// The JSON of an answer that is 200.
    #[track_caller]
    pub fn get(&self, url: &str) -> Value {
        let response = self.ask("GET", url);
        assert_eq!(response.status, 200, "{url}: {:?}", response.body);
        body(&response)
    }

    /// The ids of a page, shortened to their first part, with spaces between.
    #[track_caller]
    pub fn ids(&self, url: &str) -> String {
        let page = self.get(url);
        let items = page["items"].as_array().expect("items");
        let ids = items.iter().map(|item| item["id"].as_str().expect("an id"));
        ids.map(|id| id.split('-').next().unwrap_or_default())
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[track_caller]
    pub fn status(&self, method: &str, url: &str) -> u16 {
        self.ask(method, url).status
    }
}

/// The JSON of an answer.
#[track_caller]
pub fn body(response: &Response) -> Value {
    let text = response.body.as_deref().expect("a body");
    serde_json::from_str(text).expect(text)
}
