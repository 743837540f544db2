//! The companion under load: fifty connections for a minute, every answer compared.
//!
//! `cargo bench --profile companion -p server --bench load -- SIZE URL` invents a directory of size S or M, puts it into the
//! database by `rollcall import`, in place of what is there, starts `rollcall serve` on it, and asks; without a URL it is a file
//! of SQLite. Each read is compared with the core's answer before, and byte for byte under load; each connection writes
//! facts of its own, which no read is about, and looks at once whether they are there.

#[path = "../../membership/benches/core/invented.rs"]
mod invented;
#[expect(dead_code, reason = "the tests need more of it")]
#[path = "../tests/it/running.rs"]
mod running;

use std::thread;
use std::time::{Duration, Instant};

use invented::{Random, SIZES, invent};
use membership::directory::{Directory, Place};
use membership::entity::{GroupIndex, GroupRecord, UserIndex, UserRecord};
use provider::answer::{Call, Caller, answer};
use running::{Answer, Client, Credential, Running, run};
use serde_json::Value;

const CONNECTIONS: usize = 50;
const MINUTE: Duration = Duration::from_secs(60);
/// Requests of each kind that are made up; they are sent again and again.
const REQUESTS: u32 = 200;

/// What is asked: its name, and how many of a hundred requests are of it.
const KINDS: [(&str, u32); 14] = [
    ("a user", 8),
    ("groups of a user", 10),
    ("groups of a user, inherited", 12),
    ("is a user in one of two groups", 18),
    ("members of a group", 8),
    ("members of a group, inherited", 12),
    ("members of one of the largest groups, inherited", 4),
    ("members of a group, inherited, by a query, without another's", 4),
    ("groups in a group, inherited", 5),
    ("users, a page in an order", 5),
    ("users, by a query", 4),
    ("users, by a text", 2),
    ("groups, a page in an order", 4),
    ("change a membership or a nesting, and look", 4),
];

/// A read, and the answer that is right.
struct Read {
    method: &'static str,
    url: String,
    status: u16,
    body: Vec<u8>,
}

/// Makes reads up.
struct Inventor<'a> {
    directory: &'a Directory,
    /// How many users are asked about, and ten times how many groups: those that come after are written to.
    users: u32,
    random: Random,
    /// The groups with the most members, inherited ones too.
    largest: Vec<GroupIndex>,
}

impl<'a> Inventor<'a> {
    fn new(directory: &'a Directory, users: u32) -> Self {
        let mut groups: Vec<GroupIndex> = directory.all_groups().collect();
        groups.sort_by_cached_key(|group| std::cmp::Reverse(directory.members(Some(*group), true, &[]).count()));
        groups.truncate(20);
        Self {
            directory,
            users,
            random: Random(11),
            largest: groups,
        }
    }

    fn user(&mut self) -> &'a str {
        self.directory.user_id(UserIndex::new(self.random.below(self.users)))
    }

    fn group(&mut self) -> &'a str {
        self.directory
            .group_id(GroupIndex::new(self.random.below(self.users / 10)))
    }

    fn url(&mut self, kind: usize) -> (&'static str, String) {
        let page = self.random.below(4);
        let text = self
            .random
            .of(&["an", "dur", "soap", "lle", "mari", "ö", "noto", "example"]);
        let path = match kind {
            0 => format!("users/{}", self.user()),
            1 => format!("users/{}/groups", self.user()),
            2 => format!("users/{}/groups?includeInherited=true&pageSize=100", self.user()),
            3 => {
                let (user, one, other) = (self.user(), self.group(), self.group());
                return ("HEAD", format!("/api/security/users/{user}/groups/{one},{other}"));
            }
            4 => format!("groups/{}/users?pageIndex={page}", self.group()),
            5 => format!("groups/{}/users?includeInherited=true&pageIndex={page}", self.group()),
            6 => {
                let group = self.largest[self.random.below(20) as usize];
                let group = self.directory.group_id(group);
                format!("groups/{group}/users?includeInherited=true&pageIndex={page}")
            }
            7 => {
                let (group, other) = (self.group(), self.group());
                let query = encoded(&format!("status=active AND lastName~\"{text}\""));
                format!("groups/{group}/users?includeInherited=true&zenQL={query}&excludedGroups={other}")
            }
            8 => format!("groups/{}/groups?includeInherited=true", self.group()),
            9 => {
                let order = self
                    .random
                    .of(&["", "lastName,firstName", "-created", "email", "-username", "lastLogin"]);
                let page = self.random.below(self.users / 100);
                format!("users?order={order}&pageIndex={page}")
            }
            10 => {
                let (one, other) = (self.group(), self.group());
                let query = match self.random.below(4) {
                    0 => format!("memberOf=\"{one}\" AND firstName~{text}"),
                    1 => format!("memberOf=\"{one}\" AND NOT memberOf=\"{other}\""),
                    2 => format!("status=active AND email ENDSWITH \"{text}\""),
                    _ => format!("lastLogin<2024-06-01 AND lastName STARTSWITH \"{text}\""),
                };
                format!("users?zenQL={}&pageIndex={page}", encoded(&query))
            }
            11 => format!("users?q={}&pageIndex={page}", encoded(text)),
            _ => {
                let order = self.random.of(&["", "-userCount", "-created", "-name"]);
                // The groups that are written to have few members, and names at the end.
                format!("groups?order={order}&pageIndex={}", 4 + self.random.below(10))
            }
        };
        ("GET", format!("/api/security/{path}"))
    }

    /// A read, asked once: the right answer is the core's. Returns how long it took.
    fn read(&mut self, kind: usize, client: &mut Client) -> (Read, Duration) {
        let (method, url) = self.url(kind);
        let start = Instant::now();
        let told = client.ask(method, &url, "").expect("an answer");
        let took = start.elapsed();
        let call = Call {
            method,
            url: &url,
            caller: Caller::Administrator,
            now: 0,
        };
        let core = answer(self.directory, &call);
        let json = |body: &str| serde_json::from_str::<Value>(body).expect("JSON");
        assert_eq!(told.status, core.status, "{method} {url}");
        if told.status < 400 {
            assert_eq!(
                (!told.body.is_empty()).then(|| told.json()),
                core.body.as_deref().map(json),
                "{method} {url}"
            );
        }
        let Answer { status, body } = told;
        (
            Read {
                method,
                url,
                status,
                body,
            },
            took,
        )
    }
}

/// What one connection saw: how long each answer of each kind took, and what was not as it should be.
#[derive(Default)]
struct Seen {
    times: [Vec<Duration>; KINDS.len()],
    wrong: Vec<String>,
}

impl Seen {
    fn ask(&mut self, kind: usize, client: &mut Client, method: &str, url: &str, right: (u16, &[u8])) {
        let start = Instant::now();
        match client.ask(method, url, "") {
            Ok(answer) if (answer.status, answer.body.as_slice()) == right => self.times[kind].push(start.elapsed()),
            other => self.wrong.push(format!("{method} {url}: {other:?}")),
        }
    }

    /// Puts the connection's own user into one of its own groups, or that group into the other, and looks; or the reverse.
    fn change(&mut self, number: usize, turn: usize, client: &mut Client) {
        let kind = KINDS.len() - 1;
        let inner = format!("/api/security/groups/inner-{number}/users/load-{number}");
        let outer = format!("/api/security/groups/outer-{number}/users/load-{number}");
        let nesting = format!("/api/security/groups/outer-{number}/groups/inner-{number}");
        let (method, url, inside) = match turn % 4 {
            0 => ("PUT", &inner, 404),
            1 => ("PUT", &nesting, 204),
            2 => ("DELETE", &inner, 404),
            _ => ("DELETE", &nesting, 404),
        };
        self.ask(kind, client, method, url, (204, b""));
        self.ask(kind, client, "HEAD", &outer, (inside, b""));
    }
}

/// As the value of a parameter.
fn encoded(text: &str) -> String {
    text.replace(' ', "%20")
        .replace('"', "%22")
        .replace('<', "%3C")
        .replace('=', "%3D")
        .replace('ö', "%C3%B6")
}

/// An invented directory, with one more user and two more groups for each connection, whose names are at the end.
fn directory(users: u32) -> Directory {
    let (mut builder, place) = (invent(users), Place::default());
    for number in 0..CONNECTIONS {
        let (id, name) = (format!("load-{number}"), format!("~{number}"));
        let user = UserRecord {
            id: &id,
            username: Some(&name),
            ..UserRecord::default()
        };
        builder.user(&user, place).expect("room");
        for part in ["inner", "outer"] {
            let (id, name) = (format!("{part}-{number}"), format!("~{part} {number}"));
            let group = GroupRecord {
                id: &id,
                name: Some(&name),
                ..GroupRecord::default()
            };
            builder.group(&group, place).expect("room");
        }
    }
    builder.finish(&mut |_, _| ()).expect("room")
}

/// Asks until it is time.
fn load(number: usize, reads: &[Vec<Read>], until: Instant, client: &mut Client) -> Seen {
    let (mut seen, mut random, mut changes) = (Seen::default(), Random(number as u64), 0);
    while Instant::now() < until {
        let mut share = random.below(100);
        let mut kind = 0;
        while share >= KINDS[kind].1 {
            share -= KINDS[kind].1;
            kind += 1;
        }
        match reads.get(kind) {
            Some(reads) => {
                let read = &reads[random.below(REQUESTS) as usize];
                seen.ask(kind, client, read.method, &read.url, (read.status, &read.body));
            }
            None => {
                seen.change(number, changes, client);
                changes += 1;
            }
        }
    }
    seen
}

fn percentile(times: &[Duration], percent: usize) -> f64 {
    let last = times.len().saturating_sub(1);
    times.get(last * percent / 100).map_or(0.0, Duration::as_secs_f64) * 1e3
}

/// A line of the table: how many answers a second, and how long they took; then how long half of them take alone.
fn report(name: &str, seconds: f64, alone: &mut [Duration], times: &mut [Duration]) {
    alone.sort_unstable();
    times.sort_unstable();
    let percentiles = [50, 95, 99, 100].map(|percent| format!("{:.0}", percentile(times, percent)));
    println!(
        "| {name} | {:.0} | {} | {:.1} |",
        times.len() as f64 / seconds,
        percentiles.join(" | "),
        percentile(alone, 50)
    );
}

fn main() {
    let folder = std::env::temp_dir().join(format!("rollcall-load-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    // Cargo adds words of its own.
    let mut words = std::env::args().skip(1).filter(|word| !word.starts_with('-'));
    let users = match words.next().as_deref() {
        Some("S") => SIZES[0],
        None | Some("M") => SIZES[1],
        Some(other) => panic!("`{other}` is no size: S or M"),
    };
    let database = words
        .next()
        .unwrap_or_else(|| format!("sqlite:{}", folder.join("load.db").display()));
    let file = folder.join("directory.json");
    let directory = directory(users);
    std::fs::write(&file, directory.to_json()).expect("a file");
    let start = Instant::now();
    run(&["import", &file.to_string_lossy(), "--database", &database]);
    println!(
        "{} users, {} groups, {} memberships, {} nestings imported in {:.1} s",
        directory.user_count(),
        directory.group_count(),
        directory.membership_count(),
        directory.nesting_count(),
        start.elapsed().as_secs_f64()
    );
    let credential = Credential::new(&database);
    let running = Running::start(&database);
    let connect = || running.connect(&credential).expect("a connection");
    let mut inventor = Inventor::new(&directory, users);
    let (mut client, mut alone) = (connect(), Seen::default());
    let reads: Vec<Vec<Read>> = (0..KINDS.len() - 1)
        .map(|kind| {
            let reads = (0..REQUESTS).map(|_| {
                let (read, took) = inventor.read(kind, &mut client);
                alone.times[kind].push(took);
                read
            });
            reads.collect()
        })
        .collect();
    (0..40).for_each(|turn| alone.change(0, turn, &mut client));
    println!(
        "{} different reads are answered as the core does",
        reads.len() * REQUESTS as usize
    );
    let clients: Vec<Client> = (0..CONNECTIONS).map(|_| connect()).collect();
    let start = Instant::now();
    let seen = thread::scope(|scope| {
        let loads: Vec<_> = (0..)
            .zip(clients)
            .map(|(number, mut client)| {
                let reads = &reads;
                scope.spawn(move || load(number, reads, start + MINUTE, &mut client))
            })
            .collect();
        loads
            .into_iter()
            .map(|load| load.join().expect("it ends"))
            .collect::<Vec<Seen>>()
    });
    let took = start.elapsed().as_secs_f64();
    let mut all = Seen::default();
    for seen in seen {
        all.wrong.extend(seen.wrong);
        all.times
            .iter_mut()
            .zip(seen.times)
            .for_each(|(all, times)| all.extend(times));
    }
    let mut every: Vec<Duration> = all.times.concat();
    println!(
        "{} answers to {CONNECTIONS} connections in {took:.0} s, {} of them wrong\n",
        every.len(),
        all.wrong.len()
    );
    println!("| milliseconds | a second | 50 % | 95 % | 99 % | longest | alone, 50 % |");
    println!("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
    for (kind, (name, _)) in KINDS.iter().enumerate() {
        report(name, took, &mut alone.times[kind], &mut all.times[kind]);
    }
    report("all", took, &mut alone.times.concat(), &mut every);
    let _ = std::fs::remove_dir_all(&folder);
    all.wrong.extend(alone.wrong);
    assert!(
        all.wrong.is_empty(),
        "{} wrong, such as {}",
        all.wrong.len(),
        all.wrong[0]
    );
}
