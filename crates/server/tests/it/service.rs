//! The companion's router, asked in-process with a vendor's credentials.

use axum::body::{Body, to_bytes};
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, HOST};
use axum::http::{HeaderMap, Request};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::Value;
use server::Companion;
use server::store::{Store, System};
use tower::ServiceExt as _;

/// The host that requests name.
pub const ORIGIN: &str = "http://companion.test";

/// A companion without a console, and what it answers.
pub struct Service(axum::Router);

/// An answer, its body read if it is JSON.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub text: String,
    pub body: Value,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().expect("text"))
    }
}

impl Service {
    pub fn new(store: &Store, rate_limit: u32) -> Self {
        let console = std::env::temp_dir().into();
        Self(server::router(&Companion {
            console,
            store: store.clone(),
            rate_limit,
            entrance: crate::entrance(),
            gateways: Vec::new(),
        }))
    }

    /// Sends a request; none where its address cannot be sent at all.
    pub async fn send(&self, method: &str, url: &str, headers: &[(&str, &str)], body: &[u8]) -> Option<Answer> {
        let mut request = Request::builder().method(method).uri(url);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::from(body.to_vec())).ok()?;
        let response = self.0.clone().oneshot(request).await.expect("an answer");
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, 1 << 26).await.expect("a body");
        Some(Answer {
            status: parts.status.as_u16(),
            headers: parts.headers,
            text: String::from_utf8_lossy(&body).into_owned(),
            body: serde_json::from_slice(&body).unwrap_or_default(),
        })
    }

    /// Sends a request with what a vendor's endpoints are entered with.
    pub async fn send_as(&self, credential: &str, method: &str, url: &str, body: &str) -> Option<Answer> {
        let headers = [(HOST.as_str(), "companion.test"), (AUTHORIZATION.as_str(), credential)];
        self.send(method, url, &headers, body.as_bytes()).await
    }

    /// Status and body of a request with a token of Contensis, or without one.
    pub async fn ask(&self, method: &str, url: &str, token: Option<&str>, body: &str) -> (u16, Value) {
        let bearer = token.map(|token| format!("Bearer {token}"));
        let mut headers = Vec::new();
        headers.extend(bearer.as_ref().map(|bearer| (AUTHORIZATION.as_str(), bearer.as_str())));
        if url.starts_with("/authenticate") {
            headers.push((CONTENT_TYPE.as_str(), "application/x-www-form-urlencoded"));
        }
        let answer = self
            .send(method, url, &headers, body.as_bytes())
            .await
            .expect("a request");
        (answer.status, answer.body)
    }

    /// A token of a fresh credential of a user, or of an administrator without a name, for Contensis.
    pub async fn token(&self, store: &Store, user: Option<&str>) -> String {
        let granted = store.grant(System::Contensis, user, 0).await.expect("granted");
        let form = format!(
            "grant_type=client_credentials&client_id={}&client_secret={}",
            granted.id, granted.secret
        );
        let (status, body) = self.ask("POST", "/authenticate/connect/token", None, &form).await;
        assert_eq!((status, &body["expires_in"]), (200, &Value::from(3600)));
        body["access_token"].as_str().expect("a token").to_owned()
    }

    /// The header `Authorization` of a fresh credential of a user, or of an administrator without a name.
    pub async fn credential(&self, store: &Store, system: System, user: Option<&str>) -> String {
        if system == System::Contensis {
            return format!("Bearer {}", self.token(store, user).await);
        }
        let granted = store.grant(system, user, 0).await.expect("granted");
        match system {
            System::Tulip => basic(&granted.id, &granted.secret),
            _ => format!("Bearer {}", granted.secret),
        }
    }
}

/// The header `Authorization` of a key and its secret.
pub fn basic(key: &str, secret: &str) -> String {
    format!("Basic {}", BASE64_STANDARD.encode(format!("{key}:{secret}")))
}
