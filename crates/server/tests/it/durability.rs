//! The binary on both databases: killed while it writes, started twice at once, and started where another serves.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

use membership::directory::Directory;
use provider::answer::{Call, Caller, answer};
use serde_json::{Value, json};

use crate::running::{Client, Credential, Running, run, serve};
use crate::store::empty_postgres;

/// Connections that write at once.
const WRITERS: usize = 8;
/// Users whose memberships one connection alone changes.
const USERS: usize = 6;
/// Groups whose nestings in others one connection alone changes.
const GROUPS: usize = 5;
/// A user whom nobody puts into a group.
const LONER: &str = "loner";

/// A folder of a test's own, which goes with it.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("rollcall-{}-{name}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder for the test");
        Self(folder)
    }

    fn database(&self) -> String {
        format!("sqlite:{}", self.0.join("rollcall.db").display())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// That a user is in a group, or that a group is in another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fact {
    /// Of the group, the user.
    Membership(String, String),
    /// Of the parent, the child.
    Nesting(String, String),
}

/// A request that makes facts true, or false.
struct Write {
    method: &'static str,
    path: String,
    body: String,
    facts: Vec<Fact>,
    to: bool,
}

/// Numbers without any order, always the same.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % end
    }
}

/// One connection's part of the facts: what has been acknowledged, and the write that was not.
struct Writer {
    number: usize,
    random: Random,
    facts: BTreeMap<Fact, bool>,
    unanswered: Option<Write>,
}

impl Writer {
    fn new(number: usize) -> Self {
        Self {
            number,
            random: Random(number as u64),
            facts: BTreeMap::new(),
            unanswered: None,
        }
    }

    /// A write of facts that no other connection changes: memberships of its own users, nestings of its own groups.
    fn invent(&mut self) -> Write {
        let is_nesting = self.random.below(3) == 0;
        let group = format!("g{}", self.random.below(WRITERS * GROUPS));
        let (place, sort, own, most) = if is_nesting {
            ("groups", 'g', GROUPS, 2)
        } else {
            ("users", 'u', USERS, 4)
        };
        let number = self.number * own;
        let mut ids: Vec<String> = (0..=self.random.below(most))
            .map(|_| format!("{sort}{}", number + self.random.below(own)))
            .collect();
        ids.sort_unstable();
        ids.dedup();
        ids.retain(|id| *id != group);
        let fact = |id: &String| match is_nesting {
            true => Fact::Nesting(group.clone(), id.clone()),
            false => Fact::Membership(group.clone(), id.clone()),
        };
        let path = format!("/api/security/groups/{group}/{place}");
        let facts: Vec<Fact> = ids.iter().map(fact).collect();
        if let [id] = ids.as_slice() {
            let to = self.random.below(3) > 0;
            let method = if to { "PUT" } else { "DELETE" };
            let path = format!("{path}/{id}");
            return Write {
                method,
                path,
                body: String::new(),
                facts,
                to,
            };
        }
        Write {
            method: "POST",
            path,
            body: json!(ids).to_string(),
            facts,
            to: true,
        }
    }

    /// Writes until the companion is gone.
    fn write(&mut self, client: &mut Client, acknowledged: &dyn Fn()) {
        loop {
            let write = self.invent();
            match client.ask(write.method, &write.path, &write.body) {
                Ok(answer) => self.note(&write, answer.status),
                Err(_) => {
                    self.unanswered = Some(write);
                    return;
                }
            }
            acknowledged();
        }
    }

    /// Takes an acknowledged write down; ending what is not there has to be told.
    fn note(&mut self, write: &Write, status: u16) {
        let was = |fact: &Fact| self.facts.get(fact) == Some(&true);
        let expected = if write.to || write.facts.iter().all(was) {
            204
        } else {
            404
        };
        assert_eq!(status, expected, "{} {} {}", write.method, write.path, write.body);
        self.facts
            .extend(write.facts.iter().map(|fact| (fact.clone(), write.to)));
    }

    /// Compares with what is there after a new start. The write without an answer is there whole or not at all.
    fn compare(&mut self, found: &BTreeSet<Fact>) {
        let unanswered = self.unanswered.take();
        let open: &[Fact] = unanswered.as_ref().map_or(&[], |write| &write.facts);
        for (fact, is_true) in &self.facts {
            if !open.contains(fact) {
                assert_eq!(found.contains(fact), *is_true, "{fact:?}");
            }
        }
        if let Some(write) = &unanswered {
            let done = open.iter().all(|fact| found.contains(fact) == write.to);
            let was = |fact: &Fact| self.facts.get(fact) == Some(&true);
            let undone = open.iter().all(|fact| found.contains(fact) == was(fact));
            assert!(done || undone, "half of {} {} {}", write.method, write.path, write.body);
        }
        for fact in open {
            self.facts.insert(fact.clone(), found.contains(fact));
        }
    }
}

/// A directory file with these facts.
fn file(facts: &BTreeSet<Fact>) -> String {
    let ids = |sort: char, count: usize| -> Vec<Value> {
        (0..count)
            .map(|number| json!({"id": format!("{sort}{number}"), "name": format!("{sort}{number}")}))
            .collect()
    };
    let memberships = facts.iter().filter_map(|fact| match fact {
        Fact::Membership(group, user) => Some(json!({"group": group, "user": user})),
        Fact::Nesting(..) => None,
    });
    let nestings = facts.iter().filter_map(|fact| match fact {
        Fact::Nesting(parent, child) => Some(json!({"parent": parent, "child": child})),
        Fact::Membership(..) => None,
    });
    let mut users = ids('u', WRITERS * USERS);
    users.push(json!({"id": LONER}));
    json!({
        "format": "rollcall/1",
        "users": users,
        "groups": ids('g', WRITERS * GROUPS),
        "memberships": memberships.collect::<Vec<_>>(),
        "nestings": nestings.collect::<Vec<_>>(),
    })
    .to_string()
}

/// All facts, as the documented endpoints tell them, when nothing of a companion that was killed is under way any more: a
/// server of databases may still be at work on what that companion sent last, and a change waits for it, a read does not.
fn found(client: &mut Client) -> BTreeSet<Fact> {
    let path = format!("/api/security/groups/g0/users/{LONER}");
    assert_eq!(client.ask("DELETE", &path, "").expect("an answer").status, 404);
    let mut facts = BTreeSet::new();
    for number in 0..WRITERS * GROUPS {
        let group = format!("g{number}");
        for (place, fact) in [("users", Fact::Membership as fn(_, _) -> _), ("groups", Fact::Nesting)] {
            let path = format!("/api/security/groups/{group}/{place}?pageSize=1000");
            let answer = client.ask("GET", &path, "").expect("an answer");
            assert_eq!(answer.status, 200);
            for item in answer.json()["items"].as_array().expect("a page") {
                facts.insert(fact(group.clone(), item["id"].as_str().expect("an id").to_owned()));
            }
        }
    }
    facts
}

/// What follows from the facts, told by the companion and by the core: depths, cycles, counts, inherited members.
fn follows(directory: &Directory, client: &mut Client) {
    let queries = ["inCycle%3Dtrue", "depth%3D0", "depth%3D1", "depth%3D2", "depth%3E2"];
    let mut urls = queries
        .map(|query| format!("/api/security/groups?pageSize=1000&zenQL={query}"))
        .to_vec();
    for number in 0..WRITERS * GROUPS {
        for place in ["users", "groups"] {
            urls.push(format!(
                "/api/security/groups/g{number}/{place}?includeInherited=true&pageSize=1000"
            ));
        }
    }
    for url in urls {
        let call = Call {
            method: "GET",
            url: &url,
            caller: Caller::Administrator,
            now: 0,
        };
        let core: Value = serde_json::from_str(&answer(directory, &call).body.expect("a page")).expect("JSON");
        assert_eq!(client.ask("GET", &url, "").expect("an answer").json(), core, "{url}");
    }
}

#[test]
fn every_write_that_sqlite_acknowledged_outlives_a_kill() {
    let folder = Folder::new("killed");
    write_and_kill(&folder, &folder.database());
}

#[tokio::test]
async fn every_write_that_postgresql_acknowledged_outlives_a_kill() {
    write_and_kill(&Folder::new("killed-postgres"), &empty_postgres("killed").await);
}

/// Fills the database, and then again and again: writes over several connections at once, kills the companion after so
/// many acknowledgements, starts another one and compares.
fn write_and_kill(folder: &Folder, database: &str) {
    let empty = folder.0.join("directory.json");
    fs::write(&empty, file(&BTreeSet::new())).expect("a file for the test");
    run(&["import", &empty.to_string_lossy(), "--database", database]);
    let credential = Credential::new(database);
    let mut writers: Vec<Writer> = (0..WRITERS).map(Writer::new).collect();
    for acknowledged_until_killed in [1, 40, 200, 400, 7, 120] {
        let mut running = Running::start(database);
        let acknowledged = AtomicUsize::new(0);
        let (enough, kill) = mpsc::channel();
        thread::scope(|scope| {
            for writer in &mut writers {
                let mut client = running.connect(&credential).expect("a connection");
                let (acknowledged, enough) = (&acknowledged, enough.clone());
                scope.spawn(move || {
                    writer.write(&mut client, &|| {
                        if acknowledged.fetch_add(1, Ordering::Relaxed) + 1 == acknowledged_until_killed {
                            enough.send(()).expect("somebody waits");
                        }
                    });
                });
            }
            // Where no writer is left there is nothing to wait for.
            drop(enough);
            kill.recv().expect("so many are acknowledged");
            running.kill();
        });
        let running = Running::start(database);
        let mut client = running.connect(&credential).expect("a connection");
        let facts = found(&mut client);
        for writer in &mut writers {
            writer.compare(&facts);
        }
        let known: BTreeSet<&Fact> = writers.iter().flat_map(|writer| writer.facts.keys()).collect();
        assert!(facts.iter().all(|fact| known.contains(fact)), "facts that nobody wrote");
        let directory = membership::json::read(file(&facts).as_bytes()).expect("a directory");
        follows(&directory, &mut client);
    }
    let held = writers
        .iter()
        .flat_map(|writer| writer.facts.values())
        .filter(|is_true| **is_true)
        .count();
    assert!(held > 100, "only {held} facts");
}

#[test]
fn two_companions_share_one_file() {
    let folder = Folder::new("shared");
    share(&folder.database());
}

#[tokio::test]
async fn two_companions_share_one_server() {
    share(&empty_postgres("shared").await);
}

/// Starts two companions on an empty database at once, writes through both at once, and reads through each what the other
/// has acknowledged.
fn share(database: &str) {
    // Both find no tables and no directory, and both put them there.
    let both = thread::scope(|scope| {
        let starts = [(); 2].map(|()| scope.spawn(|| Running::start(database)));
        starts.map(|start| start.join().expect("it starts"))
    });
    let credential = Credential::new(database);
    let mut clients = both
        .each_ref()
        .map(|running| running.connect(&credential).expect("a connection"));
    let list = |client: &mut Client, place: &str| -> Vec<String> {
        let page = client
            .ask("GET", &format!("/api/security/{place}?pageSize=100"), "")
            .expect("an answer")
            .json();
        let items = page["items"].as_array().expect("a page").iter();
        items
            .map(|item| item["id"].as_str().expect("an id").to_owned())
            .collect()
    };
    let (users, groups) = (list(&mut clients[0], "users"), list(&mut clients[0], "groups"));
    thread::scope(|scope| {
        for (number, running) in both.iter().enumerate() {
            let (users, group, credential) = (&users, &groups[number], &credential);
            for users in users.chunks(25) {
                let mut client = running.connect(credential).expect("a connection");
                scope.spawn(move || {
                    for user in users {
                        let path = format!("/api/security/groups/{group}/users/{user}");
                        assert_eq!(client.ask("PUT", &path, "").expect("an answer").status, 204);
                    }
                });
            }
        }
    });
    for (group, client) in groups.iter().zip(clients.iter_mut().rev()) {
        let path = format!("/api/security/groups/{group}/users?pageSize=1000");
        let page = client.ask("GET", &path, "").expect("an answer").json();
        let members = page["items"].as_array().expect("a page");
        let is_member = |user: &String| members.iter().any(|member| member["id"] == user.as_str());
        assert!(users.iter().all(is_member), "what one has acknowledged the other tells");
    }
}

#[test]
fn a_port_that_is_taken_is_named_and_nothing_is_disturbed() {
    let folder = Folder::new("taken");
    let database = folder.database();
    let running = Running::start(&database);
    let port = running.address().rsplit(':').next().expect("a port");
    let second = serve(&database, port)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .output()
        .expect("it starts");
    let problem = String::from_utf8_lossy(&second.stderr);
    assert!(!second.status.success() && problem.contains(port), "{problem}");
    let mut client = running.connect(&Credential::new(&database)).expect("a connection");
    assert_eq!(
        client.ask("GET", "/api/security/users", "").expect("an answer").status,
        200
    );
}
