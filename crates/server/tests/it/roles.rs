//! Every route by every role, and by everybody who only seems to have one.

use membership::json;
use server::store::{Store, System, TOKEN_SECONDS, stand_in};

use crate::TOKEN;
use crate::service::{Service, basic};
use crate::store::Database;

/// Ann is in the team that Max manages; Ada is an administrator.
const DIRECTORY: &str = r#"{"format":"rollcall/1",
"users":[{"id":"ann"},{"id":"max"},{"id":"ada"}],
"groups":[{"id":"team"},{"id":"sub"},{"id":"admins","name":"System Administrators"}],
"memberships":[{"group":"team","user":"ann"},{"group":"team","user":"max","isAdmin":true},{"group":"admins","user":"ada"}]}"#;

/// The columns of [`ROUTES`] after the first, which is of nobody: a user, a manager of a group, an administrator with a name,
/// and one without.
const ROLES: [Option<&str>; 4] = [Some("ann"), Some("max"), Some("ada"), None];

/// System, method, path, body, and what each role is answered. `TEAM` stands for the team's UUID.
type Route = (System, &'static str, &'static str, &'static str, [u16; 5]);
#[rustfmt::skip]
const ROUTES: [Route; 44] = {
    use System::{Contensis as C, Passbolt as P, Tulip as T};
    [
        (C, "GET", "/api/security/users", "", [401, 403, 403, 200, 200]),
        (C, "HEAD", "/api/security/users", "", [401, 403, 403, 200, 200]),
        (C, "GET", "/api/security/users/ann", "", [401, 200, 403, 200, 200]),
        (C, "GET", "/api/security/users/@current", "", [401, 200, 200, 200, 404]),
        (C, "GET", "/api/security/users/none", "", [401, 403, 403, 404, 404]),
        (C, "GET", "/api/security/users/ann/groups", "", [401, 200, 403, 200, 200]),
        (C, "HEAD", "/api/security/users/ann/groups/team", "", [401, 403, 403, 204, 204]),
        (C, "GET", "/api/security/groups", "", [401, 403, 403, 200, 200]),
        (C, "GET", "/api/security/groups/team", "", [401, 403, 403, 200, 200]),
        (C, "GET", "/api/security/groups/team/users", "", [401, 403, 403, 200, 200]),
        (C, "HEAD", "/api/security/groups/team/users/ann", "", [401, 204, 403, 204, 204]),
        (C, "HEAD", "/api/security/groups/team/users/max", "", [401, 403, 204, 204, 204]),
        (C, "POST", "/api/security/groups/sub/users", "[\"ann\"]", [401, 403, 403, 204, 204]),
        (C, "PUT", "/api/security/groups/sub/users/max", "", [401, 403, 403, 204, 204]),
        (C, "DELETE", "/api/security/groups/sub/users/max", "", [401, 403, 403, 204, 204]),
        (C, "GET", "/api/security/groups/team/groups", "", [401, 403, 403, 200, 200]),
        (C, "POST", "/api/security/groups/team/groups", "[\"sub\"]", [401, 403, 403, 204, 204]),
        (C, "PUT", "/api/security/groups/team/groups/sub", "", [401, 403, 403, 204, 204]),
        (C, "DELETE", "/api/security/groups/team/groups/sub", "", [401, 403, 403, 204, 204]),
        (C, "PATCH", "/api/security/users", "", [401, 403, 403, 405, 405]),
        (C, "DELETE", "/api/security/users/ann", "", [401, 405, 403, 405, 405]),
        (C, "GET", "/api/security/roles", "", [401, 403, 403, 404, 404]),
        (C, "GET", "/api/companion", "", [401; 5]),
        (C, "GET", "/gateway/hr/api/security/users", "", [401; 5]),
        (T, "GET", "/api/users/v1/users", "", [401, 200, 200, 200, 200]),
        (T, "GET", "/api/users/v1/users/ann", "", [401, 200, 200, 200, 200]),
        (T, "GET", "/api/users/v1/users/ann/user-groups", "", [401, 200, 200, 200, 200]),
        (T, "GET", "/api/users/v1/user-groups", "", [401, 200, 200, 200, 200]),
        (T, "GET", "/api/users/v1/user-groups/team", "", [401, 200, 200, 200, 200]),
        (T, "GET", "/api/users/v1/user-groups/team/users", "", [401, 200, 200, 200, 200]),
        (T, "GET", "/api/users/v1/roles", "", [401, 200, 200, 200, 200]),
        (T, "POST", "/api/users/v1/users", "{}", [401, 405, 405, 405, 405]),
        (T, "GET", "/api/companion", "", [401; 5]),
        (P, "GET", "/auth/is-authenticated.json", "", [403, 200, 200, 200, 200]),
        (P, "GET", "/users.json", "", [403, 200, 200, 200, 200]),
        (P, "GET", "/users/me.json", "", [403, 200, 200, 200, 404]),
        (P, "GET", "/groups.json", "", [403, 200, 200, 200, 200]),
        (P, "GET", "/groups/TEAM.json", "", [403, 200, 200, 200, 200]),
        (P, "GET", "/roles.json", "", [403, 200, 200, 200, 200]),
        (P, "PUT", "/groups/TEAM/dry-run.json", "{\"name\":\"Crew\"}", [403, 403, 200, 200, 200]),
        (P, "PUT", "/groups/TEAM.json", "{\"name\":\"Crew\"}", [403, 403, 200, 200, 200]),
        (P, "DELETE", "/groups/TEAM.json", "", [403, 405, 405, 405, 405]),
        (P, "GET", "/api/companion", "", [401; 5]),
        (P, "GET", "/healthz", "", [200; 5]),
    ]
};

/// Asks the routes of a system with a header, and compares what comes with a column of the table.
async fn compare(service: &Service, system: System, header: &str, column: usize, who: &str) {
    for (_, method, path, body, statuses) in ROUTES.iter().filter(|route| route.0 == system) {
        let path = path.replace("TEAM", &stand_in::of_group("team"));
        let answer = service.send_as(header, method, &path, body).await.expect("an address");
        assert_eq!(
            answer.status, statuses[column],
            "{system:?} {method} {path} by {who}: {}",
            answer.body
        );
    }
}

#[tokio::test]
async fn every_role_is_answered_as_the_table_says() {
    let directory = json::read(DIRECTORY.as_bytes()).expect("a directory");
    for database in Database::both(&directory, "roles").await {
        let service = Service::new(&database.store, 0);
        for system in System::ALL {
            for (role, user) in ROLES.into_iter().enumerate() {
                let header = service.credential(&database.store, system, user).await;
                compare(&service, system, &header, role + 1, user.unwrap_or("an administrator")).await;
            }
        }
    }
}

/// What entered once and does no more, or opens something else: each with what it is.
async fn impostors(service: &Service, store: &Store, now: i64) -> Vec<(&'static str, String)> {
    let mut impostors = vec![
        ("nothing", String::new()),
        ("no token", "Bearer ".to_owned()),
        ("no such token", "Bearer 0123456789abcdefghijklmnopqrstuv".to_owned()),
        ("no such key", basic("apikey.2_none", "none")),
        ("no credential", "Basic %%%".to_owned()),
        ("a strange scheme", "Digest username=\"ada\"".to_owned()),
        ("the token of the link", format!("Bearer {TOKEN}")),
        (
            "a hash",
            "Bearer e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855".to_owned(),
        ),
        ("a piece of SQL", "Bearer ' OR 1=1 --".to_owned()),
    ];
    for system in System::ALL {
        let header = service.credential(store, system, None).await;
        let (scheme, token) = header.split_once(' ').expect("a scheme");
        impostors.push(("one with its end cut off", header[..header.len() - 4].to_owned()));
        impostors.push(("one with another end", format!("{}AAAA", &header[..header.len() - 4])));
        impostors.push((
            "one in another case",
            format!("{scheme} {}", token.to_ascii_uppercase()),
        ));
        impostors.push(("one under another scheme", format!("X{scheme} {token}")));
        let granted = store.grant(system, None, now).await.expect("granted");
        store.revoke(&granted.id).await.expect("revoked");
        impostors.push(("one that was taken back", format!("Bearer {}", granted.secret)));
        impostors.push(("one that was taken back", basic(&granted.id, &granted.secret)));
    }
    let client = store.grant(System::Contensis, None, now).await.expect("granted");
    impostors.push(("a secret in place of a token", format!("Bearer {}", client.secret)));
    let long_ago = now - TOKEN_SECONDS * 1_000;
    let expired = store
        .exchange(System::Contensis, &client.id, &client.secret, long_ago)
        .await;
    let expired = expired.expect("exchanged").expect("the secret is right");
    impostors.push(("an expired token", format!("Bearer {expired}")));
    let fresh = service.token(store, None).await;
    store.revoke(&client.id).await.expect("revoked");
    impostors.push(("a token as a key", basic(&fresh, &fresh)));
    impostors
}

#[tokio::test]
async fn who_only_seems_to_have_a_role_is_nobody() {
    let directory = json::read(DIRECTORY.as_bytes()).expect("a directory");
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let now = now.expect("after 1970").as_millis() as i64;
    for database in Database::both(&directory, "impostors").await {
        let (store, service) = (&database.store, Service::new(&database.store, 0));
        let impostors = impostors(&service, store, now).await;
        for system in System::ALL {
            for (what, header) in &impostors {
                compare(&service, system, header, 0, what).await;
            }
            for other in System::ALL.into_iter().filter(|other| *other != system) {
                let header = service.credential(store, other, None).await;
                compare(&service, system, &header, 0, other.name()).await;
            }
        }
        let kept = store.to_json().await.expect("a file");
        let kept = json::read(kept.as_bytes()).expect("a directory");
        assert_eq!(kept.to_json(), directory.to_json(), "nobody has changed anything");
    }
}
