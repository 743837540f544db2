//! Who may enter: whoever has the token that the companion prints as a link, at an address that is the companion's own.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::{ACCEPT, COOKIE, HOST, LOCATION, SET_COOKIE};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, HeaderName, Method, StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{AppendHeaders, IntoResponse, Response};
use serde_json::json;

use crate::reply::Reply;
use crate::store::{is_same, random};

/// What a token from outside has at the least, in characters: 128 bits in base64.
const SHORTEST: usize = 22;
/// The parameter of the printed link.
const PARAMETER: &str = "token";
/// What scripts of the page may read: that somebody entered, so that they ask for what only those are told.
const ENTERED: &str = "rollcall-entered=yes";

/// The door of a companion: its token, and the names by which it may be asked.
#[derive(Clone)]
pub struct Entrance {
    token: String,
    /// In lower case, without a port.
    hosts: Vec<String>,
    /// Cookies know no port, so each port has a name of its own.
    cookie: String,
    is_local: bool,
}

impl Entrance {
    /// A door with a fresh token, for a companion that listens at `address` and may be asked by that and by `hosts`.
    #[must_use]
    pub fn new(address: SocketAddr, hosts: &[String]) -> Self {
        Self::with(random(32), address, hosts)
    }

    /// The same with a token from outside.
    ///
    /// # Errors
    /// A sentence, if the token is short or has characters that a link would have to escape.
    pub fn with_token(token: &str, address: SocketAddr, hosts: &[String]) -> Result<Self, String> {
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        if token.len() < SHORTEST || !token.bytes().all(is_plain) {
            return Err(format!(
                "the token needs {SHORTEST} or more characters, each a letter, a digit or one of - . _ ~"
            ));
        }
        Ok(Self::with(token.to_owned(), address, hosts))
    }

    fn with(token: String, address: SocketAddr, hosts: &[String]) -> Self {
        let own = ["localhost", "127.0.0.1", "[::1]"].map(str::to_owned);
        let listening = match address.ip() {
            IpAddr::V4(it) => it.to_string(),
            IpAddr::V6(it) => format!("[{it}]"),
        };
        let asked_for = hosts.iter().map(|host| host.to_ascii_lowercase());
        Self {
            token,
            hosts: own.into_iter().chain([listening]).chain(asked_for).collect(),
            cookie: format!("rollcall-{}", address.port()),
            is_local: address.ip().is_loopback(),
        }
    }

    /// What is put behind an address of the companion to enter it: `?token=…`.
    #[must_use]
    pub fn query(&self) -> String {
        format!("?{PARAMETER}={}", self.token)
    }

    /// Whether all hosts that a request names are the companion's: a page from elsewhere, whose name was made to lead
    /// here, would otherwise be of the companion's origin. A request without a host comes from no browser.
    fn is_asked_by_its_name(&self, uri: &Uri, headers: &HeaderMap) -> bool {
        // A name before an `@` is no part of the host, and no browser sends one.
        let own = |authority: &Authority| {
            let is_named = |own: &String| own.eq_ignore_ascii_case(authority.host());
            !authority.as_str().contains('@') && self.hosts.iter().any(is_named)
        };
        uri.authority().is_none_or(own)
            && headers.get_all(HOST).iter().all(|value| {
                let authority = value.to_str().ok().and_then(|it| it.parse::<Authority>().ok());
                authority.is_some_and(|authority| own(&authority))
            })
    }

    /// Whether a request comes from somebody who entered, and from a page of the companion's own.
    fn has_entered(&self, headers: &HeaderMap) -> bool {
        let text = |name: &HeaderName| headers.get_all(name).into_iter().filter_map(|it| it.to_str().ok());
        let is_own = text(&FETCH_SITE).all(|site| site == "same-origin" || site == "none");
        let mut cookies = text(&COOKIE)
            .flat_map(|line| line.split(';'))
            .filter_map(|it| it.trim().split_once('='));
        is_own && cookies.any(|(name, value)| name == self.cookie && is_same(value, &self.token))
    }

    /// The answer to a link with a token: the cookie, and the way to the same address without it.
    fn welcome(&self, uri: &Uri, token: &str) -> Response {
        if !is_same(token, &self.token) {
            let text = "This link is not of this start of the companion: use the one that it printed last.\n";
            return (StatusCode::FORBIDDEN, text).into_response();
        }
        // A cookie for one machine alone travels over no network; any other travels only over TLS.
        let secure = if self.is_local { "" } else { "; Secure" };
        let cookie = format!(
            "{}={}; Path=/; HttpOnly; SameSite=Strict{secure}",
            self.cookie, self.token
        );
        let mark = format!("{ENTERED}; Path=/; SameSite=Strict{secure}");
        let headers = AppendHeaders([(SET_COOKIE, cookie), (SET_COOKIE, mark), (LOCATION, without_token(uri))]);
        (StatusCode::SEE_OTHER, headers).into_response()
    }
}

/// Says from where a browser's request comes; no page can make it lie.
const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Answers links with a token, and refuses whoever asks by a strange name; everything else passes.
pub(crate) async fn open(State(entrance): State<Arc<Entrance>>, request: Request, next: Next) -> Response {
    let (uri, headers) = (request.uri(), request.headers());
    if !entrance.is_asked_by_its_name(uri, headers) {
        let text = "The companion has another name. `rollcall serve --host NAME` gives it this one too.\n";
        return (StatusCode::MISDIRECTED_REQUEST, text).into_response();
    }
    let accepts = headers.get(ACCEPT).and_then(|accept| accept.to_str().ok());
    let opens_a_page = request.method() == Method::GET && accepts.is_some_and(|it| it.contains("text/html"));
    match token(uri) {
        Some(token) if opens_a_page => entrance.welcome(uri, token),
        _ => next.run(request).await,
    }
}

/// Lets only those pass who have entered.
pub(crate) async fn guard(State(entrance): State<Arc<Entrance>>, request: Request, next: Next) -> Response {
    if entrance.has_entered(request.headers()) {
        return next.run(request).await;
    }
    let message = "open the link that the companion printed when it started";
    Reply::json(StatusCode::UNAUTHORIZED, json!({"message": message})).into_response()
}

fn token(uri: &Uri) -> Option<&str> {
    let mut pairs = uri.query()?.split('&').filter_map(|pair| pair.split_once('='));
    pairs.find_map(|(name, value)| (name == PARAMETER).then_some(value))
}

/// The same path and query without the token. A path that a browser would take for another host becomes the first page.
fn without_token(uri: &Uri) -> String {
    let path = match uri.path().as_bytes() {
        [b'/', b'/' | b'\\', ..] => "/",
        _ => uri.path(),
    };
    let rest: Vec<&str> = uri
        .query()
        .unwrap_or_default()
        .split('&')
        .filter(|pair| !is_token(pair))
        .collect();
    if rest.is_empty() {
        path.to_owned()
    } else {
        format!("{path}?{}", rest.join("&"))
    }
}

fn is_token(pair: &str) -> bool {
    pair.split('=').next() == Some(PARAMETER)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKEN: &str = "a-token-of-the-right-length";

    fn entrance(address: &str, hosts: &[&str]) -> Entrance {
        let hosts: Vec<String> = hosts.iter().map(|&host| host.to_owned()).collect();
        Entrance::with_token(TOKEN, address.parse().expect("an address"), &hosts).expect("a token")
    }

    #[test]
    fn tokens_from_outside_are_long_and_plain() {
        let try_token = |token| Entrance::with_token(token, SocketAddr::from(([127, 0, 0, 1], 1)), &[]);
        assert!(try_token("short").is_err_and(|it| it.contains("22")));
        assert!(try_token("long enough but with spaces").is_err());
        assert!(try_token(TOKEN).is_ok());
        let made = || Entrance::new(SocketAddr::from(([127, 0, 0, 1], 1)), &[]);
        assert!(made().query().len() > 40 && made().query() != made().query());
    }

    #[test]
    fn only_its_own_names_are_answered() {
        let asked = |entrance: &Entrance, uri: &str, hosts: &[&str]| {
            let mut headers = HeaderMap::new();
            for host in hosts {
                headers.append(HOST, host.parse().expect("a value"));
            }
            entrance.is_asked_by_its_name(&uri.parse().expect("an address"), &headers)
        };
        let local = entrance("127.0.0.1:8081", &[]);
        for host in ["127.0.0.1:8081", "localhost:8080", "LOCALHOST", "[::1]:8081"] {
            assert!(asked(&local, "/", &[host]), "{host}");
        }
        for host in [
            "evil.example",
            "localhost.evil.example:8081",
            "127.0.0.1.evil.example",
            "localhost@evil.example",
            "10.0.0.7",
            "",
        ] {
            assert!(!asked(&local, "/", &[host]), "{host}");
        }
        assert!(!asked(&local, "/", &["localhost", "evil.example"]));
        assert!(!asked(&local, "http://evil.example/", &["localhost"]));
        assert!(asked(&local, "/", &[]), "no browser sends no host");
        let open = entrance("10.0.0.7:80", &["Rollcall.Example"]);
        assert!(asked(&open, "/", &["rollcall.example"]) && asked(&open, "/", &["10.0.0.7"]));
        assert!(!asked(&open, "/", &["10.0.0.8"]));
    }

    #[test]
    fn a_link_leads_to_the_same_address_without_its_token() {
        let to = |uri: &str| without_token(&uri.parse().expect("an address"));
        assert_eq!(to("/?token=x"), "/");
        assert_eq!(
            to("/groups/1?tab=members&token=x&q=a%26token%3D"),
            "/groups/1?tab=members&q=a%26token%3D"
        );
        assert_eq!(to("//evil.example/?token=x"), "/");
        assert_eq!(to("/\\evil.example?token=x&a"), "/?a");
    }

    #[test]
    fn whoever_entered_is_known_by_a_cookie_of_this_port() {
        let local = entrance("127.0.0.1:8081", &[]);
        let entered = |cookie: &str, site: Option<&'static str>| {
            let mut headers = HeaderMap::new();
            headers.insert(COOKIE, cookie.parse().expect("a value"));
            site.map(|site| headers.insert(FETCH_SITE, site.parse().expect("a value")));
            local.has_entered(&headers)
        };
        let cookie = format!("theme=dark; rollcall-8081={TOKEN}");
        assert!(entered(&cookie, None) && entered(&cookie, Some("same-origin")) && entered(&cookie, Some("none")));
        assert!(!entered(&cookie, Some("same-site")) && !entered(&cookie, Some("cross-site")));
        assert!(!entered(&format!("rollcall-8082={TOKEN}"), None));
        assert!(!entered("rollcall-8081=", None) && !entered(&format!("rollcall-8081={TOKEN}x"), None));
    }
}
