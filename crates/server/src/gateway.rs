//! The gateway: passes documented requests that only read on to vendors that were named at the start, and to nobody else.

mod allowed;
mod credentials;
mod passbolt;
mod refusal;
mod sign_in;
mod vendor;

use std::collections::HashMap;
use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{
    ACCEPT, ACCEPT_ENCODING, ACCEPT_LANGUAGE, AUTHORIZATION, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY,
    CONTENT_TYPE, ETAG, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED, RETRY_AFTER,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http_body_util::Limited;
use hyper::body::Incoming;
use tower_http::timeout::TimeoutBody;

use self::credentials::Credentials;
use self::refusal::Refusal;
use self::sign_in::SignIn;
pub use self::vendor::Limits;
use self::vendor::Vendor;
use crate::store::System;

/// The headers of a request that a vendor is told. Cookies are the companion's own, the rest is the connection's.
const TOLD: [HeaderName; 6] = [
    ACCEPT,
    ACCEPT_ENCODING,
    ACCEPT_LANGUAGE,
    CONTENT_TYPE,
    IF_MODIFIED_SINCE,
    IF_NONE_MATCH,
];
/// The headers of an answer that the browser is told; a cookie would be the companion's there, a challenge its dialog.
const TOLD_BACK: [HeaderName; 4] = [CONTENT_ENCODING, ETAG, LAST_MODIFIED, RETRY_AFTER];

/// The way to one vendor.
pub struct Gateway {
    name: String,
    system: System,
    vendor: Vendor,
    /// What the companion signs in with; without it the caller has to.
    held: Option<SignIn>,
}

impl Gateway {
    /// The gateways of specifications such as `contensis:hr=https://cms.example.com`, and the credentials that the
    /// companion holds for them: a JSON object with an object for each name.
    ///
    /// # Errors
    /// A sentence that says which of them is wrong, and in what.
    pub fn all(specifications: &[String], credentials: Option<&str>, limits: Limits) -> Result<Vec<Arc<Self>>, String> {
        let mut held: HashMap<String, serde_json::Value> = match credentials {
            // An error of the parser would quote the secret.
            Some(text) => serde_json::from_str(text).map_err(|_| "the credentials are no JSON object".to_owned())?,
            None => HashMap::new(),
        };
        let mut gateways: Vec<Arc<Self>> = Vec::new();
        for specification in specifications {
            let wrong = |reason: &str| format!("`{specification}`: {reason}");
            let (system, name, url) = parts(specification).map_err(wrong)?;
            if gateways.iter().any(|gateway| gateway.name == name) {
                return Err(wrong("another gateway has this name"));
            }
            let vendor = Vendor::new(url, limits).map_err(|reason| wrong(&reason))?;
            let held = match held.remove(name) {
                Some(fields) => {
                    let credentials = Credentials::read(system, fields).map_err(|reason| wrong(&reason))?;
                    Some(SignIn::new(credentials))
                }
                None => None,
            };
            gateways.push(Arc::new(Self {
                name: name.to_owned(),
                system,
                vendor,
                held,
            }));
        }
        match held.keys().next() {
            Some(name) => Err(format!("the credentials are for `{name}`, which no gateway is called")),
            None => Ok(gateways),
        }
    }

    /// Its name, which is the first segment below `/gateway`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whose endpoints lie behind it.
    #[must_use]
    pub fn system(&self) -> System {
        self.system
    }

    /// Whether the companion signs in, so that the caller need not.
    #[must_use]
    pub fn holds_credentials(&self) -> bool {
        self.held.is_some()
    }

    async fn pass(&self, path: &str, request: Request) -> Result<Response, Refusal> {
        let (parts, body) = request.into_parts();
        allowed::check(self.system, &parts.method, path, self.held.is_some())?;
        let path = match parts.uri.query() {
            Some(query) => format!("{path}?{query}"),
            None => path.to_owned(),
        };
        let body = match parts.method {
            Method::POST => to_bytes(body, self.vendor.limits().request)
                .await
                .map_err(|_| Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, "the body is too large"))?,
            _ => Bytes::new(),
        };
        let mut headers = chosen(&parts.headers, &TOLD);
        let Some(held) = &self.held else {
            headers.extend(chosen(&parts.headers, &[AUTHORIZATION]));
            let answer = self.vendor.send(parts.method, &path, headers, body).await?;
            return Ok(self.pass_back(answer));
        };
        let authorization = held.authorization(&self.vendor, None).await?;
        headers.insert(AUTHORIZATION, authorization.clone());
        let answer = self
            .vendor
            .send(parts.method.clone(), &path, headers.clone(), Bytes::new())
            .await?;
        if answer.status() != StatusCode::UNAUTHORIZED {
            return Ok(self.pass_back(answer));
        }
        // A token may end before its time; what is refused with a fresh one as well stays refused.
        headers.insert(
            AUTHORIZATION,
            held.authorization(&self.vendor, Some(&authorization)).await?,
        );
        let answer = self.vendor.send(parts.method, &path, headers, Bytes::new()).await?;
        Ok(self.pass_back(answer))
    }

    /// The answer as the browser may see it: it lies under the companion's own origin there, so nothing of it may run.
    fn pass_back(&self, answer: Response<Incoming>) -> Response {
        let limits = self.vendor.limits();
        let (parts, body) = answer.into_parts();
        let body = TimeoutBody::new(limits.silence, Limited::new(body, limits.answer));
        let mut response = Response::new(Body::new(Box::pin(body)));
        *response.status_mut() = parts.status;
        let headers = response.headers_mut();
        *headers = chosen(&parts.headers, &TOLD_BACK);
        if let Some(kind) = parts.headers.get(CONTENT_TYPE) {
            headers.insert(CONTENT_TYPE, harmless(kind));
        }
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.insert(
            CONTENT_SECURITY_POLICY,
            HeaderValue::from_static("default-src 'none'; sandbox"),
        );
        response
    }
}

/// Passes a request on to the vendor whose name is the first segment below `/gateway`.
pub(crate) async fn pass(State(gateways): State<Arc<[Arc<Gateway>]>>, request: Request) -> Response {
    // The path is taken as it came: what an extractor decoded could not be told from what was written.
    let whole = request.uri().path().to_owned();
    let below = whole.strip_prefix("/gateway/").unwrap_or_default();
    let (name, path) = below.split_at(below.find('/').unwrap_or(below.len()));
    let Some(gateway) = gateways.iter().find(|gateway| gateway.name == name) else {
        return Refusal::new(StatusCode::NOT_FOUND, "no gateway has this name").into_response();
    };
    gateway
        .pass(path, request)
        .await
        .unwrap_or_else(IntoResponse::into_response)
}

/// System, name and URL of a specification.
fn parts(specification: &str) -> Result<(System, &str, &str), &'static str> {
    let shape = "a gateway is SYSTEM:NAME=URL, such as contensis:hr=https://cms.example.com";
    let (system, rest) = specification.split_once(':').ok_or(shape)?;
    let (name, url) = rest.split_once('=').ok_or(shape)?;
    let system = System::ALL
        .into_iter()
        .find(|known| known.name() == system)
        .ok_or("the system is contensis, tulip or passbolt")?;
    let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if name.is_empty() || !name.bytes().all(is_plain) {
        return Err("the name has lower-case letters, digits and hyphens");
    }
    Ok((system, name, url))
}

fn chosen(headers: &HeaderMap, names: &[HeaderName]) -> HeaderMap {
    let pairs = names
        .iter()
        .filter_map(|name| Some((name.clone(), headers.get(name)?.clone())));
    pairs.collect()
}

/// The type of an answer if it is data, and plain text in place of anything that a browser would show or run.
fn harmless(kind: &HeaderValue) -> HeaderValue {
    let name = kind
        .to_str()
        .unwrap_or_default()
        .split(';')
        .next()
        .unwrap_or_default()
        .trim();
    let is_data =
        name.eq_ignore_ascii_case("application/json") || name.eq_ignore_ascii_case("application/problem+json");
    if is_data {
        kind.clone()
    } else {
        HeaderValue::from_static("text/plain; charset=utf-8")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(specifications: &[&str], credentials: Option<&str>) -> Result<usize, String> {
        let specifications: Vec<String> = specifications.iter().map(|&it| it.to_owned()).collect();
        Gateway::all(&specifications, credentials, Limits::default()).map(|all| all.len())
    }

    #[test]
    fn specifications_say_what_is_wrong() {
        assert_eq!(
            all(
                &[
                    "contensis:hr=https://cms.example.com",
                    "tulip:plant-2=http://127.0.0.1:99/t/"
                ],
                None
            ),
            Ok(2)
        );
        for (specification, reason) in [
            ("hr=https://cms.example.com", "SYSTEM:NAME=URL"),
            ("contensis:hr", "SYSTEM:NAME=URL"),
            ("google:hr=https://cms.example.com", "contensis, tulip or passbolt"),
            ("contensis:../x=https://cms.example.com", "lower-case"),
            ("contensis:=https://cms.example.com", "lower-case"),
            ("contensis:hr=http://cms.example.com", "https"),
            ("contensis:hr=ftp://127.0.0.1", "https"),
            ("contensis:hr=https://me:pw@cms.example.com", "user"),
            ("contensis:hr=https://cms.example.com/?x", "query"),
            ("contensis:hr=cms.example.com", "https"),
        ] {
            let problem = all(&[specification], None).expect_err(specification);
            assert!(problem.contains(reason) && problem.contains(specification), "{problem}");
        }
        let twice = all(&["tulip:a=https://a.example", "tulip:a=https://b.example"], None);
        assert!(twice.is_err_and(|it| it.contains("another")));
    }

    #[test]
    fn credentials_say_what_is_wrong_without_saying_them() {
        let at = |credentials: &str| all(&["tulip:plant=https://a.example"], Some(credentials));
        assert_eq!(at(r#"{"plant": {"key": "apikey.2_x", "secret": "s3cret"}}"#), Ok(1));
        for wrong in [
            r#"{"plant": {"key": "apikey.2_x", "secret": "s3cret""#,
            r#"{"plant": {"key": "apikey.2_x", "secrets": "s3cret"}}"#,
            r#"{"plant": {"key": "apikey.2_x"}}"#,
            r#"{"plant": "s3cret"}"#,
            r#"{"other": {"key": "apikey.2_x", "secret": "s3cret"}}"#,
        ] {
            let problem = at(wrong).expect_err(wrong);
            assert!(!problem.contains("s3cret"), "{problem}");
        }
    }

    #[test]
    fn only_data_keeps_its_type() {
        let kept = |kind: &'static str| harmless(&HeaderValue::from_static(kind)) == kind;
        assert!(kept("application/json") && kept("Application/JSON; charset=utf-8"));
        assert!(!kept("text/html") && !kept("text/javascript") && !kept("image/svg+xml") && !kept("application/json5"));
    }
}
