//! Arbitrary requests on arbitrary directories, answered in SQL by both databases and from memory by the core: two programs
//! that share nothing but the documentation. `PROPTEST_CASES` asks for more.

use membership::directory::Directory;
use membership::entity::UserIndex;
use membership::json::DirectoryReader;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use provider::answer::{self, Call};
use serde_json::Value;
use server::store::System;
use tokio::runtime::Runtime;

use crate::arbitrary::ask::Asking;
use crate::arbitrary::contensis::Caller;
use crate::arbitrary::facts::facts;
use crate::arbitrary::model::Facts;
use crate::arbitrary::world::World;
use crate::arbitrary::{ask, asks_of_passbolt, asks_of_tulip};
use crate::service::{Answer, ORIGIN, Service};
use crate::store::{Database, SELDOM};

/// Directories for each vendor where nobody asks for more.
const CASES: u32 = 64;

/// A request: method, address and who sends it.
pub type Asked = (&'static str, String, Caller);

fn config() -> Config {
    let asked = std::env::var("PROPTEST_CASES")
        .ok()
        .and_then(|cases| cases.parse().ok());
    Config {
        cases: asked.unwrap_or(CASES),
        failure_persistence: None,
        ..Config::default()
    }
}

fn directory(facts: &Facts) -> Directory {
    let mut reader = DirectoryReader::new();
    reader
        .push(facts.to_json().as_bytes())
        .expect("the file is a directory");
    reader.finish(&mut |_, _| {}).expect("the file is whole")
}

/// Asks databases and core the same.
fn agree<A: std::fmt::Debug>(
    system: System,
    asks: impl Strategy<Value = A>,
    requests: impl Fn(&A, &Facts, &World) -> Asked,
) {
    let runtime = Runtime::new().expect("a runtime");
    let empty = membership::json::read(br#"{"format":"rollcall/1"}"#).expect("a directory");
    let databases = runtime.block_on(Database::both(&empty, &format!("random_{}", system.name())));
    let result = TestRunner::new(config()).run(&(facts(), vec(asks, 1..12)), |(facts, asks)| {
        let (directory, world) = (directory(&facts), World::new(&facts));
        let asked: Vec<Asked> = asks.iter().map(|ask| requests(ask, &facts, &world)).collect();
        for database in &databases {
            runtime.block_on(async {
                let refused = database.store.fill(&directory).await.expect("the facts are taken");
                prop_assert_eq!(refused, []);
                for asked in &asked {
                    same(system, database, &directory, asked).await?;
                }
                Ok(())
            })?;
        }
        Ok(())
    });
    if let Err(error) = result {
        panic!("{error}");
    }
}

pub async fn same(
    system: System,
    database: &Database,
    directory: &Directory,
    (method, url, caller): &Asked,
) -> Result<(), TestCaseError> {
    // Where an address names a host, it is as good as the one that all name.
    let path = match url.split_once("://") {
        Some((_, rest)) if !url.starts_with('/') => &rest[rest.find('/').unwrap_or(rest.len())..],
        _ => url,
    };
    let service = Service::new(&database.store, 0);
    let (user, caller) = match caller {
        Caller::Nobody => (None, answer::Caller::Nobody),
        Caller::Administrator => (None, answer::Caller::Administrator),
        Caller::User(row) => {
            let user = UserIndex::new(*row as u32);
            (Some(directory.user_id(user)), answer::Caller::User(user))
        }
    };
    let credential = match caller {
        answer::Caller::Nobody => "Bearer forged".to_owned(),
        _ => service.credential(&database.store, system, user).await,
    };
    let Some(sql) = service.send_as(&credential, method, path, "").await else {
        // The address is none that can be sent.
        return Ok(());
    };
    let now = std::time::SystemTime::UNIX_EPOCH
        .elapsed()
        .expect("it is later")
        .as_millis() as i64;
    let call = Call {
        method,
        url: &format!("{ORIGIN}{path}"),
        caller,
        now,
    };
    let core = answer::answer(directory, &call);
    let body = core.body.map(|body| serde_json::from_str(&body).expect("JSON"));
    let Answer { status, body: sql, .. } = sql;
    prop_assert_eq!(
        (status, fixed(sql)),
        (core.status, fixed(body.unwrap_or_default())),
        "{} {} as {:?}",
        method,
        path,
        caller
    );
    Ok(())
}

/// Everything of an answer that the documents fix: not the words of an error, nor what is of one request alone, nor the
/// order of the members within a record.
fn fixed(mut body: Value) -> Value {
    for part in ["/header", ""] {
        if let Some(part) = body.pointer_mut(part).and_then(Value::as_object_mut) {
            part.remove("message");
        }
    }
    if let Some(header) = body.pointer_mut("/header").and_then(Value::as_object_mut) {
        header.remove("id");
        header.remove("servertime");
        match body.get_mut("body") {
            Some(Value::Array(records)) => records.iter_mut().for_each(settle),
            Some(record) => settle(record),
            None => {}
        }
    }
    body
}

fn settle(record: &mut Value) {
    for list in ["users", "groups_users"] {
        if let Some(items) = record.get_mut(list).and_then(Value::as_array_mut) {
            items.sort_by_cached_key(|item| item["id"].to_string());
        }
    }
}

/// No database holds a null byte, and PostgreSQL takes none as a parameter.
#[tokio::test]
async fn null_bytes_in_requests_find_nothing() {
    let directory = membership::json::read(SELDOM.as_bytes()).expect("a directory");
    for database in Database::both(&directory, "random_null_bytes").await {
        for (system, path) in [
            (System::Contensis, "/api/security/users?q=%00"),
            (System::Contensis, "/api/security/users/%00"),
            (System::Contensis, "/api/security/groups/%00/users"),
            (System::Contensis, "/api/security/users?order=custom.%00"),
            (System::Contensis, "/api/security/users?zenQL=username%20=%20%22%00%22"),
            (System::Contensis, "/api/security/users?zenQL=username%20~%20%22%00%22"),
            (
                System::Contensis,
                "/api/security/users?zenQL=username%20%3C%20%22a%00%22",
            ),
            (
                System::Contensis,
                "/api/security/users?zenQL=username%20IN%20(%22%00%22,ann)",
            ),
            (System::Contensis, "/api/security/users?zenQL=memberOf%20=%20%22%00%22"),
            (System::Tulip, "/api/users/v1/users?search=%00"),
            (
                System::Tulip,
                "/api/users/v1/users?filter=badgeId%20eq%20'%00'%20or%20badgeId%20eq%20'five'",
            ),
            (System::Tulip, "/api/users/v1/users/%00"),
            (System::Passbolt, "/users.json?filter[search]=%00"),
            (System::Passbolt, "/users/%00.json"),
        ] {
            let asked = ("GET", path.to_owned(), Caller::Administrator);
            same(system, &database, &directory, &asked)
                .await
                .expect("both answer alike");
        }
    }
}

#[test]
fn contensis_is_answered_alike() {
    agree(System::Contensis, ask::asks(), |ask, facts, world| {
        (ask.method(), ask.url(facts, world), ask.asking.caller(world))
    });
}

#[test]
fn tulip_is_answered_alike() {
    agree(System::Tulip, asks_of_tulip::asks(), |ask, facts, world| {
        ("GET", ask.url(facts), asking(&ask.asking, world))
    });
}

#[test]
fn passbolt_is_answered_alike() {
    agree(System::Passbolt, asks_of_passbolt::asks(), |ask, facts, world| {
        ("GET", ask.url(facts), asking(&ask.asking, world))
    });
}

fn asking(asking: &Asking, world: &World) -> Caller {
    asking.caller(world)
}
