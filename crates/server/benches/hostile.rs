//! The companion under attack: two hundred connections for a minute, of which every third does nothing but what a hostile
//! client does, while the others ask in earnest.
//!
//! `cargo bench --profile companion -p server --bench hostile` starts `rollcall serve` on the sample in SQLite. Each ordinary
//! answer is compared, byte for byte, with what the same request was answered before; each attack with the statuses of
//! `tests/it/attacks.rs`. The memory of the companion is looked at every ten seconds, and must not grow.

#[path = "../tests/it/attacks.rs"]
mod attacks;
#[expect(dead_code, reason = "the tests need more of it")]
#[path = "../tests/it/running.rs"]
mod running;

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::thread;
use std::time::{Duration, Instant};

use attacks::{Attack, attacks, statuses};
use running::{Client, Credential, Running};

const CONNECTIONS: usize = 200;
const MINUTE: Duration = Duration::from_secs(60);
const LOOK: Duration = Duration::from_secs(10);
/// How much more memory the companion may have at the end than at the second look, when all connections are in use.
const MOST_GROWTH: f64 = 1.1;

/// What is asked in earnest.
const READS: [(&str, &str); 8] = [
    ("GET", "/api/security/users?pageSize=100"),
    ("GET", "/api/security/users?zenQL=firstName~ann&order=-created"),
    ("GET", "/api/security/users?q=smith"),
    ("GET", "/api/security/groups?pageSize=100&order=-userCount"),
    (
        "GET",
        "/api/security/groups/System%20Administrators/users?includeInherited=true",
    ),
    ("HEAD", "/api/security/users/tdurden/groups/System%20Administrators"),
    ("GET", "/api/security/users/%27%20OR%201%3D1%20--"),
    ("GET", "/api/security/users?pageSize=0"),
];

/// What a connection saw: how much, and what was not as it should be.
#[derive(Default)]
struct Seen {
    answers: usize,
    attacks: usize,
    wrong: Vec<String>,
}

/// Asks in earnest until it is time.
fn ask(number: usize, right: &[(u16, Vec<u8>)], until: Instant, client: &mut Client) -> Seen {
    let mut seen = Seen::default();
    let mut turn = number;
    while Instant::now() < until {
        let (method, path) = READS[turn % READS.len()];
        match client.ask(method, path, "") {
            Ok(answer)
                if (answer.status, &answer.body) == (right[turn % READS.len()].0, &right[turn % READS.len()].1) =>
            {
                seen.answers += 1;
            }
            other => seen.wrong.push(format!("{method} {path}: {other:?}")),
        }
        turn += 1;
    }
    seen
}

/// Attacks until it is time; each attack has a connection of its own, which it may cost.
fn attack(number: usize, address: &str, until: Instant) -> Seen {
    let (mut seen, all) = (Seen::default(), attacks(address));
    let mut turn = number;
    while Instant::now() < until {
        let attack = &all[turn % all.len()];
        match brings(address, attack) {
            Ok(text) if statuses(&text).as_deref() == Some(&attack.answers) => seen.attacks += 1,
            other => {
                let told = other.map(|text| String::from_utf8_lossy(&text).into_owned());
                seen.wrong.push(format!("{}, {}: {told:?}", attack.kind, attack.what));
            }
        }
        turn += 7;
    }
    seen
}

fn brings(address: &str, attack: &Attack) -> std::io::Result<Vec<u8>> {
    let mut stream = TcpStream::connect(address)?;
    stream.write_all(attack.sends.as_bytes())?;
    let mut text = Vec::new();
    stream.read_to_end(&mut text)?;
    Ok(text)
}

/// The memory that a process has, in MB, as Linux tells it.
fn memory(process: u32) -> Option<f64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    Some(line.trim().trim_end_matches(" kB").parse::<f64>().ok()? / 1e3)
}

fn main() {
    let folder = std::env::temp_dir().join(format!("rollcall-hostile-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let database = format!("sqlite:{}", folder.join("hostile.db").display());
    let running = Running::start(&database);
    let credential = Credential::new(&database);
    let connect = || running.connect(&credential).expect("a connection");
    let mut client = connect();
    let right: Vec<(u16, Vec<u8>)> = READS
        .iter()
        .map(|(method, path)| {
            let answer = client.ask(method, path, "").expect("an answer");
            assert!(answer.status < 500, "{method} {path}");
            (answer.status, answer.body)
        })
        .collect();
    let clients: Vec<Option<Client>> = (0..CONNECTIONS).map(|number| (number % 3 != 0).then(connect)).collect();
    let start = Instant::now();
    let (seen, memories) = thread::scope(|scope| {
        let loads: Vec<_> = (0..)
            .zip(clients)
            .map(|(number, client)| {
                let (right, address) = (&right, running.address());
                scope.spawn(move || match client {
                    Some(mut client) => ask(number, right, start + MINUTE, &mut client),
                    None => attack(number, address, start + MINUTE),
                })
            })
            .collect();
        let mut memories = Vec::new();
        while start.elapsed() + LOOK <= MINUTE {
            thread::sleep(LOOK);
            memories.extend(memory(running.child.id()));
        }
        let seen: Vec<Seen> = loads.into_iter().map(|load| load.join().expect("it ends")).collect();
        (seen, memories)
    });
    let answers: usize = seen.iter().map(|seen| seen.answers).sum();
    let attacks: usize = seen.iter().map(|seen| seen.attacks).sum();
    let wrong: Vec<String> = seen.into_iter().flat_map(|seen| seen.wrong).collect();
    let seconds = start.elapsed().as_secs();
    println!(
        "{answers} answers and {attacks} attacks over {CONNECTIONS} connections in {seconds} s, {} of them wrong",
        wrong.len()
    );
    println!("MB of memory, every ten seconds: {memories:.1?}");
    drop(running);
    let _ = std::fs::remove_dir_all(&folder);
    assert!(wrong.is_empty(), "such as {}", wrong[0]);
    // Elsewhere than on Linux nobody tells.
    if let [_, early, .., last] = memories[..] {
        assert!(last <= early * MOST_GROWTH, "the memory grows");
    }
}
