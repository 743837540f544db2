//! Signing in at Passbolt: a challenge that is signed and encrypted with OpenPGP, and its answer.

use std::io::Read as _;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use axum::http::header::{ACCEPT, CONTENT_TYPE, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use pgp::composed::{ArmorOptions, Deserializable as _, Message, MessageBuilder, SignedPublicKey, SignedSecretKey};
use pgp::crypto::hash::HashAlgorithm;
use pgp::crypto::sym::SymmetricKeyAlgorithm;
use pgp::errors::Error;
use pgp::types::{KeyDetails as _, Password, SigningKey, VerifyingKey};
use rand::rngs::OsRng;
use serde_json::{Value, json};
use tokio::time::sleep;

use super::refusal::Refusal;
use super::sign_in::{Session, header};
use super::vendor::Vendor;

/// For so long a challenge may be answered, in seconds: enough for clocks that differ, less than the server's hour.
const CHALLENGE_SECONDS: u64 = 600;
/// What is done with the private key takes as long as this, or longer where that is not enough: how long it really took would
/// tell the vendor's server something of a key of RSA.
const ALIKE: Duration = Duration::from_millis(250);
/// The bytes of an answer to a challenge, decrypted.
const LARGEST_ANSWER: u64 = 256 << 10;

/// A user and the private key that proves who it is.
#[derive(Clone)]
pub(super) struct Identity(Arc<Proof>);

struct Proof {
    user: String,
    key: SignedSecretKey,
    passphrase: String,
}

impl Identity {
    /// Reads a private key in its armour, and tries the passphrase.
    ///
    /// # Errors
    /// What is wrong with them.
    pub(super) fn read(user: String, key: &str, passphrase: &str) -> Result<Self, String> {
        let (key, _) = SignedSecretKey::from_string(key).map_err(|_| "`privateKey` is no OpenPGP key in its armour")?;
        key.verify_bindings()
            .map_err(|_| "`privateKey` is not signed by itself")?;
        let opens = key.primary_key.unlock(&Password::from(passphrase), |_, _| Ok(()));
        if !matches!(opens, Ok(Ok(()))) {
            return Err("`passphrase` does not open `privateKey`".to_owned());
        }
        let passphrase = passphrase.to_owned();
        Ok(Self(Arc::new(Proof { user, key, passphrase })))
    }

    /// Signs a text and encrypts it for the server.
    fn seal(&self, server: &SignedPublicKey, text: String) -> Result<String, Error> {
        let Proof { key, passphrase, .. } = self.0.as_ref();
        let signs = key
            .secret_subkeys
            .iter()
            .find(|subkey| subkey.signatures.iter().any(|it| it.key_flags().sign()));
        let signer: &dyn SigningKey = match signs {
            Some(subkey) => &subkey.key,
            None => &key.primary_key,
        };
        let mut message =
            MessageBuilder::from_bytes("", text.into_bytes()).seipd_v1(OsRng, SymmetricKeyAlgorithm::AES256);
        message.sign(signer, passphrase.as_str().into(), HashAlgorithm::Sha256);
        let encrypts = server.public_subkeys.iter().find(|subkey| {
            let flags = |flags: pgp::packet::KeyFlags| flags.encrypt_comms() || flags.encrypt_storage();
            subkey.algorithm().can_encrypt() && subkey.signatures.iter().any(|it| flags(it.key_flags()))
        });
        match encrypts {
            Some(subkey) => message.encrypt_to_key(OsRng, subkey)?,
            None => message.encrypt_to_key(OsRng, &server.primary_key)?,
        };
        message.to_armored_string(OsRng, ArmorOptions::default())
    }

    /// Decrypts a text, which the server must have signed.
    fn open(&self, server: &SignedPublicKey, sealed: &str) -> Result<String, Error> {
        let Proof { key, passphrase, .. } = self.0.as_ref();
        let (message, _) = Message::from_string(sealed)?;
        let mut message = message.decrypt(&passphrase.as_str().into(), key)?;
        if message.is_compressed() {
            message = message.decompress()?;
        }
        let mut text = String::new();
        (&mut message).take(LARGEST_ANSWER).read_to_string(&mut text)?;
        let subkeys = server
            .public_subkeys
            .iter()
            .filter(|subkey| subkey.algorithm().can_sign());
        let mut keys: Vec<&dyn VerifyingKey> = vec![&server.primary_key];
        keys.extend(subkeys.map(|subkey| &subkey.key as &dyn VerifyingKey));
        // A message that was not read to its end cannot be verified, so a longer one is refused here.
        let mut verified = Err(Error::MissingKey);
        for key in keys {
            verified = verified.or_else(|_| message.verify(key).map(|_| ()));
        }
        verified.map(|()| text)
    }
}

/// Signs in: asks for the server's key, sends it a challenge, and takes the tokens from its answer.
pub(super) async fn sign_in(vendor: &Vendor, identity: &Identity) -> Result<Session, Refusal> {
    let (status, _, body) = vendor
        .ask(Method::GET, "/auth/verify.json", accept(), Default::default())
        .await?;
    let server = body
        .pointer("/body/keydata")
        .and_then(Value::as_str)
        .and_then(public_key);
    let server = server.filter(|_| status.is_success());
    let server = server.ok_or_else(|| Refusal::bad("the vendor's server shows no OpenPGP key at /auth/verify.json"))?;

    let mut random = [0; 16];
    getrandom::fill(&mut random).map_err(|_| Refusal::bad("the system gives no random bytes"))?;
    let token = uuid::Builder::from_random_bytes(random).into_uuid().to_string();
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default()
        .as_secs();
    let domain = vendor.address();
    let challenge = json!({
        "version": "1.0.0", "domain": domain, "verify_token": token, "verify_token_expiry": now + CHALLENGE_SECONDS,
    });
    let (by, server) = (identity.clone(), Arc::new(server));
    let for_server = Arc::clone(&server);
    let sealed = apart(move || by.seal(&for_server, challenge.to_string())).await?;
    let body = json!({"user_id": identity.0.user, "challenge": sealed});
    let (status, _, body) = post(vendor, "/auth/jwt/login.json", &body).await?;
    if status.is_client_error() && status != StatusCode::TOO_MANY_REQUESTS {
        return Err(Refusal::held(
            "the vendor refused the OpenPGP key that the companion holds",
        ));
    }
    let sealed = body
        .pointer("/body/challenge")
        .and_then(Value::as_str)
        .filter(|_| status.is_success());
    let sealed = sealed.ok_or_else(|| {
        Refusal::bad(format!(
            "the vendor answered the sign-in with status {}",
            status.as_u16()
        ))
    })?;
    let (by, sealed) = (identity.clone(), sealed.to_owned());
    let answer = apart(move || by.open(&server, &sealed)).await?;
    let answer: Value = serde_json::from_str(&answer).unwrap_or_default();
    session(&answer, &domain, &token)
}

/// The tokens of an answer to our own challenge.
fn session(answer: &Value, domain: &str, token: &str) -> Result<Session, Refusal> {
    let text = |name: &str| answer.get(name).and_then(Value::as_str);
    if text("verify_token") != Some(token) || text("domain").map(|it| it.trim_end_matches('/')) != Some(domain) {
        return Err(Refusal::bad("the vendor answered another challenge than ours"));
    }
    if answer
        .get("mfa_providers")
        .and_then(Value::as_array)
        .is_some_and(|it| !it.is_empty())
    {
        let message =
            "the vendor asks for a second factor, which the companion cannot give: let it sign in as a user without";
        return Err(Refusal::held(message));
    }
    let access = text("access_token").ok_or_else(|| Refusal::bad("the vendor's answer has no access token"))?;
    let refresh = text("refresh_token").map(str::to_owned);
    Ok(Session {
        authorization: header("Bearer", access)?,
        ends: None,
        refresh,
    })
}

/// Exchanges a refresh token, which is good once, for new tokens.
pub(super) async fn refresh(vendor: &Vendor, identity: &Identity, refresh: &str) -> Result<Session, Refusal> {
    let body = json!({"user_id": identity.0.user, "refresh_token": refresh});
    let (status, headers, body) = post(vendor, "/auth/jwt/refresh.json", &body).await?;
    let access = body
        .pointer("/body/access_token")
        .and_then(Value::as_str)
        .filter(|_| status.is_success());
    let access = access.ok_or_else(|| Refusal::bad("the vendor did not renew the token"))?;
    let cookies = headers
        .get_all(SET_COOKIE)
        .into_iter()
        .filter_map(|it| it.to_str().ok());
    let next = cookies
        .filter_map(|cookie| cookie.split(';').next()?.strip_prefix("refresh_token="))
        .next();
    Ok(Session {
        authorization: header("Bearer", access)?,
        ends: None,
        refresh: next.map(str::to_owned),
    })
}

fn public_key(armoured: &str) -> Option<SignedPublicKey> {
    let (key, _) = SignedPublicKey::from_string(armoured).ok()?;
    key.verify_bindings().is_ok().then_some(key)
}

/// Computes with the private key, away from the threads that wait for the network, always for as long, whether it fails or not.
async fn apart<T: Send + 'static>(work: impl FnOnce() -> Result<T, Error> + Send + 'static) -> Result<T, Refusal> {
    let (done, ()) = tokio::join!(tokio::task::spawn_blocking(work), sleep(ALIKE));
    let failed = || Refusal::bad("the OpenPGP messages of the sign-in do not fit the keys");
    done.ok().and_then(Result::ok).ok_or_else(failed)
}

fn accept() -> HeaderMap {
    HeaderMap::from_iter([(ACCEPT, HeaderValue::from_static("application/json"))])
}

async fn post(vendor: &Vendor, path: &str, body: &Value) -> Result<(StatusCode, HeaderMap, Value), Refusal> {
    let mut headers = accept();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    vendor.ask(Method::POST, path, headers, body.to_string().into()).await
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Keys and a message that GnuPG 2.2 made for this test alone: of a user with a passphrase, and of a server.
    const USER: &str = include_str!("../../tests/fixtures/gnupg/user.asc");
    const SERVER: &str = include_str!("../../tests/fixtures/gnupg/server.asc");
    /// Encrypted for the user and signed by the server.
    const ANSWER: &str = include_str!("../../tests/fixtures/gnupg/answer.asc");

    #[test]
    fn messages_of_gnupg_are_read_and_their_signatures_checked() {
        let identity = Identity::read("ada".to_owned(), USER, "correct horse").expect("a key");
        let server = public_key(SERVER).expect("a key");
        let text = identity.open(&server, ANSWER).expect("a message");
        assert_eq!(text, r#"{"verify_token":"made by GnuPG"}"#);
        let stranger = identity.0.key.to_public_key();
        assert!(identity.open(&stranger, ANSWER).is_err(), "signed by another");
        let sealed = identity
            .seal(&server, "for the server alone".to_owned())
            .expect("a message");
        assert!(identity.open(&server, &sealed).is_err(), "encrypted for another");
        let own = identity
            .seal(&stranger, "x".repeat(LARGEST_ANSWER as usize + 1))
            .expect("a message");
        assert!(identity.open(&stranger, &own).is_err(), "too long");
    }

    #[tokio::test(start_paused = true)]
    async fn how_long_the_key_was_used_is_not_seen() {
        for work in [|| Ok(()), || Err(Error::MissingKey)] {
            let start = tokio::time::Instant::now();
            let _ = apart(work).await;
            assert_eq!(start.elapsed(), ALIKE);
        }
    }

    #[test]
    fn keys_that_cannot_sign_in_are_told() {
        let problem = |key, passphrase| Identity::read(String::new(), key, passphrase).err().unwrap_or_default();
        assert!(problem(USER, "wrong horse").contains("`passphrase`"));
        assert!(problem(SERVER, "").contains("`privateKey`") && problem("no key", "").contains("`privateKey`"));
    }
}
