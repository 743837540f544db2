//! Signing in at a vendor with what the companion holds: once for all callers, again when a token has ended.

use std::time::{Duration, Instant};

use axum::http::header::{ACCEPT, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::Value;
use tokio::sync::Mutex;

use super::allowed::EXCHANGE;
use super::credentials::Credentials;
use super::passbolt;
use super::refusal::Refusal;
use super::vendor::Vendor;

/// A token is renewed this long before its end, so that none ends on its way.
const EARLY: Duration = Duration::from_secs(60);
/// For so long a vendor that refused the credentials is not asked again: accounts are locked for less.
const REST: Duration = Duration::from_secs(60);

/// Credentials, and what they were last exchanged for.
pub(super) struct SignIn {
    credentials: Credentials,
    /// Held while somebody signs in, so that the others wait for that token in place of one each.
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    session: Option<Session>,
    refused: Option<(Instant, Refusal)>,
}

/// What a vendor gave for the credentials.
pub(super) struct Session {
    pub(super) authorization: HeaderValue,
    /// When to renew it unasked, if the vendor said.
    pub(super) ends: Option<Instant>,
    /// What renews it without the credentials, once.
    pub(super) refresh: Option<String>,
}

impl SignIn {
    pub(super) fn new(credentials: Credentials) -> Self {
        let state = Mutex::default();
        Self { credentials, state }
    }

    /// The header that the vendor takes; another one than `stale`, which it did not take any more.
    ///
    /// # Errors
    /// That the vendor refuses the credentials, or cannot be asked.
    pub(super) async fn authorization(
        &self,
        vendor: &Vendor,
        stale: Option<&HeaderValue>,
    ) -> Result<HeaderValue, Refusal> {
        let mut state = self.state.lock().await;
        if let Some(session) = &state.session
            && stale != Some(&session.authorization)
            && session.ends.is_none_or(|end| Instant::now() < end)
        {
            return Ok(session.authorization.clone());
        }
        if let Some((at, refusal)) = &state.refused
            && at.elapsed() < REST
        {
            return Err(refusal.clone());
        }
        let refresh = state.session.take().and_then(|session| session.refresh);
        match self.session(vendor, refresh).await {
            Ok(session) => {
                let authorization = session.authorization.clone();
                (state.session, state.refused) = (Some(session), None);
                Ok(authorization)
            }
            Err(refusal) => {
                if refusal.status == StatusCode::FORBIDDEN {
                    state.refused = Some((Instant::now(), refusal.clone()));
                }
                Err(refusal)
            }
        }
    }

    async fn session(&self, vendor: &Vendor, refresh: Option<String>) -> Result<Session, Refusal> {
        match &self.credentials {
            Credentials::Client { id, secret, scope } => exchange(vendor, id, secret, scope).await,
            Credentials::Key { key, secret } => {
                let pair = BASE64_STANDARD.encode(format!("{key}:{secret}"));
                Ok(Session {
                    authorization: header("Basic", &pair)?,
                    ends: None,
                    refresh: None,
                })
            }
            Credentials::Identity(identity) => {
                if let Some(refresh) = refresh
                    && let Ok(session) = passbolt::refresh(vendor, identity, &refresh).await
                {
                    return Ok(session);
                }
                passbolt::sign_in(vendor, identity).await
            }
        }
    }
}

/// Exchanges a client's credentials for a token.
async fn exchange(vendor: &Vendor, id: &str, secret: &str, scope: &str) -> Result<Session, Refusal> {
    let form = [
        ("grant_type", "client_credentials"),
        ("client_id", id),
        ("client_secret", secret),
        ("scope", scope),
    ];
    let form: Vec<String> = form
        .iter()
        .map(|(name, value)| format!("{name}={}", encode(value)))
        .collect();
    let headers = HeaderMap::from_iter([
        (ACCEPT, HeaderValue::from_static("application/json")),
        (
            CONTENT_TYPE,
            HeaderValue::from_static("application/x-www-form-urlencoded"),
        ),
    ]);
    let (status, _, body) = vendor
        .ask(Method::POST, EXCHANGE, headers, form.join("&").into())
        .await?;
    match body.get("access_token").and_then(Value::as_str) {
        Some(token) if status.is_success() => {
            let lives = body.get("expires_in").and_then(Value::as_u64).map(Duration::from_secs);
            let ends = lives.map(|lives| Instant::now() + lives.saturating_sub(EARLY));
            Ok(Session {
                authorization: header("Bearer", token)?,
                ends,
                refresh: None,
            })
        }
        _ if status.is_client_error() && status != StatusCode::TOO_MANY_REQUESTS => Err(Refusal::held(
            "the vendor refused the client credentials that the companion holds",
        )),
        _ => Err(Refusal::bad(format!(
            "the vendor answered the sign-in with status {}",
            status.as_u16()
        ))),
    }
}

/// The value of `Authorization`, which nothing prints.
pub(super) fn header(scheme: &str, credential: &str) -> Result<HeaderValue, Refusal> {
    let mut value = HeaderValue::try_from(format!("{scheme} {credential}"))
        .map_err(|_| Refusal::bad("the vendor's token is no text of a header"))?;
    value.set_sensitive(true);
    Ok(value)
}

/// A value of a form: everything but letters, digits and `-._~` percent-encoded.
fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_a_form_are_encoded() {
        assert_eq!(encode("a-Z_0.~"), "a-Z_0.~");
        assert_eq!(encode("p&q=r +é"), "p%26q%3Dr%20%2B%C3%A9");
    }
}
