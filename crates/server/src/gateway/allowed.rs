//! What may be passed on: the documented requests that read, and the one that signs in.

use axum::http::{Method, StatusCode};

use super::refusal::Refusal;
use crate::store::System;
use crate::target::decode;

/// Where a client's credentials are exchanged for a token; the one path that takes `POST`.
pub(super) const EXCHANGE: &str = "/authenticate/connect/token";

/// How often a segment may be encoded, one in the other; nobody but who hides something encodes more often than twice.
const MOST_DECODINGS: usize = 4;

/// The paths that may be read, where `*` is one segment, of any text that is no way to another path. Contensis' groups are
/// also known by their names, which may have slashes; the other vendors' ids have none.
const CONTENSIS: [&str; 9] = [
    "/api/security/groups",
    "/api/security/groups/*",
    "/api/security/groups/*/groups",
    "/api/security/groups/*/users",
    "/api/security/groups/*/users/*",
    "/api/security/users",
    "/api/security/users/*",
    "/api/security/users/*/groups",
    "/api/security/users/*/groups/*",
];
const TULIP: [&str; 8] = [
    "/api/users/v1/roles",
    "/api/users/v1/roles/*",
    "/api/users/v1/user-groups",
    "/api/users/v1/user-groups/*",
    "/api/users/v1/user-groups/*/users",
    "/api/users/v1/users",
    "/api/users/v1/users/*",
    "/api/users/v1/users/*/user-groups",
];
const PASSBOLT: [&str; 6] = [
    "/auth/is-authenticated.json",
    "/groups.json",
    "/groups/*.json",
    "/roles.json",
    "/users.json",
    "/users/*.json",
];

/// Whether a request may be passed on: its path as it was written, which is passed on unchanged.
///
/// # Errors
/// 404 for a path that is not documented, 405 for a method that would change something.
pub(super) fn check(system: System, method: &Method, path: &str, signs_in: bool) -> Result<(), Refusal> {
    let read: &[&str] = match system {
        System::Contensis => &CONTENSIS,
        System::Tulip => &TULIP,
        System::Passbolt => &PASSBOLT,
    };
    // Who has no credentials of their own has none to exchange.
    let exchanges = system == System::Contensis && path == EXCHANGE && !signs_in;
    let names = system == System::Contensis;
    let reads = read.iter().any(|pattern| fits(pattern, path, names));
    match *method {
        Method::GET | Method::HEAD if reads => Ok(()),
        Method::POST if exchanges => Ok(()),
        _ if reads || exchanges => {
            let message = "the gateway only reads";
            Err(Refusal::new(StatusCode::METHOD_NOT_ALLOWED, message))
        }
        _ => {
            let message = "the gateway passes documented paths on, and no others";
            Err(Refusal::new(StatusCode::NOT_FOUND, message))
        }
    }
}

/// Whether a path is of a pattern, but for one slash at its end; whether its identifiers are `names`. Cost: O(length).
fn fits(pattern: &str, path: &str, names: bool) -> bool {
    let path = path.strip_suffix('/').unwrap_or(path);
    let (mut wanted, mut given) = (pattern.split('/'), path.split('/'));
    loop {
        match (wanted.next(), given.next()) {
            (None, None) => return true,
            (Some(wanted), Some(given)) => {
                let is_there = match wanted.strip_prefix('*') {
                    Some(end) => given.strip_suffix(end).is_some_and(|given| stays(given, names)),
                    None => wanted == given,
                };
                if !is_there {
                    return false;
                }
            }
            _ => return false,
        }
    }
}

/// Whether a segment stays where it is, however often and wherever a server decodes it: no backslash, no dot segment with or
/// without a parameter, no control character. A slash in a name, which is encoded, leads nowhere but further down, where
/// reading is all that there is; each part beside it is held to the same.
fn stays(segment: &str, names: bool) -> bool {
    let mut text = segment.to_owned();
    for decodings in 0..MOST_DECODINGS {
        let is_part = |part: &str| !["", ".", ".."].contains(&part.split(';').next().unwrap_or_default());
        let is_name = text.split('/').all(is_part) && !text.contains('\\') && !text.chars().any(char::is_control);
        if !is_name || text.contains('/') && !names {
            return false;
        }
        match decode(&text) {
            Ok(decoded) if decoded == text => return true,
            Ok(decoded) => text = decoded,
            // A percent sign that means itself, in what is decoded already; beside it nothing may be hidden.
            Err(_) => {
                let text = text.to_ascii_lowercase();
                return decodings > 0
                    && !["%2e", "%2f", "%5c", "%25", "%0", "%1"]
                        .iter()
                        .any(|it| text.contains(it));
            }
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(system: System, method: &Method, path: &str) -> u16 {
        check(system, method, path, false).map_or_else(|refusal| refusal.status.as_u16(), |()| 200)
    }

    #[test]
    fn documented_paths_may_be_read() {
        for (system, path) in [
            (System::Contensis, "/api/security/users"),
            (System::Contensis, "/api/security/users/"),
            (
                System::Contensis,
                "/api/security/users/tyler@pssc.example/groups/Paper%20Street,R%26D%2C%20Paris",
            ),
            (System::Contensis, "/api/security/groups/50%25/users/@current"),
            (System::Contensis, "/api/security/groups/...x/groups"),
            (System::Contensis, "/api/security/groups/R%26D%2FOps%20%2b%20Web/users"),
            (System::Contensis, "/api/security/users/ann/groups/a%2Fb,c%2fd"),
            (System::Contensis, "/api/security/groups/a%252Fb"),
            (System::Contensis, "/api/security/groups/50%25%20%2F%20100%25"),
            (System::Tulip, "/api/users/v1/users/aB3/user-groups"),
            (System::Passbolt, "/groups.json"),
            (System::Passbolt, "/users/me.json"),
        ] {
            assert_eq!(status(system, &Method::GET, path), 200, "{path}");
            assert_eq!(status(system, &Method::HEAD, path), 200, "{path}");
            for method in [
                Method::POST,
                Method::PUT,
                Method::DELETE,
                Method::PATCH,
                Method::OPTIONS,
                Method::CONNECT,
            ] {
                assert_eq!(status(system, &method, path), 405, "{method} {path}");
            }
        }
    }

    #[test]
    fn every_other_path_is_refused() {
        for path in [
            "",
            "/",
            "/api",
            "/api/security",
            "/api/security/roles",
            "/api/delivery/projects",
            "//api/security/users",
            "/api/security/users/../roles",
            "/api/security/users/..",
            "/api/security/users/.",
            "/api/security/users//groups",
            "/api/security/users/%2e%2e",
            "/api/security/users/%2E./groups",
            "/api/security/users/..%2froles",
            "/api/security/users/a%2F",
            "/api/security/users/%2Fa",
            "/api/security/users/a%2F%2Fb",
            "/api/security/users/a%2F..%2F..%2Froles",
            "/api/security/users/a%2F%2e%2e%2Fb",
            "/api/security/users/a%2F.;x%2Fb",
            "/api/security/users/a%252F..%252Fb",
            "/api/security/users/%2525252e%2525252e",
            "/api/security/users/%2525252525",
            "/api/security/users/a%252f%252e%252e%252f%25zz",
            "/api/security/users/a%5cb",
            "/api/security/users/a\\b",
            "/api/security/users/%252e%252e/groups",
            "/api/security/users/..;x",
            "/api/security/users/%00",
            "/api/security/users/a%0d%0ab",
            "/api/security/users/%zz",
            "/api/security/users/%ff",
            "/api/security/user%73",
            "/API/security/users",
            "/api/security/users/a/groups/b/c",
            "/api/security/users/;a",
            "/http://evil.example/",
            "/@evil.example/api/security/users",
            "/groups.json",
            "/api/users/v1/users",
        ] {
            assert_eq!(status(System::Contensis, &Method::GET, path), 404, "{path}");
        }
        assert_eq!(status(System::Tulip, &Method::GET, "/api/users/v1/users/a%2Fb"), 404);
        for path in [
            "/settings.json",
            "/groups/.json",
            "/groups/...json",
            "/groups/%2e%2e.json",
            "/groups/a",
            "/groups/a%2Fb.json",
            "/groups/a%252Fb.json",
            "/auth/jwt/rsa.json",
        ] {
            assert_eq!(status(System::Passbolt, &Method::GET, path), 404, "{path}");
        }
    }

    #[test]
    fn only_contensis_exchanges_and_only_the_callers_credentials() {
        assert_eq!(status(System::Contensis, &Method::POST, EXCHANGE), 200);
        assert_eq!(status(System::Contensis, &Method::GET, EXCHANGE), 405);
        assert_eq!(status(System::Tulip, &Method::POST, EXCHANGE), 404);
        assert!(check(System::Contensis, &Method::POST, EXCHANGE, true).is_err());
    }
}
