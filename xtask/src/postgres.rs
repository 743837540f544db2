//! A PostgreSQL server of the tests' own: on a free port of this machine, in a temporary folder, gone when they are.

use std::fs;
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::project::Project;
use crate::step::{Done, Failure, not_started, output};

/// The user of Debian's packages, as whom the server runs where we are root: it refuses to run as root.
const USER: &str = "postgres";
/// Where Debian's packages put the server's programs, in a folder for each version.
const DEBIAN: &str = "/usr/lib/postgresql";
/// Longer than this no server of empty tables takes to begin.
const PATIENCE: Duration = Duration::from_secs(60);

/// Makes a database and serves it until nobody holds the other end of the input any more: the system closes that end
/// however its holder ends, so neither server nor folder is ever left behind. Ctrl-C reaches all children, and is not for
/// these. A server that does not listen to signals yet dies of the first, any other ends at once by the second. `$1` is
/// the folder with the programs, `$2` the server's own, `$3` the port, `$4` whether it waits for the disk; the rest comes before each
/// command, and makes it another user's.
const GUARD: &str = r#"
trap '' INT HUP
programs=$1 folder=$2 port=$3 fsync=$4
shift 4
cd "$folder" || exit 1
if "$@" "$programs/initdb" --pgdata=data --username=rollcall --auth=trust --encoding=UTF8 --locale=C.UTF-8 \
  --no-sync --no-instructions >log 2>&1
then
  "$@" "$programs/postgres" -D data -h 127.0.0.1 -p "$port" -k '' -c fsync="$fsync" -c max_connections=200 >>log 2>&1 </dev/null &
  server=$!
  cat >/dev/null
  kill -TERM "$server"
  kill -INT "$server"
  wait "$server" || cat log >&2
else
  cat log >&2
fi
cd / && rm -rf "$folder"
"#;

/// Whether a server has what it acknowledges on the disk, as one that is relied on has.
#[derive(Clone, Copy)]
pub enum Disk {
    Awaited,
    Trusted,
}

/// A server that ends with this value, and with this program whatever happens to it.
pub struct Postgres {
    /// Its address without the name of a database, such as `postgres://rollcall@127.0.0.1:5432`.
    pub url: String,
    guard: Child,
}

/// The folder of the server's programs, if they are on this machine; of several versions the newest.
pub fn programs(project: &Project) -> Option<PathBuf> {
    let versions = fs::read_dir(DEBIAN).into_iter().flatten().filter_map(Result::ok);
    let newest = newest(versions.map(|entry| entry.file_name().to_string_lossy().into_owned()));
    let of_debian = newest.map(|version| Path::new(DEBIAN).join(version).join("bin"));
    of_debian
        .filter(|folder| folder.join("initdb").is_file())
        .or_else(|| project.find("initdb")?.parent().map(Path::to_path_buf))
}

impl Postgres {
    /// Starts a server and waits until it answers.
    pub fn start(project: &Project, disk: Disk) -> Done<Self> {
        let programs =
            programs(project).ok_or_else(|| Failure("There is no PostgreSQL on this machine any more.".to_owned()))?;
        let port = free_port().map_err(|error| Failure(format!("No port is free for PostgreSQL: {error}.")))?;
        let folder = std::env::temp_dir().join(format!("rollcall-postgres-{port}"));
        let user = user(project)?;
        own_folder(project, &folder, &user)
            .map_err(|reason| Failure(format!("PostgreSQL has no folder to be in: {reason}")))?;
        let mut command = project.command("sh");
        command.args(["-c", GUARD, "rollcall-postgres"]);
        let fsync = ["on", "off"][disk as usize];
        command
            .args([&programs, &folder])
            .args([&port.to_string(), fsync])
            .args(&user);
        let guard = command
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .map_err(|error| not_started(&command, &error))?;
        let url = format!("postgres://rollcall@127.0.0.1:{port}");
        let mut server = Self { url, guard };
        server.answers(&programs, port)?;
        Ok(server)
    }

    fn answers(&mut self, programs: &Path, port: u16) -> Done {
        let began = Instant::now();
        while began.elapsed() < PATIENCE && matches!(self.guard.try_wait(), Ok(None)) {
            let mut ask = Command::new(programs.join("pg_isready"));
            ask.args(["--quiet", "--host=127.0.0.1", "--port", &port.to_string()]);
            if output(&mut ask).is_some() {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        let reason = "PostgreSQL did not begin to answer; the reason stands above.";
        Err(Failure(reason.to_owned()))
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        // Closing its input is what ends it; there is nobody left to tell if that fails.
        drop(self.guard.stdin.take());
        let _ = self.guard.wait();
    }
}

/// What comes before a command to run it as a user that PostgreSQL accepts: nothing, unless we are root.
fn user(project: &Project) -> Done<Vec<String>> {
    if output(project.command("id").arg("-u")).is_some_and(|it| it != "0") {
        return Ok(Vec::new());
    }
    if output(project.command("id").args(["-u", USER])).is_none() || project.find("setpriv").is_none() {
        return Err(Failure(format!(
            "PostgreSQL refuses to run as root, and it needs a user `{USER}` and the program `setpriv` to run as \
             another. Run this as a user of your own, or install PostgreSQL from your system's packages."
        )));
    }
    let (user, group) = (format!("--reuid={USER}"), format!("--regid={USER}"));
    Ok(vec!["setpriv".to_owned(), user, group, "--clear-groups".to_owned()])
}

/// Makes a folder that only the server's user may enter.
fn own_folder(project: &Project, folder: &Path, user: &[String]) -> Result<(), String> {
    fs::create_dir(folder).map_err(|error| format!("{}: {error}.", folder.display()))?;
    let mut commands = vec![("chmod", "0700")];
    if !user.is_empty() {
        commands.push(("chown", USER));
    }
    for (program, word) in commands {
        output(project.command(program).arg(word).arg(folder))
            .ok_or_else(|| format!("`{program} {word}` failed on {}.", folder.display()))?;
    }
    Ok(())
}

fn free_port() -> std::io::Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}

/// The highest of these versions; what is none is left out.
fn newest(versions: impl Iterator<Item = String>) -> Option<String> {
    let numbered = versions.filter_map(|version| Some((version.split('.').next()?.parse::<u32>().ok()?, version)));
    numbered.max().map(|(_, version)| version)
}

#[cfg(test)]
mod tests {
    use std::net::TcpStream;

    use super::*;

    #[test]
    fn the_newest_version_is_taken() {
        let of = |names: &[&str]| newest(names.iter().map(|&name| name.to_owned()));
        assert_eq!(of(&["9.6", "15", "8.4", "old"]).as_deref(), Some("15"));
        assert_eq!(of(&[]), None);
    }

    #[test]
    fn a_server_answers_and_leaves_nothing_behind() {
        let project = Project::here();
        let server = Postgres::start(&project, Disk::Trusted).map_err(|Failure(reason)| reason);
        let server = server.expect("a server; `cargo xtask test` installs one");
        let port: u16 = server
            .url
            .rsplit(':')
            .next()
            .and_then(|it| it.parse().ok())
            .expect("a port");
        let mut ask = Command::new(programs(&project).expect("programs").join("psql"));
        ask.args(["--no-psqlrc", "--tuples-only", "--no-align"])
            .args([
                "--command",
                "SELECT current_setting('fsync'), datcollate FROM pg_database WHERE datname = 'postgres'",
            ])
            .arg(format!("{}/postgres", server.url));
        assert_eq!(output(&mut ask).as_deref(), Some("off|C.UTF-8"));
        drop(server);
        assert!(TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err());
        assert!(!std::env::temp_dir().join(format!("rollcall-postgres-{port}")).exists());
    }
}
