//! Being signed in: which headers go with each request, and how they are renewed.

use serde_json::Value;

use super::retry;
use crate::Url;
use crate::connection::{Connection, Credentials, Incoming, Outgoing, Secret, System};
use crate::error::ProviderError;

/// How long before its end a token is renewed, in milliseconds.
const EARLY: i64 = 60_000;
/// Tries to sign in before it is given up.
pub const TRIES: u32 = 4;
/// What is asked for. Only the first is needed; the documentation knows no smaller wish.
const SCOPE: &str = "Security_Administrator";

/// Whether requests can be sent.
pub enum Standing {
    /// They can.
    SignedIn,
    /// First this has to be sent.
    Needed(Outgoing),
    /// It has been sent, and the answer has not come.
    Asking,
    /// The server was busy: at this time it is sent again.
    Later(i64),
    /// They cannot, and nothing can be done but by a person.
    SignedOut,
}

/// Who is signed in.
#[derive(Clone, Debug)]
pub struct SignIn {
    connection: Connection,
    token: Option<Secret>,
    /// When the token ends, in milliseconds since 1970.
    ends: Option<i64>,
    /// How often a token was had; a refusal is of the token that a request was sent with.
    generation: u32,
    asked: Option<u32>,
    tries: u32,
    not_before: i64,
    /// Why it is to be tried once more.
    trouble: Option<ProviderError>,
    /// Why nothing more can be done.
    over: Option<ProviderError>,
}

impl SignIn {
    /// Nobody has signed in yet; a token that was pasted needs no signing in. `generation` is higher than any before it.
    pub fn new(connection: &Connection, generation: u32) -> Self {
        let token = match &connection.credentials {
            Credentials::Token(token) => Some(token.clone()),
            _ => None,
        };
        Self {
            connection: connection.clone(),
            token,
            ends: None,
            generation,
            asked: None,
            tries: 0,
            not_before: 0,
            trouble: None,
            over: None,
        }
    }

    /// Whether requests can be sent at a time.
    pub fn standing(&self, now: i64) -> Standing {
        if self.over.is_some() {
            return Standing::SignedOut;
        }
        let Credentials::Client { id, secret } = &self.connection.credentials else {
            return Standing::SignedIn;
        };
        let is_valid = self.token.is_some() && self.ends.is_none_or(|ends| now < ends - EARLY);
        if is_valid {
            return Standing::SignedIn;
        }
        if self.asked.is_some() {
            return Standing::Asking;
        }
        if now < self.not_before {
            return Standing::Later(self.not_before);
        }
        let form = Url::new("")
            .parameter("grant_type", "client_credentials")
            .parameter("client_id", id)
            .parameter("client_secret", secret.reveal())
            .parameter("scope", SCOPE);
        Standing::Needed(Outgoing {
            method: "POST",
            url: format!(
                "{}/authenticate/connect/token",
                self.connection.base.trim_end_matches('/')
            ),
            headers: vec![("Content-Type", Secret::new("application/x-www-form-urlencoded"))],
            body: Some(Secret::new(form.get().url.trim_start_matches('?'))),
        })
    }

    /// Remembers under which number signing in was sent.
    pub fn asked(&mut self, number: u32) {
        self.asked = Some(number);
    }

    /// Whether an answer is to signing in.
    pub fn is_answer(&self, number: u32) -> bool {
        self.asked == Some(number)
    }

    /// Takes the answer to signing in, which is tried at most so often.
    pub fn answered(&mut self, answer: Option<&Incoming>, tries: u32, now: i64, chance: f64) {
        self.asked = None;
        self.tries += 1;
        let read = answer.map_or(Err(ProviderError::Offline), |answer| {
            retry::judge(System::Contensis, answer, now)
        });
        self.trouble = None;
        match read {
            Ok(body) => self.take(&body, now),
            Err(error @ (ProviderError::Offline | ProviderError::Busy { .. })) if self.tries < tries => {
                self.not_before = now + retry::pause(self.tries, &error, chance);
                self.trouble = Some(error);
            }
            // RFC 6749 answers 400 to a client that it does not know.
            Err(ProviderError::Refused { reason }) if reason.contains("invalid_client") => {
                self.over = Some(ProviderError::SignIn);
            }
            Err(error) => self.over = Some(error),
        }
    }

    fn take(&mut self, body: &Value, now: i64) {
        let Some(token) = body.get("access_token").and_then(Value::as_str) else {
            let what = "there is no `access_token` in it".to_owned();
            self.over = Some(ProviderError::Unreadable { what });
            return;
        };
        let seconds = body.get("expires_in").and_then(Value::as_i64);
        self.ends = seconds.map(|seconds| now + seconds.clamp(2 * EARLY / 1_000, 86_400) * 1_000);
        self.token = Some(Secret::new(token));
        self.generation += 1;
        self.tries = 0;
    }

    /// A request was answered that nobody is signed in. `again` if that has happened to it with a new token too.
    pub fn refused(&mut self, again: bool) {
        let can_renew = matches!(self.connection.credentials, Credentials::Client { .. });
        self.token = None;
        if again || !can_renew {
            self.over = Some(ProviderError::SignIn);
        }
    }

    /// Why nobody is signed in, where nothing more can be done but by a person.
    pub fn refusal(&self) -> Option<&ProviderError> {
        self.over.as_ref()
    }

    /// Why signing in is to be tried once more, and how often it was.
    pub fn trouble(&self) -> Option<(&ProviderError, u32)> {
        self.trouble.as_ref().map(|error| (error, self.tries))
    }

    /// How often a token was had.
    pub fn generation(&self) -> u32 {
        self.generation
    }

    /// What goes with each request.
    pub fn headers(&self) -> Vec<(&'static str, Secret)> {
        let mut headers = vec![("Accept", Secret::new("application/json"))];
        let authorization = match &self.connection.credentials {
            Credentials::Held => None,
            Credentials::Key { key, secret } => Some(format!(
                "Basic {}",
                base64(format!("{key}:{}", secret.reveal()).as_bytes())
            )),
            Credentials::Token(_) | Credentials::Client { .. } => {
                self.token.as_ref().map(|token| format!("Bearer {}", token.reveal()))
            }
        };
        headers.extend(authorization.map(|value| ("Authorization", Secret::new(value))));
        headers
    }
}

/// Base64 with padding, of RFC 4648. Cost: O(length).
fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let byte = |at: usize| u32::from(three.get(at).copied().unwrap_or_default());
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for at in 0..4 {
            let six = bits >> (18 - 6 * at) & 63;
            text.push(if at <= three.len() {
                char::from(ALPHABET[six as usize])
            } else {
                '='
            });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_sent_as_rfc_7617_says() {
        assert_eq!(base64(b"Aladdin:open sesame"), "QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
        assert_eq!(
            (base64(b""), base64(b"f"), base64(b"foo")),
            (String::new(), "Zg==".into(), "Zm9v".into())
        );
    }

    #[test]
    fn a_secret_is_never_printed() {
        let connection = Connection {
            system: System::Contensis,
            base: "https://cms.example.com".to_owned(),
            credentials: Credentials::Client {
                id: "app".to_owned(),
                secret: Secret::new("hush"),
            },
        };
        let sign_in = SignIn::new(&connection, 0);
        assert!(!format!("{sign_in:?}").contains("hush"));
        let Standing::Needed(request) = sign_in.standing(0) else {
            panic!("it has to sign in")
        };
        assert!(!format!("{request:?}").contains("hush"));
        assert_eq!(
            request.body.as_ref().map(Secret::reveal),
            Some("grant_type=client_credentials&client_id=app&client_secret=hush&scope=Security_Administrator")
        );
    }
}
