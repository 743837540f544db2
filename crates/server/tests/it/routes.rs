//! Every route of the served document by every role, and by everybody who only seems to have one; and no route beside them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use membership::json;
use server::store::{Store, System, TOKEN_SECONDS, stand_in};

use crate::TOKEN;
use crate::document::{Document, is_of};
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

/// System, method, path, body, and what each role is answered. `TEAM` and `ANN` stand for UUIDs.
type Route = (System, &'static str, &'static str, &'static str, [u16; 5]);
#[rustfmt::skip]
const ROUTES: [Route; 51] = {
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
        (C, "POST", "/authenticate/connect/token", "grant_type=client_credentials", [400; 5]),
        (C, "GET", "/api/companion", "", [401; 5]),
        (C, "GET", "/gateway/hr/api/security/users", "", [401; 5]),
        (C, "POST", "/gateway/hr/authenticate/connect/token", "", [401; 5]),
        (T, "GET", "/api/users/v1/users", "", [401, 200, 200, 200, 200]),
        (T, "GET", "/api/users/v1/users/ann", "", [401, 200, 200, 200, 200]),
        (T, "GET", "/api/users/v1/users/ann/user-groups", "", [401, 200, 200, 200, 200]),
        (T, "GET", "/api/users/v1/user-groups", "", [401, 200, 200, 200, 200]),
        (T, "GET", "/api/users/v1/user-groups/team", "", [401, 200, 200, 200, 200]),
        (T, "GET", "/api/users/v1/user-groups/team/users", "", [401, 200, 200, 200, 200]),
        (T, "GET", "/api/users/v1/roles", "", [401, 200, 200, 200, 200]),
        (T, "GET", "/api/users/v1/roles/admin", "", [401, 200, 200, 200, 200]),
        (T, "POST", "/api/users/v1/users", "{}", [401, 405, 405, 405, 405]),
        (T, "GET", "/api/companion", "", [401; 5]),
        (P, "GET", "/auth/is-authenticated.json", "", [403, 200, 200, 200, 200]),
        (P, "GET", "/users.json", "", [403, 200, 200, 200, 200]),
        (P, "GET", "/users/me.json", "", [403, 200, 200, 200, 404]),
        (P, "GET", "/users/ANN.json", "", [403, 200, 200, 200, 200]),
        (P, "GET", "/groups.json", "", [403, 200, 200, 200, 200]),
        (P, "GET", "/groups/TEAM.json", "", [403, 200, 200, 200, 200]),
        (P, "GET", "/roles.json", "", [403, 200, 200, 200, 200]),
        (P, "PUT", "/groups/TEAM/dry-run.json", "{\"name\":\"Crew\"}", [403, 403, 200, 200, 200]),
        (P, "PUT", "/groups/TEAM.json", "{\"name\":\"Crew\"}", [403, 403, 200, 200, 200]),
        (P, "DELETE", "/groups/TEAM.json", "", [403, 405, 405, 405, 405]),
        (P, "GET", "/api/companion", "", [401; 5]),
        (P, "GET", "/healthz", "", [200; 5]),
        (P, "GET", "/api/openapi.json", "", [200; 5]),
        (P, "GET", "/api/enter", "", [303; 5]),
        (P, "GET", "/api/nothing", "", [404; 5]),
    ]
};

/// Asks the routes of a system with a header, and compares what comes with a column of the table and with the document.
async fn compare(service: &Service, system: System, header: &str, column: usize, who: &str) {
    let document = Document::new();
    for (_, method, path, body, statuses) in ROUTES.iter().filter(|route| route.0 == system) {
        let path = with_ids(path);
        let answer = service.send_as(header, method, &path, body).await.expect("an address");
        let asked = format!("{system:?} {method} {path} by {who}");
        assert_eq!(answer.status, statuses[column], "{asked}: {}", answer.text);
        if let Some(operation) = document.operation(method, &path) {
            assert_eq!(operation.check(method, &answer), Ok(()), "{asked}");
        }
    }
}

fn with_ids(path: &str) -> String {
    let path = path.replace("TEAM", &stand_in::of_group("team"));
    path.replace("ANN", &stand_in::of_user("ann"))
}

#[test]
fn the_table_is_the_documents_and_is_kept() {
    let document = Document::new();
    for operation in document.operations() {
        let is_asked = ROUTES
            .iter()
            .any(|(_, method, path, ..)| *method == operation.method && is_of(operation.path, &with_ids(path)));
        assert!(is_asked, "no row is {} {}", operation.method, operation.path);
    }
    let rows = ROUTES.iter().map(|(system, method, path, _, statuses)| {
        let is_documented = document.operation(method, &with_ids(path)).is_some();
        assert!(
            is_documented || statuses.iter().all(|status| *status >= 400),
            "{method} {path} is not documented, and somebody may ask it"
        );
        let place = stand_in_words(path);
        let mut row = vec![system.name().to_owned(), format!("`{method} {place}`")];
        row.extend(statuses.iter().map(u16::to_string));
        row
    });
    crate::table::hold(
        "routes.md",
        "# Who is answered what\n\nEvery route of the companion's document (`/api/openapi.json`), and some that are not offered, by \
         every role: the status of\nthe answer. Ann is a member of the team, Max manages it, Ada is an administrator; the last column \
         is of a credential with all\nrights and no name. Whoever shows no credential, a wrong, forged or expired one, one that was \
         taken back, or another\nsystem's is nobody. A test writes this table (`crates/server/tests/it/routes.rs`).",
        &["system", "request", "nobody", "Ann", "Max", "Ada", "all rights"],
        &rows.collect::<Vec<_>>(),
    );
}

/// A path as the table shows it.
fn stand_in_words(path: &str) -> String {
    path.replace("TEAM", "{team}").replace("ANN", "{ann}")
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

/// The words of the patterns that a file matches paths with, such as `["users", user, "groups"] => …`.
fn words(file: &str) -> BTreeSet<String> {
    let text = fs::read_to_string(source().join(file)).expect("the source is there");
    let patterns = text
        .lines()
        .filter(|line| line.trim_start().starts_with('[') && line.contains("=>"));
    let words = patterns.flat_map(|line| {
        line.split("=>")
            .next()
            .unwrap_or_default()
            .split('"')
            .skip(1)
            .step_by(2)
    });
    words.map(str::to_owned).collect()
}

fn source() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// All paths of up to so many words.
fn paths(words: &[&str], most: usize) -> Vec<String> {
    let mut all = vec![String::new()];
    let mut last = all.clone();
    for _ in 0..most {
        last = last
            .iter()
            .flat_map(|path| words.iter().map(move |word| format!("{path}/{word}")))
            .collect();
        all.extend(last.iter().cloned());
    }
    all
}

/// The documented paths of a system, each with its methods.
fn told(document: &Document, system: System) -> BTreeMap<&str, BTreeSet<String>> {
    let mut told: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    let own = document
        .operations()
        .filter(|it| it.tag().to_lowercase() == system.name() && !it.path.starts_with("/authenticate"));
    for operation in own {
        let methods = told.entry(operation.path).or_default();
        methods.insert(operation.method.to_owned());
        if operation.method == "GET" {
            methods.insert("HEAD".to_owned());
        }
    }
    told
}

#[tokio::test]
async fn no_endpoint_is_beside_the_document() {
    let document = Document::new();
    let directory = json::read(DIRECTORY.as_bytes()).expect("a directory");
    let [database, _] = Database::both(&directory, "beside").await;
    let service = Service::new(&database.store, 0);
    let (team, ann) = (stand_in::of_group("team"), stand_in::of_user("ann"));
    for (system, file, before, after) in [
        (System::Contensis, "contensis.rs", "/api/security", ""),
        (System::Tulip, "tulip.rs", "/api/users/v1", ""),
        (System::Passbolt, "passbolt.rs", "", ".json"),
    ] {
        let header = service.credential(&database.store, system, None).await;
        let own = words(file);
        assert!(own.len() > 1, "{file} has another shape");
        let mut few: Vec<&str> = own.iter().map(String::as_str).collect();
        few.extend(match system {
            System::Passbolt => [ann.as_str(), team.as_str()],
            _ => ["ann", "team"],
        });
        // What the vendors offer besides, or others do.
        let many: Vec<&str> = few
            .iter()
            .copied()
            .chain(["search", "actions", "credentials", "roles", "me", "keys"])
            .collect();
        let asked: BTreeSet<String> = paths(&few, 4).into_iter().chain(paths(&many, 3)).collect();
        let mut found: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
        for path in asked {
            let path = format!("{before}{path}{after}");
            let method = if system == System::Tulip { "GET" } else { "TRACE" };
            let answer = service.send_as(&header, method, &path, "").await.expect("an address");
            let is_none = match system {
                System::Contensis => answer.status == 404,
                System::Tulip => answer.text.contains("there is no endpoint"),
                System::Passbolt => answer.body["header"].is_null(),
            };
            if is_none {
                continue;
            }
            let operation = document.operations().find(|it| is_of(it.path, &path));
            let operation = operation.unwrap_or_else(|| panic!("{path} is not documented: {}", answer.text));
            assert_eq!(operation.tag().to_lowercase(), system.name());
            let allowed = answer.header("allow").unwrap_or("GET, HEAD");
            let methods = allowed.split(", ").map(str::to_owned);
            found.entry(operation.path).or_default().extend(methods);
        }
        assert_eq!(found, told(&document, system), "{system:?}");
    }
}

#[test]
fn no_route_is_beside_the_document() {
    let document = Document::new();
    let mut routes = 0;
    for file in ["serve.rs", "directory.rs"] {
        let text = fs::read_to_string(source().join(file)).expect("the source is there");
        for route in text
            .split(".route(\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
        {
            routes += 1;
            // What stands for the rest of a path is asked word by word above; the page is the console's.
            let beginning = route.split("{*").next().unwrap_or_default();
            let is_documented = document
                .operations()
                .any(|it| it.path == route || it.path.starts_with(beginning) && beginning != route);
            let is_prefix = document
                .operations()
                .any(|it| it.path.starts_with(&format!("{}/", route.trim_end_matches('/'))));
            assert!(
                is_documented || is_prefix || route == "/index.html",
                "{route} is not documented"
            );
        }
    }
    assert!(routes > 8, "the routes are written down elsewhere");
}

#[tokio::test]
async fn the_document_is_served_to_everybody_and_is_of_this_version() {
    let store = Store::open("sqlite::memory:").await.expect("a database");
    let service = Service::new(&store, 0);
    let answer = service
        .send("GET", "/api/openapi.json", &[], b"")
        .await
        .expect("an address");
    assert_eq!((answer.status, answer.body["openapi"].as_str()), (200, Some("3.1.0")));
    assert_eq!(answer.header("content-type"), Some("application/json; charset=utf-8"));
    assert_eq!(Document::new().version(), env!("CARGO_PKG_VERSION"));
    assert_eq!(answer.body["info"]["version"], env!("CARGO_PKG_VERSION"));
}
