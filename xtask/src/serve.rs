//! `cargo xtask serve`: the companion, and Trunk in front of it, until Ctrl-C.

use std::fs;
use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use crate::project::Project;
use crate::step::{Done, Failure, Step, follow, not_started, run};
use crate::tools;

/// Where Trunk's proxies expect the companion; see `Trunk.toml`.
const COMPANION_PORT: u16 = 8081;
/// What the two servers leave on disk: the console of the last change, and the companion's database.
const FOLDER: &str = "target/serve";

/// What the command line may ask for.
pub struct Options {
    port: u16,
    open: bool,
}

impl Options {
    /// Reads `--port`, `--open` and `--no-open`; a browser is opened where there is a display to show it on.
    pub fn read(words: &[String]) -> Done<Self> {
        let mut options = Self {
            port: 8080,
            open: has_display(),
        };
        let mut words = words.iter();
        while let Some(word) = words.next() {
            match word.as_str() {
                "--open" => options.open = true,
                "--no-open" => options.open = false,
                "--port" => {
                    let value = words.next().map(String::as_str).unwrap_or_default();
                    options.port = value
                        .parse()
                        .map_err(|_| Failure(format!("`--port {value}` is not a port.")))?;
                }
                other => {
                    return Err(Failure(format!(
                        "`cargo xtask serve` takes no `{other}`: it knows --port, --open and --no-open."
                    )));
                }
            }
        }
        Ok(options)
    }
}

/// Serves until Ctrl-C, or until one of the two ends by itself.
pub fn serve(project: &Project, options: &Options) -> Done {
    let mut steps = tools::for_a_build(project)?;
    steps.push(Step::new("Building the companion", 40, || {
        run(&mut project.cargo(&["build", "--package", "server"]))
    }));
    follow("serve", steps)?;

    let companion_port = free_port(COMPANION_PORT)?;
    let console_port = free_port(options.port)?;
    let stop = stop_requests()?;
    fs::create_dir_all(project.root.join(FOLDER))
        .map_err(|error| Failure(format!("The folder {FOLDER} cannot be made: {error}.")))?;
    let mut companion = Running::start("The companion", &mut companion(project, companion_port))?;
    let link = format!("http://127.0.0.1:{console_port}/api/enter{}", companion.token()?);
    println!("\n▸ Building the console, the first time about 2 minutes; then again on every change");
    let mut console = Running::start("Trunk", &mut trunk(project, console_port, companion_port)?)?;
    let began = Instant::now();
    watch(&stop, &mut companion, &mut console, console_port, || {
        let seconds = began.elapsed().as_secs();
        println!("\n✓ Rollcall is at {link} (after {seconds} s). Ctrl-C ends it.\n");
        if options.open {
            show(project, &link);
        }
    })
}

fn companion(project: &Project, port: u16) -> Command {
    let mut command = Command::new(project.companion());
    command
        .current_dir(&project.root)
        .args(["serve", "--port", &port.to_string()])
        .arg(format!("--database=sqlite:{FOLDER}/directory.db"))
        .stdout(Stdio::piped());
    command
}

fn trunk(project: &Project, port: u16, companion: u16) -> Done<Command> {
    let mut command = project.trunk(&["serve", "--port", &port.to_string()]);
    // Not into dist/app: what is built on each change is no release.
    command.arg("--dist").arg(project.root.join(FOLDER).join("console"));
    if companion != COMPANION_PORT {
        let settings = settings(project, companion)
            .map_err(|error| Failure(format!("Trunk cannot be told of port {companion}: {error}.")))?;
        command.arg("--config").arg(settings);
    }
    Ok(command)
}

/// A copy of Trunk's settings for a companion at another port; the proxies of the file itself cannot be overruled.
fn settings(project: &Project, companion: u16) -> std::io::Result<PathBuf> {
    let text = fs::read_to_string(project.root.join("Trunk.toml"))?;
    let file = project.root.join(FOLDER).join("Trunk.toml");
    fs::write(&file, moved(&text, &project.root, companion))?;
    Ok(file)
}

/// The settings as they read from another folder, where the paths of the first tables need the project's before them.
fn moved(text: &str, root: &Path, companion: u16) -> String {
    let (paths, servers) = text.split_at(text.find("[serve]").unwrap_or(text.len()));
    let absolute = |(index, part): (usize, &str)| {
        let is_path = index % 2 == 1 && root.join(part).exists();
        let path = root.join(part).display().to_string().replace('\\', "/");
        if is_path { path } else { part.to_owned() }
    };
    let paths: Vec<String> = paths.split('"').enumerate().map(absolute).collect();
    let servers = servers.replace(&format!(":{COMPANION_PORT}/"), &format!(":{companion}/"));
    format!("{}{servers}", paths.join("\""))
}

/// Shows an address in the browser that the person has chosen; without one the address is printed all the same.
fn show(project: &Project, address: &str) {
    let (program, words): (_, &[&str]) = if cfg!(windows) {
        ("cmd", &["/c", "start", ""])
    } else if cfg!(target_os = "macos") {
        ("open", &[])
    } else {
        ("xdg-open", &[])
    };
    if run(project.command(program).args(words).arg(address)).is_err() {
        println!("No browser could be opened.");
    }
}

/// Waits; tells once when the console answers, and ends both servers when it is time.
fn watch(stop: &Receiver<()>, companion: &mut Running, console: &mut Running, port: u16, tell: impl Fn()) -> Done {
    let mut is_up = false;
    loop {
        match stop.recv_timeout(Duration::from_millis(200)) {
            Ok(()) | Err(RecvTimeoutError::Disconnected) => {
                println!("\nStopped.");
                return Ok(());
            }
            Err(RecvTimeoutError::Timeout) => {}
        }
        companion.check()?;
        console.check()?;
        if !is_up && TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok() {
            is_up = true;
            tell();
        }
    }
}

/// A server that ends with this program.
struct Running {
    name: &'static str,
    child: Child,
}

impl Running {
    fn start(name: &'static str, command: &mut Command) -> Done<Self> {
        let child = command
            .stdin(Stdio::null())
            .spawn()
            .map_err(|error| not_started(command, &error))?;
        Ok(Self { name, child })
    }

    /// The end of the link that the companion prints, `?token=…`; what else it says stays unsaid.
    fn token(&mut self) -> Done<String> {
        let ended =
            || Failure("The companion has ended before it said where it is; the reason stands above.".to_owned());
        let mut lines = BufReader::new(self.child.stdout.take().ok_or_else(ended)?).lines();
        let says = |line: std::io::Result<String>| Some(line.ok()?.split_once("/?token=")?.1.to_owned());
        let token = lines.find_map(says).ok_or_else(ended)?;
        // Somebody has to listen, or the companion waits in vain to be heard.
        std::thread::spawn(move || lines.for_each(drop));
        Ok(format!("?token={token}"))
    }

    fn check(&mut self) -> Done {
        match self.child.try_wait() {
            Ok(None) => Ok(()),
            _ => Err(Failure(format!(
                "{} has ended by itself; the reason stands above.",
                self.name
            ))),
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Both are without effect when the server has ended already, as after Ctrl-C.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Tells of Ctrl-C, and of a request to terminate.
fn stop_requests() -> Done<Receiver<()>> {
    let (told, stop) = channel();
    ctrlc::set_handler(move || {
        let _ = told.send(());
    })
    .map_err(|error| Failure(format!("Ctrl-C cannot be waited for: {error}.")))?;
    Ok(stop)
}

/// `wanted`, or the next port after it that nobody listens at; says so where it is another.
fn free_port(wanted: u16) -> Done<u16> {
    let port = (wanted..=wanted.saturating_add(50))
        .find(|port| TcpListener::bind((Ipv4Addr::LOCALHOST, *port)).is_ok())
        .ok_or_else(|| {
            Failure(format!(
                "Port {wanted} and the 50 after it are taken: name a free one with --port."
            ))
        })?;
    if port != wanted {
        println!("Port {wanted} is taken; using {port}.");
    }
    Ok(port)
}

fn has_display() -> bool {
    cfg!(any(target_os = "macos", windows))
        || ["DISPLAY", "WAYLAND_DISPLAY"]
            .iter()
            .any(|name| std::env::var_os(name).is_some_and(|it| !it.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Done<Options> {
        let words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        Options::read(&words)
    }

    #[test]
    fn options_are_read() {
        assert!(read("--port 9000 --no-open").is_ok_and(|it| it.port == 9000 && !it.open));
        assert!(read("--open").is_ok_and(|it| it.port == 8080 && it.open));
        assert!(read("--port many").is_err_and(|it| it.0 == "`--port many` is not a port."));
        assert!(read("--host").is_err());
    }

    #[test]
    fn settings_move_to_another_folder_and_port() {
        let project = Project::here();
        let text = "watch = [\n \"src\", \"Cargo.toml\", \"gone\"]\n[serve]\nport = 8080\n[[proxy]]\n\
                    backend = \"http://127.0.0.1:8081/api\"\ncommand = [\"xtask\"]\n";
        let root = project.root.display().to_string().replace('\\', "/");
        let expected = text
            .replace("src", &format!("{root}/src"))
            .replace("Cargo.toml", &format!("{root}/Cargo.toml"))
            .replace(":8081", ":9000");
        assert_eq!(moved(text, &project.root, 9000), expected);
    }

    #[test]
    fn a_taken_port_gives_way_to_the_next() -> std::io::Result<()> {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let port = taken.local_addr()?.port();
        assert!(free_port(port).is_ok_and(|it| it > port));
        Ok(())
    }
}
