//! What holds of any URL that is asked of a local directory.

use membership::directory::Directory;
use membership::entity::UserIndex;
use membership::json;
use provider::answer::{Call, Caller, Response, answer};

/// 2026-11-17T14:32:08Z
const NOW: i64 = 1_794_925_928_000;

const METHODS: [&str; 4] = ["GET", "HEAD", "POST", "get"];

thread_local! {
    static DIRECTORY: Directory = json::read(include_bytes!("directory.json")).expect("a directory");
}

/// The first byte says who asks, and by which method: an answer is one that is documented, its body is JSON, it does
/// not depend on what stands after `#`, and whoever is not signed in learns nothing.
pub fn check(bytes: &[u8]) {
    let Some((choice, url)) = bytes.split_first() else {
        return;
    };
    let Ok(url) = std::str::from_utf8(url) else { return };
    let caller = match choice / 4 % 6 {
        0 | 1 => Caller::Administrator,
        2 => Caller::Nobody,
        number => Caller::User(UserIndex::new(u32::from(number) - 3)),
    };
    let method = METHODS[usize::from(choice % 4)];
    let response = ask(method, url, caller);
    assert!(
        [200, 204, 400, 401, 403, 404, 405].contains(&response.status),
        "{method} {url}: {response:?}"
    );
    assert!(
        caller != Caller::Nobody || response.status >= 400,
        "{method} {url}: {response:?}"
    );
    let tells_methods = response.headers.iter().any(|(name, _)| *name == "Allow");
    assert_eq!(tells_methods, response.status == 405, "{method} {url}: {response:?}");
    if let Some(body) = &response.body {
        assert!(method != "HEAD" && response.status != 204, "{url}: {body}");
        let read: Result<serde_json::Value, _> = serde_json::from_str(body);
        assert!(read.is_ok(), "{method} {url}: {body}");
    }
    if !url.contains('#') {
        assert_eq!(
            ask(method, &format!("{url}#more?/"), caller),
            response,
            "{method} {url}"
        );
    }
}

fn ask(method: &str, url: &str, caller: Caller) -> Response {
    let now = NOW;
    DIRECTORY.with(|directory| {
        answer(
            directory,
            &Call {
                method,
                url,
                caller,
                now,
            },
        )
    })
}
