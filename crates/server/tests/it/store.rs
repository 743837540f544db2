//! The database against the core: the same facts, the same questions, the same answers.

use std::path::PathBuf;

use membership::directory::Directory;
use membership::entity::{Entity, GroupIndex, UserIndex};
use membership::order;
use membership::query::{self, Query};
use server::store::{Caller, Credential, GroupList, Scope, Store, System, TOKEN_SECONDS, UserList};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

pub const NOW: i64 = 1_795_000_000_000;
const ALL: Scope = Scope {
    offset: 0,
    limit: 100_000,
};

/// A directory with what is seldom: cycles, several parents, names alike without case, missing and empty fields, vendors'
/// fields of several kinds, words of several alphabets.
pub const SELDOM: &str = r#"{"format":"rollcall/1",
"users":[
 {"id":"u1","username":"ann","email":"Ann@Example.org","firstName":"Ann","lastName":"Ångström","created":"2024-01-31T15:26:54Z","status":{"suspended":false,"locked":true},"custom":{"floor":3,"team":"Red Team","remote":true}},
 {"id":"U1","username":"ANNE","email":"","firstName":"","lastName":"O'Neil-Smith","status":{"suspended":true},"custom":{"floor":"3","Team":"blue"}},
 {"id":"0A1B2C3D-0000-4000-8000-00000000000A","username":"σίσυφος","firstName":"Σίσυφος","lastName":"ΤΕΣ","language":"el","lastLogin":"2026-11-20T10:00:00Z"},
 {"id":"4","firstName":"100%","lastName":"_x_ \\ y","timezone":"Europe/London","custom":{"floor":-2.5,"remote":false}},
 {"id":"5","username":"five"},
 {"id":"6","username":"ann","email":"second@example.org","firstName":"İpek","status":{"passwordResetRequired":true}}],
"groups":[
 {"id":"g1","name":"System Administrators","type":"sys","description":"Those who may"},
 {"id":"g2","name":"Eng, Web & 50%","type":"contensis","custom":{"cost":12}},
 {"id":"g3","name":"ops/+","description":""},
 {"id":"g4","name":"OPS/+"},
 {"id":"g5"},
 {"id":"g6","name":"Loop","created":"2020-02-29T00:00:00Z"}],
"memberships":[{"group":"g1","user":"u1"},{"group":"g2","user":"u1","isAdmin":true},{"group":"g3","user":"U1"},
 {"group":"g4","user":"4","isAdmin":true},{"group":"g6","user":"5"},{"group":"g5","user":"6"}],
"nestings":[{"parent":"g1","child":"g3"},{"parent":"g2","child":"g3"},{"parent":"g3","child":"g4"},{"parent":"g4","child":"g6"},
 {"parent":"g6","child":"g4"},{"parent":"g1","child":"g4"}]}"#;

/// The database server that the tests share; `cargo xtask test` starts one and says where it listens.
const POSTGRES: &str = "ROLLCALL_POSTGRES";

/// A database of a test's own, which goes with it.
pub struct Database {
    pub store: Store,
    file: Option<PathBuf>,
}

impl Database {
    /// One of each kind, filled with a directory.
    pub async fn both(directory: &Directory, name: &str) -> [Self; 2] {
        [
            Self::sqlite(directory, name).await,
            Self::postgres(directory, name).await,
        ]
    }

    async fn sqlite(directory: &Directory, name: &str) -> Self {
        let file = std::env::temp_dir().join(format!("rollcall-{}-{name}.db", std::process::id()));
        let store = filled(&format!("sqlite:{}?mode=rwc", file.display()), directory).await;
        Self {
            store,
            file: Some(file),
        }
    }

    async fn postgres(directory: &Directory, name: &str) -> Self {
        let store = filled(&empty_postgres(name).await, directory).await;
        Self { store, file: None }
    }
}

/// The URL of an empty database of a test's own on the server that all share.
pub async fn empty_postgres(name: &str) -> String {
    let server = std::env::var(POSTGRES)
        .unwrap_or_else(|_| panic!("{POSTGRES} has to name a PostgreSQL server: `cargo xtask test` starts one"));
    sqlx::any::install_default_drivers();
    let pool = sqlx::AnyPool::connect(&format!("{server}/postgres"))
        .await
        .expect("the server answers");
    for statement in [
        format!("DROP DATABASE IF EXISTS {name}"),
        format!("CREATE DATABASE {name}"),
    ] {
        sqlx::query(&statement)
            .execute(&pool)
            .await
            .expect("a database for the test");
    }
    pool.close().await;
    format!("{server}/{name}")
}

async fn filled(url: &str, directory: &Directory) -> Store {
    let store = Store::open(url).await.expect("a database");
    assert_eq!(store.fill(directory).await.expect("the facts are taken"), []);
    store
}

impl Drop for Database {
    fn drop(&mut self) {
        if let Some(file) = &self.file {
            for end in ["", "-wal", "-shm"] {
                let _ = std::fs::remove_file(format!("{}{end}", file.display()));
            }
        }
    }
}

/// Every comparison of every field with every value that has a meaning there.
fn queries(subject: Entity) -> Vec<Query> {
    let (fields, parse): (&[&str], fn(&str) -> _) = match subject {
        Entity::User => (
            &[
                "id",
                "username",
                "email",
                "firstName",
                "lastName",
                "fullName",
                "language",
                "timezone",
                "status.suspended",
                "status.locked",
                "status.passwordResetRequired",
                "created",
                "lastLogin",
                "expiry",
                "custom.floor",
                "custom.TEAM",
                "custom.team",
                "custom.remote",
                "custom.none",
                "memberOf",
                "directMemberOf",
                "managerOf",
                "isAdministrator",
                "status",
                "groupCount",
                "inheritedGroupCount",
                "*",
            ],
            query::parse_users,
        ),
        Entity::Group => (
            &[
                "id",
                "name",
                "description",
                "type",
                "created",
                "modified",
                "userCount",
                "childGroupCount",
                "custom.cost",
                "hasMember",
                "hasDirectMember",
                "hasManager",
                "childOf",
                "parentOf",
                "ancestorOf",
                "descendantOf",
                "inheritedUserCount",
                "managerCount",
                "depth",
                "inCycle",
                "*",
            ],
            query::parse_groups,
        ),
    };
    let values = [
        "ann",
        "\"\"",
        "\"a\"",
        "Σ",
        "\"ops/+\"",
        "g6",
        "u1",
        "%",
        "_",
        "3",
        "\"3\"",
        "-2.5",
        "0",
        "1",
        "2",
        "true",
        "false",
        "\"50%\"",
        "active",
        "locked",
        "\"red team\"",
        "\"!\"",
        "2024-01-31",
        "-1y",
        "i",
        "smith",
        "\"o'neil-smith\"",
        "é",
    ];
    let mut texts = Vec::new();
    for field in fields {
        for value in values {
            for operator in [
                "=",
                "!=",
                "~",
                "!~",
                "<",
                "<=",
                ">",
                ">=",
                "STARTSWITH",
                "NOT STARTSWITH",
                "ENDSWITH",
                "FREETEXT",
            ] {
                texts.push(format!("{field} {operator} {value}"));
            }
            texts.push(format!("{field} IN ({value}, {value})"));
            texts.push(format!("{field} BETWEEN ({value}, {value})"));
            texts.push(format!(
                "NOT ({field} = {value} OR NOT NOT {field} > {value}) AND NOT {field} ~ z"
            ));
        }
        for about in ["= NULL", "!= NULL", "IS EMPTY", "IS NOT EMPTY", "EXISTS"] {
            texts.push(format!("{field} {about}"));
        }
    }
    texts.iter().filter_map(|text| parse(text).ok()).collect()
}

pub async fn agree(directory: &Directory, store: &Store, query: &Query) {
    match query.subject {
        Entity::User => {
            let core = directory.select_users(query, NOW);
            let list = UserList {
                group: None,
                excluded: &[],
                q: "",
                query,
                order: &query.order,
            };
            let sql = store.users(&list, ALL, NOW).await;
            let Ok(core) = core else {
                return assert!(sql.is_err(), "{query}: only the core refuses");
            };
            let sql = sql.unwrap_or_else(|error| panic!("{query}: {error}"));
            let rows = order::rows(&directory.user_permutation(&query.order), &core);
            let core: Vec<&str> = rows.iter().map(|row| directory.user_id(UserIndex::new(*row))).collect();
            let sql: Vec<&str> = sql.items.iter().map(|user| user.id.as_str()).collect();
            assert_eq!(sql, core, "{query}");
        }
        Entity::Group => {
            let core = directory.select_groups(query, NOW);
            let list = GroupList {
                user: None,
                parent: None,
                excluded: &[],
                q: "",
                query,
                order: &query.order,
            };
            let sql = store.groups(&list, ALL, NOW).await;
            let Ok(core) = core else {
                return assert!(sql.is_err(), "{query}: only the core refuses");
            };
            let sql = sql.unwrap_or_else(|error| panic!("{query}: {error}"));
            let rows = order::rows(&directory.group_permutation(&query.order), &core);
            let core: Vec<&str> = rows
                .iter()
                .map(|row| directory.group_id(GroupIndex::new(*row)))
                .collect();
            let sql: Vec<&str> = sql.items.iter().map(|group| group.id.as_str()).collect();
            assert_eq!(sql, core, "{query}");
        }
    }
}

#[tokio::test]
async fn every_comparison_of_every_field_selects_the_same() {
    let directory = membership::json::read(SELDOM.as_bytes()).expect("a directory");
    let databases = Database::both(&directory, "comparisons").await;
    let mut count = 0;
    for subject in [Entity::User, Entity::Group] {
        for query in queries(subject) {
            for database in &databases {
                agree(&directory, &database.store, &query).await;
            }
            count += 1;
        }
    }
    assert!(count > 5_000, "only {count} queries");
}

#[tokio::test]
async fn every_order_is_the_same() {
    let directory = membership::json::read(SELDOM.as_bytes()).expect("a directory");
    let [sqlite, postgres] = Database::both(&directory, "orders").await;
    for field in [
        "id",
        "username",
        "email",
        "firstName",
        "lastName",
        "fullName",
        "status",
        "status.locked",
        "created",
        "custom.floor",
        "custom.remote",
        "custom.none",
    ] {
        for text in [
            format!("ORDER BY {field}"),
            format!("ORDER BY {field} DESC, status"),
            format!("ORDER BY status, {field}"),
        ] {
            let query = query::parse_users(&text).expect("a query");
            agree(&directory, &sqlite.store, &query).await;
            agree(&directory, &postgres.store, &query).await;
        }
    }
    for field in [
        "id",
        "name",
        "description",
        "type",
        "created",
        "userCount",
        "childGroupCount",
        "custom.cost",
    ] {
        for text in [format!("ORDER BY {field}"), format!("ORDER BY {field} DESC")] {
            let query = query::parse_groups(&text).expect("a query");
            agree(&directory, &sqlite.store, &query).await;
            agree(&directory, &postgres.store, &query).await;
        }
    }
}

#[tokio::test]
async fn changes_leave_what_a_fresh_database_would_hold() {
    let directory = membership::json::read(SELDOM.as_bytes()).expect("a directory");
    let changed = SELDOM
        .replace(
            r#"{"group":"g3","user":"U1"}"#,
            r#"{"group":"g6","user":"U1"},{"group":"g5","user":"5"}"#,
        )
        .replace(r#"{"parent":"g6","child":"g4"}"#, r#"{"parent":"g5","child":"g1"}"#);
    let changed = membership::json::read(changed.as_bytes()).expect("a directory");
    for database in Database::both(&directory, "changes").await {
        let store = &database.store;
        let group = async |id| store.find_group(id).await.expect("an answer").expect("a group");
        let user = async |id| store.find_user(id).await.expect("an answer").expect("a user");
        assert!(
            store
                .remove_member(group("g3").await, user("U1").await)
                .await
                .expect("removed")
        );
        assert!(
            !store
                .remove_member(group("g3").await, user("U1").await)
                .await
                .expect("was gone")
        );
        store
            .add_members(group("g6").await, &[user("U1").await, user("5").await])
            .await
            .expect("added");
        store
            .add_members(group("g5").await, &[user("5").await])
            .await
            .expect("added");
        assert!(
            store
                .unnest(group("g6").await, group("g4").await)
                .await
                .expect("unnested")
        );
        store
            .nest(group("g5").await, &[group("g1").await])
            .await
            .expect("nested");
        assert!(
            store
                .is_nested(group("g5").await, group("g1").await)
                .await
                .expect("an answer")
        );
        for text in [
            "depth = 0",
            "depth > 2",
            "inCycle = true",
            "hasMember = U1",
            "ORDER BY userCount DESC",
        ] {
            agree(&changed, store, &query::parse_groups(text).expect("a query")).await;
        }
        for text in [
            "memberOf = g5",
            "inheritedGroupCount > 2",
            "directMemberOf IN (g5, g6)",
            "isAdministrator = true",
        ] {
            agree(&changed, store, &query::parse_users(text).expect("a query")).await;
        }
    }
}

#[tokio::test]
async fn a_credential_is_known_by_its_secret_and_a_token_until_it_expires() {
    let directory = membership::json::read(SELDOM.as_bytes()).expect("a directory");
    for database in Database::both(&directory, "access").await {
        let store = &database.store;
        let nameless = store.grant(System::Contensis, None, NOW).await.expect("granted");
        let ann = store.grant(System::Contensis, Some("u1"), NOW).await.expect("granted");
        let sixth = store.grant(System::Passbolt, Some("6"), NOW).await.expect("granted");
        let exchange = async |one: &Credential, secret: &str| {
            store
                .exchange(System::Contensis, &one.id, secret, NOW)
                .await
                .expect("an answer")
        };
        assert_eq!(exchange(&nameless, &ann.secret).await, None);
        let token = exchange(&nameless, &nameless.secret).await.expect("a token");
        let caller =
            async |system, token: &str, now| store.caller_of_token(system, token, now).await.expect("an answer");
        assert_eq!(caller(System::Contensis, &token, NOW).await, Caller::Administrator);
        assert_eq!(
            caller(System::Contensis, &token, NOW + TOKEN_SECONDS * 1000).await,
            Caller::Nobody
        );
        assert_eq!(caller(System::Tulip, &token, NOW).await, Caller::Nobody);
        assert_eq!(caller(System::Contensis, "", NOW).await, Caller::Nobody);
        let token = exchange(&ann, &ann.secret).await.expect("a token");
        let ann = caller(System::Contensis, &token, NOW).await;
        assert!(matches!(ann, Caller::User(_)) && store.is_administrator(ann).await.expect("an answer"));
        let sixth = caller(System::Passbolt, &sixth.secret, NOW).await;
        assert!(matches!(sixth, Caller::User(_)) && !store.is_administrator(sixth).await.expect("an answer"));
    }
}

#[tokio::test]
async fn what_a_database_cannot_hold_is_named_and_the_rest_is_taken() {
    let text = r#"{"format":"rollcall/1","users":[{"id":"1","username":"a\u0000b"},{"id":"2","custom":{"x":"\u0000","y":1}}],
        "groups":[{"id":"g","members":["1","2"]}]}"#;
    let directory = membership::json::read(text.as_bytes()).expect("a directory");
    let empty = membership::json::read(br#"{"format":"rollcall/1"}"#).expect("a directory");
    for database in Database::both(&empty, "null_bytes").await {
        assert!(database.store.is_empty().await.expect("an answer"));
        let refused = database.store.fill(&directory).await.expect("the rest is taken");
        let refused: Vec<&str> = refused.iter().map(|refused| refused.0.as_str()).collect();
        assert_eq!(
            refused,
            [
                "the user `1`: a text of it has a null byte",
                "a value of the field `x`: it has a null byte"
            ]
        );
        let query = query::parse_users("memberOf = g AND custom.y = 1").expect("a query");
        let list = UserList {
            group: None,
            excluded: &[],
            q: "",
            query: &query,
            order: &[],
        };
        assert_eq!(database.store.users(&list, ALL, NOW).await.expect("an answer").total, 1);
        assert_eq!(database.store.find_user("a\0b").await.expect("an answer"), None);
    }
}

/// What a server of databases hears that answers a wish for TLS with `answer`, and whether the store opens all the same.
async fn heard_after(answer: u8) -> (Vec<u8>, bool) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a port for the test");
    let address = listener.local_addr().expect("an address");
    let server = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.expect("a connection");
        let mut wish = [0; 8];
        stream.read_exact(&mut wish).await.expect("a wish");
        assert_eq!(
            wish,
            [0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f],
            "for TLS, before anything else"
        );
        stream.write_all(&[answer]).await.expect("an answer");
        let mut heard = vec![0; 3];
        let length = stream.read(&mut heard).await.expect("the connection is there");
        heard.truncate(length);
        heard
    });
    let url = format!("postgres://me:s3cret@{address}/people?sslmode=require");
    let opens = Store::open(&url).await.is_ok();
    (server.await.expect("it ends"), opens)
}

#[tokio::test]
async fn postgresql_hears_nothing_without_tls_where_that_is_required() {
    assert_eq!(heard_after(b'S').await, (vec![0x16, 3, 1], false), "a handshake of TLS");
    assert_eq!(heard_after(b'N').await, (Vec::new(), false));
}
