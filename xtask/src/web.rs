//! The console by web servers other than the companion, each answer of which has to be the companion's.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use crate::compress;
use crate::project::Project;
use crate::step::{Done, Failure, not_started};

/// What the settings say of where they serve: port and folder are others here.
const PORT: &str = "127.0.0.1:8080";
const FOLDER: &str = "/srv/rollcall/console";
/// Headers that have to be the same.
const HEADERS: [&str; 11] = [
    "cache-control",
    "content-encoding",
    "content-security-policy",
    "cross-origin-embedder-policy",
    "cross-origin-opener-policy",
    "cross-origin-resource-policy",
    "location",
    "permissions-policy",
    "referrer-policy",
    "vary",
    "x-content-type-options",
];
/// Where Debian's nginx has what serves files that are compressed by brotli.
const BROTLI: &str = "/usr/lib/nginx/modules/ngx_http_brotli_static_module.so";
/// For so long a server may take to listen, in tenths of a second.
const PATIENCE: u32 = 100;

/// A companion with the console inside, until it is dropped.
pub struct Companion {
    _process: Process,
    port: u16,
}

/// A process that ends with this program, and the folder of its own that goes with it.
struct Process {
    child: Child,
    folder: PathBuf,
}

impl Process {
    fn start(command: &mut Command, folder: PathBuf) -> Done<Self> {
        let child = command.stdin(Stdio::null()).spawn();
        let child = child.map_err(|error| not_started(command, &error))?;
        Ok(Self { child, folder })
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// An answer, as far as it matters.
#[derive(Debug, PartialEq)]
struct Answer {
    status: u16,
    kind: String,
    headers: Vec<(&'static str, String)>,
    /// Of a file or the page; what is said where there is none is up to the server.
    body: Vec<u8>,
}

impl Companion {
    /// Starts one on a directory of its own, in a folder where nothing else is.
    pub fn start(binary: &Path) -> Done<Self> {
        let folder = temporary("companion")?;
        let mut command = Command::new(binary);
        command.current_dir(&folder).args(["serve", "--port", "0"]);
        command.stdout(Stdio::piped()).stderr(Stdio::null());
        let mut process = Process::start(&mut command, folder)?;
        let says = process.child.stdout.take().map(BufReader::new);
        let mut lines = says.into_iter().flat_map(BufReader::lines).map_while(Result::ok);
        let port = lines.find_map(|line| {
            let (_, address) = line.split_once("http://127.0.0.1:")?;
            address.split('/').next()?.parse().ok()
        });
        let port = port.ok_or_else(|| Failure("The companion has ended before it said where it is.".to_owned()))?;
        Ok(Self {
            _process: process,
            port,
        })
    }

    /// Writes the settings of a web server with the policies that the companion sends with the page and with files.
    pub fn fill_in(&self, from: &Path, to: &Path) -> Done {
        let policy = |path: &str| {
            let answer = ask(self.port, path, "text/html", "identity");
            let header = answer.and_then(|it| {
                it.headers
                    .into_iter()
                    .find(|(name, _)| *name == "content-security-policy")
            });
            header
                .map(|(_, policy)| policy)
                .ok_or_else(|| Failure(format!("The companion sends no policy with {path}.")))
        };
        let text = fs::read_to_string(from)
            .map_err(|error| Failure(format!("{} cannot be read: {error}.", from.display())))?;
        let text = text
            .replace("PAGE-POLICY", &policy("/")?)
            .replace("FILES-POLICY", &policy("/icon.svg")?);
        fs::write(to, text).map_err(|error| Failure(format!("{} cannot be written: {error}.", to.display())))
    }
}

/// Starts each web server that this machine has with the settings of the folder, and compares what it answers with what the
/// companion does. Says which were not there.
pub fn compare(project: &Project, companion: &Companion, folder: &Path) -> Done<Vec<String>> {
    let mut lines = Vec::new();
    for (name, start) in [("nginx", nginx as Start), ("caddy", caddy as Start)] {
        let Some(program) = project
            .find(name)
            .or_else(|| Some(PathBuf::from("/usr/sbin").join(name)).filter(|it| it.is_file()))
        else {
            lines.push(format!(
                "NOT TESTED: the settings of {name}, which is not on this machine."
            ));
            continue;
        };
        let port = free_port()?;
        let own = temporary(name)?;
        let (mut command, encodings) = start(&program, folder, &own, port)?;
        let _process = Process::start(command.stdout(Stdio::null()), own)?;
        let mut left = PATIENCE;
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
            left = left
                .checked_sub(1)
                .ok_or_else(|| Failure(format!("{name} does not listen; the reason stands above.")))?;
            sleep(Duration::from_millis(100));
        }
        let count = same(companion.port, port, folder, encodings)
            .map_err(|Failure(reason)| Failure(format!("{name}: {reason}")))?;
        lines.push(format!(
            "{name} gives the same {count} answers as the companion ({})",
            encodings.join("; ")
        ));
    }
    Ok(lines)
}

/// What starts a server, in a folder of its own, with the settings of another one at a port; and in which encodings it can be
/// asked.
type Start = fn(&Path, &Path, &Path, u16) -> Done<(Command, &'static [&'static str])>;

fn nginx(program: &Path, folder: &Path, own: &Path, port: u16) -> Done<(Command, &'static [&'static str])> {
    let has_brotli = Path::new(BROTLI).is_file();
    let mut settings = settings(folder, "nginx.conf", port)?;
    let mut module = String::new();
    if has_brotli {
        settings = settings.replace("# brotli_static on;", "brotli_static on;");
        module = format!("load_module {BROTLI};\n");
    }
    let place = own.display();
    let whole = format!(
        "{module}daemon off; master_process off; pid {place}/pid; error_log stderr;\nevents {{}}\nhttp {{\naccess_log off; \
         client_body_temp_path {place}/a; proxy_temp_path {place}/b; fastcgi_temp_path {place}/c; uwsgi_temp_path {place}/d; \
         scgi_temp_path {place}/e;\n{settings}}}\n"
    );
    let file = written(own, "nginx.conf", &whole)?;
    let mut command = Command::new(program);
    command.arg("-p").arg(own).arg("-e").arg("stderr").arg("-c").arg(file);
    let encodings: &[&str] = if has_brotli {
        &["identity", "gzip", "gzip, br"]
    } else {
        &["identity", "gzip"]
    };
    Ok((command, encodings))
}

fn caddy(program: &Path, folder: &Path, own: &Path, port: u16) -> Done<(Command, &'static [&'static str])> {
    let settings = format!("{{\n\tadmin off\n}}\n{}", settings(folder, "Caddyfile", port)?);
    let file = written(own, "Caddyfile", &settings)?;
    let mut command = Command::new(program);
    command.args(["run", "--adapter", "caddyfile", "--config"]).arg(file);
    command.env("HOME", own).stderr(Stdio::null());
    Ok((command, &["identity", "gzip", "gzip, br"]))
}

/// The settings for the console of the folder, at a port.
fn settings(folder: &Path, name: &str, port: u16) -> Done<String> {
    let text =
        fs::read_to_string(folder.join(name)).map_err(|error| Failure(format!("{name} cannot be read: {error}.")))?;
    let console = folder.join("console").display().to_string();
    Ok(text
        .replace(PORT, &format!("127.0.0.1:{port}"))
        .replace(FOLDER, &console))
}

fn temporary(name: &str) -> Done<PathBuf> {
    let folder = std::env::temp_dir().join(format!("rollcall-dist-{}-{name}", std::process::id()));
    fs::create_dir_all(&folder).map_err(|error| Failure(format!("{} cannot be made: {error}.", folder.display())))?;
    Ok(folder)
}

fn written(folder: &Path, name: &str, text: &str) -> Done<PathBuf> {
    let file = folder.join(name);
    fs::write(&file, text).map_err(|error| Failure(format!("{} cannot be written: {error}.", file.display())))?;
    Ok(file)
}

fn free_port() -> Done<u16> {
    let address = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|it| it.local_addr());
    address
        .map(|it| it.port())
        .map_err(|error| Failure(format!("No port is free: {error}.")))
}

/// Asks two servers for all files, addresses of screens and what is not there, and counts the answers.
fn same(companion: u16, other: u16, folder: &Path, encodings: &[&str]) -> Done<usize> {
    let files = fs::read_dir(folder.join("console"))
        .map_err(|error| Failure(format!("The console cannot be read: {error}.")))?;
    let names = files
        .filter_map(Result::ok)
        .map(|file| file.file_name().to_string_lossy().into_owned());
    let mut paths: Vec<(String, &str)> = names
        .filter(|name| !compress::is_compressed(name) && name != "index.html")
        .map(|name| (format!("/{name}"), "*/*"))
        .collect();
    for path in [
        "/",
        "/index.html",
        "/groups/42?tab=members",
        "/users/x-0123456789abcdef",
        "/a.b/c.js",
    ] {
        paths.push((path.to_owned(), "text/html,*/*;q=0.8"));
    }
    for path in [
        "/console-0123456789abcdef.js",
        "/nothing",
        "/console/../../LICENSE-MIT",
        "/%2e%2e/LICENSE-MIT",
    ] {
        paths.push((path.to_owned(), "*/*"));
    }
    for (path, accept) in &paths {
        for encoding in encodings {
            let ask = |port| {
                ask(port, path, accept, encoding).ok_or_else(|| Failure(format!("no answer to {path} ({encoding}).")))
            };
            let (right, found) = (ask(companion)?, ask(other)?);
            let is_refused = right.status >= 400
                && found.status >= 400
                && found.headers.iter().all(|(_, it)| !it.contains("immutable"));
            if right != found && !is_refused {
                let told = |it: Answer| format!("{} {} {:?}, {} bytes", it.status, it.kind, it.headers, it.body.len());
                return Err(Failure(format!(
                    "{path} ({encoding}) is\n{}\nand not\n{}",
                    told(found),
                    told(right)
                )));
            }
        }
    }
    Ok(paths.len() * encodings.len())
}

/// One request over a connection of its own.
fn ask(port: u16, path: &str, accept: &str, encoding: &str) -> Option<Answer> {
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).ok()?;
    let request = format!(
        "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept: {accept}\r\nAccept-Encoding: {encoding}\r\nConnection: close\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).ok()?;
    let mut text = Vec::new();
    stream.read_to_end(&mut text).ok()?;
    let end = text.windows(4).position(|it| it == b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(&text[..end]).into_owned();
    let header = |wanted: &str| {
        let mut pairs = head.lines().filter_map(|line| line.split_once(": "));
        pairs.find_map(|(name, value)| name.eq_ignore_ascii_case(wanted).then(|| value.to_owned()))
    };
    let kind = header("content-type").unwrap_or_default();
    let body = text.split_off(end + 4);
    let is_chunked = header("transfer-encoding").is_some_and(|it| it == "chunked");
    Some(Answer {
        status: head.split(' ').nth(1)?.parse().ok()?,
        kind: kind.split(';').next().unwrap_or_default().to_owned(),
        headers: HEADERS
            .into_iter()
            .filter_map(|name| Some((name, header(name)?)))
            .collect(),
        body: if is_chunked { joined(&body)? } else { body },
    })
}

/// A body that comes in chunks, each after its length in hexadecimal digits.
fn joined(mut chunks: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let end = chunks.windows(2).position(|it| it == b"\r\n")?;
        let length = usize::from_str_radix(std::str::from_utf8(&chunks[..end]).ok()?, 16).ok()?;
        if length == 0 {
            return Some(body);
        }
        let start = end + 2;
        body.extend_from_slice(chunks.get(start..start + length)?);
        chunks = chunks.get(start + length + 2..)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_are_joined() {
        assert_eq!(joined(b"4\r\nroll\r\nA\r\ncall, twice\r\n0\r\n\r\n"), None);
        assert_eq!(
            joined(b"4\r\nroll\r\n4\r\ncall\r\n0\r\n\r\n").as_deref(),
            Some(&b"rollcall"[..])
        );
        assert_eq!(joined(b"4\r\nro"), None);
    }
}
