//! What the companion tells whoever entered: the directories that it offers, and what it takes to read them.

use serde_json::Value;

use crate::connection::{Credentials, Secret, System};

/// Where it is told.
pub const PATH: &str = "/api/companion";

/// A directory that is offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// What the companion calls it.
    pub name: String,
    /// Whose endpoints.
    pub system: System,
    /// What stands before each path: a path on the companion's origin, or nothing.
    pub base: String,
    /// Who may ask; none where a person has to say.
    pub credentials: Option<Credentials>,
}

/// Reads what is offered; none if this is not a companion's answer. What is not understood is left out. Cost: O(length).
#[must_use]
pub fn read(body: &[u8]) -> Option<Vec<Offer>> {
    let body: Value = serde_json::from_slice(body).ok()?;
    let all = body.get("connections")?.as_array()?;
    Some(all.iter().filter_map(offer).collect())
}

fn offer(value: &Value) -> Option<Offer> {
    let text = |of: &Value, name: &str| Some(of.get(name)?.as_str()?.to_owned());
    let base = text(value, "base")?;
    // Granted credentials go to the companion alone: never to what a browser takes for another server.
    let is_own = base.is_empty() || (base.starts_with('/') && !base.starts_with("//") && !base.contains('\\'));
    let granted = value.get("credentials")?;
    let secret = || Some(Secret::new(text(granted, "secret")?));
    let credentials = match granted.get("kind")?.as_str()? {
        "asked" => None,
        "held" => Some(Credentials::Held),
        "token" => Some(Credentials::Token(secret()?)),
        "client" => Some(Credentials::Client {
            id: text(granted, "id")?,
            secret: secret()?,
        }),
        "key" => Some(Credentials::Key {
            key: text(granted, "id")?,
            secret: secret()?,
        }),
        _ => return None,
    };
    is_own.then_some(Offer {
        name: text(value, "name")?,
        system: System::named(value.get("system")?.as_str()?)?,
        base,
        credentials,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_understood_is_offered() {
        let body = br#"{"version": "1", "more": [], "connections": [
            {"name": "This companion", "system": "contensis", "base": "", "credentials": {"kind": "client", "id": "a", "secret": "b"}},
            {"name": "This companion", "system": "tulip", "base": "", "credentials": {"kind": "key", "id": "c", "secret": "d"}},
            {"name": "This companion", "system": "passbolt", "base": "/api/passbolt", "credentials": {"kind": "token", "secret": "e"}},
            {"name": "hr", "system": "contensis", "base": "/gateway/hr", "credentials": {"kind": "held"}},
            {"name": "vault", "system": "passbolt", "base": "/gateway/vault", "credentials": {"kind": "asked"}},
            {"name": "later", "system": "tulip", "base": "/gateway/later", "credentials": {"kind": "passkey"}},
            {"name": "later", "system": "another", "base": "/gateway/later", "credentials": {"kind": "held"}},
            {"name": "astray", "system": "tulip", "base": "//evil.example", "credentials": {"kind": "held"}},
            {"name": "astray", "system": "tulip", "base": "/\\evil.example", "credentials": {"kind": "held"}},
            {"name": "astray", "system": "tulip", "base": "https://evil.example", "credentials": {"kind": "held"}},
            7
        ]}"#;
        let offers = read(body).expect("a companion's answer");
        let told: Vec<_> = offers
            .iter()
            .map(|it| (it.system, &*it.base, it.credentials.clone()))
            .collect();
        let secret = Secret::new;
        let client = Credentials::Client {
            id: "a".to_owned(),
            secret: secret("b"),
        };
        let key = Credentials::Key {
            key: "c".to_owned(),
            secret: secret("d"),
        };
        let expected = [
            (System::Contensis, "", Some(client)),
            (System::Tulip, "", Some(key)),
            (System::Passbolt, "/api/passbolt", Some(Credentials::Token(secret("e")))),
            (System::Contensis, "/gateway/hr", Some(Credentials::Held)),
            (System::Passbolt, "/gateway/vault", None),
        ];
        assert_eq!(told, expected);
        assert_eq!((&*offers[0].name, &*offers[3].name), ("This companion", "hr"));
    }

    #[test]
    fn what_is_no_companions_answer_is_none() {
        for body in [
            "",
            "<!doctype html>",
            "{}",
            r#"{"connections": {}}"#,
            r#"{"message": "open the link"}"#,
        ] {
            assert_eq!(read(body.as_bytes()), None, "{body}");
        }
    }
}
