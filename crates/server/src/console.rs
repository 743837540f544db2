//! The console's files: in a folder, or inside this program.

use std::borrow::Cow;
use std::path::PathBuf;

use axum::body::Body;
use axum::extract::Request;
use axum::http::header::{ALLOW, CONTENT_ENCODING, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use tower::ServiceExt as _;
use tower_http::services::ServeDir;

use crate::headers::accepts;

/// A file's name and what it holds.
type File = (&'static str, &'static [u8]);

/// The files that were put into this program when it was built, by name; mostly there are none.
static INSIDE: &[File] = include!(concat!(env!("OUT_DIR"), "/console.rs"));

/// How the build compressed files beside themselves: as an encoding is called, and how the names end; the smaller first.
const COMPRESSED: [(&str, &str); 2] = [("br", ".br"), ("gzip", ".gz")];
/// What systems take for the path of a file at the most, in bytes, and for each name in it.
const LONGEST_PATH: usize = 1_000;
const LONGEST_NAME: usize = 250;

/// Where the console's files are.
#[derive(Clone, Debug)]
pub enum Console {
    /// In a folder, which is read on each request, so that a console that is built meanwhile is served without a restart.
    Folder(PathBuf),
    /// In this program.
    Inside(&'static [File]),
}

impl From<PathBuf> for Console {
    fn from(folder: PathBuf) -> Self {
        Self::Folder(folder)
    }
}

impl Console {
    /// The one inside this program, if it was built with one.
    #[must_use]
    pub fn inside() -> Option<Self> {
        (!INSIDE.is_empty()).then_some(Self::Inside(INSIDE))
    }

    /// A file's bytes.
    pub(crate) async fn read(&self, name: &str) -> Option<Cow<'static, [u8]>> {
        match self {
            Self::Folder(folder) => tokio::fs::read(folder.join(name)).await.ok().map(Cow::Owned),
            Self::Inside(files) => find(files, name).map(Cow::Borrowed),
        }
    }

    /// A file as the build compressed it, in the smallest way that a browser takes, and how that is called.
    pub(crate) async fn read_smaller(
        &self,
        name: &str,
        headers: &HeaderMap,
    ) -> Option<(&'static str, Cow<'static, [u8]>)> {
        for (encoding, end) in COMPRESSED
            .into_iter()
            .filter(|(encoding, _)| accepts(headers, encoding))
        {
            if let Some(bytes) = self.read(&format!("{name}{end}")).await {
                return Some((encoding, bytes));
            }
        }
        None
    }

    /// The answer to who asks for a file; none, with the headers of the request, where there is no such file.
    pub(crate) async fn answer(&self, request: Request) -> Result<Response, HeaderMap> {
        let path = request.uri().path();
        // A name that no system takes for a file's is none; to look for it would be an error.
        if path.len() > LONGEST_PATH || path.split('/').any(|name| name.len() > LONGEST_NAME) {
            return Err(request.into_parts().0.headers);
        }
        match self {
            Self::Folder(folder) => {
                let headers = request.headers().clone();
                let files = ServeDir::new(folder)
                    .append_index_html_on_directories(false)
                    .precompressed_br()
                    .precompressed_gzip();
                let response = files.oneshot(request).await.into_response();
                match response.status() {
                    StatusCode::NOT_FOUND => Err(headers),
                    _ => Ok(response),
                }
            }
            Self::Inside(files) => {
                let (parts, _) = request.into_parts();
                answer(files, &parts.method, parts.uri.path(), &parts.headers).ok_or(parts.headers)
            }
        }
    }
}

/// The bytes of a file. Cost: O(log n).
fn find(files: &[File], name: &str) -> Option<&'static [u8]> {
    let at = files.binary_search_by_key(&name, |(name, _)| name).ok()?;
    files.get(at).map(|(_, bytes)| *bytes)
}

/// A file as the browser takes it. The names need no decoding: the build makes none with anything to decode.
fn answer(files: &[File], method: &Method, path: &str, headers: &HeaderMap) -> Option<Response> {
    if ![Method::GET, Method::HEAD].contains(method) {
        let allowed = [(ALLOW, HeaderValue::from_static("GET,HEAD"))];
        return Some((StatusCode::METHOD_NOT_ALLOWED, allowed).into_response());
    }
    let name = path.strip_prefix('/')?;
    let whole = find(files, name)?;
    let kind = [(CONTENT_TYPE, HeaderValue::from_static(kind(name)))];
    let smaller = COMPRESSED.into_iter().find_map(|(encoding, end)| {
        let bytes = find(files, &format!("{name}{end}")).filter(|_| accepts(headers, encoding))?;
        Some((encoding, bytes))
    });
    Some(match smaller {
        Some((encoding, bytes)) => {
            let encoding = [(CONTENT_ENCODING, HeaderValue::from_static(encoding))];
            (kind, encoding, Body::from(bytes)).into_response()
        }
        None => (kind, Body::from(whole)).into_response(),
    })
}

/// What a file is, by the end of its name.
fn kind(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("css") => "text/css",
        Some("html") => "text/html",
        Some("js") => "text/javascript",
        Some("json") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("wasm") => "application/wasm",
        Some("webmanifest") => "application/manifest+json",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use axum::body::to_bytes;
    use axum::http::header::ACCEPT_ENCODING;

    use super::*;

    const FILES: &[File] = &[
        ("a.wasm", b"whole"),
        ("a.wasm.br", b"by brotli"),
        ("a.wasm.gz", b"by gzip"),
        ("icon.svg", b"<svg/>"),
    ];

    /// Status, type, encoding and body of an answer; none where there is no such file.
    async fn asked(method: &str, path: &str, encodings: &str) -> Option<(u16, String, String, String)> {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(ACCEPT_ENCODING, encodings);
        let request = request.body(Body::empty()).expect("a request");
        let response = Console::Inside(FILES).answer(request).await.ok()?;
        let header = |name| {
            response
                .headers()
                .get(name)
                .map_or("", |it| it.to_str().expect("text"))
                .to_owned()
        };
        let (kind, encoding) = (header(CONTENT_TYPE), header(CONTENT_ENCODING));
        let status = response.status().as_u16();
        let body = to_bytes(response.into_body(), 1 << 10).await.expect("a body");
        Some((status, kind, encoding, String::from_utf8_lossy(&body).into_owned()))
    }

    #[tokio::test]
    async fn files_inside_travel_as_they_are_taken() {
        let told =
            |kind: &str, encoding: &str, body: &str| Some((200, kind.to_owned(), encoding.to_owned(), body.to_owned()));
        for (path, encodings, answer) in [
            ("/a.wasm", "gzip, br", told("application/wasm", "br", "by brotli")),
            ("/a.wasm", "gzip, br;q=0", told("application/wasm", "gzip", "by gzip")),
            ("/a.wasm", "", told("application/wasm", "", "whole")),
            ("/icon.svg", "br", told("image/svg+xml", "", "<svg/>")),
            ("/", "br", None),
            ("/a", "br", None),
            ("/../a.wasm", "br", None),
            ("//a.wasm", "br", None),
            ("/groups/a.wasm", "br", None),
        ] {
            assert_eq!(asked("GET", path, encodings).await, answer, "{path} {encodings}");
        }
        assert_eq!(asked("POST", "/a.wasm", "").await.map(|it| it.0), Some(405));
        let read = Console::Inside(FILES).read("icon.svg").await;
        assert_eq!(read.as_deref(), Some(&b"<svg/>"[..]));
    }
}
