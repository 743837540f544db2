//! The binary `rollcall` as a person runs it, and what asks it over a connection of its own.

use std::io::{BufRead, BufReader, Error, Read, Result, Write};
use std::net::TcpStream;
use std::process::{Child, ChildStdout, Command, Output, Stdio};
use std::thread;
use std::time::Duration;

/// Longer than any answer takes, so that nothing hangs.
const PATIENCE: Duration = Duration::from_secs(60);

/// A companion that serves a database at a port of its own, until it is dropped.
pub struct Running {
    pub child: Child,
    /// Held open: the companion would end where it can say nothing.
    _says: BufReader<ChildStdout>,
    address: String,
}

impl Running {
    /// Starts one and waits until it listens.
    pub fn start(database: &str) -> Self {
        let mut child = serve(database, "0")
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary starts");
        let log = BufReader::new(child.stderr.take().expect("its log"));
        // What it says of each request is left out.
        thread::spawn(move || {
            let lines = log.lines().map_while(Result::ok);
            lines
                .filter(|line| !line.contains(" INFO "))
                .for_each(|line| eprintln!("{line}"));
        });
        let mut says = BufReader::new(child.stdout.take().expect("its output"));
        let mut line = String::new();
        let address = loop {
            line.clear();
            let length = says.read_line(&mut line).expect("its output is text");
            assert_ne!(length, 0, "the companion ended: {:?}", child.wait());
            if let Some((_, address)) = line.split_once("http://") {
                break address.split('/').next().unwrap_or_default().to_owned();
            }
        };
        Self {
            child,
            _says: says,
            address,
        }
    }

    /// Host and port.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Ends it at once, whatever it is doing: on Unix by SIGKILL.
    pub fn kill(&mut self) {
        self.child.kill().expect("it can be ended");
        self.child.wait().expect("it has ended");
    }

    /// A connection that is entered with the credential of an administrator.
    pub fn connect(&self, credential: &Credential) -> Result<Client> {
        let mut client = Client::open(&self.address)?;
        let form = format!(
            "grant_type=client_credentials&client_id={}&client_secret={}",
            credential.id, credential.secret
        );
        let answer = client.ask("POST", "/authenticate/connect/token", &form)?;
        assert_eq!(answer.status, 200, "{}", String::from_utf8_lossy(&answer.body));
        client.authorization = format!("Bearer {}", answer.json()["access_token"].as_str().expect("a token"));
        Ok(client)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Without effect where it has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The command that serves a database at a port, or at any free one for 0.
pub fn serve(database: &str, port: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rollcall"));
    command.args(["serve", "--rate-limit", "0", "--port", port, "--database", database]);
    command
}

/// Runs the binary to its end, which has to be a good one.
pub fn run(words: &[&str]) -> Output {
    let output = Command::new(env!("CARGO_BIN_EXE_rollcall")).args(words).output();
    let output = output.expect("the binary starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output
}

/// A client id and its secret.
pub struct Credential {
    id: String,
    secret: String,
}

impl Credential {
    /// One with all rights, as `rollcall token` prints it.
    pub fn new(database: &str) -> Self {
        let output = run(&["token", "contensis", "--database", database]).stdout;
        let output = String::from_utf8(output).expect("text");
        let after = |label: &str| {
            let line = output.lines().find_map(|line| line.strip_prefix(label));
            line.expect("it is printed").trim().to_owned()
        };
        Self {
            id: after("client id:"),
            secret: after("client secret:"),
        }
    }
}

/// One connection of HTTP/1.1, which is kept open; one request at a time.
pub struct Client {
    stream: BufReader<TcpStream>,
    address: String,
    authorization: String,
}

/// An answer that has come whole.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).expect("JSON")
    }
}

impl Client {
    fn open(address: &str) -> Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        Ok(Self {
            stream: BufReader::new(stream),
            address: address.to_owned(),
            authorization: "none".to_owned(),
        })
    }

    /// Asks, and reads the answer whose length is told; fails where it does not come, or not whole.
    pub fn ask(&mut self, method: &str, path: &str, body: &str) -> Result<Answer> {
        let kind = match body.as_bytes().first() {
            Some(b'[' | b'{') => "application/json",
            _ => "application/x-www-form-urlencoded",
        };
        let request = format!(
            "{method} {path} HTTP/1.1\r\nhost: {}\r\nauthorization: {}\r\ncontent-type: {kind}\r\ncontent-length: {}\r\n\r\n{body}",
            self.address,
            self.authorization,
            body.len()
        );
        self.stream.get_mut().write_all(request.as_bytes())?;
        let status = self.line()?;
        let status = status.split(' ').nth(1).and_then(|status| status.parse().ok());
        let status = status.ok_or_else(|| Error::other("no status"))?;
        let mut length = 0;
        loop {
            let line = self.line()?;
            if line.is_empty() {
                break;
            }
            let (name, value) = line.split_once(':').ok_or_else(|| Error::other("no header"))?;
            if name.eq_ignore_ascii_case("content-length") {
                length = value.trim().parse().map_err(Error::other)?;
            }
            assert!(!name.eq_ignore_ascii_case("transfer-encoding"), "lengths are told");
        }
        if method == "HEAD" {
            length = 0;
        }
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body)?;
        Ok(Answer { status, body })
    }

    /// A line without its end, which has to be there.
    fn line(&mut self) -> Result<String> {
        let mut line = String::new();
        self.stream.read_line(&mut line)?;
        let line = line
            .strip_suffix("\r\n")
            .ok_or_else(|| Error::other("the connection ended"))?;
        Ok(line.to_owned())
    }
}
