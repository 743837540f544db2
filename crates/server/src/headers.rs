//! The headers of every answer: what a page may load and run, and how long a browser may keep a file.

use axum::extract::Request;
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY, VARY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};

/// The name changes with the content, so the browser need never ask again.
const KEPT_FOR_GOOD: &str = "public, max-age=31536000, immutable";
/// What a page may ask a person for that the console never does.
const NOTHING_PERMITTED: &str = "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()";
/// Whom a page may ask: whoever served it.
const OURS: &str = "'self'";
/// The page's own policy for texts that become markup or the address of a script; it stands inside the page.
const OF_THE_PAGE: &str = "default";
/// Whom the worker may ask, too: vendors' servers, which a person names; without TLS only on this very machine.
const VENDORS: &str = "'self' https: http://127.0.0.1:* http://localhost:*";
/// The browser keeps the file, but asks whether it is still the same.
pub(crate) const ASKED_AGAIN: &str = "no-cache";

/// Answers differ by what the browser asks for: a page or a file, compressed or not.
pub(crate) const DIFFERS: HeaderValue = HeaderValue::from_static("accept, accept-encoding");

/// Adds the headers that protect a page to whatever was answered.
///
/// A policy or an age that the answer brought along stays: only the page knows the scripts inside it.
pub(crate) async fn protect(request: Request, next: Next) -> Response {
    let named_by_content = has_hash(request.uri().path());
    let mut response = next.run(request).await;
    let keep = if named_by_content && response.status().is_success() {
        KEPT_FOR_GOOD
    } else {
        ASKED_AGAIN
    };
    let headers = response.headers_mut();
    // A worker has the policy of its own script, so files need one as much as the page does. It alone reads from vendors.
    headers
        .entry(CONTENT_SECURITY_POLICY)
        .or_insert_with(|| policy_of("", VENDORS, "'none'"));
    if !headers.contains_key(CACHE_CONTROL) {
        headers.insert(CACHE_CONTROL, HeaderValue::from_static(keep));
        headers.entry(VARY).or_insert(DIFFERS);
    }
    let fixed = [
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        // Addresses hold names and queries: nobody else is told them.
        (REFERRER_POLICY, "no-referrer"),
        // Isolated by these two, the console shares memory with its worker.
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-embedder-policy"), "require-corp"),
        (HeaderName::from_static("permissions-policy"), NOTHING_PERMITTED),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Whether a browser takes answers in an encoding; brotli every one takes over TLS and on its own machine.
pub(crate) fn accepts(headers: &HeaderMap, encoding: &str) -> bool {
    let lines = headers
        .get_all(ACCEPT_ENCODING)
        .into_iter()
        .filter_map(|it| it.to_str().ok());
    lines.flat_map(|line| line.split(',')).any(|coding| {
        let (name, weight) = coding.split_once(';').unwrap_or((coding, "q=1"));
        let weight = weight.trim().strip_prefix("q=").and_then(|it| it.parse::<f32>().ok());
        name.trim().eq_ignore_ascii_case(encoding) && weight.is_some_and(|weight| weight > 0.0)
    })
}

/// The Content-Security-Policy for `html`: our own files, WebAssembly, and exactly the scripts written inside it; no text
/// becomes markup or a script past the page's own policy (Trusted Types).
///
/// Cost: O(n) in the length of the page.
pub(crate) fn policy(html: &str) -> HeaderValue {
    policy_of(html, OURS, OF_THE_PAGE)
}

fn policy_of(html: &str, asks: &str, types: &str) -> HeaderValue {
    let mut scripts = String::new();
    for script in inline_scripts(html) {
        scripts.push_str(" 'sha256-");
        BASE64_STANDARD.encode_string(Sha256::digest(script), &mut scripts);
        scripts.push('\'');
    }
    let policy = format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{scripts}; style-src 'self'; \
         img-src 'self' data:; font-src 'self'; connect-src {asks}; worker-src 'self'; manifest-src 'self'; \
         base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
         require-trusted-types-for 'script'; trusted-types {types}"
    );
    HeaderValue::try_from(policy).unwrap_or_else(|_| HeaderValue::from_static("default-src 'none'"))
}

/// The text of each script that stands in the page itself, as the browser hashes it.
fn inline_scripts(html: &str) -> Vec<&str> {
    html.split("<script")
        .skip(1)
        .filter_map(|rest| {
            let (attributes, body) = rest.split_once('>')?;
            let (script, _) = body.split_once("</script")?;
            let loads = attributes
                .split_whitespace()
                .any(|attribute| attribute.starts_with("src="));
            (!loads).then_some(script)
        })
        .collect()
}

/// Whether the build put a hash of the content into this name, so that the name never changes its meaning.
fn has_hash(path: &str) -> bool {
    let file = path.rsplit('/').next().unwrap_or_default();
    file.split(['-', '_', '.']).skip(1).any(|part| {
        part.len() == 16
            && part
                .bytes()
                .all(|it| it.is_ascii_digit() || (b'a'..=b'f').contains(&it))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_inside_the_page_are_found() {
        let page = "<script>a</script><script type=module>b\nc</script><script src=\"d.js\"></script>";
        assert_eq!(inline_scripts(page), ["a", "b\nc"]);
        assert!(inline_scripts("<p>none</p>").is_empty());
    }

    #[test]
    fn the_policy_holds_the_hash_of_a_script() {
        // The well-known digest of the empty text.
        let empty = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";
        let with_script = policy("<script></script>");
        assert!(with_script.to_str().is_ok_and(|it| it.contains(empty)));
        assert!(policy("").to_str().is_ok_and(|it| !it.contains("sha256")));
    }

    #[test]
    fn brotli_is_for_those_who_take_it() {
        let takes = |value: &'static str| {
            let headers = HeaderMap::from_iter([(ACCEPT_ENCODING, HeaderValue::from_static(value))]);
            accepts(&headers, "br")
        };
        assert!(takes("gzip, deflate, br, zstd") && takes("BR;q=0.5") && takes("br"));
        assert!(!takes("gzip") && !takes("br;q=0") && !takes("brotli") && !takes("") && !takes("br;q=x"));
        assert!(!accepts(&HeaderMap::new(), "br"));
    }

    #[test]
    fn names_with_a_hash_are_told_from_others() {
        assert!(has_hash("/console-0123456789abcdef.js"));
        assert!(has_hash("/console-0123456789abcdef_bg.wasm"));
        assert!(has_hash("/style-fedcba9876543210.css"));
        assert!(!has_hash("/worker.js"));
        assert!(!has_hash("/users/0123456789abcdef"));
        assert!(!has_hash("/"));
    }
}
