//! Hostile requests, made up from the companion's own document: every answer is one that the document has, and no text that
//! is sent is ever taken for anything but a text. `PROPTEST_CASES` asks for more.

use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use membership::json;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::{Config, TestRunner};
use serde_json::Value;
use server::store::{System, stand_in};
use tokio::runtime::Runtime;

use crate::document::{Document, Operation};
use crate::service::Service;
use crate::store::{Database, SELDOM};

/// Requests where nobody asks for more.
const CASES: u32 = 1_500;

/// What nobody means: as a parameter, in a path and in a body.
const TEXTS: [&str; 28] = [
    "",
    " ",
    "0",
    "-1",
    "1e9",
    "2147483648",
    "9223372036854775808",
    "NaN",
    "true",
    "null",
    "[]",
    "\0",
    "a\0b",
    "\u{202e}abc",
    "\u{feff}",
    "ﬃ",
    "İ",
    "' OR '1'='1",
    "'; DROP TABLE users; --",
    "\\'; --",
    "%' OR 1=1 /*",
    "$1",
    "?1",
    "{{7*7}}",
    "../../etc/passwd",
    "<script>",
    "\r\nSet-Cookie: a=b",
    "a,b;c=d&e=f#g",
];

/// How a text stands in an address.
#[derive(Clone, Copy, Debug)]
enum Spelling {
    /// Every byte that could mean anything is encoded.
    Encoded,
    /// Twice.
    Twice,
    /// Only what no address may have is encoded.
    Raw,
}

impl Spelling {
    fn of(self, text: &str) -> String {
        let encode = |text: &str, keeps: &[u8]| {
            let byte = |byte: u8| match byte.is_ascii_alphanumeric() || keeps.contains(&byte) {
                true => char::from(byte).to_string(),
                false => format!("%{byte:02X}"),
            };
            text.bytes().map(byte).collect::<String>()
        };
        match self {
            Self::Encoded => encode(text, b"-._~"),
            Self::Twice => encode(&encode(text, b"-._~"), b"-._~"),
            Self::Raw => encode(text, b"-._~!$&'()*+,;=:@/%?[]"),
        }
    }
}

/// A request by its choices, which only the document can make one of.
#[derive(Clone, Debug)]
struct Choices {
    operation: Index,
    /// For each parameter, in turn: whether it is there at all (it always is in a path), how often, and its texts.
    parameters: Vec<(bool, bool, Text, Text)>,
    /// Whose credential is shown, or nobody's.
    credential: Option<System>,
    kind: &'static str,
    body: Vec<u8>,
    header: Text,
}

#[derive(Clone, Debug)]
struct Text {
    text: String,
    spelling: Spelling,
}

fn text() -> impl Strategy<Value = Text> {
    let texts = prop_oneof![
        6 => select(TEXTS.to_vec()).prop_map(str::to_owned),
        3 => select(vec!["u1", "g1", "g3", "admin", "Ann", "@current", "me"]).prop_map(str::to_owned),
        1 => Just(stand_in::of_group("g1")),
        1 => Just(stand_in::of_user("u1")),
        2 => any::<String>(),
        1 => select(vec!["a".repeat(300), "(".repeat(400), "NOT ".repeat(300), "id eq 'a' or ".repeat(300)]),
        2 => select(vec!["firstName ~ \"a\"", "memberOf = g1", "-created", "userId eq 'u1'", "Group.name", "25"]).prop_map(str::to_owned),
    ];
    let spellings = select(vec![
        Spelling::Encoded,
        Spelling::Encoded,
        Spelling::Twice,
        Spelling::Raw,
    ]);
    (texts, spellings).prop_map(|(text, spelling)| Text { text, spelling })
}

fn choices() -> impl Strategy<Value = Choices> {
    let values = prop_oneof![
        Just(json_text("[\"u1\"]")),
        Just(json_text("[\"g1\",\"g1\",null]")),
        Just(json_text(
            "{\"name\":\"\",\"groups_users\":[{\"id\":1,\"delete\":\"yes\"}]}"
        )),
        Just(json_text("{\"name\":null,\"groups_users\":{}}")),
        Just(json_text("grant_type=client_credentials&client_id=a&client_id=b")),
        Just(json_text("grant_type=client_credentials&client_id=a&client_secret=%00")),
        Just("[".repeat(5_000).into_bytes()),
        vec(any::<u8>(), 0..40),
        select(TEXTS.to_vec()).prop_map(|text| serde_json::to_vec(&[text]).expect("JSON")),
        select(TEXTS.to_vec()).prop_map(|text| serde_json::to_vec(&serde_json::json!({"name": text})).expect("JSON")),
    ];
    let kinds = select(vec![
        "application/json",
        "application/x-www-form-urlencoded",
        "text/plain",
        "multipart/form-data",
        "",
    ]);
    let credentials = prop_oneof![4 => select(System::ALL.to_vec()).prop_map(Some), 1 => Just(None)];
    let parameters = vec((any::<bool>(), prop::bool::weighted(0.1), text(), text()), 16);
    (any::<Index>(), parameters, credentials, kinds, values, text()).prop_map(
        |(operation, parameters, credential, kind, body, header)| Choices {
            operation,
            parameters,
            credential,
            kind,
            body,
            header,
        },
    )
}

fn json_text(text: &str) -> Vec<u8> {
    text.as_bytes().to_vec()
}

impl Choices {
    /// The address of the request.
    fn address(&self, operation: Operation<'_>) -> String {
        let mut path = operation.path.to_owned();
        let mut query: Vec<String> = Vec::new();
        for ((name, place, _), (is_there, is_doubled, one, other)) in
            operation.parameters().zip(self.parameters.iter().cycle())
        {
            let [one, other] = [one, other].map(|it| it.spelling.of(&it.text));
            if place == "path" {
                path = path.replace(&format!("{{{name}}}"), &one);
            } else if *is_there {
                query.push(format!("{}={one}", Spelling::Encoded.of(name)));
                query.extend(is_doubled.then(|| format!("{name}={other}")));
            }
        }
        if query.is_empty() {
            path
        } else {
            format!("{path}?{}", query.join("&"))
        }
    }
}

#[test]
fn every_answer_is_documented() {
    let cases = std::env::var("PROPTEST_CASES")
        .ok()
        .and_then(|cases| cases.parse().ok());
    let config = Config {
        cases: cases.unwrap_or(CASES),
        failure_persistence: None,
        ..Config::default()
    };
    let (document, runtime) = (Document::new(), Runtime::new().expect("a runtime"));
    let operations: Vec<Operation<'_>> = document.operations().collect();
    let directory = json::read(SELDOM.as_bytes()).expect("a directory");
    for database in runtime.block_on(Database::both(&directory, "hostile")) {
        let service = Service::new(&database.store, 0);
        let credentials = System::ALL.map(|system| runtime.block_on(service.credential(&database.store, system, None)));
        let result = TestRunner::new(config.clone()).run(&choices(), |choices| {
            let operation = *choices.operation.get(&operations);
            let address = choices.address(operation);
            let held = choices.credential.map(|system| {
                let at = System::ALL.iter().position(|it| *it == system);
                credentials[at.expect("it is one of all")].as_str()
            });
            // Most of the time the right one: who may not ask reaches little.
            let own = System::ALL
                .iter()
                .position(|it| it.name() == operation.tag().to_lowercase());
            let held = own
                .filter(|_| held.is_some() && choices.parameters[0].0)
                .map_or(held, |own| Some(&credentials[own]));
            let mut headers = vec![
                ("x-forwarded-host", "evil.example"),
                ("x-http-method-override", "DELETE"),
            ];
            headers.extend(held.map(|held| (AUTHORIZATION.as_str(), held)));
            headers.extend((!choices.kind.is_empty()).then_some((CONTENT_TYPE.as_str(), choices.kind)));
            let referer = choices.header.spelling.of(&choices.header.text);
            headers.push(("referer", &referer));
            let answer = runtime.block_on(service.send(operation.method, &address, &headers, &choices.body));
            // What is no address at all is not sent.
            let Some(answer) = answer else { return Ok(()) };
            let asked = format!("{} {address}: {} {}", operation.method, answer.status, answer.text);
            prop_assert!(
                answer.status < 500 && answer.header("set-cookie").is_none(),
                "{}",
                asked
            );
            let path = address.split('?').next().unwrap_or_default();
            let method = operation.method;
            match document.operation(method, path) {
                Some(operation) => prop_assert_eq!(operation.check(method, &answer), Ok(()), "{}", asked),
                // A text has led to another path: one that nobody documents is malformed, is not there, or is a file's.
                None => prop_assert!([303, 400, 401, 403, 404, 405].contains(&answer.status), "{}", asked),
            }
            Ok(())
        });
        if let Err(error) = result {
            panic!("{error}");
        }
    }
}

#[tokio::test]
async fn a_body_that_is_too_large_is_refused() {
    let (document, directory) = (Document::new(), json::read(SELDOM.as_bytes()).expect("a directory"));
    let [database, _] = Database::both(&directory, "large").await;
    let service = Service::new(&database.store, 0);
    for (system, method, path) in [
        (System::Contensis, "POST", "/api/security/groups/g1/users".to_owned()),
        (
            System::Passbolt,
            "PUT",
            format!("/groups/{}.json", stand_in::of_group("g1")),
        ),
    ] {
        let credential = service.credential(&database.store, system, None).await;
        for (length, status) in [(8 << 20, 400), ((8 << 20) + 1, 413)] {
            let body = " ".repeat(length);
            let answer = service
                .send_as(&credential, method, &path, &body)
                .await
                .expect("an address");
            let operation = document.operation(method, &path).expect("it is documented");
            assert_eq!(
                (answer.status, operation.check(method, &answer)),
                (status, Ok(())),
                "{path}"
            );
        }
    }
}

/// Texts that would change a statement that they are written into.
const PIECES: [&str; 10] = [
    "' OR '1'='1",
    "' OR 1=1 --",
    "\" OR \"\"=\"",
    "1 OR 1=1",
    "%' OR '%'='",
    "' UNION SELECT id, id, id FROM users --",
    "'; DELETE FROM memberships; --",
    "'); DROP TABLE groups; --",
    "\\' OR 1=1 --",
    "$$; SELECT pg_sleep(9); $$",
];
/// What may be anything: a version that is not looked at, a filter that is on wherever it is mentioned, and what means nothing
/// alone.
const TAKES_ALL: [&str; 3] = ["api-version", "filter[is-admin]", "direction"];

#[tokio::test]
async fn no_piece_of_sql_is_more_than_a_text() {
    let (document, directory) = (Document::new(), json::read(SELDOM.as_bytes()).expect("a directory"));
    for database in Database::both(&directory, "injection").await {
        let service = Service::new(&database.store, 0);
        let before = database.store.to_json().await.expect("a file");
        let mut tried = 0;
        for operation in document.operations().filter(|it| it.method != "POST") {
            let Some(system) = System::ALL
                .into_iter()
                .find(|it| it.name() == operation.tag().to_lowercase())
            else {
                continue;
            };
            let credential = service.credential(&database.store, system, None).await;
            for (name, place, _) in operation.parameters().filter(|(name, ..)| !TAKES_ALL.contains(name)) {
                for piece in PIECES {
                    let piece = Spelling::Encoded.of(piece);
                    let path = operation
                        .parameters()
                        .fold(operation.path.to_owned(), |path, (other, place, _)| {
                            let harmless = sample_id(other, system);
                            let text = if other == name { &piece } else { &harmless };
                            if place == "path" {
                                path.replace(&format!("{{{other}}}"), text)
                            } else {
                                path
                            }
                        });
                    let address = match place {
                        "path" => path,
                        _ => format!("{path}?{}={piece}", Spelling::Encoded.of(name)),
                    };
                    let answer = service
                        .send_as(&credential, operation.method, &address, "{}")
                        .await
                        .expect("an address");
                    let found = ["/totalCount", "/count", "/header/pagination/count"]
                        .into_iter()
                        .find_map(|at| answer.body.pointer(at).and_then(Value::as_i64));
                    let is_refused = [400, 404].contains(&answer.status);
                    let is_empty = answer.status == 200 && found.or_else(|| length(&answer.body)) == Some(0);
                    assert!(
                        is_refused || is_empty,
                        "{} {address}: {} {}",
                        operation.method,
                        answer.status,
                        answer.text
                    );
                    tried += 1;
                }
            }
        }
        assert!(tried > 1_000, "{tried} tries");
        let after = database.store.to_json().await.expect("a file");
        assert_eq!(after, before, "nothing has been changed");
    }
}

/// An id that is there, for the parameters beside the one that is tried.
fn sample_id(name: &str, system: System) -> String {
    match (system, name.to_lowercase().contains("user")) {
        (System::Passbolt, _) => stand_in::of_group("g1"),
        (_, true) => "u1".to_owned(),
        (_, false) => "g1".to_owned(),
    }
}

/// The items of an answer without pages.
fn length(body: &Value) -> Option<i64> {
    body["body"].as_array().map(|items| items.len() as i64)
}
