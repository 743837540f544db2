//! What a hostile client sends over a connection, byte for byte, and the statuses of all answers that come until it ends.

/// A request that nobody asks for in earnest: where its answer, a 303, comes, something else was taken for a request.
const SMUGGLED: &str = "GET /api/enter HTTP/1.1\r\nHOST\r\n\r\n";
/// Follows each attack: whether the connection goes on is told by its answer, a 200.
const LAST: &str = "GET /healthz HTTP/1.1\r\nHOST\r\nConnection: close\r\n\r\n";

/// One attempt.
#[derive(Clone)]
pub struct Attack {
    /// What it is called.
    pub kind: &'static str,
    /// What is special about it.
    pub what: &'static str,
    /// What is sent.
    pub sends: String,
    /// The statuses of the answers.
    pub answers: Vec<u16>,
}

/// All of them, against a companion that is asked by `host`. Where another's name is meant, `evil.example` stands.
pub fn attacks(host: &str) -> Vec<Attack> {
    let mut all = Vec::new();
    let own = format!("Host: {host}");
    let mut add = |kind, what, sends: &str, answers: &[u16]| {
        let sends = format!("{sends}{LAST}")
            .replace("SMUGGLED", SMUGGLED)
            .replace("HOST", &own);
        let answers = answers.to_vec();
        all.push(Attack {
            kind,
            what,
            sends,
            answers,
        });
    };
    smuggling(&mut add);
    malformed(&mut add);
    names(&mut add, host);
    paths(&mut add);
    sizes(&mut add);
    all
}

type Add<'a> = dyn FnMut(&'static str, &'static str, &str, &[u16]) + 'a;

fn get(path: &str, headers: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nHOST\r\n{headers}\r\n")
}

/// A form that is refused, with lengths and a body of its own.
fn post(headers: &str, body: &str) -> String {
    format!(
        "POST /authenticate/connect/token HTTP/1.1\r\nHOST\r\nContent-Type: application/x-www-form-urlencoded\r\n{headers}\r\n\r\n{body}"
    )
}

fn smuggling(add: &mut Add<'_>) {
    const KIND: &str = "request smuggling";
    let chunked = "Transfer-Encoding: chunked";
    for (what, headers, body) in [
        (
            "a length and chunks",
            "Content-Length: 6\r\nTransfer-Encoding: chunked",
            "0\r\n\r\nSMUGGLED",
        ),
        (
            "chunks and a length",
            "Transfer-Encoding: chunked\r\nContent-Length: 4",
            "30\r\nSMUGGLED\r\n0\r\n\r\n",
        ),
        ("two lengths", "Content-Length: 0\r\nContent-Length: 9", "SMUGGLED"),
        ("a list of lengths", "Content-Length: 4, 4", "a=bcSMUGGLED"),
        ("a length with a sign", "Content-Length: +4", "a=bcSMUGGLED"),
        ("a negative length", "Content-Length: -1", "SMUGGLED"),
        ("a hexadecimal length", "Content-Length: 0x4", "a=bcSMUGGLED"),
        (
            "a length beyond all numbers",
            "Content-Length: 99999999999999999999999",
            "SMUGGLED",
        ),
        ("an encoding that is none", "Transfer-Encoding: identity", "SMUGGLED"),
        (
            "an encoding that is misspelled",
            "Transfer-Encoding: xchunked",
            "SMUGGLED",
        ),
        (
            "chunks that are not last",
            "Transfer-Encoding: chunked, identity",
            "0\r\n\r\nSMUGGLED",
        ),
        (
            "an encoding behind a vertical tab",
            "Transfer-Encoding: \u{b}chunked",
            "0\r\n\r\nSMUGGLED",
        ),
        (
            "a blank before a colon",
            "Transfer-Encoding : chunked",
            "0\r\n\r\nSMUGGLED",
        ),
        ("a negative chunk", chunked, "-1\r\n\r\nSMUGGLED"),
        (
            "a chunk beyond all numbers",
            chunked,
            "fffffffffffffffff0\r\n\r\nSMUGGLED",
        ),
        ("a chunk with a prefix", chunked, "0x4\r\na=bc\r\n0\r\n\r\nSMUGGLED"),
        ("chunks with bare line feeds", chunked, "4\na=bc\n0\n\nSMUGGLED"),
        (
            "a line feed in the extension of a chunk",
            chunked,
            "4;a\nxx\r\na=bc\r\n0\r\n\r\nSMUGGLED",
        ),
        (
            "a chunk that is longer than it says",
            chunked,
            "4\r\na=bcXX0\r\n\r\nSMUGGLED",
        ),
    ] {
        add(KIND, what, &post(headers, body), &[400]);
    }
    let length = format!("Content-Length: {}\r\n", "GET /api/enter HTTP/1.1\r\n\r\n".len());
    let hidden = "GET /api/enter HTTP/1.1\r\n\r\n";
    for (what, request, status) in [
        (
            "a request in the body of one that has none",
            get("/healthz", &length),
            200,
        ),
        (
            "a request in the body of one that is refused",
            get("/api/companion", &length),
            401,
        ),
        (
            "a request in the body of one by another name",
            format!("GET / HTTP/1.1\r\nHost: evil.example\r\n{length}\r\n"),
            421,
        ),
    ] {
        add(KIND, what, &format!("{request}{hidden}"), &[status, 200]);
    }
    add(
        KIND,
        "a name in the trailers of a body",
        &post(chunked, "4\r\na=bc\r\n0\r\nHost: evil.example\r\n\r\n"),
        &[400, 200],
    );
}

fn malformed(add: &mut Add<'_>) {
    const KIND: &str = "header tricks";
    for (what, headers) in [
        ("a header on two lines", "A: b\r\n c: d\r\n"),
        ("a header without a colon", "Abc\r\n"),
        ("a header without a name", ": x\r\n"),
        ("a carriage return in a header", "A: b\rC: d\r\n"),
        ("a null byte in a header", "A: b\0c\r\n"),
    ] {
        add(KIND, what, &get("/healthz", headers), &[400]);
    }
    add(
        KIND,
        "a blank before the first header",
        "GET /healthz HTTP/1.1\r\n HOST\r\nHOST\r\n\r\n",
        &[400],
    );
    add(
        KIND,
        "a tab in the method",
        "GE\tT /healthz HTTP/1.1\r\nHOST\r\n\r\n",
        &[400],
    );
    add(KIND, "a version from before headers", "GET /healthz\r\n\r\n", &[400]);
    add(
        KIND,
        "a version that is none",
        "GET /healthz HTTP/1.2\r\nHOST\r\n\r\n",
        &[400],
    );
    add(
        KIND,
        "a method in lower case",
        "get /healthz HTTP/1.1\r\nHOST\r\n\r\n",
        &[405, 200],
    );
    add(KIND, "`TRACE`", "TRACE /healthz HTTP/1.1\r\nHOST\r\n\r\n", &[405, 200]);
    add(
        KIND,
        "`CONNECT` to another server",
        "CONNECT evil.example:443 HTTP/1.1\r\nHOST\r\n\r\n",
        &[421, 200],
    );
    add(
        KIND,
        "an upgrade to HTTP/2",
        &get("/healthz", "Connection: upgrade\r\nUpgrade: h2c\r\n"),
        &[200, 200],
    );
    add(
        KIND,
        "another method by a header",
        &get("/api/security/users", "X-HTTP-Method-Override: DELETE\r\n"),
        &[401, 200],
    );
    add(
        KIND,
        "another path by a header",
        &get("/healthz", "X-Original-URL: /api/enter\r\n"),
        &[200, 200],
    );
    let crlf = "/%0d%0aSet-Cookie:%20a=b?token=none";
    add(
        KIND,
        "a header in an address",
        &get(crlf, "Accept: text/html\r\n"),
        &[403, 200],
    );
}

fn names(add: &mut Add<'_>, host: &str) {
    const KIND: &str = "DNS rebinding";
    for (what, name) in [
        ("another's name", "evil.example"),
        ("another's name that begins as ours", "localhost.evil.example"),
        ("our name with a dot", "localhost."),
        ("our address as one number", "2130706433"),
        ("every address", "0.0.0.0"),
        ("our name as a user's at another", "localhost@evil.example"),
        ("another's name as a user's at ours", "evil.example@localhost"),
        ("no name", ""),
    ] {
        let request = format!("GET /healthz HTTP/1.1\r\nHost: {name}\r\n\r\n");
        add(KIND, what, &request, &[421, 200]);
    }
    add(
        KIND,
        "our name and another's",
        &get("/healthz", "Host: evil.example\r\n"),
        &[421, 200],
    );
    add(
        KIND,
        "an address with another's name",
        &get("http://evil.example/healthz", ""),
        &[421, 200],
    );
    let elsewhere = format!("GET http://{host}/healthz HTTP/1.1\r\nHost: evil.example\r\n\r\n");
    add(KIND, "an address with our name, and another's", &elsewhere, &[421, 200]);
}

fn paths(add: &mut Add<'_>) {
    const KIND: &str = "path tricks";
    for (what, path) in [
        ("a way up", "/../secret"),
        ("a way up behind a folder", "/a/../../secret"),
        ("a way up, encoded", "/%2e%2e/secret"),
        ("a way up, encoded with its slash", "/%2e%2e%2fsecret"),
        ("a way up, encoded twice", "/%252e%252e/secret"),
        ("a way up, overlong in UTF-8", "/%c0%ae%c0%ae/secret"),
        ("a way up, as on Windows", "/..%5csecret"),
        ("a drive", "/C:/secret"),
        ("two slashes", "//etc/passwd"),
        ("a slash, encoded", "/%2fetc%2fpasswd"),
        ("a null byte", "/icon.svg%00.js"),
        ("bytes that are no text", "/%ff%fe"),
        ("a file behind a file", "/icon.svg/../icon.svg"),
    ] {
        add(KIND, what, &get(path, ""), &[404, 200]);
    }
    add(
        KIND,
        "a name longer than any file's",
        &get(&format!("/{}", "a".repeat(5_000)), ""),
        &[404, 200],
    );
    add(
        KIND,
        "a path longer than any file's",
        &get(&"/a".repeat(3_000), ""),
        &[404, 200],
    );
}

fn sizes(add: &mut Add<'_>) {
    const KIND: &str = "size";
    add(
        KIND,
        "more headers than a hundred",
        &get("/healthz", &"A: b\r\n".repeat(120)),
        &[431],
    );
}

/// The statuses of all answers in what a connection brought; none where something is no answer.
pub fn statuses(mut text: &[u8]) -> Option<Vec<u16>> {
    let mut all = Vec::new();
    while !text.is_empty() {
        let end = text.windows(4).position(|it| it == b"\r\n\r\n")? + 4;
        let head = std::str::from_utf8(&text[..end]).ok()?;
        let status = head.strip_prefix("HTTP/1.1 ")?.split(' ').next()?.parse().ok()?;
        let header = |wanted: &str| {
            let mut pairs = head.lines().filter_map(|line| line.split_once(':'));
            pairs.find_map(|(name, value)| name.eq_ignore_ascii_case(wanted).then(|| value.trim()))
        };
        text = match (header("content-length"), header("transfer-encoding")) {
            (Some(length), _) => text.get(end + length.parse::<usize>().ok()?..)?,
            // What the gateway passes on comes in chunks, of which the last is empty.
            (None, Some("chunked")) => {
                const LAST_CHUNK: &[u8] = b"\r\n0\r\n\r\n";
                let last = text.windows(LAST_CHUNK.len()).position(|it| it == LAST_CHUNK)?;
                &text[last + LAST_CHUNK.len()..]
            }
            (None, _) => &text[end..],
        };
        all.push(status);
    }
    Some(all)
}
