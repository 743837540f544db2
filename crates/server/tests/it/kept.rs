//! What a database keeps beside the facts, so that long lists are fast: counts of members, names to search in, and orders to
//! walk in.

use std::fs;

use membership::directory::{Builder, Directory, Place};
use membership::entity::{GroupIndex, UserRecord};
use membership::query::{parse_groups, parse_users};
use membership::text::fold;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, TestRunner};
use server::store::{Revision, Scope, Store, System, UserList};
use sqlx::AnyPool;
use tokio::runtime::Runtime;

use crate::arbitrary::contensis::Caller;
use crate::random::same;
use crate::store::{Database, NOW, agree, empty_postgres};

const USERS: i64 = 5;
const GROUPS: i64 = 6;

/// What is asked of groups that follows from facts about them.
const WHAT_FOLLOWS: [&str; 7] = [
    "depth = 0",
    "depth = 1",
    "depth > 2",
    "inCycle = true",
    "inheritedUserCount > 0",
    "inheritedUserCount = 2",
    "userCount > 1 ORDER BY userCount DESC",
];

fn config() -> Config {
    Config {
        cases: 48,
        failure_persistence: None,
        ..Config::default()
    }
}

/// Users and groups without any facts between them.
fn strangers(users: i64, groups: i64) -> Directory {
    let ids = |count: i64| (0..count).map(|id| format!("{{\"id\":\"{id}\"}}")).collect::<Vec<_>>();
    let json = format!(
        r#"{{"format":"rollcall/1","users":[{}],"groups":[{}]}}"#,
        ids(users).join(","),
        ids(groups).join(",")
    );
    membership::json::read(json.as_bytes()).expect("a directory")
}

/// How many users a list counts, of a group or all, whose names contain a text.
async fn total(store: &Store, group: Option<(i64, bool)>, q: &str) -> i64 {
    let list = UserList {
        group,
        excluded: &[],
        q,
        query: &parse_users("").expect("a query"),
        order: &[],
    };
    let none = Scope { offset: 0, limit: 0 };
    store.users(&list, none, NOW).await.expect("a list").total
}

/// A change of facts, by places.
#[derive(Clone, Debug)]
enum Turn {
    Add(i64, Vec<i64>),
    Remove(i64, i64),
    Nest(i64, Vec<i64>),
    Unnest(i64, i64),
    /// Users who become members or managers, or cease to be.
    Revise(i64, Vec<(i64, Option<bool>)>),
}

fn turns() -> impl Strategy<Value = Turn> {
    let (user, group) = (0..USERS, 0..GROUPS);
    let role = proptest::option::of(any::<bool>());
    prop_oneof![
        (group.clone(), vec(user.clone(), 0..4)).prop_map(|(group, users)| Turn::Add(group, users)),
        (group.clone(), user.clone()).prop_map(|(group, user)| Turn::Remove(group, user)),
        (group.clone(), vec(group.clone(), 0..4)).prop_map(|(group, children)| Turn::Nest(group, children)),
        (group.clone(), group.clone()).prop_map(|(parent, child)| Turn::Unnest(parent, child)),
        (group, vec((user, role), 0..4)).prop_map(|(group, roles)| Turn::Revise(group, roles)),
    ]
}

async fn take(store: &Store, turn: &Turn) {
    match turn {
        Turn::Add(group, users) => store.add_members(*group, users).await.expect("a change"),
        Turn::Remove(group, user) => _ = store.remove_member(*group, *user).await.expect("a change"),
        Turn::Nest(group, children) => {
            // A group in itself is refused before it comes here.
            let others: Vec<i64> = children.iter().copied().filter(|child| child != group).collect();
            store.nest(*group, &others).await.expect("a change");
        }
        Turn::Unnest(parent, child) => _ = store.unnest(*parent, *child).await.expect("a change"),
        Turn::Revise(group, roles) => {
            let revision = Revision {
                name: None,
                memberships: roles.clone(),
            };
            let decide = |_: &_| Ok::<_, ()>(revision);
            let revised = store.revise(*group, None, &[], NOW, decide).await.expect("a change");
            assert_eq!(revised, Ok(()));
        }
    }
}

#[test]
fn counts_follow_every_change() {
    let runtime = Runtime::new().expect("a runtime");
    let databases = runtime.block_on(Database::both(&strangers(USERS, GROUPS), "kept_counts"));
    let result = TestRunner::new(config()).run(&vec(turns(), 1..24), |turns| {
        for Database { store, .. } in &databases {
            runtime.block_on(async {
                store
                    .fill(&strangers(USERS, GROUPS))
                    .await
                    .expect("the facts are taken");
                for turn in &turns {
                    take(store, turn).await;
                }
                let json = store.to_json().await.expect("a file");
                let core = membership::json::read(json.as_bytes()).expect("a directory");
                let mut counts = Vec::new();
                for group in 0..GROUPS {
                    for inherited in [false, true] {
                        let members = core.members(Some(GroupIndex::new(group as u32)), inherited, &[]);
                        let counted = total(store, Some((group, inherited)), "").await;
                        prop_assert_eq!(counted, i64::from(members.count()), "of {} {}", group, inherited);
                        counts.push(counted);
                    }
                }
                for what in WHAT_FOLLOWS {
                    agree(&core, store, &parse_groups(what).expect("a query")).await;
                }
                // What a file of these facts is filled with is what the changes have come to.
                store.fill(&core).await.expect("the facts are taken");
                for (number, count) in (0..).zip(counts) {
                    prop_assert_eq!(total(store, Some((number / 2, number % 2 == 1)), "").await, count);
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

/// More than is sent to a database at once.
#[tokio::test]
async fn counts_follow_a_great_change() {
    const MANY: i64 = 1_200;
    let directory = strangers(MANY, MANY);
    for Database { store, .. } in &Database::both(&directory, "kept_great").await {
        let (users, children): (Vec<i64>, Vec<i64>) = ((0..MANY).collect(), (2..MANY).collect());
        store.nest(1, &children).await.expect("a change");
        store.nest(0, &[1]).await.expect("a change");
        store.add_members(MANY - 1, &users).await.expect("a change");
        for group in [0, 1, MANY - 1] {
            assert_eq!(total(store, Some((group, true)), "").await, MANY, "{group}");
        }
        let json = store.to_json().await.expect("a file");
        let core = membership::json::read(json.as_bytes()).expect("a directory");
        for what in WHAT_FOLLOWS {
            agree(&core, store, &parse_groups(what).expect("a query")).await;
        }
    }
}

/// Characters that mean something to a pattern, a quotation, a tokenizer or the joined names, or that change with the case.
const CHARACTERS: &[char] = &[
    'a', 'b', 'A', 'ß', 'İ', 'Σ', 'ς', 'ö', '|', '"', '\'', '%', '_', '\\', '*', ' ', '\u{1}', '\u{fffd}', '\u{fffe}',
    '😀',
];

fn texts(most: usize) -> impl Strategy<Value = String> {
    vec(select(CHARACTERS), 0..most).prop_map(|text| text.into_iter().collect())
}

#[test]
fn a_search_finds_what_the_names_contain() {
    let runtime = Runtime::new().expect("a runtime");
    let databases = runtime.block_on(Database::both(&strangers(USERS, GROUPS), "kept_search"));
    let names = proptest::array::uniform4(proptest::option::of(texts(6)));
    let cases = (vec(names, 1..20), vec(texts(6), 1..20));
    let result = TestRunner::new(config()).run(&cases, |(users, searches)| {
        let mut builder = Builder::new();
        for (id, [first, last, username, email]) in (0..).zip(&users) {
            let user = UserRecord {
                id: &format!("{id}"),
                first_name: first.as_deref(),
                last_name: last.as_deref(),
                username: username.as_deref(),
                email: email.as_deref(),
                ..UserRecord::default()
            };
            builder.user(&user, Place::default()).expect("room");
        }
        let directory = builder.finish(&mut |_, _| ()).expect("room");
        for Database { store, .. } in &databases {
            runtime.block_on(async {
                store.fill(&directory).await.expect("the facts are taken");
                for search in &searches {
                    let contains = |name: &Option<String>| {
                        let name = name.as_deref().map(fold);
                        name.is_some_and(|name| name.contains(&*fold(search)))
                    };
                    let found = users
                        .iter()
                        .filter(|names| search.is_empty() || names.iter().any(contains));
                    prop_assert_eq!(total(store, None, search).await, found.count() as i64, "{:?}", search);
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

/// Lists that are walked in their order, and such that are sorted, of the same groups and searches.
#[tokio::test]
async fn long_lists_are_as_the_core_has_them() {
    let directory = membership::sample::directory(4_000, 3).expect("a sample");
    let mut groups: Vec<GroupIndex> = directory.all_groups().collect();
    let size = |group: &GroupIndex| directory.members(Some(*group), true, &[]).count();
    groups.sort_by_cached_key(|group| std::cmp::Reverse(size(group)));
    assert!(size(&groups[0]) > 2_000 && size(&groups[1]) > 1_000, "some are long");
    let id = |at: usize| directory.group_id(groups[at]);
    let mut paths = Vec::new();
    for order in [
        "",
        "-created",
        "lastName,firstName",
        "-email",
        "language",
        "custom.none",
    ] {
        for page in ["pageIndex=0", "pageIndex=3&pageSize=30", "pageIndex=9&pageSize=200"] {
            let slice = format!("order={order}&{page}");
            for group in [id(0), id(1), id(2)] {
                for narrower in ["", "&q=a", "&q=mar", "&zenQL=email~a"] {
                    let list = format!("groups/{group}/users?includeInherited=true&{slice}{narrower}");
                    paths.push(format!("/api/security/{list}"));
                }
                paths.push(format!("/api/security/groups/{group}/users?{slice}"));
            }
            let excluding = format!(
                "groups/{}/users?includeInherited=true&{slice}&excludedGroups={}",
                id(0),
                id(6)
            );
            paths.push(format!("/api/security/{excluding}"));
            for q in ["", "a", "an", "mar", "example", "EXAMPLE.", "no such name"] {
                paths.push(format!("/api/security/users?{slice}&q={}", q.replace(' ', "%20")));
            }
        }
    }
    for database in Database::both(&directory, "kept_long").await {
        for path in &paths {
            let asked = ("GET", path.clone(), Caller::Administrator);
            let answers = same(System::Contensis, &database, &directory, &asked).await;
            answers.unwrap_or_else(|error| panic!("{error}"));
        }
    }
}

/// A database from before there were such things goes on, with all of them.
#[tokio::test]
async fn an_older_database_goes_on() {
    let directory = membership::sample::directory(300, 5).expect("a sample");
    let folder = std::env::temp_dir().join(format!("rollcall-{}-kept", std::process::id()));
    fs::create_dir_all(&folder).expect("a folder for the test");
    let sqlite = format!("sqlite:{}?mode=rwc", folder.join("rollcall.db").display());
    for url in [sqlite, empty_postgres("kept_older").await] {
        let store = Store::open(&url).await.expect("a database");
        store.fill(&directory).await.expect("the facts are taken");
        store.close().await;
        let pool = AnyPool::connect(&url).await.expect("the same database");
        let mut undone = vec![
            "DROP TABLE user_search",
            "ALTER TABLE groups DROP COLUMN user_count",
            "ALTER TABLE groups DROP COLUMN member_count",
            "ALTER TABLE revision DROP COLUMN user_count",
            "ALTER TABLE revision DROP COLUMN group_count",
            "DELETE FROM _sqlx_migrations WHERE version > 3",
        ];
        undone.extend(match url.starts_with("sqlite") {
            true => vec!["DROP TABLE user_trigrams"],
            false => vec![
                "DROP INDEX users_by_latest_created, users_by_latest_login, users_by_last_username, users_by_last_email",
                "DROP INDEX users_by_last_first_name, users_by_last_last_name",
            ],
        });
        for statement in undone {
            sqlx::query(statement).execute(&pool).await.expect("it was there");
        }
        pool.close().await;
        let store = Store::open(&url).await.expect("a database");
        for group in directory.all_groups() {
            for inherited in [false, true] {
                let members = directory.members(Some(group), inherited, &[]);
                let counted = total(&store, Some((i64::from(group.row()), inherited)), "").await;
                assert_eq!(counted, i64::from(members.count()), "{group:?} {inherited}");
            }
        }
        for search in ["", "ma", "mar", "example"] {
            let found = directory.find_users(search).count();
            assert_eq!(total(&store, None, search).await, i64::from(found), "{search}");
        }
        store.close().await;
    }
    let _ = fs::remove_dir_all(&folder);
}
